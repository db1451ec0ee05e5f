"""Times and quantities on MEANTIME's development documents: onrecord beside the peers that pip can install, in one run.

    python bench/peers.py [FILE.jsonl] [--keep FOLDER]

The peers (recognizers-text, dateparser, timexy, quantulum3) are installed into a virtual environment of their own, in a temporary
folder, or in the folder of `--keep`, where it is used again. A peer that cannot be installed or run is named with the reason. All get
the same text and the day of publication. Found: a character in common with the gold's expression, each at most once. Value: found,
and the TIMEX3 value or the number is the gold's. MEANTIME counts ages and ordinals as quantities and leaves out much that counts
("the two companies"): precision says less there than recall.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

MEANTIME = Path(__file__).parent.parent.parent / "shared" / "gold" / "meantime" / "meantime-dev.jsonl"
PACKAGES = {
    "recognizers-text": ("recognizers-text-suite==1.0.2a2", "emoji<2"),
    "dateparser": ("dateparser==1.5.0",),
    "timexy": ("timexy==0.1.3", "spacy>=3.8,<3.9"),
    "quantulum3": ("quantulum3==0.10.0",),
}
Found = tuple[int, int, Any]
"""Start, end, and the value: a TIMEX3 value, a number, or None."""
Finder = Callable[[str, str], tuple[list[Found], list[Found]]]
"""From text and day of publication to times and quantities."""


# ---- the peers: run in their own environment -----------------------------------------------------------------------


def recognizers() -> Finder:
    """Microsoft's recognizers: dates and times, numbers, currencies, units, per cent."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    def find(text: str, day: str) -> tuple[list[Found], list[Found]]:
        found = recognize_datetime(text, "en-us", reference=datetime.fromisoformat(day))
        times = [(r.start, r.end + 1, _resolved(((r.resolution or {}).get("values") or [{}])[0])) for r in found]
        quantities: list[Found] = []
        for recognize in (recognize_currency, recognize_dimension, recognize_percentage, recognize_number):
            for r in recognize(text, "en-us"):
                if not any(r.start < end and start <= r.end for start, end, _ in (*times, *quantities)):
                    quantities.append((r.start, r.end + 1, _number((r.resolution or {}).get("value"))))
        return times, quantities

    return find


def _resolved(value: dict[str, str]) -> str | None:
    """Return the TIMEX of a resolution, or the day that it was resolved to where the TIMEX leaves it open."""
    timex = value.get("timex")
    return value.get("value", timex) if timex and "X" in timex else timex


def dateparser() -> Finder:
    """Dates searched for in running text; it gives words, not places: each is looked for behind the one before."""
    from dateparser.search import search_dates

    def find(text: str, day: str) -> tuple[list[Found], list[Found]]:
        out: list[Found] = []
        at = 0
        for words, moment in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": datetime.fromisoformat(day)}) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                out.append((start, at, moment.date().isoformat()))
        return out, []

    return find


def timexy() -> Finder:
    """A spaCy component for absolute and relative times."""
    import spacy
    import timexy as _registered  # noqa: F401 - the import makes the component known

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})

    def find(text: str, day: str) -> tuple[list[Found], list[Found]]:  # noqa: ARG001 - it does not take a day
        values = [(e.start_char, e.end_char, re.search(r'value="([^"]*)"', e.kb_id_)) for e in nlp(text).ents]
        return [(start, end, re.sub("T00:00:00$", "", m[1]) if m else None) for start, end, m in values], []

    return find


def quantulum() -> Finder:
    """Quantities with units, without its optional classifier."""
    from quantulum3 import parser

    def find(text: str, day: str) -> tuple[list[Found], list[Found]]:  # noqa: ARG001 - it knows no days
        return [], [(q.span[0], q.span[1], q.value) for q in parser.parse(text)]

    return find


PEERS: dict[str, Callable[[], Finder]] = {
    "recognizers-text": recognizers,
    "dateparser": dateparser,
    "timexy": timexy,
    "quantulum3": quantulum,
}


def _number(value: Any) -> float | None:
    try:
        return float(str(value).rstrip("%"))
    except ValueError:
        return None


def serve(name: str) -> None:
    """Read documents as JSON lines, write what a peer finds in each, and the seconds that it took."""
    find = PEERS[name]()
    for line in sys.stdin:
        document = json.loads(line)
        began = time.perf_counter()
        times, quantities = find(document["text"], document["dct"])
        print(json.dumps({"times": times, "quantities": quantities, "seconds": time.perf_counter() - began}), flush=True)


# ---- ours ----------------------------------------------------------------------------------------------------------


