"""What a refusal would not speak of: the question, clause or noun phrase behind its words, or what was asked before it.

The parse is asked first. Where it gives nothing, the words do: "whether", "why", "on" or "about" right behind the refusing words open
the topic, and it ends where a participle, a further verb or the sentence begins something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.attribution.clauses import WH
from onrecord.attribution.cues import lemma_of
from onrecord.attribution.extents import core, stretches, trimmed
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, child, children, is_passive
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

TOPICS = ("on", "about", "regarding", "concerning", "over", "of", "into")
REQUESTS = vocabulary("request")
REPORTERS = frozenset({"reporter", "journalist", "interviewer", "lawmaker", "correspondent", "moderator"})
ASKED = frozenset({"ask", "question", "press", "quiz", "challenge", "query", "push", "grill", "probe"})
NO_TOPIC = frozenset(
    {"record", "phone", "telephone", "camera", "condition", "background", "ground", "advice", "behalf", "grounds", "detail", "specific"}
)
ENDS = frozenset(
    {"saying", "citing", "adding", "telling", "insisting", "referring", "noting", "arguing", "beyond", "because", "when", "until", "but"}
)


def said(verb: Token) -> tuple[Span, ...]:
    """Return the clause or object of a verb of saying, without "that"; a fronted question counts."""
    for c in verb.children:
        if c.dep_ in {"ccomp", "xcomp", "dobj", "advcl", "pcomp", "attr", "csubj"}:
            front = c.i < verb.i
            tokens = list(c.subtree)
            words = [t for t in tokens if not t.is_punct and not t.is_space]
            if not words or (front and words[0].lower_ not in WH):
                continue
            if c.dep_ in {"advcl", "xcomp"} and words[0].lower_ not in WH:
                continue
            if c.dep_ in {"dobj", "attr"} and c.pos_ not in VERBAL and words[0].lower_ not in WH:
                return stretches(plain(c))
            if words[0].lower_ == "that" and words[0].dep_ == "mark":
                words = words[1:]
            return stretches(_cut([t for t in tokens if words and t.i >= words[0].i]))
    return question_behind(verb)


def question_behind(last: Token) -> tuple[Span, ...]:
    """Return the indirect question that opens at most three words behind `last`, by the words alone."""
    doc = last.doc
    for token in doc[last.i + 1 : min(last.i + 5, last.sent.end)]:
        if token.lower_ in WH or (token.lower_ == "that" and token.i == last.i + 1):
            start = token.i + (token.lower_ == "that")
            before = doc[token.i - 1]
            start = before.i if before.pos_ == "ADP" and before.i > last.i else start
            return stretches(_cut(list(doc[start : last.sent.end])))
        if token.is_punct or token.pos_ in VERBAL or token.pos_ == "NOUN":
            break
    return ()


def _cut(tokens: list[Token]) -> list[Token]:
    """End a topic where a comma and a participle, an adverbial clause or a further clause begin something else."""
    for n, token in enumerate(tokens):
        if n and token.text in {";", "—", "–"}:
            return tokens[:n]
        if n and token.text in {",", "“", '"'} and n + 1 < len(tokens) and (tokens[n + 1].lower_ in ENDS or tokens[n + 1].tag_ == "VBG"):
            return tokens[:n]
    return tokens


def about(*heads: Token, prepositions: tuple[str, ...] = TOPICS) -> tuple[Span, ...]:
    """Return the object of a preposition of topic below one of the heads, times and deeper nouns' own phrases apart."""
    for head in heads:
        for prep in head.children:
            if prep.dep_ in {"prep", "mark", "advmod", "prt"} and prep.lower_ in prepositions and prep.i > head.i:
                found = _topical(prep)
                if found:
                    return found
            if prep.dep_ in {"prep", "dative"} and prep.lower_ in {"to", "for", "from"}:
                thing = child(prep, "pobj")
                inner = about(thing) if thing is not None and thing.lemma_.lower() in REQUESTS else ()
                if inner:
                    return inner
            if prep.dep_ in {"acl", "relcl"} and lemma_of(prep) in {"seek", "ask", "request"}:
                inner = about(prep, *children(prep, "dobj"))
                if inner:
                    return inner
    return about_behind(heads[0], prepositions) if heads else ()


def _topical(prep: Token) -> tuple[Span, ...]:
    thing = child(prep, "pobj", "pcomp")
    if thing is None:
        return question_behind(prep) or _phrase_behind(prep)
    if thing.ent_type_ in {"DATE", "TIME"} or thing.lemma_.lower() in NO_TOPIC:
        return ()
    return stretches(below(prep))


def _phrase_behind(prep: Token) -> tuple[Span, ...]:
    """Return the noun phrase that stands right behind a word, whatever the parser hung it on."""
    heads = [
        t
        for t in prep.doc[prep.i + 1 : min(prep.i + 8, prep.sent.end)]
        if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.left_edge.i == prep.i + 1
    ]
    return stretches(plain(heads[-1])) if heads and heads[-1].ent_type_ not in {"DATE", "TIME"} else ()


