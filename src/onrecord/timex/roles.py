"""The role of a time expression by the words around it: a deadline (by), a beginning (since), an end (until), a stretch (during).

What stands before decides ("by", "no later than", "as of"), then what stands behind ("at the latest", "onwards"). Whether "after
the vote on Friday" speaks of Friday or of a time after it needs the parse: see `annotators.times`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.annotations import TimeRole
from onrecord.timex.senses import Phrase
from onrecord.timex.words import Word


class Role(NamedTuple):
    """A role, the words that say so (`first` to `end`), and whether the expression itself is left out ("before", "after")."""

    role: TimeRole
    first: int
    end: int
    outside: bool = False


BEFORE: dict[str, tuple[TimeRole, bool]] = {
    "by": ("by", False),
    "before": ("by", True),
    "prior to": ("by", True),
    "ahead of": ("by", True),
    "no later than": ("by", False),
    "not later than": ("by", False),
    "within": ("by", False),
    "inside": ("by", False),
    "on or before": ("by", False),
    "between now and": ("by", False),
    "in time for": ("by", False),
    "by close of business on": ("by", False),
    "by the close of business on": ("by", False),
    "by the end of business on": ("by", False),
    "deadline of": ("by", False),
    "deadline is": ("by", False),
    "deadline was": ("by", False),
    "due by": ("by", False),
    "by the time": ("by", False),
    "until": ("until", False),
    "till": ("until", False),
    "til": ("until", False),
    "up to": ("until", False),
    "up until": ("until", False),
    "up to and including": ("until", False),
    "through": ("until", False),
    "thru": ("until", False),
    "beyond": ("until", False),
    "until after": ("since", True),
    "until at least": ("until", False),
    "not before": ("since", False),
    "n't before": ("since", False),
    "no earlier than": ("since", False),
    "not earlier than": ("since", False),
    "on or after": ("since", False),
    "since": ("since", False),
    "ever since": ("since", False),
    "from": ("since", False),
    "as of": ("since", False),
    "as from": ("since", False),
    "with effect from": ("since", False),
    "starting": ("since", False),
    "starting on": ("since", False),
    "starting from": ("since", False),
    "starting in": ("since", False),
    "beginning": ("since", False),
    "beginning on": ("since", False),
    "beginning in": ("since", False),
    "effective": ("since", False),
    "effective from": ("since", False),
    "after": ("since", True),
    "during": ("during", False),
    "throughout": ("during", False),
    "over": ("during", False),
    "for": ("during", False),
    "in the course of": ("during", False),
}
"""Words before an expression: its role, and whether the expression itself is left out."""
AFTER: dict[str, TimeRole] = {
    "at the latest": "by",
    "at the very latest": "by",
    "at latest": "by",
    "or before": "by",
    "deadline": "by",
    "or earlier": "by",
    "or sooner": "by",
    "onwards": "since",
    "onward": "since",
    "at the earliest": "since",
}
_LONGEST = 6
_LINKS = frozenset({"to", "through", "until", "till", "-", "–"})
"""What stands between the two ends of a stretch."""
_CLAUSE_ENDS = frozenset(',;:.!?()“”"\n')
_NEGATIONS = frozenset({"not", "n't", "never", "cannot"})
_REACH = 8
"""How far before "before" a "not" turns it into "not before"; about a clause's length."""


def role_of(words: Sequence[Word], every: Sequence[Phrase], index: int) -> Role:
    """Return the role of one of the expressions among its words; `every` holds all of them, in order."""
    phrase, sense = every[index], every[index].sense
    after = [w.lower for w in words[phrase.end : phrase.end + 4]]
    for size in (4, 3, 2, 1):
        text = " ".join(after[:size])
        if text in AFTER:
            return Role(AFTER[text], phrase.end, phrase.end + size)
    if found := _coordinated(words, every, index):
        return found
    for size in range(_LONGEST, 0, -1):
        first = phrase.first - size
        text = " ".join(w.lower for w in words[max(first, 0) : phrase.first])
        if first >= 0 and text in BEFORE:
            return _refined(words, phrase, Role(BEFORE[text][0], first, phrase.first, BEFORE[text][1]))
    stretch = sense.type == "DURATION" or "/" in sense.value or sense.rule == "duration.reaching"
    usual: TimeRole = "during" if stretch else "at"
    return Role(usual, phrase.first, phrase.first)


def _refined(words: Sequence[Word], phrase: Phrase, role: Role) -> Role:
    """Return the role that a preposition gives to this expression, or the usual one where it gives none."""
    word, length = words[role.first].lower, phrase.sense.type == "DURATION"
    following = words[phrase.end].lower if phrase.end < len(words) else ""
    possessive = following in {"'s", "’s"}
    if word in {"before", "until", "till"} and _negated(words, role.first):
        return Role("since", role.first, role.end, outside=role.outside and role.role == "since")
    if word in {"within", "inside"}:  # counted from an event: "within 30 days of the ruling"
        return role._replace(outside=following in {"of", "after", "from"})
    if possessive and role.role == "since":  # "after Friday's vote", "from today's game"
        return Role("at", phrase.first, phrase.first)
    if possessive and role.outside:  # "before Sunday's vote": the vote is left out, not the day
        return role._replace(outside=False)
    if word == "for" and not length:
        return Role("at", phrase.first, phrase.first)
    if word in {"over", "through", "up"} and length:
        return Role("during", role.first, role.end)
    if word in {"by", "until", "from", "since", "after", "before"} and length and not phrase.sense.reach:
        return Role("during", phrase.first, phrase.first)
    return role


def _negated(words: Sequence[Word], at: int) -> bool:
    """Tell whether a "not" in the same clause makes an end a beginning: "not before May", "will not open until May"."""
    for word in reversed(words[max(0, at - _REACH) : at]):
        if word.lower in _NEGATIONS:
            return True
        if word.text in _CLAUSE_ENDS:
            return False
    return False


def _coordinated(words: Sequence[Word], every: Sequence[Phrase], index: int) -> Role | None:
    """Return the role of an end of a stretch: "between 1 September and *the end of November*", "*Monday* to Friday"."""
    phrase = every[index]
    before = words[phrase.first - 1].lower if phrase.first else ""
    if index + 1 < len(every) and every[index + 1].first == phrase.end + 1:
        link = words[phrase.end].lower
        if (before, link) == ("between", "and") or (link in _LINKS and _alike(phrase, every[index + 1])):
            return Role("since", phrase.end, phrase.end + 1)
    if index and every[index - 1].end == phrase.first - 1 and _alike(phrase, every[index - 1]):
        opening = words[every[index - 1].first - 1].lower if every[index - 1].first else ""
        if before in _LINKS or (opening, before) == ("between", "and"):
            return Role("until", phrase.first - 1, phrase.first)
    if before == "to" and phrase.sense.is_date and any(w.lower == "from" for w in words[max(0, phrase.first - 6) : phrase.first]):
        return Role("until", phrase.first - 1, phrase.first)
    return None


def _alike(one: Phrase, other: Phrase) -> bool:
    return {one.sense.type, other.sense.type} <= {"DATE", "TIME"}
