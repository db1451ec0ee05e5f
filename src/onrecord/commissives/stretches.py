"""Readings of a time as a deadline that its own words do not give: stretches, days counted from another, days of an event, years ahead.

    from 31 August to 4 September     one stretch, its first and last day
    24 and 25 October                 the same
    until his hearing on 8 March      the day of what the deadline hangs on, with the role of its preposition
    ruled on 2 May … within 30 days   counted from the day of the ruling, not from that of the page
    set 18 October as the date        the next 18 October, where the annotator, who sees a past tense, took the last one

Each takes and returns times or bounds; whether they are a deadline is for `deadlines` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from onrecord.annotations import Annotations, TimeExpression, TimeRole
from onrecord.calendars import day_of, last_day
from onrecord.commissives.bindings import Binding
from onrecord.moments import governors, head_of
from onrecord.spans import Span

GAP = re.compile(r"\s*(?:to|and|until|till|through|–|-)\s*")
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
SPELL = re.compile(r"P(?:T(?P<hours>\d+)H|(?P<number>\d+)(?P<unit>[DWMY]))$")
YEARLESS = frozenset({"date.day_month", "date.month_day", "date.month"})


class Stretch(NamedTuple):
    """Two times that are one: the words of both, the first and the last day."""

    span: Span
    role: TimeRole
    earliest: str | None
    latest: str | None


def stretch(annotations: Annotations, times: tuple[TimeExpression, ...]) -> Stretch | None:
    """Return the stretch that one of the times opens or ends, with the time beside it."""
    every = annotations.times
    for one, other in pairwise(every):
        between = annotations.text[one.span.end : other.span.start]
        if not GAP.fullmatch(between) or other.latest is None or not any(t.span in {one.span, other.span} for t in times):
            continue
        first = one.earliest or (one.value if DAY.match(one.value) else None) or (other.latest if one.type == "TIME" else None)
        opened = _word_before(annotations, one) in {"from", "between"}
        if first is not None and (opened or (between.strip() == "and" and one.role == other.role == "at")):
            return Stretch(Span(one.span.start, other.span.end), "during" if opened else "at", first, other.latest)
    return None


def _word_before(annotations: Annotations, time: TimeExpression) -> str:
    first = annotations.tokens_of(time.span)[0]
    return first.nbor(-1).lower_ if first.i else ""


# ---- counted --------------------------------------------------------------------------------------------------------


def counted(value: str, start: str) -> str | None:
    """Return the day that a duration ("P30D", "PT48H") after a day (ISO) ends on, None where it counts no days."""
    found = SPELL.match(value)
    if found is None:
        return None
    first = date.fromisoformat(start)
    if found["hours"]:
        return (first + timedelta(hours=int(found["hours"]))).isoformat() if int(found["hours"]) % 24 == 0 else None
    number, unit = int(found["number"]), found["unit"]
    if unit in "DW":
        return (first + timedelta(days=number * (7 if unit == "W" else 1))).isoformat()
    months = first.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = first.year + months // 12, months % 12 + 1
    return min(date(year, month, min(first.day, last_day(year, month).day)), date.max).isoformat()


def said_on(annotations: Annotations, binding: Binding) -> str | None:
    """Return the past day on which the word was given: that of its verb, of the verb that reports it, or of a clause beside these."""
    verbs = {binding.cue[0].i, *(t.i for t in binding.cue[0].ancestors), *(t.i for t in binding.act.ancestors)}
    verbs |= {c.i for i in list(verbs) for c in annotations.doc[i].children if c.dep_ in {"advcl", "parataxis", "ccomp"} and c.tag_ != "VB"}
    published = annotations.document.published.latest
    for time in annotations.times:
        day = time.value if DAY.match(time.value) else None
        if day is not None and published is not None and day > published:
            day = _year_on(day, -1) if time.rule in YEARLESS else None  # "ruled on 2 May", taken for the next
        head = head_of(annotations, time.span) if day is not None else None
        word = next((w for w, _ in governors(head)), None) if head is not None else None
        if word is not None and word.i in verbs - {binding.act.i} and word.tag_ in PAST and word.sent == binding.act.sent:
            return day
    ruling = next((t for t in annotations.times if DAY.match(t.value) and _of_word(annotations, t, binding)), None)
    return ruling.value if ruling is not None else None


PAST = frozenset({"VBD", "VBN", "VBG"})
WORDS = frozenset({"ruling", "order", "decree", "verdict", "judgment", "judgement", "decision", "vote"})


def _of_word(annotations: Annotations, time: TimeExpression, binding: Binding) -> bool:
    """Tell whether a time names the day of what binds: "following Tuesday's ruling"."""
    head = head_of(annotations, time.span)
    if head is None or head.dep_ != "poss":
        return False
    return head.head.lemma_.lower() in WORDS and head.sent == binding.act.sent


# ---- the day of an event --------------------------------------------------------------------------------------------


FAR = 60  # letters before a time in which the preposition of its event stands
EVENT = re.compile(
    r"\b(until|till|before|by|ahead of|during|throughout)\s(?:the|an?|its|his|her|their|next|[\w’']+['’]s)\s(?:[\w-]+\s){1,4}(?:on|in)\s$"
)


def of_event(annotations: Annotations, time: TimeExpression) -> str | None:
    """Return the preposition before the event that a time is the day of: "until" of "until his hearing on 8 March"."""
    words = EVENT.search(annotations.text[max(0, time.span.start - FAR) : time.span.start])
    if words is not None and not any(
        t.pos_ == "VERB" for t in annotations.tokens_of(Span(time.span.start - len(words[0]), time.span.start))
    ):
        return words[1]
    head = head_of(annotations, time.span)
    here = head if head is None or head.pos_ == "ADP" else head.head
    if here is None or here.pos_ != "ADP" or here.head.pos_ not in {"NOUN", "PROPN"} or here.head.i > here.i:
        return None
    above = here.head.head
    if above.pos_ not in {"ADP", "SCONJ"} or above.i > here.head.i:
        return None
    before = above.nbor(-1).lower_ if above.i else ""
    return "ahead of" if above.lower_ == "of" and before == "ahead" else above.lower_


# ---- years ahead ----------------------------------------------------------------------------------------------------


def next_one(annotations: Annotations, time: TimeExpression) -> TimeExpression:
    """Return the next day or month of the name, where the words give no year and the one taken is over by the day of the page."""
    published = annotations.document.published.earliest
    last = time.latest or (time.earliest if time.role == "since" else None)
    if published is None or last is None or last >= published or not time.inferred:
        return time
    if time.rule == "date.weekday" and DAY.match(time.value):
        return _moved(time, lambda day: (date.fromisoformat(day) + timedelta(days=7)).isoformat())
    return _moved(time, _year_on) if time.rule in YEARLESS else time


def _moved(time: TimeExpression, move: Callable[[str], str]) -> TimeExpression:
    first, last = time.earliest and move(time.earliest), time.latest and move(time.latest)
    value = move(time.value) if DAY.match(time.value) else f"{int(time.value[:4]) + 1}{time.value[4:]}"
    return replace(time, value=value, edtf=value, earliest=first, latest=last)


def _year_on(day: str, years: int = 1) -> str:
    year, month, number = (int(part) for part in day.split("-"))
    moved = day_of(year + years, month, number) or last_day(year + years, month)
    return moved.isoformat()
