"""Time expressions of title, body and date line, resolved with the tense that the parse shows.

The rules over words are in `timex`; here the parse is asked what words alone cannot tell: whether the clause that an expression stands
in speaks of what was or of what will be ("is to be held in *May*", "was held in *May*"), and whether a day closes a stretch
("before the fiscal year ends on *30 June*").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations, TimeExpression, TimeRole
from onrecord.documents import Role
from onrecord.grammar import VERBAL, auxiliaries, child
from onrecord.lexicons import Lexicon
from onrecord.moments import clause_of, head_of
from onrecord.spans import Span
from onrecord.timex import expressions
from onrecord.timex.periods import edtf

if TYPE_CHECKING:
    from spacy.tokens import Token

READ: tuple[Role, ...] = ("title", "date_line", "dateline", "body", "crosshead")
AHEAD = dict.fromkeys(("will", "'ll", "’ll", "wo", "shall", "may", "might", "can", "could", "should", "must", "ought"), 1) | {
    "would": 0,
    "'d": 0,
}
"""Modals of what is to come; "would" is the future of what was said, which may be past by now."""
SCHEDULING = frozenset({"schedule", "expect", "plan", "set", "slate", "intend", "aim", "hope", "propose", "due"})
"""Verbs whose participle speaks of what is to come: "scheduled for *Monday*"."""
DONE = frozenset(
    {
        "begin",
        "start",
        "continue",
        "cease",
        "stop",
        "manage",
        "fail",
        "force",
        "help",
        "use",
        "try",
        "come",
        "go",
        "appear",
        "seem",
        "happen",
        "make",
    }
    | {"let", "see", "hear", "oblige", "compel", "say", "report", "allege", "believe", "think", "claim", "order"}
)
"""Verbs whose infinitive takes place when they do: "was forced to *resign* on Monday"."""
SAYING = frozenset({"say", "tell", "report", "announce", "note", "add", "write", "show", "claim", "state"})
CONDITIONS = frozenset({"if", "unless", "until", "till", "before", "once", "when"})
"""What makes a present passive one of what is to come."""
CLOSING = frozenset({"before", "until", "till"})
TARGETS = frozenset({"to", "for", "until", "till", "by", "before"})
"""Prepositions of a day that what was done is meant for: "postponed to *June*"."""
_FAR = 8
"""Steps up the parse to look for a verb; no sentence of the training pages needed more."""


def annotate(annotations: Annotations, lexicon: Lexicon) -> Annotations:  # noqa: ARG001 - every annotator has this shape
    """Return the annotations with the times filled in."""
    document = annotations.document

    def tense(span: Span) -> tuple[int, Span] | None:
        return _asked(annotations, span)

    found = expressions(document.text, document.published, pieces=document.spans(*READ), tense=tense)
    return replace(annotations, times=tuple(_closing(annotations, time) for time in found))


def _asked(annotations: Annotations, span: Span) -> tuple[int, Span] | None:
    """Return the tense of an expression's clause where the parse is sure of it.

    A noun's time ("a tweet on *Monday*") need not be the verb's: there only a modal or an infinitive counts. "moved to *June*" may go
    either way.
    """
    verb = _verb(annotations, span)
    if verb is None:
        return None
    found, preposition = _tense(annotations, verb, 0), _preposition(annotations, span, verb)
    if found is None:
        return (1, _span(verb)) if verb.tag_ == "VBN" and preposition in TARGETS else None
    if preposition is None:
        return found if found[0] == 1 and found[1].of(annotations.text).lower() in {*AHEAD, "to"} else None
    return (0, found[1]) if found[0] == -1 and preposition in TARGETS else found


def _preposition(annotations: Annotations, span: Span, verb: Token) -> str | None:
    """Return the preposition by which an expression modifies the verb itself (empty without one), or None where it does not."""
    head = head_of(annotations, span)
    if head is None or head.head.i == head.i:
        return None
    if head.head.i == verb.i:
        return "" if head.dep_ in {"npadvmod", "advmod", "tmod"} else None
    above = head.head
    while above.pos_ in {"ADP", "ADV", "SCONJ"} and above.head.i != above.i:  # "as of Monday" is two prepositions
        if above.head.i == verb.i:
            return head.head.lower_
        above = above.head
    return None


def _verb(annotations: Annotations, span: Span) -> Token | None:
    """Return the verb of the clause that an expression stands in, or None outside sentences and in verbless headlines."""
    if annotations.sentence_at(span.start) is None:
        return None
    head = here = head_of(annotations, span)
    for _ in range(_FAR):
        if here is None or here.head.i == here.i:
            return None if here is None or here.pos_ not in VERBAL else here
        here = here.head
        if here.pos_ in VERBAL or (here.pos_ == "ADJ" and here.lower_ == "due"):
            return clause_of(head, here) if head is not None else here
    return None


def _tense(annotations: Annotations, verb: Token, depth: int) -> tuple[int, Span] | None:
    """Return past (-1), future (+1) or either (0) and the word that says so, or None where the clause does not say."""
    words = auxiliaries(verb)
    perfect = any(word.lemma_ == "have" for word in words)
    for word in words:
        if word.lower_ == "would" and not perfect and _told(verb):
            return 1, _span(word)
        if word.lower_ in AHEAD:
            return -1 if perfect and word.lower_ not in {"will", "'ll", "’ll"} else AHEAD[word.lower_], _span(word)
    if verb.lower_ == "due":
        return 1, _span(verb)
    if any(word.lower_ == "to" for word in words):
        return _infinitive(annotations, verb, depth)
    finite = next((word for word in (*words, verb) if word.tag_ in {"VBD", "VBZ", "VBP"}), None)
    if finite is None:
        return _participle(annotations, verb, depth)
    if verb.lemma_ in SCHEDULING and verb.tag_ == "VBN":
        return (0 if finite.tag_ == "VBD" or perfect else 1), _span(verb)
    if finite.tag_ == "VBD" or perfect:
        return -1, _span(finite)
    if verb.tag_ == "VBN":  # "unless it is restored by noon on Wednesday" looks ahead, "is based" tells nothing
        mark = child(verb, "mark")
        return (1, _span(mark)) if mark is not None and mark.lower_ in CONDITIONS else None
    return None if verb.lemma_ in SAYING or _in_title(annotations, verb) else (1, _span(finite))


def _told(verb: Token) -> bool:
    """Tell whether somebody tells what a clause says: "said that it *would* send troops by Friday" looks ahead from the telling."""
    while verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" and child(verb, "advcl") is None


def _infinitive(annotations: Annotations, verb: Token, depth: int) -> tuple[int, Span] | None:
    above = verb.head
    if verb.dep_ in {"xcomp", "advcl", "ccomp"} and above.lemma_ in DONE and above.i != verb.i and depth < _FAR:
        return _tense(annotations, above, depth + 1)
    to = child(verb, "aux")
    open_side = above.i != verb.i and above.lemma_ in {"be", "plan", "intend"} and above.tag_ in {"VBD", "VBG", "VBN"}
    return (0 if open_side else 1), _span(to if to is not None else verb)


def _participle(annotations: Annotations, verb: Token, depth: int) -> tuple[int, Span] | None:
    """Return the tense of "scheduled for Monday", "killed on Monday", or that of the clause above."""
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "relcl"}:
        return (0 if verb.lemma_ in SCHEDULING else -1), _span(verb)
    if verb.dep_ == "ROOT" and verb.tag_ == "VBN" and verb.lemma_ not in SCHEDULING:
        return -1, _span(verb)
    above = next((token for token in verb.ancestors if token.pos_ in VERBAL), None)
    return _tense(annotations, above, depth + 1) if above is not None and depth < _FAR else None


def _in_title(annotations: Annotations, verb: Token) -> bool:
    sentence = annotations.sentence_at(verb.idx)
    return sentence is not None and sentence.role == "title"


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token.text))


def _closing(annotations: Annotations, time: TimeExpression) -> TimeExpression:
    """Return the expression as a deadline where its clause closes a stretch that is still open: "before the year ends on 30 June"."""
    if time.role != "at" or time.type == "SET":
        return time
    verb = _verb(annotations, time.span)
    mark = child(verb, "mark") if verb is not None and verb.dep_ == "advcl" else None
    if verb is None or mark is None or mark.lower_ not in CLOSING or verb.tag_ in {"VBD", "VBN"}:
        return time
    role: TimeRole = "by" if mark.lower_ == "before" else "until"
    value = edtf(time.value, role, None, time.latest) if time.type == "DATE" else None
    return replace(time, role=role, earliest=None, edtf=value, role_evidence=(_span(mark),))
