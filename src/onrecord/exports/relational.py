"""Records as tables that join: the tables, their columns with types and meanings, and the rows of one document.

    documents    one page                          id
    segments     a line or paragraph of a page     document, number
    actors       who a page speaks of              id
    statements … times   the five kinds            id
    parties      who takes part in an event        event, role, number
    evidence     a stretch of text that a field of a record (or actor, or document) is, or rests on
    decisions    what a person decided             seq

The columns follow from the classes of records, documents and actors, and so do their meanings: nothing is written twice. A field
that is a span is its words, its offsets are in `evidence` (`own`); a field of several parts is a list; a day with its bounds, or a
toll, is a column for each part. Actors have the name that the store gives them, `DOCUMENT#a1`. `anchor_start` and `anchor_end` of a
record are those of the words that identify it. `review` is its status of review; rejected records are there, so that they can be
counted.

Known limits: `according_to` may be `author` and a statement's `time` a record or a value, so neither can be a foreign key;
reasons for the bounds of a publication day, places in the stored page, and abstentions are only in the store (the first in JSONL).
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache
from itertools import pairwise
from textwrap import dedent
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from onrecord.annotations import Actor
from onrecord.decisions import ACTS, MANY, ONE, REASONS, REVIEWS, Decided
from onrecord.documents import Block, Document
from onrecord.exports.items import Item
from onrecord.records import CLASSES, KIND_NAMES, PLURAL, Event, Record
from onrecord.spans import Span, cover

Type = Literal["string", "integer", "number", "boolean", "array", "object"]
PLAIN: Mapping[Any, Type] = {str: "string", bool: "boolean", int: "integer", float: "number"}
HEX = "[0-9a-f]{32}"
DOCUMENT = "sha256:[0-9a-f]{64}"
NAMES_ACTORS = frozenset({*ONE, *MANY, "according_to"})
"""Fields whose texts are ids of actors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; `items` is what a list holds: texts, numbers, or objects (`parts` names their fields)."""

    name: str
    type: Type
    meaning: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    pattern: str | None = None
    items: Type = "string"
    parts: Mapping[str, Type] = field(default_factory=dict)


class Link(NamedTuple):
    """The texts of a column are those of the other table's `id`."""

    column: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `key` are the columns that tell its rows apart (none: they may be alike)."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


class Row(NamedTuple):
    """One row of a table; lists and mappings are JSON's."""

    table: str
    cells: Mapping[str, Any]


# ---- classes to columns --------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """What the values of a record are read against: the page's text and the names of its actors."""

    text: str
    actors: Mapping[str, str]


class Field(NamedTuple):
    """A field of a class as columns, and how its value becomes their cells."""

    name: str
    columns: tuple[Column, ...]
    cells: Callable[[Any, Place], tuple[Any, ...]]


def field_docs(cls: type[Any]) -> dict[str, str]:
    """Return the docstrings under the fields of a class and of those that it inherits from; none where its source is not installed."""
    out: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        if one.__module__.startswith("onrecord."):
            with suppress(OSError):
                out.update(_field_docs(inspect.getsource(one)))
    return out


def _field_docs(source: str) -> Iterator[tuple[str, str]]:
    """Yield each field of a class that has a docstring under it, with that."""
    [tree] = ast.parse(dedent(source)).body
    for before, after in pairwise(tree.body if isinstance(tree, ast.ClassDef) else []):
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and isinstance(after, ast.Expr):
            yield before.target.id, inspect.cleandoc(ast.literal_eval(after.value)).replace("\n", " ")


def defaults_of(cls: type[Any]) -> dict[str, Any]:
    """Return the names of a class's fields, with what they hold where nothing is given."""
    if is_dataclass(cls):
        return {f.name: f.default for f in fields(cls)}
    return {name: cls._field_defaults.get(name) for name in cls._fields}


