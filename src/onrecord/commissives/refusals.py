"""What speaks against a commitment: questions, demands, denials, plans undone or mooted, general law.

Each check takes a `Case` and returns the reason as a short text, or None; CHECKS names them in order, with those of `futures`,
`bygone` and `talk`, and the name goes into the abstention's rule ("commitment.forecast"). Known limit: irony is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.commissives import futures
from onrecord.commissives.acts import reach_unclear
from onrecord.commissives.bygone import past
from onrecord.commissives.cases import FREE, Case, governing
from onrecord.commissives.talk import talk
from onrecord.commissives.words import belongs, is_group
from onrecord.gazetteer import group
from onrecord.grammar import VERBAL, above, agent, child, children, is_passive, negator, own_subject, relative, subject
from onrecord.modality import status

if TYPE_CHECKING:
    from spacy.tokens import Token


def refusal(case: Case) -> tuple[str, str] | None:
    """Return the name of the first check that speaks against the case, and its reason; None where none does."""
    return next(((name, reason) for name, check in CHECKS.items() if (reason := check(case)) is not None), None)


# ---- whose word it is -----------------------------------------------------------------------------------------------


def question(case: Case) -> str | None:
    """Refuse what is asked, not said."""
    if case.statement is not None and case.statement.stance == "declines":
        return "the source would not speak of it"
    if case.sentence.role != "title" and any(t.text == "?" for t in case.annotations.tokens(case.sentence)[-3:]):
        return "a question"
    first = case.act if case.modal else case.cue
    edge = case.act.left_edge
    if edge.tag_ in {"WP", "WRB"} and edge.i < case.act.i and case.act.dep_ in {"ccomp", "pcomp"}:
        return f"left open by {edge.text!r}"
    return next((reason for token in (first, *above(first)) if (reason := _left_open(token)) is not None), None)


def _left_open(token: Token) -> str | None:
    mark = child(token, "mark")
    if mark is not None and mark.lower_ == "whether":
        return "left open by 'whether'"
    if mark is None or mark.lower_ != "if" or token.i < token.head.i:
        return None
    asks = token.dep_ == "ccomp" or token.head.lemma_.lower() in {"ask", "wonder", "see", "know", "doubt"}
    return "left open by 'if'" if asks else None


def demand(case: Case) -> str | None:
    """Refuse what somebody asks of somebody else who has not accepted it."""
    asked = case.statement is not None and case.statement.stance == "asks"
    if asked and not case.modal and case.key not in GIVEN:
        return "what the source asks for"
    governor = governing(case.cue, "asking")
    return f"asked for by {governor.text!r}" if governor is not None else None


GIVEN = frozenset({"order", "told", "require", "promise", "agree", "commit", "bar", "accept", "provide", "rule"})
"""Entries whose own word may be what the statement's stance was read from."""


def denied(case: Case) -> str | None:
    """Refuse a plan or promise that is denied, refused, hoped for or only possible, or that nobody stands behind."""
    if case.statement is not None and case.statement.stance == "denies":
        return "the source denies it"
    told = next((t for t in above(case.act) if t.pos_ == "NOUN" and belongs(t, "rumour")), None)
    if told is not None and case.key != "accept":
        return f"no more than a {told.lemma_!r}"
    if case.binding.frame in FREE:
        return None
    value, words = status(case.annotations, case.cue)
    reported = value == "possible" and all("report" in s.of(case.annotations.text).lower() for s in words)
    bill = case.cue.dep_ == "relcl" and case.cue.head.lemma_.lower() in {"bill", "draft", "motion", "amendment", "proposal", "legislation"}
    if value == "possible" and case.binding.entry.pos == "noun" and belongs(_doer(case.cue), "stated"):
        return None  # "signalled its intention"
    allowed = value == "hypothetical" and not bill and (case.conditional or case.key in {"bar", "require", "bound"})
    if case.key == "duty-noun":
        return None if value != "negated" else "the duty is negated"  # the noun is itself what makes it possible or wanted
    holds = value == "actual" or (value == "planned" and case.key != "decide")
    return None if holds or reported or allowed else f"the word of commitment is {value}"


