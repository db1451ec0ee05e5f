"""Records to JSON and back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import truce
from onrecord.annotations import Actor
from onrecord.documents import Block, Constraint, Dateline, Document, Named, Published, Source
from onrecord.errors import UsageError
from onrecord.records import (
    CLASSES,
    KIND_NAMES,
    Basis,
    Bounds,
    Commitment,
    Event,
    Figure,
    Form,
    Record,
    Records,
    SourceKind,
    Stance,
    Statement,
    Status,
    Time,
    Toll,
    claim_of,
    from_line,
    line,
    record_from,
    record_json,
    seal,
)
from onrecord.spans import Span, SpanMap
from synthetic import page

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
DAY = st.dates().map(str)
SPAN = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda t: Span(min(t), max(t)))
SPANS = st.lists(SPAN, max_size=3).map(tuple)
NUMBER = st.one_of(st.integers(0, 10**9), st.floats(0, 1e9))
ACTOR = st.sampled_from(["a1", "a2", "author"])
BOUNDS = st.builds(Bounds, *[st.none() | DAY] * 3)
TOLL = st.builds(Toll, *[st.none() | NUMBER] * 3, ACTOR)


def optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """Return values of a strategy, or null."""
    return st.none() | strategy


COMMON = {
    "rule": TEXT,
    "evidence": st.dictionaries(TEXT, SPANS.filter(bool), max_size=3),
    "certainty": st.sampled_from(["certain", "likely"]),
    "inferred": st.lists(TEXT, max_size=2).map(tuple),
}
STATEMENTS = st.builds(
    Statement,
    **COMMON,
    source=optional(SPAN),
    source_actor=optional(ACTOR),
    source_kind=st.sampled_from(get_args(SourceKind)),
    cue=optional(SPAN),
    content=SPANS,
    form=st.sampled_from(get_args(Form)),
    stance=st.sampled_from(get_args(Stance)),
    hedged=st.booleans(),
    addressee=optional(SPAN),
    time=optional(DAY),
    nested_in=optional(TEXT),
)
COMMITMENTS = st.builds(
    Commitment,
    **COMMON,
    actor=optional(ACTOR),
    action=SPAN,
    deadline=optional(SPAN),
    deadline_value=optional(DAY),
    deadline_role=optional(st.sampled_from(["by", "at", "until"])),
    condition=optional(SPAN),
    basis=st.sampled_from(get_args(Basis)),
    negated=st.booleans(),
    according_to=ACTOR,
    made=optional(BOUNDS),
    testable=st.sampled_from(["yes", "no", "unclear"]),
)
EVENTS = st.builds(
    Event,
    **COMMON,
    type=st.sampled_from(["AGREE", "ASSAULT"]),
    mode=optional(TEXT),
    contexts=st.lists(TEXT, max_size=2).map(tuple),
    actors=st.lists(ACTOR, max_size=2).map(tuple),
    recipients=st.lists(ACTOR, max_size=2).map(tuple),
    time=optional(DAY),
    place=optional(TEXT),
    place_point=optional(st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
    place_precision=optional(st.sampled_from(["city", "region", "country"])),
    status=st.sampled_from(get_args(Status)),
    mentions=SPANS.filter(bool),
    killed=optional(TOLL),
    injured=optional(TOLL),
)
FIGURES = st.builds(Figure, **COMMON, span=SPAN, value=optional(NUMBER), low=optional(NUMBER), unit=optional(TEXT), of=optional(SPAN))
TIMES = st.builds(Time, **COMMON, span=SPAN, type=st.sampled_from(["DATE", "SET"]), value=TEXT, mod=optional(TEXT), latest=optional(DAY))
ACTORS = st.builds(
    Actor,
    id=st.sampled_from(["a1", "a2"]),
    name=TEXT,
    kind=st.sampled_from(["person", "state", "unnamed"]),
    country=optional(TEXT),
    mentions=SPANS,
    pronouns=SPANS,
    evidence=st.dictionaries(TEXT, SPANS.filter(bool), max_size=2),
)
DOCUMENTS = st.builds(
    Document,
    uri=TEXT,
    text=TEXT,
    source=st.builds(Source, sha256=TEXT, media_type=TEXT, encoding=TEXT, encoding_from=TEXT),
    title=optional(TEXT),
    language=optional(TEXT),
    published=st.builds(
        Published,
        optional(DAY),
        optional(DAY),
        optional(DAY),
        optional(TEXT),
        st.sampled_from(["url", "given"]),
        SPANS,
        st.lists(st.builds(Constraint, st.sampled_from(["earliest", "hint"]), TEXT, optional(SPAN), TEXT), max_size=2).map(tuple),
    ),
    dateline=optional(st.builds(Dateline, TEXT, SPAN)),
    credit=optional(st.builds(Named, TEXT, optional(SPAN))),
    byline=optional(st.builds(Named, TEXT, optional(SPAN))),
    blocks=st.lists(st.builds(Block, SPAN, st.sampled_from(["title", "body", "chrome"]), TEXT), max_size=3).map(tuple),
    captured=optional(TEXT),
    warnings=st.lists(TEXT, max_size=2).map(tuple),
)


@st.composite
def whole(draw: st.DrawFn) -> Records:
    """Records of all kinds, sealed."""
    records = Records(draw(DOCUMENTS), tuple(draw(st.lists(ACTORS, max_size=2))), provenance=draw(st.dictionaries(TEXT, TEXT, max_size=2)))
    for kind, made in zip(
        ("statement", "commitment", "event", "figure", "time"), (STATEMENTS, COMMITMENTS, EVENTS, FIGURES, TIMES), strict=True
    ):
        records = records.plus(kind, seal(records.document.id, draw(st.lists(made, max_size=2))))
    return records


@given(whole())
def test_a_line_gives_the_same_records_back(records: Records) -> None:
    """Whatever the records, their line through JSON gives them back, ids and claims too."""
    assert from_line(json.loads(json.dumps(line(records)))) == records


def test_the_line_of_a_whole_page_gives_it_back() -> None:
    """What a line leaves out is the map into the page and the abstentions, nothing else."""
    for _, records in (truce(), page(7)):
        bare = replace(records, abstentions=(), document=replace(records.document, map=SpanMap()))
        assert from_line(line(records)) == bare


def test_fields_that_are_null_or_empty_may_be_left_out() -> None:
    """A record's JSON without its nulls and empty lists is the same record."""
    for record in truce()[1].all():
        row = {name: value for name, value in record_json(record).items() if value is not None and value != []}
        assert replace(record_from(record.KIND, row), id=record.id, claim=record.claim) == record


