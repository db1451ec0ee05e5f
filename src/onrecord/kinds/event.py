"""Annotations to events: who did what to whom, in PLOVER's types, each event once with all its mentions.

    each word that a trigger matches   ->  a mention: sides, status, time, place, according to whom
    the page's mentions                ->  events (events/sameness)
    each event                         ->  a record: what its mentions say together, tolls and contexts

Rules. At least one side must act politically, unless the act is by its nature a state's, a court's or a crowd's. The record has the act's own
type with its status; PLOVER's table of modalities is applied on export. A time or place is one that the text gives; what comes from another
sentence or from the page is marked inferred. A trigger that was considered and refused is an abstention with the condition that failed.

Known limits: one event for each trigger: "cut aid and troops" is one; sides that only the next sentence names are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.annotations import Actor, Annotations, Sentence, TimeExpression
from onrecord.factuality import status
from onrecord.codebooks import plover
from onrecord.events import contexts, places, tolls
from onrecord.events.frames import ARMED_SECTORS, CIVIL_SECTORS, Match, classes, examine, is_a, lemmas
from onrecord.events.parties import Party, parties
from onrecord.events.sameness import Event as Group
from onrecord.events.sameness import Mentioned, events
from onrecord.lexicons import Lexicon
from onrecord.moments import time_of
from onrecord.records import AUTHOR, Abstention, Event, Found, Records, Toll
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

POLITICAL_SECTORS = ARMED_SECTORS | {"GOV", "JUD", "LEG", "PTY", "OPP", "SOC", "LAB", "REF", "REL", "PRE"}
POLITICAL_MENTIONS = 8
"""Mentions of political actors from which a page is about politics: more than in any single sentence about something else."""
APOLITICAL = frozenset({"ELI", "MED", "EDU", "BUS", "JRN"})
FOREIGN_DOMAINS = ("sport", "arts", "commerce")
"""Domains whose sentences speak of attacks, strikes and deals without politics."""


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:
    """Return the events of a document."""
    mentions: list[Mentioned] = []
    refused: list[Abstention] = []
    about_politics = _about_politics(annotations)
    for sentence in annotations.sentences:
        if sentence.role == "crosshead":
            continue
        for found in _matches(annotations, lexicon, sentence):
            if isinstance(found, Abstention):
                refused.append(found)
            else:
                mentions.append(_mentioned(annotations, records, sentence, found, about_politics=about_politics))
    groups, left = events(mentions)
    refused += [Abstention(m.span, "event", m.match.entry.id, m.pending) for m in left]
    harm = _harm(annotations, records, groups)
    countries = places.countries_of(annotations)
    page = places.page_place(annotations, countries)
    made = tuple(_record(annotations, group, page, countries, harm.get(id(group), {})) for group in groups)
    return Found(made, tuple(sorted(refused)))


# ---- mentions ----------------------------------------------------------------------------------------------------------


def _matches(annotations: Annotations, lexicon: Lexicon, sentence: Sentence) -> Iterator[Match | Abstention]:
    """Yield what triggers match in a sentence, and where one was considered in vain."""
    for token in annotations.tokens(sentence):
        match, refusals = examine(annotations, lexicon, token)
        if match is not None:
            yield match
        elif refusals:
            last = refusals[-1]
            yield Abstention(Span(token.idx, token.idx + len(token)), "event", last.entry.id, f"its arguments do not fit: {last.reason}")


def _mentioned(annotations: Annotations, records: Records, sentence: Sentence, match: Match, *, about_politics: bool) -> Mentioned:
    state, evidence = status(annotations, match.token)
    span = Span(match.token.idx, match.token.idx + len(match.token))
    said = records.said_by(span)
    speaker = records.according_to(span)
    when = time_of(annotations, match.token)
    value = _when(when) if when is not None else None
    voice = said.source_actor if said is not None else None
    actors, recipients = parties(annotations, match.actors, voice), parties(annotations, match.recipients, voice)
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
        pending=_pending(annotations, sentence, match, (*actors, *recipients), about_politics=about_politics),
    )


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


def _pending(annotations: Annotations, sentence: Sentence, match: Match, sides: Sequence[Party], *, about_politics: bool) -> str:
    """Return why a match is no event by itself, or nothing where it is one."""
    if match.weak:
        return "it lacks an argument, and the page tells no event that it could be"
    actors = [annotations.actor(p.actor) for p in sides]
    if any(_political(actor) for actor in actors):
        return ""
    if about_politics and any(actor.kind in {"person", "population"} and actor.sector not in APOLITICAL for actor in actors):
        return ""
    if any(is_a(annotations, token, "polity") for token in (*match.actors, *match.recipients)):
        return ""
    if not match.entry.implied:
        return "no side of it is a political actor"
    domain = _domain(annotations, sentence)
    return f"the sentence is about {domain}, and no side of it is a political actor" if domain else ""


def _about_politics(annotations: Annotations) -> bool:
    """Tell whether political actors are named often enough for the persons of the page to act politically too."""
    return sum(len(actor.mentions) for actor in annotations.actors if _political(actor)) >= POLITICAL_MENTIONS


def _political(actor: Actor) -> bool:
    if actor.kind in {"state", "armed_group"}:
        return True
    if actor.kind == "media":
        return False
    if actor.sector in POLITICAL_SECTORS:
        return True
    return actor.kind == "organisation" and actor.sector not in CIVIL_SECTORS


def _domain(annotations: Annotations, sentence: Sentence) -> str:
    """Return the domain that at least two words of a sentence belong to, or nothing."""
    words = [key for token in annotations.tokens(sentence) for key in lemmas(token)]
    return next((name for name in FOREIGN_DOMAINS if len({w for w in words if w in classes()[name]}) >= 2), "")


# ---- records -----------------------------------------------------------------------------------------------------------


def _record(
    annotations: Annotations, group: Group, page: places.Where | None, countries: Sequence[str], harm: Mapping[str, Sequence[tuple[Toll, Span]]]
) -> Event:
    lead = _lead(group)
    entry = lead.match.entry
    anchor = lead.span
    mode = next((m.match.entry.mode for m in group.mentions if m.match.entry.mode), None)
    actors, recipients = _sides(group)
    timed = next((m for m in (lead, *group.mentions) if m.time is not None), None)
    where = places.nearest((m.place for m in group.mentions if m.place is not None), countries) or _elsewhere(annotations, group, page, countries)
    located = places.located(where.name, countries) if where else None
    spans = tuple(dict.fromkeys(s for m in group.mentions for s in _spans(m)))
    sectors = [s for p in (*actors, *recipients) if (s := annotations.actor(p.actor).sector)]
    topics = contexts.contexts_of(annotations, _sentences(group), (entry.type, f"{entry.type}/{mode}"), sectors, anchor)
    evidence = {
        "type": (anchor,),
        "contexts": tuple(dict.fromkeys(s for found in topics.values() for s in found)),
        "actors": tuple(p.span for p in actors),
        "recipients": tuple(p.span for p in recipients),
        "time": (timed.time_span,) if timed is not None and timed.time_span else (),
        "place": (where.span,) if where else (),
        "status": lead.status_evidence,
        "according_to": lead.according_evidence or (anchor,),
        **{field: tuple(span for _, span in found) for field, found in harm.items()},
    }
    return Event(
        rule="; ".join([entry.id, *dict.fromkeys(f"same: {reason}" for reason in group.reasons)]),
        evidence={field: tuple(spans) for field, spans in evidence.items() if spans},
        inferred=_inferred(where, located is not None, (*actors, *recipients)),
        type=entry.type,
        mode=mode,
        contexts=tuple(topics),
        actors=tuple(p.actor for p in actors),
        recipients=tuple(p.actor for p in recipients),
        time=timed.time if timed is not None else None,
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


def _spans(mention: Mentioned) -> Iterator[Span]:
    yield mention.span


def _sides(group: Group) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the actors and recipients of all mentions; who acts is not also a recipient."""
    actors: dict[str, Party] = {}
    recipients: dict[str, Party] = {}
    for mention in group.mentions:
        for party in mention.actors:
            actors.setdefault(party.actor, party)
        for party in mention.recipients:
            recipients.setdefault(party.actor, party)
    return tuple(actors.values()), tuple(p for key, p in recipients.items() if key not in actors)


