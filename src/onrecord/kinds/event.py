"""Annotations to events: who did what to whom, in PLOVER's types, each event once with all its mentions.

    each word that a trigger matches   ->  a mention: sides, status, time, place, according to whom
    the page's mentions                ->  events (events/sameness)
    each event                         ->  a record: what its mentions say together, tolls and contexts

Rules. At least one side must act politically, unless the act is by its nature a state's, a court's or a crowd's. The record has the
act's own type with its status; PLOVER's table of modalities is applied on export. A time or place is one that the text gives; what
comes from another sentence or from the page is marked inferred. A trigger that was considered and refused is an abstention with the
condition that failed.

Known limits: one event for each trigger: "cut aid and troops" is one; sides that only the next sentence names are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Actor, Annotations, Sentence, TimeExpression
from onrecord.events import contexts, days, places, tolls, whereabouts
from onrecord.events.classes import ARMED_SECTORS, CIVIL_SECTORS, classes, is_a, lemmas
from onrecord.events.frames import Match, examine
from onrecord.events.parties import Party, first_parties, parties
from onrecord.events.sameness import Event as Group
from onrecord.events.sameness import Mentioned, events
from onrecord.events.scenes import general, scene
from onrecord.grammar import VERBAL, above, auxiliaries
from onrecord.lexicons import Lexicon
from onrecord.modality import status
from onrecord.moments import WITHIN_NAME, head_of, time_of
from onrecord.records import AUTHOR, Abstention, Event, Found, Records, Toll
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

POLITICAL_SECTORS = ARMED_SECTORS | {"GOV", "JUD", "LEG", "PTY", "OPP", "SOC", "LAB", "REF", "REL", "PRE"}
POLITICAL_MENTIONS = 8
"""Mentions of political actors from which a page is about politics: more than in any single sentence about something else."""
LONE = 2
"""Sentences of a page that is too short to have a subject of its own."""
SINGULAR = frozenset({"i", "you", "he", "she", "it"})
NEVER = frozenset({"PUNCT", "SPACE", "DET", "PRON", "NUM", "CCONJ", "PART"})
"""Parts of speech that no trigger has, however the parse errs."""
FORMAL = frozenset({"talk", "negotiate", "negotiation", "confer", "consultation", "summit"})
"""What persons of whom nothing else is known do in public office more often than in private."""
APOLITICAL = frozenset({"ELI", "MED", "EDU", "BUS", "JRN"})
FOREIGN_DOMAINS = ("sport", "arts", "commerce", "household")
"""Domains whose sentences speak of attacks, strikes and deals without politics."""


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:
    """Return the events of a document."""
    mentions: list[Mentioned] = []
    refused: list[Abstention] = []
    page = _page(annotations)
    for sentence in annotations.sentences:
        if sentence.role == "crosshead":
            continue
        for found in _matches(annotations, lexicon, sentence):
            if isinstance(found, Abstention):
                refused.append(found)
            else:
                mentions.append(_mentioned(annotations, records, sentence, found, page))
    groups, left = events(mentions)
    groups = _aimed(groups)
    refused += [Abstention(m.span, "event", m.match.entry.id, m.pending) for m in left]
    harm = _harm(annotations, records, groups)
    about = whereabouts.page_of(annotations)
    dated = days.days_of(annotations, groups)
    made = tuple(_record(annotations, group, about, dated.get(id(group)), harm.get(id(group), {})) for group in groups)
    return Found(made, tuple(sorted(refused)))


# ---- mentions ----------------------------------------------------------------------------------------------------------


def _matches(annotations: Annotations, lexicon: Lexicon, sentence: Sentence) -> Iterator[Match | Abstention]:
    """Yield what triggers match in a sentence, and where one was considered in vain."""
    times = {i for time in annotations.times if sentence.span.overlaps(time.span) for i in range(*time.span)}
    for token in annotations.tokens(sentence):
        if token.pos_ in NEVER or token.idx in times:
            continue  # "in March 2020"
        match, refusals = examine(annotations, lexicon, token)
        if match is not None:
            yield match
        elif refusals:
            last = refusals[-1]
            yield Abstention(Span(token.idx, token.idx + len(token)), "event", last.entry.id, f"its arguments do not fit: {last.reason}")


def _mentioned(annotations: Annotations, records: Records, sentence: Sentence, match: Match, page: _Page) -> Mentioned:
    state, evidence = status(annotations, match.token)
    span = Span(match.token.idx, match.token.idx + len(match.token))
    said = records.said_by(span)
    speaker = records.according_to(span)
    when = time_of(annotations, match.token) or (_announced(annotations, match.token) if state == "actual" else None)
    if when is None and state == "actual" and match.entry.pos == "verb":
        when = _only(annotations, sentence, match.token)
    value = _when(when) if when is not None and not (when.role == "since" and _compared(match.token)) else None
    voice = said.source_actor if said is not None else None
    actors, recipients = parties(annotations, match.actors, voice), first_parties(annotations, match.recipients, voice)
    return Mentioned(
        match=match,
        sentence=sentence,
        actors=actors,
        recipients=recipients,
        status=state,
        status_evidence=evidence or (span,),
        according_to=speaker,
        according_evidence=tuple(s for s in (said.source, said.cue) if s is not None) if said is not None and speaker != AUTHOR else (),
        time=value,
        time_span=when.span if when is not None and value else None,
        place=places.place_of(annotations, match),
        pending=_pending(annotations, sentence, match, (*actors, *recipients), page),
    )


def _announced(annotations: Annotations, token: Token) -> TimeExpression | None:
    """Return the time of announcing for what is done by it or was by then: "announced on Sunday that it had signed"."""
    here = token
    for _ in range(3):
        if here.dep_ not in {"dobj", "pobj", "prep", "ccomp"} or here.head.i == here.i:
            return None
        here = here.head
        if here.lemma_.lower() in {"announce", "report", "confirm"}:
            return time_of(annotations, here)
        if here.pos_ in VERBAL:
            return None
    return None


APART = frozenset({"ccomp", "relcl", "acl", "advcl", "pcomp", "parataxis", "csubj", "appos"})
"""Labels under which a word stands in a clause of its own."""


def _only(annotations: Annotations, sentence: Sentence, token: Token) -> TimeExpression | None:
    """Return the only day or month of a sentence for an act of its main clause, whatever word the parser hung it on."""
    times = [time for time in annotations.times if sentence.span.contains(time.span)]
    if len(times) != 1 or times[0].type != "DATE" or times[0].value.endswith("_REF") or times[0].role in {"by", "until", "since"}:
        return None
    head = head_of(annotations, times[0].span)
    if head is None or head.dep_ in WITHIN_NAME or _apart(token) or _apart(head):
        return None
    return times[0]


FEW = frozenset({"first", "second", "third", "last", "only"})


def _compared(noun: Token) -> bool:
    """Tell whether "since" only says what an act is compared with: "the *first* attack since 2016", "the *deadliest* raid since May"."""
    words = [c for c in noun.children if c.dep_ in {"amod", "compound"}]
    return noun.pos_ in {"NOUN", "PROPN"} and any(c.tag_ == "JJS" or c.lower_ in FEW for c in words)


def _apart(token: Token) -> bool:
    """Tell whether a word stands below the main clause, or behind a noun of it that has an act of its own."""
    return any(word.dep_ in APART for word in (token, *above(token)))


def _when(time: TimeExpression) -> str | None:
    """Return an event's time as an ISO date or EDTF; None where the expression fixes none."""
    if time.type == "DURATION":
        return time.latest if time.role == "by" else None
    value = time.value.split("T")[0]
    if not re.match(r"\d{3}", value):
        return None
    if time.role == "since":
        return f"{value}/.."
    if time.role == "by" and time.latest:
        return time.latest
    return value


