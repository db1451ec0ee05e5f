"""A noun phrase to what its words say of an actor: kind, name, country, sector, role, and the words that each rests on.

    US President Joe Biden            person, name "Joe Biden", USA, GOV, role "US President"
    a senior Iraqi military official  unnamed, IRQ, MIL, role "senior Iraqi military official"
    Islamic State militants           armed_group, UAF
    US forces                         state, USA, MIL

Tables and title words decide; the label of the statistical name finder is asked only for a name that they do not know. Works on
words alone, so that a phrase can be described without a parse.

Known limits: a body that no table and no head noun names ("Aslef") is typed by its label or by being written in capitals; a
country that only the page knows ("the interior minister") is not given here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.annotators.actors.origins import (
    VAGUE,
    Told,
    alpha3,
    country_of,
    sector_before,
    sector_of_holder,
    sector_of_people,
    sector_of_title,
    takes_sides,
)
from onrecord.annotators.actors.unknowns import called, is_thing, paper, runs_over_preposition, unknown
from onrecord.annotators.actors.words import (
    BODIES,
    DETERMINERS,
    INDEFINITE,
    NO_HINT,
    OF,
    Description,
    Entry,
    Given,
    Hint,
    Range,
    Words,
    is_name_word,
    word_set,
)
from onrecord.gazetteer import GroupNoun

SOMEBODY = frozenset({"someone", "somebody"})
UNIQUE = frozenset({"head of state", "head of government", "minister", "office", "law officer", "local", "central bank", "religion"})
"""Classes of titles that one person holds at a time: with "the" they stand for somebody whose name is known."""
CAPITALISED = word_set("house diet chamber mission exchange plant platform store paper channel cell chain")
"""Nouns for bodies that mean one only where they are part of a name."""
HARDWARE = re.compile(
    r"\b(?:tank|jet|plane|warplane|aircraft|helicopter|gunship|carrier|submarine|destroyer|frigate|gunboat|warship|armou?r|artillery|intelligence)$"
)
"""Weapons and the like: they stand for a state's forces or service only where the state is named."""
CULPRITS = word_set("attacker assailant gunman suspect shooter perpetrator killer murderer bomber culprit defendant driver accused")
COLLECTIVE = word_set(
    "public population electorate crowd audience community family diaspora majority minority staff clergy crew household citizenry"
    " generation"
)
"""Nouns that stand in the singular for many."""
LEARNERS = frozenset({"student", "teacher", "schoolteacher"})
NAME_LINKS = frozenset({"of", "for", "and", "the", "'s", "’s", "-", "–", "&", "on"})
"""Words that a body's name runs over behind its head."""
NAME_LINKS_BEFORE = frozenset({"of", "for", "and", "'s", "’s", "-", "–", "&", "'"})
COUNTRIES = frozenset({"country", "nation", "state"})
"""Nouns for states of which there are many ("sixteen states"); forces and authorities are one in the plural too."""
SUB_NATIONAL = word_set(
    "city state provincial regional municipal local county district town village territorial federal-state metropolitan borough"
)

PARTS_OF_STATE = frozenset({"state", "province", "region", "territory", "county", "prefecture"})


def describe(phrase: Words, hint: Hint = NO_HINT) -> Description:
    """Return what the phrase says of an actor."""
    words, head = phrase.words, phrase.head
    titles = phrase.titles()
    own = next((e for e in phrase.entries if e[0] <= head < e[1]), None)
    body = (called(phrase) or paper(phrase, hint)) if own is None else None
    if body is not None:
        return body
    name = _person_name(phrase, titles, own, hint)
    if name is not None:
        return _person(phrase, name, titles)
    if own is not None:
        return _known(phrase, own)
    if hint.label == "ORG" and runs_over_preposition(phrase, hint.named):
        return unknown(phrase, hint)
    group = phrase.group_at(head)
    if group is not None and group[1].noun in CAPITALISED and words[head].islower():
        group = None
    if group is not None and group[1].kind in BODIES and not _is_one_of_group(phrase, group):
        return _body(phrase, group)
    title = next((t for t in titles if t[0] <= head < t[1]), None)
    if words[head] == "justice" and len(words) == 1:
        return Description()
    if title is not None:
        return _office(phrase, title)
    if group is not None:
        return _people(phrase, group)
    if words[head].lower() in SOMEBODY or (words[head] == "old" and head > 2 and words[head - 2] == "year"):
        return Description("unnamed", noun=words[head].lower())
    if hint.label or words[head].isupper() or (words[head][:1].isupper() and (head > 0 or hint.proper or hint.first)):
        return unknown(phrase, hint)
    return Description()


