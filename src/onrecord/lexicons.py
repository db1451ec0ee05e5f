"""Word lists with their proof: every entry carries examples and counterexamples that the tests run both ways.

A lexicon file is TOML; each entry is a table in an array named for what it is:

    [[cue]]               [[trigger]]               [[commissive]]                  [[actor]]
    id = "cue.say"        id = "trigger.invade"     id = "commissive.promise"       id = "actor.frelimo"
    ...                   ...                       ...                             ...
    examples = ["…"]              counterexamples = ["…"]        note = "where this comes from"

Ours lie in `data/lexicons`; a user's folder (`--lexicon DIR`) is read in the same way and comes first. A wrong entry is a
RuleError that names file, line and reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from onrecord.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every entry has."""

    id: str
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Entry):
    """A verb, noun or phrase that attributes words to a source."""

    forms: tuple[str, ...]
    """Lemmas or phrases, lower case ("say", "according to")."""
    pos: str = "verb"
    """`verb`, `noun` or `phrase`."""
    frames: tuple[str, ...] = ()
    """How the content stands: `that`, `to`, `object`, `quote`, `for`, `of`, …: see kinds/statement.py."""
    stance: str = "asserts"
    hedged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Entry):
    """A word that names an event of a PLOVER type."""

    forms: tuple[str, ...]
    pos: str = "verb"
    """`verb`, `noun` or `adjective`."""
    type: str
    mode: str | None = None
    frames: tuple[str, ...] = ()
    """What its arguments must be: see events/frames.py."""
    recipient: tuple[str, ...] = ("obj",)
    """Where the recipient stands: slots in order of preference; empty: it has none."""
    actor: str = "subj"
    """The slot where who acts stands: `obj` for "received the envoy", whose guest is the visitor."""
    mutual: bool = False
    """Both sides act: all are actors."""
    whose: str = "actor"
    """For a noun: its possessor is the `actor` ("X's attack") or the `recipient` ("X's arrest")."""
    of: str = "recipient"
    """For a noun: the noun behind `of` is the `recipient` ("the killing of X") or the `actor` ("the resignation of X")."""
    implied: bool = False
    """The act is by its nature that of a state, a court or a crowd: no side need be known for a political actor."""
    page: bool = False
    """A political actor anywhere on the page is enough: "the attack" on a page about a war."""
    family: str = ""
    """A name that triggers for one kind of act share ("suit": sue, lawsuit): they may speak of one event."""
    echo: bool = False
    """A verb that by itself only says again what the page has told ("was injured"); nouns may always do so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commissive(Entry):
    """A word that binds somebody to an act that is still to come."""

    forms: tuple[str, ...]
    """Lemmas or phrases, lower case ("promise", "sign up")."""
    pos: str = "verb"
    """`verb`, `noun`, `adjective` or `modal`."""
    frames: tuple[str, ...] = ()
    """Where the act stands and who is bound to it: see commissives/frames.py."""
    basis: str
    """`pledge`, `agreement`, `plan` or `duty`."""
    negated: bool = False
    """It binds not to act ("ban", "rule out")."""
    strength: str = "firm"
    """`binding` (law, agreement, order), `firm` (word given, decision taken) or `intended` (plan, intention)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Entry):
    """Words that make a number a bound ("at least"), or say that it is near the truth only ("about")."""

    forms: tuple[str, ...]
    gives: str
    """`low` (that many or more), `high` (that many or fewer) or `about`."""
    place: str = "before"
    """`before` or `behind` the number."""
    needs: str = ""
    """`measure`: only where the number has a unit, a currency or per cent."""
    not_after: tuple[str, ...] = ()
    """Words behind which it is no bound ("protests over 20 deaths")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor(Entry):
    """An actor that the texts name without saying what it is."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str
    country: str | None = None
    sector: str | None = None