def _sentences(group: Group) -> list[Sentence]:
    return list({m.sentence.number: m.sentence for m in group.mentions}.values())


def _elsewhere(annotations: Annotations, group: Group, page: places.Where | None, countries: Sequence[str]) -> places.Where | None:
    """Return the only place of a deed's sentences, else the page's: a city for deeds, a region or territory for words too."""
    deed = plover().types[group.mentions[0].match.entry.type].material
    found = [w for s in _sentences(group) if (w := places.sentence_place(annotations, s)) is not None] if deed else []
    if found or page is None or deed:
        return found[0] if found else page
    where = places.located(page.name, countries)
    return page if where is not None and where.precision != "city" and page.weight >= places.PAGE_WORDS else None


def _inferred(where: places.Where | None, located: bool, sides: Iterable[Party]) -> tuple[str, ...]:
    out = ["place"] if where is not None and where.degree in {"sentence", "page"} else []
    out += ["place_country", "place_point", "place_precision"] if located else []
    return (*out, *(["actors"] if any(p.through for p in sides) else []))


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
    """Return the event whose mention is the word of harm or governs it, or the only event of its sentence."""
    chain = {word.i, word.head.i, word.head.head.i}
    here = [g for g in groups for m in g.mentions if m.sentence.number == sentence.number]
    direct = [g for g in here if any(m.match.token.i in chain for m in g.mentions)]
    if direct:
        return direct[0]
    return here[0] if len({id(g) for g in here}) == 1 else None


def _first(harm: Mapping[str, Sequence[tuple[Toll, Span]]], field: str) -> Toll | None:
    found = harm.get(field)
    return found[0][0] if found else None


def _several(harm: Mapping[str, Sequence[tuple[Toll, Span]]], field: str) -> tuple[Toll, ...]:
    found = harm.get(field, ())
    return tuple(toll for toll, _ in found) if len(found) > 1 else ()
