"""What the tables of names know: states, peoples, titles, bodies and places, looked up by the words of a text.

Each table in `data/tables` is read once, when it is first asked for, and kept. Names are matched without regard to case, quotation
marks or the points of abbreviations, but a name must have a capital in the text ("turkey" is a bird), and an abbreviation of up to
three letters must be written as one ("IS" is a group, "is" is a verb).

`proper` finds names of states, peoples, bodies and metonyms; `title` and `group` find the lower-case nouns for people in office and
for bodies; `place` says where a place is.

Known limits: a city of one name in many countries goes to the page's countries, else to the largest; nothing is known of places
with fewer than 15,000 inhabitants that are not capitals or regions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from onrecord.errors import RuleError

EntryType = Literal["state", "people", "body", "metonym", "region"]
Precision = Literal["city", "region", "country"]

LONGEST_NOUN = 6
"""The most words of a title or group noun in the tables."""
TITLE_CASE = 4
"""From this length on an abbreviation is also found as British papers write it ("Nato", "Isis")."""
KNOWN_CITY = 200_000
"""A city of so many people is known by the first word of its name ("Acapulco" de Juárez), and above a region of its name."""
CLEAR_CITY = 3.0
"""A city that the page's countries do not settle must be so many times larger than the next of its name."""


class Country(NamedTuple):
    """A state or territory of ISO 3166, with its capital and the capital's or middle's point (latitude, longitude)."""

    alpha3: str
    alpha2: str
    name: str
    capital: str
    point: tuple[float, float] | None


class Proper(NamedTuple):
    """A name in the tables. `kind` and `sector` as for an actor; empty where the table leaves them open."""

    type: EntryType
    name: str
    kind: str
    country: str | None
    sector: str | None


class Title(NamedTuple):
    """A word for a person's office or role. `sector` None: that of the body it belongs to. `note` is its class in the table."""

    title: str
    sector: str | None
    note: str


class Officeholder(NamedTuple):
    """Somebody who holds or held offices of state, and the years between which; `last` 9999: no end was known."""

    name: str
    country: str
    first: int
    last: int


class GroupNoun(NamedTuple):
    """A common noun for a body or a number of people, its actor kind and sector (None: that of its owner)."""

    noun: str
    kind: str
    sector: str | None


class City(NamedTuple):
    """A city with its country, point and population."""

    name: str
    country: str
    point: tuple[float, float]
    population: int


class Place(NamedTuple):
    """Where a place is: country (ISO alpha-3), point (latitude, longitude; None for a region), how precisely."""

    country: str
    point: tuple[float, float] | None
    precision: Precision


# ---- reading -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table; the last comment line names its columns. RuleError (`FILE:LINE: reason`) for a short row."""
    name = f"{table}.tsv"
    item = resources.files("onrecord.data").joinpath("tables", name)
    if not item.is_file():
        message = f"{name}: this table is missing from the package"
        raise RuleError(message)
    columns: list[str] = []
    out: list[tuple[str, ...]] = []
    for number, line in enumerate(item.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            columns = line[1:].strip().split("\t")
        elif line.strip():
            cells = tuple(line.split("\t"))
            if len(cells) != len(columns):
                message = f"{name}:{number}: {len(cells)} cells, not the {len(columns)} of {', '.join(columns)}"
                raise RuleError(message)
            out.append(cells)
    return tuple(out)


MARKS = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "\u00a0": " "})


