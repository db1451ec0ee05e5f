"""What a word carries itself: marks of condition and purpose, moods of the clause, modals, adjuncts, adjectives, a coming day, negation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.grammar import VERBAL, child, children, own_subject, prepositional
from onrecord.modality.auxiliaries import auxiliaries, modals, timetable
from onrecord.modality.governors import ERRANDS, OCCUR, asks_whether, governor, is_finite
from onrecord.modality.negations import negation
from onrecord.modality.states import State, first_of, has_to, result, row_of, signatures, span_of, stack
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MOTION = frozenset({"come", "go", "travel", "fly", "visit", "arrive", "gather", "return", "meet", "be", "sit"})
RESULTS = frozenset({"become", "find", "discover", "reveal", "learn"})
"""Infinitives of what came of it: "passed its rival to become the largest"."""
EPISTEMIC = frozenset(
    {"alleged", "suspected", "supposed", "purported", "rumoured", "rumored", "unconfirmed", "apparent", "presumed", "unverified"}
)
"""Adjectives that doubt an act; the others ("planned", "expected", "threatened") are overtaken when it takes place or is called off."""
ANYBODY = frozenset({"anyone", "anybody", "whoever", "whichever"})


def bear(annotations: Annotations, token: Token, outer: State) -> State:
    """Add to the context what stands at the word itself: marks, mood, adjuncts, modals, time, negation, adverbs and adjectives."""
    own = State()
    for mark in (*_marks(token, outer), *_moods(annotations, token), *modals(token, outer), *_modifiers(token, outer)):
        own = stack(replace(mark, negative=False) if own.negative and mark.negative else mark, own, own.evidence)
    own = timetable(annotations, token, own)
    if _headlined(annotations, token):
        own = stack(State("planned", evidence=(span_of(child(token, "aux") or token),)), own, own.evidence)
    no = negation(token)
    if no is not None and span_of(no) not in outer.evidence:
        denied = State(negative=True, evidence=(span_of(no),))
        own = stack(denied, replace(own, mood="actual", force="CT") if _cannot(token) else own, own.evidence)
    own = _undone(token, own)
    return stack(own, outer, outer.evidence)


# ---- conditions, purposes, adjuncts ---------------------------------------------------------------------------------------


def _marks(token: Token, outer: State) -> Iterator[State]:
    """Conditionals ("if", "had they", "in case"), purposes ("to", "so that"), and adjuncts that deny ("instead of")."""
    wished = State("hypothetical", force="U")
    for mark in children(token, "mark", "advmod"):
        row = signatures().get((mark.lower_, "mark"))
        if row is not None and mark.i < token.i and not asks_whether(token, mark):
            yield result(row.positive, row.force, (span_of(mark),))
    if _inverted(token):
        yield replace(wished, evidence=(span_of(token.left_edge),))
    if token.dep_ in {"ccomp", "advcl"} and (phrase := _condition_phrase(token)) is not None:
        yield replace(wished, evidence=(phrase,))
    condition = next((c for c in first_of(token).children if c.dep_ in {"advcl", "ccomp"} and _conditional(c)), None)
    if condition is not None and auxiliaries(token):
        yield replace(wished, evidence=(span_of(child(condition, "mark") or condition.left_edge),))
    yield from _before(token)
    yield from _adjunct(token, outer)
    yield from _purpose(token)


CONDITIONS = (
    "as long as",
    "so long as",
    "in case",
    "on condition that",
    "in the event that",
    "only if",
    "even if",
    "assuming",
    "supposing",
)


def _condition_phrase(clause: Token) -> Span | None:
    """Return the conjunction of several words that makes a clause a condition: "as long as", "in case"."""
    edge = clause.left_edge
    words = clause.doc[max(edge.i - 4, 0) : min(edge.i + 4, clause.i)]
    text = words.text.lower()
    found = next((p for p in CONDITIONS if p in text), None)
    if found is None:
        return None
    start = words.start_char + text.index(found)
    return Span(start, start + len(found))


def _before(token: Token) -> Iterator[State]:
    """Read "before" with a present or with "any", "could": not presented as having happened ("before any more land is seized")."""
    edge = token.left_edge
    mark = next((c for c in (*children(token, "mark"), *token.doc[max(edge.i - 1, 0) : edge.i]) if c.lower_ in {"before", "until"}), None)
    if mark is None or token.pos_ not in VERBAL:
        return
    verbs = children(token, "aux", "auxpass") or [token]
    who = own_subject(token)
    if any(c.lower_ == "could" for c in verbs) and mark.lower_ == "before":
        yield State(negative=True, evidence=(span_of(mark),))
    elif verbs[0].tag_ in {"VBZ", "VBP"} or (who is not None and any(c.lower_ == "any" for c in who.children)):
        yield State("hypothetical", force="U", evidence=(span_of(mark),))


def _purpose(token: Token) -> Iterator[State]:
    """Read an infinitive or "so that" of purpose; not the errand of a journey ("flew to Geneva to meet", "was there to attend")."""
    if token.dep_ != "advcl":
        return
    mark = child(token, "mark")
    so = mark is not None and mark.lower_ == "that" and mark.i > 0 and mark.nbor(-1).lower_ == "so"
    wish = mark is not None and mark.lower_ == "for" and has_to(token) and row_of(token.head, ("for", "to"))[0] is None
    link = governor(token) if mark is None and has_to(token) else None
    bare = mark is None and has_to(token) and (link is None or row_of(link.head, ("to",))[0] is None)
    errand = token.lemma_ in RESULTS or (token.head.lemma_ in MOTION and token.lemma_ in ERRANDS)
    if so or wish or (bare and not errand):
        yield State("hypothetical", force="U", evidence=(span_of(mark or child(token, "aux") or token),))


ADDED = frozenset({"let alone", "much less", "never mind", "still less"})
"""What adds a denied act to another that is denied."""


def _adjunct(token: Token, outer: State) -> Iterator[State]:
    """Read the words before a clause or noun that deny it: "instead of", "rather than", "without", "let alone"."""
    words = [c for c in token.children if c.dep_ in {"mark", "cc", "advmod"} and c.i < token.i]
    words += [token.head] if token.dep_ in {"pcomp", "pobj"} else []
    edge = token.left_edge
    words += [token.doc[edge.i - 1]] if edge.i else []
    for word in words:
        before = word.nbor(-1) if word.i else word
        if word.lower_ == "without" and before.lower_ == "or":
            continue
        for key, start_at in ((f"{before.lower_} {word.lower_}", before.idx), (word.lower_, word.idx)):
            row = signatures().get((key, "adjunct"))
            if row is None and word.lower_ == "than" and any(t.lower_ == "rather" for t in token.doc[token.sent.start : word.i]):
                row = signatures()["rather than", "adjunct"]
            if row is not None and (" " in key or token.i in {word.head.i, word.i + 1} or token.head.i == word.i):
                found = result(row.positive, row.force, (Span(start_at, word.idx + len(word)),))
                yield replace(found, negative=found.negative and not (key in ADDED and outer.negative))
                return


def _inverted(clause: Token) -> bool:
    """Tell whether a subordinate clause is a condition by its order: "had the senate rejected it", "were it to secede"."""
    lead = clause.left_edge
    return (
        clause.dep_ in {"advcl", "ccomp"} and lead.lower_ in {"had", "were", "should"} and lead.head.i == clause.i and lead.dep_ != "nsubj"
    )


def _conditional(clause: Token) -> bool:
    mark = child(clause, "mark", "advmod")
    marked = (mark is not None and mark.i < clause.i and (mark.lower_, "mark") in signatures()) or _condition_phrase(clause) is not None
    only = mark is not None and mark.lower_ in {"when", "once", "after", "if"} and mark.i > 0 and mark.nbor(-1).lower_ == "only"
    return (marked and (clause.dep_ == "advcl" or clause.i < clause.head.i)) or only or _inverted(clause)


# ---- moods of the clause ---------------------------------------------------------------------------------------------------


def _headlined(annotations: Annotations, token: Token) -> bool:
    """Tell whether an infinitive is a headline's future ("Apple to give free cases", "MINERS TO STRIKE")."""
    sentence = annotations.sentence_at(token.idx)
    if sentence is None:
        return False
    words = annotations.tokens(sentence)
    if token.text.isupper() and len(token) > 2 and token.i > words[0].i and token.nbor(-1).lower_ == "to":
        return not any(t.pos_ in VERBAL and is_finite(t) for t in words if t.i < token.i)
    finite = any(t.pos_ in VERBAL and is_finite(t) for t in words)
    if not has_to(token) or (sentence.role != "title" and finite):
        return False
    return token.dep_ == "ROOT" or (token.dep_ in {"acl", "relcl"} and token.head.dep_ == "ROOT" and token.head.pos_ in {"NOUN", "PROPN"})


