"""Commitments in the order of their deadlines, as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handmade import TEXT, Clock, reread, truce
from onrecord.decisions import Decision
from onrecord.records import Commitment
from onrecord.store import Store, open_store
from synthetic import pages

PAGE, RECORDS = truce()
PROMISE = RECORDS.commitments[0]
UNDATED = truce("second.html", day=None, text=TEXT + "\nMore follows.")
BOUNDLESS = truce("third.html", day="2022-03-09", text=TEXT + "\nNothing is said of when.")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with commitments of many days, one of a page without a day, one without a deadline, one rejected."""
    with open_store(tmp_path_factory.mktemp("ledger") / "s.db", now=Clock()) as made:
        made.add([(PAGE, RECORDS), UNDATED, BOUNDLESS, *pages(40)])
        empty = {"deadline": None, "deadline_value": None, "deadline_role": None, "deadline_earliest": None, "deadline_latest": None}
        made.decide(BOUNDLESS[1].commitments[0].id, Decision(act="amend", reviewer="ann", changes=empty))
        rejected = next(r for r in made.records(kind="commitment", limit=3) if r.day)
        made.decide(rejected.record.id, Decision(act="reject", reviewer="ann", reason="not said"))
        yield made
        assert made.verify() == []


@pytest.fixture(scope="module")
def everything(store: Store) -> list[dict[str, Any]]:
    """All commitments that nobody rejected, in the order of the ledger, gathered the slow way."""
    out = []
    for number, row in enumerate(store.documents()):
        records, reviews = store.document(row.id), store.reviews(row.id)
        actors = {actor.id: actor for actor in records.actors}
        for place, c in enumerate(records.commitments):
            if reviews[c.id] != "rejected":
                actor = actors[c.actor or ""]
                key = (c.deadline_latest is None, c.deadline_latest or "", number, place)
                out.append(
                    {"id": c.id, "key": key, "day": row.latest, "due": c.deadline_latest, "actor": actor.name, "country": actor.country}
                )
    return sorted(out, key=lambda row: row["key"])


WANTED = st.fixed_dictionaries(
    {},
    optional={
        "as_of": st.sampled_from(["1999-12-31", "2000-01-15", "2022-03-04", "2022-03-09"]),
        "actor": st.sampled_from(["Ilka Doran", "Nobody Here"]),
        "country": st.sampled_from(["VEL", "QUE", "XXX"]),
        "due_from": st.sampled_from(["2001-01-10", "2022-12-31"]),
        "due_before": st.sampled_from(["2001-01-10", "2022-12-31"]),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WANTED, st.integers(5, 60))
def test_the_ledger_holds_what_was_known_in_the_order_of_deadlines(
    store: Store, everything: list[dict[str, Any]], wanted: dict[str, str], limit: int
) -> None:
    """Page after page: just what going through everything gives; those without a deadline come last."""
    ids: list[str] = []
    while page := list(store.commitments(**wanted, limit=limit, after=ids[-1] if ids else None)):
        ids += [due.stored.record.id for due in page]
    tests = {
        "as_of": lambda row, day: row["day"] is not None and row["day"] <= day,
        "actor": lambda row, name: row["actor"] == name,
        "country": lambda row, code: row["country"] == code,
        "due_from": lambda row, day: row["due"] is not None and row["due"] >= day,
        "due_before": lambda row, day: row["due"] is not None and row["due"] < day,
    }
    assert ids == [row["id"] for row in everything if all(tests[name](row, value) for name, value in wanted.items())]


def test_pages_without_a_day_are_listed_apart(store: Store) -> None:
    """Nobody can say that they were known by a day."""
    assert [due.stored.record.id for due in store.commitments(undated=True)] == [UNDATED[1].commitments[0].id]


def test_a_row_says_who_what_to_whom_by_when(store: Store) -> None:
    """In names and in the text's own words."""
    (due,) = store.commitments(actor="Ilka Doran", due_from="2022-01-01", as_of="2022-03-04")
    assert isinstance(due.stored.record, Commitment)
    assert (due.actor, due.country, due.counterparty, due.latest) == ("Ilka Doran", "VEL", None, "2022-03-04")
    assert (due.action, due.deadline_words, due.condition) == ("withdraw 2,500 troops from the border", "31 December 2022", None)
    assert due.outcome is None


def test_the_ledger_follows_decisions(tmp_path: Path) -> None:
    """Amended deadlines and actors, outcomes, rejections, corrected days."""
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        store.add([(PAGE, RECORDS)])

        def rows(**wanted: Any) -> list[tuple[str, str | None]]:
            return [(due.stored.record.deadline_latest or "", due.outcome and due.outcome.status) for due in store.commitments(**wanted)]

        store.decide(PROMISE.id, Decision(act="amend", reviewer="ann", changes={"deadline_latest": "2023-01-31", "actor": "a1"}))
        assert rows(actor="Velmora") == [("2023-01-31", None)]
        assert rows(actor="Ilka Doran") == []
        store.decide(
            PROMISE.id, Decision(act="status", reviewer="ann", changes={"status": "broken", "on": "2023-02-01"}, note="nothing was done")
        )
        assert rows() == [("2023-01-31", "broken")]
        assert rows(as_of="2023-01-31") == [("2023-01-31", None)]
        store.decide(RECORDS.document.id, Decision(act="correct", reviewer="ann", changes={"published": "2023-03-01"}))
        assert rows(as_of="2023-02-01") == []
        store.decide(PROMISE.id, Decision(act="reject", reviewer="bob", reason="not said"))
        assert rows() == []
        assert store.verify() == []


def test_an_outcome_holds_only_for_the_claim_that_it_was_given_for(tmp_path: Path) -> None:
    """Another reading may find another commitment in the same words."""
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        store.add([(PAGE, RECORDS)])
        store.decide(PROMISE.id, Decision(act="status", reviewer="ann", changes={"status": "kept"}, note="seen"))
        assert store.outcomes()[PROMISE.id].status == "kept"
        store.add([(PAGE, reread(RECORDS, commitment=(replace(PROMISE, negated=True),)))], again=True)
        assert store.outcomes() == {}
        assert [offer.record for offer in store.offers()] == [PROMISE.id]
