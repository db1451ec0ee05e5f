"""Signatures and states: what a word does to its complement, and how moods, polarity and certainty combine.

A state is what holds of a word: the weaker of two moods, the lesser of two certainties, and the product of two polarities are what
holds when one stands in the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Status = Literal["actual", "planned", "possible", "hypothetical", "negated"]
MOODS = ("actual", "planned", "possible", "hypothetical")
FORCES = ("CT", "PR", "PS", "U")
DEFAULT_FORCE = {"actual": "CT", "negated": "CT", "planned": "CT", "possible": "PS", "unlikely": "PR", "hypothetical": "U"}
MISREAD = {"hop": "hope", "denie": "deny", "rul": "rule", "vow": "vow"}  # lemmas that the model's rules get wrong
PARTICLES = frozenset({"up", "off", "out", "down", "back", "away", "over", "forward", "aside", "together"})
LETTERS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a"}
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "my", "our", "your"})
DEEDS = frozenset(
    {
        "deployment", "dispatch", "withdrawal", "pullout", "pullback", "visit", "trip", "tour", "meeting", "summit", "talk", "hearing",
        "strike", "walkout", "stoppage", "march", "protest", "rally", "demonstration", "operation", "offensive", "invasion", "incursion",
        "attack", "raid", "airstrike", "bombing", "evacuation", "extradition", "deportation", "expulsion", "exercise", "drill", "sale",
        "delivery", "shipment", "transfer", "payment", "mission", "return", "reopening", "trial", "election", "execution", "exchange",
        "use", "release", "swap", "cut", "closure", "reduction", "purchase", "investment", "conference", "event", "mobilisation",
        "mobilization", "ceasefire", "truce", "lifting", "sending", "repatriation", "handover",
    }
)  # fmt: skip
"""Acts that a decision only sets for later; a ban, sanctions or a pardon are there once they are decided."""


class Signature(NamedTuple):
    """What words do to their complement in some frames, where they hold (`positive`) and where they are negated (`negative`)."""

    lemma: str
    """Alternatives, separated by "|"; `move/n` is only the noun."""
    frame: str
    """Alternatives, separated by "|"."""
    positive: str
    negative: str
    force: str
    example: str
    trigger: str
    status: str

    @property
    def shields(self) -> bool:
        """Tell whether the complement's status is the same whatever becomes of the word itself."""
        return self.positive == self.negative


@dataclass(frozen=True, slots=True)
class State:
    """What is known on the way down: mood, polarity, certainty, and the words that gave them."""

    mood: str = "actual"
    negative: bool = False
    force: str = "CT"
    evidence: tuple[Span, ...] = ()

    @property
    def status(self) -> Status:
        """The five values: a possible act not done is possible, a planned one that will not be done is negated."""
        if self.negative and self.mood in {"actual", "planned"}:
            return "negated"
        return self.mood  # type: ignore[return-value]


@lru_cache(maxsize=1)
def signatures() -> dict[tuple[str, str], Signature]:
    """Return the table by (lemma, frame); the first row of a pair counts."""
    table: dict[tuple[str, str], Signature] = {}
    for row in rows():
        for lemma in row.lemma.split("|"):
            for frame in row.frame.split("|"):
                table.setdefault((lemma, frame), row)
    return table


