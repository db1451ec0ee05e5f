"""What people's decisions make of a whole document: metadata corrected, actors merged and split, records amended and added.

`stand` is the one place that says what holds; the store keeps its result in columns, and `verify` makes it again.

- An actor's decision is about `DOCUMENT#a1` and binds to the actor's name: after another reading it holds for the actor of the
  same id and name, else for the only one of that name, else for none.
- Merged, an actor's mentions and all that names it go over to the other one. Split by mentions, a new actor gets them, and every
  field of a record that cites them and no mention that stayed.
- Correcting the day of publication does not resolve a record's times anew: that takes another reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from onrecord.annotations import Actor
from onrecord.decisions import MANY, ONE, TOLLS, Decided, Standing, live, moves, reclaimed, renumbered, standing, tolls_of
from onrecord.documents import Document
from onrecord.errors import UsageError
from onrecord.records import KIND_NAMES, PLURAL, Record, Records, actor_from, actor_json, document_from, document_json, record_from
from onrecord.spans import Span

CORRECTABLE = (
    "title", "published", "publisher", "section", "url", "byline", "dateline", "credit", "language", "captured", "archive_url", "copy_of"
)  # fmt: skip
"""What of a document a person may correct: not its text, which the page gives."""

By = Mapping[str, Sequence[Decided]]
"""Decisions by subject."""


class Ruling(NamedTuple):
    """A document as it stands: all of it, how each record stands, which records and actors were added, by the decision's number.

    `found` are the records before any decision, those added by hand as they were added.
    """

    records: Records
    standings: Mapping[str, Standing]
    found: Mapping[str, Record]
    added: Mapping[str, int]
    new_actors: Mapping[str, int]
    apart: frozenset[str]
    """Local ids of actors that are not to be taken for those of the same name elsewhere."""


def stand(found: Records, decided: By, reviewer: str | None = None) -> Ruling:
    """Return a document as it stands after all decisions about it; with `reviewer`, as that one sees it who works blind."""
    if not decided:
        before = {record.id: record for record in found.all()}
        return Ruling(found, {name: Standing(record, "unreviewed") for name, record in before.items()}, before, {}, {}, frozenset())
    document = found.document
    names = {actor.id: actor.name for actor in found.actors}
    regroup = regrouping(found, decided)
    own = corrected(document, decided.get(document.id, ()))
    by_hand = _added(decided, found)
    before = {record.id: record for record in (*found.all(), *(record for record, _ in by_hand))}
    adrift = _adrift(decided, before)
    standings: dict[str, Standing] = {}
    for record in before.values():
        about = (*decided.get(record.id, ()), *adrift.get(record.claim, ()))
        how = standing(record, about, names, reviewer)
        standings[record.id] = how._replace(record=regroup.applied(how.record))
    records = replace(found, document=own, actors=regroup.actors)
    for kind in KIND_NAMES:
        of_kind = [*getattr(found, PLURAL[kind]), *(record for record, _ in by_hand if kind == record.KIND)]
        records = records.plus(kind, tuple(standings[record.id].record for record in of_kind))
    return Ruling(records, standings, before, {record.id: seq for record, seq in by_hand}, regroup.new, regroup.apart)


def _added(decided: By, found: Records) -> list[tuple[Record, int]]:
    """Return the records that people added, each with the number of the decision.

    Not one that the rules now find themselves, nor one whose actors are not there any more.
    """
    names, there = {actor.id: actor.name for actor in found.actors}, {record.id for record in found.all()}
    added = [d for own in decided.values() for d in live(own) if d.decision.act == "add" and d.subject not in there]
    made = ((added_record(d, names), d.seq) for d in sorted(added, key=lambda d: d.seq))
    return [(record, seq) for record, seq in made if record is not None]


def added_record(decided: Decided, names: Mapping[str, str]) -> Record | None:
    """Return the record that a decision added, its actors under their present ids; None where one of them is gone."""
    places = moves(decided.names, names)
    if places is None:
        return None
    row = renumbered(decided.after, places)
    return reclaimed(replace(record_from(row["kind"], row), id=decided.subject))


def _adrift(decided: By, records: Mapping[str, Record]) -> dict[str, list[Decided]]:
    """Return, by claim, the decisions about records that are not there under their id: another may make the same claim."""
    out: dict[str, list[Decided]] = {}
    for subject, own in decided.items():
        if "#" not in subject and subject not in records:
            for d in own:
                out.setdefault(d.claim, []).append(d)
    return out


class Offer(NamedTuple):
    """A decision whose claim the rules no longer make: `record` is the record that it is offered for again, None an orphan."""

    decision: Decided
    record: str | None


def offers(found: Records, decided: By) -> list[Offer]:
    """Return the decisions on a document's records that are not in force, oldest first.

    Each is offered for the record of the same id, else for one of the same kind that rests on the same characters, else for none.
    """
    ruling = stand(found, decided)
    waiting = {d.seq for how in ruling.standings.values() for d in how.offered}
    claims = {record.claim for record in ruling.found.values()}
    out = []
    for subject, own in decided.items():
        withdrawn = any(d.decision.act == "add" for d in own) and not any(d.decision.act == "add" for d in live(own))
        if "#" in subject or subject == found.document.id or withdrawn:
            continue
        for d in live(own):
            if d.seq in waiting or (subject not in ruling.found and d.claim not in claims):
                again = ruling.found.get(subject) or _same_evidence(d, ruling.found.values())
                out.append(Offer(d, again.id if again else None))
    return sorted(out, key=lambda offer: offer.decision.seq)


def _same_evidence(decided: Decided, records: Iterable[Record]) -> Record | None:
    then = record_from(decided.found["kind"], decided.found)
    return next((r for r in records if then.evidence and r.KIND == then.KIND and r.evidence == then.evidence), None)


# ---- documents -----------------------------------------------------------------------------------------------------


def corrected(document: Document, decided: Iterable[Decided]) -> Document:
    """Return the document with its metadata corrected."""
    for d in live(decided):
        if d.decision.act == "correct":
            document = with_changes(document, d.after)
    return document


def with_changes(document: Document, changes: Mapping[str, Any]) -> Document:
    """Return the document with these fields; a day for `published` stands for all its parts. UsageError where one is wrong."""
    unknown = [name for name in changes if name not in CORRECTABLE]
    if unknown:
        message = f"{unknown[0]!r} of a document cannot be corrected (these can: {', '.join(CORRECTABLE)})"
        raise UsageError(message)
    whole = {**document_json(document), **changes}
    if "published" in changes:
        whole["published"] = _published(changes["published"])
    return replace(document_from(whole), map=document.map)


def _published(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    given = {"value": value, "earliest": value, "latest": value, "edtf": value} if isinstance(value, str) else dict(value)
    days = [given.get(name) for name in ("value", "earliest", "latest")]
    if any(day is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(day)) for day in days):
        message = f"published: {value!r} is no day (YYYY-MM-DD), nor value, earliest and latest of which each is one or null"
        raise UsageError(message)
    if days[1] and days[2] and str(days[1]) > str(days[2]):
        message = f"published: {days[1]} is after {days[2]}"
        raise UsageError(message)
    return {"method": "given", **given}


# ---- actors --------------------------------------------------------------------------------------------------------


class Regrouping(NamedTuple):
    """The document's actors as they stand, and what becomes of records that name them."""

    actors: tuple[Actor, ...]
    into: Mapping[str, str]
    """Merged: an actor's id -> the id of the one that it is."""
    moved: tuple[tuple[str, str, tuple[Span, ...], tuple[Span, ...]], ...]
    """Split: (old id, new id, mentions that went, mentions that stayed)."""
    new: Mapping[str, int]
    apart: frozenset[str]

    def applied(self, record: Record) -> Record:
        """Return a record with the actors that it now names."""
        if not self.into and not self.moved:
            return record
        changes = {f.name: self._field(record, f.name) for f in fields(record) if f.name in {*ONE, *MANY, *TOLLS}}
        changes = {name: value for name, value in changes.items() if value != getattr(record, name)}
        return reclaimed(replace(record, **changes)) if changes else record

    def _field(self, record: Record, name: str) -> Any:
        value = getattr(record, name)
        cited = tuple(record.evidence.get(name, ())) or tuple(s for s in (getattr(record, "source", None),) if s and name == "source_actor")
        if name in TOLLS:
            tolls = tuple(t._replace(according_to=self._actor(t.according_to, cited)) for t in tolls_of(value))
            return tolls if name.endswith("_by_source") else next(iter(tolls), None)
        if name in MANY:
            return tuple(dict.fromkeys(self._actor(actor, cited) for actor in value))
        return value and self._actor(value, cited)

    def _actor(self, actor: str, cited: tuple[Span, ...]) -> str:
        for old, new, went, stayed in self.moved:
            if actor == old and _touch(cited, went) and not _touch(cited, stayed):
                actor = new
        seen = {actor}
        while actor in self.into and self.into[actor] not in seen:
            actor = self.into[actor]
            seen.add(actor)
        return actor