def _is_one_of_group(phrase: Words, group: tuple[int, GroupNoun]) -> bool:
    """Tell whether a noun that counts as an armed group is a person ("a gunman", "attackers")."""
    if group[1].kind != "armed_group":
        return False
    return group[1].noun in CULPRITS or (not phrase.plural(group[0]) and gazetteer.title(group[1].noun) is not None)


# ---- persons -------------------------------------------------------------------------------------------------------


def _person_name(phrase: Words, titles: Sequence[Given], own: Entry | None, hint: Hint) -> Range | None:
    """Return the words of a person's name that ends with the head, or None."""
    words, head = phrase.words, phrase.head
    if not words[head][:1].isupper():
        return None
    for start, end, found in reversed(titles):
        if own is not None and own[0] <= start < own[1]:
            return None  # "Doctors Without Borders"
        if end > head:
            if start <= head and not _is_surname(phrase, start, hint):
                return None
            continue
        name = _after_title(phrase, end, hint.named)
        if name is None or (own is not None and _is_own(phrase, name, own, hint)):
            return None
        if _is_body(phrase, name) and hint.label != "PERSON":
            return None
        if found.note == "form of address" or all(is_name_word(w) for w in words[name : head + 1]):
            return name, head + 1
    given = _given_name(phrase, hint)
    if given is not None and (own is None or own[0] > given) and not _is_body(phrase, given):
        return given, head + 1
    return _labelled(phrase, titles, own, hint)


def _labelled(phrase: Words, titles: Sequence[Given], own: Entry | None, hint: Hint) -> Range | None:
    """Return the name that only the name finder takes for a person's, without the titles that it took in."""
    if hint.label != "PERSON" or hint.named is None or _is_body(phrase, hint.named[0]):
        return None
    if hint.named[1] - hint.named[0] == 1 and is_thing(phrase.words[phrase.head]):
        return None
    place = own is not None and own[2].type != "body" and hint.named[0] < own[0]
    if (own is not None and not place) or (hint.named[0] == phrase.head and not hint.proper):
        return None
    start = max([hint.named[0], *(end for first, end, _ in titles if first >= hint.named[0] and end <= phrase.head)])
    behind = next((end for first, end, entry in phrase.entries if first == start and entry.type in {"metonym", "region"}), start)
    return (behind if behind < phrase.head else start), phrase.head + 1  # "Bristol Amina Rowe"


def _is_own(phrase: Words, name: int, own: Entry, hint: Hint) -> bool:
    """Tell whether the words behind a title are a name of the tables ("President of the Senate"), and not a person's."""
    return own[0] >= name and own[2].type != "people" and not _is_given(phrase.words[name]) and not hint.named


def _is_surname(phrase: Words, start: int, hint: Hint) -> bool:
    """Tell whether a title word at the head is a surname after all ("Stephen King", "Dean Major")."""
    return hint.label == "PERSON" and hint.named is not None and hint.named[0] < start and _is_given(phrase.words[hint.named[0]])


def _after_title(phrase: Words, end: int, named: Range | None) -> int | None:
    """Return where the name after a title starts; "of India", "from Minnesota", "for Iran" may stand between."""
    words, head = phrase.words, phrase.head
    if words[end].lower() not in OF | {"to", "on"}:
        return end if is_name_word(words[end]) and words[end][:1] not in {"'", "’"} else None
    after = end + 2 if end + 1 <= head and words[end + 1].lower() == "the" else end + 1
    place = next((e for s, e, _ in phrase.entries if s == after and e <= head), None)
    if place is not None:
        return place
    if named is not None and named[0] > end and named[1] > head:
        return named[0]
    return next((n for n in range(min(after + 3, head), after, -1) if gazetteer.place(phrase.slice(after, n))), None)


def _is_given(word: str) -> bool:
    return gazetteer.sex(word) is not None


def _given_name(phrase: Words, hint: Hint) -> int | None:
    """Return where a name that holds a known given name and ends with the head starts; the name finder may see names before it."""
    words, head = phrase.words, phrase.head
    first = head
    while first > 0 and is_name_word(words[first - 1]) and words[first - 1] not in {"'", "’", "."}:
        first -= 1
    given = next((i for i in range(first, head) if words[i][:1].isupper() and _is_given(words[i])), None)
    if given is None or given != first + 1 or hint.label not in {"PERSON", ""} or not words[first][:1].isupper():
        return given
    return given if _is_known(words[first]) else first  # "Elijah Eugene Cummings"


