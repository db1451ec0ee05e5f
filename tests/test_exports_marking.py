"""The formats of tools that mark texts: each is what the tool takes, offsets slice what they say, nothing leaks without text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from label_studio_converter import Converter

from handmade import TEXT, truce
from onrecord.exports import Item, Manner, exporter
from onrecord.exports.regions import blanked, labels, marked
from onrecord.records import Records, seal
from onrecord.spans import Span

WITH_EMOJI = "🚢🕊️ " + TEXT.replace("Pell praised", "👏 Pell praised")
"""Characters beyond the basic plane before and between the records: there code points and UTF-16 units differ."""


def over_lines(records: Records) -> Records:
    """Return the records with the statement's content in two pieces, of which the first runs over a line break."""
    text = records.document.text
    start = text.index("minister, in")
    pieces = (Span(start, text.index("said the talks")), Span(text.index("were fruitful"), text.index(" and that she")))
    statement = replace(records.statements[0], content=pieces)
    return records.plus("statement", seal(records.document.id, [statement]))


def plain() -> Item:
    """A page in ASCII; one event accepted, one rejected."""
    records = truce()[1]
    return Item(records, {records.events[0].id: "accepted", records.events[1].id: "rejected"})


def emoji() -> Item:
    """The same page with emoji."""
    records = truce(text=WITH_EMOJI)[1]
    return Item(records, {records.events[0].id: "accepted"})


def broken() -> Item:
    """The same page with a statement over two lines."""
    return Item(over_lines(truce()[1]))


ITEMS = pytest.mark.parametrize("item", [plain(), emoji(), broken()], ids=["plain", "emoji", "over lines"])
HIDDEN = "the agreement after"
"""Words of the page that belong to no record."""


@ITEMS
def test_every_record_has_a_region_and_every_arrow_two_ends(item: Item) -> None:
    """Names are unique, labels are those that the configurations list."""
    shown = marked(item.records)
    names = {r.id for r in shown.regions}
    assert len(names) == len(shown.regions)
    assert {r.owner for r in shown.regions} >= {r.id for r in item.records.all()}
    assert {r.label for r in shown.regions} <= set(labels())
    assert {end for a in shown.arrows for end in (a.source, a.target)} <= names
    assert ("deadline", "31 December 2022") in {(r.label, r.span.of(item.records.document.text)) for r in shown.regions}


def test_an_arrow_leads_to_the_mention_that_is_cited() -> None:
    """She who would withdraw is Doran: the arrow goes to the pronoun that the field rests on."""
    records = truce()[1]
    shown = marked(records, cited_only=True)
    [arrow] = [a for a in shown.arrows if a.label == "actor"]
    [region] = [r for r in shown.regions if r.id == arrow.target]
    assert region.span.of(TEXT) == "she"


def test_blanks_keep_every_offset() -> None:
    """Line breaks stay; what is shown stands where it stood."""
    assert blanked("ab\ncd😀ef", [Span(3, 5), Span(4, 5)]) == "  \ncd   "
    assert blanked("ab😀", []) == "   "


def test_half_a_surrogate_pair_stops_no_export(tmp_path: Path) -> None:
    """JSON keeps it escaped; in brat's text it is U+FFFD, and offsets hold."""
    records = truce()[1]
    item = Item(replace(records, document=replace(records.document, text=TEXT[:-1] + "\ud83d")))
    for name in ("doccano", "labelstudio", "webannotation"):
        out = exporter(name)([item], tmp_path / name, Manner())[0]
        json.loads(out.read_text(encoding="utf-8"))
    assert tasks(item, tmp_path)[0][0]["data"]["text"] == item.records.document.text
    _, text = standoff(item, tmp_path)
    assert text == TEXT[:-1] + "\ufffd"


# ---- Label Studio --------------------------------------------------------------------------------------------------


def tasks(item: Item, folder: Path, **manner: Any) -> tuple[list[dict[str, Any]], str]:
    """Return what is written for Label Studio: the tasks and the configuration."""
    out, configuration = exporter("labelstudio")([item], folder / "tasks.json", Manner(**manner))
    return json.loads(out.read_text(encoding="utf-8")), configuration.read_text(encoding="utf-8")


