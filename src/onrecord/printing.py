"""Records, documents and reasons as lines and tables of the terminal, and as CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord import ledger as ledgers
from onrecord.cells import written
from onrecord.decisions import Decided, decided_json
from onrecord.errors import SourceError
from onrecord.links.events import incident_json
from onrecord.links.figures import series_json, tellings
from onrecord.links.statements import saying_json
from onrecord.quotes import differences
from onrecord.records import AUTHOR, KIND_NAMES, PLURAL, Bounds, Commitment, Event, Figure, Record, Records, Statement, Time, Toll, line
from onrecord.spans import Span
from onrecord.tables import COLUMNS, flat, number

if TYPE_CHECKING:
    from onrecord.accounts import LedgerView
    from onrecord.diffs import Diff
    from onrecord.imports import Known
    from onrecord.ledger import Row as LedgerRow
    from onrecord.links.commitments import Suggestion
    from onrecord.links.copies import Copy
    from onrecord.links.figures import Series
    from onrecord.links.statements import Saying
    from onrecord.reasons import Reason
    from onrecord.scoring import Scores
    from onrecord.store import DocumentRow, Hit, Stats
    from onrecord.store import Table as Rows
    from onrecord.verbs import Checked, Judged, Told


def console() -> Console:
    """Return a console on standard output; without a terminal it neither colours nor wraps at its whim."""
    return Console() if sys.stdout.isatty() else Console(width=160, no_color=True, highlight=False, soft_wrap=False)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[str] = ()) -> Table:
    """Return a table; columns named in `numbers` are set to the right."""
    out = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        out.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    for row in rows:
        out.add_row(*("" if cell is None else str(cell) for cell in row))
    return out


# ---- one record in words -------------------------------------------------------------------------------------------


def sentence(records: Records, record: Record) -> str:
    """Return a record in one line of words."""
    text = records.document.text
    names = {actor.id: actor.name for actor in records.actors}

    def quote(*spans: Span | None) -> str:
        return " … ".join(" ".join(s.of(text).split()) for s in spans if s is not None)

    def who(*ids: str | None) -> str:
        return ", ".join(names.get(i, i) for i in ids if i) or "(not known)"

    match record:
        case Statement():
            source = who(record.source_actor) if record.source_actor else quote(record.source) or "(not named)"
            hedged = ", hedged" if record.hedged else ""
            return f"{source} {record.stance} ({record.form}{hedged}): {quote(*record.content)}"
        case Commitment():
            act = ("not to: " if record.negated else "") + quote(record.action)
            by = f" [{record.deadline_role or 'by'} {record.deadline_value or quote(record.deadline)}]" if record.deadline else ""
            to = f" -> {who(record.counterparty)}" if record.counterparty else ""
            on = f" [if {quote(record.condition)}]" if record.condition else ""
            return f"{who(record.actor)}{to} ({record.basis}): {act}{by}{on}"
        case Event():
            what = f"{record.type}{f'/{record.mode}' if record.mode else ''} {quote(record.mentions[0])!r}"
            to = f" -> {who(*record.recipients)}" if record.recipients else ""
            at = "".join(f" [{x}]" for x in (record.time, record.place) if x)
            said = "" if record.according_to == AUTHOR else f" (says {who(record.according_to)})"
            return f"{who(*record.actors)}: {what}{to}{at} {record.status}{said}{_toll(record)}"
        case Figure():
            said = "" if record.according_to == AUTHOR else f" (says {who(record.according_to)})"
            return f"{quote(record.span)} = {number(record.value, record.low, record.high)} {record.unit or ''} {quote(record.of)}{said}"
        case Time():
            bounds = f" {record.earliest or '..'} to {record.latest or '..'}" if record.earliest or record.latest else ""
            return f"{quote(record.span)} = {record.type} {record.value} {record.role or ''}{bounds}"
    return record.KIND


def _toll(event: Event) -> str:
    parts = [f"{n} {number(t.value, t.low, t.high)}" for n, t in (("killed", event.killed), ("injured", event.injured)) if t]
    return f" {', '.join(parts)}" if parts else ""


# ---- documents -----------------------------------------------------------------------------------------------------


def published(records: Records) -> str:
    """Return the publication day as far as it is known."""
    day = records.document.published
    return day.value or _between(day.earliest, day.latest)


def _between(earliest: str | None, latest: str | None) -> str:
    """Return the bounds of a day that is not known."""
    return f"{earliest or '..'} to {latest or '..'}" if earliest or latest else "not known"


def counts(records: Records) -> list[int]:
    """Return the number of records of each kind, in the order of KIND_NAMES."""
    return [len(getattr(records, PLURAL[kind])) for kind in KIND_NAMES]


class Printer(Protocol):
    """What `read` prints: one document at a time, then an end."""

    def document(self, records: Records) -> None:
        """Take a document in."""

    def close(self, failed: int, stored: str | None) -> None:
        """End the output; `stored` names the store."""


class Summary:
    """Prints one line for each document and a last one that adds them up."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self.rows: list[list[object]] = []
        self.totals = [0] * len(KIND_NAMES)

    def document(self, records: Records) -> None:
        """Take a document in."""
        own = counts(records)
        self.totals = [a + b for a, b in zip(self.totals, own, strict=True)]
        self.rows.append([records.document.uri, published(records), *own, records.document.title or "(no title)"])

    def close(self, failed: int, stored: str | None) -> None:
        """Print the table, and where the records are."""
        columns = ["page", "published", *(PLURAL[k] for k in KIND_NAMES), "title"]
        if self.rows:
            console().print(table(None, columns, self.rows, [PLURAL[k] for k in KIND_NAMES]))
        added = ", ".join(f"{n} {PLURAL[k]}" for k, n in zip(KIND_NAMES, self.totals, strict=True))
        print(f"{len(self.rows)} read, {failed} failed: {added}" + (f"; stored in {stored}" if stored else ""))


