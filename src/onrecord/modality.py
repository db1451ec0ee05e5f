"""How sure the text is that something happened, and according to whom: from the words that govern a token to a status.

A word inherits the *context* that its governor leaves it ("refused to **resign**": negated), then adds what it carries itself
(modals, negation, adverbs, adjectives). `status` folds all of it into the five values of the guidelines; `factuality` reads the
same path once for each source: FactBank's certainty (CT, PR, PS, U) and polarity (+, -, u) for the author and for everyone whose
words the token stands in. What each governing word does to its complement is a row of `data/tables/signatures.tsv`: result where
the word itself holds, and where it is negated; equal results shield the complement ("admitted that", "did not admit that").

Known limits: one sentence at a time (a quotation's second sentence knows no source: statements do); no aspect, no discourse
("the visit … it was cancelled"); a wrong attachment of the parser is followed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.annotations import Annotations
from onrecord.grammar import NEGATORS, VERBAL, child, children, noun_phrase, own_subject, prepositional, relative, subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Status = Literal["actual", "planned", "possible", "hypothetical", "negated"]
Certainty = Literal["CT", "PR", "PS", "U"]
Polarity = Literal["+", "-", "u"]

MOODS = ("actual", "planned", "possible", "hypothetical")
FORCES = ("CT", "PR", "PS", "U")
DEFAULT_FORCE = {"actual": "CT", "negated": "CT", "planned": "PR", "possible": "PS", "hypothetical": "U"}
DEPTH = 12  # governors looked at; the longest chain in the gold pages has 7


class Value(NamedTuple):
    """One source's commitment: `source` is the span of its noun phrase, None for the author; `evidence` the words that decide."""

    source: Span | None
    certainty: Certainty
    polarity: Polarity
    evidence: tuple[Span, ...]


class Signature(NamedTuple):
    """What a word does to its complement in one frame, where it holds (`positive`) and where it is negated (`negative`)."""

    lemma: str
    frame: str
    positive: str
    negative: str
    force: str
    example: str
    trigger: str
    status: str

    @property
    def shields(self) -> bool:
        """Tell whether the complement's status is the same whatever becomes of the word itself."""
        return self.positive == self.negative


@dataclass(frozen=True, slots=True)
class State:
    """What is known on the way down: mood, polarity, certainty, and the words that gave them."""

    mood: str = "actual"
    negative: bool = False
    force: str = "CT"
    evidence: tuple[Span, ...] = ()

    @property
    def status(self) -> Status:
        """The five values: a possible act not done is possible, a planned one that will not be done is negated."""
        if self.negative and self.mood in {"actual", "planned"}:
            return "negated"
        return self.mood  # type: ignore[return-value]


@lru_cache(maxsize=1)
def signatures() -> dict[tuple[str, str], Signature]:
    """Return the table by (lemma, frame); the first row of a pair counts, further rows are more examples."""
    table: dict[tuple[str, str], Signature] = {}
    for row in rows():
        table.setdefault((row.lemma, row.frame), row)
    return table


