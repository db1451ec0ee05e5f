"""Decisions that people took elsewhere, into the store: one file a format, each turning a file into proposals; `taking` takes them.

To add a format: its file here with `proposals(path, store, who) -> iterator of Proposal or SourceError`, and its name in FORMATS.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from onrecord.errors import SourceError, UsageError
from onrecord.imports.proposals import Proposal, Who
from onrecord.imports.taking import Known, take
from onrecord.store import Store

Import = Callable[[Path, Store, Who], Iterator[Proposal | SourceError]]
FORMATS = ("jsonl", "labelstudio")

__all__ = ["FORMATS", "Import", "Known", "Proposal", "Who", "importer", "take"]


def importer(name: str) -> Import:
    """Return the function that reads a format; UsageError for an unknown one."""
    if name not in FORMATS:
        message = f"{name!r} is no format that can be imported (these can: {', '.join(FORMATS)})"
        raise UsageError(message)
    read: Import = import_module(f"onrecord.imports.{name}").proposals
    return read
