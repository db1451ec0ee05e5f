"""Lines of plain text to their roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.reading import read
from onrecord.reading.datelines import opening
from onrecord.reading.languages import language_of

DUMPS = sorted((Path(__file__).parent / "dumps").glob("*.txt"))
LONG = "The minister said that the treaty would be signed by the two countries before the end of the year, and that nobody would stop it."
MORE = "A spokesman for the union told reporters that the members of the union had not been asked and would vote on the plan in the spring."


def roles(text: str) -> list[tuple[str, str]]:
    """Read a text; return each block's role and its first two words."""
    document = read(Page(text.encode(), "x.txt"))
    return [(b.role, " ".join(b.span.of(document.text).split()[:2])) for b in document.blocks]


def marked(path: Path) -> tuple[list[str], list[str]]:
    """Return the marks and lines of a marked dump; a dateline (P) stands in the line of its paragraph."""
    marks: list[str] = []
    lines: list[str] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        mark, line = row.split("\t", 1)
        if marks and marks[-1] == "P":
            marks[-1], lines[-1] = mark, f"{lines[-1]} {line}"
        else:
            marks.append(mark)
            lines.append(line)
    return marks, lines


@pytest.mark.parametrize("glue", ["\n", "\n\n"], ids=["tight", "loose"])
@pytest.mark.parametrize("path", DUMPS, ids=lambda p: p.stem)
def test_the_article_is_found_in_a_dump_of_a_whole_page(path, glue):
    """Every paragraph is body, no line of chrome is, and the title and the day are the article's."""
    marks, lines = marked(path)
    document = read(Page(glue.join(lines).encode(), "x.txt"))
    body, at = [], 0
    for mark, line in zip(marks, lines, strict=True):
        is_body = any(b.role == "body" and b.span.start < at + len(line) and at < b.span.end for b in document.blocks)
        if mark in "BC":
            body.append((mark == "B", is_body, line))
        at += len(line) + len(glue)
    assert [line for wanted, found, line in body if wanted is not found] == []
    assert document.title == lines[marks.index("T")]
    dated = [line for mark, line in zip(marks, lines, strict=True) if mark == "D"]
    assert (document.published.method == "date-line") or not dated


def test_a_clean_text_keeps_every_line():
    """Without chrome nothing is lost: title, paragraphs long and short, a crosshead."""
    assert roles(f"A treaty at last\n\n{LONG}\n\n“No,” he said.\n\nLarger force\n\n{MORE}\n\nNobody spoke.") == [
        ("title", "A treaty"),
        ("body", "The minister"),
        ("body", "“No,” he"),
        ("crosshead", "Larger force"),
        ("body", "A spokesman"),
        ("body", "Nobody spoke."),
    ]


