"""Numbers that count or measure, read from a text alone: values, bounds, money, units, ranges, and what is no figure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.quantities import quantities
from onrecord.annotators.quantities.readings import readings
from onrecord.lexicons import Bound, builtin

Row = tuple[str, float | None, float | None, float | None, str | None]


def read(text: str) -> list[Row]:
    """Give span text, value, low, high and unit of each quantity."""
    return [(q.span.of(text), q.value, q.low, q.high, q.unit) for q in quantities(text)]


def reasons(text: str) -> list[str]:
    """Give why the numbers of a text are none."""
    return [refused.reason for refused in readings(text, builtin().bounds)[1]]


@pytest.mark.parametrize(
    ("text", "span", "value", "why"),
    [
        ("There were 2,500 men.", "2,500", 2500, "thousands separators"),
        ("some 2.9 million people", "2.9 million", 2.9e6, "digits and a scale word"),
        ("415 thousand priests", "415 thousand", 415000, "a scale below a million"),
        ("Two hundred and fifty thousand left.", "Two hundred and fifty thousand", 250000, "the second scale takes all before it"),
        ("one hundred thousand and one homes", "one hundred thousand and one", 100001, "a smaller part behind two scale words"),
        ("one thousand two hundred homes", "one thousand two hundred", 1200, "a smaller part without and"),
        ("twenty-two hostages", "twenty-two", 22, "a hyphen within a number"),
        ("four-and-a-half million refugees", "four-and-a-half million", 4.5e6, "a half before the scale"),
        ("a further million-and-a-half came", "million-and-a-half", 1.5e6, "a bare scale with a half"),
        ("2½ miles", "2½", 2.5, "a fraction glyph behind digits"),
        ("half a dozen tanks", "half a dozen", 6, "half of a scale"),
        ("half a million votes", "half a million", 500000, "half of a scale, to be counted"),
        ("a quarter of a million votes", "a quarter of a million", 250000, "a fraction of a scale"),
        ("a couple of guns", "a couple", 2, "a couple of things"),
        ("a couple of hundred men", "a couple of hundred", 200, "a couple of a scale"),
        ("a dozen towns", "a dozen", 12, "an article before a scale"),
        ("5,000 crore voters", "5,000 crore", 5e10, "Indian scales"),
        ("40k followers", "40k", 40000, "a glued scale"),
        ("sold 10m phones, up from 8m", "8m", 8e6, "millions, as the number before it says"),
        ("the 10m tower", "10", 10, "metres, where nothing says millions"),
        ("two-thirds of them", "two-thirds", 0.6667, "a fraction has four digits"),
        ("a third of the seats", "a third", 0.3333, "a fraction of something"),
        ("one in five adults", "one in five", 0.2, "a ratio in words"),
        ("one out of every hundred pupils", "one out of every hundred", 0.01, "a ratio with every"),
        ("he served half his sentence", "half", 0.5, "half before a possessive"),
    ],
)
def test_numbers_in_digits_and_words(text: str, span: str, value: float, why: str) -> None:
    """A number's span is its own words, its value what they say."""
    assert (span, value) in [(row[0], row[1]) for row in read(text)], why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("hundreds of men", ("hundreds", None, 200, None), "twice the scale"),
        ("dozens were hurt", ("dozens", None, 24, None), "two dozen at least"),
        ("tens of thousands marched", ("tens of thousands", None, 20000, None), "twenty times the scale"),
        ("hundreds of thousands fled", ("hundreds of thousands", None, 200000, None), "two hundred times the scale"),
        ("tens or hundreds of thousands", ("tens or hundreds of thousands", None, 20000, None), "the lesser of the two"),
        ("several thousand people", ("several thousand", None, 3000, None), "several are three at least"),
        ("a few hundred", ("a few hundred", None, 300, None), "as many as several"),
        ("at least 20 dead", ("20", None, 20, None), "a bound stands alone"),
        ("over 200 people", ("200", None, 200, None), "over a number"),
        ("up to 5 boats", ("5", None, None, 5), "an upper bound"),
        ("fewer than two hundred", ("two hundred", None, None, 200), "an upper bound before words"),
        ("four or more people", ("four", None, 4, None), "a bound behind the number"),
        ("20 people or more", ("20", None, 20, None), "a bound behind what is counted"),
        ("more than a million people", ("a million", None, 1e6, None), "the article belongs to the number"),
        ("at least about nine million votes", ("nine million", None, 9e6, None), "an estimate within a bound"),
        ("about 100 men", ("100", 100, None, None), "an estimate is no bound"),
        ("36 to 40 people", ("36 to 40", 38, 36, 40), "a range has its middle as value"),
        ("between 36 and 40 people", ("36 and 40", 38, 36, 40), "between and and"),
        ("five or six feet", ("five or six", 5.5, 5, 6), "or between neighbours"),
        ("an estimated two-to-three hundred boats", ("two-to-three hundred", 250, 200, 300), "a shared scale"),
        ("from 36 to 40 people", ("36 to 40", 38, 36, 40), "from and to without a change"),
        ("more than half of them", ("half", None, 0.5, None), "a bound on a fraction"),
    ],
)
def test_bounds_ranges_and_vague_numbers(text: str, expected: tuple[str, float | None, float | None, float | None], why: str) -> None:
    """Bounds have no value, ranges have their middle, vague plurals have a lower bound."""
    assert [row[:4] for row in read(text)] == [expected], why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("US$500", ("US$500", 500, "USD"), "a sign with its country"),
        ("it cost $40bn", ("$40bn", 4e10, "USD"), "a bare dollar is the usual one"),
        ("US$ 40 billion", ("US$ 40 billion", 4e10, "USD"), "a tokeniser's blank"),
        ("USD15 an hour", ("USD15", 15, "USD"), "a code before the number"),
        ("A$300 million", ("A$300 million", 3e8, "AUD"), "another country's sign"),
        ("£17,500", ("£17,500", 17500, "GBP"), "a sign that means one currency"),
        ("38.8 million euro", ("38.8 million euro", 3.88e7, "EUR"), "a name behind the number"),
        ("nine billion US dollars", ("nine billion US dollars", 9e9, "USD"), "a country before the name"),
        ("1.5 billion Canadian dollars", ("1.5 billion Canadian dollars", 1.5e9, "CAD"), "a demonym before the name"),
        ("50 million CFA francs", ("50 million CFA francs", 5e7, "XOF"), "a name of two words"),
        ("20 Swiss francs", ("20 Swiss francs", 20, "CHF"), "a franc with its country"),
        ("$9.99 US dollars", ("$9.99 US dollars", 9.99, "USD"), "sign and name"),
        ("Rs 200 in India", ("Rs 200", 200, "INR"), "the country of the text decides"),
        ("the Australian plan will cost Australians $45 million", ("$45 million", 4.5e7, "AUD"), "a dollar of the text's country"),
        ("3 trillion won", ("3 trillion won", 3e12, "KRW"), "a name that is also a verb"),
        ("12%", ("12%", 12, "percent"), "the sign is in the span"),
        ("90 per cent of it", ("90 per cent", 90, "percent"), "per cent in two words"),
        ("a fall to -20%", ("-20%", -20, "percent"), "below zero"),
        ("plus or minus 3%", ("3%", 3, "percent"), "an interval's half, not below zero"),
        ("0.3 percentage points", ("0.3 percentage points", 0.3, "percentage point"), "points are no per cent"),
    ],
)
def test_money_and_per_cent_are_inside_the_span(text: str, expected: tuple[str, float, str], why: str) -> None:
    """Currency and per-cent sign belong to the span; codes are ISO 4217."""
    assert [(span, value, unit) for span, value, _, _, unit in read(text)] == [expected], why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("billions of euros were lost", ("billions of euros", None, 2e9, None, "EUR"), "vague money"),
        ("tens of millions of dollars", ("tens of millions of dollars", None, 2e7, None, "USD"), "vague money with two scales"),
        ("between €3 and €4 billion", ("€3 and €4 billion", 3.5e9, 3e9, 4e9, "EUR"), "the scale is shared"),
        ("15–25 million dollars", ("15–25 million dollars", 2e7, 1.5e7, 2.5e7, "USD"), "scale and currency are shared"),
        ("about 16–17 percent", ("16–17 percent", 16.5, 16, 17, "percent"), "the sign is shared"),
        ("$12 million to $20 million", ("$12 million to $20 million", 1.6e7, 1.2e7, 2e7, "USD"), "both have all"),
        ("below US$10,000", ("US$10,000", None, None, 10000, "USD"), "below money is a bound"),
    ],
)
def test_money_with_bounds_and_ranges(text: str, expected: Row, why: str) -> None:
    """Scales and currencies are shared over a range."""
    assert read(text) == [expected], why


