"""Attribution by layout: headlines ("X: …", "… – sources"), transcripts ("PENCE: …"), signed quotations, embedded social posts.

Each function yields who speaks, the mark that says so, and the words. A turn of a transcript runs on over the paragraphs behind it until
the next name; names in small letters count where a page has three such lines. A post is the paragraph that its signature
("— Name (@handle) date") ends, or the one before a signature that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations, Sentence
from onrecord.attribution.sources import plausible
from onrecord.attribution.vocabulary import vocabulary
from onrecord.documents import Block
from onrecord.grammar import VERBAL
from onrecord.spans import Span, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKER = re.compile(r"(?P<who>(?:[A-Z][A-Z.'’-]+|[A-Z]\.)(?: (?:[A-Z][A-Z.'’-]+|[A-Z]\.|[IVX]+)){0,4})(?: \([^)]{1,30}\))?:(?:\s+|$)")
NAMED = re.compile(r"(?P<who>(?:[A-Z][\w.'’-]+|[A-Z]\.)(?: (?:[A-Z][\w.'’-]+|[A-Z]\.)){0,3}):(?:\s+|$)")
TURNS = 3  # lines that open with a name, from which a page is a transcript
SIGNED = re.compile(r"(?P<words>\S.*\S)\s*(?P<dash>—|–|--)\s?(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,4})\s*")
POST = re.compile(r"(?P<words>.*?)\s*(?P<dash>—|–|―|--)\s?(?P<who>[^—–―@\n]{2,60}?) \(@\w{2,20}\).*", re.DOTALL)
LINK = re.compile(r"(?:\s*(?:https?://\S+|pic\.twitter\.com/\S+))+$")
SHORTEST = 8  # characters of a turn
HEADLINE = 16  # words of a line that can be a headline
NOT_SPEAKERS = vocabulary("not-speaker")
QUESTIONERS = vocabulary("questioner")
MARKS = ' \t\n\u00a0"“”'

Said = tuple[Span, Span, tuple[Span, ...]]
"""Who, the mark, the words."""


def transcripts(annotations: Annotations) -> Iterator[Said]:
    """Yield the turns of a transcript: a name in capitals (or thrice in small letters) and a colon open a paragraph."""
    text = annotations.text
    blocks = [block for block in annotations.document.blocks if block.role in {"body", "crosshead"}]
    named = [NAMED.match(text, *block.span) for block in blocks]
    pattern = NAMED if sum(m is not None for m in named) >= TURNS and len({m["who"] for m in named if m}) > 1 else SPEAKER
    turns = [m if m is not None and m["who"] not in NOT_SPEAKERS else None for m in (pattern.match(text, *b.span) for b in blocks)]
    running = sum(m is not None for m in turns) >= TURNS
    for place, match in enumerate(turns):
        if match is None:
            continue
        who = Span(*match.span("who"))
        words = [trim(text, Span(match.end(), blocks[place].span.end), MARKS)] if match.end() < blocks[place].span.end else []
        if running or not words:
            words += _onward(annotations, blocks, turns, place, all_of=running)
        if sum(w.end - w.start for w in words) >= SHORTEST:
            yield who, Span(who.end, who.end + 1), tuple(words)


def is_questioner(who: str) -> bool:
    """Tell whether the words before a colon stand for anybody who asks ("QUESTION", "REPORTER") and are nobody's name."""
    return who in QUESTIONERS


def _onward(annotations: Annotations, blocks: list[Block], turns: list[re.Match[str] | None], place: int, *, all_of: bool) -> list[Span]:
    """Return the paragraphs behind a turn's first line that belong to it: all up to the next name, or the next alone."""
    out: list[Span] = []
    for block, turn in zip(blocks[place + 1 :], turns[place + 1 :], strict=True):
        if turn is not None or (out and not all_of):
            break
        out.append(trim(annotations.text, block.span, MARKS))
    return out


def signed(annotations: Annotations) -> Iterator[Said]:
    """Yield paragraphs that are a quotation, a dash and a name."""
    text = annotations.text
    for block in annotations.document.blocks:
        match = SIGNED.fullmatch(text, block.span.start, block.span.end) if block.role == "body" else None
        if match is None:
            continue
        start, end = match.span("words")
        whole = next((p for q in annotations.quotations for p in q.spans if p.start == start + 1 and p.end == end - 1), None)
        if whole is not None:
            yield Span(*match.span("who")), Span(*match.span("dash")), (whole,)


