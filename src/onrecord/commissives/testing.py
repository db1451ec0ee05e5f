"""Could somebody later see whether it was done? A judgement of a commitment by its words, with the words that decide.

yes      a day is set for an act that has an end; or what it is done to is named or counted ("release 64 prisoners")
no       the act has no end to see ("work to make him president", "continue to help")
unclear  anything else
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.commissives.bindings import Binding
from onrecord.commissives.deadlines import Deadline
from onrecord.commissives.words import belongs, is_act
from onrecord.grammar import VERBAL, children, is_passive, own_subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


class Testable(NamedTuple):
    """The judgement and the words that it rests on."""

    answer: Literal["yes", "no", "unclear"]
    words: tuple[Span, ...]


def testable(binding: Binding, deadline: Deadline | None) -> Testable:
    """Judge an act by its verb, its object and its deadline."""
    act = binding.act
    vague = next((t for t in (act, *children(act, "xcomp")) if t.pos_ in VERBAL and belongs(t, "vague")), None)
    if vague is not None:
        return Testable("no", (_span(vague),)) if deadline is None or deadline.value is None else Testable("unclear", (_span(vague),))
    if deadline is not None and deadline.value is not None:
        return Testable("yes", (deadline.span,))
    named = next((t for t in _upon(act) if _definite(t)), None)
    return Testable("yes", (_span(named),)) if named is not None else Testable("unclear", ())


def _upon(act: Token) -> list[Token]:
    """Return what the act is done to: the object, the passive's subject, the noun of the act itself."""
    if act.pos_ not in VERBAL:
        return [act] if is_act(act) else []
    own = own_subject(act) if is_passive(act) else None
    return [*children(act, "dobj"), *([own] if own is not None else [])]


def _definite(noun: Token) -> bool:
    """Tell whether a noun is counted, named or known: "64 prisoners", "the bridge", "its embassy"."""
    words = [noun, *noun.children]
    return any(t.pos_ in {"NUM", "PROPN"} or t.dep_ in {"poss", "nummod"} or t.lower_ in {"the", "this", "all", "every"} for t in words)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