def _moods(annotations: Annotations, token: Token) -> Iterator[State]:
    """Commands, subjunctives, questions, and clauses about anybody: none says that the act took place."""
    if token.pos_ not in VERBAL and own_subject(token) is None:
        return
    sentence = annotations.sentence_at(token.idx)
    either = token.dep_ == "conj" and _commanded(token.head) and any(c.lower_ == "or" for c in children(token.head, "cc"))
    if sentence is not None and sentence.role != "title" and (_commanded(token) or _subjunctive(token) or either):
        yield State("hypothetical", force="U", evidence=(span_of(token),))
    elif _asked(token):
        yield State("possible", force="U", evidence=(span_of(token.sent[-1]),))
    if token.dep_ == "relcl" and not auxiliaries(token):
        who = token.head
        any_ = next((c for c in who.children if c.lower_ == "any" and c.dep_ == "det"), None)
        if any_ is not None or who.lower_ in ANYBODY:
            yield State("hypothetical", force="U", evidence=(span_of(any_ or who),))


def _commanded(token: Token) -> bool:
    """Tell whether a verb is a command: a bare form without subject, at the head of its sentence or quotation."""
    if token.tag_ not in {"VB", "VBP"} or own_subject(token) is not None or token.dep_ not in {"ROOT", "ccomp", "advcl"}:
        return False
    if any(c.dep_ in {"aux", "auxpass", "expl", "mark"} and c.lower_ not in {"do", "don't"} for c in token.children):
        return False
    before = token.nbor(-1) if token.i else token
    return (
        token.is_sent_start
        or before.is_quote
        or before.lower_ in {"please", "not", "n't", "never", "now", ":"}
        or (token.lower_ == "let" and token.nbor(1).lower_ != "alone")
    )


