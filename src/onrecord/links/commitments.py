"""Commitments of many pages to their histories: which appearances are one commitment, and what each one changed.

Pages are taken in the order of their days. A commitment joins the history whose words are most like its own, if they are alike
enough for what is known of who is bound: the same actor (ALIKE), or one that the page does not name (ALIKE_UNNAMED); never another.
Likeness is the weight of the words that two acts share over that of the shorter one: words of one class (`data/tables/act_synonyms.tsv`)
count as one, those for kinds of act half. A history that was due more than RECURS days ago takes nothing that is due on another day:
next year's election is another one.

An appearance is `first`, `restated`, `deadline moved`, `condition added` or `withdrawn` (the opposite is said, the act is to stop, or
the words of commitment are undone: an abstention by `commitment.withdrawn`, which has no record).

Known limits: "the last two" of what the sentence before names is not seen; a paraphrase that shares neither noun nor class begins a
history of its own; governments without a name are taken for whoever the words fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from onrecord.calendars import MONTH
from onrecord.links.parties import NOBODY, Bond, bond
from onrecord.records import Commitment, Records, digest
from onrecord.spans import Span

Change = Literal["first", "restated", "deadline moved", "condition added", "withdrawn"]

ALIKE = 0.65
ALIKE_UNNAMED = 0.75
"""Set on gold/ledger: the lowest right pair has .71 (named) and .8 (unnamed), the highest wrong one .6 and .71."""
FULL = 2.0
"""Weight of an action that says enough to draw others to it: "the withdrawal of its troops" (1.5) joins, but draws nothing."""
RECURS = 400
"""Days after a deadline from which another day means another act; a yearly one is 366 days off at most."""


class Appearance(NamedTuple):
    """One place where a commitment is spoken of. `record` is None where it was only taken back."""

    document: str
    record: str | None
    action: Span
    words: str
    day: str | None
    change: Change
    deadline: str | None
    condition: str | None
    negated: bool


@dataclass(frozen=True, slots=True)
class History:
    """One commitment and its appearances, the first first."""

    id: str
    actor: str | None
    appearances: tuple[Appearance, ...]

    @property
    def deadline(self) -> str | None:
        """The deadline that holds now."""
        first = self.appearances[0].negated
        return next((a.deadline for a in reversed(self.appearances) if a.deadline and a.negated == first), None)

    @property
    def withdrawn(self) -> bool:
        """Whether the last word is that it no longer holds."""
        return self.appearances[-1].change == "withdrawn"


class Suggestion(NamedTuple):
    """A later sentence that may tell what became of a commitment; it changes no status."""

    document: str
    span: Span
    words: str
    score: float
    reasons: tuple[str, ...]


# ---- words ----------------------------------------------------------------------------------------------------------

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,.]*")
STOP = frozenset(
    WORD.findall(
        "a an the this that these those its his her their our my your it he she they we i you who whom which what of to in on at by for "
        "from with into out off up over about around between within under through as and or but not no nor than then there be is are was "
        "were been being will would shall should may might can could must have has had having do does did done go going also again all "
        "both each any some such last first next own other more most many much another remaining old new nonetheless still now ahead "
        "place number month year home continue planned one only even if so down during per cent several current"
    )
)
UNTIL = re.compile(r"\b(?:until|till|before|while|as long as|provided|unless|if)\b.*", re.DOTALL)
DATES = re.compile(
    rf"\b(?:the (?:end|beginning|middle) of\b|\d{{1,2}} (?={MONTH})|{MONTH}(?: \d{{1,2}}\b)?(?:,? \d{{4}}\b)?|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
"""What says when, not what."""
PARTICLES = frozenset({"out", "home", "away"})
MOVED = frozenset({"have", "take", "bring", "pull", "get", "move", "took", "takes", "brought", "taking", "bringing"})


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without its ending, so that "freed", "freeing" and "frees" are one; numbers without their commas."""
    word = re.sub(r"['’]s$", "", word.lower())
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    for ending, least in (("ings", 4), ("ing", 3), ("ies", 3), ("ied", 3), ("ed", 3), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 4 else word


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, tuple[str, bool]]:
    """Return the class of each stem of the table, and whether it is a kind of act."""
    text = resources.files("onrecord.data").joinpath("tables/act_synonyms.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {stem(word): (f"={group}", kind == "verb") for word, group, kind in rows}


@lru_cache(maxsize=16384)
def weights(action: str) -> Mapping[str, float]:
    """Return the words that tell an act from others, each with its weight."""
    known = synonyms()
    words = WORD.findall(DATES.sub(" ", UNTIL.sub("", action) or action))
    lower = {w.lower() for w in words}
    out = {"=out": 0.5} if lower & PARTICLES and lower & MOVED else {}
    for word in words:
        plain = word.lower()
        if plain in STOP or (plain in MOVED and "=out" in out):
            continue
        group, verb = known.get(stem(word), (stem(word), False))
        out[group] = max(out.get(group, 0), 0.5 if verb else 1.0)
    return out


def plain_words(action: str) -> list[str]:
    """Return an act's own words that tell it from others, those that no class holds first, the longest first."""
    words = dict.fromkeys(w for w in WORD.findall(DATES.sub(" ", UNTIL.sub("", action) or action)) if w.lower() not in STOP)
    return sorted(words, key=lambda w: (stem(w) in synonyms(), -len(w)))


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the weight of the shared words over that of the lighter side, 0 to 1."""
    lighter = min(sum(one.values()), sum(other.values()))
    return sum(min(w, other[word]) for word, w in one.items() if word in other) / lighter if lighter else 0.0


# ---- histories ------------------------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """A place that may be an appearance of a commitment. `commitment` is None where the word is only taken back.

    `page` is the text in which the one who is bound must be named then, in lower case.
    """

    document: str
    commitment: Commitment | None
    action: Span
    words: str
    condition: str | None
    weights: Mapping[str, float]
    bond: Bond
    day: str | None
    page: str = ""


@dataclass(slots=True)
class _Thread:
    members: list[Candidate] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)


def histories(records: Iterable[Records]) -> tuple[History, ...]:
    """Return the history of every commitment of these pages, in order of their first appearance."""
    return linked(c for r in records for c in _candidates(r))


def linked(candidates: Iterable[Candidate]) -> tuple[History, ...]:
    """Return the histories that candidates make, in order of their first appearance."""
    threads: list[_Thread] = []
    index: dict[str, set[int]] = {}
    for candidate in sorted(candidates, key=_order):
        number = _best(candidate, threads, index)
        if number is None and candidate.commitment is None:
            continue
        if number is None:
            number = len(threads)
            threads.append(_Thread())
        _join(threads[number], candidate)
        for word in candidate.weights:
            index.setdefault(word, set()).add(number)
    return tuple(_history(thread) for thread in threads)


def _order(candidate: Candidate) -> tuple[str, str, bool, int]:
    return candidate.day or "9999", candidate.document, candidate.commitment is None, candidate.action.start


def _candidates(records: Records) -> Iterator[Candidate]:
    document = records.document
    published = document.published
    day = published.value or published.latest or published.earliest
    for c in records.commitments:
        words = c.action.of(document.text)
        condition = c.condition.of(document.text) if c.condition else None
        yield Candidate(document.id, c, c.action, words, condition, weights(words), bond(records, c.actor), day)
    for a in records.abstentions:
        if a.kind == Commitment.KIND and a.rule == "commitment.withdrawn":
            words = a.span.of(document.text)
            yield Candidate(document.id, None, a.span, words, None, weights(words), NOBODY, day, document.text.lower())


def _best(candidate: Candidate, threads: list[_Thread], index: Mapping[str, set[int]]) -> int | None:
    """Return the thread that the candidate belongs to, or None for a new one."""
    near = {number for word in candidate.weights for number in index.get(word, ())}
    scored = [(score, -number) for number in sorted(near) if (score := _score(candidate, threads[number])) > 0]
    return -max(scored)[1] if scored else None


def _score(candidate: Candidate, thread: _Thread) -> float:
    """Return how well a candidate fits a thread, 0 where it does not."""
    if _recurs(candidate, thread) or (candidate.commitment is None and not _names(candidate.page, thread)):
        return 0.0
    known = [m for m in thread.members if candidate.bond.against(m.bond) == "other"]
    same = any(candidate.bond.against(m.bond) == "same" for m in thread.members)
    if known and not same:
        return 0.0
    full = [m for m in thread.members if sum(m.weights.values()) >= FULL] or thread.members[:1]
    best = max(likeness(candidate.weights, m.weights) for m in full)
    if best < (ALIKE if same else ALIKE_UNNAMED) or (not same and (_bare(candidate) or all(_bare(m) for m in full))):
        return 0.0
    return best + (0.5 if same else 0.0)


def _names(page: str, thread: _Thread) -> bool:
    """Tell whether a page that takes something back names the one who is bound, where the thread knows a name."""
    named = [m.bond for m in thread.members if m.bond.named]
    return not named or any(key in page for b in named for key in b.keys)


def _bare(candidate: Candidate) -> bool:
    """Tell whether an act is only of a kind ("stay", "resign"): alone that says too little."""
    return sum(candidate.weights.values()) <= 1


def _recurs(candidate: Candidate, thread: _Thread) -> bool:
    due = next((a.deadline for a in reversed(thread.appearances) if a.deadline and len(a.deadline) == 10), None)
    new = candidate.commitment.deadline_value if candidate.commitment is not None else None
    if due is None or candidate.day is None or new is None or new == due:
        return False
    return (date.fromisoformat(candidate.day[:10]) - date.fromisoformat(due)).days > RECURS


def _join(thread: _Thread, candidate: Candidate) -> None:
    c = candidate.commitment
    change: Change = _change(thread, candidate) if thread.appearances else "first"
    thread.members.append(candidate)
    thread.appearances.append(
        Appearance(
            candidate.document,
            c.id if c else None,
            candidate.action,
            candidate.words,
            candidate.day,
            change,
            c.deadline_value if c else None,
            candidate.condition,
            c.negated if c else False,
        )
    )


def _change(thread: _Thread, candidate: Candidate) -> Change:
    """Say what an appearance changes: taken back, put off, put under a condition, or nothing."""
    c = candidate.commitment
    first = thread.members[0]
    if c is not None and c.negated and c.deadline_value and not (first.commitment and first.commitment.negated):
        return "deadline moved"  # "will not leave this summer"
    if c is None or (first.commitment is not None and c.negated != first.commitment.negated):
        return "withdrawn"
    if "=end" in candidate.weights and not any("=end" in m.weights for m in thread.members):
        return "withdrawn"
    if c.rule == PUT_OFF and c.deadline is None:
        return "deadline moved"  # "has put back the return of the train by six months"
    due = next((a.deadline for a in reversed(thread.appearances) if a.deadline and not a.negated), None)
    in_words = UNTIL.search(first.words) is not None
    if c.deadline_value and c.deadline_value != due and (due is not None or in_words):
        return "deadline moved"
    if c.condition and not any(a.condition for a in thread.appearances):
        return "condition added"
    return "restated"


PUT_OFF = "commissive.postpone"


def _history(thread: _Thread) -> History:
    name = next((m.bond.name for m in thread.members if m.bond.named), None) or thread.members[0].bond.name
    first = thread.appearances[0]
    return History(digest("history", first.document, first.record), name, tuple(thread.appearances))


# ---- what may have become of it ---------------------------------------------------------------------------------------


def suggestions(history: History, records: Iterable[Records], limit: int = 5) -> tuple[Suggestion, ...]:
    """Return later sentences that may tell what became of a commitment, the best first: they are evidence for a person to judge.

    Sentences that say what is to be done, and pages that do not name the one who is bound, are left out.
    """
    since = history.appearances[0].day or ""
    wanted = [w for a in history.appearances if sum((w := weights(a.words)).values()) > 1]
    found = [s for r in records if _day(r) > since and wanted for s in _told(r, wanted, history.actor)]
    return tuple(sorted(found, key=lambda s: (-s.score, s.document, s.span))[:limit])


def _day(records: Records) -> str:
    published = records.document.published
    return published.value or published.latest or ""


def _told(records: Records, wanted: list[Mapping[str, float]], actor: str | None) -> Iterator[Suggestion]:
    text = records.document.text
    name = re.findall(r"(?<!^)\b[A-Z]\w+|^(?!The |A |An |His |Her |Its |Their )[A-Z]\w+", actor or "")
    if name and not any(word in text for word in name):
        return
    ahead = [c.action for c in records.commitments]
    for span in _sentences(records):
        here = weights(span.of(text))
        share = max(_share(w, here) for w in wanted)
        if share < LEAST or any(span.overlaps(a) for a in ahead):
            continue
        event = next((e.type for e in records.events if e.status == "actual" and any(span.contains(m) for m in e.mentions)), None)
        named = any(word in span.of(text) for word in name)
        reasons = [f"has {round(share * 100)} per cent of the act's words"]
        reasons += [f"tells an event: {event}"] if event else []
        reasons += ["names the one who is bound"] if named else []
        score = share + NAMED * named + TOLD * (event is not None)
        yield Suggestion(records.document.id, span, span.of(text), round(score, 3), tuple(reasons))


def _share(wanted: Mapping[str, float], here: Mapping[str, float]) -> float:
    """Return the share of an act's words that a sentence has."""
    return sum(w for word, w in wanted.items() if word in here) / sum(wanted.values())


LEAST = 0.55
NAMED = 0.2
TOLD = 0.1
"""Share of the act's words that a sentence must have, and what it gains by naming the actor or telling an event; set on gold/ledger."""


def _sentences(records: Records) -> Iterator[Span]:
    """Yield the sentences of the article's body."""
    text = records.document.text
    for block in records.document.spans("body"):
        at = block.start
        while at < block.end:
            sentence = sentence_around(text, Span(at, at + 1))
            yield Span(sentence.start, min(sentence.end, block.end))
            at = sentence.end + 1


def sentence_around(text: str, span: Span) -> Span:
    """Return the line or the part of it between full stops that holds the start of a span."""
    start = max((m.end() for m in re.finditer(r"\n|[.!?][\"'”’)\]]*\s", text[: span.start])), default=0)
    end = re.search(r"\n|[.!?][\"'”’)\]]*(?=\s|$)", text[span.start :])
    return Span(start, span.start + end.end() if end else len(text))
