"""Quoted words to sayings: the same words quoted on several pages are one statement with several appearances.

    “We will not sign this treaty” (page A)  ·  “We won't sign this treaty” (page B)      one saying in two versions

Only words in quotation marks count (paraphrases are each page's own). Two quotations are one saying

- where one holds the other's words in order: six words at least, four from one speaker;
- where most of their words are the same in the same order and they are one speaker's: a version each, to be set side by side.

Words that two speakers are credited with are one saying with two speakers: that is for a person to see. A page that copies another
is an appearance, and named as a copy.

Known limits: translations differ in most words and are not found; a slogan that many chant is one saying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from onrecord.links.parties import Bond, bond
from onrecord.records import Records, Statement

SHINGLE = 3
"""Words that two quotations must share in a row to be compared."""
EARLIEST = 12
"""A row of words leads to so many of the earliest quotations that have it, so that stock phrases cost no more than they are worth."""
SHORTEST = 4
"""Words of the shortest quotation that is looked for; shorter ones ("very good") are said by everybody."""
ANYBODY = 6
"""Words that must be the same where the speaker is not known to be one; set by hand."""
ALIKE = 0.7
"""Share of the shorter quotation's words that stand in the longer in the same order: as for `check`."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED = re.compile(r"[“\"«„]([^”\"»“]+)[”\"»“]")
_LEFT_OUT = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]*\]")

Words = tuple[str, ...]


class Appearance(NamedTuple):
    """A saying as one page has it. `copy_of`: the document that the page is a copy of."""

    document: str
    record: str
    day: str | None
    speaker: str | None
    quote: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One wording, in its longest form, and the pages that have it or a part of it, earliest first."""

    quote: str
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement on several pages: who is said to have said it, and its wordings, the one on most pages first."""

    speakers: tuple[str, ...]
    versions: tuple[Version, ...]

    @property
    def pages(self) -> int:
        """The number of pages that have it, copies apart."""
        return len({a.document for v in self.versions for a in v.appearances if a.copy_of is None})


class _Quotation(NamedTuple):
    """A statement's quoted words, piece by piece, with who said them."""

    appearance: Appearance
    pieces: tuple[Words, ...]
    words: Words
    speaker: Bond


def sayings(pages: Iterable[Records], copies: Mapping[str, str] | None = None) -> tuple[Saying, ...]:
    """Return what is quoted on two pages at least, what most pages have first. `copies` gives the original's id by the copy's."""
    found = [q for records in pages for q in _quotations(records, copies or {})]
    found.sort(key=lambda q: (q.appearance.day or "9", q.appearance.document, q.appearance.record))
    groups: dict[int, int] = {}
    for earlier, later in sorted(_candidates(found)):
        if _same(found[earlier], found[later]):
            groups[_root(groups, later)] = _root(groups, earlier)
    members: dict[int, list[_Quotation]] = defaultdict(list)
    for index, quotation in enumerate(found):
        members[_root(groups, index)].append(quotation)
    told = [_saying(group) for group in members.values() if len({q.appearance.document for q in group}) > 1]
    return tuple(sorted(told, key=lambda s: (-s.pages, s.versions[0].appearances[0].day or "9", s.versions[0].quote)))


def saying_json(saying: Saying) -> dict[str, Any]:
    """Return a saying as JSON values."""
    versions = [{"quote": v.quote, "appearances": [a._asdict() for a in v.appearances]} for v in saying.versions]
    return {"speakers": list(saying.speakers), "pages": saying.pages, "versions": versions}


# ---- what is quoted ------------------------------------------------------------------------------------------------


def _quotations(records: Records, copies: Mapping[str, str]) -> Iterator[_Quotation]:
    document = records.document
    names = {actor.id: actor.name for actor in records.actors}
    for statement in records.statements:
        stretches = list(_stretches(statement, document.text))
        pieces = tuple(p for s in stretches for part in _LEFT_OUT.split(s) if (p := words_of(part)))
        words = tuple(word for piece in pieces for word in piece)
        if len(words) < SHORTEST:
            continue
        speaker = names.get(statement.source_actor or "") or (statement.source.of(document.text) if statement.source else None)
        at = Appearance(
            document.id, statement.id, document.published.value, speaker, " … ".join(" ".join(s.split()) for s in stretches),
            copies.get(document.id),
        )  # fmt: skip
        yield _Quotation(at, pieces, words, bond(records, statement.source_actor))