# ---- political actors --------------------------------------------------------------------------------------------------


def _pending(annotations: Annotations, sentence: Sentence, match: Match, sides: Sequence[Party], page: _Page) -> str:
    """Return why a match is no event by itself, or nothing where it is one."""
    if match.weak:
        return "it lacks an argument, and the page tells no event that it could be"
    if sentence.role != "title" and (_generic(match) or general(match)):
        return "it says what may happen in general, of nobody in particular"
    actors = [annotations.actor(p.actor) for p in (*sides, *parties(annotations, match.others))]
    if told := scene(annotations, sentence, match, actors):
        return told
    domain = _domain(annotations, sentence)
    if any(_political(actor) and not _anybody(actor) for actor in actors):
        weak = not any(_political(actor) and not _unknown(actor) for actor in actors)
        return f"the sentence is about {domain[0]}, and no known political actor is a side" if weak and domain else ""
    if page.about_politics and any(actor.kind in {"person", "population"} and actor.sector not in APOLITICAL for actor in actors):
        return ""
    if (
        any(
            is_a(annotations, token, "polity") or is_a(annotations, token, "armed")
            for group in (match.actors, match.others, *match.recipients)
            for token in group
        )
        and not domain
    ):
        return ""
    if page.lone and not domain and _public(match, actors):
        return ""
    if not match.entry.implied and not (match.entry.page and page.political):
        return "no side of it is a political actor"
    if actors and all(actor.sector in APOLITICAL for actor in actors) and match.entry.mode == "resign":
        return "who leaves holds no political office"
    return f"the sentence is about {domain[0]}, and no side of it is a political actor" if len(domain) > 1 else ""


