"""PLOVER as checked values, from `data/plover.toml`: types, modes, contexts, the table of modalities, and CAMEO's root codes.

`plover()` reads the file once; whatever contradicts itself there (a mode of no type, a modality that leaves a type out) is a
RuleError. `derived` applies the manual's table of modalities to a type: records keep the act's own type with its status, `code_pair`
and the export to POLECAT say what the manual would code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from onrecord.errors import RuleError
from onrecord.records import Status

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Modality = Literal["promised", "demanded", "refused", "stopped"]

TYPES = 16
CONTEXTS = 37
FILE = "plover.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of PLOVER's types. `score` runs from -9 (assault) to 10 (aid); `recipient` says that the manual wants one."""

    id: str
    score: float
    quad: Quad
    definition: str
    modes: tuple[str, ...]
    manual_modes: tuple[str, ...]
    recipient: bool
    tie_breaks: tuple[str, ...]

    @property
    def cooperative(self) -> bool:
        """Whether the type is one of the two cooperative quads."""
        return self.quad.endswith("cooperation")

    @property
    def material(self) -> bool:
        """Whether the type is a deed rather than words."""
        return self.quad.startswith("material")


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A root code of CAMEO with the type it becomes (None: no event), and the codes beneath it that become another."""

    root: str
    name: str
    type: str | None = None
    out: tuple[str, ...] = ()
    """The types that leave by this root."""
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All of PLOVER that onrecord uses."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    modalities: Mapping[str, Mapping[str, str]]
    cameo: Mapping[str, Root]


@lru_cache(maxsize=1)
def plover() -> Codebook:
    """Return the codebook; RuleError where the package's file is wrong."""
    return read(resources.files("onrecord.data").joinpath(FILE).read_text(encoding="utf-8"))


def read(text: str) -> Codebook:
    """Return the codebook that a TOML text spells; RuleError (with the entry's name) for the first thing wrong in it."""
    tables = tomllib.loads(text)
    types = {row["id"]: _event_type(row) for row in tables["type"]}
    contexts = {row["id"]: row["definition"] for row in tables["context"]}
    modalities = {row["id"]: {k: v for k, v in row.items() if k.isupper()} for row in tables["modality"]}
    cameo = {row["root"]: Root(**_frozen(row)) for row in tables["cameo"]}
    book = Codebook(types, contexts, modalities, cameo)
    _check(book)
    return book


def _event_type(row: Mapping[str, Any]) -> EventType:
    return EventType(**_frozen(row))


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _check(book: Codebook) -> None:
    wrong = [f"{len(book.types)} types, not {TYPES}"] if len(book.types) != TYPES else []
    wrong += [f"{len(book.contexts)} contexts, not {CONTEXTS}"] if len(book.contexts) != CONTEXTS else []
    for name, table in book.modalities.items():
        if set(table) != set(book.types) or not set(table.values()) <= set(book.types):
            wrong.append(f"modality {name}: must give a type for each of the types")
    for root in book.cameo.values():
        if not {*root.out, *root.codes.values(), *filter(None, [root.type])} <= set(book.types):
            wrong.append(f"CAMEO {root.root}: no such type")
    if sorted(out for root in book.cameo.values() for out in root.out) != sorted(book.types):
        wrong.append("CAMEO: each type must leave by one root")
    if wrong:
        message = f"{FILE}: {wrong[0]}"
        raise RuleError(message)


def derived(event_type: str, modality: Modality) -> str:
    """Return the type that the manual codes for an act under a modality: AID promised is AGREE, ASSAULT promised is THREATEN."""
    return plover().modalities[modality][event_type]


def exported(event_type: str, status: Status) -> str | None:
    """Return the type that the manual codes for an event of this status, or None where it codes none.

    What was done keeps its type, what is planned is a promise; cooperation that did not come is a refusal. Possible and wished events,
    and conflict that did not take place, are nothing: the manual has no code for what did not happen.
    """
    if status == "actual":
        return event_type
    if status == "planned":
        return derived(event_type, "promised")
    if status == "negated" and plover().types[event_type].cooperative:
        return derived(event_type, "refused")
    return None


def of_cameo(code: str) -> str | None:
    """Return the type of a CAMEO code ("190", "0841"), or None for statements and codes that CAMEO does not have."""
    root = plover().cameo.get(code[:2])
    if root is None:
        return None
    return next((kind for prefix, kind in root.codes.items() if code.startswith(prefix)), root.type)


def to_cameo(event_type: str) -> str:
    """Return the root code by which a type leaves for CAMEO ("08" for both kinds of yielding)."""
    return next(root.root for root in plover().cameo.values() if event_type in root.out)
