"""From the head of an act to its words: where the action stands, and the words that turn it into its opposite.

The action is the verb with what depends on it to its right, or the noun phrase, without modal, deadline (at its edge), condition and
coordinated acts. Its subject is part of it where the subject is not the one who is bound ("the troops will be withdrawn").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotations import Annotations
from onrecord.commissives.bindings import Binding
from onrecord.commissives.parties import Party
from onrecord.commissives.words import belongs, is_group
from onrecord.grammar import NEGATORS, VERBAL, chars, child, children, is_passive, own_subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

EDGE = frozenset(
    {"by", "on", "in", "at", "until", "till", "before", "within", "from", "for", "during", "through", "over", "after", "no",
     "later", "than", "as", "early", "soon", "the", "starting", "beginning", "only", "not", "up", "to", "since", "throughout",
     "effective", "per", "this", "and", "or", "but"}
)  # fmt: skip
"""Words between an act and the time at its end that go with the time."""
LOOSE = frozenset({"parataxis", "punct", "cc", "dep", "meta", "discourse", "intj"})


def wording(annotations: Annotations, binding: Binding, party: Party | None, terms: tuple[Span, ...]) -> Span:
    """Return the words of the act, without those of `terms` (deadline, condition) that stand at their end."""
    act = binding.act
    tokens = _clause(act) if act.pos_ in VERBAL else _phrase(act)
    if act.pos_ in VERBAL:
        tokens += _subject_words(binding, party)
        tokens += [t for t in children(act, "auxpass") if t.tag_ == "VB"]
    span = _within_quotation(annotations, act, chars([t for t in tokens if not t.is_space]))
    for _ in range(len(terms) + 1):
        span = _without(annotations, _without_bracket(annotations.text, span), terms)
    return _closed(annotations.text, span)


def _closed(text: str, span: Span) -> Span:
    """Take in the mark that closes a quotation begun within the words, where it stands right behind them."""
    words, behind = span.of(text), text[span.end : span.end + 1]
    opened = words.count("“") > words.count("”") if behind == "”" else words.count('"') % 2 == 1 if behind == '"' else False
    return Span(span.start, span.end + 1) if opened else span


def _without_bracket(text: str, span: Span) -> Span:
    """Cut a bracket off the end ("noon in Karsten (1100 GMT)")."""
    words = span.of(text)
    at = words.rfind("(")
    return Span(span.start, span.start + len(words[:at].rstrip())) if at > 0 and words.find(")", at) in {-1, len(words) - 1} else span


def _subject_words(binding: Binding, party: Party | None) -> list[Token]:
    """Return the subject where it is part of the act's words, because it is not the one who is bound."""
    own = surface_subject(binding)
    if binding.frame not in WITH_SUBJECT and binding.entry.pos != "adjective":
        return []
    if (
        own is None
        or own.i > binding.act.i
        or (binding.frame in {"that", "for-to", "whom-bare"} and own.i <= binding.cue[0].i < binding.act.i)
        or own.tag_ in {"WDT", "WP", "PRP", "EX"}
        or binding.frame in {"ing", "whom-from"}
    ):
        return []
    if party is None:
        both = any(c.lower_ in {"each", "both", "neither", "either"} for c in own.children)
        acts = own.pos_ in {"PROPN", "PRON"} or is_group(own) or both
        bound = binding.bound is not None and binding.bound.i == own.i and acts and not is_passive(binding.act)
    else:
        bound = party.words.start <= own.idx < party.words.end
    return [] if bound else [t for t in own.subtree if t.i <= own.i or not _beside(t, own)]


def surface_subject(binding: Binding) -> Token | None:
    """Return the subject that stands in the act's own clause: at the act, at its modal, or at the act that it is coordinated with."""
    act, cue = binding.act, binding.cue[0]
    first = act.head if act.dep_ == "conj" else act
    homes = (act, first, cue if cue.pos_ in VERBAL else cue.head)
    found = next((own for home in homes if (own := own_subject(home)) is not None), None)
    return found if found is not None or not is_passive(act) else _before_aside(cue)


def _before_aside(modal: Token) -> Token | None:
    """Return the subject that an aside between commas parts from its modal: "the withdrawal, promised for June, would be completed"."""
    before = [t for t in modal.sent if t.i < modal.i]
    commas = [t.i for t in before if t.text == ","]
    if len(commas) < 2 or commas[-1] != modal.i - 1:
        return None
    here = modal.doc[commas[-2] - 1]
    while here.dep_ in {"pobj", "prep", "conj", "compound"} and here.head.i < here.i:
        here = here.head
    return here if here.pos_ in {"NOUN", "PROPN"} else None


