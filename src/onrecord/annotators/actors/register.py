"""The register of a page's chains: which phrase belongs to which actor."""

from __future__ import annotations

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.annotators.actors.chains import Chain, Form, fold_name
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.phrases import Phrase

SUPRANATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes that stand where a country's would."""


def text_of(columns: Columns, phrase: Phrase) -> str:
    """Return the characters of the proper name in a phrase."""
    name = phrase.description.name
    if name is None:
        return columns.text[columns.starts[phrase.start] : columns.ends[phrase.end - 1]]
    return columns.text[columns.starts[phrase.start + name[0]] : columns.ends[phrase.start + name[1] - 1]]


class Register:
    """The chains of a page, and which phrase belongs to which."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.chains: list[Chain] = []
        self.by_phrase: dict[int, Chain] = {}
        """By `id` of the phrase; phrases live as long as the register."""
        self.things: set[int] = set()
        """Names, by `id` of the phrase, that turned out to be no actor's."""
        self.keys: dict[tuple[str, str], Chain] = {}
        """Chains by what identifies them: a state by its code, a body by the tables' name."""

    def new(self, kind: ActorKind, name: str, tokens: tuple[str, ...] = ()) -> Chain:
        """Open a chain."""
        chain = Chain(len(self.chains) + 1, kind, name, tokens)
        self.chains.append(chain)
        return chain

    def keyed(self, key: tuple[str, str], kind: ActorKind, name: str) -> Chain:
        """Return the chain with this key, opened where there is none."""
        if key not in self.keys:
            self.keys[key] = self.new(kind, name, fold_name(name))
        return self.keys[key]

    def link(self, phrase: Phrase, chain: Chain, form: Form, how: str) -> None:
        """Add a phrase to a chain."""
        chain.add(self.columns, phrase, form, how)
        self.by_phrase[id(phrase)] = chain

    def of(self, phrase: Phrase) -> Chain | None:
        """Return the chain of a phrase, or None."""
        return self.by_phrase.get(id(phrase))

    def state(self, alpha3: str) -> Chain:
        """Return the chain of a state."""
        chain = self.keyed(("state", alpha3), "state", gazetteer.country_name(alpha3))
        chain.country = alpha3
        return chain
