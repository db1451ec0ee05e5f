"""A page as it came (bytes) and as it is read (a canonical text with everything labelled).

Nothing in a Document is edited later; what a person corrects is a decision, kept beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, NamedTuple

from onrecord.spans import Span, SpanMap

Role = Literal["title", "date_line", "dateline", "byline", "body", "crosshead", "credit", "chrome"]
Method = Literal["metadata", "date-line", "dateline", "url", "given", "inferred", "unknown"]


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page, where they came from, and what the source says of them (a WARC, a feed, a header)."""

    content: bytes
    uri: str
    media_type: str | None = None
    """`text/html`, `text/plain`, `application/pdf`; None: find out from the name and the bytes."""
    encoding: str | None = None
    """From the HTTP header, where there was one."""
    title: str | None = None
    published: str | None = None
    """Publication date as the source or the caller gives it; EDTF."""
    url: str | None = None
    """The live address, where it differs from `uri`."""
    captured: str | None = None
    """When it was fetched, ISO 8601."""
    archive_url: str | None = None


class Block(NamedTuple):
    """One line or paragraph of the canonical text and what it is; `reason` is the code of the rule that says so."""

    span: Span
    role: Role
    reason: str = ""


class Named(NamedTuple):
    """A byline, credit or publisher: as named, and where in the text (None: only in the page's metadata)."""

    name: str
    span: Span | None = None


class Dateline(NamedTuple):
    """The place that opens a news text."""

    place: str
    span: Span


class Constraint(NamedTuple):
    """One reason for a bound of the publication day; `span` cites its characters."""

    bound: Literal["earliest", "latest", "hint"]
    value: str
    span: Span | None
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the page was published. `value` only where one day is known; else bounds (either may be None), all ISO days."""

    value: str | None = None
    """The day, where one is known."""
    earliest: str | None = None
    """First day that it can be."""
    latest: str | None = None
    """Last day that it can be."""
    edtf: str | None = None
    """The same in EDTF; an interval where no one day is known."""
    method: Method = "unknown"
    """How it was found."""
    evidence: tuple[Span, ...] = ()
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The stored page: its hash, media type and the encoding that it was decoded with (and how that was found)."""

    sha256: str
    """Hash of the bytes."""
    media_type: str
    """Media type of the page."""
    encoding: str
    """What the bytes were decoded with."""
    encoding_from: str = "default"
    """How the encoding was found."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as read. All spans are code points into `text`."""

    uri: str
    """Where it was read from."""
    text: str
    """The canonical text."""
    source: Source
    """The stored page"""
    title: str | None = None
    """Its title."""
    language: str | None = None
    """ISO 639-1."""
    url: str | None = None
    """The live address, where it differs from `uri`."""
    publisher: str | None = None
    """Who published it."""
    section: str | None = None
    """The section of the publication."""
    published: Published = Published()
    """When it was published"""
    dateline: Dateline | None = None
    """The place that opens it"""
    credit: Named | None = None
    """The agency credited"""
    byline: Named | None = None
    """Who wrote it"""
    blocks: tuple[Block, ...] = ()
    """Every non-blank line or paragraph, in order."""
    captured: str | None = None
    """When it was fetched, ISO 8601."""
    archive_url: str | None = None
    """Where an archive keeps it."""
    copy_of: str | None = None
    """The document that it repeats."""
    warnings: tuple[str, ...] = ()
    """What was odd in reading it."""
    map: SpanMap = field(default_factory=SpanMap)

    @property
    def id(self) -> str:
        """`sha256:` and the hash of the canonical text: the same words are the same document, wherever they stand."""
        return "sha256:" + sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def spans(self, *roles: Role) -> tuple[Span, ...]:
        """Return the spans of the blocks with one of these roles, in order."""
        return tuple(block.span for block in self.blocks if block.role in roles)
