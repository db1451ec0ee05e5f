"""Readings to quantities: what each number of a page counts, in the order of the text, or why it counts nothing.

A number without a noun takes, in this order: the noun of which it is said ("the toll rose to 22"), people where something befell it
that befalls people ("killed four"), the noun of the number before it in the sentence ("13 seats and Labour lost 42"), people where it
acts ("fewer than 200 showed up"), the noun of the sentence before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.annotations import Annotations, Quantity, Sentence
from onrecord.annotators.quantities import aspects, counted, measures
from onrecord.annotators.quantities.dressing import PER_CENT
from onrecord.annotators.quantities.readings import Reading, Refused
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

COUNTED_BY_ONE = frozenset({"person", "vote", "count", "death", "seat"})
"""Nouns with which "one" is a number, not an article: what news counts one by one."""


class Counted(NamedTuple):
    """What a number counts. `unit` None: not known. `inferred`: it was taken from elsewhere than the number's own phrase."""

    unit: str | None = None
    noun: Token | None = None
    inferred: bool = False
    aspect: tuple[str, Span] | None = None
    change: tuple[Literal["up", "down"], Span] | None = None


class Before(NamedTuple):
    """The last number that counts a noun: its unit and where it stands."""

    unit: str | None
    sentence: int
    paragraph: int


def quantity(reading: Reading, head: int, result: Counted) -> Quantity:
    """Return the quantity that a reading and what it counts make."""
    value_si, unit_si = measures.si(reading.value, reading.measure, difference=result.change is not None)
    bound = (reading.bound_span,) if reading.bound_span else ()
    of = counted.phrase(result.noun, reading.span) if result.noun is not None else None
    rests_on = {
        "unit": (reading.unit_span or of or reading.span,),
        "low": (*bound, reading.span) if reading.low is not None else (),
        "high": (*bound, reading.span) if reading.high is not None else (),
        "approximate": (reading.about,) if reading.about else (),
        "aspect": (result.aspect[1],) if result.aspect else (),
        "change": (result.change[1],) if result.change else (),
    }
    cited = {name: spans for name, spans in rests_on.items() if spans}
    return Quantity(
        span=reading.span,
        head=head,
        value=reading.value,
        low=reading.low,
        high=reading.high,
        unit=result.unit,
        of=of,
        value_si=value_si,
        unit_si=unit_si,
        evidence=tuple(sorted({span for spans in cited.values() for span in spans})),
        rule=reading.bound.id if reading.bound else f"figure.{reading.form}",
        approximate=reading.about is not None,
        aspect=result.aspect[0] if result.aspect else None,
        change=result.change[0] if result.change else None,
        cited=cited,
        inferred=("unit",) if result.inferred else (),
    )


class Teller:
    """Says what the numbers of one page count, one after the other."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self.before: Before | None = None

    def tell(self, reading: Reading) -> Quantity | Refused | None:
        """Return the quantity, or why it is none; None outside of the sentences that are parsed."""
        sentence = self.annotations.sentence_at(reading.span.start)
        tokens = self.annotations.tokens_of(reading.span)
        if sentence is None or not len(tokens):
            return None
        root = tokens.root
        noun = self._noun(reading, root)
        reason = None if reading.unit else self._why_not(reading, root, noun)
        if reason:
            return Refused(reading.span, reason)
        result = self._counted(reading, root, noun, sentence)
        unit = self.annotations.tokens_of(reading.unit_span).root if reading.unit_span else root
        anchor = noun if noun is not None and reading.unit is None else unit
        result = result._replace(change=aspects.change_of(anchor, tokens[0].nbor(-1) if tokens.start > sentence.start else None))
        counts = reading.unit is None and result.unit is not None and not result.inferred
        if counts or reading.unit == "vote" or (reading.unit_span and reading.unit not in PER_CENT):
            self.before = Before(result.unit, sentence.number, sentence.paragraph)
        return quantity(reading, root.i, result)

    def _noun(self, reading: Reading, root: Token) -> Token | None:
        """Return the token that is counted or measured, or None."""
        if reading.unit_span:
            return counted.noun_of(self.annotations.tokens_of(reading.unit_span).root)
        if reading.joined:
            return self.annotations.tokens_of(reading.joined).root
        return counted.noun_of(root)

    def _why_not(self, reading: Reading, root: Token, noun: Token | None) -> str | None:
        """Return why a number without a unit is none by the parse, or None."""
        if noun is not None and counted.is_time(noun):
            return "a length of time"
        if noun is None and counted.is_age(root, reading.value):
            return "an age"
        if reading.bound is None and (counted.is_model(root, noun) or (noun is None and counted.is_name(root))):
            return "a part of a name"
        one = reading.span.of(self.annotations.text).lower() == "one" and reading.bound is None
        return "one as article or pronoun" if one and self._is_article(root, noun) else None

    @staticmethod
    def _is_article(root: Token, noun: Token | None) -> bool:
        """Tell whether "one" is an article or pronoun: it counts beside another number, or where something befell one."""
        behind = root.nbor() if root.i + 1 < len(root.doc) else root
        if behind.lower_ in {"of", "another", "-", "more"}:
            return True
        if noun is not None and (noun.lemma_.lower() in COUNTED_BY_ONE or (counted.is_people(noun) and aspects.aspect_of(noun))):
            return False
        beside = [*root.conjuncts, *(noun.conjuncts if noun is not None else ())]
        return not any(c.pos_ == "NUM" or any(k.dep_ == "nummod" for k in c.children) for c in beside)

    def _counted(self, reading: Reading, root: Token, noun: Token | None, sentence: Sentence) -> Counted:
        if reading.unit is not None:
            return Counted(reading.unit, noun, reading.inferred)
        aspect = aspects.aspect_of(noun if noun is not None else counted.stands_for(root))
        if reading.form == "fraction":
            return Counted(None, noun, aspect=aspect)
        if noun is not None and reading.joined:
            return Counted("people" if noun.lower_ == "strong" else noun.lemma_.lower(), noun, aspect=aspect)
        if noun is not None:
            if noun.lemma_.lower() == "other" and self.before and self.before.unit != "people" and aspect is None:
                return Counted(self.before.unit, inferred=True)
            return Counted(counted.unit_of(noun), noun, aspect=aspect)
        said = counted.said_of(root)
        if said is not None:
            return Counted(said.unit, said.noun, aspect=aspect)
        return Counted("people", aspect=aspect) if aspect else self._alone(reading, root, sentence)

    def _alone(self, reading: Reading, root: Token, sentence: Sentence) -> Counted:
        """Return the unit of a number without a noun: that of the one before it, in its sentence first; else who acts is people."""
        before = self.before if self.before and self.before.paragraph == sentence.paragraph else None
        if before is not None and before.sentence == sentence.number:
            return Counted(before.unit, inferred=before.unit is not None)
        if counted.acts(root) or (reading.form == "vague" and counted.is_argument(root)):
            return Counted("people", inferred=True)
        near = before is not None and before.sentence == sentence.number - 1
        return Counted(before.unit, inferred=before.unit is not None) if before and near else Counted()
