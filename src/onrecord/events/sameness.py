"""Which mentions of a page speak of one event: the headline's, the lead's and the ninth paragraph's "attack".

Mentions are read in text order; each joins the earlier event that it fits best, or opens one. Two fit when they are of one type, no
time, place, side or status of theirs contradicts, and enough speaks for it:

    word       the same noun again ("the talks", "talks"), or one made from the same stem ("arrested", "arrest")
    kind       another word for the same kind of act ("resigned", "stepped down"; "sued", "lawsuit"; "shot", "the attack")
    cause      one is what the other is done by or in ("*killed* in an *attack*")
    carried    a verb and the noun that it carries or is done for name one act ("*voiced* its *solidarity*", "*flew* there for *talks*")
    sides      an actor or recipient in common
    time       the same time
    definite   a noun with "the", "this" or a possessor points back to what the text has told
    title      what a title says is told again in the body

The reasons stand in the record's `rule`. Known limits: a series of like acts upon one person looks like one act; a plural ("the attacks")
is taken for the one event that it fits, if it fits only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.events.classes import compound_start, lemmas
from onrecord.events.frames import Match
from onrecord.events.parties import Party
from onrecord.events.places import Where
from onrecord.records import Status
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotations import Sentence

STEM = 4
"""Letters that two words of one family share at their beginning; shorter words must be equal."""
ENOUGH = 2.0
"""The weight of reasons from which two mentions are one event."""
WEIGHTS = {
    "word": 2.0,
    "stem": 1.5,
    "kind": 1.0,
    "sort": 0.5,
    "actor": 0.75,
    "recipient": 1.0,
    "time": 0.75,
    "definite": 0.75,
    "title": 1.0,
    "cause": 1.5,
    "carried": 2.0,
}
"""Set on dev and train (see docs/decisions): the heaviest that keep more than nine of ten merged pairs right."""
LEAD = 3
"""How many sentences after the title tell what the title says."""
GENERIC = frozenset(
    {"attack", "assault", "violence", "incident", "strike", "offensive", "operation", "protest", "demonstration", "unrest", "clash"}
)
"""Nouns that may point back to any event of their type."""
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
        """The trigger word, whole where it is written with a hyphen ("sit-in")."""
        token = self.match.token
        whole = any(form in lemmas(token) for form in self.match.entry.forms if "-" in form)
        return Span((compound_start(token) if whole else token).idx, token.idx + len(token))

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
    for mention in mentions:
        if not mention.pending and not _join(found, mention):
            found.append(Event([mention]))
    left = [mention for mention in mentions if mention.pending and not _join(found, mention)]
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
    carried = any(_carries(m, mention) or _carries(mention, m) for m in event.mentions)
    if event.mentions[0].match.entry.type != mention.match.entry.type or (not carried and _contradicts(event, mention)):
        return 0.0, ()
    reasons: dict[str, float] = {}
    kin = max((_kinship(m, mention) for m in event.mentions), key=lambda found: found[1])
    if carried:
        reasons["carried"] = WEIGHTS["carried"]
    elif mention.pending and not kin[1]:
        return 0.0, ()
    reasons[kin[0]] = kin[1]
    if any(_linked(m, mention) for m in event.mentions):
        reasons["cause"] = WEIGHTS["cause"]
    if event.actors & {p.actor for p in mention.actors}:
        reasons["actor"] = WEIGHTS["actor"]
    if event.recipients & {p.actor for p in mention.recipients}:
        reasons["recipient"] = WEIGHTS["recipient"]
    if mention.time and any(m.time == mention.time for m in event.mentions):
        reasons["time"] = WEIGHTS["time"]
    if mention.definite:
        reasons["definite"] = WEIGHTS["definite"]
    if _told_in_lead(event, mention):
        reasons["title"] = WEIGHTS["title"]
    return sum(reasons.values()), tuple(name for name, weight in reasons.items() if weight)


def _linked(a: Mentioned, b: Mentioned) -> bool:
    """Tell whether one mention is what the other is done by or in: "killed in an attack"."""
    return a.match.token.i in b.match.around or b.match.token.i in a.match.around


def _carries(verb: Mentioned, noun: Mentioned) -> bool:
    """Tell whether a verb and a noun or verb behind it are one act: its light verb, what came of it, a journey to it."""
    above, below = verb.match.token, noun.match.token
    if noun.match.light is not None and noun.match.light.i == above.i:
        return True
    if verb.match.entry.type == "ASSAULT" and below.dep_ == "advcl" and below.tag_ == "VBG" and below.head.i == above.i:
        return True
    if verb.match.entry.type == "ASSAULT" and _which(above, below):
        return True
    if verb.match.entry.type != "CONSULT":
        return False
    return (below.dep_ in {"xcomp", "advcl"} and below.head.i == above.i) or (
        below.dep_ == "pobj" and below.head.lower_ in {"for", "on", "at"} and below.head.head.i == above.i
    )


HARMING = frozenset({"kill", "injure", "wound", "maim", "destroy", "damage", "claim"})


def _which(verb: Token, noun: Token) -> bool:
    """Tell whether a relative clause says what an act did, whatever noun of its phrase the parser hung it on: "the *raid* on X, which"."""
    if verb.dep_ != "relcl" or verb.lemma_.lower() not in HARMING or not any(c.dep_ == "nsubj" and c.tag_ == "WDT" for c in verb.children):
        return False
    return noun.pos_ in {"NOUN", "PROPN"} and (verb.head.i == noun.i or noun.is_ancestor(verb)) and noun.i < verb.i


def _told_in_lead(event: Event, mention: Mentioned) -> bool:
    """Tell whether the event is so far only the title's, and the mention stands in the first sentences of the body."""
    title = [m for m in event.mentions if m.sentence.role == "title"]
    return len(title) == len(event.mentions) and mention.sentence.number - title[0].sentence.number <= LEAD


