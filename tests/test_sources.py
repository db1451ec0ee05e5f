"""Inputs of every kind become pages; what is broken is named, and what is whole is kept."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources import Options, files, pages, warc

HTML = b"<html><body><p>Words of a page.</p></body></html>"


def read(*inputs: object, **options: Any) -> list[Page | SourceError]:
    """Read inputs with options."""
    return list(pages([str(i) for i in inputs], Options(**options)))


def uris(items: list[Page | SourceError]) -> list[str]:
    """Name pages by uri and errors by what they say."""
    return [item.uri if isinstance(item, Page) else f"! {item}" for item in items]


# ---- files ---------------------------------------------------------------------------------------------------------


def test_a_folder_yields_its_pages_in_name_order(tmp_path: Path) -> None:
    """Folders below are read too, other files passed over, and a loop of links has an end."""
    (tmp_path / "sub").mkdir()
    for name in ("b.html", "a.txt", "sub/c.htm", "notes.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert uris(read(tmp_path)) == [str(tmp_path / n) for n in ("a.txt", "b.html", "sub/c.htm")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.txt", None, "no such file or directory"),
        ("notes.docx", b"x", "not a kind of file that is read"),
        ("cut.txt.gz", gzip.compress(b"words " * 99)[:-9], "the compressed data ends early"),
        ("bomb.txt.gz", gzip.compress(bytes(64 * 2**20)), "expands to more than"),
        ("none.jsonl", b"", "empty"),
    ],
)
def test_a_bad_file_is_named_with_its_reason(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    """One clear line for each."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    [error] = read(path)
    assert isinstance(error, SourceError)
    assert str(error).startswith(f"{path}: ")
    assert reason in str(error)


def test_a_folder_without_pages_is_an_error(tmp_path: Path) -> None:
    """Nothing read in silence."""
    assert "a folder without pages" in uris(read(tmp_path))[0]


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    """The bytes that are no characters are shown as replacement marks."""
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_bytes(b"words")
    [page] = read(tmp_path)
    assert isinstance(page, Page)
    assert page.uri.encode("utf-8").endswith("/\ufffd.txt".encode())


def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read again once; given up where it does not hold still."""
    path = tmp_path / "log.txt"
    path.write_bytes(b"x")
    sizes = iter(range(99))
    real = os.fstat

    def moving(descriptor: int) -> Any:
        stat = real(descriptor)
        return type("Stat", (), {"st_mtime_ns": stat.st_mtime_ns, "st_size": next(sizes)})()

    monkeypatch.setattr(files.os, "fstat", moving)
    assert uris(read(path)) == [f"! {path}: changes while it is read"]


# ---- JSON lines ----------------------------------------------------------------------------------------------------


def test_json_lines_keep_the_good_ones(tmp_path: Path) -> None:
    """Each bad line is named by its number."""
    path = tmp_path / "pages.jsonl"
    rows = [
        json.dumps({"text": "Words.", "url": "http://a.example/1", "title": "T", "published": "2024-03-01"}),
        "{broken",
        "[]",
        json.dumps({"title": "no words"}),
        json.dumps({"html": "<p>x</p>", "url": 3}),
        json.dumps({"html": "<p>x</p>"}),
    ]
    path.write_text("\n".join(rows))
    first, *bad, last = read(path, published="2020-01-01")
    assert isinstance(first, Page)
    assert isinstance(last, Page)
    assert (first.uri, first.title, first.published, first.media_type) == ("http://a.example/1", "T", "2024-03-01", "text/plain")
    assert (last.uri, last.published, last.media_type) == (f"{path}:6", "2020-01-01", "text/html")
    assert [str(b).removeprefix(f"{path}:")[:12] for b in bad] == ["2: not JSON:", "3: not a JSO", "4: has neith", "5: `url` is "]


def test_half_a_surrogate_pair_in_json_spoils_nothing_else(tmp_path: Path) -> None:
    """It is U+FFFD, one character as before; the page stays UTF-8, whatever else is in it."""
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps({"text": "“Yes” \ud83d – no", "title": "\udc00", "uri": "a\ud800"}))
    [page] = read(path)
    assert isinstance(page, Page)
    assert page.content.decode() == "“Yes” \ufffd – no"
    assert (page.title, page.uri) == ("\ufffd", "a\ufffd")


# ---- WARC ----------------------------------------------------------------------------------------------------------


def archive(path: Path, count: int, *, compressed: bool) -> list[int]:
    """Write a WARC of `count` responses; return where each begins."""
    starts = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=compressed)
        for number in range(count):
            starts.append(stream.tell())
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=iso-8859-1")], protocol="HTTP/1.1")
            body = HTML.replace(b"page", b"page %d " % number + os.urandom(200).hex().encode())
            url = f"http://a.example/{number}"
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return starts


@pytest.mark.parametrize("compressed", [True, False], ids=["gz", "plain"])
@pytest.mark.parametrize("fast", [True, False], ids=["fastwarc", "warcio"])
class TestWarc:
    """Both libraries, compressed and not."""

    @pytest.fixture(autouse=True)
    def _library(self, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        if fast:
            pytest.importorskip("fastwarc", reason="the extra [fast] is not installed")
        monkeypatch.setattr(warc, "find_spec", lambda _: fast or None)

    def test_responses_become_pages(self, tmp_path: Path, compressed: bool) -> None:
        """With address, capture time, charset and place in the archive."""
        path = tmp_path / "a.warc.gz"
        starts = archive(path, 3, compressed=compressed)
        found = read(path)
        assert uris(found) == [f"http://a.example/{n}" for n in range(3)]
        first = found[0]
        assert isinstance(first, Page)
        assert (first.encoding, first.media_type, first.archive_url) == ("iso-8859-1", "text/html", f"{path}@{starts[0]}")
        assert first.captured
        assert first.content.startswith(b"<html>")

    def test_a_file_that_is_cut_off_is_named(self, tmp_path: Path, compressed: bool) -> None:
        """The records before the cut are kept."""
        path = tmp_path / "a.warc"
        starts = archive(path, 3, compressed=compressed)
        path.write_bytes(path.read_bytes()[: starts[2] + 150])
        assert uris(read(path)) == ["http://a.example/0", "http://a.example/1", f"! {path}@{starts[2]}: the file ends within a record"]

    def test_a_damaged_record_is_named_and_the_next_are_kept(self, tmp_path: Path, compressed: bool) -> None:
        """A few bytes changed in the middle of the second record's payload."""
        path = tmp_path / "a.warc"
        starts = archive(path, 4, compressed=compressed)
        data = bytearray(path.read_bytes())
        at = (starts[1] + 3 * starts[2]) // 4
        data[at : at + 4] = bytes(b ^ 0x15 for b in data[at : at + 4])
        path.write_bytes(bytes(data))
        found = uris(read(path))
        assert [u for u in found if not u.startswith("!")] == [f"http://a.example/{n}" for n in (0, 2, 3)]
        assert [u.split(": ")[0] for u in found if u.startswith("!")] == [f"! {path}@{starts[1]}"]


