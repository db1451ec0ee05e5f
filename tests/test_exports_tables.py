"""The tables of CSV and Parquet: what consumers of theirs make of them is what the records say."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from frictionless import Package, system, validate
from hypothesis import given
from hypothesis import strategies as st

from handmade import TALKS, TEXT, Clock, by, span, truce
from onrecord import cells
from onrecord.errors import UsageError
from onrecord.exports import Item, Manner, exporter, relational
from onrecord.records import CLASSES, KIND_NAMES, PLURAL, Records, Toll
from onrecord.spans import Span
from onrecord.store import open_store

HOSTILE = TEXT.replace("agree truce", '=1+1, "agree\ttruce"').replace("praised", "@praised")


def hostile() -> Records:
    """A page whose address, title and names would run as formulas, with half a surrogate pair in a name."""
    _, records = truce("=cmd|' /C calc'!A0", text=HOSTILE)
    first, *others = records.actors
    actors = (replace(first, name="=HYPERLINK(1)"), *(replace(a, name=f"-{a.name}\ud83d") for a in others))
    killed = Toll(None, 20, None, "author")
    event = replace(records.events[0], killed=killed, killed_by_source=(killed, Toll(30, None, None, "a2")), place_point=(-46.2, 6.15))
    document = replace(records.document, title="+title", warnings=("a", "b"), copy_of=truce()[1].document.id)
    return replace(records, actors=actors, events=(event, *records.events[1:]), document=document)


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
    """A page with decisions about it, and a hostile one."""
    with open_store(tmp_path_factory.mktemp("store") / "s.db", now=Clock()) as store:
        page, records = truce()
        store.add([(page, records)])
        name = records.document.id
        store.decide(records.events[0].id, by("accept"))
        store.decide(records.events[1].id, by("reject", reason="wrong type", note="=praise\nis no event"))
        store.decide(records.commitments[0].id, by("amend", changes={"basis": "agreement"}))
        store.decide(name, by("add", changes=TALKS))
        store.decide(f"{name}#a3", by("merge", changes={"into": f"{name}#a1"}))
        return [Item(store.document(name), store.reviews(name), tuple(store.decisions_on(name))), Item(hostile())]


def files(paths: list[Path]) -> dict[str, Path]:
    """Return written files by their stems."""
    return {path.stem: path for path in paths}


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def checked(path: Path) -> Any:
    """Return Frictionless's report on a package."""
    with system.use_context(trusted=True):
        return validate(str(path))


# ---- the tables ----------------------------------------------------------------------------------------------------


def test_every_field_of_every_kind_has_a_column_and_a_meaning() -> None:
    """Nothing of a record is left out but what `evidence` holds, and no column is left unexplained."""
    kept = {t.name: t for t in relational.tables()}
    for kind in KIND_NAMES:
        names = {c.name for c in kept[PLURAL[kind]].columns}
        for field in (f.name for f in fields(CLASSES[kind])):
            stem = field.removesuffix("_point") if field == "place_point" else field
            assert any(name == stem or name.startswith(f"{stem}_") for name in names) or field == "evidence", f"{kind}.{field}"
    unexplained = [f"{t.name}.{c.name}" for t in kept.values() for c in t.columns if not c.meaning and t.name != "segments"]
    assert not unexplained


def test_names_of_columns_are_told_apart() -> None:
    """A commitment has a start of its own beside that of its words."""
    for one in relational.tables():
        names = [c.name for c in one.columns]
        assert len(names) == len(set(names)), one.name


def test_offsets_give_the_words(items: list[Item]) -> None:
    """Each row of evidence cites the page; each record's anchor holds its words."""
    for item in items:
        text = item.records.document.text
        rows = list(relational.rows(item))
        for row in rows:
            if row.table == "evidence":
                assert text[row.cells["start"] : row.cells["end"]] == row.cells["quote"]
        [promise] = [r.cells for r in rows if r.table == "commitments"]
        assert text[promise["anchor_start"] : promise["anchor_end"]] == promise["action"]


# ---- csv -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("no_text", [False, True])
def test_frictionless_finds_the_folder_valid(items: list[Item], tmp_path: Path, no_text: bool) -> None:
    """Types, enums, keys between tables, sizes and hashes; also without text."""
    written = exporter("csv")(items, tmp_path / "out", Manner(no_text=no_text, head="abc"))
    report = checked(tmp_path / "out" / "datapackage.json")
    assert report.valid, report.flatten(["name", "fieldName", "rowNumber", "message"])
    assert report.stats["tasks"] == len(written) - 1 == len(relational.tables())