WITH_SUBJECT = frozenset({"modal", "title", "present", "that", "for-to", "whom-bare"})


def _beside(token: Token, own: Token) -> bool:
    """Tell whether a token stands in a clause or apposition beside the subject."""
    while token.i != own.i:
        if token.dep_ in {"relcl", "appos", "acl", "punct"}:
            return True
        token = token.head
    return False


def _clause(act: Token) -> list[Token]:
    """Return the verb and what depends on it to its right, up to a comma that ends the clause or to the circumstances."""
    left_out: set[int] = set()
    for c in act.children:
        acts = c.dep_ == "conj" and c.pos_ in VERBAL
        if c.dep_ in LOOSE or acts or (c.dep_ in {"advcl", "ccomp"} and _apart(c)):
            left_out |= {t.i for t in c.subtree}
    kept: list[Token] = []
    for token in sorted((t for t in act.subtree if t.i >= act.i), key=lambda t: t.i):
        if token.i > act.i and (_break(token) or _circumstance(token) or _another(token)):
            break
        if token.i not in left_out:
            kept.append(token)
    return kept


def _another(token: Token) -> bool:
    """Tell whether an "and" joins an act that the parser read as a noun: "adopt the euro and *scrap* checks"."""
    if token.lower_ != "and" or token.i + 2 >= len(token.doc):
        return False
    verb, what = token.nbor(1), token.nbor(2)
    return verb.tag_ == "NN" and belongs(verb, "agentive") and what.pos_ in {"NOUN", "DET", "PROPN", "PRON"} and what.i <= verb.sent[-1].i


BREAKS = frozenset({",", ";", ":", "—", "–", "--", "..."})


def _break(token: Token) -> bool:
    """Tell whether a mark ends the act's words: no comma of a list or a date."""
    if token.text not in BREAKS:
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    listed = any(c.dep_ == "conj" and c.i > token.i and c.pos_ not in VERBAL for c in (*token.head.children, *token.head.head.children))
    beside = following.pos_ in {"ADP", "SCONJ"}  # "…, beyond what was said before"
    return not (token.text == "," and ((listed and not beside) or following.like_num))


CIRCUMSTANCES = (
    "following", "amid", "amidst", "despite", "in response to", "on the basis of", "as part of", "ahead of", "in the wake of",
    "because", "due to", "in light of", "according to", "on orders", "whatever", "regardless", "in any case", "under the", "under a",
    "under an", "in the event", "so that", "whereas", "although", "after", "in exchange", "in return", "as agreed",
)  # fmt: skip
"""What an act's words do not include: why, after what, under which deal."""


def _circumstance(token: Token) -> bool:
    if token.lower_ not in {phrase.split()[0] for phrase in CIRCUMSTANCES}:
        return False
    here = " ".join(t.lower_ for t in token.doc[token.i : token.i + 4]) + " "
    return any(here.startswith(phrase + " ") for phrase in CIRCUMSTANCES)


CONDITIONS = frozenset(
    {"if", "once", "unless", "provided", "providing", "while", "as", "because", "although", "though", "whereas", "since"}
)


OPEN = frozenset({"decide", "determine", "ask", "see", "know", "confirm", "check", "establish", "consider"})
"""Verbs whose "if" asks rather than conditions."""


def _apart(clause: Token) -> bool:
    """Tell whether a clause is no part of the act's words: a condition, a reason, a contrast, or one with a subject before a comma."""
    mark = child(clause, "mark", "advmod")
    if mark is not None and mark.lower_ == "if" and clause.head.lemma_.lower() in OPEN:
        return False
    if mark is not None and mark.lower_ in CONDITIONS and mark.i < clause.i:
        return True
    return clause.dep_ == "advcl" and clause.left_edge.i > 0 and clause.left_edge.nbor(-1).text in {",", ";", "—", "–"}


def _phrase(noun: Token) -> list[Token]:
    kept = [noun]
    for c in noun.children:
        if c.dep_ not in LOOSE | {"relcl", "appos", "conj", "acl"} and not (c.dep_ == "amod" and c.i > noun.i):
            kept.extend(c.subtree)
    last = max(t.i for t in kept)
    stop = min((t.i for t in noun.doc[noun.i + 1 : last + 1] if _break(t) or _circumstance(t)), default=last + 1)
    return [t for t in kept if t.i < stop]


