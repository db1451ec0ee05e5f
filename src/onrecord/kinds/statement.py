"""Statements: who said what. Cues, quotations and refusals of `onrecord.attribution` become records.

Order of proof: refusals first (their verbs are no cues any more), then verb cues with the quotations beside them and the clause or
phrase they govern, then phrases and nouns, headlines and transcripts. Quotation marks decide the form; a content that starts within
a quotation reaches to its end, whatever the parser says of the sentence.

Certain are statements by verbs of plain saying whose words stand in quotation marks beside the cue, and clauses behind a cue with a
subject of its own; everything else is likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.attribution import phrases, quoted, refusals, sources, verbs
from onrecord.attribution.cues import Use, index, use_of
from onrecord.grammar import children
from onrecord.lexicons import Lexicon
from onrecord.records import Abstention, Found, Records, Stance, Statement, seal
from onrecord.spans import Span, cover

if TYPE_CHECKING:
    from spacy.tokens import Token

WORDS = 4  # words from which a quotation without a cue can be speech
FOLLOWS = re.compile(r"[\"“”'‘’.!?:;,—–\s]*(?:and\s)?[\"“”‘'«]?")
NEAR = 10  # characters between a cue and its words in a certain statement: " that ", an adverb
LENGTH = 160  # characters up to which a clause without "that" is certain; longer ones take in too much or too little
PLAIN = frozenset({"cue.say", "cue.tell", "cue.add", "cue.note", "cue.write"})
CITED = frozenset({"cue.according-to", "cue.per", "cue.as-per"})
LOOSE = frozenset({"cue.find", "cue.show", "cue.agree", "cue.comment", "cue.declare", "cue.complain", "cue.announce"})
"""Cues whose clauses were right in fewer than nine of ten cases."""
ONWARD = re.compile(r"\s*(?:and|but|while|as)\b")
ARTICLE = re.compile(r"(?:an?|the)\s+[\"“‘'«]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is a record."""

    rule: str
    content: tuple[Span, ...]
    source: Token | None = None
    source_span: Span | None = None
    cue: Span | None = None
    stance: Stance = "asserts"
    hedge: Span | None = None
    addressee: Token | None = None
    verb: Token | None = None
    frame: str = ""
    direct: bool = False
    inferred: tuple[str, ...] = ()


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:  # noqa: ARG001 - every kind has this shape
    """Return the statements of a document in text order, each with the words that it rests on."""
    abstentions: list[Abstention] = []
    drafts = _distinct(annotations, list(_drafts(annotations, lexicon, abstentions)))
    made = [_record(annotations, draft) for draft in drafts]
    made.sort(key=lambda s: (min((p.start for p in s.anchor), default=0), s.cue.start if s.cue else 0))
    return Found(tuple(_nest(annotations, made)), tuple(abstentions))


# ---- drafts ---------------------------------------------------------------------------------------------------------


def _drafts(annotations: Annotations, lexicon: Lexicon, abstentions: list[Abstention]) -> Iterator[Draft]:
    table = index(lexicon.cues)
    found: dict[int, Use] = {}
    refused: set[int] = set()
    for sentence in annotations.sentences:
        for token in annotations.tokens(sentence):
            refusal = refusals.refusal_at(annotations, token)
            if refusal is not None and not _own_words(annotations, refusal):
                refused.update(t.i for t in refusal.cue)
                yield _refused(refusal)
            use = use_of(table, token)
            if use is not None:
                found[token.i] = use
    cues = {i: use for i, use in found.items() if i not in refused}
    speech = {i: use for i, use in cues.items() if use.cue.pos == "verb"}
    yield from _spoken(annotations, speech, abstentions)
    for use in cues.values():
        if use.cue.pos == "verb":
            continue
        attributed = (
            phrases.noun(use)
            if use.cue.pos == "noun"
            else phrases.adverb(annotations, use)
            if use.cue.pos == "adverb"
            else phrases.according(annotations, use)
        )
        if attributed is not None:
            yield _attributed(annotations, use, attributed)
    yield from _laid_out(annotations)


def _own_words(annotations: Annotations, refusal: refusals.Refusal) -> bool:
    """Tell whether a refusal is a speaker's own ("I won't get into that"): the statement that quotes it declines."""
    who = refusal.source
    quoted_here = annotations.quotation_at(refusal.cue[0].idx) is not None
    return quoted_here and (who is None or who.lower_ in {"i", "we", "it", "you"} or refusal.rule in {"refusal.silent", "refusal.withheld"})


def _refused(refusal: refusals.Refusal) -> Draft:
    verb = refusal.cue[-1]
    return Draft(refusal.rule, refusal.content, refusal.source, None, sources.span_of(list(refusal.cue)), "declines", verb=verb)