@lru_cache(maxsize=32)
def fields_of(cls: Any, left_out: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    """Return the fields of a class as columns, without those left out and without mappings."""
    docs, hints = field_docs(cls), get_type_hints(cls)
    made = (_field(n, hints[n], docs.get(n, ""), maybe_empty=d == "") for n, d in defaults_of(cls).items() if n not in left_out)
    return tuple(own for own in made if own is not None)


def _field(name: str, hint: Any, meaning: str, *, maybe_empty: bool) -> Field | None:
    """Return a field as columns; None for one that is no column (a mapping)."""
    kind = next(p for p in get_args(hint) if p is not type(None)) if get_origin(hint) in {Union, UnionType} else hint
    needed, origin, parts = kind is hint and not maybe_empty, get_origin(kind), get_args(kind)

    def one(type_: Type, cell: Callable[[Any, Place], Any], **more: Any) -> Field:
        column = Column(name=name, type=type_, meaning=meaning, required=needed and type_ != "array", **more)
        return Field(name, (column,), lambda value, place: (None if value is None else cell(value, place),))

    if kind is Span:
        return one("string", lambda span, place: span.of(place.text))
    if origin is Literal:
        return one("string", lambda word, _: word, words=tuple(map(str, parts)))
    if kind is str and name in NAMES_ACTORS:
        return one("string", lambda actor, place: place.actors.get(actor, actor))
    if kind in PLAIN:
        return one(PLAIN[kind], lambda value, _: value)
    if parts == (float, float):
        return _point(name, meaning)
    if origin is tuple:
        return _many(one, name, parts[0])
    return _parted(name, kind, meaning, needed=needed) if is_dataclass(kind) or hasattr(kind, "_fields") else None


def _point(name: str, meaning: str) -> Field:
    stem = name.removesuffix("_point")
    columns = tuple(Column(name=f"{stem}_{axis}", type="number", meaning=meaning) for axis in ("latitude", "longitude"))
    return Field(name, columns, lambda point, _: point or (None, None))


def _many(one: Callable[..., Field], name: str, part: Any) -> Field:
    """Return a field of several parts as a list: words, texts, or objects."""
    if part is Span:
        return one("array", lambda spans, place: [s.of(place.text) for s in spans])
    if part is str:
        named = name in NAMES_ACTORS
        return one("array", lambda texts, place: [place.actors.get(t, t) if named else t for t in texts])
    kinds = {f.name: f.columns[0].type for f in fields_of(part)}

    def objects(values: Any, place: Place) -> list[dict[str, Any]]:
        return [{f.name: f.cells(getattr(value, f.name), place)[0] for f in fields_of(part)} for value in values]

    return one("array", objects, items="object", parts=kinds)


PARTS_LEFT_OUT = frozenset({"span", "evidence", "constraints"})


def _parted(name: str, cls: Any, meaning: str, *, needed: bool) -> Field:
    """Return a field that has fields itself as a column for each: `made_value`, `killed_low`."""
    inner = fields_of(cls, PARTS_LEFT_OUT)
    columns = []
    for own in inner:
        [column] = own.columns
        part = column.meaning or own.name
        said = f"{meaning.removesuffix('.')}: {part[0].lower()}{part[1:]}"
        columns.append(
            Column(name=f"{name}_{own.name}", type=column.type, meaning=said, required=needed and column.required, words=column.words)
        )

    def cells(value: Any, place: Place) -> tuple[Any, ...]:
        return tuple(None if value is None else own.cells(getattr(value, own.name), place)[0] for own in inner)

    return Field(name, tuple(columns), cells)


# ---- tables --------------------------------------------------------------------------------------------------------

ID = Column(name="id", type="string", meaning="`sha256:` and the hash of the text.", required=True, pattern=DOCUMENT)
OF = Column(name="document", type="string", meaning="The page.", required=True, pattern=DOCUMENT)
START = Column(name="start", type="integer", meaning="First character, in code points of the page's text.", required=True)
END = Column(name="end", type="integer", meaning="After the last character.", required=True)
REVIEW = Column(name="review", type="string", meaning="Status of review.", required=True, words=REVIEWS)
IN_EVIDENCE = frozenset({"id", "evidence"})
DOCUMENT_LEFT_OUT = frozenset({"text", "blocks", "map"})
ACTOR_FIELDS = frozenset({"source_actor", "actor", "counterparty", "speaker"})


def _columns(cls: type[Any], left_out: frozenset[str]) -> tuple[Column, ...]:
    return tuple(c for f in fields_of(cls, left_out) for c in f.columns)  # type: ignore[arg-type]


def _summary(cls: type[Any]) -> str:
    return (inspect.getdoc(cls) or "").split("\n")[0]


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """Return the tables in the order in which they refer to each other."""
    provenance = [
        Column(name=f"made_with_{part}", type="string", meaning=f"{what} that the records were made with.")
        for part, what in (("onrecord", "Version of the tool"), ("lexicon", "Hash of the rules"), ("model", "Language model"))
    ]
    text = Column(name="text", type="string", meaning="The canonical text; null where the export leaves texts out.")
    size = Column(name="characters", type="integer", meaning="Length of the text in code points.", required=True)
    first = (
        Table(
            name="documents",
            meaning=_summary(Document),
            columns=(ID, *_columns(Document, DOCUMENT_LEFT_OUT), size, text, *provenance),
            key=("id",),
        ),
        _segments(),
        Table(
            name="actors",
            meaning=_summary(Actor).replace("ids are local to the document", "one row for each page that names them"),
            columns=(
                Column(name="id", type="string", meaning="DOCUMENT#a1.", required=True, pattern=f"{DOCUMENT}#.+"),
                OF,
                *_columns(Actor, IN_EVIDENCE),
            ),
            key=("id",),
            links=(Link("document", "documents"),),
        ),
    )
    return (*first, *(_kind(kind) for kind in KIND_NAMES), _parties(), _evidence(), _decisions())


def _segments() -> Table:
    number = Column(name="number", type="integer", meaning="Place in the page, from 1.", required=True)
    own = _columns(Block, frozenset({"span"}))
    return Table(
        name="segments",
        meaning=_summary(Block),
        columns=(OF, number, START, END, *own),
        key=("document", "number"),
        links=(Link("document", "documents"),),
    )


def _kind(kind: str) -> Table:
    cls = CLASSES[kind]
    own = _columns(cls, frozenset({*Record.NOT_CLAIMED}))
    found = _columns(cls, frozenset({f.name for f in fields(cls)} - {"rule", "certainty", "inferred", "claim"}))
    ident = Column(name="id", type="string", meaning=field_docs(Record)["id"], required=True, pattern=HEX)
    anchor = [replace(c, name=f"anchor_{c.name}") for c in (START, END)]
    links = [Link(c.name, "actors") for c in own if c.name in ACTOR_FIELDS]
    links += [Link(c.name, "statements") for c in own if c.name in {"nested_in", "statement"}]
    return Table(
        name=PLURAL[kind],
        meaning=_summary(cls),
        columns=(ident, OF, *anchor, *own, *found, REVIEW),
        key=("id",),
        links=(Link("document", "documents"), *links),
    )


def _parties() -> Table:
    return Table(
        name="parties",
        meaning="Who takes part in an event: one row for each actor and recipient.",
        columns=(
            Column(name="event", type="string", meaning="The event.", required=True, pattern=HEX),
            Column(name="role", type="string", meaning="Who does it, or to whom.", required=True, words=("actor", "recipient")),
            Column(name="number", type="integer", meaning="Place among those of the role, from 1.", required=True),
            Column(name="actor", type="string", meaning="The actor.", required=True),
        ),
        key=("event", "role", "number"),
        links=(Link("event", "events"), Link("actor", "actors")),
    )


def _evidence() -> Table:
    return Table(
        name="evidence",
        meaning="A stretch of text that a field of a record, actor or document is, or rests on.",
        columns=(
            OF,
            Column(name="kind", type="string", meaning="What it is evidence for.", required=True, words=(*KIND_NAMES, "actor", "document")),
            Column(name="record", type="string", meaning="Id of the record, actor or document.", required=True),
            Column(name="field", type="string", meaning="Its field.", required=True),
            Column(
                name="role",
                type="string",
                meaning="`own`: the field is these characters; `support`: it rests on them.",
                required=True,
                words=("own", "support"),
            ),
            Column(name="number", type="integer", meaning="Place among the stretches of the field and role, from 1.", required=True),
            START,
            END,
            Column(name="quote", type="string", meaning="The characters; null for support where the export leaves texts out."),
        ),
        links=(Link("document", "documents"),),
    )


def _decisions() -> Table:
    texts = {
        "at": "When, UTC, ISO 8601.",
        "subject": "The record, the document, or DOCUMENT#actor.",
        "document": "The page.",
        "claim": "The claim that was decided on; empty for documents and actors.",
        "reviewer": "Who decided.",
        "note": "What the reviewer wrote.",
        "tool": "Version of the tool.",
    }
    made = {name: Column(name=name, type="string", meaning=said, required=name not in {"claim", "note"}) for name, said in texts.items()}
    return Table(
        name="decisions",
        meaning="What a person decided; undo is a decision too.",
        columns=(
            Column(name="seq", type="integer", meaning="Its number in the audit chain.", required=True),
            *(made[name] for name in ("at", "subject", "document", "claim")),
            Column(name="act", type="string", meaning="What was decided.", required=True, words=ACTS),
            made["reviewer"],
            Column(name="reason", type="string", meaning="Why it was rejected.", words=REASONS),
            made["note"],
            Column(name="blind", type="boolean", meaning="Taken without sight of other reviewers.", required=True),
            Column(name="of", type="integer", meaning="The decision that it undoes."),
            Column(name="part_of", type="integer", meaning="The decision that it came with."),
            Column(name="before", type="object", meaning="What stood there before, as JSON.", required=True),
            Column(name="after", type="object", meaning="What stands there after, as JSON.", required=True),
            made["tool"],
        ),
        key=("seq",),
        links=(Link("document", "documents"),),
    )


# ---- rows ----------------------------------------------------------------------------------------------------------


def rows(item: Item, *, no_text: bool = False) -> Iterator[Row]:
    """Yield all rows of a document; what a row refers to comes before it or in the same document."""
    document = item.records.document
    place = Place(document.text, {actor.id: f"{document.id}#{actor.id}" for actor in item.records.actors})
    own = _cells(document, Document, DOCUMENT_LEFT_OUT, place)
    made_with = {f"made_with_{part}": item.records.provenance.get(part) for part in ("onrecord", "lexicon", "model")}
    text = None if no_text else document.text
    yield Row("documents", {"id": document.id, **own, "characters": len(document.text), "text": text, **made_with})
    for number, block in enumerate(document.blocks, 1):
        yield Row(
            "segments", {"document": document.id, "number": number, **_bounds(block.span), "role": block.role, "reason": block.reason}
        )
    for actor in item.records.actors:
        yield Row("actors", {"id": place.actors[actor.id], "document": document.id, **_cells(actor, Actor, IN_EVIDENCE, place)})
    for record in item.records.all():
        cells = _cells(record, type(record), IN_EVIDENCE, place)
        head = {"id": record.id, "document": document.id, **_bounds(cover(record.anchor), "anchor_")}
        yield Row(PLURAL[record.KIND], {**head, **cells, "review": item.review(record.id)})
        if isinstance(record, Event):
            yield from _taking_part(record, place)
    yield from _cited(item, place, no_text=no_text)
    for decided in item.decisions:
        yield Row("decisions", _decided(decided))


def _cells(value: Any, cls: type[Any], left_out: frozenset[str], place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for own in fields_of(cls, left_out):  # type: ignore[arg-type]
        out.update(zip((c.name for c in own.columns), own.cells(getattr(value, own.name), place), strict=True))
    return out


def _bounds(span: Span, prefix: str = "") -> dict[str, int]:
    return {f"{prefix}start": span.start, f"{prefix}end": span.end}


def _taking_part(event: Event, place: Place) -> Iterator[Row]:
    for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
        for number, actor in enumerate(actors, 1):
            yield Row("parties", {"event": event.id, "role": role, "number": number, "actor": place.actors.get(actor, actor)})


def _cited(item: Item, place: Place, *, no_text: bool) -> Iterator[Row]:
    """Yield each stretch of text that something is or rests on."""
    document = item.records.document
    subjects: list[tuple[str, str, Any]] = [("document", document.id, document)]
    subjects += [("actor", place.actors[actor.id], actor) for actor in item.records.actors]
    subjects += [(record.KIND, record.id, record) for record in item.records.all()]
    for kind, name, subject in subjects:
        for field_name, role, spans in _stretches(subject):
            for number, span in enumerate(spans, 1):
                head = {"document": document.id, "kind": kind, "record": name, "field": field_name, "role": role, "number": number}
                quote = None if no_text and role == "support" else span.of(place.text)
                yield Row("evidence", {**head, **_bounds(span), "quote": quote})


def _stretches(subject: Any) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """Yield (field, role, spans) of a record, an actor or a document."""
    if isinstance(subject, Document):
        named = {"dateline": subject.dateline, "credit": subject.credit, "byline": subject.byline}
        yield from ((name, "own", (part.span,)) for name, part in named.items() if part and part.span)
        yield "published", "support", subject.published.evidence
        return
    for f in fields(subject):
        value = getattr(subject, f.name)
        spans = (value,) if isinstance(value, Span) else tuple(v for v in value if isinstance(v, Span)) if isinstance(value, tuple) else ()
        if spans:
            yield f.name, "own", spans
    for name, spans in subject.evidence.items():
        yield name, "support", tuple(spans)


def _decided(d: Decided) -> dict[str, Any]:
    own = d.decision
    said = {"act": own.act, "reviewer": own.reviewer, "reason": own.reason, "note": own.note, "blind": own.blind, "of": own.of}
    place = {"seq": d.seq, "at": d.at, "subject": d.subject, "document": d.document, "claim": d.claim or None}
    return {**place, **said, "part_of": d.part_of, "before": dict(d.before), "after": dict(d.after), "tool": d.tool}
