"""The records: who said what, who is bound to do what, who did what to whom, how many, when.

A record is a frozen value; each field that is not itself a span names in `evidence` the characters that it rests on. Kinds build
records without `id` and `claim`; `seal` gives them both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from typing import Any, ClassVar, Literal, NamedTuple

from onrecord.annotations import Actor, TimeRole, TimeType
from onrecord.documents import Document
from onrecord.shapes import value_of
from onrecord.spans import Span

SCHEMA = "onrecord/1"

Certainty = Literal["certain", "likely"]
SourceKind = Literal["named", "unnamed", "collective", "document", "unknown"]
Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "declines", "asks"]
Basis = Literal["pledge", "agreement", "plan", "duty"]
Strength = Literal["binding", "firm", "intended"]
Status = Literal["actual", "planned", "possible", "hypothetical", "negated"]
AUTHOR = "author"


class Bounds(NamedTuple):
    """A day as far as it is known: one day, or the first and last that it can be (either may be None)."""

    value: str | None
    """The day, where one is known."""
    earliest: str | None
    """First day that it can be."""
    latest: str | None
    """Last day that it can be."""


class Toll(NamedTuple):
    """A number of people killed or injured, and who says so (an actor's id or `author`)."""

    value: float | None
    """The number, where one is given."""
    low: float | None
    """Least that it can be."""
    high: float | None
    """Most that it can be."""
    according_to: str
    """Who says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all five kinds share."""

    KIND: ClassVar[str] = ""
    NOT_CLAIMED: ClassVar[frozenset[str]] = frozenset({"id", "claim", "evidence", "certainty", "inferred", "rule"})

    rule: str
    """The id of the rule or lexicon entry that made the record."""
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """For each field that is not itself a span: the characters that it rests on."""
    certainty: Certainty = "likely"
    """`certain`: records of this rule were measured to be right at least 92 times in 100."""
    inferred: tuple[str, ...] = ()
    """The fields that the record's own words do not give: coreference, a resolved year, a role taken from elsewhere on the page."""
    id: str = ""
    """Hash of document, kind and anchor: it survives a better rule."""
    claim: str = ""
    """Hash of all that the record claims: decisions bind to it."""

    @property
    def anchor(self) -> tuple[Span, ...]:
        """The spans that identify the record within its document."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Who said what. `source` None: the passive hides it. `time` is the id of a time record or its value."""

    KIND: ClassVar[str] = "statement"

    source: Span | None
    """The words that name who said it."""
    source_actor: str | None
    """Who said it: an actor of the page."""
    source_kind: SourceKind
    """How the source is named."""
    cue: Span | None
    """The words that attribute it: "said", "according to"."""
    content: tuple[Span, ...]
    """What was said; a split quotation has several parts."""
    form: Form
    """In quotation marks, reported, or both."""
    stance: Stance
    """What the source does with the content: asserts or denies it, declines to say it, asks."""
    hedged: bool = False
    """Said with reserve: "suggested", "appeared to"."""
    addressee: Span | None = None
    """The words that name to whom it was said."""
    anonymity: Span | None = None
    """The words that say why the source is not named."""
    time: str | None = None
    """When it was said: the id of a time record, or its value."""
    place: str | None = None
    """Where it was said, as written."""
    nested_in: str | None = None
    """The statement within whose content this one stands."""

    @property
    def anchor(self) -> tuple[Span, ...]:
        """The content; the cue, or the source, of a refusal that says nothing of its matter."""
        return self.content or tuple(s for s in (self.cue, self.source) if s is not None)[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """Who is bound to do what by when. `according_to`: an actor's id or `author`."""

    KIND: ClassVar[str] = "commitment"

    actor: str | None
    """Who is bound: an actor of the page."""
    action: Span
    """The act that somebody is bound to do, or not to do."""
    start: Span | None = None
    """The words that say from when."""
    deadline: Span | None = None
    """The words that say by when."""
    deadline_value: str | None = None
    """The deadline, resolved as far as the page allows."""
    deadline_role: TimeRole | None = None
    """How the deadline bounds the act."""
    deadline_earliest: str | None = None
    """First day that the deadline can be."""
    deadline_latest: str | None = None
    """Last day that the deadline can be."""
    condition: Span | None = None
    """The words of the condition that it depends on."""
    counterparty: str | None = None
    """To whom the actor is bound: an actor of the page."""
    basis: Basis
    """What binds: a word given, an agreement, a plan, a duty."""
    negated: bool = False
    """Bound not to do it."""
    according_to: str = AUTHOR
    """Who says so: an actor of the page, or `author`."""
    speaker: str | None = None
    """Who said it, where that is not the actor who is bound."""
    made: Bounds | None = None
    """The day on which it was said or agreed."""
    statement: str | None = None
    """The statement that carries it."""
    testable: Literal["yes", "no", "unclear"] = "unclear"
    """Whether somebody could later see it done or not."""
    strength: Strength | None = None
    """`binding` (law, agreement, order), `firm` (word given, decision taken) or `intended` (plan, intention)."""

    @property
    def anchor(self) -> tuple[Span, ...]:
        """The action."""
        return (self.action,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Who did what to whom, a PLOVER type. `mentions` are the trigger words, the first one identifies the event."""

    KIND: ClassVar[str] = "event"

    type: str
    """PLOVER type of the act."""
    mode: str | None = None
    """PLOVER mode of the act."""
    contexts: tuple[str, ...] = ()
    """PLOVER contexts; several may hold."""
    actors: tuple[str, ...] = ()
    """Who did it: actors of the page; all sides, where it is mutual."""
    recipients: tuple[str, ...] = ()
    """To whom it was done: actors of the page."""
    time: str | None = None
    """When, resolved as far as the page allows."""
    place: str | None = None
    """Where, as written."""
    place_country: str | None = None
    """Country of the place, ISO 3166 alpha-3, from the gazetteer."""
    place_point: tuple[float, float] | None = None
    """Latitude and longitude of the place in degrees (WGS 84), from the gazetteer."""
    place_precision: Literal["city", "region", "country"] | None = None
    """What the point stands for."""
    status: Status = "actual"
    """Whether it happened."""
    according_to: str = AUTHOR
    """Who says so: an actor of the page, or `author`."""
    mentions: tuple[Span, ...]
    """The trigger words; the first identify the event."""
    killed: Toll | None = None
    """People killed, and who says so."""
    injured: Toll | None = None
    """People injured, and who says so."""
    killed_by_source: tuple[Toll, ...] = ()
    """Every number of dead that the text gives, where its sources disagree."""
    injured_by_source: tuple[Toll, ...] = ()
    """Every number of injured that the text gives, where its sources disagree."""

    @property
    def anchor(self) -> tuple[Span, ...]:
        """The first mention."""
        return self.mentions[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number that counts or measures something. `unit` is `people`, an ISO 4217 code, `percent`, or a singular noun.

    `change`: it is the amount of a rise or fall; `aspect`: what befell those counted (`killed`, `injured`, …).
    """

    KIND: ClassVar[str] = "figure"

    span: Span
    """The words of the number."""
    value: float | None
    """The number, where one is given."""
    low: float | None = None
    """Least that it can be."""
    high: float | None = None
    """Most that it can be."""
    unit: str | None = None
    """What it is counted in."""
    of: Span | None = None
    """The words that say what is counted."""
    time: str | None = None
    """When it held, resolved as far as the page allows."""
    according_to: str = AUTHOR
    """Who says so: an actor of the page, or `author`."""
    value_si: float | None = None
    """The value in SI units."""
    unit_si: str | None = None
    """The SI unit."""
    approximate: bool = False
    """Said to be near the truth only: "about", "some"."""
    change: Literal["up", "down"] | None = None
    """It is the amount of a rise or fall."""
    aspect: str | None = None
    """What befell those counted: `killed`, `injured`, `arrested`."""

    @property
    def anchor(self) -> tuple[Span, ...]:
        """The number."""
        return (self.span,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Record):
    """A TIMEX3 with its role and its bounds in days."""

    KIND: ClassVar[str] = "time"

    span: Span
    """The words of the time."""
    type: TimeType
    """TIMEX3 type."""
    value: str
    """TIMEX3 value; what cannot be resolved stays symbolic."""
    mod: str | None = None
    """TIMEX3 modifier."""
    role: TimeRole | None = None
    """How it bounds what it is said of."""
    earliest: str | None = None
    """First day that it can be."""
    latest: str | None = None
    """Last day that it can be."""
    edtf: str | None = None
    """The same in EDTF; null for a time of day, a duration and a set."""

    @property
    def anchor(self) -> tuple[Span, ...]:
        """The expression."""
        return (self.span,)


class Abstention(NamedTuple):
    """A place where a record was considered and not made: what `explain DOCUMENT START END` shows."""

    span: Span
    kind: str
    rule: str
    reason: str


class Found(NamedTuple):
    """What a kind returns: its records, and where it abstained."""

    records: tuple[Record, ...]
    abstentions: tuple[Abstention, ...] = ()


KIND_NAMES = ("statement", "commitment", "event", "figure", "time")
PLURAL = {"statement": "statements", "commitment": "commitments", "event": "events", "figure": "figures", "time": "times"}
CLASSES: dict[str, type[Record]] = {c.KIND: c for c in (Statement, Commitment, Event, Figure, Time)}


@dataclass(frozen=True, slots=True)
class Records:
    """All that one document yields."""

    document: Document
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Tool version, rules' hash, model manifest's hash."""

    def all(self) -> tuple[Record, ...]:
        """Return the records of all kinds, kind by kind."""
        return (*self.statements, *self.commitments, *self.events, *self.figures, *self.times)

    def plus(self, kind: str, records: tuple[Record, ...], abstentions: tuple[Abstention, ...] = ()) -> Records:
        """Return these with the records of one kind set, and its abstentions added."""
        changes: dict[str, Any] = {PLURAL[kind]: records, "abstentions": (*self.abstentions, *abstentions)}
        return replace(self, **changes)

    def said_by(self, span: Span) -> Statement | None:
        """Return the innermost statement whose content holds `span`, or None where the author speaks."""
        holding = [s for s in self.statements if any(part.contains(span) for part in s.content)]
        return min(holding, key=lambda s: sum(e - b for b, e in s.content), default=None)

    def according_to(self, span: Span) -> str:
        """Return the id of the actor who says what stands at `span`, or `author` where the text itself or nobody known does."""
        statement = self.said_by(span)
        return (statement and statement.source_actor) or AUTHOR


# ---- identity ------------------------------------------------------------------------------------------------------


def digest(*parts: object) -> str:
    """Return the first 32 hex digits of the SHA-256 of the parts as JSON."""
    return sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=_plain).encode()).hexdigest()[:32]


def seal(document_id: str, records: Iterable[Record]) -> tuple[Record, ...]:
    """Give each record of one kind its `id` (document, kind, anchor) and its `claim` (all fields).

    Two records with one anchor (two sources for the same words) are told apart by their order.
    """
    seen: dict[str, int] = {}
    out = []
    for record in records:
        key = digest(document_id, record.KIND, record.anchor)
        seen[key] = seen.get(key, 0) + 1
        identity = key if seen[key] == 1 else digest(key, seen[key])
        out.append(replace(record, id=identity, claim=claim_of(record)))
    return tuple(out)


def claim_of(record: Record) -> str:
    """Return the hash of all that a record claims: every field but how it was found."""
    return digest(record.KIND, {f.name: getattr(record, f.name) for f in fields(record) if f.name not in Record.NOT_CLAIMED})


# ---- JSON ----------------------------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if isinstance(value, (Bounds, Toll)):
        return value._asdict()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value


def record_json(record: Record) -> dict[str, Any]:
    """Return a record as the contract writes it."""
    own = {f.name: _plain(getattr(record, f.name)) for f in fields(record) if f.name not in Record.NOT_CLAIMED}
    return {
        "id": record.id,
        **own,
        "evidence": _plain(record.evidence),
        "certainty": record.certainty,
        "inferred": list(record.inferred),
        "rule": record.rule,
        "claim": record.claim,
    }


def actor_json(actor: Actor) -> dict[str, Any]:
    """Return an actor as the contract writes it."""
    return {f.name: _plain(getattr(actor, f.name)) for f in fields(actor)}


def document_json(document: Document) -> dict[str, Any]:
    """Return a document as the contract writes it."""
    published, source = document.published, document.source
    return {
        "id": document.id,
        "uri": document.uri,
        "url": document.url,
        "title": document.title,
        "text": document.text,
        "language": document.language,
        "publisher": document.publisher,
        "section": document.section,
        "published": {
            **{f.name: _plain(getattr(published, f.name)) for f in fields(published) if f.name != "constraints"},
            "constraints": [c._asdict() for c in published.constraints],
        },
        "dateline": document.dateline and document.dateline._asdict(),
        "credit": document.credit and document.credit._asdict(),
        "byline": document.byline and document.byline._asdict(),
        "chrome": _plain(document.spans("chrome", "credit")),
        "crossheads": _plain(document.spans("crosshead")),
        "blocks": [[*b.span, b.role, b.reason] for b in document.blocks],
        "source": {f.name: getattr(source, f.name) for f in fields(source)},
        "captured": document.captured,
        "archive_url": document.archive_url,
        "copy_of": document.copy_of,
        "warnings": list(document.warnings),
    }


def line(records: Records) -> dict[str, Any]:
    """Return one document's line of `--format jsonl`."""
    return {
        "schema": SCHEMA,
        "document": document_json(records.document),
        "actors": [actor_json(actor) for actor in records.actors],
        **{PLURAL[kind]: [record_json(r) for r in getattr(records, PLURAL[kind])] for kind in KIND_NAMES},
        "provenance": dict(records.provenance),
    }


# ---- back from JSON ------------------------------------------------------------------------------------------------


def from_line(row: Mapping[str, Any]) -> Records:
    """Return the records of one document's line: the inverse of `line`, up to the map into the page and the abstentions.

    UsageError names the field that is not as the contract writes it.
    """
    records = Records(
        document=document_from(row["document"]),
        actors=tuple(actor_from(actor) for actor in row.get("actors", ())),
        provenance=dict(row.get("provenance", {})),
    )
    for kind in KIND_NAMES:
        records = records.plus(kind, tuple(record_from(kind, r) for r in row.get(PLURAL[kind], ())))
    return records


def record_from(kind: str, row: Mapping[str, Any]) -> Record:
    """Return the record that `record_json` wrote; fields that are null or empty may be left out. UsageError names a wrong one."""
    made = value_of(CLASSES[kind], kind, row)
    assert isinstance(made, Record)
    return made


def actor_from(row: Mapping[str, Any]) -> Actor:
    """Return the actor that `actor_json` wrote; UsageError names a wrong field."""
    made = value_of(Actor, "actor", row)
    assert isinstance(made, Actor)
    return made


def document_from(row: Mapping[str, Any]) -> Document:
    """Return the document that `document_json` wrote, without its map into the page; UsageError names a wrong field."""
    derived = {"id", "chrome", "crossheads"}
    whole = {**row, "blocks": [{"span": b[:2], "role": b[2], "reason": b[3]} for b in row.get("blocks", ())]}
    made = value_of(Document, "document", {k: v for k, v in whole.items() if k not in derived})
    assert isinstance(made, Document)
    return made
