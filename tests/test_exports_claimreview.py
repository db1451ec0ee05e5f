"""Drafts for fact-checkers: schema.org's words, no rating, nothing that was not asserted or denied."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from handmade import TEXT, truce
from onrecord.documents import Published
from onrecord.exports import Item, Manner, exporter
from onrecord.records import Records
from onrecord.spans import Span

RECORDS = truce()[1]
STATEMENT = RECORDS.statements[0]
PROPERTIES = {
    "ClaimReview": {"claimReviewed", "itemReviewed", "creativeWorkStatus"},
    "Claim": {"text", "author", "appearance", "firstAppearance", "datePublished"},
    "NewsArticle": {"identifier", "url", "headline", "datePublished", "publisher", "archivedAt", "isBasedOn"},
    "Person": {"name", "jobTitle"},
    "Organization": {"name"},
}
"""What schema.org 28 has for each type, of what a draft may use."""


def drafts(items: list[Item], folder: Path, manner: Manner = Manner()) -> list[dict[str, Any]]:  # noqa: B008
    """Return the graph."""
    [path] = exporter("claimreview")(items, folder / "o.jsonld", manner)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["@context"][0] == "https://schema.org"
    return [node for node in whole["@graph"] if node["@type"] == "ClaimReview"]


def with_statement(records: Records = RECORDS, **changes: Any) -> Records:
    """Return the page with its statement changed."""
    return replace(records, statements=(replace(records.statements[0], **changes),))


def strange(value: Any) -> list[str]:
    """Return the names that schema.org does not have for the type of the thing that has them."""
    if isinstance(value, list):
        return [name for part in value for name in strange(part)]
    if not isinstance(value, dict):
        return []
    own = [name for name in value if not name.startswith(("@", "onrecord:"))]
    wrong = [f"{value['@type']}.{name}" for name in own if name not in PROPERTIES[value["@type"]]] if "@type" in value else own
    return wrong + [name for part in value.values() for name in strange(part)]


def test_a_draft_says_who_said_what_where(tmp_path: Path) -> None:
    """With the record's status of review and offsets, and only schema.org's own words."""
    [draft] = drafts([Item(RECORDS, {STATEMENT.id: "accepted"})], tmp_path, Manner(head="abc"))
    claim = draft["itemReviewed"]
    assert draft["claimReviewed"] == claim["text"] == STATEMENT.content[0].of(TEXT)
    assert claim["author"] == {"@type": "Person", "name": "Ilka Doran", "jobTitle": "president"}
    assert claim["appearance"][0]["headline"] == "Velmora and Tarsia agree truce"
    assert claim["firstAppearance"]["datePublished"] == claim["datePublished"] == "2022-03-04"
    [record] = draft["onrecord:records"]
    assert (record["onrecord:review"], record["onrecord:spans"]) == ("accepted", [list(STATEMENT.content[0])])
    assert not strange(draft)


def test_no_draft_rates(tmp_path: Path) -> None:
    """Nor names a reviewer."""
    text = json.dumps(drafts([Item(RECORDS)], tmp_path))
    assert "ating" not in text
    [draft] = drafts([Item(RECORDS)], tmp_path)
    assert draft["creativeWorkStatus"] == "Draft"
    assert not {"author", "url", "datePublished"} & set(draft)


@pytest.mark.parametrize(
    ("changes", "review"),
    [
        ({"stance": "declines"}, "unreviewed"),  # a refusal claims nothing
        ({"stance": "asks"}, "unreviewed"),  # nor does a question
        ({"stance": "declines", "content": ()}, "unreviewed"),
        ({}, "rejected"),  # a person said that it is none
    ],
)
def test_what_is_no_claim_is_left_out(changes: dict[str, Any], review: str, tmp_path: Path) -> None:
    """Neither questions nor refusals nor rejected records."""
    records = with_statement(**changes)
    assert drafts([Item(records, {STATEMENT.id: review})], tmp_path) == []


def test_a_denial_is_not_turned_into_its_opposite(tmp_path: Path) -> None:
    """The words are what was denied, and say so."""
    [draft] = drafts([Item(with_statement(stance="denies"))], tmp_path)
    assert draft["claimReviewed"].startswith("Denied: the talks were fruitful")
    assert draft["onrecord:stance"] == "denies"


def test_the_same_words_on_two_pages_are_one_claim(tmp_path: Path) -> None:
    """Its first appearance is the earliest page, whatever the order; other words, and few words, stay apart."""
    earlier = truce("first.html", "2022-03-03", TEXT.replace("agree truce", "make peace"))[1]
    [draft] = drafts([Item(RECORDS), Item(earlier)], tmp_path)
    assert [page["datePublished"] for page in draft["itemReviewed"]["appearance"]] == ["2022-03-04", "2022-03-03"]
    assert draft["itemReviewed"]["firstAppearance"]["headline"] == "Velmora and Tarsia make peace"
    assert len(draft["onrecord:records"]) == 2
    other = replace(earlier, actors=tuple(replace(a, name="Somebody Else") for a in earlier.actors))
    assert len(drafts([Item(RECORDS), Item(other)], tmp_path)) == 2
    start = STATEMENT.content[0].start
    few = [with_statement(r, content=(Span(start, start + 9),)) for r in (RECORDS, replace(RECORDS, document=earlier.document))]
    few[1] = replace(few[1], statements=(replace(few[1].statements[0], id="1" * 32),))
    assert len(drafts([Item(r) for r in few], tmp_path)) == 2


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    """No day, no source, no first appearance."""
    unknown = with_statement(replace(RECORDS, document=replace(RECORDS.document, published=Published(), publisher=None)), source_actor=None)
    [draft] = drafts([Item(unknown)], tmp_path)
    assert not {"author", "firstAppearance", "datePublished"} & set(draft["itemReviewed"])
    assert not {"datePublished", "publisher", "url"} & set(draft["itemReviewed"]["appearance"][0])


def test_a_page_that_was_read_gives_drafts(read_text: Callable[..., Records], tmp_path: Path) -> None:
    """And its refusals none."""
    text = "“We will close two bases by 1 June,” Defence Minister Ilka Doran of Velmora said on Monday. She declined to say why."
    made = drafts([Item(read_text(text, published="2024-03-05"))], tmp_path, Manner(no_text=True))
    assert [d["claimReviewed"] for d in made] == ["We will close two bases by 1 June,"]


def test_a_json_ld_processor_understands_every_term(tmp_path: Path) -> None:
    """Expanded, each name is schema.org's or ours, and each record and page has an absolute name."""

    def loader(url: str, _: dict[str, Any]) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": "https://schema.org/"}}}

    [path] = exporter("claimreview")([Item(RECORDS)], tmp_path / "o.jsonld", Manner(head="abc"))
    whole = json.loads(path.read_text(encoding="utf-8"))
    expanded = jsonld.expand(whole, {"documentLoader": loader})
    [review] = [node for node in expanded if node["@type"] == ["https://schema.org/ClaimReview"]]
    assert all(key.startswith(("@", "https://schema.org/", "urn:onrecord:")) for key in review)
    [record] = review["urn:onrecord:records"]
    assert record["@id"] == f"urn:onrecord:record:{STATEMENT.id}"
    [claim] = review["https://schema.org/itemReviewed"]
    assert claim["https://schema.org/firstAppearance"][0]["@id"] == f"urn:onrecord:document:{RECORDS.document.id}"
    [audit] = [node for node in expanded if node["@type"] == ["urn:onrecord:AuditChain"]]
    assert audit["urn:onrecord:head"] == [{"@value": "abc"}]