@ITEMS
@pytest.mark.parametrize("no_text", [False, True])
def test_label_studio_slices_what_the_regions_say(item: Item, no_text: bool, tmp_path: Path) -> None:
    """By code points, as its editor and its converter count."""
    [task], _ = tasks(item, tmp_path, no_text=no_text)
    regions = [r for r in task["predictions"][0]["result"] if r["type"] == "labels"]
    assert {r["id"] for r in regions} == set(task["data"]["regions"])
    for region in regions:
        value = region["value"]
        assert task["data"]["text"][value["start"] : value["end"]].split() == value["text"].split()
    assert (HIDDEN in json.dumps(task)) is not no_text


def test_label_studios_own_converter_reads_tasks_and_configuration(tmp_path: Path) -> None:
    """As if a person had accepted the prediction: the words that it labels are those of the records, after emoji too."""
    item = emoji()
    [task], configuration = tasks(item, tmp_path)
    result = [r for r in task["predictions"][0]["result"] if r["type"] == "relation" or r["value"]["labels"][0].startswith("event")]
    taken = {
        "id": 1,
        "data": {"text": task["data"]["text"]},
        "annotations": [{"id": 7, "completed_by": {"email": "ann"}, "result": result}],
    }
    (tmp_path / "taken.json").write_text(json.dumps([taken]), encoding="utf-8")
    made = Converter(configuration, str(tmp_path))
    assert set(made._schema["label"]["labels"]) == set(labels())
    made.convert_to_conll2003(str(tmp_path / "taken.json"), str(tmp_path / "out"), is_dir=False)
    rows = [line.split() for line in (tmp_path / "out" / "result.conll").read_text(encoding="utf-8").splitlines() if " " in line]
    assert [(row[0], row[-1]) for row in rows if row[-1] != "O" and row[0] != "-DOCSTART-"] == [
        ("met", "B-event-CONSULT"),
        ("talks", "B-event-CONSULT"),
        ("praised", "B-event-SUPPORT"),
        ("meeting", "B-event-CONSULT"),
    ]


def test_the_converter_keeps_what_an_import_needs(tmp_path: Path) -> None:
    """Its plain export has the task's data and the regions by name."""
    [task], configuration = tasks(plain(), tmp_path)
    result = task["predictions"][0]["result"]
    taken = {"id": 1, "data": task["data"], "annotations": [{"id": 7, "result": result}]}
    (tmp_path / "taken.json").write_text(json.dumps([taken]), encoding="utf-8")
    Converter(configuration, str(tmp_path)).convert_to_json(str(tmp_path / "taken.json"), str(tmp_path / "out"), is_dir=False)
    [back] = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert back["data"]["records"] == task["data"]["records"]
    assert {r["id"] for r in back["annotations"][0]["result"] if "id" in r} == set(task["data"]["regions"])


def test_rejected_records_are_not_proposed_again(tmp_path: Path) -> None:
    """They are in the data, with their review; a prediction that is kept would accept them."""
    item = plain()
    [task], _ = tasks(item, tmp_path)
    rejected = item.records.events[1].id
    assert task["data"]["records"][rejected]["review"] == "rejected"
    assert not any(name.startswith(rejected) for name in task["data"]["regions"])
    assert task["data"]["records"][item.records.events[0].id]["review"] == "accepted"


# ---- doccano -------------------------------------------------------------------------------------------------------

DOCCANO = {
    "type": "object",
    "required": ["text", "entities", "relations"],
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "entities": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "label", "start_offset", "end_offset"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "integer"},
                    "label": {"type": "string", "maxLength": 100},
                    "start_offset": {"type": "integer", "minimum": 0},
                    "end_offset": {"type": "integer", "minimum": 1},
                },
            },
        },
        "relations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "from_id", "to_id", "type"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "integer"},
                    "from_id": {"type": "integer"},
                    "to_id": {"type": "integer"},
                    "type": {"type": "string", "maxLength": 100},
                },
            },
        },
    },
}
"""doccano's JSONL for sequence labelling with relations, written down from its documentation: it has no reader outside of its server."""


