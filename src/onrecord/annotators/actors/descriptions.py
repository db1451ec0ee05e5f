"""A noun phrase to what its words say of an actor: kind, name, country, sector, role, and the words that each rests on.

    US President Joe Biden            person, name "Joe Biden", USA, GOV, role "US President"
    a senior Iraqi military official  unnamed, IRQ, MIL, role "senior Iraqi military official"
    Islamic State militants           armed_group, REB
    US forces                         state, USA, MIL

Tables and title words decide; the label of the statistical name finder is asked only for a name that they do not know. Works on
words and their offsets alone, so that a phrase can be described without a parse (`code_actor`).

Known limits: a body that no table and no head noun names ("Aslef") is typed by its label or by being written in capitals; a
country that only the page knows ("the interior minister") is not given here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.gazetteer import GroupNoun, Proper, Title

Range = tuple[int, int]
"""Words of a phrase: first, after the last."""

SOMEBODY = frozenset({"someone", "somebody"})
TOWN = 100_000
"""A town that gives an actor its country without another word must have so many inhabitants ("Roman", "Bank", "Fleet" are towns)."""
PARTICLES = frozenset("al bin ibn bint ben ould abu de del della der den van von da dos das di du el la le ter y e ul af zu".split())
JOINERS = frozenset("- – ' ’ \" “ ” . ‘".split())
OF = frozenset({"of", "for", "from", "in", "at", "within", "inside", "with"})
BASED = frozenset({"based", "held", "controlled", "run", "administered", "owned"})
"""After a name and a hyphen: what belongs there. Any other participle ("-backed", "-led", "-born") says something else."""
CAPITALISED = frozenset(
    {"house", "diet", "chamber", "mission", "exchange", "plant", "platform", "store", "paper", "channel", "cell", "chain"}
)
"""Nouns for bodies that mean one only where they are part of a name."""
HARDWARE = re.compile(
    r"\b(?:tank|jet|plane|warplane|aircraft|helicopter|gunship|carrier|submarine|destroyer|frigate|gunboat|warship|armou?r|artillery)$"
)
"""Weapons: they stand for a state's forces only where the state is named."""
WEAK = re.compile(
    r"\b(?:spokes(?:man|woman|person)|official|president|chief|secretary|director|leader|chair|chairman|chairwoman|chairperson|commissioner"
    r"|representative|member|aide|adviser|advisor|head|boss|executive|officer|source|lawyer|expert|analyst|negotiator|delegate|candidate"
    r"|governor|agent|employee|worker|co-founder|founder|manager|deputy)$"
)
"""Titles whose sector is that of the body they serve, where the phrase names one ("police spokesman", "company president")."""
BODIES = frozenset({"organisation", "media", "armed_group", "state"})
PLURAL_KINDS = frozenset({"population", "unnamed", "armed_group"})


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


class Words(NamedTuple):
    """A phrase cut into words; `offsets` are those of the words in `text`; `head` is the index of the head word."""

    text: str
    words: tuple[str, ...]
    offsets: tuple[int, ...]
    head: int

    def slice(self, start: int, end: int) -> str:
        """Return the characters of words `start` to `end` (exclusive)."""
        return self.text[self.offsets[start] : self.offsets[end - 1] + len(self.words[end - 1])]


