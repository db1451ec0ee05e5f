"""The terms of a commitment: by when, from when, on what condition.

A deadline is the time that says when the act takes place (by the parse), never the time of saying; one that lies wholly before the
day of the page is none. Its value is its last day: of a day that day, of a month or year the last, "before 1 May" 30 April. Where the
page gives no year, the value is null and the words stand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations, TimeExpression
from onrecord.commissives.acts import OPEN
from onrecord.commissives.bindings import Binding
from onrecord.grammar import VERBAL, chars, child
from onrecord.moments import head_of, times_of
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

DAY = re.compile(r"\d{4}-\d\d-\d\d$")
MONTH = re.compile(r"\d{4}-\d\d$")
CALENDAR = re.compile(r"\d{3,4}")


class Deadline(NamedTuple):
    """A time expression as a term, and its value: an ISO day, or EDTF where no last day is known."""

    time: TimeExpression
    value: str | None


def deadline(annotations: Annotations, binding: Binding) -> Deadline | None:
    """Return when, or by when, the act is due."""
    found = [time for time in eligible(annotations, binding) if time.role != "since"]
    if found:
        time = _as_set(min(found, key=_width), binding)
        return Deadline(time, value_of(time))
    since = start(annotations, binding)
    return Deadline(since, since.earliest) if since is not None else None


def eligible(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the times that can say when the act is due."""
    return tuple(time for time in _times(annotations, binding) if _eligible(annotations, time, binding))


def start(annotations: Annotations, binding: Binding) -> TimeExpression | None:
    """Return from when on the act is to be done."""
    return next((t for t in _times(annotations, binding) if t.role == "since" and t.type != "SET"), None)


