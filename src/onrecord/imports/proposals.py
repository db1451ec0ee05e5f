"""What an import finds in a file: decisions with the place where each stands."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.decisions import Decision


class Who(NamedTuple):
    """Who decided, where the file does not name them (None: nobody is given), and whether they worked blind."""

    reviewer: str | None = None
    blind: bool = False


class Proposal(NamedTuple):
    """A decision as a file has it.

    `name` is what the store's `decide` takes: a record, a document for `add` and `correct`, `DOCUMENT#a1` for an actor. `claim` is
    that of the record as it was found, `standing` as it stood when it was decided on (None: the file does not say). `number` and
    `subject` are those that another store gave the decision: the one is what an undo refers to, the other the whole name of what was
    decided on.
    """

    where: str
    name: str
    decision: Decision
    claim: str | None = None
    number: int | None = None
    subject: str = ""
    standing: str | None = None


def origin(at: str, tool: str) -> str:
    """Return when and with what a decision was taken in another store, as `Decision.origin` has it."""
    return f"{at} onrecord {tool}".rstrip()