def _is_known(word: str) -> bool:
    """Tell whether the tables know a word as something else than a given name."""
    return bool(gazetteer.place(word) or gazetteer.proper(word) or gazetteer.title(word) or gazetteer.group(word))


def _is_body(phrase: Words, start: int) -> bool:
    """Tell whether capitalised words that could be a name end with a noun for a body ("Justice Department")."""
    if _is_given(phrase.words[start]) and phrase.head > start:
        return False
    group = phrase.group_at(phrase.head)
    return group is not None and group[1].kind in BODIES


def _person(phrase: Words, name: Range, titles: Sequence[Given]) -> Description:
    before = [t for t in titles if t[1] <= name[0]]
    title = next((t for t in reversed(before) if t[2].note != "form of address"), None)
    country, sector = country_of(phrase, name, person=True), sector_of_title(phrase, title)
    return Description(
        "person",
        name,
        None,
        *country,
        *sector,
        _role(phrase, name[0]) if title else None,
        title[2] if title else None,
        _noun(phrase, title) if title else None,
        strong=bool(before) or _is_given(phrase.words[name[0]]),
    )


def _role(phrase: Words, end: int) -> Range | None:
    """Return the words before `end`, without the determiner, as the role."""
    start = 0
    while start < end and phrase.words[start].lower() in DETERMINERS:
        start += 1
    while end > start and phrase.words[end - 1] in {",", "-"}:
        end -= 1
    return (start, end) if end > start else None


def _noun(phrase: Words, title: Given) -> str:
    return gazetteer.singular(phrase.slice(title[0], title[1]).lower())


# ---- people without a name -----------------------------------------------------------------------------------------


def _office(phrase: Words, title: Given) -> Description:
    """Describe a person by office alone: "the Iraqi prime minister", "a company spokesman", "senators"."""
    plural = phrase.plural(title[0])
    group = gazetteer.group(phrase.slice(title[0], phrase.head + 1)) or gazetteer.group(phrase.words[phrase.head])
    kind = "unnamed"
    if not plural and title[2].note in UNIQUE and phrase.words[0].lower() not in INDEFINITE:
        kind = "person"
    elif plural and group is not None and group.kind in {"population", "armed_group"}:
        kind = _kind_of_people(phrase, group, plural=True)
    country, sector = country_of(phrase, (phrase.head, phrase.head + 1)), sector_of_title(phrase, title)
    role = None if plural else _role(phrase, phrase.head + 1)
    return Description(cast("ActorKind", kind), None, None, *country, *sector, role, title[2], _noun(phrase, title), plural)


def _people(phrase: Words, group: tuple[int, GroupNoun]) -> Description:
    """Describe people by a common noun: "protesters", "two soldiers", "a witness"."""
    start, noun = group
    plural = phrase.plural(start)
    kind = _kind_of_people(phrase, noun, plural=plural)
    country, sector = country_of(phrase, (phrase.head, phrase.head + 1)), sector_of_people(phrase, start, noun)
    role = _role(phrase, phrase.head + 1) if kind == "unnamed" and not plural else None
    return Description(cast("ActorKind", kind), None, None, *country, *sector, role, None, noun.noun, plural)


def _kind_of_people(phrase: Words, noun: GroupNoun, *, plural: bool) -> str:
    """Return the kind of people: office-holders and experts without a name are `unnamed`, a party's members are the party."""
    if noun.sector == "PTY" and plural and phrase.words[phrase.head][:1].isupper() and phrase.head > 0:
        return "organisation"
    if noun.noun in COLLECTIVE:
        return noun.kind
    if not plural or noun.sector in {"GOV", "LEG", "JUD", "SPY"} or noun.noun in CULPRITS:
        return "unnamed"
    title = gazetteer.title(noun.noun)
    expert = title is not None and title.note in {"education", "official"} and noun.noun not in LEARNERS
    return "unnamed" if expert else noun.kind


# ---- bodies --------------------------------------------------------------------------------------------------------


