"""Names that neither tables nor title words know: what the noun before them, the name finder or their letters say.

    mining company Torvan     organisation, by the noun before the name
    Reporters Without Bars    organisation, by the name finder's label
    BPQ                       organisation, by its capitals

A word that names a thing ("Act", "Brexit") is no actor, whatever the name finder says.
"""

from __future__ import annotations

import re
from typing import cast

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.annotators.actors.origins import Told, country_of
from onrecord.annotators.actors.words import BODIES, DETERMINERS, Description, Hint, Range, Words, is_name_word, word_set
from onrecord.attribution.vocabulary import vocabulary

LABELS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation"}
THINGS = word_set(
    "act constitution bill treaty agreement amendment law code resolution protocol accord accords convention pact charter award prize cup"
    " championship medal airport bridge street road avenue square river lake sea ocean mountain island building tower palace hall"
    " stadium day week month games olympics war revolution report study survey poll book film album song show series"
    " brexit covid-19 coronavirus virus disease hurricane storm image photo photograph picture video"
    " operation project program programme plan section directive regulation ordinance statute no"
)
"""Words with a capital that name no actor, whatever the name finder says."""
PEOPLES = re.compile(r"[a-z](?:ans|ites|ers|is)$")
"""Endings of unknown names for people ("Coloradans")."""


NEVER_BEFORE = word_set("police military army navy government cabinet parliament opposition court coalition press media crew staff state")
"""Nouns for bodies that no name follows: what stands behind them is somebody's."""
GIANTS = frozenset({"giant", "behemoth", "conglomerate", "startup", "start-up", "multinational", "brand", "maker", "carmaker", "retailer"})
"""Nouns for a company where its name follows."""

LEADING = word_set(
    "broadcaster airline newspaper carmaker automaker retailer charity watchdog insurer lender"
    " chipmaker drugmaker planemaker publisher tabloid shipbuilder steelmaker telecom brewer"
)
"""Such nouns, with the capital of the first word of a sentence, that begin no name."""


def called(phrase: Words) -> Description | None:
    """Describe a body by the noun that stands before its name ("rebel group Sharkeel"), or return None."""
    words, head = phrase.words, phrase.head
    start = head
    while start > 0 and is_name_word(words[start - 1]) and words[start - 1] != ".":
        start -= 1
    while start < head and not words[start][:1].isupper():
        start += 1
    at = start - 1
    if at < 0 and start < head and words[0].lower() in LEADING:
        start, at = start + 1, 0  # "Airline Velair", at the head of a sentence
    elif at < 0 or not words[at].islower():
        return None
    if not words[head][:1].isupper():
        return None
    if any(first <= at < end for first, end, _ in (*phrase.titles(), *phrase.entries)):
        return None
    found = phrase.group_at(at)
    if found is not None and found[1].kind in BODIES and found[1].kind != "state" and found[1].noun not in NEVER_BEFORE:
        first, kind, sector, noun = found[0], found[1].kind, found[1].sector, found[1].noun
    elif words[at].lower() in GIANTS | LEADING:
        first, kind, sector, noun = at, "organisation", "BUS", words[at].lower()
    else:
        return None
    country = country_of(phrase, (start, head + 1))
    told = Told(sector, (first, start)) if sector else Told()
    return Description(cast("ActorKind", kind), (start, head + 1), None, *country, *told, noun=noun)


def is_thing(word: str) -> bool:
    """Tell whether a word by itself names a thing or several documents ("Brexit", "Photographs")."""
    word = word.lower()
    one = gazetteer.singular(word)
    return word in THINGS or (one != word and (one in THINGS or one in vocabulary("document")))


def runs_over_preposition(phrase: Words, named: Range | None) -> bool:
    """Tell whether the name finder's name runs over a preposition to another capital ("Reporters Without Borders")."""
    words, after = phrase.words, phrase.head + 1
    if named is None or named[0] > phrase.head or after + 1 >= named[1] or not words[phrase.head][:1].isupper():
        return False
    return words[after].lower() in {"for", "without", "against", "on", "to", "in"} and words[after + 1][:1].isupper()


PAPERS = word_set("bulletin tribune herald gazette chronicle telegraph journal observer times newspaper magazine broadcasting tv newswire")
SOME_PAPERS = word_set(
    "sun mirror guardian post mail courier globe standard review dispatch examiner inquirer sentinel monitor weekly daily news"
)
"""Last words of a medium's name; the second ones are surnames too, or end other names."""


def paper(phrase: Words, hint: Hint) -> Description | None:
    """Describe a medium by the last word of its name ("Maritime Bulletin"), or return None."""
    words, head = phrase.words, phrase.head
    last = words[head].lower()
    if not words[head][:1].isupper() or not (last in PAPERS or (last in SOME_PAPERS and hint.label != "PERSON")):
        return None
    start = head
    while start > 0 and words[start - 1][:1].isupper() and words[start - 1].lower() not in DETERMINERS:
        start -= 1
    if start == head or gazetteer.sex(words[start]) is not None:
        return None
    return Description("media", (start, head + 1), None, *country_of(phrase, (start, head + 1)), "JRN", (start, head + 1), noun=last)


def unknown(phrase: Words, hint: Hint) -> Description:
    """Describe a name that neither tables nor title words know."""
    words, head = phrase.words, phrase.head
    start = hint.named[0] if hint.named else head
    while start > 0 and not hint.named and words[start - 1][:1].isupper():
        start -= 1
    if words[head].lower() in THINGS or (start == head and is_thing(words[head])):
        return Description()
    while start > 1 and words[start - 1] == "-" and phrase.offsets[start] == phrase.offsets[start - 1] + 1 and words[start - 2].isupper():
        start -= 2  # "ABS-CBN"
    kind = LABELS.get(hint.label)
    if kind is None and hint.label in {"NORP", ""} and hint.proper and PEOPLES.search(words[head]) and head - start < 2:
        country = country_of(phrase, (start, head + 1))
        return Description("population", None, None, *country, noun=words[head].lower(), plural=True, strong=False)
    if kind is None and words[head].isupper() and words[head].isalpha() and 2 <= len(words[head]) <= 6:
        kind = "organisation"
    if kind is None:
        return Description(name=(start, head + 1), strong=False)
    end = _with_purpose(words, hint.named[1] if hint.named else head + 1) if kind == "organisation" else head + 1
    end = max(end, hint.named[1]) if hint.named else end
    end = next((i for i in range(start + 1, end) if words[i] == "("), end)
    return Description(kind, (start, end), None, *country_of(phrase, (start, head + 1)), strong=False)


def _with_purpose(words: tuple[str, ...], end: int) -> int:
    """Return where a body's name ends that goes on with "for" ("Center for Investigative Journalism")."""
    if end + 1 >= len(words) or words[end] != "for" or not words[end + 1][:1].isupper():
        return end
    return next((i for i in range(end + 1, len(words)) if not words[i][:1].isupper()), len(words))