def undone(case: Case) -> str | None:
    """Refuse a plan or promise taken back, broken, opposed or only mooted."""
    if case.binding.entry.pos != "noun":
        return None
    noun = case.cue
    if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        return "there is none"
    head = _doer(noun)
    if case.key == "promise-noun" and belongs(head, "kept") and noun.dep_ == "dobj" and head.tag_ in {"VBD", "VBN"}:
        return f"kept or broken already: {head.text!r}"
    if head.pos_ in VERBAL and noun.dep_ in OBJECTS and (belongs(head, "undone") or negator(head) is not None):
        return f"denied or only mooted by {head.text!r}"
    if any(belongs(c, "mooted") for c in noun.children):
        return "only mooted"
    return "the plan is spoken of, not made known" if case.key == "plan-noun" and not _made_known(case, head) else None


def withdrawn(case: Case) -> str | None:
    """Refuse a plan or promise that is taken back; `links` makes the end of its history of it."""
    if case.binding.entry.pos != "noun":
        return None
    head = _doer(case.cue)
    longer = any(c.lower_ == "longer" for c in head.children)
    takes_back = head.pos_ in VERBAL and case.cue.dep_ in OBJECTS and (belongs(head, "withdrawn") or longer)
    return f"taken back by {head.text!r}" if takes_back else None


OBJECTS = frozenset({"dobj", "nsubjpass", "pobj"})


def _doer(noun: Token) -> Token:
    """Return the verb of which a noun is the object, a preposition between them left out."""
    return noun.head.head if noun.head.pos_ == "ADP" else noun.head


def _made_known(case: Case, head: Token) -> bool:
    """Tell whether a plan is announced, dated, or a decision told as new."""
    if belongs(head, "stated") or any(c.lower_ in {"stated", "announced", "declared"} for c in case.cue.children):
        return True
    known = any(c.lower_ in {"the", "its", "his", "her", "their"} for c in case.cue.children)
    return (case.timed and case.party is not None) or (case.cue.lemma_ == "decision" and not known)


# ---- law ------------------------------------------------------------------------------------------------------------


def general(case: Case) -> str | None:
    """Refuse everybody's duty, a custom, a definition, and what "promises to be" so."""
    if case.key == "promise" and case.binding.frame == "to" and _thing_promises(case):
        return "a thing promises nothing"
    own = case.binding.bound or subject(case.act)
    if own is None:
        return None
    own = relative(own)
    if belongs(own, "general") or own.lower_ in {"you", "those"}:
        return f"{own.text!r} is nobody in particular"
    if case.key == "duty-noun" and case.cue.dep_ == "attr":
        return "a duty that is spoken of"
    who = own_subject(case.cue)
    if case.cue.dep_ == "relcl" and case.cue.tag_ == "VBP" and who is not None and who.lower_ == "who":
        return "whoever does so is nobody in particular"
    some = any(c.dep_ == "det" and c.lower_ in {"a", "an", "any", "every"} for c in own.children)
    unnamed = case.annotations.actor_at(own) is None
    return "a general rule" if some and unnamed and case.binding.entry.basis == "duty" else None


def _thing_promises(case: Case) -> bool:
    """Tell whether what promises is no person or body, or promises only to be so: "dinner promises to be an event"."""
    who = subject(case.cue)
    if who is None or case.annotations.actor_at(relative(who)) is not None or who.pos_ != "NOUN" or is_group(who):
        return False
    return case.act.lemma_ == "be" or belongs(case.act, "happening") or belongs(who, "inanimate") or case.cue.tag_ in {"VBZ", "VBP"}


