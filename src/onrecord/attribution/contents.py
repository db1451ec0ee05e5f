"""What a cue attributes, by its frames: clauses, infinitives, noun phrases, "as" and "of" phrases, names that something is called.

Each frame is a function of a cue's use that returns the content's tokens, or None where the frame does not stand here. The first
frame of FRAMES that stands wins. Contents leave out "that", the cue and its source, participles that report further ("…, adding that"),
"according to" and what follows a semicolon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from onrecord.attribution.cues import Use, lemma_of
from onrecord.grammar import VERBAL, child, children, is_passive, own_subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

FURTHER = frozenset({"add", "say", "note", "claim", "argue", "cite", "call", "insist", "explain", "stress", "warn", "suggest", "write", "describe", "tell",
                     "accuse", "urge", "allege", "assert", "deny", "point", "stating", "state", "announce", "promise", "vow", "ask", "demand"})  # fmt: skip
WH = frozenset({"who", "what", "when", "where", "why", "how", "which", "whose", "whom", "whether", "if"})
LINKS = frozenset({"that", ",", ":", "“", '"', "”", "``", "''", "‘", "’", "—", "–", "-", ";"})
OCCASIONS = frozenset({"statement", "interview", "speech", "briefing", "conference", "television", "radio", "tweet", "address", "hearing", "post", "twitter",
                       "broadcast", "ceremony", "facebook", "hall", "rally", "event", "meeting", "forum", "debate", "news", "message", "letter", "email", "remark", "release"})  # fmt: skip
"""Where words are said; behind an announced thing they say where, not what."""
UNSAID = frozenset({"nomination", "appointment", "nominee", "funding", "access", "entry", "permission", "visa", "bail", "loan", "service", "relief",
                    "victory", "independence", "life", "man", "woman", "people", "child", "judge", "patient", "passenger", "student", "emergency", "war", "bankruptcy", "defeat", "credit"})  # fmt: skip
"""Objects of "confirm", "deny", "claim" that make the verb an act."""
ATTITUDES = frozenset({"intention", "intent", "willingness", "support", "opposition", "view", "position", "desire", "goal", "preference", "reason",
                       "concern", "regret", "confidence", "belief", "hope", "plan", "commitment", "readiness"})  # fmt: skip
NOMINATIVE = frozenset({"he", "she", "they", "we", "i", "it"})
CLAUSAL = frozenset({"say", "insist", "contend", "testify", "argue", "complain"})
"""Verbs of saying that take no plain object."""
CLAIMS = frozenset({"claim", "allegation", "accusation", "charge", "report", "rumour", "rumor", "suggestion", "assertion", "idea", "notion", "criticism",
                    "complaint", "story", "speculation", "concern", "statement", "comparison", "characterisation", "characterization", "theory"})  # fmt: skip


class Content(NamedTuple):
    """What is attributed: the tokens, the frame, what binds the addressee (the infinitive's subject or the cue's object)."""

    tokens: list[Token]
    frame: str
    addressee: Token | None = None


def content_of(use: Use) -> Content | None:
    """Return the content of a verb cue by the first of its frames that stands here, quotations left to `quoted`."""
    for frame, find in FRAMES:
        if frame in use.cue.frames:
            found = find(use)
            if found is not None and found.tokens:
                return found
    return _phrase(use)


# ---- clauses --------------------------------------------------------------------------------------------------------


def _that(use: Use) -> Content | None:
    """A finite clause that the cue governs, in front of it or behind it; or the clause that it stands in as a parenthesis."""
    verb = use.token
    own = {w.i for w in use.words}
    clauses = [
        c
        for c in verb.children
        if c.i not in own and c.dep_ in {"ccomp", "csubj"} and not _infinitive(c) and (_finite(c) or _marked(c)) and not _reason(c)
    ]
    if not clauses and use.words[-1].i != verb.i:
        clauses = [c for w in use.words[1:] for c in w.children if c.dep_ in {"ccomp", "advcl", "acl"} and not _infinitive(c)]
    behind = [c for c in clauses if c.i > verb.i]
    chosen = behind[:1] or clauses[-1:]
    if not chosen:
        return _behind_that(verb) or _parenthesis(use) or _bare(use) or _tail(use)
    clause = chosen[0]
    if clause.i > verb.i:
        tokens = _trim(_run(clause, verb), verb)
        return Content(_unaddressed(tokens) if "tell" in use.cue.frames else tokens, "that")
    return Content(_fronted(clause, verb), "that")


def _unaddressed(tokens: list[Token]) -> list[Token]:
    """Drop an addressee that the parser took into the clause ("told friends he is frustrated")."""
    subject = next((n for n, t in enumerate(tokens) if t.tag_ == "PRP" and t.lower_ in NOMINATIVE), 0)
    before = tokens[:subject]
    plain = all(t.pos_ in {"NOUN", "PROPN", "DET", "ADJ", "PRON", "PART"} for t in before) and len(before) <= 4
    return tokens[subject:] if before and plain else tokens


def _run(clause: Token, verb: Token) -> list[Token]:
    """Return the clause behind the cue, with further clauses that "and that" ties to it or to the cue."""
    tokens = [t for t in clause.subtree if t.i > verb.i]
    lead = child(verb, "dobj")
    if lead is not None and verb.i < lead.i < clause.i and own_subject(clause) is None and child(clause, "mark") is None:
        tokens.extend(t for t in verb.doc[lead.left_edge.i : clause.left_edge.i])
    for other in verb.children:
        mark = child(other, "mark")
        if other.dep_ in {"conj", "ccomp", "advcl"} and other.i > clause.i and mark is not None and mark.lower_ == "that":
            tokens.extend(other.subtree)
    return sorted(set(tokens), key=lambda t: t.i)


def _fronted(clause: Token, verb: Token) -> list[Token]:
    """Return the clause in front of the cue: what the cue itself governs between them stays out."""
    own = {t.i for c in verb.children if c.i != clause.i and not _further(c, verb) for t in c.subtree} | {verb.i}
    further = [t for c in verb.children if _further(c, verb) for t in c.subtree]
    return _since_stop([t for t in (*clause.subtree, *further) if t.i not in own], verb)


def _since_stop(tokens: list[Token], verb: Token) -> list[Token]:
    """Return the tokens behind the last semicolon in front of the cue."""
    stop = max((t.i for t in tokens if t.text == ";" and t.i < verb.i), default=-1)
    return sorted({t for t in tokens if t.i > stop}, key=lambda t: t.i)


def _further(clause: Token, verb: Token) -> bool:
    """Tell whether a coordinated clause behind a cue set off by commas goes on with what is said ("It failed, she said, and it will again")."""
    if clause.dep_ != "conj" or clause.i < verb.i or lemma_of(clause) in FURTHER or lemma_of(clause) == "report":
        return False
    who = child(clause, "nsubj", "nsubjpass", "csubj", "expl")
    lead = next((t for t in clause.doc[verb.i + 1 : clause.i] if t.dep_ == "cc"), None)
    return who is not None and who.i < clause.i and lead is not None and lead.nbor(-1).text == ","


def _parenthesis(use: Use) -> Content | None:
    """The clause around a cue that is set in it ("The bill, she said, will fail"; "…, said the judge")."""
    verb = use.token
    host = verb.head
    while host.pos_ not in VERBAL and host.head.i != host.i and host.dep_ in {"attr", "acomp", "dobj", "pobj", "prep"}:
        host = host.head
    if verb.dep_ not in {"parataxis", "advcl", "conj", "dep", "ccomp"} or "quote" not in use.cue.frames or host.i == verb.i:
        return None
    if verb.dep_ != "parataxis" and not _set_off(verb):
        return None
    if host.pos_ not in VERBAL or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or own_subject(verb) is None:
        return None
    if child(verb, "mark", "cc") is not None:
        return None
    own = {t.i for t in verb.subtree} if host.i not in {t.i for t in verb.subtree} else set()
    own -= {t.i for c in verb.children if _further(c, verb) for t in c.subtree}
    tokens = _since_stop([t for t in host.subtree if t.i not in own], verb)
    return Content(tokens, "that") if any(t.i < verb.i for t in tokens) else None


def _marked(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _behind_that(verb: Token) -> Content | None:
    """A clause that "that" opens behind the cue, whatever the parser hung it on ("told reporters at the quay that nobody …")."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 16, verb.sent.end)]:
        if token.text in {";", ":", "."} or (token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.i > verb.i + 1):
            return None
        if token.lower_ != "that" or token.i + 1 >= verb.sent.end:
            continue
        clause = next((a for a in token.ancestors if a.pos_ in VERBAL), token)
        subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} and c.i != token.i]
        if clause.i > token.i and clause.pos_ in VERBAL and subjects:
            last = max(clause.right_edge.i, *(c.right_edge.i for c in children(verb, "ccomp")), 0)
            return Content(_trim(verb.doc[token.i + 1 : last + 1], verb), "that", child(verb, "dobj"))
        return None
    return None


