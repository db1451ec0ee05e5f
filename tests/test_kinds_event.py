"""Events: who did what to whom, with what status, told once however often the page says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.annotations import Annotations
from onrecord.events.pairs import pair_type
from onrecord.lexicons import Lexicon
from onrecord.records import Event, Records

Read = Callable[..., Records]


def only(records: Records, kind: str) -> Event:
    """Return the first event of a type; fails where there is none."""
    found = [e for e in records.events if e.type == kind]
    assert found, [(e.type, e.rule) for e in records.events]
    return found[0]


def named(records: Records, ids: tuple[str, ...]) -> set[str]:
    """Return the names of actors."""
    return {a.name for a in records.actors if a.id in ids}


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("France condemned Russia on Monday.", "ACCUSE", "France", "Russia"),  # transitive
        ("Russia was condemned by France.", "ACCUSE", "France", "Russia"),  # passive with agent
        ("Washington imposed sanctions on Iran.", "SANCTION", "Washington", "Iran"),  # light verb, recipient behind the noun
        ("Israel launched strikes on Syria.", "ASSAULT", "Israel", "Syria"),  # light verb
        ("Turkey's invasion of Syria began in October.", "ASSAULT", "Turkey", "Syria"),  # possessor and of
        ("France urged Turkey to withdraw its troops.", "REQUEST", "France", "Turkey"),  # control
        ("Germany, which had backed Ukraine, stayed silent.", "SUPPORT", "Germany", "Ukraine"),  # relative clause
        ("France accused Russia of having attacked Ukraine.", "ASSAULT", "Russia", "Ukraine"),  # who is blamed did it
        ("France called on Russia to sanction Belarus.", "SANCTION", "Russia", "Belarus"),  # who is called upon is to do it
    ],
)
def test_finds_who_did_it_to_whom(read_text: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    """Actors and recipients come from the frame, however the clause is built."""
    records = read_text(text)
    event = only(records, kind)
    assert any(actor in n or n == "United States" for n in named(records, event.actors))
    assert recipient in named(records, event.recipients)


def test_a_meeting_has_both_sides_as_actors(read_text: Read) -> None:
    """Who meet each other are both actors, and nobody is the recipient."""
    records = read_text("Talks between India and Pakistan resumed on Monday.")
    event = only(records, "CONSULT")
    assert named(records, event.actors) == {"India", "Pakistan"}
    assert event.recipients == ()


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("France expelled three Russian diplomats.", "SANCTION", "actual"),  # plain past
        ("France will expel three Russian diplomats.", "SANCTION", "planned"),  # will
        ("France did not expel the Russian diplomats.", "SANCTION", "negated"),  # not
        ("France may expel the Russian diplomats.", "SANCTION", "possible"),  # may
        ("Parliament has not received the resignation of the president.", "RETREAT", "negated"),  # nothing came
    ],
)
def test_keeps_the_act_with_its_status(read_text: Read, text: str, kind: str, status: str) -> None:
    """A planned, possible or denied act keeps its own type and is never told as done."""
    assert only(read_text(text), kind).status == status


@pytest.mark.parametrize(
    "text",
    [
        "Gold hit a record high on Friday.",  # market
        "Germany surrendered a two-goal lead in the match.",  # a team
        "Firefighters battled the blaze through the night.",  # no opponent
        "A bear attacked a hiker near the tree line.",  # an animal
        "Her new job calls for patience.",  # needs
        "Bright Foods agreed to buy its rival Tansy Mills, the companies said.",  # business
        "The film bombed at the box office.",  # failed
        "The minister said that it was raining.",  # a verb of saying names no type
        "The state sent 20 housing units to Malawi.",  # a unit that is a thing
        "The former minister pleaded not guilty to the charges.",  # admits nothing
    ],
)
def test_finds_no_event_without_politics(read_text: Read, text: str) -> None:
    """Sport, markets, accidents, nature and mere speech give no event."""
    assert read_text(text).events == ()


def test_says_an_event_once(read_text: Read) -> None:
    """A later "the attack" is another mention of the event that the text has told."""
    records = read_text("Rebels attacked the army's base in Idlib on Monday. The attack lasted an hour.")
    event = only(records, "ASSAULT")
    assert [m.of(records.document.text) for m in event.mentions] == ["attacked", "attack"]


def test_two_acts_upon_two_states_are_two_events(read_text: Read) -> None:
    """What is done to different named sides is never merged."""
    records = read_text("France expelled a diplomat of Russia. Norway expelled a diplomat of China.")
    assert len([e for e in records.events if e.type == "SANCTION"]) == 2


def test_every_claim_has_its_characters(read_text: Read) -> None:
    """Each field that claims something points to characters of the article."""
    records = read_text("Russian jets bombed a depot in Aleppo on Monday, killing 20 people.", "2016-10-05")
    event = only(records, "ASSAULT")
    for field in ("type", "actors", "place", "status"):
        assert event.evidence[field]
        assert all(span.of(records.document.text).strip() for span in event.evidence[field])
    assert event.place == "Aleppo"
    assert "place_country" in event.inferred


def test_says_why_a_trigger_gave_nothing(read_text: Read) -> None:
    """A trigger that was considered and refused is an abstention with a reason."""
    records = read_text("Gold hit a record high on Friday.")
    assert any(a.kind == "event" and a.reason for a in records.abstentions)


def test_is_deterministic(read_text: Read) -> None:
    """The same text gives the same events."""
    text = "France urged Turkey to withdraw its troops from Syria, and Turkey refused."
    assert read_text(text).events == read_text(text).events


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("Japan promised to provide economic aid to Cambodia.", "Japan", "Cambodia", "AGREE"),  # promised cooperation
        ("Iraq threatened to expel the American inspectors.", "Iraq", "American", "THREATEN"),  # the threat governs the expulsion
        ("Germany suspended aid to Nigeria.", "Germany", "Nigeria", "SANCTION"),  # stopped cooperation
        ("The Taliban refused to hand over Osama bin Laden.", "The Taliban", "Osama bin Laden", "REJECT"),  # refused
        ("Ethiopia announced that it would withdraw its troops from Eritrea.", "Ethiopia", "Eritrea", "CONCEDE"),  # only announced
        ("Israel withdrew its troops from Lebanon.", "Israel", "Lebanon", "RETREAT"),  # done
        ("It rained in Peru and in Chile.", "Peru", "Chile", None),  # nothing happens between them
    ],
)
def test_codes_a_pair_as_the_manual_does(  # noqa: PLR0917 - pytest passes them by name
    annotate_text: Callable[..., Annotations], lexicon: Lexicon, text: str, source: str, target: str, expected: str | None
) -> None:
    """The type of one sentence for a given pair is the manual's, its modalities applied."""
    assert pair_type(annotate_text(text), lexicon, source, target) == expected


def test_a_name_that_is_not_there_has_no_type(annotate_text: Callable[..., Annotations], lexicon: Lexicon) -> None:
    """A pair of which one name is not in the sentence gives None."""
    assert pair_type(annotate_text("France condemned Russia."), lexicon, "France", "Peru") is None
