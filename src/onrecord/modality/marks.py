"""What a word carries itself: marks of condition and purpose, modals, adverbs and adjectives, a coming day, negation."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.grammar import NEGATORS, child, children, own_subject, prepositional
from onrecord.modality.states import State, first_of, has_to, is_definite, result, row_of, signatures, span_of, stack
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

MOTION = frozenset({"come", "go", "travel", "fly", "visit", "arrive", "gather", "return", "meet", "be", "sit"})
ERRANDS = frozenset(
    {"attend", "meet", "visit", "talk", "discuss", "hold", "sign", "watch", "protest", "demonstrate", "march", "rally", "mark"}
)
MONTHS_AND_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
COMING = frozenset({"tomorrow", "next", "tonight", "coming", "upcoming"})


def bear(annotations: Annotations, token: Token, outer: State) -> State:
    """Add to the context what stands at the word itself: marks, adjuncts, modals, time, negation, adverbs and adjectives."""
    own = State()
    for mark in (*_marks(token), *_modals(token, outer), *_modifiers(token)):
        own = stack(mark, own, own.evidence)
    own = _future(annotations, token, own)
    if _headlined(annotations, token):
        own = stack(State("planned", evidence=(span_of(child(token, "aux") or token),)), own, own.evidence)
    no = _negation(token)
    if no is not None:
        denied = State(negative=True, evidence=(span_of(no),))
        own = stack(denied, replace(own, mood="actual", force="CT") if _cannot(token) else own, own.evidence)
    return stack(own, outer, outer.evidence)


def _headlined(annotations: Annotations, token: Token) -> bool:
    """Tell whether an infinitive is a headline's future ("Apple to give free cases")."""
    sentence = annotations.sentence_at(token.idx)
    if sentence is None or sentence.role != "title" or not has_to(token):
        return False
    return token.dep_ == "ROOT" or (token.dep_ in {"acl", "relcl"} and token.head.dep_ == "ROOT" and token.head.pos_ in {"NOUN", "PROPN"})


def _marks(token: Token) -> Iterator[State]:
    """Conditionals ("if", "had they", "in case"), purposes ("to", "so that"), and adjuncts that deny ("instead of")."""
    wished = State("hypothetical", force="U")
    for mark in children(token, "mark", "advmod"):
        row = signatures().get((mark.lower_, "mark"))
        if row is not None and mark.i < token.i and (mark.lower_ != "if" or token.dep_ != "ccomp" or token.i < token.head.i):
            yield result(row.positive, row.force, (span_of(mark),))
    if _inverted(token):
        yield replace(wished, evidence=(span_of(token.left_edge),))
    condition = next((c for c in first_of(token).children if c.dep_ in {"advcl", "ccomp"} and _conditional(c)), None)
    if condition is not None and children(token, "aux"):
        yield replace(wished, evidence=(span_of(child(condition, "mark") or condition.left_edge),))
    before = [t.lower_ for t in token.doc[max(token.left_edge.i - 2, 0) : token.left_edge.i + 2]]
    if token.dep_ in {"ccomp", "advcl"} and ("in", "case") in itertools.pairwise(before):
        yield replace(wished, evidence=(span_of(token.left_edge),))
    yield from _adjunct(token)
    yield from _purpose(token)


def _purpose(token: Token) -> Iterator[State]:
    """Read an infinitive or "so that" of purpose; not the errand of a journey ("flew to Geneva to meet", "was there to attend")."""
    if token.dep_ != "advcl":
        return
    mark = child(token, "mark")
    so = mark is not None and mark.lower_ == "that" and mark.i > 0 and mark.nbor(-1).lower_ == "so"
    wish = mark is not None and mark.lower_ == "for" and has_to(token) and row_of(token.head, ("for", "to"))[0] is None
    bare = mark is None and has_to(token) and row_of(token.head, ("to",))[0] is None
    if so or wish or (bare and not (token.head.lemma_ in MOTION and token.lemma_ in ERRANDS)):
        yield State("hypothetical", force="U", evidence=(span_of(mark or child(token, "aux") or token),))


def _adjunct(token: Token) -> Iterator[State]:
    """Read the words before a clause or noun that deny it: "instead of", "rather than", "without"."""
    words = [c for c in token.children if c.dep_ == "mark"] or ([token.head] if token.dep_ in {"pcomp", "pobj"} else [])
    for word in words:
        before = word.nbor(-1) if word.i else word
        for key, start in ((f"{before.lower_} {word.lower_}", before.idx), (word.lower_, word.idx)):
            row = signatures().get((key, "adjunct"))
            if row is not None:
                yield result(row.positive, row.force, (Span(start, word.idx + len(word)),))
                return


def _inverted(clause: Token) -> bool:
    """Tell whether a subordinate clause is a condition by its order: "had the senate rejected it", "were it to secede"."""
    lead = clause.left_edge
    return (
        clause.dep_ in {"advcl", "ccomp"} and lead.lower_ in {"had", "were", "should"} and lead.head.i == clause.i and lead.dep_ != "nsubj"
    )


def _conditional(clause: Token) -> bool:
    mark = child(clause, "mark", "advmod")
    marked = mark is not None and mark.i < clause.i and (mark.lower_, "mark") in signatures()
    return (marked and (clause.dep_ == "advcl" or clause.i < clause.head.i)) or _inverted(clause)


