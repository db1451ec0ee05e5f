"""Each format holds every record with its review; without text no text; the page shows marks that do not overlap."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html as lxml_html

from onrecord.errors import UsageError
from onrecord.exports import FORMATS, Item, Manner, exporter
from onrecord.records import KIND_NAMES, PLURAL, Records, from_line

TEXT = (
    "“We will close two bases by 1 June,” Defence Minister Ilka Doran of Velmora said on Monday. "
    "Police arrested nine men in Hask, according to the mayor, who would not say why. <b>At least</b> 20 people & dogs were hurt."
)


@pytest.fixture(scope="module")
def item(read_text: Callable[..., Records]) -> Item:
    """A page with a record of each kind, one of them accepted."""
    records = read_text(TEXT, published="2024-03-05")
    return Item(records, {records.statements[0].id: "accepted"})


def test_every_format_writes_a_file(item: Item, tmp_path: Path) -> None:
    """And says which."""
    for name in FORMATS:
        written = exporter(name)([item], tmp_path / f"out.{name}", Manner(head="abc"))
        assert written, name
        assert all(path.stat().st_size > 0 for path in written), name


def test_an_unknown_format_is_refused() -> None:
    """It names those that there are."""
    with pytest.raises(UsageError, match="'docx' is no format"):
        exporter("docx")


def test_csv_has_a_row_for_each_record(item: Item, tmp_path: Path) -> None:
    """With the words and the review."""
    exporter("csv")([item], tmp_path / "o.csv", Manner())
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [r["id"] for r in rows] == [r.id for r in item.records.all()]
    assert {r["kind"] for r in rows} == {"statement", "commitment", "event", "figure", "time"}
    assert [r["review"] for r in rows].count("accepted") == 1
    assert rows[0]["quote"] in TEXT


def test_jsonl_can_be_read_back(item: Item, tmp_path: Path) -> None:
    """The same records; the audit's head hash goes with them."""
    exporter("jsonl")([item], tmp_path / "o.jsonl", Manner(head="abc"))
    row = json.loads((tmp_path / "o.jsonl").read_text(encoding="utf-8"))
    assert row["provenance"]["audit_head"] == "abc"
    assert [r.claim for r in from_line(row).all()] == [r.claim for r in item.records.all()]


def test_jsonl_without_text_holds_quotes_only(item: Item, tmp_path: Path) -> None:
    """Offsets and the records' own words; not the page."""
    exporter("jsonl")([item], tmp_path / "o.jsonl", Manner(no_text=True))
    content = (tmp_path / "o.jsonl").read_text(encoding="utf-8")
    row = json.loads(content)
    assert row["document"]["text"] is None
    assert row["statements"][0]["quotes"][0] in TEXT
    assert "people & dogs were hurt" not in content


def test_the_page_spells_its_text_and_marks_each_record(item: Item, tmp_path: Path) -> None:
    """Markup in a text stays text, every card is linked from a mark or lies within another's, nothing is loaded from elsewhere."""
    exporter("html")([item], tmp_path / "o.html", Manner(head="abc"))
    content = (tmp_path / "o.html").read_text(encoding="utf-8")
    tree = lxml_html.document_fromstring(content)
    paragraphs = [p.text_content().strip() for p in tree.xpath("//article/p")]
    assert TEXT in paragraphs
    assert not tree.xpath("//article//b")
    assert not tree.xpath("//mark//mark")
    cards = set(tree.xpath("//section/@id"))
    assert cards == {r.id for r in item.records.all()}
    cited = {i for value in tree.xpath("//@data-e") for i in value.split()}
    assert cards == cited
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in tree.xpath("//a/@href")} <= set(ids)
    assert {href.removeprefix("#at-") for href in tree.xpath("//section//a/@href")} == cards
    assert not tree.xpath("//script[@src] | //link[@href] | //img[@src]")


def test_a_page_without_text_is_its_cards(item: Item, tmp_path: Path) -> None:
    """The records' own words, the offsets of all that they rest on, the hashes; not the page."""
    exporter("html")([item], tmp_path / "o.html", Manner(no_text=True, head="abc"))
    content = (tmp_path / "o.html").read_text(encoding="utf-8")
    tree = lxml_html.document_fromstring(content)
    assert set(tree.xpath("//section/@id")) == {r.id for r in item.records.all()}
    assert not tree.xpath("//article | //mark")
    assert "people & dogs" not in tree.text_content()
    start, end = item.records.statements[0].content[0]
    assert f"We will close two bases by 1 June, [{start}–{end}]" in tree.text_content()
    assert item.records.document.id in content
    assert item.records.document.source.sha256 in content
    assert not set(tree.xpath("//a/@href"))


def test_several_pages_have_an_index(item: Item, tmp_path: Path) -> None:
    """A folder, or a file with a folder beside it; its links lead to the pages, and it counts their records."""
    other = Item(replace(item.records, document=replace(item.records.document, text=TEXT.replace("bases", "camps"), title="<Other>")))
    for out, index in ((tmp_path / "pages", tmp_path / "pages" / "index.html"), (tmp_path / "all.html", tmp_path / "all.html")):
        written = exporter("html")(iter([item, other]), out, Manner(head="abc"))
        assert written[0] == index
        tree = lxml_html.document_fromstring(index.read_text(encoding="utf-8"))
        assert [(index.parent / unquote(href)) for href in tree.xpath("//a/@href")] == written[1:]
        assert tree.xpath("//a/text()")[1] == "<Other>"
        assert [int(n) for n in tree.xpath("//tbody/tr[1]/td[@class='n']/text()")] == [
            len(getattr(item.records, PLURAL[kind])) for kind in KIND_NAMES
        ]
        assert "abc" in tree.text_content()


def test_half_a_surrogate_pair_stops_no_export(item: Item, tmp_path: Path) -> None:
    """JSON keeps it escaped, so that the text's hash holds; elsewhere it is U+FFFD, and offsets hold."""
    document = replace(item.records.document, text=item.records.document.text.replace("&", "\ud83d"), title="\udc00")
    odd = Item(replace(item.records, document=document))
    for name in ("claimreview", "csv", "html", "jsonl", "parquet", "polecat", "prov"):
        assert exporter(name)([odd], tmp_path / f"out.{name}", Manner()), name
    exporter("jsonl")([odd], tmp_path / "o.jsonl", Manner())
    row = json.loads((tmp_path / "o.jsonl").read_text(encoding="utf-8"))
    assert row["document"]["text"] == document.text
    assert from_line(row).document.id == document.id
    exporter("html")([odd], tmp_path / "o.html", Manner())
    tree = lxml_html.document_fromstring((tmp_path / "o.html").read_text(encoding="utf-8"))
    assert "people \ufffd dogs" in tree.text_content()