def _stretches(statement: Statement, text: str) -> Iterator[str]:
    """Yield the quoted stretches of a statement: all of it, or what stands in marks within a mixed one."""
    for span in statement.content:
        if statement.form == "direct":
            yield span.of(text).strip("“”\"«»'‘’, ")
        elif statement.form == "mixed":
            yield from _QUOTED.findall(span.of(text))


def words_of(text: str) -> Words:
    """Return a text's words in small letters, straight apostrophes."""
    return tuple(m[0].lower().replace("’", "'") for m in _WORD.finditer(text))


# ---- which are the same --------------------------------------------------------------------------------------------


def _candidates(found: Sequence[_Quotation]) -> set[tuple[int, int]]:
    """Return the pairs (earlier, later) of different pages that share a row of words."""
    index: dict[Words, list[int]] = defaultdict(list)
    for number, quotation in enumerate(found):
        for shingle in {w for piece in quotation.pieces for w in zip(*(piece[n:] for n in range(SHINGLE)), strict=False)}:
            index[shingle].append(number)
    pairs = {(a, b) for holders in index.values() for place, b in enumerate(holders) for a in holders[: min(place, EARLIEST)]}
    return {(a, b) for a, b in pairs if found[a].appearance.document != found[b].appearance.document}


def _same(one: _Quotation, other: _Quotation) -> bool:
    short, long = sorted((one, other), key=lambda q: len(q.words))
    verdict = one.speaker.against(other.speaker)
    if _within(short, long):
        return len(short.words) >= (SHORTEST if verdict == "same" else ANYBODY)
    return verdict == "same" and _shared(short.words, long.words) >= max(SHORTEST, ALIKE * len(short.words))


def _within(short: _Quotation, long: _Quotation) -> bool:
    """Tell whether all the pieces of one stand in the other, word for word and in order."""
    text, at = f" {' '.join(long.words)} ", 0
    for piece in short.pieces:
        at = text.find(f" {' '.join(piece)} ", at)
        if at < 0:
            return False
    return True


def _shared(short: Words, long: Words) -> int:
    """Return how many words two quotations have in common in the same order."""
    return sum(block.size for block in SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks())


def _root(groups: dict[int, int], index: int) -> int:
    while groups.get(index, index) != index:
        index = groups[index]
    return index


# ---- versions side by side -----------------------------------------------------------------------------------------


def _saying(group: Sequence[_Quotation]) -> Saying:
    longest = sorted(group, key=lambda q: -len(q.words))  # stable: of equals the earliest
    versions: list[tuple[_Quotation, list[_Quotation]]] = []
    for quotation in longest:
        home = next((held for head, held in versions if _within(quotation, head)), None)
        if home is None:
            versions.append((quotation, [quotation]))
        else:
            home.append(quotation)
    made = [Version(head.appearance.quote, tuple(q.appearance for q in sorted(held, key=_when))) for head, held in versions]
    made.sort(key=lambda v: (-len({a.document for a in v.appearances}), v.appearances[0].day or "9"))
    return Saying(tuple(_speakers(group)), tuple(made))


def _when(quotation: _Quotation) -> tuple[str, str, str]:
    return quotation.appearance.day or "9", quotation.appearance.document, quotation.appearance.record


def _speakers(group: Sequence[_Quotation]) -> Iterator[str]:
    """Yield the speakers, each once: by the name that the earliest page gives."""
    known: list[_Quotation] = []
    for quotation in group:
        name = quotation.appearance.speaker
        if name and all(k.appearance.speaker != name and k.speaker.against(quotation.speaker) != "same" for k in known):
            known.append(quotation)
            yield name
