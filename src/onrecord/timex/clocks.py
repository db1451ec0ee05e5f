"""Rules for clock times and parts of the day; see `rules` for what a rule is.

A clock without a day stands for one on the day just told. Times in UTC carry a Z; other zones are part of the expression, but the
value is local, as the page gives it.
"""

from __future__ import annotations

import re

from onrecord.timex.rules import NUMBER, TOLD, Hit, Rule, number, side
from onrecord.timex.senses import Sense
from onrecord.timex.words import table

_PLACES = "(local|eastern|western|central|pacific|us|east|west|coast|standard|daylight|summer|CAPITAL)"
_ZONED = f"(?P<z>OPEN ZONE ((PLUS|DASH) DIGITS)? SHUT|ZONE ((PLUS|DASH) DIGITS)?|({_PLACES} ({_PLACES} ({_PLACES})?)?)? {_PLACES} time)"
_CUES = frozenset(
    {
        "at",
        "around",
        "about",
        "from",
        "until",
        "till",
        "by",
        "before",
        "after",
        "between",
        "past",
        "to",
        "and",
        "since",
        "approximately",
        "roughly",
    }
)


def _told(clock: str) -> Sense:
    return Sense("TIME", origin="told", unit="day", clock=clock)


def _utc(hit: Hit) -> str:
    return "Z" if re.search(r"\b(utc|gmt|z)\b(?! [+-])", hit.text("z")) else ""


def _hour(text: str) -> int:
    return int(text) if text.isdigit() else int(table()["ONES"].get(text, "99"))


def _clock(hit: Hit) -> Sense | None:
    """Read "9 a.m.", "18:30 local time", "three o'clock"; "18:30" alone only after a preposition of time."""
    parts = re.split(r"[:.]", hit.text("h"))
    hour, minute = _hour(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if hit.has("p"):
        if not 1 <= hour <= 12 or minute > 59:
            return None
        hour = hour % 12 + (12 if hit.text("p").startswith("p") else 0)
    elif hour > 24 or not (hit.has("z") or hit.has("o") or hit.before() in _CUES):
        return None
    return _told(f"T{hour:02}:{minute:02}{_utc(hit)}")


def _beside_hour(hit: Hit) -> Sense | None:
    """Read "half past ten", "a quarter before nine p.m.", "20 minutes to three"."""
    minutes = 30 if "half" in hit.text("f") else 15 if "quarter" in hit.text("f") else number(hit.text("f"))
    hour = _hour(hit.text("h"))
    if minutes is None or not 1 <= hour <= 12:
        return None
    base = 60 * (hour % 12 + (12 if hit.text("p").startswith("p") else 0)) if hit.has("p") else 60 * hour
    total = int(base + (minutes if hit.text("b") in {"past", "after"} else -minutes))
    return _told(f"T{total // 60 % 24:02}:{total % 60:02}")


def _military(hit: Hit) -> Sense:
    return _told(f"T{hit.text('h')[:2]}:{hit.text('h')[2:]}{_utc(hit)}")


def _point(hit: Hit) -> Sense:
    return _told("T" + hit.value("x", "POINT"))


def _part(hit: Hit) -> Sense | None:
    """Read "this morning", "last night", "that evening", "the next morning", "the night"."""
    relation, code = hit.text("r"), hit.value("p", "PART")
    if relation in {"this", "last"}:
        return Sense("TIME", origin="published", count=-1 if relation == "last" else 0, unit="day", clock="T" + code)
    return Sense("TIME", origin="told", count=side(relation), unit="day", clock="T" + code)


def _alone(hit: Hit) -> Sense:
    """Read a part of the day that is a time only together with its day: "Monday *night*"."""
    return Sense("TIME", origin="told", unit="day", clock="T" + hit.value("p", "PART"), vague=True)


def _tonight(hit: Hit) -> Sense:
    return _told("TNI") if hit.text("x") == "overnight" else Sense("TIME", origin="published", unit="day", clock="TNI")


RULES: tuple[Rule, ...] = (
    Rule("time.clock", f"(?P<h>HHMM|HOUR|DECIMAL|ONES) (?P<p>AMPM) (in the PART)? {_ZONED}?", _clock),
    Rule("time.clock", f"(?P<h>HHMM) (hours)? {_ZONED}?|(?P<h2>DECIMAL) {_ZONED.replace('<z>', '<z2>')}", _clock),
    Rule("time.clock", f"(?P<h>HOUR|ONES) (?P<o>OCLOCK) (in the PART)? {_ZONED}?", _clock),
    Rule("time.military", f"(?P<h>MILITARY) (hours)? {_ZONED}", _military),
    Rule(
        "time.beside_hour",
        f"(a? (?P<f>half|quarter)|(?P<f2>{NUMBER}) (minute|minutes)) (?P<b>past|to|before|after) (?P<h>HOUR|ONES) (?P<p>AMPM)?",
        _beside_hour,
    ),
    Rule("time.point", "(?P<x>POINT)", _point),
    Rule("time.part", f"(?P<r>this|last|the|{TOLD}) (early|late)? (?P<p>PART) (hours)?", _part),
    Rule("time.part", "(?<=(at|by)) (?P<p>PART)|(early|late|mid) DASH? (?P<p2>PART)", _part),
    Rule("time.alone", "(?P<p>PART)", _alone),
    Rule("time.tonight", "(?P<x>tonight|overnight)", _tonight),
)
