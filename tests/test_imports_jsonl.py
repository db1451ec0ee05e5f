"""Decisions from our own JSON lines: those of another store, those written by hand, and documents that were edited."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handmade import TALKS, Clock, by, cite, truce
from onrecord.decisions import Decided, decided_json
from onrecord.errors import SourceError, UsageError
from onrecord.exports import Item, Manner
from onrecord.exports.jsonl import row
from onrecord.imports import Known, Who, importer, take
from onrecord.store import Store, open_store

PAGE, RECORDS = truce()
DOCUMENT = RECORDS.document.id
MEETING, PRAISE = RECORDS.events
STATEMENT, PROMISE = RECORDS.statements[0], RECORDS.commitments[0]

Make = Callable[[str], Store]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A maker of stores that hold the page, each verified at the end."""
    made: list[Store] = []

    def new(name: str) -> Store:
        store = open_store(
            tmp_path / f"{name}.db", now=Clock("2026-01-01T00:00:00+00:00" if name == "first" else "2026-06-01T00:00:00+00:00")
        )
        store.add([(PAGE, RECORDS)])
        made.append(store)
        return store

    yield new
    for store in made:
        with store:
            assert store.verify() == []


def lines(path: Path, rows: list[Any]) -> Path:
    """Write rows as JSON lines; a text is a line as it is."""
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in rows), encoding="utf-8")
    return path


def taken(store: Store, path: Path) -> tuple[list[Decided], int, list[SourceError]]:
    """Import a file; return what was taken, how much was known, what was not usable."""
    out = list(take(store, importer("jsonl")(path, store, Who("ann"))))
    return (
        [o for o in out if isinstance(o, Decided)],
        sum(isinstance(o, Known) for o in out),
        [o for o in out if isinstance(o, SourceError)],
    )


def busy(store: Store) -> None:
    """Take decisions of every act, some of them undone."""
    store.decide(MEETING.id, by("accept"))
    store.decide(MEETING.id, by("amend", changes={"place": "the border", "evidence": {"place": cite("the border")}}, note="line 3"))
    store.decide(MEETING.id, by("undo", "bob"))
    store.decide(MEETING.id, by("accept"))
    store.decide(MEETING.id, by("undo", "bob"))
    added = store.decide(DOCUMENT, by("add", changes=TALKS)).subject
    store.decide(added, by("amend", "bob", changes={"status": "possible"}))
    store.decide(PRAISE.id, by("merge", changes={"into": MEETING.id}))
    store.decide(PRAISE.id, by("undo"))
    store.decide(PRAISE.id, by("reject", reason="wrong type", blind=True))
    store.decide(PRAISE.id, by("accept", "bob", blind=True))
    store.decide(MEETING.id, by("split", changes={"mentions": cite("talks")}))
    store.decide(PROMISE.id, by("status", changes={"status": "kept", "evidence": [{"document": DOCUMENT, "span": [0, 7]}]}))
    store.decide(DOCUMENT, by("correct", changes={"published": "2022-03-05"}))
    store.decide(f"{DOCUMENT}#a3", by("split", changes={"mentions": cite("Doran", 2), "name": "Mara Doran", "kind": "person"}))
    new = store.document(DOCUMENT).actors[-1].id
    store.decide(f"{DOCUMENT}#{new}", by("merge", changes={"into": f"{DOCUMENT}#a1"}))


def test_all_decisions_of_a_store_can_be_taken_over_by_another(make: Make, tmp_path: Path) -> None:
    """What stands is the same in both, reviewers and reasons too; importing again, in either store, changes nothing."""
    first, second = make("first"), make("second")
    second.decide(STATEMENT.id, by("accept", "eve"))  # numbers differ
    busy(first)
    path = lines(tmp_path / "decisions.jsonl", [decided_json(d) for d in first.decisions()])
    kept, known, unusable = taken(second, path)
    assert (known, unusable) == (0, [])
    here, there = second.ruling(DOCUMENT), first.ruling(DOCUMENT)
    assert here.records.events == there.records.events
    assert here.records.statements[0].source_actor == there.records.statements[0].source_actor == "a1"
    assert here.records.document.published == there.records.document.published
    for record_id, how in there.standings.items():
        if record_id != STATEMENT.id:
            assert (here.standings[record_id].review, here.standings[record_id].disputed) == (how.review, how.disputed)
    assert [o.status for o in second.outcomes().values()] == [o.status for o in first.outcomes().values()] == ["kept"]
    assert [d.decision.reviewer for d in kept] == [d.decision.reviewer for d in first.decisions() if d.part_of is None]
    assert kept[0].decision.origin is not None
    assert kept[0].decision.origin.startswith(f"{first.decisions()[0].at} onrecord")
    for store in (first, second):
        head = store.head()
        again, known, unusable = taken(store, path)
        assert (again, known, unusable) == ([], len(kept), [])
        assert store.head() == head


