"""What a verb cue attributes, by its frames: clauses, noun phrases, "as" and "of" phrases, what something is called.

Each frame is a function of a cue's use that returns the content's tokens, or None where the frame does not stand here. The first
frame of FRAMES that stands wins, prepositions last. Contents leave out "that", the cue and its source, participles that report further
("…, adding that"), "according to" and what follows a semicolon.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.attribution.clauses import gerund, infinitive, interposed, is_finite, question, that
from onrecord.attribution.cues import Use
from onrecord.attribution.extents import CLAIMS, Content, core, is_aside, trimmed
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, child, children, is_passive, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

UNSAID = vocabulary("unsaid")
PERSONS = vocabulary("person") | vocabulary("ordinary")
ATTITUDES = vocabulary("attitude")


def content_of(use: Use) -> Content | None:
    """Return the content of a verb cue by the first of its frames that stands here, quotations left to `quoted`."""
    around = interposed(use)
    if around is not None:
        return around
    for frame, find in FRAMES:
        if frame in use.cue.frames:
            found = find(use)
            if found is not None and found.tokens:
                return found
    return _phrase(use)


def _object(use: Use) -> Content | None:
    """Return a noun phrase: what is announced, denied, demanded; not a person, a pronoun, a time."""
    verb = use.token
    if is_passive(verb):
        return _announced(verb)
    thing = child(verb, "dobj")
    if thing is None or thing.i < verb.i or thing.pos_ == "PRON" or thing.ent_type_ in {"DATE", "TIME"} or thing.tag_ in {"WP", "WDT"}:
        return None
    further = [
        c for c in verb.children if c.dep_ == "prep" and c.i > thing.i and c.lower_ in ({"as", "to"} if "+to" in use.cue.frames else {"as"})
    ]
    if (
        (thing.ent_type_ in {"PERSON", "GPE"} and not further)
        or thing.lemma_.lower() in UNSAID | PERSONS
        or child(verb, "dative") is not None
    ):
        return None
    tokens = [t for t in (*core(thing), *(t for c in further for t in c.subtree)) if t.i > verb.i]
    return Content(trimmed(tokens, verb), "object")


def _announced(verb: Token) -> Content | None:
    """Return the subject of a passive with an agent ("her illness was made public by her sister")."""
    thing = child(verb, "nsubjpass")
    by = child(verb, "agent")
    if thing is None or by is None or thing.pos_ == "PRON" or thing.ent_type_ in {"PERSON", "GPE", "ORG"} or verb.dep_ == "relcl":
        return None
    return Content(core(thing), "object") if thing.lemma_.lower() not in UNSAID and thing.tag_ not in {"WP", "WDT"} else None


def _attitude(use: Use) -> Content | None:
    """Return an object that says what somebody intends, feels or holds ("stated her intention to run")."""
    thing = child(use.token, "dobj")
    return _object(use) if thing is not None and thing.lemma_.lower() in ATTITUDES else None


def _claim(use: Use) -> Content | None:
    """Return an object that is itself a claim ("dismissed the report")."""
    found = _object(use)
    head = child(use.token, "dobj")
    return found if found is not None and head is not None and head.lemma_.lower() in CLAIMS else None


def claimed(noun: Token) -> Content | None:
    """Return the clause of a claim ("rumours that the king had died")."""
    for clause in noun.children:
        that = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
        if clause.dep_ in {"acl", "ccomp", "relcl"} and clause.i > noun.i and that is not None and that.dep_ in {"mark", "det"}:
            return Content([t for t in clause.subtree if t.i > that.i], "that")
    return None


def _predicate(use: Use) -> Content | None:
    """Return what somebody or something is called."""
    verb = use.token
    if child(verb, "dative") is not None and child(verb, "dobj") is not None:
        return Content(trimmed([t for t in core(child(verb, "dobj") or verb) if t.i > verb.i], verb), "predicate")
    for c in verb.children:
        if c.i < verb.i:
            continue
        if c.dep_ in {"oprd", "xcomp"} and c.pos_ not in VERBAL:
            return Content(trimmed(list(c.subtree), verb), "predicate")
        if c.dep_ == "ccomp" and not is_finite(c):
            who = own_subject(c)
            if who is not None and who.i > verb.i:
                mine = {t.i for t in who.subtree}
                rest = [t for t in c.subtree if t.i > verb.i and t.i not in mine and t.i > who.i]
                if rest and rest[0].dep_ != "aux":
                    return Content(trimmed(rest, verb), "predicate")
    return None


def _as(use: Use) -> Content | None:
    """Return what something is described as."""
    verb = use.token
    for head in (
        verb,
        *children(verb, "dobj", "nsubjpass", "prep"),
        *use.words[1:],
        *(o for w in use.words[1:] for o in children(w, "pobj")),
    ):
        for prep in head.children:
            if prep.lower_ == "as" and prep.i > verb.i and prep.dep_ in {"prep", "mark", "advmod", "advcl"}:
                tokens = [t for t in prep.subtree if t.i > prep.i]
                if not tokens and prep.dep_ == "mark":
                    tokens = [t for t in head.subtree if t.i > prep.i]
                if tokens:
                    return Content(trimmed(tokens, verb), "+as")
    for clause in children(verb, "advcl", "xcomp", "oprd", "acomp"):
        if clause.i > verb.i and clause.i > 0 and clause.left_edge.lower_ == "as" and clause.left_edge.head.i == clause.i:
            return Content(trimmed([t for t in clause.subtree if t.i > clause.left_edge.i], verb), "+as")
    return None


def _phrase(use: Use) -> Content | None:
    """Return the object of one of the cue's prepositions."""
    verb = use.token
    for frame in use.cue.frames:
        if not frame.startswith("+"):
            continue
        if frame == "+as":
            found = _as(use)
            if found is not None:
                return found
            continue
        for head in (verb, *children(verb, "dobj")):
            for prep in head.children:
                if prep.lower_ == frame[1:] and prep.i > verb.i and prep.dep_ in {"prep", "mark", "advmod", "dative"}:
                    found = _governed(use, prep, frame)
                    if found is not None:
                        return found
        found = _for(use, frame)
        if found is not None:
            return found
    return None


