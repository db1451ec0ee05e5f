"""Words of commitment with a complement: where the act stands, and whose it is. A frame of a lexicon entry says both.

    frame       the act                                                 whose
    to          an infinitive ("agreed to leave")                       the subject's
    that        a finite clause that looks ahead                        its own subject's
    ing         a gerund or participle ("ruled out sending")            the subject's
    +PREP       a gerund or noun of an act behind the preposition       the subject's
    object      a noun that names an act ("announced a withdrawal")     the subject's
    against     a gerund behind "against", negated                      the subject's
    whom-to     an infinitive behind the object ("ordered it to pay")   the object's
    whom-bare   the same without "to" ("ordered he remain")             the object's
    whom-from   a gerund behind "from" ("barred him from voting")       the object's
    for-to      "for the army to enter"                                 what stands behind "for"
    time        the subject ("the vote is set for May")                 nobody's; only with a time
    present     the verb itself, of a timetable ("begins on Monday")    the subject's; only with a time
    term        an infinitive behind a term ("gave it 30 days to pay")  the receiver's
    request     what is asked for by the object ("accepted a demand")   the subject's
    given       what is promised ("pledged aid")                        the subject's

A noun's subject is its possessor, or whoever does what is done to it ("announced plans to …"). Known limit: the parser hangs one
infinitive in ten on the wrong word; those that stand behind the object of the cue are still found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.calendars import MONTHS, WEEKDAYS
from onrecord.commissives.bindings import WILL, WOULD, Binding, Index, Pair, each, index, to_infinitive
from onrecord.commissives.complements import binder, infinitives, whom
from onrecord.commissives.grants import accepted, date_for, given, term
from onrecord.commissives.modals import headline, modal
from onrecord.commissives.words import belongs, is_act
from onrecord.grammar import VERBAL, agent, child, children, conjuncts, is_passive, own_subject, relative, subject
from onrecord.lexicons import Commissive, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 4  # tokens between a cue and its gerund; a participle further off is a clause of its own
BEHIND = 8  # tokens from a fronted clause to its cue: "…, the interior department has decided"
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
SET = frozenset({"due", "set", "schedule", "scheduled", "slate", "slated", "poised"})
"""Words that bind somebody else where what they lead to is passive: "is due to be replaced by …"."""
CONTRACTED = frozenset({"is", "are", "am", "'re", "’re", "'m", "’m", "'s", "’s"})


def bindings(annotations: Annotations, lexicon: Lexicon) -> Iterator[Binding]:
    """Yield every binding of every sentence, in text order of the cues."""
    table = index(lexicon.commissives)
    for sentence in annotations.sentences:
        tokens = list(annotations.tokens(sentence))
        if sentence.role == "title" or not any(t.tag_ in FINITE or t.text == "." for t in tokens):
            yield from headline(table, tokens)
        for token in tokens:
            yield from modal(table, token)
            yield from _progressive(table, token)
            yield from _governed(table, token)


def _governed(table: Index, token: Token) -> Iterator[Binding]:
    for pos, key in _keys(token):
        for form in table.get((pos, key), ()):
            words = _rest(token, form.rest)
            for frame in form.entry.frames if words is not None else ():
                giver = binder(token) if frame in {"that", "for-to"} and not _of_others(form.entry) else None
                for act, bound in _acts(frame, token):
                    yield Binding(act, bound, (token, *(words or ())), form.entry, frame, giver)


def _of_others(entry: Commissive) -> bool:
    """Tell whether a word binds others than who says it: "the judge ordered that no witness be named"."""
    return entry.basis == "duty" or entry.id.endswith(".order")


def _progressive(table: Index, token: Token) -> Iterator[Binding]:
    """Yield the act of "is stepping back at the end of the month": a progressive that is no timetable's, of what only people do."""
    if token.tag_ != "VBG":
        return
    form = next((f for f in table.get(("verb", "begin"), ()) if not f.rest), None)
    idle = any(belongs(token, kind) for kind in ("happening", "forecast", "asking", "change", "vague"))
    own = any(not f.rest for f in table.get(("verb", token.lemma_.lower()), ()))
    if form is not None and not idle and not own and token.lemma_ not in {"ask", "wait", "try", "talk", "do"}:
        for act, bound in _present(token):
            yield Binding(act, bound, (token,), form.entry, "present")


def _keys(token: Token) -> list[tuple[str, str]]:
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL:
        participle = [("adjective", token.lower_)] if token.tag_ == "VBN" else []
        return [*participle, ("verb", lemma)]
    if token.pos_ in {"ADJ", "ADV"}:
        return [("adjective", token.lower_)]
    if token.tag_ == "NNS" and token.dep_ == "ROOT":
        return [("noun", lemma), ("verb", lemma)]  # "the treaty obliges Chile to …", read as a noun
    return [("noun", lemma)] if token.pos_ == "NOUN" else []


