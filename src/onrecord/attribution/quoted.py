"""Quotations and the cues beside them: whose words the marks enclose.

A quotation takes the cue that stands right behind it ("…," said X; "…," X said on Monday) or right before it (X said, "…"; In a
letter X wrote: "…"), with nothing but adjuncts between; a cue between two quotations of one sentence takes both. A quotation
without a cue goes on for the one before it where it opens the next sentence, or the next paragraph behind a paragraph that ended in
a quotation. Only the tokens between the marks count, so that a wrong sentence break within a quotation does no harm.

Known limits: a cue more than REACH tokens away is not seen; two speakers in one paragraph without cues are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.attribution.cues import Use
from onrecord.grammar import VERBAL, is_passive, own_subject, relative
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 18  # tokens between a quotation and its cue; 99% of the gold pages' are within 14
SENTENCE = re.compile(r"[a-z]{4}[.!?]\s")  # a full stop that ends a sentence, not "Mr.", "Sen.", "Prof."
SHORT = 8  # words between two quotations that "and" joins
INTRODUCED = 5  # words from which a quotation behind a colon is speech and no title
ENDS = frozenset({".", "!", "?", ";", "…"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Part(NamedTuple):
    """One paragraph's stretch of a quotation: its characters, the tokens within, which quotation it is of."""

    span: Span
    first: int
    last: int
    quotation: int
    kind: str


class Link(NamedTuple):
    """A quotation part and the cue that takes it (None: it goes on for the part before), with what stood where.

    `lead` is where the attributed words begin in front of the marks (he said the rest "would be overwhelming": at "the rest").
    """

    part: Part
    use: Use | None
    how: str
    lead: int | None = None


def parts(annotations: Annotations) -> tuple[Part, ...]:
    """Return the outermost quotations paragraph by paragraph, in text order."""
    out = []
    for number, quotation in enumerate(annotations.quotations):
        if quotation.depth:
            continue
        for span in quotation.spans:
            tokens = annotations.tokens_of(span)
            if len(tokens):
                out.append(Part(span, tokens[0].i, tokens[-1].i, number, quotation.kind))
    return tuple(sorted(out, key=lambda p: p.span.start))


def links(annotations: Annotations, uses: Mapping[int, Use]) -> tuple[Link, ...]:
    """Return for each quotation part the cue beside it, or what it goes on from; parts without either are left out."""
    every = parts(annotations)
    inside = _inside(annotations, every)
    out: list[Link] = []
    for place, part in enumerate(every):
        before = every[place - 1] if place else None
        after = every[place + 1] if place + 1 < len(every) else None
        head = _head(annotations, part, before, inside)
        asked = annotations.text[part.span.end - 1] in "?!."
        found = (_before(uses, head) if asked else None) or _behind(annotations, uses, part, after, inside) or _before(uses, head)
        if found is not None:
            out.append(Link(part, found, "beside", _lead(head, found) if found.token.i < part.first else None))
        elif out and before is not None and out[-1].part == before and _goes_on(annotations, before, part, out[-1]):
            out.append(Link(part, None, "goes on"))
    return tuple(out)


def _inside(annotations: Annotations, every: tuple[Part, ...]) -> frozenset[int]:
    """Return the tokens that stand within quotation marks."""
    return frozenset(i for p in every for i in range(p.first, p.last + 1) if annotations.doc[i].idx < p.span.end)


# ---- behind the quotation -------------------------------------------------------------------------------------------


def _behind(annotations: Annotations, uses: Mapping[int, Use], part: Part, after: Part | None, inside: frozenset[int]) -> Use | None:
    """Return the cue of the clause that follows the closing mark."""
    text = annotations.text
    last = (part.span.of(text).rstrip(")]") or ".")[-1]
    tail = _tail(annotations, part, after, inside)
    if last in ".…" and not _alone(annotations, tail):
        return None
    if part.kind != "speech" and last.isalnum() and (not tail or tail[0].text not in {",", "—", "–"}) and not _opens(annotations, part):
        return None  # a name or word in marks within the subject of the verb behind it
    if not tail or (tail[0].text not in {",", "—", "–", "-"} and last not in ",!?—–-;." and not _leads(tail, uses)):
        return None
    words = [t for t in tail if not t.is_punct and not t.is_space]
    if words and words[0].lower_ in {"and", "but", "or", "that", "which", "while", "when", "including", "meaning"}:
        return None
    for token in words[:REACH]:
        use = uses.get(token.i)
        inverted = use is not None and token is words[0] and is_inverted(annotations, token)
        if use is not None and "quote" in use.cue.frames and _speaks(token) and (_speaker_within(token, tail) or inverted):
            return use if words[0].lower_ != "as" or use.cue.id == "cue.put-it" else None
        if token.tag_ in FINITE and token.pos_ in VERBAL and not _aside(token):
            return None
    return None


def _opens(annotations: Annotations, part: Part) -> bool:
    """Tell whether nothing stands before a quotation in its paragraph or behind the last full stop."""
    before = annotations.text[: part.span.start].rstrip("\"“”'‘’`«» ")
    return not before or before[-1] in ".!?:\n"


