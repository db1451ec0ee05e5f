"""Bytes to text, and how the encoding was found."""

from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.reading.decode import decode

CAFE = "Zoë said “no” in the café."

CASES = [
    (CAFE.encode(), None, False, "utf-8", "default", 0, "valid UTF-8 needs no declaration"),
    (codecs.BOM_UTF8 + CAFE.encode(), None, False, "utf-8", "byte order mark", 0, "the mark is dropped"),
    (codecs.BOM_UTF16_LE + CAFE.encode("utf-16-le"), None, False, "utf-16-le", "byte order mark", 0, "UTF-16 has a mark"),
    (CAFE.encode("cp1252"), None, False, "windows-1252", "detection", 1, "undeclared Latin bytes, read right with a warning"),
    (CAFE.encode("cp1252"), "iso-8859-1", False, "windows-1252", "HTTP header", 0, "browsers read Latin-1 as Windows-1252"),
    (CAFE.encode(), "iso-8859-1", False, "utf-8", "detection", 1, "a server's default is contradicted by the bytes"),
    (CAFE.encode("cp1252"), "utf-8", False, "windows-1252", "detection", 2, "a wrong header, and nothing else declared"),
    (CAFE.encode(), "no-such-code", False, "utf-8", "detection", 1, "an unknown name is told"),
    (b"<meta charset=utf-8><p>" + CAFE.encode(), None, True, "utf-8", "meta declaration", 0, "HTML5's declaration"),
    (
        b'<meta http-equiv=x content="text/html; charset=windows-1252">' + CAFE.encode("cp1252"),
        None,
        True,
        "windows-1252",
        "meta declaration",
        0,
        "the old one",
    ),
    (b"<meta charset=utf-16><p>" + CAFE.encode(), None, True, "utf-8", "detection", 1, "a declaration in ASCII cannot say UTF-16"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[-1])
def test_the_text_is_read_right_and_says_how(case):
    """Whatever is declared, the characters come out right, and doubts are warnings."""
    content, header, html, encoding, how, warnings, why = case
    found = decode(Page(content, "x", encoding=header), html=html)
    assert CAFE in found.text, why
    assert (found.encoding, found.encoding_from, len(found.warnings)) == (encoding, how, warnings), why


REFUSED = [
    (b"", "empty"),
    (b" \n\t ", "empty"),
    (codecs.BOM_UTF8 + b"\n", "empty"),
    (b"\x89PNG\r\n\x1a\n....", "PNG image"),
    (gzip.compress(b"news"), "gzip data"),
    (b"PK\x03\x04....", "ZIP archive"),
    (b"some text\0with a NUL", "NUL"),
    (b"a" * (5 * 1024 * 1024 + 1), "over 5 MiB"),
    (b"word " * 2_000_000, "over 5 MiB"),
]


@pytest.mark.parametrize(("content", "reason"), REFUSED, ids=lambda v: str(v)[:20])
def test_what_is_no_text_is_refused_in_one_clause(content, reason):
    """Empty, binary and oversized pages name their reason."""
    with pytest.raises(SourceError, match=reason):
        decode(Page(content, "x.txt"))


def test_a_stray_nul_in_html_is_replaced_with_a_warning():
    """Browsers show such pages, so we read them."""
    found = decode(Page(b"<p>" + b"word " * 400 + b"\0</p>", "x.html"), html=True)
    assert "\ufffd" in found.text
    assert found.warnings == ("1 NULs replaced",)


@given(
    st.text(alphabet=st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), min_size=1).filter(
        lambda t: t.strip() and t[0] != "\ufeff"
    )
)
def test_decoding_is_idempotent(text):
    """The canonical text, encoded and decoded again, is itself."""
    content = text.encode()
    try:
        once = decode(Page(content, "x")).text
    except SourceError:
        return
    assert decode(Page(once.encode(), "x")).text == once == text


def test_line_ends_become_line_feeds():
    """CRLF is one line end; nothing else is changed."""
    assert decode(Page(b"a\r\nb\n\nc", "x")).text == "a\nb\n\nc"