class Jsonl:
    """Prints one JSON line for each document."""

    def document(self, records: Records) -> None:
        """Print the document's line."""
        print(json.dumps(line(records), ensure_ascii=False), flush=True)

    def close(self, failed: int, stored: str | None) -> None:
        """Add nothing: standard output holds JSON lines only."""


class Csv:
    """Prints one row for each record."""

    def __init__(self) -> None:
        """Print the header."""
        self.writer = csv.writer(sys.stdout)
        self.writer.writerow(COLUMNS)

    def document(self, records: Records) -> None:
        """Print the document's records."""
        for record in records.all():
            row = flat(records, record)
            self.writer.writerow([written(row[c]) for c in COLUMNS])

    def close(self, failed: int, stored: str | None) -> None:
        """Add nothing: standard output holds rows only."""


def documents(rows: Iterable[DocumentRow]) -> Table:
    """Return the list of documents."""
    kinds = [PLURAL[k] for k in KIND_NAMES]
    cells = [
        (
            r.id.removeprefix("sha256:")[:8],
            r.published or _between(r.earliest, r.latest),
            *(r.counts.get(k, 0) for k in KIND_NAMES),
            r.uri,
            r.title,
        )
        for r in rows
    ]
    return table(None, ["document", "published", *kinds, "page", "title"], cells, kinds)


def show(records: Records, reviews: Mapping[str, str], *, kind: str | None, type_: str | None, actor: str | None) -> None:
    """Print a document's head, and its records kind by kind, in words."""
    out = console()
    document = records.document
    out.print(
        f"{document.title or '(no title)'}\n{document.uri}  published {published(records)} ({document.published.method})", markup=False
    )
    for warning in document.warnings:
        out.print(f"warning: {warning}", markup=False)
    any_shown = False
    for name in KIND_NAMES:
        rows = [
            (r.id[:8], sentence(records, r), r.certainty, "" if reviews.get(r.id, "unreviewed") == "unreviewed" else reviews[r.id])
            for r in getattr(records, PLURAL[name])
            if kind in {None, name} and _wanted(records, r, type_, actor)
        ]
        any_shown = any_shown or bool(rows)
        if rows:
            out.print(table(f"\n{PLURAL[name]} ({len(rows)})", ["id", "record", "certainty", "review"], rows), markup=False)
    if not any_shown:
        print("no such records" if kind or type_ or actor else "no records")


