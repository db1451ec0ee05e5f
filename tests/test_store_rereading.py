"""What becomes of people's decisions when a page is read again: they hold for the same claim, are offered for another, are not lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handmade import TALKS, Clock, by, cite, reread, span, truce
from onrecord.annotations import Actor
from onrecord.decisions import renumbered
from onrecord.records import Event, record_from, record_json, seal
from onrecord.store import Store, open_store

PAGE, RECORDS = truce()
DOCUMENT = RECORDS.document.id
MEETING, PRAISE = RECORDS.events
STATEMENT, PROMISE = RECORDS.statements[0], RECORDS.commitments[0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the one page, whose every test ends with a clean verification."""
    with open_store(tmp_path / "s.db", now=Clock()) as made:
        made.add([(PAGE, RECORDS)])
        yield made
        assert made.verify() == []


def event(store: Store, record_id: str = MEETING.id) -> Event:
    """Return an event as it stands."""
    record = store.record(record_id).record
    assert isinstance(record, Event)
    return record


def again(store: Store, **kinds: tuple[object, ...]) -> Any:
    """Read the page again with other records of these kinds."""
    return store.add([(PAGE, reread(RECORDS, **kinds))], again=True)


def test_decisions_hold_where_the_same_is_claimed_again(store: Store) -> None:
    """Other evidence or another rule for the same claim does not touch them."""
    store.decide(MEETING.id, by("amend", changes={"mode": "visit", "evidence": {"mode": cite("met")}}))
    store.decide(PROMISE.id, by("accept"))
    report = again(store, event=(replace(MEETING, rule="trigger.better", certainty="certain"), PRAISE))
    assert report.replaced == (DOCUMENT,)
    assert (report.offered, report.orphans) == ((), ())
    assert (event(store).mode, event(store).rule) == ("visit", "trigger.better")
    assert store.reviews(DOCUMENT)[PROMISE.id] == "accepted"


def test_decisions_are_offered_again_where_only_the_words_are_the_same(store: Store) -> None:
    """The rules now say AGREE: what a person accepted was CONSULT."""
    kept = store.decide(MEETING.id, by("accept"))
    report = again(store, event=(replace(MEETING, type="AGREE"), PRAISE))
    assert [(o.decision.seq, o.record) for o in report.offered] == [(kept.seq, MEETING.id)]
    assert store.reviews(DOCUMENT)[MEETING.id] == "unreviewed"
    assert tuple(store.offers()) == report.offered
    again(store)
    assert store.reviews(DOCUMENT)[MEETING.id] == "accepted"
    assert store.offers() == []


def test_decisions_are_offered_for_the_record_that_rests_on_the_same_characters(store: Store) -> None:
    """The anchor moved, and with it the id; the evidence did not."""
    kept = store.decide(MEETING.id, by("reject", reason="not said"))
    moved = replace(MEETING, mentions=MEETING.mentions[1:])
    report = again(store, event=(moved, PRAISE))
    (offer,) = report.offered
    assert offer.decision.seq == kept.seq
    assert offer.record == store.document(DOCUMENT).events[0].id != MEETING.id


def test_decisions_without_a_record_are_listed_as_orphans(store: Store) -> None:
    """They are not lost, and say what they were about."""
    kept = store.decide(PRAISE.id, by("accept"))
    report = again(store, event=(MEETING,))
    assert [(o.decision.seq, o.record) for o in report.orphans] == [(kept.seq, None)]
    assert report.orphans[0].decision.found["type"] == "SUPPORT"
    assert store.history(PRAISE.id[:8])[0].seq == kept.seq


def test_what_people_added_corrected_and_merged_outlives_another_reading(store: Store) -> None:
    """Records by hand, metadata and actors are theirs."""
    added = store.decide(DOCUMENT, by("add", changes=TALKS)).subject
    store.decide(DOCUMENT, by("correct", changes={"title": "Truce"}))
    store.decide(f"{DOCUMENT}#a3", by("merge", changes={"into": f"{DOCUMENT}#a1"}))
    report = again(store, event=(replace(MEETING, rule="trigger.better"),))
    assert report.orphans == ()
    now = store.document(DOCUMENT)
    assert now.document.title == "Truce"
    assert [e.id for e in now.events] == [MEETING.id, added]
    assert now.events[0].actors == ("a1", "a4")


