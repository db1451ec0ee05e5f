"""Words to numbers: cardinals, scales, fractions and vague plurals, in digits or in letters.

    2,500 · 2.9 million · two hundred and fifty thousand · four-and-a-half million · half a dozen · a couple of hundred
    two-thirds · a quarter of · one in five · 2½ · hundreds · tens of thousands · several thousand

`read` looks at one place and returns what starts there; it does not look whether that number counts anything. Fractions have four
digits behind the point. Vague plurals have no value but a lower bound: twice the scale ("hundreds": 200), the scale times twenty
for "tens of", three times the scale for "several".

Known limits: English only; no numbers in Roman numerals; "a hundred and one" in the sense of many is 101.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.annotators.quantities.words import HYPHENS, Word, at, table, value_of

Form = Literal["digits", "words", "fraction", "vague", "range"]
DIGITS_AFTER_POINT = 4
ARTICLES = frozenset({"a", "an"})
BEFORE_BARE_SCALE = frozenset({"per", "every", "each", "additional", "another", "estimated", "extra", "further", "the", "half", "-"})
"""What stands before a scale word that is a number alone: "per thousand", "a further million-and-a-half"."""
WHOLES = frozenset({"of", "the", "its", "his", "her", "their", "our", "my", "your", "that", "those", "these", "this", "such"})
"""What may stand behind "half" or "a third" where they are fractions."""
BEFORE_FRACTION = frozenset({"than", "about", "nearly", "almost", "over", "by", "roughly", "around"})
"""What makes "half" or "a third" a fraction where nothing follows."""
NO_HALF = frozenset({"first", "second", "other", "top", "bottom", "-"})
"""Before "half" these make it a part of a game, a building or a word."""


class Number(NamedTuple):
    """A number as read: words first to end (after the last); one of `value` and `low` at least is set."""

    first: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    form: Form
    scale: float = 1.0
    """The scale word's value: what a range may share ("two to three *million*")."""


def read(words: Sequence[Word], first: int) -> Number | None:
    """Return the number that starts at this word, the longest reading there is, or None."""
    return _vague(words, first) or _fraction(words, first) or _cardinal(words, first)


def _joint(words: Sequence[Word], index: int) -> int:
    """Return the index behind a hyphen that glues two words, else the same index."""
    return index + 1 if at(words, index).text in HYPHENS and not at(words, index).spaced and not at(words, index + 1).spaced else index


def rounded(value: float) -> float:
    """Return a value as records hold it: without the noise of binary fractions."""
    return float(f"{value:.12g}")


# ---- cardinals -----------------------------------------------------------------------------------------------------


def _cardinal(words: Sequence[Word], first: int) -> Number | None:
    start = _start(words, first)
    if start is None:
        return None
    value, end, form = start
    value, end, scale = _scaled(words, end, value)
    if scale > 1 or form == "words":
        half = _and_a_half(words, end)
        if half:
            value, end = value + 0.5 * scale, half
            if scale == 1:
                value, end, scale = _scaled(words, end, value)
        elif form == "words":
            value, end = _rest(words, end, value)
    return Number(first, end, rounded(value), None, None, form, scale)


def _start(words: Sequence[Word], first: int) -> tuple[float, int, Form] | None:
    """Return the value before any scale word, the index behind it and its form."""
    word, behind = at(words, first), at(words, first + 1)
    if word.is_digits:
        value = float(word.text.replace(",", ""))
        return _mixed(words, first + 1, value)
    glyph = value_of(word, "glyph")
    if glyph is not None:
        return glyph, first + 1, "fraction"
    if word.lower in ARTICLES and behind.spaced:
        half = behind.lower == "half"
        scale = _joint(words, first + 2) if half else first + 1
        return (0.5 if half else 1.0, scale, "words") if value_of(at(words, scale), "scale") else None
    if word.lower == "half":
        scale = first + 2 if behind.lower in ARTICLES else _joint(words, first + 1)
        return (0.5, scale, "words") if value_of(at(words, scale), "scale") else None
    if value_of(word, "scale") and (at(words, first - 1).lower in BEFORE_BARE_SCALE or _and_a_half(words, first + 1)):
        return 1.0, first, "words"
    small = _below_hundred(words, first)
    return (small[0], small[1], "words") if small else None


def _mixed(words: Sequence[Word], end: int, value: float) -> tuple[float, int, Form]:
    """Add what "½" and "1/2" behind digits add."""
    glyph = value_of(at(words, end), "glyph")
    if glyph is not None:
        return value + glyph, end + 1, "digits"
    upper, slash, lower = (at(words, end + n) for n in range(3))
    if upper.spaced and upper.text.isdigit() and slash.text == "/" and lower.text.isdigit() and 0 < int(upper.text) < int(lower.text) < 17:
        return value + int(upper.text) / int(lower.text), end + 3, "digits"
    return value, end, "digits"