def _wanted(records: Records, record: Record, type_: str | None, actor: str | None) -> bool:
    row = flat(records, record)
    typed = type_ is None or type_.casefold() in {str(row["what"]).casefold(), str(row["status"]).casefold()}
    named = " ".join(str(row[c]) for c in ("who", "to_whom", "according_to") if row[c])
    return typed and (actor is None or actor.casefold() in named.casefold())


def hits(found: Iterable[Hit]) -> None:
    """Print what a search found, the words marked."""
    out = console()
    listed = list(found)
    for hit in listed:
        what = (
            f"{hit.record.record.KIND} {hit.record.record.id[:8]}" if hit.record else f"text {hit.document.id.removeprefix('sha256:')[:8]}"
        )
        snippet = Text(hit.snippet.replace("\n", " "))
        for mark in hit.marks:
            snippet.stylize("bold reverse", *mark)
        out.print(
            Text(f"{hit.document.published or hit.document.latest or 'not dated'}  {what}  {hit.document.uri}  "),
            Text("\n    "),
            snippet,
            sep="",
        )
    print(f"{len(listed)} found")


def ledger(found: LedgerView, as_of: str, form: str) -> None:
    """Print the ledger as a table, CSV, a calendar or JSON; pages without a known day stand apart in the table."""
    every = [*found.ledger.rows, *found.ledger.undated]
    if form == "csv":
        sys.stdout.write(ledgers.to_csv(every))
    elif form == "ics":
        sys.stdout.write(ledgers.to_ics(every, as_of))
    elif form == "json":
        rows = [_ledger_json(found, r) for r in every]
        print(json.dumps({"as_of": as_of, "rows": rows, "more": found.more}, ensure_ascii=False, indent=1))
    else:
        titles = (f"Commitments known on {as_of}", "On pages whose day is not known")
        for title, listed in zip(titles, (found.ledger.rows, found.ledger.undated), strict=True):
            if listed:
                columns = ["status", "who", "what", "by when", "if", "id", "pages"]
                console().print(table(title, columns, [_ledger_row(found, r) for r in listed], ["pages"]), markup=False)
        print(f"{len(every)} commitments" + (f"; more: --after {found.more[:8]}" if found.more else ""))


def _ledger_row(found: LedgerView, row: LedgerRow) -> tuple[object, ...]:
    item, c = row.item, row.item.commitment
    history = found.histories.get(c.id)
    act = ("not to: " if c.negated else "") + " ".join(item.words.split())
    pages = len(history.appearances) if history else 1
    return row.status, item.actor or "(not known)", act, row.due or item.deadline, item.condition, c.id[:8], pages


def _ledger_json(found: LedgerView, row: LedgerRow) -> dict[str, object]:
    """Return a row with its history: each appearance's words, day, deadline, and what it changed."""
    history = found.histories.get(row.item.commitment.id)
    appearances = [a._asdict() for a in history.appearances] if history else []
    return {**dict(zip(ledgers.COLUMNS, ledgers.cells(row), strict=True)), "history": appearances}


def suggestions(found: Iterable[Suggestion]) -> None:
    """Print sentences that may tell what became of a commitment, with where they stand and why they were chosen."""
    listed = list(found)
    for one in listed:
        place = f"{one.document.removeprefix('sha256:')[:8]}:{one.span.start}-{one.span.end}"
        print(f"{place}  {' '.join(one.words.split())}\n    {one.score:.2f}: {'; '.join(one.reasons)}")
    print(f"{len(listed)} suggested")


