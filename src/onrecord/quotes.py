"""Quotations against a document: verbatim, with differences (shown), or not found.

What editors may do is understood: other quotation marks, dashes and spaces; a comma for the full stop at the end; a small letter
for a capital at the beginning; words left out behind an ellipsis; words put in brackets. Anything else is a difference, and each
one is shown word by word: a quotation that drops "not" differs by just that word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from onrecord.documents import Document
from onrecord.gate import normalise
from onrecord.spans import Span

Verdict = Literal["verbatim", "edited", "different", "not found"]

LEAST_ALIKE = 0.7
"""Share of words in common from which a stretch counts as the same quotation, changed; below, chance finds one in any long text."""
SHORTEST = 3
"""Words that a changed quotation must have to be looked for at all."""
GAP = 400
"""Characters that an ellipsis may leave out."""

_ELLIPSIS = re.compile(r"\s*(?:\[\s*)?(?:…|\.\s?\.\s?\.)(?:\s*\])?\s*")
_BRACKETED = re.compile(r"\s*\[[^\]]{0,80}\]\s*")


class Difference(NamedTuple):
    """Words of the quotation and those of the document in their place (either may be empty)."""

    quoted: str
    original: str


class Check(NamedTuple):
    """What became of one quotation: where it stands (None: nowhere), what an editor did, what differs."""

    quote: str
    verdict: Verdict
    span: Span | None = None
    edits: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


def check_quote(quote: str, document: Document) -> Check:
    """Return whether the document has the words of a quotation, and in what form."""
    text = document.text
    wanted = quote.strip().strip("\"“”«»'‘’").strip()
    if not re.search(r"\w", wanted):  # marks alone are no words
        return Check(quote, "not found")
    if (at := text.find(wanted)) >= 0:
        return Check(quote, "verbatim", Span(at, at + len(wanted)))
    return _edited(quote, wanted, text) or _different(quote, wanted, text) or Check(quote, "not found")


# ---- what editors may do -------------------------------------------------------------------------------------------


def _edited(quote: str, wanted: str, text: str) -> Check | None:
    plain, offsets = normalise(text)
    pieces, edits = _pieces(normalise(wanted)[0])
    pattern = rf".{{0,{GAP}}}?".join(_loose(piece, first=n == 0, last=n == len(pieces) - 1) for n, piece in enumerate(pieces))
    found = re.search(pattern, plain, re.DOTALL)
    if found is None:
        return None
    span = Span(offsets[found.start()], offsets[found.end() - 1] + 1)
    return Check(quote, "edited", span, tuple(edits) or ("marks, dashes or spaces",))


def _pieces(wanted: str) -> tuple[list[str], list[str]]:
    """Cut a quotation at ellipses and brackets; say which there were."""
    edits = []
    if _ELLIPSIS.search(wanted):
        edits.append("words left out")
    rest = _ELLIPSIS.sub("\0", wanted)
    if _BRACKETED.search(rest):
        edits.append("words in brackets")
    return [p for p in _BRACKETED.sub("\0", rest).split("\0") if re.search(r"\w", p)] or [wanted], edits


def _loose(piece: str, *, first: bool, last: bool) -> str:
    """Return a pattern of a piece; a capital may be small at the beginning, and the last mark another one."""
    words = piece.strip()
    end = ""
    if last and words[-1:] in {".", ",", "!", "?"}:
        words, end = words[:-1], "[.,!?]?"
    start = ""
    if first and words[:1].isalpha():
        start, words = f"[{words[0].lower()}{words[0].upper()}]", words[1:]
    return (
        (r"(?<!\w)" if piece.strip()[:1].isalnum() else "") + start + re.escape(words) + end + (r"(?!\w)" if words[-1:].isalnum() else "")
    )


# ---- what differs --------------------------------------------------------------------------------------------------

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def _different(quote: str, wanted: str, text: str) -> Check | None:
    """Find the stretch of the text that has most words of the quotation in order, and compare word by word."""
    mine = [m[0].lower().replace("’", "'") for m in _WORD.finditer(wanted)]
    if len(mine) < SHORTEST:
        return None
    places = list(_WORD.finditer(text))
    theirs = [m[0].lower().replace("’", "'") for m in places]
    begin = _best_window(mine, theirs)
    if begin is None:
        return None
    width = len(mine) + max(2, len(mine) // 4)
    low, high = max(0, begin - 2), min(len(theirs), begin + width)
    matcher = SequenceMatcher(None, mine, theirs[low:high], autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    same = sum(b.size for b in blocks)
    if same / len(mine) < LEAST_ALIKE:
        return None
    head, tail = blocks[0], blocks[-1]  # words changed at the ends have their place beside what is the same
    first = max(0, low + head.b - head.a)
    last = min(len(theirs), low + tail.b + tail.size + len(mine) - tail.a - tail.size)
    span = Span(places[first].start(), places[last - 1].end())
    return Check(quote, "different", span, (), tuple(_differences(mine, theirs[first:last])))


def differences(quoted: str, original: str) -> tuple[Difference, ...]:
    """Return the words in which two texts differ, marks and capitals apart."""
    return tuple(_differences(*([m[0].lower().replace("’", "'") for m in _WORD.finditer(text)] for text in (quoted, original))))


def _best_window(mine: Sequence[str], theirs: Sequence[str]) -> int | None:
    """Return where a window as long as the quotation shares most words with it."""
    wanted, shared, size = Counter(mine), 0, len(mine)
    held: Counter[str] = Counter()
    best, place = 0, None
    for at, word in enumerate(theirs):
        held[word] += 1
        shared += held[word] <= wanted[word]
        if at >= size:
            gone = theirs[at - size]
            shared -= held[gone] <= wanted[gone]
            held[gone] -= 1
        if shared > best:
            best, place = shared, max(0, at - size + 1)
    return place if place is not None and best / size >= LEAST_ALIKE else None


def _differences(mine: Sequence[str], theirs: Sequence[str]) -> list[Difference]:
    out = []
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            out.append(Difference(" ".join(mine[a:b]), " ".join(theirs[c:d])))
    return out
