"""Governors: which word decides on another, in which frame of its signature, and how far what holds of it reaches.

The way up is the parse's: clauses, objects, prepositions, subjects of verbs of happening, coordination. Where the word that the parse
gives has no signature for the frame, the neighbour that may have been meant is asked: the verb whose object the parse gave the
infinitive to ("asked the *court* to free him"), the verb behind a noun's preposition ("accused the marshal *of* shelling").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.grammar import VERBAL, child, children, own_subject, subject
from onrecord.modality.states import first_of, has_to, is_definite, row_of, span_of
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

FACTIVE = frozenset(
    {"admit", "know", "confirm", "reveal", "regret", "acknowledge", "concede", "discover", "learn", "remember", "recall", "show"}
)
REPORTS = FACTIVE | {
    "say", "tell", "claim", "allege", "assert", "announce", "declare", "state", "report", "write", "argue", "insist", "warn",
    "deny", "believe", "think", "suspect", "fear", "suggest", "maintain", "add", "note", "explain", "estimate", "predict", "expect",
    "testify", "tweet", "indicate", "stress", "hope", "contend", "accuse",
}  # fmt: skip
CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "csubj", "csubjpass", "oprd", "relcl"})
LIGHT = frozenset(
    {
        "hold", "launch", "impose", "stage", "conduct", "reach", "sign", "carry", "make", "take", "give", "issue", "mount", "begin",
        "start", "open", "commit", "have", "attend", "join", "declare", "form", "perform", "do", "pay", "send", "provide", "deliver",
        "grant", "offer", "strike", "conclude", "finalise", "finalize", "introduce", "place", "put", "lay", "hand", "file", "bring", "see",
        "resume", "continue", "support", "accept", "back", "lead", "be", "go", "use", "come", "become", "leave", "depart", "fly", "travel",
        "head", "return", "approve", "win", "get", "call", "enter", "complete", "finish", "accomplish", "slap", "levy", "extend", "tighten",
        "adopt", "pass", "ratify", "enact", "implement", "invite", "set", "release",
    }
)  # fmt: skip
OCCUR = frozenset(
    {
        "take", "occur", "happen", "begin", "start", "follow", "resume", "go", "last", "run", "be", "hold", "end", "come", "mean",
        "proceed", "ensue", "erupt", "break", "unfold", "transpire", "materialise", "materialize", "commence", "continue", "arrive",
        "arise", "open", "exist", "enter", "kick",
    }
)  # fmt: skip
TEMPORAL = frozenset({"when", "while", "until", "before", "after", "once", "as"})
ARGUMENT = frozenset({"for", "to", "into", "with", "on", "against"})
HARMED = frozenset({"die", "kill", "injure", "wound", "hurt"})
"""Verbs whose "in" names the act that did it."""
CONTAINERS = frozenset(
    {
        "round", "series", "wave", "spate", "string", "night", "day", "week", "campaign", "act", "kind", "sort", "type", "form", "number",
        "dozen", "hundred", "thousand", "escalation", "resumption", "continuation", "renewal", "outbreak", "launch", "signing",
        "implementation", "completion", "conclusion", "imposition", "extension", "use", "start", "beginning", "repeat", "bout", "part",
    }
)  # fmt: skip
"""Nouns that happen when what they hold happens: "a wave of *arrests*", "the imposition of *sanctions*"."""
ERRANDS = frozenset(
    {"attend", "meet", "visit", "talk", "discuss", "hold", "sign", "watch", "protest", "demonstrate", "march", "rally", "mark"}
)


COURTEOUS = frozenset({"thank", "congratulate", "apologise", "apologize", "welcome", "condemn", "commend", "express", "salute"})
"""Acts that are done by saying that one would like to do them."""


class Governor(NamedTuple):
    """A governing word, the frames to look it up in, how far its own context reaches, and marks that belong to the evidence."""

    head: Token
    frames: tuple[str, ...]
    passes: Literal["all", "weak", "none"]
    words: tuple[Span, ...] = ()
    default: str = ""
    """The value where the word has no signature in any of the frames."""


def governor(token: Token) -> Governor | None:
    """Return the governor that decides on `token`, in which frame, and how far its own context reaches."""
    head = token.head
    if head.i == token.i:
        return None
    dep = token.dep_
    if (near := _misread(token)) is not None:
        return Governor(near, ("to",), "all")
    if dep == "conj":
        return governor(_coordinated(token))
    if _apart(token):
        return None
    if dep in CLAUSAL:
        return _clausal(token)
    if dep == "advcl":
        return _adverbial(token)
    if dep in {"pobj", "pcomp"}:
        return _prepositional(token)
    if dep in {"dobj", "nsubjpass", "attr", "dative"}:
        return _object(token)
    if dep in {"compound", "amod", "nmod", "poss"} and head.pos_ in {"NOUN", "PROPN"}:
        compound = dep in {"compound", "nmod"} and row_of(head, ("compound",))[0] is not None
        return Governor(head, ("compound",), "all") if compound else governor(head) and Governor(head, (), "all")
    if dep in {"acomp", "prt", "agent", "appos"}:
        return Governor(head, (), "all")
    if dep == "nsubj":
        return _subject(token)
    return None


def _misread(token: Token) -> Token | None:
    """Return what governs an infinitive that the parser took for a word before a noun ("allows police to *detain* drivers")."""
    to = token.nbor(-1) if token.i else token
    if to.lower_ != "to" or to.head.i == token.i or token.dep_ not in {"amod", "compound", "nmod"} or token.lower_ != token.lemma_:
        return None
    before = [t for t in token.doc[max(token.sent.start, to.i - 6) : to.i] if t.pos_ in {"VERB", "NOUN", "ADJ"}]
    return next((t for t in reversed(before) if row_of(t, ("to",))[0] is not None), None)


def _apart(token: Token) -> bool:
    """Tell whether a semicolon or dash parts a clause from the word that the parse hung it on."""
    low, high = sorted((token.i, token.head.i))
    return token.dep_ in {"ccomp", "advcl", "parataxis"} and any(t.text in {";", "–", "—"} for t in token.doc[low + 1 : high])


def _coordinated(token: Token) -> Token:
    """Return the word that a coordinated one shares its governor with: a finite verb none that governs an infinitive only."""
    first = first_of(token)
    if not (is_finite(token) and token.pos_ in VERBAL):
        return first
    while first.pos_ in VERBAL and not is_finite(first) and first.head.i != first.i:
        first = first_of(first.head)
    return first


def is_finite(verb: Token) -> bool:
    """Tell whether a verb has a tense of its own."""
    words = children(verb, "aux", "auxpass")
    return (words[0] if words else verb).tag_ in {"VBD", "VBZ", "VBP", "MD"}


# ---- clauses ------------------------------------------------------------------------------------------------------------


def _clausal(token: Token) -> Governor | None:
    head, mark = token.head, child(token, "mark")
    if mark is not None and (mark.lower_ == "whether" or asks_whether(token, mark)):
        return Governor(head, ("whether",), "weak", (span_of(mark),), default="possible")
    if mark is not None and mark.lower_ == "for":
        return Governor(head, ("for", "to"), "all")
    if token.pos_ == "NOUN" and token.dep_ == "oprd":
        return Governor(head, (), "weak")
    if has_to(token) or (token.dep_ == "xcomp" and token.tag_ == "VB"):
        return _infinitive(token)
    if token.dep_ == "relcl":
        return None
    if token.tag_ == "VB" and token.dep_ == "ccomp" and not children(token, "aux"):
        return Governor(head, ("to", "that"), "all")
    if token.tag_ == "VBG" and not children(token, "aux") and token.dep_ != "acl":
        if head.lemma_ in {"include", "be", "comprise"}:
            return _object(token)
        return Governor(head, ("ing", "to"), "all")
    if token.dep_ == "acl" and token.tag_ == "VBN" and (cause := _causing(head)) is not None:
        return Governor(cause, ("to", "obj"), "all")
    if token.dep_ == "acl" and token.tag_ == "VBN" and head.dep_ in {"attr", "nsubj"} and head.head.lemma_ == "be" and head.head.i < head.i:
        return Governor(head.head, (), "all")  # "under no circumstances were they held"
    if token.dep_ == "acl":
        return Governor(head, ("that",) if own_subject(token) is not None else (), "none")
    wanted = token.tag_ == "VBD" and head.lemma_ in {"want", "like", "need", "prefer"}
    if (
        token.dep_ in {"ccomp", "oprd", "xcomp"}
        and (wanted or token.tag_ == "VBN")
        and head.lemma_ != "have"
        and not children(token, "aux", "auxpass", "mark")
    ):
        return Governor(head, ("to", "obj"), "all")
    if mark is not None and mark.lower_ == "that" and head.dep_ == "parataxis" and row_of(_predicate(head.head), ("that",))[0] is not None:
        head = head.head  # "it was likely, she said, that"
    if token.i < head.i and head.lemma_.lower() not in REPORTS:
        return None
    parenthetical = token.i < head.i or head.lemma_.lower() in REPORTS
    return Governor(_predicate(head), ("that",), "none" if parenthetical else "weak")


ASKING = frozenset(
    {"ask", "wonder", "know", "see", "check", "decide", "say", "unclear", "unknown", "tell", "doubt", "uncertain", "sure", "clear"}
)
CAUSING = frozenset({"see", "have", "get", "want", "like", "need", "keep", "order", "watch", "find"})


def asks_whether(token: Token, mark: Token) -> bool:
    """Tell whether "if" asks: "it is unclear if", "did not say if"."""
    asking = {token.head.lemma_.lower(), *(c.lower_ for c in children(token.head, "acomp"))} & ASKING
    return mark.lower_ == "if" and mark.i > token.head.i and bool(asking)


def _causing(noun: Token) -> Token | None:
    """Return the verb that a participle completes, where the parse gave it to the noun: "see the minister *charged*"."""
    for _ in range(5):
        if noun.dep_ == "dobj" and noun.head.lemma_ in CAUSING:
            return noun.head
        if noun.dep_ not in {"pobj", "agent", "acl", "prep", "conj"}:
            return None
        noun = noun.head
    return None


def _predicate(head: Token) -> Token:
    """Return the adjective or noun that a copula links to a clause ("it is *likely* that"), any other verb itself."""
    if head.lemma_ == "be":
        return child(head, "acomp", "attr") or head
    return head


def _infinitive(token: Token) -> Governor:
    """Read an infinitive: of the word above it, of one by it that the parse passed over, else a purpose of a noun."""
    head = token.head
    if head.lemma_ == "be" and (any(c.i < token.i for c in children(head, "attr", "acomp")) or _nearby(head) is not None):
        return Governor(_nearby(head) or head, ("to",) if _nearby(head) is not None else (), "all")
    if token.lemma_ in COURTEOUS and head.lemma_ in {"like", "want", "wish"}:
        return Governor(head, (), "none")  # "I would like to thank"
    if (
        token.dep_ in {"acl", "relcl"}
        and child(token, "auxpass") is not None
        and row_of(head, ("to",))[0] is None
        and _for_whom(token) is None
    ):
        return Governor(head, (), "weak", (), "planned")  # "an event to be held in May"
    if token.dep_ == "ccomp" and token.i < head.i and head.lemma_.lower() in REPORTS:
        return Governor(head, (), "none", (), "planned")  # "Island to lift ban, ministry says"
    if token.dep_ == "ccomp" and row_of(head, ("to", "that"))[0] is not None:
        return Governor(head, ("to", "that"), "all")
    if row_of(head, ("to",))[0] is not None or (head.dep_ == "ROOT" and head.pos_ not in {"NOUN", "PROPN", *VERBAL}):
        return Governor(head, ("to",), "all")
    if any(c.lower_ == "too" for c in children(head, "advmod")):
        return Governor(head, (), "all", (), "negated")
    other = _for_whom(token) or _nearby(head) or _adjacent(token)
    if other is not None:
        return Governor(other, ("to", "for"), "all")
    noun = token.dep_ in {"acl", "relcl"} and token.lemma_ not in ERRANDS and head.dep_ != "ROOT"
    return Governor(head, ("to",), "all", default="hypothetical" if noun else "")


def _adjacent(token: Token) -> Token | None:
    """Return the word right before an infinitive's "to", if it has a signature: "is in *line* to receive"."""
    to = next((c for c in token.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    near = to.nbor(-1) if to is not None and to.i else None
    return near if near is not None and near.pos_ in {"NOUN", "ADJ", "VERB"} and row_of(near, ("to",))[0] is not None else None


def _for_whom(token: Token) -> Token | None:
    """Return what asks for somebody to act, where "for" was read as a preposition: "*calls* for him to be dismissed"."""
    noun = token.head
    prep = noun.head if noun.dep_ == "pobj" else None
    if prep is not None and prep.lower_ in {"for", "on", "to"} and row_of(prep.head, ("for", "to"))[0] is not None:
        return prep.head
    return None


def _nearby(head: Token) -> Token | None:
    """Return the word with a signature that an infinitive hangs by: an ordinal before its noun, an object or predicate, a verb."""
    candidates = [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ == "NOUN" and head.lemma_ != "be"]
    candidates += [c for c in head.children if c.dep_ in {"amod", "acomp", "attr", "dobj", "oprd", "advmod", "nummod"}]
    if head.dep_ in {"dobj", "nsubjpass", "nsubj", "dative", "attr"}:
        candidates.append(head.head)
    above = head
    for _ in range(3):  # "used devices such as pumps to drain it"
        if above.dep_ not in {"pobj", "prep", "conj", "dobj"}:
            break
        above = above.head
        candidates += [above] if above.pos_ in VERBAL else []
    if head.lemma_ == "be":
        candidates += [t for t in head.lefts if t.dep_ in {"nsubj", "csubj"}]
        candidates += [t.head for t in head.sent if t.i < head.i and t.tag_ == "WP" and t.dep_ == "dobj"]
    return next((c for c in candidates if row_of(c, ("to",))[0] is not None), None)


def _adverbial(token: Token) -> Governor | None:
    head, mark = token.head, child(token, "mark")
    if mark is not None:
        if mark.lower_ == "for":
            other = _nearby(head) if head.lemma_ == "be" else None
            return Governor(other or head, ("for", "to"), "all")
        if asks_whether(token, mark):
            return Governor(head, ("whether",), "weak", (span_of(mark),), default="possible")
        past = is_finite(token) and any(t.tag_ == "VBD" for t in (token, *children(token, "aux", "auxpass")))
        told = mark.lower_ in {"after", "when", "as", "while", "once"} and past
        return Governor(head, (), "weak" if mark.lower_ in TEMPORAL and not told else "none")
    if has_to(token):
        if head.lemma_ == "be" and (other := _nearby(head)) is not None:
            return Governor(other, ("to",), "all")
        if row_of(head, ("to",))[0] is None and (other := _adjacent(token)) is not None:
            return Governor(other, ("to",), "all")
        return Governor(head, ("to",), "all") if head.lemma_ != "be" else None
    if token.tag_ == "VBG" and token.i - head.i <= 2 and head.i < token.i:
        return Governor(head, ("ing",), "weak")
    return Governor(head, (), "weak")


# ---- nouns --------------------------------------------------------------------------------------------------------------


def _prepositional(token: Token) -> Governor | None:
    prep = token.head
    word = prep.lower_
    if prep.dep_ == "agent" or prep.head.i == prep.i:
        return None
    preposition = "prep-to" if word == "to" else word  # "due to the ban" is no "due to fly"
    frames = (preposition,)
    head = prep.head
    if any(c.lower_ == "whether" for c in children(token, "mark")):
        return Governor(head, (), "weak")
    if row_of(head, frames)[0] is None:
        near = prep.nbor(-1) if prep.i else prep
        head = near if near.pos_ in {"NOUN", "ADJ"} and row_of(near, frames)[0] is not None else _behind(head, (preposition,)) or head
    verbal = head.pos_ in VERBAL and (word in ARGUMENT or head.lemma_ in LIGHT or head.lemma_ in HARMED)
    if word == "for" and token.dep_ == "pcomp" and row_of(head, frames)[0] is None:
        return None  # a reason: "tried for killing a guard"
    holds = head.lemma_.lower() in CONTAINERS and word == "of"
    return Governor(head, frames, "all" if holds else _reach(token, head) if verbal else "none")


def _behind(head: Token, frames: tuple[str, ...]) -> Token | None:
    """Return the verb whose object the parse gave a preposition to: "*accused* the marshal of shelling"."""
    whose = child(head, "nsubj", "nsubjpass") if head.pos_ in VERBAL else None
    if whose is not None and whose.pos_ == "NOUN" and row_of(whose, frames)[0] is not None:
        return whose  # "hopes rose of a deal"
    for _ in range(3):
        above = head.head
        if above.i == head.i or head.dep_ not in {"dobj", "nsubjpass", "dative", "prep", "pobj", "advmod", "attr", "acomp"}:
            return None
        if row_of(above, frames)[0] is not None:
            return above if above.pos_ in VERBAL else None
        head = above
    return None


def _subject(token: Token) -> Governor | None:
    """Read an event that is the subject: of a verb of occurring, or raised ("talks are likely to fail", "a strike would …")."""
    verb = token.head
    raised = _raised(verb)
    if raised is not None:
        return raised
    if verb.lemma_ in {"be", "remain", "seem", "look", "appear"}:
        for predicate in children(verb, "acomp", "attr", "prep", "advmod"):
            if row_of(predicate, ("pred", "mod") if predicate.dep_ == "acomp" else ("pred",))[0] is not None:
                return Governor(predicate, ("pred", "mod"), "all")
    if row_of(verb, ("occur",))[0] is not None:
        return Governor(verb, ("occur",), "all")
    if verb.lemma_ in OCCUR:
        return Governor(verb, (), "all")
    if not is_definite(token) and any(c.lower_ in {"would", "could", "might"} for c in children(verb, "aux")):
        return Governor(verb, (), "weak")
    return None


def _raised(verb: Token) -> Governor | None:
    """Return the governor of a subject whose verb says that it will happen: "talks are likely to fail", "are due to begin"."""
    raising = child(verb, "acomp") if verb.lemma_ == "be" else None
    if raising is not None and row_of(raising, ("to",))[0] is not None and child(raising, "xcomp") is not None:
        return Governor(raising, ("to",), "all")
    happens = next((c for c in children(verb, "xcomp") if c.lemma_ in OCCUR), None)
    if happens is not None and (verb.lemma_ == "be" or verb.lemma_ not in OCCUR):
        return Governor(happens, (), "all")
    done = next((c for c in children(verb, "xcomp") if child(c, "auxpass") is not None), None) if verb.lemma_ == "be" else None
    return Governor(done, ("obj",), "all" if done.lemma_ in LIGHT else "weak") if done is not None else None  # "is to be held"


def _object(token: Token) -> Governor:
    """Read the object of a verb; what "demands include" is demanded, and what they want "is a ceasefire" is wanted."""
    verb = token.head
    if verb.lemma_ in {"include", "be", "comprise"} and token.dep_ != "nsubjpass":
        what = subject(verb) or child(verb, "csubj")
        for frame in ("subj", "pred") if what is not None and what.pos_ not in VERBAL else ("obj",):
            if what is not None and row_of(what, (frame,))[0] is not None:
                return Governor(what, (frame,), "none")
    if token.dep_ == "nsubjpass" and (raised := _raised(verb)) is not None:
        return raised
    return Governor(verb, ("obj",), _reach(token, verb))


def _reach(token: Token, verb: Token) -> Literal["all", "weak", "none"]:
    """How far a verb's context reaches into its object: light verbs wholly, others where the object is new to the text."""
    if verb.lemma_.lower() in LIGHT and child(verb, "oprd") is None:
        return "all"
    return "none" if is_definite(token) else "weak"
