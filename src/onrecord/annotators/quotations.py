"""Quotation marks to quotations: which words of a document are quoted, and what for.

A state machine walks over the marks of one paragraph at a time. Rules:

- Curly marks, guillemets and ``…'' say themselves whether they open or close. A straight mark opens where white space, a bracket,
  a dash or another opening mark stands before it and a word behind it, and closes where a word or punctuation stands before it;
  where both could be, it closes what is open.
- A single mark is an apostrophe unless it opens like a quotation mark and a closing one follows in the paragraph ("the boys' club"
  opens nothing; "'tis" and "'90s" neither).
- A mark after a digit is a foot, an inch or a minute, unless a quotation is open.
- What is open at the end of its paragraph goes on where the next paragraph opens with a mark again (a quotation that runs over
  paragraphs); else it ends with its paragraph and is marked as unclosed. An odd mark never loses more than its paragraph.
- A closing mark that nothing opened is left alone.

`kind` is a guess from the words alone: `title` (name of a work: capitals throughout, behind "titled", "film"), `scare` (a word or
three without a verb's shape), else `speech`. Known limits: a straight single mark inside a single-mark quotation after a plural
("the boys' club") ends it where no later mark fits better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from onrecord.annotations import Annotations, Quotation
from onrecord.lexicons import Lexicon
from onrecord.spans import Span, trim

PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "``": "''”\"", "‘": "’'", '"': '"”', "'": "'’"}
CLOSERS = frozenset("”»›")
MARK = re.compile(r"``|''|[\"“”„«»‹›‘’']")
BEFORE_OPEN = frozenset(" \t\u00a0([{—–-/:“‘\"'„«")
CLIPPED = re.compile(r"(?:\d0s|tis|twas|til|em|cause|n|bout|cos|round)\b", re.IGNORECASE)
WORKS = re.compile(
    r"(?:\b(?:titled|entitled|headlined|film|movie|song|single|album|book|novel|play|series|show|documentary|article|essay|episode|poem|painting|"
    r"game|hit|memoir|musical|drama|sitcom|magazine|ballad|programme|program|dubbed|nicknamed))[\s,:(]*$",
    re.IGNORECASE,
)
SMALL = frozenset({"a", "an", "the", "of", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "is", "it", "be"})
SCARE_WORDS = 3  # of the gold pages' quotations that are statements of their own, one in eight has three words or fewer

Kind = Literal["speech", "scare", "title"]


class _Open(NamedTuple):
    mark: str
    start: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation within one paragraph: its words, how deep, whether its closing mark stands, whether it opened the paragraph."""

    span: Span
    depth: int
    closed: bool
    mark: str
    leads: bool


def annotate(annotations: Annotations, lexicon: Lexicon) -> Annotations:  # noqa: ARG001 - every annotator has this shape
    """Return the annotations with the quotations of title, crossheads and body filled in, in text order."""
    text = annotations.text
    paragraphs = [span for span in annotations.document.spans("title", "crosshead", "body") if span.end > span.start]
    return replace(annotations, quotations=quotations(text, paragraphs))


def quotations(text: str, paragraphs: list[Span]) -> tuple[Quotation, ...]:
    """Return the quotations of these paragraphs, those that run over paragraphs as one."""
    out: list[Quotation] = []
    running: tuple[int, str] | None = None
    for paragraph in paragraphs:
        for found in _walk(text, paragraph):
            goes_on = running is not None and found.leads and found.depth == 0 and found.mark == running[1]
            if goes_on and running is not None:
                earlier = out[running[0]]
                out[running[0]] = replace(earlier, spans=(*earlier.spans, found.span), closed=found.closed)
                at = running[0]
            else:
                out.append(Quotation((found.span,), _kind(text, found.span), found.closed, found.depth))
                at = len(out) - 1
            if found.depth == 0:
                running = None if found.closed else (at, found.mark)
    return tuple(sorted(out, key=lambda q: (q.spans[0].start, q.depth)))


