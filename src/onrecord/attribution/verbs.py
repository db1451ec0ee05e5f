"""Verb cues: is it an act of speech here, who speaks, who is spoken to.

A cue counts where it is presented as done: not under a modal, a condition or a negation (refusals are read elsewhere), not wished or
planned ("hopes to announce"), and not a question. The speaker is the subject, the agent of a passive, or, behind a document that
somebody issued ("released a statement saying"), whoever issued it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.attribution.clauses import lost_subject
from onrecord.attribution.contents import claimed, content_of
from onrecord.attribution.cues import Use, lemma_of
from onrecord.attribution.extents import CLAIMS, Content, stretches
from onrecord.attribution.quoted import beside, is_inverted
from onrecord.attribution.sources import can_find, is_document, is_person, plausible
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, agent, child, children, is_passive, own_subject, prepositional, relative, subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

UNREAL = frozenset({"would", "could", "might", "may", "should", "must", "can", "will", "shall", "'ll", "’ll", "'d", "’d", "wo", "ca"})
WITHIN = frozenset({"that", "wh", "quote"})
"""Frames that make a statement within a quotation; others were right there in fewer than half of the cases."""
DONE = vocabulary("done")
"""Words under which an infinitive of speech is an act: "went on to say", "was quick to add", "took to the radio to deny"."""
UNDONE = frozenset({"rule", "consider", "avoid", "contemplate", "mull", "postpone", "delay", "exclude", "oppose", "resist"})
"""Verbs whose gerund is not done: "did not rule out asking for help"."""
ISSUE = vocabulary("issue")
RAISING = vocabulary("raising")
"""Verbs whose passive takes a subject from the clause below: "is said to have fled"."""
SAYING = vocabulary("saying")
CITING = vocabulary("citing")


NOMINAL = frozenset({"object", "+for", "+of", "+about", "+to", "+on", "+against", "+at", "+with"})
"""Frames without a clause: many of their verbs have other uses with things as subjects ("the job demands patience")."""
SPEAKERS = frozenset().union(
    *(vocabulary(kind) for kind in ("body", "collective", "inquiry", "insider", "ordinary", "person", "headline", "cited"))
)


class Spoken(NamedTuple):
    """A verb cue that counts: who speaks (None: hidden), what, to whom."""

    use: Use
    source: Token | None
    content: Content | None
    addressee: Token | None
    within: bool = False
    """Whether the cue itself stands in a quotation."""


def spoken(annotations: Annotations, use: Use, *, quoted: bool, outer: Spoken | None = None) -> Spoken | None:
    """Return who says what at a verb cue, or None where it is no act of speech.

    `quoted`: quotations stand beside it; `outer`: the statement whose speaker a participle goes on for.
    """
    verb = use.token
    if quoted and "quote" in use.cue.frames and (not _presented(verb) or _participle(verb)) and is_inverted(annotations, verb):
        who = beside(verb)
        return Spoken(use, who, None, None) if who is not None and plausible(who) else None
    if not _presented(verb) or _cites(verb) or (use.cue.id.startswith("cue.speak-") and verb.tag_ == "VBG"):
        return None
    within = annotations.quotation_at(verb.idx) is not None
    content = content_of(use)
    if within and (content is None or content.frame not in WITHIN):
        return None
    past = _participle(verb) and content is not None and content.frame == "that" and child(verb, "agent") is None
    if (is_passive(verb) or _participle(verb)) and not past and not _misread(verb):
        return _passive(use, content, quoted=quoted)
    who = outer.source if outer is not None else _outside(annotations, verb, source_of(use))
    if (who is None or not plausible(who)) and quoted:
        who = (beside(verb) if verb.tag_ != "VBG" else None) or _opening_noun(verb)
    if who is None and verb.dep_ == "ROOT" and verb.tag_ in {"VBD", "VBZ"} and verb.i > verb.sent.start and verb.nbor(-1).text == ",":
        who = _opening_noun(verb)
    if content is not None and content.frame == "wh" and lemma_of(verb) == "ask" and verb.i and verb.nbor(-1).text == ",":
        return Spoken(use, None, content, who)  # "Mr Orne, asked whether he would go, …": a participle, whatever the tagger says
    if who is None or not plausible(who):
        return None
    if "document" in use.cue.frames and not can_find(who):
        return None
    if content is not None and content.frame in NOMINAL and not _may_speak(annotations, who):
        return None
    addressee = _addressee(use, content)
    if content is not None and content.frame == "object" and addressee is not None:
        addressee = None
    return Spoken(use, who, content, addressee, within)


def _may_speak(annotations: Annotations, who: Token) -> bool:
    """Tell whether something can speak at all: a name, a pronoun, an actor, a person, a body, a document; bells and taxis cannot."""
    named = who.pos_ in {"PRON", "PROPN", "ADJ", "NUM"} or bool(who.ent_type_) or annotations.actor_at(who) is not None or who.tag_ == "DT"
    return named or is_person(who) or is_document(who) or who.lemma_.lower() in SPEAKERS


def _misread(verb: Token) -> bool:
    """Tell whether a participle behind a noun has an object, and so is a past tense ("a diplomat close to the talks called it unwise")."""
    whole = (
        verb.dep_ == "acl" and child(verb, "agent", "auxpass", "nsubjpass") is None and child(verb, "oprd", "xcomp", "ccomp") is not None
    )
    return whole and child(verb, "dobj") is not None


def _outside(annotations: Annotations, verb: Token, who: Token | None) -> Token | None:
    """Return the speaker, or the subject of the verb before where the parser found one in a quotation or behind a participle."""
    if who is None:
        return None
    within = annotations.quotation_at(who.idx)
    behind = verb.tag_ == "VBG" and who.i > verb.i and verb.i > verb.sent.start + 2 and verb.doc[verb.sent.start].tag_ != "VBG"
    if not behind and (within is None or annotations.quotation_at(verb.idx) is within):
        return who
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.pos_ in VERBAL and annotations.quotation_at(token.idx) is None:
            own = own_subject(token)
            if own is not None and annotations.quotation_at(own.idx) is None:
                return relative(own)
    return None


def _governed(who: Token) -> bool:
    """Tell whether a preposition stands right before a subject: the parser took it from a phrase ("a man known as Yusuf said")."""
    before = who.left_edge.i - 1
    named = before > who.sent.start + 2 and who.doc[before].lower_ in {"as", "by"}
    return named and who.doc[before - 1].lower_ in {"only", "himself", "herself", "themselves", "known", "identified", "just"}


def _able(verb: Token) -> Token | None:
    """Return the nearest subject above a participle that can speak ("The judge ruled that the ban was unlawful, writing that …")."""
    for above in verb.ancestors:
        who = own_subject(above)
        if who is not None and who.i < verb.i and _speaks(relative(who)):
            return relative(who)
        if above.dep_ == "relcl":
            return None
    return None


def _opening_noun(verb: Token) -> Token | None:
    """Return the head of the noun phrase that opens the sentence of a verb whose subject the parser lost in a relative clause."""
    first = verb.doc[verb.sent.start]
    opening = (t for t in verb.doc[first.i : verb.i] if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.left_edge.i == first.i)
    return next((t for t in opening if t.dep_ in {"nsubj", "nsubjpass"} or (t.dep_ == "ROOT" and _speaks(t))), None)


def source_of(use: Use) -> Token | None:
    """Return who speaks at an active verb cue."""
    verb = use.token
    cited = _cited(verb)
    if cited is not None:
        return cited
    own = own_subject(verb)
    if own is not None:
        found = _antecedent(_last_of(verb, own))
        return _opening_noun(verb) or found if _governed(found) else found
    if verb.dep_ == "conj" and verb.tag_ == "VBG" and verb.head.dep_ == "acl" and verb.head.tag_ == "VBG":
        verb = verb.head
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD", "VBZ", "VBP"}:
        nouns = (a for a in verb.ancestors if a.pos_ in {"NOUN", "PROPN"} and _speaks(a))
        return verb.head if _speaks(verb.head) else next(nouns, verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        noun = verb.head
        issued = noun.dep_ == "dobj" and (lemma_of(noun.head) in ISSUE if is_document(noun) else not _speaks(noun))
        return subject(noun.head) if issued else noun
    if verb.dep_ == "conj" and verb.tag_ in {"VBD", "VBZ"} and verb.head.tag_ == "VB" and verb.head.dep_ in {"xcomp", "ccomp", "advcl"}:
        return subject(verb.head.head)  # "urged them to vote and accused …": the parser joins the second verb to the infinitive
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and is_passive(verb.head):
        return agent(verb.head) or subject(verb)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i and verb.nbor(-1).text == ",":
        return _able(verb) or subject(verb)
    if verb.dep_ in {"advcl", "conj", "xcomp", "ccomp", "pcomp", "ROOT", "parataxis", "relcl", "dep"}:
        return subject(verb) or lost_subject(verb)
    return None


def _last_of(verb: Token, own: Token) -> Token:
    """Return the last of several subjects in front of a verb that no comma parts: the parser's pieces of one."""
    run: list[Token] = []
    for piece in children(verb, "nsubj"):
        if piece.i < verb.i and (not run or not any(t.is_punct and not t.whitespace_ for t in verb.doc[run[-1].i + 1 : piece.left_edge.i])):
            run.append(piece)
    return run[-1] if run else own


