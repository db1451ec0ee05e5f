"""By when, or when: the time that says when an act is due, and its bounds.

A deadline is the time that the parse gives the act, never the time of saying; one that lies wholly before the day of the page is none.
Its value is its last day: of a day that day, of a month or year the last, "before 1 May" 30 April. Where the page gives no year the
value is null and the words stand. "While the talks last" and "until further notice" are deadlines without a day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations, TimeExpression, TimeRole
from onrecord.commissives import stretches
from onrecord.commissives.bindings import Binding
from onrecord.grammar import VERBAL, chars, child, children
from onrecord.moments import head_of, times_of
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

DAY = re.compile(r"\d{4}-\d\d-\d\d$")
MONTH = re.compile(r"\d{4}-\d\d$")
CALENDAR = re.compile(r"\d{3,4}")
VAGUE_REFS = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})


class Deadline(NamedTuple):
    """The words of a deadline, how it binds, its first and last day, and its value: an ISO day, or EDTF where no last day is known.

    `counted`: a stretch of time, not a day of the calendar.
    """

    span: Span
    role: TimeRole | None
    earliest: str | None
    latest: str | None
    value: str | None
    counted: bool = False


def deadline(annotations: Annotations, binding: Binding, *, negated: bool) -> Deadline | None:
    """Return when, or by when, the act is due (until when it is not to be done)."""
    times = eligible(annotations, binding)
    whole = stretches.stretch(annotations, times)
    if whole is not None:
        return Deadline(whole.span, whole.role, whole.earliest, whole.latest, whole.latest)
    found = [time for time in times if time.role != "since" or (negated and _word_before(annotations, time) in {"before", "until", "till"})]
    if found:
        return _of_time(annotations, min(found, key=_width), binding, negated=negated)
    since = start(annotations, binding)
    if since is not None:
        return Deadline(since.span, "since", since.earliest, since.latest, since.earliest)
    return _clause(annotations, binding, negated=negated) or _words(annotations, binding)


def eligible(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the times that can say when the act is due."""
    times = _times(annotations, binding)
    times = tuple(stretches.next_one(annotations, time) if _looks_ahead(binding, time) else time for time in times)
    return tuple(time for time in times if _eligible(annotations, time, binding))


def _looks_ahead(binding: Binding, time: TimeExpression) -> bool:
    """Tell whether a day without a year is the next of its name: behind "by", "until" and "from", or where a day is set."""
    if binding.frame in {"time", "present"} or _granted(binding):
        return True
    return time.role in {"by", "until", "since"} and not _reported(binding)


def start(annotations: Annotations, binding: Binding) -> TimeExpression | None:
    """Return from when on the act is to be done."""
    times = [t for t in _times(annotations, binding) if t.role == "since" and t.type != "SET"]
    if not times:
        return None
    return stretches.next_one(annotations, times[0]) if _looks_ahead(binding, times[0]) else times[0]


# ---- one time -------------------------------------------------------------------------------------------------------


def _of_time(annotations: Annotations, time: TimeExpression, binding: Binding, *, negated: bool) -> Deadline:
    """Read the role by the verb: who "has until Friday" acts by then; what is "put off until Friday" takes place then."""
    role, earliest, latest = time.role, time.earliest, time.latest
    before = _word_before(annotations, time)
    if _granted(binding):
        role, earliest = "by", None
    elif role == "until" and binding.frame == "time":
        role = "at"
        earliest = time.value if DAY.match(time.value) else f"{time.value}-01" if MONTH.match(time.value) else None
    elif role == "by" and negated and before == "before":
        role = "until"
    elif role == "since" and before in {"before", "until", "till"} and earliest is not None:
        role, latest, earliest = "until", earliest if before != "before" and DAY.match(time.value[:10]) else _before(earliest), None
    if time.type == "DURATION" and role != "at":
        role, earliest, latest = _counted(annotations, time, binding, role)
    event = stretches.of_event(annotations, time) if role == "at" else None
    if event is not None and event in EVENTS and latest is not None:
        role, earliest, latest = _of_event(event, earliest, latest, negated=negated)
    if time.mod == "END" and role == "at" and latest is not None and "end" in time.span.of(annotations.text):
        earliest = latest
    shown = replace(time, latest=latest)
    return Deadline(time.span, role, earliest, latest, value_of(shown), time.type == "DURATION")


EVENTS: dict[str, TimeRole] = {
    "until": "until", "till": "until", "before": "by", "by": "by", "ahead of": "by", "during": "during", "throughout": "during",
}  # fmt: skip
"""Prepositions before an event with a day of its own."""


def _of_event(event: str, earliest: str | None, latest: str, *, negated: bool) -> tuple[TimeRole, str | None, str | None]:
    """Return role and bounds of what is due before, until or during an event that has a day."""
    role = "until" if event == "before" and negated else EVENTS[event]
    if role == "during":
        return role, earliest, latest
    return role, None, _before(latest) if event == "before" else latest


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _granted(binding: Binding) -> bool:
    """Tell whether a time is a term that is set: "has until Friday to answer", "gave it 30 days to pay", "a deadline of 31 October"."""
    return binding.entry.id.endswith((".have-until", ".deadline")) or binding.frame == "term"


