"""Acts of speech that something bars ("declined to say", "would not elaborate", "has yet to respond").

What bars an act is looked for in front of it, word by word, over adverbs and dates, so that a wrong parse does little harm: a negated
auxiliary, a verb that refuses, an adjective that is unwilling, "without", a subject that is nobody. Silence, evasion and requests that
nobody answered are read in `silences`. Each gives who was asked (None: the passive hides it), the words that refuse, and what about
(none where the text does not say). A refusal that is itself denied, wished, asked for or under a condition is none, and words that
refuse something else are none either: visits, antibiotics, doors.

Known limits: "declined" without its object ("was asked and declined") is not read; the topic is looked for in the same sentence only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.attribution import topics
from onrecord.attribution.acts import REPLIES, TALK, TELL, Topic, asks_words, topic_of
from onrecord.attribution.clauses import WH
from onrecord.attribution.cues import lemma_of
from onrecord.attribution.sources import is_person, plausible
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, child, children, is_passive, own_subject, relative, subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

REFUSE = vocabulary("refuser")
UNWILLING = vocabulary("unwilling")
WILLING = vocabulary("willing")
CHOSEN = vocabulary("chosen")
REFRAIN = vocabulary("refrain")
SAYING = vocabulary("reporting")
PEOPLE = vocabulary("person") | vocabulary("body") | vocabulary("insider")
REAL = frozenset(
    """did do does would wo could ca can will has have had is are was were am dont didnt wouldnt
    'd ’d 'll ’ll 's ’s 're ’re 'm ’m 've ’ve""".split()  # noqa: SIM905 - a list of words
)
UNREAL = frozenset({"should", "must", "may", "might", "need", "shall", "ought"})
NOBODY = frozenset({"nobody", "none", "no-one", "neither", "noone"})
BETWEEN = frozenset(
    "to be been being have himself herself themselves itself so much as even either on in a any at rather".split()  # noqa: SIM905 - a list of words
)
FARTHEST = 9  # words between what bars an act and the act: "declined on Friday through a spokesman to say"
IMPROPER = frozenset({"inappropriate", "improper", "premature", "irresponsible", "unwise"})
MEDIA = frozenset({"journalist", "reporter", "newspaper", "reuters", "we"})
"""Who could not reach or confirm something itself, which refuses nothing."""


class Refusal(NamedTuple):
    """A refusal to speak: who, by which words, of what, by which pattern; `apart`: what of the source's phrase belongs to the topic."""

    source: Token | None
    cue: tuple[Token, ...]
    content: tuple[Span, ...]
    rule: str
    apart: Token | None = None


class Bar(NamedTuple):
    """What keeps an act from being done: its first word, and the verb whose subject would not speak."""

    first: Token
    verb: Token
    rule: str
    who: Token | None = None


def barred(act: Token) -> Refusal | None:
    """Return the refusal of an act of speech that something in front of it bars, or None."""
    topic = topic_of(act)
    bar = bar_of(act) if topic is not None else None
    if topic is None or bar is None or _idle(act, bar, topic) or unreal(bar.verb) or unreal(act):
        return None
    who = bar.who or speaker(bar.verb)
    if who is not None and who.lemma_.lower() in vocabulary("silent") and bar.who is None:
        return None
    if who is not None and who.lemma_.lower() in MEDIA and lemma_of(act) in {"confirm", "identify", "reach"}:
        return None
    return Refusal(who, run(bar.first, topic.head), topic.content, bar.rule)


def refused_thing(token: Token) -> Refusal | None:
    """Read "declined comment", "refused an interview", "abstained from comment", "withheld comment"."""
    if (
        lemma_of(token) not in REFUSE | REFRAIN | {"withhold", "reserve", "defer", "turn", "reject", "rebuff"}
        or token.pos_ not in VERBAL
        or is_passive(token)
    ):
        return None
    thing = child(token, "dobj")
    if thing is None and lemma_of(token) in REFRAIN:
        thing = next((o for p in children(token, "prep") if p.lower_ in {"from", "of"} for o in children(p, "pobj")), None)
    if thing is None and token.i + 1 < token.sent.end and token.nbor(1).lower_ in {"comment", "comments"}:
        thing = token.nbor(1)
    if thing is None and lemma_of(token) == "decline" and not list(children(token, "xcomp", "ccomp", "advcl", "prep")):
        asked = topics.asked(token)
        return Refusal(speaker(token), (token,), asked, "refusal.declined") if asked and not _modal(token) else None
    if thing is None or negation(token) is not None or unreal(token) or _modal(token) or _tied(thing):
        return None
    if lemma_of(token) in {"turn", "reject", "rebuff"} and not (
        asks_words(thing) and any(t.lemma_ in {"comment", "interview"} for t in thing.subtree)
    ):
        return None
    asks = thing.lemma_ in {"request", "invitation", "offer", "chance", "opportunity"} and any(
        t.lemma_ in {"comment", "interview", "speak", "respond", "discuss"} for t in thing.subtree
    )
    if not asks and thing.lemma_ not in {"comment", "interview", "elaboration", "question"}:
        return None
    return Refusal(speaker(token), run(token, thing), topics.about(token, thing), "refusal.declined")


