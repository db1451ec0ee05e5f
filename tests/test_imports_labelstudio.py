"""What people did in Label Studio becomes decisions: by the file that it exports of the tasks that we write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from label_studio_converter import Converter

from handmade import TEXT, Clock, by, truce
from onrecord.decisions import Decided
from onrecord.errors import SourceError
from onrecord.exports import Item, Manner
from onrecord.exports.labelstudio import configuration, task
from onrecord.imports import Known, Who, importer, take
from onrecord.records import Commitment, Event, Statement
from onrecord.spans import utf16
from onrecord.store import Store, open_store

WITH_EMOJI = "🚢🕊️ " + TEXT.replace("Pell praised", "👏 Pell praised")
PAGE, RECORDS = truce(text=WITH_EMOJI)
DOCUMENT, TEXT_HERE = RECORDS.document.id, RECORDS.document.text
MEETING, PRAISE = RECORDS.events
STATEMENT, PROMISE = RECORDS.statements[0], RECORDS.commitments[0]
ALL = [r.id for r in RECORDS.all()]

Edit = Callable[["Sheet"], None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the one page, verified at the end."""
    with open_store(tmp_path / "s.db", now=Clock()) as made:
        made.add([(PAGE, RECORDS)])
        yield made
        assert made.verify() == []


