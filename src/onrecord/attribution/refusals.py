"""Who would not speak: declined, did not respond, could not be reached, no comment, "without naming", terms that were not disclosed.

Each pattern returns a Refusal: who was asked (None: the passive hides it), the words that refuse, what it would not speak of (none
where the text does not say). A refusal that is itself denied, wished, asked for or under a condition is none, and words that
refuse something else are none either: visits, antibiotics, doors.

Known limits: "declined" without its object ("was asked and declined") is not read; the topic is looked for in the same clause only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from onrecord.attribution.clauses import WH
from onrecord.attribution.cues import lemma_of
from onrecord.attribution.extents import core, stretches
from onrecord.attribution.sources import is_document, plausible
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, auxiliaries, child, children, is_passive, own_subject, relative, subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

TALK = vocabulary("talk")
"""Verbs that are about speaking whatever follows."""
TELL = vocabulary("tell")
"""Verbs that refuse to speak where a topic follows (say, explain: an indirect question; identify, name: anything)."""
REFUSE = frozenset({"decline", "refuse"})
REQUESTS = vocabulary("request")
DETAILS = vocabulary("detail")
WITHHELD = vocabulary("withheld")
TOPICS = ("on", "about", "regarding", "concerning", "over", "of")
QUOTED = re.compile(
    r"^\W*(?:(?:we|i) (?:do|did) ?n[o’']?t comment|no comments?\b(?!ed)|"
    r"(?:i|we)(?:[’']m| am| are|[’']re)? ?(?:can[’']?t|cannot|can not|won[’']?t|will not|wouldn[’']t|would not|not going to|"
    r"not prepared to|do not want to|don[’']t want to|have nothing to|have no) (?:\w+ ){0,2}?"
    r"(?:comment|discuss|say|speculate|talk|answer|get into|go into|be drawn|speak to|confirm))",
    re.IGNORECASE,
)


class Refusal(NamedTuple):
    """A refusal to speak: who, by which words, of what, by which pattern."""

    source: Token | None
    cue: tuple[Token, ...]
    content: tuple[Span, ...]
    rule: str


def refusal_at(token: Token) -> Refusal | None:
    """Return the refusal whose head this token is, or None."""
    if token.lemma_.lower() not in HEADS:
        return None
    for pattern in PATTERNS:
        found = pattern(token)
        if found is not None:
            asked = asked_at(token) if not found.content else ()
            return None if _unreal(token) else found._replace(content=asked or found.content)
    return None


def is_refusal(quotation: str) -> bool:
    """Tell whether quoted words refuse to speak ("No comment", "I won't get into that")."""
    return QUOTED.match(quotation) is not None


# ---- patterns -------------------------------------------------------------------------------------------------------


def _declined(token: Token) -> Refusal | None:
    """Read "declined to say why", "refused comment", "refused to be drawn on"."""
    if lemma_of(token) not in REFUSE or token.pos_ not in VERBAL or is_passive(token) or _no(token):
        return None
    act = next((c for c in token.children if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > token.i and _to(c)), None)
    thing = child(token, "dobj")
    if act is not None:
        topic = _topic(act)
        if topic is None:
            return None
        return Refusal(subject(token), _words(token, topic.head), topic.content, "refusal.declined")
    if thing is not None and thing.lemma_ in {"comment", "interview", "request"} and (thing.lemma_ != "request" or _about_words(thing)):
        return Refusal(subject(token), _words(token, thing), _about(token, thing), "refusal.declined")
    return None


def _did_not(token: Token) -> Refusal | None:
    """Read "would not say how many", "did not return calls", "has not responded to requests"."""
    no = _no(token)
    if no is None or token.pos_ not in VERBAL or is_passive(token) or no.lower_ == "never":
        return None
    topic = _topic(token)
    if topic is None or (lemma_of(token) == "say" and not topic.content and not _would(token)):
        return None
    who = subject(token)
    first = min((t for t in (*auxiliaries(token), no) if t.i < token.i and t.dep_ != "det"), key=lambda t: t.i, default=token)
    return Refusal(who, _words(first, topic.head), topic.content, "refusal.did-not")


def _neither(token: Token) -> Refusal | None:
    """Read "would neither confirm nor deny that …"."""
    if lemma_of(token) not in {"confirm", "deny"} or not any(t.lower_ == "neither" for t in token.doc[max(token.i - 3, 0) : token.i]):
        return None
    second = next((c for c in token.subtree if lemma_of(c) in {"deny", "confirm"} and c.i > token.i), None)
    if second is None:
        return None
    first = next((t for t in auxiliaries(token)), token.doc[token.i - 1])
    return Refusal(subject(token), _words(min(first, token.doc[token.i - 1], key=lambda t: t.i), second), _said(second) or _said(token),
                   "refusal.neither")  # fmt: skip


def _unreached(token: Token) -> Refusal | None:
    """Read "could not be reached for comment"."""
    if lemma_of(token) != "reach" or not is_passive(token) or _no(token) is None:
        return None
    comment = any(t.lemma_ == "comment" for t in token.subtree)
    who = child(token, "nsubjpass")
    alone = child(token, "prep", "agent") is None and (who is not None and (who.pos_ == "PROPN" or who.lower_ in {"he", "she", "they"}))
    if who is None or not (comment or alone):
        return None
    first = min((*auxiliaries(token), token), key=lambda t: t.i)
    return Refusal(relative(who), _words(first, token), _about(token), "refusal.unreached")


def _unavailable(token: Token) -> Refusal | None:
    """Read "was unavailable for comment", "was not immediately available for comment"."""
    if token.lower_ not in {"unavailable", "available"} or not any(t.lemma_ in {"comment", "interview"} for t in token.subtree):
        return None
    verb = token.head
    if token.lower_ == "available" and _no(verb) is None and _no(token) is None:
        return None
    who = own_subject(verb)
    if who is None or who.lemma_ == "comment":
        return None
    return Refusal(relative(who), _words(verb if verb.i < token.i else token, token), _about(token), "refusal.unavailable")


def _unreturned(token: Token) -> Refusal | None:
    """Read "calls to the sheriff's office were not returned", "requests for comment went unanswered"."""
    returned = lemma_of(token) in {"return", "answer"} and is_passive(token) and _no(token) is not None
    unanswered = token.lower_ in {"unanswered", "unreturned"}
    if not returned and not unanswered:
        return None
    verb = token if returned else token.head
    what = own_subject(verb)
    if what is None or what.lemma_ not in REQUESTS:
        return None
    whom = next((o for p in what.subtree if p.dep_ in {"prep", "dative"} and p.lower_ in {"to", "with", "for"} for o in children(p, "pobj")
                 if o.lemma_ not in {"comment", "response"}), None)  # fmt: skip
    first = min((*auxiliaries(verb), verb), key=lambda t: t.i)
    return Refusal(whom, _words(first, token), _about(what), "refusal.unreturned")


def _no_comment(token: Token) -> Refusal | None:
    """Read "had no comment on", "there was no comment from", "no reason was given for", "made no mention of the cost"."""
    if token.lemma_ not in DETAILS | {"mention"} or token.tag_ not in {"NN", "NNS"}:
        return None
    no = next((c for c in token.children if c.lower_ in {"no", "any"} and c.dep_ in {"det", "neg"}), None)
    verb = token.head
    if no is None or (no.lower_ == "any" and _no(verb) is None):
        return None
    content = _about(token, verb, prepositions=(*TOPICS, "for")) if token.lemma_ in {"reason", "explanation"} else _about(token, verb)
    if token.dep_ in {"attr", "nsubj"} and verb.lemma_ in {"be", "come"}:
        source = _from(token) or _from(verb)
        if source is None or token.lemma_ not in {"comment", "response", "reply", "answer", "word", "statement", "explanation"}:
            return None
        start = verb.left_edge if verb.left_edge.dep_ == "expl" else no
        return Refusal(source, _words(start, token), content, "refusal.no-comment")
    if token.dep_ == "nsubjpass" and lemma_of(verb) in WITHHELD | {"make", "offer", "receive"}:
        return Refusal(None, _words(no, verb), content, "refusal.no-comment")
    if token.dep_ == "dobj" and lemma_of(verb) in {"receive", "get"} and token.lemma_ in {"response", "reply", "answer", "comment"}:
        whom = _from(token) or _from(verb) or _contacted(verb)
        return Refusal(whom, _words(verb, token), content, "refusal.no-comment") if whom is not None else None
    if token.dep_ == "dobj" and lemma_of(verb) in {"have", "offer", "give", "make", "provide", "issue", "release", "return"}:
        if lemma_of(verb) in {"have", "make"} and token.lemma_ not in {"comment", "statement", "mention"}:
            return None
        who = subject(verb) or next((t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.dep_ == "nsubj"), None)
        return Refusal(who, _words(verb, token), content, "refusal.no-comment") if who is not None else None
    return None


def _contacted(verb: Token) -> Token | None:
    """Return whom the first of two coordinated verbs sought ("contacted Mr Lind but received no response")."""
    first = verb.head if verb.dep_ == "conj" else verb
    return child(first, "dobj") if lemma_of(first) in {"contact", "call", "email", "e-mail", "phone", "approach", "ask", "text"} else None


def _without(token: Token) -> Refusal | None:
    """Read "without naming them", "without going into detail", "while not naming any bidders"."""
    if token.tag_ != "VBG":
        return None
    prep = token.head if token.dep_ == "pcomp" else None
    negated = _no(token)
    if not ((prep is not None and prep.lower_ == "without") or (negated is not None and token.dep_ in {"advcl", "acl", "ccomp"})):
        return None
    lemma = lemma_of(token)
    first = prep if prep is not None and prep.lower_ == "without" else negated
    host = prep.head if prep is not None else token.head
    who = subject(token) if prep is None else (subject(host) or own_subject(host))
    if first is None or who is None:
        return None
    vague = next((t for t in token.subtree if t.lemma_ in {"detail", "specific"} and t.i > token.i), None)
    if lemma in {"go", "give", "provide", "offer"} and vague is not None:
        return Refusal(who, _words(first, vague), _about(vague), "refusal.without")
    if lemma in {"name", "specify", "elaborate", "identify", "disclose", "explain", "reveal", "say", "mention"}:
        return Refusal(who, _words(first, token), _said(token) or _about(token), "refusal.without")
    return None


def _withheld(token: Token) -> Refusal | None:
    """Read "terms were not disclosed": content the subject, the source hidden."""
    if lemma_of(token) not in WITHHELD or not is_passive(token) or _no(token) is None or child(token, "agent") is not None:
        return None
    what = child(token, "nsubjpass")
    if what is None or what.pos_ == "PRON" or what.ent_type_ == "PERSON" or any(c.lower_ == "no" for c in what.children):
        return None
    if lemma_of(token) in {"give", "name", "identify", "provide", "publish"} and what.lemma_ not in DETAILS | {
        "identity",
        "victim",
        "suspect",
    }:
        return None
    first = min((*auxiliaries(token), token), key=lambda t: t.i)
    return Refusal(None, _words(first, token), stretches(list(what.subtree)), "refusal.withheld")


def _silent(token: Token) -> Refusal | None:
    """Read "remained silent on the deal", "has kept silent", "ignored questions about"."""
    verb = token.head
    if token.lower_ in {"silent", "mum", "tight-lipped", "lipped"} and lemma_of(verb) in {"remain", "keep", "stay"}:
        first = min((*children(verb, "aux"), verb), key=lambda t: t.i)
        return Refusal(subject(verb), _words(first, token), _about(token, verb), "refusal.silent")
    if lemma_of(token) == "hang" and any(c.lower_ == "up" for c in children(token, "prt")):
        asked = next((c for c in children(token, "advcl") if lemma_of(c) in {"ask", "question", "press"}), None)
        up = next(c for c in children(token, "prt") if c.lower_ == "up")
        return Refusal(subject(token), _words(token, up), _about(asked), "refusal.silent") if asked is not None else None
    if (
        lemma_of(token) in {"ignore", "dodge", "duck", "sidestep", "evade", "deflect", "bat"}
        and token.pos_ in VERBAL
        and not is_passive(token)
    ):
        thing = child(token, "dobj")
        if thing is not None and thing.lemma_ in {"question", "request", "query", "inquiry", "enquiry"} and _no(token) is None:
            return Refusal(subject(token), _words(token, thing), _about(thing), "refusal.silent")
    return None


PATTERNS: tuple[Callable[[Token], Refusal | None], ...] = (
    _declined,
    _neither,
    _did_not,
    _unreached,
    _unavailable,
    _unreturned,
    _no_comment,
    _without,
    _withheld,
    _silent,
)
HEADS = TALK | TELL | REFUSE | DETAILS | WITHHELD | vocabulary("refused")


def asked_at(token: Token) -> tuple[Span, ...]:
    """Return what somebody who would not say was asked ("Asked whether it would be sold, Orne would not say")."""
    for clause in (*children(token, "advcl"), *children(token.head, "advcl")):
        if lemma_of(clause) in {"ask", "question", "press"} and (clause.tag_ == "VBN" or is_passive(clause)):
            return _said(clause) or _about(clause)
    return ()


# ---- what it is about -----------------------------------------------------------------------------------------------


class _Topic(NamedTuple):
    head: Token
    """The last word of the cue."""
    content: tuple[Span, ...]


def _topic(act: Token) -> _Topic | None:
    """Return what a verb that is not done would have spoken of, or None where it is no verb of speaking here."""
    lemma = lemma_of(act)
    if lemma in TALK:
        return _Topic(act, _about(act))
    if lemma in TELL:
        return _told(act, lemma)
    thing = child(act, "dobj")
    if lemma in {"respond", "reply"}:
        to = next((o for p in children(act, "prep", "dative") if p.lower_ == "to" for o in children(p, "pobj")), None)
        return _Topic(act, _about(to) if to is not None else _about(act)) if to is None or _about_words(to) else None
    if lemma in {"return", "answer"} and (thing is None or _about_words(thing)) and (thing is not None or lemma == "answer"):
        return _Topic(thing if thing is not None and lemma == "return" else act, _about(thing) if thing is not None else _about(act))
    if lemma in {"offer", "give", "provide", "take", "release"} and thing is not None and thing.lemma_ in DETAILS | {"question"}:
        return _Topic(thing, _about(thing))
    if lemma == "draw" and is_passive(act):
        return _Topic(act, _about(act))
    if lemma in {"go", "get"} and any(p.lower_ == "into" for p in children(act, "prep")):
        into = next(p for p in children(act, "prep") if p.lower_ == "into")
        what = child(into, "pobj")
        return (
            _Topic(what, _about(what))
            if what is not None and what.lemma_ in {"detail", "specific"}
            else _Topic(into, stretches(_below(into)))
        )
    return None


def _told(act: Token, lemma: str) -> _Topic | None:
    said = _said(act)
    thing = child(act, "dobj")
    if lemma in {"speak", "talk"}:
        about = _about(act)
        people = any(o.lemma_ in {"reporter", "journalist", "press", "media"} for p in children(act, "prep") for o in children(p, "pobj"))
        return _Topic(act, about) if about or people else None
    if lemma in {"identify", "name", "describe", "address", "state", "detail"} and thing is None and not said:
        return None
    if lemma == "confirm" and thing is not None and thing.ent_type_ == "PERSON":
        return None
    if lemma == "say" and thing is not None and thing.lemma_ in {"word", "goodbye", "prayer", "yes", "no"}:
        return None
    either = next((c for c in act.children if lemma_of(c) == "deny" and c.dep_ == "conj"), None)
    return _Topic(either or act, said or (_said(either) if either is not None else ()) or _about(act))


def _said(verb: Token) -> tuple[Span, ...]:
    """Return the clause or object of a verb of saying, without "that"; a fronted question counts."""
    for c in verb.children:
        if c.dep_ in {"ccomp", "xcomp", "dobj", "advcl", "pcomp", "attr", "csubj"}:
            front = c.i < verb.i
            tokens = list(c.subtree)
            words = [t for t in tokens if not t.is_punct and not t.is_space]
            if not words or (front and words[0].lower_ not in WH):
                continue
            if c.dep_ == "advcl" and words[0].lower_ not in WH:
                continue
            if c.dep_ in {"dobj", "attr"} and c.pos_ not in VERBAL and words[0].lower_ not in WH:
                return stretches(_plain(c))
            if words[0].lower_ == "that" and words[0].dep_ == "mark":
                words = words[1:]
            return stretches([t for t in tokens if t.i >= words[0].i]) if words else ()
    wh = next((c for c in verb.children if c.lower_ in WH and c.i > verb.i), None)
    return stretches([wh]) if wh is not None else ()


def _about(*heads: Token, prepositions: tuple[str, ...] = TOPICS) -> tuple[Span, ...]:
    """Return the object of a preposition of topic below one of the heads, times and deeper nouns' own phrases apart."""
    for head in heads:
        for prep in head.children:
            if prep.dep_ in {"prep", "mark", "advmod"} and prep.lower_ in prepositions and prep.i > head.i:
                thing = child(prep, "pobj", "pcomp")
                if (
                    thing is None
                    or thing.ent_type_ in {"DATE", "TIME"}
                    or thing.lemma_ in {"record", "phone", "telephone", "camera", "condition"}
                ):
                    continue
                return stretches(_below(prep))
            if prep.dep_ == "prep" and prep.lower_ in {"to", "for"}:
                thing = child(prep, "pobj")
                if thing is not None and thing.lemma_ in REQUESTS:
                    inner = _about(thing)
                    if inner:
                        return inner
            if prep.dep_ in {"acl", "relcl"} and lemma_of(prep) == "seek":
                inner = _about(prep, *children(prep, "dobj"))
                if inner:
                    return inner
    return ()


