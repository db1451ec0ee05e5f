"""Decisions in the store: what they check, what they change, what they leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handmade import TALKS, Clock, by, cite, span, truce
from onrecord.decisions import Decision
from onrecord.errors import UsageError
from onrecord.records import Event
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


# ---- one record ----------------------------------------------------------------------------------------------------


def test_accept_and_reject_set_the_review(store: Store) -> None:
    """The status of review travels with the record; the record itself is as it was."""
    store.decide(MEETING.id[:8], by("accept"))
    store.decide(PRAISE.id, by("reject", reason="wrong type"))
    assert store.reviews(DOCUMENT)[MEETING.id] == "accepted"
    assert [r.record.id for r in store.records(review="rejected")] == [PRAISE.id]
    assert event(store) == MEETING


def test_an_amendment_shows_everywhere_and_the_record_as_found_stays(store: Store) -> None:
    """Look-up, lists, the document and the search follow the amendment; what was found can still be seen."""
    store.decide(
        MEETING.id, by("amend", changes={"type": "AGREE", "actors": ["a1", "a2"], "evidence": {"actors": cite("Velmora and Tarsia")}})
    )
    assert event(store).type == "AGREE"
    assert store.record(MEETING.id).found == MEETING
    assert store.as_found(DOCUMENT) == RECORDS
    assert [e.type for e in store.document(DOCUMENT).events] == ["AGREE", "SUPPORT"]
    assert [r.record.id for r in store.records(type="AGREE")] == [MEETING.id]
    assert [r.record.id for r in store.records(kind="event", actor="Tarsia")] == [MEETING.id]
    assert store.records(type="CONSULT") == []
    assert [r.record.id for r in store.records(kind="event", actor="Oren Pell")] == [PRAISE.id]
    assert store.reviews(DOCUMENT)[MEETING.id] == "amended"


def test_the_history_says_who_when_before_and_after(store: Store) -> None:
    """Each decision is kept with its reviewer, time, reason, what was there and what is, and the version of the tool."""
    store.decide(MEETING.id, by("amend", changes={"place": "the border", "evidence": {"place": cite("the border")}}, note="see line 3"))
    store.decide(MEETING.id, by("reject", "bob", reason="duplicate"))
    first, second = store.history(MEETING.id[:8])
    assert (first.decision.reviewer, first.before["place"], first.after["place"]) == ("ann", "Harrow", "the border")
    assert (second.decision.reviewer, second.decision.reason, second.before) == ("bob", "duplicate", {"review": "amended"})
    assert first.at < second.at
    assert first.decision.note == "see line 3"
    assert first.tool
    assert first.found["place"] == "Harrow"


@pytest.mark.parametrize(
    ("record", "changes", "complaint"),
    [
        (MEETING, {"city": "Tarn"}, "there is no field 'city'"),
        (MEETING, {"status": "sure"}, "event.status: 'sure' is none of actual"),
        (MEETING, {"actors": ["a9"]}, "no actor 'a9' on this page"),  # nobody of this page
        (MEETING, {"mentions": [[5000, 5003]]}, "is no stretch of the text"),  # beyond its end
        (MEETING, {"place_country": "VEL", "evidence": {"place_country": [[3, 3]]}}, "is no stretch of the text"),  # nothing cited
        (PRAISE, {"time": "2022-03-04"}, 'nothing is cited for it (cite with evidence={"time": [[start, end]]})'),
        (PRAISE, {"place": "Harrow"}, "nothing is cited for it"),
        (MEETING, {"place": "Harrow"}, "says so already"),
        (PROMISE, {"action": [0, 5000]}, "is no stretch of the text"),
    ],
)
def test_an_amendment_is_checked_by_class_text_and_gate(store: Store, record: Any, changes: dict[str, Any], complaint: str) -> None:
    """What does not fit is refused with the reason, and nothing is written."""
    head = store.head()
    with pytest.raises(UsageError) as error:
        store.decide(record.id, by("amend", changes=changes))
    assert complaint in str(error.value)
    assert store.head() == head
    assert store.history(record.id) == []


def test_undo_takes_back_the_last_decision_or_the_one_named(store: Store) -> None:
    """Undo is a decision of its own; undoing it brings the first one back."""
    store.decide(MEETING.id, by("accept"))
    kept = store.decide(MEETING.id, by("amend", changes={"mode": "visit", "evidence": {"mode": cite("met")}}))
    store.decide(MEETING.id, by("undo"))
    assert (event(store).mode, store.reviews(DOCUMENT)[MEETING.id]) == (None, "accepted")
    store.decide(MEETING.id, by("undo", of=store.history(MEETING.id)[-1].seq))
    assert event(store).mode == "visit"
    store.decide(MEETING.id, by("undo", of=kept.seq))
    assert event(store) == MEETING
    assert len(store.history(MEETING.id)) == 5
    with pytest.raises(UsageError, match="no decision 999 about"):
        store.decide(MEETING.id, by("undo", of=999))
    with pytest.raises(UsageError, match="no decision is about"):
        store.decide(PRAISE.id, by("undo"))


# ---- added by hand -------------------------------------------------------------------------------------------------


def test_a_record_added_by_hand_is_a_record(store: Store) -> None:
    """It is found by lists, the document and the search, says that a person made it, and goes when the decision is undone."""
    kept = store.decide(DOCUMENT, by("add", changes=TALKS))
    assert store.record(kept.subject).review == "accepted"
    assert [e.type for e in store.document(DOCUMENT).events] == ["CONSULT", "SUPPORT", "RETREAT"]
    assert [r.record.rule for r in store.records(type="RETREAT")] == ["person"]
    assert any(hit.record and hit.record.record.id == kept.subject for hit in store.search("withdraw"))
    assert store.as_found(DOCUMENT) == RECORDS
    store.decide(kept.subject, by("undo", "bob"))
    assert len(store.document(DOCUMENT).events) == 2
    with pytest.raises(UsageError, match="no record of this name"):
        store.record(kept.subject)
    store.decide(kept.subject, by("undo", of=store.history(kept.subject)[-1].seq))
    assert store.record(kept.subject).record.rule == "person"


def test_a_record_added_by_hand_can_be_amended_and_rejected(store: Store) -> None:
    """It is decided on like any other."""
    kept = store.decide(DOCUMENT, by("add", changes=TALKS))
    store.decide(kept.subject, by("amend", "bob", changes={"status": "possible"}))
    assert event(store, kept.subject).status == "possible"
    store.decide(kept.subject, by("reject", "eve", reason="not said"))
    assert store.reviews(DOCUMENT)[kept.subject] == "rejected"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": None}, "event.type is missing"),
        ({"evidence": {}}, "nothing is cited for it"),  # every claim cites characters
        ({"mentions": cite("met")}, "is there already: amend that one"),  # the meeting is on record
        ({"actors": ["a9"]}, "no actor 'a9' on this page"),
    ],
)
def test_a_wrong_record_is_not_added(store: Store, changes: dict[str, Any], complaint: str) -> None:
    """A person's record goes through the same gate."""
    with pytest.raises(UsageError) as error:
        store.decide(DOCUMENT, by("add", changes={**TALKS, **changes}))
    assert complaint in str(error.value)


