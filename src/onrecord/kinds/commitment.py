"""Commitments: who is bound to do what by when.

Words of commitment (`data/lexicons/commissives.toml`) and the acts that they bind to come from `commissives.frames`; what speaks
against them from `commissives.refusals`; who, to whom, by when and on what condition from `commissives.parties` and `commissives.terms`.
An act named twice on a page is one commitment, recorded where it is said most fully.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.commissives import acts, conditions, deadlines, parties
from onrecord.commissives.bindings import Binding
from onrecord.commissives.cases import Case
from onrecord.commissives.frames import bindings
from onrecord.commissives.refusals import refusal
from onrecord.commissives.testing import testable
from onrecord.grammar import VERBAL
from onrecord.lexicons import Lexicon
from onrecord.moments import time_of
from onrecord.records import AUTHOR, Abstention, Basis, Bounds, Commitment, Found, Records, Statement
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:
    """Return the commitments, and an abstention for each candidate that is none, with the reason."""
    found: list[Commitment] = []
    refused: list[Abstention] = []
    for binding in _one_per_act(bindings(annotations, lexicon)):
        made = _commitment(annotations, records, _by_nobody(annotations, binding))
        (found if isinstance(made, Commitment) else refused).append(made)  # type: ignore[arg-type]
    return Found(tuple(_once(annotations, found)), tuple(refused))


def _one_per_act(candidates: Iterable[Binding]) -> list[Binding]:
    """Keep one word of commitment for each act: a word of promise before a modal, the nearest before one further off."""
    best: dict[int, Binding] = {}
    for binding in candidates:
        rival = best.get(binding.act.i)
        if rival is None or _rank(binding) < _rank(rival):
            best[binding.act.i] = binding
    return [best[i] for i in sorted(best)]


def _rank(binding: Binding) -> tuple[bool, bool, bool, int]:
    cue = binding.cue[0]
    aside = binding.frame == "time" and cue.dep_ in {"acl", "relcl", "amod"}  # "the vote, set for Monday, was put off to May"
    return binding.frame == "present", binding.frame in {"modal", "title"}, aside, abs(binding.act.i - cue.i)


def _by_nobody(annotations: Annotations, binding: Binding) -> Binding:
    """Take back an agent that is a time: "will be opened by June"."""
    bound = binding.bound
    timed = bound is not None and any(t.span.start <= bound.idx < t.span.end for t in annotations.times)
    return binding._replace(bound=None) if timed else binding


def _commitment(annotations: Annotations, records: Records, binding: Binding) -> Commitment | Abstention:
    negative = acts.negations(binding)
    deadline = deadlines.deadline(annotations, binding, negated=bool(negative))
    condition = conditions.condition(binding)
    cut = tuple(s for s in (condition, deadline and deadline.span, *(t.span for t in deadlines.eligible(annotations, binding))) if s)
    statement = _statement(annotations, records, binding.act)
    party = parties.bound(annotations, binding, statement)
    action = acts.wording(annotations, binding, party, cut)
    sentence = annotations.sentence_at(binding.act.idx)
    if sentence is None:
        return Abstention(action, "commitment", "commitment.chrome", "outside the article")
    published = annotations.document.published.earliest
    case = Case(
        annotations,
        binding,
        sentence,
        statement,
        party,
        conditional=condition is not None,
        timed=deadline is not None,
        dated=deadline is not None and not deadline.counted,
        over=bool(deadline is not None and published and deadline.latest and deadline.latest < _days_before(published, OVER)),
    )
    no = refusal(case)
    if no is not None:
        return Abstention(action, "commitment", f"commitment.{no[0]}", no[1])
    return _record(annotations, case, Parts(action, negative, deadline, condition))


OVER = 60
"""Days after a deadline from which the page tells history: "was to be pulled down in 2010"; what was due last week is news."""


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _statement(annotations: Annotations, records: Records, act: Token) -> Statement | None:
    """Return the statement that an act stands in: by its content, else by the quotation that it shares with one."""
    said = records.said_by(_span(act))
    quotation = annotations.quotation_at(act.idx)
    if said is not None or quotation is None:
        return said
    return next((s for s in records.statements if any(c.overlaps(part) for c in s.content for part in quotation.spans)), None)


class Parts(NamedTuple):
    """What the words of an act and its terms are."""

    action: Span
    negative: tuple[Token, ...]
    deadline: deadlines.Deadline | None
    condition: Span | None


def _record(annotations: Annotations, case: Case, parts: Parts) -> Commitment:
    action, negative, deadline, condition = parts
    binding, statement = case.binding, case.statement
    start = deadlines.start(annotations, binding)
    other = parties.counterparty(annotations, binding, case.party.actor if case.party else None)
    made, said = _made(annotations, binding, statement)
    judged = testable(binding, deadline)
    cue = _cited(binding)
    speaker = statement.source_actor if statement else None
    evidence = {
        "basis": cue,
        "actor": (case.party.words,) if case.party else (),
        "counterparty": (other.words,) if other else (),
        "negated": tuple(_span(t) for t in negative),
        "according_to": (statement.source or statement.cue or cue[0],) if statement and speaker else (),
        "speaker": (statement.source or statement.cue or cue[0],) if statement and speaker else (),
        "made": said,
        "strength": cue,
        "testable": judged.words,
    }
    return Commitment(
        rule=binding.entry.id,
        evidence={k: v for k, v in evidence.items() if v},
        inferred=tuple(k for k, p in (("actor", case.party), ("counterparty", other)) if p and p.inferred),
        actor=case.party.actor if case.party else None,
        action=action,
        start=start.span if start else None,
        deadline=deadline.span if deadline else None,
        deadline_value=deadline.value if deadline else None,
        deadline_role=deadline.role if deadline else None,
        deadline_earliest=deadline.earliest if deadline else None,
        deadline_latest=deadline.latest if deadline else None,
        condition=condition,
        counterparty=other.actor if other else None,
        basis=_basis(annotations, case),
        negated=bool(negative),
        according_to=speaker or AUTHOR,
        speaker=speaker if speaker and (case.party is None or speaker != case.party.actor) else None,
        made=made,
        statement=statement.id if statement else None,
        testable=judged.answer,
        strength=binding.entry.strength,  # type: ignore[arg-type]
    )


def _cited(binding: Binding) -> tuple[Span, ...]:
    """Return the words of commitment; of a second act behind a negated first one its own "to", so that nobody reads the "not" into it."""
    between = binding.act.doc[binding.cue[0].i : binding.act.i]
    own = [t for t in binding.act.children if t.lower_ == "to" and t.dep_ == "aux"]
    if binding.act.dep_ == "conj" and own and any(t.dep_ == "neg" for t in between):
        return (_span(own[0]),)
    return tuple(_span(t) for t in binding.cue)


def _basis(annotations: Annotations, case: Case) -> Basis:
    """Return the entry's basis; a will or would is a pledge where the one who acts, or somebody who speaks for him, says so."""
    entry = case.binding.entry
    bound = case.binding.bound
    if (bound is not None and bound.lower_ in parties.FIRST) or case.binding.cue[0].lemma_ in {"intend", "intention", "intent"}:
        return "pledge"
    if case.key not in {"will", "would", "intend"} or case.statement is None:
        return entry.basis  # type: ignore[return-value]
    if case.party is None or case.statement.source_actor is None or case.statement.source_actor == case.party.actor:
        return "pledge"
    speaker, actor = annotations.actor(case.statement.source_actor), annotations.actor(case.party.actor)
    return "pledge" if speaker.country is not None and speaker.country == actor.country and speaker.sector in OFFICES else "plan"