def _governed(use: Use, prep: Token, frame: str) -> Content | None:
    tokens = [t for t in prep.subtree if t.i > prep.i]
    if not tokens:
        return None
    if frame == "+at" or (frame == "+to" and use.cue.id == "cue.compare"):
        return _with_object(use, prep, frame)
    whom = child(use.token, "dobj") or child(use.token, "nsubjpass")
    stop = next((n for n, t in enumerate(tokens) if n and is_aside(t)), len(tokens))
    more = [t for c in prep.children if c.dep_ == "conj" and c.lower_ == prep.lower_ for t in c.subtree]
    if frame == "+for" and stop == len(tokens):  # "appealed for $90 million to feed the displaced"
        last = tokens[-1].i + 1
        aims = (c for c in use.token.children if c.dep_ in {"advcl", "xcomp"} and c.left_edge.i == last and c.left_edge.lower_ == "to")
        more += [t for c in aims for t in c.subtree if not any(_finite_conjunct(a, c) for a in (t, *t.ancestors))]
    return Content(trimmed((*tokens[:stop], *more), use.token), frame, whom)


def _finite_conjunct(token: Token, clause: Token) -> bool:
    """Tell whether a token is a finite verb that the parser joined to an infinitive."""
    return token.dep_ == "conj" and token.head.i == clause.i and token.tag_ in {"VBD", "VBZ"}


def _with_object(use: Use, prep: Token, frame: str) -> Content | None:
    """Return an object with its phrase: what is put at a number ("the toll at 40"), what is compared to something."""
    thing = child(use.token, "dobj")
    if thing is None or (frame == "+at" and not any(t.like_num or t.pos_ == "NUM" for t in prep.subtree)):
        return None
    return Content(trimmed((*core(thing), *prep.subtree), use.token), frame)


def _for(use: Use, frame: str) -> Content | None:
    """Return the clause that the preposition marks ("called for the men to be tried")."""
    for clause in use.token.children:
        mark = child(clause, "mark")
        if clause.dep_ in {"advcl", "ccomp", "xcomp"} and mark is not None and mark.lower_ == frame[1:] and mark.i > use.token.i:
            return Content(trimmed([t for t in clause.subtree if t.i > mark.i], use.token), frame)
    return None


FRAMES: tuple[tuple[str, Callable[[Use], Content | None]], ...] = (
    ("to", infinitive),
    ("wh", question),
    ("that", that),
    ("ing", gerund),
    ("predicate", _predicate),
    ("claim", _claim),
    ("attitude", _attitude),
    ("object", _object),
)