def _below_hundred(words: Sequence[Word], first: int) -> tuple[float, int] | None:
    tens = value_of(at(words, first), "tens")
    if tens is None:
        small = value_of(at(words, first), "ones", "teens")
        return (small, first + 1) if small is not None else None
    ones = value_of(at(words, _joint(words, first + 1)), "ones")
    return (tens + ones, _joint(words, first + 1) + 1) if ones else (tens, first + 1)


def _scaled(words: Sequence[Word], end: int, value: float) -> tuple[float, int, float]:
    """Multiply by the scale words that follow ("hundred thousand"); return value, end and their product."""
    total = 1.0
    while True:
        here = _joint(words, end)
        scale = value_of(at(words, here), "scale")
        if scale is None or (total > 1 and scale <= total):
            return value * total, end, total
        total, end = total * scale, here + 1


def _and_a_half(words: Sequence[Word], end: int) -> int | None:
    """Return the index behind "and a half", hyphenated or not, or None."""
    here = end
    for expected in ("and", "a", "half"):
        here = _joint(words, here)
        if at(words, here).lower != expected:
            return None
        here += 1
    return here


def _rest(words: Sequence[Word], end: int, value: float) -> tuple[float, int]:
    """Add the smaller part behind a scale word ("two hundred *and fifty* thousand", "one thousand two hundred")."""
    scale = _last_scale(words, end)
    while scale >= 100:
        here = _joint(words, end)
        joined = at(words, here).lower == "and"
        small = _below_hundred(words, _joint(words, here + joined))
        if small is None or small[0] == 0:
            return value, end
        part, after, _ = _scaled(words, small[1], small[0])
        lesser = _last_scale(words, after)
        if lesser > scale and value < lesser:  # "two hundred and fifty thousand": all of it is thousands
            value, end, scale = (value + small[0]) * lesser, after, lesser
        elif part < scale and (lesser > 1 or scale == 100 or (joined and scale == 1000)):
            value, end, scale = value + part, after, lesser
        else:
            return value, end
    return value, end


def _last_scale(words: Sequence[Word], end: int) -> float:
    """Return the value of the scale word that ends before an index, or 1."""
    return value_of(at(words, end - 1), "scale") or 1.0


# ---- fractions -----------------------------------------------------------------------------------------------------


def _fraction(words: Sequence[Word], first: int) -> Number | None:
    part = _parts(words, first) or _part(words, first)
    return _slashed(words, first) or _ratio(words, first) or (_of_scale(words, part) if part else None)


def _of_scale(words: Sequence[Word], number: Number) -> Number:
    """Return a fraction of a scale word as the number that it is ("a quarter of a million")."""
    here = number.end
    scale = value_of(at(words, here + 2), "scale") if at(words, here).lower == "of" and at(words, here + 1).lower in {"a", "one"} else None
    if scale is None or number.value is None:
        return number
    return Number(number.first, here + 3, rounded(number.value * scale), None, None, "words", scale)


def _made(first: int, end: int, value: float) -> Number:
    return Number(first, end, round(value, DIGITS_AFTER_POINT), None, None, "fraction")


def _slashed(words: Sequence[Word], first: int) -> Number | None:
    """Read "1/3 of" and "2/3 majority"."""
    upper, slash, lower = (at(words, first + n) for n in range(3))
    if not (upper.text.isdigit() and slash.text == "/" and lower.text.isdigit()) or slash.spaced or lower.spaced:
        return None
    if not 0 < int(upper.text) < int(lower.text) < 17 or at(words, first + 3).text == "/":
        return None
    return _made(first, first + 3, int(upper.text) / int(lower.text)) if at(words, first + 3).lower in {"of", "majority"} else None


def _ratio(words: Sequence[Word], first: int) -> Number | None:
    """Read "one in five", "nine in 10" and "one out of every hundred"; "11 out of 14" are two counts."""
    upper = _small(words, first)
    if upper is None:
        return None
    value, here = upper
    every = False
    if at(words, here).lower == "out" and at(words, here + 1).lower == "of":
        every = at(words, here + 2).lower == "every"
        here += 3 if every else 2
    elif at(words, here).lower == "in":
        every = at(words, here + 1).lower == "every"
        here += 2 if every else 1
    else:
        return None
    lower = _cardinal(words, here)
    if lower is None and every and (scale := value_of(at(words, here), "scale")):
        lower = Number(here, here + 1, scale, None, None, "words")
    if lower is None or lower.value is None or not value < lower.value:
        return None
    base = lower.value
    plain = base in {5, 10} or (base <= 10 and value == base - 1) or (value == 1 and (base <= 10 or base % 10 == 0))
    if every or (plain and not _measured(words, lower.end)):
        return _made(first, lower.end, value / base)
    return None


