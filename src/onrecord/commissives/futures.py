"""Is a future an act that somebody is bound to, or something that will happen? Checks on subject, verb and those who foretell it.

Each check takes a `Case` and returns a short reason why it is no commitment, or None. Known limit: the verb, the subject and the
speaker decide, not the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.commissives.acts import negations
from onrecord.commissives.bindings import WOULD
from onrecord.commissives.cases import Case, governing
from onrecord.commissives.parties import BODIES, FIRST, kept_so, teller
from onrecord.commissives.words import belongs, is_act, is_group
from onrecord.grammar import VERBAL, above, child, children, is_passive, own_subject, relative, subject
from onrecord.modality import status

if TYPE_CHECKING:
    from spacy.tokens import Token

OFFICES = frozenset({"GOV", "MIL", "JUD", "LEG", "COP"})
PEOPLE = ("ists", "men", "iffs", "ians", "workers", "loggers", "makers", "owners")
"""Endings of plural nouns that are only of people: "bailiffs", "steelworkers"."""
PERSONS = frozenset({"he", "she", "they", "who", "both", "each", "neither", "either", "all"})


# ---- who foretells it -----------------------------------------------------------------------------------------------


def forecast(case: Case) -> str | None:
    """Refuse what is expected, feared, hedged, or foretold by those who only watch."""
    here = case.act if case.modal else case.cue
    hedge = next((c for t in (case.act, here, here.head) for c in t.children if c.dep_ in ADVERBIAL and belongs(c, "hedge")), None)
    if hedge is not None:
        return f"hedged by {hedge.text!r}"
    thought = _thinker(here)
    threat = (
        thought is not None and thought.lemma_ in {"warn", "threaten"} and case.conditional and case.own_word() and not is_passive(here)
    )
    if thought is not None and not threat and not (case.statement is None and thought.lemma_ == "suggest"):
        return f"a forecast or hope: {thought.text!r}"
    return _watched(case)


ADVERBIAL = frozenset({"advmod", "acomp", "npadvmod"})


def _thinker(token: Token) -> Token | None:
    """Return the word of thinking whose clause the token stands in, or None."""
    thought = governing(token, "forecast")
    return thought if thought is not None and thought.pos_ in VERBAL else governing(token, "sure") or governing(token, "joking")


def _watched(case: Case) -> str | None:
    said = case.statement
    if said is None:
        return None
    cue = case.annotations.tokens_of(said.cue) if said.cue is not None else ()
    thought = next((t for t in cue if (belongs(t, "forecast") and t.lemma_ != "warn") or belongs(t, "joking")), None)
    if thought is not None:
        return f"a forecast or jest: {thought.text!r}"
    source = case.annotations.tokens_of(said.source) if said.source is not None else ()
    ours = case.binding.bound is not None and any(c.lower_ in {"this", "our", "my"} for c in case.binding.bound.children)
    heads = [t for t in source if t.head not in source or t.dep_ in {"conj", "appos"}]  # not "a circular to *traders*"
    watches = case.modal and any(belongs(t, "watcher") for t in heads) and not (case.own_word() or (ours and case.in_quotation))
    return "foretold by those who do not act" if watches else None


# ---- what it says ---------------------------------------------------------------------------------------------------


def fate(case: Case) -> str | None:
    """Refuse what happens to somebody or is so, and is no act of his."""
    if not case.open:
        return None
    act = case.act
    if act.lemma_ == "be" and act.pos_ in VERBAL:
        return None if _stand(act) or (case.key == "be-to" and child(act, "attr") is None) else "a state, not an act"
    if act.lemma_ == "take" and any(c.lemma_ in TAKEN for c in children(act, "dobj", "npadvmod")):
        return "how long it takes is a forecast"
    if belongs(act, "kept") and any(belongs(c, "word") for c in children(act, "dobj")):
        return "keeps or breaks a word given"
    if act.lemma_ == "run" and any(c.lower_ == "out" for c in children(act, "prt", "advmod", "prep")):
        return "'run out' says what happens, not what somebody does"
    if belongs(act, "harm") and not is_passive(act) and not (case.own_word() or case.in_quotation) and case.statement is not None:
        return f"{act.text!r} is what others say of somebody"
    if act.lemma_ == "do" and any(c.lower_ in {"it", "that", "this", "so"} for c in children(act, "dobj", "advmod")):
        return "what is done is not said"
    if act.lemma_ == "consider" and not negations(case.binding):
        return "only considered"
    if case.key == "be-to":
        own = subject(act)
        if own is not None and own.lemma_.lower() in RUNNING and act.lemma_ in {"end", "expire", "lapse", "begin", "start"}:
            return f"{own.text!r} runs out by itself"
        return f"{own.text!r} is an aim or a task" if own is not None and belongs(own, "aim") else None
    happens = belongs(act, "happening") and not _done(act) and (is_passive(act) or case.key not in {"must", "have-until"})
    changes = belongs(act, "change") and not is_passive(act) and not _has_object(act)
    stays = act.lemma_ in {"remain", "have"} and not case.timed
    happens = happens or (act.lemma_ == "turn" and any(t.pos_ == "NUM" for t in act.rights))
    return f"{act.text!r} says what happens, not what somebody does" if happens or changes or stays else None


RUNNING = frozenset({"term", "mandate", "tenure", "contract", "lease", "licence", "license", "sentence", "warranty"})
"""What ends on its day with no act of anybody's."""


