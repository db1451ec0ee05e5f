"""Web annotations: valid JSON-LD whose triples say what the records say; selectors that find the words again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyld import jsonld

from handmade import TEXT, by, truce
from onrecord.decisions import Decided
from onrecord.exports import Item, Manner, exporter

OA, AS, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ANNO = {
    "@context": {
        "oa": OA,
        "as": AS,
        "dctypes": "http://purl.org/dc/dcmitype/",
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@vocab"},
        **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")},
        **{name: f"oa:{name}" for name in ("RangeSelector", "XPathSelector", "classifying", "describing", "exact", "prefix", "suffix")},
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "Dataset": "dctypes:Dataset",
        "Software": "as:Application",
        "Person": "http://xmlns.com/foaf/0.1/Person",
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "startSelector": {"@type": "@id", "@id": "oa:hasStartSelector"},
        "endSelector": {"@type": "@id", "@id": "oa:hasEndSelector"},
        "refinedBy": {"@type": "@id", "@id": "oa:refinedBy"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "creator": {"@type": "@id", "@id": "http://purl.org/dc/terms/creator"},
        "generator": {"@type": "@id", "@id": "as:generator"},
        "start": "oa:start",
        "end": "oa:end",
        "value": f"{RDF}value",
        "format": "http://purl.org/dc/elements/1.1/format",
        "name": "http://xmlns.com/foaf/0.1/name",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "first": {"@type": "@id", "@id": "as:first"},
        "partOf": {"@type": "@id", "@id": "as:partOf"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "startIndex": "as:startIndex",
        "total": "as:totalItems",
    }
}
"""The terms of the W3C's context that we use, written down from its recommendation (Web Annotation Vocabulary): no network in tests."""
WITH_EMOJI = "🚢 " + TEXT


def written(item: Item, folder: Path, **manner: Any) -> tuple[str, dict[str, Any]]:
    """Return the file, as text and as JSON."""
    [path] = exporter("webannotation")([item], folder / "o.jsonld", Manner(**manner))
    content = path.read_text(encoding="utf-8")
    return content, json.loads(content)


def page(text: str = TEXT) -> Item:
    """A page of the web with one record accepted, and one that a person added."""
    records = truce(text=text)[1]
    records = replace(records, document=replace(records.document, url="https://news.example/truce"))
    records = records.plus("event", (records.events[0], replace(records.events[1], rule="person")))
    return Item(records, {records.events[0].id: "accepted"})


def test_a_json_ld_processor_reads_every_term(tmp_path: Path) -> None:
    """Expanded in safe mode, where a term that no context knows is an error; the triples have each annotation, its words and its review."""
    item = page(WITH_EMOJI)
    _, content = written(item, tmp_path, head="abc")

    def load(url: str, options: object = None) -> dict[str, object]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": ANNO}

    quads = jsonld.to_rdf(content, {"format": "application/n-quads", "documentLoader": load, "safe": True})
    graph = rdflib.Graph().parse(data=quads, format="nt")
    oa, ours = rdflib.Namespace(OA), rdflib.Namespace("urn:onrecord:")
    meeting = rdflib.URIRef(f"urn:onrecord:record:{item.records.events[0].id}")
    assert len(set(graph.subjects(rdflib.RDF.type, oa.Annotation))) == len(item.records.all())
    assert str(graph.value(meeting, ours.review)) == "accepted"
    assert graph.value(meeting, oa.motivatedBy) == oa.classifying
    quotes = {str(graph.value(s, oa.exact)) for t in graph.objects(meeting, oa.hasTarget) for s in graph.objects(t, oa.hasSelector)}
    assert quotes == {"met", "None"}
    bodies = [graph.value(body, ours.record) for body in graph.objects(meeting, oa.hasBody)]
    [fields] = [json.loads(str(literal)) for literal in bodies if literal is not None]
    assert (fields["type"], fields["claim"]) == ("CONSULT", item.records.events[0].claim)


def test_the_collection_has_one_page_with_every_record(tmp_path: Path) -> None:
    """The total is right, an empty store is an empty collection, creators are the program or a person."""
    item = page()
    _, content = written(item, tmp_path, head="abc")
    items = content["first"]["items"]
    assert content["total"] == len(items) == len(item.records.all())
    assert content["first"]["partOf"] == content["id"] == "urn:onrecord:collection:abc"
    assert len({a["id"] for a in items}) == len(items)
    creators = {a["id"].rpartition(":")[2]: a["creator"]["type"] for a in items}
    assert creators.pop(item.records.events[1].id) == "Person"
    assert set(creators.values()) == {"Software"}
    by_hand = Decided(1, "", item.records.events[1].id, "", "", by("add", changes={"kind": "event"}), {}, {}, "", {}, {})
    _, content = written(replace(item, decisions=(by_hand,)), tmp_path)
    assert {"type": "Person", "name": "ann"} in [a["creator"] for a in content["first"]["items"]]
    exporter("webannotation")([], tmp_path / "none.jsonld", Manner())
    nothing = json.loads((tmp_path / "none.jsonld").read_text(encoding="utf-8"))
    assert (nothing["total"], nothing["first"]["items"]) == (0, [])


@pytest.mark.parametrize("text", [TEXT, WITH_EMOJI])
def test_selectors_find_the_words_again(text: str, tmp_path: Path) -> None:
    """The position slices the quote (code points), and the quote with its context stands once in the text."""
    item = page(text)
    _, content = written(item, tmp_path)
    for made in content["first"]["items"]:
        for target in made["target"] if isinstance(made["target"], list) else [made["target"]]:
            assert target["source"] == "https://news.example/truce"
            assert target["onrecord:document"] == item.records.document.id
            at, quote = target["selector"][:2]
            assert text[at["start"] : at["end"]] == quote["exact"]
            assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_without_text_there_is_no_context(tmp_path: Path) -> None:
    """Positions and the records' own words only."""
    content, row = written(page(), tmp_path, no_text=True)
    assert "prefix" not in content
    assert "suffix" not in content
    assert "the agreement after" not in content
    assert row["first"]["items"][0]["target"]["selector"][1]["exact"].startswith("the talks were fruitful")