def _known(phrase: Words, own: Entry) -> Description:
    """Describe what the tables know."""
    start, end, entry = own
    if entry.type == "people" and phrase.words[0].lower() in {"a", "an", "one", "another"}:
        return Description("unnamed", None, entry, entry.country, (start, end) if entry.country else None, noun="national")
    country = Told(alpha3(phrase, entry) if entry.type == "region" else entry.country, (start, end) if entry.country else None)
    if country.code is None or entry.type == "body":
        said = country_of(phrase, (start, end), without=(start, end))
        if said.code is not None and (country.code is None or (len(phrase.entries) > 1 and said.code != country.code)):
            country = said
    sector = Told(entry.sector, (start, end) if entry.sector else None)
    noun = phrase.words[phrase.head].lower() if entry.type == "body" else None
    kind = cast("ActorKind", entry.kind or "organisation")
    return Description(kind, (start, end), entry, *country, *sector, None, None, noun, entry.type == "people")


def _body(phrase: Words, group: tuple[int, GroupNoun]) -> Description:
    """Describe a body by its head noun: "the Coastal Survey Office of Portugal", "Syrian state media", "US forces"."""
    start, noun = group
    words, head = phrase.words, phrase.head
    region = _region_named(phrase) if noun.noun in PARTS_OF_STATE else None
    if region is not None:
        return _known(phrase, region)
    country = country_of(phrase, (start, head + 1), owner=noun.kind == "state" and noun.sector == "MIL")
    if country.code is None and HARDWARE.search(noun.noun):
        return Description(noun=noun.noun)
    groups = (e for e in phrase.entries if e[1] <= head and e[2].kind == "armed_group")
    member = next((e for e in groups if not takes_sides(phrase, e[0], e[1])), None)
    if member is not None and noun.kind != "media":
        at = member[:2]
        return Description("armed_group", at, member[2], member[2].country, at, member[2].sector, at, None, None, noun.noun)
    name = _body_name(phrase, start)
    kind = noun.kind
    part = sub_national(phrase) or (noun.noun == "state" and country.code is not None)
    if kind == "state" and (part or (name is not None and country.code is None)):
        kind = "organisation"
    sector = sector_before(phrase, start) if noun.sector in VAGUE else None
    if sector is None:
        sector = Told(noun.sector, (start, head + 1)) if noun.sector else sector_of_holder(phrase)
    plural = (kind != "state" or noun.noun in COUNTRIES) and gazetteer.singular(words[head].lower()) != words[head].lower()
    return Description(cast("ActorKind", kind), name, None, *country, *sector, None, None, noun.noun, plural)


def _region_named(phrase: Words) -> Entry | None:
    """Return the region in "the state of Montana"."""
    words, after = phrase.words, phrase.head + 1
    of = after < len(words) and words[after] == "of"
    return next((e for e in phrase.entries if of and e[0] == after + 1 and e[2].type == "region"), None)


def _body_name(phrase: Words, start: int) -> Range | None:
    """Return the capitalised words that make a body's name with its head noun ("Coastal Survey Office of Portugal")."""
    words, head = phrase.words, phrase.head
    if not words[head][:1].isupper():
        return None
    first = head
    while first > 0 and (words[first - 1][:1].isupper() or words[first - 1] in NAME_LINKS_BEFORE):
        first -= 1
    while first < head and (words[first].lower() in DETERMINERS or not words[first][:1].isupper()):
        first += 1
    last = head + 1
    while last < len(words) and (words[last][:1].isupper() or words[last] in NAME_LINKS):
        last += 1
    while last > head + 1 and not words[last - 1][:1].isupper():
        last -= 1
    alone = first == start == head and last == head + 1  # "the Senate", "Parliament": a noun with a capital
    return None if alone else (first, last)


def sub_national(phrase: Words) -> bool:
    """Tell whether a phrase speaks of a part of a state: a government of a city, province or region is an organisation."""
    words = phrase.words[: phrase.head]
    if any(w.lower() in SUB_NATIONAL for w in words) and phrase.words[phrase.head].lower() not in {"country", "nation", "forces", "troops"}:
        return True
    if any(e[2].type == "region" and phrase.tied(phrase.head + 1, e[0]) for e in phrase.entries if e[0] > phrase.head):
        return True
    first = next((i for i, w in enumerate(words) if w[:1].isupper()), None)
    if first is None or any(s <= first < e for s, e, _ in phrase.entries):
        return False
    return bool(gazetteer.region_countries(phrase.slice(first, phrase.head)))