ITEMS = """THE ANSWER

Food
Needs:
• 62,000 households need food until May.
Gaps:
• No boat has fuel.

Water
• Two wells will be dug before June.

For more information, visit www.aid.example"""
CASES = [
    (f"A treaty at last\n\n{LONG}\n\nUnproved claim\n\n{MORE}", ("crosshead", "Unproved claim"), "alone between paragraphs"),
    (f"A treaty at last\n\n{LONG}\n\nRed line\n\nBlue line\n\nGreen line\n\n{MORE}", ("chrome", "Blue line"), "three in a row"),
    (
        f"A treaty at last\n\n{LONG} They are:\n\nthe red line\n\nthe blue line\n\nthe green line\n\n{MORE}",
        ("body", "the blue"),
        "a list that a colon announces",
    ),
    (f"A treaty at last\n\n{LONG}\n\n—Ann Orr, mayor\n\n{MORE}", ("chrome", "—Ann Orr,"), "who is quoted in a pull quote"),
    (f"A treaty at last\n\n██ Labour - 203 seats\n\n{LONG}\n\n{MORE}", ("chrome", "██ Labour"), "a legend"),
    (f"A treaty at last\n\n{LONG}\n\n1. Unofficial results\n\n2. By district\n\n{MORE}", ("chrome", "1. Unofficial"), "notes"),
    (f"A treaty at last\n\n{LONG}\n\n1. He shall leave.\n\n2. She shall stay.\n\n{MORE}", ("body", "1. He"), "numbered sentences"),
    (
        f"A treaty at last\n\n{LONG}\n\n{ITEMS}",
        ("body", "• No"),
        "marked items that are sentences, below headings",
    ),
    (
        f"A treaty at last\n\nMR ORR: {LONG}\n\nQUESTION: Who signed it?\n\nMR ORR: {MORE}",
        ("body", "QUESTION: Who"),
        "a short turn of a transcript",
    ),
    (f"A treaty at last\n\nBy Ann Orr\n\n{LONG}\n\nAnn Orr is a professor of law at Calder.", ("chrome", "Ann Orr"), "who the writer is"),
    (
        f"A treaty at last\n\nBy Jim Pell\n\n{LONG}\n\nAnn Orr is a professor of law at Calder.",
        ("body", "Ann Orr"),
        "not the page's writer",
    ),
    (f"A treaty at last\n\n{LONG}\n\nReuters\n", ("credit", "Reuters"), "an agency"),
    (f"A treaty at last\n\n{LONG}\n\nA treaty at last\n\n{MORE}", ("chrome", "A treaty"), "the title again"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_a_line_gets_its_role_by_its_place(text, expected, why):
    """Crossheads, lists, notes, credits and repetitions are told apart."""
    assert expected in roles(text), why


def test_hard_wrapped_text_has_one_block_for_each_paragraph():
    """Lines of 60 to 80 characters between blank lines are one paragraph."""
    text = (
        "A treaty is signed at last\n\n"
        "The minister said that the treaty would be signed by the two countries\n"
        "before the end of the year, and that nobody would stop it. He thanked\n"
        "the mediators, who had worked for eleven months in three cities, and\n"
        "the drivers.\n\n"
        "A spokesman for the union told reporters that its members had not been\n"
        "asked, and that they would vote on the plan in the spring of the next\n"
        "year.\n"
    )
    assert roles(text) == [("title", "A treaty"), ("body", "The minister"), ("body", "A spokesman")]


def test_paragraphs_that_were_cut_at_links_are_whole():
    """A dump that has a line for each link gives one block for a sentence."""
    cut = [
        "The minister said in a long talk with",
        "The Pell Reporter",
        "that nobody would stop it, not even the",
        "Union of Carters",
        ", which had sued.",
    ]
    text = "\n".join(["A treaty is signed at last", *cut, MORE])
    assert roles(text) == [("title", "A treaty"), ("body", "The minister"), ("body", "A spokesman")]


def test_a_title_that_is_given_is_not_guessed():
    """Text without its title has none; the given one is the document's; a title in the text is found without the site's name."""
    document = read(Page(f"{LONG}\n\n{MORE}".encode(), "x.txt", title="A treaty is signed at last"))
    assert [b.role for b in document.blocks] == ["body", "body"]
    assert document.title == "A treaty is signed at last"
    document = read(Page(f"A treaty is signed at last\n\n{LONG}".encode(), "x.txt", title="A treaty is signed at last | The Pell Reporter"))
    assert document.title == "A treaty is signed at last"


def test_plain_text_is_never_changed():
    """The canonical text is the decoded text."""
    text = f"  Title of it\n\n\t{LONG}  \n \n(c) 2020 Nobody\n"
    assert read(Page(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "x.txt")).text == text


def test_blocks_do_not_overlap_and_cover_every_line():
    """Each character that is not white space lies in one block, but for what parts a dateline from its sentence."""
    for path in DUMPS:
        text = "\n".join(marked(path)[1])
        at = 0
        for block in read(Page(text.encode(), "x.txt")).blocks:
            assert not text[at : block.span.start].strip()
            at = block.span.end
        assert not text[at:].strip()


OPENINGS = [
    ("WASHINGTON-US President Joe Biden said", "WASHINGTON-", "Washington", None, None),
    ("KYIV, March 3 (Reuters) — Troops left", "KYIV, March 3 (Reuters) — ", "Kyiv", "March 3", "Reuters"),
    ("NEW YORK (Herald) - The council", "NEW YORK (Herald) - ", "New York", None, "Herald"),
    (
        "PORT SARROW, Edrune (Lantern News Agency) - The dock",
        "PORT SARROW, Edrune (Lantern News Agency) - ",
        "Port Sarrow",
        None,
        "Lantern News Agency",
    ),
    ("BEIJING, Oct. 5 (Xinhua) -- China", "BEIJING, Oct. 5 (Xinhua) -- ", "Beijing", "Oct. 5", "Xinhua"),
    (
        "GENEVA/ZURICH, 3 January 2021 (Reuters) - Banks",
        "GENEVA/ZURICH, 3 January 2021 (Reuters) - ",
        "Geneva/Zurich",
        "3 January 2021",
        "Reuters",
    ),
    ("Kyiv, Ukraine (AP) — Troops", "Kyiv, Ukraine (AP) — ", "Kyiv", None, "AP"),
    ("(Reuters) - Shares fell", "(Reuters) - ", None, None, "Reuters"),
    ("ST. JOHN’S — Fishermen", "ST. JOHN’S — ", "St. John’s", None, None),
]


@pytest.mark.parametrize(("text", "span", "place", "date", "agency"), OPENINGS)
def test_a_dateline_gives_place_day_and_agency(text, span, place, date, agency):
    """All usual forms are read, and the sentence begins behind them."""
    found = opening(text, 0, len(text))
    assert found is not None
    assert (found.span.of(text), found.place, found.date, found.agency) == (span, place, date, agency)


NO_OPENINGS = [
    "Biden - who had not slept - said no.",
    "US-China talks have failed.",
    "NATO - the alliance - met.",
    "COVID-19 has killed more.",
    "The minister said: no.",
    "“LONDON is calling,” he said.",
    "US President Joe Biden said - twice - that",
]


@pytest.mark.parametrize("text", NO_OPENINGS)
def test_other_openings_are_no_datelines(text):
    """Names, initials and dashes within a sentence are left alone."""
    assert opening(text, 0, len(text)) is None


def test_the_dateline_is_a_block_of_its_own():
    """The parse starts behind it, and it names place and credit."""
    document = read(Page(f"A treaty at last\n\nKYIV (Reuters) - {LONG}".encode(), "x.txt"))
    assert [b.role for b in document.blocks] == ["title", "dateline", "body"]
    assert document.blocks[2].span.of(document.text) == LONG
    assert document.dateline is not None
    assert document.dateline.span.of(document.text) == "KYIV"
    assert document.credit is not None
    assert document.credit.name == "Reuters"


LANGUAGES = [
    (LONG + " " + MORE, "English"),
    (
        "Die Regierung hat am Montag beschlossen, dass der Vertrag mit den Nachbarn nicht verlängert wird, und die Opposition ist dagegen.",
        "German",
    ),
    (
        "Le gouvernement a décidé lundi que le traité ne sera pas prolongé et les partis de l'opposition ont demandé une élection.",
        "French",
    ),
    (
        "El gobierno decidió el lunes que el tratado no se prolongará y los partidos de la oposición pidieron una elección para el pueblo.",
        "Spanish",
    ),
    ("Правительство в понедельник решило не продлевать договор.", "Cyrillic"),
    ("Too short to say.", None),
    ("Alder Brandt Carel Dorn Eksel Farr Gann Holm Illis Jarl Koll Lind Marr Noll Orr Pell Quill Renn Solt Tarr Urs Vey", None),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_the_language_is_told_by_its_commonest_words(text, language):
    """What has neither common words nor another script is unknown."""
    assert language_of(text) == language


def test_a_page_in_another_language_is_refused():
    """The reason names the language."""
    text = "Ein Vertrag\n\n" + "Die Regierung hat am Montag beschlossen, dass der Vertrag mit den Nachbarn nicht verlängert wird. " * 3
    with pytest.raises(SourceError, match="not English: looks like German"):
        read(Page(text.encode(), "x.txt"))


def test_a_page_of_navigation_is_refused():
    """There is no silent empty document."""
    with pytest.raises(SourceError, match="no article text found"):
        read(Page(b"Home | News | Sport\nSign in\n(c) 2020 Herald", "x.txt"))


@pytest.mark.parametrize("text", ["The rebels fled.", "The rebels retreated from the town.", "“We will go,” said Mr Hale."])
def test_a_lone_sentence_is_no_title(text: str) -> None:
    """Test sets and notes are pages of one sentence: a headline would be read without its verb's tense."""
    document = read(Page(text.encode(), "note.txt", media_type="text/plain"))
    assert [block.role for block in document.blocks] == ["body"]