def _spoken(annotations: Annotations, uses: Mapping[int, Use], abstentions: list[Abstention]) -> Iterator[Draft]:
    """Yield the statements of verb cues, with the quotations that stand beside them."""
    beside = _quotations(annotations, uses)
    done: dict[int, verbs.Spoken] = {}
    drafts: dict[int, Draft] = {}
    for place, use in uses.items():
        quotes = beside.get(place, [])
        outer = verbs.inherited(annotations, uses, use)
        said = verbs.spoken(annotations, use, quoted=bool(quotes), outer=done.get(outer.token.i) if outer is not None else None)
        if said is not None:
            done[place] = said
        elif quotes:
            abstentions.append(Abstention(quotes[0].part.span, "statement", use.cue.id, "no speaker found at the cue"))
    taken = [(link.part.span, place) for place, links in beside.items() if place in done for link in links]
    free = _free(annotations, [span for span, _ in taken])
    for place, said in done.items():
        links = beside.get(place, [])
        others = [(span, owner) for span, owner in taken if owner != place]
        content = _content(annotations, said, links, others)
        content = tuple(c for c in (_until_next(done, said, span) for span in content) if c.end > c.start)
        content = _carried(annotations, content, free) if not links else content
        if (
            content
            and not _bare(annotations, content)
            and not _performs(annotations, said)
            and not sources.asks_anonymity(content[0].of(annotations.text))
        ):
            drafts[place] = _verbal(annotations, said, content, links)
    for use, cited, report in verbs.citations(uses, done):
        base = drafts.get(report.use.token.i)
        if base is not None:
            drafts[use.token.i] = replace(base, source=cited, cue=_chars(use.words), rule=use.cue.id, verb=use.token)
    yield from drafts.values()


def _bare(annotations: Annotations, content: tuple[Span, ...]) -> bool:
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


def _until_next(done: Mapping[int, verbs.Spoken], said: verbs.Spoken, span: Span) -> Span:
    """End a stretch where the same speaker's next cue begins ("said it failed and urged the crowd to go", "…, adding that …")."""
    for other in done.values():
        verb = other.use.token
        same = other.source is not None and said.source is not None and other.source.i == said.source.i and not other.within
        if same and verb.i > said.use.token.i and span.start < verb.idx < span.end and said.use.token.idx < span.start:
            edge = min((t for t in verb.doc[max(verb.i - 4, 0) : verb.i] if t.dep_ == "cc"), key=lambda t: t.i, default=verb.left_edge)
            return Span(span.start, max(span.start, min(edge.idx - 1, span.end)))
    return span


def _quotations(annotations: Annotations, uses: Mapping[int, Use]) -> dict[int, list[quoted.Link]]:
    """Return the quotations of each cue; those that go on without a cue belong to the cue before."""
    out: dict[int, list[quoted.Link]] = {}
    last: int | None = None
    for link in quoted.links(annotations, uses):
        if link.use is not None:
            last = link.use.token.i
        if last is not None:
            out.setdefault(last, []).append(link)
    return out


def _free(annotations: Annotations, taken: list[Span]) -> list[Span]:
    """Return the outermost quotations that no cue has taken and that could be speech."""
    return [
        s
        for q in annotations.quotations
        if q.depth == 0
        for s in q.spans
        if s not in taken and len(s.of(annotations.text).split()) >= WORDS
    ]


def _carried(annotations: Annotations, content: tuple[Span, ...], free: list[Span]) -> tuple[Span, ...]:
    """Let a quotation that stands right behind the words of a cue, or opens the next sentence, go on for them."""
    out = list(content)
    for span in free:
        if out and 0 < span.start - out[-1].end <= 80 and FOLLOWS.fullmatch(annotations.text[out[-1].end : span.start]):
            out.append(span)
    return _join(annotations.text, out)


def _content(annotations: Annotations, said: verbs.Spoken, links: list[quoted.Link], others: list[tuple[Span, int]]) -> tuple[Span, ...]:
    """Join the clause that a cue governs and the quotations beside it; quotations of other cues end the clause."""
    governed = verbs.spans_of(said.content) if said.content is not None else ()
    marks = tuple(Span(link.lead if link.lead is not None else link.part.span.start, link.part.span.end) for link in links)
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
    joined = _join(annotations.text, (*_widened(annotations, governed, cue), *marks))
    own = _chars(said.use.words)
    bare = said.content is not None and said.content.frame in {"predicate", "+as"}
    return tuple(_undetermined(annotations, s) if bare else s for s in joined if not s.overlaps(own) and s.end > s.start)


def _undetermined(annotations: Annotations, span: Span) -> Span:
    """Leave the article in front of a quotation out of what something is called (called it a "farce")."""
    match = ARTICLE.match(annotations.text, span.start, span.end)
    inner = Span(match.end(), span.end) if match is not None else span
    return inner if any(p.contains(inner) for q in annotations.quotations for p in q.spans) else span


