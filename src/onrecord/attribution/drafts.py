"""Every statement of a document before it is a record: refusals, verb cues with their quotations, phrases, nouns, headlines, transcripts.

Refusals come first: their verbs are no cues any more. A draft keeps the tokens that the parse gave (source, verb, addressee), so that
the record can be built, and judged certain or not, from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.attribution import joining, layouts, phrases, quoted, refusals, sources, topics, verbs
from onrecord.attribution.acts import TALK
from onrecord.attribution.anonymity import asks_anonymity
from onrecord.attribution.barring import Refusal
from onrecord.attribution.cues import Use, index, use_of
from onrecord.attribution.uncued import Uncued, uncued
from onrecord.grammar import own_subject, prepositional, subject
from onrecord.lexicons import Lexicon
from onrecord.records import Abstention, Stance
from onrecord.spans import Span, trim

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    apart: Token | None = None
    """What hangs on the source in the parse and is no part of its phrase."""
    inferred: tuple[str, ...] = ()


LEAD = 3  # tokens in front of an imperative: "please", "do not"
BLESSINGS = frozenset({"thank", "let", "look", "listen", "bless", "congratulation", "welcome", "see", "believe"})
LAYOUTS = {"frame.transcript": layouts.transcripts, "frame.signed": layouts.signed, "frame.post": layouts.posts}


def drafts(annotations: Annotations, lexicon: Lexicon, abstentions: list[Abstention]) -> list[Draft]:
    """Return the statements of a document, refusals first; where a cue has words but no speaker, `abstentions` gets the reason."""
    return _distinct(list(_found(annotations, lexicon, abstentions)))


def _found(annotations: Annotations, lexicon: Lexicon, abstentions: list[Abstention]) -> Iterator[Draft]:
    table = index(lexicon.cues)
    found: dict[int, Use] = {}
    refused: set[int] = set()
    declined: list[Refusal] = []
    for sentence in annotations.sentences:
        if sentence.role == "crosshead":
            continue
        for token in annotations.tokens(sentence):
            refusal = refusals.refusal_at(token)
            if refusal is not None and not _own_words(annotations, refusal) and not refused.intersection(t.i for t in refusal.cue):
                refused.update(t.i for t in refusal.cue)
                declined.append(refusal)
                yield _refused(refusal)
            use = use_of(table, token)
            if use is not None:
                found[token.i] = use
    cues = {i: use for i, use in found.items() if i not in refused}
    speech = {i: use for i, use in cues.items() if use.cue.pos == "verb"}
    yield from _spoken(annotations, speech, declined, abstentions)
    for use in cues.values():
        if use.cue.pos == "verb" or (use.cue.pos == "noun" and annotations.quotation_at(use.token.idx) is not None):
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


def _own_words(annotations: Annotations, refusal: Refusal) -> bool:
    """Tell whether a refusal is a speaker's own ("I won't get into that"): the statement that quotes it declines."""
    who = refusal.source
    quoted_here = annotations.quotation_at(refusal.cue[0].idx) is not None
    return quoted_here and (who is None or who.lower_ in {"i", "we", "it", "you"} or refusal.rule in {"refusal.silent", "refusal.withheld"})


def _refused(refusal: Refusal) -> Draft:
    verb = refusal.cue[-1]
    return Draft(
        refusal.rule, refusal.content, refusal.source, None, sources.span_of(list(refusal.cue)), "declines", verb=verb, apart=refusal.apart
    )