def test_a_record_that_expands_without_end_is_refused(tmp_path: Path) -> None:
    """A bomb in a WARC costs its own record."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"WARC/1.0\r\n" + bytes(64 * 2**20)))
    assert "expands to more than" in uris(read(path))[0]


# ---- feeds ---------------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>A &amp; B</title><link>http://a.example/1</link><pubDate>Fri, 01 Mar 2024 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>Words.</p>]]></content:encoded></item><item><title>C</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="http://a.example/2"/><published>2024-03-02T01:00:00Z</published>
<content type="html">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"""


def test_feeds_yield_their_entries(tmp_path: Path) -> None:
    """With title, address and day; an entry without content is named."""
    (tmp_path / "a.rss").write_text(RSS)
    (tmp_path / "b.xml").write_text(ATOM)
    first, empty, other = read(tmp_path)
    assert isinstance(first, Page)
    assert isinstance(other, Page)
    assert (first.uri, first.title, first.published) == ("http://a.example/1", "A & B", "2024-03-01")
    assert b"<p>Words.</p>" in first.content
    assert "an entry without content" in str(empty)
    assert (other.uri, other.published) == ("http://a.example/2", "2024-03-02")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>',
            "declares entities",
        ),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss/>', "declares entities"),
        ("<?xml version='1.0'?><rss><channel>", "not XML"),
        ("<?xml version='1.0'?><sitemap/>", "without feed entries"),
    ],
    ids=["outside file", "bomb", "cut off", "no feed"],
)
def test_a_bad_feed_is_named(tmp_path: Path, content: str, reason: str) -> None:
    """No file is read through a feed and no entity grows."""
    path = tmp_path / "a.xml"
    path.write_text(content)
    [error] = read(path)
    assert isinstance(error, SourceError)
    assert reason in str(error)


# ---- http ----------------------------------------------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    """A small site on loopback."""

    routes: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /secret\n"),
        "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, HTML),
        "/moved": (302, {"Location": "/page"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/away": (302, {"Location": "ftp://a.example/x"}, b""),
        "/large": (200, {"Content-Type": "text/html"}, bytes(6 * 2**20)),
        "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(bytes(4 * 2**20))),
        "/secret": (200, {"Content-Type": "text/html"}, HTML),
    }

    def do_GET(self) -> None:
        """Answer from the table."""
        status, headers, body = self.routes.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", ""),
        ("/moved", ""),
        ("/loop", "redirected more than 5 times"),
        ("/away", "redirected to ftp://a.example/x, which is no http address"),
        ("/large", "over 5 MiB"),
        ("/bomb", "expands to more than 20 times its size"),
        ("/secret", "robots.txt does not allow it"),
        ("/nothing", "the server says 404 Not Found"),
    ],
)
def test_pages_are_fetched_with_care(site: str, path: str, said: str) -> None:
    """Redirects, sizes and the site's wishes are looked at."""
    [item] = read(site + path, allow_private=True)
    if said:
        assert str(item) == f"{site}{path}: {said}"
    else:
        assert isinstance(item, Page)
        assert (item.content, item.url, item.encoding) == (HTML, f"{site}/page", "utf-8")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.1.1", "10.0.0.1"])
def test_private_addresses_are_refused(host: str) -> None:
    """A page of the public web never makes us read what is inside."""
    [item] = read(f"http://{host}:9/page")
    assert isinstance(item, SourceError)
    assert "private or local address" in str(item)
