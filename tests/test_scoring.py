"""The scorer gives the same figures as the gold folder's own, on gold against itself and on damaged records."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from onrecord import scoring
from onrecord.errors import RuleError


@pytest.fixture(scope="module")
def oracle(shared: Path) -> ModuleType:
    """The gold folder's own scorer."""
    spec = importlib.util.spec_from_file_location("oracle", shared / "gold" / "gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def damaged(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return an annotation with some records dropped, some spans moved and some fields changed."""
    out = json.loads(json.dumps(gold))
    for kind in scoring.SPAN_FIELDS:
        out[kind] = [row for row in out.get(kind, []) if rng.random() > 0.2]
        for row in out[kind]:
            for field, value in list(row.items()):
                if rng.random() < 0.1:
                    row[field] = [] if field in {"actors", "recipients", "content", "mentions"} else None
                elif field == "content" and rng.random() < 0.3:
                    row[field] = [[s, max(s, e - 12)] for s, e in value]
    return out


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["seed", "dev"])
def test_gives_the_oracles_figures(oracle: ModuleType, shared: Path, folder: str) -> None:
    """Every measure of every damaged copy is the oracle's, to the last digit."""
    pages = oracle.read_gold(shared / "gold" / folder)
    rng = random.Random(7)
    for _ in range(3):
        found = {stem: {**damaged(gold, rng), "text": text} for stem, (text, gold) in pages.items()}
        wanted = oracle.score(pages, found)
        ours = scoring.score([(stem, text, gold) for stem, (text, gold) in pages.items()], found).tallies
        assert list(ours) == oracle.MEASURES
        assert {m: t.scores for m, t in ours.items()} == {m: t.row() for m, t in wanted.items()}


@pytest.mark.shared
def test_reads_gold_pages_as_the_oracle_does(oracle: ModuleType, shared: Path) -> None:
    """Quotes turn into the same offsets."""
    for path in sorted((shared / "gold" / "dev").glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert scoring.gold_page(text, gold, path.stem) == oracle.build(text, gold)[0]


def test_a_quote_that_is_not_there_is_named() -> None:
    """A wrong annotation gets an error with the page and the quote."""
    with pytest.raises(RuleError, match="p: only 1 times .* 'he'"):
        scoring.locate("he told the others", "he", 2, "p")


def test_records_on_another_text_count_for_nothing() -> None:
    """A page whose text differs is named and its records are not counted."""
    gold = {"times": [{"span": [0, 6], "value": "2020"}]}
    result = scoring.score([("p", "Monday it rained", gold)], {"p": {"text": "other", "times": gold["times"]}})
    assert result.tallies["time span"].scores == (0.0, 0.0, 0.0)
    assert "p:" in result.complaints[0]


def test_the_median_page_leaves_out_pages_with_nothing_to_find() -> None:
    """A page without gold and without records has no F1."""
    gold = {"times": [{"span": [0, 6], "value": "2020"}]}
    result = scoring.score([("a", "Monday", gold), ("b", "Monday", {})], {"a": {"text": "Monday", **gold}})
    assert result.medians["time value"] == 1.0
