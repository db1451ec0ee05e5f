"""JSON lines to pages: each line an object with `text` or `html`, and perhaps `url`, `title`, `published`.

A line that is no such object is named with its number; the others are kept. Half of a surrogate pair, which JSON
can escape but UTF-8 cannot hold, is read as U+FFFD.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

from onrecord.cells import whole
from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources.files import shown
from onrecord.sources.options import PAGE_LIMIT, Options

LINE_LIMIT = 3 * PAGE_LIMIT
"""Bytes of one line: a page as JSON may escape each of its characters."""


def pages(path: Path, options: Options) -> Iterator[Page | SourceError]:
    """Yield a page for each line."""
    name = shown(path)
    try:
        with _open(path) as stream:
            number = 0
            while raw := stream.readline(LINE_LIMIT + 1):
                number += 1
                where = f"{name}:{number}"
                if len(raw) > LINE_LIMIT:
                    yield SourceError(where, f"a line of more than {LINE_LIMIT / 2**20:.3g} MiB")
                    while raw and not raw.endswith(b"\n"):
                        raw = stream.readline(LINE_LIMIT)
                elif raw.strip():
                    yield _page(raw, where, options)
            if not number:
                yield SourceError(name, "empty")
    except (OSError, EOFError) as error:
        yield SourceError(name, (getattr(error, "strerror", None) or str(error)).lower())


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def _page(raw: bytes, where: str, options: Options) -> Page | SourceError:
    try:
        row: Any = json.loads(raw)
    except ValueError as error:
        return SourceError(where, f"not JSON: {error}")
    if not isinstance(row, dict):
        return SourceError(where, "not a JSON object")
    kinds = [key for key in ("text", "html") if isinstance(row.get(key), str)]
    if not kinds:
        return SourceError(where, "has neither `text` nor `html`")
    optional = {key: row.get(key) for key in ("url", "title", "published")}
    for key, value in optional.items():
        if value is not None and not isinstance(value, str):
            return SourceError(where, f"`{key}` is not text")
    optional = {key: value and whole(value) for key, value in optional.items()}
    content = whole(row[kinds[0]]).encode()
    media_type = "text/plain" if kinds[0] == "text" else "text/html"
    uri = whole(str(row.get("uri") or optional["url"] or where))
    return Page(
        content,
        uri,
        media_type=media_type,
        encoding="utf-8",
        title=optional["title"],
        published=optional["published"] or options.published,
        url=optional["url"],
    )