def _has_object(act: Token) -> bool:
    """Tell whether a verb has an object, by the parse or because a noun phrase begins right behind it."""
    behind = act.nbor(1) if act.i + 1 < len(act.doc) else act
    return child(act, "dobj") is not None or behind.pos_ == "DET" or behind.tag_ == "PRP$"


def _done(act: Token) -> bool:
    """Tell whether a verb that else says what happens is used of an act: "call an election", "be called up"."""
    return belongs(act, "either") and (is_passive(act) or child(act, "dobj", "prt") is not None)


TAKEN = frozenset({"time", "year", "month", "week", "day", "hour", "decade", "toll"})


def _stand(act: Token) -> bool:
    """Tell whether a state is a stand to take: "be available", "be present", "there will be no cuts"."""
    what = child(act, "acomp", "attr")
    if what is None:
        return any(c.lower_ in {"out", "back", "home", "gone", "ready"} for c in children(act, "advmod", "acomp", "prt"))
    first = what is not None and what.lower_ in {"first", "last"} and any(c.dep_ in {"relcl", "acl"} for c in what.children)
    return what is not None and (first or what.lower_ in {"available", "present", "ready", "open", "closed"} or is_act(what))


# ---- whose act it is ------------------------------------------------------------------------------------------------


def thing(case: Case) -> str | None:
    """Refuse a subject that cannot bind itself: a storm, a price, "it", "there"."""
    if not case.open:
        return None
    clause = child(case.act, "csubj", "csubjpass")
    if clause is not None and clause.tag_ in {"VB", "VBG"}:
        return "an act cannot bind itself"
    own = case.binding.bound or subject(case.act)
    if own is None:
        return None if is_passive(case.act) or case.key == "must" else "no subject"
    own = relative(own)
    if kept_so(case.act) and case.party is not None:
        return None
    if belongs(own, "inanimate") and own.tag_ == "NN" and own.text.islower() and not is_passive(case.act) and not _by_timetable(case):
        return f"{own.text!r} does nothing of itself"
    if own.lower_ in FIRST or case.annotations.actor_at(own) is not None or _takes_effect(case.act):
        return None
    if _by_timetable(case):
        return None
    if is_passive(case.act) or is_act(own):
        return None if _official(case) else "nobody who could do it is named"
    timetable = case.binding.frame == "present" and case.statement is not None and _official(case)
    inferred = case.party is not None and case.party.inferred
    return None if timetable or inferred or _can_act(case, own) else f"{own.text!r} is nobody who could bind himself"


def _by_timetable(case: Case) -> bool:
    return (belongs(case.act, "timetable") and case.timed and _official(case)) or _takes_effect(case.act)


def _takes_effect(act: Token) -> bool:
    """Tell whether a rule begins to hold: "comes into force", "takes effect"."""
    effect = [t for p in children(act, "prep") for t in children(p, "pobj")] + children(act, "dobj")
    return act.lemma_ in {"come", "go", "enter", "take"} and any(t.lower_ in {"force", "effect"} for t in effect)


