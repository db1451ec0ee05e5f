"""Words, their categories, and patterns over categories."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.spans import Span
from onrecord.timex import words


@given(st.text(max_size=60))
def test_words_slice_back_and_do_not_overlap(text):
    """Every word is the characters under its span, in order; no visible character is lost."""
    found = words.words(text, Span(0, len(text)))
    assert [w.span.of(text) for w in found] == [w.text for w in found]
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    covered = {i for w in found for i in range(*w.span)}
    assert all(text[i].isspace() or text[i] == "\u200b" or i in covered or not text[i].isprintable() for i in range(len(text)))


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("three-day", ["three", "-", "day"], "a hyphen is a word"),
        ("2am", ["2", "am"], "a clock without a blank"),
        ("Monday's", ["Monday", "'s"], "a possessive is a word"),
        ("5 o'clock", ["5", "o'clock"], "but not here"),
        ("6:40 p.m. on", ["6:40", "p.m.", "on"], "clock and half of the day"),
        ("the A380s", ["the", "A380s"], "a name with digits is one word"),
        ("1,500 in 2019-03-15", ["1,500", "in", "2019-03-15"], "numbers and dates are one word"),
        ("'90s and 1990s", ["'90s", "and", "1990s"], "decades"),
        ("a\n\nb", ["a", "\n\n", "b"], "line breaks are a word"),
    ],
)
def test_text_is_cut_into_words(text, expected, reason):
    """What belongs together stays together."""
    assert [w.text for w in words.words(text, Span(0, len(text)))] == expected, reason


@pytest.mark.parametrize(
    ("word", "has", "has_not", "reason"),
    [
        ("May", {"MONTH"}, {"CLEAR"}, "a month that is a verb, too"),
        ("may", set(), {"MONTH"}, "months have a capital"),
        ("2020", {"DIGITS", "YEARNUM", "MILITARY"}, {"DAYNUM"}, "a year, a clock, a number"),
        ("20", {"DAYNUM", "HOUR", "TWODIGIT"}, {"YEARNUM"}, "a day, an hour"),
        ("second", {"UNIT", "ORDINAL"}, {"UNITS"}, "a unit and an ordinal"),
        ("21st", {"NTH", "DAYNTH"}, {"DIGITS"}, "an ordinal in digits"),
        ("99:99", set(), {"HHMM"}, "no clock shows it"),
        ("’s", {"POSSESSIVE"}, {"MARK"}, "either apostrophe"),
    ],
)
def test_a_word_has_its_categories(word, has, has_not, reason):
    """The categories of a word, and those that it has not."""
    found = words.categories(word)
    assert has <= found, reason
    assert not has_not & found, reason


@given(st.text(min_size=1, max_size=8).filter(str.strip))
def test_every_word_has_a_letter(text):
    """A shape has one character for each word, whatever the word."""
    grammar = words.grammar(["(?P<m>MONTH) DAYNUM", "the DAYNTH of"])
    found = words.words(text, Span(0, len(text)))
    assert len(grammar.shape(found)) == len(found)


def test_a_pattern_matches_words_not_characters():
    """Names in capitals are categories, others the word itself, groups are ranges of words."""
    grammar = words.grammar(["(?P<m>MONTH) the? (?P<d>DAYNUM|DAYNTH) (COMMA? (?P<y>YEARNUM))?"])
    text = "It ended on May the 9th, 1945 at last"
    found = words.words(text, Span(0, len(text)))
    match = grammar.patterns[0].search(grammar.shape(found))
    assert match is not None
    assert [found[match.start(name)].text for name in "mdy"] == ["May", "9th", "1945"]
