"""Tolls: how many an event killed and injured, with bounds, and who says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.records import Event, Records, Toll

Read = Callable[..., Records]


def harmed(records: Records) -> Event:
    """Return the event that has a toll; fails where there is none."""
    found = [e for e in records.events if e.killed or e.injured]
    assert len(found) == 1, [(e.type, e.killed, e.injured) for e in records.events]
    return found[0]


def bounds(toll: Toll | None) -> tuple[float | None, float | None, float | None] | None:
    """Return value, low and high."""
    return (toll.value, toll.low, toll.high) if toll is not None else None


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("The bombing killed 20 people and wounded 35.", (20, None, None), (35, None, None)),  # objects of two verbs
        ("Two soldiers were killed and six injured in an ambush by rebels.", (2, None, None), (6, None, None)),  # passive subjects
        ("At least 12 civilians died in Russian shelling of Kharkiv.", (None, 12, None), None),  # a lower bound
        ("An airstrike by Turkey killed up to five fighters.", (None, None, 5), None),  # an upper bound
        ("The army's attack on the base claimed 14 lives.", (14, None, None), None),  # claimed lives
        ("Rebels shot dead three policemen in Goma.", (3, None, None), None),  # shot dead
        ("The death toll from the bombing in Baghdad rose to 31.", (31, None, None), None),  # the toll rose to
        ("Gunmen opened fire on a bus of soldiers, killing seven and injuring dozens.", (7, None, None), (None, 24, None)),  # participles
        ("Gunmen fired at a convoy of the army. One soldier was killed.", (1, None, None), None),  # in the next sentence
        ("We condemn the shelling of the port by Russia, which killed six people.", (6, None, None), None),  # a relative clause
    ],
)
def test_counts_the_dead_and_the_hurt(read_text: Read, text: str, killed: tuple[float, ...], injured: tuple[float, ...] | None) -> None:
    """The numbers that words of death and hurt count are the event's, with the bounds of their words."""
    event = harmed(read_text(text))
    assert (bounds(event.killed), bounds(event.injured)) == (killed, injured)


@pytest.mark.parametrize(
    "text",
    [
        "The storm killed nine people.",  # nature is no event
        "The army deployed 20 tanks to the border.",  # counted, not harmed
        "The minister cut 20 posts in the attack on waste.",  # a figure of speech
        "Police detained 90 people. Two officers died.",  # an arrest kills nobody
    ],
)
def test_counts_nobody_else(read_text: Read, text: str) -> None:
    """Numbers of other things, and deaths in no event, are no toll."""
    assert all(e.killed is None and e.injured is None for e in read_text(text).events)


@pytest.mark.parametrize(
    "text",
    [
        "The army said 12 rebels were killed in the clash, but the rebels put the death toll at 30.",  # in one sentence
        "The army said 12 rebels were killed in the clash. The rebels put the toll at 30.",  # in the next
    ],
)
def test_sources_that_disagree_stand_side_by_side(read_text: Read, text: str) -> None:
    """Two sources with two numbers give two tolls of one event, each with its own words as evidence; the first is the event's."""
    records = read_text(text)
    event = harmed(records)
    assert [toll.value for toll in event.killed_by_source] == [12, 30]
    assert event.killed == event.killed_by_source[0]
    assert [span.of(records.document.text) for span in event.evidence["killed_by_source"]] == ["12", "30"]


def test_says_who_counts(read_text: Read) -> None:
    """A toll that somebody states is according to them."""
    records = read_text("The ministry said on Monday that Russian missiles had killed 40 people in Kharkiv.")
    event = harmed(records)
    assert event.killed is not None
    assert {a.name for a in records.actors if a.id == event.killed.according_to} == {"The ministry"}