# ---- merge and split -----------------------------------------------------------------------------------------------


def test_merging_two_events_joins_their_mentions(store: Store) -> None:
    """The one goes, the other has the mentions of both; undoing brings both back."""
    kept = store.decide(PRAISE.id, by("merge", changes={"into": MEETING.id[:8]}))
    assert store.reviews(DOCUMENT)[PRAISE.id] == "rejected"
    assert event(store).mentions == (*MEETING.mentions, *PRAISE.mentions)
    assert store.history(MEETING.id)[0].part_of == kept.seq
    store.decide(PRAISE.id, by("undo"))
    assert store.document(DOCUMENT) == RECORDS
    assert set(store.reviews(DOCUMENT).values()) == {"unreviewed"}


def test_undoing_one_half_of_a_merge_undoes_both(store: Store) -> None:
    """Neither half makes sense alone."""
    store.decide(PRAISE.id, by("merge", changes={"into": MEETING.id}))
    store.decide(MEETING.id, by("undo"))
    assert store.document(DOCUMENT) == RECORDS
    assert store.reviews(DOCUMENT)[PRAISE.id] == "unreviewed"


def test_splitting_an_event_makes_a_second_one(store: Store) -> None:
    """The mentions that go make an event of their own."""
    store.decide(MEETING.id, by("split", changes={"mentions": cite("talks")}))
    first, second = (e for e in store.document(DOCUMENT).events if e.type == "CONSULT")
    assert first.mentions == (span("met"), span("meeting"))
    assert second.mentions == (span("talks"),)
    store.decide(MEETING.id, by("undo"))
    assert store.document(DOCUMENT) == RECORDS


