"""PROV-JSON: the `prov` package reads it, and the graph answers where a record comes from and who decided what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from prov.model import ProvActivity, ProvAgent, ProvDerivation, ProvDocument, ProvEntity, ProvGeneration, ProvInvalidation, ProvRecord

from handmade import TALKS, TEXT, Clock, by, truce
from onrecord.exports import Item, Manner, exporter
from onrecord.store import open_store

PAGE, RECORDS = truce()
MEETING, PRAISE = RECORDS.events
PROMISE = RECORDS.commitments[0]
HERE = RECORDS.document.id.removeprefix("sha256:")


@pytest.fixture(scope="module")
def item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    """A page with every sort of decision about it."""
    with open_store(tmp_path_factory.mktemp("store") / "s.db", now=Clock()) as store:
        store.add([(PAGE, RECORDS)])
        name = RECORDS.document.id
        store.decide(MEETING.id, by("accept", note="as “Ann B.” says"))
        store.decide(PRAISE.id, by("reject", who="Zoë / Ann", reason="wrong type"))
        store.decide(PROMISE.id, by("amend", changes={"basis": "agreement"}))
        store.decide(PROMISE.id, by("amend", changes={"basis": "duty"}))
        store.decide(PROMISE.id, by("undo"))
        store.decide(name, by("add", changes=TALKS))
        store.decide(name, by("correct", changes={"publisher": "The Post"}))
        return Item(store.document(name), store.reviews(name), tuple(store.decisions_on(name)))


@pytest.fixture(scope="module")
def graph(item: Item, tmp_path_factory: pytest.TempPathFactory) -> ProvDocument:
    """What the package reads."""
    [path] = exporter("prov")([item], tmp_path_factory.mktemp("out") / "o.json", Manner(head="abc"))
    return ProvDocument.deserialize(str(path), format="json")


def named(graph: ProvDocument, name: str) -> ProvRecord:
    """Return the one thing of a name."""
    [found] = graph.get_record(name)
    return found


def said(record: ProvRecord, name: str) -> list[Any]:
    """Return the values of an attribute."""
    return [value for key, value in record.attributes if str(key) == name]


def related(graph: ProvDocument, relation: type[ProvRecord], first: str) -> set[str]:
    """Return what a thing is related to."""
    found = ([str(value) for _, value in r.formal_attributes] for r in graph.get_records(relation))
    return {parts[1] for parts in found if parts[0] == first}


def test_it_survives_the_package(graph: ProvDocument) -> None:
    """Read, written and read again it is the same; unified, no thing contradicts itself."""
    again = ProvDocument.deserialize(content=graph.serialize())
    assert again == graph
    assert len(graph.unified().get_records()) == len(graph.get_records())
    ProvDocument.deserialize(content=graph.serialize(format="xml"), format="xml")


def test_nothing_is_related_that_is_not_there(graph: ProvDocument) -> None:
    """Every name in a relation is an entity, activity or agent of the graph."""
    things = {str(r.identifier) for kind in (ProvEntity, ProvActivity, ProvAgent) for r in graph.get_records(kind)}
    for relation in graph.get_records():
        if not relation.is_element():
            assert {str(v) for k, v in relation.formal_attributes if v is not None and "Time" not in str(k)} <= things, relation


def test_a_record_leads_back_to_the_bytes(graph: ProvDocument) -> None:
    """Record, segment, text, page; the segment is the paragraph that holds its words."""
    segments = related(graph, ProvDerivation, f"rec:{MEETING.id}")
    assert f"seg:{HERE}.2" in segments
    [words] = said(named(graph, f"seg:{HERE}.2"), "prov:value")
    assert words == TEXT.split("\n")[1]
    assert related(graph, ProvDerivation, f"seg:{HERE}.2") == {f"doc:{HERE}"}
    assert related(graph, ProvDerivation, f"doc:{HERE}") == {f"page:{RECORDS.document.source.sha256}"}
    assert related(graph, ProvGeneration, f"rec:{MEETING.id}") == {f"extract:{HERE}"}


def test_agents_are_tool_rules_and_people(graph: ProvDocument) -> None:
    """Each with the name that it is known by."""
    labels = {label for agent in graph.get_records(ProvAgent) for label in said(agent, "prov:label")}
    assert {"0", "ann", "Zoë / Ann"} <= labels


def test_decisions_have_time_reviewer_before_and_after(graph: ProvDocument, item: Item) -> None:
    """As the store keeps them."""
    activities = {str(r.identifier): r for r in graph.get_records(ProvActivity) if str(r.identifier).startswith("dec:")}
    assert set(activities) == {f"dec:{d.seq}" for d in item.decisions}
    for d in item.decisions:
        made = activities[f"dec:{d.seq}"]
        assert made.get_startTime().isoformat() == d.at
        assert said(made, "onrecord:act") == [d.decision.act]
        assert json.loads(said(made, "onrecord:after")[0]) == json.loads(json.dumps(dict(d.after)))


def test_amendments_are_revisions_and_an_undone_one_is_invalid(graph: ProvDocument, item: Item) -> None:
    """The record as found stays, with its claim."""
    first, second, undo = (d.seq for d in item.decisions if d.subject == PROMISE.id)
    assert said(named(graph, f"rec:{PROMISE.id}"), "onrecord:claim") == [PROMISE.claim]
    assert json.loads(said(named(graph, f"rec:{PROMISE.id}"), "prov:value")[0])["basis"] == "pledge"
    assert related(graph, ProvDerivation, f"rec:{PROMISE.id}.{first}") == {f"rec:{PROMISE.id}"}
    assert related(graph, ProvDerivation, f"rec:{PROMISE.id}.{second}") == {f"rec:{PROMISE.id}.{first}"}
    assert related(graph, ProvInvalidation, f"rec:{PROMISE.id}.{second}") == {f"dec:{undo}"}
    assert said(named(graph, f"rec:{PROMISE.id}"), "onrecord:review") == ["amended"]


def test_what_a_person_added_comes_from_the_decision(graph: ProvDocument, item: Item) -> None:
    """Not from the extraction."""
    [added] = [d for d in item.decisions if d.decision.act == "add"]
    assert related(graph, ProvGeneration, f"rec:{added.subject}") == {f"dec:{added.seq}"}


def test_without_text_segments_have_offsets_only(item: Item, tmp_path: Path) -> None:
    """Records keep their words."""
    [path] = exporter("prov")([item], tmp_path / "o.json", Manner(no_text=True))
    whole = path.read_text(encoding="utf-8")
    assert TEXT.split("\n")[1] not in whole
    assert "withdraw 2,500 troops from the border" in whole
    assert json.loads(whole)["entity"][f"seg:{HERE}.2"]["onrecord:start"] == len(TEXT.split("\n")[0]) + 1
