"""The whole flow over real pages: spans slice back, chrome yields nothing, twice is the same, order does not matter."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord import pipeline, reading
from onrecord.documents import Page
from onrecord.gate import evidence_of, spans_of
from onrecord.lexicons import Lexicon
from onrecord.records import KIND_NAMES, PLURAL, Records, from_line, line
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

EXAMPLES = Path(__file__).parent.parent / "examples"


def extract(path: Path, nlp: Language, lexicon: Lexicon) -> Records:
    """Return the records of one page."""
    return pipeline.extract(reading.read(Page(path.read_bytes(), path.name)), nlp, lexicon)


def paths(folder: Path) -> list[Path]:
    """Return the pages of a folder."""
    return sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".html"})


@pytest.fixture(scope="module")
def examples(nlp: Language, lexicon: Lexicon) -> dict[str, Records]:
    """The records of our example pages."""
    return {p.name: extract(p, nlp, lexicon) for p in paths(EXAMPLES)}


@pytest.fixture(scope="module")
def gold(nlp: Language, lexicon: Lexicon, shared: Path) -> dict[str, Records]:
    """The records of all gold pages."""
    return {f"{d}/{p.name}": extract(p, nlp, lexicon) for d in ("seed", "dev", "train") for p in paths(shared / "gold" / d)}


def check(records: Records) -> None:
    """Every span slices back to characters of the article, every claim cites some, every actor named is there."""
    document = records.document
    chrome = document.spans("chrome", "credit")
    known = {actor.id for actor in records.actors}
    for actor in records.actors:
        assert all(s.of(document.text).strip() for s in (*actor.mentions, *actor.pronouns))
    for record in records.all():
        assert record.anchor
        for f in fields(record):
            value = getattr(record, f.name)
            cited = spans_of(value)
            cited = evidence_of(record, f.name) if cited is None else cited
            for span in cited:
                assert isinstance(span, Span)
                assert span.of(document.text).strip(), (record, f.name)
                assert not any(c.overlaps(span) for c in chrome), (record, f.name)
        for name in ("source_actor", "actor", "counterparty"):
            assert getattr(record, name, None) in {None, *known}
    for kind in KIND_NAMES:
        ids = [r.id for r in getattr(records, PLURAL[kind])]
        assert len(ids) == len(set(ids))


def test_spans_of_examples_slice_back(examples: dict[str, Records]) -> None:
    """All pages of ours."""
    for records in examples.values():
        check(records)


@pytest.mark.shared
def test_spans_of_gold_pages_slice_back(gold: dict[str, Records]) -> None:
    """All gold pages: more than a hundred."""
    assert len(gold) > 100
    for records in gold.values():
        check(records)


def test_twice_is_the_same_and_order_does_not_matter(examples: dict[str, Records], nlp: Language, lexicon: Lexicon) -> None:
    """Read again, in the other order."""
    for name in sorted(examples, reverse=True):
        assert line(extract(EXAMPLES / name, nlp, lexicon)) == line(examples[name]), name


def test_a_line_can_be_read_back(examples: dict[str, Records]) -> None:
    """What is written as JSON is the same when it is read."""
    for records in examples.values():
        written = json.loads(json.dumps(line(records)))
        assert json.loads(json.dumps(line(from_line(written)))) == written


def test_every_example_yields_records(examples: dict[str, Records]) -> None:
    """Statements, events and times on each page; commitments and figures on most."""
    for name, records in examples.items():
        assert records.statements, name
        assert records.events, name
        assert records.times, name
    assert sum(bool(r.commitments) for r in examples.values()) >= 8
    assert sum(bool(r.figures) for r in examples.values()) >= 8


@pytest.mark.shared
def test_the_first_page(gold: dict[str, Records]) -> None:
    """No record from the agency line or the six headlines, no day for "Monday", one actor for the group under three names."""
    records = gold["seed/us-combat-mission-in-iraq.txt"]
    text = records.document.text
    foot = text.index("Agencies - Xinhua")
    assert all(span.end <= foot for record in records.all() for span in record.anchor)
    [monday] = [t for t in records.times if t.span.of(text) == "Monday"]
    assert monday.value == "XXXX-WXX-1"
    assert records.document.published.value is None
    groups = [a for a in records.actors if {"ISIS", "IS"} & {s.of(text) for s in a.mentions}]
    assert len(groups) == 1
    assert any("Islamic State" in s.of(text) for s in groups[0].mentions)
