"""The ledger: status on a day, filters, what was known then, CSV and iCalendar."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any, get_args

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.decisions import OUTCOMES
from onrecord.ledger import COLUMNS, FOLD, ORDER, Computed, Decided, Filter, Item, bounds, cells, ledger, status, to_csv, to_ics
from onrecord.records import Commitment
from onrecord.spans import Span

SPAN = Span(0, 1)


def due(value: str | None, **fields: Any) -> Commitment:
    """Make a commitment with a deadline value."""
    whole: dict[str, Any] = {"actor": "a1", "action": SPAN, "basis": "plan", **fields}
    return Commitment(rule="r", id="c" * 32, deadline_value=value, **whole)


def item(value: str | None = None, **fields: Any) -> Item:
    """Make an item; fields of Commitment and of Item."""
    own = {
        k: fields.pop(k)
        for k in list(fields)
        if k in Commitment.__dataclass_fields__ and k not in {"actor", "counterparty", "speaker", "deadline", "condition"}
    }
    given_ = {"document": "d", "uri": "pages/a.txt", "published": "2024-01-01", "words": "rebuild the bridge", "actor": "Tarsk", **fields}
    return Item(commitment=due(value, **own), **given_)


@pytest.mark.parametrize(
    ("commitment", "as_of", "expected"),
    [
        (due("2024-06-30"), "2024-05-30", "open"),
        (due("2024-06-30"), "2024-05-31", "due"),
        (due("2024-06-30"), "2024-06-30", "due"),
        (due("2024-06-30"), "2024-07-01", "overdue"),
        (due("2024-06-30", deadline_earliest="2024-06-01", deadline_latest="2024-06-30"), "2024-06-15", "due"),
        (due("2023-06"), "2023-05-01", "open"),
        (due("2023-06"), "2023-05-31", "due"),
        (due("2023-06"), "2023-06-18", "may be overdue"),
        (due("2023-06"), "2023-07-01", "overdue"),
        (due("2019-09/2019-10"), "2019-10-01", "may be overdue"),
        (due("2019-09/2019-10"), "2019-11-01", "overdue"),
        (due("[2021-01-03..2021-01-09]"), "2021-01-05", "may be overdue"),
        (due("2025"), "2025-12-31", "may be overdue"),
        (due(None), "2030-01-01", "open"),
        (due("XXXX-WXX-5"), "2030-01-01", "open"),
        (due("2024-06-30", negated=True), "2030-01-01", "open"),
    ],
    ids=["31 days off", "30 days off", "on the day", "the day after", "in June, mid-June", "long before mid-June", "before mid-June",
         "perhaps past", "past", "two months", "past both", "one unknown day", "a year",
         "no deadline", "no calendar day", "not to act"],
)  # fmt: skip
def test_status_follows_from_the_bounds_of_the_deadline(commitment: Commitment, as_of: str, expected: str) -> None:
    """A month resolved to its last day is no unknown day; an interval is; nothing is made of what names no day."""
    assert status(commitment, as_of) == expected


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_persons_word_stands_before_the_calendar(outcome: Any) -> None:
    """From the day that it is known on, not before."""
    decided = Decided(outcome, "2024-07-10")
    assert status(due("2024-06-30"), "2024-07-10", decided) == outcome
    assert status(due("2024-06-30"), "2024-07-09", decided) == "overdue"


def test_every_status_has_its_place_in_the_order() -> None:
    """Nothing that a row can say is missing from the order."""
    assert set(ORDER) == {*get_args(Computed), *OUTCOMES}


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.integers(-400, 400))
def test_status_only_ever_moves_on(day: date, away: int) -> None:
    """From open to due to overdue, as days go by."""
    order = ["open", "due", "overdue"]
    now = day + timedelta(days=away)
    first, later = (order.index(status(due(day.isoformat()), d.isoformat())) for d in (now, now + timedelta(days=1)))
    assert first <= later


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-29", ("2024-02-29", "2024-02-29")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2019-09/2019-10", ("2019-09-01", "2019-10-31")),
        ("2024-SU", ("2024-01-01", "2024-12-31")),
        ("P2W", (None, None)),
        (None, (None, None)),
    ],
)
def test_bounds_of_values_without_a_day(value: str | None, expected: tuple[str | None, str | None]) -> None:
    """What the value leaves open is bounded by its calendar parts."""
    assert bounds(due(value)) == expected


def test_only_what_was_known_by_the_day_is_shown() -> None:
    """Later pages are left out, pages without a day are apart."""
    found = ledger([item("2024-06-30", published=p) for p in ("2024-01-01", "2024-03-01", "2024-03-02", None)], "2024-03-01")
    assert [r.item.published for r in found.rows] == ["2024-01-01", "2024-03-01"]
    assert [r.item.published for r in found.undated] == [None]


def test_overdue_comes_first_then_the_nearest_day() -> None:
    """What wants looking at stands on top; what a person has settled stands below."""
    rows = ledger(
        [
            item("2025-01-01"),
            item(None),
            item("2024-06-20"),
            item("2024-05-01"),
            item("2024-04-01"),
            item("2024-04-01", decided=Decided("kept", "2024-04-02")),
        ],
        "2024-06-10",
    ).rows
    assert [(r.status, r.due) for r in rows] == [
        ("overdue", "2024-04-01"), ("overdue", "2024-05-01"), ("due", "2024-06-20"), ("open", "2025-01-01"), ("open", None),
        ("kept", "2024-04-01"),
    ]  # fmt: skip
    assert [r.days for r in rows] == [-70, -40, 10, 205, None, -70]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (Filter(), 3),
        (Filter(actor="tar"), 2),
        (Filter(country="USA"), 1),
        (Filter(counterparty="farmers"), 1),
        (Filter(status=frozenset({"overdue"})), 1),
        (Filter(status=frozenset({"overdue", "due"})), 2),
        (Filter(basis="duty"), 1),
        (Filter(testable="yes"), 1),
        (Filter(due_before="2024-06-30"), 1),
        (Filter(due_from="2024-06-30"), 1),
        (Filter(actor="tarsk", basis="duty"), 0),
    ],
)
def test_filters_leave_out_what_does_not_fit(wanted: Filter, kept: int) -> None:
    """Each field by itself, and all together."""
    items = [
        item("2024-06-30", actor="Tarsk", counterparty="the farmers"),
        item("2024-05-01", actor="TARSK Rail", testable="yes"),
        item(None, actor=None, country="USA", basis="duty"),
    ]
    assert len(ledger(items, "2024-06-15", wanted).rows) == kept


def test_csv_has_a_cell_for_each_column_and_no_formulas() -> None:
    """A page cannot make a spreadsheet run something."""
    text = to_csv(ledger([item("2024-06-30", actor="=cmd|' /C calc'!A0", words='say "no",\nthen go', negated=True)], "2024-07-10").rows)
    head, row = list(csv.reader(io.StringIO(text)))
    assert tuple(head) == COLUMNS
    named = dict(zip(head, row, strict=True))
    assert named["actor"].startswith("'=")
    assert named["action"] == 'say "no",\nthen go'
    assert (named["status"], named["not"], named["due"]) == ("open", "not", "2024-06-30")


def test_cells_say_days_past_as_they_are() -> None:
    """A negative number of days is a number, no formula."""
    (row,) = ledger([item("2024-06-30")], "2024-07-10").rows
    assert cells(row)[2] == "-10"
    assert "-10" in to_csv([row]).splitlines()[1].split(",")


def test_the_calendar_has_a_day_for_each_deadline() -> None:
    """Read back by an independent library: all-day, on the last day, with who and what; rows without a day are left out."""
    rows = ledger([item("2024-02-29", words="pay; then, go\nhome", condition="if asked"), item(None)], "2024-02-10").rows
    calendar = icalendar.Calendar.from_ical(to_ics(rows, "2024-02-10"))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2024, 2, 29)
    assert event.decoded("dtend") == date(2024, 3, 1)
    assert str(event["summary"]) == "Tarsk: pay; then, go\nhome"
    assert "if: if asked" in str(event["description"])
    assert not event.errors


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"), max_size=200))
def test_calendar_lines_are_short_and_lose_nothing(words: str) -> None:
    """Whatever the words: at most 75 bytes a line, and the same words come back."""
    text = to_ics(ledger([item("2024-06-30", words=words)], "2024-06-01").rows, "2024-06-01")
    assert all(len(line.encode()) <= FOLD for line in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["summary"]) == f"Tarsk: {words}"


def test_the_same_ledger_is_the_same_calendar() -> None:
    """No clock is read."""
    rows = ledger([item("2024-06-30")], "2024-06-01").rows
    assert to_ics(rows, "2024-06-01") == to_ics(rows, "2024-06-01")