def test_what_was_taken_over_can_be_taken_over_again(make: Make, tmp_path: Path) -> None:
    """A third store that hears the same from both others has it once."""
    first, second, third = make("first"), make("second"), make("third")
    busy(first)
    taken(second, lines(tmp_path / "1.jsonl", [decided_json(d) for d in first.decisions()]))
    taken(third, tmp_path / "1.jsonl")
    kept, _, unusable = taken(third, lines(tmp_path / "2.jsonl", [decided_json(d) for d in second.decisions()]))
    assert (kept, unusable) == ([], [])


def test_lines_by_hand_need_little(make: Make, tmp_path: Path) -> None:
    """Act and record; the reviewer is the line's, else the one given."""
    store = make("first")
    path = lines(
        tmp_path / "hand.jsonl",
        [
            {"act": "accept", "record": MEETING.id[:8]},
            {"act": "reject", "record": PRAISE.id, "reason": "wrong type", "reviewer": "bob", "note": "no praise"},
            "",
            {"act": "add", "document": DOCUMENT[:20], "changes": TALKS},
        ],
    )
    kept, known, unusable = taken(store, path)
    assert [(d.decision.act, d.decision.reviewer) for d in kept] == [("accept", "ann"), ("reject", "bob"), ("add", "ann")]
    assert (known, unusable) == (0, [])
    assert taken(store, path) == ([], 3, [])
    store.decide(MEETING.id, by("undo"))
    assert taken(store, path) == ([], 3, [])  # what was taken back stays so


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ({"act": "accept"}, "it needs `act`, and `record`"),
        ({"act": "bless", "record": MEETING.id}, "none of accept"),
        ({"act": "accept", "record": "0" * 8}, "accept of 00000000 by ann: 00000000: no record"),
        ({"act": "reject", "record": MEETING.id}, "it wants a reason"),
        ({"act": "amend", "record": MEETING.id, "changes": {"place": "Harrow"}, "reviewer": 5}, "5 is no text"),
        ({"act": "amend", "record": STATEMENT.id, "changes": {"place": "Tarn"}}, "nothing is cited for it"),
        ({"act": "amend", "record": MEETING.id, "changes": {"evidence": 5}}, "it makes no sense"),
        ({"act": "merge", "record": MEETING.id, "changes": {"unto": "x"}}, "merge of"),
        ({"act": "amend", "record": MEETING.id, "changes": {"city": "Tarn"}}, "no field 'city'"),
        ({"act": "amend", "record": MEETING.id, "changes": ["place"]}, "changes: ['place'] is no object"),
        ({"act": "accept", "record": MEETING.id, "claim": "another"}, "taken on another claim"),
        ({"act": "amend", "record": f"{DOCUMENT}#a4", "claim": "Somebody", "changes": {"country": "LOR"}}, "taken on another claim"),
        ({"act": "undo", "record": MEETING.id, "of": 3}, "undoes decision 3, which is not in the file"),
        ({"document": {"id": "0" * 8}}, "no document"),
        ({"document": {"id": DOCUMENT}, "events": [{"id": "0" * 32}]}, "the store has no event 00000000"),
        ({"document": {"id": DOCUMENT}, "events": ["x"]}, "not a line of decisions or of records"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(make: Make, line: Any, reason: str, tmp_path: Path) -> None:
    """File, line and reason; nothing of it is written."""
    store = make("first")
    path = lines(tmp_path / "bad.jsonl", [{"act": "accept", "record": STATEMENT.id}, line, {"act": "accept", "record": PRAISE.id}])
    kept, _, unusable = taken(store, path)
    assert [d.subject for d in kept] == [STATEMENT.id, PRAISE.id]
    [error] = unusable
    assert error.where.startswith(f"{path}, line 2")
    assert reason in error.reason


def test_an_amendment_that_is_already_so_is_an_acceptance(make: Make, tmp_path: Path) -> None:
    """Two who correct the same agree."""
    store = make("first")
    change = {"act": "amend", "record": MEETING.id, "changes": {"type": "AGREE"}}
    path = lines(tmp_path / "two.jsonl", [change, {**change, "reviewer": "bob"}])
    kept, _, unusable = taken(store, path)
    assert [(d.decision.act, d.decision.reviewer) for d in kept] == [("amend", "ann"), ("accept", "bob")]
    assert unusable == []
    assert store.reviews(DOCUMENT)[MEETING.id] == "amended"
    assert taken(store, path) == ([], 2, [])


# ---- documents that were edited ------------------------------------------------------------------------------------


def exported(store: Store, *, no_text: bool = False) -> dict[str, Any]:
    """Return the document's line as the export writes it."""
    item = Item(store.document(DOCUMENT), store.reviews(DOCUMENT))
    return dict(json.loads(json.dumps(row(item, Manner(no_text=no_text, head=store.head())))))


@pytest.mark.parametrize("no_text", [False, True])
def test_an_edited_line_becomes_decisions(make: Make, no_text: bool, tmp_path: Path) -> None:
    """Changed fields amend, a changed review decides, a record without id is added; what is as it was is left alone."""
    store = make("first")
    line = exported(store, no_text=no_text)
    meeting, praise = line["events"]
    meeting["type"] = "AGREE"
    meeting["place"], meeting["evidence"]["place"] = "the border", cite("the border")
    praise |= {"review": "rejected", "reason": "wrong type", "note": "no praise"}
    line["statements"][0]["review"] = "accepted"
    line["events"].append({key: value for key, value in TALKS.items() if key != "kind"})
    path = lines(tmp_path / "edited.jsonl", [line])
    kept, known, unusable = taken(store, path)
    assert (known, unusable) == (0, [])
    assert [(d.decision.act, d.subject) for d in kept[:3]] == [("accept", STATEMENT.id), ("amend", MEETING.id), ("reject", PRAISE.id)]
    assert kept[1].before == {"type": "CONSULT", "place": "Harrow", "evidence": {**kept[1].before["evidence"]}}
    assert kept[1].after["place"] == "the border"
    assert (kept[2].decision.reason, kept[2].decision.note) == ("wrong type", "no praise")
    assert kept[3].decision.act == "add"
    assert store.reviews(DOCUMENT)[kept[3].subject] == "accepted"
    assert taken(store, path)[0] == []
    assert taken(store, path)[2] == []
    store.decide(MEETING.id, by("undo"))
    assert taken(store, path)[0] == []  # what was taken back stays so


def test_an_unedited_line_decides_nothing(make: Make, tmp_path: Path) -> None:
    """Exported and imported: the store is as it was."""
    store = make("first")
    store.decide(MEETING.id, by("amend", changes={"type": "AGREE"}))
    store.decide(PRAISE.id, by("reject", reason="other"))
    head = store.head()
    assert taken(store, lines(tmp_path / "same.jsonl", [exported(store)])) == ([], 0, [])
    assert store.head() == head


def test_an_edit_of_what_was_changed_since_is_not_taken(make: Make, tmp_path: Path) -> None:
    """Neither it nor the other change is lost: it is named."""
    store = make("first")
    line = exported(store)
    line["events"][0]["type"] = "AGREE"
    line["actors"][0]["country"] = "LOR"
    store.decide(MEETING.id, by("amend", "bob", changes={"type": "RETREAT"}))
    kept, _, unusable = taken(store, lines(tmp_path / "late.jsonl", [line]))
    assert kept == []
    assert [e.reason.split(":")[0] for e in unusable] == [
        "actor a1 is not as in the store",
        f"event {MEETING.id[:8]} says something else in the store than when this was written",
    ]
    assert store.record(MEETING.id).record.type == "RETREAT"  # type: ignore[attr-defined]


def test_an_unknown_format_is_refused() -> None:
    """It names those that there are."""
    with pytest.raises(UsageError, match="'brat' is no format that can be imported"):
        importer("brat")