@pytest.mark.parametrize(
    ("record", "decision", "complaint"),
    [
        (PRAISE, by("merge", changes={"into": PRAISE.id}), "the two records are the same"),
        (PRAISE, by("merge", changes={"into": PROMISE.id}), "are not one"),  # an event and a commitment
        (PRAISE, by("merge", changes={"into": "0" * 8}), "no record of this name"),
        (PROMISE, by("split", changes={"mentions": cite("withdraw")}), "only events have several mentions"),
        (MEETING, by("split", changes={"mentions": cite("praised")}), "must be some, and not all"),  # not one of its own
        (PRAISE, by("split", changes={"mentions": cite("praised")}), "must be some, and not all"),  # nothing would stay
    ],
)
def test_what_cannot_be_merged_or_split_is_refused(store: Store, record: Any, decision: Decision, complaint: str) -> None:
    """With the reason."""
    with pytest.raises(UsageError, match=complaint):
        store.decide(record.id, decision)


# ---- actors --------------------------------------------------------------------------------------------------------


def test_merging_two_actors_of_a_page_moves_all_that_names_them(store: Store) -> None:
    """Records, mentions and lists go over; undoing brings them back."""
    store.decide(f"{DOCUMENT[7:17]}#a3", by("merge", changes={"into": f"{DOCUMENT}#a1"}))
    now = store.document(DOCUMENT)
    assert [actor.id for actor in now.actors] == ["a1", "a2", "a4"]
    assert span("Ilka Doran") in now.actors[0].mentions
    assert now.commitments[0].actor == now.statements[0].source_actor == "a1"
    assert now.events[0].actors == ("a1", "a4")
    assert {r.record.id for r in store.records(actor="Velmora")} >= {PROMISE.id, STATEMENT.id}
    store.decide(f"{DOCUMENT}#a3", by("undo"))
    assert store.document(DOCUMENT) == RECORDS
    assert store.records(actor="Velmora") == []


def test_splitting_an_actor_moves_what_cites_its_mentions(store: Store) -> None:
    """The Doran of the third line becomes somebody else: what was said there is theirs, the meeting is not."""
    changes = {"mentions": cite("Doran", 2), "name": "Mara Doran", "kind": "person"}
    kept = store.decide(f"{DOCUMENT}#a3", by("split", changes=changes))
    now = store.document(DOCUMENT)
    new = f"a3-{kept.seq}"
    assert now.actors[-1].name == "Mara Doran"
    assert now.statements[0].source_actor == now.commitments[0].speaker == new
    assert now.events[0].actors == ("a3", "a4")
    assert [r.record.id for r in store.records(kind="statement", actor="Mara Doran")] == [STATEMENT.id]
    store.decide(f"{DOCUMENT}#a3", by("undo"))
    assert store.document(DOCUMENT) == RECORDS


