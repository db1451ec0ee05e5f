"""The evaluation gate: reads the gold pages, scores them, and holds every measure against its floor.

    gate.py [--shared DIR] [--write [--lower]]

Prints one table for each gold folder (P, R, F1, the median page's F1, the floor) and exits 1 where a measure fell below its
floor. `--write` raises the floors to what was measured; a floor is lowered only with `--lower`, and each lowering is printed.
Where the shared folder is absent it prints NOT MEASURED and exits 0: the words are there for who reads the log.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

from onrecord import language, lexicons, pipeline, reading, scoring
from onrecord.documents import Page
from onrecord.records import line

FLOORS = Path(__file__).with_name("floors.json")
FOLDERS = ("seed", "dev", "train")
SLACK = 0.0005
"""Floors are kept to three decimals: half of the last one is rounding."""


def measure(folder: Path) -> scoring.Scores:
    """Read a gold folder's pages with the pipeline and score their records."""
    nlp, lexicon = language.load(), lexicons.builtin()
    gold, found = [], {}
    for path in sorted(folder.glob("*.json")):
        source = path.with_suffix(".txt")
        text = source.read_text(encoding="utf-8")
        gold.append((path.stem, text, scoring.gold_page(text, json.loads(path.read_text(encoding="utf-8")), path.stem)))
        document = reading.read(Page(source.read_bytes(), source.name, media_type="text/plain"))
        row = json.loads(json.dumps(line(pipeline.extract(document, nlp, lexicon))))
        found[path.stem] = scoring.found_page(row)
    return scoring.score(gold, found)


def fingerprint(folder: Path) -> str:
    """Return a hash of a gold folder's pages and annotations, so that floors of another gold are noticed."""
    state = sha256()
    for path in sorted(folder.iterdir()):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:16]


def show(name: str, scores: scoring.Scores, floors: dict[str, float]) -> list[str]:
    """Print one folder's table; return the measures that fell."""
    print(f"\n{name:26} {'P':>6} {'R':>6} {'F1':>6} {'median':>7} {'floor':>6} {'gold':>6}")
    fallen = []
    for measure_name, tally in scores.tallies.items():
        p, r, f = tally.scores
        floor = floors.get(measure_name)
        low = floor is not None and f < floor - SLACK
        if low:
            fallen.append(f"{name}: {measure_name} {f:.3f} is below its floor {floor:.3f}")
        middle = scores.medians.get(measure_name)
        print(
            f"{measure_name:26} {p:6.3f} {r:6.3f} {f:6.3f} {'' if middle is None else f'{middle:.3f}':>7} "
            f"{'' if floor is None else f'{floor:.3f}':>6} {tally.wanted:6.0f}{'  BELOW' if low else ''}"
        )
    return fallen + list(scores.complaints)


def raised(old: dict[str, float], scores: scoring.Scores, name: str, *, lower: bool) -> dict[str, float]:
    """Return the new floors of one folder."""
    new = {}
    for measure_name, tally in scores.tallies.items():
        now, before = round(tally.scores[2], 3), old.get(measure_name, 0.0)
        if now < before:
            print(f"{name}: {measure_name} {before:.3f} -> {now:.3f} {'LOWERED' if lower else 'kept (use --lower)'}")
        new[measure_name] = now if lower else max(now, before)
    return new


def main() -> int:
    """Measure, print, compare; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    gold = options.shared / "gold"
    if not gold.is_dir():
        print(f"NOT MEASURED: {gold} is not here, so no page of the gold was read and no floor was held")
        return 0
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    fallen: list[str] = []
    new = {}
    for name in FOLDERS:
        scores, known = measure(gold / name), kept.get(name, {})
        mark = fingerprint(gold / name)
        if known and known["gold"] != mark:
            print(f"{name}: the gold has changed since its floors were set")
        fallen += show(name, scores, known.get("floors", {}))
        new[name] = {"gold": mark, "floors": raised(known.get("floors", {}), scores, name, lower=options.lower)} if options.write else known
    if options.write:
        FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
        return 0
    print("\n" + ("\n".join(fallen) or "every floor holds"))
    return bool(fallen)


if __name__ == "__main__":
    sys.exit(main())
