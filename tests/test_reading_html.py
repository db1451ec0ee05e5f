"""HTML to its article, every character with its place in the page."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.reading import read

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.html"))
SAID = "The minister said on Monday that the treaty between the two countries would be signed by the end of the year, clause {}."
PARAGRAPHS = [SAID.format(i) for i in range(1, 9)]


def page(body: str, head: str = "") -> Page:
    """Make an HTML page."""
    return Page(f"<!DOCTYPE html><html><head><title>T</title>{head}</head><body>{body}</body></html>".encode(), "x.html")


def article(paragraphs: list[str], between: str = "") -> str:
    """Make an article of paragraphs."""
    return f"<article><h1>A treaty is signed at last</h1>{between.join(f'<p>{p}</p>' for p in paragraphs)}</article>"


def unmapped(content: bytes, uri: str) -> str:
    """Return the characters of the canonical text that have no source, and check those that have one."""
    document = read(Page(content, uri))
    tree = lxml_html.document_fromstring(content.decode().replace("\r\n", "\n"))
    covered = [False] * len(document.text)
    for segment in document.map.segments:
        nodes = tree.xpath(segment.node)
        assert len(nodes) == 1, segment.node
        source = str(nodes[0])[segment.offset : segment.offset + segment.length]
        told = document.text[segment.canonical : segment.canonical + segment.length]
        assert len(source) == segment.length
        assert "".join(" " if c.isspace() else c for c in source) == told
        covered[segment.canonical : segment.canonical + segment.length] = [True] * segment.length
    return "".join(c for c, mapped in zip(document.text, covered, strict=True) if not mapped)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_every_character_of_an_example_has_its_place_in_the_page(path):
    """All but the line breaks that we set is found under its XPath and offset."""
    assert set(unmapped(path.read_bytes(), path.name)) <= {"\n"}


WORDS = st.sampled_from(["The", "minister", "said", "that", "it", "was", "café", "“no”", "in", "2021,", "🚢", "and", "of"])
GLUE = st.sampled_from([" ", "\n   ", " <b>bold words</b> ", "\u00a0", " <a href='#'>link</a> ", "<!-- no -->", " <i>x</i>&shy;y "])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(WORDS, GLUE), min_size=12, max_size=30), min_size=4, max_size=8))
def test_every_character_of_any_markup_has_its_place(rows):
    """Whatever stands between words, the map holds."""
    paragraphs = ["".join(word + glue for word, glue in row) + "It ends here." for row in rows]
    try:
        rest = unmapped(page(article(paragraphs)).content, "x.html")
    except SourceError:  # too few English words, or nothing that looks like prose: also an answer
        return
    assert set(rest) <= {"\n"}


def test_the_map_leads_back_from_the_page():
    """A character's source leads to the same character again."""
    document = read(page(article(PARAGRAPHS)))
    for at in range(0, len(document.text), 7):
        if document.text[at] != "\n":
            (node, offset), _ = document.map.source_of(type(document.blocks[0].span)(at, at + 1))
            assert document.map.canonical_of(node, offset) == at


def test_repeated_paragraphs_are_kept():
    """A page that says the same words three times is read so."""
    document = read(page(article([*PARAGRAPHS[:3], PARAGRAPHS[1], PARAGRAPHS[1], PARAGRAPHS[4]])))
    assert [b.span.of(document.text)[-9:] for b in document.blocks if b.role == "body"] == [
        "clause 1.",
        "clause 2.",
        "clause 3.",
        "clause 2.",
        "clause 2.",
        "clause 5.",
    ]
    same = read(page(article([PARAGRAPHS[0]] * 8)))
    assert len(same.spans("body")) == 8


CHROME = (
    "<nav><a href=/>Home</a><a href=/w>World</a></nav>",
    "<aside class=related><h4>Read more</h4><ul><li><a href=#>Tolls to rise</a></li><li><a href=#>Five recipes</a></li></ul></aside>",
    "<ul class=share><li>Share</li><li>Tweet</li></ul>",
    "<p>READ ALSO: <a href=#>Council approves second bakery</a></p>",
    "<p>Sign up for our newsletter and never miss a story.</p>",
    "<p>Advertisement</p>",
)


@pytest.mark.parametrize("chrome", CHROME)
def test_chrome_within_an_article_is_left_out(chrome):
    """Navigation, other stories, buttons and notices are not in the canonical text."""
    document = read(page(article(PARAGRAPHS, between=chrome)))
    assert [b.span.of(document.text) for b in document.blocks if b.role == "body"] == PARAGRAPHS