def _touch(cited: Iterable[Span], mentions: Sequence[Span]) -> bool:
    return any(span.overlaps(mention) for span in cited for mention in mentions)


def regrouping(found: Records, decided: By) -> Regrouping:
    """Return what the decisions about a document's actors come to."""
    actors = {actor.id: actor for actor in found.actors}
    into: dict[str, str] = {}
    moved, new, apart = [], {}, set()
    about = [d for subject, own in decided.items() if "#" in subject for d in live(own)]
    for d in sorted(about, key=lambda d: d.seq):
        actor = bound_actor(found.actors, d) or actors.get(d.subject.partition("#")[2] if d.subject.partition("#")[2] in new else "")
        if actor is None or actor.id not in actors:
            continue
        actor = actors[actor.id]
        match d.decision.act:
            case "merge" if d.after["into"].partition("#")[0] == d.document:
                target = d.after["into"].partition("#")[2]
                if target in actors and target != actor.id:
                    into[actor.id] = target
                    actors[target] = joined(actors[target], actor)
                    del actors[actor.id]
            case "split" if d.after.get("mentions"):
                made = split_off(actor, d, found.document.text)
                stayed = replace(actor, mentions=_without(actor.mentions, made), pronouns=_without(actor.pronouns, made))
                moved.append((actor.id, made.id, (*made.mentions, *made.pronouns), (*stayed.mentions, *stayed.pronouns)))
                actors |= {actor.id: stayed, made.id: made}
                new[made.id] = d.seq
            case "split":
                apart.add(actor.id)
            case "amend":
                actors[actor.id] = amended_actor(actor, d.after)
            case _:
                pass
    return Regrouping(tuple(actors.values()), into, tuple(moved), new, frozenset(apart))


