"""An actor phrase, by itself, to its country and sector: what `code_actor` answers without a parse or a page."""

from __future__ import annotations

import re

from onrecord import gazetteer
from onrecord.annotators.actors.descriptions import describe
from onrecord.annotators.actors.words import Words, word_set

TOKENS = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Lt|Gen|Col|Sgt|Capt|Maj|Adm|Gov|Sen|Rep|St|Prof|Rev|Hon|Jr|Sr)\.|['’]s\b|[^\W_]+(?:\.[^\W_]+)*|\S"
)
BREAKS = frozenset({",", "(", ";", ":", "who", "whom", "that", "which", "whose"})
PREPOSITIONS = word_set("of for from in at with within inside to on against over about by near towards into under during after before as")
CLOSERS = frozenset({"'s", "’s", "'", "’", ".", '"'})


def code_actor(phrase: str) -> tuple[str | None, str | None]:
    """Return (country, sector) of an actor phrase: ISO 3166 alpha-3 (or PLOVER's IGO, UNO, …) and PLOVER's sector; None: not said."""
    words = cut(phrase.strip())
    if words is None:
        return None, None
    found = describe(words)
    return found.country, found.sector


def cut(phrase: str) -> Words | None:
    """Return a phrase as words with a guess at its head: the last word before the first preposition, comma or clause; None: no words."""
    found = list(TOKENS.finditer(phrase))
    if not found:
        return None
    words, offsets = tuple(m[0] for m in found), tuple(m.start() for m in found)
    whole = Words(phrase, words, offsets, len(words) - 1, tuple(gazetteer.propers(words, phrase, offsets)))
    ends = (i for i in range(1, len(words)) if words[i] in BREAKS or (words[i].lower() in PREPOSITIONS and not _goes_on(whole, i)))
    end = next(ends, len(words))
    while end > 1 and words[end - 1] in CLOSERS:
        end -= 1
    return whole._replace(head=end - 1)


def _goes_on(phrase: Words, at: int) -> bool:
    """Tell whether a preposition belongs to a title or name before a person's name ("Secretary of State Mike", "of India Narendra")."""
    words = phrase.words
    for start, end, _ in (*phrase.titles(), *phrase.entries):
        if start < at < end:
            return end < len(words) and words[end][:1].isupper()
    after = at + 2 if at + 1 < len(words) and words[at + 1].lower() == "the" else at + 1
    place = next((end for start, end, _ in phrase.entries if start == after), None)
    return place is not None and place < len(words) and words[place][:1].isupper()