def test_an_actor_can_be_amended(store: Store) -> None:
    """Its name, country, sector, kind and role are a person's to correct."""
    store.decide(f"{DOCUMENT}#a4", by("amend", changes={"country": "LOR", "name": "Oren Pellmar"}))
    assert store.document(DOCUMENT).actors[3].country == "LOR"
    assert [r.record.id for r in store.records(actor="Oren Pellmar")] == [MEETING.id, PRAISE.id]
    with pytest.raises(UsageError, match="cannot be amended"):
        store.decide(f"{DOCUMENT}#a4", by("amend", changes={"rank": 7}))
    with pytest.raises(UsageError, match="is no actor of this document"):
        store.decide(f"{DOCUMENT}#a9", by("amend", changes={"country": "LOR"}))


def test_actors_of_two_pages_can_be_one_and_the_same_name_two(store: Store) -> None:
    """Merged, the records of one are found by the name of the other; split off, a page's actor keeps to itself."""
    page, records = truce("second.html", text=RECORDS.document.text + "\nMore follows.")
    renamed = tuple(replace(actor, name="I. Doran", mentions=()) if actor.id == "a3" else actor for actor in records.actors)
    store.add([(page, replace(records, actors=renamed))])
    other = records.document.id
    assert {r.document for r in store.records(actor="Ilka Doran")} == {DOCUMENT}
    store.decide(f"{other}#a3", by("merge", changes={"into": f"{DOCUMENT}#a3"}))
    assert {r.document for r in store.records(actor="Ilka Doran")} == {DOCUMENT, other}
    store.decide(f"{other}#a3", by("undo"))
    assert {r.document for r in store.records(actor="Ilka Doran")} == {DOCUMENT}
    store.decide(f"{other}#a4", by("split"))
    assert len(store.sql("SELECT 1 FROM identities WHERE name = 'Oren Pell'").rows) == 2


# ---- commitments and documents -------------------------------------------------------------------------------------


def test_what_became_of_a_commitment_rests_on_a_page_or_a_note(store: Store) -> None:
    """The last word counts, from the day of its evidence on."""
    page, records = truce("later.html", day="2022-11-05", text=RECORDS.document.text + "\nVelmora has withdrawn.")
    store.add([(page, records)])
    cited = {"document": records.document.id[7:20], "span": list(span("Velmora has withdrawn", text=records.document.text))}
    store.decide(PROMISE.id, by("status", changes={"status": "stalled", "on": "2022-06-01"}, note="the minister says so"))
    store.decide(PROMISE.id, by("status", "bob", changes={"status": "kept", "evidence": [cited]}))
    assert store.outcomes()[PROMISE.id].status == "kept"
    assert store.outcomes("2022-11-05")[PROMISE.id].evidence[0]["document"] == records.document.id
    assert store.outcomes("2022-11-04")[PROMISE.id].status == "stalled"
    assert store.outcomes("2022-05-31") == {}
    assert store.reviews(DOCUMENT)[PROMISE.id] == "unreviewed"


@pytest.mark.parametrize(
    ("record", "changes", "complaint"),
    [
        (MEETING, {"status": "kept"}, "only commitments are kept or broken"),
        (PROMISE, {"status": "kept", "evidence": [{"document": "0" * 8, "span": [0, 3]}]}, "no document has this id"),
        (PROMISE, {"status": "kept", "evidence": [{"document": DOCUMENT, "span": [0, 9000]}]}, "is no stretch of the text"),
    ],
)
def test_a_status_that_cannot_be_is_refused(store: Store, record: Any, changes: dict[str, Any], complaint: str) -> None:
    """Its evidence must stand in the store."""
    with pytest.raises(UsageError, match=complaint):
        store.decide(record.id, by("status", changes=changes, note="x"))


