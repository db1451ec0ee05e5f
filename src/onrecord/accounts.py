"""The ledger of a store: one row for each commitment, in its last version, with the history of its appearances.

Up to WHOLE commitments all pages are read and every appearance is linked, those without an actor and those that only take a word
back among them. Where there are more, rows come from the store's index of deadlines, a page at a time, and each is linked with what
the store holds next to it of the same actor: NEAR commitments before it and after it. So a page costs the same among a thousand and
among a million.

Known limits of large stores: appearances that name nobody, or the same one otherwise, are rows of their own; so is what is further off
than NEAR; a page sorts its own rows only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, islice
from typing import Any, NamedTuple, cast, get_args

from onrecord import ledger as ledgers
from onrecord.decisions import Outcome
from onrecord.errors import UsageError
from onrecord.links.commitments import ALIKE, Candidate, History, Suggestion, histories, likeness, linked, plain_words, suggestions, weights
from onrecord.links.parties import NOBODY
from onrecord.records import Commitment, Records
from onrecord.store import Store
from onrecord.store.ledgering import Due

WHOLE = 2000
"""Commitments up to which all pages are read: more take longer than one waits."""
NEAR = 20
"""Commitments of the same actor, before and after, among which appearances are looked for: a page of 50 rows in 50 ms."""
PAGES = 500
"""Documents up to which `suggest` reads all; above, those that hold two of the act's words."""
HITS = 30
"""Documents for each two words."""
ENDED = frozenset(get_args(Outcome))
AHEAD = frozenset({"open", "due", "may be overdue"})


class LedgerView(NamedTuple):
    """The ledger of a day, the history of each row's commitment by the id of the record that the row shows, and where to go on.

    `more` is the id to give as `after` for the next page, None where this one ends the ledger.
    """

    ledger: ledgers.Ledger
    histories: Mapping[str, History]
    more: str | None = None


def ledger(store: Store, as_of: str, wanted: ledgers.Filter, *, limit: int | None = None, after: str | None = None) -> LedgerView:
    """Return the ledger as it was known on a day (ISO): one row for each commitment, in its last version.

    Only pages that were surely published by then count; those whose day is not known are given apart. UsageError: no such status.
    """
    unknown = sorted(wanted.status - set(ledgers.ORDER))
    if unknown:
        message = f"{unknown[0]!r} is no status ({', '.join(ledgers.ORDER)})"
        raise UsageError(message)
    if store.commitment_count() <= WHOLE:
        return _cut(_whole(store, as_of, wanted), limit, store.record(after).record.id if after else None)
    return _page(store, as_of, wanted, limit, after)


# ---- all at once ----------------------------------------------------------------------------------------------------


def _whole(store: Store, as_of: str, wanted: ledgers.Filter) -> LedgerView:
    dues = {due.stored.record.id: due for due in (*store.commitments(as_of=as_of), *store.commitments(undated=True))}
    pages = [store.document(name) for name in dict.fromkeys(due.stored.document for due in dues.values())]
    decided = {key: d for key, due in dues.items() if (d := _decided(due)) is not None}
    items = {i.commitment.id: i for r in pages for i in ledgers.items(r, decided) if i.commitment.id in dues}
    found = _last(histories(pages), items)
    return LedgerView(ledgers.ledger([_latest(items, one) for one in found.values()], as_of, wanted), found)


def _cut(view: LedgerView, limit: int | None, after: str | None) -> LedgerView:
    """Return a page of the whole: the rows behind one, at most `limit`."""
    rows, undated = view.ledger
    place = next((n for n, row in enumerate(rows, 1) if row.item.commitment.id == after), 0)
    end = len(rows) if limit is None else place + limit
    more = rows[end - 1].item.commitment.id if end < len(rows) else None
    return view._replace(ledger=ledgers.Ledger(rows[place:end], undated[:limit] if after is None else ()), more=more)


def _last(found: Iterable[History], items: Mapping[str, ledgers.Item]) -> dict[str, History]:
    """Return each commitment's history by the id of its last record."""
    out = {}
    for one in found:
        records = [a.record for a in one.appearances if a.record is not None and a.record in items]
        if records:
            out[records[-1]] = one
    return out


def _latest(items: Mapping[str, ledgers.Item], one: History) -> ledgers.Item:
    """Return the last version of a commitment; what a person said of any of its appearances holds for it."""
    appearances = [items[a.record] for a in one.appearances if a.record is not None and a.record in items]
    decided = [i.decided for i in appearances if i.decided]
    return replace(appearances[-1], decided=max(decided, key=lambda d: d.on, default=None))


def _decided(due: Due) -> ledgers.Decided | None:
    return ledgers.Decided(cast("Outcome", due.outcome.status), due.outcome.on) if due.outcome else None


# ---- a page at a time -----------------------------------------------------------------------------------------------


def _page(store: Store, as_of: str, wanted: ledgers.Filter, limit: int | None, after: str | None) -> LedgerView:
    found: dict[str, History] = {}
    rows: list[ledgers.Row] = []
    last = None
    for row, one in _rows(store, as_of, wanted, store.commitments(**_asked(store, as_of, wanted), as_of=as_of, after=after)):
        if len(rows) == limit:
            last = rows[-1].item.commitment.id
            break
        rows.append(row)
        found[row.item.commitment.id] = one
    undated = (
        [] if after is not None else list(islice(_rows(store, as_of, wanted, store.commitments(**_named(wanted), undated=True)), limit))
    )
    found |= {row.item.commitment.id: one for row, one in undated}
    return LedgerView(ledgers.Ledger(tuple(sorted(rows, key=ledgers.rank)), tuple(row for row, _ in undated)), found, last)


