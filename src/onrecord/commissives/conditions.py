"""On what condition: the words of "if", "unless", "provided that", "on condition that", "should …" that an act hangs on.

"If" that asks ("decide if") is no condition, nor is one of another act in the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.commissives.acts import OPEN
from onrecord.commissives.bindings import Binding
from onrecord.grammar import VERBAL, chars, child, children, own_subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MARKS = frozenset({"if", "unless", "provided", "providing", "once", "assuming"})
PHRASES = (
    ("on", "condition", "that"),
    ("on", "the", "condition", "that"),
    ("as", "long", "as"),
    ("so", "long", "as"),
    ("in", "the", "event"),
    ("in", "case"),
)


def condition(binding: Binding) -> Span | None:
    """Return the words of the condition on the act, with the word that makes it one."""
    sentence = list(binding.act.sent)
    homes = {binding.act.i, binding.act.head.i, *(t.i for t in binding.cue)}
    for token in sentence:
        clause = _condition_at(token)
        if clause is None or binding.act.i in {t.i for t in clause.subtree}:
            continue
        if _reaches(clause, homes):
            words = [t for t in clause.subtree if t.i >= token.i]
            before = token.nbor(-1) if token.i > sentence[0].i else token
            return chars([*([before] if before.lower_ in {"only", "even"} else []), token, *words])
    return _before_comma(binding.act)


def _before_comma(act: Token) -> Span | None:
    """Return a condition that the parser made part of the act's own clause: "Unless the court intervenes, bailiffs will evict …"."""
    own = own_subject(act)
    mark = next((m for m in children(act, "mark") if m.lower_ in MARKS), None)
    if own is None or mark is None:
        return None
    words = list(act.doc[mark.i : own.left_edge.i])
    comma = next((n for n in range(len(words) - 1, 0, -1) if words[n].text == ","), None)
    return chars(words[:comma]) if comma is not None else None


def _reaches(clause: Token, homes: set[int]) -> bool:
    """Tell whether a condition hangs on the act, with no act of another's between."""
    for token in clause.ancestors:
        if token.i in homes:
            return True
        if token.dep_ == "conj" and token.pos_ in VERBAL and child(token, "nsubj", "nsubjpass") is not None:
            return False
    return False


def _condition_at(token: Token) -> Token | None:
    """Return the head of the condition that this token opens, or None."""
    if token.lower_ in {"if", "unless"} and token.dep_ == "mark":
        open_verb = token.head.dep_ == "ccomp" or token.head.head.lemma_.lower() in OPEN
        whether = token.lower_ == "if" and token.head.i > token.head.head.i and open_verb
        return None if whether else token.head
    if token.lower_ in {"provided", "providing", "assuming"} and (token.dep_ in {"mark", "advcl", "prep"} or token.head.dep_ == "advcl"):
        return token.head if token.dep_ == "mark" else token
    if (
        token.lower_ == "should"
        and token.dep_ == "aux"
        and token.head.dep_ == "advcl"
        and token.i < (child(token.head, "nsubj") or token).i
    ):
        return token.head
    for phrase in PHRASES:
        doc = token.doc
        if token.lower_ == phrase[0] and tuple(t.lower_ for t in doc[token.i : token.i + len(phrase)]) == phrase:
            last = doc[token.i + len(phrase) - 1]
            return last.head if last.head.pos_ in VERBAL and last.head.i > last.i else token
    return None