class _Page(NamedTuple):
    """What the page as a whole is about: some political actor is on it; enough of them to make it a page about politics."""

    political: bool
    about_politics: bool
    lone: bool
    """It is too short to show what it is about: its sentences must speak for themselves."""


def _page(annotations: Annotations) -> _Page:
    count = sum(len(actor.mentions) for actor in annotations.actors if _political(actor) and not _unknown(actor) and not _anybody(actor))
    lone = sum(sentence.role == "body" for sentence in annotations.sentences) <= LONE
    return _Page(count > 0, count >= POLITICAL_MENTIONS, lone)


def _public(match: Match, actors: Sequence[Actor]) -> bool:
    """Tell whether an act that stands alone is public by its kind: a crowd's protest, people of a country, talks of two named persons."""
    if match.entry.type == "PROTEST":
        private = any(token.lower_ in SINGULAR or token.ent_type_ == "PERSON" for token in match.actors)
        return not private and not (actors and all(actor.sector in {"ELI", "JRN"} for actor in actors))
    if any(actor.kind == "population" and actor.country is not None for actor in actors):
        return True
    formal = match.token.lemma_.lower() in FORMAL and match.entry.type == "CONSULT"
    return formal and len(actors) > 1 and all(actor.kind == "person" and " " in actor.name for actor in actors)


def _generic(match: Match) -> bool:
    """Tell whether a verb speaks of anybody at any time: "an official can be removed", "officials are removed after trial"."""
    verb = match.token
    sides = [token for group in (match.actors, *match.recipients[:1]) for token in group]
    if match.entry.pos != "verb" or not sides or not all(_indefinite(token) for token in sides):
        return False
    words = auxiliaries(verb)
    if any(word.lower_ in {"can", "may"} for word in words):
        placed = any(t.pos_ == "PROPN" and t.dep_ == "pobj" and t.head.head.i == verb.i for t in verb.subtree)
        return not placed and not any(word.lemma_ == "have" for word in words)
    finite = words[0] if words else verb
    required = verb.dep_ in {"xcomp", "advcl", "acl"} and verb.head.lemma_.lower() in REQUIRED and finite.lower_ == "to"
    return required or (finite.tag_ in {"VBZ", "VBP"} and finite.lemma_ == "be" and verb.tag_ == "VBN" and _plural(sides))


REQUIRED = frozenset({"require", "need", "enough", "necessary", "process", "way", "right", "power"})


def _indefinite(token: Token) -> bool:
    """Tell whether a noun stands for anybody of its kind: "a person", "officials"."""
    if token.pos_ != "NOUN":
        return False
    words = [c for c in token.children if c.i < token.i]
    return any(c.lower_ in {"a", "an", "any"} for c in words) or (
        token.tag_ == "NNS" and not any(c.dep_ in {"det", "poss", "nummod"} for c in words)
    )


def _plural(sides: Sequence[Token]) -> bool:
    return all(token.tag_ == "NNS" and not any(c.dep_ in {"nummod", "amod", "compound"} for c in token.children) for token in sides)


def _political(actor: Actor) -> bool:
    if actor.kind in {"state", "armed_group"}:
        return True
    if actor.kind == "media":
        return False
    if actor.sector in POLITICAL_SECTORS:
        return True
    return actor.kind == "organisation" and actor.sector not in CIVIL_SECTORS


def _unknown(actor: Actor) -> bool:
    """Tell whether all that is known of a body is that it is one: it may be a club or a shop."""
    return actor.kind == "organisation" and actor.sector is None and actor.country is None


def _anybody(actor: Actor) -> bool:
    """Tell whether an actor is anybody of an office: "a bishop", "a queen"."""
    return actor.kind == "unnamed" and re.match(r"an? ", actor.name) is not None and len(actor.mentions) == 1


def _domain(annotations: Annotations, sentence: Sentence) -> tuple[str, ...]:
    """Return the domain that the nouns of a sentence belong to, once for each of its words; empty where they are of none."""
    nouns = {key for token in annotations.tokens(sentence) if token.pos_ in {"NOUN", "PROPN"} for key in lemmas(token)}
    found = {name: len(nouns & classes()[name]) for name in FOREIGN_DOMAINS}
    best = max(FOREIGN_DOMAINS, key=lambda name: found[name])
    return (best,) * found[best]


