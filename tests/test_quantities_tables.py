"""The tables of number words, units, currencies, labels and persons are whole and agree with each other."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord import gazetteer
from onrecord.annotators.quantities import measures

KEYS = {
    "aspects": (0, 1, 3),
    "change_words": (0,),
    "currency_words": (0, 2),
    "number_labels": (0, 1),
    "number_words": (0, 1),
    "persons": (0,),
    "units": (0,),
}
"""For each table the columns that make a row one of its kind."""


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_no_row_is_there_twice(table: str, key: tuple[int, ...]) -> None:
    """Each entry stands once, and no field has blanks around it."""
    rows = gazetteer.rows(table)
    counts = Counter(tuple(row[column] for column in key) for row in rows)
    assert [k for k, n in counts.items() if n > 1] == []
    assert [field for row in rows for field in row if field != field.strip()] == []


def test_every_currency_word_has_a_code_and_a_country_that_exist() -> None:
    """Codes are of ISO 4217, countries of ISO 3166."""
    codes = {code for code, _ in gazetteer.rows("currencies")}
    wrong = [row for row in gazetteer.rows("currency_words") if row[1] not in codes or (row[2] and row[2] not in gazetteer.countries())]
    assert wrong == []


def test_every_unit_of_a_dimension_has_the_same_si_unit() -> None:
    """Lengths are in metres throughout; a factor is above zero."""
    si: dict[str, set[str]] = {}
    for _, _, dimension, unit, factor in gazetteer.rows("units"):
        si.setdefault(dimension, set()).add(unit)
        assert not factor or float(factor) > 0
    assert {dimension: units for dimension, units in si.items() if len(units) > 1} == {}


@pytest.mark.parametrize(
    ("form", "value", "si", "why"),
    [
        ("miles", 1, (1609.344, "m"), "the international mile"),
        ("km", 400, (400000.0, "m"), "an abbreviation"),
        ("KM", 1, None, "short forms are matched as they stand"),
        ("Feet", 1, (0.3048, "m"), "long forms in any case"),
        ("sq. km", 2, (2e6, "m2"), "points within a form"),
        ("barrels per day", 86400, (0.1589872949, "m3/s"), "a rate"),
        ("°F", 32, (273.15, "K"), "temperatures are no products"),
        ("percentage points", 1, (None, None), "a ratio has no SI unit"),
    ],
)
def test_units_are_found_by_their_forms(form: str, value: float, si: tuple[float | None, str | None] | None, why: str) -> None:
    """Each form of the table is found, others are not."""
    measure = measures.measure_of(form)
    assert (measures.si(value, measure) if measure else None) == si, why