def _tail(use: Use) -> Content | None:
    """The words in front of a cue that closes its sentence, where the parser saw no clause ("Jets over capital, residents say")."""
    verb = use.token
    who = own_subject(verb)
    sentence = verb.sent
    if who is None or "quote" not in use.cue.frames or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    edge = min(who.left_edge.i, verb.i)
    behind = verb.doc[max(verb.i, who.right_edge.i) + 1 : sentence.end]
    if (
        edge <= sentence.start + 2
        or verb.doc[edge - 1].text != ","
        or any(t.pos_ in VERBAL or t.dep_ in {"dobj", "attr", "acomp"} for t in behind)
    ):
        return None
    return Content([t for t in verb.doc[sentence.start : edge - 1]], "that")


def _reason(clause: Token) -> bool:
    """Tell whether a clause gives a reason, time or purpose and not what is said."""
    mark = child(clause, "mark")
    return (
        mark is not None and mark.lower_ in {"so", "because", "when", "after", "before", "since", "unless", "until"} and mark.i < clause.i
    )


def _bare(use: Use) -> Content | None:
    """A clause without "that" whose subject the parser took for the cue's object ("claimed Iran, above all, is behind it")."""
    verb = use.token
    thing = child(verb, "dobj")
    sentence = verb.sent
    if thing is None or not verb.i < thing.i <= verb.i + 12 or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP", "VBG"} or thing.pos_ == "PRON":
        return None
    only = lemma_of(verb) in CLAUSAL and "quote" in use.cue.frames
    for token in verb.doc[thing.i + 1 : sentence.end]:
        if token.text in {";", ":"} or token.dep_ == "relcl":
            break
        finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        if (
            finite
            and token.head.i in {verb.i, token.i} | {a.i for a in verb.ancestors} | {c.i for c in verb.children}
            and not _joined(token, thing)
        ):
            return Content(_trim(verb.doc[verb.i + 1 : sentence.end], verb), "that")
    if only and len(list(thing.subtree)) >= 3:
        return Content(_trim(verb.doc[verb.i + 1 : sentence.end], verb), "that")
    return None


