"""The parse as columns: plain lists, one value a token, for rules that look at every word of a page."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotations import Annotations

CORE = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "case", "advmod", "npadvmod", "appos"})
"""Relations of the words that stand before a head within its noun phrase."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Words and parse of a document. `heads` are indexes; `sentence` is -1 outside sentences; `ent` is (first, after the last, label)."""

    text: str
    words: list[str]
    lower: list[str]
    lemma: list[str]
    starts: list[int]
    ends: list[int]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    heads: list[int]
    children: list[list[int]]
    sentence: list[int]
    ent: dict[int, tuple[int, int, str]]
    """For each token of a named entity its extent and label."""

    def word(self, at: int) -> str:
        """Return the word at a token, or the empty string behind the last."""
        return self.words[at] if at < len(self.words) else ""

    def label(self, at: int) -> str:
        """Return the label of the named entity that a token belongs to, or the empty string."""
        ent = self.ent.get(at)
        return ent[2] if ent is not None else ""

    def left(self, at: int, labels: frozenset[str] = CORE) -> int:
        """Return the first token of the noun phrase that `at` heads, determiner and modifiers included."""
        first = at
        for child in self.children[at]:
            if child < first and self.dep[child] in labels:
                first = self._leftmost(child)
        return first

    def _leftmost(self, at: int) -> int:
        while self.children[at] and self.children[at][0] < at:
            at = self.children[at][0]
        return at

    def right(self, at: int) -> int:
        """Return the token after the last one of everything that `at` governs."""
        while self.children[at] and self.children[at][-1] > at:
            at = self.children[at][-1]
        return at + 1

    def child(self, at: int, *labels: str) -> int | None:
        """Return the first child with one of these relations, or None."""
        return next((c for c in self.children[at] if self.dep[c] in labels), None)


def columns(annotations: Annotations) -> Columns:
    """Return the columns of a parsed document."""
    doc = annotations.doc
    strings = doc.vocab.strings
    text = annotations.text
    table = doc.to_array(["POS", "TAG", "DEP", "LEMMA", "HEAD", "IDX", "LENGTH"])  # a Token for each word would cost more than the rules
    names = {int(value): strings[int(value)] for column in range(4) for value in set(table[:, column].tolist())}
    pos, tag, dep, lemma = ([names[v] for v in table[:, column].tolist()] for column in range(4))
    heads = [i + offset for i, offset in enumerate(table[:, 4].astype("int64").tolist())]
    starts = table[:, 5].tolist()
    ends = (table[:, 5] + table[:, 6]).tolist()
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    sentence = [-1] * len(words)
    children: list[list[int]] = [[] for _ in words]
    for number, place in enumerate(annotations.sentences):
        for i in range(place.start, place.end):
            sentence[i] = number
            if heads[i] != i:
                children[heads[i]].append(i)
    ent: dict[int, tuple[int, int, str]] = {}
    for entity in doc.ents:
        row = (entity.start, entity.end, entity.label_)
        ent.update((i, row) for i in range(entity.start, entity.end))
    lower = [w.lower() for w in words]
    return Columns(text, words, lower, lemma, starts, ends, pos, tag, dep, heads, children, sentence, ent)
