"""What the annotators find in a document, before any record is made: frozen values over the parse.

`Annotations.doc` is one spaCy Doc over the whole canonical text, so that `token.idx` is an offset into `document.text`. Title and
body paragraphs are parsed one by one; everything else (chrome, credits, line breaks) is there as unparsed tokens and belongs to
no sentence. Kinds read tokens with the functions of `grammar`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.documents import Document, Role
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

ActorKind = Literal["person", "state", "organisation", "armed_group", "media", "population", "unnamed"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeRole = Literal["at", "by", "since", "until", "during"]


class Sentence(NamedTuple):
    """One sentence: its characters, its tokens (`doc[start:end]`), where it stands."""

    number: int
    span: Span
    start: int
    end: int
    paragraph: int
    role: Role
    """`title`, `body` or `crosshead`."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3. Bounds are ISO days; `inferred` says that something outside its own words fixed the value."""

    span: Span
    type: TimeType
    value: str
    mod: str | None = None
    role: TimeRole | None = None
    earliest: str | None = None
    latest: str | None = None
    edtf: str | None = None
    inferred: bool = False
    evidence: tuple[Span, ...] = ()
    """What the value rests on beside its own words: the verb whose tense decides, the expression or date resolved against."""
    rule: str = ""
    role_evidence: tuple[Span, ...] = ()
    """What the role rests on: the preposition, or the expression itself where it has none."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts or measures. `head` is the index of the token that stands for it in the parse."""

    span: Span
    head: int
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    of: Span | None = None
    value_si: float | None = None
    unit_si: str | None = None
    evidence: tuple[Span, ...] = ()
    """The words that give bounds and unit ("at least", "troops")."""
    rule: str = ""
    approximate: bool = False
    """The words say that it is near the truth only ("about", "some")."""
    change: Literal["up", "down"] | None = None
    """The number is the amount of a rise or a fall ("rose *5%*")."""
    aspect: str | None = None
    """What befell or is done by those counted: `killed`, `injured`, `arrested`, … (`data/tables/aspects.tsv`)."""
    cited: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """For unit, low, high, approximate, change and aspect: the characters that each rests on."""
    inferred: tuple[str, ...] = ()
    """The fields that something outside of the number's own phrase decided."""


class PassedOver(NamedTuple):
    """What an annotator saw and left, and why: the start of an `Abstention`."""

    span: Span
    kind: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text refers to an actor. `head` is the index of its head token; `how` names the rule that resolved it."""

    span: Span
    head: int
    actor: str
    form: Literal["name", "nominal", "pronoun"]
    how: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who the text speaks of; ids are local to the document. `country` ISO 3166 alpha-3, `sector` PLOVER's code."""

    id: str
    """Local to the document."""
    name: str
    """The name, or the description where no name is given."""
    kind: ActorKind
    """What sort of actor it is."""
    country: str | None = None
    """ISO 3166 alpha-3."""
    sector: str | None = None
    """PLOVER sector code."""
    role: str | None = None
    """The title as written, nearest to the record."""
    mentions: tuple[Span, ...] = ()
    """Names and descriptions that refer to the actor."""
    pronouns: tuple[Span, ...] = ()
    """Pronouns that refer to the actor."""
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """For kind, country, sector and role: the characters that each rests on."""
    inferred: tuple[str, ...] = ()
    """What its own words do not say: `country`, where it is the page's."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words. `spans` are the words between the marks, one for each paragraph that the quotation runs over."""

    spans: tuple[Span, ...]
    kind: Literal["speech", "scare", "title"] = "speech"
    closed: bool = True
    depth: int = 0
    """0: outermost; 1: a quotation within a quotation."""


@dataclass(frozen=True)
class Annotations:
    """Everything the annotators know of a document; each annotator returns it with its own part filled in."""

    document: Document
    doc: Doc
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issuers: tuple[Mention, ...] = ()
    """Documents ("the statement", "a poll by X"): `head` is the document's, `span` and `actor` are those of whoever issued it."""

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    def tokens(self, sentence: Sentence) -> DocSpan:
        """Return the tokens of a sentence."""
        return self.doc[sentence.start : sentence.end]

    def tokens_of(self, span: Span) -> DocSpan:
        """Return the tokens that share a character with `span` (perhaps none)."""
        first = bisect_right(self._offsets, span.start) - 1
        last = bisect_right(self._offsets, span.end - 1)
        return self.doc[max(first, 0) : last] if span.end > span.start else self.doc[0:0]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds a character, or None (chrome, or between sentences)."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.sentences[index].span.end:
            return self.sentences[index]
        return None

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id; KeyError where there is none."""
        return self._actors[actor_id]

    def mention_at(self, token: Token) -> Mention | None:
        """Return the mention whose head is this token, or None."""
        return self._heads.get(token.i)

    def actor_at(self, token: Token) -> Actor | None:
        """Return the actor that the noun phrase headed by this token refers to, or None where it is not known."""
        mention = self._heads.get(token.i)
        return self._actors[mention.actor] if mention else None

    def issuer_at(self, token: Token) -> Mention | None:
        """Return who issued the document that this token heads, or None; `how` is `issuer.*`, and `form` "pronoun" where it is inferred."""
        return self._issuers.get(token.i)

    def quotation_at(self, offset: int) -> Quotation | None:
        """Return the outermost quotation that holds a character, or None."""
        for quotation in self.quotations:
            if quotation.depth == 0 and any(span.start <= offset < span.end for span in quotation.spans):
                return quotation
        return None

    @cached_property
    def _offsets(self) -> list[int]:
        return [token.idx for token in self.doc]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _heads(self) -> dict[int, Mention]:
        return {mention.head: mention for mention in self.mentions}

    @cached_property
    def _issuers(self) -> dict[int, Mention]:
        return {mention.head: mention for mention in self.issuers}
