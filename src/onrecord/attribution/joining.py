"""The words of a verb cue as spans: the clause that it governs and the quotations beside it, joined and cut at each other's edges.

A stretch that reaches into a quotation reaches over all of it; a clause ends where another cue's quotation or the same speaker's next
cue begins; a quotation that is a sentence of its own ends the clause behind a cue. Stretches with nothing but marks and "and" between
them are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.attribution import quoted, verbs
from onrecord.attribution.sources import span_of
from onrecord.spans import Span, cover

if TYPE_CHECKING:
    from spacy.tokens import Token

WORDS = 4  # words from which a quotation without a cue can be speech
GAP = 80  # characters between a cue's words and a quotation that goes on for them: marks, "and"
FOLLOWS = re.compile(r"[\"“”'‘’.!?:;,—–\s]*(?:and\s)?[\"“”‘'«]?")
ONWARD = re.compile(r"\s*(?:and|but|while|as)\b")
ARTICLE = re.compile(r"(?:an?|the)\s+[\"“‘'«]")
OPENING = "\"“‘«'"
CLOSING = "\"”’»'"


def until_next(acts: Iterable[tuple[Token | None, Token]], said: verbs.Spoken, span: Span) -> Span:
    """End a stretch where the same speaker's next cue or refusal begins ("said it failed and urged the crowd to go", "…, adding that …").

    `acts`: who speaks and the first word, of each cue and refusal outside quotations.
    """
    for who, first in acts:
        same = who is not None and said.source is not None and who.i == said.source.i
        if same and first.i > said.use.token.i and span.start < first.idx < span.end and said.use.token.idx < span.start:
            edge = min((t for t in first.doc[max(first.i - 4, 0) : first.i] if t.dep_ == "cc"), key=lambda t: t.i, default=first.left_edge)
            end = min(edge.idx - 1, span.end)
            return Span(span.start, max(span.start, end - 1 if first.doc.text[end - 1] == "," else end))
    return span


def free(annotations: Annotations, taken: list[Span]) -> list[Span]:
    """Return the outermost quotations that no cue has taken and that could be speech."""
    return [
        s
        for q in annotations.quotations
        if q.depth == 0
        for s in q.spans
        if s not in taken and len(s.of(annotations.text).split()) >= WORDS
    ]


def carried(annotations: Annotations, content: tuple[Span, ...], free: list[Span]) -> tuple[Span, ...]:
    """Let a quotation that stands right behind the words of a cue, or opens the next sentence, go on for them."""
    out = list(content)
    for span in free:
        if out and 0 < span.start - out[-1].end <= 80 and FOLLOWS.fullmatch(annotations.text[out[-1].end : span.start]):
            out.append(span)
    return join(annotations.text, out)


def joined(annotations: Annotations, said: verbs.Spoken, links: list[quoted.Link], others: list[tuple[Span, int]]) -> tuple[Span, ...]:
    """Join the clause that a cue governs and the quotations beside it; quotations of other cues end the clause."""
    governed = verbs.spans_of(said.content) if said.content is not None else ()
    marks = tuple(Span(link.lead if link.lead is not None else link.part.span.start, link.part.span.end) for link in links)
    marks = (*_opening(annotations, said, links), *marks)
    cue = said.use.token.idx
    doc = annotations.doc
    cut = [o for o, owner in others if not any(g.start <= doc[owner].idx < g.end for g in governed)]
    governed = tuple(_until(g, cut) for g in governed if not any(o.contains(g) and not o.start <= cue < o.end for o in cut))
    if marks and governed:
        governed = tuple(_until_close(annotations, g, marks, cue) for g in governed if any(_touches(annotations.text, g, m) for m in marks))
    if not governed and len(links) == 1 and links[0].part.kind == "title" and said.use.token.tag_ in {"VBN", "VBD"} and said.source is None:
        return ()
    if not governed and len(links) == 1 and links[0].part.kind == "scare" and not _complete(annotations, said, links[0].part):
        return ()
    if "tell" in said.use.cue.frames:
        governed = tuple(_behind_addressee(annotations.text, g, marks, cue) for g in governed)
    whole = join(annotations.text, (*widened(annotations, governed, cue), *marks))
    own = span_of(list(said.use.words))
    bare = said.content is not None and said.content.frame in {"predicate", "+as"}
    return tuple(
        _balanced(annotations, _undetermined(annotations, s) if bare else s) for s in whole if not s.overlaps(own) and s.end > s.start
    )


def _opening(annotations: Annotations, said: verbs.Spoken, links: list[quoted.Link]) -> tuple[Span, ...]:
    """Return the subject that a quotation goes on for across its cue ("The bill, Orne wrote in a letter, “helps nobody”")."""
    who, first = said.source, links[0].part.span.start if links else 0
    if who is None or not links or not annotations.text[first].islower() or not said.use.token.i < links[0].part.first:
        return ()
    doc, edge = annotations.doc, min(who.left_edge.i, said.use.token.i)
    before = doc[doc[edge].sent.start : max(edge - 1, 0)]
    plain = 0 < len(before) <= 8 and doc[edge - 1].text == "," and before[0].tag_ not in {"IN", "RB", "CC", "VBG", "VBN"}
    if not plain or any(t.pos_ in {"VERB", "AUX"} or t.text == "," for t in before):
        return ()
    return (Span(before[0].idx, before[-1].idx + len(before[-1])),)


def _balanced(annotations: Annotations, span: Span) -> Span:
    """Leave out a mark whose partner stands outside, and take in the closing mark of a quotation that opens within."""
    text = annotations.text
    start, end = span
    if (text[end - 1] == '"' and text[start:end].count('"') == 1) or (text[end - 1] == "”" and "“" not in text[start:end]):
        end -= 1
    while end - start > 1 and text[start] in OPENING and not any(text[i] in CLOSING for i in range(start + 1, end)):
        start += 1
    outer = next((p for q in annotations.quotations for p in q.spans if p.start == start + 1 and p.end >= end - 1), None)
    if outer is not None:
        return Span(outer.start, min(outer.end, end))
    inner = next(
        (p for q in annotations.quotations for p in q.spans if q.depth == 0 and q.closed and start < p.start and p.end == end), None
    )
    if inner is not None and text[end : end + 1] and text[end] in CLOSING:
        end += 1
    return Span(start, end)


def _undetermined(annotations: Annotations, span: Span) -> Span:
    """Leave the article in front of a quotation out of what something is called (called it a "farce")."""
    match = ARTICLE.match(annotations.text, span.start, span.end)
    inner = Span(match.end(), span.end) if match is not None else span
    return inner if any(p.contains(inner) for q in annotations.quotations for p in q.spans) else span


def _until(span: Span, others: list[Span]) -> Span:
    """Cut a stretch where a quotation of another cue begins within it."""
    return Span(span.start, min((o.start for o in others if span.start < o.start < span.end), default=span.end))


def _behind_addressee(text: str, span: Span, marks: tuple[Span, ...], cue: int) -> Span:
    """Begin a clause at its quotation where a comma parts them: what stands before is the addressee ("told the council, “…”")."""
    for mark in marks:
        if cue < span.start < mark.start <= span.end and text[span.start : mark.start].rstrip(" \"“‘'").endswith(","):
            return Span(mark.start, max(span.end, mark.end))
    return span


def _until_close(annotations: Annotations, span: Span, marks: tuple[Span, ...], cue: int) -> Span:
    """End a clause behind its cue with a quotation that is a sentence of its own ("We lost," and the flag came down)."""
    text = annotations.text
    for mark in marks:
        if span.start <= mark.start and mark.end < span.end and text[mark.end + 1 : mark.end + 3].strip() in {"—", "–", "-", "--"}:
            return Span(span.start, mark.end)  # "…” — a line that drew applause"
        if cue < mark.start <= span.start + 2 and mark.end < span.end:
            behind = text[mark.end : mark.end + 6].lstrip("\"“”'’")
            sentence = len(mark.of(text).split()) >= 5 and ONWARD.match(behind) is not None
            if text[mark.end - 1] in ",.!?" or behind[:1] == "," or sentence:
                return Span(span.start, mark.end)
    return span


def _touches(text: str, a: Span, b: Span) -> bool:
    """Tell whether two stretches overlap or have nothing but marks and "and" between them."""
    if a.overlaps(b):
        return True
    low, high = sorted((a, b))
    return not text[low.end : high.start].strip(" ,;:\"“”'‘’`«»—–-\u00a0").removeprefix("and").removeprefix("that").strip(" \"“”'‘’")


def widened(annotations: Annotations, governed: Iterable[Span], cue: int) -> list[Span]:
    """Let a stretch that reaches into a quotation reach over all of it, unless the cue itself stands there."""
    out = []
    for span in governed:
        start, end = span
        for quotation in annotations.quotations:
            if quotation.depth or any(p.start <= cue < p.end for p in quotation.spans):
                continue
            for part in quotation.spans:
                if part.overlaps(Span(start, end)):
                    start, end = min(start, part.start), max(end, part.end)
        out.append(Span(start, end))
    return out


def join(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort stretches, and join those that overlap or have only quotation marks, space or "and" between them."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or _bound(text[out[-1].end : span.start])):
            out[-1] = cover((out[-1], span))
        else:
            out.append(span)
    return tuple(out)


def _bound(between: str) -> bool:
    return "\n" not in between and not between.strip(" ,\"“”'‘’`«»\u00a0").removeprefix("and").removeprefix("that").strip()


def _complete(annotations: Annotations, said: verbs.Spoken, part: quoted.Part) -> bool:
    """Tell whether what follows the closing mark ends the clause, or the cue only names what something is called."""
    if {"predicate", "+as"} & set(said.use.cue.frames):
        return True
    rest = annotations.text[part.span.end : part.span.end + 3].lstrip("\"“”'‘’`«»")
    return not rest[:2].strip(" ") or not rest.strip()[:1].isalnum()


def is_pronoun(annotations: Annotations, content: tuple[Span, ...]) -> bool:
    """Tell whether a content is only a pronoun, which says nothing."""
    return len(content) == 1 and content[0].of(annotations.text).lower() in {
        "it",
        "this",
        "that",
        "them",
        "him",
        "her",
        "which",
        "whom",
        "so",
        "us",
    }
