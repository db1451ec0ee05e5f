"""WARC files to pages: the HTML, text and PDF responses, with the time of capture and the address.

warcio (or fastwarc, where `pip install onrecord[fast]` put it) reads each record. Both end silently on a file that is cut off or
damaged; so the cutting into records is done here: a compressed file is one gzip member a record, a plain one goes by
Content-Length. What is cut short or does not match its digest is named with its byte offset, reading goes on at the next record
that can be found, and the good ones are kept.
"""

from __future__ import annotations

import mmap
import re
import zlib
from base64 import b32encode
from collections.abc import Iterator
from hashlib import new as hasher
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources.files import shown
from onrecord.sources.options import EXPANSION, EXPANSION_FLOOR, PAGE_LIMIT, Options

GZIP = b"\x1f\x8b\x08"
RECORD = re.compile(rb"WARC/1\.[01]\r?\n")
MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
HEAD_LIMIT = 2**16
"""Bytes of a record's and its response's headers; larger ones are no headers."""


class Raw(NamedTuple):
    """The bytes of one record, where they begin in the file, and what is wrong with them (then they may be few or none)."""

    offset: int
    content: bytes
    wrong: str = ""


class Response(NamedTuple):
    """One HTTP response as archived."""

    url: str
    captured: str | None
    status: int
    media_type: str
    charset: str | None
    digest: str | None
    block: bytes
    """The payload as it went over the wire, which the digest is of."""
    content: bytes
    """The payload with its transfer and content encodings undone."""


def pages(path: Path, options: Options) -> Iterator[Page | SourceError]:
    """Yield a page for each readable response; what is damaged is named and passed over."""
    name = shown(path)
    try:
        with path.open("rb") as stream:
            if path.stat().st_size == 0:
                yield SourceError(name, "empty")
                return
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield from _pages(data, name, options)
    except OSError as error:
        yield SourceError(name, (error.strerror or str(error)).lower())


def _pages(data: mmap.mmap, name: str, options: Options) -> Iterator[Page | SourceError]:
    parse = _parse_fast if find_spec("fastwarc") else _parse
    found = False
    for raw in _members(data) if data[:3] == GZIP else _plain(data):
        where = f"{name}@{raw.offset}"
        found = True
        if raw.wrong:
            yield SourceError(where, raw.wrong)
            continue
        try:
            response = parse(raw.content)
        except Exception as error:  # noqa: BLE001 - whatever the library says of a broken record, the next may be whole
            yield SourceError(where, f"a record that cannot be read: {error}")
            continue
        if response is not None:
            yield _page(response, where, options)
    if not found:
        yield SourceError(name, "no WARC record in it")


def _page(response: Response, where: str, options: Options) -> Page | SourceError:
    wrong = _wrong_digest(response)
    if wrong:
        return SourceError(where, wrong)
    if len(response.content) > PAGE_LIMIT:
        return SourceError(where, f"over {PAGE_LIMIT / 2**20:.3g} MiB: {response.url}")
    return Page(
        response.content,
        response.url,
        media_type="text/html" if "html" in response.media_type else response.media_type,
        encoding=response.charset,
        published=options.published,
        url=response.url,
        captured=response.captured,
        archive_url=where,
    )


# ---- cutting into records ------------------------------------------------------------------------------------------


def _members(data: mmap.mmap) -> Iterator[Raw]:
    """Yield each gzip member expanded; after a damaged one, go on at the next beginning of a member."""
    at = 0
    while 0 <= at < len(data):
        size, content, wrong = _member(data, at)
        if content or wrong:
            yield Raw(at, content, wrong)
        at = at + size if size else data.find(GZIP, at + 1)


def _member(data: mmap.mmap, at: int) -> tuple[int, bytes, str]:
    """Return the compressed size of the member at `at` (0: not known), its contents, and what is wrong."""
    expander = zlib.decompressobj(wbits=31)
    out: list[bytes] = []
    here = at
    total = 0
    while not expander.eof:
        piece = data[here : here + 2**16]
        if not piece:
            return 0, b"", "the file ends within a record"
        try:
            out.append(expander.decompress(piece))
        except zlib.error as error:
            return 0, b"", f"a damaged record ({error})"
        here += len(piece)
        total += len(out[-1])
        if total > max(EXPANSION_FLOOR, EXPANSION * (here - at)) or total > PAGE_LIMIT + 2 * HEAD_LIMIT:
            return 0, b"", f"a record that expands to more than {EXPANSION} times its size or {PAGE_LIMIT / 2**20:.3g} MiB"
    return here - len(expander.unused_data) - at, b"".join(out), ""