def rows() -> tuple[Signature, ...]:
    """Return every row of the table, for the tests of their examples."""
    text = resources.files("onrecord.data").joinpath("tables/signatures.tsv").read_text(encoding="utf-8")
    return tuple(Signature(*line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def status(annotations: Annotations, token: Token) -> tuple[Status, tuple[Span, ...]]:
    """Return the status of what a verb or event noun names, and the words that it rests on (none for a plain past)."""
    state = _state(annotations, token, DEPTH)
    return state.status, state.evidence


def factuality(annotations: Annotations, token: Token) -> tuple[Value, ...]:
    """Return the author's value and one for each source in whose words the token stands, the outermost source first."""
    reports = _reports(token)
    whole = _value(annotations, token, None, frozenset())
    out = [Value(None, "U", "u", _spans(reports[-1:])) if reports and not _vouched(reports) else whole]
    for number, report in reversed(list(enumerate(reports))):
        inner = [r for r in reports[:number] if not _factive(r)]
        value = _value(annotations, token, _source(report), frozenset({report.i}))
        out.append(Value(value.source, "U", "u", _spans(inner)) if inner else value)
    return tuple(out)


def _value(annotations: Annotations, token: Token, source: Span | None, cut: frozenset[int]) -> Value:
    state = _state(annotations, token, DEPTH, cut)
    certainty: Certainty = "U" if state.mood == "hypothetical" else state.force  # type: ignore[assignment]
    polarity: Polarity = "u" if certainty == "U" else ("-" if state.negative else "+")
    return Value(source, certainty, polarity, state.evidence)


# ---- sources on the way up ------------------------------------------------------------------------------------------

FACTIVE = frozenset(
    {"admit", "know", "confirm", "reveal", "regret", "acknowledge", "concede", "discover", "learn", "remember", "recall", "show"}
)
REPORTS = FACTIVE | {
    "say", "tell", "claim", "allege", "assert", "announce", "declare", "state", "report", "write", "argue", "insist", "warn",
    "deny", "believe", "think", "suspect", "fear", "suggest", "maintain", "add", "note", "explain", "estimate", "predict", "expect",
    "testify", "tweet", "indicate", "stress", "hope", "contend", "accuse",
}  # fmt: skip


def _reports(token: Token) -> list[Token]:
    """Return the verbs of saying and thinking whose clause the token stands in, the innermost first."""
    out = []
    here = token
    while here.head.i != here.i:
        if here.dep_ in {"ccomp", "xcomp"} and here.head.lemma_.lower() in REPORTS and own_subject(here) is not None:
            out.append(here.head)
        here = here.head
    return out


def _factive(report: Token) -> bool:
    return report.lemma_.lower() in FACTIVE


def _vouched(reports: list[Token]) -> bool:
    return all(_factive(r) for r in reports)


def _source(report: Token) -> Span | None:
    who = subject(report)
    return noun_phrase(relative(who)) if who is not None else None


def _spans(tokens: list[Token]) -> tuple[Span, ...]:
    return tuple(_span(t) for t in tokens)


# ---- the walk -------------------------------------------------------------------------------------------------------


def _state(annotations: Annotations, token: Token, depth: int, cut: frozenset[int] = frozenset()) -> State:
    """Return what holds of `token`: what its governor leaves it, then its own words. `cut`: governors taken as holding."""
    outer = _context(annotations, token, depth, cut) if depth else State()
    return _own(annotations, token, outer)


def _context(annotations: Annotations, token: Token, depth: int, cut: frozenset[int]) -> State:
    """Return what the governor of `token` leaves it."""
    link = _link(token)
    if link is None:
        return State()
    head, frames, passes, words = link
    row, evidence = _row(head, frames)
    outer = State() if head.i in cut else _state(annotations, head, depth - 1, cut)
    if row is not None:
        return _through(row, outer, (*evidence, *words))
    return outer if passes == "all" else (_weaker(outer) if passes == "weak" else State())


def _through(row: Signature, outer: State, words: tuple[Span, ...]) -> State:
    """Apply a signature to the context that its word stands in."""
    if row.shields:
        return _result(row.positive, row.force, words)
    denied = outer.negative and outer.mood in {"actual", "planned"}
    result = _result(row.negative if denied else row.positive, "" if denied else row.force, words)
    return _stack(result, replace(outer, negative=False), outer.evidence)


def _result(value: str, force: str, words: tuple[Span, ...]) -> State:
    mood = "actual" if value == "negated" else value
    return State(mood, value == "negated", force or DEFAULT_FORCE[value], () if value == "actual" else words)


def _stack(inner: State, outer: State, evidence: tuple[Span, ...]) -> State:
    """Put one state into another: the weaker mood, the lesser certainty, polarity of both."""
    mood = MOODS[max(MOODS.index(inner.mood), MOODS.index(outer.mood))]
    force = FORCES[max(FORCES.index(inner.force), FORCES.index(outer.force))]
    return State(mood, inner.negative != outer.negative, force, (*evidence, *inner.evidence))


def _weaker(outer: State) -> State:
    """Keep doubt and plan of a governor, not its negation: "did not attend, citing threats" negates no threat."""
    if outer.mood == "actual":
        return State()
    return replace(outer, negative=False)


class _Link(NamedTuple):
    head: Token
    frames: tuple[str, ...]
    passes: Literal["all", "weak", "none"]
    words: tuple[Span, ...] = ()


CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "csubj", "csubjpass", "oprd"})
LIGHT = frozenset(
    {
        "hold", "launch", "impose", "stage", "conduct", "reach", "sign", "carry", "make", "take", "give", "issue", "mount", "begin",
        "start", "open", "commit", "have", "attend", "join", "declare", "lift", "end", "form", "perform", "do", "pay", "send",
        "provide", "deliver", "grant", "offer", "strike", "conclude", "finalise", "finalize", "introduce", "place", "put", "lay",
        "hand", "file", "bring", "see", "resume", "continue", "cause", "trigger", "spark", "provoke", "support", "accept", "back",
        "lead", "be", "go", "come", "become", "leave", "depart", "fly", "travel", "head", "return", "approve", "win", "get", "call",
    }
)  # fmt: skip
OCCUR = frozenset(
    {"take", "occur", "happen", "begin", "start", "follow", "resume", "go", "last", "run", "be", "hold", "end", "come", "mean"}
)
TEMPORAL = frozenset({"when", "while", "until", "before", "after", "once", "as"})
ARGUMENT = frozenset({"for", "to", "into", "with", "on", "against"})
MOTION = frozenset({"come", "go", "travel", "fly", "visit", "arrive", "gather", "return", "meet", "be", "sit"})
ERRANDS = frozenset(
    {"attend", "meet", "visit", "talk", "discuss", "hold", "sign", "watch", "protest", "demonstrate", "march", "rally", "mark"}
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "my", "our", "your"})


