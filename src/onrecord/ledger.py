"""The ledger: commitments as they were known on a day, each with its status, as rows, CSV and a calendar.

The status follows from the bounds of the deadline and the day asked for, unless a person has said what became of it:

    open            no deadline, or more than DUE_DAYS before it
    due             within DUE_DAYS of the last day
    overdue         the last day is past, and nobody has said what became of it
    may be overdue  the day of the deadline is not known, only that it lies between two days, the first of which is past
    over            the time is past in which something was to go on ("until"), or not to be done

Nothing here reads a clock: the day asked for is passed in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from icalendar import Calendar, Event

from onrecord.records import Bounds, Commitment

Status = Literal["overdue", "may be overdue", "due", "open", "over", "kept", "kept late", "partly kept", "broken", "withdrawn", "stalled"]
ORDER: tuple[str, ...] = (
    "overdue", "may be overdue", "due", "open", "stalled", "partly kept", "kept late", "kept", "broken", "withdrawn", "over"
)  # fmt: skip
"""What needs a look comes first."""
DUE_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A commitment with what the ledger shows of its page and its actors; words, not ids.

    `outcome` is what a person says became of it, `outcome_on` since when; `document` is an id, `published` the bounds of its day.
    """

    commitment: Commitment
    document: str
    uri: str
    title: str | None
    published: Bounds
    actor: str | None
    country: str | None = None
    counterparty: str | None = None
    speaker: str | None = None
    action: str
    deadline: str | None = None
    condition: str | None = None
    outcome: str | None = None
    outcome_on: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the ledger: the commitment in its latest version, its status on the day asked for, and all its appearances."""

    known: Known
    status: Status
    why: str
    appearances: tuple[Known, ...] = field(default_factory=tuple)


# ---- status --------------------------------------------------------------------------------------------------------


def status(known: Known, as_of: date) -> tuple[Status, str]:
    """Return the status of a commitment on a day, and the reason in words."""
    c = known.commitment
    if known.outcome is not None:
        return known.outcome, f"decided{f', since {known.outcome_on}' if known.outcome_on else ''}"  # type: ignore[return-value]
    if c.deadline_latest is None or c.deadline_role == "since":
        return "open", "no last day is known"
    last = date.fromisoformat(c.deadline_latest)
    lasting = c.negated or c.deadline_role == "until"
    if as_of > last:
        return ("over", f"ran until {last}") if lasting else ("overdue", f"the last day was {last}")
    if lasting:
        return "open", f"runs until {last}"
    first = _first_possible(known)
    if c.deadline_value is None and first is not None and as_of > first:
        return "may be overdue", f"the deadline lies between {first} and {last}"
    days = (last - as_of).days
    return ("due", f"{days} days to {last}") if days <= DUE_DAYS else ("open", f"{days} days to {last}")


def _first_possible(known: Known) -> date | None:
    """Return the first day that an unknown deadline can be: its own bound, else the day it was said, else the page's."""
    c = known.commitment
    for day in (c.deadline_earliest, c.made and c.made.earliest, known.published.earliest):
        if day:
            return date.fromisoformat(day)
    return None


def known_by(known: Known, as_of: date) -> bool:
    """Tell whether a page was surely published by a day; one whose last possible day is not known is not."""
    return known.published.latest is not None and known.published.latest <= as_of.isoformat()


# ---- rows ----------------------------------------------------------------------------------------------------------


def rows(chains: Iterable[Sequence[Known]], as_of: date, statuses: Sequence[str] = ()) -> list[Row]:
    """Return a row for each chain of appearances of one commitment (by day of publication): what needs a look first.

    The last appearance says what is promised now; an outcome said of any of them holds for all.
    """
    out = []
    for chain in chains:
        said = [k for k in chain if k.outcome is not None]
        latest = chain[-1]
        judged = said[-1] if said else latest
        value, why = status(judged, as_of)
        if not statuses or value in statuses:
            out.append(Row(known=latest, status=value, why=why, appearances=tuple(chain)))
    return sorted(out, key=lambda r: (ORDER.index(r.status), r.known.commitment.deadline_latest or "9999", r.known.uri))


COLUMNS = (
    "status", "why", "actor", "country", "counterparty", "action", "negated", "deadline", "deadline_value", "deadline_role",
    "deadline_earliest", "deadline_latest", "condition", "basis", "made", "speaker", "testable",
    "appearances", "page", "published", "record",
)  # fmt: skip


def flat(row: Row) -> dict[str, Any]:
    """Return a row with plain values: what CSV has and JSON shows."""
    k, c = row.known, row.known.commitment
    return {
        "status": row.status,
        "why": row.why,
        "actor": k.actor,
        "country": k.country,
        "counterparty": k.counterparty,
        "action": k.action,
        "negated": c.negated,
        "deadline": k.deadline,
        "deadline_value": c.deadline_value,
        "deadline_role": c.deadline_role,
        "deadline_earliest": c.deadline_earliest,
        "deadline_latest": c.deadline_latest,
        "condition": k.condition,
        "basis": c.basis,
        "made": c.made.value if c.made else None,
        "speaker": k.speaker,
        "testable": c.testable,
        "appearances": len(row.appearances),
        "page": k.uri,
        "published": k.published.value or k.published.latest,
        "record": c.id,
    }


def to_json(row: Row) -> dict[str, Any]:
    """Return a row with its history: each appearance's words, deadline and page, in order."""
    history = [
        {
            "record": k.commitment.id,
            "page": k.uri,
            "document": k.document,
            "published": k.published._asdict(),
            "action": k.action,
            "deadline": k.deadline,
            "deadline_value": k.commitment.deadline_value,
            "condition": k.condition,
        }
        for k in row.appearances
    ]
    return {**flat(row), "history": history}


def to_csv(listed: Iterable[Row]) -> str:
    """Return the rows as CSV with a header; empty cells are nulls."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in listed:
        writer.writerow({name: "" if value is None else value for name, value in flat(row).items()})
    return out.getvalue()


def to_ics(listed: Iterable[Row], as_of: date) -> bytes:
    """Return the deadlines as an iCalendar file: one all-day entry on the last day of each that has one."""
    calendar = Calendar()
    calendar.add("prodid", "-//onrecord//ledger//EN")
    calendar.add("version", "2.0")
    for row in listed:
        k, c = row.known, row.known.commitment
        if c.deadline_latest is None:
            continue
        last = date.fromisoformat(c.deadline_latest)
        entry = Event()
        entry.add("uid", f"{c.id}@onrecord")
        entry.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
        entry.add("dtstart", last)
        entry.add("dtend", last + timedelta(days=1))
        entry.add("summary", f"{k.actor or 'not known'}: {'not to ' if c.negated else ''}{k.action}")
        entry.add("description", f"{row.status}: {row.why}. {k.title or ''} {k.uri}".strip())
        entry.add("categories", [c.basis])
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
