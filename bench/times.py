"""Score time expressions on MEANTIME's development documents, with the publication date and without it.

    python bench/times.py [FILE.jsonl] [--list]

Each line of the file has `text`, `dct` (the day of publication or null) and `timex` (start, end, type, value). Strict: the same
characters; relaxed: a character in common; type and value: relaxed, and the attribute right. The expressions are found without a
parse. `--list` prints what is missed (-), false (+) and wrong (~). Without a date, a day that the gold does not have is invented.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from onrecord.documents import Published
from onrecord.timex import expressions

MEANTIME = Path(__file__).parent.parent.parent / "shared" / "gold" / "meantime" / "meantime-dev.jsonl"


def pairs(gold: list[dict[str, Any]], found: list[Any]) -> list[tuple[dict[str, Any], Any]]:
    """Return gold and found expressions that share a character, each at most once, exact ones first."""
    rows = sorted(
        ((g["start"], g["end"]) != tuple(f.span), g["start"], i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g["start"] < f.span.end and f.span.start < g["end"]
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    out = []
    for _, _, i, j in rows:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((gold[i], found[j]))
    return out


def score(documents: list[dict[str, Any]], *, dated: bool, listed: bool) -> dict[str, float]:
    """Return F1 by measure, the number of invented days, and documents a second."""
    right = dict.fromkeys(("strict", "relaxed", "type", "value"), 0)
    n_gold = n_found = invented = 0
    began = time.perf_counter()
    for document in documents:
        text, day = document["text"], document["dct"]
        found = list(expressions(text, Published(value=day, earliest=day, latest=day) if dated and day else None))
        matched = pairs(document["timex"], found)
        n_gold += len(document["timex"])
        n_found += len(found)
        right["relaxed"] += len(matched)
        right["strict"] += sum((g["start"], g["end"]) == tuple(f.span) for g, f in matched)
        right["type"] += sum(g["type"] == f.type for g, f in matched)
        right["value"] += sum(g["value"] == f.value for g, f in matched)
        invented += sum(bool(re.match(r"\d{4}-\d\d-\d\d", f.value)) and g["value"] != f.value for g, f in matched)
        if listed:
            show(text, document["timex"], found, matched)
    f1 = {name: 2 * count / (n_gold + n_found) for name, count in right.items()}
    return f1 | {"invented": invented, "documents/s": len(documents) / (time.perf_counter() - began)}


def show(text: str, gold: list[dict[str, Any]], found: list[Any], matched: list[tuple[dict[str, Any], Any]]) -> None:
    """Print what differs."""

    def around(start: int, end: int) -> str:
        return f"{text[max(0, start - 40) : start]}[[{text[start:end]}]]{text[end : end + 30]}".replace("\n", "⏎")

    for g in gold:
        if not any(g is x for x, _ in matched):
            print("-", g["type"], g["value"], "|", around(g["start"], g["end"]))
    for f in found:
        if not any(f is y for _, y in matched):
            print("+", f.type, f.value, f.rule, "|", around(*f.span))
    for g, f in matched:
        if (g["type"], g["value"]) != (f.type, f.value) or (g["start"], g["end"]) != tuple(f.span):
            print("~", g["type"], g["value"], f"«{text[g['start'] : g['end']]}»", "| ours:", f.type, f.value, f.rule, "|", around(*f.span))


def main(arguments: list[str]) -> int:
    """Print both tables; 0 also where the data are absent."""
    path = Path(next((a for a in arguments if not a.startswith("-")), MEANTIME))
    if not path.is_file():
        print(f"skipped: {path.name} is not here (it lies in ../shared, beside the project)")
        return 0
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for dated in (True, False):
        result = score(documents, dated=dated, listed=dated and "--list" in arguments)
        print("with publication date" if dated else "without", {name: round(value, 3) for name, value in result.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
