"""Bytes to text, once, and how the encoding was found.

Order: byte order mark; HTTP header; `<meta charset>` or XML declaration; UTF-8 where the bytes are valid UTF-8; else Windows-1252,
with a warning. What is declared is tried first and dropped, with a warning, where the bytes contradict it: a page that says
ISO-8859-1 (many servers' default) but is valid UTF-8 beyond ASCII is UTF-8. As browsers do, ISO-8859-1 and ASCII are read as
Windows-1252. Refused, with a SourceError: nothing but white space, more than 5 MiB, and binary files, known by their first bytes
or by NULs.
Known limits: undeclared Mac Roman, or another one-byte encoding, is read as Windows-1252; pages of other scripts then fail the
language test.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from onrecord.documents import Page
from onrecord.errors import SourceError

MAX_BYTES = 5 * 1024 * 1024
"""The largest page that is read."""
STRAY_NULS = 0.001
"""An HTML page with fewer NULs than this share keeps its text, each NUL turned into U+FFFD, as browsers do."""
HEAD = 4096
"""How far a charset declaration is looked for (browsers: 1024 bytes; some pages have long comments before it)."""

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY = (
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"(\xb5/\xfd", "Zstandard data"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg sound or film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})


class Decoded(NamedTuple):
    """A page's text (line ends are LF, no byte order mark), its encoding, what said so, and what was odd about it."""

    text: str
    encoding: str
    encoding_from: str
    warnings: tuple[str, ...] = ()


def decode(page: Page, *, html: bool = False) -> Decoded:
    """Return the page's text; SourceError where it is too large, binary or empty. `html`: a meta declaration counts."""
    content = page.content
    refuse(page)
    for mark, name in MARKS:
        if content.startswith(mark):
            return _finish(page, content[len(mark) :].decode(name, "replace"), name, "byte order mark", (), html=html)
    warnings: list[str] = []
    for name, how in _declared(page, html=html):
        found = _codec(name)
        if found is None or (how.startswith("meta") and found.startswith(("utf-16", "utf-32"))):
            warnings.append(f"the {how} names an encoding that cannot be: {name}")
            continue
        if found in LATIN and not content.isascii() and _try(content, "utf-8") is not None:
            warnings.append(f"the {how} says {name}, but the bytes are UTF-8")
            break
        text = _windows(content) if found in LATIN else _try(content, found)
        if text is not None:
            return _finish(page, text, "windows-1252" if found in LATIN else found, how, tuple(warnings), html=html)
        warnings.append(f"the {how} says {name}, but the bytes are not")
    text = _try(content, "utf-8")
    if text is not None:
        return _finish(page, text, "utf-8", "detection" if warnings else "default", tuple(warnings), html=html)
    warnings.append("encoding not declared and not UTF-8: read as Windows-1252")
    return _finish(page, _windows(content), "windows-1252", "detection", tuple(warnings), html=html)


def refuse(page: Page) -> None:
    """Raise the SourceError of a page that is too large, empty, or a known kind of binary file."""
    content = page.content
    if len(content) > MAX_BYTES:
        raise SourceError(page.uri, f"over 5 MiB ({len(content) / 1024 / 1024:.1f} MiB)")
    if not content.strip():
        raise SourceError(page.uri, "empty")
    for magic, kind in BINARY:
        if content.startswith(magic):
            raise SourceError(page.uri, f"binary: {kind}")
    if content[4:8] == b"ftyp":
        raise SourceError(page.uri, "binary: a film (MP4)")


def _declared(page: Page, *, html: bool) -> list[tuple[str, str]]:
    out = [(page.encoding, "HTTP header")] if page.encoding else []
    match = DECLARED.search(page.content[:HEAD]) if html else None
    if match:
        out.append(((match[1] or match[2]).decode("ascii", "replace"), "meta declaration"))
    return out


def _codec(name: str) -> str | None:
    """Return Python's name of a text encoding, or None."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _windows(content: bytes) -> str:
    """Return Windows-1252 as browsers read it: the five bytes it leaves open are control characters."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            chunk.decode("cp1252") if _try(chunk, "cp1252") is not None else chunk.decode("latin-1") for chunk in _bytes(content)
        )


def _bytes(content: bytes) -> list[bytes]:
    return re.findall(rb"[^\x81\x8d\x8f\x90\x9d]+|[\x81\x8d\x8f\x90\x9d]", content)


def _finish(page: Page, text: str, encoding: str, how: str, warnings: tuple[str, ...], *, html: bool) -> Decoded:
    nuls = text.count("\0")
    if nuls and (not html or nuls > STRAY_NULS * len(text)):
        raise SourceError(page.uri, "binary (NUL bytes)")
    if nuls:
        warnings = (*warnings, f"{nuls} NULs replaced")
        text = text.replace("\0", "\ufffd")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise SourceError(page.uri, "empty")
    return Decoded(text, encoding, how, warnings)