def _antecedent(who: Token) -> Token:
    """Return what a relative pronoun stands for: by the parse, else the noun before it."""
    found = relative(who)
    if found.tag_ not in {"WP", "WDT"}:
        return found
    return next((t for t in reversed(who.doc[max(who.i - 3, 0) : who.i]) if t.pos_ in {"NOUN", "PROPN"}), found)


def _cited(verb: Token) -> Token | None:
    """Return Y of "cited Y as saying" and of "Y was quoted as saying"."""
    if verb.tag_ != "VBG" or verb.i == 0 or verb.nbor(-1).lower_ != "as":
        return None
    above = next(
        (t for t in reversed(verb.doc[max(verb.sent.start, verb.i - 25) : verb.i]) if lemma_of(t) in CITING and t.pos_ in VERBAL), None
    )
    if above is None:
        return None
    return child(above, "nsubjpass") if is_passive(above) else child(above, "dobj")


def _cites(verb: Token) -> bool:
    """Tell whether a verb cites somebody "as saying": the statement is that of "saying"."""
    behind = verb.doc[verb.i + 1 : min(verb.i + 25, verb.sent.end)]
    return lemma_of(verb) in CITING and any(t.tag_ == "VBG" and t.nbor(-1).lower_ == "as" and lemma_of(t) in SAYING for t in behind)


