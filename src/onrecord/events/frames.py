"""Which words of a text name a PLOVER event: triggers looked up by lemma, each accepted or refused by what its arguments are.

A trigger's `forms` are lemmas; a phrase gives the verb and its particle ("step down", "call off") or a noun and the word before it
("air strike"). Its `frames` are conditions, all of which must hold:

    obj                    the slot is filled
    obj/from               one of these slots is filled
    obj:agreement|talk     the slot's noun (or one coordinated with it) is of a class of `data/rules/classes.toml`, or of one of
                           the classes that depend on the page (actor, person, armed, state, political), or has this lemma
    obj=fire|arms          the slot's lemma is one of these
    !obj  !obj:sport       the condition must not hold
    obj || light=call      one of these conditions holds

The slots are those of `events/slots.py`.

Of several entries for a word the one with the longest form that asks most of its arguments is tried first; the first whose conditions
hold is the match. Known limits: an argument that the parser hung elsewhere is not seen; a figure of speech whose words fit is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.events.classes import classes, compound_start, is_a, is_gerund, lemma_of, lemmas
from onrecord.events.slots import Arguments, noun_arguments, prepositions_of, verb_arguments
from onrecord.grammar import VERBAL, child, children, conjuncts, is_passive
from onrecord.lexicons import Lexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

AROUND = ("subj", "in", "during", "by", "with", "at")
COUNTING = frozenset(
    {
        "last",
        "first",
        "most",
        "some",
        "many",
        "thousand",
        "hundred",
        "dozen",
        "ten",
        "score",
        "number",
        "all",
        "half",
        "rest",
        "group",
        "crowd",
        "million",
    }
    | {
        "tonne",
        "ton",
        "planeload",
        "shipload",
        "truckload",
        "load",
        "consignment",
        "shipment",
        "cargo",
        "plane",
        "lorry",
        "crate",
        "barrel",
        "litre",
        "kilo",
        "majority",
        "member",
        "handful",
        "column",
        "convoy",
        "couple",
        "pair",
        "one",
        "two",
        "three",
        "none",
        "each",
        "part",
        "team",
        "band",
        "mob",
    }
)
SIDES = ("by", "between", "among", "with", "against", "of", "to", "for", "obj", "iobj")


class Match(NamedTuple):
    """A trigger that holds at `token`. `weak`: it lacks an argument, and can only say again what the page has told."""

    entry: Trigger
    token: Token
    actors: tuple[Token, ...]
    recipients: tuple[tuple[Token, ...], ...]
    """The nouns of each slot where a recipient may stand, the likeliest slot first."""
    light: Token | None = None
    weak: bool = False
    around: frozenset[int] = frozenset()
    """The indexes of the words that the act is done by or in: "killed in an *attack*", "a *bomb* killed"."""
    others: tuple[Token, ...] = ()
    """The nouns of the other slots in which a side may stand."""


class Refusal(NamedTuple):
    """A trigger that was considered at `token` and does not hold: the condition that failed."""

    entry: Trigger
    token: Token
    reason: str


# ---- data ------------------------------------------------------------------------------------------------------------


Index = Mapping[str, Sequence[tuple[Trigger, tuple[str, ...]]]]


@lru_cache(maxsize=4)
def _indexed(_: str, lexicon: _Whole) -> Index:
    index: dict[str, list[tuple[Trigger, tuple[str, ...]]]] = {}
    for entry in lexicon.triggers:
        for form in entry.forms:
            words = tuple(form.split())
            index.setdefault(words[-1] if entry.pos == "noun" else words[0], []).append((entry, words))
    return {key: sorted(rows, key=lambda row: (-len(row[1]), -_exact(row[0]))) for key, rows in index.items()}


def _exact(entry: Trigger) -> float:
    """Return how much an entry asks of its arguments: a word more than a class, a class more than that something stands there."""
    return sum(0.1 if f.startswith("!") else 4 if "=" in f else 2 if ":" in f else 1 for f in entry.frames)


class _Whole:
    """A lexicon's triggers for the cache: equal to any other, since the lexicon's hash stands beside it in the key."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self.triggers = triggers

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole)

    def __hash__(self) -> int:
        return 0