def _measured(words: Sequence[Word], end: int) -> bool:
    """Tell whether "one in five attacks" goes on with what the second number counts by itself: a time, an amount."""
    return at(words, end).lower in {"%", "percent", "per", "days", "years", "months", "weeks", "hours", "minutes", "million"}


def _small(words: Sequence[Word], first: int) -> tuple[float, int] | None:
    word = at(words, first)
    if word.text.isdigit() and len(word.text) <= 2:
        return float(word.text), first + 1
    return _below_hundred(words, first)


def _parts(words: Sequence[Word], first: int) -> Number | None:
    """Read "two-thirds", "three quarters", "one-fifth", "one and two thirds"."""
    upper = _small(words, first)
    if upper is None or upper[0] == 0:
        return None
    if at(words, upper[1]).lower == "and" and (more := _parts(words, upper[1] + 1)) and more.value is not None:
        return _made(first, more.end, upper[0] + more.value)
    here = _joint(words, upper[1])
    parts = value_of(at(words, here), "part" if upper[0] == 1 else "parts")
    return _made(first, here + 1, upper[0] / parts) if parts and upper[0] < parts else None


def _part(words: Sequence[Word], first: int) -> Number | None:
    """Read "a quarter of" and "half the seats"; "a third attack" is none, nor is "half-mast"."""
    word, before = at(words, first), at(words, first - 1).lower
    if word.lower == "half":
        fits = at(words, first + 1).lower in WHOLES or _ends(words, first)
        return _made(first, first + 1, 0.5) if fits and before not in NO_HALF else None
    part = value_of(at(words, first + 1), "part") if word.lower in ARTICLES else None
    if part is None:
        return None
    fits = at(words, first + 2).lower in {"of", "part", "as"} or _ends(words, first, first + 1)
    clock = at(words, first + 2).lower == "of" and at(words, first + 4).lower in {"hour", "century"}
    return _made(first, first + 2, 1 / part) if fits and not clock else None


def _ends(words: Sequence[Word], first: int, last: int | None = None) -> bool:
    """Tell whether a fraction stands alone behind a word that takes one ("more than half,", "by a third")."""
    behind = at(words, (first if last is None else last) + 1)
    return at(words, first - 1).lower in BEFORE_FRACTION and not behind.text.isalpha()


# ---- vague plurals -------------------------------------------------------------------------------------------------


def _vague(words: Sequence[Word], first: int) -> Number | None:
    """Read "hundreds", "tens of thousands", "tens or hundreds of thousands", "several thousand", "a few hundred"."""
    word = at(words, first)
    least = value_of(word, "many")
    if least is not None:
        return _plural(words, first, least)
    if word.lower == "a" and at(words, first + 1).lower in {"few", "couple", "score"}:
        return _few(words, first, first + 1)
    return _few(words, first, first) if value_of(word, "few") or word.lower == "couple" else None


def _plural(words: Sequence[Word], first: int, least: float) -> Number | None:
    here = first + 1
    if at(words, here).lower == "or" and value_of(at(words, here + 1), "many"):
        here += 2
    scale = value_of(at(words, here + 1), "many") if at(words, here).lower == "of" else None
    if scale:
        return Number(first, here + 2, None, least * scale / 2, None, "vague")
    if at(words, first).lower == "tens":  # "tens of people" is rare, and "tens" alone a name or an ordinal
        return None
    return Number(first, first + 1, None, least, None, "vague")


def _few(words: Sequence[Word], first: int, word: int) -> Number | None:
    """Read "a couple of guns" as two; "several" and "a few" are numbers with a scale only."""
    kind = at(words, word).lower
    here = word + 1 + (at(words, word + 1).lower == "of" and kind != "few")
    _, end, scale = _scaled(words, here, 1.0)
    if kind == "score" and at(words, word + 1).lower == "of":
        return Number(first, word + 1, 20.0, None, None, "words")
    if kind == "couple":
        if scale > 1:
            return Number(first, end, 2 * scale, None, None, "words")
        return Number(first, word + 1, 2.0, None, None, "words") if at(words, word + 1).lower == "of" and first < word else None
    if scale == 1 or kind not in table()["few"]:
        return None
    return Number(first, end, None, table()["few"][kind] * scale, None, "vague")