def _named(wanted: ledgers.Filter) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ("actor", "country", "counterparty", "basis", "due_from", "due_before")}


def _asked(store: Store, as_of: str, wanted: ledgers.Filter) -> dict[str, Any]:
    """Return what to ask the index for; a status narrows the days that are read."""
    asked = _named(wanted)
    since, until, status = wanted.due_from or "", wanted.due_before or "9999", wanted.status
    if not status:
        return asked
    if status <= ENDED:
        return asked | {"only": _ended(store, as_of, status)}
    if status <= {"overdue"}:
        return asked | {"due_before": min(until, as_of)}
    end = (date.fromisoformat(as_of) + timedelta(days=ledgers.DUE + 1)).isoformat()
    if status <= {"open"}:
        return asked | {"due_from": max(since, end), "lasting": not since}
    if status <= {"due"}:
        return asked | {"due_from": max(since, as_of), "due_before": min(until, end)}
    if status <= {"may be overdue"}:
        return asked | {"due_from": max(since, as_of), "begun": as_of}
    if status <= AHEAD:
        return asked | {"due_from": max(since, as_of), "lasting": not since}
    return asked


def _ended(store: Store, as_of: str, status: frozenset[str]) -> tuple[str, ...]:
    """Return the last records of the commitments of which a person said this."""
    said = [record for record, o in store.outcomes(as_of).items() if o.status in status]
    dues = {due.stored.record.id: due for due in store.commitments(as_of=as_of, only=tuple(said))}
    return tuple(_linked_with(store, due, as_of)[1].commitment.id for due in dues.values())


def _rows(store: Store, as_of: str, wanted: ledgers.Filter, dues: Iterable[Due]) -> Iterator[tuple[ledgers.Row, History]]:
    """Yield the rows that fit, each with its history; an appearance that is not the last of its commitment has no row."""
    for due in dues:
        one, item = _linked_with(store, due, as_of)
        row = ledgers.row(item, as_of)
        if item.commitment.id == due.stored.record.id and ledgers.fits(row, replace(wanted, actor=None, counterparty=None)):
            yield row, one


def _linked_with(store: Store, due: Due, as_of: str) -> tuple[History, ledgers.Item]:
    """Return the history of a commitment among those of its actor, and its last version."""
    mine, own = weights(due.action), due.stored.record.id
    near = [b.number for b in store.beside(own, NEAR, as_of) if likeness(mine, weights(b.words)) >= ALIKE]
    dues = store.numbered(near, as_of) if len(near) > 1 else [due]
    items = {d.stored.record.id: _item(d) for d in dues}
    one = next(h for h in linked(map(_candidate, dues)) if any(a.record == own for a in h.appearances))
    return one, _latest(items, one)


def _candidate(due: Due) -> Candidate:
    record = due.stored.record
    assert isinstance(record, Commitment)
    bond = replace(NOBODY, name=due.actor, named=True, keys=frozenset({"the one who is bound"})) if due.actor else NOBODY
    day = due.published or due.latest
    return Candidate(due.stored.document, record, record.action, due.action, due.condition, weights(due.action), bond, day)


def _item(due: Due) -> ledgers.Item:
    record, names = due.stored.record, due.stored.names
    assert isinstance(record, Commitment)
    return ledgers.Item(
        commitment=record,
        document=due.stored.document,
        uri=due.stored.uri,
        published=due.latest or due.published,
        words=due.action,
        actor=names.get(record.actor or ""),
        country=due.country,
        counterparty=names.get(record.counterparty or ""),
        speaker=names.get(record.speaker or ""),
        deadline=due.deadline_words,
        condition=due.condition,
        decided=_decided(due),
    )


# ---- what may have become of it ---------------------------------------------------------------------------------------


def suggest(store: Store, name: str) -> list[Suggestion]:
    """Return later sentences of the store that may tell what became of a commitment, the likeliest first; they change no status.

    UsageError where the record is no commitment.
    """
    found = store.record(name).record
    if not isinstance(found, Commitment):
        message = f"{name}: not a commitment"
        raise UsageError(message)
    names = [row.id for row in islice(store.documents(), PAGES + 1)]
    if len(names) <= PAGES:
        pages = [store.document(one) for one in names]
        return list(suggestions(next(h for h in histories(pages) if any(a.record == found.id for a in h.appearances)), pages))
    one, _ = _linked_with(store, next(iter(store.commitments(only=(found.id,)))), "9999-12-31")
    return list(suggestions(one, _later(store, one)))


def _later(store: Store, one: History) -> Sequence[Records]:
    """Return the documents that hold two words of the act and may tell of it."""
    since = one.appearances[0].day
    names: dict[str, None] = {}
    for first, second in combinations(plain_words(one.appearances[0].words)[:4], 2):
        hits = store.search(f'"{first}" "{second}"', within="texts", since=since, limit=HITS)
        names |= dict.fromkeys(hit.document.id for hit in hits)
    return [store.document(name) for name in names]
