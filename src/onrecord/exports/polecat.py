"""POLECAT's table of events: tab-separated, its header, one row an event as PLOVER's manual would code it; evidence in a side file.

A row is an event, not a pair: compound actors and recipients are lists joined by `;`, each column of theirs with an item for each of
them (empty where unknown), so that a meeting of twenty is counted once. The manual's table of modalities is applied: what was
promised is AGREE, what was threatened THREATEN, cooperation that did not come REJECT (`codebooks.exported`). Possible and wished
events, conflict that did not take place, and records that a person rejected are no rows. The side file (`NAME.evidence.jsonl`) has
a line for every event, those left out with the reason, with its spans and quotes, its status of review and where its date comes
from; its last line counts rows and what was left out.

The date is the event's own day, else the day of publication, where that lies within what is known of the time. An act that is
promised or refused is dated by the promise: the day of publication, for what has no earlier day of its own; its place is left
empty, since that is the act's. Mode and place are given only where they are the coded event's.

UTF-8; tabs, line breaks and control characters in cells are spaces, straight double quotes are single, so that every reader splits it
alike; cells that a spreadsheet would run as a formula have an apostrophe before them (`cells`).

Known limits: no COW codes, Wikipedia and GeoNames ids, districts and feature types: unknown here, so empty. An actor has one
sector. Copies of a page have rows of their own: `copy_of` in the side file tells them. Quads are named in capitals, as types are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from onrecord import __version__
from onrecord.annotations import Actor
from onrecord.cells import harmless, whole
from onrecord.codebooks import exported, plover
from onrecord.exports.items import Item, Manner
from onrecord.records import Event, Records
from onrecord.spans import Span

PARTY = ("Name", "Country", "COW", "Primary {} Sector", "Sectors", "Title", "Name Raw", "Wikipedia {} ID")
PARTIES = tuple(part.format(role) if "{}" in part else f"{role} {part}" for role in ("Actor", "Recipient") for part in PARTY)
HEADER = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *PARTIES,
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type"),
    *("Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
VERSION = f"onrecord {__version__}"
DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|T)")
PEOPLE = frozenset({"person"})
ORGANISATIONS = frozenset({"organisation", "armed_group", "media"})
STATES = frozenset({"state"})

DateFrom = Literal["time", "published", "unknown"]


class Dated(NamedTuple):
    """The day of a coded event, and what it was taken from."""

    day: str | None
    of: DateFrom


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write the table to `out` and the evidence beside it; return both."""
    side = out.with_name(f"{out.stem}.evidence.jsonl")
    counts: Counter[str] = Counter()
    with out.open("w", encoding="utf-8", newline="\n") as table, side.open("w", encoding="utf-8", errors="backslashreplace") as lines:
        table.write("\t".join(HEADER) + "\n")
        for item in items:
            for event in item.records.events:
                reason = left_out(item, event)
                counts[reason or "rows"] += 1
                if reason is None:
                    cells = row(item.records, event)
                    table.write("\t".join(cell(cells.get(name)) for name in HEADER) + "\n")
                lines.write(json.dumps(evidence(item, event, reason, no_text=manner.no_text), ensure_ascii=False) + "\n")
        rows = counts.pop("rows", 0)
        lines.write(json.dumps({"rows": rows, "left_out": dict(counts), "version": VERSION, "audit_head": manner.head}) + "\n")
    return [out, side]


def left_out(item: Item, event: Event) -> str | None:
    """Return why an event is no row, or None where it is one."""
    if item.review(event.id) == "rejected":
        return "rejected"
    return f"{event.status}: no code" if exported(event.type, event.status) is None else None


def cell(value: object) -> str:
    """Return a value as a cell of one line without tabs and straight double quotes; unknown is empty."""
    if value is None:
        return ""
    text = " ".join("".join(c if c.isprintable() else " " for c in whole(str(value))).split())
    return harmless(text.replace('"', "'"))


def listed(values: Iterable[str | None]) -> str:
    """Return values as a list in one cell; empty where none is known."""
    parts = [(value or "").replace(";", ",") for value in values]
    return ";".join(parts) if any(parts) else ""


# ---- rows ----------------------------------------------------------------------------------------------------------


