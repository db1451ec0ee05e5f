"""Is a future of saying a pledge, or part of the talk itself? "I won't comment", "what I will say is", "I'll be honest with you".

Who declines to speak has refused an answer, and binds himself to nothing that anybody could later see done or not. Known limit: who
declines until a day that is set ("will not comment before Friday") is left to bind himself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.commissives.acts import negations
from onrecord.commissives.cases import Case
from onrecord.commissives.parties import FIRST
from onrecord.commissives.words import belongs
from onrecord.grammar import child, children, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

MODALS = frozenset({"will", "would"})
DETAIL = frozenset({"detail", "specific", "particular", "hypothetical", "speculation", "discussion", "question", "matter", "issue"})
AUDIENCE = frozenset({"you", "it", "this", "that", "one", "something"})


def talk(case: Case) -> str | None:
    """Refuse a future that only steers the talk: a refusal to speak, an announcement of one's next words."""
    if case.key not in MODALS or case.timed:
        return None
    act = case.act
    if negations(case.binding):
        return f"declines to speak: {act.text!r}" if _declines(act) else None
    own = case.binding.bound or own_subject(act)
    if own is None or own.lower_ not in FIRST:
        return None
    return f"a word about one's own words: {act.text!r}" if _steers(act) else None


def _declines(act: Token) -> bool:
    if belongs(act, "speaking") or belongs(act, "declining"):
        return not _object(act) or belongs(act, "declining")
    into = [t for p in children(act, "prep") if p.lower_ in {"into", "through"} for t in children(p, "pobj", "pcomp")]
    return act.lemma_ in {"get", "go", "be", "drill"} and any(t.lemma_.lower() in DETAIL | AUDIENCE for t in into)


def _steers(act: Token) -> bool:
    """Tell whether a first person's act is one of speech to those who listen: "I will say that …", "I'll tell you"."""
    you = act.i + 1 < len(act.doc) and act.nbor(1).lower_ == "you"
    told = you and act.lemma_ in {"tell", "remind", "refer", "direct", "point", "ask", "warn", "assure"}
    return told or (belongs(act, "speaking") and not _object(act))


def _object(act: Token) -> bool:
    """Tell whether a verb has an object of its own, other than the listeners or what was just spoken of."""
    what = child(act, "dobj")
    return what is not None and what.lower_ not in AUDIENCE and what.tag_ not in {"WP", "WDT"}