@pytest.mark.parametrize(
    ("text", "unit", "si", "why"),
    [
        ("70 miles", "mile", (112654.08, "m"), "the singular as written"),
        ("400 km", "km", (400000.0, "m"), "abbreviations stay"),
        ("500km of wiring", "km", (500000.0, "m"), "glued to the digits"),
        ("a five-foot tusk", "foot", (1.524, "m"), "joined by a hyphen"),
        ("75 miles per hour", "mile per hour", (33.528, "m/s"), "a unit of several words"),
        ("5,000 acres", "acre", (20234282.11, "m2"), "areas"),
        ("40 degrees Celsius", "degree Celsius", (313.15, "K"), "temperatures are no products"),
        ("212 degrees Fahrenheit", "degree Fahrenheit", (373.15, "K"), "nor are these"),
        ("200 pounds", "pound", (90.718474, "kg"), "pounds without a country are a weight"),
        ("6,000 megawatts", "megawatt", (6e9, "W"), "power"),
        ("a magnitude 6.6-magnitude quake", "magnitude", (None, None), "a measure without SI"),
    ],
)
def test_units_of_measure_stand_outside_of_the_span(text: str, unit: str, si: tuple[float | None, str | None], why: str) -> None:
    """The unit is the singular as written, the span the number alone; SI stands beside."""
    found = quantities(text)[0]
    assert (found.unit, (found.value_si, found.unit_si)) == (unit, si), why
    assert not any(c.isalpha() for c in found.span.of(text)) or found.span.of(text) == "five", why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Adamowicz, 53, has died.", "an age behind a name"),
        ("James Fields, now 22, was sentenced.", "an age with now"),
        ("Quirin and Redouane, 40 and 49, left.", "the ages of two"),
        ("He died aged 55.", "aged"),
        ("at the age of 68", "the age of"),
        ("a 25-year-old man", "an age with hyphens"),
        ("the 22nd amendment", "an ordinal"),
        ("a third attack", "an ordinal that could be a fraction"),
        ("COVID-19 spread.", "a name with a hyphen"),
        ("an AR-15 and the M16", "names with digits glued"),
        ("the A320 flew", "a model"),
        ("They flew a Boeing 747.", "a name before the number"),
        ("Article 5 of the treaty", "a label"),
        ("Republic Act No. 7966", "a numbered act"),
        ("the storm in phase 3", "a label in lower case"),
        ("at 36 Quai des Orfevres", "an address"),
        ("She phoned 911.", "a telephone number"),
        ("They won 3-1.", "a score"),
        ("a 47-43 lead", "a lead"),
        ("20 years", "a length of time"),
        ("a two-day visit", "a length of time with a hyphen"),
        ("a two-party system", "a sort of thing"),
        ("three times", "a frequency"),
        ("at 7 p.m.", "a clock"),
        ("at 10:30", "a clock in digits"),
        ("on 5 March", "a date"),
        ("in 2019 and later", "a year"),
        ("version 2.0.1", "a version"),
        ("the Group of 20", "a club"),
        ("[3] says so", "a reference"),
        ("1. Buy bread", "a list number"),
        ("at half-mast", "half in a word"),
        ("They shared a high-five.", "a number in a word"),
        ("Sweden defeated Korea 1-0.", "a score beside a word of winning"),
        ("Ground Zero", "a name in words"),
        ("a zero-tolerance rule", "a set phrase"),
        ("(UTC+0900)", "an offset of time"),
    ],
)
def test_numbers_that_are_no_figures(text: str, why: str) -> None:
    """Dates, clocks, ages, ordinals, scores, names and list numbers are no figures."""
    assert read(text) == [], why