def series(found: Iterable[Series], *, as_json: bool) -> None:
    """Print series of figures: each telling with its day, its source and its page."""
    listed = list(found)
    if as_json:
        print(json.dumps([series_json(s) for s in listed], ensure_ascii=False, indent=1))
        return
    columns = ["when", "how many", "who says so", "words", "document"]
    for one in listed:
        rows = [(p.day, number(p.value, p.low, p.high), p.source, p.quote, p.document[7:15]) for p in one.points]
        contradictory = [t.day for t in tellings(one) if t.agreement == "contradictory"]
        console().print(table(f"\n{one.label} ({one.unit or 'no unit'})", columns, rows), markup=False)
        for day in contradictory:
            print(f"the sources disagree on {day or 'a day not known'}")
    print(f"{len(listed)} series")


def sayings(found: Iterable[Saying], *, as_json: bool) -> None:
    """Print what several pages quote: each version with its pages, and what differs from the first."""
    listed = list(found)
    if as_json:
        print(json.dumps([saying_json(s) for s in listed], ensure_ascii=False, indent=1))
        return
    for one in listed:
        print(f"\n{' / '.join(one.speakers) or 'a source not named'}, on {one.pages} pages:")
        for number_, version in enumerate(one.versions):
            print(f"  “{version.quote}”")
            for word in differences(one.versions[0].quote, version.quote) if number_ else ():
                print(f"      {word.quoted or '—'} → {word.original or '—'}")
            for a in version.appearances:
                print(f"      {a.day or 'no day'}  {a.document[7:15]}  {a.speaker or '—'}{'  (a copy)' if a.copy_of else ''}")
    print(f"{len(listed)} quotations on several pages")


def incidents(found: Iterable[Told], *, as_json: bool) -> None:
    """Print events that several pages tell: each page's words for it, and why they are taken for one."""
    listed = list(found)
    if as_json:
        print(json.dumps([incident_json(told.incident) for told in listed], ensure_ascii=False, indent=1))
        return
    for told in listed:
        print(f"\n{told.incident.type} ({told.incident.status}), on {told.incident.pages} pages:")
        for (records, event), a in zip(told.events(), told.incident.appearances, strict=True):
            why = f"  same {', '.join(a.reasons)}" if a.reasons else ""
            print(f"  {a.day or 'no day'}  {a.document[7:15]}  {sentence(records, event)}{why}{'  (a copy)' if a.copy_of else ''}")
    print(f"{len(listed)} events on several pages")


def copies(found: Iterable[Copy], documents_: Iterable[DocumentRow]) -> Table:
    """Return the copies as a table."""
    uris = {d.id: d.uri for d in documents_}
    rows = [(uris[c.copy], uris[c.original], f"{c.share:.0%}", f"{c.share_of_original:.0%}") for c in found]
    return table(None, ["page", "is a copy of", "of it the same", "of the original"], rows)


def checked(found: Iterable[Checked]) -> None:
    """Print what became of each quotation."""
    for item in found:
        check = item.check
        print(f"{check.verdict.upper():10} “{' '.join(check.quote.split())}”")
        if item.uri and check.span:
            print(f"           {item.uri} [{check.span.start}, {check.span.end}]" + (f": {', '.join(check.edits)}" if check.edits else ""))
        for difference in check.differences:
            print(f"           quoted {difference.quoted or '(nothing)'!r}, the page has {difference.original or '(nothing)'!r}")
        if item.speaker and item.original_speaker:
            same = item.speaker == item.original_speaker
            print(f"           said by {item.speaker}" + ("" if same else f"; the page says {item.original_speaker}"))


def diff(old: Records, new: Records, found: Diff) -> None:
    """Print the changes of a page and the records that they touched."""
    print(f"{old.document.uri}: {old.document.id[7:15]} -> {new.document.id[7:15]}")
    for change in found.changes:
        print(f"- {' '.join(change.was.split())}\n+ {' '.join(change.now.split())}\n")
    for touched in found.touched:
        shown = sentence(old, touched.old) if touched.old else sentence(new, touched.new) if touched.new else ""
        now = f" -> {sentence(new, touched.new)}" if touched.what == "changed" and touched.new else ""
        fields = f" ({', '.join(touched.fields)})" if touched.fields else ""
        kind = next(r.KIND for r in (touched.old, touched.new) if r is not None)
        print(f"{touched.what:8} {kind}{fields}: {shown}{now}")