@lru_cache(maxsize=4096)
def describe(phrase: Words, label: str = "", named: Range | None = None, *, proper: bool = False) -> Description:
    """Return what the phrase says of an actor.

    `label` and `named`: the name finder's label and extent of the name at the head; `proper`: the parse takes the head for a name.
    """
    words, head = phrase.words, phrase.head
    entries = list(gazetteer.propers(words, phrase.text, phrase.offsets))
    titles = list(gazetteer.titles(words, phrase.text, phrase.offsets))
    own = next((e for e in entries if e[0] <= head < e[1]), None)
    name = _person_name(phrase, titles, entries, own, label, named)
    if name is not None:
        return _person(phrase, name, label, titles, entries)
    if own is not None:
        return _known(phrase, own, entries)
    group = gazetteer.group_at(head, words, phrase.text, phrase.offsets)
    if group is not None and group[1].noun in CAPITALISED and words[head].islower():
        group = None
    title = next((t for t in titles if t[0] <= head < t[1]), None)
    capital = words[head][:1].isupper() and (head > 0 or proper) or words[head].isupper()
    if label == "ORG" and named is not None and own is None and _sentence_name(phrase, named):
        return _unknown(phrase, label, named, entries)
    if group is not None and group[1].kind in BODIES and not _is_person_of_group(phrase, group):
        return _body(phrase, group, entries)
    if title is not None:
        return _office(phrase, title, titles, entries)
    if group is not None:
        return _people(phrase, group, entries)
    if words[head].lower() in SOMEBODY:
        return Description("unnamed", noun=words[head].lower())
    if capital or label:
        return _unknown(phrase, label, named, entries, proper=proper)
    return Description()


def _is_person_of_group(phrase: Words, group: tuple[int, GroupNoun]) -> bool:
    """Tell whether a noun that counts as an armed group is one person ("a gunman")."""
    if group[1].kind != "armed_group":
        return False
    singular = not is_plural(phrase, group[0])
    return group[1].noun in CULPRITS or singular and gazetteer.title(group[1].noun) is not None


# ---- persons -------------------------------------------------------------------------------------------------------


def is_name_word(word: str) -> bool:
    """Tell whether a word can stand within a person's name."""
    return word[:1].isupper() or word.lower() in PARTICLES or word in JOINERS


def _person_name(
    phrase: Words,
    titles: Sequence[tuple[int, int, Title]],
    entries: Sequence[tuple[int, int, Proper]],
    own: tuple[int, int, Proper] | None,
    label: str,
    named: Range | None,
) -> Range | None:
    """Return the words of a person's name that ends with the head, or None."""
    words, head = phrase.words, phrase.head
    if not words[head][:1].isupper():
        return None
    for start, end, found in reversed(titles):
        if end > head:
            if start <= head and not _surname(phrase, start, named, label):
                return None
            continue
        name = _after_title(phrase, end, entries, named)
        if name is None or own is not None and own[0] >= name and own[2].type != "people" and not _given(words[name]) and not named:
            return None
        if _is_body(phrase, name) and label != "PERSON":
            return None
        if found.note == "form of address" or all(is_name_word(w) for w in words[name : head + 1]):
            return name, head + 1
    start = _given_name(phrase)
    if start is not None and (own is None or own[0] > start) and not _is_body(phrase, start):
        return start, head + 1
    place = own is not None and own[2].type in {"metonym", "region", "state"} and named is not None and named[0] < own[0]
    if label == "PERSON" and named is not None and (own is None or place) and not _is_body(phrase, named[0]):
        return _strip_titles(phrase, named[0], titles), head + 1
    return None


def _surname(phrase: Words, start: int, named: Range | None, label: str) -> bool:
    """Tell whether a title word at the head is a surname after all ("Stephen King", "Dean Major")."""
    return label == "PERSON" and named is not None and named[0] < start and _given(phrase.words[named[0]])


def _after_title(phrase: Words, end: int, entries: Sequence[tuple[int, int, Proper]], named: Range | None) -> int | None:
    """Return where the name after a title starts; "of India", "from Minnesota", "for Iran" may stand between."""
    words, head = phrase.words, phrase.head
    if words[end].lower() in OF or words[end].lower() in {"to", "on"}:
        after = end + 1 + (words[end + 1].lower() == "the") if end + 1 <= head else end
        place = next((e for s, e, _ in entries if s == after and e <= head), None)
        if place is None and named is not None and named[0] > end and named[1] > head:
            return named[0]
        if place is None:
            place = next((n for n in range(min(after + 3, head), after, -1) if gazetteer.place(phrase.slice(after, n))), None)
        return place
    return end if is_name_word(words[end]) and words[end][:1] not in {"'", "’"} else None


def _given(word: str) -> bool:
    return gazetteer.sex(word) is not None


