"""Supervised worker processes: a page that hangs, eats memory or kills its worker is named, and the run goes on.

Each worker has one pipe and one page at a time. The supervisor waits for whichever answers first, ends a worker whose page takes
too long, starts a new one, and gives results back in the order of the pages. A process pool would not do: it dies whole when
one of its workers is killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from onrecord.documents import Page
from onrecord.errors import OnRecordError, SourceError
from onrecord.records import Records

Outcome = tuple[Page, Records] | SourceError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost before it is given up."""

    seconds: float = 60.0
    """A long page takes 3 s on a slow core; twenty times that is a hang."""
    memory: int = 3 * 2**30
    """Bytes of address space of a worker; the model and its libraries map about 1.5 GiB."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the workers need to know beside the page."""

    lexicon: Path | None = None


Work = Callable[[Page, Job], Records]


def process(page: Page, job: Job) -> Records:
    """Read one page and extract its records: what a worker does; SourceError says what is wrong with the page."""
    from onrecord import language, lexicons, pipeline, provenance, reading

    lexicon = lexicons.with_user(job.lexicon)
    document = reading.read(page)
    return provenance.stamp(pipeline.extract(document, language.load(), lexicon), lexicon)


def run(
    pages: Iterable[Page | SourceError], job: Job, *, jobs: int = 1, limits: Limits | None = None, work: Work = process
) -> Iterator[Outcome]:
    """Yield each page with its records, or what is wrong with it, in the order of the pages.

    Errors that no page is to blame for (no model, a bad lexicon) are raised.
    """
    crew = _Crew(job, limits or Limits(), work, jobs)
    try:
        yield from crew.run(iter(pages))
    finally:
        crew.close()


class _Worker:
    """One process, its pipe, and the page that it has in hand."""

    def __init__(self, job: Job, limits: Limits, work: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, job, limits, work), daemon=True)
        self.process.start()
        theirs.close()
        self.page: Page | None = None
        self.number = -1
        self.deadline = 0.0

    def give(self, number: int, page: Page, seconds: float) -> None:
        self.number, self.page, self.deadline = number, page, time.monotonic() + seconds
        self.pipe.send(page)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """The workers of one run."""

    def __init__(self, job: Job, limits: Limits, work: Work, jobs: int) -> None:
        self.job, self.limits, self.work, self.jobs = job, limits, work, max(1, jobs)
        self.idle: list[_Worker] = []
        self.busy: list[_Worker] = []

    def run(self, pages: Iterator[Page | SourceError]) -> Iterator[Outcome]:
        done: dict[int, Outcome] = {}
        given = yielded = 0
        more = True
        while more or self.busy or done:
            # at most a few results wait for a slow page before them, so that memory stays bounded
            while more and len(self.busy) < self.jobs and given - yielded < 4 * self.jobs:
                item = next(pages, None)
                if item is None:
                    more = False
                elif isinstance(item, SourceError):
                    done[given] = item
                    given += 1
                else:
                    self._give(given, item)
                    given += 1
            if self.busy:
                done.update(self._collect())
            while yielded in done:
                yield done.pop(yielded)
                yielded += 1

    def _give(self, number: int, page: Page) -> None:
        worker = self.idle.pop() if self.idle else _Worker(self.job, self.limits, self.work)
        worker.give(number, page, self.limits.seconds)
        self.busy.append(worker)

    def _collect(self) -> dict[int, Outcome]:
        """Wait for the next answer or the next deadline; return what is known then."""
        patience = max(0.0, min(w.deadline for w in self.busy) - time.monotonic())
        ready = set(wait([w.pipe for w in self.busy], timeout=patience))
        out: dict[int, Outcome] = {}
        for worker in list(self.busy):
            if worker.pipe in ready:
                out[worker.number] = self._answer(worker)
            elif time.monotonic() >= worker.deadline:
                out[worker.number] = self._lost(worker, f"took more than {self.limits.seconds:g} s")
        return out

    def _answer(self, worker: _Worker) -> Outcome:
        assert worker.page is not None
        try:
            answer = worker.pipe.recv()
        except (EOFError, ConnectionError):
            worker.process.join()
            return self._lost(worker, f"its worker was ended by {_how(worker.process.exitcode)}")
        self.busy.remove(worker)
        self.idle.append(worker)
        if isinstance(answer, SourceError):
            return answer
        if isinstance(answer, Exception):
            raise answer
        return worker.page, answer

    def _lost(self, worker: _Worker, reason: str) -> SourceError:
        assert worker.page is not None
        self.busy.remove(worker)
        worker.end()
        return SourceError(worker.page.uri, reason)

    def close(self) -> None:
        for worker in (*self.idle, *self.busy):
            worker.end()


def _how(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return f"signal {signal.Signals(-exitcode).name}"
    return f"exit status {exitcode}"


def _serve(pipe: Connection, job: Job, limits: Limits, work: Work) -> None:
    """Answer each page with its records or an error, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor ends us
    _limit_memory(limits.memory)
    while True:
        try:
            page = pipe.recv()
        except EOFError:
            return
        pipe.send(_attempt(work, page, job, limits))


def _attempt(work: Work, page: Page, job: Job, limits: Limits) -> Records | OnRecordError:
    try:
        return work(page, job)
    except OnRecordError as error:
        return error
    except MemoryError:
        return SourceError(page.uri, f"needs more than {limits.memory / 2**30:.3g} GiB of memory")
    except RecursionError:
        return SourceError(page.uri, "is nested too deeply")
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one page, not the run
        place = traceback.extract_tb(error.__traceback__)[-1]
        return SourceError(page.uri, f"extraction failed: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})")


def _limit_memory(size: int) -> None:
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