OFFICES = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})


def _made(annotations: Annotations, binding: Binding, statement: Statement | None) -> tuple[Bounds | None, tuple[Span, ...]]:
    """Return the day on which it was said or agreed, as far as the text or the page's own day tells."""
    words = list(annotations.tokens_of(statement.cue)) if statement and statement.cue else list(binding.cue)
    for token in words:
        time = time_of(annotations, token) if token.pos_ in VERBAL else None
        if time is not None and time.type in {"DATE", "TIME"} and time.latest and token.tag_ in {"VBD", "VBN"}:
            return Bounds(time.earliest if time.earliest == time.latest else None, time.earliest, time.latest), (time.span,)
    published = annotations.document.published
    if published.value is None and published.latest is None:
        return None, ()
    return Bounds(published.value, published.earliest, published.latest), published.evidence or tuple(_span(t) for t in words[:1])


def _once(annotations: Annotations, found: list[Commitment]) -> list[Commitment]:
    """Return each commitment once: of two that name one act, the body's, then the one with a deadline, then the longer.

    The infinitive of a headline ("Velmora to close two bases") goes where the body has a commitment of the same actor.
    """
    title = annotations.document.spans("title")
    headline = {c.action for c in found if any(t.contains(c.action) for t in title)}
    kept: list[Commitment] = []
    for one in sorted(found, key=lambda c: (c.action in headline, c.deadline is None, c.action.start - c.action.end)):
        told = one.rule == HEADLINE_RULE and any(c.actor == one.actor or None in {c.actor, one.actor} for c in kept)
        alike = HEADLINE if one.action in headline else ALIKE
        if not told and not any(_same(annotations, one, other, alike) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda c: c.action)


HEADLINE_RULE = "commissive.headline"
ALIKE = 0.75
HEADLINE = 0.4
"""Shares of the shorter action's words that the longer one has, of two in the body and of a headline; set on the gold pages."""


def _same(annotations: Annotations, one: Commitment, other: Commitment, alike: float) -> bool:
    """Tell whether two name one act: one actor, one polarity, no two days, and the words of the one are those of the other."""
    if one.negated != other.negated or (one.actor != other.actor and None not in {one.actor, other.actor}):
        return False
    if one.deadline_value and other.deadline_value and one.deadline_value != other.deadline_value:
        return False
    a, b = _words(annotations, one.action), _words(annotations, other.action)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= alike and len(a & b) >= min(2, len(a), len(b))


def _words(annotations: Annotations, span: Span) -> frozenset[str]:
    tokens = annotations.tokens_of(span)
    return frozenset(t.lemma_.lower() for t in tokens if t.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
