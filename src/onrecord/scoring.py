"""Records against gold pages: precision, recall and F1 of each measure, over all pages and page by page.

The measures are those of the gold folder's own scorer (an independent program that a test uses as oracle): a statement or a
commitment is matched by what is said or promised, an event by its trigger, a figure and a time by their span. Offsets are code
points into the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from onrecord.errors import RuleError

Json = Mapping[str, Any]

SPAN_FIELDS = {
    "statements": ("source", "cue", "content"),
    "commitments": ("action", "deadline", "condition"),
    "events": ("mentions",),
    "figures": ("span", "of"),
    "times": ("span",),
}
ACTOR_FIELDS = {
    "statements": ("source_actor",),
    "commitments": ("actor", "counterparty"),
    "events": ("actors", "recipients"),
}
CONTENT_OVERLAP = 0.5
"""Least overlap of two contents, figures or times that count as the same; set by the gold's scorer."""
ACTION_OVERLAP = 0.3
TRIGGER_WORDS = 4
"""A trigger is a word, not a passage: a longer mention never matches."""
_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})


# ---- gold pages ----------------------------------------------------------------------------------------------------


def gold_page(text: str, gold: Json, name: str) -> dict[str, Any]:
    """Return an annotation with its quotes turned into [start, end]; RuleError names the quote that is not in the text."""

    def place(value: Any) -> Any:
        if value is None or (isinstance(value, list) and value and isinstance(value[0], int)):
            return value
        if isinstance(value, list):
            return [place(item) for item in value]
        return locate(text, value["q"], value.get("nth", 1), name)

    out = {**gold, "chrome": place(gold.get("chrome", []))}
    for kind, names in SPAN_FIELDS.items():
        out[kind] = [{**row, **{f: place(row.get(f)) for f in names}} for row in gold.get(kind, [])]
    return out


def locate(text: str, quote: str, nth: int, name: str) -> list[int]:
    """Return [start, end] of the nth occurrence of a quote as whole words; typographic and plain marks are the same."""
    wanted = re.escape(quote.translate(_MARKS))
    wanted = (r"(?<!\w)" if quote[:1].isalnum() else "") + wanted + (r"(?!\w)" if quote[-1:].isalnum() else "")
    found = [m.span() for m in re.finditer(wanted, text.translate(_MARKS))] if quote else []
    if len(found) < nth:
        message = f"{name}: only {len(found)} times in the text as whole words: {quote!r}"
        raise RuleError(message)
    return list(found[nth - 1])


def found_page(row: Json) -> dict[str, Any]:
    """Return a document's JSONL line in the shape that gold pages have."""
    document = row["document"]
    published = document.get("published") or {}
    return {**row, "text": document["text"], "chrome": document.get("chrome", []), "published": published.get("value")}


# ---- counting ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Counts of one measure. `covered` is `right` as recall counts it, where the two differ (B cubed)."""

    right: float = 0
    found: float = 0
    wanted: float = 0
    covered: float = 0

    def add(self, right: float, found: float, wanted: float, covered: float | None = None) -> None:
        """Add one page's counts."""
        self.right += right
        self.found += found
        self.wanted += wanted
        self.covered += right if covered is None else covered

    @property
    def scores(self) -> tuple[float, float, float]:
        """Precision, recall and F1, each 0 where its ground is empty."""
        p = self.right / self.found if self.found else 0.0
        r = self.covered / self.wanted if self.wanted else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def letters(text: str, spans: Any) -> frozenset[int]:
    """Return the positions of letters and digits under one span or a list of spans: what overlap is measured on."""
    if not spans:
        return frozenset()
    listed = [spans] if isinstance(spans[0], int) else spans
    return frozenset(i for s in listed if s for i in range(s[0], s[1]) if text[i].isalnum())


def overlap(text: str, a: Any, b: Any) -> float:
    """Return intersection over union of two span lists, on letters and digits."""
    x, y = letters(text, a), letters(text, b)
    return len(x & y) / len(x | y) if x | y else 0.0