# ---- records -----------------------------------------------------------------------------------------------------------


def _record(
    annotations: Annotations,
    group: Group,
    page: whereabouts.Page,
    day: days.Day | None,
    harm: Mapping[str, Sequence[tuple[Toll, Span]]],
) -> Event:
    lead = _lead(group)
    entry = lead.match.entry
    anchor = lead.span
    mode = next((m.match.entry.mode for m in group.mentions if m.match.entry.mode), None)
    actors, recipients = _sides(annotations, group)
    done = [m for m in (lead, *group.mentions) if m.time is not None and (m.status == lead.status or lead.status != "actual")]
    timed = max(done, key=_exactness, default=None)
    where = whereabouts.place_of(annotations, group.mentions, page)
    located = places.located(where.name, page.countries) if where else None
    spans = tuple(dict.fromkeys(s for m in group.mentions for s in _spans(m)))
    sectors = [s for p in (*actors, *recipients) if (s := annotations.actor(p.actor).sector)]
    topics = contexts.contexts_of(annotations, _sentences(group), (entry.type, f"{entry.type}/{mode}"), sectors, anchor)
    evidence = {
        "type": (anchor,),
        "contexts": tuple(dict.fromkeys(s for found in topics.values() for s in found)),
        "actors": tuple(p.span for p in actors),
        "recipients": tuple(p.span for p in recipients),
        "time": (timed.time_span,) if timed is not None and timed.time_span else (day.span,) if day is not None else (),
        "place": (where.span,) if where else (),
        "status": lead.status_evidence,
        "according_to": lead.according_evidence or (anchor,),
        **{field: tuple(span for _, span in found) for field, found in harm.items()},
        **{f"{field}_by_source": tuple(span for _, span in found) for field, found in harm.items() if len(found) > 1},
    }
    return Event(
        rule="; ".join([entry.id, *dict.fromkeys(f"same: {reason}" for reason in group.reasons)]),
        evidence={field: tuple(spans) for field, spans in evidence.items() if spans},
        inferred=_inferred(
            where, {"actors": actors, "recipients": recipients}, located=located is not None, timed=timed is not None or day is None
        ),
        type=entry.type,
        mode=mode,
        contexts=tuple(topics),
        actors=tuple(p.actor for p in actors),
        recipients=tuple(p.actor for p in recipients),
        time=timed.time if timed is not None else day.value if day is not None else None,
        place=where.name if where else None,
        place_country=located.country if located else None,
        place_point=located.point if located else None,
        place_precision=located.precision if located else None,
        status=lead.status,
        according_to=lead.according_to,
        mentions=spans,
        killed=_first(harm, "killed"),
        injured=_first(harm, "injured"),
        killed_by_source=_several(harm, "killed"),
        injured_by_source=_several(harm, "injured"),
    )


def _lead(group: Group) -> Mentioned:
    """Return the mention that says most of an event: told by the author, in the body, done, with a verb."""
    return max(
        group.mentions,
        key=lambda m: (m.according_to == AUTHOR, m.status == "actual", not m.noun, m.sentence.role != "title", -m.sentence.number),
    )


def _exactness(mention: Mentioned) -> tuple[bool, int]:
    """Return how exactly a mention's time is told: a day before all else, then the longer expression."""
    return bool(mention.time and days.DAY.match(mention.time)), len(mention.time or "")


def _spans(mention: Mentioned) -> Iterator[Span]:
    yield mention.span


def _sides(annotations: Annotations, group: Group) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the actors and recipients of all mentions; who acts is not also a recipient. The page's only protesters did protest."""
    actors: dict[str, Party] = {}
    recipients: dict[str, Party] = {}
    for mention in group.mentions:
        for party in mention.actors:
            actors.setdefault(party.actor, party)
        for party in mention.recipients:
            recipients.setdefault(party.actor, party)
    if not actors and group.mentions[0].match.entry.type == "PROTEST":
        actors.update({p.actor: p for p in _protesters(annotations) if p.actor not in recipients})
    return tuple(actors.values()), tuple(p for key, p in recipients.items() if key not in actors)


