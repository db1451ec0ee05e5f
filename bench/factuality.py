"""Score factuality on MEANTIME's development documents: did it happen, is it uncertain, did it not.

    python bench/factuality.py [FILE.jsonl] [--list]

Each line of the file has `text`, `dct` and `event` (start, end, certainty, polarity, time). Gold: negative polarity is `not`; certain,
positive and not in the future is `happened`; everything else is `uncertain`. Ours is the status of the event's head word: `actual`,
`negated`, and the rest. Events without these attributes are left out. One figure: the mean of the three classes' F1. `--list` prints
what is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord import language, lexicons, pipeline, reading
from onrecord.documents import Page
from onrecord.modality import status
from onrecord.spans import Span

MEANTIME = Path(__file__).parent.parent.parent / "shared" / "gold" / "meantime" / "meantime-dev.jsonl"
CLASSES = ("happened", "uncertain", "not")
OURS = {"actual": "happened", "negated": "not"}


def wanted(event: dict[str, Any]) -> str | None:
    """Return the class of a gold event, None where it has no attributes."""
    if not event["certainty"] or not event["polarity"]:
        return None
    if event["polarity"] == "NEG":
        return "not"
    sure = event["certainty"] == "CERTAIN" and event["polarity"] == "POS" and event["time"] == "NON_FUTURE"
    return "happened" if sure else "uncertain"


def main(arguments: list[str]) -> int:
    """Print the table; 0 also where the data are absent."""
    path = Path(next((a for a in arguments if not a.startswith("-")), MEANTIME))
    if not path.is_file():
        print(f"skipped: {path.name} is not here (it lies in ../shared, beside the project)")
        return 0
    nlp, lexicon = language.load(), lexicons.builtin()
    counts: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        page = Page(row["text"].encode(), row["id"] + ".txt", media_type="text/plain", published=row["dct"])
        annotations = pipeline.annotate(reading.read(page), nlp, lexicon)
        for event in row["event"]:
            gold = wanted(event)
            tokens = annotations.tokens_of(Span(event["start"], event["end"]))
            if gold is None or not len(tokens):
                continue
            found = OURS.get(status(annotations, tokens.root)[0], "uncertain")
            counts[gold, found] += 1
            if "--list" in arguments and gold != found:
                print(gold, "|", found, "|", row["text"][max(0, event["start"] - 60) : event["end"] + 30].replace("\n", "⏎"))
    report(counts)
    return 0


def report(counts: Counter[tuple[str, str]]) -> None:
    """Print precision, recall and F1 of each class and the mean of the F1."""
    scores = []
    for name in CLASSES:
        right, found, gold = counts[name, name], sum(counts[g, name] for g in CLASSES), sum(counts[name, f] for f in CLASSES)
        precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
        scores.append(2 * precision * recall / (precision + recall) if right else 0.0)
        print(f"{name:10} P {precision:.3f}  R {recall:.3f}  F1 {scores[-1]:.3f}  ({gold} in the gold)")
    print(f"macro-F1   {sum(scores) / len(scores):.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
