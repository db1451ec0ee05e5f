"""Records of all kinds in the same columns, for tables and spreadsheets: who, what, to whom, when, according to whom, in which words."""

from __future__ import annotations

from onrecord.records import Commitment, Event, Figure, Record, Records, Statement, Time

COLUMNS = (
    "document",
    "kind",
    "id",
    "who",
    "what",
    "to_whom",
    "when",
    "status",
    "according_to",
    "start",
    "end",
    "quote",
    "rule",
    "certainty",
)


def flat(records: Records, record: Record) -> dict[str, object]:
    """Return a record in the columns that all kinds share; `who` and the like are names, not ids."""
    names = {actor.id: actor.name for actor in records.actors}
    first, last = record.anchor[0], record.anchor[-1]
    who: tuple[str | None, ...] = ()
    what: str | None = None
    to: str | None = None
    when: str | None = None
    status: str | None = None
    match record:
        case Statement():
            who, what, status = (record.source_actor,), record.form, record.stance
        case Commitment():
            who, to = (record.actor,), names.get(record.counterparty or "")
            what, when, status = record.basis, record.deadline_value, "negated" if record.negated else None
        case Event():
            who, to = record.actors, "; ".join(names.get(i, i) for i in record.recipients)
            what, when, status = record.type, record.time, record.status
        case Figure():
            what, when, status = record.unit, record.time, number(record.value, record.low, record.high)
        case Time():
            what, when, status = record.type, record.value, record.role
    said = getattr(record, "according_to", None)
    return {
        "document": records.document.uri,
        "kind": record.KIND,
        "id": record.id,
        "who": "; ".join(names.get(i, i) for i in who if i),
        "what": what,
        "to_whom": to,
        "when": when,
        "status": status,
        "according_to": names.get(said, said) if said else None,
        "start": first.start,
        "end": last.end,
        "quote": " … ".join(s.of(records.document.text) for s in record.anchor),
        "rule": record.rule,
        "certainty": record.certainty,
    }


def number(value: float | None, low: float | None, high: float | None) -> str:
    """Return a number with its bounds: `20`, `20 to 30`, `at least 20`, `up to 5`."""
    if low is not None and high is not None:
        return f"{low:,.12g} to {high:,.12g}"
    if low is not None:
        return f"at least {low:,.12g}"
    if high is not None:
        return f"up to {high:,.12g}"
    return "?" if value is None else f"{value:,.12g}"
