"""The supervised workers: order is kept, and a page that breaks its worker costs that page only."""

from __future__ import annotations

import os
import signal
import time

import pytest

from onrecord.documents import Document, Page, Source
from onrecord.engines.local import Job, Limits, Outcome, run
from onrecord.errors import RuleError, SourceError
from onrecord.records import Records


def work(page: Page, job: Job) -> Records:
    """Do what the page's own words say."""
    word = page.content.decode()
    if word == "hang":
        time.sleep(60)
    elif word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "eat":
        bytearray(8 * 2**30)
    elif word == "blame":
        raise SourceError(page.uri, "empty")
    elif word == "rules":
        message = "cues.toml:3: not TOML"
        raise RuleError(message)
    elif word == "fault":
        raise ZeroDivisionError
    elif word == "slow":
        time.sleep(0.5)
    return Records(Document(uri=page.uri, text=word, source=Source("0", "text/plain", "utf-8")))


def outcomes(*words: str, jobs: int = 1, seconds: float = 20.0) -> list[Outcome]:
    """Run pages made of these words."""
    pages = [Page(word.encode(), f"{n}.txt") for n, word in enumerate(words)]
    return list(run(pages, Job(), jobs=jobs, limits=Limits(seconds=seconds, memory=2 * 2**30), work=work))


def said(items: list[Outcome]) -> list[str]:
    """Name each outcome by its text or its error."""
    return [str(item) if isinstance(item, SourceError) else item[1].document.text for item in items]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("die", "its worker was ended by signal SIGKILL"),
        ("eat", "needs more than 2 GiB of memory"),
        ("blame", "empty"),
        ("fault", "extraction failed: ZeroDivisionError:  (test_engines_local.py:"),
    ],
)
def test_a_page_that_breaks_its_worker_is_named_and_the_others_are_read(word: str, reason: str) -> None:
    """The run goes on with a new worker where the old one is gone."""
    first, broken, last = said(outcomes("a", word, "b"))
    assert (first, last) == ("a", "b")
    assert broken.startswith(f"1.txt: {reason}")


def test_a_page_that_hangs_is_given_up() -> None:
    """A page has so many seconds; the limit leaves a new worker the time to start."""
    begun = time.monotonic()
    assert said(outcomes("a", "hang", "b", seconds=6.0)) == ["a", "1.txt: took more than 6 s", "b"]
    assert time.monotonic() - begun < 50


def test_results_come_in_the_order_of_the_pages() -> None:
    """A slow page holds back the quick ones behind it, however many workers there are."""
    words = ["slow", "a", "b", "slow", "c", "d", "e", "f", "g", "h"]
    assert said(outcomes(*words, jobs=2)) == words


def test_errors_of_the_input_keep_their_place() -> None:
    """What could not even be opened stands between its neighbours."""
    pages = [Page(b"a", "0.txt"), SourceError("1.txt", "no such file"), Page(b"b", "2.txt")]
    assert said(list(run(pages, Job(), work=work))) == ["a", "1.txt: no such file", "b"]


def test_an_error_that_no_page_is_to_blame_for_ends_the_run() -> None:
    """A wrong lexicon would fail every page alike."""
    with pytest.raises(RuleError, match="cues"):
        outcomes("rules")
