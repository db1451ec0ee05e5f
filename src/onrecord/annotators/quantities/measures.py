"""The words behind and before a number that say what it is measured in: units, currencies, per cent.

`unit_at` finds the longest unit of `data/tables/units.tsv`; `si` gives its value in SI. `sign_before` and `name_behind` find
currencies of `data/tables/currency_words.tsv` and codes of ISO 4217. A dollar, peso or pound is that of the country that its own
words name ("Australian dollars"), else of the country that the text is about, else the usual one; where there is no usual one, it
is no currency that we know.

Known limits: gallons and tons are those of the United States; currencies that are gone (marks, old lire) are not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord import gazetteer
from onrecord.annotators.quantities.words import Word, at, cut

LONGEST = 5
"""The most words of a unit or currency in the tables ("sq. km" is three)."""
EXACT = 3
"""Forms of fewer letters are matched as they stand: "MW" is a unit, "mw" is none; "Rs" is money, "rs" is none."""
WORDS_TOO = frozenset({"ALL", "BAM", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"})
"""Codes that are words, or names, in capitals ("COP 26")."""
PREFIXED = frozenset({"Rs", "Rp", "Tk", "Ksh", "KSh", "TSh", "USh", "Php", "kr", "RM", "RMB", "CFA", "FCFA", "R", "Dh", "Dhs", "SR"})
"""Names of currencies in letters that stand before the number; any other stands behind it."""
AFRICAN = frozenset({"XAF", "XOF", "XCD", "XPF"})
"""Codes in X that people pay with."""
ZERO_CELSIUS = 273.15
DOMINANT = 0.6
"""The share of all mentions of countries with such a currency that a country must have for a bare "$" to be its own: set by hand so
that a page about two countries keeps the usual currency."""


class Measure(NamedTuple):
    """A unit of measure: its singular as written, dimension, SI unit ("" where there is none) and factor to it."""

    unit: str
    dimension: str
    si: str
    factor: float | None


class Found(NamedTuple):
    """A unit or currency in the words of a text: its code or singular, the words first to end (after the last)."""

    unit: str
    first: int
    end: int
    inferred: bool = False
    """Whether the country of the text, not the words, decided the currency."""
    measure: Measure | None = None


def _key(run: Iterable[Word]) -> str:
    """Return the words with single blanks between them; short forms keep their case."""
    plain = " ".join(word.text for word in run)
    return plain if sum(map(str.isalpha, plain)) < EXACT else plain.lower()


# ---- units ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _units() -> Mapping[str, Measure]:
    out: dict[str, Measure] = {}
    for singular, forms, dimension, si_unit, factor in gazetteer.rows("units"):
        measure = Measure(singular, dimension, si_unit, float(factor) if factor else None)
        for form in (singular, *filter(None, forms.split("|"))):
            out.setdefault(_key(cut(form)), measure)
    return out


def measure_of(form: str) -> Measure | None:
    """Return the unit of measure of this form ("miles", "km"), or None."""
    return _units().get(_key(cut(form)))


def unit_at(words: Sequence[Word], first: int) -> Found | None:
    """Return the longest unit that starts at this word, or None."""
    for end in range(min(len(words), first + LONGEST), first, -1):
        measure = _units().get(_key(words[first:end]))
        if measure:
            return Found(measure.unit, first, end, measure=measure)
    return None


def si(value: float | None, measure: Measure | None, *, difference: bool = False) -> tuple[float | None, str | None]:
    """Return a value in SI and the SI unit, (None, None) where there is none.

    `difference`: the value is the amount of a change, which for a temperature is not counted from its zero.
    """
    if value is None or measure is None or not measure.si:
        return None, None
    if measure.factor is not None:
        return float(f"{value * measure.factor:.10g}"), measure.si
    fahrenheit = "F" in measure.unit
    celsius = (value - (0 if difference else 32)) / 1.8 if fahrenheit else value
    return float(f"{celsius + (0 if difference else ZERO_CELSIUS):.10g}"), measure.si


# ---- currencies ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _currencies() -> Mapping[str, Mapping[str, str]]:
    """Return form -> country ("" for any) -> code."""
    out: dict[str, dict[str, str]] = {}
    for forms, code, country in gazetteer.rows("currency_words"):
        for form in forms.split("|"):
            out.setdefault(_key(cut(form)), {})[country] = code
    return out


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in gazetteer.rows("currencies") if code[0] != "X" or code in AFRICAN) - WORDS_TOO


def _code(run: Sequence[Word], country: str | None) -> tuple[str, bool] | None:
    """Return the code that words mean, and whether the country decided; None where they are no currency that is known."""
    if len(run) == 1 and run[0].text in _codes():
        return run[0].text, False
    known = _currencies().get(_key(run), {})
    if country is not None and country in known:
        return known[country], known[country] != known.get("", "" if len(known) > 1 else known[country])
    return (known[""], False) if "" in known else None


def sign_before(words: Sequence[Word], first: int, country: str | None) -> Found | None:
    """Return the currency whose sign or code stands before a number in digits ("US$", "Rs ", "EUR"), or None."""
    for start in range(max(0, first - LONGEST), first):
        run = words[start:first]
        if any(w.spaced for w in run[1:]) or (at(words, start - 1).text.isalnum() and not run[0].spaced):
            continue
        found = _code(run, country)
        letters = run[0].text
        if found and (not letters.isalpha() or len(run) > 1 or letters in _codes() or letters in PREFIXED):
            return Found(found[0], start, first, found[1])
    return None


def name_behind(words: Sequence[Word], first: int, country: str | None) -> Found | None:
    """Return the currency named behind a number ("dollars", "US dollars", "CFA francs", "EUR", a glued "€"), or None."""
    for end in range(min(len(words), first + LONGEST), first, -1):
        run = words[first:end]
        sign = not run[0].text[0].isalpha()
        if sign and (run[0].spaced or at(words, end).is_digits):
            continue
        own = _country(run[:-1]) if end > first + 1 else None
        found = _code(run, country) or (_code(run[-1:], own) if own and run[-1].text.isalpha() else None)
        if found and (sign or len(run[-1].text) > 1):
            return Found(found[0], first, end, found[1] and own is None)
    return None


def _country(run: Sequence[Word]) -> str | None:
    """Return the country that the words between a number and a currency's name say ("Hong Kong", "Australian"), or None."""
    if not run[0].text[0].isupper():
        return None
    known = gazetteer.proper("".join((" " if w.spaced and n else "") + w.text for n, w in enumerate(run)))
    return known.country if known else None


@lru_cache(maxsize=1)
def _with_own_money() -> frozenset[str]:
    """Return the countries whose currency shares its name with another's."""
    return frozenset(country for known in _currencies().values() for country in known if country)


@lru_cache(maxsize=1)
def _shared() -> frozenset[str]:
    return frozenset(form.lower() for form, known in _currencies().items() if len(known) > 1 or "" not in known)


def is_shared(form: str) -> bool:
    """Tell whether a word or sign, in lower case, is for the money of several countries, so that the text's country is asked for."""
    return form in _shared()


def home_country(words: Sequence[Word], text: str) -> str | None:
    """Return the country that a text is about, as far as its money is concerned, or None where none prevails."""
    counts = Counter(
        entry.country
        for _, _, entry in gazetteer.propers(
            [w.text.removesuffix("'s").removesuffix("’s") for w in words], text, [w.span.start for w in words]
        )
        if entry.country in _with_own_money()
    )
    country, most = counts.most_common(1)[0] if counts else (None, 0)
    return country if country and most >= DOMINANT * counts.total() else None