def _tail(annotations: Annotations, part: Part, after: Part | None, inside: frozenset[int]) -> list[Token]:
    """Return the tokens from the closing mark to the end of the clause: a full stop, the next quotation, the paragraph."""
    out: list[Token] = []
    end = annotations.text.find("\n", part.span.end)
    end = len(annotations.text) if end < 0 else end
    for token in annotations.doc[part.last + 1 : part.last + 60]:
        if token.idx >= end or (after is not None and token.idx >= after.span.start) or (token.text in ENDS and out):
            break
        if token.idx >= part.span.end and not token.is_quote and token.text not in {"''", "``"} and token.i not in inside:
            out.append(token)
    return out


def _alone(annotations: Annotations, tail: list[Token]) -> bool:
    """Tell whether a speaker and a cue are all that stands in the sentence behind a quotation that ended in a full stop."""
    if not tail or len(tail) > 7:
        return False
    end = tail[-1].i + 1
    return end < len(annotations.doc) and annotations.doc[end].text == "."


def _leads(tail: list[Token], uses: Mapping[int, Use]) -> bool:
    """Tell whether the clause opens with its cue or with a short subject and its cue ("… " he said)."""
    for token in tail[:4]:
        use = uses.get(token.i)
        if use is not None and "quote" in use.cue.frames:
            return True
        if token.pos_ in VERBAL or token.is_punct:
            return False
    return False


def _speaks(token: Token) -> bool:
    """Tell whether a cue's verb is one that speaks here: finite, perfect or a participle, not an infinitive."""
    return token.tag_ in {"VBD", "VBZ", "VBP", "VBG", "VBN"} or any(c.dep_ == "aux" and c.lower_ != "to" for c in token.children)


def _speaker_within(token: Token, tail: list[Token]) -> bool:
    """Tell whether the cue has its speaker in the clause behind the quotation."""
    within = {t.i for t in tail}
    if is_passive(token) or token.dep_ == "relcl":
        return False
    who = own_subject(token)
    if who is not None and who.i >= tail[0].i:
        return relative(who).i in within or who.i in within
    if token.tag_ == "VBG":
        return False
    return any(t.pos_ in {"PROPN", "NOUN", "PRON"} for t in tail if abs(t.i - token.i) <= 6)


def is_inverted(annotations: Annotations, verb: Token) -> bool:
    """Tell whether a cue stands right behind a closing mark, its speaker behind it, whatever the parser made of them ("…" tweeted X)."""
    before = next((t for t in reversed(verb.doc[max(verb.i - 4, 0) : verb.i]) if t.is_alpha or t.like_num or t.pos_ == "X"), None)
    if before is None or annotations.quotation_at(before.idx) is None or verb.i + 1 >= len(verb.doc):
        return False
    behind = verb.nbor(1)
    return verb.tag_ in {"VBD", "VBN", "VBZ"} and (behind.pos_ in {"PROPN", "DET", "PRON", "NOUN", "ADJ"}) and not behind.is_space


def _aside(token: Token) -> bool:
    """Tell whether a finite verb stands in a relative clause on the speaker ("…," Bray, who was there, said)."""
    here = token
    while here.dep_ in {"conj", "ccomp", "advcl", "xcomp", "aux", "auxpass"} and here.head.i != here.i:
        here = here.head
    return here.dep_ in {"relcl", "aux", "auxpass"} or any(c.tag_ in {"WP", "WDT"} for c in here.children)


# ---- before the quotation -------------------------------------------------------------------------------------------


def _before(uses: Mapping[int, Use], head: list[Token]) -> Use | None:
    """Return the cue that the quotation completes; `head`: the tokens in front of it."""
    for token in reversed(head[-REACH:]):
        use = uses.get(token.i)
        if use is not None and "quote" in use.cue.frames and (_speaks(token) or _to_say(token)):
            return use if _only_adjuncts(head, use) else None
        if token.tag_ in FINITE and token.pos_ in VERBAL and token.dep_ not in {"aux", "auxpass"} and not _clock(token):
            return None
    return None


def _clock(token: Token) -> bool:
    """Tell whether "am" is an hour's."""
    return token.lower_ in {"am", "pm"} and token.i > 0 and token.nbor(-1).text[:1].isdigit()


def _lead(head: list[Token], use: Use) -> int | None:
    """Return where a clause that the quotation finishes begins in front of the marks, or None where only adjuncts stand there."""
    between = [t for t in head if t.i > use.words[-1].i]
    if between and between[-1].text == ",":
        return None  # "the envoy told the council, “…”"
    first = next((t for t in between if t.dep_ in {"nsubj", "nsubjpass", "expl"} and t.tag_ not in {"WP", "WDT"} and t.head.i > t.i), None)
    if first is None:
        return None
    edge = max(first.left_edge.i, between[0].i)
    return first.doc[edge].idx


