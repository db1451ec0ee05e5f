"""A citation names the source, quotes the words and leads to them, in each form, with marks made harmless."""

from __future__ import annotations

import pytest
from lxml import html

from onrecord.citations import FORMS, cite
from onrecord.documents import Document, Named, Published, Source
from onrecord.records import Figure, Records
from onrecord.spans import Span

TEXT = "The *union* <b>said</b> 2,300 dockers went home."
DOCUMENT = Document(
    uri="page.html",
    text=TEXT,
    source=Source("0", "text/html", "utf-8"),
    title="Truce & <talks>",
    url="http://a.example/x",
    publisher="Westmark Post",
    published=Published("2019-05-17", "2019-05-17", "2019-05-17"),
    byline=Named("Ada Vey"),
)
RECORD = Figure(rule="r", span=Span(TEXT.index("2,300"), TEXT.index("2,300") + 5), value=2300, id="0123456789abcdef")


@pytest.mark.parametrize("form", FORMS)
def test_a_citation_has_source_day_quote_and_link(form: str) -> None:
    """Whatever the form."""
    made = cite(Records(DOCUMENT, figures=(RECORD,)), RECORD, form)
    for part in ("Westmark Post", "2019-05-17", "2,300", "#:~:text=2%2C300", "01234567"):
        assert part in made


def test_marks_of_the_form_are_harmless() -> None:
    """A title with markup stays a title."""
    tree = html.fragment_fromstring(cite(Records(DOCUMENT), RECORD, "html"), create_parent="div")
    assert tree.xpath("string(.//a)") == "Truce & <talks>"
    assert "\\<talks\\>" in cite(Records(DOCUMENT), RECORD, "markdown")


def test_an_unknown_form_is_refused() -> None:
    """It names those that there are."""
    with pytest.raises(ValueError, match="'latex' is none of text, markdown, html"):
        cite(Records(DOCUMENT), RECORD, "latex")