def _tied(thing: Token) -> bool:
    """Tell whether a compound makes it something else ("comment period")."""
    return thing.dep_ == "compound"


def silent_adjunct(token: Token) -> Refusal | None:
    """Read "without naming them", "without elaboration", "without further comment"."""
    if token.lower_ != "without" or token.i + 1 >= token.sent.end:
        return None
    thing = child(token, "pobj")
    if thing is None or thing.lemma_ not in REPLIES - {"name", "interview", "evidence", "answer"} or lemma_of(token.head) in {"go", "pass"}:
        return None
    who, plain = speaker(token), thing.lemma_ in {"comment", "elaboration", "detail"} or lemma_of(token.head) in SAYING
    return (
        Refusal(who, run(token, thing), topics.about(thing), "refusal.without") if who is not None and plain and _can_speak(who) else None
    )


# ---- what bars an act -----------------------------------------------------------------------------------------------


def bar_of(act: Token) -> Bar | None:
    """Return what bars an act: the nearest bar in front of it, over adverbs, auxiliaries, dates and "to"."""
    doc, to, wish, commas = act.doc, False, None, 0
    start = _first(act)
    nor = next((t for t in act.doc[max(start - 5, act.sent.start) : start] if t.lower_ == "nor" and t.nbor(1).lower_ in REAL), None)
    if nor is not None:
        return Bar(nor, act, "refusal.did-not")
    if any(t.lower_ == "without" for t in doc[max(start - 3, act.sent.start) : start]) and act.tag_ == "VBG":
        first = next(t for t in reversed(doc[max(start - 3, act.sent.start) : start]) if t.lower_ == "without")
        return None if lemma_of(first.head) == "go" and first.head.i == first.i - 1 else Bar(first, first, "refusal.without")
    for token in reversed(doc[max(act.sent.start, start - FARTHEST) : start]):
        word, lemma = token.lower_, lemma_of(token)
        if word == ",":
            commas += 1
        elif word == "to":
            to = True
        elif word in {"not", "n't", "n’t", "never"} or (word == "neither" and token.i >= start - 2):
            return _negated(act, token, wish, to=to)
        elif to and lemma in REFUSE and (token.pos_ in VERBAL or token.i == start - 2):
            return _by(token) if commas != 1 else None
        elif to and word in UNWILLING:
            return Bar(_aux(token), token.head if token.head.pos_ in VERBAL else token, "refusal.declined")
        elif to and word in IMPROPER:
            return _improper(token)
        elif to and word == "yet":
            return _yet(token)
        elif to and wish is None and (lemma in WILLING or word in WILLING) and token.pos_ != "ADP":
            wish = token
        elif act.tag_ == "VBG" and lemma in REFRAIN and token.i >= start - 3:
            return _by(token)
        elif (
            (token.pos_ == "VERB" and not (word in BETWEEN or word in REAL))
            or (token.pos_ in {"NOUN", "PROPN"} and token.ent_type_ not in {"DATE", "TIME"} and word not in WILLING)
            or token.text in {";", ":", "—"}
            or word in UNREAL
            or token.pos_ == "SCONJ"
            or (token.pos_ == "PRON" and word not in BETWEEN)
        ):
            break
    return _by_parse(act) or _by_nobody(act)


def _first(act: Token) -> int:
    """Return where an act's own words begin: those of the first of "confirm or deny"."""
    head = act.head
    if act.dep_ == "conj" and act.i - head.i <= 3 and (lemma_of(head) in TELL | TALK or lemma_of(act) == "deny"):
        return head.i
    return act.i


def _by(verb: Token) -> Bar | None:
    """Return a refusing verb as a bar, unless it is itself negated or under a modal."""
    if negation(verb) is not None or _modal(verb) or is_passive(verb) or verb.tag_ in {"NN", "NNS"}:
        return None
    if _infinitive(verb) and lemma_of(verb.head) not in {"continue", "choose", "decide", "opt", "go", "tend", "come", "appear", "seem"}:
        return None
    return Bar(verb, verb, "refusal.declined")


