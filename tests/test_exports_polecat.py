"""POLECAT's table: its header, one row an event as the manual codes it, every event accounted for in the side file."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from handmade import TEXT, span, truce
from onrecord.codebooks import plover
from onrecord.exports import Item, Manner, exporter
from onrecord.exports.polecat import HEADER, cell, dated, row
from onrecord.records import Event, Records

RECORDS = truce()[1]
MEETING = RECORDS.events[0]


def written(items: list[Item], folder: Path, manner: Manner = Manner()) -> tuple[list[dict[str, str]], list[dict[str, object]]]:  # noqa: B008
    """Return the rows and the side file's lines."""
    table, side = exporter("polecat")(items, folder / "events.tsv", manner)
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return rows, [json.loads(line) for line in side.read_text(encoding="utf-8").splitlines()]


def with_events(*events: Event) -> Records:
    """Return the page with other events, each told apart by its id."""
    return replace(RECORDS, events=tuple(replace(e, id=f"{n:032x}") for n, e in enumerate(events)))


def test_the_header_is_polecats(shared: Path, tmp_path: Path) -> None:
    """To the byte."""
    table, _ = exporter("polecat")([], tmp_path / "o.tsv", Manner())
    assert table.read_bytes().rstrip(b"\n") == (shared / "reference" / "polecat-header.tsv").read_bytes().rstrip(b"\n")
    assert len(HEADER) == 40


def test_an_event_is_a_row_with_all_its_actors(tmp_path: Path) -> None:
    """Both who met are actors, in the same order in each column; what is unknown is empty."""
    rows, lines = written([Item(RECORDS, {MEETING.id: "accepted"})], tmp_path)
    assert len(rows) == 2
    first = {name: value for name, value in rows[0].items() if value}
    assert first == {
        "Event ID": MEETING.id,
        "Event Date": "2022-03-03",
        "Event Type": "CONSULT",
        "Intensity": "2.5",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Ilka Doran;Oren Pell",
        "Actor Country": "VEL;TAR",
        "Primary Actor Sector": "GOV;GOV",
        "Actor Sectors": "GOV;GOV",
        "Actor Title": "president;foreign minister",
        "Actor Name Raw": "Ilka Doran;Oren Pell",
        "Placename": "Harrow",
        "Raw Placename": "Harrow",
        "Source": "The Harrow Post",
        "Publication Date": "2022-03-04",
        "Story People": "Ilka Doran;Oren Pell",
        "Story Locations": "Velmora;Tarsia;Harrow",
        "Version": first["Version"],
    }
    assert lines[0]["review"] == "accepted"
    assert lines[0]["mentions"][0] == {"span": list(span("met")), "quote": "met"}
    assert (lines[0]["date_from"], lines[1]["date_from"]) == ("time", "published")
    assert lines[-1]["rows"] == 2


@pytest.mark.parametrize(
    ("event_type", "status", "expected"),
    [
        ("AID", "actual", "AID"),  # done
        ("AID", "planned", "AGREE"),  # cooperation promised
        ("ASSAULT", "planned", "THREATEN"),  # conflict promised
        ("RETREAT", "planned", "CONCEDE"),  # yielding announced
        ("CONSULT", "negated", "REJECT"),  # cooperation refused
        ("ASSAULT", "negated", None),  # what did not happen has no code
        ("AID", "possible", None),
        ("AID", "hypothetical", None),
    ],
)
def test_the_table_of_modalities_is_applied(event_type: str, status: str, expected: str | None, tmp_path: Path) -> None:
    """Intensity and quad are those of the coded type; what has no code is counted, not lost."""
    rows, lines = written([Item(with_events(replace(MEETING, type=event_type, status=status)))], tmp_path)  # type: ignore[arg-type]
    assert [r["Event Type"] for r in rows] == ([expected] if expected else [])
    assert (lines[0]["type"], lines[0]["status"], lines[0]["coded"]) == (event_type, status, expected)
    if expected:
        assert float(rows[0]["Intensity"]) == plover().types[expected].score
        assert bool(rows[0]["Placename"]) == (status == "actual")
    else:
        assert lines[-1] == {**lines[-1], "rows": 0, "left_out": {f"{status}: no code": 1}}


