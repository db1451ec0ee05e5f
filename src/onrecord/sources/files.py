"""Files, folders and standard input to pages.

A folder yields the pages below it, in name order; what is no page is passed over. A name that was given itself must be readable.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.documents import Page
from onrecord.errors import SourceError

MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}


def pages(inputs: Sequence[str], *, published: str | None = None) -> Iterator[Page | SourceError]:
    """Yield the pages of all inputs in order; what cannot be read is yielded as its error."""
    for name in inputs:
        for item in _input(name):
            yield replace(item, published=item.published or published) if isinstance(item, Page) else item


def _input(name: str) -> Iterator[Page | SourceError]:
    path = Path(name)
    if name == "-":
        yield Page(sys.stdin.buffer.read(), "-", media_type=None)
    elif path.is_dir():
        below = sorted(p for p in path.rglob("*") if p.suffix.lower() in MEDIA_TYPES and p.is_file())
        if not below:
            yield SourceError(name, f"a folder without pages ({', '.join(MEDIA_TYPES)})")
        for file in below:
            yield _file(file)
    elif path.suffix.lower() not in MEDIA_TYPES and path.is_file():
        yield SourceError(name, f"not a kind of file that is read ({', '.join(MEDIA_TYPES)})")
    else:
        yield _file(path)


def _file(path: Path) -> Page | SourceError:
    try:
        return Page(path.read_bytes(), str(path), media_type=MEDIA_TYPES.get(path.suffix.lower()))
    except OSError as error:
        return SourceError(str(path), (error.strerror or str(error)).lower())
