"""Refusals to speak: each pattern, and the words that refuse something else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.attribution.refusals import is_refusal
from onrecord.records import Records

SENTENCES = Path(__file__).parent.parent / "gold" / "sentences" / "refusals.open.jsonl"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "reason"),
    [
        ("The ministry declined to comment on the raid.", "The ministry", "declined to comment", ["the raid"], "topic behind on"),
        ("The ministry declined to say who paid.", "The ministry", "declined to say", ["who paid"], "an indirect question"),
        ("The ministry did not respond to a request for comment.", "The ministry", "did not respond", [], "no topic"),
        ("The senator would not say which ones.", "The senator", "would not say", ["which ones"], "would not"),
        ("The senator would neither confirm nor deny the deal.", "The senator", "would neither confirm nor deny", ["the deal"], "neither"),
        ("Mr Paske could not be reached for comment.", "Mr Paske", "could not be reached", [], "unreached"),
        ("The bishop was unavailable for comment.", "The bishop", "was unavailable", [], "unavailable"),
        ("Calls to the sheriff's office were not returned.", "the sheriff's office", "were not returned", [], "asked by telephone"),
        ("The coach had no comment on the deal.", "The coach", "had no comment", ["the deal"], "no comment"),
        ("He blamed a neighbour without naming her.", "He", "without naming", ["her"], "an adjunct"),
        ("Financial terms were not disclosed.", None, "were not disclosed", ["Financial terms"], "the passive hides who"),
        ("The firm remained silent on the deal.", "The firm", "remained silent", ["the deal"], "silence"),
        ("She dodged questions about the deal.", "She", "dodged questions", ["the deal"], "dodged"),
        ("The firm has yet to comment on the deal.", "The firm", "has yet to comment", ["the deal"], "yet to"),
        ("The firm was unwilling to discuss the deal.", "The firm", "was unwilling to discuss", ["the deal"], "an adjective"),
        ("The envoy stopped short of naming the buyer.", "The envoy", "stopped short of naming", ["the buyer"], "a gerund"),
        ("They chose not to respond to the remarks.", "They", "chose not to respond", ["the remarks"], "chosen"),
        ("None of the senators would say who paid.", "None of the senators", "would say", ["who paid"], "nobody"),
        ("Police said a man was held but did not name him.", "Police", "did not name", ["him"], "who reports, not who is held"),
        (
            "The ministry declined, through an aide, to name the buyer.",
            "The ministry",
            "declined, through an aide, to name",
            ["the buyer"],
            "an aside between",
        ),
        ("Asked about the deal, the minister declined to answer.", "the minister", "declined to answer", ["the deal"], "what was asked"),
        ("Efforts to reach the owner were unsuccessful.", "the owner", "Efforts to reach", [], "efforts"),
        ("The council has been approached for comment.", "The council", "has been approached for comment", [], "approached"),
        ("There was no response from the palace to the report.", "the palace", "There was no response", ["the report"], "existential"),
        ("The league referred questions about the ban to its lawyers.", "The league", "referred questions", ["the ban"], "referred"),
        ("The lawyer invoked the Fifth Amendment.", "The lawyer", "invoked the Fifth Amendment", [], "the Fifth"),
        ("The captain hung up when asked about the ban.", "The captain", "hung up", ["the ban"], "hung up"),
        ("He had nothing to say about the ban.", "He", "had nothing to say", ["the ban"], "nothing to say"),
    ],
)
def test_patterns(  # noqa: PLR0917 - one parameter for each column of the table
    read_text: Callable[..., Records], text: str, source: str | None, cue: str, content: list[str], reason: str
) -> None:
    """Each pattern gives who was asked, the words that refuse, and what about."""
    records = read_text(text)
    whole = records.document.text
    found = [s for s in records.statements if s.stance == "declines"]
    assert [(s.source and s.source.of(whole), s.cue and s.cue.of(whole), [p.of(whole) for p in s.content]) for s in found] == [
        (source, cue, content)
    ], reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The president declined to attend the feast.", "an act"),
        ("Exports declined by 5% in March.", "fell"),
        ("The patient did not respond to the drug.", "medicine"),
        ("Nobody answered the door.", "a door"),
        ("Three villages could not be reached by road.", "a road"),
        ("If the firm declines to comment, we will print it.", "a condition"),
        ("The judge urged the accused not to remain silent.", "asked for"),
        ("He was not asked about the leak.", "nobody asked"),
        ("I would not say that we were lucky.", "modesty"),
        ("It goes without saying that the roof leaks.", "an idiom"),
        ("The guns fell silent at midnight.", "guns"),
        ("Turnout has declined, to say the least.", "an idiom behind a comma"),
        ("The law does not require firms to disclose pay.", "no duty"),
        ("Witnesses who refuse to answer may be fined.", "a general rule"),
        ("The council should not comment on the case.", "an opinion of what it should do"),
    ],
)
def test_what_is_no_refusal_to_speak(read_text: Callable[..., Records], text: str, reason: str) -> None:
    """Refused acts, fallen exports and unanswered doors are no refusals to speak."""
    assert [s for s in read_text(text).statements if s.stance == "declines"] == [], reason


@pytest.mark.parametrize(
    ("words", "expected"), [("No comment.", True), ("I won't get into that", True), ("I will go", False), ("No comments were made", False)]
)
def test_quoted_refusals(words: str, *, expected: bool) -> None:
    """Quoted words that refuse to speak are known by themselves."""
    assert is_refusal(words) is expected


def test_refusal_sentences(read_text: Callable[..., Records]) -> None:
    """Of our open sentences, refusals are found with the floors that we publish."""
    found = right = wanted = 0
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        records = read_text(row["text"])
        mine = [s for s in records.statements if s.stance == "declines"]
        theirs = [s for s in row["statements"] if s["stance"] == "declines"]
        found, wanted = found + len(mine), wanted + len(theirs)
        right += min(len(mine), len(theirs))
    assert right / found >= 0.92
    assert right / wanted >= 0.85