def test_a_refusal_says_why() -> None:
    """What is refused is kept with its reason, for explain."""
    assert reasons("Kowal, 53, has died aboard Flight 747.") == ["an age", "a number that names: flight"]


def test_votes_for_and_against_are_two_figures() -> None:
    """A pair of numbers near a word of voting is two figures of votes, whichever is more."""
    expected = [("31", 31, None, None, "vote"), ("12", 12, None, None, "vote")]
    assert read("The charter passed by votes of 31-to-12.") == expected
    assert read("The senate voted 31-12 for it.") == expected
    assert [row[1] for row in read("It was approved 5 to 8 in a ballot.")] == [5, 8]


def test_a_change_is_no_range() -> None:
    """Beside a word of change "from X to Y" is two numbers."""
    assert [row[1] for row in read("The toll rose from 14 to 31.")] == [14, 31]
    assert [row[1] for row in read("cut the number from 180 to 5")] == [180, 5]
    assert [row[0] for row in read("prices rose, ranging from $5 to $10")] == ["$5 to $10"]


def test_capitals_say_nothing_in_a_headline() -> None:
    """Where nearly every word has a capital a number word with one is no name."""
    assert [row[1] for row in read("Bomb Kills Seven Civilians in Kabul Market")] == [7]
    assert read("The Five Star Movement met the president in Rome yesterday.") == []


