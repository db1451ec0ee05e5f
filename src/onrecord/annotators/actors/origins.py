"""Where an actor belongs and in what sector it acts, by the words around its head.

Country: the nearest name of a state, people or body before the head, else one tied to it by "of", "in", "from", "at", else a region
or well-known city. "US-backed", "Iran-aligned", "pro-Russian", "Indian-born" give none. Sector: that of the title or noun; a title
of no sector of its own, or a weak one ("spokesman", "president"), takes that of the body beside it; who held an office is ELI.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from onrecord import gazetteer
from onrecord.annotators.actors.words import BODIES, DASHES, OF, Given, Range, Words, word_set
from onrecord.gazetteer import GroupNoun, Proper

TOWN = 100_000
"""A town that gives an actor its country without another word must have so many inhabitants ("Roman", "Bank", "Fleet" are towns)."""
BASED = frozenset({"based", "held", "controlled", "run", "administered", "owned"})
"""After a name and a hyphen: what belongs there. Any other participle ("-backed", "-led", "-born") says something else."""
OF_REGION = frozenset({"state", "governor", "lieutenant", "county", "statehouse"})
"""Beside a name that a state and a region share ("Georgia"), words that choose the region."""
OF_ONE_STATE = {"pope": "VAT", "pontiff": "VAT", "taoiseach": "IRL", "tánaiste": "IRL", "tanaiste": "IRL"}
"""Titles that only one state has."""
WEAK = re.compile(
    r"\b(?:spokes(?:man|woman|person)|official|president|chief|secretary|director|leader|chair|chairman|chairwoman|chairperson|commissioner"
    r"|representative|member|aide|adviser|advisor|head|boss|executive|officer|source|lawyer|expert|analyst|negotiator|delegate|candidate"
    r"|governor|agent|employee|worker|co-founder|founder|manager|deputy)$"
)
"""Titles whose sector is that of the body they serve, where the phrase names one ("police spokesman", "company president")."""
FORMER = word_set("former ex retired ousted deposed toppled one-time onetime erstwhile sacked dismissed disgraced")
OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"})
"""Sectors that somebody leaves with the office."""
VAGUE = frozenset({"CVL", "UAF"})
"""Sectors that say least: another noun's goes before ("migrant family", "separatist gunmen")."""
WEAK_SECTORS = frozenset({None, "CVL", "OPP", "PTY", "SOC", "UAF"})
"""Sectors of people that the armed group beside them outdoes ("FARC dissidents")."""
DISSENT = re.compile(r"\b(?:opposition|pro-democracy|anti-government|dissident|democracy)\b", re.IGNORECASE)


class Told(NamedTuple):
    """A code and the words that it rests on."""

    code: str | None = None
    at: Range | None = None


# ---- country -------------------------------------------------------------------------------------------------------


def country_of(phrase: Words, core: Range, *, without: Range | None = None, person: bool = False, owner: bool = False) -> Told:
    """Return the country that the words around `core` give.

    `without`: an entry that does not count. `person`: nor do those inside the core. `owner`: of prepositions only "of" and "from"
    count, for forces stand in countries that are not theirs.
    """
    ties = frozenset({"of", "from"}) if owner else OF
    entries = [e for e in phrase.entries if e[:2] != without]
    for start, end, entry in reversed(entries):
        if end <= core[0] and entry.country and not takes_sides(phrase, start, end):
            return Told(alpha3(phrase, entry), (start, end))
    for start, end, entry in entries:
        inside = start < core[1] and not person
        if start >= core[0] and entry.country and (inside or phrase.tied(core[1], start, ties)):
            return Told(alpha3(phrase, entry), (start, end))
    return _region(phrase, core, ties)


def alpha3(phrase: Words, entry: Proper) -> str | None:
    """Return the country of an entry; "Georgia state" and "Governor of Georgia" are the region's."""
    regions = gazetteer.region_countries(entry.name) if entry.type == "state" else ()
    if len(regions) == 1 and any(w.lower() in OF_REGION for w in phrase.words):
        return regions[0]
    return entry.country


def takes_sides(phrase: Words, start: int, end: int) -> bool:
    """Tell whether "US-backed", "Iran-aligned", "pro-Russian" stands there: whose side somebody is on, not where he belongs."""
    words = phrase.words
    if end + 1 < len(words) and words[end] in DASHES and words[end + 1].lower() not in BASED:
        return words[end + 1].islower()
    return start > 1 and words[start - 1] in DASHES and words[start - 2].lower() in {"pro", "anti", "non"}


