"""Records to rows and back: what the tables hold, and the hashes that `verify` makes again. Pure.

A record's body leaves out what is null or empty. A text with half a surrogate pair cannot be kept: SQLite stores UTF-8.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from onrecord.annotations import Actor
from onrecord.documents import Document, Page
from onrecord.records import (
    AUTHOR,
    Abstention,
    Bounds,
    Commitment,
    Event,
    Figure,
    Record,
    Records,
    Statement,
    Time,
    Toll,
    actor_from,
    document_from,
    document_json,
)
from onrecord.spans import Segment, Span, SpanMap

LEVEL = 3
"""zlib's level: pages 4% larger than at 6, in half the time (bench/store.py)."""


class DocumentRow(NamedTuple):
    """A document as it is kept."""

    id: str
    uri: str
    title: str | None
    publisher: str | None
    published: str | None
    earliest: str | None
    latest: str | None
    page: str
    meta: str
    layout: bytes
    provenance: str


class RecordRow(NamedTuple):
    """A record as it is kept, without its numbers; `roles` are (actor's local id, role)."""

    id: str
    kind: str
    type: str
    status: str
    quote: str
    who: str
    claim: str
    sum: int
    body: str
    roles: tuple[tuple[str, str], ...]


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def dump(value: Any) -> str:
    """Return JSON without spaces."""
    return _ENCODER.encode(value)


def plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as JSON has it: tuples become lists."""
    made: dict[str, Any] = json.loads(dump(dict(value)))
    return made


def pack(value: Any) -> bytes:
    """Return JSON, compressed."""
    return zlib.compress(dump(value).encode(), LEVEL)


def unpack(blob: bytes) -> Any:
    """Return what `pack` packed; zlib.error or ValueError where it is damaged."""
    return json.loads(zlib.decompress(blob))


# ---- documents -----------------------------------------------------------------------------------------------------

DERIVED = ("id", "text", "chrome", "crossheads", "blocks")
"""What the document's JSON has that the store keeps elsewhere or makes again."""


def document_row(records: Records, page: Page) -> DocumentRow:
    """Return the row of a document."""
    document = records.document
    meta = {k: v for k, v in document_json(document).items() if k not in DERIVED and v is not None and v != []}
    published = document.published
    return DocumentRow(
        document.id,
        document.uri,
        document.title,
        document.publisher,
        published.value,
        published.earliest or published.value,
        published.latest or published.value,
        sha256(page.content).hexdigest(),
        dump(meta),
        pack(
            {
                "blocks": [[*b.span, b.role, b.reason] for b in document.blocks],
                "map": document.map.segments,
                "actors": [_actor_row(actor) for actor in records.actors],
                "abstentions": [[*a.span, a.kind, a.rule, a.reason] for a in records.abstentions],
            }
        ),
        dump(dict(records.provenance)),
    )


def document_of(text: str, meta: str, layout: Mapping[str, Any]) -> Document:
    """Return the document of a row."""
    document = document_from({**json.loads(meta), "text": text, "blocks": layout["blocks"]})
    return replace(document, map=SpanMap(tuple(Segment(*s) for s in layout["map"])))


def abstentions_of(layout: Mapping[str, Any]) -> tuple[Abstention, ...]:
    """Return the abstentions of a row."""
    return tuple(Abstention(Span(start, end), kind, rule, reason) for start, end, kind, rule, reason in layout["abstentions"])


# ---- records -------------------------------------------------------------------------------------------------------


