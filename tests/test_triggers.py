"""Every trigger proves itself: its examples give an event of its type, its counterexamples do not match it."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.codebooks import plover
from onrecord.events.classes import classes
from onrecord.events.contexts import contexts
from onrecord.lexicons import Lexicon, builtin
from onrecord.records import Records

CONTEXT = "\n\nThe government and the army said nothing.\n"
"""Puts an example on a page with political actors, where a crowd or an attack needs no named side."""
SPECIAL = {"actor", "person", "armed", "state", "political", "population"}


def test_examples_give_their_type(read_text: Callable[..., Records], lexicon: Lexicon) -> None:
    """On a page with political actors each example yields an event of the entry's type."""
    wrong = [
        f"{entry.id}: {text}"
        for entry in lexicon.triggers
        for text in entry.examples
        if entry.type not in {e.type for e in read_text(text + CONTEXT).events}
    ]
    assert wrong == []


def test_counterexamples_do_not_match(read_text: Callable[..., Records], lexicon: Lexicon) -> None:
    """No counterexample yields a record by the entry's rule."""
    wrong = [
        f"{entry.id}: {text}"
        for entry in lexicon.triggers
        for text in entry.counterexamples
        if any(entry.id in e.rule.split("; ") for e in read_text(text).events)
    ]
    assert wrong == []


def test_types_and_modes_are_plovers() -> None:
    """Each entry's type is in the codebook, its mode among those that records use for the type, and it has a counterexample."""
    for entry in builtin().triggers:
        assert entry.type in plover().types, entry.id
        assert entry.mode is None or entry.mode in plover().types[entry.type].modes, (entry.id, entry.mode)
        assert entry.counterexamples, entry.id


def test_wide_coverage() -> None:
    """The lexicon names more than 600 forms, some for every type."""
    triggers = builtin().triggers
    assert len({(form, entry.pos) for entry in triggers for form in entry.forms}) > 600
    assert {entry.type for entry in triggers} == set(plover().types)


def test_classes_and_contexts_are_read() -> None:
    """The classes of words are lower case, and every context of PLOVER has words or types."""
    assert all(word == word.lower() for words in classes().values() for word in words)
    assert all(c.words or c.phrases or c.types for c in contexts())
