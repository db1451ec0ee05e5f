"""Words of commitment: every lexicon entry's examples and counterexamples, frames, modals, and what speaks against a commitment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.commissives.words import table
from onrecord.lexicons import Commissive, builtin
from onrecord.records import Records

ENTRIES = builtin().commissives
EXAMPLES = [(e, text) for e in ENTRIES for text in e.examples]
COUNTEREXAMPLES = [(e, text) for e in ENTRIES for text in e.counterexamples]


@pytest.mark.parametrize(("entry", "text"), EXAMPLES, ids=[f"{e.id}: {t[:40]}" for e, t in EXAMPLES])
def test_an_example_gives_a_commitment_by_its_entry(entry: Commissive, text: str, read_text: Callable[..., Records]) -> None:
    """The rule of the record is the entry's id."""
    found = read_text(text, "2023-05-10")
    assert entry.id in {c.rule for c in found.commitments}, [(a.rule, a.reason) for a in found.abstentions]


@pytest.mark.parametrize(("entry", "text"), COUNTEREXAMPLES, ids=[f"{e.id}: {t[:40]}" for e, t in COUNTEREXAMPLES])
def test_a_counterexample_gives_none(entry: Commissive, text: str, read_text: Callable[..., Records]) -> None:
    """No commitment at all, by this entry or another."""
    assert [c.rule for c in read_text(text, "2023-05-10").commitments] == []


def test_entries_say_what_they_bind_to() -> None:
    """Each entry has a basis and a strength of the list, and a frame unless it is a modal or the headline."""
    for entry in ENTRIES:
        assert entry.basis in {"pledge", "agreement", "plan", "duty"}, entry.id
        assert entry.strength in {"binding", "firm", "intended"}, entry.id
        assert entry.frames or entry.pos in {"modal", "title"}, entry.id


def test_word_classes_are_those_of_the_table_head() -> None:
    """No row has a class that the table does not explain."""
    kinds = {
        "act", "aim", "asking", "binding", "decision", "forecast", "general", "giving", "happening", "hedge", "law", "mooted", "rumour",
        "sport", "stated", "sure", "undone", "vague", "watcher", "change", "kept", "timetable", "word", "withdrawn",
        "agentive", "given", "inanimate", "joking", "either", "harm", "speaking", "declining",
    }  # fmt: skip
    assert {kind for _, kind in table()} == kinds