def about_behind(last: Token, prepositions: tuple[str, ...] = TOPICS) -> tuple[Span, ...]:
    """Return the object of a preposition of topic that stands behind `last` with only times, places and addressees between."""
    for token in last.doc[last.i + 1 : min(last.i + 12, last.sent.end)]:
        if token.lower_ in {"about", "regarding", "concerning", "on"} and token.lower_ in prepositions:
            found = _topical(token)
            if found:
                return found
        if token.is_punct or token.pos_ in VERBAL or token.pos_ in {"SCONJ", "CCONJ"}:
            break
    return ()


def below(prep: Token) -> list[Token]:
    """Return what a preposition governs."""
    thing = child(prep, "pobj")
    return plain(thing) if thing is not None else _cut([t for t in prep.subtree if t.i > prep.i])


def plain(thing: Token) -> list[Token]:
    """Return a noun phrase without what a comma sets off and without when and where."""
    tokens = core(thing)
    why = next((n for n, t in enumerate(tokens) if t.lower_ == "for" and any(r.lemma_ == "reason" for r in tokens[n : n + 4])), len(tokens))
    tokens = tokens[:why]
    stop = next(
        (n for n, t in enumerate(tokens) if t.text == "," and t.i > thing.i and not any(c.dep_ == "conj" for c in thing.children)),
        len(tokens),
    )
    return tokens[:stop]


def phrase(thing: Token) -> tuple[Span, ...]:
    """Return a noun phrase as a topic."""
    return stretches(plain(thing))


def comment_on(act: Token) -> tuple[Span, ...]:
    """Return what comment was sought on, wherever the parser hung the words ("an email Thursday seeking comment on the plea deal")."""
    for token in act.doc[act.i + 1 : act.sent.end - 1]:
        if token.lower_ in {"comment", "comments", "information", "details"} and token.nbor(1).lower_ in {"on", "about", "regarding"}:
            return _topical(token.nbor(1))
    return ()


# ---- what was asked -------------------------------------------------------------------------------------------------


def asked(token: Token) -> tuple[Span, ...]:
    """Return what somebody who would not say was asked: "Asked whether it would be sold, Orne …"; "… when asked about the sale"."""
    sentence = token.doc[token.sent.start : token.sent.end]
    for verb in sentence:
        if lemma_of(verb) in ASKED and _put(verb):
            found = trim_question(verb)
            if found:
                return found
    return _wanted(token)


def _put(verb: Token) -> bool:
    """Tell whether a verb of asking says that somebody was asked: a participle that opens a clause, "when asked"."""
    if (
        verb.tag_ not in {"VBN", "VBD", "JJ", "VB"}
        or child(verb, "nsubj") is not None
        or any(a.lemma_ == "have" for a in children(verb, "aux"))
    ):
        return is_passive(verb) and any(a.lemma_ == "be" for a in children(verb, "auxpass"))
    first = verb.i == verb.sent.start
    before = verb.nbor(-1) if verb.i else verb
    while before.pos_ == "ADV" and before.i > verb.sent.start and before.lower_ not in {"when", "if"}:
        before = before.nbor(-1)
    return (
        first
        or before.i == verb.sent.start
        or is_passive(verb)
        or before.text in {",", ";", "—", "–"}
        or before.lower_ in {"when", "if", "repeatedly"}
    )


def _wanted(token: Token) -> tuple[Span, ...]:
    """Return what a reporter asked or wanted to know in the same sentence ("when a reporter wanted to know who had paid")."""
    for verb in token.doc[token.sent.start : token.sent.end]:
        if (
            verb.i != token.i
            and lemma_of(verb) in {"ask", "know", "inquire", "enquire"}
            and verb.pos_ in VERBAL
            and verb.i + 1 < len(verb.doc)
        ) and (verb.nbor(1).lower_ in WH or (verb.lemma_ == "ask" and child(verb, "nsubj") is not None)):
            found = trim_question(verb)
            if found:
                return found
    return _raised(token)


def _raised(token: Token) -> tuple[Span, ...]:
    """Return what a reporter raised in the same sentence ("When a reporter raised the sanctions, the minister said: …")."""
    for verb in token.doc[token.sent.start : token.sent.end]:
        who, thing = child(verb, "nsubj"), child(verb, "dobj")
        if lemma_of(verb) in {"raise", "mention"} and who is not None and thing is not None and who.lemma_ in REPORTERS:
            return stretches(plain(thing))
    return ()


def trim_question(verb: Token) -> tuple[Span, ...]:
    """Return what is asked at a verb of asking, up to the clause that answers."""
    doc, end = verb.doc, verb.sent.end
    for token in doc[verb.i + 1 : min(verb.i + 9, end)]:
        if token.lower_ in WH or token.lower_ in {"about", "on", "over", "for", "to"}:
            start = token.i + (token.lower_ in {"about", "on", "over", "for", "to"})
            stop = next((t.i for t in doc[start:end] if t.text in {",", ";", "—", "–"} and _answers(t, end)), end)
            tokens = [t for t in doc[start:stop] if not t.is_space]
            return stretches(trimmed(tokens, verb)) if tokens else ()
        if token.is_punct or (token.pos_ in VERBAL and token.i > verb.i + 1):
            break
    return ()


def _answers(comma: Token, end: int) -> bool:
    """Tell whether behind a comma the clause of the answer begins: a subject and a verb, or a participle."""
    rest = comma.doc[comma.i + 1 : min(comma.i + 25, end)]
    return (bool(len(rest)) and any(t.pos_ in VERBAL for t in rest)) or not len(rest)