def rows() -> tuple[Signature, ...]:
    """Return every row of the table, for the tests of their examples."""
    text = resources.files("onrecord.data").joinpath("tables/signatures.tsv").read_text(encoding="utf-8")
    return tuple(Signature(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def result(value: str, force: str, words: tuple[Span, ...], token: Token | None = None) -> State:
    """Return the state that a value of the table names; `token` is the complement, for the values that depend on it."""
    if value in {"open", "maybe"}:
        value = "actual" if token is None or is_definite(token) else {"open": "hypothetical", "maybe": "possible"}[value]
    elif value == "decided":
        value = "planned" if token is not None and token.lemma_.lower() in DEEDS and not is_known(token) else "actual"
    elif value == "undone":
        value = "negated" if token is not None and token.lemma_.lower() in DEEDS else "actual"
    mood = {"negated": "actual", "unlikely": "possible"}.get(value, value)
    denied = value in {"negated", "unlikely"}
    return State(mood, denied, force or DEFAULT_FORCE[value], () if value == "actual" else words)


def stack(inner: State, outer: State, evidence: tuple[Span, ...]) -> State:
    """Put one state into another: the weaker mood, the lesser certainty, polarity of both."""
    mood = MOODS[max(MOODS.index(inner.mood), MOODS.index(outer.mood))]
    force = FORCES[max(FORCES.index(inner.force), FORCES.index(outer.force))]
    return State(mood, inner.negative != outer.negative, force, (*evidence, *inner.evidence))


def weaker(outer: State) -> State:
    """Keep doubt and plan of a governor, not its negation: "did not attend, citing threats" negates no threat."""
    if outer.mood == "actual":
        return State()
    return replace(outer, negative=False)


def row_of(head: Token, frames: tuple[str, ...]) -> tuple[Signature | None, tuple[Span, ...]]:
    """Return the signature of a governor in the first of these frames that it has, with the words that made the match."""
    table = signatures()
    for lemma, words in _keys(head):
        for frame in frames:
            row = table.get((lemma, frame))
            if row is not None:
                return row, words
    return None, ()


def _keys(head: Token) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the keys of a governor in the table, the longest first: "rule out", then "rule/v", "rule"."""
    lemma = MISREAD.get(head.lemma_.lower(), head.lemma_.lower())
    words = (span_of(head),)
    for c in head.children:
        if c.dep_ in {"prt", "prep", "advmod", "acomp", "dobj", "npadvmod", "pobj"} and c.i > head.i:
            yield from ((f"{lemma} {c.lower_} {n.lower_}", (*words, span_of(c), span_of(n))) for n in c.children if n.dep_ == "pobj")
            yield f"{lemma} {c.lower_}", (*words, span_of(c))
    if head.i + 1 < len(head.doc) and head.nbor(1).pos_ in {"ADP", "PART", "ADV", "ADJ"}:
        yield f"{lemma} {head.nbor(1).lower_}", (*words, span_of(head.nbor(1)))
    if head.i and head.nbor(-1).head.i == head.i:
        yield f"{head.nbor(-1).lower_} {lemma}", (span_of(head.nbor(-1)), *words)
    if head.i > 1 and head.nbor(-1).text == "-":
        yield f"{head.nbor(-2).lower_}-{lemma}", (span_of(head.nbor(-2)), *words)
    if head.dep_ in {"acomp", "advmod"}:
        yield f"{head.head.lemma_.lower()} {lemma}", (span_of(head.head), *words)
    if head.dep_ == "pobj":
        yield f"{head.head.lower_} {lemma}", (span_of(head.head), *words)
    if any(c.dep_ == "auxpass" for c in head.children):
        yield f"{lemma}/p", words
    elif head.tag_ in {"VBZ", "VBP"}:
        yield f"{lemma}/t", words
    if any(c.dep_ == "prt" and c.lower_ in PARTICLES for c in head.children):
        return  # "set up" is not "set"
    yield f"{lemma}/{LETTERS.get(head.pos_, '')}", words
    yield lemma, words
    if head.lower_ != lemma:
        yield head.lower_, words


def span_of(token: Token) -> Span:
    """Return the characters of a token."""
    return Span(token.idx, token.idx + len(token))


def first_of(token: Token) -> Token:
    """Return the first of the words that the token is coordinated with: what governs it governs them all."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def has_to(token: Token) -> bool:
    """Tell whether a verb is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


KNOWN = frozenset({"earlier", "previous", "last", "recent", "past", "prior", "latest", "ongoing", "current", "deadly", "fatal"})
"""Adjectives of an act that has been."""


def is_known(token: Token) -> bool:
    """Tell whether an adjective says that a noun's act has been: "an earlier protest"."""
    return any(c.lower_ in KNOWN for c in token.children)


def is_definite(token: Token) -> bool:
    """Tell whether a noun is one that the text has named already."""
    return is_known(token) or any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in token.children) or token.pos_ == "PROPN"
