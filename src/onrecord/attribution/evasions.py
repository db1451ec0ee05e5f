"""Evasion: silent, tight-lipped, "dodged questions", "referred questions to", "pleaded the Fifth", "hung up when asked".

Each function reads one family at its head word and returns a `Refusal` or None. Words that have other uses ("walked off", "vague")
count where somebody was asked, or where a topic stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.attribution import topics
from onrecord.attribution.barring import Refusal, able, negation, run, speaker
from onrecord.attribution.cues import lemma_of
from onrecord.attribution.silences import asked_of
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, auxiliaries, child, children, is_passive, own_subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

EVADE = vocabulary("evade")
REFER = frozenset({"refer", "direct", "redirect", "defer", "forward", "steer"})
LEAVE = frozenset({"hang", "walk", "storm", "turn", "move", "change", "end", "cut", "terminate"})
QUIET = frozenset(
    """silent mum quiet tight-lipped lipped coy cagey evasive
    noncommittal committal reticent vague guarded circumspect secretive schtum""".split()  # noqa: SIM905 - a list of words
)
STAY = frozenset({"remain", "keep", "stay"})


def quiet(token: Token) -> Refusal | None:
    """Read "remained silent on the deal", "was tight-lipped about", "kept her silence", headlines' "mum on"."""
    word, verb = token.lower_, token.head
    if word == "counsel" and lemma_of(verb) == "keep" and token.dep_ == "dobj":
        return Refusal(speaker(verb), run(verb, token), topics.about(token, verb), "refusal.silent")
    if word == "silence" and lemma_of(verb) in {"keep", "maintain", "preserve"} and token.dep_ == "dobj":
        return Refusal(speaker(verb), run(verb, token), topics.about(token, verb), "refusal.silent")
    if word not in QUIET:
        return None
    right = exercised(token)
    if right is not None:
        return right
    verb = token if is_passive(token) else next((a for a in (verb, *token.ancestors) if lemma_of(a) in STAY | {"be"}), verb)
    content = topics.about(token, verb, prepositions=("on", "about", "over", "regarding", "as"))
    who = (
        speaker(verb)
        if verb.pos_ in VERBAL
        else next((t for t in reversed(token.doc[token.sent.start : token.i]) if t.pos_ in {"PROPN", "NOUN"} or t.is_title), None)
    )
    if who is None or not (able(who) or content):
        return None
    stays = lemma_of(verb) in STAY and verb.pos_ in VERBAL and negation(verb) is None and not _told_to(verb)
    copula = (
        (lemma_of(verb) == "be" or verb.i == token.i)
        and verb.pos_ in VERBAL
        and word not in {"quiet", "vague", "guarded"}
        and bool(content)
        and negation(verb) is None
    )
    headline = verb.pos_ not in VERBAL or (word == "mum" and lemma_of(verb) not in STAY | {"be"})
    if stays and (content or able(who)):
        first = min((*children(verb, "aux"), verb), key=lambda t: t.i)
        return Refusal(who, run(first, token), content, "refusal.silent")
    if copula or (
        headline
        and content
        and word in {"mum", "silent", "tight-lipped", "coy"}
        and token.i + 1 < token.sent.end
        and token.nbor(1).lower_ in {"on", "about", "over"}
    ):
        return Refusal(
            who, run(min((*auxiliaries(verb), verb), key=lambda t: t.i), token) if copula else (token,), content, "refusal.silent"
        )
    return None


def exercised(token: Token) -> Refusal | None:
    """Read "exercised his right to remain silent", "invoked the Fifth Amendment"."""
    for verb in token.ancestors:
        if lemma_of(verb) in {"exercise", "invoke", "assert", "use", "claim"} and verb.pos_ in VERBAL and negation(verb) is None:
            return Refusal(speaker(verb), run(verb, token), topics.about(verb), "refusal.silent")
        if verb.lemma_ == "right" and verb.dep_ not in {"dobj", "pobj"}:
            return None
    return None


def _told_to(verb: Token) -> bool:
    """Tell whether silence is only asked for ("were told to remain silent")."""
    to = any(c.lower_ == "to" for c in verb.children)
    return to and lemma_of(verb.head) not in {"choose", "decide", "opt", "continue", "elect", "prefer"}