def _spoken(annotations: Annotations, uses: Mapping[int, Use], declined: list[Refusal], abstentions: list[Abstention]) -> Iterator[Draft]:
    """Yield the statements of verb cues, with the quotations that stand beside them; a refusal ends what its speaker said before it."""
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
    free = joining.free(annotations, [span for span, _ in taken])
    acts = [
        (said.source, said.use.token) for place, said in done.items() if not said.within and (said.content is not None or beside.get(place))
    ]
    acts += [(refusal.source, refusal.cue[0]) for refusal in declined]
    for place, said in done.items():
        links = beside.get(place, [])
        others = [(span, owner) for span, owner in taken if owner != place]
        content = joining.joined(annotations, said, links, others)
        content = tuple(c for c in (joining.until_next(acts, said, span) for span in content) if c.end > c.start)
        content = joining.carried(annotations, content, free) if not links else content
        if (
            content
            and not joining.is_pronoun(annotations, content)
            and not _performs(annotations, said)
            and not asks_anonymity(content[0].of(annotations.text))
        ):
            drafts[place] = _verbal(annotations, said, content, links)
    for use, cited, report in verbs.citations(uses, done, drafts):
        base = drafts.get(report.use.token.i)
        if base is not None:
            drafts[use.token.i] = replace(base, source=cited, cue=_chars(use.words), rule=use.cue.id, verb=use.token)
    yield from drafts.values()
    said_already = [s for draft in drafts.values() for s in draft.content]
    for part, verb in quoted.introduced(annotations, frozenset(span for span, _ in taken)):
        who = subject(verb)
        if who is not None and _speaks(annotations, who) and not any(s.overlaps(part.span) for s in said_already):
            said_already.append(part.span)
            yield Draft("frame.colon", (part.span,), who, None, _chars((verb,)), verb=verb, frame="quote", direct=True)
    for found in uncued(annotations, frozenset(span for span, _ in taken)):
        if not any(s.overlaps(found.part.span) for s in said_already):
            yield _without_cue(annotations, found)


def _without_cue(annotations: Annotations, found: Uncued) -> Draft:
    words = found.part.span.of(annotations.text)
    stance: Stance = "declines" if refusals.is_refusal(words) else "asks" if words.endswith("?") and words.count("?") == 1 else "asserts"
    cue = _chars((found.word,)) if found.word is not None else None
    inferred = ("source",) if found.word is None else ()
    return Draft(found.rule, (found.part.span,), found.source, None, cue, stance, frame="quote", direct=True, inferred=inferred)


def _speaks(annotations: Annotations, who: Token) -> bool:
    """Tell whether the subject of a verb that is no cue can be a speaker: a person, a body or a document, outside quotations."""
    able = who.ent_type_ in {"PERSON", "ORG"} or who.lower_ in {"he", "she", "they"} or sources.is_person(who) or sources.is_document(who)
    return able and sources.plausible(who) and annotations.quotation_at(who.idx) is None


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
        content = _topic(annotations, use, links[0].part) or content
    elif stance == "asserts" and len(links) == 1 and (_imperative(annotations, links[0].part) or _question(words)):
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


def _question(words: str) -> bool:
    return words.endswith("?") and not any(mark in words[:-1] for mark in ".!?")


def _imperative(annotations: Annotations, part: quoted.Part) -> bool:
    """Tell whether a quotation is one sentence that bids somebody do something ("Show me one document")."""
    words = annotations.doc[part.first : part.last + 1]
    first = next((t for t in words if t.is_alpha and t.lower_ not in {"never", "please", "do", "don"}), None)
    if first is None or first.tag_ != "VB" or first.dep_ not in {"ROOT", "ccomp"} or first.i - part.first > LEAD:
        return False
    return first.lower_ not in BLESSINGS and own_subject(first) is None and not any(t.text in {".", "!", "?"} for t in words[:-1])


def _split(use: Use) -> bool:
    """Tell whether other words stand between those of the cue."""
    return use.words[-1].i - use.words[0].i >= len(use.words)


def _topic(annotations: Annotations, use: Use, part: quoted.Part) -> tuple[Span, ...]:
    """Return what a quoted refusal would not speak of: by its own words, else by what was asked."""
    words = annotations.doc[part.first : part.last + 1]
    own = [r.content for token in words if (r := refusals.refusal_at(token)) is not None and r.content]
    own += [found for token in words if token.lemma_.lower() in TALK and (found := topics.about(token))]
    said = next((content for content in own if not _vague(annotations, content)), ())
    if not said and (of := prepositional(use.token, "of", "about")) is not None:
        return topics.phrase(of)
    return said or topics.asked(use.token)


