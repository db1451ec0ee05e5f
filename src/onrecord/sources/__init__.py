"""Where pages come from: one file for each kind of input, each yielding pages or saying what is wrong, in input order.

An input is a file (`.html .htm .txt .pdf .jsonl .warc .warc.gz .xml .rss .atom`, the page kinds also as `.gz`), a folder, `-`
(standard input) or an http(s) address. A container (JSONL, WARC, feed) yields its pages one by one; what is broken in it is
named, and the good ones are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources import feeds, files, http, jsonl, warc
from onrecord.sources.options import Options

Item = Page | SourceError

__all__ = ["Item", "Options", "pages"]


def pages(inputs: Sequence[str], options: Options) -> Iterator[Item]:
    """Yield the pages of all inputs in order; what cannot be read is yielded as its error."""
    for name in inputs:
        for item in _input(name, options):
            yield replace(item, published=item.published or options.published) if isinstance(item, Page) else item


def _input(name: str, options: Options) -> Iterator[Item]:
    if name.startswith(("http://", "https://")):
        fetched = http.fetch(name, options)
        yield from [fetched] if isinstance(fetched, SourceError) else _contents(fetched, options)
        return
    for found in files.files(name):
        if isinstance(found, SourceError):
            yield found
        elif found.kind == "warc":
            yield from warc.pages(found.path, options)
        elif found.kind == "jsonl":
            yield from jsonl.pages(found.path, options)
        else:
            page = files.page(found, options)
            yield from [page] if isinstance(page, SourceError) else _contents(page, options)


def _contents(page: Page, options: Options) -> Iterator[Item]:
    """Open a page that is a feed; any other is itself."""
    yield from feeds.pages(page, options) if feeds.is_feed(page) else [page]