def ours(documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what onrecord finds: times in the text alone, quantities with the parse. No loading is counted, as no peer's import is."""
    from onrecord import language
    from onrecord.annotators import quantities, sentences, times
    from onrecord.documents import Page, Published
    from onrecord.lexicons import builtin
    from onrecord.reading import read
    from onrecord.timex import expressions

    nlp, lexicon = language.load(), builtin()
    for document in documents:
        began, day = time.perf_counter(), document["dct"]
        page = Page(document["text"].encode(), "-", media_type="text/plain", published=day)
        annotations = sentences.parse(read(page), nlp)
        for annotate in (times.annotate, quantities.annotate):
            annotations = annotate(annotations, lexicon)
        yield {
            "times": [(*t.span, t.value) for t in expressions(document["text"], Published(value=day, earliest=day, latest=day))],
            "quantities": [(*q.span, q.value if q.value is not None else q.low or q.high) for q in annotations.quantities],
            "seconds": time.perf_counter() - began,
        }


# ---- scoring -------------------------------------------------------------------------------------------------------

WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
NUMBERS = {word: float(number) for number, word in enumerate(WORDS.split())}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9}


def number_of(text: str) -> float | None:
    """Return the one number of a gold quantity, or None where it is not one plain number."""
    found = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
    words = [NUMBERS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in NUMBERS]
    values = [float(f.replace(",", "")) for f in found] or words
    scale = next((s for word, s in SCALES.items() if re.search(rf"(?<![a-z]){word}(?![a-z])", text.lower())), 1.0)
    return round(values[0] * scale, 4) if len(values) == 1 else None


def tally(gold: list[Found], found: list[Found]) -> tuple[int, int, int, int, int]:
    """Return how many gold and found expressions there are, how many meet, how many of these have a gold value, how many the same."""
    met: list[tuple[Found, Found]] = []
    used: set[int] = set()
    for g in gold:
        for n, f in enumerate(found):
            if n not in used and g[0] < f[1] and f[0] < g[1]:
                used.add(n)
                met.append((g, f))
                break
    same = sum(g[2] is not None and g[2] == (round(f[2], 4) if isinstance(f[2], float) else f[2]) for g, f in met)
    return len(gold), len(found), len(met), sum(g[2] is not None for g, _ in met), same


def report(name: str, documents: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Print one line for times and one for quantities, where there are any."""
    seconds = sum(row["seconds"] for row in rows)
    for what, value in (("timex", "times"), ("quantities", "quantities")):
        sums = [0] * 5
        for document, row in zip(documents, rows, strict=True):
            gold = [(g["start"], g["end"], g["value"] if what == "timex" else number_of(g["text"])) for g in document[what]]
            sums = [a + b for a, b in zip(sums, tally(gold, [tuple(f) for f in row[value]]), strict=True)]  # type: ignore[misc]
        n_gold, n_found, met, valued, same = sums
        if n_found:
            f1, right = 2 * met / (n_gold + n_found), same / valued if valued else 0.0
            print(
                f"{name:18} {value:11} P {met / n_found:.3f}  R {met / n_gold:.3f}  F1 {f1:.3f}  "
                f"value right {right:.3f} of {valued:3}  {len(documents) / seconds:7.1f} documents/s"
            )


# ---- the run -------------------------------------------------------------------------------------------------------


def environment(folder: Path, name: str) -> Path | str:
    """Return the interpreter of a peer's environment, made where it is not there, or why it cannot be."""
    home = folder / name
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES[name]]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            return next((line for line in reversed(made.stderr.splitlines()) if line.startswith("ERROR")), "pip failed")
        (home / "ready").touch()
    return python


def run(name: str, folder: Path, documents: list[dict[str, Any]]) -> list[dict[str, Any]] | str:
    """Return what a peer finds in each document, or why it does not run."""
    python = environment(folder, name)
    if isinstance(python, str):
        return python
    lines = "".join(json.dumps({"text": d["text"], "dct": d["dct"]}) + "\n" for d in documents)
    done = subprocess.run([python, __file__, "--as", name], input=lines, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it stopped without a word"])[-1]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def main(arguments: list[str]) -> int:
    """Print the table; 0 also where the data are absent."""
    if arguments[:1] == ["--as"]:
        serve(arguments[1])
        return 0
    keep = Path(arguments[arguments.index("--keep") + 1]) if "--keep" in arguments else None
    path = Path(next((a for a in arguments if a.endswith(".jsonl")), MEANTIME))
    if not path.is_file():
        print(f"skipped: {path.name} is not here (it lies in ../shared, beside the project)")
        return 0
    documents = [d for d in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if d["dct"]]
    report("onrecord", documents, list(ours(documents)))
    with tempfile.TemporaryDirectory() as scratch:
        for name in PEERS:
            rows = run(name, keep or Path(scratch), documents)
            if isinstance(rows, str):
                print(f"{name:18} absent: {rows}")
            else:
                report(name, documents, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