def _can_act(case: Case, own: Token) -> bool:
    if is_group(own) or own.pos_ == "PROPN" or any(c.lower_ in PERSONS for c in own.children):
        return True
    if own.pos_ == "NUM":
        return case.statement is not None
    if own.pos_ == "NOUN" and belongs(case.act, "agentive") and not is_passive(case.act) and not _moves_alone(case.act):
        return not belongs(own, "inanimate")
    if own.pos_ == "PRON":
        return own.lower_ in PERSONS or (own.lower_ == "it" and _of_source(own))
    trade = own.lower_.endswith(("ers", "ors")) and not belongs(own, "inanimate") and not belongs(case.act, "happening")
    return own.tag_ == "NNS" and (own.lower_.endswith(PEOPLE) or trade) and not case.in_quotation


def _moves_alone(act: Token) -> bool:
    """Tell whether a verb stands without an object that without one is also said of things: "prices will increase"."""
    return belongs(act, "change") and not _has_object(act)


def _of_source(own: Token) -> bool:
    """Tell whether "it" can be the source of a report whose actor is not known: "says it will"."""
    return any(subject(t) not in {None, own} for t in above(own) if t.pos_ in VERBAL and t.i < own.i)


def _official(case: Case) -> bool:
    """Tell whether an act without an actor is somebody's measure: said by a body or an official, or with a day set for it."""
    if case.key in {"be-to", "due", "must"} or case.timed or (case.statement is not None and negations(case.binding)):
        return True
    if case.statement is None:
        return not case.in_quotation
    if case.statement.source_actor is None:
        return False
    actor = case.annotations.actor(case.statement.source_actor)
    return actor.kind in BODIES or actor.sector in OFFICES


# ---- how it is said -------------------------------------------------------------------------------------------------


def supposed(case: Case) -> str | None:
    """Refuse a "would" that is no reported "will", and what is only possible."""
    if not case.modal:
        return None
    value, _ = status(case.annotations, case.act)
    if value == "possible" and not case.conditional and case.key != "may-not":
        return "only possible"
    would = any(t.lower_ in WOULD for t in (*case.binding.cue, *children(case.cue, "aux")))
    if would and is_passive(case.act) and any(p.lower_ == "without" and p.i < case.act.i for p in children(case.act, "prep")):
        return "what would come about without something else"
    return "supposed, not reported" if would and not _reported(case) else None


def _reported(case: Case) -> bool:
    """Tell whether "would" stands in the report of what somebody said, or in what follows it."""
    first = case.act
    while first.dep_ == "conj" and first.head.pos_ in VERBAL:
        first = first.head
    quotation, own = case.annotations.quotation_at(case.act.idx), subject(case.act)
    if quotation is not None and (own is None or any(part.start <= own.idx < part.end for part in quotation.spans)):
        return False
    if case.conditional:
        return case.own_word() or (case.statement is not None and _open_condition(first))
    if _told_now(case):
        return False
    return first.dep_ == "ccomp" or case.statement is not None or teller(case.annotations, case.act) is not None


def _open_condition(act: Token) -> bool:
    """Tell whether the condition is one that can still be met, by its present tense: "provided the ministry reopens the talks"."""
    clauses = [c for c in children(act, "advcl", "prep", "ccomp") if any(m.lower_ in OPENING for m in (c, *c.children))]
    return any(t.tag_ in {"VBZ", "VBP"} for c in clauses for t in (c, *c.children) if t.pos_ in VERBAL)


OPENING = frozenset({"if", "unless", "provided", "providing"})


def _told_now(case: Case) -> bool:
    """Tell whether the report is in the present: "witnesses say she would sit there" tells a habit."""
    said = case.statement
    cue = case.annotations.tokens_of(said.cue) if said is not None and said.cue is not None else ()
    return any(t.tag_ in {"VBP", "VBZ"} and t.pos_ == "VERB" for t in cue)


def nobody(case: Case) -> str | None:
    """Refuse a modal's act of which neither the doer nor the day is said: one in three of them binds anybody on the gold pages."""
    if not case.modal or case.party is not None or case.timed or case.conditional:
        return None
    if case.key in {"must", "may-not", "have-until"} or _named(case) or _ordered(case):
        return None
    return "neither who nor by when is said"


