"""A candidate for a commitment, with all that is known of it before it is a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations, Sentence
from onrecord.commissives.bindings import Binding
from onrecord.commissives.parties import Party, teller
from onrecord.commissives.words import belongs
from onrecord.grammar import above
from onrecord.records import Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSES = frozenset({"ccomp", "xcomp", "acl", "advcl", "csubj", "parataxis"})
"""Relations by which a clause is what its governor is about."""
FREE = frozenset({"modal", "title", "present"})
"""Frames whose word of commitment is no verb or noun of its own: whether they bind is for subject and act to show."""


@dataclass(frozen=True, slots=True)
class Case:
    """A binding, where it stands, who says it and who is bound, and which terms it has."""

    annotations: Annotations
    binding: Binding
    sentence: Sentence
    statement: Statement | None
    party: Party | None
    conditional: bool
    timed: bool
    """A day, month or term is set for the act."""
    dated: bool
    """What is set is of the calendar, not counted from the day of saying."""
    over: bool
    """What is set was over long before the day of the page."""

    @property
    def act(self) -> Token:
        """The head of the act."""
        return self.binding.act

    @property
    def cue(self) -> Token:
        """The first word of commitment."""
        return self.binding.cue[0]

    @property
    def key(self) -> str:
        """The last part of the entry's id."""
        return self.binding.entry.id.rpartition(".")[2]

    @property
    def modal(self) -> bool:
        """Whether a modal binds, not a word of promise, plan or order."""
        return self.binding.frame == "modal"

    @property
    def open(self) -> bool:
        """Whether subject and act must show that it is an act of somebody's and no fate."""
        return self.binding.frame in FREE or (self.key in {"due", "bound"} and self.binding.frame != "time")

    @property
    def in_quotation(self) -> bool:
        """Whether the act stands within quotation marks."""
        return self.annotations.quotation_at(self.act.idx) is not None

    def own_word(self) -> bool:
        """Tell whether the one who acts is the one who speaks."""
        if self.party is None:
            return False
        if self.statement is not None and self.statement.source_actor is not None:
            return self.statement.source_actor == self.party.actor
        told = teller(self.annotations, self.act)
        return told is not None and told.actor == self.party.actor


def governing(token: Token, kind: str) -> Token | None:
    """Return the nearest word of a class whose clause the token stands in, or None."""
    for head in above(token):
        if token.dep_ in CLAUSES and belongs(head, kind):
            return head
        if token.dep_ == "relcl":
            return None
        token = head
    return None
