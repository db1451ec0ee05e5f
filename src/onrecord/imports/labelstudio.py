"""Label Studio's export (JSON, all annotations) of tasks that `onrecord export --to labelstudio` wrote: what people did to the regions.

- A record whose regions, label and relations are as proposed is accepted; one whose own regions are all deleted is rejected (reason
  `other`); one of which any changed is amended: spans, type (or stance, basis), actors, links.
- A new region with a record's label is a record added by hand where regions, relations and label say enough: an event, a statement, a
  commitment with its actor. A figure or a time needs a value, which no region gives.
- An actor whose mentions were moved or partly deleted is amended.
- What cannot be used is named with the reason; skipped (cancelled) annotations are.

Each annotation is one reviewer's, in the order of their ids. In one that did not start from the prediction nothing counts as deleted,
and what is drawn as it was proposed accepts it. Offsets are code points; where the words that Label Studio noted beside them stand
elsewhere, they are tried as UTF-16 units, and what then is not right either is named.

Known limits: the kind of a record cannot be changed, nor a new actor made; of a new event the status is `actual`; whether a new statement
is direct is told by its quotation marks; arrows without a name say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from onrecord.decisions import MANY, ONE, Act, Decision
from onrecord.errors import SourceError, UsageError
from onrecord.exports.regions import ACTOR, ANCHORS, LABELLED_BY, RECORD_LINKS, SPANS
from onrecord.imports.additions import Drawn, addition
from onrecord.imports.proposals import Proposal, Who
from onrecord.records import AUTHOR
from onrecord.rulings import Ruling
from onrecord.spans import Span, from_utf16
from onrecord.store import Store

Arrows = frozenset[tuple[str, str, str]]
"""(from, to, label), regions by their names."""


class Region(NamedTuple):
    """A region by label and place."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """One annotation of a task: what was proposed, what is there now, and whose it is."""

    where: str
    origin: str
    """When it was made, and its number."""
    document: str
    records: Mapping[str, Mapping[str, Any]]
    proposed: Mapping[str, Region]
    proposed_arrows: Arrows
    regions: Mapping[str, Region]
    arrows: Arrows
    reviewer: str
    blind: bool
    broken: frozenset[str]
    """The regions whose words are not at their offsets, or that have no label."""

    def of(self, owner: str) -> dict[str, Region]:
        """Return the regions that were proposed for a record or actor, in order."""
        names = [name for name in self.proposed if name.rsplit(".", 2)[0] == owner]
        return {name: self.proposed[name] for name in sorted(names, key=lambda name: int(name.rsplit(".", 1)[1]))}

    def decision(self, act: str, **more: Any) -> Decision:
        """Return a decision of this annotation's reviewer."""
        blind = self.blind and act != "add"
        return Decision(act=cast("Act", act), reviewer=self.reviewer, blind=blind, origin=self.origin, **more)


def proposals(path: Path, store: Store, who: Who) -> Iterator[Proposal | SourceError]:
    """Yield the decisions of all annotations of a file, or what is wrong with a task, an annotation or a region."""
    try:
        tasks = json.loads(path.read_bytes())
    except ValueError as error:
        yield SourceError(str(path), f"not JSON ({error})")
        return
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks]):
        name = task.get("id", number) if isinstance(task, dict) else number
        where = f"{path}, task {name}"
        try:
            yield from _task(where, task, store, who)
        except UsageError as error:
            yield SourceError(where, str(error))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield SourceError(where, f"not a task that onrecord wrote and Label Studio exported ({type(error).__name__}: {error})")


def _task(where: str, task: Mapping[str, Any], store: Store, who: Who) -> Iterator[Proposal | SourceError]:
    data = task["data"]
    ruling = store.ruling(data["document"])
    proposed = {name: Region(label, Span(start, end)) for name, (label, start, end) in data["regions"].items()}
    arrows = frozenset((a, b, label) for a, b, label in data["relations"])
    for number, annotation in enumerate(sorted(task.get("annotations") or (), key=lambda a: a.get("id") or 0)):
        called = f"annotation {annotation.get('id', number)}"
        place = f"{where}, {called}"
        if annotation.get("was_cancelled"):
            yield SourceError(place, "skipped by its annotator")
            continue
        regions, found, wrong = _result(annotation["result"], data["text"])
        for name, reason in wrong.items():
            yield SourceError(f"{place}, region {name}", reason)
        if annotation.get("parent_prediction") is None and not set(regions) & set(proposed):
            marks = _from_scratch(proposed, arrows, regions, found)
        else:
            marks = (proposed, arrows, regions, found)
        origin = " ".join(filter(None, [annotation.get("updated_at") or annotation.get("created_at"), "Label Studio", called]))
        reviewer = who.reviewer or _reviewer(annotation.get("completed_by"))
        sheet = Sheet(place, origin, data["document"], data["records"], *marks, reviewer, who.blind, frozenset(wrong))
        yield from _sheet(sheet, ruling)