def _given_name(phrase: Words) -> int | None:
    """Return where a name that starts with a known given name and ends with the head starts."""
    words, head = phrase.words, phrase.head
    first = head
    while first > 0 and is_name_word(words[first - 1]) and words[first - 1] not in {"'", "’", "."}:
        first -= 1
    return next((i for i in range(first, head) if words[i][:1].isupper() and _given(words[i])), None)


def _strip_titles(phrase: Words, start: int, titles: Sequence[tuple[int, int, Title]]) -> int:
    """Return where a name starts when the name finder took a title into it."""
    return max([start, *(end for first, end, _ in titles if first >= start and end <= phrase.head)])


def _is_body(phrase: Words, start: int) -> bool:
    """Tell whether capitalised words that could be a name end with a noun for a body ("Justice Department")."""
    if _given(phrase.words[start]) and phrase.head > start:
        return False
    group = gazetteer.group_at(phrase.head, phrase.words, phrase.text, phrase.offsets)
    return group is not None and group[1].kind in BODIES


def _person(
    phrase: Words, name: Range, label: str, titles: Sequence[tuple[int, int, Title]], entries: Sequence[tuple[int, int, Proper]]
) -> Description:
    before = [t for t in titles if t[1] <= name[0]]
    title = next((t for t in reversed(before) if t[2].note != "form of address"), None)
    country, country_at = _country(phrase, entries, name, person=True)
    sector, sector_at = _sector(phrase, title, entries, name)
    role = _role(phrase, name[0]) if title else None
    noun = _noun(phrase, title) if title else None
    strong = bool(before) or _given(phrase.words[name[0]])
    found = title[2] if title else None
    return Description("person", name, None, country, country_at, sector, sector_at, role, found, noun, strong=strong)


DETERMINERS = frozenset("the a an this that these those his her its their our my your some any no each every another".split())


def _role(phrase: Words, end: int) -> Range | None:
    """Return the words before a name, without the determiner, as the role."""
    start = 0
    while start < end and phrase.words[start].lower() in DETERMINERS:
        start += 1
    while end > start and phrase.words[end - 1] in {",", "-"}:
        end -= 1
    return (start, end) if end > start else None


def _noun(phrase: Words, title: tuple[int, int, Title]) -> str:
    return gazetteer.singular(phrase.slice(title[0], title[1]).lower())


def _office(
    phrase: Words, title: tuple[int, int, Title], titles: Sequence[tuple[int, int, Title]], entries: Sequence[tuple[int, int, Proper]]
) -> Description:
    """Describe a person by office alone: "the Iraqi prime minister", "a company spokesman", "senators"."""
    noun = _noun(phrase, title)
    plural = is_plural(phrase, title[0])
    group = gazetteer.group(phrase.slice(title[0], phrase.head + 1)) or gazetteer.group(phrase.words[phrase.head])
    unique = title[2].note in UNIQUE and phrase.words[0].lower() not in INDEFINITE
    kind = "unnamed"
    if unique and not plural:
        kind = "person"
    elif plural and group is not None and group.kind in PLURAL_KINDS:
        kind = _people_kind(phrase, group, plural=True)
    country, country_at = _country(phrase, entries, (phrase.head, phrase.head + 1))
    sector, sector_at = _sector(phrase, title, entries, (phrase.head + 1, phrase.head + 1))
    role = _role(phrase, phrase.head + 1)
    return Description(cast("ActorKind", kind), None, None, country, country_at, sector, sector_at, role, title[2], noun, plural)


UNIQUE = frozenset({"head of state", "head of government", "minister", "office", "law officer", "local", "central bank", "religion"})
"""Classes of titles that one person holds at a time: with "the" they stand for somebody whose name is known."""
INDEFINITE = frozenset("a an another one some any several many two three four five six seven eight nine ten no".split())


def is_plural(phrase: Words, start: int) -> bool:
    """Tell whether the noun that starts at `start` and holds the head stands in the plural."""
    words = phrase.slice(start, phrase.head + 1).lower()
    return gazetteer.singular(words) != words or words in {"police", "people"}


