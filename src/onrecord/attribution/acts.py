"""What act of speech a verb is, and what it would have been about: for a refusal, something must be refused that is speech.

Some verbs are about speaking whatever follows (comment, elaborate), some where a topic follows (say, explain), some by their object
(give a reason, return a call, take questions), some by their phrase (be drawn, go into detail, come to the phone).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.attribution import topics
from onrecord.attribution.clauses import WH
from onrecord.attribution.cues import lemma_of
from onrecord.attribution.extents import stretches
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, child, children, is_passive
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

TALK = vocabulary("talk")
"""Verbs that are about speaking whatever follows."""
TELL = vocabulary("tell")
"""Verbs that refuse to speak where a topic follows (say, explain: an indirect question; identify, name: anything)."""
GIVE = vocabulary("give")
REPLIES = vocabulary("detail")
REQUESTS = vocabulary("request")
GIVEN = frozenset(
    """question date number estimate surname age identity answer assessment opinion view prediction hint breakdown
    account""".split()  # noqa: SIM905 - a list of words
)
CLAIMS = vocabulary("claim") | {"remark", "attack", "move", "ruling", "announcement", "news", "offer", "proposal"}


class Topic(NamedTuple):
    """The last word of the cue, and what it is about."""

    head: Token
    content: tuple[Span, ...]


def topic_of(act: Token) -> Topic | None:
    """Return what a verb that is not done would have spoken of, or None where it is no verb of speaking here."""
    lemma = lemma_of(act)
    if act.pos_ not in VERBAL and not (act.i and act.nbor(-1).lower_ in {"to", "not", "n't", "n’t"}):
        return None
    if is_passive(act) and lemma not in {"draw", "interview", "pin", "press", "push"}:
        return None
    if lemma in TALK:
        return Topic(act, topics.about(act))
    if lemma in TELL or (lemma in {"claim", "admit", "accept"} and any(t.lower_ == "neither" for t in act.doc[max(act.i - 2, 0) : act.i])):
        return _told(act, lemma)
    thing = child(act, "dobj")
    if lemma in {"respond", "reply", "react"}:
        to = next((o for p in children(act, "prep", "dative") if p.lower_ == "to" for o in children(p, "pobj")), None)
        if to is not None and (lemma == "react" or to.lemma_ in CLAIMS) and not asks_words(to):
            return Topic(act, stretches(topics.plain(to)))
        about = topics.about(to) if to is not None else topics.about(act)
        return Topic(act, about or topics.comment_on(act)) if to is None or asks_words(to) else None
    if lemma in {"return", "answer", "acknowledge"}:
        if thing is None:
            return Topic(act, topics.about(act)) if lemma == "answer" else None
        if not asks_words(thing) or (lemma == "acknowledge" and thing.lemma_ == "comment"):
            return None
        return Topic(thing if lemma == "return" else act, topics.about(thing))
    if lemma in {"release", "publish", "share"} and thing is not None and thing.lemma_ in REPLIES | {"identity"}:
        return Topic(act, stretches(topics.plain(thing)))
    if lemma in {"have", "make"} and thing is not None and thing.lemma_ in {"comment", "statement"}:
        return Topic(thing, topics.about(thing, act))
    if lemma in GIVE and thing is not None and thing.lemma_ in REPLIES | GIVEN:
        owner = child(thing, "poss")
        whole = owner is not None and owner.pos_ != "PRON" and thing.lemma_ in {"name", "identity", "number", "age"}
        return Topic(thing, topics.phrase(thing) if whole else topics.about(thing, act))
    if lemma == "take" and thing is not None and thing.lemma_ in {"question", "call", "invitation", "offer", "opportunity", "chance"}:
        asks = thing.lemma_ in {"question", "call"} or any(t.lemma_ in {"comment", "respond", "speak"} for t in act.subtree)
        return Topic(thing, topics.about(thing, act)) if asks else None
    if lemma == "make" and any(t.lower_ == "available" for t in act.subtree):
        return Topic(next(t for t in act.subtree if t.lower_ == "available"), ())
    if lemma == "make" and any(t.lower_ == "clear" for t in act.doc[act.i + 1 : act.i + 3]):
        clear = next(t for t in act.doc[act.i + 1 : act.i + 3] if t.lower_ == "clear")
        return Topic(clear, found) if (found := topics.question_behind(clear)) else None
    if lemma in {"pin", "press", "push"} and act.tag_ in {"VBN", "VBD"} and act.nbor(-1).lower_ == "be":
        return Topic(act, found) if (found := topics.about(act, *children(act, "prt"))) else None
    if lemma == "put" and thing is not None and thing.lemma_ in {"figure", "number", "date", "timeline"}:
        return Topic(thing, topics.about(act))
    if lemma == "draw" and (act.tag_ in {"VBN", "VBD", "JJ"}):
        into = next((o for p in children(act, "prep") if p.lower_ == "into" for o in children(p, "pobj")), None)
        talk = into is None or into.lemma_ in {"discussion", "debate", "speculation", "detail", "question"}
        return Topic(act, topics.about(act, prepositions=("on", "about", "over", "into"))) if talk else None
    if lemma in {"quote", "interview"} and act.tag_ in {"VBN", "VBD"} and act.nbor(-1).lower_ == "be":
        return Topic(act, topics.about(act)) if lemma == "interview" else None
    return _into(act, lemma)


def _into(act: Token, lemma: str) -> Topic | None:
    """Read "go into detail", "get into specifics", "go further", "shed light on", "come to the phone"."""
    behind = act.nbor(1) if act.i + 1 < act.sent.end else act
    if lemma in {"go", "get", "be"} and behind.lower_ in {"into", "drawn"}:
        into = behind
        what = child(into, "pobj")
        if what is not None and what.lemma_ in {"detail", "specific"}:
            return Topic(what, topics.about(what))
        return Topic(into, stretches(topics.below(into))) if lemma != "be" and what is not None else None
    if lemma == "go" and behind.lower_ in {"further", "beyond"}:
        return Topic(behind, ()) if behind.lower_ == "further" else None
    if lemma == "shed" and any(t.lemma_ == "light" for t in act.subtree):
        light = next(t for t in act.subtree if t.lemma_ == "light")
        return Topic(light, topics.about(light, act))
    if lemma in {"come", "pick"} and any(t.lemma_ in {"phone", "telephone"} for t in act.subtree):
        return Topic(next(t for t in act.subtree if t.lemma_ in {"phone", "telephone"}), ())
    return None


def _told(act: Token, lemma: str) -> Topic | None:
    said = topics.said(act)
    thing = child(act, "dobj")
    first = act.nbor(1) if act.i + 1 < act.sent.end else act
    if lemma in {"speak", "talk"}:
        about = topics.about(act)
        people = any(
            o.lemma_ in {"reporter", "journalist", "press", "media", "newspaper"}
            for p in children(act, "prep")
            for o in children(p, "pobj")
        )
        return Topic(act, about) if about or people else None
    if lemma in {"identify", "name", "describe", "address", "state", "detail", "mention"} and thing is None and not said:
        return None
    if thing is not None and thing.i < act.i and thing.tag_ in {"WP", "WDT"} and act.dep_ == "relcl":
        return None
    if lemma == "confirm" and thing is not None and thing.ent_type_ == "PERSON":
        return None
    if lemma in {"say", "state", "mention", "indicate"}:
        return _said(act, said, first, thing)
    either = next((c for c in act.children if lemma_of(c) == "deny" and c.dep_ == "conj"), None)
    return Topic(either or act, said or (topics.said(either) if either is not None else ()) or topics.about(act))


def _said(act: Token, said: tuple[Span, ...], first: Token, thing: Token | None) -> Topic | None:
    """Read what "say" is refused: a question, a thing, nothing at all; "would not say that we were lucky" refuses no words."""
    more = next((t for t in act.doc[act.i + 1 : min(act.i + 4, act.sent.end)] if t.lower_ in {"more", "anything"}), None)
    if first.lower_ in {"no", "yes", "goodbye", "sorry"} or (
        thing is not None and thing.lemma_ in {"word", "goodbye", "prayer", "yes", "no"}
    ):
        return None
    if more is not None and (thing is None or thing.i == more.i):
        return Topic(more, topics.about(act, more))
    words = act.doc[act.i + 1 : min(act.i + 6, act.sent.end)]
    clause = child(act, "ccomp")
    return Topic(act, said if any(t.lower_ in WH for t in words) or thing is not None or clause is not None else topics.about(act))


def asks_words(thing: Token) -> bool:
    """Tell whether a thing is a request for words."""
    return thing.lemma_.lower() in REQUESTS or thing.lower_ in {"requests", "inquiries", "enquiries", "calls", "emails", "questions"}
