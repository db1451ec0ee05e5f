"""A person's decision into the store: checked against the record's class, the text and the gate, then added, never edited in.

What is wrong is a UsageError, and nothing is written. A decision that touches two records (a merge, a split) is written as two
rows, of which the second names the first in `part_of`; undoing one undoes both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from onrecord.annotations import Actor
from onrecord.decisions import Decided, Decision, actors_in, amended, live
from onrecord.errors import UsageError
from onrecord.gate import judge
from onrecord.records import Commitment, Event, Record, Records, actor_json, document_json, record_from, record_json, seal
from onrecord.rulings import Ruling, amended_actor, split_off, stand, with_changes
from onrecord.spans import Span
from onrecord.store import audit, columns, journal, loading
from onrecord.store.packing import plain
from onrecord.store.queries import document_number, record_number

BY_HAND = "person"
"""The rule of a record that a person added."""


class Writer(NamedTuple):
    """What a decision is written with: the time and the version of the tool."""

    at: str
    tool: str


class Draft(NamedTuple):
    """A decision that passed: about what, on which claim, what was there before and is after."""

    subject: str
    claim: str
    decision: Decision
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    found: Mapping[str, Any] = {}


class Case(NamedTuple):
    """The document that a decision is about: its number, as found, as it stands."""

    number: int
    found: Records
    ruling: Ruling

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.found.document.id)

    def record(self, record_id: str) -> tuple[Record, Record]:
        """Return a record as found (or added), and as it stands."""
        return self.ruling.found[record_id], self.ruling.standings[record_id].record


def decide(connection: sqlite3.Connection, name: str, decision: Decision, writer: Writer) -> Decided:
    """Check a decision and add it, within the caller's transaction; return it as kept."""
    if decision.act == "undo":
        return _undo(connection, name, decision, writer)
    number, subject = subject_of(connection, name, decision)
    case = _case(connection, number, decision.reviewer if decision.blind else None)
    drafts = _drafts(connection, case, subject, decision)
    kept = _write_all(connection, case.id, drafts, writer, _named(case, drafts))
    columns.sync(connection, number)
    if decision.act == "merge" and "#" in subject:
        regroup_identities(connection)
    return kept[0]


def _case(connection: sqlite3.Connection, number: int, reviewer: str | None = None) -> Case:
    """Return a document as it stands; with `reviewer`, as that one sees it who works blind."""
    found = loading.as_found(connection, number)
    return Case(number, found, stand(found, journal.on_document(connection, found.document.id), reviewer))


def subject_of(connection: sqlite3.Connection, name: str, decision: Decision) -> tuple[int, str]:
    """Return the number of the document, and the whole name of what is decided on (`DOCUMENT#a1` for an actor)."""
    if "#" in name:
        document, _, local = name.partition("#")
        number = document_number(connection, document)
        full = connection.execute("SELECT id FROM documents WHERE number = ?", (number,)).fetchone()[0]
        return number, f"{full}#{local}"
    if decision.act in {"add", "correct"}:
        number = document_number(connection, name)
        return number, str(connection.execute("SELECT id FROM documents WHERE number = ?", (number,)).fetchone()[0])
    row = connection.execute("SELECT document, id FROM records WHERE number = ?", (record_number(connection, name),)).fetchone()
    return row[0], row[1]


def _drafts(connection: sqlite3.Connection, case: Case, subject: str, decision: Decision) -> list[Draft]:
    if "#" in subject:
        return [_about_actor(connection, case, subject, decision)]
    match decision.act:
        case "correct":
            before = document_json(case.ruling.records.document)
            with_changes(case.ruling.records.document, decision.changes)  # says what is wrong
            return [Draft(case.id, "", decision, {k: before.get(k) for k in decision.changes}, decision.changes)]
        case "add":
            return [_addition(case, decision)]
        case "merge":
            return _merge(connection, case, subject, decision)
        case "split":
            return _split(case, subject, decision)
        case "status":
            return [_status(connection, case, subject, decision)]
        case "amend":
            _checked(case, _amended(case.record(subject)[1], decision.changes), decision.changes)
            return [_draft(case, subject, decision, decision.changes)]
        case _:
            return [_draft(case, subject, decision, {"review": "accepted" if decision.act == "accept" else "rejected"})]