def opinion(case: Case) -> str | None:
    """Refuse a "must" with no court or agreement behind it, a "may not" that only doubts, standing law."""
    if case.key not in {"must", "may-not", "require", "bar", "duty-noun", "bound"}:
        return None
    if case.key == "must" and case.cue.lower_ == "had":
        return "a past necessity"
    if case.key == "must" and case.cue.lemma_ == "have" and negator(case.cue) is not None:
        return "no duty"  # "does not have to pay"
    if _binds(case):
        return None
    if case.statement is not None and case.key == "must":
        return "an opinion or a demand"
    who = subject(case.cue) if case.cue.pos_ in VERBAL else None
    new_law = who is not None and belongs(who, "law") and case.cue.tag_ != "VBZ"
    if case.key in {"require", "bar"} and who is not None and _authority(case, who):
        return None
    if any(c.lower_ in {"itself", "themselves", "himself", "herself"} for c in children(case.cue, "dobj")):
        return None  # "has bound itself"
    told = case.annotations.actor_at(relative(case.binding.bound)) if case.binding.bound is not None else None
    many = told is not None and told.kind == "population"  # "drivers must keep their lights on in winter"
    set_for = case.timed and case.binding.bound is not None and not many and case.key != "may-not"
    return None if new_law or set_for or case.key == "duty-noun" else "standing law, or an opinion"


def _authority(case: Case, who: Token) -> bool:
    """Tell whether a body told as having done so lays a duty on somebody: "the agency has barred the firm from …"."""
    if case.cue.tag_ not in {"VBD", "VBN"} or is_passive(case.cue) or case.binding.bound is None:
        return False
    actor = case.annotations.actor_at(who)
    return actor is not None and (actor.sector == "JUD" or (case.key == "require" and actor.kind in {"state", "organisation"}))


def _binds(case: Case) -> bool:
    """Tell whether a court, an order or an agreement is named in the sentence."""
    return any(belongs(t, "binding") for t in case.annotations.tokens(case.sentence) if t.i != case.act.i)


def measure(case: Case) -> str | None:
    """Refuse an announced noun that is known already ("the talks"), and an order of the past that names no day and no court."""
    if case.binding.frame == "time" and not case.timed:
        return None if case.key == "postpone" and _by_a_spell(case.cue) else "no day is set"
    if case.key == "approve":
        return None if case.timed else "approved, perhaps of somebody else"
    if case.key == "announce" and not case.timed:
        new = all(c.lower_ in {"a", "an", "another", "further", "new"} for c in children(case.act, "det", "poss"))
        return None if new and case.sentence.role != "title" else "no new measure"
    if case.binding.frame.startswith("+") and case.act.pos_ == "NOUN" and not case.timed and child(case.act, "poss") is None:
        told = any(c.lower_ == "of" for c in children(case.act, "prep")) and child(case.act, "relcl") is None  # "the return of the men"
        return "spoken of as known" if not told and any(c.lower_ in {"the", "this", "that"} for c in children(case.act, "det")) else None
    if case.key == "term":
        return None if _granted(case) else "a term that nobody with power over him sets"
    if case.key == "provide":
        who = subject(case.cue)
        shared = (
            case.cue.dep_ == "conj" and own_subject(case.cue) is None and case.statement is not None
        )  # perhaps the speaker's own demand
        known = who is not None and not shared and (belongs(who, "binding") or who.lemma_.lower() in DOCUMENTS)
        return None if known else "called for, not provided for"
    if case.key == "deadline":
        return None if _doer(case.cue).lemma_ in {"set", "impose", "give", "fix", "announce", "agree"} else "a deadline that is spoken of"
    if case.key == "told":
        return None if _binds(case) else "told, not bound"
    if case.key == "order":
        return _carried_out(case)
    return None


def _by_a_spell(cue: Token) -> bool:
    """Tell whether something is put off by a spell: "has put back the talks by six months"."""
    by = [what for p in children(cue, "prep", "agent") if p.lower_ in {"by", "for"} for what in children(p, "pobj")]
    return cue.lemma_ in {"postpone", "delay", "defer", "put", "push"} and any(
        t.lemma_.lower() in {"day", "week", "month", "year"} for t in by
    )


DOCUMENTS = frozenset({"plan", "timetable", "schedule", "roadmap", "programme", "program", "blueprint", "scheme", "draft", "law", "text"})


