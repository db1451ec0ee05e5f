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

Slots of a verb: `subj` (who acts, through passives, control, relative clauses), `obj` (whom it befalls), `iobj`, `comp` (a clause or
complement), `prt`, every preposition by its name, the possessors `obj's` and `for's`, `whom` (the subject of a clause behind "for").
Slots of a noun: `subj`, `obj` (roles as the entry reads them), `light` (the verb that it is the object of), `mod` (words before it),
prepositions. Both have `head`, the word that governs the trigger.

Of several entries for a word the one with the longest form that asks most of its arguments is tried first; the first whose conditions
hold is the match. Known limits: an argument that the parser hung elsewhere is not seen; a figure of speech whose words fit is believed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.gazetteer import place
from onrecord.grammar import VERBAL, agent, child, children, conjuncts, is_passive, own_subject, patient, prepositional, subject
from onrecord.lexicons import Lexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

PREPOSITIONS = frozenset({"prep", "agent", "dative"})
POLITICAL_KINDS = frozenset({"state", "organisation", "armed_group", "population"})
CIVIL_SECTORS = frozenset({"BUS", "MED", "EDU", "ELI", "AGR", "CVL", "JRN", "CRM"})
"""PLOVER's sectors whose members act politically only when they face one who does."""
ARMED_SECTORS = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "SPY"})


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
PLACES = frozenset({"GPE", "LOC", "FAC"})
TIMES = frozenset({"DATE", "TIME"})
SIDES = ("by", "between", "among", "with", "against", "of", "to", "for", "obj", "iobj")
MISREAD = {"raped": "rape", "raping": "rape"}
"""Words whose lemma the model's rules get wrong."""
PERSONAL = frozenset(
    {"i", "you", "he", "she", "we", "me", "him", "her", "us", "who", "whom", "himself", "herself", "themselves", "ourselves", "myself"}
)


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


@dataclass(frozen=True, slots=True)
class Arguments:
    """The slots of one token, filled as the parse shows them."""

    slots: Mapping[str, Token]
    light: Token | None = None

    def get(self, slot: str) -> Token | None:
        """Return what fills a slot, or None."""
        return self.slots.get(slot)


