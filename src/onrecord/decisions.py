"""What people decide about records, and what then holds: a record as found and its decisions in, the record as it stands out.

Nothing that was found is edited: `standing` folds the decisions over it. Its rules:

- A decision binds to the claim that it was made on, whatever numbers another reading gives the actors: it is their names that
  count. Where the rules now claim something else under the same id, the decision is not in force but `offered` again.
- The latest open decision wins. Blind ones (two reviewers who do not see each other's) count only while there is no open one,
  and only where they agree; else the record is `disputed`, and an open decision adjudicates.
- Undo is a decision too: it and the one that it names no longer count; undoing an undo brings that one back.

What decisions make of a whole document (its metadata, its actors) is in `rulings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, get_args

from onrecord.errors import UsageError
from onrecord.records import CLASSES, SCHEMA, Record, Toll, claim_of, record_from, record_json

Act = Literal["accept", "reject", "amend", "add", "merge", "split", "status", "correct", "undo"]
Review = Literal["unreviewed", "accepted", "rejected", "amended"]
Outcome = Literal["kept", "kept late", "partly kept", "broken", "withdrawn", "stalled"]
Reject = Literal[
    "not said", "wrong span", "wrong actor", "wrong type", "wrong time", "wrong status", "negation lost", "duplicate", "chrome", "other"
]

ACTS: tuple[str, ...] = get_args(Act)
REVIEWS: tuple[str, ...] = get_args(Review)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
REASONS: tuple[str, ...] = get_args(Reject)
FIXED = frozenset({"id", "claim"})
"""What no amendment may set: it follows from the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person decides about one record, document or actor; UsageError where its parts make no sense together.

    `changes` holds JSON as the contract writes it: for `amend` the new fields (`evidence` field by field), for `add` the whole
    record with its `kind`, for `merge` `{"into": id}`, for `split` `{"mentions": [[s, e], …]}` (of an event; of an actor with
    the fields of the new one beside it), for `status` `{"status": …, "on": day or null, "evidence": [{"document": id,
    "span": [s, e]}, …]}`, for `correct` the document's fields.
    """

    act: Act
    reviewer: str
    reason: Reject | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    blind: bool = False
    of: int | None = None
    """The number of the decision that this one undoes; None: the last one about the same thing."""
    origin: str | None = None
    """When and with what it was taken, where it was not taken in this store but came by an import."""

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        wrong = _complaint(self)
        if wrong:
            message = f"{self.act}: {wrong}"
            raise UsageError(message)


def _complaint(d: Decision) -> str:
    if d.act not in ACTS:
        return f"none of {', '.join(ACTS)}"
    if not d.reviewer.strip():
        return "nobody is named as the reviewer"
    if d.act == "reject" and d.reason not in REASONS:
        return f"{f'the reason {d.reason!r} is none' if d.reason else 'it wants a reason (--reason), one'} of {', '.join(REASONS)}"
    if d.act in {"amend", "add", "merge", "status", "correct"} and not d.changes:
        return "nothing is changed"
    if d.act == "amend" and FIXED & set(d.changes):
        return "id and claim follow from the other fields"
    if d.act == "add" and d.changes.get("kind") not in CLASSES:
        return f"the kind {d.changes.get('kind')!r} is none of {', '.join(CLASSES)}"
    if d.act == "status" and d.changes.get("status") not in OUTCOMES:
        return f"{d.changes.get('status')!r} is none of {', '.join(OUTCOMES)}"
    if d.act == "status" and not d.changes.get("evidence") and not d.note:
        return "a status rests on a page and its words, or on a note"
    if d.blind and d.act not in {"accept", "reject", "amend"}:
        return "only accept, reject and amend can be blind"
    return ""


class Decided(NamedTuple):
    """A decision as it is kept: its number, when, about what, on which claim, what was there before and after, which tool.

    `found` is what was decided on, as JSON; `names` are those of the actors that it and the decision name, by id. `part_of` is the number
    of the decision that this one came with: a merge of two events rejects one and amends the other.
    """

    seq: int
    at: str
    subject: str
    document: str
    claim: str
    decision: Decision
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    tool: str
    found: Mapping[str, Any]
    names: Mapping[str, str]
    part_of: int | None = None


def decided_json(d: Decided) -> dict[str, Any]:
    """Return a decision as one line of JSON has it: what `onrecord history --format jsonl` writes and `onrecord import` reads."""
    own = d.decision
    return {
        "schema": SCHEMA,
        "decision": d.seq,
        "at": d.at,
        "subject": d.subject,
        "document": d.document,
        "claim": d.claim,
        "act": own.act,
        "reviewer": own.reviewer,
        "reason": own.reason,
        "changes": dict(own.changes),
        "note": own.note,
        "blind": own.blind,
        "of": own.of,
        "origin": own.origin,
        "part_of": d.part_of,
        "before": dict(d.before),
        "after": dict(d.after),
        "tool": d.tool,
    }


class Standing(NamedTuple):
    """How a record stands: with amendments applied, its review, whether blind reviewers differ, what is offered again."""

    record: Record
    review: Review
    disputed: bool = False
    offered: tuple[Decided, ...] = ()


def live(decided: Iterable[Decided]) -> tuple[Decided, ...]:
    """Return the decisions that were not undone, in order, the undoing ones left out."""
    kept = sorted(decided, key=lambda d: d.seq)
    gone: set[int] = set()
    for d in reversed(kept):
        if d.decision.act == "undo" and d.seq not in gone and d.decision.of is not None:
            gone.add(d.decision.of)
    return tuple(d for d in kept if d.seq not in gone and d.decision.act != "undo")


def standing(record: Record, decided: Sequence[Decided], names: Mapping[str, str], reviewer: str | None = None) -> Standing:
    """Return how a record stands after its decisions; with `reviewer`, as that one sees it who works blind.

    `names` are those of the document's actors as found, by id.
    """
    counted = live(decided)
    tried = [(d, bound(d, record, names)) for d in counted]
    binding = [b for _, b in tried if b is not None]
    offered = tuple(d for d, b in tried if b is None)
    if reviewer is not None:
        return fold(record, [d for d in binding if d.decision.reviewer == reviewer])._replace(offered=offered)
    opened = [d for d in binding if not d.decision.blind]
    if opened:
        return fold(record, opened)._replace(offered=offered)
    views = [fold(record, mine) for mine in by_reviewer(binding).values()]
    if all(view == views[0] for view in views):
        return views[0]._replace(offered=offered) if views else Standing(record, "unreviewed", offered=offered)
    return Standing(record, "unreviewed", disputed=True, offered=offered)


# ---- binding -------------------------------------------------------------------------------------------------------

ONE = ("source_actor", "actor", "counterparty", "speaker", "according_to")
MANY = ("actors", "recipients")
TOLLS = ("killed", "injured", "killed_by_source", "injured_by_source")
"""The fields that name actors: by one id, by several, or within a toll or several."""


def tolls_of(value: Toll | tuple[Toll, ...] | None) -> tuple[Toll, ...]:
    """Return the tolls that a field holds: one, several or none."""
    return (value,) if isinstance(value, Toll) else value or ()


def bound(decided: Decided, record: Record, names: Mapping[str, str]) -> Decided | None:
    """Return a decision as it applies to a record, its actors under their present ids; None where the record claims something else."""
    places = moves(decided.names, names)
    if places is None:
        return None
    if all(old == new for old, new in places.items()):
        return decided if decided.claim == record.claim else None
    then = record_from(record.KIND, renumbered(decided.found, places))
    return decided._replace(claim=record.claim, after=renumbered(decided.after, places)) if claim_of(then) == record.claim else None


def moves(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str] | None:
    """Return the present id of each actor named then; None where one is gone, or two have its name."""
    out: dict[str, str] = {}
    for actor, name in then.items():
        called = [other for other, own in now.items() if own == name]
        if actor not in called and len(called) != 1:
            return None
        out[actor] = actor if actor in called else called[0]
    return out


def renumbered(row: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    """Return a record's JSON (or some fields of it) with other ids for its actors."""
    out = dict(row)
    for name in ONE:
        if out.get(name) is not None:
            out[name] = places.get(out[name], out[name])
    for name in MANY:
        if out.get(name):
            out[name] = [places.get(actor, actor) for actor in out[name]]
    for name in TOLLS:
        if out.get(name):
            tolls = [{**toll, "according_to": places.get(toll["according_to"], toll["according_to"])} for toll in _rows(out[name])]
            out[name] = tolls if isinstance(out[name], list) else tolls[0]
    return out


