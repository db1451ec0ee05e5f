"""How well and how fast HTML is read: ours beside trafilatura, resiliparse and readability-lxml, in one run.

    python bench/reading.py [--pages N] [--size KIB]

Pages are made here (six layouts, seeded; the article is known by construction) and filled with menus and scripts up to a size;
those of `examples/` are timed with them. F1 is over 4-word shingles of the article, averaged over pages. Speeds are of one
process and mean nothing alone: look at the ratios. Peers that are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from onrecord.documents import Page
from onrecord.reading import read

ROOT = Path(__file__).parent.parent
WHO = (
    "The transport minister",
    "A spokesman for the union",
    "The mayor of Lanx",
    "The opposition leader",
    "The harbour office",
    "A court in Senna City",
    "The island's governor",
)
DID = (
    "rejected the plan to close the eastern ferry line",
    "promised to publish the report before the summer",
    "accused the company of having hidden the costs",
    "agreed to pay half of the wages that were lost",
    "ordered the police to clear the bridge",
    "asked for two more weeks to answer",
    "said that talks would go on",
)
WHEN = (
    "on Monday",
    "late on Tuesday",
    "after a meeting that lasted six hours",
    "in a letter to parliament",
    "at a news conference",
    "on 4 March 2019",
    "for the second time this year",
)
MORE = (
    "Nobody was hurt, according to the fire brigade.",
    "The figures could not be checked.",
    "“We shall see who pays for it,” one of them added.",
    "About 2,300 people are concerned.",
    "The ministry would not comment.",
    "It was the third such case since the spring, when two bridges were closed.",
    "Critics say that the matter is far from settled.",
)
HEADLINES = (
    "Five recipes with leeks",
    "Bridge tolls to rise",
    "Museum finds missing map",
    "Why the trams are blue",
    "Storm damages 80 roofs",
)
COMMENTS = (
    "<section class='comments'><h3>2 Comments</h3><p>Has anybody read this to the end? I have, and I want my hour back.</p></section>"
)


class Made(NamedTuple):
    """A page and its article."""

    html: str
    paragraphs: list[str]


def make(seed: int, size: int) -> Made:
    """Return a page in one of six layouts, filled up to `size` bytes."""
    rng = random.Random(seed)
    paragraphs = [
        " ".join(
            f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHEN)}." + (" " + rng.choice(MORE) if rng.random() < 0.6 else "")
            for _ in range(rng.randint(1, 3))
        )
        for _ in range(rng.randint(8, 22))
    ]
    paragraphs = list(dict.fromkeys(paragraphs))
    title = f"{rng.choice(WHO)} {rng.choice(DID)}"
    links = "".join(f'<li><a href="/{i}">{rng.choice(HEADLINES)}</a> <time>{i % 27 + 1} Nov 2021</time></li>' for i in range(20))
    menu = "".join(
        f'<li><a href="/s{i}">{word}</a></li>' for i, word in enumerate(["World", "Politics", "Harbour", "Culture", "Weather", "Sport"] * 4)
    )
    related = f'<aside class="related"><h4>Read more</h4><ul>{links}</ul></aside>'
    body = [f"<p>{p}</p>" for p in paragraphs]
    body.insert(len(body) // 2, related)
    layouts: list[Callable[[], str]] = [
        lambda: f"<article><h1>{title}</h1><p class='byline'>By Ann Orr</p>{''.join(body)}</article>",
        lambda: f"<div class='headline'><h1>{title}</h1></div><div class='article-body'>{''.join(body)}</div>",
        lambda: f"<table><tr><td>{menu}</td><td><h2>{title}</h2>{''.join(body)}</td><td>{links}</td></tr></table>",
        lambda: f"<div id='content'><h1>{title}</h1>{'<br><br>'.join(paragraphs)}</div>",
        lambda: f"<main><article><header><h1>{title}</h1></header><section>{''.join(body)}</section></article></main>",
        lambda: f"<div><div><div><h1>{title}</h1>{''.join(f'<div><span>{p}</span></div>' for p in paragraphs)}</div></div></div>",
    ]
    article = rng.choice(layouts)()
    head = f"<head><title>{title} | The Pell Reporter</title></head>"
    top = f"<body><nav><ul>{menu}</ul></nav><div class='cookie'><p>We use cookies to improve your experience.</p></div>"
    end = f"<aside class='sidebar'><h3>Most read</h3><ol>{links}</ol></aside><footer><p>&copy; 2021 The Pell Reporter</p></footer>"
    page = f"<!DOCTYPE html><html lang='en'>{head}{top}{article}{COMMENTS}{end}"
    script = "<script>window.q=window.q||[];q.push({" + ",".join(f'"k{i}":"{rng.random()}"' for i in range(120)) + "});</script>"
    fill = f"<div class='menu'><ul>{menu}</ul></div>{script}"
    return Made(page + fill * max(0, (size - len(page)) // len(fill)) + "</body></html>", paragraphs)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-word shingles of a text."""
    words = text.lower().split()
    return Counter(tuple(words[i : i + 4]) for i in range(max(len(words) - 3, 1)))


def f1(found: str, truth: str) -> float:
    """Return the F1 of a text's shingles."""
    a, b = shingles(found), shingles(truth)
    both = (a & b).total()
    return 2 * both / (a.total() + b.total())


def ours(html: str) -> str:
    """Return the article as the canonical text, chrome left out."""
    document = read(Page(html.encode(), "page.html", media_type="text/html"))
    return "\n".join(
        block.span.of(document.text) for block in document.blocks if block.role not in {"chrome", "credit", "byline", "date_line"}
    )


def peers() -> dict[str, Callable[[str], str]]:
    """Return the readers that are installed; the others are named."""
    out: dict[str, Callable[[str], str]] = {"onrecord": ours}
    try:
        import trafilatura

        out["trafilatura"] = lambda html: trafilatura.extract(html, include_comments=False) or ""
        out["trafilatura+meta"] = lambda html: trafilatura.extract(html, include_comments=False, with_metadata=True) or ""
    except ImportError:
        print("trafilatura is not installed: left out")
    try:
        from resiliparse.extract.html2text import extract_plain_text

        out["resiliparse"] = lambda html: extract_plain_text(html, main_content=True)
    except ImportError:
        print("resiliparse is not installed: left out")
    try:
        from lxml import html as lxml_html
        from readability import Document

        out["readability-lxml"] = lambda html: lxml_html.fromstring(Document(html).summary()).text_content()
    except ImportError:
        print("readability-lxml is not installed: left out")
    return out


def main() -> None:
    """Print one row a reader."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=60)
    options.add_argument("--size", type=int, default=170, help="KiB a page")
    chosen = options.parse_args()
    pages = [make(seed, chosen.size * 1024) for seed in range(chosen.pages)]
    examples = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.html"))]
    print(f"{len(pages)} pages of {statistics.mean(len(p.html) for p in pages) / 1024:.0f} KiB, {len(examples)} examples")
    rates: dict[str, float] = {}
    for name, run in peers().items():
        run(pages[0].html)
        started = time.process_time()
        texts = [run(page.html) for page in pages]
        rates[name] = len(pages) / (time.process_time() - started)
        started = time.process_time()
        for html in examples:
            run(html)
        small = len(examples) / (time.process_time() - started)
        score = statistics.mean(f1(text, "\n".join(page.paragraphs)) for text, page in zip(texts, pages, strict=True))
        ratio = rates[name] / rates["onrecord"]
        print(f"{name:18} F1 {score:.4f}   {rates[name]:7.1f} pages/s (x{ratio:.2f} of ours)   examples {small:7.1f} pages/s")


if __name__ == "__main__":
    main()
