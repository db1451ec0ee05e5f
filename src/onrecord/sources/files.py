"""Files, folders and standard input.

A folder yields the files below it that can be read, in name order; others are passed over. Links to folders are not followed
(a loop has no end). A file that was named itself must be readable. A file that changes while it is read is read again once.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources.options import EXPANSION, EXPANSION_FLOOR, PAGE_LIMIT, Options

KINDS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
    ".rss": "application/xml",
    ".atom": "application/xml",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
}
READ = ".html .htm .txt .pdf .xml .rss .atom .jsonl .warc, also with .gz"


class File(NamedTuple):
    """A file to read, and what its name says that it is (a media type, `jsonl` or `warc`)."""

    path: Path
    kind: str | None


def files(name: str) -> Iterator[File | SourceError]:
    """Yield the files of one input: itself, or those below a folder."""
    path = Path(name)
    if name != "-" and path.is_dir():
        below = [File(p, kind) for p in _below(path) if (kind := kind_of(p)) is not None]
        if not below:
            yield SourceError(name, f"a folder without pages ({READ})")
        yield from below
    elif name != "-" and path.is_file() and path.suffix and kind_of(path) is None:
        yield SourceError(name, f"not a kind of file that is read ({READ})")
    else:
        yield File(path, kind_of(path))


def kind_of(path: Path) -> str | None:
    """Return what a file's name says that it is, `.gz` set aside."""
    return KINDS.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def _below(folder: Path) -> list[Path]:
    return sorted(Path(root) / name for root, _, names in os.walk(folder, followlinks=False) for name in names)


def page(file: File, options: Options) -> Page | SourceError:
    """Return the page in a file, or what is wrong with it."""
    uri = shown(file.path)
    if uri == "-":
        return Page(sys.stdin.buffer.read(PAGE_LIMIT + 1), "-", published=options.published)
    try:
        content = _steady(file.path)
        if file.path.suffix.lower() == ".gz":
            content = expand(content)
    except OSError as error:
        return SourceError(uri, (error.strerror or str(error)).lower())
    except (EOFError, zlib.error) as error:
        return SourceError(uri, f"not whole: the compressed data ends early or is damaged ({error})")
    except ValueError as error:
        return SourceError(uri, str(error))
    return Page(content, uri, media_type=file.kind)


def _steady(path: Path) -> bytes:
    """Read a file, once more where it changed meanwhile; OSError where it does not hold still."""
    for _ in range(2):
        with path.open("rb") as stream:
            before = os.fstat(stream.fileno())
            content = stream.read(PAGE_LIMIT + 1)
            after = os.fstat(stream.fileno())
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
            return content
    message = "changes while it is read"
    raise OSError(message)


def expand(content: bytes) -> bytes:
    """Return gzip-compressed bytes expanded; ValueError where they grow beyond the limit, OSError, EOFError where they are damaged."""
    limit = min(PAGE_LIMIT, max(EXPANSION_FLOOR, EXPANSION * len(content)))
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
        out = stream.read(limit + 1)
    if len(out) > limit:
        message = f"expands to more than {limit / 2**20:.3g} MiB, {EXPANSION} times its size or the limit of a page"
        raise ValueError(message)
    return out


def shown(path: Path) -> str:
    """Return a path as text that can be printed, whatever bytes its name has."""
    return os.fspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
