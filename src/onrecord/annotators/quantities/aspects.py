"""What befell those whom a number counts, and which way something went by it, as the words of its clause say.

    killed *four*, *20* dead, *116* people died: killed · left *40* wounded: injured · *30* were arrested: arrested
    rose *5%*, a *3%* drop, up *12* points: up, down, up

Words and places come from `data/tables/aspects.tsv` and `change_words.tsv`. A negated verb says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from onrecord import gazetteer, grammar
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MODIFIER = frozenset({"nummod", "amod", "compound", "nmod", "quantmod", "poss", "det", "advmod"})
PLACES = {"dobj": "object", "nsubjpass": "object", "nsubj": "subject"}


@lru_cache(maxsize=1)
def _aspects() -> Mapping[tuple[str, str], str]:
    """Return (lemma, place) -> aspect of `data/tables/aspects.tsv`; places are object, subject, head and itself."""
    return {(word, who): aspect for word, _, aspect, who in gazetteer.rows("aspects")}


def aspect_of(anchor: Token) -> tuple[str, Span] | None:
    """Return what befell those counted and the word that says so, or None. `anchor` is the noun that is counted, or the bare number."""
    for word, place in _governors(anchor):
        aspect = _aspects().get((word.lemma_.lower(), place)) or _aspects().get((word.lower_, place))
        if aspect and grammar.negator(word) is None:
            return aspect, Span(word.idx, word.idx + len(word))
    return None


def _governors(anchor: Token) -> Iterator[tuple[Token, str]]:
    """Yield the words that may say it, each with the place where the anchor stands to it."""
    if anchor.pos_ == "NOUN":
        yield anchor, "itself"
    if anchor.pos_ == "NUM" and anchor.i + 1 < len(anchor.doc):
        yield anchor.nbor(), "head"  # "5 dead", whatever the parse of a headline
    for c in anchor.children:
        if c.dep_ in {"amod", "acl", "relcl", "advcl"} or (c.dep_ in {"appos", "nmod"} and c.pos_ == "ADJ"):
            yield c, "head"
            yield c, "object" if grammar.is_passive(c) or c.tag_ == "VBN" else "subject"
    head = anchor.head
    if head.i == anchor.i or anchor.dep_ == "conj":
        return
    if anchor.dep_ in MODIFIER:
        yield head, "head"
    elif head.pos_ in grammar.VERBAL:
        yield from _in_clause(anchor, head)
    elif head.dep_ == "prep" and head.head.pos_ == "NOUN":
        yield head.head, "itself"


def _in_clause(anchor: Token, verb: Token) -> Iterator[tuple[Token, str]]:
    """Yield the verb of the anchor's clause, and what is said of the anchor beside it ("left two people *dead*")."""
    yield verb, PLACES.get(anchor.dep_, "")
    if anchor.dep_ == "nsubj" and verb.tag_ in {"VBD", "VBN"} and verb.i == anchor.i + 1 and grammar.child(verb, "dobj") is None:
        yield verb, "object"  # a headline's participle, read as a verb: "three killed"
    for complement in verb.children:
        beside = complement.dep_ == "advcl" and complement.i == anchor.i + 1
        if complement.tag_ in {"JJ", "VBN"} and (beside or complement.dep_ in {"acomp", "oprd", "xcomp", "ccomp"}):
            yield complement, "head"
            yield complement, "object"


# ---- change --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _changes() -> Mapping[str, str]:
    """Return lemma -> `up`, `down` or `either` of `data/tables/change_words.tsv`."""
    return {row[0]: row[1] for row in gazetteer.rows("change_words")}


def change_of(anchor: Token, before: Token | None) -> tuple[Literal["up", "down"], Span] | None:
    """Return which way something went by the number, and the word that says so, or None.

    `anchor`: the noun that is counted, or the number; `before`: the token before the number ("*up* 12 points").
    """
    if before is not None and before.lower_ == "to":
        return None
    anchor = anchor.head if anchor.dep_ == "quantmod" and anchor.head.pos_ == "NUM" else anchor  # "by 20 to 290", read as one number
    words = [before] if before is not None and before.lower_ in {"up", "down"} else []
    head = anchor.head
    if anchor.dep_ in {"npadvmod", "dobj", "advmod"} or (anchor.dep_ in MODIFIER and head.pos_ == "NOUN"):
        words.append(head)
    elif anchor.dep_ == "pobj" and (head.lower_ == "by" or (head.lower_ == "of" and head.head.pos_ == "NOUN")):
        words.append(head.head)
    for word in words:
        way = _changes().get(word.lemma_.lower())
        if way in {"up", "down"}:
            return "up" if way == "up" else "down", Span(word.idx, word.idx + len(word))
    return None