def _people(phrase: Words, group: tuple[int, GroupNoun], entries: Sequence[tuple[int, int, Proper]]) -> Description:
    """Describe people by a common noun: "protesters", "two soldiers", "a witness"."""
    start, found = group
    plural = is_plural(phrase, start)
    kind = _people_kind(phrase, found, plural=plural)
    country, country_at = _country(phrase, entries, (phrase.head, phrase.head + 1))
    sector, at = _people_sector(phrase, start, found)
    role = _role(phrase, phrase.head + 1) if kind == "unnamed" else None
    return Description(cast("ActorKind", kind), None, None, country, country_at, sector, at, role, None, found.noun, plural)


def _sector_before(phrase: Words, start: int) -> tuple[str, Range] | None:
    """Return the sector that a noun before word `start` gives, where it is not a vague one."""
    for at in range(start - 1, -1, -1):
        before = gazetteer.group_at(at, phrase.words, phrase.text, phrase.offsets)
        if before is not None and before[1].sector and before[1].sector not in VAGUE_SECTORS:
            return before[1].sector, (before[0], at + 1)
    return None


VAGUE_SECTORS = frozenset({"CVL", "UAF"})
DISSENT = frozenset({"opposition", "pro-democracy", "anti-government", "dissident", "democracy"})


def _people_sector(phrase: Words, start: int, found: GroupNoun) -> tuple[str | None, Range | None]:
    """Return the sector of people: the noun's, unless it is vague and a noun before it says more ("migrant family")."""
    if found.sector in VAGUE_SECTORS or found.sector is None:
        before = _sector_before(phrase, start)
        if before is not None:
            return before
    if found.sector in {"SOC", "CVL"}:
        lower = phrase.text[: phrase.offsets[start]].lower()
        if any(word in lower for word in DISSENT):
            return "OPP", (0, phrase.head + 1)
    return found.sector, (start, phrase.head + 1) if found.sector else None


def _people_kind(phrase: Words, found: GroupNoun, *, plural: bool) -> str:
    """Return the kind of people: office-holders and experts without a name are `unnamed`, members of a party are the party."""
    if found.sector == "PTY" and plural and phrase.words[phrase.head][:1].isupper() and phrase.head > 0:
        return "organisation"
    if found.noun in COLLECTIVE:
        return found.kind
    title = gazetteer.title(found.noun)
    if not plural or found.sector in {"GOV", "LEG", "JUD", "SPY"} or found.noun in CULPRITS:
        return "unnamed"
    if title is not None and title.note in {"education", "official"} and found.noun not in {"student", "teacher", "schoolteacher"}:
        return "unnamed"
    return found.kind


CULPRITS = frozenset(
    "attacker assailant gunman suspect shooter perpetrator killer murderer bomber culprit defendant driver accused".split()
)
COLLECTIVE = frozenset(
    "public population electorate crowd audience community family diaspora majority minority staff clergy crew household citizenry generation".split()
)


# ---- bodies --------------------------------------------------------------------------------------------------------


def _known(phrase: Words, own: tuple[int, int, Proper], entries: Sequence[tuple[int, int, Proper]]) -> Description:
    start, end, entry = own
    country, country_at = entry.country, (start, end) if entry.country else None
    plural = entry.type == "people"
    if entry.type == "region":
        country = _alpha3(phrase, end, entry)
    if entry.type == "people" and phrase.words[0].lower() in {"a", "an", "one", "another"}:
        return Description("unnamed", None, entry, country, country_at, None, None, None, None, "national", plural=False)
    sector_at = (start, end) if entry.sector else None
    kind = cast("ActorKind", entry.kind or "organisation")
    others = [e for e in entries if e[:2] != (start, end)]
    if country is None or entry.type == "body":
        said, said_at = _country(phrase, others, (start, end)) if others or country is None else (None, None)
        if said is not None and said != country and (country is None or len(others) and len(country) == 3):
            country, country_at = said, said_at
    noun = phrase.words[phrase.head].lower() if entry.type == "body" else None
    return Description(kind, (start, end), entry, country, country_at, entry.sector, sector_at, None, None, noun, plural)


