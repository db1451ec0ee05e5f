"""Our own JSON lines: decisions as `onrecord history --format jsonl` has them, or documents as `onrecord export --to jsonl` has, edited.

- A decision's line names what it is about (`subject`, or `record`, or `document` for add and correct), the act, and what belongs to it.
  With `decision` and `at` it is one that another store numbered: it is taken once for each time that it was taken there, an undo undoes
  what it undid there, and a part of a merge or split comes with its other part. By hand, `act`, `record` and perhaps `reviewer`,
  `reason`, `changes` and `note` are enough.
- Of a document's line, a record whose fields say something else than its `claim` is an amendment; `review` that is `accepted` or
  `rejected` (with `reason`, else `other`) where the store says otherwise is that decision; a record without `id` is added. Records that
  are left out of the line are left alone.

Known limits: a document's line does not say what `review` was when it was written: leave out records that others may have judged since.
What is edited in its document or its actors is not taken (but named, for actors).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from onrecord.decisions import Act, Decision, Reject, Standing
from onrecord.errors import SourceError, UsageError
from onrecord.imports.proposals import Proposal, Who, origin
from onrecord.records import CLASSES, PLURAL, Record, actor_json, claim_of, record_from, record_json
from onrecord.rulings import Ruling
from onrecord.store import Store

NOT_ADDED = frozenset({"id", "claim", "review", "quotes", "reason", "note", "reviewer"})
"""What in a record's row is not of the record."""
BESIDE = frozenset({*NOT_ADDED, "kind", "rule", "certainty", "evidence", "inferred"})
"""What in a record's row is not a field that a person amends."""


def proposals(path: Path, store: Store, who: Who) -> Iterator[Proposal | SourceError]:
    """Yield the decisions of a file, or what is wrong with a line."""
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            where = f"{path}, line {number}"
            try:
                row = json.loads(raw)
                if not isinstance(row, dict):
                    yield SourceError(where, "not an object")
                elif isinstance(row.get("document"), dict):
                    yield from _of_document(where, row, store, who)
                elif row.get("part_of") is None:
                    yield _decision(where, row, who)
            except UsageError as error:
                yield SourceError(where, str(error))
            except ValueError as error:
                yield SourceError(where, f"not JSON ({error})")
            except (TypeError, KeyError, AttributeError) as error:
                yield SourceError(where, f"not a line of decisions or of records ({type(error).__name__}: {error})")


# ---- decisions -----------------------------------------------------------------------------------------------------


def _decision(where: str, row: Mapping[str, Any], who: Who) -> Proposal:
    """Return the decision of a line; UsageError where a part is missing or makes no sense."""
    act, subject = row.get("act"), row.get("subject") or row.get("record")
    name = row.get("document") if act in {"add", "correct"} else subject
    if not isinstance(act, str) or not isinstance(name, str):
        message = "no decision: it needs `act`, and `record` (or `subject`), or `document` for add and correct"
        raise UsageError(message)
    changes = row.get("changes") or {}
    if not isinstance(changes, dict):
        message = f"changes: {changes!r} is no object"
        raise UsageError(message)
    numbered = isinstance(row.get("decision"), int) and isinstance(row.get("at"), str)
    decision = Decision(
        act=cast("Act", act),
        reviewer=_text(row, "reviewer") or who.reviewer or "",
        reason=cast("Reject", _text(row, "reason")),
        changes=changes,
        note=_text(row, "note"),
        blind=bool(row.get("blind", who.blind)),
        of=row.get("of"),
        origin=row.get("origin") or (origin(row["at"], row.get("tool") or "") if numbered else None),
    )
    return Proposal(where, name, decision, _text(row, "claim") or None, row["decision"] if numbered else None, str(subject))


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        message = f"{name}: {value!r} is no text"
        raise UsageError(message)
    return value


# ---- documents -----------------------------------------------------------------------------------------------------


def _of_document(where: str, row: Mapping[str, Any], store: Store, who: Who) -> Iterator[Proposal | SourceError]:
    """Yield what the records of a document's line say that the store does not."""
    ruling = store.ruling(str(row["document"]["id"]))
    there = {actor.id: json.loads(json.dumps(actor_json(actor))) for actor in ruling.records.actors}
    for actor in row.get("actors") or ():
        if any(there.get(actor.get("id"), {}).get(key) != value for key, value in actor.items()):
            yield SourceError(
                where, f"actor {actor.get('id')} is not as in the store: amend actors with `onrecord decide DOCUMENT#{actor.get('id')}`"
            )
    for kind in CLASSES:
        for number, own in enumerate(row.get(PLURAL[kind]) or ()):
            place = f"{where}, {PLURAL[kind]}[{number}]"
            try:
                proposal = _of_record(place, kind, own, ruling, who)
            except UsageError as error:
                yield SourceError(place, str(error))
                continue
            if proposal is not None:
                yield proposal


def _of_record(place: str, kind: str, row: Mapping[str, Any], ruling: Ruling, who: Who) -> Proposal | SourceError | None:
    """Return what a record's row decides; None where it says what the store says."""
    reviewer, note = _text(row, "reviewer") or who.reviewer or "", _text(row, "note")
    if not row.get("id"):
        fields = {key: value for key, value in row.items() if key not in NOT_ADDED}
        return Proposal(
            place, ruling.records.document.id, Decision(act="add", reviewer=reviewer, changes={**fields, "kind": kind}, note=note)
        )
    how = ruling.standings.get(row["id"])
    if how is None or kind != how.record.KIND:
        return SourceError(place, f"the store has no {kind} {row['id'][:8]} in this document")
    decision = _judged(kind, row, how, Decision(act="accept", reviewer=reviewer, note=note, blind=who.blind))
    if decision is not None and row.get("claim") not in {None, how.record.claim}:
        return SourceError(place, f"{kind} {row['id'][:8]} says something else in the store than when this was written")
    return Proposal(place, row["id"], decision) if decision else None


def _judged(kind: str, row: Mapping[str, Any], how: Standing, accept: Decision) -> Decision | None:
    """Return the decision that makes a record as it stands what its row says it is."""
    review = row.get("review")
    if review == "rejected" != how.review:
        return replace(accept, act="reject", reason=cast("Reject", _text(row, "reason") or "other"))
    edited = row.get("claim") is None or claim_of(record_from(kind, row)) != row["claim"]
    changes = _changes(how.record, row) if edited else {}
    if changes:
        return replace(accept, act="amend", changes=changes)
    return accept if review == "accepted" and how.review not in {"accepted", "amended"} else None


def _changes(record: Record, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of which a row says something else than the record, with what it cites for them."""
    here = json.loads(json.dumps(record_json(record)))
    changes = {key: value for key, value in row.items() if key not in BESIDE and value != here.get(key)}
    unknown = [key for key in changes if key not in here]
    if unknown:
        message = f"{record.KIND}: there is no field {unknown[0]!r}"
        raise UsageError(message)
    cited = {field: spans for field, spans in (row.get("evidence") or {}).items() if field in changes}
    return {**changes, **({"evidence": cited} if cited else {})}
