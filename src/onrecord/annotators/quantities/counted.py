"""What a number counts, by the parse: the noun it modifies, the noun behind "of", or the one of which it is said.

    3,100 Dutch sailors → people, "Dutch sailors" · 17 of the area's districts → district · the number of births is 41 → birth
    1,124 pledged delegates → people · 102 and 21 people → people · a 149 vote margin → vote

Persons of any kind are `people`: what the tables of group nouns, titles and peoples know, and a list of our own. Any other noun
gives its singular.

Known limits: the small model takes the wrong head in some coordinations; nouns for persons that no table has are things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord import gazetteer, grammar
from onrecord.annotators.quantities.aspects import MODIFIER
from onrecord.annotators.quantities.refusals import OLDEST, is_label
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN"})
PEOPLE_KINDS = frozenset({"population", "unnamed", "person"})
TOTALS = frozenset({"number", "total", "sum", "tally", "majority", "rest", "figure", "margin", "average", "minimum", "maximum"})
"""Nouns of amount, in the singular: what is counted stands behind their "of" or before them."""
SUBJECTS = {
    "toll": "people", "population": "people", "attendance": "people", "crowd": "people", "membership": "people", "workforce": "people",
    "staff": "people", "crew": "people", "magnitude": "magnitude", "headcount": "people", "audience": "people",
}  # fmt: skip
"""Nouns of which a bare number says how many: "the toll rose to *22*"."""

PERSON_SUFFIX = re.compile(r"\w{3}(?:ist|ologian|ician|woman|sman|person|keeper)$")
"""Endings of nouns for persons; `persons.tsv` names the exceptions ("checklist")."""
INVARIABLE = frozenset(
    {"aircraft", "people", "police", "personnel", "staff", "crew", "sheep", "fish", "cattle", "offspring", "spacecraft", "percent"}
)
INVARIABLE |= {"series", "species", "means", "headquarters", "dead", "wounded", "injured", "missing"}
"""Nouns that are the same in the singular and the plural."""
WITH_NUMBER = frozenset(
    {"other", "additional", "remaining", "further", "first", "last", "next", "past", "more", "estimated", "total", "reported", "mere"}
)
WITH_NUMBER |= {
    "least",
    "many",
    "few",
    "extra",
    "previous",
    "former",
    "latter",
    "top",
    "same",
    "full",
    "entire",
    "whole",
    "solid",
    "record",
    "only",
}
"""Adjectives that stand before a number that counts; behind any other adjective bare digits name a model."""
SCALES = frozenset({"hundreds", "thousands", "millions", "billions", "dozens"})
"""Scale words that are nouns of the number itself: "tens of *thousands* of people"."""
THINGS_DO = frozenset({"remain", "have", "include", "contain", "follow", "go", "come", "leak", "sink", "explode", "close", "fail"})
"""Verbs whose subject may as well be a thing."""


class Said(NamedTuple):
    """The unit of a number that is said of a noun, and the noun."""

    unit: str
    noun: Token


# ---- nouns ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, str]:
    """Return lemma -> `yes` or `no` of `data/tables/persons.tsv`."""
    return {row[0]: row[1] for row in gazetteer.rows("persons")}


def noun_of(root: Token) -> Token | None:
    """Return the noun that a number counts: its head to the right, or the noun behind its "of"; None where it stands alone."""
    behind = _behind_of(root) or _out_of(root)
    if behind is not None:
        return noun_of(behind) if behind.lower_ in SCALES else behind
    head = root.head
    if root.dep_ in MODIFIER and head.i > root.i and head.pos_ in NOMINAL | {"NUM", "PRON"}:
        return noun_of(head) if head.pos_ == "NUM" else _past_total(_whole(head))
    return _run(root) or _shared(root)


def _behind_of(token: Token) -> Token | None:
    for prep in token.children:
        if prep.i > token.i and prep.dep_ == "prep" and prep.lower_ in {"of", "out", "among"}:
            inner = grammar.child(prep, "prep") or prep
            found = grammar.child(inner, "pobj")
            if found is not None and found.pos_ in NOMINAL:
                return found
            if found is not None and found.pos_ == "NUM":
                return noun_of(found)
    return None


def _out_of(root: Token) -> Token | None:
    """Return the noun of the second number of "11 *out of* 14 wards", wherever the parse hangs it."""
    behind = [t.lower_ for t in root.doc[root.i + 1 : root.i + 3]]
    if behind != ["out", "of"] or root.i + 3 >= root.sent.end:
        return None
    second = root.nbor(3)
    return noun_of(second) if second.pos_ == "NUM" else None


def _whole(noun: Token) -> Token:
    """Return the head of the compound that a noun opens ("53 *measles* related deaths": the deaths)."""
    here, head = noun, noun.head
    while (
        here.dep_ in {"compound", "nmod", "npadvmod", "amod"}
        and head.i > here.i
        and not any(t.is_punct for t in here.doc[here.i + 1 : head.i])
    ):
        here, head = head, head.head
    return here if here.pos_ in NOMINAL else noun


def _run(root: Token) -> Token | None:
    """Return the plural that the words right behind a number lead to, where the parse shows none ("1,124 pledged delegates")."""
    end = root.sent.end
    for token in root.doc[root.i + 1 : min(root.i + 6, end)]:
        if token.tag_ in {"NNS", "NNPS"}:
            return token if token.i + 1 >= end or token.nbor().tag_ not in {"NNS", "POS"} else None
        if token.tag_[:2] not in {"JJ", "NN"} and token.tag_ not in {"VBN", "HYPH"} and not (token.tag_ == "VBD" and token.i == root.i + 1):
            return None
        if token.lower_ in {"more", "dead"}:
            return None
    return None


def _past_total(noun: Token) -> Token:
    """Return what stands behind the "of" of a noun of amount, or before it ("a number of voters", "a 149 vote margin")."""
    if noun.lower_ not in TOTALS:
        return noun
    return _behind_of(noun) or grammar.child(noun, "compound") or noun


def _shared(root: Token) -> Token | None:
    """Return the noun that coordinated numbers share: "102 and 21 *people*"."""
    for c in root.conjuncts:
        if c.pos_ == "NUM" and c.i > root.i and c.dep_ in MODIFIER | {"conj"} and c.head.i > c.i and c.head.pos_ in NOMINAL:
            return c.head
    return None


def is_people(noun: Token) -> bool:
    """Tell whether a noun means persons."""
    lemma = noun.lemma_.lower()
    listed = _listed().get(lemma) or _listed().get(noun.lower_)
    if listed:
        return listed == "yes"
    for form in (noun.lower_, lemma):
        group = gazetteer.group(form)
        if group is not None:
            return group.kind in PEOPLE_KINDS
        if gazetteer.title(form) is not None:
            return True
    if PERSON_SUFFIX.search(lemma):
        return True
    if noun.pos_ == "PROPN" or noun.text[0].isupper():
        known = gazetteer.proper(noun.text) or gazetteer.proper(gazetteer.singular(noun.lower_).capitalize())
        return known is not None and known.type in {"people", "body", "metonym"}
    return False


def singular(noun: Token) -> str:
    """Return the singular of a noun, in lower case but for names in capitals; words that hyphens join are one ("lever-action")."""
    first = noun.i
    while first > 1 and noun.doc[first - 1].tag_ == "HYPH" and not noun.doc[first - 2].whitespace_ and noun.doc[first - 2].pos_ != "NUM":
        first -= 2
    if first < noun.i:
        return noun.doc[first : noun.i].text.lower() + noun.lemma_.lower()
    if noun.text.isupper() and len(noun.text) > 1 and not noun.lower_.endswith("s"):
        return noun.text
    lemma = _lemma(noun)
    return gazetteer.singular(lemma) if noun.pos_ == "PROPN" and lemma == noun.lower_ else lemma


def _lemma(noun: Token) -> str:
    """Return the lemma, without the model's slips: it takes every "bases" for "basis", and "doses" for "dos"."""
    lemma = noun.lemma_.lower().strip("-–'’\".") or noun.lower_
    if noun.lower_ == "bases":
        return "base"
    cut = noun.lower_ == lemma + "es" and lemma.endswith("s") and not lemma.endswith(("ss", "us", "as", "is", "ns"))
    return lemma + "e" if cut else lemma


