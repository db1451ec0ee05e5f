"""What each step of extraction adds to the parse, as a share of the parse's time, on the gold pages.

    python bench/speed.py

Pages of `../shared/gold/dev` (says so where they are absent). Each step is timed over all pages, the least of PASSES passes; the parse
is timed in the same passes, so that a busy machine slows both. Pages a second are those of one process, from bytes to records.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord import language, lexicons, pipeline, reading
from onrecord.annotators import ANNOTATORS
from onrecord.annotators.sentences import parse
from onrecord.documents import Page
from onrecord.kinds import KINDS
from onrecord.records import Records, seal

PAGES = Path(__file__).parent.parent.parent / "shared" / "gold" / "dev"
PASSES = 3
ALLOWED = {"statement": 0.10, "kinds": 0.35}
"""Shares of the parse that the issues allow: attribution, and all kinds together."""


def once(pages: list[Page]) -> dict[str, float]:
    """Return the seconds of each step over all pages."""
    nlp, lexicon = language.load(), lexicons.builtin()
    spent: dict[str, float] = defaultdict(float)

    def timed(step: str, call: Callable[..., Any], *arguments: Any) -> Any:
        begin = time.perf_counter()
        made = call(*arguments)
        spent[step] += time.perf_counter() - begin
        return made

    for page in pages:
        document = timed("reading", reading.read, page)
        annotations = timed("parse", parse, document, nlp)
        for annotator in ANNOTATORS:
            annotations = timed(annotator.__module__.rsplit(".", 1)[-1], annotator, annotations, lexicon)
        records = Records(document=annotations.document, actors=annotations.actors)
        for kind, find in KINDS.items():
            found = timed(kind, find, annotations, records, lexicon)
            records = records.plus(kind, seal(annotations.document.id, found.records), found.abstentions)
        timed("the gate", pipeline.records_of, annotations, lexicon)
    spent["the gate"] -= sum(spent[kind] for kind in KINDS)  # `records_of` finds them once more
    spent["kinds"] = sum(spent[kind] for kind in KINDS)
    return spent


def main() -> None:
    """Print the table."""
    if not PAGES.is_dir():
        sys.exit(f"{PAGES} is not there: nothing to measure")
    pages = [Page(path.read_bytes(), path.name) for path in sorted(PAGES.glob("*.txt"))]
    once(pages[:2])  # tables are read, caches filled
    passes = [once(pages) for _ in range(PASSES)]
    least = {step: min(run[step] for run in passes) for step in passes[0]}
    print(f"{len(pages)} pages, least of {PASSES} passes; parse {least['parse']:.2f} s")
    for step, seconds in least.items():
        allowed = f"  (at most {ALLOWED[step]:.0%})" if step in ALLOWED else ""
        print(f"{step:12} {seconds / least['parse']:6.1%} of the parse{allowed}")
    whole = sum(seconds for step, seconds in least.items() if step != "kinds")
    print(f"{len(pages) / whole:.1f} pages a second")


if __name__ == "__main__":
    main()
