"""Requests that nobody answered and words that nobody gave: "no comment", "could not be reached", "went unanswered", "not disclosed".

Each function reads one family at its head word and returns a `Refusal` or None. Nouns of reply count with "no", "any", "little" or
"few" in front of them; who was asked is the subject, or stands behind "from", "to" or "with".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.attribution import topics
from onrecord.attribution.acts import REPLIES
from onrecord.attribution.barring import MEDIA, Refusal, able, bar_of, negation, run, speaker
from onrecord.attribution.cues import lemma_of
from onrecord.attribution.extents import stretches
from onrecord.attribution.sources import is_person, plausible
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, auxiliaries, child, children, is_passive, own_subject, relative

if TYPE_CHECKING:
    from spacy.tokens import Token

GIVE = vocabulary("give")
REQUESTS = vocabulary("request")
WITHHELD = vocabulary("withheld")
GET = frozenset({"receive", "get", "hear", "draw", "elicit", "bring", "yield", "meet", "produce"})
GIVEN = frozenset({"give", "name", "identify", "provide", "publish", "release", "share"})
"""Verbs that give much else; they count with a reply or a secret as their subject."""
SECRETS = frozenset({"identity", "victim", "suspect", "result", "detail", "cause", "term", "price"})
CONTACT = frozenset({"reach", "contact"})
SOUGHT = frozenset({"contact", "call", "email", "e-mail", "phone", "approach", "ask", "text", "message"})
RARE = frozenset({"no", "little", "few", "any", "scant"})
SAID_OF = (*topics.TOPICS, "for", "to")


def unreached(token: Token) -> Refusal | None:
    """Read "could not be reached for comment", "was unreachable", "attempts to reach X were unsuccessful"."""
    if token.lower_ == "unreachable" and token.head.lemma_ == "be":
        who = own_subject(token.head)
        return (
            Refusal(relative(who), run(token.head, token), topics.about(token), "refusal.unreached")
            if who is not None and able(who)
            else None
        )
    sought = token.head
    if sought.lemma_ in {"attempt", "effort", "bid"} and any(c.lower_ == "to" for c in token.children):
        return _attempted(token, sought)
    if lemma_of(token) not in CONTACT:
        return None
    if not is_passive(token):
        return _out_of_reach(token)
    if negation(token) is None:
        return None
    comment = any(t.lemma_ == "comment" for t in token.subtree) or any(
        t.lemma_ == "comment" for t in token.doc[token.i : min(token.i + 6, token.sent.end)]
    )
    who = child(token, "nsubjpass") or own_subject(token)
    alone = (
        (lemma_of(token) == "reach" or _soon(token))
        and child(token, "agent") is None
        and who is not None
        and (_known(who) or _soon(token))
        and not _place(token)
    )
    if who is None or not (comment or alone):
        return None
    first = min((*auxiliaries(token), token), key=lambda t: t.i)
    return Refusal(relative(who), run(first, token), topics.about(token), "refusal.unreached")


def _attempted(token: Token, sought: Token) -> Refusal | None:
    """Read "attempts to reach X failed", "efforts to obtain comment from X were unsuccessful"."""
    whom = child(token, "dobj")
    if whom is not None and whom.lemma_ in REPLIES | {"comment"}:
        whom = _from(whom) or _from(token)
    elif lemma_of(token) not in CONTACT | {"speak", "interview", "call"}:
        return None
    return Refusal(whom, run(sought, token), (), "refusal.unreached") if whom is not None and _fails(sought) else None


def _out_of_reach(token: Token) -> Refusal | None:
    """Read "the agency was unable to reach the firm for comment", "could not reach"."""
    whom = child(token, "dobj")
    bar = bar_of(token) if whom is not None else None
    words = token.doc[token.i : token.sent.end]
    who = speaker(bar.verb) if bar is not None else None
    medium = who is not None and (who.lemma_.lower() in MEDIA or any(t.lemma_ == "comment" for t in words))
    return Refusal(whom, run(bar.first, token), topics.about(token), "refusal.unreached") if bar is not None and medium else None


def _known(who: Token) -> bool:
    return (who.pos_ == "PROPN" and who.ent_type_ not in {"GPE", "LOC", "FAC"}) or who.lower_ in {"he", "she", "they"} or is_person(who)


def _soon(verb: Token) -> bool:
    """Tell whether "immediately" says that somebody tried to call."""
    return any(t.lower_ == "immediately" for t in verb.doc[max(verb.i - 4, 0) : verb.i + 2])


def _place(verb: Token) -> bool:
    """Tell whether people are out of reach on the ground ("could not be reached by road, because of fog")."""
    return any(
        p.lower_ in {"by", "because", "before", "after", "from", "in", "due"}
        for p in children(verb, "prep")
        if not any(t.lemma_ in {"phone", "telephone", "email", "time"} or t.ent_type_ in {"DATE", "TIME"} for t in p.subtree)
    )


def _fails(noun: Token) -> bool:
    """Tell whether attempts or requests came to nothing."""
    verb = noun.head
    if any(t.lower_ in {"unsuccessful", "fruitless", "vain", "futile", "unavailing"} for t in noun.doc[noun.i : noun.sent.end]):
        return True
    if noun.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if lemma_of(verb) == "fail" or (
        lemma_of(verb) == "go" and any(c.lower_ in {"unanswered", "nowhere", "unreturned", "unheeded"} for c in verb.children)
    ):
        return True
    if lemma_of(verb) in {"succeed", "return", "answer"} and negation(verb) is not None:
        return True
    words = [t.lower_ for t in verb.subtree if t.i > verb.i]
    return verb.lemma_ in {"be", "prove"} and (
        bool({"unsuccessful", "fruitless", "vain", "futile", "unanswered", "unreturned"} & set(words))
        or (negation(verb) is not None and "successful" in words)
    )


def unavailable(token: Token) -> Refusal | None:
    """Read "was unavailable for comment", "was not immediately available to comment", "was available" of nobody."""
    if token.lower_ not in {"unavailable", "available"}:
        return None
    near = token.doc[token.i : min(token.i + 7, token.sent.end)]
    if not any(t.lemma_ in {"comment", "interview"} for t in (*token.subtree, *near)):
        return None
    verb = token.head
    who = own_subject(verb)
    nobody = who is not None and (
        who.lower_ in {"nobody", "none", "neither", "no-one"} or any(c.lower_ in {"no", "neither"} for c in who.children)
    )
    if token.lower_ == "available" and negation(verb) is None and negation(token) is None and not nobody:
        return None
    if who is None or who.lemma_ == "comment":
        return None
    to = next((c for c in token.children if lemma_of(c) == "comment"), token)
    last = to if to.pos_ in VERBAL else token
    return Refusal(relative(who), run(verb if verb.i < token.i else token, token), topics.about(token, last), "refusal.unavailable")


def unreturned(token: Token) -> Refusal | None:
    """Read "calls to the sheriff's office were not returned", "requests for comment went unanswered", "a request drew no reply"."""
    if token.lemma_.lower() not in REQUESTS or token.dep_ not in {"nsubj", "nsubjpass"} or token.lemma_ == "comment":
        return None
    verb = token.head
    if lemma_of(verb) in {"return", "answer", "acknowledge", "respond"} and is_passive(verb) and negation(verb) is not None:
        last = verb
    elif lemma_of(verb) in {"go", "remain", "be", "ring"} and (
        quiet := next((c for c in verb.subtree if c.lower_ in {"unanswered", "unreturned", "unacknowledged"}), None)
    ):
        last = quiet
    elif lemma_of(verb) in {"ignore", "deny", "decline", "refuse", "reject", "turn", "rebuff"} and is_passive(verb) and _for_words(token):
        last = verb
    elif lemma_of(verb) in GET and (reply := _none_of(verb)) is not None:
        last = reply
    elif lemma_of(verb) == "meet" and any(t.lemma_ == "silence" for t in verb.subtree):
        last = next(t for t in verb.subtree if t.lemma_ == "silence")
    else:
        return None
    first = min((t for t in (*auxiliaries(verb), verb)), key=lambda t: t.i)
    return Refusal(asked_of(token), run(first, last), topics.about(token), "refusal.unreturned")


def _for_words(request: Token) -> bool:
    """Tell whether what was turned down asked for words ("a request for an interview")."""
    return any(t.lemma_ in {"comment", "interview", "speak", "information"} for t in request.subtree)


def _none_of(verb: Token) -> Token | None:
    """Return the reply that a request did not get."""
    return next((c for c in verb.children if c.dep_ in {"dobj", "attr"} and c.lemma_ in REPLIES and _rare(c) is not None), None)


def asked_of(request: Token) -> Token | None:
    """Return to whom a request went ("to the embassy", "sent to", "left with", "for the coach")."""
    sought = any(lemma_of(t) in {"seek", "request"} or t.lemma_ == "comment" for t in request.subtree)
    for token in request.subtree:
        places = {"to", "with", "for", "at", "from"} if sought else {"to", "with", "for", "at"}
        if token.dep_ == "pobj" and token.head.lower_ in places and token.i > request.i:
            if token.lemma_ in {"comment", "response", "interview", "reply", "information", "reaction"} or token.ent_type_ in {
                "DATE",
                "TIME",
            }:
                continue
            return token
    return None


def missing(token: Token) -> Refusal | None:
    """Read "a reply from the ministry had not been received", "no details were available"."""
    if token.lemma_ not in REPLIES or token.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    verb = token.head
    if lemma_of(verb) in {"receive", "come", "arrive"} and negation(verb) is not None and (source := _from(token)) is not None:
        return Refusal(source, run(min((*auxiliaries(verb), verb), key=lambda t: t.i), verb), topics.about(token), "refusal.no-comment")
    ready = next((c for c in verb.children if c.lower_ in {"available", "forthcoming"}), None)
    no = _rare(token)
    if verb.lemma_ == "be" and ready is not None and no is not None and no.lower_ == "no":
        return Refusal(_from(token) or _from(ready) or _from(verb), run(no, ready), topics.about(token, ready), "refusal.no-comment")
    return None


def no_word(token: Token) -> Refusal | None:
    """Read "had no comment on", "there was no comment from", "no reason was given for", "made no mention of the cost"."""
    if token.lemma_ not in REPLIES | {"mention", "question"} or token.tag_ not in {"NN", "NNS"}:
        return None
    no = _rare(token)
    verb = token.head
    if no is None or (no.lower_ == "any" and negation(verb) is None):
        return None
    lemma = lemma_of(verb)
    content = (
        topics.about(token, verb, prepositions=(*topics.TOPICS, "for"))
        if token.lemma_ in {"reason", "explanation"}
        else topics.about(token, verb)
    )
    existing = token.dep_ in {"attr", "nsubj"} and (lemma in {"be", "come"} or verb.i == token.i)
    if existing or (token.dep_ == "ROOT" and no.i == token.sent.start):
        return _there(token, no, verb, content)
    if token.dep_ == "nsubjpass" and (lemma in WITHHELD | GIVE | {"receive", "hear"}) and is_passive(verb):
        source = _from(token) or _from(verb)
        return Refusal(source, run(no, verb), content, "refusal.no-comment") if not _written(verb) else None
    if token.dep_ == "pobj" and token.head.lower_ == "with" and lemma_of(verb.head) in {"respond", "reply", "answer"}:
        return Refusal(speaker(verb.head), run(verb.head, token), topics.about(verb.head, token), "refusal.no-comment")
    if token.dep_ == "dobj" and lemma in {"receive", "get", "hear"}:
        whom = _from(token) or _from(verb) or _contacted(verb)
        return Refusal(whom, run(verb, token), content, "refusal.no-comment") if whom is not None else None
    if token.dep_ == "dobj" and lemma in GIVE | {"have", "take", "return"}:
        return _gave_none(token, no, verb, content)
    return None


def _rare(token: Token) -> Token | None:
    """Return "no", "any", "little" or "few" in front of a noun."""
    return next((c for c in token.lefts if c.lower_ in RARE and c.dep_ in {"det", "neg", "amod", "advmod"}), None)


def _written(verb: Token) -> bool:
    return any(
        p.lower_ == "on" and o.lemma_ in {"wall", "page", "book", "card"} for p in children(verb, "prep") for o in children(p, "pobj")
    )


def _there(token: Token, no: Token, verb: Token, content: tuple[object, ...]) -> Refusal | None:
    """Read "there was no immediate reaction from X to Y", "no word came from X"."""
    source = _from(token) or _from(verb)
    if (
        source is None
        or token.lemma_ not in REPLIES - {"name", "figure", "evidence", "interview", "reason", "detail", "specific"}
        or no.lower_ not in {"no", "any"}
    ):
        return None
    start = verb.left_edge if verb.left_edge.dep_ == "expl" else no
    aside = next((c for c in source.children if c.dep_ == "prep" and c.lower_ in {*topics.TOPICS, "to"} - {"of"}), None)
    about = stretches(topics.below(aside)) if aside is not None else content or topics.about(token, verb, prepositions=SAID_OF)
    return Refusal(source, run(start, token), about, "refusal.no-comment", apart=aside)  # type: ignore[arg-type]


def _gave_none(token: Token, no: Token, verb: Token, content: tuple[object, ...]) -> Refusal | None:
    lemma = lemma_of(verb)
    share = any(lemma_of(c) in {"share", "give", "offer", "add", "release", "provide"} for c in children(token, "relcl", "acl", "xcomp"))
    if (
        lemma == "have"
        and not share
        and (token.lemma_ not in {"comment", "statement", "response", "reaction", "explanation"} or no.lower_ != "no")
    ):
        return None
    if (token.lemma_ == "question") != (lemma == "take") or (lemma == "make" and token.lemma_ not in {"comment", "statement", "mention"}):
        return None
    if no.lower_ in {"few", "little", "scant"} and token.lemma_ not in {"detail", "information", "specific", "explanation", "comment"}:
        return None
    who = speaker(verb)
    if who is None or (lemma == "return" and token.lemma_ not in {"comment", "call", "answer"}):
        return None
    return Refusal(who, run(verb, token), content, "refusal.no-comment")  # type: ignore[arg-type]


def _contacted(verb: Token) -> Token | None:
    """Return whom the first of two coordinated verbs sought ("contacted Mr Lind but received no response")."""
    first = verb.head if verb.dep_ == "conj" else verb
    return child(first, "dobj") if lemma_of(first) in SOUGHT else None


def nothing(token: Token) -> Refusal | None:
    """Read "had nothing to say about", "has nothing further to add", "said nothing about", "would say no more"."""
    lemma = lemma_of(token)
    near = token.doc[token.i + 1 : min(token.i + 3, token.sent.end)]
    if lemma in {"say", "add"} and token.i >= 2:
        before = list(token.doc[max(token.i - 6, token.sent.start) : token.i])
        none = next((t for t in before if t.lower_ in {"nothing", "little"}), None)
        have = next((t for t in before if lemma_of(t) == "have"), None)
        if none is not None and have is not None and before[-1].lower_ == "to" and have.i < none.i and negation(have) is None:
            return Refusal(speaker(have), run(have, token), topics.about(token, none), "refusal.nothing")
    if (
        lemma in {"say", "disclose", "reveal", "add"}
        and token.pos_ in VERBAL
        and not is_passive(token)
        and negation(token) is None
        and len(near)
    ):
        bare = near[0].lower_ == "nothing" or (near[0].lower_ == "no" and near[-1].lower_ == "more")
        if bare:
            content = topics.about(token, near[0], near[-1])
            who = speaker(token)
            content = content or topics.asked(token)
            if who is not None and (content or near[-1].lower_ == "more"):
                return Refusal(who, run(token, near[0] if near[0].lower_ == "nothing" else near[-1]), content, "refusal.nothing")
    return None


def withheld(token: Token) -> Refusal | None:
    """Read "terms were not disclosed", "the names were withheld": content the subject, the source hidden; "withheld the names"."""
    lemma = lemma_of(token)
    if lemma == "withhold" and not is_passive(token) and token.pos_ in VERBAL and negation(token) is None:
        thing = child(token, "dobj")
        if thing is None or thing.lemma_ not in REPLIES | {"identity", "result", "location"} or token.dep_ in {"xcomp", "pcomp"}:
            return None
        return Refusal(speaker(token), (token,), stretches(topics.plain(thing)), "refusal.withheld")
    public = lemma == "make" and any(c.lower_ in {"public", "known"} for c in token.children)
    asked = any(a.tag_ == "VB" and a.lower_ == "be" for a in auxiliaries(token)) and not any(a.tag_ == "MD" for a in auxiliaries(token))
    kept = lemma == "withhold" and is_passive(token) and token.dep_ != "amod" and not asked
    if not kept and ((lemma not in WITHHELD and not public) or not is_passive(token) or negation(token) is None):
        return None
    what = child(token, "nsubjpass")
    if child(token, "agent") is not None or what is None or what.pos_ == "PRON" or what.ent_type_ == "PERSON":
        return None
    if any(c.lower_ in {"no", "whose"} for c in what.subtree) or _unsure(token):
        return None
    if (kept or lemma in GIVEN) and what.lemma_ not in REPLIES | SECRETS:
        return None
    first = min((*auxiliaries(token), token), key=lambda t: t.i)
    return Refusal(None, run(first, token), stretches(list(what.subtree)), "refusal.withheld")


def _unsure(verb: Token) -> bool:
    return any(a.lower_ in {"may", "might", "should", "must", "need", "would"} for a in auxiliaries(verb))


def approached(token: Token) -> Refusal | None:
    """Read "has been approached for comment": asked, and nothing came of it."""
    if lemma_of(token) not in {"approach", "contact", "ask"} or negation(token) is not None or token.dep_ != "ROOT":
        return None
    if not is_passive(token):
        return _sought(token)
    perfect = any(a.lemma_ == "have" or a.lower_ in {"was", "were"} for a in auxiliaries(token))
    comment = next(
        (p for p in children(token, "prep") if p.lower_ == "for" and any(o.lemma_ == "comment" for o in children(p, "pobj"))), None
    )
    who = own_subject(token)
    if not perfect or comment is None or who is None or len(token.sent) > 25 or token.dep_ != "ROOT":
        return None
    first = min((*auxiliaries(token), token), key=lambda t: t.i)
    return Refusal(who, run(first, next(o for o in children(comment, "pobj"))), topics.about(comment), "refusal.unreached")


def _sought(token: Token) -> Refusal | None:
    """Read "the paper has contacted the council for comment"."""
    whom, end = child(token, "dobj"), next((t for t in token.subtree if t.lemma_ == "comment" and t.head.lower_ in {"for", "to"}), None)
    if whom is None or end is None or not any(a.lemma_ == "have" for a in auxiliaries(token)) or len(token.sent) > 25:
        return None
    return Refusal(
        whom, run(min((*auxiliaries(token), token), key=lambda t: t.i), end), topics.about(end), "refusal.unreached", apart=end.head
    )


def _from(token: Token) -> Token | None:
    for prep in token.children:
        if prep.dep_ in {"prep", "agent"} and prep.lower_ in {"from", "by"}:
            who = child(prep, "pobj")
            if who is not None and plausible(who) and who.ent_type_ not in {"DATE", "TIME"}:
                return who
    return None


SILENCES: tuple[Callable[[Token], Refusal | None], ...] = (
    unreached, unavailable, unreturned, missing, no_word, nothing, withheld, approached,
)  # fmt: skip