def _counted(
    annotations: Annotations, time: TimeExpression, binding: Binding, role: TimeRole | None
) -> tuple[TimeRole | None, str | None, str | None]:
    """Return role and bounds of a duration: from the day of the word where the text gives it, else as the annotator counts them."""
    said = stretches.said_on(annotations, binding)
    end = stretches.counted(time.value, said) if said is not None else time.latest
    if role == "by":
        return role, None, end or time.latest
    return "during", said if end is not None and said is not None else time.earliest, end or time.latest


def _word_before(annotations: Annotations, time: TimeExpression) -> str:
    first = annotations.tokens_of(time.span)[0]
    return first.nbor(-1).lower_ if first.i else ""


def value_of(time: TimeExpression) -> str | None:
    """Return the last day of a time's bounds, else its value where that is EDTF of the calendar."""
    if time.mod in {"MID", "START"}:
        return time.value if CALENDAR.match(time.value) else None
    if time.latest is not None:
        return time.latest
    return time.edtf if time.edtf and CALENDAR.match(time.edtf) else None


def _width(time: TimeExpression) -> tuple[bool, int]:
    """Order times by how closely they name a day: "next week on 9 June" is due on August 2."""
    if time.latest is None:
        return True, 0
    return False, (date.fromisoformat(time.latest) - date.fromisoformat(time.earliest or time.latest)).days


def _eligible(annotations: Annotations, time: TimeExpression, binding: Binding) -> bool:
    if time.type == "SET" or time.value in VAGUE_REFS:
        return False
    if time.type == "DURATION" and time.latest is None and time.role != "by" and not _term(annotations, time, binding):
        return False
    published = annotations.document.published.earliest
    if _reported(binding) and time.span.start > binding.act.idx:
        return True  # what was to be done in the meantime
    return not (published and time.latest and time.latest < published and time.role in {"at", "during", None})


def _reported(binding: Binding) -> bool:
    """Tell whether what was to be done is told in the past."""
    told = binding.cue[0].tag_ in {"VBD", "VBN"} or binding.cue[0].lower_ == "would"
    return told and (binding.frame in {"modal", "that"} or binding.entry.pos == "adjective")


def _term(annotations: Annotations, time: TimeExpression, binding: Binding) -> bool:
    """Tell whether a duration is a term, or says how long something holds: "barred for ten years", "will stay for six months"."""
    if _granted(binding):
        return True
    holds = binding.entry.negated or binding.act.lemma_ in {"stay", "remain", "keep", "suspend", "freeze", "close", "extend"}
    before = annotations.text[max(0, time.span.start - 30) : time.span.start]
    return holds and re.search(r"\bfor (?:at least |another |a further |up to )?$", before) is not None


# ---- which times ----------------------------------------------------------------------------------------------------