def test_frictionless_finds_the_flat_file_valid(items: list[Item], tmp_path: Path) -> None:
    """It has a description beside it."""
    written = exporter("csv")(items, tmp_path / "all.csv", Manner())
    assert written == [tmp_path / "all.csv", tmp_path / "all.datapackage.json"]
    report = checked(written[1])
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
    assert len(table(written[0])) == sum(len(item.records.all()) for item in items)


def test_frictionless_finds_what_was_changed_afterwards(items: list[Item], tmp_path: Path) -> None:
    """A row that is gone, or a party that is nobody, does not pass."""
    paths = files(exporter("csv")(items, tmp_path / "out", Manner()))
    paths["actors"].write_text(paths["actors"].read_text(encoding="utf-8").replace("#a3", "#a9"), encoding="utf-8")
    errors = {code for [code] in checked(tmp_path / "out" / "datapackage.json").flatten(["type"])}
    assert "foreign-key" in errors
    assert "hash-count" in errors


def test_the_package_says_where_it_comes_from(items: list[Item], tmp_path: Path) -> None:
    """Head of the audit, versions, attribution of places; no licence that nobody gave."""
    exporter("csv")(items, tmp_path / "out", Manner(head="abc", no_text=True))
    package = Package(str(tmp_path / "out" / "datapackage.json")).to_descriptor()
    assert package["onrecord"]["audit_head"] == "abc"
    assert package["onrecord"]["made_with"] == [{"onrecord": "0", "lexicon": "0"}]
    assert (package["onrecord"]["documents"], package["onrecord"]["texts"]) == (2, False)
    assert "licenses" not in package


def test_no_cell_runs_as_a_formula_and_nothing_is_lost(items: list[Item], tmp_path: Path) -> None:
    """Texts that begin like formulas have an apostrophe, numbers do not."""
    paths = files(exporter("csv")(items, tmp_path / "out", Manner()))
    for path in paths.values():
        if path.suffix == ".csv":
            risky = [c for row in table(path) for c in row.values() if c[:1] in set("=+-@\t\r")]
            assert all(cells.NUMBER.fullmatch(c) for c in risky), path
    events = table(paths["events"])
    assert "-46.2" in {row["place_latitude"] for row in events}
    assert cells.plain(table(paths["documents"])[1]["uri"]) == "=cmd|' /C calc'!A0"


def test_lists_are_json_in_csv(items: list[Item], tmp_path: Path) -> None:
    """And objects, and truths in small letters."""
    paths = files(exporter("csv")(items, tmp_path / "out", Manner()))
    events = table(paths["events"])
    assert json.loads(events[0]["mentions"]) == ["met", "talks", "meeting"]
    assert json.loads(events[3]["killed_by_source"])[1]["value"] == 30
    assert {row["negated"] for row in table(paths["commitments"])} == {"false"}
    [note] = [row["note"] for row in table(paths["decisions"]) if row["note"]]
    assert cells.plain(note) == "=praise\nis no event"


def test_a_file_in_the_place_of_the_folder_is_told(items: list[Item], tmp_path: Path) -> None:
    """It is not overwritten."""
    (tmp_path / "out").write_text("mine")
    for name in ("csv", "parquet"):
        with pytest.raises(UsageError, match="is a file"):
            exporter(name)(items, tmp_path / "out", Manner())
    assert (tmp_path / "out").read_text() == "mine"


# ---- parquet -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lake(items: list[Item], tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The Parquet files as views of a database."""
    out = tmp_path_factory.mktemp("lake")
    exporter("parquet")(items, out, Manner())
    with duckdb.connect() as connection:
        for one in relational.tables():
            connection.execute(f"CREATE VIEW {one.name} AS SELECT * FROM '{out / one.name}.parquet'")
        yield connection


def test_joins_give_what_the_records_say(items: list[Item], lake: duckdb.DuckDBPyConnection) -> None:
    """Events by country of their actors, over two tables that are joined by keys and over a list."""
    expected: dict[str, set[str]] = {}
    for item in items:
        countries = {a.id: a.country for a in item.records.actors}
        for event in item.records.events:
            for actor in event.actors:
                expected.setdefault(countries[actor] or "", set()).add(event.id)
    by_key = (
        "SELECT a.country, count(DISTINCT p.event) FROM parties AS p JOIN actors AS a ON a.id = p.actor WHERE p.role = 'actor' GROUP BY 1"
    )
    by_list = (
        "SELECT a.country, count(DISTINCT e.id) FROM (SELECT id, unnest(actors) AS actor FROM events) AS e "
        "JOIN actors AS a ON a.id = e.actor GROUP BY 1"
    )
    for query in (by_key, by_list):
        assert dict(lake.execute(query).fetchall()) == {c: len(ids) for c, ids in expected.items()}