def _head(annotations: Annotations, part: Part, before: Part | None, inside: frozenset[int]) -> list[Token]:
    """Return the tokens from the last full stop outside quotations, or the quotation before, to the opening mark."""
    start = annotations.text.rfind("\n", 0, part.span.start) + 1
    if not annotations.text[start : part.span.start].strip("\"“”'‘’`«» "):
        start = _colon_line(annotations, start)
    floor = max(start, before.span.end if before is not None else 0)
    out: list[Token] = []
    for token in reversed(annotations.doc[max(part.first - 60, 0) : part.first]):
        if token.idx < floor or token.i in inside:
            break
        if token.idx >= part.span.start or token.is_quote or token.is_space:
            continue
        if token.text in {".", "!", "?", ";"}:
            break
        out.append(token)
    return out[::-1]


def _colon_line(annotations: Annotations, start: int) -> int:
    """Return where the paragraph before starts if it ends in a colon (it introduces this one), else `start`."""
    above = annotations.text[:start].rstrip()
    return above.rfind("\n") + 1 if above.endswith(":") else start


def _to_say(token: Token) -> bool:
    """Tell whether an infinitive reports an act of speech: "went on to say", "was quick to add", "took to the air to say"."""
    return token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children)


def _only_adjuncts(head: list[Token], use: Use) -> bool:
    """Tell whether nothing but the addressee, times, places and "that" stands between a cue and the quotation."""
    between = [t for t in head if t.i > use.words[-1].i]
    return not any(
        token.pos_ in VERBAL and token.dep_ in {"ccomp", "ROOT", "conj", "parataxis", "relcl"} and token.tag_ != "VBG" and not _clock(token)
        for token in between
    )


def introduced(annotations: Annotations, taken: frozenset[Span]) -> Iterator[tuple[Part, Token]]:
    """Yield speech that a colon or comma introduces behind a verb that is no cue, with that verb ("Orne addressed the crowd: “…”")."""
    every = parts(annotations)
    inside = _inside(annotations, every)
    for place, part in enumerate(every):
        words = part.span.of(annotations.text)
        if part.span in taken or part.kind != "speech" or (len(words.split()) < INTRODUCED and words[-1:] not in {"!", "?", "."}):
            continue
        head = _head(annotations, part, every[place - 1] if place else None, inside)
        verb = next((t for t in reversed(head) if t.tag_ in FINITE and t.pos_ == "VERB"), None)
        first = part.span.of(annotations.text)[0]
        marked = verb is not None and (head[-1].text == ":" or (head[-1].text == "," and first.isupper()))
        if verb is not None and marked and head[-1].i - verb.i <= REACH:
            yield part, verb


# ---- without a cue --------------------------------------------------------------------------------------------------


def _goes_on(annotations: Annotations, before: Part, part: Part, link: Link) -> bool:
    """Tell whether a quotation without a cue goes on for the one before it."""
    text = annotations.text
    if part.quotation == before.quotation:
        return True
    between = text[before.span.end : part.span.start]
    if "\n" in between:
        return part.kind == "speech" and not between.strip("\"“”'‘’`«» \n\u00a0") and _whole(annotations, part)
    if part.kind == "title" or (part.kind == "scare" and text[part.span.end - 1] not in ".!?"):
        return False
    words = between.strip("\"“”'‘’`«» \u00a0")
    if (
        not words
        or words in {"and", "or", "but", ", and", "and that", ", and that"}
        or (part.kind == "speech" and _listed(annotations, before, part))
    ):
        return True
    return words[-1] in ".!?;" and SENTENCE.search(words) is None and link.use is not None and part.first > link.use.token.i


def _listed(annotations: Annotations, before: Part, part: Part) -> bool:
    """Tell whether "and" joins a quotation to the one before it in their sentence, with no verb between."""
    between = [t for t in annotations.doc[before.last + 1 : part.first] if not t.is_punct and not t.is_quote]
    return bool(between) and len(between) <= SHORT and between[-1].lower_ == "and" and not any(t.pos_ in VERBAL for t in between)


def _whole(annotations: Annotations, part: Part) -> bool:
    """Tell whether a quotation is all of its paragraph."""
    text = annotations.text
    start = text.rfind("\n", 0, part.span.start) + 1
    end = text.find("\n", part.span.end)
    line = text[start : end if end >= 0 else len(text)]
    return len(line.strip("\"“”'‘’`«» \u00a0")) <= part.span.end - part.span.start + 2


def beside(verb: Token) -> Token | None:
    """Return the head of the noun phrase right behind an inverted verb, else right before it; None where neither stands."""
    doc = verb.doc
    for token in doc[verb.i + 1 : verb.i + 8]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in {"compound", "poss", "amod", "nmod", "pobj"}:
            return token
        if token.is_punct or token.pos_ in {"ADP", "SCONJ"} or token.pos_ in VERBAL:
            break
    before = doc[verb.i - 1] if verb.i else verb
    if before.pos_ in {"NOUN", "PROPN", "PRON"} and not before.is_punct:
        return before
    return None