def bound_actor(actors: Sequence[Actor], decided: Decided) -> Actor | None:
    """Return the actor that a decision is about: of the same id and name, else the only one of the name."""
    local = decided.subject.partition("#")[2]
    named = [actor for actor in actors if actor.name == decided.claim]
    return next((actor for actor in named if actor.id == local), named[0] if len(named) == 1 else None)


def joined(keeper: Actor, other: Actor) -> Actor:
    """Return an actor with another one's mentions added; what it does not say of itself is taken from the other."""
    taken = {name: getattr(keeper, name) or getattr(other, name) for name in ("country", "sector", "role")}
    return replace(
        keeper,
        mentions=tuple(sorted({*keeper.mentions, *other.mentions})),
        pronouns=tuple(sorted({*keeper.pronouns, *other.pronouns})),
        evidence={**other.evidence, **keeper.evidence},
        **taken,
    )


def split_off(actor: Actor, decided: Decided, text: str) -> Actor:
    """Return the new actor that a split makes; its id is the old one's and the decision's number."""
    went = [Span(*span) for span in decided.after["mentions"]]
    mentions = tuple(span for span in went if span not in actor.pronouns)
    said = {name: value for name, value in decided.after.items() if name not in {"mentions", "id", "pronouns"}}
    row = {"name": (mentions or went)[0].of(text), "kind": actor.kind, **said, "id": f"{actor.id}-{decided.seq}"}
    return replace(actor_from(row), mentions=mentions, pronouns=tuple(span for span in went if span in actor.pronouns))


def _without(spans: Sequence[Span], gone: Actor) -> tuple[Span, ...]:
    return tuple(span for span in spans if span not in gone.mentions and span not in gone.pronouns)


def amended_actor(actor: Actor, changes: Mapping[str, Any]) -> Actor:
    """Return an actor with fields changed; UsageError where one is unknown or wrong."""
    row = actor_json(actor)
    unknown = [name for name in changes if name not in row or name == "id"]
    if unknown:
        message = f"{unknown[0]!r} of an actor cannot be amended (it has {', '.join(row)})"
        raise UsageError(message)
    return actor_from({**row, **changes, "evidence": {**row["evidence"], **(changes.get("evidence") or {})}})