# ---- data ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def classes() -> Mapping[str, frozenset[str]]:
    """Return the classes of words by name."""
    text = resources.files("onrecord.data").joinpath("rules/classes.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


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


def lemmas(token: Token) -> tuple[str, ...]:
    """Return the keys under which a token is looked up: its lemma, and the singular of a capitalised plural."""
    lemma = MISREAD.get(token.lower_, token.lemma_.lower())
    if token.pos_ == "PROPN" and lemma.endswith("s") and len(lemma) > 3:
        return (lemma, lemma[:-1])
    return (lemma,) if lemma == token.lower_ or token.tag_ != "VBN" else (lemma, token.lower_)


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
        failed = [frame for frame in entry.frames if not _holds(annotations, found[key], frame, token)]
        if entry.pos == "noun" and token.dep_ == "compound":
            failed.append("self")
        if not failed:
            return _match(entry, token, found[key]), tuple(refused)
        refused.append(Refusal(entry, token, failed[0]))
        if weak is None and (entry.pos == "noun" or entry.echo) and not any(frame.startswith("!") for frame in failed):
            weak = _match(entry, token, found[key])._replace(weak=True)
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
        found = (broken, number, _match(entry, token, arguments)._replace(weak=True))
        best = found if best is None or found[:2] < best[:2] else best
    return best[2] if best is not None else None


def _cost(frame: str) -> int:
    """Return how much speaks against a trigger where a condition is broken: a forbidden word most, a missing word more than a class."""
    return 4 if frame.startswith("!") else 3 if "=" in frame else 2 if ":" in frame else 1


def _is_form(token: Token, entry: Trigger, words: tuple[str, ...]) -> bool:
    """Tell whether the token has the entry's part of speech and the other words of its form stand by it."""
    if entry.pos == "noun":
        if token.pos_ not in {"NOUN", "PROPN"}:
            return False
        before = [token.nbor(-n) for n in range(len(words) - 1, 0, -1)] if token.i >= len(words) - 1 else []
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
        if not nexts:
            return False
        here.extend(nexts)
    return True


# ---- slots -------------------------------------------------------------------------------------------------------------


def verb_arguments(annotations: Annotations, verb: Token) -> Arguments:
    """Return the slots of a verb."""
    slots: dict[str, Token] = {}
    passive = is_passive(verb)
    if not passive and _headline_passive(annotations, verb):
        _set(slots, "obj", own_subject(verb) or subject(verb))
        _set(slots, "subj", prepositional(verb, "by"))
    else:
        _set(slots, "subj", _doer(verb) or _by_hyphen(verb))
        _set(slots, "obj", patient(verb) or (None if passive else _shared_object(verb)))
    if "obj" not in slots and (raised := _raised(verb)) is not None:
        slots["obj"] = raised
    if passive and (second := child(verb, "dobj")) is not None:
        slots["obj2"] = second
    for c in verb.children:
        if c.dep_ in {"xcomp", "ccomp", "oprd", "acomp"}:
            slots.setdefault("comp", c)
        if c.dep_ in {"ccomp", "advcl", "xcomp"} and (mark := child(c, "mark")) is not None and mark.lower_ == "for":
            slots.setdefault("for", own_subject(c) or c)
        if c.dep_ == "prt":
            slots.setdefault("prt", c)
        elif c.dep_ == "dative" and c.pos_ != "ADP":
            slots["iobj"] = c
    if verb.head.i != verb.i:
        slots["head"] = verb.head
    for clause in verb.children:
        if clause.dep_ in {"ccomp", "advcl", "xcomp"} and (mark := child(clause, "mark")) is not None and mark.lower_ == "for":
            _set(slots, "whom", own_subject(clause))
    own = [verb, *children(verb, "prt", "acomp", "oprd", "advmod")]
    for holder in (*own, *(t for t in (slots.get("obj"), slots.get("obj2"), child(verb, "attr")) if t is not None and t.i > verb.i)):
        for name, noun in _prepositions(holder):
            slots.setdefault(name, noun)
    for name in ("obj", "for"):
        if name in slots:
            _set(slots, f"{name}'s", child(slots[name], "poss"))
    return Arguments(slots)


USING = frozenset(
    {"use", "need", "promise", "vow", "pledge", "threaten", "take", "spend", "hold", "issue", "sign", "make", "give", "launch", "file"}
)
"""Verbs whose object does not do what an infinitive behind it says: "he used a podcast to praise them"."""


def _doer(verb: Token) -> Token | None:
    """Return who acts, as the grammar has it, but for objects that are only used."""
    found = agent(verb)
    if (
        found is not None
        and found.dep_ == "dobj"
        and found.head.lemma_.lower() in USING
        and found.head.i != verb.i
        and not is_passive(verb)
    ):
        return subject(found.head)
    return found


def _headline_passive(annotations: Annotations, verb: Token) -> bool:
    """Tell whether a headline leaves "was" out: "Mayor stabbed on stage", "Newspaper closed by court"."""
    if verb.tag_ not in {"VBN", "VBD"} or any(c.dep_ in {"aux", "auxpass", "dobj", "ccomp", "xcomp"} for c in verb.children):
        return False
    sentence = annotations.sentence_at(verb.idx)
    return sentence is not None and sentence.role == "title" and verb.sent[-1].lower_ != "." and own_subject(verb) is not None


def _by_hyphen(verb: Token) -> Token | None:
    """Return who acts in "Iran-backed": the noun that a participle before its noun is compounded with."""
    return child(verb, "npadvmod", "nmod", "compound") if verb.dep_ == "amod" else None


def _raised(verb: Token) -> Token | None:
    """Return who is to act in an infinitive that the parser gave the object to: "urged *Congress* to pass"."""
    for clause in children(verb, "ccomp", "xcomp"):
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
            return own_subject(clause)
    return None


def _shared_object(verb: Token) -> Token | None:
    """Return the object that coordinated verbs share ("condemned and rejected the plan")."""
    for other in (*children(verb, "conj"), *([verb.head] if verb.dep_ == "conj" else [])):
        if other.pos_ in VERBAL and abs(other.i - verb.i) <= 3:
            found = child(other, "dobj")
            if found is not None and found.i > max(verb.i, other.i):
                return found
    return None


def _prepositions(token: Token, depth: int = 0) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) of a token; "out of" is yielded as `of` and as `out`."""
    for prep in token.children:
        if prep.dep_ not in PREPOSITIONS:
            continue
        noun = child(prep, "pobj", "pcomp")
        if noun is not None and noun.ent_type_ in TIMES:
            continue
        if noun is not None:
            yield prep.lower_, noun
        if depth < 2:
            for name, inner in _prepositions(prep, depth + 1):
                yield name, inner
                yield prep.lower_, inner


def noun_arguments(annotations: Annotations, noun: Token, entry: Trigger) -> Arguments:
    """Return the slots of a noun, with `subj` and `obj` as its entry reads possessors, `of` and the words before it."""
    slots: dict[str, Token] = dict(reversed(list(_prepositions(noun))))
    light = governing_verb(noun)
    doer = _lights(light, noun)
    if light is not None:
        slots["light"] = light
        for name, found in _prepositions(light) if doer is not None or is_passive(light) else ():
            if found.i != noun.i:
                slots.setdefault(name, found)
    if noun.head.i != noun.i:
        slots["head"] = noun.head
    mods = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "nummod", "npadvmod"} and c.i < noun.i]
    if mods:
        slots["mod"] = mods[-1]
    actor, recipient = slots.get("by"), None
    if doer is not None:
        actor, recipient = (actor or doer[0], None) if doer[1] == "do" else (actor, doer[0])
    if light is not None and entry.whose == "recipient" and noun.dep_ == "pobj":
        recipient = patient(light)
    owner = child(noun, "poss") or _before(annotations, mods)
    of = slots.get("of")
    if owner is not None:
        mine = (entry.whose == "actor" and (slots.get("by") is None)) or _acts(annotations, owner, entry)
        actor, recipient = (actor if doer is None and actor else owner, recipient) if mine else (actor, recipient or owner)
    if of is not None:
        actor, recipient = (actor or of, recipient) if entry.of == "actor" else (actor, recipient or of)
    if actor is None and noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.pos_ in VERBAL and entry.whose == "actor":
        actor = _doer(noun.head.head)
    _set(slots, "subj", actor)
    _set(slots, "obj", recipient)
    return Arguments(slots, light)


def _acts(annotations: Annotations, owner: Token, entry: Trigger) -> bool:
    """Tell whether a word before a noun acts although the noun's possessor suffers: "the US killing of X"."""
    return entry.whose != "actor" and owner.dep_ != "poss" and not is_a(annotations, owner, "person")