def _rest(token: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """Find the other words of a form among what depends on its first."""
    found = []
    for word in rest:
        hit = next((c for c in token.children if c.i > token.i and word in {c.lower_, c.lemma_.lower()}), None)
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


# ---- frames ---------------------------------------------------------------------------------------------------------


def _acts(frame: str, cue: Token) -> Iterator[Pair]:
    if frame.startswith("+"):
        yield from _behind(cue, frame[1:])
    else:
        yield from FRAMES[frame](cue)


def _to(cue: Token) -> Iterator[Pair]:
    for act in _listed(cue, infinitives(cue)):
        who = own_subject(act) or binder(cue)
        if is_passive(act) and cue.pos_ in {"ADJ", "VERB"} and cue.lemma_.lower() in SET:
            who = agent(act)
        yield from each(act, who)


def _marked(clause: Token) -> bool:
    return any(m.lower_ == "that" for m in children(clause, "mark"))


def _listed(cue: Token, found: Iterator[Token]) -> Iterator[Token]:
    """Yield infinitives, and those that the parser coordinated with the cue instead: "*agreed* to pay, *apologise* and retrain"."""
    first = None
    for act in found:
        first = act
        yield act
    if first is not None and cue.tag_ in {"VBD", "VBN", "VBZ"}:
        for other in cue.conjuncts:
            if other.i > first.i and other.tag_ == "VB" and own_subject(other) is None and not children(other, "aux"):
                yield other


def _that(cue: Token) -> Iterator[Pair]:
    clauses = children(cue, "ccomp", "acl", "relcl", "advcl")
    clauses += [c for what in children(cue, "dobj", "dative") for c in children(what, "acl", "relcl") if _marked(c)]
    clauses += [c for first in clauses if first.dep_ == "ccomp" for c in first.conjuncts if c.i > first.i and own_subject(c) is not None]
    for clause in clauses:
        own = own_subject(clause)
        fronted = clause.dep_ == "ccomp" and 0 < cue.i - clause.right_edge.i <= BEHIND
        if own is not None and (clause.i > cue.i or fronted) and _ahead(clause) and not _relative(clause, own):
            inner = next((c for c in children(clause, "xcomp") if clause.lemma_ == "be" and to_infinitive(c)), None)
            yield from each(clause if inner is None else inner, agent(clause))


def _ing(cue: Token) -> Iterator[Pair]:
    for act in children(cue, "xcomp", "pcomp", "acl", "ccomp", "advcl"):
        if act.tag_ == "VBG" and 0 < act.i - cue.i <= NEAR and not children(act, "aux", "mark") and act.lemma_ not in BINDING:
            yield from each(act, binder(cue))


BINDING = frozenset({"oblige", "require", "order", "direct", "mandate", "compel", "bar", "ban", "forbid", "prohibit", "allow", "permit"})
"""Verbs of an agreement that bind to a further act: "a deal obliging them to share intelligence"."""


def _behind(cue: Token, preposition: str) -> Iterator[Pair]:
    preps = [p for first in children(cue, "prep") for p in (first, *children(first, "conj"))]
    for prep in [*preps, *(c for c in children(cue, "conj") if c.pos_ == "ADP" or c.lower_ == preposition)]:
        if prep.lower_ == preposition and prep.i > cue.i:
            for act in children(prep, "pcomp", "pobj"):
                gerund = act.tag_ == "VBG" or any(
                    c.tag_ == "VBG" and c.i == prep.i + 1 for c in children(act, "amod")
                )  # "to halving emissions"
                if gerund or (is_act(act) and cue.pos_ != "NOUN"):
                    yield from each(act, binder(cue))


def _object(cue: Token) -> Iterator[Pair]:
    for what in children(cue, "dobj", "nsubjpass"):
        for act in conjuncts(what):
            if is_act(act) and not _done_with(act):
                yield act, agent(cue) if is_passive(cue) else binder(cue)


def _done_with(what: Token) -> bool:
    """Tell whether what is announced is said to have ended: "declared the operations over"."""
    return what.i + 1 < len(what.doc) and what.nbor().lower_ in {"over", "complete", "completed", "finished", "ended", "successful"}


def _against(cue: Token) -> Iterator[Pair]:
    yield from _behind(cue, "against")


def _whom_to(cue: Token) -> Iterator[Pair]:
    for act in infinitives(cue):
        yield from each(act, whom(cue, act))


def _whom_bare(cue: Token) -> Iterator[Pair]:
    for act in children(cue, "ccomp"):
        own = own_subject(act) or child(cue, "dobj")
        if act.tag_ in {"VB", "VBP"} and own is not None and cue.i < own.i < act.i and not children(act, "aux"):
            yield from each(act, own)


def _whom_from(cue: Token) -> Iterator[Pair]:
    for act, _ in _behind(cue, "from"):
        yield act, whom(cue, act)


def _for_to(cue: Token) -> Iterator[Pair]:
    """Yield the act of "an agreement … for the army to enter"; the clause may hang on the noun or on the verb above it."""
    for home in (cue, cue.head):
        for act in infinitives(home):
            own = own_subject(act)
            if own is not None and any(m.lower_ == "for" for m in children(act, "mark")):
                yield from each(act, own)


def _present(cue: Token) -> Iterator[Pair]:
    if cue.lower_ == "going" and infinitives(cue):
        return  # "going to be" is a future, and `modal` has read it
    aux = [c.lower_ for c in children(cue, "aux", "auxpass")]
    progressive = cue.tag_ == "VBG" and len(aux) == 1 and (aux[0] in CONTRACTED or (aux[0] in PAST and _arrangement(cue)))
    if (cue.tag_ in {"VBZ", "VBP"} and not aux) or progressive:
        yield cue, subject(cue)


PAST = frozenset({"was", "were"})


def _arrangement(cue: Token) -> bool:
    """Tell whether a past progressive reports what is arranged: "said it *was cancelling* services on Friday"."""
    said, own = cue.head, own_subject(cue)
    if own is None or own.lower_ not in {"it", "they"} or not (belongs(cue, "agentive") or belongs(cue, "timetable")):
        return False  # "the man was walking home on Tuesday" is told of the past
    return cue.dep_ == "ccomp" and said.i < cue.i and said.tag_ == "VBD" and said.lemma_ in {"say", "announce", "confirm", "add"}


def _timed(cue: Token) -> Iterator[Pair]:
    """Yield what is set for a time, where it is an act: the passive's subject, the noun before a participle, the object."""
    what, who = None, None
    if cue.dep_ in {"acl", "amod"}:
        what = cue.head if cue.head.i < cue.i else None
    elif cue.pos_ not in VERBAL:
        what = own_subject(cue.head) if cue.dep_ in {"acomp", "attr"} else None
    elif is_passive(cue):
        what = own_subject(cue)
    elif cue.lemma_ not in NAMING or _for_a_day(cue):
        what, who = child(cue, "dobj"), subject(cue)
    what = date_for(cue) or what
    if what is not None and is_act(relative(what)):
        yield relative(what), who


def _for_a_day(cue: Token) -> bool:
    preps = [p for w in (cue, *children(cue, "dobj")) for p in children(w, "prep") if p.lower_ == "for"]
    days = [t.lower_ for p in preps for what in children(p, "pobj") for t in what.subtree]
    return any(day in MONTHS or day in WEEKDAYS or day in {"today", "tomorrow", "week", "month", "year"} for day in days)


NAMING = frozenset({"call", "name", "choose", "summon", "convene"})
"""Verbs that set a day only with "for": "called an election for 5 May"."""

FRAMES: Mapping[str, Callable[[Token], Iterator[Pair]]] = MappingProxyType(
    {
        "to": _to,
        "that": _that,
        "ing": _ing,
        "object": _object,
        "against": _against,
        "whom-to": _whom_to,
        "whom-bare": _whom_bare,
        "whom-from": _whom_from,
        "for-to": _for_to,
        "present": _present,
        "time": _timed,
        "term": term,
        "request": accepted,
        "given": given,
    }
)

# ---- clauses --------------------------------------------------------------------------------------------------------


def _ahead(clause: Token) -> bool:
    """Tell whether a clause speaks of what is to come: a modal, a subjunctive, "is to"."""
    aux = children(clause, "aux", "auxpass")
    if any(c.lower_ in WILL | WOULD | {"should", "must"} for c in aux) or (clause.tag_ == "VB" and not aux):
        return True
    if [c.lower_ for c in aux] == ["be"]:  # "resolved that none be paid"
        return True
    return clause.lemma_ == "be" and any(to_infinitive(c) for c in children(clause, "xcomp"))


def _relative(clause: Token, own: Token) -> bool:
    return clause.dep_ == "relcl" and (own.tag_ in {"WP", "WDT"} or any(c.tag_ in {"WP", "WDT", "WRB"} for c in clause.children))
