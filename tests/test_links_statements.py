"""The same words on several pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.links.statements import Saying, sayings
from onrecord.records import Records

Read = Callable[..., Records]

FULL = "“We will not sign this treaty before the winter is over,” Foreign Minister Ida Brandt said on Monday."


@pytest.fixture
def both(read_text: Read) -> Callable[..., tuple[Saying, ...]]:
    """The sayings of two pages, a day apart."""

    def of(one: str, other: str, **copies: str) -> tuple[Saying, ...]:
        first, second = read_text(one, "2023-03-06"), read_text(other, "2023-03-07")
        return sayings([second, first], {second.document.id: first.document.id} if copies else None)

    return of


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (FULL.replace("“", '"').replace("”", '"') + " The talks go on.", "other marks"),
        ("Brandt had said: “We will not sign this treaty before the winter is over.”", "a name alone, a colon"),
        ("Foreign Minister Ida Brandt said her country “will not sign this treaty before the winter is over”.", "a part in a paraphrase"),
        ("“We will not sign … before the winter is over,” Ida Brandt said.", "words left out"),
    ],
)
def test_the_same_words_are_one_saying_in_one_version(both: Callable[..., tuple[Saying, ...]], other: str, why: str) -> None:
    """Marks, parts and ellipses make no other wording."""
    (found,) = both(FULL, other)
    assert len(found.versions) == 1, why
    assert found.speakers == ("Ida Brandt",)
    assert [a.day for a in found.versions[0].appearances] == ["2023-03-06", "2023-03-07"]
    assert found.versions[0].quote.startswith("We will not sign this treaty"), "the longest form"


def test_other_words_of_one_speaker_are_versions(both: Callable[..., tuple[Saying, ...]]) -> None:
    """A dropped "not" stands beside what another page has."""
    (found,) = both(FULL, "“We will sign this treaty before the winter is over,” Ida Brandt said on Monday.")
    assert [v.quote[:12] for v in found.versions] == ["We will not ", "We will sign"]
    assert found.pages == 2


def test_words_credited_to_two_people_show_both(both: Callable[..., tuple[Saying, ...]]) -> None:
    """Who said it is for a person to find out."""
    (found,) = both(FULL, "“We will not sign this treaty before the winter is over,” Trade Minister Olaf Renn said.")
    assert found.speakers == ("Ida Brandt", "Olaf Renn")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (FULL, "“We will sign this treaty before the winter is over,” Trade Minister Olaf Renn said.", "other words of another speaker"),
        ("“It was a good day,” Ida Brandt said.", "“It was a good day,” Olaf Renn said.", "five words that anybody says"),
        (FULL, "Ida Brandt said that the country would not sign this treaty before the winter was over.", "a paraphrase"),
        (FULL, "“We have not lost hope,” Ida Brandt said.", "something else"),
    ],
)
def test_what_is_not_one_saying(both: Callable[..., tuple[Saying, ...]], one: str, other: str, why: str) -> None:
    """Chance words, paraphrases and other speakers link nothing."""
    assert both(one, other) == (), why


def test_a_copy_is_an_appearance_and_not_counted(both: Callable[..., tuple[Saying, ...]]) -> None:
    """Agencies' text on ten pages is no ten confirmations."""
    (found,) = both(FULL, FULL + " It rained.", copies="yes")
    assert found.pages == 1
    assert [a.copy_of is None for a in found.versions[0].appearances] == [True, False]
