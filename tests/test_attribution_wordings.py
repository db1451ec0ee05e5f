"""Wordings: each family by its examples and counterexamples."""

from __future__ import annotations

import re

import pytest

from onrecord.attribution.wordings import Wording, wording, wordings


@pytest.mark.parametrize("family", wordings(), ids=lambda family: family.id)
def test_families(family: Wording) -> None:
    """A family of words takes each of its examples and none of its counterexamples."""
    pattern = re.compile(family.pattern, re.IGNORECASE)
    find = pattern.match if family.id.startswith(("refusal.", "onward.", "unnamed.")) else pattern.search
    assert [words for words in family.examples if not find(words)] == []
    assert [words for words in family.counterexamples if find(words)] == []


def test_every_family_has_an_example() -> None:
    """No family stands in the file without proof."""
    assert [family.id for family in wordings() if not family.examples] == []


def test_words_that_lead_in_are_passed_over() -> None:
    """A quoted refusal is known behind marks and words that lead in."""
    assert wording("refusal", opening=True).match("“Well, frankly, no comment.")
    assert wording("refusal", opening=True).match("“We were asked for no comment.") is None
