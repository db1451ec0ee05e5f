"""Who is bound, to whom, and who says so.

The one who acts is bound: the subject of the act or the agent of a passive; "we" and "I" are the speaker; "its troops" are whose
they are. Where nobody is named, an authority that announces its own measure is bound by it ("… will be withdrawn, the ministry
said"). Known limit: of two who are bound together the first is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.commissives.bindings import Binding
from onrecord.commissives.words import belongs, is_act, is_group
from onrecord.gazetteer import group
from onrecord.grammar import VERBAL, child, children, conjuncts, is_passive, noun_phrase, own_subject, prepositional, relative, subject
from onrecord.records import Statement
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


class Party(NamedTuple):
    """An actor, the words that name it, and whether something outside those words made the link."""

    actor: str
    words: Span
    inferred: bool


FIRST = frozenset({"i", "we", "us", "me"})
PARTS = frozenset(
    {
        "all",
        "some",
        "most",
        "many",
        "each",
        "both",
        "none",
        "any",
        "half",
        "members",
        "one",
        "thousands",
        "hundreds",
        "dozens",
        "part",
        "parts",
    }
)
OURS = frozenset({"our", "my"})
SELF = frozenset({"it", "they", "he", "she"})
BODIES = frozenset({"state", "organisation", "armed_group"})


def teller(annotations: Annotations, act: Token) -> Party | None:
    """Return who says, in a clause beside the act, what no statement holds: "if elected, she told the crowd, she would …"."""
    beside = [*children(act, "ccomp", "parataxis", "advcl"), *([act.head] if act.dep_ in {"ccomp", "parataxis"} else [])]
    for verb in beside:
        who = own_subject(verb) if verb.lemma_ in SAYING and verb.tag_ in {"VBD", "VBZ", "VBP"} else None
        actor = annotations.actor_at(who) if who is not None else None
        if who is not None and actor is not None:
            return Party(actor.id, noun_phrase(who), True)
    return None


SAYING = frozenset(
    {"say", "tell", "announce", "rule", "decide", "decree", "confirm", "promise", "add", "vow", "pledge", "insist", "state", "declare",
     "write", "order", "resolve", "determine", "explain", "repeat", "reply", "answer", "swear"}
)  # fmt: skip


def bound(annotations: Annotations, binding: Binding, statement: Statement | None) -> Party | None:
    """Return who is bound, or None where the text does not say."""
    found = _bound(annotations, binding, statement)
    if found is not None and _told_himself(annotations, binding, found):
        return None
    if found is not None and binding.entry.id.rpartition(".")[2] in OF_STATE:
        return _state(annotations, found, binding)
    return found


def _told_himself(annotations: Annotations, binding: Binding, party: Party) -> bool:
    """Tell whether a pronoun was taken for the very one who gives the order: "the judge ordered her to stay away"."""
    if not binding.frame.startswith("whom") or binding.bound is None or binding.bound.pos_ != "PRON" or is_passive(binding.cue[0]):
        return False
    giver = subject(binding.cue[0])
    actor = annotations.actor_at(giver) if giver is not None else None
    return actor is not None and actor.id == party.actor and not binding.bound.lower_.endswith(("self", "selves"))


OF_STATE = frozenset({"agreement", "announce"})
"""Entries whose act is a state's where its leader agrees or announces it."""


def _state(annotations: Annotations, party: Party, binding: Binding) -> Party:
    """Return the state that an office holder speaks for, where the page names it."""
    actor = annotations.actor(party.actor)
    personal = binding.act.lemma_ in {"resignation", "retirement", "candidacy", "departure"}
    if personal or actor.kind not in {"person", "unnamed", "population"} or actor.sector not in {"GOV", "MIL"} or actor.country is None:
        return party
    state = next((a for a in annotations.actors if a.kind == "state" and a.country == actor.country), None)
    return Party(state.id, party.words, True) if state is not None else party