def _link(token: Token) -> _Link | None:
    """Return the governor that decides on `token`, in which frame, and how far its own context reaches."""
    head = token.head
    if head.i == token.i:
        return None
    dep = token.dep_
    if dep == "conj":
        return _link(_first(token))
    if dep in CLAUSAL:
        return _clausal(token)
    if dep == "advcl":
        return _adverbial(token)
    if dep in {"pobj", "pcomp"}:
        return _prepositional(token)
    if dep in {"dobj", "nsubjpass", "attr", "dative"}:
        return _object(token)
    if dep in {"compound", "amod", "nmod", "poss"} and head.pos_ in {"NOUN", "PROPN"}:
        return _link(head) and _Link(head, (), "all")
    if dep in {"acomp", "prt", "agent"}:
        return _Link(head, (), "all")
    if dep == "nsubj":
        return _subject(token)
    return None


def _first(token: Token) -> Token:
    """Return the first of the words that the token is coordinated with: what governs it governs them all."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _clausal(token: Token) -> _Link:
    mark = child(token, "mark")
    words = (_span(mark),) if mark is not None and mark.lower_ in {"whether", "if"} else ()
    if words:
        return _Link(token.head, ("whether",), "weak", words)
    if mark is not None and mark.lower_ == "for":
        return _Link(token.head, ("for", "to"), "all")
    if _to(token) or (token.dep_ == "xcomp" and token.tag_ == "VB"):
        return _Link(token.head, ("to",), "all")
    if token.tag_ == "VB" and token.dep_ == "ccomp" and not children(token, "aux"):
        return _Link(token.head, ("to", "that"), "all")
    if token.tag_ == "VBG" and not children(token, "aux") and token.dep_ != "acl":
        return _Link(token.head, ("ing", "to"), "all")
    if token.dep_ == "acl":
        return _Link(token.head, ("that",) if own_subject(token) is not None else (), "none")
    parenthetical = token.i < token.head.i or token.head.lemma_.lower() in REPORTS
    return _Link(token.head, ("that",), "none" if parenthetical else "weak")


def _adverbial(token: Token) -> _Link | None:
    head, mark = token.head, child(token, "mark")
    if mark is not None:
        if mark.lower_ == "for":
            return _Link(head, ("for", "to"), "all")
        return _Link(head, (), "weak" if mark.lower_ in TEMPORAL else "none")
    if _to(token):
        return _Link(head, ("to",), "all") if head.lemma_ != "be" else None
    if token.tag_ == "VBG" and token.i - head.i <= 2 and head.i < token.i:
        return _Link(head, ("ing",), "weak")
    return _Link(head, (), "weak")


def _prepositional(token: Token) -> _Link | None:
    prep = token.head
    word = prep.lower_
    if prep.dep_ == "agent" or prep.head.i == prep.i:
        return None
    frames = (word, "ing") if token.dep_ == "pcomp" else (word,)
    verbal = prep.head.pos_ in VERBAL and (word in ARGUMENT or prep.head.lemma_ in LIGHT)
    return _Link(prep.head, frames, _reach(token) if verbal else "none")


def _subject(token: Token) -> _Link | None:
    """An event that is the subject: of a verb of occurring, or raised ("talks are likely to fail", "a strike would …")."""
    verb = token.head
    if token.dep_ == "nsubj" and verb.lemma_ == "be":
        raising = child(verb, "acomp")
        if raising is not None and _row(raising, ("to",))[0] is not None and child(raising, "xcomp") is not None:
            return _Link(raising, ("to",), "all")
    if verb.lemma_ in OCCUR:
        return _Link(verb, (), "all")
    if not _definite(token) and any(c.lower_ in {"would", "could", "might"} for c in children(verb, "aux")):
        return _Link(verb, (), "weak")
    return None


def _object(token: Token) -> _Link:
    """The object of a verb; what "demands include" is demanded."""
    verb = token.head
    if verb.lemma_ in {"include", "be", "comprise"}:
        what = subject(verb)
        if what is not None and _row(what, ("subj",))[0] is not None:
            return _Link(what, ("subj",), "none")
    return _Link(verb, ("obj",), _reach(token))


def _reach(token: Token) -> Literal["all", "weak", "none"]:
    """How far a verb's context reaches into its object: light verbs wholly, others where the object is new to the text."""
    verb = token.head if token.head.pos_ in VERBAL else token.head.head
    if verb.lemma_.lower() in LIGHT:
        return "all"
    return "none" if _definite(token) else "weak"