def _from_scratch(
    proposed: Mapping[str, Region], proposed_arrows: Arrows, regions: Mapping[str, Region], arrows: Arrows
) -> tuple[dict[str, Region], Arrows, dict[str, Region], Arrows]:
    """Return the marks of an annotation that did not start from the prediction: what is drawn as it was proposed is known by that."""
    known = {region: name for name, region in proposed.items()}
    names = {name: known.get(region, name) for name, region in regions.items()}
    drawn = frozenset((names.get(a, a), names.get(b, b), label) for a, b, label in arrows)
    here = {names[name]: region for name, region in regions.items()}
    return {name: region for name, region in proposed.items() if name in here}, proposed_arrows & drawn, here, drawn


def _reviewer(completed_by: Any) -> str:
    if isinstance(completed_by, Mapping):
        return str(completed_by.get("email") or completed_by.get("username") or f"Label Studio user {completed_by.get('id')}")
    return f"Label Studio user {completed_by}" if completed_by is not None else "unknown"


def _result(result: list[Mapping[str, Any]], text: str) -> tuple[dict[str, Region], Arrows, dict[str, str]]:
    """Return an annotation's regions and arrows, and what is wrong with other regions."""
    regions: dict[str, Region] = {}
    arrows: set[tuple[str, str, str]] = set()
    wrong: dict[str, str] = {}
    for item in result:
        value = item.get("value") or {}
        if item.get("type") == "relation":
            ends = (item["to_id"], item["from_id"]) if item.get("direction") == "left" else (item["from_id"], item["to_id"])
            arrows |= {(*ends, label) for label in item.get("labels") or ()}
        elif item.get("type") == "labels":
            span = _span(value, text)
            if span is None:
                wrong[item["id"]] = "its words are not at its offsets"
            elif not value.get("labels"):
                wrong[item["id"]] = "it has no label"
            else:
                regions[item["id"]] = Region(value["labels"][0], span)
    return regions, frozenset(arrows), wrong


def _span(value: Mapping[str, Any], text: str) -> Span | None:
    """Return where a region is: by code points, else by UTF-16 units where those give its words; None where neither does."""
    start, end, said = value.get("start"), value.get("end"), value.get("text")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        return None
    for span in (Span(start, end), Span(from_utf16(text, start), from_utf16(text, end))):
        if span.end <= len(text) and span.start < span.end and (said is None or _plain(said) == _plain(span.of(text))):
            return span
    return None


def _plain(words: str) -> list[str]:
    return words.replace("\\n", "\n").split()


# ---- what was proposed ---------------------------------------------------------------------------------------------


def _sheet(sheet: Sheet, ruling: Ruling) -> Iterator[Proposal | SourceError]:
    for actor in ruling.records.actors:
        yield from _actor(sheet, actor.id, {"mentions": actor.mentions, "pronouns": actor.pronouns})
    for record_id, row in sheet.records.items():
        if sheet.of(record_id) and not sheet.broken & set(sheet.of(record_id)):
            yield from _record(sheet, record_id, row)
    yield from _new(sheet, ruling)


def _record(sheet: Sheet, record_id: str, row: Mapping[str, Any]) -> Iterator[Proposal | SourceError]:
    """Yield what was decided about a record: one thing, or nothing where none of its own regions was there to be decided on."""
    place = f"{sheet.where}, {row['kind']} {record_id[:8]}"
    regions = sheet.of(record_id)
    own = {name: region for name, region in regions.items() if region.label not in SPANS}
    left = [name for name in own if name in sheet.regions]
    if own and not left:
        note = "its region was deleted in Label Studio"
        yield Proposal(place, record_id, sheet.decision("reject", reason="other", note=note), standing=row["claim"])
    elif own:
        reason, changes = _compared(sheet, regions, own, left, row)
        decision = sheet.decision("amend" if changes else "accept", changes=changes)
        yield SourceError(place, reason) if reason else Proposal(place, record_id, decision, standing=row["claim"])