def _bound(annotations: Annotations, binding: Binding, statement: Statement | None) -> Party | None:
    head = relative(binding.bound) if binding.bound is not None else None
    own = head or own_subject(binding.act)
    if own is not None and _nobody(own):
        if own.pos_ == "PRON" and not is_passive(binding.act):  # "nobody is going to say so" foretells, "nobody will be sent back" promises
            return None
        giver = _named(annotations, relative(binding.giver), statement) if binding.giver is not None else None
        return giver or _speaker_in_office(annotations, statement)
    if kept_so(binding.act) and (authority := _authority(annotations, binding, statement)) is not None:
        return authority
    if head is not None and (binding.giver is None or _acts_itself(annotations, head)):
        named = _named(annotations, head, statement)
        if named is not None:
            return named
    if binding.giver is not None:
        given = _named(annotations, relative(binding.giver), statement)
        if given is not None:
            return given
    if head is None or is_act(head) or head.lower_ in {"it", "this", "that", "which"}:
        return _authority(annotations, binding, statement)
    return None


def _nobody(head: Token) -> bool:
    """Tell whether a subject is a quantified negative, which names none who could be bound: "no family", "none of them"."""
    return head.lower_ in {"nobody", "none", "nothing"} or any(c.lower_ == "no" for c in children(head, "det"))


def _speaker_in_office(annotations: Annotations, statement: Statement | None) -> Party | None:
    """Return who says that nobody will, where he can see to it: a body, or somebody in office."""
    if statement is None or statement.source_actor is None or statement.source is None:
        return None
    actor = annotations.actor(statement.source_actor)
    able = actor.kind in BODIES or actor.sector in {"GOV", "MIL", "JUD", "LEG", "COP", "BUS"}
    return Party(actor.id, statement.source, True) if able else None


def kept_so(act: Token) -> bool:
    """Tell whether something is kept open or closed, by those who decide of it: "schools will remain closed"."""
    what = child(act, "acomp", "oprd", "attr", "xcomp")
    return act.lemma_ in {"remain", "stay", "be"} and what is not None and what.lower_ in {"closed", "open", "shut", "suspended", "blocked"}


def _acts_itself(annotations: Annotations, head: Token) -> bool:
    """Tell whether the subject of a promised act is the one who is bound, rather than the one who promises."""
    if head.pos_ in {"PRON", "PROPN"}:
        return head.lower_ not in SELF
    actor = annotations.actor_at(head)
    definite = any(c.dep_ == "poss" or c.lower_ == "the" for c in head.children)
    return actor is not None and definite and actor.kind in BODIES | {"person"}


def _named(annotations: Annotations, head: Token, statement: Statement | None) -> Party | None:
    part = prepositional(head, "of") if head.lower_ in PARTS or head.pos_ == "NUM" else None
    for token in conjuncts(part if part is not None else head):
        actor = annotations.actor_at(token)
        if actor is not None:
            return _master(annotations, token) or Party(actor.id, noun_phrase(token), token.pos_ == "PRON")
        if token.lower_ in FIRST and (statement is None or statement.source_actor is None):
            return _quoted(annotations, token)
        if token.lower_ in FIRST or (token.lower_ in SELF and _about_self(annotations, token, statement)):
            return _speaker(statement, token)
        if token.lower_ in SELF and statement is None:
            return teller(annotations, token.head)
    return _owner(annotations, head, statement)


def _master(annotations: Annotations, head: Token) -> Party | None:
    """Return whose the forces are: an army acts for its state ("its border guards", "his country's troops")."""
    known = group(head.lower_)
    owner = child(head, "poss")
    if known is None or owner is None or (known.kind != "state" and known.sector not in {"MIL", "COP"}):
        return None
    actor = annotations.actor_at(owner)
    return Party(actor.id, noun_phrase(owner), True) if actor is not None and actor.kind in BODIES else None


def _quoted(annotations: Annotations, token: Token) -> Party | None:
    """Return who says "I" in a quotation that no statement holds: the person who is the subject of what stands before it."""
    quotation, sentence = annotations.quotation_at(token.idx), annotations.sentence_at(token.idx)
    if quotation is None or sentence is None:
        return None
    start = quotation.spans[0].start
    for mention in sorted(annotations.mentions, key=lambda m: -m.span.start):
        if mention.span.start < start and _near(annotations, mention.span.start, start):
            head = annotations.doc[mention.head]
            if head.dep_ in {"nsubj", "nsubjpass"} and annotations.actor(mention.actor).kind == "person":
                return Party(mention.actor, mention.span, True)
    return None


