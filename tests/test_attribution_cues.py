"""The cue lexicon: every entry by its examples and counterexamples, and the words that its frames may name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.attribution.cues import index
from onrecord.attribution.vocabulary import vocabulary
from onrecord.lexicons import Cue, builtin
from onrecord.records import Records

FRAMES = {
    "that", "quote", "wh", "to", "ing", "object", "predicate", "tell", "claim", "document", "citing", "attitude",
    "source", "reports", "adverb", "of", "with",
}  # fmt: skip
CUES = builtin().cues


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_examples_and_counterexamples(read_text: Callable[..., Records], cue: Cue) -> None:
    """A cue makes a statement of each of its examples and none of its counterexamples."""
    for example in cue.examples:
        assert cue.id in {s.rule for s in read_text(example).statements}, example
    for example in cue.counterexamples:
        assert cue.id not in {s.rule for s in read_text(example).statements}, example


def test_every_cue_has_an_example() -> None:
    """No cue stands in the lexicon without proof."""
    assert [cue.id for cue in CUES if not cue.examples] == []


def test_frames_are_known() -> None:
    """A frame is one of the documented words or "+" and a preposition."""
    unknown = {f for cue in CUES for f in cue.frames if f not in FRAMES and not (f.startswith("+") and f[1:].isalpha())}
    assert unknown == set()


def test_the_longest_form_comes_first() -> None:
    """Forms that share their first word are tried from the longest, so that "call for" is not "call"."""
    lengths = [[len(entry.rest) for entry in entries] for entries in index(CUES).values()]
    assert all(row == sorted(row, reverse=True) for row in lengths)


def test_an_unknown_class_of_words_is_an_error() -> None:
    """Asking for a class that the table does not have fails at once."""
    with pytest.raises(KeyError):
        vocabulary("no such class")
