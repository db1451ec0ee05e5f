"""Krippendorff's alpha against his own examples (Computing Krippendorff's Alpha-Reliability, 2011) and values worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.agreement import alpha

FOUR = ["1 1 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4", "4 4 4 4", "1 1 2 1", "2 2 2 2", "5 5 5", "1 1", "3"]
"""What each of four observers said of twelve units."""


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (zip("0100000010", "1110010000", strict=True), 0.095),  # his example A: 4 of 10 differ; 14 zeros, 6 ones: 1 - 8 * 19 / 168
        (zip("aabbdcccedda", "babbbccceddd", strict=True), 0.692),  # example B: 3 of 12 differ: 1 - 6 * 23 / 448
        ([unit.split() for unit in FOUR], 0.743),  # example C: four observers, with gaps
        ([("x", "x"), ("y", "y")], 1.0),  # all agree, and something varies
        ([("x", "y"), ("y", "x")], -0.5),  # never: observed 4 pairs of 4, expected 8 of 12: 1 - 4 * 3 / 8
        ([("x", "x"), ("x", "x")], None),  # nothing varies
        ([("x",), ("y",)], None),  # nothing is judged twice
        ([], None),
    ],
)  # fmt: skip
def test_alpha_of_small_tables(units: Iterable[Sequence[str]], expected: float | None) -> None:
    """Published values, and some worked out on paper."""
    assert alpha(units) == (pytest.approx(expected, abs=0.0005) if expected is not None else None)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=8), st.randoms())
def test_neither_the_order_of_things_nor_that_of_observers_matters(units: list[list[str]], random: Random) -> None:
    """Nor what the values are called; alpha is at most 1."""
    before = alpha(units)
    renamed = [[{"a": "b", "b": "c", "c": "a"}[value] for value in random.sample(unit, len(unit))] for unit in units]
    random.shuffle(renamed)
    assert alpha(renamed) == (pytest.approx(before) if before is not None else None)
    assert before is None or before <= 1
