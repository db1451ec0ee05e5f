"""What becomes of what a noun contains: "the plan to *withdraw* was dropped", "foiled a plot to *storm* it", "the threat was carried out".

A plan, attempt, demand or claim says by itself that its content is planned, wished or said. The verb that it is the object or subject
of, or an adjective before it ("a failed bid to"), may say more: `content` and `outcome` rows of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.grammar import VERBAL, child, children
from onrecord.modality.states import Signature, first_of, row_of, span_of
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

VAIN = frozenset({"unsuccessfully", "vainly", "fruitlessly", "abortively"})
VAIN_PHRASES = (("in", "vain"), ("to", "no", "avail"), ("without", "success"))
CONTRAST = frozenset({"but", "yet"})
CONCEDING = frozenset({"although", "though", "despite"})
FORESEEN = frozenset(
    {
        "expect", "due", "schedule", "set", "slate", "suppose", "mean", "intend", "plan", "hope", "want", "try", "attempt", "be", "go",
        "tip", "likely", "poise", "poised", "about", "promise", "vow", "agree", "pledge", "ready", "prepare", "seek",
    }
)  # fmt: skip
"""Words after which "but" says that it did not come to that."""


def fate(noun: Token) -> tuple[Signature, Token, tuple[Span, ...]] | None:
    """Return the row that tells what became of a noun's content, the verb in whose context it holds, and the words."""
    for modifier in children(noun, "amod", "compound"):
        row, words = row_of(modifier, ("outcome",))
        if row is not None:
            return row, noun, words
    first = first_of(noun)
    while first.dep_ == "appos" or (first.dep_ == "pobj" and first.head.lower_ == "of" and first.head.head.pos_ == "NOUN"):
        first = first.head if first.dep_ == "appos" else first.head.head
    verb = first.head.head if first.dep_ == "pobj" else first.head
    apart = first.dep_ == "pobj" and first.head.lower_ not in {"on", "from", "with", "of", "through", "to", "against", "as"}
    if apart or first.dep_ not in {"dobj", "nsubjpass", "nsubj", "pobj"} or verb.pos_ not in VERBAL:
        return None
    if first.dep_ == "nsubj" and verb.lemma_ in {"be", "prove", "remain"}:
        predicate = child(verb, "acomp", "prep")
        row, words = row_of(predicate, ("outcome",)) if predicate is not None else (None, ())
        return (row, verb, words) if row is not None else None
    row, words = row_of(verb, ("content",))
    active_with_object = first.dep_ == "nsubj" and child(verb, "dobj", "ccomp", "xcomp") is not None
    return (row, verb, words) if row is not None and not active_with_object else None


def in_vain(verb: Token) -> tuple[Span, ...]:
    """Return the words that say that an attempt failed: "tried in vain", "tried unsuccessfully"."""
    doc = verb.doc
    for c in verb.children:
        if c.lower_ in VAIN:
            return (span_of(c),)
    for at in (verb.i + 1, verb.i - 2, verb.i - 3):
        for phrase in VAIN_PHRASES:
            if at >= 0 and tuple(t.lower_ for t in doc[at : at + len(phrase)]) == phrase:
                return tuple(span_of(t) for t in doc[at : at + len(phrase)])
    return ()


def unmet(governor: Token, frames: tuple[str, ...]) -> tuple[Span, ...]:
    """Return the words that say that what was expected or planned did not come: "was due to resign *but*", "*although* he had hoped to"."""
    if "to" not in frames or governor.lemma_.lower() not in FORESEEN or not _past(governor):
        return ()
    verb = first_of(governor.head if governor.dep_ in {"acomp", "dobj", "attr"} else governor)
    but = next((c for c in verb.children if c.dep_ == "cc" and c.lower_ in CONTRAST and c.i > governor.i), None)
    conceding = next((c for c in children(verb, "mark") if c.lower_ in CONCEDING), None) if verb.dep_ in {"advcl", "ccomp"} else None
    found = but or conceding
    return (span_of(found),) if found is not None else ()


def _past(governor: Token) -> bool:
    verb = governor.head if governor.dep_ in {"acomp", "dobj", "attr"} else governor
    words = children(verb, "aux", "auxpass")
    return any(c.lower_ in {"had", "was", "were"} for c in words) if words else verb.lower_ in {"was", "were"} or verb.tag_ == "VBD"