@ITEMS
@pytest.mark.parametrize("no_text", [False, True])
def test_doccanos_lines_are_of_its_form(item: Item, no_text: bool, tmp_path: Path) -> None:
    """Entities slice their words, relations tie entities that are there, each record travels with its review."""
    out, beside = exporter("doccano")([item], tmp_path / "o.jsonl", Manner(no_text=no_text))
    [line] = out.read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    jsonschema.validate(row, DOCCANO)
    numbers = [e["id"] for e in row["entities"]]
    assert len(set(numbers)) == len(numbers)
    assert {end for r in row["relations"] for end in (r["from_id"], r["to_id"])} <= set(numbers)
    assert {e["label"] for e in row["entities"]} <= {made["text"] for made in json.loads(beside.read_text(encoding="utf-8"))}
    words = {(e["label"], row["text"][e["start_offset"] : e["end_offset"]]) for e in row["entities"]}
    assert words >= {("event-CONSULT", "met"), ("event-SUPPORT", "praised"), ("commitment-pledge", "withdraw 2,500 troops from the border")}
    assert [r["review"] for r in row["records"]] == [item.review(r.id) for r in item.records.all()]
    assert (HIDDEN in line) is not no_text


# ---- brat ----------------------------------------------------------------------------------------------------------


class Standoff:
    """An .ann file read as brat's server reads it: by the standoff format's description, refusing what that does not allow."""

    def __init__(self, text: str, content: str, configuration: str) -> None:
        """Read it; AssertionError where a line is wrong."""
        self.stretches: dict[str, tuple[str, list[tuple[int, int]], str]] = {}
        self.events: dict[str, list[tuple[str, str]]] = {}
        self.relations: list[tuple[str, str, str]] = []
        self.attributes: dict[tuple[str, str], str] = {}
        self.notes: dict[str, str] = {}
        self.sections = {m[1]: m[2] for m in re.finditer(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", configuration, re.DOTALL)}
        seen: set[str] = set()
        assert content.endswith("\n")
        for line in content[:-1].split("\n"):
            name, *columns = line.split("\t")
            assert re.fullmatch(r"[TERA#][1-9]\d*", name), line
            assert name not in seen, line
            seen.add(name)
            getattr(self, {"T": "_t", "E": "_e", "R": "_r", "A": "_a", "#": "_note"}[name[0]])(name, columns, text)
        self._check_ends(seen)

    def types(self, section: str) -> set[str]:
        """Return the types that a section of the configuration declares."""
        return {line.split("\t")[0] for line in self.sections[section].splitlines() if line}

    def _t(self, name: str, columns: list[str], text: str) -> None:
        head, words = columns
        label, _, where = head.partition(" ")
        assert re.fullmatch(r"\d+ \d+(;\d+ \d+)*", where), head
        parts = [(int(a), int(b)) for a, b in (part.split() for part in where.split(";"))]
        assert label in self.types("entities") | self.types("events"), label
        assert all(a < b for a, b in parts)
        assert all(one[1] <= two[0] for one, two in pairwise(parts))
        pieces = [text[a:b] for a, b in parts]
        assert not any(set(piece) & set("\n\r\t") for piece in pieces)
        assert all(piece == piece.strip() for piece in pieces)
        assert " ".join(pieces) == words
        self.stretches[name] = (label, parts, words)

    def _e(self, name: str, columns: list[str], text: str) -> None:
        [content] = columns
        pairs = [tuple(word.split(":")) for word in content.split(" ")]
        assert all(len(pair) == 2 for pair in pairs), content
        label, trigger = pairs[0]
        assert self.stretches[trigger][0] == label
        declared = next(line for line in self.sections["events"].splitlines() if line.split("\t")[0] == label).split("\t")[1]
        roles = {m[1]: (m[2], m[3]) for m in re.finditer(r"(\w+)([?*]):([<>\w-]+)", declared)}
        plain_roles = [re.sub(r"\d+$", "", role) for role, _ in pairs[1:]]
        assert set(plain_roles) <= set(roles), (label, plain_roles)
        assert all(plain_roles.count(role) == 1 for role in plain_roles if roles[role][0] == "?")
        assert len({role for role, _ in pairs}) == len(pairs)
        self.events[name] = pairs  # type: ignore[assignment]

    def _r(self, name: str, columns: list[str], text: str) -> None:
        found = re.fullmatch(r"(\S+) Arg1:([TE]\d+) Arg2:([TE]\d+)", columns[0])
        assert found, columns
        assert len(columns) == 1
        assert found[1] in self.types("relations")
        self.relations.append((found[1], found[2], found[3]))

    def _a(self, name: str, columns: list[str], text: str) -> None:
        attribute, target, *value = columns[0].split(" ")
        declared = next(line for line in self.sections["attributes"].splitlines() if line.split("\t")[0] == attribute)
        values = re.search(r"Value:(.*)", declared)
        assert bool(values) == bool(value), columns
        assert not values or value[0] in values[1].split("|")
        self.attributes[attribute, target] = value[0] if value else "yes"

    def _note(self, name: str, columns: list[str], text: str) -> None:
        head, note = columns
        kind, target = head.split(" ")
        assert kind == "AnnotatorNotes"
        self.notes[target] = note

    def _check_ends(self, seen: set[str]) -> None:
        ends = {target for pairs in self.events.values() for _, target in pairs}
        ends |= {end for _, *two in self.relations for end in two}
        ends |= {target for _, target in self.attributes} | set(self.notes)
        assert ends <= seen


def standoff(item: Item, folder: Path, **manner: Any) -> tuple[Standoff, str]:
    """Return what is written for brat, read strictly, and the text."""
    configuration, text, annotations = exporter("brat")([item], folder / "brat", Manner(**manner))
    assert text.stem == annotations.stem
    content = text.read_bytes().decode()
    return Standoff(content, annotations.read_bytes().decode(), configuration.read_text(encoding="utf-8")), content


@ITEMS
@pytest.mark.parametrize("no_text", [False, True])
def test_brat_takes_every_line(item: Item, no_text: bool, tmp_path: Path) -> None:
    """Each record is there once with its note and its review; the text is the document's, or blanks around the quotes."""
    read, text = standoff(item, tmp_path, no_text=no_text)
    notes = {json.loads(note)["id"]: (target, json.loads(note)) for target, note in read.notes.items()}
    assert set(notes) == {r.id for r in item.records.all()}
    for record in item.records.all():
        assert read.attributes["review", notes[record.id][0]] == notes[record.id][1]["review"] == item.review(record.id)
    assert (text == item.records.document.text) is not no_text
    assert (HIDDEN in text) is not no_text
    assert len(text) == len(item.records.document.text)


def test_brats_events_have_their_arguments(tmp_path: Path) -> None:
    """Two actors are two numbered roles; the promise names who is bound and by when; further mentions are tied to the first."""
    read, _ = standoff(plain(), tmp_path)
    words = {name: words for name, (_, _, words) in read.stretches.items()}
    by_label = {pairs[0][0]: pairs for pairs in reversed(read.events.values())}
    meeting = [(role, words[target]) for role, target in by_label["event-CONSULT"]]
    assert meeting == [("event-CONSULT", "met"), ("actors", "Ilka Doran"), ("actors2", "Oren Pell")]
    promise = {role: words.get(target) for role, target in by_label["commitment-pledge"]}
    assert (promise["actor"], promise["deadline"]) == ("she", "31 December 2022")
    assert [label for label, *_ in read.relations].count("mentions") == 2
    [figure] = [(words[a], words[b]) for label, a, b in read.relations if label == "of"]
    assert figure == ("2,500", "troops")


def test_what_runs_over_a_line_is_discontinuous_in_brat(tmp_path: Path) -> None:
    """Its pieces are joined by a space, as brat wants."""
    read, _ = standoff(broken(), tmp_path)
    [(_, parts, words)] = [s for s in read.stretches.values() if s[0] == "statement-asserts"]
    assert len(parts) == 3
    assert words == "minister, in Harrow on 3 March 2022. Doran were fruitful"
