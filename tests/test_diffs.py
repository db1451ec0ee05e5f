"""Two versions of a page: the words that changed, and the records that they touched."""

from __future__ import annotations

from onrecord.diffs import diff
from onrecord.documents import Document, Source
from onrecord.records import Figure, Records
from onrecord.spans import Span


def version(text: str, **figures: float) -> Records:
    """Make a version of a page with a figure for each word given."""
    document = Document(uri="t", text=text, source=Source("0", "text/plain", "utf-8"))
    made = (
        Figure(rule="r", span=Span(text.index(word), text.index(word) + len(word)), value=value, unit="people")
        for word, value in figures.items()
    )
    return Records(document, figures=tuple(made))


def test_changed_words_are_shown_with_their_places() -> None:
    """One word replaced, one put in, one taken out."""
    old, new = version("At least three men died in the old mill fire."), version("At least four men died in the big mill fire today.")
    found = diff(old, new).changes
    assert [(c.was, c.now) for c in found] == [("three", "four"), ("old", "big"), ("fire.", "fire today.")]
    assert all(c.old.of(old.document.text) == c.was and c.new.of(new.document.text) == c.now for c in found)


def test_records_are_gone_new_or_changed() -> None:
    """Paired by their words: the same words with another value are a changed record."""
    old = version("Three died, two hurt, nine fled.", Three=3, two=2, nine=9)
    new = version("Three died, two hurt, five jailed.", Three=3, two=4, five=5)
    found = {(t.what, (t.old or t.new).span.of((old if t.old else new).document.text), t.fields) for t in diff(old, new).touched}
    assert found == {("gone", "nine", ()), ("changed", "two", ("value",)), ("new", "five", ())}


def test_a_move_is_no_change_of_a_record() -> None:
    """Words put in before a record move it; it says the same."""
    assert diff(version("Three died.", Three=3), version("It is said: Three died.", Three=3)).touched == ()


def test_the_same_text_has_no_changes() -> None:
    """Nothing is invented."""
    assert diff(version("Three died.", Three=3), version("Three died.", Three=3)) == ((), ())