def index_of(lexicon: Lexicon) -> Index:
    """Return the triggers by the lemma that carries them: the verb, or the head of a noun phrase."""
    return _indexed(lexicon.hash, _Whole(lexicon.triggers))


# ---- looking up --------------------------------------------------------------------------------------------------------


def examine(annotations: Annotations, lexicon: Lexicon, token: Token) -> tuple[Match | None, tuple[Refusal, ...]]:
    """Return the trigger that holds at a token, and those that were considered before it and do not.

    Where none holds, the first that only lacks an argument is returned as a weak match, if it is a noun or may echo.
    """
    index = index_of(lexicon)
    headline = _headline(annotations, token)
    keys = (_third_person(token),) if headline is not None else lemmas(token)
    rows = [row for key in keys for row in index.get(key, ())]
    refused: list[Refusal] = []
    found: dict[str, Arguments] = {} if headline is None else {"verb": headline}
    weak: Match | None = None
    for entry, words in rows:
        if (entry.pos != "verb" or len(words) > 1) if headline is not None else not _is_form(token, entry, words):
            continue
        key = f"{entry.pos} {entry.whose} {entry.of}" if entry.pos == "noun" else entry.pos
        if key not in found:
            found[key] = noun_arguments(annotations, token, entry) if entry.pos == "noun" else verb_arguments(annotations, token)
        arguments = _with_particle(found[key], token, words) if entry.pos == "verb" and len(words) == 2 else found[key]
        failed = [frame for frame in entry.frames if not _holds(annotations, arguments, frame, token)]
        if entry.pos == "noun" and token.dep_ == "compound":
            failed.append("self")
        if not failed:
            return _match(annotations, entry, token, arguments), tuple(refused)
        refused.append(Refusal(entry, token, failed[0]))
        if weak is None and (entry.pos == "noun" or entry.echo) and not any(frame.startswith("!") for frame in failed):
            weak = _match(annotations, entry, token, arguments)._replace(weak=True)
    return weak, tuple(refused)


def possible(annotations: Annotations, lexicon: Lexicon, token: Token) -> Match | None:
    """Return the trigger that a token would be if its arguments fitted: the one with the fewest conditions broken."""
    index = index_of(lexicon)
    best: tuple[int, int, Match] | None = None
    for number, (entry, words) in enumerate(row for key in lemmas(token) for row in index.get(key, ())):
        if not _is_form(token, entry, words):
            continue
        arguments = noun_arguments(annotations, token, entry) if entry.pos == "noun" else verb_arguments(annotations, token)
        broken = sum(_cost(frame) for frame in entry.frames if not _holds(annotations, arguments, frame, token))
        found = (broken, number, _match(annotations, entry, token, arguments)._replace(weak=True))
        best = found if best is None or found[:2] < best[:2] else best
    return best[2] if best is not None else None


def _cost(frame: str) -> int:
    """Return how much speaks against a trigger where a condition is broken: a forbidden word most, a missing word more than a class."""
    return 4 if frame.startswith("!") else 6 if "=" in frame else 2 if ":" in frame else 1


