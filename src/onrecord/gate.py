"""The grounding gate: one judge for every record, whoever proposes it (rules, a person, a language model).

A record passes when each of its spans slices characters of the page's own article, each field that claims something points to
characters, and every number, name and negation of the claim stands under a span of it. A field that fails is `rejected` with a
reason: an optional one becomes null, a required one refuses the record. `ground` finds a quote in a sentence under a normaliser
that keeps a map back to the raw characters, so that nothing but marks, dashes and spaces may differ.

Known limit: the gate sees that a claim is covered, not that it is true; it cannot tell a wrong actor from a right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal, NamedTuple

from onrecord.annotations import Actor
from onrecord.codebooks import plover
from onrecord.decisions import TOLLS, tolls_of
from onrecord.documents import Document
from onrecord.records import AUTHOR, Bounds, Commitment, Event, Figure, Record, Statement, Time, Toll
from onrecord.spans import Span, cover
from onrecord.timex.periods import days

Outcome = Literal["verbatim", "normalised", "rejected"]


class Verdict(NamedTuple):
    """What the gate says of one field."""

    field: str
    outcome: Outcome
    reason: str = ""


class Judgement(NamedTuple):
    """The record as it passes (None: refused) and the verdict for each field."""

    record: Record | None
    verdicts: tuple[Verdict, ...]

    @property
    def rejected(self) -> tuple[Verdict, ...]:
        """The verdicts that something is wrong."""
        return tuple(v for v in self.verdicts if v.outcome == "rejected")


REQUIRED: Mapping[str, frozenset[str]] = {
    "statement": frozenset({"content", "form", "stance"}),
    "commitment": frozenset({"actor", "action", "basis", "negated"}),
    "event": frozenset({"type", "mentions", "status"}),
    "figure": frozenset({"span", "value", "low", "high"}),
    "time": frozenset({"span", "type", "value"}),
}
"""The fields without which a record says nothing."""

RESTS_ON: Mapping[str, str] = {
    "deadline_value": "deadline",
    "deadline_role": "deadline",
    "deadline_earliest": "deadline",
    "deadline_latest": "deadline",
    "place_country": "place",
    "place_point": "place",
    "place_precision": "place",
    "value_si": "value",
    "unit_si": "unit",
    "earliest": "value",
    "latest": "value",
    "edtf": "value",
    "mod": "value",
    "low": "value",
    "high": "value",
    "source_kind": "source",
    "mode": "type",
}
"""A field that has no evidence of its own rests on that of another (or on that other's span)."""

LINKS = frozenset({"nested_in", "statement", "testable"})
"""Fields that point to other records or judge this one; they cite nothing."""

DAYS = ("value", "earliest", "latest", "time", "deadline_value", "deadline_earliest", "deadline_latest")
"""Fields that may hold a day."""
NEGATIONS = re.compile(r"\b(?:not|never|no|nor|neither|without|cannot|nobody|none|nothing)\b|n['’]t\b", re.IGNORECASE)


# ---- finding quotes ------------------------------------------------------------------------------------------------

_SAME = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'",
        "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ",
    }
)  # fmt: skip
_DROPPED = "\u00ad\u200b\u200c\u200d\ufeff"


def normalise(text: str) -> tuple[str, list[int]]:
    """Return the text with marks, dashes, spaces and accents in one form, and for each of its characters the raw offset."""
    out: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        raw = text[at:end]
        if raw not in _DROPPED:
            for character in unicodedata.normalize("NFC", raw).translate(_SAME):
                if character != " " or not out or out[-1] != " ":
                    out.append(character)
                    offsets.append(at)
        at = end
    return "".join(out), [*offsets, len(text)]


def ground(quote: str, text: str, within: Span) -> tuple[Span, Outcome] | str:
    """Return where a quote stands within a stretch of the text, and how; or the reason why it stands nowhere or twice."""
    if not quote.strip():
        return "the quote is empty"
    stretch = within.of(text)
    if stretch.count(quote) == 1:
        start = within.start + stretch.index(quote)
        return Span(start, start + len(quote)), "verbatim"
    plain, offsets = normalise(stretch)
    wanted = normalise(quote)[0].strip()
    places = [m.start() for m in re.finditer(re.escape(wanted), plain)]
    if len(places) != 1:
        return f"{quote!r} stands {'nowhere' if not places else f'{len(places)} times'} in the cited sentence"
    start, end = offsets[places[0]], offsets[places[0] + len(wanted)]
    return Span(within.start + start, within.start + end), "normalised"


# ---- judging -------------------------------------------------------------------------------------------------------


def judge(record: Record, document: Document, actors: Mapping[str, Actor]) -> Judgement:
    """Return the record as it may stand, and the verdict for each field."""
    verdicts = tuple(_verdicts(record, document, actors))
    bad = {v.field for v in verdicts if v.outcome == "rejected"}
    if bad & REQUIRED[record.KIND]:
        return Judgement(None, verdicts)
    empty: dict[str, Any] = {f.name: _nothing(getattr(record, f.name)) for f in fields(record) if f.name in bad}
    return Judgement(replace(record, **empty) if empty else record, verdicts)


def _nothing(value: Any) -> Any:
    """Return what a rejected field becomes."""
    return False if isinstance(value, bool) else () if isinstance(value, tuple) and not isinstance(value, (Span, Toll, Bounds)) else None


