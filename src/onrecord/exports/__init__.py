"""Records to files that others read: one file a format, each writing what it is given; the store is not known here.

To add a format: its file here with `export(items, out, manner) -> list of files written`, and its name in FORMATS.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.exports.items import Item, Manner

Export = Callable[[Iterable[Item], Path, Manner], list[Path]]
FORMATS = ("brat", "claimreview", "csv", "doccano", "html", "jsonl", "labelstudio", "parquet", "polecat", "prov", "webannotation")

__all__ = ["FORMATS", "Export", "Item", "Manner", "exporter"]


def exporter(name: str) -> Export:
    """Return the function that writes a format (imported when asked for: some need much); UsageError for an unknown one."""
    if name not in FORMATS:
        message = f"{name!r} is no format (there are {', '.join(FORMATS)})"
        raise UsageError(message)
    export: Export = import_module(f"onrecord.exports.{name}").export
    return export
