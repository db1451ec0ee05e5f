"""The day of a page's story, for the events of it whose own words give no time.

    title    "Minister **shot** dead": what the headline's verb tells has the only day of the first sentence
    story    "Guards came up and **beat** the reporters": what is told further of the same type of act, with no date of its own, has the
             day of the headline's or lead's event of that type

A story's day is inferred. It is given to acts that are told as done, in a tense that tells what happened then, in a sentence that
names no other date; never to requests, each of which is an act by itself (of 49 days given on dev and train about four in five are
right). Known limits: a second attack of another day that the page tells without a date is given the day of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations, Sentence, TimeExpression
from onrecord.events.sameness import Event, Mentioned
from onrecord.grammar import VERBAL, auxiliaries
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

DAY = re.compile(r"\d{4}-\d\d-\d\d$")
LEADS = 2
"""How many sentences of the body tell the story's event."""


class Day(NamedTuple):
    """A day (ISO) and the characters that it rests on."""

    value: str
    span: Span


def days_of(annotations: Annotations, groups: Sequence[Event]) -> Mapping[int, Day]:
    """Return the inferred day of each event that the page's story gives one, by the identity of its group."""
    out = {id(group): day for group in groups if (day := _titled(annotations, group)) is not None}
    story: dict[str, Day] = {}
    for group in groups:
        day = out.get(id(group)) or _led(annotations, group)
        if day is not None:
            story.setdefault(group.mentions[0].match.entry.type, day)
    story.pop("REQUEST", None)
    for group in groups:
        day = story.get(group.mentions[0].match.entry.type)
        if day is not None and id(group) not in out and all(_continues(annotations, m, day) for m in group.mentions):
            out[id(group)] = day
    return out


def _titled(annotations: Annotations, group: Event) -> Day | None:
    """Return the only day of the first sentence for what the verb of the title tells."""
    heads = any(m.sentence.role == "title" and not m.noun for m in group.mentions)
    if not heads or any(m.time is not None for m in group.mentions) or any(m.status != "actual" for m in group.mentions):
        return None
    lead = next(_body(annotations), None)
    days = {time.value.split("T")[0]: time for time in _dates(annotations, lead.span)} if lead is not None else {}
    (value, time), *more = days.items() if days else [("", None)]
    return Day(value, time.span) if time is not None and not more and DAY.match(value) else None


def _led(annotations: Annotations, group: Event) -> Day | None:
    """Return the day that an event of the lead is told to have taken place on."""
    leads = {sentence.number for _, sentence in zip(range(LEADS), _body(annotations), strict=False)}
    if not any(m.sentence.number in leads for m in group.mentions):
        return None
    timed = [m for m in group.mentions if m.time is not None and m.status == "actual" and DAY.match(m.time)]
    return next((Day(m.time, m.time_span) for m in timed if m.time is not None and m.time_span is not None), None)


def _continues(annotations: Annotations, mention: Mentioned, day: Day) -> bool:
    """Tell whether a mention goes on with the story: done, untimed, with no other date in its sentence and no other tense."""
    if mention.time is not None or mention.status != "actual":
        return False
    if mention.sentence.role == "title":
        return True
    others = [time for time in _dates(annotations, mention.sentence.span) if not time.value.startswith(day.value)]
    return not others and _then(mention.match.token)


def _then(token: Token) -> bool:
    """Tell whether a verb tells what happened then: not a perfect, present or infinitive."""
    if token.pos_ not in VERBAL:
        return True
    words = [token, *auxiliaries(token)]
    return any(word.tag_ == "VBD" and word.lower_ not in {"had", "'d"} for word in words) or token.tag_ == "VBG"


def _body(annotations: Annotations) -> Iterator[Sentence]:
    return (sentence for sentence in annotations.sentences if sentence.role == "body")


def _dates(annotations: Annotations, span: Span) -> Iterator[TimeExpression]:
    """Yield the expressions of a stretch that name a date, not a duration or habit."""
    for time in annotations.times:
        if span.start <= time.span.start < span.end and time.type in {"DATE", "TIME"} and re.match(r"\d{3}", time.value):
            yield time