def _subjunctive(token: Token) -> bool:
    """Tell whether a clause has the bare form that demands have: "that the board *apologise*", "that he *be dismissed*"."""
    who = own_subject(token)
    if who is None or token.dep_ not in {"ccomp", "acl", "advcl"} or child(token, "mark") is None or has_to(token):
        return False
    words = children(token, "aux", "auxpass")
    if any(w.lower_ == "be" for w in words):
        return not any(w.tag_ == "MD" for w in words)
    singular = who.tag_ in {"NN", "NNP"} or who.lower_ in {"he", "she", "it"}
    return not words and (token.tag_ in {"VB", "NN"} or (singular and token.tag_ == "VBP")) and not children(who, "conj")


def _asked(token: Token) -> bool:
    """Tell whether a verb heads a question that yes or no would answer."""
    if token.dep_ != "ROOT" or token.sent[-1].text not in {"?", "”", '"'} or "?" not in {t.text for t in token.sent[-2:]}:
        return False
    who = own_subject(token)
    words = children(token, "aux", "auxpass") or ([token] if token.lemma_ == "be" else [])
    asking = any(t.tag_ in {"WP", "WRB", "WDT"} for t in token.subtree if token.i in {t.head.i, t.head.head.i})
    return who is not None and bool(words) and words[0].i < who.i and not asking


# ---- adverbs and adjectives ------------------------------------------------------------------------------------------------