def test_the_day_of_a_document_can_be_corrected(store: Store) -> None:
    """Lists by day follow; the document as read stays; undoing brings the day back."""
    store.decide(DOCUMENT, by("correct", changes={"published": "2022-03-05", "title": "Truce"}))
    row = store.document_row(DOCUMENT)
    assert (row.published, row.title) == ("2022-03-05", "Truce")
    assert store.document(DOCUMENT).document.published.method == "given"
    assert len(store.records(since="2022-03-05")) == len(RECORDS.all())
    assert store.as_found(DOCUMENT) == RECORDS
    assert store.history(DOCUMENT)[0].before["title"] == "Velmora and Tarsia agree truce"
    store.decide(DOCUMENT, by("undo"))
    assert store.document(DOCUMENT) == RECORDS
    assert store.records(since="2022-03-05") == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"text": "x"}, "cannot be corrected"),
        ({"published": "March"}, "is no day"),
        ({"published": {"earliest": "2022-03-05", "latest": "2022-03-01"}}, "2022-03-05 is after 2022-03-01"),
        ({"title": 5}, "document.title: 5 is not"),
    ],
)
def test_a_wrong_correction_is_refused(store: Store, changes: dict[str, Any], complaint: str) -> None:
    """The text is the page's; a day is a day."""
    with pytest.raises(UsageError, match=complaint):
        store.decide(DOCUMENT, by("correct", changes=changes))


# ---- two reviewers -------------------------------------------------------------------------------------------------


def test_two_blind_reviewers_disagree_until_somebody_adjudicates(store: Store) -> None:
    """Each sees their own; the list names the fields; an open decision settles it."""
    store.decide(MEETING.id, by("amend", changes={"type": "AGREE"}, blind=True))
    store.decide(MEETING.id, by("accept", "bob", blind=True))
    store.decide(PRAISE.id, by("accept", blind=True))
    store.decide(PRAISE.id, by("accept", "bob", blind=True))
    assert store.document(DOCUMENT, reviewer="ann").events[0].type == "AGREE"
    assert store.document(DOCUMENT, reviewer="bob").events[0].type == "CONSULT"
    assert event(store).type == "CONSULT"
    (one,) = store.disagreements()
    assert (one.record, one.fields, one.settled) == (MEETING.id, ("event.type",), False)
    assert store.ruling(DOCUMENT).standings[MEETING.id].disputed
    store.decide(MEETING.id, by("amend", "eve", changes={"type": "AGREE"}))
    assert event(store).type == "AGREE"
    assert store.disagreements()[0].settled
    assert store.reviews(DOCUMENT)[PRAISE.id] == "accepted"


def test_agreement_is_given_for_each_field(store: Store) -> None:
    """Of the records that two judged; a field counts where nobody rejected the record."""
    for record, act in ((MEETING, {"act": "accept"}), (PRAISE, {"act": "reject", "reason": "other"})):
        store.decide(record.id, Decision(reviewer="ann", blind=True, **act))  # type: ignore[arg-type]
        store.decide(record.id, by("accept", "bob", blind=True))
    measured = {a.field: a for a in store.agreement()}
    assert measured["review"].records == 2
    assert measured["review"].alpha == pytest.approx(0.0)
    assert measured["event.type"].records == 1


def test_reviews_give_each_rule_its_precision(store: Store) -> None:
    """What was accepted as it was found counts; what people added does not."""
    store.decide(MEETING.id, by("accept"))
    store.decide(PRAISE.id, by("amend", changes={"type": "AGREE"}))
    store.decide(PROMISE.id, by("reject", reason="not said"))
    store.decide(DOCUMENT, by("add", changes=TALKS))
    assert [(r.rule, r.precision) for r in store.rules()] == [("commissive.would", 0.0), ("trigger.meet", 1.0), ("trigger.praise", 0.0)]


def test_a_blind_reviewer_amends_what_they_see(store: Store) -> None:
    """Not what the other one made of it."""
    store.decide(MEETING.id, by("amend", changes={"type": "AGREE"}, blind=True))
    with pytest.raises(UsageError, match="says so already"):
        store.decide(MEETING.id, by("amend", changes={"type": "AGREE"}, blind=True))
    store.decide(MEETING.id, by("amend", "bob", changes={"type": "AGREE"}, blind=True))
    assert store.disagreements() == []
    assert event(store).type == "AGREE"