def _before(annotations: Annotations, mods: Sequence[Token]) -> Token | None:
    """Return the actor among the words before a noun: "US airstrikes", "opposition protests"."""
    groups = classes()["force"] | classes()["person"]
    return next((m for m in mods if annotations.actor_at(m) is not None or (m.pos_ != "ADJ" and m.lemma_.lower() in groups)), None)


CARRYING = frozenset({"in", "into", "to", "on", "for", "with", "under", "through"})


def governing_verb(noun: Token) -> Token | None:
    """Return the verb that a noun is the object of, or the passive subject, or carried by ("entered into *talks*")."""
    while (noun.dep_ == "conj" and noun.head.pos_ not in VERBAL) or (
        noun.dep_ == "pobj" and noun.head.lower_ == "of" and _counts(noun.head.head)
    ):
        noun = noun.head if noun.dep_ == "conj" else noun.head.head
    head = noun.head
    if noun.dep_ in {"dobj", "nsubjpass", "attr"} and head.pos_ in VERBAL:
        return head
    if noun.dep_ == "pobj" and head.lower_ in CARRYING and head.head.pos_ in VERBAL:
        return head.head
    if noun.dep_ == "nsubj" and head.dep_ == "relcl":
        return None
    relative = next((c for c in noun.children if c.dep_ in {"relcl", "acl"} and c.tag_ in {"VBN", "VBD", "VBZ", "VBP"}), None)
    if relative is None or relative.lemma_.lower() not in classes()["do"] | classes()["undergo"]:
        return None
    held = child(relative, "dobj")
    gap = (held is None and relative.doc[relative.left_edge.i].tag_ != "IN") or (held is not None and held.tag_ == "WDT")
    return relative if gap and (relative.tag_ == "VBN" or own_subject(relative) is not None) else None