def _vague(annotations: Annotations, content: tuple[Span, ...]) -> bool:
    return all(s.of(annotations.text).lower() in {"that", "it", "this", "them", "any of that", "anything"} for s in content)


def _attributed(annotations: Annotations, use: Use, found: phrases.Attributed) -> Draft:
    stance: Stance = use.cue.stance  # type: ignore[assignment]
    content = joining.join(annotations.text, joining.widened(annotations, found.content, use.token.idx))
    return Draft(found.rule, content, found.source, None, found.cue, stance, found.cue if use.cue.hedged else None, verb=None)


def _laid_out(annotations: Annotations) -> Iterator[Draft]:
    """Yield the statements of headlines and transcripts."""
    for sentence in annotations.sentences:
        if layouts.is_headline(annotations, sentence):
            found = layouts.headline(annotations, sentence)
            if found is not None:
                yield Draft("frame.headline", (found[2],), found[0], None, found[1])
    for rule, find in LAYOUTS.items():
        for who, mark, words in find(annotations):
            if rule != "frame.transcript":
                yield Draft(rule, words, None, who, mark)
                continue
            yield Draft(rule, words, None, who, mark, _of_turn(annotations, who, words))
            yield from _declined_in(annotations, who, words)


def _of_turn(annotations: Annotations, who: Span, words: tuple[Span, ...]) -> Stance:
    """Return the stance of a turn: whoever asks for the audience asks; others do with nothing but a question."""
    last = words[-1].of(annotations.text)
    if len(words) == 1 and refusals.is_refusal(last) and len(_sentences(annotations, words)) == 1:
        return "declines"
    asker = layouts.is_questioner(who.of(annotations.text))
    return "asks" if (asker and "?" in last) or (len(words) == 1 and _question(last)) else "asserts"


def _declined_in(annotations: Annotations, who: Span, words: tuple[Span, ...]) -> Iterator[Draft]:
    """Yield the sentences of a longer turn in which its speaker refuses to speak ("I won't get into the details")."""
    said = _sentences(annotations, words)
    for span in said if len(said) > 1 and not layouts.is_questioner(who.of(annotations.text)) else ():
        mark = refusals.refusing_words(span.of(annotations.text))
        if mark is not None:
            yield Draft("frame.transcript", (span,), None, who, Span(span.start + mark.start, span.start + mark.end), "declines")


def _sentences(annotations: Annotations, words: tuple[Span, ...]) -> list[Span]:
    """Return the parts of a turn that lie in one sentence each."""
    cut = [Span(max(s.span.start, w.start), min(s.span.end, w.end)) for w in words for s in annotations.sentences if s.span.overlaps(w)]
    return [trim(annotations.text, span) for span in cut if span.end > span.start]


def _aside(draft: Draft) -> bool:
    """Tell whether it is only said in passing that somebody was asked ("when asked whether …, he said"): the answer is the statement."""
    verb = draft.verb
    return verb is not None and verb.lemma_ == "ask" and verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"}


def _chars(words: Iterable[Token]) -> Span:
    return sources.span_of(list(words))


def _distinct(found: list[Draft]) -> list[Draft]:
    """Drop drafts whose source stands within their own content, and second drafts of one cue and content."""
    out: list[Draft] = []
    refused = {draft.content for draft in found if draft.stance == "declines"}
    seen: set[tuple[object, ...]] = set()
    laid_out = [s for draft in found if draft.rule in LAYOUTS for s in draft.content]
    for draft in found:
        own = draft.source is not None and draft.source.lower_ in {"i", "we"} and draft.cue is not None
        if own and any(draft.cue is not None and s.contains(draft.cue) for s in laid_out):
            continue  # a speaker who does what the verb says in saying it
        key = (draft.content, draft.cue) if draft.content else (draft.cue, draft.rule)
        if draft.source is None and draft.stance == "asks" and (draft.content in refused or _aside(draft)):
            continue  # what was asked is what the refusal would not speak of
        if key in seen or (draft.source is not None and any(s.start <= draft.source.idx < s.end for s in draft.content)):
            continue
        seen.add(key)
        out.append(draft)
    return out
