"""Modals and what does their work, and the infinitive of headlines: words that bind without a complement of their own.

`will`, `shall`, reported `would`, `must`, `may not`; `is to`, `is going to`, `has to`; "has until Friday to …"; "Velmora to close two
bases". Which of them is a forecast or an opinion is for `futures` and `refusals` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.commissives.bindings import WILL, WOULD, Binding, Index, each, to_infinitive, to_word
from onrecord.commissives.words import is_group
from onrecord.grammar import VERBAL, agent, children, is_passive, own_subject, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

TO_BE = frozenset({"is", "are", "was", "were", "'s", "’s", "'re", "’re", "'m", "’m", "am"})
NEAR = 4  # tokens from "have" to its infinitive
SPELLS = frozenset({"day", "week", "month", "year", "hour", "minute"})
TERM = 12  # tokens from "has" to its infinitive: "has until the end of the month after next to"


def modal(table: Index, verb: Token) -> Iterator[Binding]:
    """Yield the bindings of a verb's modal, one for each coordinated act."""
    if verb.pos_ not in VERBAL:
        return
    found = _own_modal(verb)
    if found is None:
        return
    key, cue, act = found
    first, *rest = key.split()
    form = next((f for f in table.get(("modal", first), ()) if f.rest == tuple(rest)), None)
    if form is not None:
        who = (subject(verb) or own_subject(act)) if key == "have until" else agent(act) if _has_subject(verb, act) else None
        for one, bound in each(act, who):
            yield Binding(one, bound, cue, form.entry, "modal")


def _has_subject(verb: Token, act: Token) -> bool:
    """Tell whether the clause has a subject of its own: that of the clause above is not its, whatever the parser left out."""
    finite = (act, verb, verb.head if verb.dep_ == "conj" else verb)
    return verb.dep_ not in {"ccomp", "advcl"} or any(own_subject(t) is not None for t in finite)


def _own_modal(verb: Token) -> tuple[str, tuple[Token, ...], Token] | None:
    """Return the modal's key in the lexicon, its words, and the act."""
    aux = children(verb, "aux")
    inner = next((c for c in children(verb, "xcomp") if to_infinitive(c) and c.i > verb.i), None)
    if verb.lemma_ == "be" and inner is not None and verb.lower_ in TO_BE and not children(verb, "aux", "acomp", "attr"):
        return "be to", (verb, *to_word(inner)), inner
    if verb.lower_ in {"going", "gon"} and inner is not None and any(c.lower_ in TO_BE for c in aux):
        return "going to", (verb, *to_word(inner)), inner
    term = _term(verb)
    if term is not None:
        return "have until", *term
    if verb.lemma_ == "have" and inner is not None and verb.tag_ in {"VBZ", "VBP", "VB", "VBD"} and inner.i - verb.i <= NEAR:
        return "have to", (verb, *to_word(inner)), inner
    return _auxiliary(verb, aux)


def _auxiliary(verb: Token, aux: list[Token]) -> tuple[str, tuple[Token, ...], Token] | None:
    for word in aux:
        if word.lower_ in {"'d", "’d"} and verb.tag_ in {"VBN", "VBD"}:
            continue  # "had"
        if word.lower_ in WILL | WOULD | {"must"}:
            return word.lower_, (word,), _lifted(_behind_aside(word, verb))
        if word.lower_ == "may" and any(c.dep_ == "neg" for c in verb.children):
            return "may not", (word,), verb
    return None


def _behind_aside(modal: Token, verb: Token) -> Token:
    """Return the verb that a modal belongs to over an aside that the parser took for it: "must, the court ruled on Monday, pay"."""
    if verb.tag_ == "VB" or modal.nbor(1).text != ",":
        return verb
    after = [t for t in modal.sent if t.i > verb.i]
    comma = next((t.i for t in after if t.text == ","), None)
    return next((t for t in after if comma is not None and t.i == comma + 1 and t.tag_ in {"VB", "VBP"}), verb)


def _lifted(verb: Token) -> Token:
    """Return what a periphrastic verb leads to ("will be required to pay", "will have to pay", "our task will be to train"): the act."""
    own = own_subject(verb)
    ours = own is not None and any(c.lower_ in {"our", "my"} for c in children(own, "poss"))
    lifts = verb.lemma_ == "have" or (verb.lemma_ == "be" and ours) or (verb.lemma_ in {"require", "oblige", "need"} and is_passive(verb))
    return next((c for c in children(verb, "xcomp") if to_infinitive(c)), verb) if lifts else verb


def _term(verb: Token) -> tuple[tuple[Token, ...], Token] | None:
    """Return the words and act of "has until Friday to answer", "has 60 days in which to leave".

    The parser makes the infinitive the main verb or hangs it on the time, so that the words decide.
    """
    if verb.lemma_ != "have" or verb.tag_ not in {"VBZ", "VBP", "VBD"}:
        return None
    behind = [t for t in verb.sent if verb.i < t.i <= verb.i + TERM]
    to = next((t for t in behind if t.lower_ == "to" and t.dep_ == "aux" and t.head.tag_ == "VB"), None)
    if to is None:
        return None
    between = [t for t in behind if t.i < to.i]
    until = bool(between) and (between[0].lower_ == "until" or (len(between) > 1 and between[1].lower_ == "until"))
    span = any(t.lemma_.lower() in SPELLS for t in between[:4]) and any(t.like_num for t in between[:3])
    return ((verb, to), to.head) if until or span else None


def headline(table: Index, tokens: list[Token]) -> Iterator[Binding]:
    """Yield the bindings of a headline's infinitive behind its subject ("Velmora to close two bases")."""
    form = next(iter(table.get(("title", "to"), ())), None)
    for token in tokens:
        if form is None or token.tag_ != "VB" or not to_infinitive(token):
            continue
        to = to_word(token)[0]
        own = own_subject(token) or _named_before(token, to)
        if own is not None and own.i < to.i and (token.dep_ in {"ROOT", "ccomp", "parataxis"} or own.dep_ == "ROOT"):
            for act, bound in each(token, own):
                yield Binding(act, bound, (to,), form.entry, "title")


def _named_before(verb: Token, to: Token) -> Token | None:
    """Return the noun that a headline opens with, where the parser hung the infinitive on it: "Tarn army to pull back"."""
    noun = to.nbor(-1) if to.i and to.nbor(-1).head.i == verb.i else verb.head
    if verb.dep_ == "ROOT" and noun.i == to.i - 1 and noun.left_edge.i == to.sent.start:
        return noun if noun.pos_ == "PROPN" or is_group(noun) else None
    opens = noun.dep_ == "ROOT" and noun.i == to.i - 1 and noun.left_edge.i == to.sent.start
    return noun if verb.dep_ in {"relcl", "acl"} and opens and (noun.pos_ == "PROPN" or is_group(noun)) else None