def _kinship(a: Mentioned, b: Mentioned) -> tuple[str, float]:
    """Return how near two triggers' words are: the same noun, one stem, one kind of act, or none of it."""
    one, two = a.match.token.lemma_.lower(), b.match.token.lemma_.lower()
    if one == two and a.noun and b.noun and not _new(b.match.token):
        return "word", WEIGHTS["word"]
    if one == two or _stem(one, two):
        return "stem", WEIGHTS["stem"]
    first, second = a.match.entry, b.match.entry
    if (first.mode is not None and first.mode == second.mode) or (first.family and first.family == second.family):
        return "kind", WEIGHTS["kind"]
    if first.type in {"ASSAULT", "PROTEST"}:
        return "sort", WEIGHTS["kind"] if b.definite and two in GENERIC else WEIGHTS["sort"]
    return "", 0.0


def _stem(one: str, two: str) -> bool:
    """Tell whether two lemmas are of one family: "stab" and "stabbing", "declare" and "declaration"."""
    shared = next((n for n, (x, y) in enumerate(zip(one, two, strict=False)) if x != y), min(len(one), len(two)))
    return shared >= max(STEM, min(len(one), len(two)) - 2)


def _new(noun: Token) -> bool:
    return any(c.lower_ in {"a", "an", "another", "new", "second", "separate", "other", "further", "more"} for c in noun.children)


def _contradicts(event: Event, mention: Mentioned) -> bool:
    modes = {m.match.entry.mode for m in event.mentions} - {None}
    if mention.match.entry.mode is not None and modes and mention.match.entry.mode not in modes:
        return True
    if not mention.definite and not _same_status(event, mention):
        return True
    if mention.time and any(m.time and not _agree(m.time, mention.time) for m in event.mentions):
        return True
    return _apart(_named(event.mentions, "recipients"), _named([mention], "recipients")) or _apart(
        _named(event.mentions, "actors"), _named([mention], "actors")
    )


def _same_status(event: Event, mention: Mentioned) -> bool:
    """Tell whether the statuses agree; what is done, alleged and planned may be one act where the word is the same."""
    known = {m.status for m in event.mentions}
    if mention.status in known:
        return True
    if "negated" in {*known, mention.status}:
        return False
    return any(_kinship(m, mention)[1] >= WEIGHTS["stem"] for m in event.mentions)


def _agree(one: str, two: str) -> bool:
    """Tell whether one time may be the other: equal, or one the month or year of the other."""
    return one == two or one.startswith(two) or two.startswith(one)


def _named(mentions: Sequence[Mentioned], role: str) -> set[str]:
    return {p.actor for m in mentions for p in getattr(m, role) if p.named and not p.through}


def _apart(one: set[str], two: set[str]) -> bool:
    """Tell whether two sets of named actors share nobody; descriptions prove nothing, the page may not know who they are."""
    return bool(one) and bool(two) and not one & two
