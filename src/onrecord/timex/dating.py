"""One expression's value: its own words, the day of publication, the tense of its clause and the times told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from onrecord.annotations import TimeRole, TimeType
from onrecord.spans import Span
from onrecord.timex.periods import (
    MONTHS_IN,
    Days,
    complete,
    days,
    distance,
    is_partial,
    nearest,
    occurrences,
    period,
    shift,
    symbolic,
    unit_of,
    within,
)
from onrecord.timex.senses import Sense

SYMBOLS = {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "season": "XXXX-XX", "year": "XXXX"} | {
    "decade": "XXXX",
    "century": "XXXX",
    "millennium": "XXXX",
}
"""What stands for a period that is not known; a day is `XXXX-XX-XX`."""
_ORDER = (
    "second",
    "minute",
    "hour",
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
    "millennium",
)
FAR, NEAR = 240, 75
"""A month or day that the tense puts further away than FAR days is the other one where that is nearer than NEAR; set on `gold/train`."""
SAID_WITHIN = 14
"""How many days before publication quoted words may have been said on a day that the text tells."""
MEMORY = 12
"""How many told times back "that day" may refer; on the training pages no anaphor reaches further than five."""


class Told(NamedTuple):
    """A time that the text has told. `own`: its own words gave the year; `sentence` begins with the number of its piece."""

    value: str
    span: Span
    role: TimeRole
    sentence: tuple[int, int, int]
    own: bool
    quoted: bool


class Context(NamedTuple):
    """What an expression is resolved with.

    `side`: the tense of its clause: past -1, future +1, 0 where it may be either ("would"), None where nothing says so; `sure`: by the
    parse; `back`: the preposition is "since"; `told`: the times told before it, in order; `ahead`: those that its sentence tells after it.
    """

    day: date | None
    side: int | None
    sure: bool
    role: TimeRole
    back: bool
    told: Sequence[Told]
    ahead: Sequence[Told]
    sentence: tuple[int, int, int]
    quoted: bool


class Dated(NamedTuple):
    """A value, what it was counted from (None: its own words or publication), and, where two days are possible, both."""

    type: TimeType
    value: str
    inferred: bool
    source: Span | None = None
    either: Days | None = None


def resolve(sense: Sense, context: Context) -> Dated:
    """Return the value of an expression, symbolic as far as nothing fixes it."""
    if sense.vague and sense.rule == "date.distance":
        return Dated("DATE", _vague(sense, context), inferred=False)
    if sense.rule == "date.distance" and sense.unit in {"second", "minute", "hour"}:
        return _minutes(sense, context)
    if sense.value and not is_partial(sense.value):
        whole = days(sense.value) if sense.unit in {"week", "weekend"} else None  # "the week of 6 March 2023"
        return Dated(sense.type, period(whole.first, sense.unit) if whole else sense.value + sense.clock, inferred=sense.assumed)
    if is_partial(sense.value) and sense.type != "SET":
        return _completed(sense, context)
    if sense.type == "SET":
        return Dated(sense.type, sense.value, inferred=False)
    return _counted(sense, context)


def _vague(sense: Sense, context: Context) -> str:
    if sense.side < 0 or (sense.origin == "told" and context.side != 1):
        return "PAST_REF"
    return "FUTURE_REF"


# ---- partial values ------------------------------------------------------------------------------------------------


def _completed(sense: Sense, context: Context) -> Dated:
    """Read "October", "Monday night", "21 January", "last summer", "Christmas 2020"."""
    open_value = symbolic(sense.value) + sense.clock
    if sense.pick:  # a feast with its year
        value = within(sense.value, sense.pick)
        return Dated(sense.type, (value or open_value) + (sense.clock if value else ""), inferred=False)
    near, source = context.day, None
    if sense.origin == "told":
        told = _latest(context, "day")
        near, source = (told.first, told.source) if told else (None, None)
    elif (told_year := _end_of_range(sense, context) or _same_story(sense, context)) is not None:
        return told_year
    if near is None:
        return Dated(sense.type, open_value, inferred=False)
    value = _on_weekday(sense, near) if sense.weekday else _by_tense(sense, context, near)
    if value is None:
        return Dated(sense.type, open_value, inferred=False)
    first = days(value)
    if first and sense.unit in {"week", "weekend"}:  # "the week of 21 October"
        value = period(first.first, sense.unit)
    if first and sense.count:  # "a week on Thursday"
        value = (first.first + timedelta(days=sense.count)).isoformat()
    if sense.nearer and first and "WXX" in sense.value and first.first.isocalendar()[:2] == near.isocalendar()[:2]:
        return Dated(sense.type, open_value, inferred=True, either=Days(first.first, first.first + timedelta(days=7)))
    return Dated(sense.type, value + sense.clock, inferred=True, source=source)


def _by_tense(sense: Sense, context: Context, near: date) -> str | None:
    """Return the occurrence that the words ("last"), the role and the tense point to; the nearest where they are at odds."""
    if sense.side:
        return complete(sense.value, near, sense.side, strict=sense.strict)
    if context.role == "since" and context.side is None:
        return complete(sense.value, near, -1 if context.back else 1)
    deadline = context.role in {"by", "until"}
    towards = context.side if context.side is not None else (1 if deadline else -1)
    if towards == 0 or (deadline and towards < 0):
        return nearest(sense.value, near)
    value = complete(sense.value, near, towards)
    close = nearest(sense.value, near)
    far = (
        0
        if value is None or deadline or sense.rule in {"date.quarter", "date.half"} or (context.sure and sense.rule != "date.feast")
        else distance(value, near)
    )
    return close if close is not None and far > FAR and distance(close, near) < NEAR else value


def _on_weekday(sense: Sense, near: date) -> str | None:
    """Return the occurrence nearest to a day that falls on the weekday the text names."""
    fitting = [(abs((d.first - near).days), value) for value, d in occurrences(sense.value, near) if d.first.isoweekday() == sense.weekday]
    return min(fitting)[1] if fitting else None


def _end_of_range(sense: Sense, context: Context) -> Dated | None:
    """Return the first such day or month after the beginning that has just been told ("from 30 December to 2 January")."""
    last = context.told[-1] if context.told else None
    if sense.side or context.role != "until" or last is None or last.role != "since" or last.sentence != context.sentence:
        return None
    begin = days(last.value)
    if begin and context.side == 1 and context.day and begin.first < context.day:  # "since May, and will until October"
        return None
    value = complete(sense.value, begin.first, 1) if begin else None
    return Dated(sense.type, value + sense.clock, inferred=True, source=last.span) if value else None


def _same_story(sense: Sense, context: Context) -> Dated | None:
    """Return a month or day within the year that the same paragraph has just told ("In June 2016 … in July")."""
    if sense.side or not re.match(r"XXXX-\d\d", sense.value) or not context.told or context.side == 1:
        return None
    last = context.told[-1]
    stretch, unit = days(last.value), unit_of(last.value)
    if last.sentence[0] != context.sentence[0] or not last.own or stretch is None or unit not in {"day", "month", "year"}:
        return None
    if unit == "year" and (last.sentence != context.sentence or "since" in {last.role, context.role} or context.side != -1):
        return None
    value = within(sense.value, last.value) if unit == "year" else complete(sense.value, stretch.first, 1)
    found = days(value) if value else None
    if value is None or found is None or (context.day is not None and found.first > context.day):
        return None
    return Dated(sense.type, value + sense.clock, inferred=True, source=last.span)


# ---- counted values ------------------------------------------------------------------------------------------------


class _Base(NamedTuple):
    first: date
    source: Span | None


def _latest(context: Context, unit: str) -> _Base | None:
    """Return the first day of the time told last that is at least as fine as a unit."""
    for told in reversed(context.told[-MEMORY:]):
        own = unit_of(told.value)
        if own is not None and _ORDER.index(own) <= max(_ORDER.index(unit), _ORDER.index("day")):
            stretch = days(told.value)  # where its day is not known, neither is the one counted from it
            return _Base(stretch.first, told.span) if stretch is not None else None
    return None


def _day_of_clock(context: Context) -> _Base | None:
    """Return the day of a clock time: one that its sentence names before it, else after it, else the day told last.

    In a clause that tells the past it is no day to come.
    """
    here = [told for told in context.told[-MEMORY:] if told.sentence == context.sentence]
    earlier = [told for told in context.told[-MEMORY:] if told.sentence != context.sentence and told.sentence[0] >= context.sentence[0] - 1]
    for told in (*reversed(here), *context.ahead, *reversed(earlier)):
        if unit_of(told.value) == "day":
            stretch = days(told.value)
            if stretch is None:
                return None
            if context.day is None or context.side == 1 or stretch.first <= context.day:
                return _Base(stretch.first, told.span)
    return None


def _day_of_saying(context: Context) -> _Base | None:
    """Return the day on which words in quotation marks were said: "today" in them is that day.

    It is the day that their sentence tells, else the one told last in this paragraph or the one before, else the first that the page
    tells of at all, which is as a rule the day of what it reports.
    """
    latest = context.told[: -MEMORY - 1 : -1]
    own = [told for told in (*latest, *context.ahead) if told.sentence == context.sentence]
    others = [told for told in latest if told.sentence != context.sentence and told.sentence[0] >= context.sentence[0] - 1]
    first = [told for told in context.told[:MEMORY] if not told.own]  # the date line gives its own year
    for told in (*own, *others, *first):
        if unit_of(told.value) == "day" and not told.quoted and told.role == "at":
            stretch = days(told.value)
            if context.day is not None and stretch is not None and 0 <= (context.day - stretch.first).days <= SAID_WITHIN:
                return _Base(stretch.first, told.span)
            return None
    return None


def _counted(sense: Sense, context: Context) -> Dated:
    """Read "yesterday", "last month", "January last year", "the next day", "three years later", "at 9 a.m."."""
    open_value = (symbolic(sense.pick) if sense.pick else SYMBOLS.get(sense.unit, "XXXX-XX-XX")) + sense.clock
    base = None
    if sense.origin == "told":
        base = _day_of_clock(context) if sense.type == "TIME" and not sense.count else _latest(context, sense.unit)
        if base is None and context.day is not None and sense.rule == "date.distance" and sense.unit in MONTHS_IN:
            base = _Base(context.day, None)  # "a year earlier" in a report on this year's figures
    elif context.quoted and sense.unit == "day":
        base = _day_of_saying(context)
    if base is None and context.day is not None and (sense.origin == "published" or (sense.type == "TIME" and not sense.count)):
        base = _Base(context.day, None)
    moved = shift(base.first, sense.count, sense.unit) if base else None
    if base is None or moved is None:
        return Dated(sense.type, open_value, inferred=False)
    value = moved.isoformat() if _to_the_day(sense) else period(moved, sense.unit)
    if sense.mod in {"LESS_THAN", "MORE_THAN", "APPROX"} and sense.unit in {"decade", "century"} and sense.rule == "date.distance":
        return Dated("DATE", "PAST_REF" if sense.count < 0 else "FUTURE_REF", inferred=False)
    if sense.pick:
        picked = within(sense.pick, value)
        return Dated(sense.type, (picked or open_value) + (sense.clock if picked else ""), inferred=True, source=base.source)
    return Dated(sense.type, value + sense.clock, inferred=True, source=base.source)


def _to_the_day(sense: Sense) -> bool:
    return sense.rule == "date.distance" and sense.exact


def _minutes(sense: Sense, context: Context) -> Dated:
    """Read "six minutes later", "two hours ago": a clock time where the last time told has one, else past or future."""
    last = next((told for told in reversed(context.told[-3:]) if re.search(r"T\d\d:\d\d", told.value)), None)
    if sense.origin == "told" and last is not None and (stretch := days(last.value)):
        hour, minute = (int(part) for part in re.findall(r"\d\d", last.value.partition("T")[2])[:2])
        size = {"second": 1 / 60, "minute": 1, "hour": 60}[sense.unit]
        total = hour * 60 + minute + round(sense.count * size)
        moved = stretch.first + timedelta(days=total // 1440)
        zone = "Z" if last.value.endswith("Z") else ""
        return Dated("TIME", f"{moved.isoformat()}T{total % 1440 // 60:02}:{total % 60:02}{zone}", inferred=True, source=last.span)
    return Dated("DATE", _vague(replace(sense, side=-1 if sense.count < 0 else 1), context), inferred=False)
