"""The day that a page's story gives to events without a time of their own."""

from __future__ import annotations

import pytest

STORY = "Gunmen attacked an army base in Kano on Monday. {} The government condemned the violence."
ROWS = [
    ("The rebels shelled the base.", "shelled", "2019-06-03", "told further of the same type"),
    ("Rebels have bombed dozens of villages.", "bombed", None, "a perfect tells of any time until now"),
    ("The rebels, who took up arms in 2014, bombed a prison.", "bombed", None, "the sentence names another date"),
    ("The rebels may bomb the capital.", "bomb", None, "what may happen has not happened then"),
    ("Police arrested two rebels.", "arrested", None, "an act of another type may be of another day"),
]


@pytest.mark.parametrize(("text", "act", "expected", "reason"), ROWS, ids=[f"{r[1]}: {r[3]}" for r in ROWS])
def test_what_is_told_further_is_of_the_day_of_the_story(read_text, text, act, expected, reason):
    """An act of the lead's type without a date has the lead's day, marked inferred, and no other act has."""
    records = read_text(STORY.format(text), "2019-06-04")
    event = next(e for e in records.events if any(m.of(records.document.text) == act for m in e.mentions))
    assert event.time == expected, reason
    assert ("time" in event.inferred) == (expected is not None)
    assert bool(event.evidence.get("time")) == (expected is not None)
