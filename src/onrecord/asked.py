"""A decision as a person words it, into the decision that the store takes: fields set by `FIELD=VALUE`, quotes found in the text.

A value is JSON where it reads as JSON; for a field that is a span it may be a quote, looked for around the record (typographic
marks, dashes and spaces may differ); anything else is text. `null` or nothing empties a field. Whether the result fits the record
and the text is for the store to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from onrecord.decisions import Act, Decision, Reject
from onrecord.errors import UsageError
from onrecord.gate import ground
from onrecord.records import Record, Records
from onrecord.spans import Span
from onrecord.store import Store

SPAN_FIELDS = frozenset(
    {"source", "cue", "content", "addressee", "anonymity", "action", "start", "deadline", "condition", "span", "of", "mentions"}
)
TAKES = {
    "merge": "the id to merge into",
    "split": "START-END of each mention to split off",
    "undo": "the number of the decision (as `onrecord history` lists it)",
}
MANY = frozenset({"content", "mentions"})
AROUND = 600
"""Characters on each side of a record in which a quote is looked for: the sentences around it."""


class Asked(NamedTuple):
    """A decision as a person words it.

    `values` are `FIELD=VALUE` texts for amend, add and correct, the outcome for status, the id to merge into, START-END of the
    mentions to split off, the number of the decision to undo.
    """

    act: str
    values: tuple[str, ...]
    reviewer: str
    reason: str | None = None
    note: str | None = None
    blind: bool = False
    on: str | None = None
    evidence: tuple[str, ...] = ()
    """`DOCUMENT:START-END`, where the outcome stands."""


def decision(store: Store, name: str, asked: Asked) -> Decision:
    """Return what a person asks for as the store takes it; UsageError where its words are not of their form, or a quote is not found."""
    changes, of = _changes(store, name, asked)
    return Decision(
        act=cast("Act", asked.act),
        reviewer=asked.reviewer,
        reason=cast("Reject", asked.reason),
        changes=changes,
        note=asked.note,
        blind=asked.blind,
        of=of,
    )


def _changes(store: Store, name: str, asked: Asked) -> tuple[dict[str, Any], int | None]:
    """Return what a decision changes, as the store wants it, and the number of the decision that it undoes."""
    values = asked.values
    match asked.act:
        case "amend":
            stored = store.record(name)
            records = store.document(stored.document)
            return _assigned(records, values, _around(records, stored.record)), None
        case "add":
            records = store.document(name)
            return _assigned(records, values, Span(0, len(records.document.text))), None
        case "correct":
            return {field_name: _plain(value) for field_name, value in map(_assignment, values)}, None
        case "status":
            return {"status": " ".join(values), "on": asked.on, "evidence": [_cited(store, place) for place in asked.evidence]}, None
        case "merge" if len(values) == 1:
            return {"into": values[0]}, None
        case "split" if values:
            return {"mentions": [_stretch(value) for value in values]}, None
        case "undo" if len(values) == 1 and values[0].isdigit():
            return {}, int(values[0])
        case _ if values or asked.act in {"merge", "split", "undo"}:
            given = f"{' '.join(values)!r} is not" if values else "it wants"
            message = f"{asked.act}: {given} {TAKES.get(asked.act, 'what it takes: nothing')}"
            raise UsageError(message)
        case _:
            return {}, None


def _stretch(text: str) -> list[int]:
    found = re.fullmatch(r"(\d+)-(\d+)", text)
    if not found:
        message = f"{text!r} is not START-END"
        raise UsageError(message)
    return [int(found[1]), int(found[2])]


def _cited(store: Store, place: str) -> dict[str, Any]:
    name, sign, stretch = place.rpartition(":")
    if not sign:
        message = f"{place!r} is not DOCUMENT:START-END"
        raise UsageError(message)
    return {"document": store.document_row(name).id, "span": _stretch(stretch)}


def _assigned(records: Records, assignments: Sequence[str], within: Span) -> dict[str, Any]:
    """Return the fields that `FIELD=VALUE` texts set; quotes are looked for within a stretch of the text."""
    return {name: _value(records.document.text, name, value, within) for name, value in map(_assignment, assignments)}


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        message = f"{text!r} is not FIELD=VALUE"
        raise UsageError(message)
    return name, value


def _around(records: Records, found: Record) -> Span:
    at = found.anchor[0]
    return Span(max(0, at.start - AROUND), min(len(records.document.text), at.end + AROUND))


def _plain(value: str) -> Any:
    try:
        return json.loads(value) if value else None
    except ValueError:
        return value


def _value(text: str, name: str, value: str, within: Span) -> Any:
    parsed = _plain(value)
    if name not in SPAN_FIELDS or not isinstance(parsed, str):
        return parsed
    placed = ground(parsed, text, within)
    if isinstance(placed, str):
        raise UsageError(placed)
    return [list(placed[0])] if name in MANY else list(placed[0])