def _protesters(annotations: Annotations) -> tuple[Party, ...]:
    """Return the page's protesters, where it knows one such crowd."""
    crowds = [
        (actor, span)
        for actor in annotations.actors
        for span in actor.mentions[:1]
        if re.search(r"(?:protest|demonstrat|march|strik|riot)ers?$|(?:protestor|demonstrator|striker)s$", actor.name)
    ]
    return (Party(crowds[0][0].id, crowds[0][1], through=True),) if len(crowds) == 1 else ()


def _sentences(group: Group) -> list[Sentence]:
    return list({m.sentence.number: m.sentence for m in group.mentions}.values())


def _inferred(where: places.Where | None, sides: Mapping[str, Sequence[Party]], *, located: bool, timed: bool) -> tuple[str, ...]:
    out = ["place"] if where is not None and where.degree not in places.STATED else []
    out += ["place_country", "place_point", "place_precision"] if located else []
    out += [] if timed else ["time"]
    return (*out, *(role for role, parties_ in sides.items() if any(p.through for p in parties_)))


TOWARDS_ACTS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})


def _aimed(groups: Sequence[Group]) -> list[Group]:
    """Give an event that judges another ("condemned the attack") that other's actors as its recipients."""
    doers = {m.match.token.i: group for group in groups for m in group.mentions}
    out = []
    for group in groups:
        mentions = [_aim(m, doers) if not m.recipients and m.match.entry.type in TOWARDS_ACTS else m for m in group.mentions]
        out.append(Group(mentions, group.reasons))
    return out


def _aim(mention: Mentioned, doers: Mapping[int, Group]) -> Mentioned:
    judged = [doers[token.i] for tokens in mention.match.recipients for token in tokens if token.i in doers]
    own = {p.actor for p in mention.actors}
    found = {p.actor: p._replace(through=True) for group in judged[:1] for m in group.mentions for p in m.actors if p.actor not in own}
    return replace(mention, recipients=tuple(found.values()))


# ---- tolls -------------------------------------------------------------------------------------------------------------


def _harm(annotations: Annotations, records: Records, groups: Sequence[Group]) -> dict[int, dict[str, list[tuple[Toll, Span]]]]:
    """Return the numbers of killed and injured of each event, by the identity of its group."""
    out: dict[int, dict[str, list[tuple[Toll, Span]]]] = {}
    assaults = [g for g in groups if g.mentions[0].match.entry.type in {"ASSAULT", "PROTEST", "COERCE"}]
    for sentence in annotations.sentences:
        for count in tolls.counts(annotations, sentence):
            group = _suffered(count.word, sentence, assaults)
            if group is not None:
                found = out.setdefault(id(group), {}).setdefault(count.harm, [])
                toll = tolls.toll(count, records.according_to)
                if all(toll != other for other, _ in found):
                    found.append((toll, count.quantity.span))
    return out


def _suffered(word: Token, sentence: Sentence, groups: Sequence[Group]) -> Group | None:
    """Return the event whose mention is the word of harm or governs it, or the only event of its sentence or of the one before."""
    chain = {word.i, word.head.i, word.head.head.i}
    here = [g for g in groups for m in g.mentions if m.sentence.number == sentence.number]
    direct = [g for g in here if any(m.match.token.i in chain for m in g.mentions)]
    if direct:
        return direct[0]
    before = [g for g in groups for m in g.mentions if m.sentence.number == sentence.number - 1]
    if not here and word.lemma_.lower() in tolls.TOLLS:  # "The rebels put the toll at 20."
        here = before
    if not here and _undergone(word):  # "Gunmen fired at a convoy. Two soldiers died."
        here = before if all(m.match.entry.type == "ASSAULT" and m.status == "actual" for g in before for m in g.mentions) else []
    return here[0] if len({id(g) for g in here}) == 1 else None


def _undergone(word: Token) -> bool:
    """Tell whether a main clause tells of victims and not who made them: "Two officers *died*", "One was *killed* and six *wounded*"."""
    while word.dep_ == "conj":
        word = word.head
    words = {c.dep_ for c in word.children}
    suffers = "auxpass" in words or word.lemma_.lower() in {"die", "perish"}
    return word.dep_ == "ROOT" and word.tag_ in {"VBD", "VBN"} and suffers and not words & {"agent", "prep", "dobj", "advcl"}


def _first(harm: Mapping[str, Sequence[tuple[Toll, Span]]], field: str) -> Toll | None:
    found = harm.get(field)
    return found[0][0] if found else None


def _several(harm: Mapping[str, Sequence[tuple[Toll, Span]]], field: str) -> tuple[Toll, ...]:
    found = harm.get(field, ())
    return tuple(toll for toll, _ in found) if len(found) > 1 else ()