def _speaks(noun: Token) -> bool:
    """Tell whether a noun names somebody, or something that speaks for somebody."""
    return noun.pos_ in {"PROPN", "PRON"} or bool(noun.ent_type_) or is_person(noun)


def _passive(use: Use, content: Content | None, *, quoted: bool) -> Spoken | None:
    """Read a passive: "it was reported that", "is said to have", "was told to", "was described by X as"."""
    verb = use.token
    by = child(verb, "agent")
    doer = (child(by, "pobj") if by is not None else None) or prepositional(verb, "by")
    whom = child(verb, "nsubjpass")
    asks = use.cue.stance == "asks" or "tell" in use.cue.frames
    if content is None and not asks and lemma_of(verb) in RAISING:
        content = _raised(verb)
    if content is None and use.cue.stance == "denies" and whom is not None and whom.lemma_ in CLAIMS:
        content = claimed(whom)
        return Spoken(use, doer, content, None) if content is not None else None
    if content is not None and content.frame in {"to", "wh", "that"}:
        told = asks and whom is not None and whom.lower_ not in {"it", "there"}
        raised = content.frame == "to" and not asks and lemma_of(verb) not in RAISING
        if raised or (content.frame == "that" and not told and not _impersonal(verb, whom, content)):
            return None
        return Spoken(use, doer, content, whom if told else None)
    if content is not None and content.frame in {"predicate", "+as", "+of", "+for", "+with", "object"}:
        return Spoken(use, doer, content, None) if doer is not None or _evaluates(verb, quoted=quoted) else None
    return Spoken(use, doer, None, None) if quoted and doer is not None else None


