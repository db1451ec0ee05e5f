"""A process that fills a store and can be killed: for the store's tests and its benchmark.

Run as a script it adds the pickled pages to the store in batches, and says after each one how many documents are committed:

    interrupted.py STORE PAGES.pickle [LIMIT]

LIMIT is the size in bytes beyond which the system refuses to let a file grow.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

BATCH = 20
"""Documents in one transaction: more commits to be killed between than with the usual 50."""


def clock() -> str:
    """Return one fixed time, so that two runs over the same pages end with the same head of the audit."""
    return "2026-01-01T00:00:00+00:00"


def start(store: Path, pages: Path, limit: int | None = None) -> subprocess.Popen[str]:
    """Start filling a store; `finish` or `kill` must follow."""
    command = [sys.executable, __file__, str(store), str(pages), *([str(limit)] if limit else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill(process: subprocess.Popen[str], after: float) -> int:
    """Kill a process so many seconds after its first commit; return how many documents it had said were committed."""
    assert process.stdout is not None
    said = process.stdout.readline()
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate()
    whole = [line for line in (said + rest).splitlines(keepends=True) if line.endswith("\n")]
    return int(whole[-1]) if whole else 0


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end; return how many documents are committed, and what was complained of."""
    out, complaints = process.communicate(timeout=300)
    lines = out.splitlines()
    return (int(lines[-1]) if lines else 0), complaints.strip()


def main(store: str, pages: str, limit: str | None = None) -> int:
    """Fill the store."""
    from onrecord.errors import StoreError
    from onrecord.store import open_store, writes

    if limit:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    writes.BATCH = BATCH
    results = pickle.loads(Path(pages).read_bytes())
    done = 0
    try:
        with open_store(store, now=clock) as opened:
            for at in range(0, len(results), BATCH):
                report = opened.add(results[at : at + BATCH])
                done += len(report.added) + len(report.unchanged)
                sys.stdout.write(f"{done}\n")
                sys.stdout.flush()
    except StoreError as error:
        sys.stderr.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