def _draft(case: Case, subject: str, decision: Decision, after: Mapping[str, Any]) -> Draft:
    found, now = case.record(subject)
    row = {**record_json(now), "review": case.ruling.standings[subject].review}
    return Draft(subject, found.claim, decision, {k: row.get(k) for k in after}, after, {**record_json(found), "kind": found.KIND})


# ---- checks --------------------------------------------------------------------------------------------------------


def _amended(now: Record, changes: Mapping[str, Any]) -> Record:
    made = amended(now, changes)
    if replace(made, inferred=()) == replace(now, inferred=()):
        message = f"{now.KIND} {now.id[:8]} says so already"
        raise UsageError(message)
    return made


def _checked(case: Case, record: Record, changes: Iterable[str]) -> Record:
    """Return the record where the gate has nothing against the fields that were changed; UsageError with its reasons."""
    document, actors = case.ruling.records.document, {actor.id: actor for actor in case.ruling.records.actors}
    for name, spans in record.evidence.items():
        _within(name, spans, document.text)
    touched = {*changes, *(record.evidence if "evidence" in changes else ())}
    against = [v for v in judge(record, document, actors).rejected if v.field in touched]
    if against:
        reasons = "; ".join(f"{v.field}: {v.reason}" for v in against)
        cite = f' (cite with evidence={{"{against[0].field}": [[start, end]]}})' if "cited" in against[0].reason else ""
        message = f"{record.KIND}: {reasons}{cite}"
        raise UsageError(message)
    return record


def _within(name: str, spans: Iterable[Span], text: str) -> None:
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            message = f"{name}: [{span.start}, {span.end}] is no stretch of the text (0 to {len(text)})"
            raise UsageError(message)


# ---- records -------------------------------------------------------------------------------------------------------


def _addition(case: Case, decision: Decision) -> Draft:
    row = {"rule": BY_HAND, **decision.changes}
    made = seal(case.id, [_checked(case, record_from(row["kind"], row), row)])[0]
    if made.id in case.ruling.standings:
        message = f"{made.KIND} {made.id[:8]} is there already: amend that one"
        raise UsageError(message)
    row = {**record_json(made), "kind": made.KIND}
    return Draft(made.id, made.claim, decision, {}, row, row)


def _merge(connection: sqlite3.Connection, case: Case, subject: str, decision: Decision) -> list[Draft]:
    into = _other(connection, case, subject, decision)
    gone, kept = case.record(subject)[1], case.record(into)[1]
    if gone.KIND != kept.KIND:
        message = f"a {gone.KIND} and a {kept.KIND} are not one"
        raise UsageError(message)
    drafts = [_draft(case, subject, decision, {"review": "rejected", "into": into})]
    if isinstance(gone, Event) and isinstance(kept, Event):
        mentions = [list(span) for span in dict.fromkeys((*kept.mentions, *gone.mentions))]
        other = replace(decision, act="amend", changes={"mentions": mentions})
        drafts.append(_draft(case, into, other, other.changes))
    return drafts


def _other(connection: sqlite3.Connection, case: Case, subject: str, decision: Decision) -> str:
    number = record_number(connection, str(decision.changes.get("into")))
    document, into = connection.execute("SELECT document, id FROM records WHERE number = ?", (number,)).fetchone()
    if document != case.number:
        message = "merge: the two records are of different documents"
        raise UsageError(message)
    if into == subject:
        message = "merge: the two records are the same"
        raise UsageError(message)
    return str(into)