def evaded(token: Token) -> Refusal | None:
    """Read "dodged questions about", "sidestepped the issue of", "brushed aside a question"."""
    lemma, thing = lemma_of(token), child(token, "dobj")
    if not _does(token) or lemma not in EVADE:
        return None
    if thing is None:
        topic = topics.asked(token) if lemma in {"dodge", "deflect", "evade", "duck", "sidestep"} else ()
        return Refusal(speaker(token), (token,), topic, "refusal.silent") if topic else None
    matter = thing.lemma_ in {"issue", "subject", "topic", "matter"} and lemma in {"dodge", "duck", "sidestep", "evade", "skirt"}
    if matter or thing.lemma_ in {"question", "request", "query", "inquiry", "enquiry"}:
        return Refusal(speaker(token), run(token, thing), topics.about(thing), "refusal.silent")
    return None


def referred(token: Token) -> Refusal | None:
    """Read "referred questions to the ministry", "inquiries were referred to its lawyers"."""
    if lemma_of(token) not in REFER or token.tag_ == "VBG" or token.pos_ not in VERBAL or negation(token) is not None:
        return None
    passive = is_passive(token)
    thing = own_subject(token) if passive else child(token, "dobj")
    words = {"question", "query", "inquiry", "enquiry", "call", "request", "comment"} | (set() if passive else {"reporter", "journalist"})
    to = next((t for t in token.doc[token.i + 1 : token.sent.end] if t.lower_ in {"to", "back"}), None)
    if thing is None or thing.lemma_ not in words or to is None:
        return None
    content = tuple(Span(s.start, min(s.end, to.idx - 1)) for s in topics.about(thing) if s.start < to.idx)
    who = asked_of(thing) if passive else speaker(token)
    first = min((*auxiliaries(token), token), key=lambda t: t.i) if passive else token
    return Refusal(who, run(first, token if passive else thing), content if not passive else topics.about(thing), "refusal.referred")


def unspoken(token: Token) -> Refusal | None:
    """Read "left unanswered whether", "invoked the Fifth Amendment", "changed the subject when asked", "hung up when asked about"."""
    lemma, thing = lemma_of(token), child(token, "dobj")
    if not _does(token) or lemma not in LEAVE | {"leave", "plead", "invoke"}:
        return None
    if lemma == "leave":
        near = token.doc[token.i + 1 : min(token.i + 4, token.sent.end)]
        opened = next((c for c in near if c.lower_ in {"unanswered", "unsaid", "unexplained"}), None)
        if opened is None:
            return None
        return Refusal(speaker(token), run(token, opened), topics.question_behind(opened) or topics.said(token), "refusal.silent")
    if lemma in {"plead", "invoke"}:
        silent = thing is not None and any(t.lower_ in {"fifth", "silence", "silent"} for t in thing.subtree)
        return Refusal(speaker(token), run(token, thing), topics.about(token), "refusal.silent") if silent and thing is not None else None
    return _left(token, thing)


def _left(token: Token, thing: Token | None) -> Refusal | None:
    """Read "hung up when asked about", "walked away when asked why", "changed the subject", "cut the interview short"."""
    part = next((c for c in token.children if c.lower_ in {"up", "off", "away", "out", "on", "short"} and c.i > token.i), None)
    talk = thing is not None and thing.lemma_ in {"subject", "call", "interview", "conversation", "conference"}
    if lemma_of(token) in {"change", "end", "cut", "terminate"}:
        part = thing if talk else None
    if part is None:
        return None
    topic = topics.asked(token)
    return Refusal(speaker(token), run(token, part), topic, "refusal.silent") if topic else None


def _does(token: Token) -> bool:
    return token.pos_ in VERBAL and not is_passive(token) and negation(token) is None


def unspecific(token: Token) -> Refusal | None:
    """Read "would not be specific about the route"."""
    verb = token.head
    if token.lower_ not in {"specific", "explicit", "drawn"} or verb.lemma_ != "be" or negation(verb) is None:
        return None
    content = topics.about(token, verb)
    first = min((*auxiliaries(verb), verb), key=lambda t: t.i)
    return Refusal(speaker(verb), run(first, token), content, "refusal.did-not") if content else None


def demurred(token: Token) -> Refusal | None:
    """Read "demurred when asked about the post"."""
    if lemma_of(token) not in {"demur", "stonewall"} or token.pos_ not in VERBAL:
        return None
    asked = topics.asked(token)
    return Refusal(speaker(token), (token,), asked, "refusal.silent") if asked else None


EVASIONS: tuple[Callable[[Token], Refusal | None], ...] = (quiet, evaded, referred, unspoken, unspecific, demurred)