def _near(annotations: Annotations, at: int, start: int) -> bool:
    """Tell whether a place is in the sentence in which a quotation starts, or in the one before in its paragraph."""
    one, other = annotations.sentence_at(at), annotations.sentence_at(start)
    return one is not None and other is not None and one.paragraph == other.paragraph and other.number - one.number <= 1


def _about_self(annotations: Annotations, token: Token, statement: Statement | None) -> bool:
    """Tell whether an unresolved pronoun in a report can be the source itself: "the airline said it would cut jobs"."""
    if statement is None or statement.source is None or statement.source_actor is None or statement.source.end > token.idx:
        return False
    person = annotations.actor(statement.source_actor).kind in {"person", "unnamed"}
    return {"it": not person, "they": not person, "he": person, "she": person}[token.lower_]


def _owner(annotations: Annotations, head: Token, statement: Statement | None) -> Party | None:
    """Return whose the people are: "its troops", "the last battalion of the army", "our teams"."""
    owners = children(head, "poss")
    ours = next((t for t in owners if t.lower_ in OURS), None)
    if ours is not None or not is_group(head):
        return _speaker(statement, ours) if ours is not None else None
    for token in (*owners, prepositional(head, "of")):
        if token is None:
            continue
        actor = annotations.actor_at(token)
        if actor is not None:
            return Party(actor.id, noun_phrase(token), True)
    return None


def _speaker(statement: Statement | None, token: Token) -> Party | None:
    if statement is None or statement.source_actor is None:
        return None
    return Party(statement.source_actor, Span(token.idx, token.idx + len(token)), True)


def _authority(annotations: Annotations, binding: Binding, statement: Statement | None) -> Party | None:
    """Return the body that announces its own measure."""
    if statement is None and is_passive(binding.act) and (told := teller(annotations, binding.act)) is not None:
        who = annotations.actor(told.actor)
        return told if who.kind in BODIES and not (who.sector == "JUD" and binding.entry.basis == "duty") else None
    if statement is None or statement.source is None or statement.source_actor is None or binding.entry.pos == "noun":
        return None
    actor = annotations.actor(statement.source_actor)
    cue = {t.lemma_ for t in annotations.tokens_of(statement.cue)} if statement.cue is not None else set[str]()
    if actor.sector == "JUD" and cue & {"rule", "order", "hold", "find"}:
        return None  # a court's ruling binds others
    host = (
        any(t.lemma_.lower() in {"organizer", "organiser"} for t in annotations.tokens_of(statement.source))
        and binding.entry.basis == "plan"
    )
    announces = bool(cue & {"announce", "decree", "order"})
    office = announces and actor.sector in {"GOV", "MIL", "JUD", "LEG", "COP"}
    return Party(actor.id, statement.source, True) if actor.kind in BODIES or office or host else None


def counterparty(annotations: Annotations, binding: Binding, actor: str | None) -> Party | None:
    """Return to whom it is owed: the addressee of the promise, the other side of the agreement, the receiver of what is given."""
    cue, act = binding.cue[0], binding.act
    places = [
        child(cue, "dative") if binding.entry.basis == "pledge" else None,
        child(cue, "dobj") if binding.entry.basis == "pledge" and binding.frame in {"to", "that"} else None,
        prepositional(cue, "with") if binding.entry.basis == "agreement" else None,
        prepositional(cue, "to") if binding.entry.basis == "pledge" and cue.pos_ in VERBAL else None,
        child(act, "dative") if belongs(act, "giving") else None,
        prepositional(act, "to", "with") if belongs(act, "giving") else None,
    ]
    for token in places:
        found = annotations.actor_at(token) if token is not None and token.pos_ not in VERBAL else None
        if token is not None and found is not None and found.id != actor and found.kind != "media":
            return Party(found.id, noun_phrase(token), token.pos_ == "PRON")
    return None
