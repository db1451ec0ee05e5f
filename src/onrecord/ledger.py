"""The ledger: who is bound to what by when, and how it stands on a given day. Rows in; filtered, sorted rows, CSV and iCalendar text out.

Pure: the day asked for is passed in, and so is what people have decided. The status comes from the bounds of the deadline:

    open            the last day that the deadline can be is more than DUE days off, or there is no deadline
    due             it is within DUE days
    may be overdue  the deadline's day is not known: some day that it can be is past, another is not ("mid-June", on 18 June)
    overdue         every day that it can be is past

A month or a year is no such interval: it is due on its last day. A commitment not to act is open until a person says what became of it.
`kept`, `kept late`, `partly kept`, `broken`, `withdrawn` and `stalled` are a person's word and stand before all of these; nothing
that the program suggests changes a status. `--as-of` shows the ledger as it was known that day: only pages whose last possible day is
not after it; pages without a day are given apart.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from onrecord.calendars import last_day
from onrecord.cells import harmless
from onrecord.decisions import Outcome
from onrecord.errors import UsageError
from onrecord.records import Basis, Commitment, Records

Computed = Literal["open", "due", "may be overdue", "overdue"]
Standing = Computed | Outcome

DUE = 30  # days before a deadline from which a commitment is due; the contract's number
BASES: tuple[str, ...] = get_args(Basis)
ORDER = ("overdue", "may be overdue", "due", "open", "stalled", "broken", "partly kept", "kept late", "kept", "withdrawn")
"""How rows are sorted: what wants looking at first."""


class Decided(NamedTuple):
    """A person's word on a commitment: what became of it, and since which day that is known."""

    status: Outcome
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A commitment with what its page and the store know of it; names are for people, `uri` and `words` for finding it again."""

    commitment: Commitment
    document: str
    uri: str
    published: str | None
    """The last day on which the page can have been published, ISO; None: not known."""
    words: str
    """The words of the act."""
    actor: str | None = None
    country: str | None = None
    counterparty: str | None = None
    speaker: str | None = None
    deadline: str | None = None
    """The words of the deadline."""
    condition: str | None = None
    decided: Decided | None = None


class Row(NamedTuple):
    """A line of the ledger; days are ISO, `due` is the last day that the deadline can be."""

    status: Standing
    due: str | None
    days: int | None
    """Days from the day asked for to `due`; negative: past."""
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to show. Names match in part and in any case; `basis` and `status` exactly; days are inclusive but `due_before`."""

    actor: str | None = None
    country: str | None = None
    counterparty: str | None = None
    status: frozenset[str] = frozenset()
    basis: str | None = None
    due_from: str | None = None
    due_before: str | None = None
    testable: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no commitment can have; UsageError."""
        if self.basis is not None and self.basis not in BASES:
            message = f"{self.basis!r} is no basis ({', '.join(BASES)})"
            raise UsageError(message)
        if self.country is not None and not re.fullmatch("[A-Z]{3}", self.country):
            message = f"{self.country!r} is no country's code (ISO 3166 alpha-3, as in MOZ)"
            raise UsageError(message)


class Ledger(NamedTuple):
    """The rows of pages known by the day asked for, and those of pages whose day is not known."""

    rows: tuple[Row, ...]
    undated: tuple[Row, ...]


def items(records: Records, decided: Mapping[str, Decided] | None = None) -> tuple[Item, ...]:
    """Return the ledger's items of one page; `decided` by the id of the record."""
    document, actors = records.document, {a.id: a for a in records.actors}
    text, names = document.text, {a.id: a.name for a in records.actors}
    return tuple(
        Item(
            commitment=c,
            document=document.id,
            uri=document.uri,
            published=document.published.latest or document.published.value,
            words=c.action.of(text),
            actor=names.get(c.actor or ""),
            country=actors[c.actor].country if c.actor in actors else None,
            counterparty=names.get(c.counterparty or ""),
            speaker=names.get(c.speaker or ""),
            deadline=c.deadline.of(text) if c.deadline else None,
            condition=c.condition.of(text) if c.condition else None,
            decided=(decided or {}).get(c.id),
        )
        for c in records.commitments
    )


# ---- status ---------------------------------------------------------------------------------------------------------


def bounds(commitment: Commitment) -> tuple[str | None, str | None]:
    """Return the first and last day that the deadline can be; they are one where it is known."""
    value = commitment.deadline_value
    if value is not None and DAY.fullmatch(value):
        return value, value
    days = [day for part in PARTS.findall(value or "") for day in _month(part)]
    first, last = (min(days), max(days)) if days else (None, None)
    return commitment.deadline_earliest or first, commitment.deadline_latest or last


DAY = re.compile(r"\d{4}-\d\d-\d\d")
PARTS = re.compile(r"\d{4}(?:-\d\d){0,2}")
"""The calendar's parts of an EDTF value: of "2019-09/2019-10" two months, of "[2021-01-01..2021-12-31]" two days."""


def _month(part: str) -> tuple[str, str]:
    """Return the first and last day of a year, a month or a day."""
    year, month, day = ([int(n) for n in part.split("-")] + [0, 0])[:3]
    if day or not 0 <= month <= 12:
        return part, part
    if not month:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    return f"{year:04}-{month:02}-01", last_day(year, month).isoformat()


