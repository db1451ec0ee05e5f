"""RSS and Atom to pages: each entry's own content, or (with `--follow`) the page that it links to.

Parsed by lxml with entities, DTDs and the network off: a feed that declares entities is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import escape

from lxml import etree

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.sources import http
from onrecord.sources.options import Options

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
MEDIA_TYPES = ("application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml")
RSS1 = "{http://purl.org/rss/1.0/}"


def is_feed(page: Page) -> bool:
    """Tell whether a page is XML other than XHTML, by its media type and its first kilobyte."""
    head = page.content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if (page.media_type is not None and page.media_type not in MEDIA_TYPES) or b"<html" in head:
        return False
    return page.media_type is not None or head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf"))


def pages(page: Page, options: Options) -> Iterator[Page | SourceError]:
    """Yield a page for each entry of a feed."""
    if b"<!ENTITY" in page.content or b"<!DOCTYPE" in page.content[:2048]:
        yield SourceError(page.uri, "a feed that declares entities is not read")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(page.content, parser)
    except etree.XMLSyntaxError as error:
        yield SourceError(page.uri, f"not XML: {error}")
        return
    entries = list(root.iter("item", f"{RSS1}item", f"{ATOM}entry"))
    if not entries:
        yield SourceError(page.uri, "an XML file without feed entries")
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, f"{page.uri}#{number}", options)


def _entry(entry: etree._Element, where: str, options: Options) -> Page | SourceError:
    link = _link(entry)
    if options.follow and link:
        return http.fetch(link, options)
    body = _first(entry, CONTENT, f"{ATOM}content", f"{ATOM}summary", "description", f"{RSS1}description")
    title = _first(entry, "title", f"{ATOM}title", f"{RSS1}title")
    if not body.strip():
        return SourceError(where, "an entry without content" + (f" (its page: {link}; use --follow)" if link else ""))
    html = f"<html><body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    return Page(html.encode(), link or where, "text/html", "utf-8", title=title or None, published=_day(entry), url=link or None)


def _first(entry: etree._Element, *tags: str) -> str:
    """Return the contents of the first of these elements that is there: text, or the markup of an XHTML body."""
    for tag in tags:
        element = entry.find(tag)
        if element is not None:
            inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
            return (element.text or "") + inner
    return ""


def _link(entry: etree._Element) -> str:
    for element in entry.findall(f"{ATOM}link"):
        if element.get("rel", "alternate") == "alternate" and element.get("href"):
            return str(element.get("href")).strip()
    found = entry.findtext("link") or entry.findtext(f"{RSS1}link") or ""
    return found.strip()


def _day(entry: etree._Element) -> str | None:
    """Return the day on which the entry says that it was published."""
    exact = entry.findtext(f"{ATOM}published") or entry.findtext(f"{DUBLIN}date") or entry.findtext(f"{ATOM}updated")
    if exact:
        return str(exact).strip()[:10]
    try:
        return parsedate_to_datetime(entry.findtext("pubDate") or "").date().isoformat()
    except ValueError:
        return None
