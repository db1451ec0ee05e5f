"""Why a record was made, and why a stretch of text gave none: what the rules saw, in words, each with its characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from onrecord.documents import Document
from onrecord.errors import UsageError
from onrecord.gate import evidence_of, spans_of
from onrecord.lexicons import Cue, Lexicon, Trigger
from onrecord.records import AUTHOR, Record, Records
from onrecord.spans import Span

CHROME = ("chrome", "credit")


class Reason(NamedTuple):
    """One line of an explanation: what it is about, what is said of it, and the characters that it rests on."""

    about: str
    says: str
    spans: tuple[Span, ...] = ()


def why(records: Records, record: Record, lexicon: Lexicon) -> tuple[Reason, ...]:
    """Return why a record was made: its rule, then each field with its value and its evidence."""
    return (*_rule(record, lexicon), *_fields(records, record), *_surety(record))


def why_not(records: Records, span: Span) -> tuple[Reason, ...]:
    """Return what stands at a stretch of the text: records made there, candidates refused there, or why none was looked for.

    UsageError where the stretch is not within the text.
    """
    document = records.document
    if not 0 <= span.start < span.end <= len(document.text):
        message = f"[{span.start}, {span.end}] is no stretch of the text (0 to {len(document.text)})"
        raise UsageError(message)
    reasons = [*_block(document, span), *_records_at(records, span), *_refused_at(records, span)]
    if not any(r.about in {"record", "refused", "chrome"} for r in reasons):
        reasons.append(Reason("nothing", "no cue, trigger, number, time or word of commitment of the lexicon stands here", (span,)))
    return tuple(reasons)


def _rule(record: Record, lexicon: Lexicon) -> Iterator[Reason]:
    entry = lexicon.entry(record.rule)
    yield Reason("rule", record.rule + (f": {entry.note}" if entry and entry.note else ""))
    if isinstance(entry, (Cue, Trigger)):
        yield Reason("words", ", ".join(entry.forms))
    if entry and entry.examples:
        yield Reason("as in", entry.examples[0])
    if entry and entry.counterexamples:
        yield Reason("not as in", entry.counterexamples[0])


def _fields(records: Records, record: Record) -> Iterator[Reason]:
    names = {actor.id: actor.name for actor in records.actors}
    for f in fields(record):
        value = getattr(record, f.name)
        if f.name in Record.NOT_CLAIMED or value is None or value in (False, (), AUTHOR):
            continue
        spans = spans_of(value)
        if spans is not None:
            said = " … ".join(s.of(records.document.text) for s in spans)
        else:
            said, spans = _words(value, names), evidence_of(record, f.name)
        yield Reason(f.name, said + (" (inferred)" if f.name in record.inferred else ""), spans)


def _words(value: object, names: dict[str, str]) -> str:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return ", ".join(f"{k} {names.get(str(v), v)}" for k, v in value._asdict().items() if v is not None)
    if isinstance(value, tuple):
        return ", ".join(names.get(str(v), str(v)) for v in value)
    return names.get(str(value), str(value))


def _surety(record: Record) -> Iterator[Reason]:
    yield Reason("certainty", record.certainty)


def _block(document: Document, span: Span) -> Iterator[Reason]:
    for block in document.blocks:
        if block.span.overlaps(span) and block.role != "body":
            about = "chrome" if block.role in CHROME else "role"
            why_so = f" ({block.reason})" if block.reason else ""
            silent = "; nothing is taken from it" if block.role in CHROME else ""
            yield Reason(about, f"this line is {block.role.replace('_', ' ')}{why_so}{silent}", (block.span,))


def _records_at(records: Records, span: Span) -> Iterator[Reason]:
    for record in records.all():
        if any(s.overlaps(span) for s in record.anchor):
            yield Reason("record", f"{record.KIND} {record.id[:8]} by {record.rule}", record.anchor)


def _refused_at(records: Records, span: Span) -> Iterator[Reason]:
    for refused in records.abstentions:
        if refused.span.overlaps(span):
            yield Reason("refused", f"{refused.kind} by {refused.rule}: {refused.reason}", (refused.span,))
