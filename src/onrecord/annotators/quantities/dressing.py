"""A bare number to a number with what it is measured in: a glued scale, a currency before or behind, per cent, a unit.

    40bn · $15m · US$1.4 billion · 12 million US dollars · billions of euros · 90 per cent · a 15-mile march · 500km

Known limits: "10m" is ten metres unless money, a noun in the plural or another glued scale nearby says that it is ten million; pounds
are a weight unless they come in millions or the page is about a country that pays in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.annotators.quantities import measures
from onrecord.annotators.quantities.measures import Found
from onrecord.annotators.quantities.numerals import Number, rounded
from onrecord.annotators.quantities.words import HYPHENS, Word, at, value_of

PER_CENT = frozenset({"percent", "percentage point"})
"""Units that stand within the span, as currencies do."""
CLAUSE = 25
"""How many words back another glued scale ("1.4bn people and Russia 144m") decides what "m" is: the length of a sentence."""
NOUN_TOO = frozenset({"foot", "yard"})
"""Units that are also the first noun of a compound ("ten foot soldiers")."""


class Dressed(NamedTuple):
    """A number with its currency or unit, by words: first to end (after the last) are the figure's span."""

    number: Number
    first: int
    end: int
    money: Found | None = None
    unit: Found | None = None

    @property
    def measured(self) -> bool:
        """Tell whether there is a currency, per cent or unit."""
        return self.money is not None or self.unit is not None

    @property
    def behind(self) -> int:
        """The index behind the number and its unit."""
        return max(self.end, self.unit.end if self.unit else 0)


def dress(words: Sequence[Word], number: Number, country: str | None) -> Dressed:
    """Return the number with what stands around it; `country` is the one whose money a bare "$" is."""
    return _signed(words, _dress(words, number, country))


def _signed(words: Sequence[Word], dressed: Dressed) -> Dressed:
    """Return a measured number below zero with its sign ("-20C", "minus 40 degrees"); elsewhere a dash is no sign."""
    sign, before, value = at(words, dressed.first - 1), at(words, dressed.first - 2), dressed.number.value
    glued = sign.text in {"-", "−"} and not at(words, dressed.first).spaced and (sign.spaced or not before.text)
    signed = glued or (sign.lower == "minus" and before.lower != "or")
    if not dressed.measured or value is None or not signed or before.is_digits:
        return dressed
    return dressed._replace(number=dressed.number._replace(value=-value), first=dressed.first - 1)


def _dress(words: Sequence[Word], number: Number, country: str | None) -> Dressed:
    sign = measures.sign_before(words, number.first, country) if at(words, number.first).is_digits else None
    number = _suffixed(words, number, money=sign is not None)
    here = over_hyphen(words, number.end)
    of = number.form == "vague" and at(words, here).lower == "of"
    name = measures.name_behind(words, here + of, country)
    if sign:
        fits = name is not None and (name.unit == sign.unit or at(words, sign.end - 1).text == "$")
        return Dressed(number, sign.first, name.end, money=name) if name and fits else Dressed(number, sign.first, number.end, money=sign)
    unit = measures.unit_at(words, here)
    if name and not (unit and _is_weight(words, number, name)):
        return Dressed(number, number.first, name.end, money=name)
    if unit and unit.unit in PER_CENT:
        return Dressed(number, number.first, unit.end, unit=unit)
    return Dressed(number, number.first, number.end, unit=unit if unit and _measures(words, number, unit) else None)


def over_hyphen(words: Sequence[Word], index: int) -> int:
    """Return the index behind a hyphen that joins a number and a word ("a 15-mile march"), else the same."""
    hyphen = at(words, index)
    return index + 1 if hyphen.text in HYPHENS and not hyphen.spaced and not at(words, index + 1).spaced else index


def _suffixed(words: Sequence[Word], number: Number, *, money: bool) -> Number:
    """Multiply digits by a scale that is glued to them ("40bn", "$15m", "20k")."""
    suffix = at(words, number.end)
    scale = value_of(suffix, "suffix")
    if scale is None or number.value is None or number.scale > 1 or not at(words, number.first).is_digits:
        return number
    short = len(suffix.text) == 1
    if suffix.spaced and short and not money:
        return number
    if short and suffix.lower != "k" and not money and not _millions(words, number.end):
        return number
    return number._replace(end=number.end + 1, value=rounded(number.value * scale), scale=scale)


def _millions(words: Sequence[Word], index: int) -> bool:
    """Tell whether the "m" glued to digits means millions: of a noun in the plural behind it, or as with a number shortly before."""
    behind = at(words, index + 1)
    if at(words, index).lower != "m":
        return False
    if behind.spaced and (behind.lower == "people" or (behind.text.islower() and behind.lower.endswith("s") and len(behind.text) > 4)):
        return True
    return any(
        words[k].is_digits
        and not words[k + 1].spaced
        and (
            words[k + 1].lower in {"bn", "tn", "mn"} or (words[k + 1].lower == "m" and k + 1 != index and _millions(words[: k + 4], k + 1))
        )
        for k in range(max(0, index - CLAUSE), index - 1)
    )


def _is_weight(words: Sequence[Word], number: Number, name: Found) -> bool:
    """Tell whether "pounds" are a weight: no millions of them, and no sign that the money of the page's country is meant."""
    return name.end == name.first + 1 and at(words, name.first).lower in {"pound", "pounds"} and not name.inferred and number.scale < 10**6


def _measures(words: Sequence[Word], number: Number, unit: Found) -> bool:
    """Tell whether a unit's form is one here: "m" and "g" behind digits only, no "foot soldiers", no "first-degree murder"."""
    form, behind = at(words, unit.first), at(words, unit.end)
    if len(form.text) <= 2 and form.text.isalpha():
        return at(words, number.first).is_digits and not (form.text in {"C", "F"} and form.spaced)
    if form.lower == "degree" and unit.end == unit.first + 1:
        return False
    return not (form.lower in NOUN_TOO and unit.first == number.end and number.value != 1 and behind.text.islower())
