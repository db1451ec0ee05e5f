"""Which word denies a verb or noun: its own negation, one that a coordination shares, a negative subject, object or adverbial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.grammar import NEGATORS, VERBAL, children, own_subject
from onrecord.modality.states import first_of

if TYPE_CHECKING:
    from spacy.tokens import Token

ONLY = frozenset({"only", "merely", "just", "simply", "alone", "solely"})
COUNTED = frozenset({"fewer", "less", "more", "later", "sooner", "other", "doubt", "matter", "small", "least", "earlier"})
"""What "no" and "not" stand before without denying: "no fewer than nine", "no sooner", "no small"."""
NOBODY = frozenset({"nobody", "none", "nothing", "neither", "noone"})
NEVER = frozenset(
    {
        "point",
        "time",
        "stage",
        "circumstance",
        "circumstances",
        "way",
        "means",
        "occasion",
        "condition",
        "account",
        "event",
        "sense",
        "case",
    }
)
"""What "no" makes a denial of the verb with: "at no point", "by no means", "on no account"."""


def negation(token: Token) -> Token | None:
    """Return the word that negates a verb or noun, if it reaches it at all ("not only" and "not until" do not)."""
    own = _own(token)
    if own is not None:
        return own if _reaches(token, own) else None
    return _adverbial(token) or _no_longer(token) or _subject(token) or _object(token) or _shared(token)


def _own(token: Token) -> Token | None:
    for c in token.children:
        if c.lower_ == "nor" and c.i < token.i:
            return c
        if c.dep_ == "neg" or (c.lower_ in NEGATORS and c.dep_ in {"det", "advmod", "preconj", "aux", "intj"}):
            return c
    return None


def _reaches(token: Token, word: Token) -> bool:
    if word.i + 1 < len(word.doc) and word.nbor(1).lower_ in (ONLY | COUNTED if word.lower_ in {"not", "no", "n't"} else ()):
        return False
    return not (word.lower_ in {"not", "n't"} and any(x.lower_ == "until" for x in token.children))


def _adverbial(token: Token) -> Token | None:
    """Return the "no" of "at no point", "under no circumstances"."""
    for prep in children(token, "prep", "npadvmod", "advmod"):
        for word in prep.subtree:
            if word.lower_ == "no" and word.dep_ in {"det", "neg", "advmod"} and word.head.lower_ in NEVER:
                return word
    return None


def _no_longer(token: Token) -> Token | None:
    for adverb in children(token, "advmod", "npadvmod"):
        before = adverb.nbor(-1) if adverb.i else adverb
        if adverb.lower_ in {"longer", "more"} and before.lower_ in {"no", "any", "n't", "not"}:
            return before
    return None


def _subject(token: Token) -> Token | None:
    """Return the word that makes a subject nobody: "no one", "neither side", "none of them"."""
    who = own_subject(token)
    return _nobody(who) if who is not None and who.pos_ != "VERB" else None


def _object(token: Token) -> Token | None:
    """Return the "no" of a verb's object: "signed no deal", "arrested nobody"."""
    if token.pos_ not in VERBAL:
        return None
    return next((no for c in children(token, "dobj") if (no := _nobody(c)) is not None), None)


def _nobody(noun: Token) -> Token | None:
    if noun.lower_ in NOBODY:
        return noun
    for c in noun.children:
        if c.dep_ in {"det", "preconj", "neg"} and c.lower_ in {"no", "neither"} and noun.lower_ not in COUNTED:
            return c if c.nbor(1).lower_ not in COUNTED else None
    first = noun.left_edge
    if first.lower_ in {"hardly", "scarcely", "barely"} and first.i + 1 < len(first.doc) and first.nbor(1).lower_ == "any":
        return first
    negates = first.lower_ == "not" and first.i + 1 < len(first.doc) and first.nbor(1).lower_ in {"a", "one", "any"}
    return first if negates and first.i < noun.i else None


def _shared(token: Token) -> Token | None:
    """Return the negation that coordinated words share: "did not condemn or praise", "neither … nor", "no strike or march"."""
    if token.dep_ != "conj" or token.head.i == token.i:
        return None
    between = {t.lower_ for t in token.doc[token.head.i + 1 : token.i]}
    nor = next((t for t in token.doc[token.head.i + 1 : token.i] if t.lower_ == "nor"), None)
    if nor is not None:
        return nor
    alike = token.tag_ == token.head.tag_ and token.tag_ in {"VB", "VBN", "VBG", "NN", "NNS"} and own_subject(token) is None
    alone = not any(c.dep_ in {"aux", "auxpass", "det"} for c in token.children)
    if alike and alone and "or" in between and "but" not in between and "," not in between:
        return negation(first_of(token)) if token.head.i != token.i else None
    return None
