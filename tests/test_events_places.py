"""Where an event took place: by its own words, by what they point back to, by the page."""

from __future__ import annotations

import pytest

ROWS = [
    ("Warplanes bombed Aden on Monday, killing five soldiers.", "bombed", "Aden", "the object of a blow is where it falls"),
    ("The bombing of Aden killed five people.", "bombing", "Aden", "what a noun's act falls on"),
    ("Protests in Lagos were dispersed by police.", "Protests", "Lagos", "behind the noun"),
    ("The Aleppo bombing killed twelve soldiers.", "bombing", "Aleppo", "a town before the noun"),
    ("A US airstrike killed twelve rebels.", "airstrike", None, "a country before the noun is who did it"),
    ("Yemen's war has killed thousands of civilians.", "war", "Yemen", "but a war is in the country before it"),
    ("Militants attacked a mosque in Kano, killing ten people.", "attacked", "Kano", "the town that a site is in"),
    ("The president visited Warsaw for talks with the Polish government.", "visited", "Warsaw", "where one goes"),
    ("Turkish troops crossed into northern Syria on Wednesday.", "crossed", "northern Syria", "a part of a country"),
    ("The rebels withdrew from the town of Bunia on Monday.", "withdrew", "Bunia", "the town, not the word for it"),
    ("Rebels attacked army positions around the Congolese city of Goma.", "attacked", "Goma", "behind what is struck"),
    ("Thousands of protesters marched through Lagos on Saturday.", "marched", "Lagos", "where one marches"),
    ("Police fired tear gas at protesters in the capital, Khartoum.", "fired", "Khartoum", "the name behind the word for it"),
    ("The ministers met in Geneva, where they signed a ceasefire agreement.", "signed", "Geneva", "a clause of place"),
    ("Antony Blinken flew to Cairo and met President Abdel Fattah al-Sisi.", "met", "Cairo", "where one went to do it"),
    ("Israeli forces raided Jenin and arrested three militants.", "arrested", "Jenin", "what stands beside it took place there too"),
    ("A court in Minsk sentenced the activist to ten years in prison.", "sentenced", "Minsk", "where those who act sit"),
    ("Rebels attacked Goma. Hundreds of people protested in the city.", "protested", "Goma", "the city is the one named last"),
    ("The ministers held talks on Iran on Monday.", "talks", None, "what one talks on is no place"),
    ("Police arrested dozens of protesters on Tahrir Square.", "arrested", "Tahrir Square", "but on a square one is"),
    (
        "The unions filed a lawsuit in the Federal Labour Court for the District of Columbia.",
        "lawsuit",
        "Federal Labour Court for the District of Columbia",
        "a court's whole name",
    ),
    ("A bomb killed three soldiers in the port town of Qarat.", "killed", "Qarat", "a name that is called a town is one, known or not"),
    ("Troops were sent to Boda, Georgia, on Monday.", "sent", "Boda", "so is one with its country behind it"),
    ("Sudan has seen mass protests since December.", "protests", "Sudan", "who sees unrest has it at home"),
    ("The attack is said to have killed two soldiers in Kano.", "attack", "Kano", "what the attack is said to have done"),
    ("Germany banned the Iranian airline Mahan Air.", "banned", "Germany", "a government forbids in its country"),
    ("The United States condemned the attack.", "condemned", None, "words have no place of their speaker's"),
]


def _event(records, act):
    return next(e for e in records.events if any(m.of(records.document.text) == act for m in e.mentions))


@pytest.mark.parametrize(("text", "act", "expected", "reason"), ROWS, ids=[f"{r[1]}: {r[3]}" for r in ROWS])
def test_an_event_is_where_its_words_say(read_text, text, act, expected, reason):
    """The place is the one that the event's own words name, and null where they name none."""
    event = _event(read_text(text), act)
    assert event.place == expected, reason


PAGES = [
    (
        "KABUL (Reuters) - A bomb killed five Afghan soldiers, police said.",
        "killed",
        "Kabul",
        "a dateline in the country that the text is about",
    ),
    (
        "NAIROBI (Reuters) - Rebels attacked Congolese soldiers, the army said.",
        "attacked",
        None,
        "a dateline abroad is the reporter's desk",
    ),
]


@pytest.mark.parametrize(("text", "act", "expected", "reason"), PAGES, ids=[r[3] for r in PAGES])
def test_a_dateline_is_a_place_only_at_home(read_text, text, act, expected, reason):
    """A place that the page alone gives is marked inferred, and a foreign dateline gives none."""
    event = _event(read_text(text), act)
    assert event.place == expected, reason
    assert ("place" in event.inferred) == (expected is not None)
