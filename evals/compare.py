"""Gained and lost records of the gold pages between a revision and the working tree, with their quotes.

    compare.py REV [--shared DIR] [--folder dev] [--kind events]

A record is marked `right` where the gold has one that it matches, else `wrong`; so a change can be read sentence by sentence.
The old revision is checked out beside the working tree and run with this environment.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord import scoring

KEYS = {"statements": "content", "commitments": "action", "events": "mentions", "figures": "span", "times": "span"}
LEAST = {"statements": 0.5, "commitments": 0.3, "events": 0.01, "figures": 0.5, "times": 0.5}
READ = """
import json, sys
from pathlib import Path
from onrecord import language, lexicons, pipeline, reading
from onrecord.documents import Page
from onrecord.records import line
for path in sorted(Path(sys.argv[1]).glob("*.txt")):
    page = Page(path.read_bytes(), path.name, media_type="text/plain")
    print(json.dumps(line(pipeline.extract(reading.read(page), language.load(), lexicons.builtin()))))
"""


def rows(source: Path, folder: Path) -> dict[str, Any]:
    """Return the lines that a checkout's code gives for a folder's pages, by page."""
    environment = {**os.environ, "PYTHONPATH": str(source / "src")}
    done = subprocess.run([sys.executable, "-c", READ, str(folder)], env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    found = [json.loads(text) for text in done.stdout.splitlines()]
    return {Path(row["document"]["uri"]).stem: row for row in found}


def changes(old: Mapping[str, Any], new: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    """Yield ("-", record) for each lost and ("+", record) for each gained; one whose fields changed is both."""

    def claims(row: Mapping[str, Any]) -> dict[str, Any]:
        return {record["claim"]: record for record in row[kind]}

    before, after = claims(old), claims(new)
    for sign, mine, other in (("-", before, after), ("+", after, before)):
        yield from ((sign, record) for claim, record in mine.items() if claim not in other)


def described(record: Mapping[str, Any], row: Mapping[str, Any], kind: str) -> str:
    """Return a record's fields in one line, spans as quotes and actors as names."""
    text, names = row["document"]["text"], {a["id"]: a["name"] for a in row["actors"]}
    parts = []
    for field, value in record.items():
        if field in {"id", "claim", "evidence", "inferred", "certainty"} or value in (None, [], False, "author"):
            continue
        if field in scoring.SPAN_FIELDS[kind]:
            spans = [value] if isinstance(value[0], int) else value
            shown: object = " / ".join(text[s:e] for s, e in spans)
        elif isinstance(value, list):
            shown = [names.get(v, v) if isinstance(v, str) else v for v in value]
        else:
            shown = names.get(value, value) if isinstance(value, str) else value
        parts.append(f"{field}={shown!r}")
    return " ".join(parts)


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rev")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folder", default="dev")
    parser.add_argument("--kind", choices=KEYS, action="append")
    options = parser.parse_args()
    folder = options.shared / "gold" / options.folder
    if not folder.is_dir():
        print(f"NOT MEASURED: {folder} is not here")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        tree = Path(temporary) / "tree"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(tree), options.rev], check=True)  # noqa: S603, S607
        try:
            old, new = rows(tree, folder), rows(Path.cwd(), folder)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], check=True)  # noqa: S603, S607
    totals: dict[tuple[str, str, str], int] = {}
    for stem, row in new.items():
        text = row["document"]["text"]
        gold = scoring.gold_page(text, json.loads((folder / f"{stem}.json").read_text(encoding="utf-8")), stem)
        for kind in options.kind or KEYS:
            for sign, record in changes(old[stem], row, kind):
                best = max((scoring.overlap(text, g[KEYS[kind]], record[KEYS[kind]]) for g in gold[kind]), default=0.0)
                mark = "right" if best >= LEAST[kind] else "wrong"
                totals[kind, sign, mark] = totals.get((kind, sign, mark), 0) + 1
                print(f"{sign} {kind:11} {mark} {stem[:30]}: {described(record, row if sign == '+' else old[stem], kind)}")
    for (kind, sign, mark), count in sorted(totals.items()):
        print(f"{kind:11} {'gained' if sign == '+' else 'lost':6} {mark:5} {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
