"""Selectors find their span again, and the fragment link of a served page marks the quote in a real browser."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from onrecord import reading
from onrecord.documents import Document, Page, Source
from onrecord.selectors import fragment, fragment_link, selectors, stored_range, text_quote
from onrecord.spans import Span

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGE = EXAMPLES / "arms-treaty-extended.html"


def document(text: str, **more: Any) -> Document:
    """Make a document of a text."""
    return Document(uri="t", text=text, source=Source("0", "text/plain", "utf-8"), **more)


@given(st.text(alphabet="ab \n", min_size=1, max_size=300), st.data())
def test_a_quote_selector_is_unique_or_holds_the_whole_text(text: str, data: st.DataObject) -> None:
    """Prefix, quote and suffix stand at the span and nowhere else."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = text_quote(text, span)
    whole = found["prefix"] + found["exact"] + found["suffix"]
    assert found["exact"] == span.of(text)
    assert text[span.start - len(found["prefix"]) :].startswith(whole)
    assert text.count(whole) == 1 or whole == text


def test_the_context_grows_until_the_quote_is_unique() -> None:
    """Sentences that differ only far away."""
    text = "In May " + "the minister said that he would go. " * 6 + "End."
    third = [m.start() for m in re.finditer("would", text)][2]
    found = text_quote(text, Span(third, third + 5))
    assert len(found["prefix"]) > 32
    assert text.count(found["prefix"] + "would" + found["suffix"]) == 1


def test_a_stored_range_leads_to_the_same_characters() -> None:
    """The XPaths and offsets of a page give back the words of the canonical text."""
    read = reading.read(Page(PAGE.read_bytes(), "http://a.example/x"))
    tree = html.document_fromstring(PAGE.read_bytes().decode())
    checked = 0
    for match in re.finditer(r"\w{6,}", read.text):
        span = Span(*match.span())
        found = stored_range(read, span)
        if found is None:
            continue
        start, end = found["startSelector"], found["endSelector"]
        assert start["value"] == end["value"]
        [node] = tree.xpath(start["value"])
        assert node[start["refinedBy"]["start"] : end["refinedBy"]["end"]] == match[0]
        checked += 1
    assert checked > 100


def test_a_page_without_a_source_map_has_no_range() -> None:
    """Plain text is its own source: position and quote say all."""
    assert [s["type"] for s in selectors(document("Words of a page."), Span(0, 5))] == ["TextPositionSelector", "TextQuoteSelector"]


@pytest.mark.parametrize(
    ("text", "quoted", "wanted", "reason"),
    [
        ("He said yes.", "said", "said", "a single word"),
        ("He said yes.", "ai", "said", "widened to whole words"),
        ("A - b, c & d.", "- b, c & d", "- b, c & d", "marks that mean something are encoded"),
        (
            "one two three four five six\nseven eight nine ten eleven twelve",
            None,
            "one two three four five,eight nine ten eleven twelve",
            "paragraphs",
        ),
        ("aa bb cc. dd bb ee.", ("bb", 1), "aa bb cc. dd-,bb,-ee.", "the second of two"),
    ],
)
def test_fragments(text: str, quoted: Any, wanted: str, reason: str) -> None:
    """Decoded, a fragment reads as the quote."""
    word, skip = quoted if isinstance(quoted, tuple) else (quoted or text, 0)
    start = [m.start() for m in re.finditer(re.escape(word), text)][skip]
    assert unquote(fragment(text, Span(start, start + len(word)))) == wanted, reason


def test_no_address_no_link() -> None:
    """A file on disk has no live page."""
    assert fragment_link(document("Words."), Span(0, 5)) is None
    assert fragment_link(document("Words.", url="http://a.example/x#top"), Span(0, 5)) == "http://a.example/x#:~:text=Words"


# ---- in a browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of the examples on loopback."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(EXAMPLES))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("Chromium and its driver are not installed")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    profile = tmp_path_factory.mktemp("profile")
    quiet = (
        "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    )
    for flag in (*quiet.split(), f"--user-data-dir={profile}", "--window-size=800,600"):
        options.add_argument(flag)
    window = webdriver.Chrome(options=options, service=Service(driver))
    yield window
    window.quit()


@pytest.mark.browser
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9], ids=["early", "middle", "late"])
def test_a_fragment_link_scrolls_to_the_quote(browser: Any, served: str, part: float) -> None:
    """The live page opens at the sentence: it is in view, though it was not before."""
    read = reading.read(Page(PAGE.read_bytes(), f"{served}/{PAGE.name}", url=f"{served}/{PAGE.name}"))
    at = int(len(read.text) * part)
    start = read.text.index(". ", at) + 2
    span = Span(start, min(read.text.index(".", start + 30), start + 120))
    link = fragment_link(read, span)
    assert link is not None
    browser.get("about:blank")
    browser.get(link)
    words = span.of(read.text).split("\n")[0][:25]
    script = """
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.textContent.replace(/\\s+/g, ' ').indexOf(arguments[0]);
        const box = walker.currentNode.parentElement.getBoundingClientRect();
        if (at >= 0) return [box.top, box.bottom, innerHeight, scrollY];
      }
      return null;"""
    browser.implicitly_wait(0)
    for _ in range(40):
        found = browser.execute_script(script, words)
        if found and found[3] > 0:
            break
        browser.execute_async_script("setTimeout(arguments[0], 50)")
    assert found, words
    top, bottom, height, scrolled = found
    assert scrolled > 0
    assert top < height
    assert bottom > 0
