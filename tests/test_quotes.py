"""Quotations against a document: what editors may do is told from what changes the words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord.documents import Document, Source
from onrecord.quotes import check_quote

TEXT = (
    "“We will not close the harbour before the end of the year, whatever the union says,” said Maris Oduvan. "
    "“The ministry listened – at last – and we have a truce that holds until October.”\n"
    "The talks lasted nine hours."
)
DOCUMENT = Document(uri="t", text=TEXT, source=Source("0", "text/plain", "utf-8"))


@pytest.mark.parametrize(
    ("quote", "verdict", "shown"),
    [
        ("We will not close the harbour before the end of the year", "verbatim", ()),
        ('"We will not close the harbour"', "verbatim", ()),
        ("The ministry listened - at last - and we have a truce", "edited", ("marks, dashes or spaces",)),
        ("we will not close the harbour before the end of the year.", "edited", ("marks, dashes or spaces",)),
        ("We will not close the harbour … whatever the union says", "edited", ("words left out",)),
        ("We will not close [the port] before the end of the year", "edited", ("words in brackets",)),
        ("We will close the harbour before the end of the year", "different", (("", "not"),)),
        ("We will not close the harbour before the end of the month", "different", (("month", "year"),)),
        ("We shall never forget this day", "not found", ()),
        ("nine days", "not found", ()),
        ("  ", "not found", ()),
        ("…", "not found", ()),
        (".", "not found", ()),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_verdicts(quote: str, verdict: str, shown: tuple) -> None:
    """Each way of quoting gets its verdict, and what differs is shown."""
    found = check_quote(quote, DOCUMENT)
    assert found.verdict == verdict
    assert (tuple(tuple(d) for d in found.differences) if verdict == "different" else found.edits) == shown
    assert (found.span is None) == (verdict == "not found")


def test_the_span_holds_the_words() -> None:
    """An edited quotation is shown where it stands, raw."""
    found = check_quote("The ministry listened - at last - and we have", DOCUMENT)
    assert found.span is not None
    assert found.span.of(TEXT) == "The ministry listened – at last – and we have"


@given(st.data())
def test_every_stretch_of_whole_words_is_verbatim(data: st.DataObject) -> None:
    """What is copied is found."""
    words = TEXT.split("\n", maxsplit=1)[0].split()
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))
    assume(words[start:end] != ["–"])  # a dash alone is no word
    assert check_quote(" ".join(words[start:end]), DOCUMENT).verdict in {"verbatim", "edited"}


@given(st.text(max_size=60))
def test_nothing_breaks_it(quote: str) -> None:
    """Any text has a verdict, and a span within the document."""
    found = check_quote(quote, DOCUMENT)
    assert found.span is None or 0 <= found.span.start < found.span.end <= len(TEXT)
