"""The place, day and agency that open a news text: "KYIV, March 3 (Reuters) —", "WASHINGTON-US President …".

A dateline belongs to no sentence; it ends with a dash, which stands free, or close behind a place in capitals. A place in small
letters counts only with an agency in brackets or a day behind it: "Biden - who had" is none.
A name in capitals and a colon opens a dateline unless another line opens so: those are the speakers of a transcript.
Known limits: no list of places is asked; a name in capitals before a dash is taken for one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.calendars import MONTH
from onrecord.spans import Span

DASH = r"(?:--+|[-–—―])"
CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*[A-ZÀ-ÖØ-Þ.](?:[ /-]+[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*)*"
MIXED = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:[ /][A-ZÀ-ÖØ-Þ][\w.'’-]*){0,3}"
REGION = r"(?:,\s+(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z][\w.'’-]*(?:\s+(?:of\s+|and\s+|the\s+)?[A-Z][\w.'’-]*){0,3})"
DAY = rf"(?:,?\s+(?P<date>(?i:{MONTH})\s+\d\d?(?:,?\s+\d{{4}})?|\d\d?\s+(?i:{MONTH})(?:,?\s+\d{{4}})?))"
AGENCY = r"(?:\s*[(\[](?P<agency>[A-Z][\w .,/&'’-]{1,40})[)\]])"
FREE = re.compile(rf"(?P<place>{CAPITALS}){REGION}?{DAY}?{AGENCY}?\s*(?:\s{DASH}\s*|{DASH}\s+|:\s+(?=[A-Z\"“]))(?=\S)")
NAMED = re.compile(rf"(?P<place>{MIXED}){REGION}?(?:{DAY}{AGENCY}?|{AGENCY.replace('agency', 'agency2')})\s*{DASH}\s*(?=\S)")
ONLY_AGENCY = re.compile(rf"{AGENCY.strip()}\s*{DASH}\s*(?=\S)")
CLOSE = re.compile(rf"(?P<place>{CAPITALS}){DASH}(?=[A-Z\"“])")
SPEAKERS = re.compile(rf"^{CAPITALS}(?: \([^)\n]{{1,30}}\))?:(?:\s|$)", re.MULTILINE)
INITIALS = frozenset(
    {"NATO", "ASEAN", "OPEC", "UNICEF", "UNESCO", "COVID", "INTERPOL", "BREXIT", "UPDATE", "BREAKING", "WATCH", "CORRECTED", "EXCLUSIVE"}
)
SHORTEST = 5
"""Letters of a place whose dash stands close: "US-China talks" opens with no dateline."""
LONGEST = 90


class Opening(NamedTuple):
    """A dateline: all its characters, the place as written and named, its date and agency (each with its span)."""

    span: Span
    place: str | None
    place_span: Span
    date: str | None = None
    date_span: Span | None = None
    agency: str | None = None
    agency_span: Span | None = None


def opening(text: str, start: int, end: int) -> Opening | None:
    """Return the dateline that `text[start:end]` opens with, or None. The span ends where the sentence begins."""
    head = text[start : min(end, start + LONGEST + 40)]
    for pattern in (FREE, NAMED, ONLY_AGENCY, CLOSE):
        match = pattern.match(head)
        if match and match.end() <= LONGEST and end > start + match.end() and _fits(pattern, match):
            return None if ":" in match[0] and is_transcript(text) else _opening(match, start)
    return None


def is_transcript(text: str) -> bool:
    """Tell whether two lines open with a name in capitals and a colon: they are speakers, not places."""
    return len(SPEAKERS.findall(text)) > 1


def _fits(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    place = match.groupdict().get("place")
    if place is None:
        return True
    if place.split()[0].rstrip(":") in INITIALS:
        return False
    if pattern is CLOSE:
        return len(place) >= SHORTEST
    return ":" not in match[0] or len(place) >= SHORTEST


def _opening(match: re.Match[str], start: int) -> Opening:
    groups = match.groupdict()

    def part(*names: str) -> tuple[str | None, Span | None]:
        for name in names:
            if groups.get(name):
                return match[name], Span(*match.span(name)).shift(start)
        return None, None

    place, place_span = part("place")
    date, date_span = part("date")
    agency, agency_span = part("agency", "agency2")
    whole = Span(*match.span()).shift(start)
    return Opening(whole, _named(place), place_span or Span(whole.start, whole.start), date, date_span, agency, agency_span)


def _named(place: str | None) -> str | None:
    """Return a place in capitals as it is usually written."""
    if place is None or not place.isupper():
        return place
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda word: word[0].capitalize(), place)