def test_what_a_person_rejected_is_no_row(tmp_path: Path) -> None:
    """The side file has it with its review."""
    rows, lines = written([Item(RECORDS, {MEETING.id: "rejected"})], tmp_path)
    assert MEETING.id not in {r["Event ID"] for r in rows}
    assert (lines[0]["left_out"], lines[0]["review"], lines[-1]["left_out"]) == ("rejected", "rejected", {"rejected": 1})


def test_a_mode_of_the_act_is_none_of_the_promise() -> None:
    """A planned withdrawal is CONCEDE, which has no mode `withdraw`."""
    done = replace(MEETING, type="RETREAT", mode="withdraw")
    assert row(RECORDS, done)["Event Mode"] == "withdraw"
    assert row(RECORDS, replace(done, status="planned"))["Event Mode"] is None


@pytest.mark.parametrize(
    ("time", "status", "expected"),
    [
        ("2022-03-03", "actual", ("2022-03-03", "time")),  # its own day
        ("2022-03-03T14:00", "actual", ("2022-03-03", "time")),  # and hour
        (None, "actual", ("2022-03-04", "published")),  # nothing is known: the page's day
        ("2022-03", "actual", ("2022-03-04", "published")),  # the page's day lies within the month
        ("2021", "actual", (None, "unknown")),  # it does not lie within that year
        ("2022-12-31", "planned", ("2022-03-04", "published")),  # the promise was made when the page appeared
        ("2022-03-03", "negated", ("2022-03-03", "time")),  # refused on that day
        ("2022-06-01", "negated", ("2022-03-04", "published")),  # refused before it could come
    ],
)
def test_the_date_is_that_of_what_is_coded(time: str | None, status: str, expected: tuple[str | None, str]) -> None:
    """Never the day on which a promised act is due."""
    assert dated(RECORDS, replace(MEETING, time=time, status=status)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\tb\r\nc\u2028d\x00e", "a b c d e"),  # one line, no tabs, no control characters
        ('Joe "J." Lee', "Joe 'J.' Lee"),  # readers differ in what a quote means
        ("=1+1", "'=1+1"),  # a formula
        (-46.2, "-46.2"),  # a number
        ("a\ud83db", "a\ufffdb"),  # half a pair is no character
        (None, ""),
    ],
)
def test_cells_are_clean(value: object, expected: str) -> None:
    """Any reader splits them alike."""
    assert cell(value) == expected


def test_every_reader_splits_it_alike(tmp_path: Path) -> None:
    """Python's csv, plain splitting and DuckDB find the same cells in a hostile page."""
    actors = tuple(replace(a, name='"quoted\tname; with\nmore') for a in RECORDS.actors)
    table, _ = exporter("polecat")([Item(replace(RECORDS, actors=actors))], tmp_path / "o.tsv", Manner())
    split = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    with table.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream, delimiter="\t")) == split
    found = duckdb.execute(f"SELECT * FROM read_csv('{table}', delim='\t', header=true, all_varchar=true)").fetchall()
    assert [[c or "" for c in line] for line in found] == split[1:]
    assert split[1][7] == "'quoted name, with more;'quoted name, with more"


def test_without_text_the_side_file_has_only_the_trigger_words(tmp_path: Path) -> None:
    """Offsets stay."""
    _, lines = written([Item(RECORDS)], tmp_path, Manner(no_text=True, head="abc"))
    assert lines[0]["mentions"][0]["quote"] == "met"
    assert lines[0]["evidence"]["time"] == [{"span": list(span("3 March 2022"))}]
    assert lines[-1]["audit_head"] == "abc"
    assert TEXT.split("\n")[1] not in json.dumps(lines)
