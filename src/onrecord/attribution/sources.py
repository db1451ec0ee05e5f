"""Sources: the noun phrase by the cue, what kind of source it is, and why it is not named.

The phrase is what stands at its head without relative clauses, appositions and anything behind a comma; prepositional phrases and
short participles that say who it is stay ("an official at the ministry", "a person briefed on the matter"). The kind is read from
the head noun; the actor that the phrase refers to, where it is known, comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from onrecord.annotations import Actor
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, chars, children
from onrecord.spans import Span, cover

if TYPE_CHECKING:
    from spacy.tokens import Token

SourceKind = Literal["named", "unnamed", "collective", "document", "unknown"]

AMOUNTS = frozenset({"MONEY", "PERCENT", "DATE", "TIME", "QUANTITY"})
IDENTIFYING = frozenset(
    "of from for with to within inside across behind close near like including under around outside among about".split()  # noqa: SIM905 - a list of words
)
FEW = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
PERSONAL = frozenset({"he", "she", "they", "i", "we", "you", "it", "who", "his", "her", "their", "my", "our", "its", "himself", "herself"})


def phrase(head: Token, *, without: int | None = None) -> Span:
    """Return the noun phrase of a source at its head, coordinated heads included; `without`: a token whose subtree stays out."""
    kept = _kept(head, without)
    for earlier in reversed([c for c in head.head.children if c.dep_ == "nsubj" and head.dep_ == "nsubj" and c.i < head.i]):
        between = head.doc[earlier.right_edge.i + 1 : min(t.i for t in kept)]
        if all(t.dep_ == "cc" for t in between):  # "union chair and deputy mayor Ilse Brandt" taken for two subjects
            kept = [*earlier.subtree, *kept]
    if without is not None and head.i > without:
        kept = [t for t in kept if t.i > without]
    while len(kept) > 1 and kept[-1].i > head.i and (kept[-1].is_punct or kept[-1].is_quote):
        kept.pop()
    return chars(kept)


def _kept(head: Token, without: int | None) -> list[Token]:
    kept = [head]
    comma = next((c.i for c in head.children if c.i > head.i and c.text in {",", "(", "—", "–", ";", ":"} and _apart(c)), None)
    for c in head.children:
        if without is not None and (c.i == without or any(t.i == without for t in c.subtree)):
            continue
        if c.i < head.i:
            if c.dep_ in {
                "det",
                "amod",
                "compound",
                "nummod",
                "poss",
                "nmod",
                "quantmod",
                "advmod",
                "predet",
                "preconj",
                "npadvmod",
                "neg",
            }:
                kept.extend(t for t in c.subtree if t.i < head.i)
        elif c.dep_ == "conj" and c.pos_ not in VERBAL and c.ent_type_ not in AMOUNTS:
            if comma is None or comma > c.i or _listed(head):
                kept.extend(t for t in head.doc[head.i + 1 : c.i] if t.i < c.i)
                kept.extend(_kept(c, without))
        elif c.dep_ == "appos" and c.i > head.i and c.left_edge.nbor(-1).text not in {",", "(", "—", "–", ":"} and c.pos_ == "PROPN":
            kept.extend(t for t in head.doc[head.i + 1 : c.i + 1])
        elif comma is not None and c.i > comma:
            continue
        elif c.dep_ == "case":
            kept.append(c)
        elif (
            (c.dep_ == "prep" and _identifies(c))
            or (c.dep_ == "acl" and c.tag_ in {"VBN", "VBG"} and head.tag_ not in {"NNP", "NNPS"} and not is_document(head))
            or (c.dep_ == "amod" and c.i > head.i)
        ):
            kept.extend(t for t in c.subtree if not _loose(t, c))
        elif c.dep_ == "advmod" and c.lower_ in {"alike", "here", "there", "abroad", "nationwide", "worldwide"}:
            kept.append(c)
    return kept


def _apart(mark: Token) -> bool:
    """Tell whether a mark separates: a dash within a compound ("Export–Import") does not."""
    return mark.text not in {"–", "—"} or bool(mark.whitespace_) or (mark.i > 0 and bool(mark.nbor(-1).whitespace_))


def _listed(head: Token) -> bool:
    """Tell whether the coordination is a list ("traders, farmers and hauliers")."""
    conj = [c for c in head.children if c.dep_ == "conj"]
    return bool(conj) and any(t.dep_ == "cc" for t in (*head.children, *(g for c in conj for g in c.children)))


def _identifies(prep: Token) -> bool:
    """Tell whether a preposition says who the source is, not when or where it spoke."""
    if prep.lower_ in {"on", "in", "at", "after", "before", "during", "since", "until", "by"}:
        objects = [t for t in prep.subtree if t.dep_ == "pobj"]
        times = any(t.ent_type_ in {"DATE", "TIME"} or t.lower_ in {"interview", "statement", "speech", "tweet", "email"} for t in objects)
        return not times
    return prep.lower_ in IDENTIFYING


def _loose(token: Token, top: Token) -> bool:
    """Tell whether a token hangs in a relative clause, apposition or behind a comma below `top`."""
    here = token
    while here.i != top.i:
        if here.dep_ in {"relcl", "appos", "parataxis", "advcl"}:
            return True
        here = here.head
    return False


def plausible(head: Token) -> bool:
    """Tell whether a noun can speak at all."""
    if head.lower_ in vocabulary("silent") or head.lemma_.lower() in vocabulary("silent"):
        return False
    if head.dep_ == "expl" or any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in head.children):
        return False
    if head.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT"} and head.pos_ != "PRON":
        return False
    return head.pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "X"} or head.tag_ in {"NNS", "NN", "DT"}


def is_document(head: Token) -> bool:
    """Tell whether the source is a written or broadcast thing; names of papers and bodies ("World Population Review") are none."""
    lemma = (
        head.lower_
        if head.lower_ in vocabulary("document")
        else head.lower_.removesuffix("s")
        if head.pos_ == "PROPN"
        else head.lemma_.lower()
    )
    if head.pos_ == "PROPN":
        return lemma in vocabulary("law") or (lemma in vocabulary("document") and head.left_edge.i == head.i and head.sent.start == head.i)
    return lemma in vocabulary("document") and head.pos_ == "NOUN"


def can_find(head: Token) -> bool:
    """Tell whether "found" and "showed" report something here: a document, an inquiry, its makers."""
    return is_document(head) or any(t.lemma_.lower() in vocabulary("inquiry") for t in (head, *children(head, "compound", "amod", "nmod")))


def kind_of(head: Token | None, actor: Actor | None) -> SourceKind:
    """Return what kind of source a noun phrase names."""
    if head is None:
        return "unknown"
    head = _whole(head)
    if head.lower_ in {"one", "another", "someone", "somebody", "nobody", "none"}:
        return "unnamed"
    if head.pos_ == "PRON" or head.lower_ in PERSONAL:
        return _pronoun(head, actor)
    if is_document(head):
        return "document"
    known = actor is not None and actor.kind == "person" and head.text[0].isupper() and head.text in actor.name.split()
    if _is_named(head) or known or head.lower_ in {"police", "website"}:
        return "named"
    word = head.lemma_.lower()
    plural = head.tag_ in {"NNS", "NNPS"} or word in vocabulary("collective")
    if head.lower_ in {"one", "anyone", "no-one"} or head.tag_ == "CD":
        return "unnamed"
    if head.tag_ == "NNS" and (is_person(head) or word in {"people", "person", "man", "woman"}) and _few(head):
        return "unnamed"
    if word in {"people", "person"} and any(t.lower_ in {"familiar", "briefed", "knowledge", "close", "involved"} for t in head.subtree):
        return "unnamed"
    if plural:
        return "unnamed" if word in vocabulary("insider") else "collective"
    some = head.left_edge.lower_ in {"a", "an"} and word not in vocabulary("body") | vocabulary("collective") and head.tag_ == "NN"
    if some or (is_person(head) and (_indefinite(head) or word in vocabulary("secretive"))):
        return "unnamed"
    if word in vocabulary("ordinary") and (
        actor is None or actor.kind == "unnamed" or not any(w[0].isupper() for w in actor.name.split()[1:])
    ):
        return "unnamed"
    if actor is not None and actor.kind == "population":
        return "collective"
    return "named"


def _pronoun(head: Token, actor: Actor | None) -> SourceKind:
    if actor is not None:
        name = actor.name.lower().split()
        secret = actor.kind == "unnamed" and (
            name[0] in {"a", "an", "one", "another"} or name[-1].removesuffix("s") in vocabulary("secretive")
        )
        return "collective" if actor.kind == "population" else "unnamed" if secret else "named"
    return "collective" if head.lower_ in {"some", "many", "others", "most", "several", "few", "both", "all", "they"} else "named"


def _whole(head: Token) -> Token:
    """Return what "part of" and "a number of" speak of, any other head unchanged."""
    of = next((c for c in head.children if c.lower_ == "of" and head.lemma_.lower() in vocabulary("part")), None)
    thing = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    return thing or head


def _is_named(head: Token) -> bool:
    """Tell whether a proper name stands in the phrase: as its head, as an apposition, or in front ("spokeswoman Mira Tolan").

    A common noun that opens its sentence is none, whatever the tagger says ("Neighbours said").
    """
    word = head.lower_.removesuffix("s")
    if head.i == head.sent.start and not head.ent_type_ and word in vocabulary("person") | vocabulary("ordinary") | vocabulary("insider"):
        return False
    if head.pos_ == "PROPN" or head.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    named = [
        c
        for c in children(head, "appos", "nmod", "relcl")
        if c.pos_ == "PROPN" or (c.dep_ != "relcl" and any(t.ent_type_ == "PERSON" for t in c.subtree))
    ]
    behind = head.doc[head.right_edge.i + 1 : head.right_edge.i + 4]
    if len(behind) == 3 and behind[0].text == "," and behind[1].pos_ == "PROPN" and behind[1].ent_type_ == "PERSON":
        return True
    hidden = any(t.lower_ == "whose" and t.nbor(1).lower_ in {"identity", "identities"} for t in head.subtree if t.i + 1 < len(t.doc))
    return bool(named) and not hidden


def _few(head: Token) -> bool:
    """Tell whether a small number in words counts people ("two officials", "three current and two former employees")."""
    return any(t.lower_ in FEW for t in head.lefts) or any(t.lower_ in FEW for t in head.doc[head.left_edge.i : head.i])


def has_name(head: Token) -> bool:
    """Tell whether a proper name stands in the source's phrase."""
    return _is_named(head)


def _indefinite(head: Token) -> bool:
    first = head.left_edge.lower_
    return first in {"a", "an", "one", "another", "some"} or not any(c.dep_ in {"det", "poss"} for c in head.children)


def is_person(head: Token) -> bool:
    """Tell whether a common noun names a person by its form or by the lists."""
    return head.lemma_.lower() in vocabulary("person") or head.lemma_.lower().endswith(
        ("er", "or", "ist", "man", "woman", "ian", "ent", "ant")
    )


def span_of(tokens: list[Token]) -> Span:
    """Return the characters from the first to the last of some tokens."""
    return cover(Span(t.idx, t.idx + len(t)) for t in tokens)
