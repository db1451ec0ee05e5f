"""Time expressions of a page: what the parse adds to the rules over words, and the records made of them."""

from __future__ import annotations

import pytest

from onrecord.records import Time

DAY = "2021-07-28"

ROWS = [
    ("The vote is to be held in May.", "May", "2022-05", "an infinitive of what is to come"),
    ("The vote that the court annulled was held in May.", "May", "2021-05", "the clause's own verb"),
    ("He flies to Oslo on Friday.", "Friday", "2021-07-30", "a present tense with a day to come"),
    ("He was forced to resign on Friday.", "Friday", "2021-07-23", "an infinitive that takes place with its verb"),
    ("In a tweet on Monday he says that talks will go on.", "Monday", "2021-07-26", "a noun's time is not the verb's"),
    ("The talks have been going on since Tuesday.", "Tuesday", "2021-07-27", "a perfect looks back"),
    ("He may have fled in October.", "October", "2020-10", "a modal perfect, too"),
    ("Unless the debt is paid by noon on Friday, the power will be cut.", "noon on Friday", "2021-07-30T12:00", "a condition looks ahead"),
    (
        "The government said on Tuesday it would free them by June.",
        "Tuesday",
        "2021-07-27",
        "the saying has the day before the reported clause",
    ),
    ("The court said on Monday that it had ruled in June.", "June", "2021-06", "each clause has its own tense"),
]


@pytest.mark.parametrize(("text", "expression", "value", "reason"), ROWS, ids=[r[3] for r in ROWS])
def test_the_parse_gives_the_tense(annotate_text, text, expression, value, reason):
    """The verb that an expression modifies says on which side of publication it lies."""
    annotations = annotate_text(text, DAY)
    found = {e.span.of(annotations.text): e.value for e in annotations.times}
    assert found.get(expression) == value, reason


def test_a_clause_that_closes_a_stretch_makes_a_deadline(annotate_text):
    """Before the year ends on 30 June: that day is the last."""
    annotations = annotate_text("The money must be returned before the fiscal year ends on 30 June 2022.", DAY)
    (found,) = annotations.times
    assert (found.role, found.earliest, found.latest, found.edtf) == ("by", None, "2022-06-30", "[..2022-06-30]")
    assert [s.of(annotations.text) for s in found.role_evidence] == ["before"]


def test_records_cite_what_each_field_rests_on(read_text):
    """Every field of every record has its characters, and the gate passes them all."""
    records = read_text("It will close by the end of October. It opened on Monday night and will move in two years.", DAY)
    assert [t.value for t in records.times] == ["2021-10", "2021-07-26TNI", "P2Y"]
    for record in records.times:
        assert isinstance(record, Time)
        fields = ("type", "value", "mod", "role", "earliest", "latest", "edtf")
        assert set(record.evidence) == {field for field in fields if getattr(record, field) is not None}
    first = records.times[0]
    text = records.document.text
    assert [s.of(text) for s in first.evidence["role"]] == ["by"]
    assert "will" in [s.of(text) for s in first.evidence["value"]]
    assert not [a for a in records.abstentions if a.kind == "time"]


def test_what_was_inferred_is_said(read_text):
    """A year that the text does not give is marked; a full date is not."""
    october, full = read_text("It closed in October. It opened on 3 May 2019.", DAY).times
    assert october.inferred == ("value", "earliest", "latest", "edtf")
    assert full.inferred == ()
    assert full.certainty == "certain"


def test_without_a_date_a_weekday_stays_one(read_text):
    """Without a date of publication a Monday has no day."""
    (monday,) = read_text("It opened on Monday.").times
    assert (monday.value, monday.earliest, monday.latest, monday.edtf) == ("XXXX-WXX-1", None, None, None)