def _within_quotation(annotations: Annotations, act: Token, span: Span) -> Span:
    quotation = annotations.quotation_at(act.idx)
    part = next((s for s in quotation.spans if s.start <= act.idx < s.end), None) if quotation else None
    return Span(max(span.start, part.start), min(span.end, part.end)) if part is not None else span


def _without(annotations: Annotations, span: Span, terms: tuple[Span, ...]) -> Span:
    """Cut a term off the end of a span, with the preposition before it."""
    term = next((t for t in terms if span.start < t.start and t.end >= span.end > t.start), None)
    tokens = [t for t in annotations.tokens_of(span) if term is None or t.idx < term.start]
    while len(tokens) > 1 and term is not None and _at_edge(tokens[-1]):
        tokens.pop()
    return chars(tokens) if tokens else span


def _at_edge(token: Token) -> bool:
    return token.lower_ in EDGE or token.is_space or (token.is_punct and token.text != "%")


# ---- negation -------------------------------------------------------------------------------------------------------


def negations(binding: Binding) -> tuple[Token, ...]:
    """Return the words that make it a commitment not to act, none where it is one to act."""
    act = binding.act
    found = [*_own(act), *_shared(act), *_nothing(act)]
    if binding.entry.negated or binding.frame == "against":
        found.extend(binding.cue)
    elif binding.frame in {"modal", "present"} and binding.cue[0].i != act.i:
        found.extend(c for c in binding.cue[0].children if c.dep_ == "neg" and not _only(c))
    return tuple(dict.fromkeys(found))


def _own(act: Token) -> list[Token]:
    words = [
        c
        for c in act.children
        if (c.dep_ == "neg" or (c.lower_ in NEGATORS - {"without", "no"} and c.dep_ in {"advmod", "preconj", "det", "cc"})) and c.i < act.i
    ]
    longer = [g for c in children(act, "advmod") if c.lower_ == "longer" for g in c.children if g.lower_ in {"no", "any"}]
    return [w for w in words if not _only(w) and w.lower_ not in {"nor", "hardly", "barely"}] + longer + _subject(act) + _inverted(act)


def _inverted(act: Token) -> list[Token]:
    """Return the negation that pulls the auxiliary before the subject: "never again will we", "under no circumstances will it"."""
    own, aux = own_subject(act), child(act, "aux")
    if own is None or aux is None or aux.i > own.i:
        return []
    return [t for t in act.subtree if t.i < aux.i and t.lower_ in {"never", "no", "neither", "nowhere"}][:1]


def _subject(act: Token) -> list[Token]:
    own = own_subject(act)
    if own is None:
        return []
    if own.lower_ in {"nobody", "none", "nothing", "neither"}:
        return [own]
    return [
        t
        for t in own.subtree
        if t.lower_ in {"no", "neither", "not"} and t.i <= own.i and t.dep_ in {"det", "neg", "preconj", "advmod", "quantmod", "cc"}
    ]


def _shared(act: Token) -> list[Token]:
    """Return the negation that reaches a coordinated act: over "or" any, over "and" that of the subject or before it."""
    first, joints = _chain(act)
    if first.i == act.i or "but" in joints:
        return []
    return _own(first) if joints & {"or", "nor"} else [*_subject(first), *_inverted(first)]


def reach_unclear(binding: Binding) -> bool:
    """Tell whether nobody can say if a "not" reaches the act: "will not resign and continue"."""
    first, joints = _chain(binding.act)
    return first.i != binding.act.i and bool(_own(first)) and not joints & {"or", "nor", "but"} and not negations(binding)


def _chain(act: Token) -> tuple[Token, set[str]]:
    """Return the first of the verbs that an act shares its auxiliary with, and the words that join them; the act itself where none."""
    first, joints = act, set[str]()
    while first.dep_ == "conj" and first.head.pos_ in VERBAL and not any(c.dep_ == "aux" for c in first.children):
        first = first.head
        joints |= {c.lower_ for c in first.children if c.dep_ == "cc"}
    return first, joints


def _nothing(act: Token) -> list[Token]:
    """Return the "no" of "will make no concessions", "agreed to no cuts", "will return none of them"."""
    what = child(act, "dobj", "attr") if act.pos_ in VERBAL else act
    if what is None:
        return []
    if what.lower_ in {"none", "nothing", "nobody"}:
        return [what]
    return [c for c in what.children if c.dep_ == "det" and c.lower_ in {"no", "neither"}]


def _only(word: Token) -> bool:
    """Tell whether a negation is none: "not only", "not just", "no doubt"."""
    return word.i + 1 < len(word.doc) and word.nbor(1).lower_ in {"only", "just", "merely", "simply", "doubt", "later"}
