"""Looking names up: what is found, what is left alone, where a place is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import gazetteer
from onrecord.errors import RuleError


@pytest.mark.parametrize(
    ("form", "expected", "reason"),
    [
        ("United States", ("state", "USA"), "a state by its name"),
        ("U.S.", ("state", "USA"), "points do not matter"),
        ("US", ("state", "USA"), "an abbreviation in capitals"),
        ("us", None, "the pronoun"),
        ("Turkey", ("state", "TUR"), "a state has a capital"),
        ("turkey", None, "a bird has none"),
        ("IS", ("body", "IMG"), "the group is written in capitals"),
        ("is", None, "the verb is not"),
        ("Nato", ("body", "IGO"), "British papers write abbreviations of four letters and more as words"),
        ("Iraqi", ("people", "IRQ"), "a people's adjective"),
        ("Kurdish", ("people", None), "a people without a state names none"),
        ("Kremlin", ("metonym", "RUS"), "a building for whoever sits there"),
        ("Baghdad", ("metonym", "IRQ"), "a capital can stand for its state"),
        ("Montana", ("region", "USA"), "a federal state"),
        ("Georgia", ("state", "GEO"), "a state goes before a region of its name"),
        ("United States Supreme Court", ("body", "USA"), "a body of the U.S. is found with the full name of the state too"),
        ("Zorgon", None, "nothing of that name"),
    ],
)
def test_proper(form: str, expected: tuple[str, str | None] | None, reason: str) -> None:
    """A name as written in a text is found with its type and country, or is not a name."""
    found = gazetteer.proper(form)
    assert (found and (found.type, found.country)) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("the Democratic Republic of Congo said", ["Democratic Republic of Congo"], "the longest name wins"),
        ("South Sudan and Sudan", ["South Sudan", "Sudan"], "each once, none inside another"),
        ("New Jersey police", ["New Jersey"], "a region keeps the island out"),
        ("ABS-CBN said", [], "an abbreviation that hangs on a hyphen is part of another name"),
        ("nothing here", [], "no names"),
    ],
)
def test_propers(text: str, expected: list[str], reason: str) -> None:
    """Names are found in a run of words, longest first, none overlapping."""
    words, offsets, at = [], [], 0
    for word in text.replace("-", " - ").split():
        at = text.index(word, at)
        words.append(word)
        offsets.append(at)
        at += len(word)
    found = [text[offsets[s] : offsets[e - 1] + len(words[e - 1])] for s, e, _ in gazetteer.propers(words, text, offsets)]
    assert found == expected, reason


@pytest.mark.parametrize(
    ("phrase", "sector", "reason"),
    [
        ("prime minister", "GOV", "an office"),
        ("Prime Ministers", "GOV", "in whatever case and number"),
        ("attorneys general", "GOV", "the noun that takes the plural need not be the last"),
        ("spokeswoman", None, "has the sector of whom she speaks for"),
        ("bishop", "REL", "another sector"),
    ],
)
def test_title(phrase: str, sector: str | None, reason: str) -> None:
    """A title is found in any case and number, with its sector."""
    found = gazetteer.title(phrase)
    assert found is not None, reason
    assert found.sector == sector, reason


def test_unknown_title() -> None:
    """A word that is no title gives None."""
    assert gazetteer.title("teapot") is None


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("ministries", "ministry"),
        ("policemen", "policeman"),
        ("chiefs of staff", "chief of staff"),
        ("members of parliament", "member of parliament"),
        ("police", "police"),
        ("churches", "church"),
        ("crisis", "crisis"),
        ("people", "people"),
    ],
)
def test_singular(plural: str, singular: str) -> None:
    """The head noun is put into the singular, and a singular stays."""
    assert gazetteer.singular(plural) == singular
    assert gazetteer.singular(singular) == singular


@pytest.mark.parametrize(
    ("name", "page", "expected", "reason"),
    [
        ("Iraq", (), ("IRQ", "country"), "a state"),
        ("the United Kingdom", (), ("GBR", "country"), "the article does not matter"),
        ("Dhaka", (), ("BGD", "city"), "a city that is alone of its name"),
        ("Birmingham", ("USA",), ("USA", "city"), "the page's country chooses"),
        ("Birmingham", (), ("GBR", "city"), "else the city that is much larger"),
        ("Birmingham, Alabama", ("GBR",), ("USA", "city"), "what stands after the comma goes before the page"),
        ("Georgia", ("USA",), ("USA", "region"), "a region of the page's country goes before a state"),
        ("Georgia", ("RUS", "USA"), ("GEO", "country"), "the page's first country has no such region"),
        ("Colorado", (), ("USA", "region"), "a region goes before a small town abroad"),
        ("Darfur", (), ("SDN", "region"), "a region without a town of its name"),
        ("Cambridge", (), None, "two towns of like size: not clear"),
        ("Nowhereville", ("USA",), None, "not known"),
        ("", (), None, "nothing"),
    ],
)
def test_place(name: str, page: tuple[str, ...], expected: tuple[str, str] | None, reason: str) -> None:
    """A place has a country and a precision; one that is not clear has neither."""
    found = gazetteer.place(name, page)
    assert (found and (found.country, found.precision)) == expected, reason


def test_place_has_a_point() -> None:
    """A city's point is within a degree of where it is; a region has none."""
    geneva = gazetteer.place("Geneva", ("CHE",))
    assert geneva is not None
    assert geneva.point is not None
    assert abs(geneva.point[0] - 46.2) < 1
    assert abs(geneva.point[1] - 6.1) < 1
    region = gazetteer.place("Darfur")
    assert region is not None
    assert region.point is None


def test_small_town_can_be_left_out() -> None:
    """With `least`, a town below it is not believed, a capital always is."""
    assert gazetteer.place("Roman", least=100_000) is None
    assert gazetteer.place("Roman") is not None
    assert gazetteer.place("Nuku'alofa", least=100_000) is not None


def test_sex() -> None:
    """A given name that news gives to one sex says it; an unknown one does not."""
    assert gazetteer.sex("Mustafa") == "m"
    assert gazetteer.sex("Angela") == "f"
    assert gazetteer.sex("Zorg") is None


def test_missing_table() -> None:
    """A table that is not there is an error that names it."""
    with pytest.raises(RuleError, match=r"no_such\.tsv"):
        gazetteer.rows("no_such")


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(text: str) -> None:
    """No text breaks the look-up, and what is found has a name."""
    found = gazetteer.proper(text)
    assert found is None or found.name
    gazetteer.place(text, ("USA",))
    gazetteer.title(text)


@given(st.text(alphabet="AaUuSs.’'-é ", min_size=1, max_size=12))
def test_folding_twice_is_folding_once(form: str) -> None:
    """A key is its own key."""
    once = gazetteer.fold(form)
    assert gazetteer.fold(once) == once
