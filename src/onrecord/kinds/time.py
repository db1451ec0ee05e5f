"""Time records: each time expression of title, body and date line, as the annotator resolved it."""

from __future__ import annotations

from onrecord.annotations import Annotations
from onrecord.lexicons import Lexicon
from onrecord.records import Found, Records, Time


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:  # noqa: ARG001 - every kind has this shape
    """Return one record for each time expression."""
    return Found(
        tuple(
            Time(
                span=t.span,
                type=t.type,
                value=t.value,
                mod=t.mod,
                role=t.role,
                earliest=t.earliest,
                latest=t.latest,
                edtf=t.edtf,
                rule=t.rule,
                evidence={"value": (t.span, *t.evidence), **({"role": t.evidence} if t.role and t.evidence else {})},
                inferred=("value",) if t.inferred else (),
                certainty="likely" if t.inferred else "certain",
            )
            for t in annotations.times
        )
    )
