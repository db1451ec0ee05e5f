"""The same quantity told more than once becomes one series; tellings for one day stand side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from onrecord.links.figures import Series, series, series_json, tellings
from onrecord.records import Records

Read = Callable[..., Records]


@pytest.fixture(scope="session")
def blast(read_text: Read) -> tuple[Records, ...]:
    """Three pages on one blast, and one on another."""
    return (
        read_text(
            "A bomb killed at least 20 people in Mokha on Wednesday, police in Mokha said. Officials in Yemen blamed rebels.", "2019-01-30"
        ),
        read_text("The blast in Mokha, Yemen, killed 31 people, the health ministry of Yemen said.", "2019-01-31"),
        read_text("Hospitals in Mokha said that the bomb in Yemen had killed 12 people.", "2019-01-31"),
        read_text("A bomb killed 7 people in Lahore, Pakistan, hospitals in Lahore said.", "2019-01-31"),
    )


def values(one: Series) -> list[tuple[float | None, float | None]]:
    """Give value and lower bound of each point."""
    return [(p.value, p.low) for p in one.points]


def test_tolls_of_one_event_are_one_series_over_time(blast: tuple[Records, ...]) -> None:
    """The blast of the other town stays out; points are in the order of days."""
    found = series(blast)
    assert [(s.unit, s.aspect, sorted(values(s), key=str)) for s in found] == [
        ("people", "killed", [(12.0, None), (31.0, None), (None, 20.0)])
    ]
    assert [p.day for p in found[0].points] == ["2019-01-30", "2019-01-31", "2019-01-31"]


def test_tellings_for_one_day_that_cannot_all_be_true_are_contradictory(blast: tuple[Records, ...]) -> None:
    """Each day with several tellings is shown with all of them."""
    (told,) = tellings(series(blast)[0])
    assert (told.day, told.agreement, {p.value for p in told.points}) == ("2019-01-31", "contradictory", {31.0, 12.0})


def test_the_order_of_pages_does_not_matter(blast: tuple[Records, ...]) -> None:
    """Any order gives the same series."""
    assert len({series(order) for order in permutations(blast)}) == 1


def test_a_series_is_json_for_a_chart(blast: tuple[Records, ...]) -> None:
    """Each point names its day, bounds, source, document and record."""
    (one,) = series(blast)
    row = json.loads(json.dumps(series_json(one)))
    assert row["contradictory"] == ["2019-01-31"]
    assert {p["record"] for p in row["points"]} <= {f.id for page in blast for f in page.figures}
    (point,) = (p for p in row["points"] if p["value"] == 31)
    kept = ("date", "value", "low", "high", "source", "quote", "approximate", "certainty")
    assert [point[k] for k in kept] == ["2019-01-31", 31.0, None, None, "the health ministry of Yemen", "31", False, "certain"]


def test_a_toll_is_not_linked_over_more_than_a_month(blast: tuple[Records, ...]) -> None:
    """A blast in the same town a year later is another."""
    later = replace(blast[1].document, published=replace(blast[1].document.published, value="2020-01-31"))
    assert series([blast[0], replace(blast[1], document=later)]) == ()


def test_counts_are_linked_by_the_words_around_them(read_text: Read) -> None:
    """What is counted alone says too little: seats lost are not the seats of the house."""
    one = read_text("There are currently 3,100 Dutch sailors in Oman, the navy said.", "2021-07-26")
    two = read_text("There are currently 700 Dutch sailors in Oman, the navy said.", "2022-07-26")
    other = read_text("In Oman the navy once lost 3 Dutch sailors to a landslide on a road.", "2022-07-27")
    (found,) = series([two, other, one])
    assert values(found) == [(3100.0, None), (700.0, None)]
    assert found.aspect is None


def test_the_same_number_said_twice_on_a_page_is_one_series_and_two_in_one_sentence_are_not(read_text: Read) -> None:
    """Repetition links; contrast does not."""
    page = read_text(
        "Velmora drew up warrants for 58 clerks. State radio said the warrants named 58 clerks.\n\nIt won 29 of 30 seats.", "2020-07-02"
    )
    (found,) = series([page])
    assert values(found) == [(58.0, None), (58.0, None)]
    assert [t.agreement for t in tellings(found)] == ["same"]
