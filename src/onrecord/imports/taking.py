"""Proposals into the store, each by the same function as a decision at the keyboard: nothing twice, nothing lost.

- One that is known is passed over: the same decision of the same reviewer on the same thing, taken at the same time where the file says
  when (as often as the file has it), else ever. So importing a file again changes nothing.
- An amendment that the record already says is taken as accepting it.
- One that was taken on another claim than the store has, whose record is not there, or which the store refuses, is handed back with the
  reason.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from onrecord.decisions import Decided, Decision, actors_in, renumbered
from onrecord.errors import SourceError, UsageError
from onrecord.imports.proposals import Proposal, origin
from onrecord.records import record_json
from onrecord.store import Store

Key = tuple[str, ...]


class Known(NamedTuple):
    """A proposal that the store has already, under this number."""

    where: str
    number: int


class Journal:
    """The decisions that the store has, by what makes two the same; and the numbers that those of a file have here."""

    def __init__(self, decided: Iterable[Decided]) -> None:
        """Know these."""
        self.timed: dict[Key, deque[int]] = {}
        self.ever: dict[Key, int] = {}
        self.numbers: dict[int, int] = {}
        for d in decided:
            self._keep(d)
            if d.part_of is None:
                self.timed.setdefault(_timed(d.subject, d.decision, origin(d.at, d.tool)), deque()).append(d.seq)

    def find(self, subject: str, proposal: Proposal) -> int | None:
        """Return the number of the decision that a proposal is, or None where it is new."""
        if proposal.number is None:
            return self.ever.get(_ever(subject, proposal.decision))
        there = self.timed.get(_timed(proposal.subject, proposal.decision, ""))
        return there.popleft() if there else None

    def add(self, kept: Decided, proposal: Proposal) -> None:
        """Know a decision that was just taken."""
        self._keep(kept)
        self.link(proposal, kept.seq)

    def link(self, proposal: Proposal, number: int) -> None:
        """Know which decision here a file means by its number."""
        if proposal.number is not None:
            self.numbers[proposal.number] = number

    def _keep(self, d: Decided) -> None:
        self.ever.setdefault(_ever(d.document if d.decision.act == "add" else d.subject, d.decision), d.seq)


def _timed(subject: str, decision: Decision, taken: str) -> Key:
    return (subject, decision.act, decision.reviewer, decision.origin or taken)


def _ever(subject: str, decision: Decision) -> Key:
    changes = json.dumps(dict(decision.changes), sort_keys=True, default=list)
    return (subject, decision.act, decision.reviewer, str(decision.reason), changes, str(decision.blind))


def take(store: Store, proposals: Iterable[Proposal | SourceError]) -> Iterator[Decided | Known | SourceError]:
    """Take each proposal in turn; yield the decision as kept, or that it is known, or why it cannot be used."""
    journal = Journal(store.decisions())
    for proposal in proposals:
        if isinstance(proposal, SourceError):
            yield proposal
            continue
        try:
            yield _taken(store, journal, proposal)
        except UsageError as error:
            yield _refused(proposal, str(error))
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # JSON of any shape can stand in `changes`
            yield _refused(proposal, f"it makes no sense ({type(error).__name__}: {error})")


def _refused(proposal: Proposal, reason: str) -> SourceError:
    name = proposal.name.removeprefix("sha256:")
    return SourceError(proposal.where, f"{proposal.decision.act} of {name[:8]} by {proposal.decision.reviewer}: {reason}")


def _taken(store: Store, journal: Journal, proposal: Proposal) -> Decided | Known:
    """Take a proposal; UsageError where it cannot be used."""
    proposal = _renamed(proposal, journal.numbers)
    known = journal.find(_whole(store, proposal), proposal)
    if known is not None:
        journal.link(proposal, known)
        return Known(proposal.where, known)
    decision = proposal.decision
    if decision.act == "undo":
        if decision.of not in journal.numbers:
            message = f"it undoes decision {decision.of}, which is not in the file before it"
            raise UsageError(message)
        decision = replace(decision, of=journal.numbers[decision.of])
    elif decision.act == "amend" and not decision.blind and "#" not in proposal.name and _says_so(store, proposal.name, decision.changes):
        agreeing = proposal._replace(decision=replace(decision, act="accept", changes={}), claim=None, standing=None, number=None)
        agreed = _taken(store, journal, agreeing)
        journal.link(proposal, agreed.number if isinstance(agreed, Known) else agreed.seq)
        return agreed
    else:
        _same_claim(store, proposal)
    kept = store.decide(proposal.name, decision)
    journal.add(kept, proposal)
    return kept


def _renamed(proposal: Proposal, numbers: Mapping[int, int]) -> Proposal:
    """Return a proposal with the ids that this store gave to actors that were split off: they end in the decision's number."""

    def here(actor: str) -> str:
        name, sign, number = actor.rpartition("-")
        return f"{name}-{numbers[int(number)]}" if sign and number.isdigit() and int(number) in numbers else actor

    changes = renumbered(proposal.decision.changes, {actor: here(actor) for actor in actors_in(proposal.decision.changes)})
    if "#" in str(changes.get("into")):
        changes["into"] = here(str(changes["into"]))
    name, subject = (here(value) if "#" in value else value for value in (proposal.name, proposal.subject))
    return proposal._replace(name=name, subject=subject, decision=replace(proposal.decision, changes=changes))


def _whole(store: Store, proposal: Proposal) -> str:
    """Return the whole name of what is decided on; as it is where it is not there any more, since decisions about it may be."""
    name, mark, actor = proposal.name.partition("#")
    try:
        if mark or proposal.decision.act in {"add", "correct"}:
            return store.document_row(name).id + mark + actor
        return store.record(name).record.id
    except UsageError:
        return proposal.name


def _same_claim(store: Store, proposal: Proposal) -> None:
    """Refuse a decision on another claim than the store has."""
    if (proposal.claim is None and proposal.standing is None) or proposal.decision.act in {"add", "correct"}:
        return
    name, mark, local = proposal.name.partition("#")
    if mark:
        found = stood = next((actor.name for actor in store.document(name).actors if actor.id == local), None)
    else:
        stored, seen_by = store.record(name), proposal.decision.reviewer if proposal.decision.blind else None
        found = stored.found.claim
        stood = store.ruling(stored.document, reviewer=seen_by).standings[stored.record.id].record.claim
    if proposal.claim not in {None, found} or proposal.standing not in {None, stood}:
        message = "it was taken on another claim than this store has (where several worked apart, import with --blind)"
        raise UsageError(message)


def _says_so(store: Store, name: str, changes: Mapping[str, Any]) -> bool:
    row = json.loads(json.dumps(record_json(store.record(name).record)))
    return all(name == "evidence" or row.get(name, ...) == value for name, value in changes.items()) and set(changes) != {"evidence"}