def _split(case: Case, subject: str, decision: Decision) -> list[Draft]:
    event = case.record(subject)[1]
    if not isinstance(event, Event):
        message = f"split: a {event.KIND} is one; only events have several mentions"
        raise UsageError(message)
    apart = [Span(*span) for span in decision.changes.get("mentions", ())]
    stay = [span for span in event.mentions if span not in apart]
    if not apart or not stay or len(stay) + len(apart) != len(event.mentions):
        message = f"split: mentions must be some, and not all, of {[list(span) for span in event.mentions]}"
        raise UsageError(message)
    evidence = {**event.evidence, "type": tuple(apart)}
    made = seal(case.id, [replace(event, mentions=tuple(apart), evidence=evidence, rule=BY_HAND)])[0]
    if made.id in case.ruling.standings:
        message = f"event {made.id[:8]} is there already"
        raise UsageError(message)
    row = {**record_json(made), "kind": made.KIND}
    other = replace(decision, act="add", changes=row)
    return [_draft(case, subject, decision, {"mentions": [list(span) for span in stay]}), Draft(made.id, made.claim, other, {}, row, row)]


def _status(connection: sqlite3.Connection, case: Case, subject: str, decision: Decision) -> Draft:
    if not isinstance(case.record(subject)[1], Commitment):
        message = "status: only commitments are kept or broken"
        raise UsageError(message)
    cited, days = [], []
    for item in decision.changes.get("evidence") or ():
        number = document_number(connection, str(item["document"]))
        name, latest = connection.execute("SELECT id, latest FROM documents WHERE number = ?", (number,)).fetchone()
        _within("evidence", [Span(*item["span"])], loading.text_of(connection, number))
        cited.append({"document": name, "span": list(item["span"])})
        days.append(latest)
    on = decision.changes.get("on") or max((day for day in days if day), default=None)
    return _draft(case, subject, decision, {"status": decision.changes["status"], "on": on, "evidence": cited})


# ---- actors --------------------------------------------------------------------------------------------------------


def _about_actor(connection: sqlite3.Connection, case: Case, subject: str, decision: Decision) -> Draft:
    actor = _actor(case, subject.partition("#")[2])
    row = actor_json(actor)
    match decision.act:
        case "amend":
            amended_actor(actor, decision.changes)
            return Draft(subject, actor.name, decision, {k: row[k] for k in decision.changes}, decision.changes, row)
        case "merge":
            number, into = subject_of(connection, str(decision.changes["into"]), decision)
            other = case if number == case.number else _case(connection, number)
            if into == subject or "#" not in into:
                message = f"merge: {decision.changes['into']!r} is no other actor (DOCUMENT#a1)"
                raise UsageError(message)
            target = _actor(other, into.partition("#")[2])
            return Draft(subject, actor.name, decision, {}, {"into": into, "name": target.name}, row)
        case "split":
            _check_split(case, actor, decision)
            return Draft(subject, actor.name, decision, {}, decision.changes, row)
        case _:
            message = f"{decision.act}: not for an actor (amend, merge, split)"
            raise UsageError(message)


def _actor(case: Case, local: str) -> Actor:
    actor = next((a for a in case.ruling.records.actors if a.id == local), None)
    if actor is None:
        message = f"{local!r} is no actor of this document"
        raise UsageError(message)
    return actor


def _check_split(case: Case, actor: Actor, decision: Decision) -> None:
    wanted = [Span(*span) for span in decision.changes.get("mentions", ())]
    if not set(wanted) <= {*actor.mentions, *actor.pronouns} or (wanted and set(wanted) >= set(actor.mentions)):
        message = f"split: mentions must be some, and not all, of {[list(s) for s in (*actor.mentions, *actor.pronouns)]}"
        raise UsageError(message)
    if wanted:
        trial = Decided(0, "", "", case.id, "", decision, {}, decision.changes, "", {}, {})
        split_off(actor, trial, case.found.document.text)  # says what is wrong with the new actor's fields


def regroup_identities(connection: sqlite3.Connection) -> None:
    """Make the roots of identities follow all decisions that merge actors of two documents."""
    connection.execute("UPDATE identities SET root = NULL WHERE root IS NOT NULL")
    connection.executemany(
        "UPDATE identities SET root = ? WHERE number = ?", [(root, number) for number, root in roots(connection).items()]
    )