def _verdicts(record: Record, document: Document, actors: Mapping[str, Actor]) -> Iterator[Verdict]:
    body = document.spans("title", "body", "dateline", "date_line", "crosshead")
    for f in fields(record):
        value = getattr(record, f.name)
        if f.name in Record.NOT_CLAIMED or f.name in LINKS or _empty(value):
            continue
        spans = spans_of(value)
        if spans is None:
            spans = evidence_of(record, f.name)
            reason = "" if spans else "nothing is cited for it"
        else:
            reason = ""
        reason = reason or next((r for s in spans if (r := _misplaced(s, document, body))), "")
        yield Verdict(f.name, "rejected" if reason else "verbatim", reason)
    yield from _coverage(record, document.text, actors)


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ((), AUTHOR)


def spans_of(value: Any) -> tuple[Span, ...] | None:
    """Return the spans that a field's value consists of, or None where the value is no span."""
    if isinstance(value, Span):
        return (value,)
    if isinstance(value, tuple) and value and all(isinstance(v, Span) for v in value):
        return value
    return None


def evidence_of(record: Record, field: str) -> tuple[Span, ...]:
    """Return the characters that a field rests on: its own evidence, else that of the field it derives from."""
    cited = record.evidence.get(field)
    if cited:
        return tuple(cited)
    base = RESTS_ON.get(field)
    if base is None:
        return ()
    return spans_of(getattr(record, base, None)) or tuple(record.evidence.get(base, ())) or evidence_of(record, base)


def _misplaced(span: Span, document: Document, body: Iterable[Span]) -> str:
    if not 0 <= span.start < span.end <= len(document.text):
        return f"[{span.start}, {span.end}] is no stretch of the text"
    if not span.of(document.text).strip():
        return f"[{span.start}, {span.end}] holds no characters"
    if not any(block.overlaps(span) for block in body):
        return f"[{span.start}, {span.end}] is not in the article"
    return ""


def _coverage(record: Record, text: str, actors: Mapping[str, Actor]) -> Iterator[Verdict]:
    """Numbers, names and negations of the claim are covered by a span."""
    for field, actor_id in _actors_named(record):
        if actor_id not in actors:
            yield Verdict(field, "rejected", f"no actor {actor_id!r} on this page")
    yield from _in_calendar(record)
    match record:
        case Figure(value=value, low=low, high=high) if value is None and low is None and high is None:
            yield Verdict("value", "rejected", "a figure without a number")
        case Time(value=value):
            yield from _year_covered(record, value, text)
        case Commitment(negated=negated, action=action):
            yield from _negation_covered(record, action, negated=negated, text=text)
        case Statement(source=None, source_actor=str()):
            yield Verdict("source_actor", "rejected", "a source's actor without a source")
        case Event():
            yield from _in_codebook(record)
        case _:
            pass


def _actors_named(record: Record) -> Iterator[tuple[str, str]]:
    for field in ("source_actor", "actor", "counterparty", "speaker", "according_to"):
        value = getattr(record, field, None)
        if value is not None and value != AUTHOR:
            yield field, value
    for field in ("actors", "recipients"):
        for value in getattr(record, field, ()):
            yield field, value
    for field in TOLLS:
        for toll in tolls_of(getattr(record, field, None)):
            if toll.according_to != AUTHOR:
                yield field, toll.according_to


def _in_calendar(record: Record) -> Iterator[Verdict]:
    """Reject a day that no calendar has."""
    for field in DAYS:
        value = getattr(record, field, None)
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) and days(value) is None:
            yield Verdict(field, "rejected", f"{value} is no day of the calendar")


def _in_codebook(event: Event) -> Iterator[Verdict]:
    """Reject a type, mode or context that is not PLOVER's."""
    book = plover()
    if event.type not in book.types:
        yield Verdict("type", "rejected", f"{event.type!r} is no type of PLOVER's")
    elif event.mode is not None and event.mode not in book.types[event.type].modes:
        yield Verdict("mode", "rejected", f"{event.mode!r} is no mode of {event.type}")
    if not set(event.contexts) <= book.contexts.keys():
        yield Verdict("contexts", "rejected", f"{', '.join(sorted(set(event.contexts) - book.contexts.keys()))}: no context of PLOVER's")


def _year_covered(record: Time, value: str, text: str) -> Iterator[Verdict]:
    """Reject a year that neither the words nor what they were resolved against carry."""
    if re.match(r"\d{4}", value) and not re.search(r"\d", record.span.of(text)) and "value" not in record.inferred:
        yield Verdict("value", "rejected", f"{value} is not in the words, and is not said to be inferred")


def _negation_covered(record: Commitment, action: Span, *, negated: bool, text: str) -> Iterator[Verdict]:
    """Reject a claim whose negation is dropped or invented: the worst error there is."""
    cited = [s for s in (*record.evidence.get("basis", ()), *record.evidence.get("negated", ())) if s.start < action.start]
    between = Span(cover(cited).start, action.start).of(text) if cited else ""
    if not negated and NEGATIONS.search(re.sub(r"(?i)\bnot only\b|\bno later than\b|\bno doubt\b", "", between)):
        yield Verdict("negated", "rejected", f"a negation stands between the words of commitment and the act: {between!r}")
