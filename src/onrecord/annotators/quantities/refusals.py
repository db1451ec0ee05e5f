"""Why a number in a text is no figure: part of a name, a date, a clock, an age, a score, a list number. Needs no parse.

`why_not` looks at the words around a number that has no currency, no per cent and no unit; it returns a reason in one clause, or
None. What only the parse can tell (an age in the predicate, "one" as article, a time among the words counted) is in `counted`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from onrecord import gazetteer
from onrecord.annotators.quantities.numerals import Number
from onrecord.annotators.quantities.words import DASHES, HYPHENS, NONE, Word, at

ORDINALS = frozenset({"st", "nd", "rd", "th"})
FIRST_YEAR, LAST_YEAR = 1700, 2100
"""Four digits without a comma between these are a year where nothing that they could count follows."""
OLDEST = 120
"""No age above it."""
AGE = frozenset({"aged", "age", "ages"})
AFTER_AGE = frozenset({"and", "who", "of", "from", "was", "is", "told", "said", "has", "had"})
"""What goes on behind an age that no comma closes ("Thomas Gray, 24 and from Leeds")."""
CLUBS = frozenset({"group", "gang", "council", "party", "club"})
"""Names that end in "of" and a number: "Group of 20"."""
LONG, FEW, HEADLINE = 4, 3, 0.8
"""A stretch of at least FEW words of LONG letters or more, of which this share has a capital, is a headline; set by hand."""
EMERGENCY = frozenset({"911", "999", "112", "000"})


@lru_cache(maxsize=1)
def _labels() -> dict[str, frozenset[str]]:
    """Return class -> words of `data/tables/number_labels.tsv`."""
    out: dict[str, set[str]] = {}
    for word, kind in gazetteer.rows("number_labels"):
        out.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in out.items()}


def is_label(word: str, kind: str) -> bool:
    """Tell whether a lower-case word is in this class of `number_labels.tsv`."""
    return word in _labels()[kind]


def glued(words: Sequence[Word], number: Number) -> str | None:
    """Return why digits are part of something else by what is glued to them, or None."""
    first, before, behind = at(words, number.first), at(words, number.first - 1), at(words, number.end)
    if not first.is_digits:
        word = at(words, number.first - 2)
        inside = before.text in HYPHENS and not before.spaced and not first.spaced and word.text.isalpha()
        return "a part of a word" if inside and not is_label(word.lower, "joins") else None
    if not first.spaced and before is not NONE:
        two = at(words, number.first - 2)
        if before.text[-1].isalnum() or before.text in {"_", "#", "@", "/", "=", "№", "\\", "&"}:
            return "a part of a name or address"
        model = two.is_digits and not two.spaced and at(words, number.first - 3).text[-1:].isalpha()
        joined = two.text[-1:].isalpha() and not is_label(two.lower, "joins")
        if before.text in HYPHENS | {"+"} and not before.spaced and (model or joined):
            return "a part of a name"
        if before.text in {".", ",", ":"} and two.is_digits and not before.spaced:
            return "a part of another number"
    if not behind.spaced and behind.text:
        return _glued_behind(words, number, behind)
    return None


def _glued_behind(words: Sequence[Word], number: Number, behind: Word) -> str | None:
    after = at(words, number.end + 1)
    if behind.lower in ORDINALS:
        return "an ordinal"
    if behind.text in {":", "."} and after.is_digits and not after.spaced:
        return "a clock, a score or a version"
    if behind.text in {"/", "x", "×", "&", "_", "@", "\\"}:
        return "a part of a date, name or size"
    if behind.text[0].isalpha():
        return "a part of a name"
    return None


def is_headline(words: Sequence[Word]) -> bool:
    """Tell whether nearly all words of a stretch have a capital, so that a capital says nothing ("Bomb Kills Seven in Kabul")."""
    long = [word for word in words if word.text.isalpha() and len(word.text) >= LONG]
    return len(long) >= FEW and sum(word.text[0].isupper() for word in long) >= HEADLINE * len(long)


def why_not(words: Sequence[Word], number: Number, *, bound: bool, headline: bool = False) -> str | None:
    """Return why a number without a unit is no figure, or None.

    `bound`: "at least" or its like stands before it; `headline`: capitals say nothing here.
    """
    first, end = number.first, number.end
    return (
        _listed(words, first, end)
        or _labelled(words, first, end)
        or _aged(words, first, end)
        or _dated(words, number)
        or _timed(words, end)
        or (None if bound or headline else _named(words, first, end))
    )


def _listed(words: Sequence[Word], first: int, end: int) -> str | None:
    """Refuse "[3]", "1) ", and "1. " where it opens a paragraph."""
    before, behind = at(words, first - 1), at(words, end)
    if before.text == "[" and behind.text == "]":
        return "a reference"
    if not at(words, first).text.isdigit() or behind.spaced:
        return None
    opens = first == 0 or before.text in {".", ";", ":"}
    bracket = behind.text == ")" and before.text != "(" and opens
    point = behind.text == "." and first == 0 and at(words, end + 1).spaced and end + 1 < len(words)
    return "a list number" if bracket or point else None


def _labelled(words: Sequence[Word], first: int, end: int) -> str | None:
    """Refuse "Article 5", "No. 10", "Flight 370", "10 Downing Street", "phase 3", "911"."""
    before, word = at(words, first - 1), at(words, first)
    if before.text in {"#", "№", "§"} or (before.text == "." and is_label(at(words, first - 2).lower, "point")):
        return "the number of something, not a count"
    named = before.text[:1].isupper() and is_label(before.lower, "Label") and (word.is_digits or word.text[0].isupper())
    if end == first + 1 and (named or (is_label(before.lower, "label") and not is_open(at(words, end)))):
        return f"a number that names: {before.lower}"
    here = end
    while at(words, here).text[:1].isupper() and here < end + 4:
        if is_label(at(words, here).lower, "street"):
            return "an address"
        here += 1
    calls = word.text in EMERGENCY and is_label(before.lower, "calls") and not is_open(at(words, end))
    return "a telephone number" if calls else None


def _aged(words: Sequence[Word], first: int, end: int) -> str | None:
    """Refuse "aged 55", "age 29", "at the age of 68", "Thomas Gray, 24, who", "Fields, now 22,"."""
    before, behind, word = at(words, first - 1), at(words, end), at(words, first)
    if before.lower in AGE or (before.lower in {"of", "about", "around", "under", "over"} and at(words, first - 2).lower in AGE):
        return "an age"
    if not (word.text.isdigit() and int(word.text) <= OLDEST):
        return None
    if before.text == "At" and behind.text == ",":
        return "an age"
    if before.lower in {"now", "then"} and at(words, first - 2).text == ",":
        first, before = first - 1, at(words, first - 2)
    if before.lower == "and" and behind.text == "," and _aged(words, first - 2, first - 1):
        return "an age"
    who = at(words, first - 2)
    if before.text != "," or not who.text[:1].isalpha():
        return None
    name = who.text[:1].isupper()
    both = name and behind.lower == "and" and at(words, end + 1).text.isdigit() and at(words, end + 2).text == ","
    return "an age" if both or behind.text in {",", ";", ")", "."} or (name and behind.lower in AFTER_AGE) else None


def _dated(words: Sequence[Word], number: Number) -> str | None:
    """Refuse days beside a month, and years; what the times annotator found does not come here."""
    first, end = number.first, number.end
    before, behind, word = at(words, first - 1), at(words, end), at(words, first)
    if not word.text.isdigit():
        return None
    if behind.lower in {"and", "or", "to", "-", "–"} and at(words, end + 1).text.isdigit() and is_label(at(words, end + 2).lower, "month"):
        return "a date"
    day = is_label(behind.lower, "month") and behind.text[0].isupper() and int(word.text) <= 31
    if day or (is_label(before.lower, "month") and before.text[0].isupper()):
        return "a date"
    counts = is_open(behind) and len(behind.text) > 3 and behind.lower.endswith(("s", "men", "children", "people"))
    year = len(word.text) == 4 and FIRST_YEAR <= int(word.text) <= LAST_YEAR and number.scale == 1 and end == first + 1
    return "a year" if year and not counts else None


def _timed(words: Sequence[Word], end: int) -> str | None:
    """Refuse "20 years", "two-day", "five a.m.", "three times"."""
    here = end + (at(words, end).text in DASHES and not at(words, end).spaced)
    word = at(words, here)
    if is_label(word.lower, "time"):
        return "a length of time"
    if here > end and is_label(word.lower, "sort"):
        return "a word for a sort of thing, or an ordinal"
    if is_label(word.lower, "ordinal"):
        return "an ordinal"
    if word.lower == "in" and at(words, here + 1).lower == "the" and is_label(at(words, here + 2).lower, "part"):
        return "a clock"
    dotted = word.lower in {"a", "p"} and at(words, here + 1).text == "." and at(words, here + 2).lower == "m"
    if dotted or is_label(word.lower, "clock"):
        return "a clock"
    return "a frequency" if word.lower in {"times", "time"} else None


def _named(words: Sequence[Word], first: int, end: int) -> str | None:
    """Refuse "Boeing 747", "the Group of 20", "Five Eyes", "Ground Zero"."""
    before, behind, word = at(words, first - 1), at(words, end), at(words, first)
    numbered = word.is_digits and end == first + 1 and "," not in word.text and word.spaced
    if before.text in {"'", "’", "‘"} and not word.spaced:
        return "a part of a name or year"
    brand = before.text[:1].islower() and before.text[1:2].isupper()
    if numbered and before.text.isalpha() and (brand or (before.text[0].isupper() and _inside(words, first - 1) and not is_open(behind))):
        return "a part of a name"
    if before.lower == "of" and at(words, first - 2).text[:1].isupper() and at(words, first - 2).lower in CLUBS:
        return "a part of a name"
    capital = word.text[0].isupper() and _inside(words, first) and not word.text.isupper()
    if capital and (before.text[:1].isupper() or behind.text[:1].isupper()):
        return "a part of a name"
    phrase = word.lower == "zero" and (is_label(before.lower, "phrase") or is_label(behind.lower, "zero") or behind.text == "-")
    return "a set phrase" if phrase else None


def _inside(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word stands within a sentence, so that its capital says something."""
    before = at(words, index - 1).text
    return bool(before) and (before[-1].isalnum() or before in {",", ";", "'", "-", "–", "("})


def is_open(word: Word) -> bool:
    """Tell whether a word is one that a number may count: in lower case, and no function word."""
    return word.text[:1].isalpha() and word.text.islower() and word.spaced and not is_label(word.lower, "closed")