@pytest.mark.parametrize(
    ("kind", "change", "complaint"),
    [
        ("event", {"status": "sure"}, "event.status: 'sure' is none of actual"),  # a word that is not in the vocabulary
        ("event", {"type": 5}, "event.type: 5 is not of the kind"),  # a number for a text
        ("event", {"type": None}, "event.type is missing"),  # null where something must stand
        ("event", {"mentions": [[3]]}, "event.mentions: [3] is not of the kind"),  # half a span
        ("event", {"mentions": [[9, 3]]}, "event.mentions: [9, 3] is not of the kind"),  # a span that ends before it starts
        ("event", {"mentions": [[0.5, 3]]}, "event.mentions: [0.5, 3] is not of the kind"),  # no offset is a fraction
        ("event", {"killed": 5}, "event.killed: 5 is no object"),  # a number for a toll
        ("commitment", {"negated": "no"}, "commitment.negated: 'no' is not of the kind"),  # a text for a truth
        ("figure", {"value": True}, "figure.value: True is not of the kind"),  # a truth for a number
        ("time", {"evidence": {"value": 7}}, "time.evidence.value: 7 is not of the kind"),  # no spans
    ],
)
def test_a_wrong_field_is_named(kind: str, change: dict[str, object], complaint: str) -> None:
    """A field that is not as the contract writes it is a UsageError that names it."""
    record = next(r for r in truce()[1].all() if kind == r.KIND)
    with pytest.raises(UsageError) as error:
        record_from(kind, {**record_json(record), **change})
    assert complaint in str(error.value)


def test_every_kind_has_a_class_with_the_fields_that_its_claim_covers() -> None:
    """Changing any claimed field changes the claim, changing how it was found does not."""
    assert set(CLASSES) == set(KIND_NAMES)
    event = truce()[1].events[0]
    assert claim_of(replace(event, place="Tarn")) != event.claim
    assert claim_of(replace(event, rule="other", certainty="certain", inferred=("place",), evidence={})) == event.claim
    assert {f.name for f in fields(Record)} == Record.NOT_CLAIMED