@lru_cache(maxsize=16384)
def fold(form: str) -> str:
    """Return the key under which a name is kept: abbreviations without points in capitals, all else in lower case."""
    form = form.translate(MARKS)
    if "." in form:
        form = re.sub(r"\b([A-Z])\.(?=[A-Z]\b|\s|$|')", r"\1", form)
    return form if form.isupper() else form.lower()


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Return the states and territories by their alpha-3 code."""
    return {
        alpha3: Country(alpha3, alpha2, name, capital, (float(lat), float(lon)) if lat and lon else None)
        for alpha3, alpha2, name, capital, lat, lon in rows("countries")
    }


def country_name(alpha3: str) -> str:
    """Return the English short name of a state, or the code itself where the table has none."""
    known = countries().get(alpha3)
    return known.name if known else alpha3


@lru_cache(maxsize=1)
def _proper() -> dict[str, Proper]:
    out: dict[str, Proper] = {}
    for form, alpha3 in rows("country_names"):
        out[fold(form)] = Proper("state", country_name(alpha3), "state", alpha3, None)
    for form, alpha3 in rows("demonyms"):
        out.setdefault(fold(form), Proper("people", form, "population", alpha3 or None, None))
    for form, name, kind, alpha3, sector in rows("metonyms"):
        out.setdefault(fold(form), Proper("metonym", name, kind, alpha3 or None, sector or None))
    for form, canonical, kind, country, sector in rows("organisations"):
        body = Proper("body", canonical, kind, country or None, sector or None)
        key = fold(form)
        out.setdefault(key, body)
        if key.startswith("us "):
            out.setdefault("united states " + key[3:], body)
    for capital, alpha3 in _capitals().items():
        out.setdefault(capital, Proper("metonym", country_name(alpha3), "state", alpha3, None))
    for name, _ in rows("regions"):
        found = _regions()[fold(name)]
        out.setdefault(fold(name), Proper("region", name, "organisation", found[0] if len(found) == 1 else None, None))
    return out


@lru_cache(maxsize=1)
def _officeholders() -> dict[str, Officeholder]:
    table = rows("officeholders")
    return {fold(form): Officeholder(name, country, int(first), int(last or 9999)) for form, name, country, first, last in table}


def officeholder(name: str) -> Officeholder | None:
    """Return who bears this full name among those who govern or governed states, or None."""
    return _officeholders().get(fold(name))


@lru_cache(maxsize=1)
def _uncapitalised() -> frozenset[str]:
    """Return the descriptions among the names, which need no capital ("chemical weapons watchdog")."""
    return frozenset(row[0] for table in ("organisations", "metonyms") for row in rows(table) if row[0].islower())


@lru_cache(maxsize=1)
def _first_words() -> dict[str, int]:
    """Return, for each first word of a name, the most words that such a name has."""
    out: dict[str, int] = {}
    for key in _proper():
        first, *rest = _atoms(key)
        out[first] = max(out.get(first, 0), 1 + len(rest))
    return out


def _atoms(key: str) -> list[str]:
    return re.findall(r"[\w.&]+|[^\w\s]", key.lower()) or [key.lower()]


@lru_cache(maxsize=1)
def _titles() -> dict[str, Title]:
    return {title: Title(title, sector or None, note) for title, sector, note in rows("titles")}


@lru_cache(maxsize=1)
def _groups() -> dict[str, GroupNoun]:
    return {noun: GroupNoun(noun, kind, sector or None) for noun, kind, sector in rows("group_nouns")}


@lru_cache(maxsize=1)
def _noun_starts() -> dict[str, int]:
    """Return, for each first word of a title or group noun, the most words (as the tokeniser cuts them) that such a noun has."""
    out: dict[str, int] = {}
    for noun in (*_titles(), *_groups()):
        words = _atoms(noun)
        out[words[0]] = max(out.get(words[0], 0), len(words))
    return out


@lru_cache(maxsize=1)
def modifiers() -> frozenset[str]:
    """Return the words that stand before a title and change it ("former", "acting", "caretaker")."""
    return frozenset(form for (form,) in rows("modifiers"))


@lru_cache(maxsize=1)
def _given() -> dict[str, str]:
    return {name.lower(): sex for name, sex in rows("given_names")}


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for name, alpha3 in rows("regions"):
        out[fold(name)] = (*out.get(fold(name), ()), alpha3)
    return out


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[City, ...]]:
    out: dict[str, list[City]] = {}
    for name, alternates, alpha3, lat, lon, population in rows("cities"):
        city = City(name, alpha3, (float(lat), float(lon)), int(population or 0))
        short = re.match(r"(\w{5,}) de \w+(?: \w+)?$", name) if city.population >= KNOWN_CITY else None
        forms = (name, *filter(None, alternates.split("|")), *([short[1]] if short else []))
        for key in {fold(form) for form in forms}:
            out.setdefault(key, []).append(city)
    return {key: tuple(sorted(found, key=lambda c: -c.population)) for key, found in out.items()}


# ---- looking up ----------------------------------------------------------------------------------------------------


def proper(form: str) -> Proper | None:
    """Return what the tables know of a name as written in a text ("the" left out), or None."""
    known = _proper()
    key = fold(form)
    if form.islower():
        return known.get(key) if key in _uncapitalised() else None
    found = known.get(key)
    if found is None and key.isupper():
        found = known.get(key.lower()) if len(key) > TITLE_CASE - 1 else None
    elif found is None and len(form) >= TITLE_CASE and form.istitle() and form.isalpha():
        found = known.get(form.upper())
    return found


def propers(words: Sequence[str], text: str, offsets: Sequence[int]) -> Iterator[tuple[int, int, Proper]]:
    """Yield (first, after the last, entry) of the names in a run of words, longest first, none overlapping.

    `offsets` says where each word starts in `text`, so that a name is compared as it is written, spaces and hyphens as they are.
    """
    firsts = _first_words()
    at, total = 0, len(words)
    while at < total:
        word = words[at]
        longest = firsts.get(word.lower(), 0) or (firsts.get(word.replace(".", "").lower(), 0) if "." in word else 0)
        step = 1
        if longest and not _attached(text, offsets[at], word):
            for after in range(min(total, at + longest), at, -1):
                entry = proper(text[offsets[at] : offsets[after - 1] + len(words[after - 1])])
                if entry is not None:
                    yield at, after, entry
                    step = after - at
                    break
        at += step


def _attached(text: str, at: int, word: str) -> bool:
    """Tell whether an abbreviation hangs on the word before by a hyphen ("ABS-CBN" is not CBN)."""
    return word.isupper() and at > 1 and text[at - 1] in "-–" and text[at - 2].isalnum()


@lru_cache(maxsize=8192)
def title(phrase: str) -> Title | None:
    """Return the title that a phrase is, in whatever case and number, or None."""
    phrase = phrase.translate(MARKS).lower()
    known = _titles()
    return known.get(phrase) or known.get(singular(phrase))


@lru_cache(maxsize=8192)
def group(phrase: str) -> GroupNoun | None:
    """Return the group noun that a phrase is, in whatever case and number, or None."""
    phrase = phrase.translate(MARKS).lower()
    known = _groups()
    return known.get(phrase) or known.get(singular(phrase))


def titles(words: Sequence[str], text: str, offsets: Sequence[int]) -> Iterator[tuple[int, int, Title]]:
    """Yield (first, after the last, title) of the titles in a run of words, longest first, none overlapping."""
    starts = _noun_starts()
    at, total = 0, len(words)
    while at < total:
        word = words[at].lower()
        longest = starts.get(word, 0) or starts.get(singular(word), 0)
        step = 1
        for after in range(min(total, at + longest), at, -1):
            found = title(text[offsets[at] : offsets[after - 1] + len(words[after - 1])])
            if found is not None:
                yield at, after, found
                step = after - at
                break
        at += step


def group_at(head: int, words: Sequence[str], text: str, offsets: Sequence[int]) -> tuple[int, GroupNoun] | None:
    """Return where the longest group noun that ends with word `head` starts, and the noun; None where there is none."""
    end = offsets[head] + len(words[head])
    for start in range(max(0, head - LONGEST_NOUN + 1), head + 1):
        if start == head or words[start].lower() in _noun_starts():
            found = group(text[offsets[start] : end])
            if found is not None:
                return start, found
    return None


IRREGULAR = {
    "men": "man", "women": "woman", "people": "people", "children": "child", "police": "police", "media": "media",
    "troops": "troop", "wives": "wife", "thieves": "thief", "chiefs of staff": "chief of staff", "attorneys general": "attorney general",
    "heads of state": "head of state", "heads of government": "head of government", "secretaries of state": "secretary of state",
    "personae": "persona", "mps": "mp", "congress": "congress", "press": "press", "news": "news", "gps": "gp",
}  # fmt: skip
ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("men", "man"))


@lru_cache(maxsize=8192)
def singular(phrase: str) -> str:
    """Return a lower-case noun phrase with its last noun (or the noun before "of") in the singular, by rule."""
    if phrase in IRREGULAR:
        return IRREGULAR[phrase]
    first, of, rest = phrase.partition(" of ")
    before, space, noun = first.rpartition(" ")
    if noun in IRREGULAR:
        noun = IRREGULAR[noun]
    elif not noun.endswith(("ss", "us", "is")):
        for plural, ending in ENDINGS:
            if noun.endswith(plural) and len(noun) > len(plural) + 1:
                noun = noun[: -len(plural)] + ending
                break
        else:
            noun = noun[:-1] if noun.endswith("s") and len(noun) > 3 else noun
    return before + space + noun + of + rest


def sex(given_name: str) -> str | None:
    """Return `f` or `m` for a given name that the table knows as one of them only, else None."""
    return _given().get(given_name.lower())


def region_countries(name: str) -> tuple[str, ...]:
    """Return the countries that have a region (state, province, county) of this name."""
    return _regions().get(fold(name), ())


def place(name: str, page: Collection[str] = (), *, least: int = 0) -> Place | None:
    """Return where the place of this name is, or None where that is not known or not clear.

    `page` holds the countries (alpha-3) that the page speaks of, most important first: a name that several countries have goes to
    the first of them. "the" and a country after a comma ("Tripoli, Libya") are understood. `least`: a city that the page does not
    settle must have so many inhabitants, or be a capital.
    """
    name = re.sub(r"^(?:the|The)\s+", "", name.strip())
    first, comma, rest = name.partition(",")
    if comma and (within := place(rest.strip(), page)):
        return place(first, (within.country,)) or within
    state = proper(name)
    if state is not None and state.type == "state" and state.country and not _page_has(name, page):
        return Place(state.country, _point(state.country), "country")
    city, region = _city(name, page, least), _region(name, page)
    if city is None or region is None or city.country == region.country:
        return city or region
    largest = _cities()[fold(name)][0].population
    return city if largest >= KNOWN_CITY or city.country in page else region


def _page_has(name: str, page: Collection[str]) -> bool:
    """Tell whether a state's name is a region's of the page's first country (Georgia on a page about the United States)."""
    return bool(page) and next(iter(page)) in region_countries(name)