def _counts(noun: Token) -> bool:
    """Tell whether a noun only says how many or how often: "a round of talks", "a series of strikes"."""
    return noun.lemma_.lower() in {
        "round",
        "series",
        "session",
        "string",
        "wave",
        "day",
        "week",
        "number",
        "set",
        "spate",
        "barrage",
        "couple",
        "form",
    }


def _lights(verb: Token | None, noun: Token) -> tuple[Token, str] | None:
    """Return whom a governing verb makes do or undergo what its object names."""
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    sort = "undergo" if lemma in classes()["undergo"] else ("do" if lemma in classes()["do"] else None)
    who = _doer(verb) if sort else None
    if who is None or who.i == noun.i:
        return None
    return who, str(sort)


def _set(slots: dict[str, Token], name: str, token: Token | None) -> None:
    if token is not None:
        slots[name] = token


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
    if slot == "mod":
        return [c for c in found.head.children if c.dep_ in {"amod", "compound", "nmod", "npadvmod"} and c.i < found.head.i]
    return [noun for token in (conjuncts(found) if found.pos_ not in VERBAL else [found]) for noun in _counted(token)]


def _counted(token: Token) -> Iterator[Token]:
    """Yield a noun, and whom it only counts: "thousands of *farmers*", "the last of the *soldiers*"."""
    yield token
    if token.lemma_.lower() in COUNTING or token.pos_ == "NUM":
        for name, noun in _prepositions(token):
            if name == "of":
                yield noun


def _fits(annotations: Annotations, token: Token, mark: str, values: Sequence[str]) -> bool:
    if mark == "=":
        return token.lemma_.lower() in values or token.lower_ in values
    return any(value in keys for value in values for keys in [lemmas(token)]) or any(is_a(annotations, token, value) for value in values)


def is_a(annotations: Annotations, token: Token, name: str) -> bool:
    """Tell whether a noun belongs to a class of the data, or to one that depends on whom the page knows."""
    words = classes().get(name)
    if words is not None and any(key in words for key in lemmas(token)):
        return True
    actor = annotations.actor_at(token)
    if name == "actor":
        return actor is not None or token.pos_ == "PROPN" or is_a(annotations, token, "person") or is_a(annotations, token, "armed")
    if name == "person":
        return (
            (actor is not None and actor.kind in {"person", "unnamed", "population"})
            or token.lower_ in PERSONAL
            or token.ent_type_ == "PERSON"
        )
    if name == "armed":
        known = actor is not None and (actor.kind == "armed_group" or actor.sector in ARMED_SECTORS)
        return known or any(key in classes()["force"] for key in lemmas(token))
    if name == "population":
        return actor is not None and actor.kind == "population"
    if name == "state":
        return (actor is not None and actor.kind == "state") or token.ent_type_ in {"GPE", "NORP"}
    if name == "territory":
        return token.ent_type_ in PLACES or (token.pos_ == "PROPN" and place(token.text) is not None)
    if name == "political":
        if actor is None:
            return any(key in classes()["polity"] for key in lemmas(token))
        return actor.kind in {"state", "armed_group", "organisation"} or actor.sector in ARMED_SECTORS | {"GOV", "JUD", "LEG", "PTY", "OPP"}
    return False


# ---- roles -------------------------------------------------------------------------------------------------------------


def _match(entry: Trigger, token: Token, arguments: Arguments) -> Match:
    actor = arguments.get("subj")
    actors = tuple(conjuncts(actor)) if actor is not None else ()
    fillers = [found for slot in entry.recipient if (found := arguments.get(slot)) is not None and found.pos_ not in VERBAL]
    recipients = tuple(tuple(conjuncts(found)) for found in fillers if actor is None or found.i != actor.i)
    between = arguments.get("between") or arguments.get("among")
    if entry.mutual:
        actors = tuple(conjuncts(between)) if between is not None else (*actors, *(recipients[0] if recipients else ()))
        recipients = ()
    around = frozenset(found.i for slot in AROUND if (found := arguments.get(slot)) is not None)
    others = tuple(found for slot in SIDES if (found := arguments.get(slot)) is not None)
    return Match(entry, token, actors, recipients, arguments.light, around=around, others=others)