def numbered_otherwise() -> Any:
    """Return the records as another reading gives them that finds somebody before all the others."""
    places = {f"a{n}": f"a{n + 1}" for n in range(1, 5)}
    actors = (Actor("a1", "Harrow", "organisation"), *(replace(actor, id=places[actor.id]) for actor in RECORDS.actors))
    moved = replace(RECORDS, actors=actors, provenance={"onrecord": "1"})
    for kind in ("statement", "commitment", "event", "figure"):
        rows = [{**renumbered(record_json(r), places), "kind": kind} for r in RECORDS.all() if kind == r.KIND]
        moved = moved.plus(kind, seal(DOCUMENT, [record_from(kind, row) for row in rows]))
    return moved


def test_decisions_hold_where_another_reading_numbers_the_actors_otherwise(store: Store) -> None:
    """It is the names that count: for what was claimed, for amendments, for what was added by hand."""
    store.decide(PROMISE.id, by("accept"))
    store.decide(MEETING.id, by("amend", changes={"recipients": ["a2"], "evidence": {"recipients": cite("Tarsia")}}))
    added = store.decide(DOCUMENT, by("add", changes=TALKS)).subject
    store.decide(added, by("amend", changes={"status": "possible"}))
    report = store.add([(PAGE, numbered_otherwise())], again=True)
    assert (report.replaced, report.offered, report.orphans) == ((DOCUMENT,), (), ())
    assert store.reviews(DOCUMENT)[PROMISE.id] == "accepted"
    assert (event(store).actors, event(store).recipients) == (("a4", "a5"), ("a3",))
    assert (event(store, added).actors, event(store, added).status) == (("a2",), "possible")


def test_a_decision_does_not_go_over_to_another_actor(store: Store) -> None:
    """Where the actor is gone, or two have its name, the decision is offered again, and what was added by hand is an orphan."""
    store.decide(MEETING.id, by("amend", changes={"recipients": ["a2"], "evidence": {"recipients": cite("Tarsia")}}))
    added = store.decide(DOCUMENT, by("add", changes=TALKS)).subject
    named = {"Tarsia": "The Tarsian state", "Velmora": "The Velmoran state"}
    renamed = tuple(replace(actor, name=named.get(actor.name, actor.name)) for actor in RECORDS.actors)
    report = store.add([(PAGE, replace(RECORDS, actors=renamed, provenance={"onrecord": "1"}))], again=True)
    assert event(store).recipients == ()
    assert [o.record for o in report.offered] == [MEETING.id]
    assert [o.decision.subject for o in report.orphans] == [added]


def test_what_was_added_by_hand_and_is_now_found_is_one_record(store: Store) -> None:
    """The decision that added it then accepts what the rules find."""
    added = store.decide(DOCUMENT, by("add", changes=TALKS)).subject
    found = record_from("event", {**TALKS, "rule": "trigger.withdraw"})
    report = again(store, event=(MEETING, PRAISE, found))
    assert (report.offered, report.orphans) == ((), ())
    assert [e.id for e in store.document(DOCUMENT).events] == [MEETING.id, PRAISE.id, added]
    assert (event(store, added).rule, store.reviews(DOCUMENT)[added]) == ("trigger.withdraw", "accepted")


def test_a_decision_follows_its_claim_to_another_id(store: Store) -> None:
    """Two sources of the same words are told apart by their order; where the first goes, the second takes its id."""
    twin = replace(STATEMENT, source=span("Pell"), source_actor="a4", evidence={**STATEMENT.evidence, "source_actor": (span("Pell"),)})
    again(store, statement=(STATEMENT, twin))
    second = store.document(DOCUMENT).statements[1]
    store.decide(second.id, by("accept"))
    report = again(store, statement=(twin,))
    (only,) = store.document(DOCUMENT).statements
    assert only.id == STATEMENT.id != second.id
    assert only.claim == second.claim
    assert store.reviews(DOCUMENT)[only.id] == "accepted"
    assert (report.offered, report.orphans) == ((), ())


def test_an_actors_decision_follows_its_name(store: Store) -> None:
    """The same actor under another number is still the one that was merged."""
    store.decide(f"{DOCUMENT}#a2", by("amend", changes={"country": "LOR"}))
    first, second, *rest = RECORDS.actors
    swapped = replace(RECORDS, actors=(replace(second, id="a1"), replace(first, id="a2"), *rest), provenance={"onrecord": "1"})
    store.add([(PAGE, swapped)], again=True)
    assert {actor.name: actor.country for actor in store.document(DOCUMENT).actors}["Tarsia"] == "LOR"
    assert {actor.name: actor.country for actor in store.document(DOCUMENT).actors}["Velmora"] == "VEL"