def _times(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    if _granted(binding):
        return _between(annotations, binding)
    ways = (_own, _when, _behind_all, _by_within, _by_at_cue, _beside)
    return next((found for way in ways if (found := way(annotations, binding))), ())


def _own(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    own = times_of(annotations, binding.act)
    if binding.frame in {"time", "modal"} or binding.entry.pos == "adjective":
        own = (*own, *(t for t in times_of(annotations, binding.cue[0]) if t not in own))
    return own


def _between(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the term of "has until Friday to answer", "has 60 days in which to leave": what stands between."""
    words = Span(binding.cue[0].idx, binding.act.idx)
    return tuple(t for t in annotations.times if words.contains(t.span) and t.value not in VAGUE_REFS)


def _when(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the day that a clause of time stands behind: "on 3 March, when the two chambers vote"."""
    for verb in (binding.act, binding.cue[0]):
        day = verb.head
        if verb.dep_ in {"relcl", "advcl"} and any(c.lower_ == "when" for c in verb.children):
            return tuple(t for t in annotations.times if t.span.start <= day.idx < t.span.end)
        if verb.dep_ == "relcl" and day.lemma_.lower() in {"date", "day"}:
            return tuple(t for above in day.ancestors if above.pos_ in VERBAL for t in times_of(annotations, above))
    return ()


def _behind_all(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return the "by" behind the last of coordinated acts, which is the deadline of all: "to withdraw and end the mission by May"."""
    last = max(binding.act.conjuncts, key=lambda t: t.i, default=binding.act)
    if last.i <= binding.act.i or last.pos_ not in VERBAL or any(c.tag_ == "MD" for c in children(last, "aux")):
        return ()  # "will pay, and *will* rebuild it by May" are two undertakings
    return tuple(t for t in times_of(annotations, last) if t.role == "by" and t.span.start > last.idx)


def _by_within(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return a "by" within the act's words that the parser hung on a noun's clause: "the sludge that it spilled by 1 September"."""
    within = {t.i for t in binding.act.subtree if t.i > binding.act.i}
    for time in annotations.times:
        head = head_of(annotations, time.span) if time.role == "by" and _ahead(annotations, time) else None
        if head is not None and head.i in within and not any(_own_act(t, binding.act) for t in head.ancestors):
            return (time,)
    return ()


def _beside(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return a time to come behind the act with no verb between, wherever the parser hung it, or one that opens the sentence."""
    sentence = annotations.sentence_at(binding.act.idx)
    if sentence is None or binding.frame in {"object", "given", "against"}:
        return ()  # there it is the time of saying
    for time in annotations.times:
        inside = sentence.span.contains(time.span) and time.type in {"DATE", "TIME"} and _to_come(annotations, time)
        if inside and time.span.start > binding.act.idx and not _verb_between(annotations, Span(binding.act.idx, time.span.start)):
            return (time,)
    return ()


def _to_come(annotations: Annotations, time: TimeExpression) -> bool:
    published = annotations.document.published.latest
    if published is None or time.latest is None:
        return time.role in {"by", "since", "until"}
    return time.latest >= published


def _verb_between(annotations: Annotations, span: Span) -> bool:
    tokens = list(annotations.tokens_of(span))[1:]
    return any(t.pos_ in VERBAL and t.lower_ not in {"starting", "beginning"} for t in tokens) or any(
        t.text in {";", ":", "—"} for t in tokens
    )


def _own_act(token: Token, act: Token) -> bool:
    """Tell whether a word between a time and the act is an act to come of its own, or a clause of time or condition."""
    return token.i > act.i and token.pos_ in VERBAL and (token.tag_ in {"VB", "VBG"} or token.dep_ == "advcl")


def _by_at_cue(annotations: Annotations, binding: Binding) -> tuple[TimeExpression, ...]:
    """Return a "by" or "until" to come that the parser hung on the word of commitment: "ruled out a rise before 2026"."""
    if binding.cue[0].pos_ not in VERBAL or binding.frame in {"time", "modal", "present"}:
        return ()
    found = times_of(annotations, binding.cue[0])
    return tuple(t for t in found if t.role in {"by", "until"} and t.span.start > binding.cue[0].idx and _ahead(annotations, t))


def _ahead(annotations: Annotations, time: TimeExpression) -> bool:
    published = annotations.document.published.latest
    return time.latest is None or published is None or time.latest >= published


# ---- clauses --------------------------------------------------------------------------------------------------------

CLAUSES: dict[str, TimeRole] = {"while": "during", "until": "until", "till": "until", "before": "by"}


def _clause(annotations: Annotations, binding: Binding, *, negated: bool) -> Deadline | None:
    """Return the deadline that a clause sets: "while the talks last", "until inflation falls", "before her term ends on May 31"."""
    for clause in children(binding.act, "advcl"):
        mark = child(clause, "mark", "advmod")
        if mark is None or clause.i < binding.act.i or child(clause, "nsubj", "nsubjpass") is None:
            continue
        if mark.lower_ == "as" and mark.i and mark.nbor(-1).lower_ == "soon":
            return Deadline(chars([t for t in clause.subtree if t.i >= mark.i - 2]), "by", None, None, None)
        if mark.lower_ not in CLAUSES:
            continue
        words = chars([t for t in clause.subtree if t.i >= mark.i + (mark.lower_ == "before")])
        role: TimeRole = "until" if mark.lower_ == "before" and negated else CLAUSES[mark.lower_]
        latest = _day_before(annotations, words) if mark.lower_ == "before" else None
        return Deadline(words, role, None, latest, latest)
    notice = next(
        (n for p in children(binding.act, "prep") if p.lower_ == "until" for n in children(p, "pobj") if n.lower_ == "notice"), None
    )
    return Deadline(chars([notice.head, *notice.subtree]), "until", None, None, None) if notice is not None else None


WITHIN = re.compile(
    r"\b(as soon as [^,.;]+|(?:until|till) (?:the|a|an|its|his|her|their|they|it) [^,.;]+)|"
    r"\bwithin ((?:a|an|[a-z]+|\d+) (?:\w+ )?(?:hour|day|week|month|year)s?(?: of [^,.;]+)?)|\bon (the (?:first|last) day of [^,.;]+)"
)


def _words(annotations: Annotations, binding: Binding) -> Deadline | None:
    """Return a term that no time expression holds: "within five working days", "as soon as the shelling stops"."""
    end = max((t.idx + len(t) for t in binding.act.sent), default=0)
    found = WITHIN.search(annotations.text, binding.act.idx, end)
    if found is None or found.lastindex is None:
        return None
    span = Span(*found.span(found.lastindex))
    role = ROLES[found[0].split()[0]]
    if found.lastindex > 1 and _verb_between(annotations, Span(binding.act.idx, span.start)):
        return None
    within = next((t for t in annotations.times if span.contains(t.span) and t.role == role), None)
    if within is not None:
        return Deadline(within.span, role, None, within.latest, value_of(within))
    return Deadline(span, role, None, None, None, counted=role == "by")


ROLES: dict[str, TimeRole] = {"as": "by", "until": "until", "till": "until", "within": "by", "on": "at"}


def _day_before(annotations: Annotations, words: Span) -> str | None:
    """Return the day before the day that a clause names."""
    day = next((t.value for t in annotations.times if words.contains(t.span) and DAY.match(t.value)), None)
    return _before(day) if day is not None else None
