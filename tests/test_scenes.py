"""Scenes: sentences of contests, stories, nature and science tell no event, those that only mention them do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.events.scenes import scenes
from onrecord.records import Records


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Canada meet the United States in the gold medal game.", "states are teams in a contest"),
        ("The federation banned the sprinter for four years for doping.", "a ban within a sport"),
        ("In the novel, the president is assassinated by his own bodyguard.", "the present of a story"),
        ("The second episode ends with the prime minister being arrested.", "a work that tells"),
        ("Hail bombarded the orchards of the valley.", "a natural force"),
        ("Physicists bombard thin foils with ions at the facility.", "an experiment"),
        ("Salmon farmers have deployed an army of cleaner fish.", "an army that only counts"),
        ("The constitution says that ministers may be dismissed by the monarch.", "the law in general"),
        ("The number of tourists visiting Cyprus rose by a tenth.", "tourists are no guests of state"),
        ("A coup is a sudden seizure of power.", "a definition"),
        ("The play's heroine is arrested on her wedding night.", "a character"),
        ("He was born in Minsk in March 1950.", "a month is no march"),
        ("Sales in March rose by two per cent in Norway.", "a month is no march"),
    ],
)
def test_scenes_tell_no_event(read_text: Callable[..., Records], text: str, reason: str) -> None:
    """Words of politics in another scene yield no event."""
    assert read_text(text).events == (), reason


@pytest.mark.parametrize(
    ("text", "wanted", "reason"),
    [
        ("Russia was banned from the championship by the United States.", "SANCTION", "a state barred from a contest"),
        ("Police arrested twenty fans at the football match.", "COERCE", "police act on it"),
        ("The minister banned the newspaper that had reviewed the play.", "COERCE", "a work that is acted on"),
        ("Rebels attacked the village where bees are kept.", "ASSAULT", "arms in a natural scene"),
        ("Gunmen shot dead a football coach and two players in Quetta.", "ASSAULT", "arms in a contest"),
        ("Gunmen killed six tourists in Tunisia.", "ASSAULT", "arms against tourists"),
        ("Thousands of people marched in Lisbon on Saturday.", "PROTEST", "the verb is no month"),
    ],
)
def test_politics_in_a_scene_stays(read_text: Callable[..., Records], text: str, wanted: str, reason: str) -> None:
    """An event that only touches a contest, a work or nature is found."""
    assert wanted in {e.type for e in read_text(text + "\n\nThe government and the army said nothing.\n").events}, reason


def test_the_words_of_scenes_are_lower_case() -> None:
    """The data is compared with lower-case lemmas."""
    assert all(word == word.lower() for s in scenes().values() for word in (*s.signs, *s.hints))
