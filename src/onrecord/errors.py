"""Everything that onrecord raises on purpose; each class says whose fault it is.

OnRecordError
├── SourceError      the page or where it comes from: missing, empty, binary, too large, not English, timed out
├── RuleError        data: a lexicon, a table, a codebook, the language model; ours or the user's, with file and line
├── StoreError       the store: not ours, too new, damaged, locked, disk full
└── UsageError       the caller: arguments that make no sense together, an id that names nothing
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Base of all errors that onrecord raises on purpose."""


class SourceError(OnRecordError):
    """A page cannot be read. `where` names the file or URL, `reason` says why in one clause."""

    def __init__(self, where: str, reason: str) -> None:
        """Keep both parts, so that a report can name them apart."""
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.reason}"


class RuleError(OnRecordError):
    """A lexicon, table, codebook or model is wrong; the message starts with file (and line where known)."""


class StoreError(OnRecordError):
    """The store cannot be used as it is; nothing that was committed is lost."""


class UsageError(OnRecordError):
    """The caller's arguments are wrong."""
