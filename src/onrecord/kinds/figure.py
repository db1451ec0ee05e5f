"""Figure records: each quantity of title and body, with the time that it holds for and who says so.

A figure's time is that of its own clause: the one DATE or TIME whose words stand under the same verb, and not behind "from", "than" or
"since". Where several stand there, or none, it has none. The quantity itself, its unit and what it counts are the annotator's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import grammar
from onrecord.annotations import Annotations, Quantity, TimeExpression
from onrecord.lexicons import Lexicon
from onrecord.records import AUTHOR, Abstention, Figure, Found, Records

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.spans import Span


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:  # noqa: ARG001 - every kind has this shape
    """Return one record for each quantity, and an abstention for each number that is none."""
    figures = tuple(_figure(quantity, annotations, records) for quantity in annotations.quantities)
    return Found(figures, tuple(Abstention(*p) for p in annotations.passed_over if p.kind == Figure.KIND))


def _figure(quantity: Quantity, annotations: Annotations, records: Records) -> Figure:
    time = _time_of(quantity, annotations)
    statement = records.said_by(quantity.span)
    source = statement.source_actor if statement and statement.source_actor else AUTHOR
    evidence: dict[str, tuple[Span, ...]] = {**quantity.cited, "value": (quantity.span,)}
    if time is not None:
        evidence["time"] = (time.span,)
    if statement is not None and source != AUTHOR:
        evidence["according_to"] = tuple(s for s in (statement.source, statement.cue) if s) or statement.content
    return Figure(
        span=quantity.span,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        of=quantity.of,
        time=time.value if time else None,
        according_to=source,
        value_si=quantity.value_si,
        unit_si=quantity.unit_si,
        approximate=quantity.approximate,
        change=quantity.change,
        aspect=quantity.aspect,
        certainty="certain" if _certain(quantity) else "likely",
        rule=quantity.rule,
        evidence=evidence,
        inferred=(*quantity.inferred, *(("time",) if time and time.inferred else ())),
    )


def _certain(quantity: Quantity) -> bool:
    """Tell whether figures of this sort were right in at least .92 of the gold's cases (value and unit, dev and train: .94 to 1.0).

    Not among them: a unit taken from another number (.87), no unit at all (.21), and things counted in words (.91).
    """
    if quantity.rule == "figure.fraction":
        return True
    if quantity.unit is None or quantity.inferred:
        return False
    return quantity.rule != "figure.words" or quantity.unit in {"people", "vote", "percent"} or quantity.unit_si is not None


COMPARED = frozenset({"from", "than", "since", "until", "till", "before", "after", "by", "to"})
"""Words before a time for which a figure does not hold: what it is compared with, where it begins or ends."""


def _time_of(quantity: Quantity, annotations: Annotations) -> TimeExpression | None:
    """Return the one point of time under the verb that the number stands under, or None."""
    sentence = annotations.sentence_at(quantity.span.start)
    verb = _verb(annotations.doc[quantity.head])
    if sentence is None or verb is None:
        return None
    inside = [t for t in annotations.times if sentence.span.contains(t.span) and t.type in {"DATE", "TIME"}]
    near = [t for t in inside if _verb(annotations.tokens_of(t.span).root) == verb]
    return near[0] if len(near) == 1 else None


def _verb(token: Token) -> Token | None:
    """Return the verb that a token stands under, or None where an apposition or a word of comparison stands between."""
    for above in (token, *grammar.above(token)):
        if above.pos_ in grammar.VERBAL:
            return above
        if above.dep_ == "appos" or above.lower_ in COMPARED:
            return None
    return None
