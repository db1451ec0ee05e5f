"""A text as the words that numbers are read from: digits, words, signs, each with its characters and the blank before it.

Digits with thousands separators or a decimal point are one word ("1,991", "2.9"); letters glued to them are the next word, with no
blank between ("40bn" is "40", "bn"). Needs no parse and knows nothing of blanks that a tokeniser put in ("US$ 40 billion").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord import gazetteer
from onrecord.spans import Span

TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"  # 1,991
    r"|\d+(?:\.\d+)?"
    r"|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞]"
    r"|(?:[A-Z]\.){2,}"  # U.S.
    r"|[^\W\d_]+(?:['’](?:s|t|re|ve|ll|d|m)\b)?"
    r"|\S"
)
HYPHENS = frozenset({"-", "‑"})
DASHES = frozenset({"-", "‑", "–", "—", "~"})


class Word(NamedTuple):
    """One word: its characters, itself, itself in lower case, and whether a blank stands before it."""

    span: Span
    text: str
    lower: str
    spaced: bool

    @property
    def is_digits(self) -> bool:
        """Tell whether it is a number in digits."""
        return self.text[:1].isdigit() and self.text.isascii()


NONE = Word(Span(0, 0), "", "", spaced=True)
"""What stands before the first and behind the last word."""


def cut(text: str, within: Span | None = None) -> tuple[Word, ...]:
    """Return the words of a text, or of a stretch of it; offsets are into the whole text."""
    out: list[Word] = []
    end = -1
    start, stop = within or (0, len(text))
    for match in TOKEN.finditer(text, start, stop):
        span = Span(*match.span())
        out.append(Word(span, match[0], match[0].lower(), span.start != end))
        end = span.end
    return tuple(out)


def at(words: Sequence[Word], index: int) -> Word:
    """Return a word, or an empty one outside of the text."""
    return words[index] if 0 <= index < len(words) else NONE


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, float]]:
    """Return class -> word -> value of `data/tables/number_words.tsv`."""
    out: dict[str, dict[str, float]] = {}
    for word, kind, value in gazetteer.rows("number_words"):
        out.setdefault(kind, {})[word] = float(value)
    return out


def value_of(word: Word, *kinds: str) -> float | None:
    """Return the value of a word of one of these classes, or None."""
    for kind in kinds:
        found = table()[kind].get(word.lower)
        if found is not None:
            return found
    return None