def _rows(value: Any) -> list[dict[str, Any]]:
    """Return the tolls of a field's JSON: one, several or none."""
    return value if isinstance(value, list) else [value] if value else []


def actors_in(*rows: Mapping[str, Any]) -> set[str]:
    """Return the ids of the actors that records' JSON names (`author` among them where it speaks)."""
    said: list[Any] = []
    for row in rows:
        said += [row.get(name) for name in ONE] + [actor for name in MANY for actor in row.get(name) or ()]
        said += [toll.get("according_to") for name in TOLLS for toll in _rows(row.get(name))]
    return {actor for actor in said if isinstance(actor, str)}


# ---- folding -------------------------------------------------------------------------------------------------------


def by_reviewer(decided: Iterable[Decided]) -> dict[str, list[Decided]]:
    """Return each reviewer's decisions, in order."""
    out: dict[str, list[Decided]] = {}
    for d in decided:
        out.setdefault(d.decision.reviewer, []).append(d)
    return out


def fold(record: Record, decided: Iterable[Decided]) -> Standing:
    """Return how a record stands after decisions that all count, in order."""
    here = record
    review: Review = "unreviewed"
    for d in decided:
        match d.decision.act:
            case "accept" | "add":
                review = "accepted" if here.claim == record.claim else "amended"
            case "reject" | "merge":
                review = "rejected"
            case "amend" | "split":
                here = amended(here, d.after)
                review = "amended"
            case _:
                pass  # a status says what came of a commitment, not whether the record is right
    return Standing(here, review)


def amended(record: Record, changes: Mapping[str, Any]) -> Record:
    """Return the record with fields changed and its claim made anew; UsageError where a field is unknown or wrong."""
    row = record_json(record)
    unknown = [name for name in changes if name not in row]
    if unknown:
        message = f"{record.KIND}: there is no field {unknown[0]!r} (there are {', '.join(k for k in row if k not in FIXED)})"
        raise UsageError(message)
    emptied = {name for name, value in changes.items() if value is None or value == []}
    evidence = {**row["evidence"], **(changes.get("evidence") or {})}
    row |= {**changes, "evidence": {name: spans for name, spans in evidence.items() if spans and name not in emptied}}
    if "inferred" not in changes:
        row["inferred"] = [name for name in row["inferred"] if name not in changes]
    return reclaimed(record_from(record.KIND, row))


def reclaimed(record: Record) -> Record:
    """Return a record with the claim that it now makes."""
    return replace(record, claim=claim_of(record))