def _joined(token: Token, thing: Token) -> bool:
    """Tell whether a finite verb has a subject of its own, or "and" before it."""
    clause = token.head if token.dep_ in {"aux", "auxpass"} else token
    if own_subject(clause) is not None or clause.dep_ in {"relcl", "advcl", "acl", "ccomp"}:
        return True
    before = token.doc[thing.right_edge.i + 1 : token.i]
    return any(t.dep_ == "cc" or t.lower_ in {"and", "but", "which", "who", "that"} for t in before)


def _set_off(verb: Token) -> bool:
    """Tell whether commas set the cue's clause off."""
    first, last = verb.left_edge, verb.right_edge
    before = first.nbor(-1).text if first.i else ""
    after = last.nbor(1).text if last.i + 1 < len(last.doc) else "."
    return (
        before == ","
        and after in {",", ".", ";", "”", '"'}
        and not any(c.dep_ in {"dobj", "ccomp", "xcomp"} and c.i > verb.i for c in verb.children)
    )


def _finite(clause: Token) -> bool:
    """Tell whether a clause has a tense, or is a headline's clause with a subject."""
    if clause.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(
        c.tag_ in {"MD", "VBD", "VBZ", "VBP"} for c in children(clause, "aux", "auxpass", "cop")
    ):
        return True
    if clause.pos_ in VERBAL and any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in clause.children):
        return clause.tag_ not in {"VBG"} or bool(children(clause, "aux"))
    return False