def _body(phrase: Words, group: tuple[int, GroupNoun], entries: Sequence[tuple[int, int, Proper]]) -> Description:
    start, found = group
    words, head = phrase.words, phrase.head
    kind = found.kind
    country, country_at = _country(phrase, entries, (start, head + 1), owner=kind == "state")
    if country is None and HARDWARE.search(found.noun):
        return Description(noun=found.noun)
    name = _body_name(phrase, start, entries)
    member = next((e for e in entries if e[1] <= head and e[2].kind == "armed_group"), None)
    if kind == "state" and (name is not None and not country or sub_national(phrase, entries)):
        kind = "organisation"
    at = (start, head + 1)
    sector = found.sector
    if sector in VAGUE_SECTORS:
        sector, at = _sector_before(phrase, start) or (sector, at)
    if member is not None and found.kind in {"armed_group", "state", "organisation"}:
        return Description(
            "armed_group", member[:2], member[2], member[2].country, member[:2], member[2].sector, member[:2], None, None, found.noun
        )
    plural = gazetteer.singular(words[head].lower()) != words[head].lower() and kind != "state"
    return Description(
        cast("ActorKind", kind), name, None, country, country_at, sector, at if sector else None, None, None, found.noun, plural
    )


def _body_name(phrase: Words, start: int, entries: Sequence[tuple[int, int, Proper]]) -> Range | None:
    """Return the capitalised words that make a body's name with its head noun ("Federal Aviation Office of Germany")."""
    words, head = phrase.words, phrase.head
    if not words[head][:1].isupper():
        return None
    first = head
    while first > 0 and (words[first - 1][:1].isupper() or words[first - 1] in {"'s", "’s", "-", "–", "and", "of", "for", "'", "&"}):
        first -= 1
    while first < head and (words[first].lower() in DETERMINERS or not words[first][:1].isupper()):
        first += 1
    last = head + 1
    while last < len(words) and (
        words[last][:1].isupper() or words[last] in {"of", "for", "and", "the", "'s", "’s", "-", "&", "on", "to", "in"}
    ):
        last += 1
    while last > head + 1 and not words[last - 1][:1].isupper():
        last -= 1
    if first == head and last == head + 1 and start == head and head == 0:
        return None
    return (first, last)


NAME_LINKS = frozenset({"of", "for", "and", "the", "'s", "’s", "-", "–", "&", "on"})
"""Words that a body's name runs over."""
SUB_NATIONAL = frozenset(
    "city state provincial regional municipal local county district town village territorial federal-state metropolitan borough".split()
)


def sub_national(phrase: Words, entries: Sequence[tuple[int, int, Proper]]) -> bool:
    """Tell whether a phrase speaks of a part of a state: a government of a city, province or region is an organisation."""
    words = phrase.words[: phrase.head]
    if any(w.lower() in SUB_NATIONAL for w in words) and phrase.words[phrase.head].lower() not in {"country", "nation", "forces", "troops"}:
        return True
    first = next((i for i, w in enumerate(words) if w[:1].isupper()), None)
    if first is None or any(s <= first < e for s, e, _ in entries):
        return False
    return bool(gazetteer.region_countries(phrase.slice(first, phrase.head)))


LABELS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation"}


def _sentence_name(phrase: Words, named: Range) -> bool:
    """Tell whether the name finder's name runs over a preposition to another capital ("Reporters Without Borders")."""
    words = phrase.words
    after = phrase.head + 1
    return (
        words[phrase.head][:1].isupper()
        and named[0] <= phrase.head
        and after + 1 < named[1]
        and words[after].lower() in {"for", "without", "against", "on", "to", "in"}
        and words[after + 1][:1].isupper()
    )


def _unknown(
    phrase: Words, label: str, named: Range | None, entries: Sequence[tuple[int, int, Proper]], *, proper: bool = False
) -> Description:
    """Describe a name that neither tables nor title words know."""
    words, head = phrase.words, phrase.head
    start = named[0] if named else head
    while start > 0 and not named and words[start - 1][:1].isupper():
        start -= 1
    kind = LABELS.get(label)
    if kind is None and label in {"NORP", ""} and re.search(r"[a-z](?:ans|ites|ers|is)$", words[head]) and head - start < 2 and proper:
        country, country_at = _country(phrase, entries, (start, head + 1))
        return Description("population", None, None, country, country_at, noun=words[head].lower(), plural=True, strong=False)
    if kind is None and words[head].isupper() and 2 <= len(words[head]) <= 6 and words[head].isalpha():
        kind = "organisation"
    if kind is None:
        return Description(name=(start, head + 1), strong=False)
    country, country_at = _country(phrase, entries, (start, head + 1))
    return Description(kind, (start, named[1] if named else head + 1), None, country, country_at, strong=False)


