"""Two versions of a page: what changed in its text, and which records that touched."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from onrecord.records import Record, Records
from onrecord.spans import Span


class Change(NamedTuple):
    """A stretch of the old text and what stands there now; either may be empty (put in, taken out)."""

    old: Span
    new: Span
    was: str
    now: str


class Touched(NamedTuple):
    """What became of a record: it is gone, it is new, or it claims something else (`fields` that differ)."""

    what: Literal["gone", "new", "changed"]
    old: Record | None
    new: Record | None
    fields: tuple[str, ...] = ()


class Diff(NamedTuple):
    """All changes between two versions of a page."""

    changes: tuple[Change, ...]
    touched: tuple[Touched, ...]


def diff(old: Records, new: Records) -> Diff:
    """Return the changes of the text, word by word, and the records that are gone, new or claim something else."""
    return Diff(tuple(_changes(old.document.text, new.document.text)), tuple(_touched(old, new)))


def _changes(old: str, new: str) -> Iterator[Change]:
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, [s.of(old) for s in before], [s.of(new) for s in after], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            was, now = _stretch(before, a, b, len(old)), _stretch(after, c, d, len(new))
            yield Change(was, now, was.of(old), now.of(new))


def _words(text: str) -> list[Span]:
    """Cut a text at white space; a line break is a word of its own, so that paragraphs that join are a change."""
    out, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        out.append(Span(at, at + len(word)))
        at += len(word)
    return out


def _stretch(words: list[Span], first: int, last: int, length: int) -> Span:
    if first < last:
        return Span(words[first].start, words[last - 1].end)
    at = words[first].start if first < len(words) else length
    return Span(at, at)


def _touched(old: Records, new: Records) -> Iterator[Touched]:
    """Pair records by kind and the words of their anchor: ids hold the document's hash, which changed."""
    before = {_key(old, r, n): r for n, r in _numbered(old)}
    after = {_key(new, r, n): r for n, r in _numbered(new)}
    for key, record in before.items():
        if key not in after:
            yield Touched("gone", record, None)
        elif fields := _differing(old, record, new, after[key]):
            yield Touched("changed", record, after[key], fields)
    yield from (Touched("new", None, record) for key, record in after.items() if key not in before)


def _numbered(records: Records) -> Iterator[tuple[int, Record]]:
    """Yield the records, those of one kind and one wording numbered, so that each finds its like."""
    seen: dict[tuple[str, str], int] = {}
    for record in records.all():
        words = (record.KIND, _anchor(records, record))
        seen[words] = seen.get(words, 0) + 1
        yield seen[words], record


def _key(records: Records, record: Record, number: int) -> tuple[str, str, int]:
    return record.KIND, _anchor(records, record), number


def _anchor(records: Records, record: Record) -> str:
    return " ".join(" ".join(s.of(records.document.text).split()) for s in record.anchor)


def _differing(old: Records, was: Record, new: Records, now: Record) -> tuple[str, ...]:
    before, after = _said(old, was), _said(new, now)
    return tuple(name for name, value in before.items() if after[name] != value)


def _said(records: Records, record: Record) -> dict[str, object]:
    """Return what a record says, in words: spans as their text, actors by name, so that two documents can be compared."""
    names = {a.id: a.name for a in records.actors}
    text = records.document.text

    def plain(value: object) -> object:
        if isinstance(value, Span):
            return value.of(text)
        if isinstance(value, tuple):
            return tuple(plain(v) for v in value)
        return names.get(value, value) if isinstance(value, str) else value

    own = [name for name in record.__dataclass_fields__ if name not in Record.NOT_CLAIMED and name not in {"nested_in", "statement"}]
    return {name: plain(getattr(record, name)) for name in own}