def _is_form(token: Token, entry: Trigger, words: tuple[str, ...]) -> bool:
    """Tell whether the token has the entry's part of speech and the other words of its form stand by it."""
    start = compound_start(token) if "-" in words[-1] else token
    if start.i < token.i and len(words) == 1:
        return entry.pos == ("verb" if token.pos_ in VERBAL or token.tag_ == "VBD" else "noun")
    if entry.pos == "noun":
        if token.pos_ not in {"NOUN", "PROPN"} and start is token and not is_gerund(token):
            return False
        before = [start.nbor(-n) for n in range(len(words) - 1, 0, -1)] if start.i >= len(words) - 1 else []
        return len(before) == len(words) - 1 and all(w in {t.lower_, t.lemma_.lower()} for w, t in zip(words, before, strict=False))
    if entry.pos == "adjective":
        return token.pos_ in {"ADJ", "VERB", "ADV"} and token.lower_ == words[0]
    if token.pos_ not in VERBAL and not (token.tag_ in {"VBN", "VBG", "VBD"} or _headline_verb(token)):
        return False
    return _has_particles(token, words[1:])


def _third_person(token: Token) -> str:
    """Return the verb that a word in -s would be the third person of."""
    word = token.lower_
    return word[:-3] + "y" if word.endswith("ies") else word[:-2] if word.endswith(("shes", "ches", "sses", "xes", "oes")) else word[:-1]


def _headline(annotations: Annotations, token: Token) -> Arguments | None:
    """Return the slots of a headline's verb in -s that the tagger took for a noun: right behind an actor, with a noun phrase behind it."""
    if token.pos_ not in {"NOUN", "PROPN"} or not token.lower_.endswith("s") or token.i < 1 or token.i + 1 >= len(token.doc):
        return None
    sentence = annotations.sentence_at(token.idx)
    if sentence is None or sentence.role != "title":
        return None
    before = token.nbor(-1)
    subj = next((annotations.doc[m.head] for m in annotations.mentions if m.span.end == before.idx + len(before)), None)
    if subj is None and before.lemma_.lower() in classes()["polity"] | classes()["court"]:
        subj = before
    behind = []
    for other in annotations.doc[token.i + 1 : sentence.end]:
        if other.pos_ not in {"NOUN", "PROPN", "ADJ", "DET", "NUM"}:
            break
        behind.append(other)
    noun = next((t for t in reversed(behind) if t.pos_ in {"NOUN", "PROPN"}), None)
    return Arguments({"subj": subj, "obj": noun}) if subj is not None and noun is not None else None


def _headline_verb(token: Token) -> bool:
    """Tell whether a noun may be a verb that the tagger missed: the root of its sentence, with a subject before it."""
    return token.dep_ == "ROOT" and any(c.dep_ in {"nsubj", "compound"} and c.i < token.i for c in token.children)


def _has_particles(token: Token, words: tuple[str, ...]) -> bool:
    here = [token]
    for word in words:
        nexts = [c for t in here for c in t.children if c.i > token.i and word in {c.lower_, c.lemma_.lower()}]
        nexts = nexts or [m for c in token.children for m in children(c, "mark") if m.lower_ == word and m.i > token.i]
        nexts = nexts or _beside(here[-1], word)
        if not nexts:
            return False
        here.extend(nexts)
    return True


def _with_particle(arguments: Arguments, verb: Token, words: tuple[str, ...]) -> Arguments:
    """Return the slots with the object that the parser hung on the particle: "waved *through* a plan", read as a preposition."""
    particle = next((c for c in verb.children if c.lower_ == words[1] and c.dep_ == "prep"), None)
    held = child(particle, "pobj") if particle is not None else None
    if held is None or "obj" in arguments.slots or is_passive(verb):
        return arguments
    return Arguments({**arguments.slots, "obj": held}, arguments.light)


def _beside(token: Token, word: str) -> list[Token]:
    """Return the particle right behind a verb that the parser gave to the noun phrase there: "took *in* half a million refugees"."""
    if token.i + 1 >= len(token.doc):
        return []
    behind = token.nbor(1)
    return [behind] if behind.lower_ == word and behind.dep_ in {"quantmod", "advmod", "amod", "mark", "prep", "prt"} else []


# ---- conditions --------------------------------------------------------------------------------------------------------


