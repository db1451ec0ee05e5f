"""Governors: which word decides on another, in which frame of its signature, and how far what holds of it reaches."""

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
}  # fmt: skip  # fmt: skip
CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "csubj", "csubjpass", "oprd"})
LIGHT = frozenset(
    {
        "hold", "launch", "impose", "stage", "conduct", "reach", "sign", "carry", "make", "take", "give", "issue", "mount", "begin",
        "start", "open", "commit", "have", "attend", "join", "declare", "lift", "end", "form", "perform", "do", "pay", "send",
        "provide", "deliver", "grant", "offer", "strike", "conclude", "finalise", "finalize", "introduce", "place", "put", "lay",
        "hand", "file", "bring", "see", "resume", "continue", "cause", "trigger", "spark", "provoke", "support", "accept", "back",
        "lead", "be", "go", "come", "become", "leave", "depart", "fly", "travel", "head", "return", "approve", "win", "get", "call",
    }
)  # fmt: skip  # fmt: skip
OCCUR = frozenset(
    {"take", "occur", "happen", "begin", "start", "follow", "resume", "go", "last", "run", "be", "hold", "end", "come", "mean"}
)
TEMPORAL = frozenset({"when", "while", "until", "before", "after", "once", "as"})
ARGUMENT = frozenset({"for", "to", "into", "with", "on", "against"})


class Governor(NamedTuple):
    """A governing word, the frames to look it up in, how far its own context reaches, and marks that belong to the evidence."""

    head: Token
    frames: tuple[str, ...]
    passes: Literal["all", "weak", "none"]
    words: tuple[Span, ...] = ()


def governor(token: Token) -> Governor | None:
    """Return the governor that decides on `token`, in which frame, and how far its own context reaches."""
    head = token.head
    if head.i == token.i:
        return None
    dep = token.dep_
    if dep == "conj":
        return governor(first_of(token))
    if dep in CLAUSAL:
        return _clausal(token)
    if dep == "advcl":
        return _adverbial(token)
    if dep in {"pobj", "pcomp"}:
        return _prepositional(token)
    if dep in {"dobj", "nsubjpass", "attr", "dative"}:
        return _object(token)
    if dep in {"compound", "amod", "nmod", "poss"} and head.pos_ in {"NOUN", "PROPN"}:
        return governor(head) and Governor(head, (), "all")
    if dep in {"acomp", "prt", "agent"}:
        return Governor(head, (), "all")
    if dep == "nsubj":
        return _subject(token)
    return None


def _clausal(token: Token) -> Governor:
    mark = child(token, "mark")
    words = (span_of(mark),) if mark is not None and mark.lower_ in {"whether", "if"} else ()
    if words:
        return Governor(token.head, ("whether",), "weak", words)
    if mark is not None and mark.lower_ == "for":
        return Governor(token.head, ("for", "to"), "all")
    if has_to(token) or (token.dep_ == "xcomp" and token.tag_ == "VB"):
        return Governor(token.head, ("to",), "all")
    if token.tag_ == "VB" and token.dep_ == "ccomp" and not children(token, "aux"):
        return Governor(token.head, ("to", "that"), "all")
    if token.tag_ == "VBG" and not children(token, "aux") and token.dep_ != "acl":
        return Governor(token.head, ("ing", "to"), "all")
    if token.dep_ == "acl":
        return Governor(token.head, ("that",) if own_subject(token) is not None else (), "none")
    parenthetical = token.i < token.head.i or token.head.lemma_.lower() in REPORTS
    return Governor(token.head, ("that",), "none" if parenthetical else "weak")


def _adverbial(token: Token) -> Governor | None:
    head, mark = token.head, child(token, "mark")
    if mark is not None:
        if mark.lower_ == "for":
            return Governor(head, ("for", "to"), "all")
        return Governor(head, (), "weak" if mark.lower_ in TEMPORAL else "none")
    if has_to(token):
        return Governor(head, ("to",), "all") if head.lemma_ != "be" else None
    if token.tag_ == "VBG" and token.i - head.i <= 2 and head.i < token.i:
        return Governor(head, ("ing",), "weak")
    return Governor(head, (), "weak")


def _prepositional(token: Token) -> Governor | None:
    prep = token.head
    word = prep.lower_
    if prep.dep_ == "agent" or prep.head.i == prep.i:
        return None
    preposition = "prep-to" if word == "to" else word  # "due to the ban" is no "due to fly"
    frames = (preposition, "ing") if token.dep_ == "pcomp" else (preposition,)
    verbal = prep.head.pos_ in VERBAL and (word in ARGUMENT or prep.head.lemma_ in LIGHT)
    return Governor(prep.head, frames, _reach(token) if verbal else "none")


def _subject(token: Token) -> Governor | None:
    """Read an event that is the subject: of a verb of occurring, or raised ("talks are likely to fail", "a strike would …")."""
    verb = token.head
    if token.dep_ == "nsubj" and verb.lemma_ == "be":
        raising = child(verb, "acomp")
        if raising is not None and row_of(raising, ("to",))[0] is not None and child(raising, "xcomp") is not None:
            return Governor(raising, ("to",), "all")
    if verb.lemma_ in OCCUR:
        return Governor(verb, (), "all")
    if not is_definite(token) and any(c.lower_ in {"would", "could", "might"} for c in children(verb, "aux")):
        return Governor(verb, (), "weak")
    return None


def _object(token: Token) -> Governor:
    """Read the object of a verb; what "demands include" is demanded."""
    verb = token.head
    if verb.lemma_ in {"include", "be", "comprise"}:
        what = subject(verb)
        if what is not None and row_of(what, ("subj",))[0] is not None:
            return Governor(what, ("subj",), "none")
    return Governor(verb, ("obj",), _reach(token))


def _reach(token: Token) -> Literal["all", "weak", "none"]:
    """How far a verb's context reaches into its object: light verbs wholly, others where the object is new to the text."""
    verb = token.head if token.head.pos_ in VERBAL else token.head.head
    if verb.lemma_.lower() in LIGHT:
        return "all"
    return "none" if is_definite(token) else "weak"