def roots(connection: sqlite3.Connection) -> dict[int, int]:
    """Return for each identity that people merged into another one the identity that both now are."""
    above: dict[int, int] = {}

    def top(number: int) -> int:
        while number in above:
            number = above[number]
        return number

    for d in live(journal.of_acts(connection, "merge")):
        into = str(d.after.get("into"))
        one, other = (_identity_of(connection, name) for name in (d.subject, into))
        if one is not None and other is not None and not into.startswith(d.document) and top(one) != top(other):
            above[top(one)] = top(other)
    return {number: top(number) for number in above}


def _identity_of(connection: sqlite3.Connection, name: str) -> int | None:
    document, _, local = name.partition("#")
    query = "SELECT a.identity FROM actors AS a JOIN documents AS d ON d.number = a.document WHERE d.id = ? AND a.local = ?"
    row = connection.execute(query, (document, local)).fetchone()
    return int(row[0]) if row else None


# ---- writing -------------------------------------------------------------------------------------------------------


def _named(case: Case, drafts: Iterable[Draft]) -> dict[str, str]:
    """Return the names, as found, of the actors that the decision and what it is about name: they are what counts in another reading."""
    named = actors_in(*(row for draft in drafts if "#" not in draft.subject for row in (draft.found, draft.after)))
    return {actor.id: actor.name for actor in case.found.actors if actor.id in named}


def _write_all(
    connection: sqlite3.Connection, document: str, drafts: list[Draft], writer: Writer, names: Mapping[str, str]
) -> list[Decided]:
    kept: list[Decided] = []
    for draft in drafts:
        seq = audit.head(connection)[0] + 1
        lead = kept[0].seq if kept else None
        values = (plain(draft.before), plain(draft.after), writer.tool, plain(draft.found), dict(names), lead)
        kept.append(write(connection, Decided(seq, writer.at, draft.subject, document, draft.claim, draft.decision, *values)))
    return kept


def write(connection: sqlite3.Connection, made: Decided) -> Decided:
    """Add a decision and its row of the audit; return it as kept."""
    row = journal.row_of(made)
    own = made.decision
    audit.append(
        connection, audit.Entry(made.at, own.reviewer, own.act, made.subject, {"digest": journal.digest_of(row), "document": made.document})
    )
    connection.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return journal.decided_of(row)


def _undo(connection: sqlite3.Connection, name: str, decision: Decision, writer: Writer) -> Decided:
    target = _undone(connection, name, decision)
    lead = target.part_of or target.seq
    group = [journal.numbered(connection, lead), *journal.parts_of(connection, lead)]
    kept: list[Decided] = []
    for d in sorted(group, key=lambda d: d.seq != target.seq):
        seq = audit.head(connection)[0] + 1
        own = replace(decision, of=d.seq, changes={})
        first = kept[0].seq if kept else None
        made = Decided(seq, writer.at, d.subject, d.document, d.claim, own, d.after, d.before, writer.tool, {}, {}, first)
        kept.append(write(connection, made))
    number = connection.execute("SELECT number FROM documents WHERE id = ?", (target.document,)).fetchone()[0]
    columns.sync(connection, number)
    if "#" in target.subject:
        regroup_identities(connection)
    return kept[0]


def _undone(connection: sqlite3.Connection, name: str, decision: Decision) -> Decided:
    """Return the decision to undo: the one named, which must be about this, else the last one that still counts."""
    own = journal.on_subject(connection, _decided_subject(connection, name))
    found = [d for d in own if d.seq == decision.of] if decision.of is not None else list(live(own))[-1:]
    if not found:
        message = f"undo: no decision {decision.of or ''} about {name}".replace("  ", " ")
        raise UsageError(message)
    return found[0]


def _decided_subject(connection: sqlite3.Connection, name: str) -> str:
    """Return the subject of decisions that `name` means: by its digits, else the document (or its actor) of this address or file name."""
    try:
        return journal.subject_named(connection, name)
    except UsageError:
        document, mark, local = name.partition("#")
        try:
            number = document_number(connection, document)
        except UsageError:
            number = -1
        row = connection.execute("SELECT id FROM documents WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise
        return f"{row[0]}{mark}{local}"
