"""Quotation marks: every dialect, nesting, apostrophes, marks that are never closed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotations import Annotations, Quotation
from onrecord.annotators.quotations import quotations
from onrecord.spans import Span


def found(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text whose lines are its paragraphs."""
    return quotations(text, [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)])


def words(text: str) -> list[list[str]]:
    """Return the quoted words, paragraph by paragraph."""
    return [[span.of(text) for span in q.spans] for q in found(text)]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ('He said "I will go," and left.', [["I will go,"]], "straight double marks"),
        ("“D’s e,” he said.", [["D’s e,"]], "curly marks with an apostrophe inside"),
        ("``Hello,'' she said.", [["Hello,"]], "typewriter marks of wire texts"),
        ("«Bonjour», he said.", [["Bonjour"]], "guillemets"),
        ("„Guten Tag“, he said.", [["Guten Tag"]], "low opening mark"),
        (
            "'We can't go,' he said. 'The boys' club is shut.'",
            [["We can't go,"], ["The boys' club is shut."]],
            "single marks, with apostrophes",
        ),
        ("The boys' club said 'no way,' and left.", [["no way,"]], "a plural's apostrophe opens nothing"),
        ("rock 'n' roll in the '90s, 'tis said", [], "clipped words are no quotations"),
        ('It is 6\'2" tall. He\'s "ok".', [["ok"]], "feet and inches are no quotations"),
        ("She said, \"He told me 'go away' twice.\"", [["He told me 'go away' twice."], ["go away"]], "a quotation within a quotation"),
        ("“She called it ‘a mess’ and left,” he said.", [["She called it ‘a mess’ and left,"], ["a mess"]], "curly, nested"),
        ('("No," he said.)', [["No,"]], "opened behind a bracket"),
        ('He said—"no"—and left.', [["no"]], "opened behind a dash"),
        ('said "...and we will never stop"', [["...and we will never stop"]], "opened before an ellipsis"),
        ("Teachers' unions and parents' groups met.", [], "two plurals' apostrophes are no pair"),
    ],
)
def test_marks(text: str, expected: list[list[str]], reason: str) -> None:
    """Marks of each dialect enclose exactly the quoted words."""
    assert words(text) == expected, reason


def test_a_quotation_runs_over_paragraphs() -> None:
    """A paragraph that opens with a mark again goes on with the quotation left open above it."""
    text = '"First.\n"Second," he said. "Third."'
    assert words(text) == [["First.", "Second,"], ["Third."]]
    assert [q.closed for q in found(text)] == [True, True]


def test_an_odd_mark_loses_only_its_paragraph() -> None:
    """A quotation that is never closed ends with its paragraph; the next paragraph is read afresh."""
    text = 'He said "this.\nNext one with "a quotation in it".'
    assert words(text) == [["this."], ["a quotation in it"]]
    assert [q.closed for q in found(text)] == [False, True]


def test_a_closing_mark_alone_is_left_alone() -> None:
    """A closing mark that nothing opened opens nothing."""
    assert words("He left.” She stayed.") == []


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ('the so-called "red lines" of the talks', "scare", "two words without a verb's shape"),
        ('known as the "Fair Markets Act"', "title", "capitals throughout"),
        ('a film titled "Just go"', "title", "behind the word for a work"),
        ('He said "I will go home."', "speech", "a sentence"),
        ('"No," he said.', "speech", "ends in a comma"),
    ],
)
def test_kinds(text: str, kind: str, reason: str) -> None:
    """Titles, scare quotes and speech are told apart by their words."""
    assert found(text)[0].kind == kind, reason


@given(st.text(alphabet="ab '\"“”‘’«».,\n", max_size=60))
def test_quotations_slice_back(text: str) -> None:
    """Whatever the marks, spans lie within the text, hold no mark pair's outside and are in order."""
    quoted = found(text)
    for quotation in quoted:
        for span in quotation.spans:
            assert 0 <= span.start <= span.end <= len(text)
            assert "\n" not in span.of(text)
    assert list(quoted) == sorted(quoted, key=lambda q: (q.spans[0].start, q.depth))


def test_the_annotator_reads_title_and_body(annotate_text: Callable[..., Annotations]) -> None:
    """The annotator fills in the quotations of the page."""
    annotations = annotate_text("“We will stay,” she said.")
    assert [s.of(annotations.text) for q in annotations.quotations for s in q.spans] == ["We will stay,"]
