"""What the verb group says of the time and certainty of an act: modals, "would" of a report or a habit, a present with a coming day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.calendars import MONTH_NAMES, WEEKDAY_NAMES
from onrecord.grammar import children, own_subject
from onrecord.modality.negations import negation
from onrecord.modality.states import State, first_of, is_definite, result, signatures, span_of, stack

if TYPE_CHECKING:
    from spacy.tokens import Token

COMING = frozenset({"tomorrow", "next", "tonight", "coming", "upcoming", *WEEKDAY_NAMES, *MONTH_NAMES})
AHEAD = frozenset({"tomorrow", "next", "coming", "upcoming"})
STARTING = frozenset(
    {
        "begin", "start", "open", "leave", "depart", "arrive", "resume", "end", "close", "expire", "take", "come", "enter", "meet", "go",
        "kick", "travel", "visit", "fly", "return", "fall",
    }
)  # fmt: skip
"""Verbs whose present with a point of time is a timetable: "the amnesty begins on the first day of the feast"."""
POINTS = frozenset({"day", "morning", "evening", "noon", "midnight", "dawn", "dusk", "month", "week"})
HABITS = frozenset({"often", "sometimes", "usually", "always", "regularly", "frequently", "occasionally", "routinely"})
AFTERWARDS = frozenset({"later", "eventually", "subsequently", "ultimately", "finally"})
"""Adverbs that make "would" a future in the past: "he would later resign"."""
WISHES = frozenset({"wish", "hope", "ask"})


def modals(token: Token, outer: State) -> Iterator[State]:
    """Modals; "would" in the report of a past plan is its "will" ("said it would withdraw"), in a past it is a habit or a refusal."""
    for word in auxiliaries(token):
        row = signatures().get((word.lower_, "modal"))
        if row is None or (word.lower_ in {"could", "can", "cannot"} and token.i and token.nbor(-1).lower_ == "but"):
            continue
        if word.lower_ not in {"would", "'d"}:
            yield result(row.positive, row.force, (span_of(word),))
        elif word.lower_ == "'d" and any(c.lower_ == "better" for c in token.children):
            yield State("hypothetical", force="U", evidence=(span_of(word),))
        elif _past(token):
            continue
        elif _backshifted(token) and outer.mood != "hypothetical":
            yield State("planned", force="CT", evidence=(span_of(word),))
        else:
            yield result(row.positive, row.force, (span_of(word),))


def _past(token: Token) -> bool:
    """Tell whether "would" speaks of a habit or of what came later: "would often arrest", "would later resign", "would go on to"."""
    adverbs = {c.lower_ for c in children(token, "advmod")}
    went_on = token.lemma_ == "go" and any(c.lower_ == "on" for c in token.children) and children(token, "xcomp")
    reported = first_of(token).dep_ == "ccomp"
    perfect = any(c.lower_ == "have" for c in children(token, "aux"))
    return not perfect and (bool(adverbs & HABITS) or (not reported and (bool(adverbs & AFTERWARDS) or bool(went_on))))


def _backshifted(token: Token) -> bool:
    """Tell whether "would" reports a "will": in a reported clause, or denied, of a subject that the text knows."""
    first = first_of(token)
    who = own_subject(token) or own_subject(first)
    known = who is None or who.pos_ in {"PRON", "PROPN"} or is_definite(who) or who.dep_ == "nsubjpass" or who.tag_ == "NNS"
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in first.children)
    clause = first.dep_ == "ccomp" or (first.dep_ in {"acl", "advcl"} and that)
    reported = clause and first.head.lemma_.lower() not in WISHES
    perfect = any(c.lower_ == "have" for c in children(token, "aux")) or any(c.lower_ == "rather" for c in children(token, "advmod"))
    return known and not perfect and (reported or negation(token) is not None)


def auxiliaries(token: Token) -> list[Token]:
    """Return the auxiliaries, those of a coordination's first verb where the two have one form ("will arrest and deport")."""
    own = children(token, "aux")
    first = first_of(token)
    shares = first.tag_ == token.tag_ and first.tag_ in {"VB", "VBN", "VBG"} and own_subject(token) is None
    return own or (children(first, "aux") if shares else [])


def timetable(annotations: Annotations, token: Token, own: State) -> State:
    """Read a present tense with a coming day as a plan ("leaves on Sunday"), and a noun with one; a headline's present is a past."""
    sentence = annotations.sentence_at(token.idx)
    if own.mood != "actual" or sentence is None or sentence.role == "title":
        return own
    if token.pos_ in {"NOUN", "PROPN"}:
        found = _day(token, AHEAD, dated=False)
    elif _present(token):
        found = _day(token, COMING, dated=token.lemma_ in STARTING and token.tag_ in {"VBZ", "VBP"})
    else:
        found = None
    return stack(State("planned", force="CT", evidence=(span_of(found),)), own, own.evidence) if found is not None else own


def _present(token: Token) -> bool:
    aux = [c.lower_ for c in children(token, "aux", "auxpass")]
    return (token.tag_ in {"VBZ", "VBP"} and not aux) or (
        token.tag_ in {"VBG", "VBN"} and set(aux) <= {"is", "are", "being"} and bool(set(aux) & {"is", "are"})
    )


def _day(token: Token, words: frozenset[str], *, dated: bool) -> Token | None:
    """Return the coming day among a word's adverbials. `dated`: any point of time is one."""
    for c in token.children:
        if c.dep_ == "poss" and (ahead := next((t for t in c.subtree if t.lower_ in AHEAD), None)) is not None:
            return ahead
        if c.i < token.i and token.pos_ in {"NOUN", "PROPN"} and c.dep_ not in {"compound", "amod", "poss", "nmod"}:
            continue
        if c.dep_ in {"npadvmod", "advmod", "prep", "nmod", "tmod"} and (c.dep_ != "prep" or c.lower_ in {"on", "in", "from", "at"}):
            named = next((t for t in c.subtree if t.lower_ in words and (c.dep_ == "prep" or t.lower_ not in MONTH_NAMES)), None)
            if named is not None and any(t.shape_ == "dddd" for t in c.subtree):
                named = None  # a full date is a headline's or the page's own
            timed = (
                next((t for t in c.subtree if (t.ent_type_ in {"DATE", "TIME"} or t.lower_ in POINTS)), None)
                if dated and c.dep_ == "prep"
                else None
            )
            if named is not None or timed is not None:
                return named or timed
    return None