# ---- country and sector --------------------------------------------------------------------------------------------


def _country(
    phrase: Words, entries: Sequence[tuple[int, int, Proper]], core: Range, *, person: bool = False, owner: bool = False
) -> tuple[str | None, Range | None]:
    """Return the country that the words around `core` give: nearest before it, else after "of", "in", "from", "at".

    `owner`: only "of" and "from" count, for forces stand in countries that are not theirs.
    """
    words = phrase.words
    ties = {"of", "from"} if owner else OF
    for start, end, entry in reversed(entries):
        if end <= core[0] and entry.country and not _sided(words, start, end):
            return _alpha3(phrase, end, entry), (start, end)
    for start, end, entry in entries:
        if start >= core[0] and entry.country and ((start < core[1] and not person) or _governed(words, core[1], start, ties)):
            return _alpha3(phrase, end, entry), (start, end)
    return _region(phrase, core, ties)


def _alpha3(phrase: Words, end: int, entry: Proper) -> str | None:
    """Return the country of an entry; "Georgia state" and "Governor of Georgia" are the region's."""
    regions = gazetteer.region_countries(entry.name) if entry.type == "state" else ()
    if len(regions) == 1 and any(w.lower() in OF_REGION for w in phrase.words):
        return regions[0]
    return entry.country


OF_REGION = frozenset({"state", "governor", "lieutenant", "county", "statehouse"})


