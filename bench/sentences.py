"""Score our own sentences, set by set.

    python bench/sentences.py                    every set with a scorer
    python bench/sentences.py refusals --misses  one set, with what is wrong
    python bench/sentences.py --locked           the other half: only before a release

A scorer is a function from one row and the `Reader` to counts by measure; SETS names them. Each count is (right, found, wanted).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from onrecord import language, lexicons, pipeline, reading
from onrecord.annotations import Annotations
from onrecord.annotators.actors import code_actor
from onrecord.documents import Page
from onrecord.events.pairs import pair_type
from onrecord.modality import status
from onrecord.records import Event, Records, Statement
from onrecord.spans import Span

FOLDER = Path(__file__).parent.parent / "gold" / "sentences"
Row = dict[str, Any]
Counts = dict[str, tuple[int, int, int]]


class Reader:
    """The model and the lexicon, loaded once."""

    def __init__(self) -> None:
        self.nlp = language.load()
        self.lexicon = lexicons.builtin()

    def annotate(self, text: str, published: str | None = None) -> Annotations:
        """Return the annotations of a sentence as the body of a page."""
        page = Page(("A title\n\n" + text).encode(), "sentence.txt", media_type="text/plain", published=published)
        return pipeline.annotate(reading.read(page), self.nlp, self.lexicon)

    def records(self, text: str, published: str | None = None) -> Records:
        """Return the records of a sentence."""
        return pipeline.records_of(self.annotate(text, published), self.lexicon)


Scorer = Callable[[Row, Reader], tuple[Counts, list[str]]]

# ---- statements -----------------------------------------------------------------------------------------------------


def words(text: str | None) -> list[str]:
    """Return the words of a quotation, marks apart."""
    return re.findall(r"\w+", (text or "").lower().replace("’", "'"))


def alike(a: str | None, b: str | None, least: float = 0.5) -> bool:
    """Tell whether two quotations share at least half of their words; nothing is like nothing."""
    x, y = words(a), words(b)
    if not x or not y:
        return not x and not y
    shared = sum(min(x.count(w), y.count(w)) for w in set(x))
    return shared / max(len(x), len(y)) >= least


def quote(text: str, span: Span | None) -> str | None:
    """Return the characters of a span."""
    return span.of(text) if span is not None else None


def matched(gold: Row, found: list[Statement], text: str, used: set[int]) -> Statement | None:
    """Return the found statement that a gold one is: by its content, or by its cue where it has none."""
    content = gold.get("content")
    said = " ".join(content) if isinstance(content, list) else content
    for number, statement in enumerate(found):
        mine = " ".join(part.of(text) for part in statement.content)
        near = alike(said, mine) if said and mine else alike(gold["cue"], quote(text, statement.cue), 0.34)
        if number not in used and near and (statement.stance == gold["stance"] or gold["stance"] != "declines"):
            used.add(number)
            return statement
    return None


def refusals(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count refusals, by cue or content, and their sources."""
    records = reader.records(row["text"])
    text = records.document.text
    found = [s for s in records.statements if s.stance == "declines"]
    wanted = [s for s in row["statements"] if s["stance"] == "declines"]
    used: set[int] = set()
    pairs = [(g, matched(g, found, text, used)) for g in wanted]
    hits = [(g, s) for g, s in pairs if s is not None]
    sources = [(g, s) for g, s in hits if alike(g["source"], quote(text, s.source))]
    topics = [(g, s) for g, s in hits if alike(g["content"], " ".join(p.of(text) for p in s.content))]
    wrong = [f"missed {g['cue']!r}" for g, s in pairs if s is None]
    wrong += [f"false {quote(text, s.cue)!r} {s.rule}" for n, s in enumerate(found) if n not in used]
    wrong += [f"source {quote(text, s.source)!r} for {g['source']!r}" for g, s in hits if (g, s) not in sources]
    wrong += [f"content {[p.of(text) for p in s.content]} for {g['content']!r}" for g, s in hits if (g, s) not in topics]
    kinds = [(g, s) for g, s in hits if g["source_kind"] == s.source_kind]
    wrong += [f"kind {s.source_kind} for {g['source_kind']}" for g, s in hits if (g, s) not in kinds]
    counts = {
        "refusal": (len(hits), len(found), len(wanted)),
        "refusal + source": (len(sources), len(found), len(wanted)),
        "content, where found": (len(topics), len(hits), len(hits)),
        "source kind, where found": (len(kinds), len(hits), len(hits)),
    }
    return counts, wrong


