"""Time records: each time expression of title, body and date line, as the annotator resolved it.

Type and modifier rest on the expression itself; value and bounds also on what they were counted from (the verb whose tense decides,
the time told before, the page's date); the role on its preposition.
"""

from __future__ import annotations

from onrecord.annotations import Annotations, TimeExpression
from onrecord.lexicons import Lexicon
from onrecord.records import Certainty, Found, Records, Time
from onrecord.spans import Span

CERTAIN = frozenset(
    {"date.iso", "date.month_day", "date.day_month", "date.month_year", "date.month", "date.year", "date.weekday", "date.weekday_date"}
    | {"date.today", "date.deictic", "date.now", "duration.counted", "duration.single", "duration.bare", "set.often"}
)
"""Rules whose values are right in 92 of 100 cases and more on `gold/dev` and `gold/train` together, where there are enough to say."""


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:  # noqa: ARG001 - every kind has this shape
    """Return one record for each time expression."""
    return Found(tuple(_record(time) for time in annotations.times))


def _record(time: TimeExpression) -> Time:
    value = (time.span, *time.evidence)
    bounds = (*value, *(span for span in time.role_evidence if span not in value))
    evidence: dict[str, tuple[Span, ...]] = {"type": (time.span,), "value": value}
    evidence |= {"mod": (time.span,)} if time.mod else {}
    evidence |= {"role": time.role_evidence or (time.span,)} if time.role else {}
    evidence |= {field: bounds for field in ("earliest", "latest", "edtf") if getattr(time, field) is not None}
    return Time(
        span=time.span,
        type=time.type,
        value=time.value,
        mod=time.mod,
        role=time.role,
        earliest=time.earliest,
        latest=time.latest,
        edtf=time.edtf,
        rule=time.rule,
        evidence=evidence,
        inferred=tuple(field for field in ("value", "earliest", "latest", "edtf") if time.inferred and getattr(time, field) is not None),
        certainty=_certainty(time),
    )


def _certainty(time: TimeExpression) -> Certainty:
    """Return how sure the value is: a value that had to be inferred and stayed open is never certain."""
    unknown = time.inferred and time.value.startswith("XXXX")
    return "certain" if time.rule in CERTAIN and not unknown else "likely"