def _infinitive(clause: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" and c.i < clause.i for c in clause.children)


def _wh(use: Use) -> Content | None:
    """An indirect question ("asked whether it rained", "did not say how many")."""
    verb = use.token
    for clause in verb.children:
        if clause.dep_ in {"ccomp", "advcl", "xcomp", "pcomp", "dobj"} and clause.i > verb.i:
            tokens = [t for t in clause.subtree if t.i > verb.i]
            first = next((t for t in tokens if t.text not in LINKS), None)
            if first is not None and (
                first.lower_ in WH or (first.pos_ == "ADP" and first.i + 1 < len(first.doc) and first.nbor(1).lower_ in WH)
            ):
                return Content(_trim(tokens, verb), "wh", child(verb, "dobj") if clause.dep_ != "dobj" else None)
    return None


def _to(use: Use) -> Content | None:
    """An infinitive: what somebody is asked to do, or promises to do; the addressee stays out of the content."""
    verb = use.token
    pools = [verb, *use.words[1:], *(p for w in use.words[1:] for p in w.children if p.dep_ == "pobj")]
    for head in pools:
        for clause in head.children:
            if clause.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp"} or clause.i < verb.i:
                continue
            if not (_infinitive(clause) or (clause.tag_ == "VB" and head.i == verb.i and not children(clause, "aux"))):
                continue
            if clause.dep_ == "advcl" and child(verb, "dobj") is None and use.cue.stance != "asks" and head.i == verb.i:
                continue
            return _asked(use, clause, head)
    return None


def _asked(use: Use, clause: Token, head: Token) -> Content:
    verb = use.token
    to = next((c for c in clause.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    whom = own_subject(clause) or child(verb, "dobj", "dative") or (head if head.dep_ == "pobj" else None)
    start = to.i if to is not None else clause.i
    negated = child(clause, "neg")
    if negated is not None and negated.i < start:
        start = negated.i
    elif to is not None and (use.cue.stance == "asks" or whom is not None):
        start = to.i + 1
    finite = {t.i for c in clause.children if c.dep_ == "conj" and c.tag_ in {"VBD", "VBZ"} for t in c.subtree}
    tokens = [t for t in clause.subtree if t.i >= start and t.i not in finite]
    return Content(_trim(tokens, verb), "to", whom if whom is not None and whom.i > verb.i else None)


def _ing(use: Use) -> Content | None:
    """A gerund: what somebody denies or admits having done, or proposes to do."""
    verb = use.token
    for clause in verb.children:
        near = clause.i - verb.i <= 3 and verb.doc[verb.i + 1].text != ","
        if clause.tag_ == "VBG" and clause.i > verb.i and near and clause.dep_ in {"xcomp", "advcl", "ccomp", "dobj"}:
            return Content(_trim([t for t in clause.subtree if t.i > verb.i], verb), "ing")
    return None


# ---- phrases --------------------------------------------------------------------------------------------------------


def _object(use: Use) -> Content | None:
    """A noun phrase: what is announced, denied, demanded; not a person, a pronoun, a time."""
    verb = use.token
    if is_passive(verb):
        return _announced(verb)
    thing = child(verb, "dobj")
    if thing is None or thing.i < verb.i or thing.pos_ == "PRON" or thing.ent_type_ in {"DATE", "TIME"} or thing.tag_ in {"WP", "WDT"}:
        return None
    further = [
        c for c in verb.children if c.dep_ == "prep" and c.i > thing.i and c.lower_ in ({"as", "to"} if "+to" in use.cue.frames else {"as"})
    ]
    if (thing.ent_type_ in {"PERSON", "GPE"} and not further) or thing.lemma_.lower() in UNSAID or child(verb, "dative") is not None:
        return None
    tokens = [t for t in (*core(thing), *(t for c in further for t in c.subtree)) if t.i > verb.i]
    return Content(_trim(tokens, verb), "object")


def _announced(verb: Token) -> Content | None:
    """The subject of a passive with an agent ("his death was announced by his son")."""
    thing = child(verb, "nsubjpass")
    by = child(verb, "agent")
    if thing is None or by is None or thing.pos_ == "PRON" or thing.ent_type_ in {"PERSON", "GPE", "ORG"} or verb.dep_ == "relcl":
        return None
    return Content(core(thing), "object") if thing.lemma_.lower() not in UNSAID and thing.tag_ not in {"WP", "WDT"} else None


def _attitude(use: Use) -> Content | None:
    """An object that says what somebody intends, feels or holds ("stated her intention to run")."""
    thing = child(use.token, "dobj")
    return _object(use) if thing is not None and thing.lemma_.lower() in ATTITUDES else None


def core(thing: Token) -> list[Token]:
    """Return a noun phrase without relative clauses behind a comma and without when and where it was said."""
    out = []
    dropped = {t.i for c in thing.children if _setting(c) for t in c.subtree}
    for token in sorted(thing.subtree, key=lambda t: t.i):
        if token.i > thing.i and (_aside(token) or token.lower_ in {"following", "amid", "amidst", "despite"}):
            break
        if token.i not in dropped:
            out.append(token)
    return out


def _aside(token: Token) -> bool:
    """Tell whether a relative clause behind a comma begins."""
    return token.tag_ in {"WDT", "WP"} and token.i > 0 and token.nbor(-1).text == ","


def _setting(prep: Token) -> bool:
    thing = child(prep, "pobj")
    if prep.dep_ != "prep" or thing is None:
        return False
    return thing.ent_type_ in {"DATE", "TIME"} or (prep.lower_ in {"at", "in", "on", "during"} and thing.lemma_.lower() in OCCASIONS)


def _claim(use: Use) -> Content | None:
    """An object that is itself a claim ("dismissed the report")."""
    found = _object(use)
    head = child(use.token, "dobj")
    return found if found is not None and head is not None and head.lemma_.lower() in CLAIMS else None


def claimed(noun: Token) -> Content | None:
    """Return the clause of a claim ("rumours that the king had died")."""
    for clause in noun.children:
        that = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
        if clause.dep_ in {"acl", "ccomp", "relcl"} and clause.i > noun.i and that is not None and that.dep_ in {"mark", "det"}:
            return Content([t for t in clause.subtree if t.i > that.i], "that")
    return None


def _predicate(use: Use) -> Content | None:
    """What somebody or something is called."""
    verb = use.token
    if child(verb, "dative") is not None and child(verb, "dobj") is not None:
        return Content(_trim([t for t in core(child(verb, "dobj") or verb) if t.i > verb.i], verb), "predicate")
    for c in verb.children:
        if c.i < verb.i:
            continue
        if c.dep_ in {"oprd", "xcomp"} and c.pos_ not in VERBAL:
            return Content(_trim(list(c.subtree), verb), "predicate")
        if c.dep_ == "ccomp" and not _finite(c):
            who = own_subject(c)
            if who is not None and who.i > verb.i:
                mine = {t.i for t in who.subtree}
                rest = [t for t in c.subtree if t.i > verb.i and t.i not in mine and t.i > who.i]
                if rest and rest[0].dep_ != "aux":
                    return Content(_trim(rest, verb), "predicate")
    return None


def _as(use: Use) -> Content | None:
    """What something is described as."""
    verb = use.token
    for head in (
        verb,
        *children(verb, "dobj", "nsubjpass", "prep"),
        *use.words[1:],
        *(o for w in use.words[1:] for o in children(w, "pobj")),
    ):
        for prep in head.children:
            if prep.lower_ == "as" and prep.i > verb.i and prep.dep_ in {"prep", "mark", "advmod", "advcl"}:
                tokens = [t for t in prep.subtree if t.i > prep.i]
                if not tokens and prep.dep_ == "mark":
                    tokens = [t for t in head.subtree if t.i > prep.i]
                if tokens:
                    return Content(_trim(tokens, verb), "+as")
    for clause in children(verb, "advcl", "xcomp", "oprd", "acomp"):
        if clause.i > verb.i and clause.i > 0 and clause.left_edge.lower_ == "as" and clause.left_edge.head.i == clause.i:
            return Content(_trim([t for t in clause.subtree if t.i > clause.left_edge.i], verb), "+as")
    return None


def _phrase(use: Use) -> Content | None:
    """The object of one of the cue's prepositions."""
    verb = use.token
    for frame in use.cue.frames:
        if not frame.startswith("+"):
            continue
        if frame == "+as":
            found = _as(use)
            if found is not None:
                return found
            continue
        for head in (verb, *children(verb, "dobj")):
            for prep in head.children:
                if prep.lower_ == frame[1:] and prep.i > verb.i and prep.dep_ in {"prep", "mark", "advmod", "dative"}:
                    found = _governed(use, prep, frame)
                    if found is not None:
                        return found
        found = _for(use, frame)
        if found is not None:
            return found
    return None


def _governed(use: Use, prep: Token, frame: str) -> Content | None:
    tokens = [t for t in prep.subtree if t.i > prep.i]
    if not tokens:
        return None
    whom = child(use.token, "dobj") or child(use.token, "nsubjpass")
    stop = next((n for n, t in enumerate(tokens) if n and _aside(t)), len(tokens))
    more = [t for c in prep.children if c.dep_ == "conj" and c.lower_ == prep.lower_ for t in c.subtree]
    return Content(_trim((*tokens[:stop], *more), use.token), frame, whom)


def _for(use: Use, frame: str) -> Content | None:
    """ "called for the men to be tried": the clause that "for" marks."""
    for clause in use.token.children:
        mark = child(clause, "mark")
        if clause.dep_ in {"advcl", "ccomp", "xcomp"} and mark is not None and mark.lower_ == frame[1:] and mark.i > use.token.i:
            return Content(_trim([t for t in clause.subtree if t.i > mark.i], use.token), frame)
    return None


FRAMES: tuple[tuple[str, Callable[[Use], Content | None]], ...] = (
    ("to", _to),
    ("wh", _wh),
    ("that", _that),
    ("ing", _ing),
    ("predicate", _predicate),
    ("claim", _claim),
    ("attitude", _attitude),
    ("object", _object),
)


# ---- edges ----------------------------------------------------------------------------------------------------------


def _trim(tokens: Iterable[Token], verb: Token) -> list[Token]:
    """Cut a content behind the cue where something else begins, and drop "that" and marks at its start."""
    kept = sorted(tokens, key=lambda t: t.i)
    for place, token in enumerate(kept):
        if place and _elsewhere(token, kept[0]):
            kept = kept[:place]
            break
    while kept and kept[0].text.lower() in LINKS:
        kept.pop(0)
    while kept and (kept[-1].text in {",", ";", ":", "—", "–", "-"} or kept[-1].is_space or kept[-1].lower_ in {"and", "but", "while"}):
        kept.pop()
    return [t for t in kept if t.i > verb.i]


def _elsewhere(token: Token, first: Token) -> bool:
    """Tell whether a token begins something that the source does not say."""
    before = token.nbor(-1) if token.i else token
    if token.text == ";":
        return True
    if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        return True
    if before.text not in {",", "”", '"', "''", "—", "–"}:
        return False
    if token.lower_ in {"a", "an", "the"} and before.text == "," and token.i + 1 < len(token.doc) and token.nbor(1).lemma_ in CLAIMS:
        return True
    lead = next((t for t in token.doc[token.i : token.i + 3] if t.tag_ == "VBG"), None)
    if (
        lead is not None
        and lemma_of(lead) in FURTHER
        and lead.left_edge.i == token.i
        and lead.dep_ in {"advcl", "acl", "conj", "ccomp", "xcomp"}
    ):
        return True
    if token.lower_ in {"while", "whereas"}:
        return any(lemma_of(t) in FURTHER for t in token.head.subtree if t.i > token.i and t.i > first.i) or token.head.tag_ == "VBG"
    return False


def stretches(tokens: list[Token]) -> tuple[Span, ...]:
    """Return the characters of tokens as spans, one for each unbroken run; punctuation and space alone do not break a run."""
    if not tokens:
        return ()
    ordered = sorted(tokens, key=lambda t: t.i)
    runs = [[ordered[0]]]
    for token in ordered[1:]:
        gap = token.doc[runs[-1][-1].i + 1 : token.i]
        if all(t.is_punct or t.is_space or t.is_quote for t in gap):
            runs[-1].append(token)
        else:
            runs.append([token])
    out = []
    for run in runs:
        while run and (run[-1].text in {",", ";", ":", ".", "—", "–", "-"} or run[-1].is_space):
            run.pop()
        while run and (run[0].text in {",", ";", ":", ".", "—", "–", "-"} or run[0].is_space):
            run.pop(0)
        if run:
            out.append(Span(run[0].idx, run[-1].idx + len(run[-1])))
    return tuple(out)