def _definite(token: Token) -> bool:
    return any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in token.children) or token.pos_ == "PROPN"


def _row(head: Token, frames: tuple[str, ...]) -> tuple[Signature | None, tuple[Span, ...]]:
    """Return the signature of a governor in the first of these frames that it has, with the words that made the match."""
    table = signatures()
    for lemma, words in _keys(head):
        for frame in frames:
            row = table.get((lemma, frame))
            if row is not None:
                return row, words
    return None, ()


MISREAD = {"hop": "hope", "denie": "deny"}  # lemmas that the model's rules get wrong


def _keys(head: Token) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the keys of a governor in the table, the longest first: "rule out", then "rule"."""
    lemma = MISREAD.get(head.lemma_.lower(), head.lemma_.lower())
    for c in head.children:
        if c.dep_ in {"prt", "prep", "advmod", "acomp"} and c.i > head.i:
            yield f"{lemma} {c.lower_}", (_span(head), _span(c))
    yield lemma, (_span(head),)
    if head.lower_ != lemma:
        yield head.lower_, (_span(head),)


# ---- what a word carries itself -------------------------------------------------------------------------------------


def _own(annotations: Annotations, token: Token, outer: State) -> State:
    """Add to the context what stands at the word itself: marks, adjuncts, modals, time, negation, adverbs and adjectives."""
    own = State()
    for result in (*_marks(token), *_modals(token, outer), *_modifiers(token)):
        own = _stack(result, own, own.evidence)
    own = _future(annotations, token, own)
    no = _negation(token)
    if no is not None:
        denied = State(negative=True, evidence=(_span(no),))
        own = _stack(denied, replace(own, mood="actual", force="CT") if _cannot(token) else own, own.evidence)
    return _stack(own, outer, outer.evidence)


def _marks(token: Token) -> Iterator[State]:
    """Conditionals ("if", "had they", "in case"), purposes ("to", "so that"), and adjuncts that deny ("instead of")."""
    wished = State("hypothetical", force="U")
    for mark in children(token, "mark", "advmod"):
        row = signatures().get((mark.lower_, "mark"))
        if row is not None and mark.i < token.i and (mark.lower_ != "if" or token.dep_ != "ccomp" or token.i < token.head.i):
            yield _result(row.positive, row.force, (_span(mark),))
    if _inverted(token):
        yield replace(wished, evidence=(_span(token.left_edge),))
    condition = next((c for c in _first(token).children if c.dep_ in {"advcl", "ccomp"} and _conditional(c)), None)
    if condition is not None and children(token, "aux"):
        yield replace(wished, evidence=(_span(child(condition, "mark") or condition.left_edge),))
    before = [t.lower_ for t in token.doc[max(token.left_edge.i - 2, 0) : token.left_edge.i + 2]]
    if token.dep_ in {"ccomp", "advcl"} and ("in", "case") in itertools.pairwise(before):
        yield replace(wished, evidence=(_span(token.left_edge),))
    yield from _adjunct(token)
    yield from _purpose(token)


def _purpose(token: Token) -> Iterator[State]:
    """An infinitive or "so that" of purpose; not the errand of a journey ("flew to Geneva to meet", "was there to attend")."""
    if token.dep_ != "advcl":
        return
    mark = child(token, "mark")
    so = mark is not None and mark.lower_ == "that" and mark.i > 0 and mark.nbor(-1).lower_ == "so"
    wish = mark is not None and mark.lower_ == "for" and _to(token) and _row(token.head, ("for", "to"))[0] is None
    bare = mark is None and _to(token) and _row(token.head, ("to",))[0] is None
    if so or wish or (bare and not (token.head.lemma_ in MOTION and token.lemma_ in ERRANDS)):
        yield State("hypothetical", force="U", evidence=(_span(mark or child(token, "aux") or token),))


def _adjunct(token: Token) -> Iterator[State]:
    """The words before a clause or noun that deny it: "instead of", "rather than", "without"."""
    words = [c for c in token.children if c.dep_ == "mark"] or ([token.head] if token.dep_ in {"pcomp", "pobj"} else [])
    for word in words:
        before = word.nbor(-1) if word.i else word
        for key, start in ((f"{before.lower_} {word.lower_}", before.idx), (word.lower_, word.idx)):
            row = signatures().get((key, "adjunct"))
            if row is not None:
                yield _result(row.positive, row.force, (Span(start, word.idx + len(word)),))
                return


def _to(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


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
            yield _result(row.positive, row.force, (_span(word),))
        elif _habit(token):
            continue
        elif _backshifted(token) and outer.mood in {"actual", "planned"}:
            yield State("planned", force="CT", evidence=(_span(word),))
        else:
            yield _result(row.positive, row.force, (_span(word),))


def _habit(token: Token) -> bool:
    return any(c.lower_ in {"often", "sometimes", "usually", "always", "regularly", "frequently"} for c in children(token, "advmod"))


def _backshifted(token: Token) -> bool:
    """Tell whether "would" reports a "will": in a reported clause, or denied, of a subject that the text knows."""
    first = _first(token)
    who = own_subject(token) or own_subject(first)
    known = who is None or who.pos_ in {"PRON", "PROPN"} or _definite(who) or who.dep_ == "nsubjpass" or who.tag_ == "NNS"
    reported = first.dep_ == "ccomp" and first.head.lemma_.lower() not in {"wish", "hope", "ask"}
    return known and (reported or _negation(token) is not None)


def _auxiliaries(token: Token) -> list[Token]:
    """Return the auxiliaries, those of a coordination's first verb where the two have one form ("will arrest and deport")."""
    own = children(token, "aux")
    first = _first(token)
    shares = first.tag_ == token.tag_ and first.tag_ in {"VB", "VBN", "VBG"} and own_subject(token) is None
    return own or (children(first, "aux") if shares else [])


def _modifiers(token: Token) -> Iterator[State]:
    """Adverbs and adjectives, participles and "due to" behind a noun, and "according to unconfirmed reports"."""
    for c in token.children:
        if c.dep_ in {"amod", "advmod", "acl", "compound", "nmod", "npadvmod"}:
            row = signatures().get((c.lower_, "mod"))
            if row is not None:
                yield _result(row.positive, row.force, (_span(c),))
            elif c.i > token.i and c.dep_ in {"amod", "acl"} and token.pos_ == "NOUN" and child(c, "xcomp") is not None:
                row, words = _row(c, ("to",))
                if row is not None:
                    yield _result(row.positive, row.force, words)
        elif c.lower_ == "according":
            reports = prepositional(c, "to") or next((x for x in c.subtree if x.dep_ == "pobj"), None)
            for word in reports.children if reports is not None else ():
                row = signatures().get((word.lower_, "mod"))
                if row is not None:
                    yield _result(row.positive, row.force, (_span(word),))


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


def _future(annotations: Annotations, token: Token, own: State) -> State:
    """A present tense with a coming day is a plan ("leaves on Sunday"); a headline's present is a past."""
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
                return _stack(State("planned", force="CT", evidence=(_span(found),)), own, own.evidence)
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


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