def _until(span: Span, others: list[Span]) -> Span:
    """Cut a stretch where a quotation of another cue begins within it."""
    return Span(span.start, min((o.start for o in others if span.start < o.start < span.end), default=span.end))


def _until_close(annotations: Annotations, span: Span, marks: tuple[Span, ...], cue: int) -> Span:
    """End a clause behind its cue with a quotation that is a sentence of its own ("We lost," and the flag came down)."""
    text = annotations.text
    for mark in marks:
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


def _widened(annotations: Annotations, governed: Iterable[Span], cue: int) -> list[Span]:
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


def _join(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
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


def _performs(annotations: Annotations, said: verbs.Spoken) -> bool:
    """Tell whether a quoted speaker does what the verb says in saying it ("I urge my colleagues"): no second statement."""
    who = said.source
    return (
        who is not None
        and who.lower_ in {"i", "we"}
        and said.use.token.tag_ in {"VBP", "VB", "VBG"}
        and annotations.quotation_at(who.idx) is not None
    )


def _verbal(annotations: Annotations, said: verbs.Spoken, content: tuple[Span, ...], links: list[quoted.Link]) -> Draft:
    use = said.use
    stance: Stance = use.cue.stance  # type: ignore[assignment]
    told = said.content is not None and said.content.frame == "to" and "tell" in use.cue.frames and said.addressee is not None
    if told and stance == "asserts" and not links:
        stance = "asks"
    words = links[0].part.span.of(annotations.text) if links else ""
    if refusals.is_refusal(words):
        stance = "declines"
    elif stance == "asserts" and len(links) == 1 and words.endswith("?") and not any(mark in words[:-1] for mark in ".!?"):
        stance = "asks"
    hedge = _chars(use.words) if use.cue.hedged else None
    return Draft(
        rule=use.cue.id,
        content=content,
        source=said.source,
        cue=_chars(use.words[:1]) if _split(use) else _chars(use.words),
        stance=stance,
        hedge=hedge,
        addressee=said.addressee,
        verb=use.token,
        frame=said.content.frame if said.content is not None else "quote",
        direct=bool(links),
    )


def _split(use: Use) -> bool:
    """Tell whether other words stand between those of the cue."""
    return use.words[-1].i - use.words[0].i >= len(use.words)


def _attributed(annotations: Annotations, use: Use, found: phrases.Attributed) -> Draft:
    stance: Stance = use.cue.stance  # type: ignore[assignment]
    content = _join(annotations.text, _widened(annotations, found.content, use.token.idx))
    return Draft(found.rule, content, found.source, None, found.cue, stance, found.cue if use.cue.hedged else None, verb=None)


def _laid_out(annotations: Annotations) -> Iterator[Draft]:
    """Yield the statements of headlines and transcripts."""
    for sentence in annotations.sentences:
        if sentence.role == "title":
            found = phrases.headline(annotations, sentence)
            if found is not None:
                yield Draft("frame.headline", (found[2],), found[0], None, found[1])
    for who, cue, words in phrases.transcripts(annotations):
        yield Draft("frame.transcript", (words,), None, who, cue)


def _chars(words: Iterable[Token]) -> Span:
    return sources.span_of(list(words))


# ---- one of each ----------------------------------------------------------------------------------------------------


def _distinct(annotations: Annotations, drafts: list[Draft]) -> list[Draft]:
    """Drop drafts whose source stands within their own content, and second drafts of one cue and content."""
    out: list[Draft] = []
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        key = (draft.content, draft.cue) if draft.content else (draft.cue, draft.rule)
        if key in seen or (draft.source is not None and any(s.start <= draft.source.idx < s.end for s in draft.content)):
            continue
        seen.add(key)
        out.append(draft)
    return out


# ---- records --------------------------------------------------------------------------------------------------------


def _record(annotations: Annotations, draft: Draft) -> Statement:
    """Return the record of a draft."""
    head = draft.source
    source = draft.source_span or (
        sources.phrase(head, without=draft.verb.i if draft.verb is not None else None) if head is not None else None
    )
    mention = annotations.mention_at(head) if head is not None else None
    actor = annotations.actor(mention.actor) if mention is not None else None
    kind = "named" if draft.source_span is not None else sources.kind_of(annotations, head, actor)
    time, place = _setting(annotations, draft)
    anonymity = _anonymity(annotations, draft, kind)
    basis = (draft.cue,) if draft.cue is not None else draft.content
    evidence: dict[str, tuple[Span, ...]] = {"form": draft.content or basis, "stance": basis, "source_kind": (source,) if source else basis}
    if mention is not None:
        evidence["source_actor"] = (mention.span,)
    if draft.hedge is not None:
        evidence["hedged"] = (draft.hedge,)
    if time is not None:
        evidence["time"] = (time[1],)
    if place is not None:
        evidence["place"] = (place[1],)
    return Statement(
        rule=draft.rule,
        source=source,
        source_actor=actor.id if actor is not None else None,
        source_kind=kind,
        cue=draft.cue,
        content=draft.content,
        form=_form(annotations, draft.content),
        stance=draft.stance,
        hedged=draft.hedge is not None,
        addressee=sources.phrase(draft.addressee) if draft.addressee is not None else None,
        anonymity=anonymity,
        time=time[0] if time is not None else None,
        place=place[0] if place is not None else None,
        evidence=evidence,
        inferred=(*draft.inferred, *(("source_actor",) if mention is not None and mention.form == "pronoun" else ())),
        certainty="certain" if _certain(annotations, draft) else "likely",
    )


def _certain(annotations: Annotations, draft: Draft) -> bool:
    """Tell whether a statement is of the kinds that were right in at least 92 of 100 gold cases (content and source).

    A finite cue with a subject of its own, outside quotation marks, whose words follow at once or are quoted: by a verb of plain
    saying, or behind "that", or in quotation marks.
    """
    verb, head, cue = draft.verb, draft.source, draft.cue
    if head is None or cue is None or not draft.content:
        return False
    length = sum(s.end - s.start for s in draft.content)
    if draft.rule in CITED:
        return draft.content[0].start > cue.end and length <= LENGTH
    if verb is None or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or head.head.i != verb.i or head.dep_ not in {"nsubj", "agent"}:
        return False
    if annotations.quotation_at(cue.start) is not None:
        return False
    between = annotations.text[cue.end : draft.content[0].start] if draft.content[0].start > cue.end else ""
    if draft.direct:
        return draft.frame != "quote" or len(between) <= NEAR
    if draft.frame in {"to", "+for"}:
        return draft.stance == "asks" and length <= LENGTH
    limit = LENGTH if " that" not in between and draft.rule not in PLAIN else 2 * LENGTH
    return draft.frame == "that" and draft.rule not in LOOSE and len(between) <= NEAR and length <= limit


def _form(annotations: Annotations, content: tuple[Span, ...]) -> str:  # type: ignore[return]
    """Direct where every letter stands in quotation marks, indirect where none does."""
    text = annotations.text
    letters = [i for s in content for i in range(s.start, s.end) if text[i].isalnum()]
    marked = [s for q in annotations.quotations for s in q.spans]
    inside = sum(any(s.start <= i < s.end for s in marked) for i in letters)
    if not inside:
        return "indirect"
    return "direct" if inside == len(letters) else "mixed"


def _setting(annotations: Annotations, draft: Draft) -> tuple[tuple[str, Span] | None, tuple[str, Span] | None]:
    """Return when and where it was said, as (value, words): what hangs on the cue itself."""
    if draft.verb is None:
        return None, None
    time = place = None
    for c in children(draft.verb, "npadvmod", "advmod", "prep"):
        span = Span(c.left_edge.idx, c.right_edge.idx + len(c.right_edge))
        if any(span.overlaps(s) for s in draft.content):
            continue
        time = time or next(((t.value, t.span) for t in annotations.times if span.contains(t.span)), None)
        thing = next((o for o in children(c, "pobj")), None)
        if thing is not None and c.lower_ in {"in", "at"} and thing.ent_type_ in {"GPE", "LOC", "FAC"}:
            where = sources.phrase(thing)
            place = place or (where.of(annotations.text), where)
    return time, place


def _anonymity(annotations: Annotations, draft: Draft, kind: str) -> Span | None:
    """Return the words that say why an unnamed source is not named: in the sentence of the cue."""
    if kind not in {"unnamed", "collective"} or draft.cue is None:
        return None
    sentence = annotations.sentence_at(draft.cue.start)
    if sentence is None:
        return None
    found = sources.anonymity(annotations.text, sentence.span)
    return found if found is not None and not any(found.overlaps(s) for s in draft.content) else None


def _nest(annotations: Annotations, made: list[Statement]) -> list[Statement]:
    """Say of each statement within which other's content it stands: the smallest that holds its content and its cue."""
    sealed = seal(annotations.document.id, made)
    out = []
    for mine in made:
        place = mine.cue or (mine.content[0] if mine.content else None)
        holders = [
            (sum(p.end - p.start for p in other.content), done.id)
            for other, done in zip(made, sealed, strict=True)
            if other is not mine and place is not None and other.cue != mine.cue and any(p.contains(place) for p in other.content)
        ]
        out.append(replace(mine, nested_in=min(holders)[1]) if holders else mine)
    return out