def _modifiers(token: Token, outer: State) -> Iterator[State]:
    """Adverbs and adjectives, participles and "due to" behind a noun, and "according to unconfirmed reports"."""
    overtaken = _overtaken(token, outer)
    for c in token.children:
        if c.dep_ in {"amod", "advmod", "acl", "compound", "nmod", "npadvmod", "relcl"}:
            row = signatures().get((c.lower_, "mod")) if c.dep_ != "relcl" else None
            if row is not None:
                counts = c.lower_ in {"nearly", "almost", "hardly"} and c.i + 1 < len(c.doc) and c.nbor(1).pos_ in {"NUM", "DET"}
                if not (overtaken and c.lower_ not in EPISTEMIC) and not counts:
                    yield result(row.positive, row.force, (span_of(c),))
            elif c.i > token.i and token.pos_ == "NOUN" and not overtaken:
                yield from _described(token, c)
        elif c.lower_ == "according":
            reports = prepositional(c, "to") or next((x for x in c.subtree if x.dep_ == "pobj"), None)
            for word in reports.children if reports is not None else ():
                row = signatures().get((word.lower_, "mod"))
                if row is not None:
                    yield result(row.positive, row.force, (span_of(word),))


def _described(noun: Token, clause: Token) -> Iterator[State]:
    """Read what is said behind a noun: "a ceasefire due to begin", "the withdrawal, long demanded by them", "planned for May"."""
    if clause.dep_ in {"amod", "acl"} and clause.tag_ != "VBG" and child(clause, "xcomp") is not None:
        row, words = row_of(clause, ("to",))
        if row is not None:
            yield result(row.positive, row.force, words, noun)
            return
    passive = clause.dep_ in {"acl", "amod"} and clause.tag_ in {"VBN", "VBD"} and child(clause, "dobj") is None
    gap = clause.dep_ == "relcl" and any(
        t.tag_ in {"WDT", "WP"} and t.dep_ in {"dobj", "nsubjpass", "pobj"} and t.head.i == clause.i for t in clause.lefts
    )
    frames = ("obj", *(p.lower_ for p in children(clause, "prep") if p.lower_ == "for" and child(p, "pobj") is None))
    if passive or gap:
        row, words = row_of(clause, frames)
        if row is not None and row.positive not in {"open", "decided", "actual"} and negation(clause) is None:
            yield result(row.positive, row.force, words, noun)


def _overtaken(token: Token, outer: State) -> bool:
    """Tell whether a plan or fear was overtaken: the act took place ("the planned strike began"), or was called off."""
    if token.pos_ not in {"NOUN", "PROPN"} or outer.mood != "actual":
        return False
    if outer.negative:
        return True
    link = governor(token)
    verb = link.head if link is not None and link.passes == "all" else None
    happened = verb is not None and verb.lemma_ in (OCCUR - {"be"}) | {"hold", "stage", "launch", "carry"} and token.dep_ != "compound"
    return happened and verb is not None and any(t.tag_ in {"VBD", "VBN"} for t in (verb, *children(verb, "aux", "auxpass")))


def _undone(token: Token, own: State) -> State:
    """Read a later "called it off" in the sentence: what was planned was not done."""
    if token.pos_ not in {"NOUN", "PROPN"} or own.negative:
        return own
    for word in token.doc[token.i + 1 : token.sent.end]:
        names = word.lower_ in {"it", "them"} or (word.tag_ == "WDT" and word.head.head.i in {t.i for t in token.subtree})
        if names and word.dep_ in {"dobj", "nsubjpass"}:
            row, words = row_of(word.head, ("obj",))
            if row is not None and (row.positive, row.negative) == ("negated", "planned") and negation(word.head) is None:
                return stack(result("negated", "", words), replace(own, mood="actual", force="CT"), own.evidence)
    return own


def _cannot(token: Token) -> bool:
    """Tell whether a modal's negation denies ("cannot"); that of "may not" doubts."""
    return any(c.lower_ in {"can", "ca", "could", "cannot"} for c in children(token, "aux"))
