"""What is a word of a past that is over: a plan that came to nothing, a promise broken or of long ago, a term that has run out.

Known limit: how long ago a word was given is read from the time beside it, or one that opens the sentence.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from onrecord.commissives.bindings import WOULD
from onrecord.commissives.cases import Case
from onrecord.commissives.words import belongs
from onrecord.grammar import VERBAL, auxiliaries, children
from onrecord.moments import time_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotations import TimeExpression

LONG = 365  # days after which a promise without a day is told as history; a gold page of 2019 tells a deal of 2018


def past(case: Case) -> str | None:
    """Refuse a plan of a past that is over: "was to have been signed", "once vowed", a term that has run out."""
    perfect = any(c.lemma_ == "have" and c.tag_ == "VB" for c in auxiliaries(case.act))
    if case.modal and perfect and any(t.tag_ == "VBD" or t.lower_ in WOULD for t in case.binding.cue):
        return "a plan that came to nothing"
    if case.key == "have-until" and case.cue.tag_ == "VBD":
        return "a term that is over"
    if any(c.dep_ == "advmod" and c.lower_ in {"once", "originally"} for c in case.cue.children):
        return "a word of the past"
    if case.key in {"have-until", "term"} and case.act.lemma_ in CHANCES:
        return "a chance, not a duty"
    going = case.key == "will" and any(t.lower_ in {"was", "were"} for t in (*case.binding.cue, *case.cue.children))
    if going and case.statement is None:
        return "what was going to be"
    broken = next((v for v in (*case.cue.conjuncts, *case.act.conjuncts) if v.i > case.cue.i and _breaks(v)), None)
    return f"broken: {broken.text!r}" if broken is not None else _earlier(case)


CHANCES = frozenset({"apply", "appeal", "bid", "claim", "comment", "enter", "lodge", "object", "register", "challenge"})


def _breaks(verb: Token) -> bool:
    """Tell whether a second verb of the same subject breaks the word: "promised to pay and went back on it"."""
    back = verb.lemma_ == "go" and any(c.lower_ == "back" for c in verb.children)
    return verb.tag_ in {"VBD", "VBN"} and (
        back or belongs(verb, "withdrawn") or verb.lemma_ in {"backtrack", "backpedal", "fail", "default"}
    )


def _earlier(case: Case) -> str | None:
    if case.key == "bound":
        return None  # what binds since long ago still binds
    above_it = case.cue.head if case.cue.dep_ in {"acomp", "oprd"} or case.cue.pos_ not in VERBAL else case.cue
    had = any(c.lower_ in {"had", "'d", "’d"} for t in (case.cue, above_it) if t.pos_ in VERBAL for c in children(t, "aux"))
    before = any(c.lower_ in {"previously", "initially", "earlier"} for c in case.cue.children)
    if case.over and (had or (case.key == "be-to" and case.cue.lower_ in {"was", "were"} and case.statement is None)):
        return "a term that is over"
    had = had and not (case.cue.dep_ == "ccomp" and case.cue.head.i < case.cue.i and case.statement is not None)  # "said it had decided"
    if (had and case.key in {"intend", "decide", "postpone", "due"} | ({"promise", "committed"} if not case.timed else set())) or (
        before and case.key in {"intend", "plan-noun"}
    ):
        return "a plan of earlier days"
    progressive = case.cue.tag_ == "VBG" and any(c.lower_ in {"was", "were"} for c in children(case.cue, "aux"))
    if progressive and case.key == "intend" and case.statement is None:
        return "a plan of earlier days"  # "was planning to hold the vote on Tuesday"
    published = case.annotations.document.published.earliest
    said = _said(case)
    if said is None or said.latest is None or case.dated:
        return None
    if published and case.cue.lemma_ == "decision" and (date.fromisoformat(published) - date.fromisoformat(said.latest)).days > CARRIED_OUT:
        return "a decision of earlier days"
    if not published:
        return "a word of long ago" if re.match(r"\d{4}", said.value) and said.role in {"at", "during"} else None
    return "a word of long ago" if (date.fromisoformat(published) - date.fromisoformat(said.latest)).days > LONG else None


def _said(case: Case) -> TimeExpression | None:
    """Return when the word was given: the time of its verb, or of its noun ("a pledge in 1983"), or one that opens the sentence."""
    if case.cue.tag_ not in {"VBD", "VBN"} and case.cue.pos_ != "NOUN":
        return None
    said = time_of(case.annotations, case.cue)
    if said is not None and said.span.start < case.act.idx:
        return said
    start = case.sentence.span.start
    return next((t for t in case.annotations.times if start <= t.span.start <= start + OPENING and t.span.end < case.cue.idx), None)


CARRIED_OUT = 14
"""Days after which a decision that is told of as past, with no day to come, has been carried out; by eye."""
OPENING = 4
"""Letters before a time that opens the sentence: "In 2019", "Back" is too long to be one."""