def _walk(text: str, paragraph: Span) -> list[_Found]:
    """Return the quotations of one paragraph."""
    stack: list[_Open] = []
    found: list[_Found] = []
    at = paragraph.start
    while (match := MARK.search(text, at, paragraph.end)) is not None:
        at = match.end()
        mark = match[0]
        if stack and _closes(text, match, stack[-1].mark, paragraph):
            found.append(_close(text, stack, match.start(), paragraph))
        elif len(stack) > 1 and mark not in {"'", "’"} and _closes(text, match, stack[-2].mark, paragraph):
            stack.pop()  # the inner one was an apostrophe or was never closed
            found.append(_close(text, stack, match.start(), paragraph))
        elif _opens(text, match, stack, paragraph):
            stack.append(_Open(mark, match.end()))
    for depth, left in enumerate(stack):
        span = trim(text, Span(left.start, paragraph.end))
        if left.mark not in {"'", "‘"} and span.end > span.start:
            found.append(_Found(span, depth, False, left.mark, _leads(text, left, paragraph)))
    return found


def _close(text: str, stack: list[_Open], end: int, paragraph: Span) -> _Found:
    opened = stack.pop()
    return _Found(trim(text, Span(opened.start, end)), len(stack), True, opened.mark, _leads(text, opened, paragraph))


def _leads(text: str, opened: _Open, paragraph: Span) -> bool:
    return not text[paragraph.start : opened.start - len(opened.mark)].strip()


def _closes(text: str, match: re.Match[str], opened: str, paragraph: Span) -> bool:
    """Tell whether the mark closes the quotation that `opened` opened."""
    mark = match[0]
    if mark not in PAIRS[opened] and not (mark == "''" and opened in {'"', "“"}):
        return False
    if opened in {"'", "‘"}:
        return _ends_single(text, match.start(), paragraph)
    if mark == '"':
        behind = text[match.end() : match.end() + 1]
        before = text[match.start() - 1 : match.start()]
        return not (before.isspace() and behind.isalnum())
    return True


def _opens(text: str, match: re.Match[str], stack: list[_Open], paragraph: Span) -> bool:
    """Tell whether the mark opens a quotation."""
    mark = match[0]
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    behind = text[match.end()] if match.end() < paragraph.end else " "
    if mark in CLOSERS or mark in {"’", "''"} or (mark in {'"', "'"} and before.isdigit()):
        return False
    if mark in {"“", "„", "«", "‹", "``"}:
        return True
    if behind.isspace() and before.isspace() and mark == '"':  # a tokenised text sets spaces around its marks
        return not stack and '"' in text[match.end() : paragraph.end]
    if behind.isspace() or before not in BEFORE_OPEN:
        return False
    if mark == '"':
        return behind not in ".,;:!?)" or text[match.end() : match.end() + 3] == "..."
    if CLIPPED.match(text, match.end()) or any(s.mark in {"'", "‘"} for s in stack):
        return False
    return _single_end(text, match.end(), paragraph) is not None


def _single_end(text: str, start: int, paragraph: Span) -> int | None:
    """Return where a single-mark quotation that starts here ends: at the first closing mark behind punctuation, else the first."""
    ends = [m.start() for m in re.finditer(r"['’]", text[start : paragraph.end]) if _ends_single(text, start + m.start(), paragraph)]
    return start + ends[0] if ends else None


def _ends_single(text: str, at: int, paragraph: Span) -> bool:
    """Tell whether a single mark can close: a word or punctuation before it, none behind it, and no plural's apostrophe."""
    before = text[at - 1 : at]
    behind = text[at + 1] if at + 1 < paragraph.end else " "
    if before.isspace() or behind.isalnum():
        return False
    later = re.search(r"(?<=[^\s])['’](?!\w)", text[at + 1 : paragraph.end])
    plural = before in "sz" and behind == " " and text[at + 2 : at + 3].islower()
    return not (plural and later is not None)


def _kind(text: str, span: Span) -> Kind:
    """Guess what the marks are for."""
    inside = span.of(text)
    words = re.findall(r"\w[\w’'-]*", inside)
    if not words:
        return "scare"
    capital = all(w[0].isupper() or w[0].isdigit() or w.lower() in SMALL for w in words) and words[0][0].isupper()
    ended = inside[-1] in ".!?…" or inside[-2:] in {".,", "!,"}
    if WORKS.search(text, max(0, span.start - 40), span.start - 1) and not ended:
        return "title"
    if capital and 2 <= len(words) <= 8 and inside[-1] not in ".!?,…" and sum(w[0].isupper() for w in words) > len(words) / 2:
        return "title"
    return "scare" if len(words) <= SCARE_WORDS and inside[-1] not in ".!?,…" else "speech"