def _point(alpha3: str) -> tuple[float, float] | None:
    known = countries().get(alpha3)
    return known.point if known else None


def _city(name: str, page: Collection[str], least: int) -> Place | None:
    found = _cities().get(fold(name), ())
    for alpha3 in page:
        if alpha3 in region_countries(name):
            return Place(alpha3, None, "region") if not any(c.country == alpha3 for c in found) else _largest(found, alpha3)
        if any(c.country == alpha3 for c in found):
            return _largest(found, alpha3)
    if found and found[0].population < least and not _is_capital(name, found[0].country):
        return None
    capital = _capitals().get(fold(name))
    if not found and capital is not None:
        return Place(capital, _point(capital), "city")
    if found and (len(found) == 1 or found[0].population >= CLEAR_CITY * found[1].population):
        return Place(found[0].country, found[0].point, "city")
    return None


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """Return the state of each capital, "D.C." and the like left out; a name of two capitals (none today) goes to the first."""
    out: dict[str, str] = {}
    for state in countries().values():
        if state.capital:
            out.setdefault(fold(re.sub(r",.*", "", state.capital)), state.alpha3)
    return out


def _is_capital(name: str, alpha3: str) -> bool:
    return _capitals().get(fold(name)) == alpha3


def _largest(found: Sequence[City], alpha3: str) -> Place:
    city = next(c for c in found if c.country == alpha3)
    return Place(city.country, city.point, "city")


def _region(name: str, page: Collection[str]) -> Place | None:
    found = region_countries(name)
    chosen = next((alpha3 for alpha3 in page if alpha3 in found), found[0] if len(found) == 1 else None)
    return Place(chosen, None, "region") if chosen else None
