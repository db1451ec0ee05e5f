"""What a rule for time expressions is: an id, a pattern over words, and a builder from the matched words to a sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.timex.senses import Sense
from onrecord.timex.words import Word, table

_SMALL = "(TENS DASH? ONES|TENS|ONES)"
NUMBER = f"(DIGITS SCALE?|half a DOZEN|a? DOZEN|a SCALE|{_SMALL}(SCALE(and? {_SMALL})?)?)"
_FULL = "(mere|full|further|additional|whole|record)"
_HALF = "(DASH? and DASH? a DASH? half)"
_VAGUE = (
    "((a|quite a)? few|a? (couple|number|handful) of|a couple|(several|some|many|numerous) (SCALE|dozen)?"
    "|(hundreds|thousands|dozens|scores) of)"
)
QUANTITY = f"(((a|an) {_FULL})? {NUMBER} {_HALF}?|{_VAGUE})"
MONTH = "(MONTH|SHORT DOT?)"
DAY = "(DAYNUM|DAYNTH)"
LAST = "((the|this) RELATION|last|past|next|coming|upcoming|previous|this|the current|current)"
"""What relates a named period (a month, a weekday) to the day of publication."""
LAST_UNIT = "(RELATION|this( RELATION)?|the (coming|upcoming|current)|current)"
"""What relates a unit to it; "the past year" is a length of time."""
TOLD = "(that( same)?|the( very)? same|the( very)? (next|following|previous|preceding|prior|subsequent))"
"""What relates a period to the time just told."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One match: the words of the text, where the match begins and ends, and its named groups as ranges of words."""

    words: Sequence[Word]
    first: int
    end: int
    groups: Mapping[str, tuple[int, int]]

    def has(self, name: str) -> bool:
        """Tell whether the group matched at least one word."""
        return name in self.groups

    def text(self, name: str) -> str:
        """Return the words of a group in lower case, or nothing."""
        begin, end = self.groups.get(name, (0, 0))
        return " ".join(word.lower for word in self.words[begin:end])

    def value(self, name: str, *categories: str) -> str:
        """Return the value of the group's first word in the first of these categories that holds it."""
        word = self.words[self.groups[name][0]].lower
        return next(table()[c][word] for c in categories if word in table()[c])

    def before(self, back: int = 1) -> str:
        """Return the word so many before the match, in lower case, or nothing."""
        at = self.first - back
        return self.words[at].lower if at >= 0 else ""

    def after(self, ahead: int = 1) -> str:
        """Return the word so many after the match, in lower case, or nothing."""
        at = self.end - 1 + ahead
        return self.words[at].lower if at < len(self.words) else ""

    def contains(self, word: str) -> bool:
        """Tell whether a word, in lower case, is part of the match."""
        return any(w.lower == word for w in self.words[self.first : self.end])


class Rule(NamedTuple):
    """A pattern and what it means; the builder returns None for what only looks like a time.

    A group may stand in two branches of a pattern: `u` and `u2` are read as one.
    """

    id: str
    pattern: str
    build: Callable[[Hit], Sense | None]


def number(text: str) -> float | None:
    """Return the number that words say ("twenty-three", "1,500", "two and a half"), None for "several"."""
    if text.startswith(("several", "many", "some", "numerous")):
        return None
    total, current, found = 0.0, 0.0, False
    for word in re.findall(r"[\d.,]*\d|[a-z]+", text):
        if word[0].isdigit():
            current, found = current + float(word.replace(",", "")), True
        elif word in table()["ONES"] or word in table()["TENS"]:
            current, found = current + float(table()["ONES"].get(word) or table()["TENS"][word]), True
        elif word == "dozen":
            current, found = (6 if "half" in text else 12), True
        elif word in table()["SCALE"]:
            current, found = (current or 1) * float(table()["SCALE"][word]), True
            if current >= 1000:
                total, current = total + current, 0.0
    half = 0.5 if found and re.search(r"and (- )?a (- )?half", text) else 0.0
    return total + current + half if found else None


def leading(text: str) -> int:
    """Return the number that a word begins with ("21st": 21)."""
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def ordinal(word: str) -> int:
    """Return the number of an ordinal in words or digits."""
    return int(table()["ORDINAL"].get(word) or leading(word))


def side(relation: str) -> int:
    """Return -1 for "last", "this past", "the previous", +1 for "next", "the coming", 0 for "this" and "that"."""
    words = table()["RELATION"]
    return next((int(words[word]) for word in reversed(relation.split()) if word in words), 0)
