"""What numbers count, by the parse: the noun, people, what befell them, what they leave out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.annotations import Annotations, Quantity

Annotate = Callable[..., Annotations]


def told(annotate_text: Annotate, text: str) -> dict[str, Quantity]:
    """Give the quantities of a text by their words; the first counts where two are alike."""
    annotations = annotate_text(text)
    out: dict[str, Quantity] = {}
    for quantity in annotations.quantities:
        out.setdefault(quantity.span.of(annotations.text), quantity)
    return out


@pytest.mark.parametrize(
    ("text", "number", "unit", "why"),
    [
        ("There are now 3,100 Dutch troops in Oman.", "3,100", "people", "troops are people"),
        ("Three French Polynesians applied.", "Three", "people", "a people's name"),
        ("The House impeached two other Presidents.", "two", "people", "a title in the plural"),
        ("He met 231 Democrats.", "231", "people", "members of a party"),
        ("It killed three terrorists.", "three", "people", "armed persons"),
        ("Twenty families were moved.", "Twenty", "family", "a family is no person"),
        ("She was charged on 23 counts of fraud.", "23", "count", "counts are no noblemen"),
        ("Reports spoke of 2,741 confirmed cases.", "2,741", "case", "a participle between"),
        ("So far 47 cholera related deaths have been confirmed.", "47", "death", "the head of the whole compound"),
        ("The 55-member union met.", "55", "member", "a noun joined by a hyphen"),
        ("A ten-storey building fell.", "ten", "storey", "a noun joined by a hyphen to a word"),
        ("Thousands of Lisbon dockers marched.", "Thousands", "people", "the noun behind of"),
        ("Six of the committees met.", "Six", "committee", "a part of a whole"),
        ("They hold 11 out of 14 wards.", "11", "ward", "out of"),
        ("The number of births is 41.", "41", "birth", "said of a number of"),
        ("The death toll rose to 22.", "22", "people", "said of a toll"),
        ("The magnitude of the tremor was 4.8.", "4.8", "magnitude", "said of a measure"),
        ("Liberals gained 13 seats and Labour lost 42.", "42", "seat", "left out: the noun before"),
        ("The blast killed four.", "four", "people", "those whom an act befalls"),
        ("Fewer than two hundred waited outside the hall.", "two hundred", "people", "those who act"),
        ("Vigils were attended by thousands.", "thousands", "people", "vague plurals alone"),
        ("Eleven others were charged.", "Eleven", "people", "others"),
        ("The law needs a two-thirds majority.", "two-thirds", None, "a fraction has no unit"),
        ("They were armed with two shotguns and one rifle.", "one", "rifle", "one beside another number"),
    ],
)
def test_the_unit_is_what_is_counted(annotate_text: Annotate, text: str, number: str, unit: str | None, why: str) -> None:
    """Persons are people, any other noun gives its singular."""
    assert told(annotate_text, text)[number].unit == unit, why


@pytest.mark.parametrize(
    ("text", "number", "aspect"),
    [
        ("At least 84 people died in the landslide.", "84", "killed"),
        ("The attack left six soldiers dead.", "six", "killed"),
        ("Three killed, nine injured in Reading", "Three", "killed"),
        ("More than 20 people were injured.", "20", "injured"),
        ("5 dead, 12 injured in Texas shooting", "5", "killed"),
        ("The hospital treated 48 wounded.", "48", "injured"),
        ("Police arrested twenty people.", "twenty", "arrested"),
        ("Twelve sailors are missing.", "Twelve", "missing"),
        ("The bomb did not kill the 20 guards.", "20", None),
        ("He met 20 soldiers.", "20", None),
    ],
)
def test_what_befell_those_counted(annotate_text: Annotate, text: str, number: str, aspect: str | None) -> None:
    """Verbs, adjectives and nouns say it; a negated verb says nothing."""
    quantity = told(annotate_text, text)[number]
    assert quantity.aspect == aspect
    assert ("aspect" in quantity.cited) == (aspect is not None)


@pytest.mark.parametrize(
    ("text", "number", "change"),
    [
        ("Shares rose 5% to $20.", "5%", "up"),
        ("Shares rose 5% to $20.", "$20", None),
        ("Prices dropped by 0.3 percent.", "0.3 percent", "down"),
        ("The index closed at 1,900, down 12 points.", "12", "down"),
        ("It was a 3% increase.", "3%", "up"),
        ("The river rose three metres.", "three", "up"),
    ],
)
def test_which_way_it_went(annotate_text: Annotate, text: str, number: str, change: str | None) -> None:
    """A number by which something rose or fell says so; the one that it came to does not."""
    assert told(annotate_text, text)[number].change == change


def test_a_rise_in_temperature_is_not_counted_from_zero(annotate_text: Annotate) -> None:
    """A level has the zero of its scale added, a difference has not."""
    assert told(annotate_text, "It was 20 degrees Celsius.")["20"].value_si == 293.15
    assert told(annotate_text, "Temperatures rose by 2 degrees Celsius.")["2"].value_si == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("She was 26.", "an age in the predicate"),
        ("One of the children spoke.", "one as pronoun"),
        ("One man sprayed foam.", "one as article"),
        ("No one came.", "no one"),
        ("It lasted three consecutive days.", "a length of time"),
        ("He was convicted on Monday, March 4, 2019.", "a date"),
        ("The 737 MAX was grounded.", "a model"),
    ],
)
def test_what_the_parse_refuses(annotate_text: Annotate, text: str, why: str) -> None:
    """Ages, articles, times and models are no quantities."""
    assert not told(annotate_text, text), why


def test_a_number_takes_its_noun_from_the_sentence_before_but_not_from_another_paragraph(annotate_text: Annotate) -> None:
    """What is left out is looked for near, and marked as inferred."""
    near = told(annotate_text, "Biden won 60 states. Sanders had 54.")["54"]
    assert (near.unit, near.inferred) == ("state", ("unit",))
    assert told(annotate_text, "Biden won 60 states.\n\nSanders had 54.")["54"].unit is None


def test_of_is_the_words_for_what_is_counted(annotate_text: Annotate) -> None:
    """`of` leaves out the number, and keeps what stands behind the noun's own of."""
    annotations = annotate_text("They issued 36 arrest warrants and 12 counts of abuse against 90 percent of the members.")
    spans = [q.of.of(annotations.text) for q in annotations.quantities if q.of]
    assert spans == ["arrest warrants", "counts of abuse", "the members"]


def test_every_claim_is_cited(annotate_text: Annotate) -> None:
    """Unit, bounds and estimate each name the characters that they rest on."""
    annotations = annotate_text("At least 20 sailors drowned, and about 30 swam five miles.")
    text = annotations.text
    first, second, third = annotations.quantities
    assert [s.of(text) for s in first.cited["low"]] == ["At least", "20"]
    assert [s.of(text) for s in first.cited["unit"]] == ["sailors"]
    assert [s.of(text) for s in second.cited["approximate"]] == ["about"]
    assert [s.of(text) for s in third.cited["unit"]] == ["miles"]
