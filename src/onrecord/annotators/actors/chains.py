"""Chains: what one actor is called on a page, while the rules gather it.

A chain grows as phrases are added and is turned into a frozen Actor at the end; nothing outside this package sees one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.words import PARTICLES, Range, word_set

Form = Literal["name", "nominal", "pronoun"]
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "s"})
SEXED = re.compile(
    r"\b(?:(?P<f>mrs|ms|miss|madam|madame|dame|lady|queen|princess|duchess|baroness|empress|frau|señora|first lady|mother|sister|daughter"
    r"|wife|widow|aunt|niece|grandmother|fiancée|girlfriend|actress|nun|\w*woman|girl)|(?P<m>mr|sir|lord|king|prince|duke|baron|emperor|herr|señor|"
    r"pope|father|brother|son|husband|widower|uncle|nephew|grandfather|fiancé|boyfriend|monk|imam|ayatollah|cardinal|archbishop|sheikh|sultan"
    r"|emir|(?!wo)\w*man|boy))\b\.?$"
)
"""Titles and nouns that say a person's sex; they stand at the end of the title."""


class Role(NamedTuple):
    """A title that somebody is given: its noun, the other words before it, its country, whether it is past."""

    noun: str
    words: frozenset[str]
    country: str | None
    former: bool


class Link(NamedTuple):
    """A phrase that belongs to a chain, and the rule that says so."""

    phrase: Phrase
    form: Form
    how: str


@dataclass(slots=True, eq=False)
class Chain:
    """One actor as far as it is known. `tokens` are the folded words of the fullest name."""

    number: int
    kind: ActorKind
    name: str = ""
    tokens: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    evidence: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For kind, country, sector and role: first token, after the last."""
    roles: list[Role] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    """How many they are, in the page's words."""
    tails: set[str] = field(default_factory=set)
    """The nouns behind "of" and the like in its descriptions ("residents of the city")."""
    sex: str | None = None
    plural: bool = False
    possessor: int | None = None
    inferred: tuple[str, ...] = ()
    region: bool = False
    """A part of a state: no body that "the organisation" could mean."""
    titled: bool = False
    """The country is that of a title, and no longer a guess from what stands beside the name."""
    links: list[Link] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Tell whether the actor has a proper name."""
        return bool(self.tokens)

    def last(self, before: int) -> Phrase | None:
        """Return the last phrase of the chain whose head stands before a token."""
        return max((link.phrase for link in self.links if link.phrase.head < before), key=lambda p: p.head, default=None)

    def add(self, columns: Columns, phrase: Phrase, form: Form, how: str) -> None:
        """Add a phrase and learn what it says."""
        self.links.append(Link(phrase, form, how))
        if form == "pronoun":
            if phrase.pronoun in {"m", "f"} and self.sex is None:
                self.sex = phrase.pronoun
            return
        self._learn(columns, phrase)

    def _learn(self, columns: Columns, phrase: Phrase) -> None:
        d = phrase.description
        self.words.update(content_words(columns, phrase))
        self.numbers.update(numbers_in(columns, phrase))
        self.tails.update(tail_of(columns, phrase))
        if d.noun:
            self.nouns.add(d.noun)
        place = self.kind == "person" and d.entry is not None and d.entry.type != "people"  # "Jordan", the surname
        for claim, value, at in (("country", None if place else d.country, d.country_at), ("sector", d.sector, d.sector_at)):
            if claim == "sector" and self.kind == "state":
                continue
            if value and (getattr(self, claim) is None or (claim == "country" and d.title is not None and not self.titled)):
                setattr(self, claim, value)
                if at is not None:
                    self.evidence[claim] = _tokens(phrase, at)
        if d.title is not None and d.country:
            self.titled = True
        if d.title is not None and d.noun:
            self._learn_role(columns, phrase, d.noun)
        if self.kind in {"person", "unnamed"} and self.sex is None and not d.plural:
            self.sex = sex_of(columns, phrase)

    def _learn_role(self, columns: Columns, phrase: Phrase, noun: str) -> None:
        d = phrase.description
        words = content_words(columns, phrase)
        self.roles.append(Role(noun, words, d.country, bool(words & PAST)))
        if d.role is not None and (self.role is None or self.named):
            text = columns.text[columns.starts[phrase.start + d.role[0]] : columns.ends[phrase.start + d.role[1] - 1]]
            if self.role is None or (d.name is not None and "role" not in self.evidence):
                self.role = text
                self.evidence["role"] = _tokens(phrase, d.role)


PAST = frozenset(
    {"former", "ex", "then", "late", "ousted", "deposed", "erstwhile", "one-time", "onetime", "outgoing", "retired", "previous"}
)


def _tokens(phrase: Phrase, at: Range) -> tuple[int, int]:
    return phrase.start + at[0], phrase.start + at[1]


FUNCTION = word_set(
    "the a an this that these those his her its their our my your of for in at from to and or 's ’s - – , some any no all other another one"
    " full entire whole new current same"
)


def content_words(columns: Columns, phrase: Phrase) -> frozenset[str]:
    """Return the lower-case words before the head that are no names and no function words ("prime" in "the Iraqi prime minister")."""
    d = phrase.description
    skip: set[int] = set()
    for at in (d.name, d.country_at):
        if at is not None:
            skip.update(range(phrase.start + at[0], phrase.start + at[1]))
    possessor = phrase.possessor
    first = phrase.start if possessor is None else possessor + 1
    return frozenset(
        columns.lower[i]
        for i in range(first, phrase.core)
        if i not in skip and i != phrase.head and columns.lower[i] not in FUNCTION and columns.pos[i] != "NUM"
    )


TAILS = frozenset({"of", "in", "from", "at", "for"})
"""Prepositions that say whose or of what place people are."""


def numbers_in(columns: Columns, phrase: Phrase) -> frozenset[str]:
    """Return the numbers before the head ("two" in "the two officers")."""
    return frozenset(columns.lower[i] for i in range(phrase.start, phrase.core) if columns.pos[i] == "NUM")


def tail_of(columns: Columns, phrase: Phrase) -> frozenset[str]:
    """Return the noun that a preposition ties to the head ("city" in "residents of her city")."""
    ties = {i for i in range(phrase.core, phrase.end) if columns.lower[i] in TAILS and columns.heads[i] == phrase.head}
    inside = (i for i in range(phrase.core, phrase.end) if columns.dep[i] == "pobj" and columns.heads[i] in ties)
    return frozenset(columns.lower[i] for i in inside)


def sex_of(columns: Columns, phrase: Phrase) -> str | None:
    """Return the sex that a title or given name says, or None."""
    d = phrase.description
    end = phrase.core if d.name is None else phrase.start + d.name[0]
    before = " ".join(columns.lower[phrase.start : end]).rstrip(" .")
    found = SEXED.search(before)
    if found:
        return "f" if found["f"] else "m"
    if d.name is not None and d.kind == "person" and d.name[1] - d.name[0] > 1:
        return gazetteer.sex(columns.words[phrase.start + d.name[0]])
    return None


@lru_cache(maxsize=4096)
def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparison: no accents, initials, particles or suffixes; hyphens part words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).replace("ł", "l").replace("Ł", "L")
    plain = plain.replace("ø", "o").replace("đ", "d").replace("ı", "i").lower()
    words = [w for w in re.findall(r"[^\W_]+(?:['’][^\W_]{2,})?", plain) if len(w) > 1 and w not in PARTICLES and w not in SUFFIXES]
    return tuple(words) or tuple(plain.split())
