"""What decisions make of a whole document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handmade import span, truce
from onrecord.decisions import Decided, Decision
from onrecord.errors import UsageError
from onrecord.records import Toll, record_json
from onrecord.rulings import amended_actor, corrected, joined, regrouping, stand, with_changes

RECORDS = truce()[1]
DOCUMENT = RECORDS.document
MEETING, PRAISE = RECORDS.events


def about(subject: str, seq: int, act: str, *, claim: str = "", **more: Any) -> Decided:
    """Return a decision about a record, an actor or the document; `more` are fields of Decision."""
    decision = Decision(act=act, reviewer="ann", **more)  # type: ignore[arg-type]
    return Decided(seq, "2026-01-01", subject, DOCUMENT.id, claim, decision, {}, dict(decision.changes), "0", {}, {})


def actor(local: str, seq: int, act: str, claim: str, **more: Any) -> Decided:
    """Return a decision about an actor."""
    return about(f"{DOCUMENT.id}#{local}", seq, act, claim=claim, **more)


def by_subject(*decided: Decided) -> dict[str, list[Decided]]:
    """Return decisions by subject."""
    out: dict[str, list[Decided]] = {}
    for d in decided:
        out.setdefault(d.subject, []).append(d)
    return out


def test_a_document_stands_as_found_where_nobody_decided() -> None:
    """And where all that was decided was undone."""
    undone = by_subject(
        about(MEETING.id, 1, "amend", claim=MEETING.claim, changes={"type": "AGREE"}),
        about(MEETING.id, 2, "undo", claim=MEETING.claim, of=1),
        about(DOCUMENT.id, 3, "correct", changes={"title": "Truce"}),
        about(DOCUMENT.id, 4, "undo", of=3),
        actor("a3", 5, "merge", "Ilka Doran", changes={"into": f"{DOCUMENT.id}#a1"}),
        actor("a3", 6, "undo", "Ilka Doran", of=5),
    )
    for decided in ({}, undone):
        ruling = stand(RECORDS, decided)
        assert ruling.records == RECORDS
        assert {how.review for how in ruling.standings.values()} == {"unreviewed"}


def test_added_records_come_after_those_found() -> None:
    """In the order in which they were added, with the number of the decision."""
    row = {**record_json(PRAISE), "kind": "event"}
    ruling = stand(
        RECORDS,
        by_subject(about("one", 7, "add", claim=PRAISE.claim, changes=row), about("two", 5, "add", claim=PRAISE.claim, changes=row)),
    )
    assert [event.id for event in ruling.records.events] == [MEETING.id, PRAISE.id, "two", "one"]
    assert ruling.added == {"one": 7, "two": 5}
    assert ruling.standings["one"].review == "accepted"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2022-03-05", ("2022-03-05", "2022-03-05", "2022-03-05", "given")),  # a day stands for all parts
        ({"earliest": "2022-03-01", "latest": "2022-03-05"}, (None, "2022-03-01", "2022-03-05", "given")),
        (None, (None, None, None, "unknown")),  # nobody knows
    ],
)
def test_the_day_of_publication_can_be_corrected(value: Any, kept: tuple[str | None, ...]) -> None:
    """To a day, to bounds, or to not known."""
    day = with_changes(DOCUMENT, {"published": value}).published
    assert (day.value, day.earliest, day.latest, day.method) == kept


def test_corrections_keep_text_and_map() -> None:
    """What the page gives is the page's."""
    now = corrected(DOCUMENT, [about(DOCUMENT.id, 1, "correct", changes={"title": "Truce", "publisher": None})])
    assert (now.title, now.publisher, now.text, now.map, now.blocks) == ("Truce", None, DOCUMENT.text, DOCUMENT.map, DOCUMENT.blocks)
    with pytest.raises(UsageError, match="'text' of a document cannot be corrected"):
        with_changes(DOCUMENT, {"text": "x"})


def test_merging_goes_on_over_several_steps_and_no_circle_catches_it() -> None:
    """a4 is a3, a3 is a1; that a1 is a4 then says nothing new."""

    def into(local: str) -> dict[str, str]:
        return {"into": f"{DOCUMENT.id}#{local}"}

    decided = by_subject(
        actor("a4", 1, "merge", "Oren Pell", changes=into("a3")),
        actor("a3", 2, "merge", "Ilka Doran", changes=into("a1")),
        actor("a1", 3, "merge", "Velmora", changes=into("a4")),
    )
    ruling = stand(RECORDS, decided)
    assert [a.id for a in ruling.records.actors] == ["a1", "a2"]
    assert ruling.records.events[0].actors == ("a1",)


def test_merging_moves_tolls_too() -> None:
    """The one that counts, and all that sources give."""
    tolls = tuple(Toll(float(n), None, None, who) for n, who in ((3, "a3"), (4, "a1")))
    event = replace(MEETING, killed=tolls[0], killed_by_source=tolls)
    ruling = stand(
        replace(RECORDS, events=(event, PRAISE)), by_subject(actor("a3", 1, "merge", "Ilka Doran", changes={"into": f"{DOCUMENT.id}#a1"}))
    )
    now = ruling.records.events[0]
    assert now.killed is not None
    assert [t.according_to for t in (now.killed, *now.killed_by_source)] == ["a1", "a1", "a1"]


def test_a_merged_actor_keeps_what_it_says_of_itself() -> None:
    """And takes from the other what it does not say."""
    velmora, doran = RECORDS.actors[0], RECORDS.actors[2]
    both = joined(velmora, doran)
    assert (both.name, both.kind, both.country, both.role) == ("Velmora", "state", "VEL", "president")
    assert set(both.mentions) == {*velmora.mentions, *doran.mentions}
    assert both.mentions == tuple(sorted(both.mentions))


def test_a_split_moves_only_what_cites_the_mentions_that_went() -> None:
    """A record that also cites a mention that stayed stays."""
    split = actor("a4", 9, "split", "Oren Pell", changes={"mentions": [list(span("Pell", 2))]})
    regroup = regrouping(RECORDS, by_subject(split))
    assert regroup.applied(PRAISE).actors == ("a4-9",)
    assert regroup.applied(MEETING) == MEETING
    assert [a.name for a in regroup.actors][-1] == "Pell"


@pytest.mark.parametrize(
    ("local", "claim", "country"),
    [
        ("a2", "Tarsia", "LOR"),  # the same id and name
        ("a9", "Tarsia", "LOR"),  # another id now, the only one of the name
        ("a2", "Tarsian", "TAR"),  # nobody of this name: not in force
    ],
)
def test_a_decision_about_an_actor_binds_to_its_name(local: str, claim: str, country: str) -> None:
    """Ids of actors are local to a reading."""
    ruling = stand(RECORDS, by_subject(actor(local, 1, "amend", claim, changes={"country": "LOR"})))
    assert ruling.records.actors[1].country == country


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"id": "a7"}, "'id' of an actor cannot be amended"),
        ({"kind": "god"}, "actor.kind: 'god' is none of"),
        ({"rank": 1}, "'rank' of an actor"),
    ],
)
def test_a_wrong_change_of_an_actor_is_refused(changes: dict[str, Any], complaint: str) -> None:
    """With the field."""
    with pytest.raises(UsageError, match=complaint):
        amended_actor(RECORDS.actors[0], changes)