def _compared(
    sheet: Sheet, regions: Mapping[str, Region], own: Mapping[str, Region], left: list[str], row: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Return why what was changed cannot be used, or the changes."""
    label = next((new for name in left if (new := sheet.regions[name].label) != own[name].label), own[left[0]].label)
    kind, _, word = label.partition("-")
    if kind != row["kind"]:
        return f"its label is now {label!r}: the kind of a record cannot be changed; delete its region and draw a new one", {}
    moved = [name for name in regions if name in sheet.regions and name not in own and sheet.regions[name].label != regions[name].label]
    if moved:
        return f"its {regions[moved[0]].label} is now labelled {sheet.regions[moved[0]].label!r}: draw an arrow instead", {}
    changes = {LABELLED_BY[kind]: word} if label != own[left[0]].label else {}
    changes |= _spans(sheet, regions, row)
    if next(iter(own)) in left:  # arrows go with the region that they start from
        changes |= _arrows(sheet, own, row)
    return "", changes


def _spans(sheet: Sheet, regions: Mapping[str, Region], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields whose regions were moved, deleted, or drawn anew with an arrow to them."""
    changes: dict[str, Any] = {}
    fields: dict[str, list[str]] = {}
    for name in regions:
        fields.setdefault(name.rsplit(".", 2)[1], []).append(name)
    for field_name, names in fields.items():
        now = [list(sheet.regions[name].span) for name in names if name in sheet.regions]
        if now != [list(regions[name].span) for name in names]:
            changes[field_name] = now if isinstance(row[field_name][0], list) else next(iter(now), None)
    for start, end, label in sorted(sheet.arrows):
        if start in regions and end in sheet.regions and end not in sheet.proposed:
            span = list(sheet.regions[end].span)
            if label in SPANS and label in row and sheet.regions[end].label == label:
                changes[label] = span
            elif label == ANCHORS[row["kind"]] and isinstance(row[label], list) and sheet.regions[end].label.startswith(row["kind"]):
                changes[label] = [*changes.get(label, row[label]), span]
    return changes


def _arrows(sheet: Sheet, own: Mapping[str, Region], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields whose arrows to actors and other records were removed or drawn, with the mentions that they now cite."""
    before = {(end, label) for start, end, label in sheet.proposed_arrows if start in own}
    after = {(end, label) for start, end, label in sheet.arrows if start in own and end in sheet.proposed}
    changes: dict[str, Any] = {}
    for label in (*ONE, *MANY, *RECORD_LINKS):
        gone = [_owner(end) for end, name in sorted(before - after) if name == label]
        new = [(end, _owner(end)) for end, name in sorted(after - before) if name == label]
        if label not in row or not (gone or new):
            continue
        if label in MANY:
            stay = [actor for actor in row[label] if actor not in gone]
            changes[label] = list(dict.fromkeys([*stay, *(owner for _, owner in new)]))
        else:
            changes[label] = new[-1][1] if new else AUTHOR if label == "according_to" else None
        if new and label not in RECORD_LINKS:
            kept = row["evidence"].get(label, []) if label in MANY else []
            cited = {"evidence": {**changes.get("evidence", {}), label: [*kept, *(list(sheet.regions[end].span) for end, _ in new)]}}
            changes |= cited
    return changes


def _owner(name: str) -> str:
    return name.rsplit(".", 2)[0]


def _actor(sheet: Sheet, actor: str, places: Mapping[str, tuple[Span, ...]]) -> Iterator[Proposal | SourceError]:
    """Yield the amendment of an actor whose mentions were moved or deleted."""
    regions = {name: region for name, region in sheet.of(actor).items() if name not in sheet.broken}
    moved = {
        r.span: sheet.regions[name].span for name, r in regions.items() if name in sheet.regions and sheet.regions[name].span != r.span
    }
    gone = {r.span for name, r in regions.items() if name not in sheet.regions}
    changes = {
        name: [list(moved.get(span, span)) for span in spans if span not in gone]
        for name, spans in places.items()
        if any(span in moved or span in gone for span in spans)
    }
    place = f"{sheet.where}, actor {actor}"
    if changes and not changes.get("mentions", places["mentions"]):
        yield SourceError(place, "none of its mentions is left: merge it with another actor (`onrecord decide DOCUMENT#a1 merge ...`)")
    elif changes:
        yield Proposal(place, f"{sheet.document}#{actor}", sheet.decision("amend", changes=changes))


# ---- what was drawn ------------------------------------------------------------------------------------------------


def _new(sheet: Sheet, ruling: Ruling) -> Iterator[Proposal | SourceError]:
    """Yield the records that new regions make, and the new regions that make none."""
    new = {name: region for name, region in sheet.regions.items() if name not in sheet.proposed}
    used = {end for start, end, _ in sheet.arrows if start in sheet.regions and end in new}
    for name, region in sorted(new.items(), key=lambda item: item[1].span):
        place = f"{sheet.where}, region {name} ({region.label})"
        if region.label.partition("-")[0] in ANCHORS and region.label not in SPANS:
            if name in used and any(end == name and label in {"mentions", "content"} for _, end, label in sheet.arrows):
                continue  # a further piece of another one
            targets = [(label, end) for start, end, label in sorted(sheet.arrows) if start == name and end in sheet.regions]
            drawn = [Drawn(label, *sheet.regions[end], _owner(end) if end in sheet.proposed else None) for label, end in targets]
            try:
                changes = addition(region.label, region.span, drawn, ruling.records)
                yield Proposal(place, sheet.document, sheet.decision("add", changes=changes))
            except UsageError as error:
                yield SourceError(place, str(error))
        elif region.label == ACTOR:
            yield SourceError(
                place, "whose name it is is not said: add it to an actor's mentions (`onrecord decide DOCUMENT#a1 amend mentions=...`)"
            )
        elif name not in used:
            yield SourceError(place, "no arrow leads to it from a record")