def body_of(record: Record) -> str:
    """Return a record's JSON without what is null or empty, without id and claim: what `record_json` gives, in a fifth of the time."""
    kept: dict[str, Any] = {}
    for name in _names(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        if value is None or value == () or (name == "evidence" and not value):
            continue
        kept[name] = value._asdict() if isinstance(value, (Bounds, Toll)) else dict(value) if name == "evidence" else value
    return dump(kept)


@lru_cache(maxsize=16)
def _names(cls: type[Record]) -> tuple[str, ...]:
    own = [f.name for f in fields(cls) if f.name not in Record.NOT_CLAIMED]
    return (*own, "evidence", "certainty", "inferred", "rule")


def record_row(record: Record, text: str, names: Mapping[str, str]) -> RecordRow:
    """Return the row of a record."""
    kind, body, roles = record.KIND, body_of(record), roles_of(record)
    kind_type, status = facets(record)
    return RecordRow(
        record.id,
        kind,
        kind_type,
        status,
        quote_of(record, text),
        "; ".join(dict.fromkeys(names[local] for local, _ in roles if local in names)),
        record.claim,
        checksum(record.id, kind, record.claim, body),
        body,
        roles,
    )


def facets(record: Record) -> tuple[str, str]:
    """Return the columns `type` and `status`: what each kind is filtered by."""
    match record:
        case Event():
            return record.type, record.status
        case Statement():
            return record.stance, record.form
        case Commitment():
            return record.basis, "negated" if record.negated else ""
        case Figure():
            return record.unit or "", ""
        case Time():
            return record.type, record.role or ""
    return "", ""


def roles_of(record: Record) -> tuple[tuple[str, str], ...]:
    """Return (actor's local id, role) of all actors that a record names."""
    single = ((getattr(record, name, None), name) for name in ("source_actor", "actor", "counterparty", "speaker", "according_to"))
    many = ((local, name) for name in ("actors", "recipients") for local in getattr(record, name, ()))
    return tuple(dict.fromkeys((local, role) for local, role in (*single, *many) if local is not None and local != AUTHOR))


QUOTED: Mapping[str, tuple[str, ...]] = {
    "statement": ("content",),
    "commitment": ("action", "deadline", "condition"),
    "event": ("mentions",),
    "figure": ("span", "of"),
    "time": ("span",),
}
"""The fields whose words stand for a record in lists and in the search."""


def quote_of(record: Record, text: str) -> str:
    """Return the words of a record, what lies between its spans as `…`; an event's are those from its first cited word to its last."""
    if isinstance(record, Event):
        first = record.mentions[0]
        line = Span(text.rfind("\n", 0, first.start) + 1, _line_end(text, first.end))
        cited = [s for spans in record.evidence.values() for s in spans if line.contains(s)]
        start, end = min(s.start for s in (first, *cited)), max(s.end for s in (first, *cited))
        return _words(text, Span(start, end))
    spans: list[Span] = []
    for name in QUOTED[record.KIND]:
        value = getattr(record, name)
        spans += [value] if isinstance(value, Span) else list(value or ())
    return " … ".join(_words(text, s) for s in spans)


def _line_end(text: str, start: int) -> int:
    at = text.find("\n", start)
    return len(text) if at < 0 else at


def _words(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def checksum(*parts: str) -> int:
    """Return 64 bits of the SHA-256 of the parts as SQLite keeps an integer: names the record that was damaged."""
    return int.from_bytes(sha256("\0".join(parts).encode()).digest()[:8], "big", signed=True)


def digest(document: DocumentRow, records: Iterable[tuple[str, str, str, str]]) -> str:
    """Return the hash of all that a document yields; `records` are (id, kind, claim, body) in the order of their ids."""
    state = sha256()
    for part in (document.id, document.uri, document.page, document.meta, document.provenance):
        state.update(part.encode() + b"\0")
    state.update(document.layout + b"\0")
    for record in sorted(records):
        state.update("\0".join(record).encode() + b"\0")
    return state.hexdigest()


# ---- actors --------------------------------------------------------------------------------------------------------


_NOTHING: tuple[Any, ...] = (None, (), {})


def _actor_row(actor: Actor) -> dict[str, Any]:
    """Return an actor's JSON without what is null or empty."""
    return {f.name: value for f in fields(actor) if (value := getattr(actor, f.name)) not in _NOTHING}


def actors_of(layout: Mapping[str, Any]) -> tuple[Actor, ...]:
    """Return the actors of a row."""
    return tuple(actor_from(row) for row in layout["actors"])


def identity_key(actor: Actor, document: str | None = None) -> str:
    """Return what makes two documents' actors one: name, kind and country; `document` keeps one apart that a person split off."""
    return "\x1f".join((folded(actor.name), actor.kind, actor.country or "", document or ""))


def folded(name: str) -> str:
    """Return a name in the form that it is looked up by: lower case, single spaces, no article."""
    plain = re.sub(r"\s+", " ", name).strip().casefold()
    return re.sub(r"^(?:the|a|an) ", "", plain)


def names_of(actor: Actor, text: str) -> Iterator[str]:
    """Yield the names of an actor: its own, and those mentions that start with a capital letter and are not whole descriptions."""
    yield folded(actor.name)
    for mention in actor.mentions:
        form = re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", mention.of(text))
        if form[:1].isupper() and len(form) <= LONGEST_NAME:
            yield folded(form)


LONGEST_NAME = 70
"""Characters; longer ones are descriptions (of 1,011 actors of the gold one has a longer name: a list)."""