def _times(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    found = _own_times(annotations, binding) or _when(annotations, binding) or _behind_all(annotations, binding)
    return found or _far_by(annotations, binding)


def _far_by(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return a "by" within the act's words that the parser hung on a noun's clause: "the sludge that it spilled by 1 September"."""
    within = {t.i for t in binding.act.subtree if t.i > binding.act.i}
    published = annotations.document.published.latest
    out = []
    for time in annotations.times:
        head = head_of(annotations, time.span) if time.role == "by" else None
        ahead = time.latest is None or published is None or time.latest >= published
        if head is not None and head.i in within and ahead and not any(_own_act(t, binding.act) for t in head.ancestors):
            out.append(time)
    return tuple(out[:1])


def _own_act(token: Token, act: Token) -> bool:
    """Tell whether a word between a time and the act is an act to come of its own."""
    return token.i > act.i and token.pos_ in VERBAL and token.tag_ in {"VB", "VBG"}


def _when(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the day that a clause of time stands behind: "on 3 March, when both parties are to vote"."""
    for verb in (binding.act, *binding.cue[:1]):
        day = verb.head
        if verb.dep_ in {"relcl", "advcl"} and any(c.lower_ == "when" for c in verb.children):
            return tuple(t for t in annotations.times if t.span.start <= day.idx < t.span.end)
    return ()


def _behind_all(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the "by" behind the last of coordinated acts, which is the deadline of them all: "to withdraw and end the mission by May"."""
    last = max(binding.act.conjuncts, key=lambda t: t.i, default=binding.act)
    if last.i <= binding.act.i or last.pos_ not in VERBAL:
        return ()
    return tuple(t for t in times_of(annotations, last) if t.role == "by" and t.span.start > last.idx)


def _own_times(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    own = times_of(annotations, binding.act)
    if binding.frame in {"time", "modal"} or binding.entry.pos == "adjective":
        own = (*own, *(t for t in times_of(annotations, binding.cue[0]) if t not in own))
    return own


def _as_set(time: TimeExpression, binding: Binding) -> TimeExpression:
    """Read "until" by its verb: who "has until Friday" is to act by then; what is "put off until Friday" takes place then."""
    if time.role != "until":
        return time
    if binding.entry.id.endswith("have-until"):
        return replace(time, role="by")
    if binding.frame == "time":
        first = time.value if DAY.match(time.value) else f"{time.value}-01" if MONTH.match(time.value) else None
        return replace(time, role="at", earliest=first)
    return time


def _width(time: TimeExpression) -> tuple[bool, int]:
    """Order times by how closely they name a day: "next month on August 2" is due on August 2."""
    if time.latest is None:
        return True, 0
    return False, (date.fromisoformat(time.latest) - date.fromisoformat(time.earliest or time.latest)).days


def _eligible(annotations: Annotations, time: TimeExpression, binding: Binding) -> bool:
    if time.type == "SET" or time.value in {"PAST_REF", "PRESENT_REF", "FUTURE_REF"}:
        return False
    if time.type == "DURATION" and time.role not in {"by", "until", "during"}:
        return False
    if time.type == "DURATION" and time.latest is None and time.role != "by":
        return False
    published = annotations.document.published.earliest
    told = binding.cue[0].tag_ in {"VBD", "VBN"} or binding.cue[0].lower_ == "would"
    reports = binding.frame in {"modal", "that"} or binding.entry.pos == "adjective"
    if told and reports and time.span.start > binding.act.idx:
        return True  # what was to be done in the meantime
    return not (published and time.latest and time.latest < published and time.role in {"at", "during", None})


def value_of(time: TimeExpression) -> str | None:
    """Return the last day of a time's bounds, else its value where that is EDTF of the calendar."""
    if time.mod in {"MID", "START"} and time.latest is None:
        return time.value if CALENDAR.match(time.value) else None
    if time.latest is not None:
        return time.latest
    return time.edtf if time.edtf and CALENDAR.match(time.edtf) else None


# ---- conditions -----------------------------------------------------------------------------------------------------

MARKS = frozenset({"if", "unless", "provided", "providing", "once", "assuming"})
PHRASES = (
    ("on", "condition", "that"),
    ("on", "the", "condition", "that"),
    ("as", "long", "as"),
    ("so", "long", "as"),
    ("in", "the", "event"),
    ("in", "case"),
)


def condition(binding: Binding) -> Span | None:
    """Return the words of the condition on the act, with the word that makes it one."""
    sentence = list(binding.act.sent)
    homes = {binding.act.i, binding.act.head.i, *(t.i for t in binding.cue)}
    for token in sentence:
        clause = _condition_at(token)
        if clause is None or binding.act.i in {t.i for t in clause.subtree}:
            continue
        if _reaches(clause, homes):
            words = [t for t in clause.subtree if t.i >= token.i]
            before = token.nbor(-1) if token.i > sentence[0].i else token
            return chars([*([before] if before.lower_ in {"only", "even"} else []), token, *words])
    return None


def _reaches(clause: Token, homes: set[int]) -> bool:
    """Tell whether a condition hangs on the act, with no act of another's between."""
    for token in clause.ancestors:
        if token.i in homes:
            return True
        if token.dep_ == "conj" and token.pos_ in VERBAL and child(token, "nsubj", "nsubjpass") is not None:
            return False
    return False


def _condition_at(token: Token) -> Token | None:
    """Return the head of the condition that this token opens, or None."""
    if token.lower_ in {"if", "unless"} and token.dep_ == "mark":
        open_verb = token.head.dep_ == "ccomp" or token.head.head.lemma_.lower() in OPEN
        whether = token.lower_ == "if" and token.head.i > token.head.head.i and open_verb
        return None if whether else token.head
    if token.lower_ in {"provided", "providing", "assuming"} and (token.dep_ in {"mark", "advcl", "prep"} or token.head.dep_ == "advcl"):
        return token.head if token.dep_ == "mark" else token
    if (
        token.lower_ == "should"
        and token.dep_ == "aux"
        and token.head.dep_ == "advcl"
        and token.i < (child(token.head, "nsubj") or token).i
    ):
        return token.head
    for phrase in PHRASES:
        doc = token.doc
        if tuple(t.lower_ for t in doc[token.i : token.i + len(phrase)]) == phrase:
            last = doc[token.i + len(phrase) - 1]
            return last.head if last.head.pos_ in VERBAL and last.head.i > last.i else token
    return None
