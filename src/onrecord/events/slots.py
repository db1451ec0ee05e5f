"""The slots of a verb or noun, filled as the parse shows them: who acts, upon whom, by which words it is carried.

Slots of a verb: `subj` (who acts, through passives, control, relative clauses), `obj` (whom it befalls), `iobj`, `comp` (a clause or
complement), `infinitive` (a complement with "to"), `not` (behind the verb, of what it says: "pleaded *not* guilty"), `prt`, `how` (its
adverbs), `term` ("for five years"), every preposition by its name, the possessors `obj's` and `for's`, `whom` (the subject of a clause
behind "for").
Slots of a noun: `subj`, `obj` (roles as the entry reads them), `light` (the verb that it is the object of), `mod` (words before it),
`comp` (an infinitive behind it), prepositions. Both have `head`, the word that governs the trigger.

Known limit: an argument that the parser hung elsewhere is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.events.classes import classes, compound_start, is_a, lemma_of
from onrecord.grammar import VERBAL, agent, child, children, is_passive, own_subject, patient, prepositional, relative, subject
from onrecord.lexicons import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

SOURCING = frozenset({"according", "owing", "due", "thanks", "because", "prior", "instead", "regardless"})
"""First words of prepositions of two: the noun behind "according to" is nobody's recipient."""
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
TIMES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The slots of one token, filled as the parse shows them."""

    slots: Mapping[str, Token]
    light: Token | None = None

    def get(self, slot: str) -> Token | None:
        """Return what fills a slot, or None."""
        return self.slots.get(slot)


def verb_arguments(annotations: Annotations, verb: Token) -> Arguments:
    """Return the slots of a verb."""
    slots: dict[str, Token] = {}
    if (misread := _main_after_all(verb)) is not None:
        return Arguments(misread)
    passive = is_passive(verb)
    if not passive and _participle(verb):
        _set(slots, "obj", verb.head if verb.dep_ == "acl" else subject(verb))
        _set(slots, "subj", prepositional(verb, "by") or _by_behind(verb))
        passive = True
    elif not passive and _headline_passive(annotations, verb):
        _set(slots, "obj", own_subject(verb) or subject(verb))
        _set(slots, "subj", prepositional(verb, "by"))
    else:
        _set(slots, "subj", _named(annotations, verb, _doer(verb)) or _by_hyphen(verb))
        held = patient(verb)
        _set(slots, "obj", relative(_whole(held)) if held is not None else None if passive else _shared_object(verb) or _gap(verb))
    if "obj" not in slots and (raised := _raised(verb)) is not None:
        slots["obj"] = raised
    if passive and (second := child(verb, "dobj")) is not None:
        slots["obj2"] = second
    for c in verb.children:
        if c.dep_ in {"xcomp", "ccomp", "oprd", "acomp"}:
            slots.setdefault("comp", c)
            if any(aux.lower_ == "to" for aux in children(c, "aux")):
                slots.setdefault("infinitive", c)
        if c.dep_ in {"ccomp", "advcl", "xcomp"} and (mark := child(c, "mark")) is not None and mark.lower_ == "for":
            slots.setdefault("for", own_subject(c) or c)
        if c.dep_ == "advmod":
            slots.setdefault("how", c)
        if c.dep_ == "prt":
            slots.setdefault("prt", c)
        elif c.dep_ == "dative" and c.pos_ != "ADP":
            slots["iobj"] = c
    if verb.head.i != verb.i:
        slots["head"] = verb.head
    for word in (verb, *([slots["comp"]] if "comp" in slots else [])):
        _set(slots, "not", next((c for c in children(word, "neg") if c.i > verb.i), None))
    for clause in verb.children:
        if clause.dep_ in {"ccomp", "advcl", "xcomp"} and (mark := child(clause, "mark")) is not None and mark.lower_ == "for":
            _set(slots, "whom", own_subject(clause))
    own = [verb, *children(verb, "prt", "acomp", "oprd", "advmod")]
    for holder in (*own, *(t for t in (slots.get("obj"), slots.get("obj2"), child(verb, "attr")) if t is not None and t.i > verb.i)):
        for name, noun in prepositions_of(holder):
            slots.setdefault(name, noun)
    if (held := slots.get("obj")) is not None and held.i > verb.i and "to" not in slots:
        for part in children(held, "acl", "relcl"):
            slots.update((name, noun) for name, noun in _within(part) if name == "to")
    for name in ("obj", "for"):
        if name in slots:
            _set(slots, f"{name}'s", child(slots[name], "poss"))
    return Arguments(slots)


def _whole(noun: Token) -> Token:
    """Return the last noun of an object that the parser cut in two: "tested a nuclear *warhead*"."""
    behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    cut = noun.dep_ == "dobj" and behind.pos_ == "NOUN" and behind.head.i == noun.head.i and behind.dep_ in {"dobj", "advmod"}
    return behind if cut else noun


def _participle(verb: Token) -> bool:
    """Tell whether a bare participle is passive: beside its clause, behind a passive that it is coordinated with, behind its noun.

    "*Freed* by the rebels, the workers …", "was arrested and *deported*", "the army, *put* on alert, …".
    """
    if any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass", "dobj"} for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"} and verb.head.pos_ in VERBAL:
        return (is_passive(verb.head) and verb.head.tag_ == "VBN" and verb.head.dep_ != "amod") or (
            verb.tag_ == "VBN" and _participle(verb.head)
        )
    if verb.dep_ == "acl" and verb.tag_ == "VBD":
        return verb.head.dep_ != "ROOT"
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.head.pos_ in VERBAL


def _by_behind(verb: Token) -> Token | None:
    """Return the agent of a participle whose "by" the parser hung on a noun between: "shelled for a third day *by* artillery"."""
    return next((found for noun in verb.subtree if noun.i > verb.i and (found := prepositional(noun, "by")) is not None), None)


def _gap(verb: Token) -> Token | None:
    """Return the noun that a relative clause without an object leaves out: "the treaty *Chad signed*"."""
    who = own_subject(verb)
    if verb.dep_ != "relcl" or who is None or who.tag_ in {"WP", "WDT"} or child(verb, "xcomp", "ccomp", "prt") is not None:
        return None
    opening = verb.doc[verb.left_edge.i]
    if (
        opening.tag_ == "WRB"
        or opening.dep_ == "prep"
        or verb.head.ent_type_ in TIMES
        or verb.head.lemma_.lower() in {"day", "way", "time", "year", "place"}
    ):
        return None
    return verb.head


THIRD = frozenset({"it", "they", "he", "she"})


def _named(annotations: Annotations, verb: Token, doer: Token | None) -> Token | None:
    """Return who acts; for a pronoun in what somebody says, of whom the page knows nothing, the one who says it: "*Chad* said it would"."""
    if doer is None or doer.lower_ not in THIRD or annotations.actor_at(doer) is not None:
        return doer
    clause = verb.head if verb.dep_ in {"acomp", "oprd", "xcomp"} else verb
    return subject(clause.head) if clause.dep_ == "ccomp" and clause.head.i != clause.i else doer


def _main_after_all(verb: Token) -> dict[str, Token] | None:
    """Return the slots of a past tense that the parser read as an adjective in a sentence without a verb: "Pakistan *shared* data with"."""
    if verb.dep_ != "amod" or verb.head.dep_ != "ROOT" or verb.head.i < verb.i or verb.tag_ not in {"VBD", "VBN", "JJ"} or verb.i < 1:
        return None
    before = compound_start(verb)
    subj = before.nbor(-1) if before.i > verb.sent.start else None
    if subj is None or subj.pos_ not in {"PROPN", "NOUN"} or subj.tag_ == "POS" or (subj.pos_ == "NOUN" and subj.tag_ != "NNS"):
        return None
    slots = {"subj": subj, "obj": verb.head}
    for name, noun in prepositions_of(verb.head):
        slots.setdefault(name, noun)
    return slots


USING = frozenset(
    {"use", "need", "promise", "vow", "pledge", "threaten", "take", "spend", "hold", "issue", "sign", "make", "give", "launch", "file"}
)
"""Verbs whose object does not do what an infinitive behind it says: "he used a podcast to praise them"."""


def _doer(verb: Token) -> Token | None:
    """Return who acts, as the grammar has it, but for objects that are only used."""
    if verb.dep_ in {"acomp", "oprd"} and verb.pos_ == "ADJ":
        return subject(verb.head)
    found = _asked(verb) or agent(verb)
    if found is None and verb.dep_ == "acl" and verb.tag_ == "VBD" and verb.head.dep_ == "ROOT":
        return verb.head
    if (
        found is not None
        and found.dep_ == "dobj"
        and found.head.lemma_.lower() in USING
        and found.head.i != verb.i
        and not is_passive(verb)
    ):
        return subject(found.head)
    return found


ASKING = frozenset({"call", "appeal", "plead", "pressure", "urge", "prevail"})
BLAMING = frozenset({"accuse", "suspect", "convict", "acquit", "blame", "criticise", "criticize", "condemn", "denounce"})


def _asked(verb: Token) -> Token | None:
    """Return who is called upon to act or blamed for it: "called on *Chad* to free them", "accused *Mali* of having ignored them"."""
    head = verb.head
    if is_passive(verb) or own_subject(verb) is not None:
        return None
    if verb.dep_ in {"xcomp", "advcl"} and lemma_of(head) in ASKING and any(c.lower_ == "to" for c in children(verb, "aux")):
        preps = [prep for prep in children(head, "prep") if prep.lower_ in {"on", "upon", "to", "with"} and prep.i < verb.i]
        return next((noun for prep in preps if (noun := child(prep, "pobj")) is not None), None)
    if verb.dep_ == "pcomp" and head.lower_ in {"of", "for", "from"} and lemma_of(head.head) in BLAMING:
        return patient(head.head)
    return None


def _headline_passive(annotations: Annotations, verb: Token) -> bool:
    """Tell whether a headline leaves "was" out: "Mayor stabbed on stage", "Newspaper closed by court"."""
    if verb.tag_ not in {"VBN", "VBD"} or any(c.dep_ in {"aux", "auxpass", "dobj", "ccomp", "xcomp"} for c in verb.children):
        return False
    sentence = annotations.sentence_at(verb.idx)
    if sentence is None or sentence.role != "title" or annotations.doc[sentence.end - 1].lower_ == ".":
        return False
    return own_subject(verb) is not None


def _by_hyphen(verb: Token) -> Token | None:
    """Return who acts in "Iran-backed": the noun that a participle before its noun is compounded with."""
    return child(verb, "npadvmod", "nmod", "compound") if verb.dep_ == "amod" else None


def _raised(verb: Token) -> Token | None:
    """Return who is to act in an infinitive that the parser gave the object to: "urged *Congress* to pass"."""
    for clause in children(verb, "ccomp", "xcomp"):
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children) or (
            clause.tag_ == "VB" and lemma_of(verb) in {"help", "let"}
        ):
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


def prepositions_of(token: Token, depth: int = 0) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) of a token; "out of" is yielded as `of` and as `out`."""
    for prep in token.children:
        if prep.dep_ not in PREPOSITIONS:
            continue
        noun = child(prep, "pobj", "pcomp")
        if noun is not None and noun.ent_type_ in TIMES:
            if prep.lower_ in {"for", "to"}:
                yield "term", noun
            continue
        if noun is not None:
            yield prep.lower_, noun
        if depth < 2 and prep.lower_ not in SOURCING:
            for name, inner in prepositions_of(prep, depth + 1):
                yield name, inner
                yield prep.lower_, inner