def _evaluates(verb: Token, *, quoted: bool) -> bool:
    """Tell whether a passive without an agent says what somebody said: not names ("a man called Wong"), not in a relative clause."""
    if verb.dep_ == "acl" and lemma_of(verb) in {"accuse", "charge", "blame"}:
        return False
    if verb.dep_ == "relcl" or lemma_of(verb) in {
        "name",
        "identify",
        "list",
        "designate",
        "deem",
        "pronounce",
        "credit",
        "charge",
        "term",
        "dub",
        "declare",
    }:
        return False
    return lemma_of(verb) not in {"call", "nickname", "label", "brand"} or quoted


def _impersonal(verb: Token, whom: Token | None, content: Content) -> bool:
    """Tell whether a passive's clause is what is said ("it was reported that …", "…, it was claimed")."""
    return whom is None or whom.lower_ == "it" or whom.i > verb.i or content.tokens[0].i < verb.i


def _raised(verb: Token) -> Content | None:
    clause = next((c for c in children(verb, "xcomp", "ccomp") if any(x.dep_ == "aux" and x.lower_ == "to" for x in c.children)), None)
    if clause is None or clause.i < verb.i:
        return None
    return Content([t for t in clause.subtree if t.i > verb.i], "to")


def _participle(verb: Token) -> bool:
    """Tell whether a bare participle hangs on a noun ("a raid described as lawful")."""
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "advcl"} and own_subject(verb) is None and not children(verb, "aux")


def _presented(verb: Token) -> bool:
    """Tell whether the text presents the speaking as done."""
    if verb.dep_ in {"amod", "compound", "nmod"} and verb.tag_ != "VBG":
        return False
    aux = children(verb, "aux", "auxpass")
    if verb.dep_ == "conj" and not aux and own_subject(verb) is None:
        aux = children(verb.head, "aux") if verb.tag_ == verb.head.tag_ else []
    if any(a.lower_ in UNREAL for a in aux) or any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children):
        return False
    if verb.tag_ == "VBG" and verb.dep_ in {"xcomp", "pcomp", "ccomp", "dobj"} and lemma_of(verb.head) in UNDONE:
        return False
    mark = child(verb, "mark")
    if verb.dep_ == "advcl" and mark is not None and mark.lower_ in {"if", "unless"}:
        return False
    if any(a.lower_ == "to" for a in aux) or (verb.tag_ == "VB" and verb.dep_ not in {"ROOT", "ccomp"} and not aux):
        return _done(verb)
    plain = own_subject(verb)
    bare = verb.tag_ == "VB" and not any(a.lower_ in {"did", "do", "does"} for a in aux)
    if bare and (aux or plain is None or plain.i > verb.i or verb.dep_ != "ROOT"):
        return False  # "Sources close to her say": the tagger takes a present tense for an infinitive
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"of", "from", "about", "against", "without", "for"}:
        return False
    return not _asking(verb)


def _done(verb: Token) -> bool:
    above = verb.head
    return lemma_of(above) in DONE and verb.dep_ in {"xcomp", "advcl", "conj", "ccomp"}


def _asking(verb: Token) -> bool:
    """Tell whether the verb is that of a question: an auxiliary in front of its subject."""
    who = own_subject(verb)
    return who is not None and any(
        a.i < who.i and a.lower_ in {"did", "does", "do", "has", "have", "is", "are"} for a in children(verb, "aux")
    )


