"""The smallest time expressions among the words of a text.

Of the rules that match at one place the longest match wins; of equally long ones the first rule. Each rule has examples and
counterexamples in `tests/test_timex_atoms.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.timex import amounts, clocks, dates
from onrecord.timex.rules import Hit, Rule
from onrecord.timex.senses import Phrase, Sense
from onrecord.timex.words import Grammar, Word, grammar

RULES: tuple[Rule, ...] = (*dates.RULES, *amounts.RULES, *clocks.RULES)


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    return grammar(rule.pattern for rule in RULES)


def atoms(words: Sequence[Word]) -> list[Phrase]:
    """Return the smallest expressions from left to right, none within another."""
    shape = _grammar().shape(words)
    hits: list[tuple[int, int, int, Sense]] = []
    for order, (rule, pattern) in enumerate(zip(RULES, _grammar().patterns, strict=True)):
        for match in pattern.finditer(shape):
            groups = {name.rstrip("23"): span for name in match.re.groupindex if (span := match.span(name))[1] > span[0]}
            sense = rule.build(Hit(words, match.start(), match.end(), groups))
            if sense is not None:
                hits.append((match.start(), -match.end(), order, replace(sense, rule=rule.id)))
    out: list[Phrase] = []
    for first, negative_end, _, sense in sorted(hits, key=lambda hit: hit[:3]):
        if not out or first >= out[-1].end:
            out.append(Phrase(first, -negative_end, sense))
    return out
