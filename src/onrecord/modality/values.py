"""The walk from a word up through its governors: its status, and what the author and each source commit to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.annotations import Annotations
from onrecord.grammar import noun_phrase, own_subject, relative, subject
from onrecord.modality.contents import fate, in_vain, unmet
from onrecord.modality.governors import FACTIVE, REPORTS, governor
from onrecord.modality.marks import bear
from onrecord.modality.states import Signature, State, Status, result, row_of, span_of, stack, weaker
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Certainty = Literal["CT", "PR", "PS", "U"]
Polarity = Literal["+", "-", "u"]
DEPTH = 12  # governors looked at; the longest chain in the gold pages has 7


class Value(NamedTuple):
    """One source's commitment: `source` is the span of its noun phrase, None for the author; `evidence` the words that decide."""

    source: Span | None
    certainty: Certainty
    polarity: Polarity
    evidence: tuple[Span, ...]


def status(annotations: Annotations, token: Token) -> tuple[Status, tuple[Span, ...]]:
    """Return the status of what a verb or event noun names, and the words that it rests on (none for a plain past)."""
    state = state_of(annotations, token, DEPTH)
    return state.status, state.evidence


def factuality(annotations: Annotations, token: Token) -> tuple[Value, ...]:
    """Return the author's value and one for each source in whose words the token stands, the outermost source first."""
    reports = _reports(token)
    whole = _value(annotations, token, None, frozenset())
    out = [Value(None, "U", "u", _spans(reports[-1:])) if reports and not _vouched(reports) else whole]
    for number, report in reversed(list(enumerate(reports))):
        inner = [r for r in reports[:number] if not _factive(r)]
        value = _value(annotations, token, _source(report), frozenset({report.i}))
        out.append(Value(value.source, "U", "u", _spans(inner)) if inner else value)
    return tuple(out)


def _value(annotations: Annotations, token: Token, source: Span | None, cut: frozenset[int]) -> Value:
    state = state_of(annotations, token, DEPTH, cut)
    certainty: Certainty = "U" if state.mood == "hypothetical" else state.force  # type: ignore[assignment]
    polarity: Polarity = "u" if certainty == "U" else ("-" if state.negative else "+")
    return Value(source, certainty, polarity, state.evidence)


def _reports(token: Token) -> list[Token]:
    """Return the verbs of saying and thinking whose clause the token stands in, the innermost first."""
    out = []
    here = token
    while here.head.i != here.i:
        if here.dep_ in {"ccomp", "xcomp"} and here.head.lemma_.lower() in REPORTS and own_subject(here) is not None:
            out.append(here.head)
        here = here.head
    return out


def _factive(report: Token) -> bool:
    return report.lemma_.lower() in FACTIVE


def _vouched(reports: list[Token]) -> bool:
    return all(_factive(r) for r in reports)


def _source(report: Token) -> Span | None:
    who = subject(report)
    return noun_phrase(relative(who)) if who is not None else None


def _spans(tokens: list[Token]) -> tuple[Span, ...]:
    return tuple(span_of(t) for t in tokens)


def state_of(annotations: Annotations, token: Token, depth: int, cut: frozenset[int] = frozenset()) -> State:
    """Return what holds of `token`: what its governor leaves it, then its own words. `cut`: governors taken as holding."""
    outer = _context(annotations, token, depth, cut) if depth else State()
    return bear(annotations, token, outer)


def _context(annotations: Annotations, token: Token, depth: int, cut: frozenset[int]) -> State:
    """Return what the governor of `token` leaves it."""
    link = governor(token)
    if link is None:
        return State()
    head, frames, passes, words, default = link
    row, evidence = row_of(head, frames)
    outer = State() if head.i in cut else state_of(annotations, head, depth - 1, cut)
    if row is not None:
        told = fate(head) if head.pos_ == "NOUN" else None
        if told is not None and depth > 1:
            changed, verb, changing = told
            return _through(changed, state_of(annotations, verb, depth - 1, cut), (*changing, *evidence), token)
        denying = in_vain(head) or unmet(head, frames)
        if denying and row.positive != "negated":
            return stack(result("negated", "", (*denying, *evidence), token), replace(outer, negative=False), outer.evidence)
        return _through(row, outer, (*evidence, *words), token)
    if default:
        return stack(result(default, "", words or (span_of(token),), token), weaker(outer), outer.evidence)
    return outer if passes == "all" else (weaker(outer) if passes == "weak" else State())


def _through(row: Signature, outer: State, words: tuple[Span, ...], token: Token) -> State:
    """Apply a signature to the context that its word stands in."""
    if row.shields:
        return result(row.positive, row.force, words, token)
    denied = outer.negative and outer.mood in {"actual", "planned"}
    found = result(row.negative if denied else row.positive, "" if denied else row.force, words, token)
    return stack(found, replace(outer, negative=False), outer.evidence)