def posts(annotations: Annotations) -> Iterator[Said]:
    """Yield embedded social posts, whose last line is the writer's name, handle and day."""
    text = annotations.text
    before: Block | None = None
    for block in annotations.document.blocks:
        match = POST.fullmatch(text, *block.span) if block.role == "body" and "(@" in block.span.of(text) else None
        if match is not None:
            words = Span(*match.span("words")) if match["words"].strip() else before.span if before is not None else None
            if words is not None:
                link = LINK.search(words.of(text))
                kept = trim(text, Span(words.start, words.start + link.start()) if link else words, MARKS)
                if kept.end - kept.start >= SHORTEST:
                    yield Span(*match.span("who")), Span(*match.span("dash")), (kept,)
        before = block if block.role == "body" and match is None else None


# ---- headlines ------------------------------------------------------------------------------------------------------

TELLS = frozenset({"claims", "reports", "warns", "says", "tells", "suggests", "shows", "charges", "promises", "pledges", "vows"})


def is_headline(annotations: Annotations, sentence: Sentence) -> bool:
    """Tell whether a sentence is a headline: the title, or a short line of its own without a full stop."""
    if sentence.role == "title":
        return True
    words = sentence.span.of(annotations.text).rstrip()
    alone = any(
        b.role == "body" and b.span.start == sentence.span.start and b.span.end <= sentence.span.end + 1
        for b in annotations.document.blocks
    )
    return alone and words[-1:].isalnum() and len(words.split()) <= HEADLINE


def headline(annotations: Annotations, sentence: Sentence) -> tuple[Token, Span, Span] | None:
    """Return (source, cue, content) of a headline "X: …" or "…: X" whose X is an actor or can be told for a source, or None."""
    tokens = [t for t in annotations.tokens(sentence) if not t.is_space]
    colon = next((n for n, t in enumerate(tokens) if t.text in {":", "–", "—", "-", "|"} and (t.text == ":" or _spaced(t))), None)
    if colon is None or colon == 0 or colon == len(tokens) - 1:
        return _claims(tokens)
    before, behind = tokens[:colon], tokens[colon + 1 :]
    mark = Span(tokens[colon].idx, tokens[colon].idx + 1)
    for who, words in ((before, behind), (behind, before)):
        head = _source_like(annotations, who, last=who is behind)
        if head is not None and any(t.pos_ in VERBAL for t in words) and len(words) >= 3:
            return head, mark, Span(words[0].idx, words[-1].idx + len(words[-1]))
    return None


def _spaced(dash: Token) -> bool:
    return bool(dash.whitespace_) and dash.i > 0 and bool(dash.nbor(-1).whitespace_)


def _claims(tokens: list[Token]) -> tuple[Token, Span, Span] | None:
    """Read "…, insider claims", where the tagger takes the verb for a noun."""
    if len(tokens) < 5 or tokens[-1].lower_ not in TELLS or tokens[-1].pos_ in VERBAL:
        return None
    comma = next((n for n in range(len(tokens) - 2, max(len(tokens) - 7, 1), -1) if tokens[n].text == ","), None)
    if comma is None or comma == len(tokens) - 2:
        return None
    who, words = tokens[comma + 1 : -1], tokens[:comma]
    if not plausible(who[-1]) or any(t.pos_ in VERBAL for t in who):
        return None
    while words and (words[-1].is_quote or words[-1].is_punct):
        words = words[:-1]
    return who[-1], Span(tokens[-1].idx, tokens[-1].idx + len(tokens[-1])), Span(words[0].idx, words[-1].idx + len(words[-1]))


def _source_like(annotations: Annotations, who: list[Token], *, last: bool) -> Token | None:
    """Return the head of words that can be a headline's source; behind the colon, a plural of people is enough ("…: engineers")."""
    if len(who) > 5 or any(t.pos_ in VERBAL or t.is_punct for t in who):
        return None
    head = next((t for t in who if t.head.i not in {x.i for x in who} or t.head.i == t.i), None)
    if head is None or not plausible(head) or head.pos_ not in {"NOUN", "PROPN"}:
        return None
    actor = annotations.actor_at(head)
    if actor is not None:
        return head if actor.kind in {"person", "media", "organisation", "unnamed"} or actor.sector is not None else None
    known = head.ent_type_ == "PERSON" or head.lemma_.lower() in vocabulary("headline")
    people = (
        last and head.tag_ == "NNS" and head.lemma_.lower().endswith(("er", "or", "ist", "ian", "ent", "ant", "ee", "expert", "official"))
    )
    return head if known or people else None