def pairs(gold: Sequence[Any], found: Sequence[Any], likeness: Callable[[Any, Any], float], least: float) -> list[tuple[Any, Any]]:
    """Pair gold and found one to one, most alike first, where the likeness is at least `least`."""
    ranked = sorted(((likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    out, used_gold, used_found = [], set(), set()
    for score, i, j in ranked:
        if score >= least and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((gold[i], found[j]))
    return out


def names(doc: Json, actor_id: str) -> frozenset[str]:
    """Return every lower-cased form by which an actor of a document is known, without its article."""
    actor = next((a for a in doc.get("actors", []) if a["id"] == actor_id), None)
    if actor is None:
        return frozenset()
    forms = {actor["name"], *actor.get("aliases", []), *(doc["text"][s:e] for s, e in actor.get("mentions", []))}
    return frozenset(re.sub(r"^(the|a|an) ", "", form.lower().translate(_MARKS)) for form in forms)


def same_actors(gold: Json, found: Json) -> dict[str, str]:
    """Return, for each found actor's id, the gold actor's id that shares most of its forms (Jaccard), where any is shared."""
    known = {a["id"]: names(gold, a["id"]) for a in gold.get("actors", [])}
    out = {}
    for actor in found.get("actors", []):
        mine = names(found, actor["id"])
        score = {g: len(mine & forms) / len(mine | forms) for g, forms in known.items() if mine | forms}
        best = max(score, key=lambda g: score[g], default=None)
        if best is not None and score[best] > 0:
            out[actor["id"]] = best
    return out


# ---- one page ------------------------------------------------------------------------------------------------------

Row = tuple[str, float, float, float, float | None]


class Comparison:
    """One page's gold and found records, both with offsets; `rows` yields the counts of every measure."""

    def __init__(self, text: str, gold: Json, found: Json) -> None:
        """Align the actors once: every measure asks for them."""
        self.text = text
        self.gold = {**gold, "text": text}
        self.found = {**found, "text": text}
        self.who = same_actors(self.gold, self.found)

    def rows(self) -> Iterator[Row]:
        """Yield (measure, right, found, wanted, covered) in the order of the table."""
        yield from self.page()
        yield from self.statements()
        yield from self.commitments()
        yield from self.events()
        yield from self.figures_and_times()
        yield from self.actors()

    def same(self, gold_id: str | None, found_id: str | None) -> bool:
        """Tell whether two actors are the same, both absent included."""
        if gold_id is None:
            return found_id is None
        return self.who.get(found_id or "") == gold_id

    def near(self, a: Any, b: Any) -> bool:
        """Tell whether two optional spans are as good as the same."""
        return overlap(self.text, a, b) >= CONTENT_OVERLAP if a and b else a is None and b is None

    def both(self, kind: str) -> tuple[list[Any], list[Any]]:
        """Return the gold and the found records of a kind."""
        return list(self.gold.get(kind, [])), list(self.found.get(kind, []))

    def optional(self, hits: list[tuple[Any, Any]], field: str, alike: Callable[[Any, Any], bool]) -> tuple[int, int, int]:
        """Count a field that may be empty: right, found and wanted among matched records."""
        right = sum(bool(a.get(field)) and alike(a[field], b.get(field)) for a, b in hits)
        return right, sum(bool(b.get(field)) for _, b in hits), sum(bool(a.get(field)) for a, _ in hits)

    def rare(self, hits: list[tuple[Any, Any]], field: str, usual: str) -> tuple[int, int, int]:
        """Count a field's values other than the usual one: what a constant answer never finds."""
        right = sum(a[field] == b.get(field) != usual for a, b in hits)
        return right, sum(b.get(field) not in (usual, None) for _, b in hits), sum(a[field] != usual for a, _ in hits)

    def agreeing(self, hits: list[tuple[Any, Any]], field: str) -> tuple[int, int, int]:
        """Count a field that every record has."""
        return sum(a[field] == b.get(field) for a, b in hits), len(hits), len(hits)

    def page(self) -> Iterator[Row]:
        """Chrome and publication day; a day that the page does not give is a false one."""
        g, f = letters(self.text, self.gold.get("chrome")), letters(self.text, self.found.get("chrome"))
        yield "chrome", len(g & f), len(f), len(g), None
        day, given = self.gold.get("published"), self.found.get("published")
        yield "published", bool(day or given) and day == given, bool(given), bool(day), None

    def statements(self) -> Iterator[Row]:
        """Content, source, actor, form and stance of statements."""
        gs, fs = self.both("statements")
        hits = pairs(gs, fs, lambda a, b: overlap(self.text, a["content"], b["content"]), CONTENT_OVERLAP)
        yield "statement content", len(hits), len(fs), len(gs), None

        def source(a: Json, b: Json) -> bool:
            known = a["source_actor"] is not None and self.same(a["source_actor"], b.get("source_actor"))
            return self.near(a["source"], b.get("source")) or known

        yield "statement content+source", sum(source(a, b) for a, b in hits), len(fs), len(gs), None
        right = sum(self.same(a["source_actor"], b.get("source_actor")) for a, b in hits)
        yield "statement content+actor", right, len(fs), len(gs), None
        yield "statement form", *self.agreeing(hits, "form"), None
        yield "statement stance", *self.agreeing(hits, "stance"), None
        yield "statement not asserted", *self.rare(hits, "stance", "asserts"), None

    def commitments(self) -> Iterator[Row]:
        """Count action, actor, deadline, negation, basis, condition and counterparty of commitments."""
        gs, fs = self.both("commitments")
        hits = pairs(gs, fs, lambda a, b: overlap(self.text, a["action"], b["action"]), ACTION_OVERLAP)
        yield "commitment action", len(hits), len(fs), len(gs), None
        yield "commitment action+actor", sum(self.same(a["actor"], b.get("actor")) for a, b in hits), len(fs), len(gs), None
        right = sum(a.get("deadline_value") == b.get("deadline_value") for a, b in hits if a.get("deadline_value"))
        given = sum(bool(b.get("deadline_value")) for _, b in hits)
        yield "commitment deadline", right, given, sum(bool(a.get("deadline_value")) for a in gs), None
        yield "commitment negated", *self.agreeing(hits, "negated"), None
        yield "commitment basis", *self.agreeing(hits, "basis"), None
        yield "commitment condition", *self.optional(hits, "condition", self.near), None
        yield "commitment counterparty", *self.optional(hits, "counterparty", self.same), None

    def events(self) -> Iterator[Row]:
        """Triggers, types, who, status, mode, time, place, source and coreference of events."""
        gs, fs = self._mentions(self.gold), self._mentions(self.found)

        def touch(a: Json, b: Json) -> float:
            shared = overlap(self.text, a["at"], b["at"])
            return shared + (a["type"] == b["type"]) if self._short(b["at"]) and shared >= ACTION_OVERLAP else 0

        hits = pairs(gs, fs, touch, ACTION_OVERLAP)
        taken = {id(b) for _, b in hits}
        told = {(self._sentence(e["at"][0]), e["type"]) for e in gs}
        fs = [b for b in fs if id(b) in taken or not self._short(b["at"]) or (self._sentence(b["at"][0]), b["type"]) not in told]
        typed = [(a, b) for a, b in hits if a["type"] == b["type"]]
        yield "event trigger", len(hits), len(fs), len(gs), None
        yield "event trigger+type", len(typed), len(fs), len(gs), None
        yield "event who", *self._who(typed, gs, fs), None
        yield "event status", *self.agreeing(typed, "status"), None
        yield "event not actual", *self.rare(typed, "status", "actual"), None
        for field in ("mode", "time", "place"):
            yield f"event {field}", *self.optional(typed, field, lambda x, y: _plain(x) == _plain(y)), None
        author = sum(
            a["according_to"] == b.get("according_to")
            if "author" in (a["according_to"], b.get("according_to"))
            else self.same(a["according_to"], b.get("according_to"))
            for a, b in typed
        )
        yield "event according_to", author, len(typed), len(typed), None
        yield "event coreference", *self._coreference(typed)

    def _mentions(self, doc: Json) -> list[Any]:
        return [{**e, "at": m, "one": n} for n, e in enumerate(doc.get("events", [])) for m in e["mentions"] if m]

    def _short(self, span: Sequence[int]) -> bool:
        return len(self.text[span[0] : span[1]].split()) <= TRIGGER_WORDS

    def _sentence(self, at: int) -> int:
        return len(re.findall(r"\n|[.!?][\"'”’)\]]*\s", self.text[:at]))

    def _who(self, typed: list[tuple[Any, Any]], gs: list[Any], fs: list[Any]) -> tuple[int, int, int]:
        def roles(e: Json) -> list[tuple[str, str]]:
            return [(r, x) for r in ("actors", "recipients") for x in e.get(r) or []]

        def alike(x: tuple[str, str], y: tuple[str, str]) -> float:
            return float(x[0] == y[0] and self.same(x[1], y[1]))

        right = sum(len(pairs(roles(a), roles(b), alike, 1)) for a, b in typed)
        return right, sum(len(roles(b)) for b in fs), sum(len(roles(a)) for a in gs)

    def _coreference(self, typed: list[tuple[Any, Any]]) -> tuple[float, int, int, float]:
        """B cubed over the mentions that both have."""
        shared = [sum(x["one"] == a["one"] and y["one"] == b["one"] for x, y in typed) for a, b in typed]
        precise = sum(n / sum(y["one"] == b["one"] for _, y in typed) for n, (_, b) in zip(shared, typed, strict=True))
        covered = sum(n / sum(x["one"] == a["one"] for x, _ in typed) for n, (a, _) in zip(shared, typed, strict=True))
        return precise, len(typed), len(typed), covered

    def figures_and_times(self) -> Iterator[Row]:
        """Values and units of figures; spans and values of times."""
        gs, fs = self.both("figures")
        hits = pairs(gs, fs, lambda a, b: overlap(self.text, a["span"], b["span"]), CONTENT_OVERLAP)
        equal = [(a, b) for a, b in hits if _bounds(a) == _bounds(b)]
        yield "figure value", len(equal), len(fs), len(gs), None
        yield "figure value+unit", sum(a.get("unit") == b.get("unit") for a, b in equal), len(fs), len(gs), None
        gs, fs = self.both("times")
        hits = pairs(gs, fs, lambda a, b: overlap(self.text, a["span"], b["span"]), CONTENT_OVERLAP)
        yield "time span", len(hits), len(fs), len(gs), None
        yield "time value", sum(a["value"] == b.get("value") for a, b in hits), len(fs), len(gs), None

    def actors(self) -> Iterator[Row]:
        """Count the actors that records name."""
        wanted, given = _used(self.gold), _used(self.found)
        yield "actor", len({self.who[x] for x in given if x in self.who} & wanted), len(given), len(wanted), None


def _plain(value: Any) -> Any:
    return re.sub(r"^the ", "", value.lower()) if isinstance(value, str) else value


def _bounds(row: Json) -> tuple[float | None, ...]:
    return tuple(None if row.get(k) is None else round(float(row[k]), 4) for k in ("value", "low", "high"))


def _used(doc: Json) -> set[str]:
    out: set[str] = set()
    for kind, names_of in ACTOR_FIELDS.items():
        for row in doc.get(kind, []):
            for name in names_of:
                value = row.get(name)
                out.update(x for x in (value if isinstance(value, list) else [value]) if x)
    return out


# ---- all pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scores:
    """Each measure over all pages, the median page's F1 (pages with something to find), and what could not be counted."""

    tallies: Mapping[str, Tally]
    medians: Mapping[str, float]
    complaints: tuple[str, ...] = ()


def score(pages: Iterable[tuple[str, str, Json]], found: Mapping[str, Json]) -> Scores:
    """Score found pages against gold pages (name, text, annotation with offsets).

    A page whose records rest on another text counts as found nothing, and is named in `complaints`.
    """
    tallies: dict[str, Tally] = {}
    single: dict[str, list[float]] = {}
    complaints = []
    for name, text, gold in pages:
        records = found.get(name, {})
        if records.get("text", text) != text:
            complaints.append(f"{name}: the text of the records is not the page's text; its records are not counted")
            records = {}
        for measure, right, given, wanted, covered in Comparison(text, gold, records).rows():
            alone = Tally()
            for tally in (alone, tallies.setdefault(measure, Tally())):
                tally.add(right, given, wanted, covered)
            if alone.wanted or alone.found:
                single.setdefault(measure, []).append(alone.scores[2])
    return Scores(tallies, {m: median(values) for m, values in single.items()}, tuple(complaints))
