"""One page with a record of each kind, written out by hand, and decisions about it, for tests of decisions and of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from onrecord.annotations import Actor
from onrecord.decisions import Decision
from onrecord.documents import Block, Document, Page, Published, Source
from onrecord.records import Bounds, Commitment, Event, Figure, Records, Statement, Time, seal
from onrecord.spans import Segment, Span, SpanMap

TEXT = (
    "Velmora and Tarsia agree truce\n"
    "The president of Velmora, Ilka Doran, met Oren Pell, the Tarsian foreign minister, in Harrow on 3 March 2022.\n"
    "Doran said the talks were fruitful and that she would withdraw 2,500 troops from the border by 31 December 2022.\n"
    "Pell praised the agreement after the meeting."
)


def span(quote: str, nth: int = 1, text: str = TEXT) -> Span:
    """Return where a quote stands in the text for the nth time."""
    start = -1
    for _ in range(nth):
        start = text.index(quote, start + 1)
    return Span(start, start + len(quote))


def truce(uri: str = "truce.html", day: str | None = "2022-03-04", text: str = TEXT) -> tuple[Page, Records]:
    """Return the page and its records; with another `text`, that one's spans (it must hold the same quotes)."""

    def at(quote: str, nth: int = 1) -> Span:
        return span(quote, nth, text)

    content = f"<html><body>{text}</body></html>".encode()
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n")):
        blocks.append(Block(Span(start, start + len(line)), "body" if number else "title"))
        start += len(line) + 1
    document = Document(
        uri=uri,
        text=text,
        source=Source(sha256(content).hexdigest(), "text/html", "utf-8"),
        title=text.split("\n", maxsplit=1)[0],
        publisher="The Harrow Post",
        published=Published(day, day, day, day, "metadata") if day else Published(),
        blocks=tuple(blocks),
        map=SpanMap(tuple(Segment(b.span.start, b.span.end - b.span.start, f"/html/body/p[{n}]", 0) for n, b in enumerate(blocks))),
    )
    actors = (
        Actor("a1", "Velmora", "state", "VEL", "GOV", None, (at("Velmora"), at("Velmora", 2))),
        Actor("a2", "Tarsia", "state", "TAR", "GOV", None, (at("Tarsia"),)),
        Actor("a3", "Ilka Doran", "person", "VEL", "GOV", "president", (at("Ilka Doran"), at("Doran", 2)), (at("she"),)),
        Actor("a4", "Oren Pell", "person", "TAR", "GOV", "foreign minister", (at("Oren Pell"), at("Pell", 2))),
    )
    said = at("the talks were fruitful and that she would withdraw 2,500 troops from the border by 31 December 2022")
    statement = Statement(
        source=at("Doran", 2),
        source_actor="a3",
        source_kind="named",
        cue=at("said"),
        content=(said,),
        form="indirect",
        stance="asserts",
        rule="cue.say",
        evidence={"source_actor": (at("Doran", 2),), "source_kind": (at("Doran", 2),), "form": (said,), "stance": (at("said"),)},
    )
    meeting = Event(
        type="CONSULT",
        actors=("a3", "a4"),
        mentions=(at("met"), at("talks"), at("meeting")),
        time="2022-03-03",
        place="Harrow",
        rule="trigger.meet",
        evidence={
            "type": (at("met"),),
            "actors": (at("Ilka Doran"), at("Oren Pell")),
            "time": (at("3 March 2022"),),
            "place": (at("Harrow"),),
            "status": (at("met"),),
        },
    )
    praise = Event(
        type="SUPPORT",
        actors=("a4",),
        mentions=(at("praised"),),
        rule="trigger.praise",
        evidence={"type": (at("praised"),), "actors": (at("Pell", 2),), "status": (at("praised"),)},
    )
    promise = Commitment(
        actor="a3",
        action=at("withdraw 2,500 troops from the border"),
        deadline=at("31 December 2022"),
        deadline_value="2022-12-31",
        deadline_role="by",
        deadline_earliest="2022-12-31",
        deadline_latest="2022-12-31",
        basis="pledge",
        according_to="a3",
        speaker="a3",
        made=Bounds("2022-03-03", "2022-03-03", "2022-03-03"),
        testable="yes",
        rule="commissive.would",
        evidence={
            "actor": (at("she"),),
            "basis": (at("would"),),
            "deadline_value": (at("31 December 2022"),),
            "deadline_role": (at("by"),),
            "speaker": (at("Doran", 2),),
            "according_to": (at("Doran", 2),),
            "made": (at("3 March 2022"),),
        },
        inferred=("actor",),
    )
    troops = Figure(
        span=at("2,500"),
        value=2500,
        unit="people",
        of=at("troops"),
        according_to="a3",
        rule="figure",
        evidence={"value": (at("2,500"),), "unit": (at("troops"),), "according_to": (at("Doran", 2),)},
    )
    when = Time(
        span=at("3 March 2022"),
        type="DATE",
        value="2022-03-03",
        role="at",
        earliest="2022-03-03",
        latest="2022-03-03",
        edtf="2022-03-03",
        rule="time.day",
        evidence={"value": (at("3 March 2022"),), "type": (at("3 March 2022"),), "role": (at("on"),)},
    )
    records = Records(document, actors, provenance={"onrecord": "0", "lexicon": "0"})
    for kind, found in {
        "statement": [statement],
        "event": [meeting, praise],
        "commitment": [promise],
        "figure": [troops],
        "time": [when],
    }.items():
        records = records.plus(kind, seal(document.id, found))
    return Page(content, uri, media_type="text/html"), records


def reread(records: Records, **kinds: tuple[object, ...]) -> Records:
    """Return the records as another version of the rules would find them: some kinds replaced, all sealed anew."""
    out = replace(records, provenance={"onrecord": "0", "lexicon": "1"})
    for kind, found in kinds.items():
        out = out.plus(kind, seal(records.document.id, found))  # type: ignore[arg-type]
    return out


def by(act: str, who: str = "ann", **more: Any) -> Decision:
    """Return a decision."""
    return Decision(act=act, reviewer=who, **more)  # type: ignore[arg-type]


def cite(quote: str, nth: int = 1) -> list[list[int]]:
    """Return evidence: where a quote stands."""
    return [list(span(quote, nth))]


TALKS = {
    "kind": "event",
    "type": "RETREAT",
    "mode": "withdraw",
    "actors": ["a1"],
    "mentions": cite("withdraw"),
    "status": "planned",
    "evidence": {"type": cite("withdraw"), "actors": cite("she"), "status": cite("would"), "mode": cite("withdraw")},
}
"""An event that the rules did not find and a person may add."""


class Clock:
    """A clock that goes on by a second each time it is asked, and can be set."""

    def __init__(self, at: str = "2026-01-01T00:00:00+00:00") -> None:
        """Start at a time (ISO 8601)."""
        self.at = datetime.fromisoformat(at)

    def __call__(self) -> str:
        """Return the time."""
        self.at += timedelta(seconds=1)
        return self.at.isoformat()