def _modals(token: Token, outer: State) -> Iterator[State]:
    """Modals; "would" in the report of a past plan is its "will" ("said it would withdraw"), in a past it is a habit or a refusal."""
    for word in _auxiliaries(token):
        row = signatures().get((word.lower_, "modal"))
        if row is None:
            continue
        if word.lower_ not in {"would", "'d"}:
            yield result(row.positive, row.force, (span_of(word),))
        elif _habit(token):
            continue
        elif _backshifted(token) and outer.mood in {"actual", "planned"}:
            yield State("planned", force="CT", evidence=(span_of(word),))
        else:
            yield result(row.positive, row.force, (span_of(word),))


def _habit(token: Token) -> bool:
    return any(c.lower_ in {"often", "sometimes", "usually", "always", "regularly", "frequently"} for c in children(token, "advmod"))


def _backshifted(token: Token) -> bool:
    """Tell whether "would" reports a "will": in a reported clause, or denied, of a subject that the text knows."""
    first = first_of(token)
    who = own_subject(token) or own_subject(first)
    known = who is None or who.pos_ in {"PRON", "PROPN"} or is_definite(who) or who.dep_ == "nsubjpass" or who.tag_ == "NNS"
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in first.children)
    reported = (first.dep_ == "ccomp" or (first.dep_ in {"acl", "advcl"} and that)) and first.head.lemma_.lower() not in {
        "wish",
        "hope",
        "ask",
    }
    return known and (reported or _negation(token) is not None)


def _auxiliaries(token: Token) -> list[Token]:
    """Return the auxiliaries, those of a coordination's first verb where the two have one form ("will arrest and deport")."""
    own = children(token, "aux")
    first = first_of(token)
    shares = first.tag_ == token.tag_ and first.tag_ in {"VB", "VBN", "VBG"} and own_subject(token) is None
    return own or (children(first, "aux") if shares else [])


def _modifiers(token: Token) -> Iterator[State]:
    """Adverbs and adjectives, participles and "due to" behind a noun, and "according to unconfirmed reports"."""
    for c in token.children:
        if c.dep_ in {"amod", "advmod", "acl", "compound", "nmod", "npadvmod"}:
            row = signatures().get((c.lower_, "mod"))
            if row is not None:
                yield result(row.positive, row.force, (span_of(c),))
            elif c.i > token.i and c.dep_ in {"amod", "acl"} and token.pos_ == "NOUN" and child(c, "xcomp") is not None:
                row, words = row_of(c, ("to",))
                if row is not None:
                    yield result(row.positive, row.force, words)
        elif c.lower_ == "according":
            reports = prepositional(c, "to") or next((x for x in c.subtree if x.dep_ == "pobj"), None)
            for word in reports.children if reports is not None else ():
                row = signatures().get((word.lower_, "mod"))
                if row is not None:
                    yield result(row.positive, row.force, (span_of(word),))


def _future(annotations: Annotations, token: Token, own: State) -> State:
    """Read a present tense with a coming day as a plan ("leaves on Sunday"); a headline's present is a past."""
    sentence = annotations.sentence_at(token.idx)
    if own.mood != "actual" or sentence is None or sentence.role == "title":
        return own
    aux = [c.lower_ for c in children(token, "aux", "auxpass")]
    present = (token.tag_ in {"VBZ", "VBP"} and not aux) or (
        token.tag_ in {"VBG", "VBN"} and set(aux) <= {"is", "are", "being"} and bool(set(aux) & {"is", "are"})
    )
    if not present:
        return own
    for c in token.children:
        if c.dep_ in {"npadvmod", "advmod", "prep"} and (c.dep_ != "prep" or c.lower_ in {"on", "in", "from", "at"}):
            found = next((t for t in c.subtree if t.lower_ in COMING or t.lower_ in MONTHS_AND_DAYS), None)
            if found is not None:
                return stack(State("planned", force="CT", evidence=(span_of(found),)), own, own.evidence)
    return own


def _negation(token: Token) -> Token | None:
    """Return what negates the word itself, if "not" reaches it at all ("not only", "not until" do not)."""
    for c in token.children:
        if c.dep_ == "neg" or (c.lower_ in NEGATORS and c.dep_ in {"det", "advmod", "preconj", "aux", "cc"}):
            if c.nbor(1).lower_ in {"only", "merely", "just", "simply"} if c.i + 1 < len(c.doc) else False:
                return None
            if c.lower_ in {"not", "n't"} and any(x.lower_ == "until" for x in token.children):
                return None
            return c
    for prep in children(token, "prep"):
        no = next((x for x in prep.subtree if x.lower_ == "no" and x.dep_ == "det"), None)
        if no is not None and prep.i == token.left_edge.i and children(token, "aux"):
            return no
    who = own_subject(token)
    if who is not None and who.pos_ != "VERB":
        if who.lower_ in {"nobody", "none", "nothing", "neither"}:
            return who
        return next((c for c in who.children if c.dep_ == "det" and c.lower_ in {"no", "neither"}), None)
    return None


def _cannot(token: Token) -> bool:
    """Tell whether a modal's negation denies ("cannot"); that of "may not" doubts."""
    return any(c.lower_ in {"can", "ca", "could"} for c in children(token, "aux"))