def _region(phrase: Words, core: Range, ties: Collection[str]) -> Told:
    """Return the country of a region or well-known city before the core or tied to it."""
    for start, end in (*_before(phrase, core[0]), *_after(phrase, core[1], ties)):
        place = gazetteer.place(phrase.slice(start, end), least=TOWN)
        if place is not None:
            return Told(place.country, (start, end))
    office = next(((start, end) for start, end, title in phrase.titles() if title.title in OF_ONE_STATE), None)
    if office is not None:
        return Told(OF_ONE_STATE[phrase.slice(*office).lower()], office)
    many = next((i for i in range(core[1]) if phrase.words[i].lower() == "multinational"), None)
    return Told() if many is None else Told("MNC", (many, many + 1))


def _before(phrase: Words, end: int) -> list[Range]:
    """Return the runs of words before `end` that start and end with a capital, longest first from each word."""
    capitals = [i for i in range(end) if phrase.words[i][:1].isupper()]
    return [(i, j + 1) for i in capitals for j in reversed(capitals) if j >= i and not takes_sides(phrase, i, j + 1)]


def _after(phrase: Words, start: int, ties: Collection[str]) -> list[Range]:
    """Return the capitalised words behind each tie, longest first; "Birmingham, Alabama" runs over its comma."""
    words = phrase.words
    out: list[Range] = []
    for i in range(start, len(words) - 1):
        if words[i].lower() in ties and words[i + 1][:1].isupper():
            end = i + 2
            while end < len(words) and (
                words[end][:1].isupper() or (words[end] == "," and words[min(end + 1, len(words) - 1)][:1].isupper())
            ):
                end += 1
            out.extend((i + 1, j) for j in range(end, i + 1, -1) if words[j - 1] != ",")
    return out


# ---- sector --------------------------------------------------------------------------------------------------------


def sector_of_title(phrase: Words, title: Given | None) -> Told:
    """Return the sector of a title; a weak title takes that of the body which the phrase names."""
    if title is None:
        return Told()
    own, at = title[2].sector, (title[0], title[1])
    past = next((i for i in range(title[0]) if phrase.words[i].lower() in FORMER), None)
    if past is not None and (own is None or own in OFFICES):
        return Told("ELI", (past, title[1]))
    other = sector_before(phrase, title[0]) if own in VAGUE else None
    if other is None and (own is None or WEAK.search(title[2].title)):
        other = _sector_of_body(phrase, title)
    return other or (Told(own, at) if own else Told())


def _sector_of_body(phrase: Words, title: Given) -> Told | None:
    """Return the sector of the body beside a title: before it ("police spokesman") or after "of", "for", "at"."""
    for start, end, entry in phrase.entries:
        if entry.sector and (end <= title[0] or phrase.tied(title[1], start)):
            return Told(entry.sector, (start, end))
    for at in (*range(title[0] - 1, -1, -1), *range(title[1], len(phrase.words))):
        found = phrase.group_at(at)
        if found is None or not found[1].sector or found[1].kind not in BODIES:
            continue
        if at < title[0] or (found[0] >= title[1] and phrase.tied(title[1], found[0])):
            return Told(found[1].sector, (found[0], at + 1))
    return None


def sector_of_holder(phrase: Words) -> Told:
    """Return the sector of the person whose office or team a body is ("the prime minister's office")."""
    titles = [t for t in phrase.titles() if t[1] <= phrase.head or phrase.tied(phrase.head + 1, t[0], {"of"})]
    return sector_of_title(phrase, titles[-1]) if titles else Told()


def sector_before(phrase: Words, start: int) -> Told | None:
    """Return the sector that a noun before word `start` gives, where it is not a vague one."""
    for at in range(start - 1, -1, -1):
        before = phrase.group_at(at)
        if before is not None and before[1].sector and before[1].sector not in VAGUE:
            return Told(before[1].sector, (before[0], at + 1))
    return None


def sector_of_people(phrase: Words, start: int, noun: GroupNoun) -> Told:
    """Return the sector of people: the noun's, unless it is vague and a word before it says more."""
    if noun.sector in WEAK_SECTORS:
        groups = [e for e in phrase.entries if e[1] <= start and e[2].kind == "armed_group" and not takes_sides(phrase, e[0], e[1])]
        if groups:
            return Told(groups[-1][2].sector, groups[-1][:2])
    if noun.sector in VAGUE or noun.sector is None:
        before = sector_before(phrase, start)
        if before is not None:
            return before
    dissent = DISSENT.search(phrase.text[: phrase.offsets[start]]) if noun.sector in {"SOC", "CVL"} else None
    if dissent is not None:
        return Told("OPP", (0, phrase.head + 1))
    return Told(noun.sector, (start, phrase.head + 1)) if noun.sector else Told()