def _named(case: Case) -> bool:
    """Tell whether the text names who acts, though the page knows no actor of that name; "it" is then the source."""
    own = case.binding.bound
    if own is None or is_passive(case.act):
        return False
    own = relative(own)
    if own.lower_ in {"each", "both", "neither", "either", "others"} or (case.key == "be-to" and own.lower_ in SELF - {"it"}):
        return True
    return own.pos_ in {"NOUN", "PROPN", "NUM"} or (own.lower_ in SELF and case.statement is not None and _of_source(own))


def _ordered(case: Case) -> bool:
    """Tell whether something that binds stands behind a passive: "will be freed under the deal", "are to be paid out"."""
    if not is_passive(case.act) or not (belongs(case.act, "agentive") or belongs(case.act, "either")):
        return False
    return (
        case.key == "be-to" or _by_office(case) or any(belongs(t, "binding") and _basis(t) for t in case.annotations.tokens(case.sentence))
    )


def _by_office(case: Case) -> bool:
    """Tell whether an office holder says what will be done: "VAT will be abolished, the prime minister announced"."""
    said = case.statement
    if said is None or said.source_actor is None or said.cue is None:
        return False
    announced = bool(negations(case.binding)) or any(t.lemma_ in ANNOUNCING for t in case.annotations.tokens_of(said.cue))
    return announced and case.annotations.actor(said.source_actor).sector in OFFICES


ANNOUNCING = frozenset({"announce", "confirm", "order", "decree", "declare", "promise", "pledge", "rule", "decide"})


def _basis(noun: Token) -> bool:
    """Tell whether a noun is what something is done under: "under the deal", "by order of", "according to a decree"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in {"under", "by", "to", "of", "in", "with"}


SELF = frozenset({"it", "they", "he", "she"})


def habit(case: Case) -> str | None:
    """Refuse what is done again and again, and the present tense that has no day to come."""
    if case.modal and not case.timed and case.statement is None and not case.in_quotation and _custom(case):
        return "a custom"
    if case.binding.frame != "present":
        return None
    aside = case.act.dep_ == "advcl" or (case.act.dep_ == "relcl" and not _takes_effect(case.act))
    if case.sentence.role == "title" or not case.timed or aside:
        return "no day to come is set for it"
    often = any(c.dep_ == "advmod" and c.lower_ in {"often", "usually", "always", "normally", "generally"} for c in case.act.children)
    return "a habit" if often else None


def _custom(case: Case) -> bool:
    """Tell whether a time of many before the subject makes a custom of it: "on hot evenings the men will sit …"."""
    own = own_subject(case.act)
    if own is None:
        return False
    before = [t for t in case.annotations.tokens(case.sentence) if t.i < own.left_edge.i]
    many = any(t.lemma_.lower() in TIMES_OF_DAY and (t.tag_ == "NNS" or t.nbor(-1).lower_ in {"every", "each"}) for t in before if t.i)
    actor = case.annotations.actor_at(relative(own))
    nobody = actor is None or actor.kind in {"population", "unnamed"}
    return (many or any(t.lower_ == "as" and t.nbor(1).lower_ == "a" for t in before)) and nobody


TIMES_OF_DAY = frozenset(
    {"morning", "evening", "night", "afternoon", "summer", "winter", "sunday", "saturday", "weekend", "day", "year", "spring", "autumn"}
)


def sport(case: Case) -> str | None:
    """Refuse a fixture of a league, which binds nobody to a public act."""
    if case.binding.frame not in {"modal", "present"}:
        return None
    found = next((t.text for t in case.annotations.tokens(case.sentence) if belongs(t, "sport")), None)
    text = case.sentence.span.of(case.annotations.text).lower()
    found = (
        "play"
        if found is None and case.act.lemma_ == "play" and child(case.act, "dobj", "prep") is not None and not _role(case.act)
        else found
    )
    found = found or next((words for words in FIXTURES if words in text), None)
    return f"sport: {found!r}" if found is not None else None


def _role(act: Token) -> bool:
    return any(t.lower_ in {"role", "part", "host", "music", "anthem", "concert", "gig", "tour", "show", "song"} for t in act.subtree)


FIXTURES = (
    "quarter-final",
    "semi-final",
    "quarter final",
    "transfer window",
    "grand prix",
    "test match",
    "cup final",
    "kick off",
    "play-off",
)
