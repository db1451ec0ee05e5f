"""Which mentions of a page speak of one event: the headline's, the lead's and the ninth paragraph's "attack".

Mentions are read in text order; each joins the earlier event that it fits best, or opens one. Two fit when they are of one type, no
time, place, side or status of theirs contradicts, and enough speaks for it:

    stem       the same word or one made from it ("arrested", "arrest"), or two words for the same kind of act ("resigned", "stepped down")
    sides      an actor or recipient in common
    time       the same time
    definite   a noun with "the", "this" or a possessor points back to what the text has told
    title      what a title says is told again in the body

The reasons stand in the record's `rule`. Known limits: a series of like acts upon one person looks like one act; a plural ("the attacks") is
taken for the one event that it fits, if it fits only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.events.frames import Match
from onrecord.events.parties import Party
from onrecord.events.places import Where
from onrecord.records import Status
from onrecord.spans import Span

if TYPE_CHECKING:
    from onrecord.annotations import Sentence

STEM = 4
"""Letters that two words of one family share at their beginning; shorter words must be equal."""
ENOUGH = 2.0
"""The weight of reasons from which two mentions are one event; set on dev and train (see docs/decisions)."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One mention of an event, with all that its own words say."""

    match: Match
    sentence: Sentence
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    status_evidence: tuple[Span, ...]
    according_to: str
    according_evidence: tuple[Span, ...] = ()
    time: str | None = None
    time_span: Span | None = None
    place: Where | None = None
    pending: str = ""
    """Why it is no event by itself, but may be another mention of one; empty where it is one."""

    @property
    def span(self) -> Span:
        """The trigger word."""
        return Span(self.match.token.idx, self.match.token.idx + len(self.match.token))

    @property
    def noun(self) -> bool:
        """Whether the event is named by a noun."""
        return self.match.entry.pos == "noun"

    @property
    def definite(self) -> bool:
        """Whether a noun points back: "the attack", "his resignation"."""
        return self.noun and any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in self.match.token.children)


@dataclass(slots=True)
class Event:
    """The mentions that speak of one event, and why each but the first was taken for it."""

    mentions: list[Mentioned] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def actors(self) -> set[str]:
        """The ids of all actors."""
        return {p.actor for m in self.mentions for p in m.actors}

    @property
    def recipients(self) -> set[str]:
        """The ids of all recipients."""
        return {p.actor for m in self.mentions for p in m.recipients}


def events(mentions: Sequence[Mentioned]) -> tuple[list[Event], list[Mentioned]]:
    """Return the mentions grouped into events, in text order of their first mention, and the pending ones that found none."""
    found: list[Event] = []
    left: list[Mentioned] = []
    for mention in mentions:
        if not mention.pending and not _join(found, mention):
            found.append(Event([mention]))
    for mention in mentions:
        if mention.pending and not _join(found, mention):
            left.append(mention)
    for event in found:
        event.mentions.sort(key=lambda m: m.span.start)
    return sorted(found, key=lambda e: e.mentions[0].span.start), left


def _join(found: Sequence[Event], mention: Mentioned) -> bool:
    """Add a mention to the event that it fits best, if it fits one well enough."""
    weighed = [(weight, -n, reasons) for n, event in enumerate(found) for weight, reasons in [_weigh(event, mention)]]
    best = max(weighed, default=None, key=lambda row: row[:2])
    if best is None or best[0] < ENOUGH:
        return False
    event = found[-best[1]]
    event.mentions.append(mention)
    event.reasons.append("+".join(best[2]))
    return True


def _weigh(event: Event, mention: Mentioned) -> tuple[float, tuple[str, ...]]:
    """Return how much speaks for a mention's being of an event, and what; 0 where something contradicts."""
    if _contradicts(event, mention):
        return 0.0, ()
    reasons: dict[str, float] = {}
    same = max(_kinship(m, mention) for m in event.mentions)
    if mention.pending and not same:
        return 0.0, ()
    if same:
        reasons["stem" if same > 1 else "kind"] = same
    if event.actors & {p.actor for p in mention.actors}:
        reasons["actor"] = 0.75
    if event.recipients & {p.actor for p in mention.recipients}:
        reasons["recipient"] = 1.0
    if mention.time and any(m.time == mention.time for m in event.mentions):
        reasons["time"] = 0.75
    if mention.definite:
        reasons["definite"] = 0.75
    if event.mentions[0].sentence.role == "title" and len(event.mentions) == 1:
        reasons["title"] = 0.75
    return sum(reasons.values()), tuple(reasons)


def _kinship(a: Mentioned, b: Mentioned) -> float:
    """Return how near two triggers' words are: one stem, one kind of act, or none of it."""
    one, two = a.match.token.lemma_.lower(), b.match.token.lemma_.lower()
    if one == two or (min(len(one), len(two)) > STEM and one[:STEM] == two[:STEM]):
        return 1.25
    if a.match.entry.mode is not None and a.match.entry.mode == b.match.entry.mode:
        return 1.0
    return 0.5 if a.match.entry.type in {"ASSAULT", "PROTEST"} else 0.0


def _contradicts(event: Event, mention: Mentioned) -> bool:
    first = event.mentions[0]
    if first.match.entry.type != mention.match.entry.type:
        return True
    modes = {m.match.entry.mode for m in event.mentions} - {None}
    if mention.match.entry.mode is not None and modes and mention.match.entry.mode not in modes:
        return True
    if not mention.definite and mention.status not in {m.status for m in event.mentions}:
        return True
    if mention.time and any(m.time and not _agree(m.time, mention.time) for m in event.mentions):
        return True
    return _apart(event.recipients, {p.actor for p in mention.recipients}) or _apart(event.actors, {p.actor for p in mention.actors})


def _agree(one: str, two: str) -> bool:
    """Tell whether one time may be the other: equal, or one the month or year of the other."""
    return one == two or one.startswith(two) or two.startswith(one)


def _apart(one: set[str], two: set[str]) -> bool:
    return bool(one) and bool(two) and not one & two
