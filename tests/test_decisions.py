"""What people decide, and what then holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from handmade import span, truce
from onrecord.decisions import Decided, Decision, amended, live, standing
from onrecord.errors import UsageError
from onrecord.records import Event, claim_of, record_json

MEETING = truce()[1].events[0]
NAMES = {actor.id: actor.name for actor in truce()[1].actors}


def decided(seq: int, act: str, who: str = "ann", *, claim: str = MEETING.claim, **more: Any) -> Decided:
    """Return a decision on the meeting; `more` are fields of Decision, or `names`."""
    names = more.pop("names", {})
    decision = Decision(act=act, reviewer=who, **more)  # type: ignore[arg-type]
    after = dict(decision.changes)
    return Decided(seq, "2026-01-01", MEETING.id, "d", claim, decision, {}, after, "0", {**record_json(MEETING), "kind": "event"}, names)


def place(name: str) -> dict[str, Any]:
    """Return an amendment of the place."""
    return {"place": name}


@pytest.mark.parametrize(
    ("decisions", "review", "where", "disputed"),
    [
        ([], "unreviewed", "Harrow", False),  # nobody said anything
        ([decided(1, "accept")], "accepted", "Harrow", False),
        ([decided(1, "reject", reason="other")], "rejected", "Harrow", False),
        ([decided(1, "amend", changes=place("Tarn"))], "amended", "Tarn", False),
        ([decided(1, "amend", changes=place("Tarn")), decided(2, "accept")], "amended", "Tarn", False),  # accepted as amended
        ([decided(1, "reject", reason="other"), decided(2, "accept", "bob")], "accepted", "Harrow", False),  # the latest wins
        ([decided(1, "accept"), decided(2, "undo", of=1)], "unreviewed", "Harrow", False),
        ([decided(1, "accept"), decided(2, "undo", of=1), decided(3, "undo", of=2)], "accepted", "Harrow", False),  # undoing the undo
        ([decided(1, "amend", changes=place("Tarn")), decided(2, "accept"), decided(3, "undo", of=1)], "accepted", "Harrow", False),
        ([decided(1, "accept", claim="another")], "unreviewed", "Harrow", False),  # made on another claim
        ([decided(1, "amend", changes=place("Tarn"), names={"a3": "Ilka Doran"})], "amended", "Tarn", False),
        ([decided(1, "amend", changes=place("Tarn"), names={"a3": "Oren Pell"})], "unreviewed", "Harrow", False),  # a3 is now another
        ([decided(1, "accept", names={"a3": "Nobody"})], "unreviewed", "Harrow", False),  # a3 is gone
        ([decided(1, "status", changes={"status": "kept"}, note="seen")], "unreviewed", "Harrow", False),  # says nothing of the record
        ([decided(1, "accept", blind=True)], "accepted", "Harrow", False),  # one blind reviewer so far
        ([decided(1, "accept", blind=True), decided(2, "accept", "bob", blind=True)], "accepted", "Harrow", False),
        ([decided(1, "accept", blind=True), decided(2, "reject", "bob", reason="other", blind=True)], "unreviewed", "Harrow", True),
        (
            [decided(1, "amend", changes=place("Tarn"), blind=True), decided(2, "amend", "bob", changes=place("Mar"), blind=True)],
            "unreviewed",
            "Harrow",
            True,  # both amend, to different places
        ),
        (
            [decided(1, "accept", blind=True), decided(2, "reject", "bob", reason="other", blind=True), decided(3, "accept", "eve")],
            "accepted",
            "Harrow",
            False,  # an open decision adjudicates
        ),
        (
            [
                decided(1, "accept", blind=True),
                decided(2, "reject", blind=True, reason="other"),
                decided(3, "reject", "bob", blind=True, reason="other"),
            ],
            "rejected",
            "Harrow",
            False,  # a blind reviewer may change their mind
        ),
    ],
)  # fmt: skip
def test_what_holds_follows_from_the_decisions(decisions: Sequence[Decided], review: str, where: str, disputed: bool) -> None:
    """The latest open decision wins; blind ones count where they agree; undone and unbound ones do not."""
    now = standing(MEETING, decisions, NAMES)
    assert isinstance(now.record, Event)
    assert (now.review, now.record.place, now.disputed) == (review, where, disputed)


def test_a_blind_reviewer_sees_only_their_own_decisions() -> None:
    """What another one decided does not show."""
    both = [decided(1, "reject", reason="other", blind=True), decided(2, "accept", "bob", blind=True)]
    assert standing(MEETING, both, NAMES, "ann").review == "rejected"
    assert standing(MEETING, both, NAMES, "bob").review == "accepted"
    assert standing(MEETING, both, NAMES, "eve").review == "unreviewed"


def test_a_decision_on_another_claim_is_offered_again() -> None:
    """It is not in force, and not lost."""
    old = decided(1, "accept", claim="another")
    assert standing(MEETING, [old], NAMES).offered == (old,)


def test_the_order_in_which_decisions_are_given_does_not_matter() -> None:
    """Their numbers do."""
    two = [decided(1, "accept"), decided(2, "reject", reason="other")]
    assert standing(MEETING, two, NAMES) == standing(MEETING, two[::-1], NAMES)
    assert live(two[::-1]) == tuple(two)


def test_an_amendment_makes_the_claim_anew_and_keeps_the_id() -> None:
    """The id says which record, the claim what it says."""
    now = amended(MEETING, {"place": "Tarn", "evidence": {"place": [list(span("Harrow"))]}})
    assert now.id == MEETING.id
    assert now.claim == claim_of(now) != MEETING.claim
    assert now.evidence["place"] == (span("Harrow"),)
    assert now.evidence["type"] == MEETING.evidence["type"]


def test_a_field_that_is_emptied_rests_on_nothing() -> None:
    """Evidence of a field goes with it."""
    now = amended(MEETING, {"place": None})
    assert isinstance(now, Event)
    assert now.place is None
    assert "place" not in now.evidence


def test_a_field_that_a_person_set_is_not_inferred() -> None:
    """What a person says is no inference of ours."""
    promise = truce()[1].commitments[0]
    assert amended(promise, {"actor": "a1"}).inferred == ()
    assert amended(promise, {"basis": "plan"}).inferred == ("actor",)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"city": "Tarn"}, "event: there is no field 'city'"),  # no such field
        ({"status": "sure"}, "event.status: 'sure' is none of"),  # no such value
        ({"mentions": [[5, 2]]}, "event.mentions: [5, 2] is not"),  # no span
    ],
)
def test_a_wrong_amendment_is_refused(changes: dict[str, Any], complaint: str) -> None:
    """A field that is not there, or cannot hold this, is a UsageError."""
    with pytest.raises(UsageError, match=complaint.replace("[", r"\[")):
        amended(MEETING, changes)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"act": "bless"}, "none of accept"),  # no such act
        ({"act": "accept", "reviewer": " "}, "nobody is named"),
        ({"act": "reject"}, "it wants a reason"),  # a rejection has a reason
        ({"act": "amend"}, "nothing is changed"),
        ({"act": "amend", "changes": {"id": "x"}}, "id and claim follow"),
        ({"act": "add", "changes": {"kind": "rumour"}}, "the kind 'rumour' is none of"),
        ({"act": "status", "changes": {"status": "maybe"}, "note": "x"}, "'maybe' is none of kept"),
        ({"act": "status", "changes": {"status": "kept"}}, "rests on a page and its words, or on a note"),
        ({"act": "correct", "blind": True, "changes": {"title": "x"}}, "only accept, reject and amend can be blind"),
    ],
)
def test_a_decision_whose_parts_make_no_sense_cannot_be_made(fields: dict[str, Any], complaint: str) -> None:
    """The value itself refuses them."""
    with pytest.raises(UsageError, match=complaint):
        Decision(**{"reviewer": "ann", **fields})


def test_amending_nothing_changes_nothing() -> None:
    """The record's own JSON as an amendment gives the record."""
    row = {name: value for name, value in record_json(MEETING).items() if name not in {"id", "claim"}}
    assert amended(MEETING, row) == MEETING