def status(commitment: Commitment, as_of: str, decided: Decided | None = None) -> Standing:
    """Return how a commitment stands on a day (ISO)."""
    if decided is not None and decided.on <= as_of:
        return decided.status
    first, last = bounds(commitment)
    if last is None or commitment.negated:
        return "open"
    if last < as_of:
        return "overdue"
    if first is not None and first < as_of:
        return "may be overdue"
    return "due" if _days(as_of, last) <= DUE else "open"


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


# ---- rows -----------------------------------------------------------------------------------------------------------


def ledger(items: Iterable[Item], as_of: str, wanted: Filter | None = None) -> Ledger:
    """Return the ledger of a day: overdue first, then by the day that is due, then by page and place."""
    rows: list[Row] = []
    undated: list[Row] = []
    for item in items:
        if item.published is not None and item.published > as_of:
            continue
        one = row(item, as_of)
        if wanted is None or fits(one, wanted):
            (rows if item.published is not None else undated).append(one)
    return Ledger(tuple(sorted(rows, key=rank)), tuple(sorted(undated, key=rank)))


def row(item: Item, as_of: str) -> Row:
    """Return the line of an item on a day (ISO)."""
    _, last = bounds(item.commitment)
    return Row(status(item.commitment, as_of, item.decided), last, _days(as_of, last) if last else None, item)


def rank(row: Row) -> tuple[int, str, str, str, int]:
    """Return the key by which rows are sorted."""
    item = row.item
    return ORDER.index(row.status), row.due or "9999", item.published or "9999", item.document, item.commitment.action.start


def fits(row: Row, wanted: Filter) -> bool:
    """Tell whether a row is one that a filter wants."""
    item, commitment = row.item, row.item.commitment
    tests = (
        _within(wanted.actor, item.actor),
        _within(wanted.counterparty, item.counterparty),
        wanted.country is None or item.country == wanted.country,
        not wanted.status or row.status in wanted.status,
        wanted.basis is None or commitment.basis == wanted.basis,
        wanted.testable is None or commitment.testable == wanted.testable,
        wanted.due_from is None or (row.due is not None and row.due >= wanted.due_from),
        wanted.due_before is None or (row.due is not None and row.due < wanted.due_before),
    )
    return all(tests)


def _within(wanted: str | None, name: str | None) -> bool:
    return wanted is None or (name is not None and wanted.casefold() in name.casefold())


# ---- CSV ------------------------------------------------------------------------------------------------------------

COLUMNS = (
    "status", "due", "days", "actor", "not", "action", "deadline", "condition", "counterparty", "basis", "speaker", "testable", "country",
    "published", "page", "record",
)  # fmt: skip


def cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a row, one for each of COLUMNS; what is not known is empty."""
    item, c = row.item, row.item.commitment
    values = (
        row.status, row.due, row.days, item.actor, "not" if c.negated else None, item.words, item.deadline, item.condition,
        item.counterparty, c.basis, item.speaker, c.testable, item.country, item.published, item.uri, c.id,
    )  # fmt: skip
    return tuple("" if value is None else str(value) for value in values)


def to_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV (RFC 4180) with a head; a cell that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in cells(row)] for row in rows)
    return out.getvalue()


# ---- iCalendar ------------------------------------------------------------------------------------------------------


def to_ics(rows: Iterable[Row], as_of: str) -> str:
    """Return a calendar (RFC 5545) with one all-day event for each deadline, on its last day; rows without one are left out.

    The stamp is the start of the day asked for, so that the same ledger is the same text.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//onrecord//ledger//EN", "CALSCALE:GREGORIAN"]
    for row in rows:
        if row.due is not None:
            lines += _event(row, row.due, as_of)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(row: Row, due: str, as_of: str) -> Iterator[str]:
    item, c = row.item, row.item.commitment
    what = f"{item.actor or 'somebody'}: {'not: ' if c.negated else ''}{item.words}"
    about = [
        f"{c.basis}, {row.status}",
        f"if: {item.condition}" if item.condition else "",
        f"to {item.counterparty}" if item.counterparty else "",
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{c.id}@onrecord"
    yield f"DTSTAMP:{_compact(as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(due)}"
    yield f"DTEND;VALUE=DATE:{_compact((date.fromisoformat(due) + timedelta(days=1)).isoformat())}"
    yield f"SUMMARY:{_escaped(what)}"
    yield f"DESCRIPTION:{_escaped(chr(10).join([part for part in about if part] + [item.uri]))}"
    yield f"CATEGORIES:{_escaped(row.status)}"
    yield f"STATUS:{'CANCELLED' if row.status == 'withdrawn' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _compact(day: str) -> str:
    return day.replace("-", "")


def _escaped(text: str) -> str:
    """Escape a text value: backslash, comma, semicolon, line break; other control characters are dropped."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(c for c in plain if c >= " " and c != "\x7f")


def _folded(line: str) -> Iterator[str]:
    """Cut a content line into parts of at most 75 bytes, as RFC 5545 wants them; each further part starts with a space."""
    part, size = "", 0
    for character in line:
        length = len(character.encode("utf-8", "replace"))
        if size + length > FOLD:
            yield part
            part, size = " ", 1
        part, size = part + character, size + length
    yield part


FOLD = 75
