"""A noun phrase as words: what the descriptions of actors are read from, with or without a parse."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.gazetteer import GroupNoun, Proper, Title

Range = tuple[int, int]
"""Words of a phrase: first, after the last."""
Entry = tuple[int, int, Proper]
"""A name that the tables know: first word, after the last, what they know."""
Given = tuple[int, int, Title]
"""A title: first word, after the last, the title."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written in one line."""
    return frozenset(words.split())


BODIES: frozenset[ActorKind | None] = frozenset({"organisation", "media", "armed_group", "state"})
DETERMINERS = word_set("the a an this that these those his her its their our my your some any no each every another")
INDEFINITE = word_set("a an another one some any several many two three four five six seven eight nine ten no each every")
PARTICLES = word_set("al bin ibn bint ben ould abu de del della der den van von da dos das di du el la le ter y e ul af zu")
JOINERS = frozenset({"-", "–", "'", "’", '"', "“", "”", ".", "‘"})
DASHES = frozenset({"-", "–"})
OF = frozenset({"of", "for", "from", "in", "at", "within", "inside", "with"})
"""Prepositions that tie what follows to the noun before: whose, or of what place, somebody is."""
AGAINST = frozenset({"to", "on", "against", "over", "about", "by", "near", "towards", "into"})
"""Prepositions that do not."""


class Words(NamedTuple):
    """A phrase cut into words; `offsets` are those of the words in `text`; `head` is the index of the head word."""

    text: str
    words: tuple[str, ...]
    offsets: tuple[int, ...]
    head: int
    entries: tuple[Entry, ...] = ()
    """The names in it that the tables know, in order."""

    def slice(self, start: int, end: int) -> str:
        """Return the characters of words `start` to `end` (exclusive)."""
        return self.text[self.offsets[start] : self.offsets[end - 1] + len(self.words[end - 1])]

    def group_at(self, at: int) -> tuple[int, GroupNoun] | None:
        """Return the longest group noun that ends with word `at`, and where it starts."""
        return gazetteer.group_at(at, self.words, self.text, self.offsets)

    def titles(self) -> list[Given]:
        """Return the titles among the words."""
        return list(gazetteer.titles(self.words, self.text, self.offsets))

    def tied(self, start: int, at: int, ties: Collection[str] = OF) -> bool:
        """Tell whether the nearest preposition between `start` and `at` is one of `ties`."""
        for i in range(at - 1, start - 1, -1):
            word = self.words[i].lower()
            if word in ties:
                return True
            if word in OF or word in AGAINST:
                return False
        return False

    def plural(self, start: int) -> bool:
        """Tell whether the noun that starts at `start` and ends with the head stands in the plural."""
        noun = self.slice(start, self.head + 1).lower()
        return gazetteer.singular(noun) != noun or noun in {"police", "people"}


def is_name_word(word: str) -> bool:
    """Tell whether a word can stand within a person's name."""
    return word[:1].isupper() or word.lower() in PARTICLES or word in JOINERS


# ---- what they say


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says. `kind` None: it names no actor that we know of (a thing, an act, or an unknown name)."""

    kind: ActorKind | None = None
    name: Range | None = None
    """The words of a proper name: a person's without titles, a body's as it stands."""
    entry: Proper | None = None
    """What the tables know of the name."""
    country: str | None = None
    country_at: Range | None = None
    sector: str | None = None
    sector_at: Range | None = None
    role: Range | None = None
    title: Title | None = None
    noun: str | None = None
    """Head noun of a description, singular and lower case."""
    plural: bool = False
    strong: bool = True
    """False where only the name finder's label, or capitals, say what a name is."""

    @property
    def named_body(self) -> bool:
        """Tell whether the phrase holds the proper name of a body or state."""
        return self.name is not None and self.kind in BODIES


@dataclass(frozen=True, slots=True)
class Hint:
    """What the parse says of the head: the name finder's label and the extent of its name, and whether it is tagged a proper noun."""

    label: str = ""
    named: Range | None = None
    proper: bool = False
    first: bool = False
    """Whether the head stands first in its sentence, where every word has a capital."""


NO_HINT = Hint()
