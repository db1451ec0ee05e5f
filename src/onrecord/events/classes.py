"""Which class a word belongs to: those of `data/rules/classes.toml` by lemma, those that depend on whom the page knows by its actors.

The classes of the data are lists of lemmas (agreement, force, territory). Six depend on the page: actor, person, armed, population,
state and political, and `territory` also holds names of places.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord import gazetteer
from onrecord.annotations import Annotations

if TYPE_CHECKING:
    from spacy.tokens import Token

CIVIL_SECTORS = frozenset({"BUS", "MED", "EDU", "ELI", "AGR", "CVL", "JRN", "CRM"})
"""PLOVER's sectors whose members act politically only when they face one who does."""
ARMED_SECTORS = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "SPY"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
HYPHENS = frozenset({"-", "‑", "–"})
IN_E = ("axe", "cane", "dine", "fine", "rage", "rape", "snipe", "stage", "wage")
REGULAR = ("cordon", "disinform", "greenlight", "install", "jeer", "scapegoat", "waterboard", "phish")
MISREAD = {
    **{form: verb for verb in IN_E for form in (verb + "d", verb[:-1] + "ing")},
    **{verb + end: verb for verb in REGULAR for end in ("ed", "ing")},
    "decreed": "decree",
    "extolled": "extol",
    "readmitted": "readmit",
    "wiretapped": "wiretap",
    "wiretapping": "wiretap",
    "resupplied": "resupply",
    "resupplies": "resupply",
    "stages": "stage",
    "fines": "fine",
    "wages": "wage",
    "rages": "rage",
}
"""Words whose lemma the model's rules get wrong: tried on every verb of the lexicon in all its forms."""
PERSONAL = frozenset(
    {"i", "you", "he", "she", "we", "me", "him", "her", "us", "who", "whom", "himself", "herself", "themselves", "ourselves", "myself"}
)


@lru_cache(maxsize=1)
def classes() -> Mapping[str, frozenset[str]]:
    """Return the classes of words by name."""
    text = resources.files("onrecord.data").joinpath("rules/classes.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def lemmas(token: Token) -> tuple[str, ...]:
    """Return the keys under which a token is looked up: its lemma, the singular of a capitalised plural, the compound that it ends.

    The tokenizer splits at hyphens: "sit-in" and "test-fired" are looked up as one word first.
    """
    known: dict[int, tuple[str, ...]] = token.doc.user_data.setdefault("onrecord lemmas", {})
    if token.i not in known:  # each is asked for many times
        keys, start = _plain(token), compound_start(token)
        if is_gerund(token):
            keys = (token.lower_, *keys)
        known[token.i] = (*(f"{start.lower_}-{key}" for key in keys), *keys) if start.i < token.i else keys
    return known[token.i]


def is_gerund(token: Token) -> bool:
    """Tell whether an -ing form stands as a noun: "*Fighting* between the army and rebels went on"."""
    nominal = token.tag_ == "VBG" and token.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"}
    return nominal and not any(c.dep_ in {"dobj", "aux", "nsubj", "xcomp", "ccomp"} for c in token.children)


def lemma_of(token: Token) -> str:
    """Return a token's lemma, lower case."""
    return MISREAD.get(token.lower_, token.lemma_.lower())


def compound_start(token: Token) -> Token:
    """Return the first part of a compound written with a hyphen that the token ends, else the token."""
    if token.i >= 2 and token.nbor(-1).text in HYPHENS and token.nbor(-1).idx == token.nbor(-2).idx + len(token.nbor(-2)):
        return token.nbor(-2)
    return token


def _plain(token: Token) -> tuple[str, ...]:
    lemma = lemma_of(token)
    if token.pos_ == "PROPN" and lemma.endswith("s") and len(lemma) > 3:
        return (lemma, lemma[:-1])
    return (lemma,) if lemma == token.lower_ or token.tag_ != "VBN" else (lemma, token.lower_)


HEAPS = frozenset(
    {"army", "legion", "battalion", "squad", "brigade", "fleet", "troop", "regiment", "flotilla", "armada", "column", "convoy"}
)
"""Nouns of force that may only say how many: "an army of cleaner fish"."""
APPLIANCES = frozenset(
    {"purification", "filtration", "housing", "storage", "care", "treatment", "production", "cooling", "heating", "power", "shelter"}
)
"""What makes a unit a thing: "two water-*purification* units"."""
MARTIAL = ("force", "weapon", "vehicle", "polity", "person")


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    """Return the nouns for persons beyond those who act in politics ("surveyor")."""
    return frozenset(row[0] for row in gazetteer.rows("persons") if row[1] == "yes") - classes()["force"] - classes()["polity"]


def _heap(token: Token) -> bool:
    """Tell whether a noun of force only counts things that bear no arms, or is itself a thing."""
    if lemma_of(token) == "unit" and any(c.lower_ in APPLIANCES for c in token.children):
        return True
    if lemma_of(token) not in HEAPS:
        return False
    of = next((c for prep in token.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj"), None)
    return of is not None and of.pos_ == "NOUN" and not any(lemma_of(of) in classes()[name] for name in MARTIAL)


def is_a(annotations: Annotations, token: Token, name: str) -> bool:
    """Tell whether a noun belongs to a class of the data, or to one that depends on whom the page knows."""
    words = classes().get(name)
    if words is not None and any(key in words for key in lemmas(token)) and not (name == "force" and _heap(token)):
        return True
    actor = annotations.actor_at(token)
    if name == "actor":
        return actor is not None or token.pos_ == "PROPN" or is_a(annotations, token, "person") or is_a(annotations, token, "armed")
    if name == "person":
        return (
            (actor is not None and actor.kind in {"person", "unnamed", "population"})
            or token.lower_ in PERSONAL
            or token.ent_type_ == "PERSON"
            or (token.pos_ == "NOUN" and lemma_of(token) in _persons())
        )
    if name == "armed":
        known = actor is not None and (actor.kind == "armed_group" or actor.sector in ARMED_SECTORS)
        return known or (any(key in classes()["force"] for key in lemmas(token)) and not _heap(token))
    if name == "population":
        return actor is not None and actor.kind == "population"
    if name == "state":
        return (actor is not None and actor.kind == "state") or token.ent_type_ in {"GPE", "NORP"}
    if name == "territory":
        return token.ent_type_ in PLACES or (token.pos_ == "PROPN" and gazetteer.place(token.text) is not None)
    if name == "political":
        if actor is None:
            return any(key in classes()["polity"] for key in lemmas(token))
        return actor.kind in {"state", "armed_group", "organisation"} or actor.sector in ARMED_SECTORS | {"GOV", "JUD", "LEG", "PTY", "OPP"}
    return False
