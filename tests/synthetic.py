"""Pages with their records made up whole, for the store's tests and its benchmark: same seed, same pages.

The words are invented; their frequencies fall as 1/rank, as in running text. Every page has a headline and twelve sentences, and
about 33 records of all kinds with evidence, as many as a news page of 400 words yields.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from random import Random

from onrecord.annotations import Actor
from onrecord.documents import Block, Document, Page, Published, Source
from onrecord.records import Bounds, Commitment, Event, Figure, Record, Records, Statement, Time, seal
from onrecord.spans import Segment, Span, SpanMap

SYLLABLES = ("ba", "cor", "del", "fen", "gam", "hil", "jur", "kel", "lom", "mar", "nos", "pel", "ran", "sol", "tir", "vek")
WORDS = ("talks", "troops", "border", "minister", *(a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES))
WEIGHTS = tuple(accumulate(1 / (rank + 4) for rank in range(len(WORDS))))
COUNTRIES = ("VEL", "TOR", "MAR", "QUE", "ZAN", "LOR", "ISK", "PEN")
TYPES = ("AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "COERCE", "ASSAULT")
SENTENCES = 12


def pages(count: int, *, seed: int = 1, first: int = 0, sentences: int = SENTENCES) -> Iterator[tuple[Page, Records]]:
    """Yield pages number `first` to `first + count - 1`, each with its records."""
    for number in range(first, first + count):
        yield page(number, seed=seed, sentences=sentences)


def page(number: int, *, seed: int = 1, revision: int = 0, sentences: int = SENTENCES) -> tuple[Page, Records]:
    """Return one page; another `revision` is another text at the same address."""
    random = Random(f"{seed}/{number}/{revision}")
    making = _Making(random, number)
    for _ in range(sentences):
        making.sentence()
    return making.done(f"pages/{number:07}.html")


class _Making:
    """One page as it grows."""

    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        day = 1 + number % 28
        self.day = f"{2000 + number // 336 % 25}-{1 + number // 28 % 12:02}-{day:02}"
        self.text = f"{' '.join(self.words(6)).capitalize()} {number}"
        self.blocks = [Block(Span(0, len(self.text)), "title")]
        self.actors = [self.actor(i) for i in range(6)]
        self.mentions: dict[str, list[Span]] = {actor.id: [] for actor in self.actors}
        self.found: dict[str, list[Record]] = {"statement": [], "commitment": [], "event": [], "figure": [], "time": []}

    def words(self, count: int) -> list[str]:
        return self.random.choices(WORDS, cum_weights=WEIGHTS, k=count)

    def actor(self, number: int) -> Actor:
        who = int(self.random.paretovariate(0.5)) % 20_000
        name = f"{WORDS[4 + who % 4096].capitalize()} {WORDS[4 + who * 7 % 4096].capitalize()}"
        return Actor(f"a{number + 1}", name, "person", COUNTRIES[who % len(COUNTRIES)], "GOV")

    def add(self, words: str) -> Span:
        self.text += words
        return Span(len(self.text) - len(words), len(self.text))

    def sentence(self) -> None:
        start = len(self.text) + 1
        self.text += "\n"
        speaker, other = self.random.sample(self.actors, 2)
        source = self.add(speaker.name)
        self.mentions[speaker.id].append(source)
        self.text += " "
        cue = self.add("said")
        content_start = len(self.text) + 1
        self.text += " "
        target = self.add(other.name)
        self.mentions[other.id].append(target)
        trigger = self.add(" " + self.words(1)[0])
        trigger = Span(trigger.start + 1, trigger.end)
        self.text += " "
        act = self.add(" ".join(self.words(self.random.randint(4, 16))))
        self.text += " "
        number = self.random.randint(2, 9000)
        counted = self.add(str(number))
        self.text += " people "
        when = self.add(f"on {self.day}")
        self.blocks.append(Block(Span(start, len(self.text)), "body"))
        self.record(speaker, other, Span(content_start, len(self.text)), (source, cue, target, trigger, act, counted, when))
        self.text += "."

    def record(self, speaker: Actor, other: Actor, content: Span, parts: tuple[Span, ...]) -> None:
        source, cue, target, trigger, act, counted, when = parts
        chance = self.random.random
        said = {"source_actor": (source,), "source_kind": (source,), "form": (content,), "stance": (cue,)}
        self.found["statement"].append(
            Statement(
                source=source,
                source_actor=speaker.id,
                source_kind="named",
                cue=cue,
                content=(content,),
                form="indirect",
                stance="asserts",
                rule="cue.say",
                evidence=said,
            )
        )
        if chance() < 0.8:
            held = {
                "type": (trigger,),
                "actors": (source,),
                "recipients": (target,),
                "status": (trigger,),
                "time": (when,),
                "according_to": (source, cue),
            }
            self.found["event"].append(
                Event(
                    type=self.random.choice(TYPES),
                    actors=(speaker.id,),
                    recipients=(other.id,),
                    mentions=(trigger,),
                    time=self.day,
                    according_to=speaker.id,
                    rule="trigger.meet",
                    evidence=held,
                )
            )
        if chance() < 0.3:
            due = f"{int(self.day[:4]) + 1}{self.day[4:]}"
            bound = {"actor": (target,), "basis": (trigger,), "deadline_value": (when,), "speaker": (source,), "according_to": (source,)}
            self.found["commitment"].append(
                Commitment(
                    actor=other.id,
                    action=act,
                    deadline=when,
                    deadline_value=due,
                    deadline_role="by",
                    deadline_earliest=due,
                    deadline_latest=due,
                    basis="pledge",
                    speaker=speaker.id,
                    according_to=speaker.id,
                    made=Bounds(self.day, self.day, self.day),
                    testable="yes",
                    rule="commissive.will",
                    evidence=bound,
                )
            )
        if chance() < 0.3:
            people = Span(counted.end + 1, counted.end + 7)
            self.found["figure"].append(
                Figure(
                    span=counted,
                    value=float(self.text[counted.start : counted.end]),
                    unit="people",
                    of=people,
                    rule="figure",
                    evidence={"unit": (people,)},
                )
            )
        if chance() < 0.35:
            expression = Span(when.start + 3, when.end)
            self.found["time"].append(
                Time(
                    span=expression,
                    type="DATE",
                    value=self.day,
                    role="at",
                    earliest=self.day,
                    latest=self.day,
                    edtf=self.day,
                    rule="time.iso",
                    evidence={"value": (expression,), "role": (when,)},
                )
            )

    def done(self, uri: str) -> tuple[Page, Records]:
        content = f"<html><body><h1>{self.text}</h1></body></html>".encode()
        segments = tuple(
            Segment(b.span.start, b.span.end - b.span.start, f"/html/body/p[{i}]/text()", 0) for i, b in enumerate(self.blocks, 1)
        )
        source = Page(content, uri, media_type="text/html")
        document = Document(
            uri=uri,
            text=self.text,
            source=Source(_sha256(content), "text/html", "utf-8"),
            title=self.blocks[0].span.of(self.text),
            language="en",
            published=Published(self.day, self.day, self.day, self.day, "metadata"),
            blocks=tuple(self.blocks),
            map=SpanMap(segments),
        )
        actors = tuple(_with_mentions(actor, tuple(self.mentions[actor.id])) for actor in self.actors)
        records = Records(document, actors, provenance={"onrecord": "0", "lexicon": "0"})
        for kind, found in self.found.items():
            records = records.plus(kind, seal(document.id, found))
        return source, records


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _with_mentions(actor: Actor, mentions: tuple[Span, ...]) -> Actor:
    from dataclasses import replace

    return replace(actor, mentions=mentions, evidence={"kind": mentions[:1]} if mentions else {})
