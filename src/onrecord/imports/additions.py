"""A record that a person drew: its label, its words and the arrows that leave it, into the fields of a record added by hand.

What no region can say is set as plainly as can be and marked inferred: a statement between quotation marks is direct, one that holds some
is mixed; a source that is an actor is named; an event is actual.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from onrecord.decisions import MANY, ONE
from onrecord.errors import UsageError
from onrecord.exports.regions import ANCHORS, LABELLED_BY, RECORD_LINKS, SPANS
from onrecord.records import CLASSES, Records
from onrecord.spans import Span

MARKS = "\"“”„«»'‘’"


class Drawn(NamedTuple):
    """Where an arrow leads: its name, the region there, and the actor or record whose region that is (None: it is new)."""

    arrow: str
    label: str
    span: Span
    owner: str | None


def addition(label: str, span: Span, drawn: Sequence[Drawn], records: Records) -> dict[str, Any]:
    """Return the record as `add` takes it; UsageError says what is missing."""
    kind, _, word = label.partition("-")
    if kind not in LABELLED_BY or kind == "time":
        message = f"a {kind} needs a value, which a region does not give: `onrecord decide DOCUMENT add kind={kind} ...`"
        raise UsageError(message)
    own = sorted([span, *(d.span for d in drawn if d.arrow == ANCHORS[kind])])
    anchor = ANCHORS[kind]
    row: dict[str, Any] = {"kind": kind, LABELLED_BY[kind]: word, anchor: [list(s) for s in own] if kind != "commitment" else list(span)}
    evidence: dict[str, list[list[int]]] = {LABELLED_BY[kind]: [list(span)]}
    for d in drawn:
        _field(row, evidence, d, CLASSES[kind].__dataclass_fields__)
    if kind == "commitment" and "actor" not in row:
        message = "a commitment needs an arrow named `actor` to a mention of who is bound"
        raise UsageError(message)
    if kind == "event":
        row["status"], evidence["status"] = "actual", [list(span)]
    if kind == "statement":
        row |= {"form": _form(records.document.text, own), "source_kind": _source_kind(row, records)}
        evidence |= {"form": [list(s) for s in own], "source_kind": [row.get("source") or list(span)]}
        row["inferred"] = ["form", "source_kind"]
    return {**row, "evidence": evidence}


def _field(row: dict[str, Any], evidence: dict[str, list[list[int]]], drawn: Drawn, fields: Iterable[str]) -> None:
    """Set the field that an arrow names."""
    if drawn.arrow not in fields or drawn.arrow in ANCHORS.values():
        return
    if drawn.arrow in SPANS:
        row[drawn.arrow] = list(drawn.span)
    elif drawn.owner is None:
        message = f"its arrow {drawn.arrow!r} leads to a region that is no actor's or record's of this page"
        raise UsageError(message)
    elif drawn.arrow in RECORD_LINKS:
        row[drawn.arrow] = drawn.owner
    elif drawn.arrow in {*ONE, *MANY}:
        row[drawn.arrow] = [*row.get(drawn.arrow, []), drawn.owner] if drawn.arrow in MANY else drawn.owner
        evidence.setdefault(drawn.arrow, []).append(list(drawn.span))


def _form(text: str, content: Sequence[Span]) -> str:
    around = [text[max(0, s.start - 1) : s.start + 1] + text[s.end - 1 : s.end + 1] for s in content]
    if all(edges[:2].strip() and set(edges[:2]) & set(MARKS) and set(edges[2:]) & set(MARKS) for edges in around):
        return "direct"
    return "mixed" if any(set(s.of(text)) & set(MARKS[:6]) for s in content) else "indirect"


def _source_kind(row: dict[str, Any], records: Records) -> str:
    actor = next((a for a in records.actors if a.id == row.get("source_actor")), None)
    if actor is None:
        return "unknown"
    return "unnamed" if actor.kind == "unnamed" else "named"
