"""Numbers that count or measure: people, money, per cent, votes, distances, things, each with its bounds and what it counts.

`quantities` reads a text alone: value, bounds, currency, per cent, unit of measure. `annotate` reads the parsed page: it passes over
what the times annotator found, and adds the noun that is counted, whether it is people, what befell them and which way it went.

words → numerals → dressing (measures) → pairs, bounds, refusals → readings → telling (counted, aspects)
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotations import Annotations, PassedOver, Quantity
from onrecord.annotators.quantities.readings import Refused, readings
from onrecord.annotators.quantities.telling import Counted, Teller, quantity
from onrecord.documents import Role
from onrecord.lexicons import Lexicon, builtin

__all__ = ["annotate", "quantities"]

READ: tuple[Role, ...] = ("title", "body")
"""Records come from these blocks alone."""


def quantities(text: str, lexicon: Lexicon | None = None) -> tuple[Quantity, ...]:
    """Return the quantities of a plain text without a parse: no noun counted, no `of`; `head` is -1. Spans are code points."""
    found, _ = readings(text, (lexicon or builtin()).bounds)
    return tuple(quantity(reading, -1, Counted(reading.unit, inferred=reading.inferred)) for reading in found)


def annotate(annotations: Annotations, lexicon: Lexicon) -> Annotations:
    """Return the annotations with the quantities filled in, and the numbers that are none passed over."""
    masked = [t.span for t in annotations.times]
    found, refused = readings(annotations.text, lexicon.bounds, masked, annotations.document.spans(*READ))
    teller = Teller(annotations)
    kept: list[Quantity] = []
    for reading in found:
        made = teller.tell(reading)
        if isinstance(made, Refused):
            refused.append(made)
        elif made is not None:
            kept.append(made)
    passed = tuple(PassedOver(r.span, "figure", "figure.refused", r.reason) for r in refused)
    return replace(annotations, quantities=tuple(kept), passed_over=(*annotations.passed_over, *passed))