ENTRIES: dict[str, type[Entry]] = {"cue": Cue, "trigger": Trigger, "commissive": Commissive, "bound": Bound, "actor": KnownActor}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries in use, the user's before ours, and a hash of them for the provenance."""

    cues: tuple[Cue, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    actors: tuple[KnownActor, ...] = ()
    commissives: tuple[Commissive, ...] = ()
    bounds: tuple[Bound, ...] = ()
    hash: str = ""

    def with_folder(self, folder: Path) -> Lexicon:
        """Return this lexicon with the entries of a user's folder (`*.toml`) before its own; RuleError for a bad one."""
        paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
        if not paths:
            message = f"{folder}: no folder with lexicon files (*.toml)"
            raise RuleError(message)
        return _assemble([(str(path), path.read_bytes()) for path in paths], self)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None."""
        return next((e for e in (*self.cues, *self.triggers, *self.commissives, *self.bounds, *self.actors) if e.id == entry_id), None)


@lru_cache(maxsize=1)
def builtin() -> Lexicon:
    """Return the lexicon of the package."""
    folder = resources.files("onrecord.data").joinpath("lexicons")
    files = sorted((item.name, item.read_bytes()) for item in folder.iterdir() if item.name.endswith(".toml"))
    return _assemble(files, Lexicon())


@lru_cache(maxsize=4)
def with_user(folder: Path | None) -> Lexicon:
    """Return the lexicon of the package, a user's folder before it where one is given."""
    return builtin().with_folder(folder) if folder else builtin()


def _assemble(files: Iterable[tuple[str, bytes]], base: Lexicon) -> Lexicon:
    entries: list[Entry] = []
    state = sha256(base.hash.encode())
    seen: set[str] = set()
    for name, content in files:
        state.update(content)
        for entry in read_entries(name, content):
            if entry.id in seen:
                message = f"{name}:{_line_of(content, entry.id)}: the id {entry.id!r} is there twice"
                raise RuleError(message)
            seen.add(entry.id)
            entries.append(entry)
    return Lexicon(
        cues=(*(e for e in entries if isinstance(e, Cue)), *base.cues),
        triggers=(*(e for e in entries if isinstance(e, Trigger)), *base.triggers),
        actors=(*(e for e in entries if isinstance(e, KnownActor)), *base.actors),
        commissives=(*(e for e in entries if isinstance(e, Commissive)), *base.commissives),
        bounds=(*(e for e in entries if isinstance(e, Bound)), *base.bounds),
        hash=state.hexdigest()[:16],
    )


def read_entries(name: str, content: bytes) -> list[Entry]:
    """Return the entries of one TOML file; RuleError (`FILE:LINE: reason`) for the first that is wrong."""
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"{name}: not UTF-8 ({error.reason} at byte {error.start})"
        raise RuleError(message) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        message = f"{name}:{line.group(1) if line else 1}: not TOML: {error}"
        raise RuleError(message) from error
    out: list[Entry] = []
    for table, rows in tables.items():
        if table not in ENTRIES or not isinstance(rows, list):
            message = f"{name}:{_line_of(content, table)}: [[{table}]] is none of {', '.join(f'[[{k}]]' for k in ENTRIES)}"
            raise RuleError(message)
        starts = [n for n, text in enumerate(content.decode().splitlines(), 1) if text.strip() == f"[[{table}]]"]
        for number, row in enumerate(rows):
            where = f"{name}:{starts[number] if number < len(starts) else 1}"
            out.append(_entry(ENTRIES[table], row, where))
    return out


_E = TypeVar("_E", bound=Entry)


def _entry(kind: type[_E], row: Mapping[str, Any], where: str) -> _E:
    known = {f.name: f for f in fields(kind)}
    for key in row:
        if key not in known:
            message = f"{where}: unknown field {key!r} (known: {', '.join(known)})"
            raise RuleError(message)
    values: dict[str, Any] = {}
    for key, f in known.items():
        if key not in row:
            if f.default is MISSING and f.default_factory is MISSING:
                message = f"{where}: the field {key!r} is missing"
                raise RuleError(message)
            continue
        value, wanted = row[key], str(f.type)
        fits = (
            (isinstance(value, list) and all(isinstance(v, str) for v in value))
            if wanted.startswith("tuple")
            else isinstance(value, bool if wanted == "bool" else str)
        )
        if not fits:
            message = f"{where}: {key!r} should be {'a list of texts' if wanted.startswith('tuple') else wanted}"
            raise RuleError(message)
        values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _line_of(content: bytes, word: str) -> int:
    for number, text in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if word in text:
            return number
    return 1