def _negated(act: Token, no: Token, wish: Token | None, *, to: bool) -> Bar | None:
    doc = act.doc
    if no.lower_ == "never" and lemma_of(act) not in {
        "respond",
        "reply",
        "return",
        "answer",
        "comment",
        "explain",
        "elaborate",
        "disclose",
        "specify",
    }:
        return None
    if no.lower_ == "neither" and not any(t.lower_ in {"nor", "or"} for t in doc[act.i : act.i + 4]):
        return None
    before = [t for t in doc[max(no.i - 4, act.sent.start) : no.i] if not t.is_punct]
    aux = next((t for t in reversed(before) if t.lower_ in REAL), None)
    bad = any(t.lower_ in UNREAL for t in before[-1:]) or (aux is None and any(t.lower_ in UNREAL for t in before))
    if bad:
        return None
    if to and wish is None:  # "chose not to say"; "declined not to" is no refusal
        verb = next((t for t in reversed(before) if lemma_of(t) in CHOSEN and t.pos_ in VERBAL), None)
        return Bar(verb, verb, "refusal.declined") if verb is not None and not _modal(verb) else None
    if act.tag_ == "VBG" and aux is None:
        return Bar(no, act, "refusal.without") if no.i == act.i - 1 else None
    if aux is None and no.lower_ != "never":
        return None
    verb = _with_subject(wish, aux) or (
        wish
        if wish is not None and wish.pos_ in VERBAL
        else (wish.head if wish is not None and wish.head.pos_ in VERBAL else _governor(act))
    )
    return Bar(
        aux if aux is not None and no.i - aux.i <= 3 else no, verb, "refusal.neither" if no.lower_ == "neither" else "refusal.did-not"
    )


def _with_subject(wish: Token | None, aux: Token | None) -> Token | None:
    """Return the verb above "in a position" or "at liberty" that has the subject."""
    if wish is None or wish.pos_ in VERBAL:
        return None
    return next(
        (t for t in (wish.head, aux, *(aux.ancestors if aux is not None else ())) if t is not None and own_subject(t) is not None), None
    )


def _governor(act: Token) -> Token:
    """Return the first of coordinated verbs, which has the subject."""
    return act.head if act.dep_ == "conj" and own_subject(act) is None and act.head.pos_ in VERBAL and act.i - act.head.i <= 3 else act


def _improper(adjective: Token) -> Bar | None:
    """Read "said it would be inappropriate to comment": who says so would not comment."""
    first = next((t for t in adjective.doc[max(adjective.i - 5, adjective.sent.start) : adjective.i] if t.lower_ in {"it", "that"}), None)
    for above in adjective.ancestors:
        who = own_subject(above)
        if lemma_of(above) in SAYING and who is not None and first is not None and who.i != first.i:
            return Bar(first, above, "refusal.declined", relative(who))
    return None


def _yet(yet: Token) -> Bar | None:
    """Read "has yet to respond"."""
    before = yet.nbor(-1) if yet.i else yet
    return Bar(before, before, "refusal.did-not") if before.lemma_ in {"have", "be"} or before.lower_ in REAL else None


def _by_parse(act: Token) -> Bar | None:
    """Return a refusing verb that governs the act across what stands between ("refused, when asked, to say")."""
    above = act.head
    if act.dep_ == "conj" and above.dep_ in {"xcomp", "ccomp", "advcl"}:
        above = above.head
    far = any(t.lower_ == "to" for t in act.doc[max(act.i - 3, 0) : act.i])
    closed = above.i + 1 >= len(act.doc) or act.doc[above.i + 1].text != "," or any(t.text == "," for t in act.doc[above.i + 2 : act.i])
    if above.i < act.i and lemma_of(above) in REFUSE and above.pos_ in VERBAL and far and closed:
        return _by(above)
    return None


def _by_nobody(act: Token) -> Bar | None:
    """Return the auxiliary behind a subject that is nobody ("None of the senators would say", "Neither side responded")."""
    verb = _governor(act)
    while own_subject(verb) is None and verb.dep_ in {"xcomp", "acomp"} and verb.head.i != verb.i:
        verb = verb.head
    who = own_subject(verb)
    if who is None or _modal(verb):
        return None
    nobody = who.lower_ in NOBODY or any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in who.children)
    if not nobody or act.i - who.i > 18:
        return None
    first = next((t for t in act.doc[who.i + 1 : act.i] if t.lower_ in REAL), act)
    return Bar(first, verb, "refusal.did-not", who)


