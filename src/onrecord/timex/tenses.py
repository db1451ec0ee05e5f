"""Whether a clause speaks of what was or of what will be, by its words alone.

"in October" after "was closed" is the October before, after "will close" the one to come. The nearest sign before the expression in
its own clause decides, then the nearest behind it, then the clauses around. Where there is a parse, `annotators.times` asks the
verb instead. Known limit: without a sign the news is taken to tell what happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.timex.senses import Phrase
from onrecord.timex.words import Word, table

_BREAKS = frozenset(',;:()–—“”"')
_NOMINAL = frozenset({"the", "a", "an", "of", "his", "her", "its", "their", "by", "with"})
"""A word in -ed behind one of these is an adjective: "the *united* front"."""
_ARRANGED = frozenset({"scheduled", "due", "planned", "expected", "slated"})
_TARGETS = frozenset({"to", "for"})
_WERE = frozenset({"was", "were", "been", "had"})


class Sign(NamedTuple):
    """Past (-1), future (+1) or either (0), the word that says so, and whether that stands in the expression's own clause."""

    side: int
    word: int
    near: bool


def side_of(words: Sequence[Word], phrase: Phrase) -> Sign | None:
    """Return what the words say of an expression's clause, or None."""
    first, last = sentence_of(words, phrase)
    left, right = _clause(words, phrase, first, last)
    opening = phrase.first - left <= 2 < left - first
    for positions in (
        range(phrase.first - 1, left - 1, -1),
        range(phrase.end, right),
        range(left - 1, first - 1, -1) if opening else range(0),
        range(right, last),
        range(left - 1, first - 1, -1),
    ):
        for at in positions:
            sign = _sign(words, at)
            if sign is not None:
                meant = sign < 0 and phrase.first > 0 and words[phrase.first - 1].lower in _TARGETS  # "moved to *August*"
                return Sign(0 if meant else sign, at, near=left <= at < right)
    return None


def _sign(words: Sequence[Word], at: int) -> int | None:
    """Return what one word says, or None."""
    word, before, after = words[at].lower, words[at - 1].lower if at else "", words[at + 1].lower if at + 1 < len(words) else ""
    signs = table()["SIGN"]
    if word in _ARRANGED and before in _WERE and after != "to":
        return 0
    if word in signs and not (word in {"may", "march"} and words[at].text[0].isupper()):
        if before in {"to", "be"} and signs[word] == "-1":
            return None
        return -1 if after == "have" else int(signs[word])
    if before == "to" and at > 1 and (words[at - 2].lower in table()["INTENDING"] or word == "be"):
        return 0 if words[at - 2].lower in _WERE else 1
    regular = re.fullmatch(r"[a-z]{2,}ed", words[at].text) and word not in table()["NOT_PAST"] and before not in _NOMINAL
    return -1 if regular and before not in {"to", "be", "will", "is", "are"} else None


def arranged(words: Sequence[Word], phrase: Phrase) -> int | None:
    """Return the word by which a past clause sets a weekday to come, or None.

    A measure is told as taken and its beginning as ahead ("imposed a curfew, *starting* on Friday"); what somebody said he "was
    *cancelling*" on a day he had arranged for it.
    """
    first, last = sentence_of(words, phrase)
    at = phrase.first - 1 - (phrase.first > first and words[phrase.first - 1].lower in {"on", "from"})
    if at > first and words[at].lower in _ONSETS:
        return at if any(w.lower in table()["MEASURE"] for w in words[first:at]) else None
    if any(w.lower in {"when", "after", "before"} for w in words[phrase.end : last]):
        return None
    return next((n for n in range(phrase.first - 1, first + 1, -1) if _arranging(words, first, n, phrase.first)), None)


def _arranging(words: Sequence[Word], first: int, at: int, end: int) -> bool:
    """Tell whether "said it was cancelling" stands at a word, with no other clause between it and a day."""
    if words[at].lower not in table()["ARRANGING"] or words[at - 1].lower not in {"was", "were"}:
        return False
    told = any(w.lower in table()["REPORTING"] for w in words[max(first, at - _TELLING) : at])
    return told and not any(_sign(words, n) is not None or _breaks(words[n]) for n in range(at + 1, end))


_ONSETS = frozenset({"starting", "beginning", "effective"})
_TELLING = 6
"""Words from a verb of saying to the one of what is arranged: "said on its website that it was"; by eye."""


def sentence_of(words: Sequence[Word], phrase: Phrase) -> tuple[int, int]:
    """Return the words of the sentence: up to a full stop before a capital, or a line break."""
    first, last = phrase.first, phrase.end
    while first > 0 and not _ends(words, first - 1):
        first -= 1
    while last < len(words) and not _ends(words, last):
        last += 1
    return first, last


def quoted(words: Sequence[Word]) -> list[bool]:
    """Return for each word of a paragraph whether it stands within quotation marks."""
    opened, out = False, []
    for word in words:
        if word.text in "“”":
            opened = word.text == "“"
        elif word.text == '"':
            opened = not opened
        out.append(opened)
    return out


def _ends(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.text[0] == "\n":
        return True
    if word.text not in {".", "!", "?"} or at + 1 >= len(words):
        return False
    following = words[at + 1]
    short = at > 0 and len(words[at - 1].text) <= 3 and words[at - 1].text[0].isupper()  # "Gov. Tench", "U.S. troops"
    return following.span.start > word.span.end and not following.text[0].islower() and not short


def _clause(words: Sequence[Word], phrase: Phrase, first: int, last: int) -> tuple[int, int]:
    left, right = phrase.first, phrase.end
    while left > first and not _breaks(words[left - 1]):
        left -= 1
    while right < last and not _breaks(words[right]):
        right += 1
    return left, right


def _breaks(word: Word) -> bool:
    return word.text in _BREAKS or word.lower in table()["BREAK_WORD"]