def _within(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield the prepositions of a token and of the nouns behind them: "the banker accused of fraud *to* Spain", hung on "fraud"."""
    for name, noun in prepositions_of(token):
        yield name, noun
        yield from prepositions_of(noun)


def noun_arguments(annotations: Annotations, noun: Token, entry: Trigger) -> Arguments:
    """Return the slots of a noun, with `subj` and `obj` as its entry reads possessors, `of` and the words before it."""
    slots: dict[str, Token] = dict(reversed(list(prepositions_of(noun))))
    light = governing_verb(noun)
    doer = _lights(light, noun)
    if light is not None:
        slots["light"] = light
        for name, found in prepositions_of(light) if doer is not None or is_passive(light) else ():
            if found.i != noun.i:
                slots.setdefault(name, found)
        given = next((c for c in light.children if c.dep_ == "dative" and c.pos_ != "ADP"), None)
        given = given or (child(light, "dobj") if light.head.i == noun.i and lemma_of(light) in GIVING else None)
        if given is not None and given.i != noun.i:
            slots.setdefault("to", given)
    if noun.head.i != noun.i:
        slots["head"] = noun.head
    mods = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "nummod", "npadvmod"} and c.i < noun.i]
    if mods:
        slots["mod"] = mods[-1]
    if (clause := child(noun, "acl")) is not None and any(c.lower_ in {"to", "that"} for c in children(clause, "aux", "mark")):
        slots["comp"] = clause
    if noun.dep_ == "nsubj" and lemma_of(noun.head) in COMING and (source := prepositional(noun.head, "from")) is not None:
        slots.setdefault("from", source)
        slots.setdefault("by", source)
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


COMING = frozenset({"come", "emerge", "pour", "flow", "arrive"})
GIVING = frozenset({"send", "give", "hand", "issue", "offer", "grant", "show", "deliver", "pay"})
"""Verbs of two objects: in "the ultimatum that the army sent *the bank*" the object behind is whom it went to."""
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
    if noun.dep_ in {"nsubj", "nsubjpass"} and (raised := child(head, "xcomp")) is not None and child(raised, "auxpass") is not None:
        return raised
    if noun.dep_ == "nsubj" and head.dep_ == "relcl":
        return None
    relative = next((c for c in noun.children if c.dep_ in {"relcl", "acl"} and c.tag_ in {"VBN", "VBD", "VBZ", "VBP"}), None)
    if relative is None or lemma_of(relative) not in classes()["do"] | classes()["undergo"]:
        return None
    held = child(relative, "dobj")
    if held is not None and held.i > relative.i and lemma_of(relative) in GIVING and own_subject(relative) is not None:
        return relative
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
    lemma = lemma_of(verb)
    sort = "undergo" if lemma in classes()["undergo"] else ("do" if lemma in classes()["do"] else None)
    who = _doer(verb) if sort else None
    if who is None or who.i == noun.i:
        return None
    return who, str(sort)


def _set(slots: dict[str, Token], name: str, token: Token | None) -> None:
    if token is not None:
        slots[name] = token