def unit_of(noun: Token) -> str:
    """Return `people` for persons, else the singular."""
    return "people" if is_people(noun) else singular(noun)


def phrase(noun: Token, number: Span) -> Span:
    """Return the words for what is counted: the noun with its modifiers behind the number, or its whole phrase behind "of"."""
    span = grammar.noun_phrase(noun)
    if span.start < number.start and number.end <= span.end and noun.idx < number.start:
        return grammar.chars([t for t in noun.doc[noun.left_edge.i : noun.i + 1] if t.idx < number.start])
    if span.start < number.end <= noun.idx:
        rest = [t for t in noun.doc[noun.left_edge.i : noun.i + 1] if t.idx >= number.end and not t.is_punct]
        of = [t for c in noun.children if c.i > noun.i and c.dep_ == "prep" and c.lower_ == "of" for t in c.subtree]
        return grammar.chars([*rest, *of]) if rest else Span(noun.idx, noun.idx + len(noun))
    return span


# ---- standing alone ------------------------------------------------------------------------------------------------


def said_of(root: Token) -> Said | None:
    """Return the unit of a number that is said of a noun ("the number of births is 41", "the toll rose to 22"), and the noun."""
    if root.dep_ == "quantmod" and root.head.pos_ == "NUM":  # "from 180 to 5", read as one number
        root = root.head
    verb = root.head if root.dep_ in {"attr", "dobj", "oprd", "acomp"} else None
    if verb is None and root.dep_ == "pobj" and root.head.lower_ in {"to", "at", "of", "from", "by"}:
        above = root.head.head
        verb = above if above.pos_ in grammar.VERBAL else None
        if above.pos_ == "NOUN":
            return _amount(above)
    if verb is None or verb.pos_ not in grammar.VERBAL:
        return None
    for noun in (grammar.subject(verb), grammar.child(verb, "dobj")):
        if noun is not None and noun.i != root.i and noun.pos_ in NOMINAL and (found := _amount(noun)):
            return found
    return None


