"""Two numbers that a dash, "to", "or" or "and" joins: a range, the votes for and against, a score, or no pair.

- "16–17 percent", "three to six feet", "between €3 and €4 billion", "two-to-three hundred": a range
- "by votes of 31-to-12": two figures of votes
- "won 3-1", "a 47-43 lead": a score, no figure
- "rose from 5 to 10", "cut 180 to 5": two numbers, no pair
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from onrecord import gazetteer
from onrecord.annotators.quantities.dressing import Dressed
from onrecord.annotators.quantities.numerals import Number, rounded
from onrecord.annotators.quantities.refusals import is_open
from onrecord.annotators.quantities.words import DASHES, HYPHENS, Word, at

Pair = Literal["votes", "score"]
VOTES = frozenset(
    {"vote", "votes", "voted", "voting", "passed", "approved", "rejected", "majority", "ruled", "ruling", "decision", "ballot"}
)
VOTES |= {"tally", "adopted", "justices", "upheld"}
"""What stands near two numbers that are the votes for and against ("passed 230-197")."""
NEAR = 8
"""How many words before count as near: the length of a clause."""
INTERVAL = frozenset({"between", "ranging", "range", "ranges", "ranged", "anywhere"})
"""Words that make "from 5 to 10" a range in spite of a word of change nearby."""
IRREGULAR = frozenset(
    {"rose", "risen", "fell", "fallen", "grew", "grown", "lost", "shrank", "shrunk", "sank", "sunk", "went", "gone", "slid"}
)
"""Past forms of words of change that no rule gives."""


def second_at(words: Sequence[Word], first: Dressed) -> int | None:
    """Return where the second number of a pair would start (its currency included), or None where nothing joins."""
    joint = at(words, first.end)
    if joint.text in DASHES:
        if at(words, first.end + 1).lower == "to" and at(words, first.end + 2).text in HYPHENS:
            return first.end + 3
        apart = joint.spaced and (joint.text in HYPHENS or not at(words, first.end + 1).spaced)
        return None if apart else first.end + 1
    if joint.lower in {"to", "or"} or (joint.lower == "and" and _between(words, first.first)):
        return first.end + 1
    return None


def _between(words: Sequence[Word], first: int) -> bool:
    before = at(words, first - 1).lower
    return before == "between" or (before in {"about", "around"} and at(words, first - 2).lower == "between")


def join(words: Sequence[Word], first: Dressed, second: Dressed) -> Dressed | Pair | None:
    """Return the range that two numbers make, or what else they are as a pair; None: they are two numbers."""
    a, b = _sharing_scale(first, second), second.number
    if a.value is None or b.value is None or (first.measured and second.measured and _unit(first) != _unit(second)):
        return None
    joint = at(words, first.end)
    bare = not first.measured and not second.measured
    dash = joint.text in DASHES
    if bare and (dash or joint.lower == "to") and a.value.is_integer() and _near(words, first, second):
        return "votes"
    if a.value >= b.value:
        return "score" if dash and bare else None
    if dash and bare and not is_open(at(words, second.end)):
        return "score"
    if joint.lower == "to" and _changes(words, first.first):
        return None
    number = Number(a.first, b.end, rounded((a.value + b.value) / 2), a.value, b.value, "range")
    return Dressed(number, first.first, second.end, money=second.money or first.money, unit=second.unit or first.unit)


def _unit(dressed: Dressed) -> str:
    found = dressed.money or dressed.unit
    return found.unit if found else ""


def _sharing_scale(first: Dressed, second: Dressed) -> Number:
    """Return the first number with the scale of the second ("two to three *million*", "$5 and $7 *billion*")."""
    a, b = first.number, second.number
    if a.value is None or b.value is None or a.scale != 1 or b.scale == 1 or a.value >= b.value / b.scale or first.unit:
        return a
    return a._replace(value=rounded(a.value * b.scale), scale=b.scale)


def _near(words: Sequence[Word], first: Dressed, second: Dressed) -> bool:
    near = [*words[max(0, first.first - NEAR) : first.first], *words[second.end : second.end + 3]]
    return any(word.lower in VOTES for word in near)


def _changes(words: Sequence[Word], first: int) -> bool:
    """Tell whether "X to Y" says how something changed ("from 5 to 10", "rose 5% to 10%"), not between what it lies."""
    near = [word.lower for word in words[max(0, first - NEAR) : first]]
    if not near or INTERVAL & set(near):
        return False
    return any(word in _forms() for word in near) if near[-1] in {"from", "by"} else near[-1] in _forms()


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """Return the forms of `data/tables/change_words.tsv`."""
    lemmas = [word for word, _ in gazetteer.rows("change_words")]
    forms = {lemma + end for lemma in lemmas for end in ("", "s", "es", "d", "ed", "ing")}
    forms |= {lemma[:-1] + "ing" for lemma in lemmas if lemma.endswith("e")}
    forms |= {lemma + lemma[-1] + end for lemma in lemmas for end in ("ed", "ing")}
    return frozenset(forms) | IRREGULAR
