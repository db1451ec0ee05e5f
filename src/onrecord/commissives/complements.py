"""What a word of commitment governs, and whose it is: its infinitive, its subject, its object.

Known limit: the parser hangs one infinitive in ten on the wrong word; those that stand right behind the cue or its object are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.commissives.bindings import to_infinitive
from onrecord.grammar import VERBAL, child, children, is_passive, own_subject, prepositional, subject

if TYPE_CHECKING:
    from spacy.tokens import Token


def infinitives(cue: Token) -> Iterator[Token]:
    """Yield the infinitive that a cue governs: its own, else the one right behind the cue or its object, wherever the parser hung it."""
    own = [c for c in cue.children if c.i > cue.i and c.dep_ in {"xcomp", "ccomp", "advcl", "acl", "relcl"} and to_infinitive(c)]
    behind = own[0] if own else _right_behind(cue)
    if behind is not None:
        yield behind


def _right_behind(cue: Token) -> Token | None:
    """Return the infinitive whose "to" stands right behind a noun, or behind the object or addressee of a verb."""
    ends = [cue.i, *(_end(p) for p in children(cue, "prep") if cue.pos_ == "NOUN")]
    if cue.pos_ in VERBAL:
        ends += [_end(c) for c in cue.children if c.dep_ in BETWEEN and c.i > cue.i]
        ends += [p.i for c in children(cue, "prep") for p in children(c, "pobj")] + [c.i for c in children(cue, "dobj", "dative")]
    for end in ends:
        comma = end + 2 < len(cue.doc) and cue.doc[end + 1].text == "," and cue.pos_ in VERBAL
        to = cue.doc[end + 1 + comma] if end + 1 < len(cue.doc) else cue
        if to.lower_ == "to" and to.dep_ == "aux" and to.head.tag_ == "VB" and to.sent.start == cue.sent.start:
            return to.head
    return None


def _end(part: Token) -> int:
    """Return the last token of what stands between, before an infinitive that the parser took into it."""
    to = next((t.i for t in part.subtree if t.lower_ == "to" and t.dep_ == "aux" and t.i > part.i), part.right_edge.i + 1)
    return to - 1


BETWEEN = frozenset({"dobj", "dative", "npadvmod", "prep", "agent"})


def whom(cue: Token, act: Token) -> Token | None:
    """Return who is told: the passive's subject, the object, or the subject that the parser gave the act."""
    if is_passive(cue):
        return subject(cue) if own_subject(cue) is not None or cue.dep_ not in {"acl", "amod"} else cue.head
    return child(cue, "dobj", "dative", "appos") or own_subject(act)


def binder(cue: Token) -> Token | None:
    """Return who binds himself by a cue: an active verb's subject, a passive's agent, a noun's possessor or its verb's subject."""
    if cue.pos_ in VERBAL:
        who = subject(cue.head if cue.dep_ in {"acomp", "oprd"} else cue)
        return None if who is not None and who.lower_ == "it" and is_passive(cue) else who
    if cue.pos_ in {"ADJ", "ADV"}:
        return cue.head if cue.dep_ == "amod" else subject(cue.head)
    return _of_noun(cue)


def _of_noun(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    if owner is not None and owner.tag_ != "PRP$":
        return owner
    parties = prepositional(noun, "between", "by", "among", "from")
    if parties is not None:
        return parties
    here = noun
    for _ in range(3):
        head = here.head
        if head.pos_ in VERBAL:
            if here.dep_ in {"nsubj", "nsubjpass"}:
                return owner
            return subject(head) if not is_passive(head) else owner
        if head.i == here.i:
            break
        here = head
    return owner
