"""PDF with a text layer to text, each character with its page."""

from __future__ import annotations

import pytest

from onrecord.documents import Page
from onrecord.errors import SourceError
from onrecord.reading import read

pytest.importorskip("pdfminer", reason="the extra [pdf] is not installed")


def pdf(pages: list[list[tuple[float, float, str]]], size: int = 10) -> bytes:
    """Make a PDF: for each page the lines with their place, in points from the bottom left."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        stream = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {font} /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{start}\n%%EOF".encode()


def column(lines: list[str], x: float = 60, top: float = 700) -> list[tuple[float, float, str]]:
    """Set lines below each other; an empty one is a gap."""
    return [(x, top - 12 * n, line) for n, line in enumerate(lines) if line]


LEFT = [
    "The two governments agreed on Monday to",
    "withdraw their troops from the valley be-",
    "fore the end of the year.",
    "",
    "Nobody would say what hap-",
    "pens to the bridge.",
]
RIGHT = [
    "The joint commission will meet twice a",
    "year and report to both parliaments.",
    "",
    "Its chairman thanked the mediators for",
    "their patience.",
]
HEAD = (60, 810, "Joint statement - the Ostrel valley")


def test_lines_become_paragraphs_and_hyphens_are_undone():
    """Words cut at the end of a line are whole again, paragraphs end where a gap is."""
    document = read(Page(pdf([[(60, 740, "Joint statement of the two governments"), *column(LEFT)]]), "x.pdf"))
    bodies = [b.span.of(document.text) for b in document.blocks if b.role == "body"]
    assert bodies == [
        "The two governments agreed on Monday to withdraw their troops from the valley before the end of the year.",
        "Nobody would say what happens to the bridge.",
    ]
    assert document.title == "Joint statement of the two governments"
    assert document.source.media_type == "application/pdf"


def test_columns_are_read_one_after_the_other():
    """The right column follows the left, whatever the height of their lines."""
    document = read(Page(pdf([[(60, 740, "Joint statement of the two governments"), *column(LEFT), *column(RIGHT, x=320)]]), "x.pdf"))
    bodies = [b.span.of(document.text) for b in document.blocks if b.role == "body"]
    assert [text.split()[0] for text in bodies] == ["The", "Nobody", "The", "Its"]


def test_running_heads_and_page_numbers_are_left_out():
    """What stands in the margin of most pages is no part of the text; a paragraph goes on over the page."""
    first = [HEAD, (290, 30, "1"), *column(["The two governments agreed on Monday to withdraw all"])]
    second = [HEAD, (290, 30, "2"), *column(["of their troops from the valley before the end of the year."])]
    document = read(Page(pdf([first, second]), "x.pdf"))
    assert "Joint statement" not in document.text
    assert (
        document.text == "The two governments agreed on Monday to withdraw all of their troops from the valley before the end of the year."
    )


def test_every_character_knows_its_page():
    """The source of a word is its page and its place among that page's characters."""
    first = [HEAD, *column(LEFT)]
    second = [HEAD, *column(RIGHT)]
    document = read(Page(pdf([first, second]), "x.pdf"))
    for word, node in (("governments", "page/1"), ("commission", "page/2")):
        start = document.text.index(word)
        (found, offset), (_, end) = document.map.source_of(document.blocks[0].span._replace(start=start, end=start + len(word)))
        assert found == node
        assert end - offset == len(word)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([[]]), "no text layer"),
        (b"%PDF-1.4\nnot a PDF at all", "damaged PDF|no text layer"),
        (b"%PDF-" + b"0" * (6 * 1024 * 1024), "over 5 MiB"),
    ],
    ids=["scanned", "damaged", "large"],
)
def test_a_pdf_that_cannot_be_read_says_why(content, reason):
    """No text layer, damage and size are named."""
    with pytest.raises(SourceError, match=reason):
        read(Page(content, "x.pdf"))
