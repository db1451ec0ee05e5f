"""What kills, full disks and second writers leave of a store: all that was committed, and no half of anything."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sqlite3
from pathlib import Path
from random import Random

import pytest

import interrupted
from handmade import Clock, truce
from onrecord.decisions import Decision
from onrecord.errors import StoreError
from onrecord.store import connection as connecting
from onrecord.store import open_store
from synthetic import pages

PAGES = 500
KILLS = 10


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five hundred pages with their records, as if extracted beforehand."""
    path = tmp_path_factory.mktemp("pages") / "pages.pickle"
    path.write_bytes(pickle.dumps(list(pages(PAGES, sentences=3))))
    return path


@pytest.fixture(scope="module")
def undisturbed(extracted: Path) -> str:
    """The head of the audit after a run that nobody disturbed."""
    path = extracted.with_name("undisturbed.db")
    assert interrupted.finish(interrupted.start(path, extracted)) == (PAGES, "")
    return checked(path, PAGES)


def checked(path: Path, least: int) -> str:
    """Return the head of a store that must be clean and hold so many documents at least."""
    with open_store(path, create=False, now=interrupted.clock) as store:
        assert store.verify() == []
        assert len(list(store.documents())) >= least
        return store.head()


def test_a_killed_run_loses_nothing_that_was_committed_and_can_go_on(tmp_path: Path, extracted: Path, undisturbed: str) -> None:
    """Kill -9 ten times at random moments: nothing committed is lost, and going on ends as if nothing had happened."""
    random, midway, number = Random(3), 0, 0
    for kills in range(1, KILLS + 1):
        path = tmp_path / f"{number}.db"
        committed = interrupted.kill(interrupted.start(path, extracted), random.uniform(0, 0.5))
        head = checked(path, committed)
        midway += committed < PAGES
        if committed == PAGES or kills == KILLS:
            assert interrupted.finish(interrupted.start(path, extracted)) == (PAGES, "")
            assert checked(path, PAGES) == undisturbed
            number += 1
        else:
            assert head != undisturbed
    assert midway >= KILLS // 2  # or the kills came too late to test anything


@pytest.mark.skipif(os.name != "posix", reason="limits on file sizes are POSIX")
def test_a_limit_on_file_sizes_in_the_middle_is_said_and_leaves_the_store_whole(tmp_path: Path, extracted: Path, undisturbed: str) -> None:
    """The error names the file and the matter; with more room the run goes on."""
    path = tmp_path / "s.db"
    committed, complaint = interrupted.finish(interrupted.start(path, extracted, limit=1_500_000))
    assert str(path) in complaint
    assert "what was committed is safe" in complaint
    assert 0 < committed < PAGES
    checked(path, committed)
    assert interrupted.finish(interrupted.start(path, extracted)) == (PAGES, "")
    assert checked(path, PAGES) == undisturbed


def test_a_full_disk_is_said_and_leaves_the_store_whole(tmp_path: Path) -> None:
    """The batch that did not fit is not there, the one before is; so with a decision."""
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        store.add(pages(20))
        (size,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {size + 10}")
        with pytest.raises(StoreError, match="the disk is full; what was committed is safe"):
            store.add(pages(40, first=20))
        assert len(list(store.documents())) == 20
        assert store.verify() == []
        store._connection.execute("PRAGMA max_page_count = 1000000")
        store.add(pages(40, first=20))
        assert len(list(store.documents())) == 60


def test_an_error_in_the_middle_of_a_batch_leaves_nothing_of_it(tmp_path: Path) -> None:
    """The batches before it stay."""

    def breaking() -> object:
        yield from pages(70)
        raise RuntimeError

    with open_store(tmp_path / "s.db", now=Clock()) as store:
        with pytest.raises(RuntimeError):
            store.add(breaking())  # type: ignore[arg-type]
        assert len(list(store.documents())) == 50
        assert store.verify() == []


# ---- two writers ---------------------------------------------------------------------------------------------------


def fill(path: Path, first: int, count: int) -> None:
    """Add pages in small batches: what each of two processes does."""
    from onrecord.store import writes

    writes.BATCH = 5
    with open_store(path, now=interrupted.clock) as store:
        store.add(pages(count, first=first, sentences=2))


def test_two_writers_take_turns(tmp_path: Path) -> None:
    """Two processes with overlapping pages, into a store that neither finds there: all pages, once, one chain."""
    path, context = tmp_path / "s.db", multiprocessing.get_context("spawn")
    writers = [context.Process(target=fill, args=(path, first, 60)) for first in (0, 40)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_store(path, create=False, now=Clock()) as store:
        assert len(list(store.documents())) == 100
        assert store.verify() == []


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And reading goes on meanwhile."""
    monkeypatch.setattr(connecting, "PATIENCE", 0.2)
    page, records = truce()
    path = tmp_path / "s.db"
    with open_store(path, now=Clock()) as store:
        store.add([(page, records)])
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another writer for more than 0.2 s"):
            store.add(pages(1))
        with pytest.raises(StoreError, match="locked by another writer"):
            store.decide(records.events[0].id, Decision(act="accept", reviewer="ann"))
        assert store.document(records.document.id) == records
        other.close()
        assert store.add(pages(1)).records > 0
