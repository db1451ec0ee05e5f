"""The words around a number that make it a bound ("at least 20", "20 or more") or an estimate ("about 20").

Forms come from the lexicon's `[[bound]]` entries; the longest that stands next to the number counts. Estimates may stand between a
bound and its number ("at least about nine hundred").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.annotators.quantities.words import HYPHENS, Word, at, cut
from onrecord.lexicons import Bound

FILLERS = frozenset({"additional", "another", "further", "extra", "other", "mere", "whopping", "staggering", "total", "record"})
"""Adjectives that may stand between a bound and its number ("more than an additional 20")."""
DETERMINERS = frozenset({"a", "an"})


class Around(NamedTuple):
    """What stands around a number: the bound and its words (first, after the last), and whether the number is an estimate."""

    bound: Bound | None = None
    at: tuple[int, int] | None = None
    about: tuple[int, int] | None = None


Forms = dict[str, dict[str, list[tuple[tuple[str, ...], Bound]]]]
"""place -> the word of the form next to the number -> its words and its entry."""


def index(bounds: Iterable[Bound]) -> Forms:
    """Return the forms by place and by the word that stands next to the number, longest first."""
    out: Forms = {"before": {}, "behind": {}}
    for bound in bounds:
        for form in bound.forms:
            words = tuple(w.lower for w in cut(form))
            out[bound.place].setdefault(words[-1 if bound.place == "before" else 0], []).append((words, bound))
    for place in out.values():
        for entries in place.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return out


def around(words: Sequence[Word], first: int, end: int, forms: Forms, *, measured: bool) -> Around:
    """Return the bound and the estimate that stand before the words of a number, or behind them."""
    about: tuple[int, int] | None = None
    here = first
    while True:
        found = _before(words, here, forms, measured=measured)
        if found is None:
            skipped = _past_fillers(words, here)
            found = _before(words, skipped, forms, measured=measured) if skipped < here else None
            if found is None:
                break
            here = skipped
        bound, length = found
        span = (here - length, here)
        if bound.gives != "about":
            return Around(bound, span, about)
        about, here = about or span, here - length
    behind = _behind(words, end, forms)
    if behind and behind[0].gives == "about":
        return Around(None, None, about or behind[1])
    return Around(behind[0], behind[1], about) if behind else Around(None, None, about)


def _before(words: Sequence[Word], end: int, forms: Forms, *, measured: bool) -> tuple[Bound, int] | None:
    for form, bound in forms["before"].get(at(words, end - 1).lower, ()):
        start = end - len(form)
        if start < 0 or tuple(w.lower for w in words[start:end]) != form:
            continue
        if at(words, start - 1).lower in bound.not_after or (bound.needs == "measure" and not measured):
            return None
        return bound, len(form)
    return None


def _past_fillers(words: Sequence[Word], end: int) -> int:
    """Return the index before "an additional" and its like."""
    here = end
    while here > 0 and at(words, here - 1).lower in FILLERS:
        here -= 1
    return here - 1 if here < end and at(words, here - 1).lower in DETERMINERS else here


def _behind(words: Sequence[Word], end: int, forms: Forms) -> tuple[Bound, tuple[int, int]] | None:
    """Return the bound behind the number, or behind the one or two words that it counts ("20 people or more")."""
    for start in range(end, min(end + 3, len(words))):
        if start > end and not at(words, start - 1).text.isalpha():
            return None
        hyphen = at(words, start).text in HYPHENS and not at(words, start).spaced
        for form, bound in forms["behind"].get(at(words, start).lower, ()):
            if tuple(w.lower for w in words[start : start + len(form)]) == form and (start == end or not (hyphen or form == ("+",))):
                return bound, (start, start + len(form))
    return None
