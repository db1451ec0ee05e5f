"""The gate: quotes are found under a normaliser with a map, and claims that nothing covers do not pass."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotations import Actor
from onrecord.documents import Block, Document, Source
from onrecord.gate import ground, judge, normalise
from onrecord.records import Commitment, Event, Figure, Record, Statement, Time
from onrecord.spans import Span

TEXT = "Velmora will not close two bases by Friday, “the minister” said.\nMore news\n"
BODY = Block(Span(0, 64), "body")
DOCUMENT = Document(
    uri="t", text=TEXT, source=Source("0", "text/plain", "utf-8"), blocks=(BODY, Block(Span(65, 74), "chrome", "navigation"))
)
ACTORS = {"a1": Actor("a1", "Velmora", "state", mentions=(Span(0, 7),))}


def at(quote: str) -> Span:
    """Return where a quote stands in TEXT."""
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


CITED = {"value": (at("Friday"),), "type": (at("Friday"),)}


def commitment(**changes: Any) -> Commitment:
    """Return a commitment that passes, with changes."""
    whole: dict[str, Any] = {
        "rule": "r",
        "actor": "a1",
        "action": at("close two bases"),
        "deadline": at("Friday"),
        "deadline_value": "2024-03-01",
        "basis": "plan",
        "negated": True,
        "evidence": {"actor": (at("Velmora"),), "basis": (at("will"),), "negated": (at("not"),)},
    }
    return Commitment(**{**whole, **changes})


def test_a_record_that_cites_all_it_claims_passes_unchanged() -> None:
    """Nothing is taken from a good record."""
    good = commitment()
    judgement = judge(good, DOCUMENT, ACTORS)
    assert judgement.record == good
    assert not judgement.rejected


@pytest.mark.parametrize(
    ("record", "field", "reason"),
    [
        (commitment(negated=False), "negated", "a negation stands between"),
        (commitment(evidence={"actor": (at("Velmora"),), "basis": (at("will"),)}), "negated", "nothing is cited"),
        (commitment(actor="a9"), "actor", "no actor"),
        (commitment(action=Span(10, 10)), "action", "no stretch"),
        (commitment(action=Span(60, 400)), "action", "no stretch"),
        (commitment(action=at("More news")), "action", "not in the article"),
        (Figure(rule="r", span=at("two"), value=None, evidence={}), "value", "without a number"),
        (
            Time(
                rule="r", span=at("Friday"), type="DATE", value="2024-03-01", evidence={"value": (at("Friday"),), "type": (at("Friday"),)}
            ),
            "value",
            "inferred",
        ),
        (Event(rule="r", type="AGREE", mentions=(at("close"),), evidence={"type": (at("close"),)}), "status", "nothing is cited"),
    ],
    ids=["dropped not", "not without words", "unknown actor", "empty", "past the end", "chrome", "no number", "invented year", "status"],
)
def test_a_required_field_that_fails_refuses_the_record(record: Record, field: str, reason: str) -> None:
    """The reason says what is wrong with which field."""
    judgement = judge(record, DOCUMENT, ACTORS)
    assert judgement.record is None
    assert any(v.field == field and reason in v.reason for v in judgement.rejected)


def test_an_optional_field_that_fails_becomes_null() -> None:
    """The rest of the record stands."""
    judgement = judge(commitment(counterparty="a9", condition=at("More news")), DOCUMENT, ACTORS)
    assert judgement.record == commitment()
    assert {v.field for v in judgement.rejected} == {"counterparty", "condition"}


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({"type": "FIGHT"}, "type"),
        ({"type": "PROTEST", "mode": "aerial"}, "mode"),
        ({"type": "PROTEST", "contexts": ("weather",)}, "contexts"),
    ],
)
def test_only_the_codebooks_words_pass(event: dict[str, Any], field: str) -> None:
    """A person or a lexicon may be wrong in them as well as a rule."""
    evidence = dict.fromkeys(("type", "contexts", "status"), (at("close"),))
    judgement = judge(Event(rule="r", mentions=(at("close"),), evidence=evidence, **event), DOCUMENT, ACTORS)
    assert [v.field for v in judgement.rejected] == [field]
    assert (judgement.record is None) == (field == "type")


def test_a_day_that_no_calendar_has_is_refused() -> None:
    """The words of the deadline stand; its value does not."""
    judgement = judge(commitment(deadline_value="2024-02-31"), DOCUMENT, ACTORS)
    assert judgement.record == commitment(deadline_value=None)
    assert [(v.field, v.reason) for v in judgement.rejected] == [("deadline_value", "2024-02-31 is no day of the calendar")]


def test_a_source_needs_words() -> None:
    """An actor without a source span is refused; the statement stands without it."""
    said = Statement(
        rule="r", source=None, source_actor="a1", source_kind="named", cue=at("said"), content=(at("close two bases"),), form="indirect",
        stance="asserts", evidence={"form": (at("said"),), "stance": (at("said"),), "source_kind": (at("Velmora"),)},
    )  # fmt: skip
    assert judge(said, DOCUMENT, ACTORS).record == replace(said, source_actor=None)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("close two bases", ("close two bases", "verbatim")),
        ('"the minister"', ("“the minister”", "normalised")),
        ("close  two\u00a0bases", ("close two bases", "normalised")),
        ("close three bases", "nowhere"),
        ("will close", "nowhere"),
        ("b", "2 times"),
        (" ", "empty"),
    ],
    ids=["as it stands", "other marks", "other spaces", "another number", "a dropped not", "ambiguous", "empty"],
)
def test_quotes_are_found_but_for_marks_and_spaces(quote: str, found: tuple[str, str] | str) -> None:
    """A changed word, number or negation is never found."""
    result = ground(quote, TEXT, BODY.span)
    if isinstance(found, str):
        assert isinstance(result, str)
        assert found in result
    else:
        assert not isinstance(result, str)
        assert (result[0].of(TEXT), result[1]) == found


@given(st.text(alphabet=st.sampled_from("ae\u0301 \u00a0“”'’-–\u00adx\n")))
def test_normalising_keeps_a_map_to_the_raw_characters(text: str) -> None:
    """Each normal character comes from the raw one at its offset, offsets rise, and doing it twice changes nothing."""
    plain, offsets = normalise(text)
    assert len(offsets) == len(plain) + 1
    assert offsets == sorted(offsets)
    assert normalise(plain)[0] == plain
    for character, offset in zip(plain, offsets, strict=False):
        cluster = text[offset] + "".join(takewhile(unicodedata.combining, text[offset + 1 :]))
        assert character in unicodedata.normalize("NFC", cluster) or not character.isalnum()
