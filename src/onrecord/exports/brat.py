"""brat: a folder with two files for each document, its text (.txt) and standoff annotations (.ann), and one `annotation.conf` for all.

- T: a stretch with its label. What runs over a line break, and a statement in several pieces, is a discontinuous one.
- E: a statement, a commitment or an event, with the regions, actors and other records that it names as arguments; each further mention
  of an event is an E of its own, tied to the first by the relation `mentions`. Figures and times are T only; R ties them to the rest.
- A: the fields that are one word of a vocabulary, or yes and no; the status of review.
- #: each record in full, as JSON, in a note.

Offsets are code points, as brat's server counts; half a surrogate pair is U+FFFD. Without text the .txt has spaces for everything that is
in no T.

Known limits: arguments are by the mention that is cited, not by all mentions of an actor; there is no import.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.cells import whole
from onrecord.decisions import MANY, ONE, REVIEWS
from onrecord.exports.items import Item, Manner, folder
from onrecord.exports.regions import ACTOR, RECORD_LINKS, SPANS, Region, blanked, first, labels, marked
from onrecord.records import CLASSES, Record, record_json
from onrecord.spans import Span, trim

EVENTS = ("statement", "commitment", "event")
"""The kinds that are events in brat's sense: they have arguments."""
BREAKS = re.compile(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What may not stand in a line of an .ann file."""


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write the folder `out`; return its files."""
    written = [folder(out) / "annotation.conf"]
    written[0].write_text(configuration(), encoding="utf-8")
    for item in items:
        document = item.records.document
        stem = re.sub(r"[^\w-]+", "-", document.uri.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("-")[:40]
        name = "-".join(part for part in (stem, document.id.removeprefix("sha256:")[:8]) if part)
        text, annotations = pair(item, manner)
        for ending, content in ((".txt", text), (".ann", annotations)):
            written.append(out / f"{name}{ending}")
            with written[-1].open("w", encoding="utf-8", newline="") as stream:
                stream.write(whole(content))
    return written


def pair(item: Item, manner: Manner) -> tuple[str, str]:
    """Return the contents of a document's .txt and .ann."""
    text = item.records.document.text
    shown = marked(item.records, cited_only=manner.no_text)
    file = Standoff(text)
    own: dict[str, list[Region]] = {}
    for region in shown.regions:
        own.setdefault(region.owner, []).append(region)
    records = {record.id: record for record in item.records.all()}
    for regions in own.values():
        _stretches(file, regions)
    arguments: dict[str, list[tuple[str, str]]] = {}
    for arrow in shown.arrows:
        if arrow.label not in {"content", "mentions"}:
            arguments.setdefault(arrow.source, []).append((arrow.label, arrow.target))
    _acts(file, [(record, own[record.id]) for record in records.values() if record.KIND in EVENTS], arguments)
    _relations(file, records, own, arguments)
    for record in records.values():
        _described(file, file.names[first(own[record.id]).id], record, item.review(record.id))
    text = blanked(text, (r.span for r in shown.regions)) if manner.no_text else text
    return text, "".join(line + "\n" for line in file.lines)


@dataclass(slots=True)
class Standoff:
    """An .ann file in the making: its lines, how many there are of each sort, and what stands for each region."""

    text: str
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The E or T of a region, by the region's id."""
    triggers: dict[str, str] = field(default_factory=dict)

    def new(self, sort: str) -> str:
        """Return the next name of a sort (T, E, R, A, #)."""
        self.counts[sort] = self.counts.get(sort, 0) + 1
        return f"{sort}{self.counts[sort]}"

    def add(self, sort: str, *columns: str) -> str:
        """Add a line of a sort; return its name."""
        name = self.new(sort)
        self.lines.append("\t".join((name, *columns)))
        return name


def fragments(text: str, span: Span) -> list[Span]:
    """Return a span as the stretches of it that brat takes: none over a line break, none with blanks at its ends."""
    cuts = [span.start, *(at for m in BREAKS.finditer(text, *span) for at in m.span()), span.end]
    pieces = (trim(text, Span(a, b)) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    return [piece for piece in pieces if piece.start < piece.end]


def _stretches(file: Standoff, regions: list[Region]) -> None:
    """Add the T of each region; those of a statement's content are one."""
    groups: dict[tuple[str, int], list[Region]] = {}
    for region in regions:
        groups.setdefault((region.field, -1 if region.field == "content" else region.number), []).append(region)
    for group in groups.values():
        parts = sorted(piece for region in group for piece in fragments(file.text, region.span))
        where, words = ";".join(f"{a} {b}" for a, b in parts), " ".join(part.of(file.text) for part in parts)
        name = file.add("T", f"{group[0].label} {where}", words)
        for region in group:
            file.names[region.id] = file.triggers[region.id] = name


def _acts(file: Standoff, acts: list[tuple[Record, list[Region]]], arguments: dict[str, list[tuple[str, str]]]) -> None:
    """Add the E lines; all are named before any is written, since one may be an argument of another."""
    ordered = []
    for _, regions in acts:
        start = first(regions)
        ordered += [start, *(r for r in regions if r.label == start.label and file.triggers[r.id] != file.triggers[start.id])]
    for region in ordered:
        file.names[region.id] = file.new("E")
    for region in ordered:
        roles: dict[str, int] = {}
        words = [f"{region.label}:{file.triggers[region.id]}"]
        for role, target in arguments.get(region.id, ()):
            roles[role] = roles.get(role, 0) + 1
            words.append(f"{role}{roles[role] if roles[role] > 1 else ''}:{file.names[target]}")
        file.lines.append(f"{file.names[region.id]}\t{' '.join(words)}")


def _relations(
    file: Standoff, records: dict[str, Record], own: dict[str, list[Region]], arguments: dict[str, list[tuple[str, str]]]
) -> None:
    """Add what ties the mentions of an event together, and figures and times to the rest."""
    for record in records.values():
        start = first(own[record.id])
        targets = arguments.get(start.id, []) if record.KIND not in EVENTS else []
        if record.KIND == "event":
            targets = [("mentions", r.id) for r in own[record.id] if r.label == start.label and r != start]
        for label, target in targets:
            file.add("R", f"{label} Arg1:{file.names[start.id]} Arg2:{file.names[target]}")


def _described(file: Standoff, name: str, record: Record, review: str) -> None:
    """Add a record's attributes and the note with all of it."""
    for attribute in attributes(record.KIND):
        value = getattr(record, attribute)
        if value is True:
            file.add("A", f"{attribute} {name}")
        elif value:
            file.add("A", f"{attribute} {name} {value}")
    file.add("A", f"review {name} {review}")
    file.add("#", f"AnnotatorNotes {name}", json.dumps({"kind": record.KIND, **record_json(record), "review": review}, ensure_ascii=True))


# ---- the configuration ---------------------------------------------------------------------------------------------


def attributes(kind: str) -> dict[str, tuple[Any, ...]]:
    """Return the fields of a kind that are attributes, each with its words; none for yes and no."""
    found = {}
    for name, hint in get_type_hints(CLASSES[kind]).items():
        choices = [part for part in (get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)) if part is not type(None)]
        if choices == [bool]:
            found[name] = ()
        elif get_origin(choices[0]) is Literal and name not in {"stance", "basis"} and (kind, name) != ("time", "type"):
            found[name] = get_args(choices[0])
    return found


def configuration() -> str:
    """Return the `annotation.conf` for all labels, arguments and attributes that there can be."""
    events = [name for name in labels() if name.partition("-")[0] in EVENTS and name not in SPANS]
    lines = ["[entities]", *(name for name in labels() if name not in events), "", "[events]"]
    lines += [f"{name}\t{', '.join(_roles(name.partition('-')[0]))}" for name in events]
    lines += [
        "",
        "[relations]",
        "mentions\tArg1:<EVENT>, Arg2:<EVENT>",
        "of\tArg1:figure, Arg2:of",
        f"according_to\tArg1:figure, Arg2:{ACTOR}",
    ]
    words: dict[str, tuple[Any, ...]] = {}
    for kind in CLASSES:
        for name, values in attributes(kind).items():
            words[name] = tuple(dict.fromkeys((*words.get(name, ()), *values)))
    lines += ["", "[attributes]", *(f"{name}\tArg:<ANY>{', Value:' + '|'.join(v) if v else ''}" for name, v in words.items())]
    return "\n".join([*lines, f"review\tArg:<ANY>, Value:{'|'.join(REVIEWS)}", ""])


def _roles(kind: str) -> Iterator[str]:
    """Return the arguments that a kind takes, in brat's notation: `?` at most one, `*` any number."""
    for name in get_type_hints(CLASSES[kind]):
        if name in MANY:
            yield f"{name}*:{ACTOR}"
        elif name in ONE:
            yield f"{name}?:{ACTOR}"
        elif name in RECORD_LINKS:
            yield f"{name}?:<EVENT>"
        elif name in SPANS:
            yield f"{name}?:{name}"
