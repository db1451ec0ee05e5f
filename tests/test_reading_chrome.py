"""What a line is by its own words."""

from __future__ import annotations

import pytest

from onrecord.reading.chrome import navigation, reason, rules, teaser

CASES = [(rule, line, True) for rule in rules() for line in rule.examples] + [
    (rule, line, False) for rule in rules() for line in rule.counterexamples
]


@pytest.mark.parametrize(("rule", "line", "taken"), CASES, ids=lambda v: getattr(v, "id", str(v)[:40]))
def test_each_rule_takes_its_examples_and_none_of_its_counterexamples(rule, line, taken):
    """A rule carries its own proof."""
    assert rule.takes(line) is taken


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_no_rule_is_without_proof(rule):
    """Every rule has examples and counterexamples."""
    assert rule.examples
    assert rule.counterexamples


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_what_one_rule_takes_as_chrome_no_earlier_rule_takes_for_the_article(rule):
    """The order of rules never turns an example into prose: whatever rule decides, the line is not body."""
    for line in rule.examples:
        assert reason(line) is not None, line


LINES = [
    ("Home | Nation | World | Markets | Weather | Classifieds", "ui", "a menu of known words"),
    ("Gardening | Fishing | Beekeeping", "navigation", "a menu of unknown words"),
    ("Home  News  Politics  Business  Sport  Weather", "ui", "a menu set apart by blanks"),
    ("News > Region", "ui", "a path"),
    ("Share this | Print | E-mail | Text size: A A A", "ui", "buttons"),
    ("Accept cookies | Settings", "ui", "a cookie bar"),
    ("18 Jan 2025  Lighthouse painters ask for a raise", "teaser", "a dated headline"),
    ("- Storm damages 80 roofs - 7 Apr 2020", "teaser", "a dated headline with its date behind"),
    ("Rents rise faster than wages (August 20, 2025)", "teaser", "a dated headline with its date in brackets"),
    ("The treaty was signed in Prague on April 8, 2010.", None, "a sentence with a date at its end"),
    ("Published: August 22, 2020", None, "a date line is no teaser"),
    ("Unproved claim", None, "a crosshead"),
    ("He said so.", None, "a short sentence"),
    ("The opposition - divided, tired, and leaderless - did not vote.", None, "dashes are no bars"),
]


@pytest.mark.parametrize(("line", "code", "why"), LINES)
def test_a_line_gets_its_reason_code_or_none(line, code, why):
    """Menus, buttons and dated headlines are known by their shape; prose and crossheads are left to their place."""
    found = reason(line)
    assert (found.code if found else None) == code, why


def test_shapes_are_told_apart():
    """A menu is no teaser, a teaser no menu."""
    assert navigation("Rivers | Lakes | Ponds")
    assert not teaser("Rivers | Lakes | Ponds")
    assert teaser("7 Apr 2020 Storm damages 80 roofs")
    assert not navigation("7 Apr 2020 Storm damages 80 roofs")
