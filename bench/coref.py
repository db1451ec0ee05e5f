#!/usr/bin/env python3
"""Measure the chains of actors against GUM news: MUC, B³, CEAF and their average (the CoNLL score).

    python bench/coref.py [GUM.jsonl]

Gold are the mentions of type person, organization and place; a state is among the places. Two mentions are the same where they have
the same head (the token of the span that the parse hangs on something outside it), because GUM's spans take in relative clauses and
ours do not; the score for equal spans is printed too. Each is given with the chains of one mention left out on both sides, as
CoNLL-2012 does, and with them, as GUM does. Needs `../shared`, and says so where it is absent.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Hashable, Iterable
from pathlib import Path

from onrecord import language, lexicons, pipeline, reading
from onrecord.annotations import Annotations
from onrecord.documents import Page
from onrecord.spans import Span

GUM = Path(__file__).parent.parent.parent / "shared" / "gold" / "coref" / "gum-news-dev.jsonl"
TYPES = frozenset({"person", "organization", "place"})

Chains = list[frozenset[Hashable]]


# ---- metrics -------------------------------------------------------------------------------------------------------


def muc(one: Chains, other: Chains) -> tuple[float, float]:
    """Return (links kept, links) of the first chains when they are cut by the second."""
    where = {mention: i for i, chain in enumerate(other) for mention in chain}
    kept = total = 0
    for chain in one:
        parts = {where.get(mention, (mention,)) for mention in chain}
        kept += len(chain) - len(parts)
        total += len(chain) - 1
    return kept, total


def b_cubed(one: Chains, other: Chains) -> tuple[float, float]:
    """Return (sum over mentions of the share of their chain that the other side has too, mentions)."""
    where = {mention: chain for chain in other for mention in chain}
    score = sum(len(chain & where[mention]) / len(chain) for chain in one for mention in chain if mention in where)
    return score, sum(len(chain) for chain in one)


def ceaf(gold: Chains, found: Chains) -> float:
    """Return the best sum of likenesses (entity-based, phi 4) over one-to-one pairs of chains."""
    if len(gold) > len(found):
        gold, found = found, gold
    likeness = [[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold]
    return sum(likeness[r][c] for r, c in assignment(likeness))


def assignment(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of greatest total likeness, every row once (Kuhn and Munkres); no more rows than columns."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            i, delta, after = owner[at], float("inf"), 0
            for j in range(1, columns + 1):
                if not used[j]:
                    cost = -likeness[i - 1][j - 1] - u[i] - v[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, at
                    if least[j] < delta:
                        delta, after = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            at = after
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    return [(owner[j] - 1, j - 1) for j in range(1, columns + 1) if owner[j]]


class Score:
    """Sums of one metric over documents: right by precision and recall, found, wanted."""

    def __init__(self) -> None:
        self.recall = [0.0, 0.0]
        self.precision = [0.0, 0.0]

    def add(self, recall: tuple[float, float], precision: tuple[float, float]) -> None:
        """Add one document's (right, all) by recall and by precision."""
        for total, part in ((self.recall, recall), (self.precision, precision)):
            total[0] += part[0]
            total[1] += part[1]

    def values(self) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        p = self.precision[0] / self.precision[1] if self.precision[1] else 0.0
        r = self.recall[0] / self.recall[1] if self.recall[1] else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def measure(documents: Iterable[tuple[Chains, Chains]]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of each metric over pairs of (gold, found) chains, and CoNLL's average of F1."""
    scores = {name: Score() for name in ("mentions", "MUC", "B³", "CEAF")}
    for gold, found in documents:
        wanted, given = set().union(*gold), set().union(*found)
        scores["mentions"].add((len(wanted & given), len(wanted)), (len(wanted & given), len(given)))
        scores["MUC"].add(muc(gold, found), muc(found, gold))
        scores["B³"].add(b_cubed(gold, found), b_cubed(found, gold))
        best = ceaf(gold, found)
        scores["CEAF"].add((best, len(gold)), (best, len(found)))
    out = {name: score.values() for name, score in scores.items()}
    out["CoNLL"] = (0.0, 0.0, sum(out[name][2] for name in ("MUC", "B³", "CEAF")) / 3)
    return out


# ---- chains --------------------------------------------------------------------------------------------------------


def head(annotations: Annotations, span: Span) -> int | None:
    """Return the index of the first token of a span that hangs on something outside it."""
    tokens = annotations.tokens_of(span)
    inside = {t.i for t in tokens}
    return next((t.i for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def gold_chains(row: dict, annotations: Annotations, key: str) -> Chains:
    """Return the gold chains of a document by heads or by spans."""
    chains: dict[str, set[Hashable]] = {}
    for mention in row["mentions"]:
        if mention["type"] in TYPES:
            span = Span(mention["start"], mention["end"])
            at: Hashable = head(annotations, span) if key == "head" else span
            if at is not None:
                chains.setdefault(mention["chain"], set()).add(at)
    return disjoint(chains.values())


def found_chains(annotations: Annotations, key: str) -> Chains:
    """Return our chains by heads or by spans."""
    chains: dict[str, set[Hashable]] = {}
    for mention in annotations.mentions:
        at: Hashable = head(annotations, mention.span) if key == "head" else mention.span
        chains.setdefault(mention.actor, set()).add(at)
    return disjoint(chains.values())


def disjoint(chains: Iterable[set[Hashable]]) -> Chains:
    """Return the chains with each mention in the first of them only: two gold spans may have one head."""
    seen: set[Hashable] = set()
    out = []
    for chain in chains:
        own = frozenset(chain - seen)
        seen |= chain
        if own:
            out.append(own)
    return out


def without_single(chains: Chains) -> Chains:
    """Return the chains of two mentions and more."""
    return [chain for chain in chains if len(chain) > 1]


def main() -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gum", nargs="?", type=Path, default=GUM)
    options = parser.parse_args()
    if not options.gum.is_file():
        print(f"{options.gum}: not here; this measurement needs ../shared/gold/coref", file=sys.stderr)
        return 2
    nlp, lexicon = language.load(), lexicons.builtin()
    read = []
    for line in options.gum.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        page = Page(row["text"].encode(), row["id"] + ".txt", media_type="text/plain")
        read.append((row, pipeline.annotate(reading.read(page), nlp, lexicon)))
    for key in ("head", "span"):
        pairs = [(gold_chains(row, a, key), found_chains(a, key)) for row, a in read]
        for title, rows in (
            (f"{key}s, chains of two and more", [(without_single(g), without_single(f)) for g, f in pairs]),
            (f"{key}s, all chains", pairs),
        ):
            print(title)
            for name, (p, r, f) in measure(rows).items():
                print(f"  {name:9} {'' if name == 'CoNLL' else f'P {p:.3f}  R {r:.3f}':17}  F1 {f:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