def history(decided: Iterable[Decided]) -> Table:
    """Return the decisions about a record, oldest first."""
    rows = [
        (d.seq, d.at, d.decision.reviewer, d.decision.act, d.decision.reason or d.decision.note, plain(d.before), plain(d.after), d.tool)
        for d in decided
    ]
    return table(None, ["decision", "at", "reviewer", "act", "why", "before", "after", "tool"], rows)


def decisions(decided: Iterable[Decided]) -> None:
    """Print decisions as JSON, one a line."""
    for d in decided:
        print(json.dumps(decided_json(d), ensure_ascii=False))


def imported(outcomes: Iterable[Decided | Known | SourceError]) -> int:
    """Name on standard error what cannot be used, and print how many decisions were taken; return how many could not be used."""
    taken, known, unusable = Counter[str](), 0, 0
    for outcome in outcomes:
        if isinstance(outcome, SourceError):
            print(f"onrecord: {outcome}", file=sys.stderr)
            unusable += 1
        elif isinstance(outcome, Decided):
            taken[outcome.decision.act] += 1
        else:
            known += 1
    acts = f" ({', '.join(f'{count} {act}' for act, count in sorted(taken.items()))})" if taken else ""
    print(f"{taken.total()} decisions taken{acts}, {known} known already, {unusable} not usable")
    return unusable


def judged(found: Judged) -> None:
    """Print where reviewers differ, how far they agree, and the decisions that wait."""
    views = [
        (d.record[:8], d.kind, ", ".join(d.fields), "; ".join(f"{who}: {v.review}" for who, v in d.views.items()), d.settled)
        for d in found.disagreements
    ]
    fields = [(a.field, "" if a.alpha is None else f"{a.alpha:.3f}", a.records) for a in found.agreement]
    waiting = [
        (o.decision.seq, o.decision.decision.reviewer, o.decision.decision.act, o.record[:8] if o.record else "no record any more")
        for o in found.offers
    ]
    for title, columns, listed in (
        ("Seen differently", ["record", "kind", "fields", "views", "settled"], views),
        ("Agreement", ["field", "alpha", "records"], fields),
        ("Decisions to take again", ["decision", "reviewer", "act", "record"], waiting),
    ):
        if listed:
            console().print(table(title, columns, listed), markup=False)
        else:
            print(f"{title}: none")


def stats(found: Stats) -> None:
    """Print the counts of a store."""
    print(f"{found.documents} documents, {found.records} records")
    for name in ("by_kind", "by_type", "by_month", "by_publisher", "by_actor", "by_review", "losses"):
        counted = getattr(found, name)
        if counted:
            console().print(table(f"\n{name.replace('_', ' ')}", ["", "count"], counted.items(), ["count"]))


def rows(found: Rows) -> None:
    """Print the answer to a query."""
    console().print(table(None, found.columns, found.rows))


# ---- explanations and scores ---------------------------------------------------------------------------------------


def reasons(text: str, rows: Sequence[Reason]) -> Table:
    """Return an explanation as a table: what, the value, the characters it rests on."""

    def cited(spans: Sequence[Span]) -> str:
        return "\n".join(f"[{s.start}, {s.end}] {' '.join(s.of(text).split())}" for s in spans)

    return table(None, ["about", "says", "rests on"], [(r.about, r.says, cited(r.spans)) for r in rows])


def scores(result: Scores) -> Table:
    """Return the figures of each measure."""
    rows = []
    for measure, tally in result.tallies.items():
        p, r, f = tally.scores
        middle = result.medians.get(measure)
        rows.append((measure, f"{p:.3f}", f"{r:.3f}", f"{f:.3f}", "" if middle is None else f"{middle:.3f}", f"{tally.wanted:g}"))
    return table(None, ["measure", "P", "R", "F1", "median page", "gold"], rows, ["P", "R", "F1", "median page", "gold"])


def plain(value: Any) -> str:
    """Return a field's value for a table of decisions."""
    if isinstance(value, (Bounds, Toll)):
        value = value._asdict()
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