def _addressee(use: Use, content: Content | None) -> Token | None:
    """Return who is spoken to."""
    verb = use.token
    if content is not None and content.addressee is not None and content.frame in {"to", "wh", "+of", "+for"}:
        return content.addressee
    inside = {t.i for t in content.tokens} if content is not None else set()
    if "tell" in use.cue.frames or use.cue.stance == "asks":
        whom = child(verb, "dobj", "dative")
        if whom is not None and whom.i not in inside and whom.pos_ in {"NOUN", "PROPN", "PRON"}:
            return whom
    to = prepositional(verb, "to")
    return to if to is not None and to.i not in inside and (to.ent_type_ in {"PERSON", "ORG", "GPE"} or _person(to)) else None


def _person(token: Token) -> bool:
    return token.pos_ == "PRON" or token.lemma_.lower() in {
        "reporter",
        "journalist",
        "supporter",
        "lawmaker",
        "crowd",
        "audience",
        "press",
        "media",
        "voter",
    }


def inherited(annotations: Annotations, uses: Mapping[int, Use], use: Use) -> Use | None:
    """Return the cue whose speaker a participle goes on for where the parser hung it into that cue's words ("said he won, adding …")."""
    verb = use.token
    if annotations.quotation_at(verb.idx) is not None:
        return None
    if verb.dep_ == "conj" and verb.tag_ in {"VBD", "VBN"} and own_subject(verb) is None and not children(verb, "aux", "auxpass"):
        return _coordinated(uses, verb)
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "acl", "conj"} or verb.left_edge.i == 0 or own_subject(verb) is not None:
        return None
    if verb.left_edge.nbor(-1).text not in {",", "”", '"', "''"}:
        return None
    here = verb.head
    while here.head.i != here.i:
        if here.dep_ in {"ccomp", "xcomp"} and here.head.i < here.i and here.head.i in uses:
            return uses[here.head.i]
        here = here.head
    return None


def _coordinated(uses: Mapping[int, Use], verb: Token) -> Use | None:
    """Return the cue that a coordinated cue belongs with where it cannot go on for the subject between ("said it failed and noted that …").

    The subject between cannot speak, or its own verb takes no such form: "said members would vote and warned that …".
    """
    who = subject(verb)
    outer = next((uses[a.head.i] for a in verb.ancestors if a.dep_ == "ccomp" and a.head.i < a.i and a.head.i in uses), None)
    if who is None or outer is None or outer.token.tag_ != "VBD" or who.i < outer.token.i:
        return None
    able = who.pos_ == "PROPN" or who.lower_ in {"he", "she", "they", "i", "we"} or bool(who.ent_type_) or is_person(who)
    able = able and not is_document(who)
    return outer if not able or _other_form(verb.head) else None


def _other_form(clause: Token) -> bool:
    """Tell whether a clause is a passive, is under a modal or has "be": a past tense joined to it seldom has the same subject."""
    return is_passive(clause) or clause.lemma_ == "be" or any(a.tag_ == "MD" for a in children(clause, "aux"))


def citations(uses: Mapping[int, Use], done: Mapping[int, Spoken], told: Collection[int]) -> list[tuple[Use, Token, Spoken]]:
    """Return ("citing", Y, report) where a report names its own source: Y says the same. `told`: the cues that have words."""
    out = []
    for use in uses.values():
        verb = use.token
        if "citing" not in use.cue.frames or verb.tag_ != "VBG":
            continue
        cited = child(verb, "dobj")
        report = (
            next((done[a.i] for a in verb.ancestors if a.i in done and a.i in told), None)
            if verb.dep_ == "advcl"
            else done.get(verb.head.i)
            or (next((done[c.i] for c in verb.head.head.children if c.i in done), None) if verb.dep_ == "acl" else None)
        )
        if report is None and verb.dep_ == "acl":
            report = done.get(verb.head.head.i)
        if cited is not None and report is not None and report.use.token.i != verb.i and _source_like(cited):
            out.append((use, cited, report))
    return out


def _source_like(token: Token) -> bool:
    word = token.lemma_.lower()
    return token.ent_type_ in {"PERSON", "ORG"} or word in vocabulary("cited")


def spans_of(content: Content) -> tuple[Span, ...]:
    """Return the characters of a content."""
    return stretches(content.tokens)