def _holds(annotations: Annotations, arguments: Arguments, frame: str, token: Token) -> bool:
    if " || " in frame:
        return any(_holds(annotations, arguments, part, token) for part in frame.split(" || "))
    if frame.startswith("!"):
        return not _holds(annotations, arguments, frame[1:], token)
    for mark in ("=", ":"):
        if mark in frame:
            slots, values = frame.split(mark, 1)
            return any(
                _fits(annotations, filler, mark, values.split("|"))
                for slot in slots.split("/")
                for filler in ([token] if slot == "self" else _fillers(arguments, slot))
            )
    return any(arguments.get(slot) is not None for slot in frame.split("/"))


def _fillers(arguments: Arguments, slot: str) -> list[Token]:
    found = arguments.get(slot)
    if found is None:
        return []
    if slot == "how":
        return [c for c in found.head.children if c.dep_ == "advmod"]
    if slot == "mod":
        return [c for c in found.head.children if c.dep_ in {"amod", "compound", "nmod", "npadvmod"} and c.i < found.head.i]
    return [noun for token in (conjuncts(found) if found.pos_ not in VERBAL else [found]) for noun in _counted(token)]


def _counted(token: Token) -> Iterator[Token]:
    """Yield a noun, and whom it only counts: "thousands of *farmers*", "the last of the *soldiers*"."""
    yield token
    if lemma_of(token) in COUNTING or token.pos_ == "NUM":
        for name, noun in prepositions_of(token):
            if name == "of":
                yield noun


def _fits(annotations: Annotations, token: Token, mark: str, values: Sequence[str]) -> bool:
    if mark == "=":
        titles = [c for c in token.children if c.dep_ == "compound"] if token.pos_ == "PROPN" else []
        return token.lower_ in values or any(key in values for word in (token, *titles) for key in lemmas(word))
    return any(value in keys for value in values for keys in [lemmas(token)]) or any(is_a(annotations, token, value) for value in values)


# ---- roles -------------------------------------------------------------------------------------------------------------


TELLING = frozenset({"AGREE", "THREATEN", "CONCEDE"})
"""Types whose words tell of an act to come: whom it is to befall is whom they are said to."""
ONTO = ("iobj", "obj", "to", "with", "against", "on", "for", "from")


def _embedded(annotations: Annotations, arguments: Arguments, actor: Token | None) -> tuple[tuple[Token, ...], ...]:
    """Return whom the act that is promised or threatened is to befall: "agreed to supply *Uganda*", "a threat to bomb *the port*"."""
    held = arguments.get("obj")
    inner = arguments.get("comp") or (child(held, "acl") if held is not None else None)
    if inner is None or inner.pos_ not in VERBAL:
        return ()
    slots = verb_arguments(annotations, inner)
    found = [t for slot in ONTO if (t := slots.get(slot)) is not None and (actor is None or t.i != actor.i)]
    return tuple(tuple(conjuncts(token)) for token in found if any(is_a(annotations, token, name) for name in ("state", "armed", "person")))


def _match(annotations: Annotations, entry: Trigger, token: Token, arguments: Arguments) -> Match:
    actor = arguments.get(entry.actor)
    actors = tuple(conjuncts(actor)) if actor is not None else ()
    fillers = [found for slot in entry.recipient if (found := arguments.get(slot)) is not None and found.pos_ not in VERBAL]
    recipients = tuple(tuple(conjuncts(found)) for found in fillers if actor is None or found.i != actor.i)
    if not entry.mutual and entry.type in TELLING:
        recipients += _embedded(annotations, arguments, actor)
    between = arguments.get("between") or arguments.get("among")
    if entry.mutual:
        actors = tuple(conjuncts(between)) if between is not None else (*actors, *(recipients[0] if recipients else ()))
        recipients = ()
    around = frozenset(found.i for slot in AROUND if (found := arguments.get(slot)) is not None)
    others = tuple(found for slot in SIDES if (found := arguments.get(slot)) is not None)
    return Match(entry, token, actors, recipients, arguments.light, around=around, others=others)
