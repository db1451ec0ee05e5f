"""How far people who reviewed blind agree: the records on which they differ, and Krippendorff's alpha for each field.

alpha = 1 - (disagreement observed) / (disagreement expected by chance), nominal values, any number of reviewers, gaps allowed
(Krippendorff, Content Analysis, 2004, ch. 11). 1: all agree; 0: no better than chance; None: nothing varies, or nothing is
judged twice, and there is nothing to measure.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.decisions import Standing, bound, by_reviewer, fold, live
from onrecord.records import Record, record_json
from onrecord.store import journal, loading
from onrecord.store.packing import dump


class Disagreement(NamedTuple):
    """A record that blind reviewers see differently: the fields in which, and how it stands for each; `settled` by an open decision."""

    record: str
    document: str
    kind: str
    fields: tuple[str, ...]
    views: Mapping[str, Standing]
    settled: bool


class Agreement(NamedTuple):
    """For one field (or `review`): alpha, and the number of records that two or more judged."""

    field: str
    alpha: float | None
    records: int


class Judged(NamedTuple):
    """A record that two or more reviewers judged blind."""

    found: Record
    document: str
    views: Mapping[str, Standing]
    settled: bool


def judged(connection: sqlite3.Connection) -> list[Judged]:
    """Return the records that two or more reviewers judged blind, as each of them sees it."""
    twice = "SELECT subject FROM decisions WHERE blind = 1 GROUP BY subject HAVING count(DISTINCT reviewer) > 1 ORDER BY min(seq)"
    out = []
    for (subject,) in connection.execute(twice).fetchall():
        row = connection.execute("SELECT kind, id, claim, body, document FROM records WHERE id = ?", (subject,)).fetchone()
        if row is None:
            continue
        record = loading.record_of(*row[:4])
        names = dict(connection.execute("SELECT local, name FROM actors WHERE document = ?", (row[4],)))
        own = (bound(d, record, names) for d in live(journal.on_subject(connection, subject)))
        counted = [d for d in own if d is not None]
        views = {who: fold(record, mine) for who, mine in by_reviewer(d for d in counted if d.decision.blind).items()}
        if len(views) > 1:
            settled = any(not d.decision.blind and d.decision.act != "status" for d in counted)
            out.append(Judged(record, counted[0].document, views, settled))
    return out


def disagreements(records: Iterable[Judged]) -> list[Disagreement]:
    """Return the records on which reviewers differ."""
    out = []
    for one in records:
        fields = tuple(name for name in _fields(one) if len(set(_values(one, name))) > 1)
        if fields:
            out.append(Disagreement(one.found.id, one.document, one.found.KIND, fields, one.views, one.settled))
    return out


def agreement(records: Sequence[Judged]) -> list[Agreement]:
    """Return alpha for the review and for each field of the kinds that were judged; a field counts where nobody rejected the record."""
    names = dict.fromkeys(name for one in records for name in _fields(one))
    out = []
    for name in names:
        units = [values for one in records if len(values := _values(one, name)) > 1]
        out.append(Agreement(name, alpha(units), len(units)))
    return out


def _fields(one: Judged) -> tuple[str, ...]:
    own = [name for name in record_json(one.found) if name not in {"id", "claim", "evidence", "certainty", "inferred", "rule"}]
    return ("review", *(f"{one.found.KIND}.{name}" for name in own))


def _values(one: Judged, name: str) -> list[str]:
    """Return what each reviewer says of a field; those who reject the record say nothing of its fields."""
    if name == "review":
        return ["rejected" if view.review == "rejected" else "accepted" for view in one.views.values()]
    kind, _, field = name.partition(".")
    if kind != one.found.KIND:
        return []
    return [dump(record_json(view.record)[field]) for view in one.views.values() if view.review != "rejected"]


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for nominal values; `units` are the values given to each thing judged."""
    totals: Counter[Hashable] = Counter()
    observed = 0.0
    for values in units:
        if len(values) > 1:
            counts = Counter(values)
            totals += counts
            observed += sum(n * (len(values) - n) for n in counts.values()) / (len(values) - 1)
    pairable = sum(totals.values())
    expected = sum(n * (pairable - n) for n in totals.values())
    return 1 - observed * (pairable - 1) / expected if expected else None