def _amount(noun: Token) -> Said | None:
    lemma = noun.lemma_.lower()
    if lemma in SUBJECTS:
        return Said(SUBJECTS[lemma], noun)
    if lemma in TOTALS | {"count"} and noun.pos_ == "NOUN":
        inner = _behind_of(noun) or grammar.child(noun, "compound")
        if inner is None and (of := grammar.child(noun, "prep")) is not None and (those := grammar.child(of, "pobj")) is not None:
            inner = those if those.lower_ == "those" else None
        if inner is not None:
            return Said(unit_of(inner), inner)
    return None


def is_age(root: Token, value: float | None) -> bool:
    """Tell whether a bare number is said of a person, and so is an age ("She was 26", "when he turned 18", "anyone under 18")."""
    if value is not None and value <= OLDEST and root.dep_ == "pobj" and root.head.lower_ in {"under", "over"}:
        return is_people(root.head.head) or root.head.head.lower_ in {"anyone", "everyone", "no-one", "anybody"}
    if value is None or value > OLDEST or root.dep_ not in {"attr", "dobj", "oprd", "acomp"} or root.head.lemma_ not in {"be", "turn"}:
        return False
    who = grammar.subject(root.head)
    if who is None:
        return False
    return who.lower_ in {"he", "she", "i", "who"} or (who.pos_ == "PROPN" and who.tag_ == "NNP")


def is_time(noun: Token) -> bool:
    """Tell whether what is counted is time or turns ("three consecutive days", "two more times")."""
    return is_label(noun.lower_, "time") or noun.lemma_.lower() == "time"


def is_name(root: Token) -> bool:
    """Tell whether a number belongs to the name before it ("Area 51", "Boeing 747")."""
    head = root.head
    return root.dep_ in {"nummod", "npadvmod", "appos", "nmod"} and head.i == root.i - 1 and head.pos_ == "PROPN"


def is_model(root: Token, noun: Token | None) -> bool:
    """Tell whether digits are the name of a model: "the 737 MAX", "its 777 airliner", "Trent 900 engines", "a new 787"."""
    if not root.text.isdigit():
        return False
    before = root.nbor(-1) if root.i > root.sent.start else None
    if noun is None:
        return any(c.dep_ == "amod" and c.lower_ not in WITH_NUMBER and c.i < root.i for c in root.children)
    if before is not None and before.pos_ == "PROPN" and before.dep_ in {"compound", "nmod"} and before.head.i in {noun.i, root.i}:
        return True
    if before is not None and is_label(before.lower_, "label") and noun.tag_ in {"NN", "NNP"}:
        return True
    single = noun.tag_ in {"NN", "NNP"} and noun.i == root.i + 1 and noun.lower_ not in INVARIABLE | TOTALS and int(root.text) > 1
    return single and any(c.dep_ in {"det", "poss"} and c.i < root.i and c.lower_ != "no" for c in noun.children)


def stands_for(root: Token) -> Token:
    """Return the noun of amount that a bare number stands for in its clause ("a *total* of 52 are missing"), else the number."""
    above = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root
    return above if above.lower_ in TOTALS else root


def acts(root: Token) -> bool:
    """Tell whether a bare number is the subject of a verb of doing, as persons are ("200 showed up", "1,000 were said to come")."""
    subject = stands_for(root)
    verb = subject.head
    if subject.dep_ == "nsubjpass":
        return any(c.dep_ == "xcomp" for c in verb.children)
    return subject.dep_ == "nsubj" and verb.pos_ == "VERB" and verb.lemma_ not in THINGS_DO


def is_argument(root: Token) -> bool:
    """Tell whether a bare number is a subject, an object or a fragment of its own, as "thousands" of people are."""
    return root.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "ROOT"}