def test_evidence_joins_to_the_text(lake: duckdb.DuckDBPyConnection) -> None:
    """Every offset gives its quote in the engine too: code points, from 0."""
    query = (
        'SELECT count(*), count(*) FILTER (WHERE substr(d.text, e.start + 1, e."end" - e.start) <> e.quote) '
        "FROM evidence AS e JOIN documents AS d ON d.id = e.document"
    )
    total, wrong = lake.execute(query).fetchall()[0]
    assert total > 50
    assert wrong == 0


def test_reviews_and_decisions_travel(items: list[Item], lake: duckdb.DuckDBPyConnection) -> None:
    """The review of each record, and who decided what."""
    reviews = dict(lake.execute("SELECT id, review FROM events UNION SELECT id, review FROM commitments").fetchall())
    assert {i: r for i, r in reviews.items() if r != "unreviewed"} == {i: r for i, r in items[0].reviews.items() if r != "unreviewed"}
    found = lake.execute("SELECT act, subject, after FROM decisions ORDER BY seq").fetchall()
    assert [(act, subject) for act, subject, _ in found] == [(d.decision.act, d.subject) for d in items[0].decisions]
    assert json.loads(found[2][2])["basis"] == "agreement"


def test_types_are_kept(items: list[Item], tmp_path: Path) -> None:
    """Numbers are numbers, lists are lists, nulls are nulls; what a column means stands with it."""
    paths = files(exporter("parquet")(items, tmp_path / "out", Manner()))
    events = pq.read_table(paths["events"])
    assert events.column("mentions").to_pylist()[0] == ["met", "talks", "meeting"]
    assert events.column("killed_low").to_pylist() == [None, None, None, 20.0, None]
    assert events.column("killed_by_source").to_pylist()[3][1] == {
        "value": 30.0,
        "low": None,
        "high": None,
        "according_to": f"{items[1].records.document.id}#a2",
    }
    assert events.schema.field("status").metadata[b"description"] == b"Whether it happened."
    assert not events.schema.field("status").nullable
    documents = pq.read_table(paths["documents"])
    assert documents.column("text").to_pylist() == [item.records.document.text for item in items]
    assert documents.column("uri").to_pylist()[1] == "=cmd|' /C calc'!A0"
    described = Package(str(paths["datapackage"])).to_descriptor()
    assert [r["path"] for r in described["resources"]] == [f"{t.name}.parquet" for t in relational.tables()]


def test_without_text_no_stretch_of_the_page_but_the_records_own_words(items: list[Item], tmp_path: Path) -> None:
    """The text is null, and so are quotes that only support a field."""
    paths = files(exporter("parquet")(items, tmp_path / "out", Manner(no_text=True)))
    assert pq.read_table(paths["documents"]).column("text").to_pylist() == [None, None]
    rows = pq.read_table(paths["evidence"]).to_pylist()
    assert {row["quote"] is None for row in rows if row["role"] == "support"} == {True}
    assert {row["quote"] is None for row in rows if row["role"] == "own"} == {False}
    everything = b"".join(path.read_bytes() for path in exporter("csv")(items, tmp_path / "tables", Manner(no_text=True)))
    assert b"in Harrow on" not in everything


def test_parquet_says_what_it_needs(items: list[Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"pip install onrecord\[parquet\]"):
        exporter("parquet")(items, tmp_path / "out", Manner())
    assert not (tmp_path / "out").exists()


# ---- cells ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),  # a formula
        ("+1 (555) 0100", "'+1 (555) 0100"),  # Excel takes a plus for a formula
        ("-2+3", "'-2+3"),  # so with a minus
        ("@SUM(A1)", "'@SUM(A1)"),  # Lotus's sign
        ("\t=1", "'\t=1"),  # blanks are passed over
        ("＝1+1", "'＝1+1"),  # a wide equals sign
        ("-12.5", "-12.5"),  # a number is harmless
        ("- he said", "'- he said"),  # a dash that opens a text
        ("'=1", "''=1"),  # what looks guarded is guarded again, so that both can be told apart
        ("'tis", "'tis"),  # an apostrophe alone is nothing
        ("", ""),
    ],
)
def test_a_cell_that_would_run_is_guarded(cell: str, expected: str) -> None:
    """And the guard can be taken off."""
    assert cells.harmless(cell) == expected
    assert cells.plain(expected) == cell


@given(st.text(alphabet=st.sampled_from("'=+-@\t1.e x")))
def test_the_guard_loses_nothing(cell: str) -> None:
    """Taking it off gives back any cell."""
    assert cells.plain(cells.harmless(cell)) == cell


def test_half_a_pair_keeps_its_place() -> None:
    """Offsets hold after it."""
    assert cells.whole("a\ud83db") == "a\ufffdb"
    assert span("met") == Span(TEXT.index("met"), TEXT.index("met") + 3)
