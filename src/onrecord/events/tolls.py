"""How many an event killed and injured, and who says so.

The numbers are the page's quantities of people that a word of death or hurt counts ("killed *20 people*", "*two* were wounded", "*six*
deaths", "left *ten* dead", "a death toll of *22*"). They belong to the event whose word this is, or to the act that the clause is about.
Sources that disagree stand side by side: the first is the event's toll, all are in its `tolls`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.annotations import Annotations, Quantity, Sentence
from onrecord.grammar import VERBAL
from onrecord.records import Toll
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Harm = Literal["killed", "injured"]

KILLING = frozenset(
    {"kill", "die", "slay", "murder", "massacre", "assassinate", "behead", "slaughter", "execute", "perish", "lynch", "claim", "shoot"}
)
"""`shoot` kills only with "dead", `claim` only with "life"."""
INJURING = frozenset({"injure", "wound", "hurt", "maim", "hospitalise", "hospitalize"})
DEAD = frozenset({"dead", "death", "fatality", "killing", "corpse", "body", "toll"})
HURT = frozenset({"injury", "casualty", "wounded", "injured", "wound", "hurt"})


TOLLS = frozenset({"toll", "death", "fatality", "casualty"})
"""Nouns whose number stands behind the verb: "the death *toll* rose to 31", "put the *toll* at 31"."""
UNITS = frozenset({None, "people", "death", "fatality", "injury", "casualty", "life"})
"""What a number of people harmed may count."""


class Count(NamedTuple):
    """A number of people harmed: which harm, by the word at `word`, how many."""

    harm: Harm
    word: Token
    quantity: Quantity


def counts(annotations: Annotations, sentence: Sentence) -> Iterator[Count]:
    """Yield the numbers of killed and injured in a sentence."""
    for quantity in annotations.quantities:
        if not sentence.span.contains(quantity.span):
            continue
        number = annotations.doc[quantity.head]
        for word in _words(number):
            harm = _harm(word)
            if harm is not None and (quantity.unit in UNITS or _harm_noun(word)):
                yield Count(harm, word, quantity)
                break


def _words(number: Token) -> Iterator[Token]:
    """Yield the words that may say what became of the people counted: the noun, its modifiers, the verb above."""
    noun = number.head if number.dep_ in {"nummod", "quantmod", "advmod", "compound"} and number.head.i != number.i else number
    yield noun
    for c in noun.children:
        if c.dep_ in {"amod", "acl", "acomp", "advcl", "relcl"} or c.lower_ in {"dead", "wounded", "injured"}:
            yield c
    here = noun
    while here.dep_ in {"conj", "appos", "prep", "pobj"} and here.head.i != here.i and here.head.pos_ not in VERBAL:
        here = here.head
        yield here
    verb = here.head
    if verb.pos_ in VERBAL and here.dep_ in {"dobj", "nsubjpass", "nsubj", "attr", "pobj", "prep"}:
        yield verb
        yield from (c for c in verb.children if c.dep_ in {"dobj", "nsubj", "nsubjpass"} and c.i != here.i and c.lemma_.lower() in TOLLS)
        yield from (
            c
            for c in verb.children
            if c.dep_ in {"acomp", "oprd", "advcl", "xcomp", "ccomp"} and c.lower_ in {"dead", "wounded", "injured"}
        )


def _harm(word: Token) -> Harm | None:
    lemma = word.lemma_.lower()
    if lemma in KILLING:
        if lemma == "shoot":
            return "killed" if any(c.lower_ == "dead" for c in word.children) else None
        if lemma == "claim":
            return "killed" if any(c.lemma_.lower() == "life" for c in word.children) else None
        return "killed"
    if lemma in INJURING:
        return "injured"
    return _harm_noun(word)


def _harm_noun(word: Token) -> Harm | None:
    lemma = word.lemma_.lower()
    if lemma in DEAD or word.lower_ in DEAD:
        return "killed"
    return "injured" if lemma in HURT or word.lower_ in HURT else None


def toll(count: Count, according_to: Callable[[Span], str]) -> Toll:
    """Return what a count says, and according to whom."""
    quantity = count.quantity
    return Toll(quantity.value, quantity.low, quantity.high, according_to(quantity.span))