def _plain(data: mmap.mmap) -> Iterator[Raw]:
    """Yield each record of a file that is not compressed, by its Content-Length."""
    at = _next_record(data, 0)
    if at > 0:
        yield Raw(0, b"", "no WARC record at the beginning")
    while at >= 0:
        head_end = data.find(b"\r\n\r\n", at, at + HEAD_LIMIT)
        length = re.search(rb"(?im)^content-length:\s*(\d+)", data[at : max(head_end, at)])
        if head_end < 0 or not length:
            yield Raw(at, b"", "the file ends within a record" if head_end < 0 else "a record without a Content-Length")
            at = _next_record(data, at + 1)
            continue
        end = head_end + 4 + int(length[1])
        follows = bytes(data[end : end + 4])
        if end > len(data):
            yield Raw(at, b"", "the file ends within a record")
            at = _next_record(data, at + 1)
        elif follows.strip(b"\r\n") and not RECORD.match(bytes(data[end : end + 12])):
            yield Raw(at, b"", "a damaged record: its length does not lead to the next")
            at = _next_record(data, at + 1)
        else:
            too_large = end - head_end > PAGE_LIMIT + HEAD_LIMIT
            yield Raw(at, b"" if too_large else bytes(data[at:end]) + b"\r\n\r\n", "over the limit of a page" if too_large else "")
            at = _next_record(data, end)


def _next_record(data: mmap.mmap, at: int) -> int:
    found = RECORD.search(data, at)
    return found.start() if found else -1


# ---- reading one record --------------------------------------------------------------------------------------------


def _parse(content: bytes) -> Response | None:
    """Read a record with warcio; None where it is no response of a kind that we read."""
    from warcio.recordloader import ArcWarcRecordLoader

    record = ArcWarcRecordLoader().parse_record_stream(BytesIO(content))
    if record.rec_type != "response" or record.http_headers is None:
        return None
    status = int(record.http_headers.get_statuscode() or 0)
    content_type = record.http_headers.get_header("Content-Type") or ""
    if not _wanted(status, content_type):
        return None
    at = content.index(b"\r\n\r\n", content.index(b"\r\n\r\n") + 4) + 4
    headers = record.rec_headers
    return Response(
        headers.get_header("WARC-Target-URI"),
        headers.get_header("WARC-Date"),
        status,
        _media_type(content_type),
        _charset(content_type),
        headers.get_header("WARC-Payload-Digest"),
        content[at:-4] if content.endswith(b"\r\n\r\n") else content[at:],
        record.content_stream().read(),
    )


def _parse_fast(content: bytes) -> Response | None:
    """Read a record with fastwarc; None where it is no response of a kind that we read."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    for record in ArchiveIterator(BytesIO(content), record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
        if record.http_headers is None:
            return None
        content_type, status = record.http_headers.get("Content-Type") or "", record.http_headers.status_code or 0
        if not _wanted(status, content_type):
            return None
        at = content.index(b"\r\n\r\n", content.index(b"\r\n\r\n") + 4) + 4
        return Response(
            record.headers.get("WARC-Target-URI") or "",
            record.headers.get("WARC-Date"),
            status,
            _media_type(content_type),
            _charset(content_type),
            record.headers.get("WARC-Payload-Digest"),
            content[at:-4] if content.endswith(b"\r\n\r\n") else content[at:],
            record.reader.read(),
        )
    return None


def _wanted(status: int, content_type: str) -> bool:
    return status == 200 and _media_type(content_type) in MEDIA_TYPES


def _media_type(content_type: str) -> str:
    return content_type.split(";", maxsplit=1)[0].strip().lower()


def _charset(content_type: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return found[1] if found else None


def _wrong_digest(response: Response) -> str:
    """Say where the payload is not what its digest was taken of; an algorithm that is not known is passed over."""
    name, _, wanted = (response.digest or "").partition(":")
    if name.lower() not in {"sha1", "sha256", "md5"}:
        return ""
    for payload in (response.block, response.content):  # some archivers take it of the decoded payload
        raw = hasher(name.lower(), payload, usedforsecurity=False).digest()
        if wanted.lower() in {raw.hex(), b32encode(raw).decode().lower()}:
            return ""
    return f"a damaged record: its payload does not match its {name} digest"