def _sided(words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether "US-backed", "Iran-aligned", "pro-Russian" stands there: whose side somebody is on, not where he belongs."""
    if end + 1 < len(words) and words[end] in {"-", "–"} and words[end + 1].lower() not in BASED:
        return words[end + 1].islower()
    return start > 1 and words[start - 1] in {"-", "–"} and words[start - 2].lower() in {"pro", "anti", "non", "ex"}


def _governed(words: Sequence[str], start: int, at: int, ties: Collection[str] = OF) -> bool:
    """Tell whether the nearest preposition before `at` ties what follows to the head."""
    for i in range(at - 1, start - 1, -1):
        word = words[i].lower()
        if word in ties:
            return True
        if word in OF or word in {"to", "on", "against", "over", "about", "by", "near", "towards", "into"}:
            return False
    return False


def _region(phrase: Words, core: Range, ties: Collection[str]) -> tuple[str | None, Range | None]:
    """Return the country of a region or clear city named before the core or after "of", "in", "from"."""
    words = phrase.words
    spans = [
        (i, j)
        for i in range(core[0])
        for j in range(core[0], i, -1)
        if words[i][:1].isupper() and words[j - 1][:1].isupper() and not _sided(words, i, j)
    ]
    for i in range(core[1], len(words) - 1):
        if words[i].lower() in ties and words[i + 1][:1].isupper():
            end = i + 1
            while end < len(words) and (
                words[end][:1].isupper() or (words[end] == "," and end + 1 < len(words) and words[end + 1][:1].isupper())
            ):
                end += 1
            spans.extend((i + 1, j) for j in range(end, i + 1, -1) if words[j - 1] != ",")
    for start, end in spans:
        place = gazetteer.place(phrase.slice(start, end), least=TOWN)
        if place is not None:
            return place.country, (start, end)
    if any(w.lower() == "multinational" for w in words[: core[1]]):
        return "MNC", None
    return None, None


FORMER = frozenset("former ex retired ousted deposed toppled one-time onetime erstwhile sacked dismissed disgraced late then".split()) - {
    "then",
    "late",
}
OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"})


def _sector(
    phrase: Words, title: tuple[int, int, Title] | None, entries: Sequence[tuple[int, int, Proper]], core: Range
) -> tuple[str | None, Range | None]:
    """Return the sector of a title; a weak title takes that of the body which the phrase names."""
    if title is None:
        return None, None
    own, at = title[2].sector, (title[0], title[1])
    past = next((i for i, w in enumerate(phrase.words[: title[0]]) if w.lower() in FORMER), None)
    if past is not None and (own is None or own in OFFICES):
        return "ELI", (past, title[1])
    if own in VAGUE_SECTORS:
        before = _sector_before(phrase, title[0])
        if before is not None:
            return before
    if own is None or WEAK.search(title[2].title):
        body = _body_sector(phrase, title, entries)
        if body is not None:
            return body
    return own, at if own else None


def _body_sector(phrase: Words, title: tuple[int, int, Title], entries: Sequence[tuple[int, int, Proper]]) -> tuple[str, Range] | None:
    """Return the sector of the body beside a title: before it ("police spokesman") or after "of", "for", "at"."""
    words = phrase.words
    for start, end, entry in entries:
        if entry.sector and (end <= title[0] or _governed(words, title[1], start)):
            return entry.sector, (start, end)
    for at in range(title[0] - 1, -1, -1):
        found = gazetteer.group_at(at, words, phrase.text, phrase.offsets)
        if found is not None and found[1].sector and found[1].kind in BODIES:
            return found[1].sector, (found[0], at + 1)
    for at in range(title[1], len(words)):
        found = gazetteer.group_at(at, words, phrase.text, phrase.offsets)
        if (
            found is not None
            and found[1].sector
            and found[1].kind in BODIES
            and found[0] >= title[1]
            and _governed(words, title[1], found[0])
        ):
            return found[1].sector, (found[0], at + 1)
    return None


# ---- without a parse -----------------------------------------------------------------------------------------------

TOKENS = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Lt|Gen|Col|Sgt|Capt|Maj|Adm|Gov|Sen|Rep|St|Prof|Rev|Hon|Jr|Sr)\.|['’]s\b|[^\W_]+(?:\.[^\W_]+)*|\S"
)
BREAKS = frozenset({",", "(", ";", ":", "who", "whom", "that", "which", "whose"})
PREPOSITIONS = frozenset(
    "of for from in at with within inside to on against over about by near towards into under during after before as".split()
)


def cut(phrase: str) -> Words:
    """Return a phrase as words with a guess at its head: the last word before the first preposition, comma or clause."""
    found = list(TOKENS.finditer(phrase))
    words = tuple(m[0] for m in found)
    offsets = tuple(m.start() for m in found)
    end = len(words)
    for i, word in enumerate(words):
        if i and (word in BREAKS or (word.lower() in PREPOSITIONS and not _inside_title(phrase, words, offsets, i))):
            end = i
            break
    while end > 1 and words[end - 1] in {"'s", "’s", "'", "’", ".", '"'}:
        end -= 1
    return Words(phrase, words, offsets, max(end - 1, 0))


def _inside_title(text: str, words: Sequence[str], offsets: Sequence[int], at: int) -> bool:
    """Tell whether the preposition at `at` belongs to a title or name that goes on to a person's name ("Secretary of State Mike")."""
    for start, end, _ in (*gazetteer.titles(words, text, offsets), *gazetteer.propers(words, text, offsets)):
        if start < at < end:
            return end < len(words) and words[end][:1].isupper()
    after = at + 1 + (words[at + 1].lower() == "the" if at + 1 < len(words) else 0)
    place = next((e for s, e, _ in gazetteer.propers(words, text, offsets) if s == after), None)
    return place is not None and place < len(words) and words[place][:1].isupper()


def code_actor(phrase: str) -> tuple[str | None, str | None]:
    """Return (country, sector) of an actor phrase: ISO 3166 alpha-3 (or PLOVER's IGO, UNO, …) and PLOVER's sector; None: not said."""
    if not phrase.strip():
        return None, None
    words = cut(phrase.strip())
    if not words.words:
        return None, None
    found = describe(words)
    return found.country, found.sector
