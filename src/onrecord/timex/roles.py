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
    "through": ("until", False),
    "thru": ("until", False),
    "beyond": ("until", False),
    "until after": ("since", True),
    "until at least": ("until", False),
    "not before": ("since", False),
    "n't before": ("since", False),
    "no earlier than": ("since", False),
    "not earlier than": ("since", False),
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
    "or earlier": "by",
    "or sooner": "by",
    "onwards": "since",
    "onward": "since",
    "at the earliest": "since",
}
_LONGEST = 4
_NEGATIONS = frozenset({"not", "n't", "never", "cannot"})
_REACH = 8
"""How far before "before" a "not" turns it into "not before"; about a clause's length."""


def role_of(words: Sequence[Word], phrase: Phrase, others: Sequence[Phrase]) -> Role:
    """Return the role of an expression among its words; `others` are all expressions, in order."""
    sense = phrase.sense
    after = [w.lower for w in words[phrase.end : phrase.end + 3]]
    for size in (3, 2, 1):
        text = " ".join(after[:size])
        if text in AFTER:
            return Role(AFTER[text], phrase.end, phrase.end + size)
    for size in range(_LONGEST, 0, -1):
        first = phrase.first - size
        text = " ".join(w.lower for w in words[max(first, 0) : phrase.first])
        if first >= 0 and text in BEFORE:
            return _refined(words, phrase, Role(BEFORE[text][0], first, phrase.first, BEFORE[text][1]))
    if before := _coordinated(words, phrase, others):
        return before
    usual: TimeRole = "during" if sense.type == "DURATION" or "/" in sense.value else "at"
    return Role(usual, phrase.first, phrase.first)


def _refined(words: Sequence[Word], phrase: Phrase, role: Role) -> Role:
    """Return the role that a preposition gives to this expression, or the usual one where it gives none."""
    word, length = words[role.first].lower, phrase.sense.type == "DURATION"
    possessive = phrase.end < len(words) and words[phrase.end].lower in {"'s", "’s"}
    if word == "before" and any(w.lower in _NEGATIONS for w in words[max(0, role.first - _REACH) : role.first]):
        return Role("since", role.first, role.end)
    if possessive and role.outside:  # the event of that day is left out, not the day
        return Role("at", phrase.first, phrase.first) if role.role == "since" else role._replace(outside=False)
    if word == "for" and not length:
        return Role("at", phrase.first, phrase.first)
    if word in {"over", "through", "up"} and length:
        return Role("during", role.first, role.end)
    if word in {"by", "until", "from", "since", "after", "before"} and length and not phrase.sense.reach:
        return Role("during", phrase.first, phrase.first)
    return role


def _coordinated(words: Sequence[Word], phrase: Phrase, others: Sequence[Phrase]) -> Role | None:
    """Return the role of an end of a stretch: "between 1 September and *the end of November*", "from Monday to *Friday*"."""
    before = words[phrase.first - 1].lower if phrase.first else ""
    index = others.index(phrase)
    if before == "between" and index + 1 < len(others) and [w.lower for w in words[phrase.end : others[index + 1].first]] == ["and"]:
        return Role("since", phrase.first - 1, phrase.first)
    if before in {"and", "to", "-", "–"} and index and others[index - 1].end == phrase.first - 1:
        opening = words[others[index - 1].first - 1].lower if others[index - 1].first else ""
        if (opening, before) == ("between", "and") or (before != "and" and opening == "from"):
            return Role("until", phrase.first - 1, phrase.first)
    if before == "to" and phrase.sense.is_date and any(w.lower == "from" for w in words[max(0, phrase.first - 6) : phrase.first]):
        return Role("until", phrase.first - 1, phrase.first)
    return None
