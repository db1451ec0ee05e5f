"""Attribution by layout and by nouns: transcripts, posts, headlines, quotations without a cue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.records import Records

Row = tuple[str | None, str | None, list[str]]


def told(records: Records) -> list[Row]:
    """Return source, cue and content of each statement."""
    text = records.document.text
    return [(s.source and s.source.of(text), s.cue and s.cue.of(text), [p.of(text) for p in s.content]) for s in records.statements]


def test_a_transcript_gives_each_turn_to_its_speaker(read_text: Callable[..., Records]) -> None:
    """A name in capitals opens a turn, which runs on to the next name; the first name is no dateline."""
    turns = (
        "VOSS: Do you want the bridge closed for good?",
        "HALE: I do not.",
        "It should be mended this year.",
        "VOSS: By whom, and when?",
    )
    text = "\n\n".join(turns)
    assert told(read_text(text)) == [
        ("VOSS", ":", ["Do you want the bridge closed for good?"]),
        ("HALE", ":", ["I do not.", "It should be mended this year."]),
        ("VOSS", ":", ["By whom, and when?"]),
    ]


def test_turns_that_ask_and_turns_that_refuse(read_text: Callable[..., Records]) -> None:
    """Whoever asks for the audience has no name and asks; a sentence that refuses to speak declines within the turn."""
    turns = (
        "MS HALE: The road opens on Monday. I won't preview any further steps.",
        "QUESTION: Thank you. Who pays for it?",
        "MS HALE: The county pays. I don't have a figure to share.",
        "QUESTION: Is that wise?",
    )
    records = read_text("\n\n".join(turns))
    text = records.document.text
    found = [(s.stance, s.source_kind, s.content[-1].of(text)) for s in records.statements]
    assert ("asks", "unnamed", "Thank you. Who pays for it?") in found
    assert ("asks", "unnamed", "Is that wise?") in found
    assert ("declines", "named", "I won't preview any further steps.") in found
    assert ("declines", "named", "I don't have a figure to share.") in found


def test_a_name_alone_opens_the_paragraph_below(read_text: Callable[..., Records]) -> None:
    """A line with nothing but a name and a colon gives the next paragraph to that name."""
    thanks = "Thank you all for coming out to the hall today, in all this rain."
    text = f"VOSS:\n\n{thanks}\n\nHALE:\n\n{thanks}"
    assert [row[0] for row in told(read_text(text))] == ["VOSS", "HALE"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The bridge will not be closed.\n\n— Ada Voss (@adavoss) March 3, 2016", "the signature stands alone"),
        ("The bridge will not be closed. https://t.co/abc — Ada Voss (@adavoss) March 3, 2016", "the signature ends the paragraph"),
    ],
)
def test_a_post_belongs_to_whoever_signs_it(read_text: Callable[..., Records], text: str, reason: str) -> None:
    """An embedded social post is a statement of its writer, links left out."""
    body = "The mayor was angry with the paper on Monday, and wrote so to her many readers.\n\n" + text
    assert ("Ada Voss", "—", ["The bridge will not be closed."]) in told(read_text(body)), reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("The governor’s answer was short: “No.”", ("The governor’s", "answer", ["No."]), "a noun and a colon"),
        ("Her message to voters? “Stay home and be safe.”", ("Her", "message", ["Stay home and be safe."]), "a question of the author's"),
        ("In Mr Orne’s words, the deal was “the worst of all.”", ("Mr Orne’s", "words", ["the worst of all."]), "in his words"),
        ("“Careless” was how the director described it.", ("the director", "described", ["Careless"]), "how somebody put it"),
        ("Mr Sanders was blunt. “The system is rigged from top to bottom.”",
         ("Mr Sanders", None, ["The system is rigged from top to bottom."]), "the sentence before says who"),
    ],
)  # fmt: skip
def test_quotations_without_a_cue(read_text: Callable[..., Records], text: str, expected: Row, reason: str) -> None:
    """A noun of speech with its owner, or the sentence before, says whose a quotation is."""
    assert told(read_text(text)) == [expected], reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dam was cracked before quake: engineers", ("engineers", ":", ["Dam was cracked before quake"])),
        ("Bank weighs sale of Tarsk unit – sources", ("sources", "–", ["Bank weighs sale of Tarsk unit"])),
        ("Minister knew of leak for weeks, insider claims", ("insider", "claims", ["Minister knew of leak for weeks"])),
    ],
)
def test_headlines(read_text: Callable[..., Records], text: str, expected: Row) -> None:
    """A short line without a full stop is read as a headline."""
    assert told(read_text(text)) == [expected]