def paired(row: Row, reader: Reader) -> tuple[Records, list[tuple[Row, Statement | None]], set[int]]:
    """Return a row's records, each wanted statement with the one found for it, and the places of those that were used."""
    records = reader.records(row["text"])
    used: set[int] = set()
    return records, [(g, matched(g, list(records.statements), records.document.text, used)) for g in row["statements"]], used


def unnamed(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count statements, those of unnamed sources, and the words that say why they are unnamed."""
    records, pairs, used = paired(row, reader)
    text = records.document.text
    hits = [(g, s) for g, s in pairs if s is not None]
    right = [(g, s) for g, s in hits if alike(g["source"], quote(text, s.source))]
    kinds = [(g, s) for g, s in right if g["source_kind"] == s.source_kind]
    secret = lambda kind: kind == "unnamed"  # noqa: E731 - one word for a test used three times
    reasons = [(g, s) for g, s in hits if g["anonymity"] and alike(g["anonymity"], quote(text, s.anonymity))]
    wrong = [f"missed {g['content']}" for g, s in pairs if s is None]
    wrong += [f"false {[p.of(text) for p in s.content]} {s.rule}" for n, s in enumerate(records.statements) if n not in used]
    wrong += [f"source {quote(text, s.source)!r} for {g['source']!r}" for g, s in hits if (g, s) not in right]
    wrong += [f"kind {s.source_kind} for {g['source_kind']}" for g, s in right if (g, s) not in kinds]
    wrong += [
        f"anonymity {quote(text, s.anonymity)!r} for {g['anonymity']!r}"
        for g, s in hits
        if (g["anonymity"] or s.anonymity) and (g, s) not in reasons
    ]
    counts = {
        "statement": (len(hits), len(records.statements), len(row["statements"])),
        "statement + source + kind": (len(kinds), len(records.statements), len(row["statements"])),
        "unnamed": (
            sum(secret(g["source_kind"]) for g, s in kinds),
            sum(secret(s.source_kind) for s in records.statements),
            sum(secret(g["source_kind"]) for g in row["statements"]),
        ),
        "anonymity": (
            len(reasons),
            sum(s.anonymity is not None for s in records.statements),
            sum(bool(g["anonymity"]) for g in row["statements"]),
        ),
        "form, where found": (sum(g["form"] == s.form for g, s in hits), len(hits), len(hits)),
        "stance, where found": (sum(g["stance"] == s.stance for g, s in hits), len(hits), len(hits)),
    }
    return counts, wrong


def attributions(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count statements: content, with source, form and stance, and the recall of each form."""
    records, pairs, used = paired(row, reader)
    text = records.document.text
    hits = [(g, s) for g, s in pairs if s is not None]
    right = [(g, s) for g, s in hits if alike(g["source"], quote(text, s.source))]
    wrong = [f"missed {g['form']} {g['content']}" for g, s in pairs if s is None]
    wrong += [f"false {[p.of(text) for p in s.content]} {s.rule}" for n, s in enumerate(records.statements) if n not in used]
    wrong += [f"source {quote(text, s.source)!r} for {g['source']!r}" for g, s in hits if (g, s) not in right]
    wrong += [f"{f} {getattr(s, f)} for {g[f]}" for g, s in hits for f in ("form", "stance") if g[f] != getattr(s, f)]
    found, wanted = len(records.statements), len(row["statements"])
    counts = {
        "content": (len(hits), found, wanted),
        "content + source": (len(right), found, wanted),
        "+ form + stance": (sum(g["form"] == s.form and g["stance"] == s.stance for g, s in right), found, wanted),
    }
    for form in ("direct", "mixed", "indirect"):
        mine = sum(g["form"] == form for g, _ in hits)
        counts[f"{form} (recall)"] = (mine, mine, sum(g["form"] == form for g in row["statements"]))
    return counts, wrong


# ---- modality -------------------------------------------------------------------------------------------------------


def modality(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count the statuses of marked triggers."""
    annotations = reader.annotate(row["text"])
    start = len(annotations.text) - len(row["text"])
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(row['trigger'])}(?!\w)", annotations.text) if m.start() >= start - 1]
    token = annotations.tokens_of(Span(places[row["nth"] - 1], places[row["nth"] - 1] + len(row["trigger"])))[0]
    found, _ = status(annotations, token)
    right = int(found == row["status"])
    return {"status": (right, 1, 1)}, [] if right else [f"{found} for {row['status']} ({row['why']})"]


# ---- commitments ----------------------------------------------------------------------------------------------------


def commitments(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count commitments (actions share three letters in ten, as in gold.py), who is bound, deadlines, negations, conditions."""
    records = reader.records(row["text"], row["published"])
    text, found = records.document.text, list(records.commitments)
    start = len(text) - len(row["text"]) - 1
    names = {a.id: {a.name, *(m.of(text) for m in a.mentions)} for a in records.actors}
    golds = [(g, _place(text, g["action"], max(start, 0))) for g in row["commitments"]]
    scored = [(_overlap(text, at, f.action), i, j) for i, (_, at) in enumerate(golds) for j, f in enumerate(found)]
    hits, used = [], (set(), set())  # type: ignore[var-annotated]
    for share, i, j in sorted(scored, reverse=True):
        if share >= 0.3 and i not in used[0] and j not in used[1]:
            used[0].add(i), used[1].add(j), hits.append((golds[i][0], found[j]))
    bound = [(g, f) for g, f in hits if _named(g["actor"], names.get(f.actor or "", set()))]
    dues = [(g, f) for g, f in hits if g["deadline"]]
    on_time = [(g, f) for g, f in dues if _terms(g) == (f.deadline_role, f.deadline_earliest, f.deadline_latest)]
    turned = [(g, f) for g, f in hits if g["negated"] == f.negated]
    held = [(g, f) for g, f in hits if g["condition"] and alike(g["condition"], quote(text, f.condition))]
    wrong = [f"missed {g['action']!r}" for n, (g, _) in enumerate(golds) if n not in used[0]]
    wrong += [f"  refused {a.span.of(text)!r}: {a.rule}: {a.reason}" for a in records.abstentions if a.kind == "commitment" and wrong]
    wrong += [f"false {f.action.of(text)!r} {f.rule}" for n, f in enumerate(found) if n not in used[1]]
    wrong += [f"actor {names.get(f.actor or '')} for {g['actor']!r}" for g, f in hits if (g, f) not in bound]
    wrong += [f"negated {f.negated}: {g['action']!r}" for g, f in hits if (g, f) not in turned]
    wrong += [
        f"deadline {quote(text, f.deadline)!r} {(f.deadline_role, f.deadline_earliest, f.deadline_latest)} for {_terms(g)}"
        for g, f in dues
        if (g, f) not in on_time
    ]
    counts = {
        "commitment": (len(hits), len(found), len(golds)),
        "commitment + actor": (len(bound), len(found), len(golds)),
        "negated, where found": (len(turned), len(hits), len(hits)),
        "deadline role and bounds": (len(on_time), sum(f.deadline is not None for _, f in hits), len(dues)),
        "condition": (len(held), sum(f.condition is not None for _, f in hits), sum(bool(g["condition"]) for g, _ in hits)),
        "basis, where found": (sum(g["basis"] == f.basis for g, f in hits), len(hits), len(hits)),
    }
    return counts, wrong


def _place(text: str, words_: str, start: int) -> Span:
    at = text.lower().index(words_.lower(), start)
    return Span(at, at + len(words_))


def _overlap(text: str, a: Span, b: Span) -> float:
    """Return the share of letters and digits that two spans have in common."""
    x, y = ({n for n in range(*span) if text[n].isalnum()} for span in (a, b))
    return len(x & y) / len(x | y) if x | y else 0.0


def _named(gold: str | None, names: set[str]) -> bool:
    """Tell whether an actor is the one of the gold; articles and titles may differ."""
    plain = lambda name: re.sub(r"^(the|a|an) ", "", name.lower())  # noqa: E731 - used twice, here
    if gold is None:
        return not names
    return any(plain(gold) in plain(name) or plain(name) in plain(gold) for name in names)


def _terms(gold: Row) -> tuple[str | None, str | None, str | None]:
    return gold["deadline_role"], gold["deadline_earliest"], gold["deadline_latest"]


# ---- events ---------------------------------------------------------------------------------------------------------


def events(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count events by trigger and type, and for those: countries of both sides, who, time, place, status.

    A gold event is found where a mention covers its trigger and the types agree; a time is counted where the page's day is known.
    """
    records = reader.records(row["text"], row["published"])
    text = records.document.text
    used: set[int] = set()
    pairs_ = [(g, _event(g, records, len(text) - len(row["text"]) - 1, used)) for g in row["events"]]
    hits = [(g, e) for g, e in pairs_ if e is not None]
    names = {a.id: {a.name, *(m.of(text) for m in a.mentions)} for a in records.actors}
    lands = {a.id: a.country for a in records.actors}
    wrong = [f"missed {g['trigger']} {g['type']}" for g, e in pairs_ if e is None]
    if wrong:
        wrong += [f"  refused {a.span.of(text)!r}: {a.rule}: {a.reason}" for a in records.abstentions if a.kind == "event"]
    wrong += [
        f"false {e.type} {[m.of(text) for m in e.mentions]} {e.status} {e.rule}" for n, e in enumerate(records.events) if n not in used
    ]
    counts = {"trigger + type": (len(hits), len(records.events), len(row["events"]))}
    who = [
        0,
        sum(len(e.actors) + len(e.recipients) for e in records.events),
        sum(len(g["actors"] + g["recipients"]) for g in row["events"]),
    ]
    for role in ("actor", "recipient"):
        told = [(g, e) for g, e in hits if any(g[f"{role}_countries"])]
        same = [(g, e) for g, e in told if {c for c in g[f"{role}_countries"] if c} == {lands[x] for x in getattr(e, f"{role}s")} - {None}]
        counts[f"{role} country, where found"] = (len(same), len(told), len(told))
        for g, e in hits:
            mine = [names[x] for x in getattr(e, f"{role}s")]
            who[0] += (right := sum(any(_named(name, forms) for forms in mine) for name in g[f"{role}s"]))
            if right < max(len(mine), len(g[f"{role}s"])):
                wrong.append(f"{g['trigger']} {role}s {[min(forms, key=len) for forms in mine]} for {g[f'{role}s']}")
        wrong += [f"{g['trigger']} {role} country {g[f'{role}_countries']}" for g, e in told if (g, e) not in same]
    counts["who"] = (who[0], who[1], who[2])
    for field in ("time", "place"):
        given = [(g, quote(text, (e.evidence.get(field) or (None,))[0])) for g, e in hits if field == "place" or row["published"]]
        fit = [(g, q) for g, q in given if g[field] and q and alike(g[field], q)]
        counts[field] = (len(fit), sum(bool(q) for _, q in given), sum(bool(g[field]) for g, _ in given))
        wrong += [f"{g['trigger']} {field} {q!r} for {g[field]!r}" for g, q in given if (g[field] or q) and (g, q) not in fit]
    sure = [(g, e) for g, e in hits if g["status"] == e.status]
    counts["status, where found"] = (len(sure), len(hits), len(hits))
    wrong += [f"{g['trigger']} {e.status} for {g['status']}" for g, e in hits if (g, e) not in sure]
    return counts, wrong


def _event(gold: Row, records: Records, start: int, used: set[int]) -> Event | None:
    """Return the found event of the gold one's type with a mention at its trigger."""
    at = _place(records.document.text, gold["trigger"], max(start, 0))
    for number, event in enumerate(records.events):
        if number not in used and event.type == gold["type"] and any(m.start < at.end and at.start < m.end for m in event.mentions):
            used.add(number)
            return event
    return None


def no_events(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count the sentences without events in which none is found."""
    events = reader.records(row["text"]).events
    return {"no event": (int(not events), 1, 1)}, [f"false {e.type} {e.rule}" for e in events]


def pairs(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count the pairs whose type is right, type by type."""
    found = pair_type(reader.annotate(row["text"]), reader.lexicon, row["source"], row["target"])
    right = found == row["type"]
    counts = {"pair": (int(right), int(found is not None), 1), f"pair {row['type']}": (int(right), int(right), 1)}
    return counts, [] if right else [f"{found} for {row['type']} of {row['source']} to {row['target']}"]


# ---- times and actors ------------------------------------------------------------------------------------------------


def deadlines(row: Row, reader: Reader) -> tuple[Counts, list[str]]:
    """Count the marked time expressions that are found with their role, and among those the values and bounds that the row gives."""
    annotations = reader.annotate(row["text"], row["published"])
    found = [t for t in annotations.times if alike(t.span.of(annotations.text), row["span"])]
    right = [t for t in found if t.role == row["role"]]
    given = [k for k in ("value", "earliest", "latest") if row[k] is not None]
    fits = sum(getattr(right[0], k) == row[k] for k in given) if right else 0
    wrong = "" if right and fits == len(given) else f"wanted {[row[k] for k in ('role', *given)]}, found {found}"
    counts = {"role": (bool(right), 1, 1), "value and bounds": (fits, len(given) if right else 0, len(given))}
    return counts, [wrong] if wrong else []


def actor_phrases(row: Row, reader: Reader) -> tuple[Counts, list[str]]:  # noqa: ARG001 - every scorer has this shape
    """Count the phrases whose country, sector and both are right."""
    country, sector = code_actor(row["phrase"])
    same = (country == row["country"], sector == row["sector"])
    counts = {"country": (same[0], 1, 1), "sector": (same[1], 1, 1), "both": (all(same), 1, 1)}
    return counts, [] if all(same) else [f"{row['phrase']}: wanted {row['country']} {row['sector']}, found {country} {sector}"]


SETS: dict[str, Scorer] = {
    "refusals": refusals,
    "unnamed": unnamed,
    "attributions": attributions,
    "modality": modality,
    "commitments": commitments,
    "events": events,
    "no_events": no_events,
    "pairs": pairs,
    "deadlines": deadlines,
    "actor_phrases": actor_phrases,
}

# ---- the run --------------------------------------------------------------------------------------------------------


def rows(name: str, half: str) -> Iterator[Row]:
    """Yield the rows of one half of a set."""
    for text in (FOLDER / f"{name}.{half}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(text)


def run(name: str, reader: Reader, half: str, *, misses: bool) -> None:
    """Score one set and print its measures."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    number = 0
    for row in rows(name, half):
        number += 1
        counts, wrong = SETS[name](row, reader)
        for measure, values in counts.items():
            totals[measure] = [a + b for a, b in zip(totals[measure], values, strict=True)]
        if misses and wrong:
            print(f"  {row['id']} {row['text']}", *[f"      {w}" for w in wrong], sep="\n")
    print(f"{name} ({number} sentences, {half})")
    for measure, (right, found, wanted) in totals.items():
        precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
        print(f"  {measure:28} P {precision:.3f}  R {recall:.3f}  ({right} right, {found} found, {wanted} wanted)")


def main(argv: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Score our own sentences.")
    parser.add_argument("sets", nargs="*", choices=[[], *SETS], default=[], help="sets to score (default: all)")
    parser.add_argument("--locked", action="store_true", help="the locked half: once, before a release")
    parser.add_argument("--misses", action="store_true", help="print what is wrong")
    options = parser.parse_args(argv)
    reader = Reader()
    for name in options.sets or SETS:
        run(name, reader, "locked" if options.locked else "open", misses=options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
