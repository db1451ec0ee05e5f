"""Wire copies are found through new headlines, cuts and edits, and what only shares a phrase is left apart."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from onrecord.links.copies import copies
from onrecord.spans import Span

WORDS = [f"word{n}" for n in range(4000)]


@dataclass(frozen=True)
class Text:
    """A document as far as copies need it; the first line is its title."""

    id: str
    text: str

    def spans(self, *roles: str) -> tuple[Span, ...]:
        """Return what lies behind the title."""
        return (Span(self.text.index("\n") + 1, len(self.text)),)


def story(seed: int, length: int = 200) -> list[str]:
    """Return words of a story."""
    return random.Random(seed).choices(WORDS, k=length)


def text(name: str, words: list[str], title: str = "Title") -> Text:
    """Make a document."""
    return Text(name, title + "\n" + " ".join(words))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (lambda w: w, "another headline only"),
        (lambda w: w[:140], "cut at the end"),
        (lambda w: [x if n % 40 else "edited" for n, x in enumerate(w)], "one word in forty edited"),
        (lambda w: w + story(99, 60), "a tail of chrome"),
    ],
)
def test_a_copy_is_found(changed: object, reason: str) -> None:
    """Each way in which editors change a wire story."""
    words = story(1)
    original, copy = text("a", words), text("b", changed(words), "Another headline")  # type: ignore[operator]
    found = copies([copy, text("x", story(2)), original], {"a": "2024-03-01", "b": "2024-03-02"})
    assert [(c.copy, c.original) for c in found] == [("b", "a")], reason


def test_the_earliest_is_the_original() -> None:
    """Three papers run one story: both later ones copy the first, whatever the order of reading; a day counts before none."""
    words = story(1)
    documents = [text(name, words, f"Title {name}") for name in "abcd"]
    found = copies(documents, {"a": "2024-03-03", "b": "2024-03-02", "c": "2024-03-01"})
    assert {(c.copy, c.original) for c in found} == {("a", "c"), ("b", "c"), ("d", "c")}


def test_the_share_is_of_each_text() -> None:
    """A copy cut to half is wholly in the original, of which it holds half."""
    [found] = copies([text("a", story(1)), text("b", story(1)[:100])])
    assert found.share == 1.0
    assert found.share_of_original == pytest.approx(0.5, abs=0.02)


def test_a_shared_quotation_is_no_copy() -> None:
    """Two stories that quote the same forty words are two stories."""
    assert copies([text("a", story(1) + story(5, 40)), text("b", story(2) + story(5, 40))]) == ()


def test_texts_too_short_to_tell_are_left_out() -> None:
    """A one-line notice equals many others."""
    assert copies([text("a", story(1, 12)), text("b", story(1, 12))]) == ()
