"""The store at a million records: how fast it writes and answers, how large it is, and what 200 killings leave of it.

    store.py [--records N] [--kills N] [--flips N] [--db FILE]

Pages and records are made up (tests/synthetic.py), so that only the store is measured: making them is not counted. Beside each
figure stands a baseline of the same run: a row by its number, read through sqlite3 alone. Targets are those of the issue.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import interrupted
from onrecord import accounts
from onrecord.ledger import Filter
from onrecord.store import Store, open_store
from synthetic import WORDS, pages
from test_store_verifying import contents, filled, flip, judged

RECORDS_A_PAGE = 33
TEXTS = ("texts", "text_index_data", "text_index_idx", "text_index_docsize", "text_index_config", "pages")
"""What holds the pages and their texts, not the records."""


def clock() -> str:
    """Return one fixed time: the figures do not depend on it."""
    return "2026-01-01T00:00:00+00:00"


def build(store: Store, records: int) -> None:
    """Fill the store and print the writer's speed."""
    busy = cpu = 0.0
    done = 0
    stream = pages(records // RECORDS_A_PAGE + 1)
    while done < records and (chunk := list(islice(stream, 1000))):
        start, start_cpu = time.perf_counter(), time.process_time()
        done += store.add(chunk).records
        busy += time.perf_counter() - start
        cpu += time.process_time() - start_cpu
        print(f"\r{done:,} records, {done / busy:,.0f} a second", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{'ingest, writer alone':44} {done / busy:12,.0f} records/s   (target 8,000; {done / cpu:,.0f} a second of CPU)")


def size(store: Store) -> None:
    """Print the bytes for each record, texts and pages apart."""
    store.checkpoint()
    raw = sqlite3.connect(store.path)
    tables = dict(raw.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    count = raw.execute("SELECT count(*) FROM records").fetchone()[0]
    raw.close()
    apart = sum(n for name, n in tables.items() if name in TEXTS)
    print(f"{'size of a record with its evidence':44} {(sum(tables.values()) - apart) / count:12,.0f} bytes       (target 1,200)")
    print(f"{'pages and texts, for each record':44} {apart / count:12,.0f} bytes")


def median(what: str, target: float | None, questions: Iterable[Callable[[], object]]) -> None:
    """Print the median and the slowest time of some questions in milliseconds, and the median of CPU time (other work does not count)."""
    times, busy = [], []
    for ask in questions:
        start, start_cpu = time.perf_counter(), time.process_time()
        ask()
        times.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - start_cpu) * 1000)
    aim = f"(target {target:g})" if target else "(baseline)"
    rest = f"CPU {statistics.median(busy):.2f}, slowest {max(times):.2f} of {len(times)}"
    print(f"{what:44} {statistics.median(times):12.2f} ms   {aim:14} {rest}")


def ask(store: Store) -> None:
    """Time the questions that people ask."""
    total = store.sql("SELECT max(number) FROM records", 60).rows[0][0]
    step = max(1, total // 211)
    ids = [row[0] for row in store.sql(f"SELECT id FROM records WHERE number % {step} = 1", 600).rows]
    names = [row[0] for row in store.sql("SELECT name FROM identities LIMIT 40", 60).rows]
    row = store._connection.execute  # noqa: SLF001 - the baseline goes past the store
    median(
        "a row by its number, sqlite3 alone",
        None,
        (lambda n=n: row("SELECT * FROM records WHERE number = ?", (n,)).fetchone() for n in range(1, total, step)),
    )
    median("point look-up by 12 digits", 1, (lambda i=i: store.record(i[:12]) for i in ids))
    median("point look-up by the whole id", 1, (lambda i=i: store.record(i) for i in ids))
    median(
        "page of events of a type since a day",
        10,
        (lambda t=t, y=y: store.records(kind="event", type=t, since=f"{y}-06-01") for t in ("AGREE", "ASSAULT") for y in range(2000, 2020)),
    )
    median("page of statements of an actor", 10, (lambda n=n: store.records(kind="statement", actor=n) for n in names))
    median("page of all kinds of an actor", 10, (lambda n=n: store.records(actor=n) for n in names))
    median(
        "page of all kinds in a month", 10, (lambda y=y: store.records(since=f"{y}-06-01", until=f"{y}-06-30") for y in range(2000, 2025))
    )
    median("search for a common word", 150, (lambda w=w: store.search(w) for w in WORDS[:20]))
    median("search for two words", 50, (lambda a=a, b=b: store.search(f"{a} {b}") for a, b in zip(WORDS[:20], WORDS[20:40], strict=True)))
    median(
        "search for two rarer words",
        50,
        (lambda a=a, b=b: store.search(f"{a} {b}") for a, b in zip(WORDS[200:220], WORDS[240:260], strict=True)),
    )
    median("first page of the ledger", 100, (lambda y=y: list(store.commitments(as_of=f"{y}-06-30", limit=50)) for y in range(2001, 2025)))
    median(
        "first page of the ledger of an actor",
        100,
        (lambda n=n: list(store.commitments(as_of="2012-06-30", actor=n, limit=50)) for n in names),
    )
    days = [f"{year}-06-30" for year in range(2001, 2025)]
    median("first page of the ledger with histories", 100, (lambda d=d: accounts.ledger(store, d, Filter(), limit=50) for d in days))
    median("a whole document", None, (lambda d=d: store.document(d.id) for d in islice(store.documents(), 50)))


def killed(folder: Path, kills: int) -> None:
    """Kill a run of 500 pages at random moments; print what was lost (nothing may be) and whether going on ends the same."""
    source, random = folder / "pages.pickle", Random(5)
    source.write_bytes(pickle.dumps(list(pages(500, sentences=3))))
    interrupted.finish(interrupted.start(folder / "undisturbed.db", source))
    with open_store(folder / "undisturbed.db", now=interrupted.clock) as store:
        head = store.head()
    midway = damaged = lost = other = number = 0
    for kill in range(1, kills + 1):
        path = folder / f"killed{number}.db"
        committed = interrupted.kill(interrupted.start(path, source), random.uniform(0, 0.4))
        with open_store(path, now=interrupted.clock) as store:
            found = store.verify()
            damaged += bool(found)
            for one in found[:3]:
                print(f"after kill {kill}: {one}", file=sys.stderr)
            lost += len(list(store.documents())) < committed
        midway += committed < 500
        if committed == 500 or kill == kills:
            interrupted.finish(interrupted.start(path, source))
            with open_store(path, now=interrupted.clock) as store:
                other += store.head() != head
            number += 1
    said = f"{midway} midway: {lost} lost, {damaged} damaged, {other} of {number} resumed otherwise"
    print(f"{'kill -9':44} {kills:12} times       {said} (target 0)")


def flipped(folder: Path, flips: int) -> None:
    """Flip bits of a small store; print how many changed what it holds, and how many of those were not named (none may be)."""
    whole, random = filled(folder / "whole.db"), Random(11)
    before, copy = contents(whole), folder / "copy.db"
    changes = missed = 0
    for _ in range(flips):
        for old in folder.glob("copy.db*"):
            old.unlink()
        shutil.copy(whole, copy)
        flip(copy, random)
        changed, named = judged(copy, before)
        changes += changed
        missed += changed and not named
    print(f"{'flipped bits':44} {flips:12} bits        {changes} changed what is held, {missed} not named (target 0)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--db", type=Path, help="keep the large store here, and use the one that is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "bench.db"
        new = not path.exists()
        with open_store(path, now=clock) as store:
            if new:
                build(store, options.records)
            size(store)
            ask(store)
        killed(Path(folder), options.kills)
        flipped(Path(folder), options.flips)


if __name__ == "__main__":
    main()
