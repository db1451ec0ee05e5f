"""PLOVER's contexts of an event: by the words of its sentences, by its type and mode, by the sectors of its sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.codebooks import plover
from onrecord.events.contexts import contexts
from onrecord.records import Records

Read = Callable[..., Records]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("The army shelled the town of Lenn with artillery.", "military"),
        ("France expelled two Russian diplomats over espionage.", "intelligence"),
        ("The president dismissed the finance minister in a cabinet reshuffle.", "executive"),
        ("Lawmakers in Kenya rejected the bill.", "legislative"),
        ("The opposition in Togo boycotted the election.", "election"),
        ("The House opened impeachment proceedings against the president.", "political_institutions"),
        ("China imposed a tariff on Australian barley.", "economic"),
        ("A court in Milan sentenced the former minister to four years in prison.", "legal"),
        ("Namibia demanded compensation from Germany for the massacre.", "reparations"),
        ("The UN condemned the torture of prisoners by the Syrian army.", "human_rights"),
        ("Belarus arrested a journalist.", "rights_freedoms"),
        ("Police in Minsk fired tear gas at protesters.", "repression"),
        ("Turkey sent humanitarian aid to Somalia.", "human_security"),
        ("Women in Poland marched against the abortion law.", "gender"),
        ("Uganda banned a transgender rights group.", "lgbt"),
        ("Gunmen attacked a mosque in Kano, and the government blamed rebels.", "religion_ethnicity"),
        ("Brazil recalled its ambassador to Israel.", "diplomatic"),
        ("Serbia accused Kosovo of closing the border.", "territory"),
        ("The UN deployed peacekeepers to Mali.", "peacekeeping"),
        ("China sent doctors and vaccines to Peru.", "health"),
        ("Sweden granted asylum to a Turkish journalist.", "asylum"),
        ("Algeria deported 300 migrants to Niger.", "migration"),
        ("Greece sent rescuers to Turkey after the earthquake.", "disasters"),
        ("Iran blamed Turkey for a dam on the river and its drinking water.", "natural_resource"),
        ("Norway urged Brazil to stop deforestation.", "environment"),
        ("A suicide bomber attacked a barracks of the Syrian army.", "terrorism"),
        ("North Korea tested a nuclear warhead.", "cbrn"),
        ("Russian hackers attacked the website of the Estonian parliament.", "cyber"),
        ("The government of Moldova accused Russia of spreading disinformation.", "misinformation"),
        ("Police in Lima arrested the governor over bribery.", "corruption"),
        ("Colombia extradited a cocaine smuggler to the United States.", "illegal_drugs"),
        ("Thailand and Laos agreed to fight human trafficking.", "trafficking"),
    ],
)
def test_finds_the_context(read_text: Read, text: str, context: str) -> None:
    """A sentence about a field of politics gives its event that context, with characters of the sentence as evidence."""
    records = read_text(text)
    found = [e for e in records.events if context in e.contexts]
    assert found, [(e.type, e.contexts) for e in records.events]
    assert all(found[0].evidence["contexts"])


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("The two presidents met in Oslo.", "military"),  # no word of it
        ("France condemned Russia on Monday.", "economic"),
        ("The army shelled the town of Lenn.", "gender"),
    ],
)
def test_gives_no_context_without_a_word_of_it(read_text: Read, text: str, context: str) -> None:
    """A context that nothing shows is not given."""
    assert all(context not in e.contexts for e in read_text(text).events)


def test_every_context_can_hold() -> None:
    """The contexts of the data are PLOVER's 37, and the types and modes that bring them are in the codebook."""
    assert [c.id for c in contexts()] == list(plover().contexts)
    known = set(plover().types) | {f"{name}/{mode}" for name, kind in plover().types.items() for mode in kind.modes}
    assert {kind for c in contexts() for kind in c.types} <= known


def test_several_contexts_may_hold(read_text: Read) -> None:
    """An event of two fields has both contexts."""
    event = next(e for e in read_text("A court in Ankara jailed a Kurdish lawmaker for espionage.").events)
    assert {"legal", "legislative", "intelligence"} <= set(event.contexts)