def _about_words(thing: Token) -> bool:
    """Tell whether a thing is a request for words."""
    return thing.lemma_ in REQUESTS or thing.lower_ in {"requests", "inquiries", "enquiries"}


def _below(prep: Token) -> list[Token]:
    thing = child(prep, "pobj")
    return _plain(thing) if thing is not None else [t for t in prep.subtree if t.i > prep.i]


def _plain(thing: Token) -> list[Token]:
    """Return a noun phrase without what a comma sets off and without when and where."""
    tokens = core(thing)
    stop = next(
        (n for n, t in enumerate(tokens) if t.text == "," and t.i > thing.i and not any(c.dep_ == "conj" for c in thing.children)),
        len(tokens),
    )
    return tokens[:stop]


def _from(token: Token) -> Token | None:
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in {"from", "by"}:
            who = child(prep, "pobj")
            if who is not None and plausible(who):
                return who
    return None


# ---- small questions ------------------------------------------------------------------------------------------------


def _no(verb: Token) -> Token | None:
    """Return what negates a verb: "not", or "neither" and "no" before its subject."""
    who = own_subject(verb)
    none = next((c for c in who.children if c.dep_ == "det" and c.lower_ in {"neither", "no"}), None) if who is not None else None
    return none or next((c for c in verb.children if c.dep_ == "neg" or c.lower_ in {"not", "n't", "n’t", "never"}), None)


def _would(verb: Token) -> bool:
    return any(c.lower_ in {"would", "wo", "will", "ca", "can", "could"} for c in children(verb, "aux"))


def _to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _words(first: Token, last: Token) -> tuple[Token, ...]:
    low, high = min(first.i, last.i), max(first.i, last.i)
    return tuple(last.doc[low : high + 1])


def _unreal(head: Token) -> bool:
    """Tell whether a refusal is denied, asked for, or under a condition."""
    here = head
    for _ in range(8):
        mark = child(here, "mark")
        if mark is not None and mark.lower_ in {"if", "unless", "should"}:
            return True
        if here.head.i == here.i:
            break
        here = here.head
    asked = head if head.dep_ in {"xcomp", "ccomp"} else (head.head if head.head.dep_ in {"xcomp", "ccomp"} else None)
    return (
        asked is not None
        and _to(asked)
        and asked.i <= head.i
        and lemma_of(asked.head) in {"urge", "ask", "tell", "order", "advise", "want", "beg", "warn"}
        and is_document(asked) is False
    )