def test_the_dollar_of_a_page_about_two_countries_is_the_usual_one() -> None:
    """Only a country that prevails makes a bare dollar its own."""
    assert [row[4] for row in read("Australia and the United States will pay $5 million.")] == ["USD"]


@pytest.mark.parametrize("bound", builtin().bounds, ids=lambda bound: bound.id)
def test_every_bound_is_found_in_its_examples_only(bound: Bound) -> None:
    """The lexicon's examples and counterexamples hold."""

    def own(text: str) -> bool:
        return any(r.bound == bound or (bound.gives == "about" and r.about) for r in readings(text, [bound])[0])

    assert bound.examples
    assert bound.counterexamples
    for example in bound.examples:
        assert own(example), example
    for counterexample in bound.counterexamples:
        assert not own(counterexample), counterexample


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_separators_are_their_number(number: int) -> None:
    """Any count in digits is read back."""
    assert [row[1] for row in read(f"They counted {number:,} of them.")] == [number]


ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
ONES += ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spell(number: int) -> str:
    """Spell a number below a billion as English does."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for scale, word in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if rest and rest < 100 else " "
            return spell(number // scale) + " " + word + (joint + spell(rest) if rest else "")
    raise AssertionError


@settings(max_examples=400)
@given(st.integers(min_value=2, max_value=10**6 - 1) | st.sampled_from([10**n + m for n in range(2, 6) for m in (0, 1, 20, 99)]))
def test_spelled_numbers_are_their_number(number: int) -> None:
    """Any count in words below a million is read back."""
    text = f"They counted {spell(number)} of them."
    assert [row[1] for row in read(text)] == [number]


@given(st.text(alphabet="0123456789 ,.-–$€%abcdehmnorstuvw'\n½/()", max_size=60))
def test_any_text_is_read_and_every_span_slices(text: str) -> None:
    """Nothing that is written makes the reader fail; spans lie in the text, do not overlap and say something."""
    found = quantities(text)
    for quantity in found:
        assert quantity.span.of(text).strip()
        assert not (quantity.value is None and quantity.low is None and quantity.high is None)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