def _aux(adjective: Token) -> Token:
    """Return the copula in front of an adjective, or the adjective."""
    return next(
        (t for t in reversed(adjective.doc[max(adjective.i - 3, 0) : adjective.i]) if t.lemma_ in {"be", "seem", "appear", "remain"}),
        adjective,
    )


def _idle(act: Token, bar: Bar, topic: Topic) -> bool:
    """Tell whether "did not say" without a topic says nothing: no question was refused."""
    if bar.rule != "refusal.did-not" or lemma_of(act) not in {"say", "state", "mention", "indicate", "tell"}:
        return False
    clause = child(act, "ccomp")
    if clause is not None and clause.left_edge.lower_ not in WH and not any(t.lower_ in WH for t in act.doc[act.i + 1 : act.i + 4]):
        return True
    return not topic.content and bar.first.lower_ in {"did", "do", "does", "has", "have", "had"}


# ---- small questions ------------------------------------------------------------------------------------------------


def speaker(verb: Token) -> Token | None:
    """Return who would not speak: the subject, or who reports where the refusal goes on behind reported words.

    "The ministry said a plane was lost but did not specify the type": the ministry.
    """
    own = own_subject(verb)
    if own is not None:
        return relative(own)
    here, near, side = verb, None, verb.dep_ in {"prep", "advcl", "pcomp", "mark"}
    for _ in range(8):
        above = here.head
        if above.i == here.i or (here.dep_ == "relcl" and near is None):
            break
        who = own_subject(above)
        told = here.dep_ in {"ccomp", "advcl", "parataxis"} and lemma_of(above) in SAYING and who is not None and above.i < verb.i
        if told and (near is None or side or _but(verb) or not _can_speak(near)):
            return relative(who) if who is not None else None
        near = near or who
        here = above
    found = subject(verb) if verb.pos_ in VERBAL else None
    return (near and relative(near)) or found or next((t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.dep_ == "nsubj"), None)


def _but(verb: Token) -> bool:
    return any(t.lower_ == "but" for t in verb.doc[max(verb.left_edge.i - 2, 0) : verb.i])


def _can_speak(who: Token) -> bool:
    return who.pos_ in {"PRON", "PROPN"} or who.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or who.lemma_.lower() in PEOPLE


def able(who: Token) -> bool:
    """Tell whether somebody or some body can speak: a name, a pronoun, a person, an organisation."""
    able = (
        who.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}
        or who.pos_ in {"PRON", "PROPN"}
        or is_person(who)
        or who.lemma_.lower() in vocabulary("body")
    )
    return able and plausible(who)


def negation(verb: Token) -> Token | None:
    """Return what negates a verb: "not", or "neither" and "no" before its subject."""
    who = own_subject(verb)
    none = next((c for c in who.children if c.dep_ == "det" and c.lower_ in {"neither", "no"}), None) if who is not None else None
    return none or next((c for c in verb.children if c.dep_ == "neg" or c.lower_ in {"not", "n't", "n’t", "never"}), None)


def _modal(verb: Token) -> bool:
    return any(c.lower_ in UNREAL for c in children(verb, "aux"))


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def run(first: Token, last: Token) -> tuple[Token, ...]:
    """Return the tokens from one to the other."""
    low, high = min(first.i, last.i), max(first.i, last.i)
    return tuple(last.doc[low : high + 1])


def unreal(head: Token) -> bool:
    """Tell whether a refusal is asked for, planned, general or under a condition."""
    here = head
    for _ in range(8):
        mark = child(here, "mark")
        if mark is not None and mark.lower_ in {"if", "unless", "should"} and here.dep_ == "advcl":
            return True
        if here.dep_ == "relcl" and head.tag_ in {"VBP", "VB"} and any(c.tag_ == "MD" for c in children(here.head.head, "aux")):
            return True
        if here.head.i == here.i:
            break
        here = here.head
    asked = head if head.dep_ in {"xcomp", "ccomp"} else (head.head if head.head.dep_ in {"xcomp", "ccomp"} else None)
    if asked is None or asked.i > head.i or not _infinitive(asked):
        return False
    if lemma_of(asked.head) == "want" and own_subject(asked) is None:
        return False  # "did not want to say": whoever does not want refuses
    return lemma_of(asked.head) in vocabulary("ordering")