def _granted(case: Case) -> bool:
    """Tell whether a court, a government or what binds sets the term."""
    who = subject(case.cue) if not is_passive(case.cue) else agent(case.cue)
    actor = case.annotations.actor_at(who) if who is not None else None
    power = actor is not None and (actor.sector in {"JUD", "GOV", "LEG", "IGO"} or (actor.kind == "state" and actor.sector != "MIL"))
    told = case.annotations.actor_at(case.binding.bound) if case.binding.bound is not None else None
    civil = told is not None and told.kind in {"state", "organisation"} and told.sector != "MIL"
    return power or (who is not None and belongs(who, "binding")) or (who is None and (_binds(case) or civil))


def _own_forces(case: Case, who: Token | None) -> bool:
    """Tell whether an order goes to the giver's own forces: that is told because it binds."""
    told = case.annotations.actor_at(case.binding.bound) if case.binding.bound is not None else None
    giver = case.annotations.actor_at(who) if who is not None else None
    known = group(case.binding.bound.lower_) if case.binding.bound is not None else None
    forces = (told is not None and told.sector in {"MIL", "COP"}) or (known is not None and known.sector in {"MIL", "COP"})
    return giver is not None and giver.sector in {"MIL", "GOV"} and forces


def _carried_out(case: Case) -> str | None:
    if case.act.lemma_ in {"serve", "spend"}:
        return "a sentence, not an act"
    if case.timed or case.cue.tag_ not in {"VBD", "VBN"} or case.cue.lemma_ == "sentence":
        return None
    who = subject(case.cue)
    legal = who is not None and any(belongs(t, "binding") for t in who.subtree)
    perfect = any(c.lower_ in {"has", "have"} for c in children(case.cue, "aux")) or _own_forces(case, who)
    return None if perfect or legal else "an order without a day, perhaps carried out"


# ---- what binds nobody -----------------------------------------------------------------------------------------------


def decided(case: Case) -> str | None:
    """Refuse a decision that is itself the act ("voted to elect"), a purpose, and what somebody wants of another."""
    if case.key == "decide" and belongs(case.act, "decision") and not case.timed:
        return f"{case.act.text!r} was done by deciding it"
    if case.key == "intend" and is_passive(case.cue):
        return "a purpose, not a plan"
    if case.key not in {"intend", "decide", "commit", "arrange"} or case.binding.frame != "to":
        return None
    between = [c for c in children(case.cue, "dobj") if case.cue.i < c.i < case.act.i]
    other = any(c.pos_ != "NUM" and not c.lower_.endswith(("self", "selves")) for c in between)
    return "what somebody else is to do" if other else None


def reach(case: Case) -> str | None:
    """Refuse an act that a "not" may or may not reach: a dropped negation is the worst error there is."""
    return "it is not clear whether the negation reaches it" if reach_unclear(case.binding) else None


def boilerplate(case: Case) -> str | None:
    """Refuse words of contracts and investor pages that bind nobody."""
    text = case.sentence.span.of(case.annotations.text).lower()
    return next((f"boilerplate: {words!r}" for words in BOILERPLATE if words in text), None)


BOILERPLATE = (
    "forward-looking", "no obligation", "differ materially", "all rights reserved", "terms and conditions", "privacy policy",
)  # fmt: skip

CHECKS: Mapping[str, Callable[[Case], str | None]] = MappingProxyType(
    {
        "question": question,
        "withdrawn": withdrawn,
        "denied": denied,
        "undone": undone,
        "demand": demand,
        "boilerplate": boilerplate,
        "reach": reach,
        "general": general,
        "talk": talk,
        "habit": futures.habit,
        "sport": futures.sport,
        "past": past,
        "decided": decided,
        "measure": measure,
        "forecast": futures.forecast,
        "fate": futures.fate,
        "thing": futures.thing,
        "supposed": futures.supposed,
        "opinion": opinion,
        "nobody": futures.nobody,
    }
)
