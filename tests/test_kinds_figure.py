"""Figure records: what the quantity says, for which time, according to whom, how surely."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.records import Figure, Records

Read = Callable[..., Records]


def only(records: Records) -> Figure:
    """Give the one figure of a page."""
    (figure,) = records.figures
    return figure


@pytest.mark.parametrize(
    ("text", "time", "why"),
    [
        ("On Friday, 300 people marched.", "2020-07-03", "a day in the clause"),
        ("About 5,000 troops are now in the country.", "PRESENT_REF", "now"),
        ("Turnout fell 3% from the 2017 election.", None, "what it is compared with"),
        ("Deaths reached 16, up since 2015.", None, "where it begins"),
        ("On Friday, 300 people who had come on Monday marched.", "2020-07-03", "another clause has its own time"),
    ],
)
def test_a_figure_holds_for_the_time_of_its_clause(read_text: Read, text: str, time: str | None, why: str) -> None:
    """The time is cited where there is one."""
    figure = only(read_text(text, "2020-07-06"))
    assert figure.time == time, why
    assert ("time" in figure.evidence) == (time is not None), why


def test_a_figure_that_somebody_says_is_his(read_text: Read) -> None:
    """Within a statement the source answers for it, and is cited; else the author does."""
    records = read_text("President Rosa Delane said that 300 people had died.", "2020-07-06")
    figure = only(records)
    assert {a.id: a.name for a in records.actors}[figure.according_to] == "Rosa Delane"
    assert "Delane" in " ".join(s.of(records.document.text) for s in figure.evidence["according_to"])
    assert only(read_text("A storm killed 300 people.")).according_to == "author"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("They paid $5 million.", "certain"),
        ("Police arrested four people.", "certain"),
        ("He met four demands.", "likely"),
        ("It has 54.", "likely"),
    ],
)
def test_what_was_measured_to_be_right_is_certain(read_text: Read, text: str, certainty: str) -> None:
    """Money and people are; things in words and numbers without a noun are not."""
    assert only(read_text(text)).certainty == certainty


def test_what_is_no_figure_leaves_an_abstention(read_text: Read) -> None:
    """Each number that is refused says why."""
    found = [a for a in read_text("Thomas Gray, 24, flew a Boeing 747.").abstentions if a.kind == "figure"]
    assert [(a.rule, a.reason) for a in found] == [("figure.refused", "an age"), ("figure.refused", "a number that names: boeing")]


def test_crossheads_and_chrome_yield_no_figures(read_text: Read) -> None:
    """Only title and body do."""
    records = read_text("The town was quiet on Monday.\n\nCopyright 2019 Reuters. 300 readers")
    assert all("readers" not in records.document.text[f.span.start :] or f.of for f in records.figures)


def test_a_unit_of_measure_has_its_si_value_beside(read_text: Read) -> None:
    """Both are cited by the same words."""
    figure = only(read_text("The road is 70 miles long."))
    assert (figure.unit, figure.value_si, figure.unit_si) == ("mile", 112654.08, "m")