def test_comments_are_left_out():
    """Readers' words are not the article's."""
    comments = "<section class=comments><h3>2 Comments</h3><p>I have read this to the end and I want my hour back.</p></section>"
    assert "hour back" not in read(page(article(PARAGRAPHS) + comments)).text


def test_crossheads_are_told_from_paragraphs():
    """A heading within the article, marked or only bold, is a crosshead."""
    body = article(PARAGRAPHS[:3]).replace(
        "</article>", f"<h2>Larger force</h2><p>{PARAGRAPHS[4]}</p><p><b>No conditions</b></p><p>{PARAGRAPHS[5]}</p></article>"
    )
    document = read(page(body))
    assert [b.span.of(document.text) for b in document.blocks if b.role == "crosshead"] == ["Larger force", "No conditions"]


def test_layout_tables_are_read_without_their_navigation_cells():
    """The cell with the prose is the article."""
    menu = (
        "<td>TOP NEWS<br><a href=#>Ice on the lake</a> (November 20, 2021)<br><a href=#>Library lends umbrellas</a> (October 25, 2021)</td>"
    )
    main = "<td><h2>A treaty is signed at last</h2>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</td>"
    document = read(page(f"<table><tr>{menu}{main}{menu}</tr></table>"))
    assert [b.span.of(document.text) for b in document.blocks if b.role == "body"] == PARAGRAPHS


def test_metadata_are_read():
    """Title by the h1, the rest from JSON-LD and meta."""
    head = (
        '<meta property="og:title" content="Another title"><meta property="og:site_name" content="The Pell Reporter">'
        '<link rel="canonical" href="https://x.example/a"><meta property="article:section" content="World">'
        '<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ann Orr"}]}</script>'
    )
    document = read(page(article(PARAGRAPHS), head))
    assert document.title == "A treaty is signed at last"
    assert (document.publisher, document.url, document.section) == ("The Pell Reporter", "https://x.example/a", "World")
    assert document.byline is not None
    assert document.byline.name == "Ann Orr"
    assert document.language == "en"


TRAPS = [
    ("<div " + " ".join(f'a{i}="1"' for i in range(100_000)) + ">" + article(PARAGRAPHS), "attributes", "100,000 attributes on one tag"),
    ("<" * 1_000_000, "no article", "a megabyte of <"),
    ("<div>" * 20_000 + "x" + "</div>" * 20_000, "nested", "20,000 nested divs"),
    ("<div>" * 20_000 + article(PARAGRAPHS), "nested", "the same, never closed"),
    ("<p>" + "</p><p>".join(PARAGRAPHS * 20_000), "over 5 MiB", "20 MB of paragraphs"),
    ("<p>" + "word " * 2_000_000, "over 5 MiB", "a paragraph of 10 MB"),
    ("<p>a" * 200_000, "tags", "very many tags"),
    ("<!--" * 200_000, "no article", "comments that never end"),
    ("<nav>" + "".join(f"<a href=/{i}>Section {i}</a>" for i in range(60)) + "</nav>", "no article", "navigation only"),
    ("", "no article", "an empty body"),
]


@pytest.mark.parametrize(("body", "reason", "why"), TRAPS, ids=[t[2] for t in TRAPS])
def test_traps_are_refused_in_time(body, reason, why):
    """Each hostile page is refused within five seconds of work, with its reason; none yields an empty document."""
    started = time.process_time()
    with pytest.raises(SourceError, match=reason):
        read(page(body))
    assert time.process_time() - started < 5, why


def test_an_article_behind_a_megabyte_of_nonsense_is_read():
    """Guards do not refuse what can be read."""
    assert len(read(page("<" * 500_000 + article(PARAGRAPHS))).spans("body")) >= 8


def test_one_very_long_paragraph_is_read_in_time():
    """Close to the limit nothing is quadratic."""
    started = time.process_time()
    assert len(read(page("<article><p>" + PARAGRAPHS[0] * 40_000 + "</p></article>")).text) > 4_000_000
    assert time.process_time() - started < 8


def test_undeclared_latin_bytes_are_read_right():
    """The characters are right, and the guess is a warning."""
    document = read(Page(page(article(["Zoë sat in the café. " + p for p in PARAGRAPHS])).content.decode().encode("cp1252"), "x.html"))
    assert "Zoë sat in the café." in document.text
    assert document.source.encoding == "windows-1252"
    assert len(document.warnings) == 1


def test_reading_twice_is_equal():
    """The reader is a function."""
    assert read(page(article(PARAGRAPHS))) == read(page(article(PARAGRAPHS)))
