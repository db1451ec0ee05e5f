"""Time records: each time expression of title, body and date line, as the annotator resolved it.

Type and modifier rest on the expression itself; value and bounds also on what they were counted from (the verb whose tense decides,
the time told before, the page's date); the role on its preposition.
"""

from __future__ import annotations

from onrecord.annotations import Annotations, TimeExpression
from onrecord.lexicons import Lexicon
from onrecord.records import Certainty, Found, Records, Time
from onrecord.spans import Span

LIKELY = frozenset(
    {"date.anaphoric", "date.beside", "date.distance", "date.month", "date.season", "date.slashed", "time.alone", "time.part"}
)
"""Rules whose values are right in fewer than 92 of 100 cases on `gold/dev` and `gold/train` when something had to be inferred."""


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
    return "likely" if time.inferred and (time.rule in LIKELY or time.value.startswith("XXXX")) else "certain"