def row(records: Records, event: Event) -> dict[str, object]:
    """Return the cells of an event that the manual codes, by column; those that are not there are empty."""
    code = exported(event.type, event.status)
    assert code is not None
    coded, document = plover().types[code], records.document
    return {
        "Event ID": event.id,
        "Event Date": dated(records, event).day,
        "Event Type": coded.id,
        "Event Mode": event.mode if event.mode in {*coded.modes, *coded.manual_modes} else None,
        "Intensity": f"{coded.score:g}",
        "Quad Code": coded.quad.upper(),
        "Contexts": listed(event.contexts),
        **_party(records, event, "Actor", event.actors),
        **_party(records, event, "Recipient", event.recipients),
        **(_place(records, event) if event.status == "actual" else {}),
        "Source": document.publisher or urlsplit(document.url or document.uri).hostname,
        "Publication Date": document.published.value,
        "Story People": _names(records, PEOPLE),
        "Story Organizations": _names(records, ORGANISATIONS),
        "Story Locations": _names(records, STATES, *(e.place for e in records.events)),
        "Language": document.language,
        "Version": VERSION,
    }


def dated(records: Records, event: Event) -> Dated:
    """Return the day of the coded event: its own, else the day of publication where that may be it."""
    published = records.document.published.value
    known = DAY.match(event.time or "")
    if known and event.status == "actual":
        return Dated(known[0], "time")
    if event.status != "actual":  # what is coded is the promise or the refusal
        return Dated(known[0], "time") if known and event.status == "negated" and known[0] < (published or "") else _by_page(published)
    return _by_page(published if published and published.startswith(event.time or "") else None)


def _by_page(published: str | None) -> Dated:
    return Dated(published, "published" if published else "unknown")


def _party(records: Records, event: Event, role: str, ids: Sequence[str]) -> dict[str, object]:
    known = {actor.id: actor for actor in records.actors}
    actors = [known[i] for i in ids if i in known]
    cited = event.evidence.get("actors" if role == "Actor" else "recipients", ())
    sectors = listed(a.sector for a in actors)
    return {
        f"{role} Name": listed(a.name for a in actors),
        f"{role} Country": listed(a.country for a in actors),
        f"Primary {role} Sector": sectors,
        f"{role} Sectors": sectors,
        f"{role} Title": listed(a.role for a in actors),
        f"{role} Name Raw": listed(_raw(a, cited).of(records.document.text) for a in actors),
    }


def _raw(actor: Actor, cited: Iterable[Span]) -> Span:
    """Return the mention of an actor that an event rests on, else its first (none: no characters)."""
    mentions = (*actor.mentions, *actor.pronouns, Span(0, 0))
    return next((m for m in mentions if any(m.overlaps(span) for span in cited)), mentions[0])


def _place(records: Records, event: Event) -> dict[str, object]:
    latitude, longitude = event.place_point or (None, None)
    return {
        "Placename": event.place,
        "City": event.place if event.place_precision == "city" else None,
        "Province": event.place if event.place_precision == "region" else None,
        "Country": event.place_country,
        "Latitude": latitude,
        "Longitude": longitude,
        "Raw Placename": next((s.of(records.document.text) for s in event.evidence.get("place", ())), None),
    }


def _names(records: Records, kinds: frozenset[str], *more: str | None) -> str:
    names = [actor.name for actor in records.actors if actor.kind in kinds]
    return listed(dict.fromkeys(name for name in (*names, *more) if name))


# ---- evidence ------------------------------------------------------------------------------------------------------


def evidence(item: Item, event: Event, reason: str | None, *, no_text: bool = False) -> dict[str, Any]:
    """Return the side file's line of an event: what was found and how it was coded, with the characters that each field rests on."""
    document = item.records.document
    when = dated(item.records, event) if reason is None else Dated(None, "unknown")
    return {
        "event": event.id,
        "left_out": reason,
        "coded": exported(event.type, event.status) if reason is None else None,
        "date_from": when.of if reason is None else None,
        "type": event.type,
        "status": event.status,
        "mode": event.mode,
        "time": event.time,
        "according_to": event.according_to,
        "document": document.id,
        "uri": document.uri,
        "copy_of": document.copy_of,
        "mentions": _quoted(event.mentions, document.text),
        "evidence": {name: _quoted(spans, None if no_text else document.text) for name, spans in event.evidence.items()},
        "inferred": list(event.inferred),
        "certainty": event.certainty,
        "rule": event.rule,
        "claim": event.claim,
        "review": item.review(event.id),
    }


def _quoted(spans: Iterable[Span], text: str | None) -> list[dict[str, object]]:
    return [{"span": list(span)} if text is None else {"span": list(span), "quote": span.of(text)} for span in spans]