class Sheet:
    """An annotation in the making: what an annotator does to the proposed regions."""

    def __init__(self, result: list[dict[str, Any]]) -> None:
        """Start with the prediction."""
        self.result = deepcopy(result)

    def region(self, name: str) -> dict[str, Any]:
        """Return a region."""
        return next(r for r in self.result if r.get("id") == name)

    def delete(self, *names: str) -> None:
        """Delete regions, and with them the arrows that touch them, as Label Studio does."""
        self.result = [r for r in self.result if not {r.get("id"), r.get("from_id"), r.get("to_id")} & set(names)]

    def draw(self, name: str, label: str, quote: str, nth: int = 1, *, units: bool = False) -> None:
        """Draw a region (or move it, where it is there); with `units`, its offsets are UTF-16 units."""
        start = -1
        for _ in range(nth):
            start = TEXT_HERE.index(quote, start + 1)
        places = [start, start + len(quote)]
        start, end = (utf16(TEXT_HERE, at) for at in places) if units else places
        self.result = [r for r in self.result if r.get("id") != name]
        value = {"start": start, "end": end, "text": quote, "labels": [label]}
        self.result.append({"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value, "origin": "manual"})

    def arrow(self, start: str, end: str, label: str) -> None:
        """Draw an arrow."""
        self.result.append({"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]})

    def cut(self, start: str, label: str) -> None:
        """Delete the arrows of a name from a region."""
        self.result = [r for r in self.result if not (r["type"] == "relation" and r["from_id"] == start and r["labels"] == [label])]


def annotated(store: Store, path: Path, *edits: Edit, no_text: bool = False) -> Path:
    """Write what Label Studio exports after annotators (one for each edit) worked on the page's task."""
    made = task(Item(store.document(DOCUMENT), store.reviews(DOCUMENT)), Manner(no_text=no_text, head=store.head()))
    annotations = []
    for number, edit in enumerate(edits, 1):
        sheet = Sheet(made["predictions"][0]["result"])
        edit(sheet)
        who = {"id": number, "email": f"{'abc'[number - 1]}@example.org"}
        annotations.append(
            {"id": number, "completed_by": who, "updated_at": "2026-02-01T10:00:00Z", "was_cancelled": False, "result": sheet.result}
        )
    path.write_text(json.dumps([{"id": 17, "data": made["data"], "annotations": annotations}], ensure_ascii=False), encoding="utf-8")
    return path


def taken(store: Store, path: Path, who: Who = Who()) -> tuple[list[Decided], int, list[SourceError]]:  # noqa: B008 - frozen
    """Import a file; return what was taken, how much was known, what was not usable."""
    out = list(take(store, importer("labelstudio")(path, store, who)))
    return (
        [o for o in out if isinstance(o, Decided)],
        sum(isinstance(o, Known) for o in out),
        [o for o in out if isinstance(o, SourceError)],
    )


def nothing(sheet: Sheet) -> None:
    """Leave all as it is."""


def mention(actor: str, number: int = 0) -> str:
    """Return the name of an actor's region."""
    return f"{actor}.mentions.{number}"


@pytest.mark.parametrize("no_text", [False, True])
def test_what_stays_is_accepted(store: Store, no_text: bool, tmp_path: Path) -> None:
    """Each record by the annotator, with the annotation in the history; again changes nothing."""
    path = annotated(store, tmp_path / "ls.json", nothing, no_text=no_text)
    kept, known, unusable = taken(store, path)
    assert sorted(d.subject for d in kept) == sorted(ALL)
    assert {(d.decision.act, d.decision.reviewer) for d in kept} == {("accept", "a@example.org")}
    assert {d.decision.origin for d in kept} == {"2026-02-01T10:00:00Z Label Studio annotation 1"}
    assert (known, unusable) == (0, [])
    head = store.head()
    assert taken(store, path) == ([], len(ALL), [])
    assert store.head() == head


def edited(sheet: Sheet) -> None:
    """Do one of each."""
    first = f"{MEETING.id}.mentions.0"
    sheet.delete(f"{PRAISE.id}.mentions.0")
    sheet.region(first)["value"]["labels"] = ["event-AGREE"]
    sheet.delete(f"{MEETING.id}.mentions.1")
    sheet.draw(f"{STATEMENT.id}.content.0", "statement-asserts", "the talks were fruitful")
    sheet.delete(f"{PROMISE.id}.deadline.0")
    sheet.arrow(f"{PROMISE.id}.action.0", mention("a2"), "counterparty")
    sheet.cut(first, "actors")
    sheet.arrow(first, mention("a1"), "actors")


def test_what_was_changed_is_amended_and_what_was_deleted_rejected(store: Store, tmp_path: Path) -> None:
    """With before and after; fields that nobody touched stay; a second import changes nothing."""
    path = annotated(store, tmp_path / "ls.json", edited)
    kept, known, unusable = taken(store, path)
    assert (known, unusable) == (0, [])
    by_subject = {d.subject: d for d in kept}
    assert (by_subject[PRAISE.id].decision.act, by_subject[PRAISE.id].decision.reason) == ("reject", "other")
    assert by_subject[MEETING.id].before["type"] == "CONSULT"
    now = store.document(DOCUMENT)
    meeting, statement, promise = now.events[0], now.statements[0], now.commitments[0]
    assert (meeting.type, meeting.actors, meeting.time) == ("AGREE", ("a1",), "2022-03-03")
    assert [s.of(TEXT_HERE) for s in meeting.mentions] == ["met", "meeting"]
    assert [s.of(TEXT_HERE) for s in statement.content] == ["the talks were fruitful"]
    assert (promise.deadline, promise.counterparty) == (None, "a2")
    assert [s.of(TEXT_HERE) for s in promise.evidence["counterparty"]] == ["Tarsia"]
    assert {d.decision.act for d in kept if d.subject not in {PRAISE.id, MEETING.id, STATEMENT.id, PROMISE.id}} == {"accept"}
    head = store.head()
    assert taken(store, path) == ([], len(kept), [])
    assert store.head() == head


def drawn(sheet: Sheet) -> None:
    """Draw a retreat by Doran, a pledge of hers, a statement of Pell, and what cannot be used."""
    sheet.draw("n1", "event-RETREAT", "withdraw")
    sheet.arrow("n1", "a3.mentions.1", "actors")
    sheet.draw("n2", "commitment-plan", "withdraw 2,500 troops")
    sheet.arrow("n2", "a3.mentions.1", "actor")
    sheet.draw("n3", "statement-asserts", "the agreement after the meeting")
    sheet.draw("n4", "source", "Pell", 2)
    sheet.draw("n5", "cue", "praised")
    sheet.arrow("n3", "n4", "source")
    sheet.arrow("n3", mention("a4", 1), "source_actor")
    sheet.arrow("n3", "n5", "cue")
    sheet.draw("n6", "event-RETREAT", "withdraw", units=True)
    sheet.region("n6")["value"]["text"] = "elsewhere"
    sheet.draw("n7", "figure", "3 March")
    sheet.draw("n8", "commitment-pledge", "agree truce")
    sheet.draw("n9", "actor", "the border")
    sheet.draw("n10", "deadline", "March")


def test_what_was_drawn_is_added_as_far_as_it_goes(store: Store, tmp_path: Path) -> None:
    """The rest is named, each with its reason."""
    path = annotated(store, tmp_path / "ls.json", drawn)
    kept, _, unusable = taken(store, path)
    added = [store.record(d.subject).record for d in kept if d.decision.act == "add"]
    [retreat] = [r for r in added if isinstance(r, Event)]
    [plan] = [r for r in added if isinstance(r, Commitment)]
    [praise] = [r for r in added if isinstance(r, Statement)]
    assert (retreat.type, retreat.actors, retreat.status, retreat.rule) == ("RETREAT", ("a3",), "actual", "person")
    assert (plan.actor, plan.basis, plan.negated) == ("a3", "plan", False)
    assert (praise.source_actor, praise.source_kind, praise.form) == ("a4", "named", "indirect")
    assert (praise.source or (0, 0))[0] == TEXT_HERE.index("Pell", TEXT_HERE.index("👏"))
    reasons = {e.where.rpartition(", region ")[2].split(" ")[0]: e.reason for e in unusable}
    assert set(reasons) == {"n6", "n7", "n8", "n9", "n10"}
    assert reasons["n6"] == "its words are not at its offsets"
    assert "a figure needs a value" in reasons["n7"]
    assert "arrow named `actor`" in reasons["n8"]
    assert "whose name it is" in reasons["n9"]
    assert "no arrow leads to it" in reasons["n10"]
    assert all(e.where.startswith(f"{path}, task 17, annotation 1") for e in unusable)
    again, known, still = taken(store, path)
    assert (again, known, len(still)) == ([], len(kept), 5)


def test_offsets_in_utf_16_units_are_understood(store: Store, tmp_path: Path) -> None:
    """Where the words that come with a region stand there, and not at the code points."""

    def old_tool(sheet: Sheet) -> None:
        sheet.draw(f"{STATEMENT.id}.content.0", "statement-asserts", "the talks were fruitful", units=True)

    kept, _, unusable = taken(store, annotated(store, tmp_path / "ls.json", old_tool))
    assert unusable == []
    assert [d.subject for d in kept if d.decision.act == "amend"] == [STATEMENT.id]
    assert [s.of(TEXT_HERE) for s in store.document(DOCUMENT).statements[0].content] == ["the talks were fruitful"]


def test_an_actors_mentions_can_be_moved_and_deleted(store: Store, tmp_path: Path) -> None:
    """Not all of them."""

    def tidy(sheet: Sheet) -> None:
        sheet.draw(mention("a3"), "actor", "president of Velmora, Ilka Doran")
        sheet.delete(mention("a1", 1), mention("a2"))

    kept, _, unusable = taken(store, annotated(store, tmp_path / "ls.json", tidy))
    assert {d.subject.partition("#")[2] for d in kept if "#" in d.subject} == {"a1", "a3"}
    actors = {actor.id: [s.of(TEXT_HERE) for s in actor.mentions] for actor in store.document(DOCUMENT).actors}
    assert actors["a3"] == ["president of Velmora, Ilka Doran", "Doran"]
    assert actors["a1"] == ["Velmora"]
    assert [e.reason for e in unusable] == [
        "none of its mentions is left: merge it with another actor (`onrecord decide DOCUMENT#a1 merge ...`)"
    ]


def test_another_kind_is_another_record(store: Store, tmp_path: Path) -> None:
    """A figure that should be a time is named, not guessed at."""
    [figure] = RECORDS.figures

    def relabel(sheet: Sheet) -> None:
        sheet.region(f"{figure.id}.span.0")["value"]["labels"] = ["time-DATE"]

    kept, _, unusable = taken(store, annotated(store, tmp_path / "ls.json", relabel))
    assert figure.id not in {d.subject for d in kept}
    [error] = unusable
    assert "the kind of a record cannot be changed" in error.reason


def test_two_annotators_who_worked_apart_disagree(store: Store, tmp_path: Path) -> None:
    """Blind, both count and the record is disputed; else the second one's view of what the first changed is named."""
    path = annotated(store, tmp_path / "ls.json", edited, nothing)
    kept, _, unusable = taken(store, path, Who(blind=True))
    assert unusable == []
    assert len(kept) == 2 * len(ALL)
    assert {d.record for d in store.disagreements()} == {MEETING.id, PRAISE.id, STATEMENT.id, PROMISE.id}
    assert taken(store, path, Who(blind=True)) == ([], 2 * len(ALL), [])


def test_a_second_annotator_who_saw_something_else_is_named(store: Store, tmp_path: Path) -> None:
    """An acceptance of what the first one changed would be taken for one of the change."""
    kept, _, unusable = taken(store, annotated(store, tmp_path / "ls.json", edited, nothing))
    assert {e.where.rpartition(" ")[2] for e in unusable} == {MEETING.id[:8], STATEMENT.id[:8], PROMISE.id[:8]}
    assert all("import with --blind" in e.reason for e in unusable)
    assert len(kept) == 2 * len(ALL) - 3


def test_two_annotators_who_correct_the_same_agree(store: Store, tmp_path: Path) -> None:
    """The second amendment accepts the first."""
    path = annotated(store, tmp_path / "ls.json", edited, edited)
    kept, _, unusable = taken(store, path)
    assert unusable == []
    acts = [d.decision.act for d in kept if d.subject == MEETING.id]
    assert acts == ["amend", "accept"]
    assert taken(store, path) == ([], 2 * len(ALL), [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON"),
        ('[{"id": 1, "data": {"text": "x"}, "annotations": []}]', "not a task that onrecord wrote"),
        ('[{"id": 1, "data": {"document": "00000000", "regions": {}, "relations": []}}]', "no document"),
        ('["x"]', "not a task that onrecord wrote"),
    ],
)
def test_what_is_no_task_of_ours_is_named(store: Store, content: str, reason: str, tmp_path: Path) -> None:
    """With file and task."""
    (tmp_path / "x.json").write_text(content)
    kept, known, [error] = taken(store, tmp_path / "x.json")
    assert (kept, known) == ([], 0)
    assert str(tmp_path / "x.json") in error.where
    assert reason in error.reason


def test_a_skipped_annotation_and_a_missing_record_are_named(store: Store, tmp_path: Path) -> None:
    """Nothing is lost without a word; a name given is everybody's."""
    path = annotated(store, tmp_path / "ls.json", nothing, nothing)
    [row] = json.loads(path.read_text(encoding="utf-8"))
    row["annotations"][0]["was_cancelled"] = True
    old, new = MEETING.id, "0" * 32
    path.write_text(json.dumps([row]).replace(old, new), encoding="utf-8")
    kept, _, unusable = taken(store, path, Who("ann"))
    assert {d.decision.reviewer for d in kept} == {"ann"}
    assert len(kept) == len(ALL) - 1
    assert [e.reason.split(":")[0] for e in unusable] == ["skipped by its annotator", f"accept of {new[:8]} by ann"]


def test_an_annotation_from_scratch_rejects_nothing(store: Store, tmp_path: Path) -> None:
    """It did not start from the prediction: what it leaves out it does not speak of, what it draws alike it accepts."""

    def scratch(sheet: Sheet) -> None:
        sheet.result = []
        sheet.draw("x1", "event-CONSULT", "met")
        sheet.draw("x2", "actor", "Tarsia")
        sheet.draw("x3", "source", "Doran", 2)
        sheet.arrow("x1", "x2", "recipients")
        sheet.draw("x4", "event-SUPPORT", "talks")

    path = annotated(store, tmp_path / "ls.json", scratch, lambda sheet: setattr(sheet, "result", []))
    kept, _, unusable = taken(store, path)
    assert [(d.decision.act, d.subject == MEETING.id) for d in kept] == [("amend", True), ("add", False)]
    assert store.document(DOCUMENT).events[0].actors == MEETING.actors
    assert store.document(DOCUMENT).events[0].recipients == ("a2",)
    assert unusable == []
    assert taken(store, path)[0] == []


def test_all_regions_of_a_prediction_can_be_deleted(store: Store, tmp_path: Path) -> None:
    """The annotation names the prediction that it started from: then nothing left means that nothing is right."""
    path = annotated(store, tmp_path / "ls.json", lambda sheet: setattr(sheet, "result", []))
    [row] = json.loads(path.read_text(encoding="utf-8"))
    row["annotations"][0]["parent_prediction"] = 5
    path.write_text(json.dumps([row]), encoding="utf-8")
    kept, _, unusable = taken(store, path)
    assert [d.decision.act for d in kept] == ["reject"] * len(ALL)
    assert len(unusable) == len(RECORDS.actors)  # an actor keeps a mention


def test_a_rejected_record_is_not_taken_for_deleted(store: Store, tmp_path: Path) -> None:
    """It was not proposed; its rejection stands."""
    store.decide(PRAISE.id, by("reject", reason="wrong type"))
    kept, _, unusable = taken(store, annotated(store, tmp_path / "ls.json", nothing))
    assert PRAISE.id not in {d.subject for d in kept}
    assert unusable == []
    assert store.reviews(DOCUMENT)[PRAISE.id] == "rejected"


def test_what_label_studios_converter_passes_on_is_read_the_same(store: Store, tmp_path: Path) -> None:
    """Its JSON export of the annotated task gives the same decisions."""
    path = annotated(store, tmp_path / "ls.json", edited)
    Converter(configuration(), str(tmp_path)).convert_to_json(str(path), str(tmp_path / "out"), is_dir=False)
    kept, _, unusable = taken(store, tmp_path / "out" / "result.json")
    assert unusable == []
    assert sorted(d.decision.act for d in kept) == sorted(["reject", *["amend"] * 3, *["accept"] * (len(ALL) - 4)])
    assert taken(store, path) == ([], len(kept), [])
