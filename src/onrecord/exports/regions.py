"""Records as labelled regions of a text and named arrows between them: what tools for marking texts (Label Studio, doccano, brat) know.

- A record is the regions of its own words (the content, the act, the triggers, the number), labelled by its kind and the word of a
  vocabulary that tells most of it: `event-AGREE`, `statement-denies`, `commitment-pledge`, `time-DATE`, `figure`. Its other spans are
  regions labelled by their field (`source`, `cue`, `deadline`, ...).
- An arrow runs from the record's first region to each of the others, named by the field; to the actors that it names (to the
  mention that the field rests on, else the nearest); to the other records that it names.
- The name of a region is made of its owner (a record's id, or an actor's within the document), field and number, so that it is known
  again when it comes back.

What a record says that is no span, actor or record (a time's value, a place, a toll) has no region: the formats write it beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import NamedTuple, get_args

from onrecord.annotations import Actor, TimeType
from onrecord.codebooks import plover
from onrecord.decisions import MANY, ONE
from onrecord.records import CLASSES, Basis, Record, Records, Stance
from onrecord.spans import Span

LABELLED_BY = {"statement": "stance", "commitment": "basis", "event": "type", "time": "type"}
"""The field that a record's label names beside its kind."""
ANCHORS = {"statement": "content", "commitment": "action", "event": "mentions", "figure": "span", "time": "span"}
ACTOR = "actor"
SPANS = ("source", "cue", "addressee", "anonymity", "start", "deadline", "condition", "of")
"""The fields that are one span beside the record's own words."""
RECORD_LINKS = ("statement", "nested_in")


class Region(NamedTuple):
    """A labelled stretch of the text; `owner` is a record's id, or an actor's id within the document."""

    owner: str
    field: str
    number: int
    label: str
    span: Span

    @property
    def id(self) -> str:
        """The region's name: `OWNER.FIELD.NUMBER`."""
        return f"{self.owner}.{self.field}.{self.number}"


class Arrow(NamedTuple):
    """A named relation from one region to another, by their names."""

    source: str
    target: str
    label: str


class Marked(NamedTuple):
    """A document's regions in the order of the text, and the arrows between them."""

    regions: tuple[Region, ...]
    arrows: tuple[Arrow, ...]


def labels() -> tuple[str, ...]:
    """Return all labels that a region can have: those of records, of their other spans, of actors."""
    words = {"statement": get_args(Stance), "commitment": get_args(Basis), "event": tuple(plover().types), "time": get_args(TimeType)}
    own = [f"{kind}-{word}" for kind in CLASSES for word in words.get(kind, ())]
    return (*own, "figure", *SPANS, ACTOR)


def arrow_labels() -> tuple[str, ...]:
    """Return all names that an arrow can have."""
    return tuple(dict.fromkeys((*ONE, *MANY, "mentions", "content", *SPANS, *RECORD_LINKS)))


def label_of(record: Record) -> str:
    """Return the label of a record's own words."""
    named = LABELLED_BY.get(record.KIND)
    return f"{record.KIND}-{getattr(record, named)}" if named else record.KIND


def marked(records: Records, *, cited_only: bool = False) -> Marked:
    """Return a document's records as regions and arrows; with `cited_only`, only those mentions of actors that an arrow reaches."""
    own = {record.id: tuple(_own_regions(record)) for record in records.all()}
    mentions = {actor.id: tuple(_mentions(actor)) for actor in records.actors}
    arrows = tuple(dict.fromkeys(arrow for record in records.all() for arrow in _arrows(record, own, mentions)))
    reached = {arrow.target for arrow in arrows}
    named = [r for regions in mentions.values() for r in regions if r.id in reached or (r.field == "mentions" and not cited_only)]
    regions = [*(r for regions in own.values() for r in regions), *named]
    return Marked(tuple(sorted(regions, key=lambda r: (r.span.start, -r.span.end, r.id))), arrows)


def _own_regions(record: Record) -> Iterator[Region]:
    anchor = ANCHORS[record.KIND]
    spans: list[tuple[str, Span]] = [(name, value) for name in SPANS if isinstance(value := getattr(record, name, None), Span)]
    value = getattr(record, anchor)
    for number, span in enumerate((value,) if isinstance(value, Span) else value):
        yield Region(record.id, anchor, number, label_of(record), span)
    for name, span in spans:
        stands_for_it = not value and span in record.anchor  # a refusal without content is its cue
        yield Region(record.id, name, 0, label_of(record) if stands_for_it else name, span)


def _mentions(actor: Actor) -> Iterator[Region]:
    for name in ("mentions", "pronouns"):
        for number, span in enumerate(getattr(actor, name)):
            yield Region(actor.id, name, number, ACTOR, span)


def first(regions: Iterable[Region]) -> Region:
    """Return the region of a record that stands for it: the first that has its label."""
    return min((r for r in regions if r.label not in SPANS), key=lambda r: r.number)


def _arrows(record: Record, own: dict[str, tuple[Region, ...]], mentions: dict[str, tuple[Region, ...]]) -> Iterator[Arrow]:
    start = first(own[record.id])
    for region in own[record.id]:
        if region != start:
            yield Arrow(start.id, region.id, region.field)
    for f in fields(record):
        if f.name not in {*ONE, *MANY, *RECORD_LINKS}:
            continue
        value = getattr(record, f.name)
        for named in (value,) if isinstance(value, str) else value or ():
            if f.name in RECORD_LINKS and named in own:
                yield Arrow(start.id, first(own[named]).id, f.name)
            elif mentions.get(named):
                yield Arrow(start.id, _mention(record, f.name, start, mentions[named]).id, f.name)


def _mention(record: Record, name: str, start: Region, mentions: tuple[Region, ...]) -> Region:
    """Return the mention of an actor that a field rests on, else the nearest to the record's words."""
    cited = record.evidence.get(name, ())
    return min(mentions, key=lambda m: (not any(m.span.overlaps(s) for s in cited), abs(m.span.start - start.span.start)))


def blanked(text: str, shown: Iterable[Span]) -> str:
    """Return the text with spaces for all characters outside of the spans to show; line breaks stay, and so does every offset."""
    out = ["\n" if character == "\n" else " " for character in text]
    for start, end in shown:
        out[start:end] = text[start:end]
    return "".join(out)
