"""Whether a sentence tells of a contest, a story, nature or science, where the words of politics are figures of speech.

    France and Argentina meet in the quarter-final        contest: states are teams, unless something is banned or boycotted
    The second episode ends with the premier arrested      story: told in the present, of a film, novel or game
    Hail bombarded the orchards                             nature: nobody with an office or arms is a side
    Physicists bombard foils with ions                      science
    The number of tourists visiting Cyprus rose             private affairs

A sentence of such a scene tells no event unless one of the sides is known to govern, judge, make law or bear arms. The words are in
`data/rules/scenes.toml`. Known limits: a report of a play that was staged ("rebels stormed") is told in the past and believed.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Actor, Annotations, Sentence
from onrecord.events.classes import ARMED_SECTORS
from onrecord.grammar import children, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.events.frames import Match

GOVERNING = ARMED_SECTORS | {"GOV", "LEG", "JUD", "PTY", "OPP"}
BARRING = frozenset({"SANCTION", "COERCE", "PROTEST", "REQUEST", "ACCUSE", "REJECT"})
"""Types that reach into a contest from outside: a team banned, a tournament boycotted."""
PRIVATE = frozenset({"CONSULT", "REQUEST", "SANCTION", "AGREE", "REJECT", "CONCEDE", "SUPPORT"})
"""Types of words and ties, which tourists and landlords have with one another; what is done to them by force is believed."""
FEIGNED = frozenset({"heroine", "protagonist", "villain", "character", "narrator", "storyline"})
GENERAL = frozenset({"constitution", "law", "statute", "charter", "code", "rule", "article", "convention", "treaty", "act", "clause"})
PROVIDING = frozenset({"say", "provide", "allow", "state", "stipulate", "specify", "prescribe", "hold", "require", "permit", "let"})


class Scene(NamedTuple):
    """The words that show a scene: one of `signs`, two of `hints`."""

    signs: frozenset[str]
    hints: frozenset[str]


@lru_cache(maxsize=1)
def scenes() -> Mapping[str, Scene]:
    """Return the scenes of the data by name."""
    text = resources.files("onrecord.data").joinpath("rules/scenes.toml").read_text(encoding="utf-8")
    return {name: Scene(frozenset(rows["signs"]), frozenset(rows["hints"])) for name, rows in tomllib.loads(text).items()}


def scene(annotations: Annotations, sentence: Sentence, match: Match, actors: Sequence[Actor]) -> str:
    """Return why a trigger is no event in the scene that its sentence tells of, or nothing."""
    tokens = list(annotations.tokens(sentence))
    words = _words(tokens)
    if _told(tokens, match.token, words):
        return "the sentence tells a story"
    governing = [actor for actor in actors if _governs(actor)]
    if governing:
        return ""
    states = any(actor.kind == "state" for actor in actors)
    outside = match.entry.type in BARRING and (states or (match.entry.implied and match.entry.mode != "expel"))
    if _shows("contest", words) and not outside:
        return "the sentence tells of a contest"
    if _shows("private", words) and match.entry.type in PRIVATE and (not states or match.entry.type == "CONSULT"):
        return "the sentence tells of private affairs"
    for name in ("nature", "science"):
        if _shows(name, words) and not states:
            return f"the sentence tells of {name}"
    return ""


def general(match: Match) -> bool:
    """Tell whether a law says what may be done ("the constitution says that ministers may be dismissed"), or a word is defined."""
    here = match.token
    if here.i and here.nbor(-1).lower_ in {"word", "term", "phrase"}:
        return True
    if here.dep_ == "attr" and here.head.lemma_ == "be" and here.head.tag_ in {"VBZ", "VBP"}:
        who = own_subject(here.head)
        return who is not None and who.pos_ == "NOUN" and any(c.lower_ in {"a", "an"} for c in who.children)
    for _ in range(4):
        who = own_subject(here)
        if who is not None and here.i != match.token.i and who.lemma_.lower() in GENERAL and here.lemma_.lower() in PROVIDING:
            return any(c.tag_ == "MD" for c in children(match.token, "aux")) and here.tag_ in {"VBZ", "VBP"}
        here = here.head
    return False


def _words(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the lemmas of the nouns and names, and each two neighbours joined by a hyphen ("quarter-final", "gold-medal")."""
    items = [t for t in tokens if t.text != "-"]
    pairs = {f"{a.lower_}-{b.lemma_.lower()}" for a, b in itertools.pairwise(items)}
    nouns = [t for t in items if t.pos_ in {"NOUN", "PROPN", "ADJ"} or t.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}]
    return frozenset({t.lemma_.lower() for t in nouns} | {t.lower_ for t in nouns} | pairs)


def _shows(name: str, words: frozenset[str]) -> bool:
    found = scenes()[name]
    return bool(words & found.signs) or len(words & found.hints) > 1


def _governs(actor: Actor) -> bool:
    armed = actor.kind == "armed_group" or (actor.sector in ARMED_SECTORS and "captain" not in actor.name.lower())
    return armed or (actor.sector in GOVERNING and actor.kind != "unnamed")


def _told(tokens: Sequence[Token], trigger: Token, words: frozenset[str]) -> bool:
    """Tell whether a trigger in the present stands in what a film, novel or game tells."""
    story = scenes()["story"]
    if not (words & story.signs or len(words & story.hints) > 1) or not _present(trigger):
        return False
    if len(words & story.hints) > 1 or words & FEIGNED:
        return True
    return any({t.lemma_.lower(), t.lower_, f"{t.nbor(-1).lower_}-{t.lower_}" if t.i else ""} & story.signs and _tells(t) for t in tokens)


def _tells(noun: Token) -> bool:
    """Tell whether a work is what a sentence is set in or what tells: "in the novel", "the opera tells"."""
    if noun.lemma_ in {"series", "game", "play", "show"} and noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ == "of":
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "throughout"}:
        return any(c.dep_ in {"det", "poss", "amod", "nummod"} for c in noun.children)
    return noun.dep_ == "nsubj" and noun.head.tag_ in {"VBZ", "VBP"}


def _present(trigger: Token) -> bool:
    """Tell whether the sentence's main clause is in the present."""
    here = trigger
    while here.head.i != here.i:
        here = here.head
    return (children(here, "aux", "auxpass") or [here])[0].tag_ in {"VBZ", "VBP"}
