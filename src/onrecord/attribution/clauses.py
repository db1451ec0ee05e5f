"""Clauses that a verb cue attributes: "that" clauses in front of it, behind it and around it, questions, infinitives, gerunds.

The parser decides where it can be trusted; where it cannot, the words do: "that" behind the cue opens a clause whatever it hangs on,
and a clause in front of a cue that closes its sentence is its content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.attribution.cues import Use, lemma_of
from onrecord.attribution.extents import FURTHER, LINKS, Content, reports_next, trimmed
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, child, children, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

WH = frozenset({"who", "what", "when", "where", "why", "how", "which", "whose", "whom", "whether", "if"})
NOMINATIVE = frozenset({"he", "she", "they", "we", "i", "it"})
PLAIN = frozenset({"say", "report", "state", "add", "note", "claim", "testify"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SHORTEST = 4  # words of a clause
CLAUSAL = vocabulary("clausal")


def that(use: Use) -> Content | None:
    """Return the finite clause that the cue governs, in front of it or behind it, or that it stands in as a parenthesis."""
    verb = use.token
    own = {w.i for w in use.words}
    clauses = [
        c
        for c in verb.children
        if c.i not in own
        and c.dep_ in {"ccomp", "csubj"}
        and not _infinitive(c)
        and (is_finite(c) or _marked(c) or _shown(use, c))
        and not _reason(c)
    ]
    if not clauses and use.words[-1].i != verb.i:
        clauses = [c for w in use.words[1:] for c in w.children if c.dep_ in {"ccomp", "advcl", "acl"} and not _infinitive(c)]
    behind = [c for c in clauses if c.i > verb.i]
    chosen = behind[:1] or clauses[-1:]
    if not chosen:
        return _behind_that(verb) or _told_clause(use) or _parenthesis(use) or _whispered(use) or _bare(use) or _tail(use) or _rest(use)
    clause = chosen[0]
    if clause.i > verb.i:
        tokens = trimmed(_run(clause, verb), verb)
        return Content(_unaddressed(tokens) if "tell" in use.cue.frames else tokens, "that")
    return Content(_fronted(clause, verb), "that")


def _shown(use: Use, clause: Token) -> bool:
    """Tell whether a document shows somebody doing something ("a poll found Mr Orne leading by 12 points")."""
    return "document" in use.cue.frames and clause.dep_ == "ccomp" and clause.tag_ == "VBG" and own_subject(clause) is not None


def _unaddressed(tokens: list[Token]) -> list[Token]:
    """Drop an addressee that the parser took into the clause ("told friends he is frustrated")."""
    subject = next((n for n, t in enumerate(tokens) if t.tag_ == "PRP" and t.lower_ in NOMINATIVE), 0)
    before = tokens[:subject]
    plain = all(t.pos_ in {"NOUN", "PROPN", "DET", "ADJ", "PRON", "PART"} for t in before) and len(before) <= 4
    return tokens[subject:] if before and plain else tokens


def _run(clause: Token, verb: Token) -> list[Token]:
    """Return the clause behind the cue, with further clauses that "and that" ties to it or to the cue."""
    edge = next((c.i for c in clause.children if c.dep_ == "mark" and c.lower_ == "that" and c.i < clause.i), verb.i)
    tokens = [t for t in clause.subtree if t.i > max(edge, verb.i)]
    lead = child(verb, "dobj")
    if lead is not None and verb.i < lead.i < clause.i and own_subject(clause) is None and child(clause, "mark") is None:
        tokens.extend(t for t in verb.doc[lead.left_edge.i : clause.left_edge.i])
    for other in verb.children:
        mark = child(other, "mark")
        listed = other.dep_ in {"ccomp", "conj"} and own_subject(other) is None and any(c.tag_ == "MD" for c in children(other, "aux"))
        if listed and other.i > clause.i and own_subject(clause) is not None:
            tokens.extend(other.subtree)  # "said it would cost jobs, would raise taxes and …"
        if verb.tag_ == "VBG" and other.dep_ == "conj" and other.tag_ == "VBD" and other.i > clause.i and own_subject(other) is None:
            tokens.extend(other.subtree)  # "announcing he had tested positive, and intended to isolate"
        if other.dep_ in {"conj", "ccomp", "advcl"} and other.i > clause.i and mark is not None and mark.lower_ == "that":
            tokens.extend(other.subtree)
    return sorted(set(tokens), key=lambda t: t.i)


def _fronted(clause: Token, verb: Token) -> list[Token]:
    """Return the clause in front of the cue: what the cue itself governs between them stays out."""
    own = {t.i for c in verb.children if c.i != clause.i and not _further(c, verb) for t in c.subtree} | {verb.i}
    further = [t for c in verb.children if _further(c, verb) for t in c.subtree]
    lost = lost_subject(verb)
    if lost is not None:
        own |= {t.i for t in verb.doc[lost.left_edge.i : verb.i]}
    return _since_stop([t for t in (*clause.subtree, *further) if t.i not in own], verb)


def lost_subject(verb: Token) -> Token | None:
    """Return the noun in front of a cue that closes its sentence, where the parser left it with the clause ("…, the mayor, Orne, told")."""
    if own_subject(verb) is not None or verb.dep_ != "ROOT" or verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i < verb.sent.start + 4:
        return None
    last = verb.nbor(-1)
    inner = last.nbor(-1) if last.text == "," else last
    while inner.dep_ in {"compound", "case"} and inner.head.i > inner.i and inner.head.i < verb.i:
        inner = inner.head
    noun = inner.head if inner.dep_ == "appos" else inner
    before = noun.left_edge.i - 1
    if noun.pos_ not in {"NOUN", "PROPN", "PRON"} or noun.i <= verb.sent.start + 2 or verb.doc[before].text != ",":
        return None
    return noun


def _since_stop(tokens: list[Token], verb: Token) -> list[Token]:
    """Return the tokens behind the last semicolon in front of the cue."""
    stop = max((t.i for t in tokens if t.text == ";" and t.i < verb.i), default=-1)
    stop = max(stop, _clause_edge(verb))
    return sorted({t for t in tokens if t.i > stop}, key=lambda t: t.i)


def _clause_edge(verb: Token) -> int:
    """Return the token behind which the clause around ", it said," begins where others stand before it, else -1.

    A relative in front of it ("…, without which, it said, …") or a clause behind ", and" with a subject of its own.
    """
    who, doc = own_subject(verb), verb.doc
    if who is None or who.lower_ not in NOMINATIVE or who.i < verb.sent.start + 3 or doc[who.i - 1].text != ",":
        return -1
    before = doc[who.i - 2]
    if before.tag_ in {"WDT", "WP"}:
        return before.i - 2 if before.nbor(-1).pos_ == "ADP" else before.i - 1
    for lead in reversed(doc[verb.sent.start + 1 : who.i - 1]):
        clause = next((c for c in lead.head.children if c.dep_ == "conj" and c.i > lead.i), None) if lead.dep_ == "cc" else None
        own = own_subject(clause) if clause is not None and clause.pos_ in VERBAL else None
        if own is not None and lead.i < own.i < who.i and lead.nbor(-1).text == ",":
            return lead.i
    return -1


def _until_next(tokens: list[Token]) -> list[Token]:
    """End a sentence around its cue where ", and" opens another's words."""
    return tokens[: next((n for n, t in enumerate(tokens) if n and reports_next(t)), len(tokens))]


def _further(clause: Token, verb: Token) -> bool:
    """Tell whether a clause behind a cue between commas goes on with what is said ("It failed, she said, and it will again")."""
    if clause.dep_ != "conj" or clause.i < verb.i or lemma_of(clause) in FURTHER or lemma_of(clause) == "report":
        return False
    who = child(clause, "nsubj", "nsubjpass", "csubj", "expl")
    lead = next((t for t in clause.doc[verb.i + 1 : clause.i] if t.dep_ == "cc"), None)
    return who is not None and who.i < clause.i and lead is not None and lead.nbor(-1).text == ","


def interposed(use: Use) -> Content | None:
    """Return the sentence around a cue that commas set off, by the words alone ("If elected, Mr Orne said, he would resign")."""
    verb, doc, who = use.token, use.token.doc, own_subject(use.token)
    if who is None or not {"quote", "that"} <= set(use.cue.frames) or verb.tag_ not in {"VBD", "VBZ", "VBP"} or len(use.words) > 1:
        return None
    start, end = verb.sent.start, verb.sent.end
    first = who.left_edge.i
    if not start < first < verb.i or doc[first - 1].text != "," or any(t.text == "," or t.dep_ == "cc" for t in doc[first : verb.i]):
        return None
    after = next((t.i for t in doc[verb.i + 1 : min(verb.i + 7, end)] if t.text == ","), None)
    if after is None or after + 2 >= end or any(not _adjunct(t, verb) for t in doc[verb.i + 1 : after]):
        return None
    rest = [t for t in doc[after + 1 : end] if not t.is_space]
    ahead = doc[start : first - 1]
    if (
        rest[0].tag_ in {"VBG", "WP", "WDT", "CC"}
        or rest[0].lower_ in {"but", "while", "who", "which"}
        or _quoted(ahead)
        or _quoted(rest[:2])
    ):
        return None
    before = _since_stop(list(ahead), verb)
    if len(before) < 1 or before[0].lower_ in {"asked", "when", "as", "speaking"} or before[0].tag_ == "VBG" or before[0].dep_ == "cc":
        return None
    return Content(_until_next([*before, *rest]), "that")


def _adjunct(token: Token, verb: Token) -> bool:
    """Tell whether a word behind a set-off cue says when, where or to whom."""
    return (
        token.dep_ in {"npadvmod", "prep", "pobj", "advmod", "det", "compound", "amod", "nummod", "dobj", "poss"}
        and token.pos_ not in VERBAL
        and verb.i < token.i
    )


def _quoted(tokens: Iterable[Token]) -> bool:
    return any(t.is_quote or t.text in {"“", "”", "``", "''"} for t in tokens)


def _parenthesis(use: Use) -> Content | None:
    """Return the clause around a cue that is set in it ("The bill, she said, will fail"; "…, said the judge")."""
    verb = use.token
    host = verb.head
    while host.pos_ not in VERBAL and host.head.i != host.i and host.dep_ in {"attr", "acomp", "dobj", "pobj", "prep"}:
        host = host.head
    if verb.dep_ not in {"parataxis", "advcl", "conj", "dep", "ccomp"} or "quote" not in use.cue.frames or host.i == verb.i:
        return None
    if verb.dep_ != "parataxis" and not _set_off(verb, told="tell" in use.cue.frames):
        return None
    if host.pos_ not in VERBAL or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or own_subject(verb) is None:
        return None
    if child(verb, "mark", "cc") is not None:
        return None
    own = {t.i for t in verb.subtree} if host.i not in {t.i for t in verb.subtree} else set()
    own -= {t.i for c in verb.children if _further(c, verb) for t in c.subtree}
    tokens = _until_next(_since_stop([t for t in host.subtree if t.i not in own], verb))
    return Content(tokens, "that") if any(t.i < verb.i for t in tokens) else None


def _told_clause(use: Use) -> Content | None:
    """Return a clause without "that" that the parser hung on the addressee as a relative clause ("told the court he had paid")."""
    verb = use.token
    whom = child(verb, "dobj", "dative")
    if "tell" not in use.cue.frames or whom is None or whom.i < verb.i:
        return None
    for clause in children(whom, "relcl"):
        who = own_subject(clause)
        plain = not any(t.tag_ in {"WDT", "WP", "WRB", "WP$"} for t in verb.doc[whom.i + 1 : clause.i])
        if who is not None and plain and whom.i < who.i and verb.doc[who.left_edge.i - 1].text != ",":
            return Content(trimmed([t for t in clause.subtree if t.i >= who.left_edge.i], verb), "that")
    return None


def _whispered(use: Use) -> Content | None:
    """Return the sentence around ", it is said," whatever the parser made of it."""
    verb, doc = use.token, use.token.doc
    who = own_subject(verb)
    if (
        who is None
        or who.lower_ != "it"
        or who.i == 0
        or doc[who.i - 1].text != ","
        or verb.i + 1 >= verb.sent.end
        or doc[verb.i + 1].text != ","
    ):
        return None
    return Content([t for t in doc[verb.sent.start : verb.sent.end] if not who.i - 1 <= t.i <= verb.i + 1], "that")


def _marked(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _behind_that(verb: Token) -> Content | None:
    """Return the clause that "that" opens behind the cue, whatever the parser hung it on ("told reporters at the quay that nobody …")."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 16, verb.sent.end)]:
        if token.text in {";", ":", "."} or (token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.i > verb.i + 1):
            return None
        if token.lower_ != "that" or token.i + 1 >= verb.sent.end:
            continue
        clause = next((a for a in token.ancestors if a.pos_ in VERBAL), token)
        subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} and c.i != token.i]
        if clause.i > token.i and clause.pos_ in VERBAL and subjects:
            last = max(clause.right_edge.i, *(c.right_edge.i for c in children(verb, "ccomp")), 0)
            return Content(trimmed(verb.doc[token.i + 1 : last + 1], verb), "that", child(verb, "dobj"))
        return None
    return None


def _tail(use: Use) -> Content | None:
    """Return the words in front of a cue that closes its sentence, where the parser saw no clause ("Jets over capital, residents say")."""
    verb = use.token
    who = own_subject(verb)
    sentence = verb.sent
    if who is None or "quote" not in use.cue.frames or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    told = {"dobj"} if "tell" in use.cue.frames else set()
    edge = min(who.left_edge.i, verb.i)
    behind = verb.doc[max(verb.i, who.right_edge.i) + 1 : sentence.end]
    if (
        edge <= sentence.start + 2
        or verb.doc[edge - 1].text != ","
        or any(t.pos_ in VERBAL or t.dep_ in {"dobj", "attr", "acomp"} - told for t in behind)
    ):
        return None
    return Content(list(verb.doc[sentence.start : edge - 1]), "that")


def _rest(use: Use) -> Content | None:
    """Return all that follows plain saying where the parser saw no clause ("she said as a girl she was …")."""
    verb, doc = use.token, use.token.doc
    if lemma_of(verb) not in PLAIN or verb.tag_ not in FINITE or child(verb, "dobj", "agent", "mark") is not None:
        return None
    rest = [t for t in doc[verb.i + 1 : verb.sent.end] if not t.is_space]
    stop = next((n for n, t in enumerate(rest) if t.text in {";", ":"} or t.is_quote), len(rest))
    while rest[:stop] and (rest[0].ent_type_ in {"DATE", "TIME"} or rest[0].text == "," or _when(rest[0])):
        rest, stop = rest[1:], stop - 1
    rest = rest[:stop]
    finite = next((t for t in rest if t.tag_ in FINITE), None)
    if len(rest) < SHORTEST or finite is None or rest[0].pos_ in {"VERB", "AUX"} or rest[0].tag_ in {"WP", "WDT", "CC", "VBG"}:
        return None
    own = own_subject(finite.head if finite.dep_ in {"aux", "auxpass"} else finite)
    return Content(trimmed(rest, verb), "that") if own is not None and own.i > verb.i else None


def _when(token: Token) -> bool:
    """Tell whether a preposition says when ("on Thursday")."""
    thing = child(token, "pobj")
    return token.pos_ == "ADP" and thing is not None and thing.ent_type_ in {"DATE", "TIME"}


def _reason(clause: Token) -> bool:
    """Tell whether a clause gives a reason, time or purpose and not what is said."""
    mark = child(clause, "mark")
    return (
        mark is not None and mark.lower_ in {"so", "because", "when", "after", "before", "since", "unless", "until"} and mark.i < clause.i
    )


def _bare(use: Use) -> Content | None:
    """Return a clause without "that" whose subject the parser took for the cue's object ("claimed Iran, above all, is behind it")."""
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
            return Content(trimmed(verb.doc[verb.i + 1 : sentence.end], verb), "that")
    if only and len(list(thing.subtree)) >= 3:
        return Content(trimmed(verb.doc[verb.i + 1 : sentence.end], verb), "that")
    return None


def _joined(token: Token, thing: Token) -> bool:
    """Tell whether a finite verb has a subject of its own, or "and" before it."""
    clause = token.head if token.dep_ in {"aux", "auxpass"} else token
    if own_subject(clause) is not None or clause.dep_ in {"relcl", "advcl", "acl", "ccomp"}:
        return True
    before = token.doc[thing.right_edge.i + 1 : token.i]
    return any(t.dep_ == "cc" or t.lower_ in {"and", "but", "which", "who", "that"} for t in before)


def _set_off(verb: Token, *, told: bool) -> bool:
    """Tell whether commas set the cue's clause off."""
    first, last = verb.left_edge, verb.right_edge
    before = first.nbor(-1).text if first.i else ""
    after = last.nbor(1).text if last.i + 1 < len(last.doc) else "."
    return (
        before == ","
        and after in {",", ".", ";", "”", '"'}
        and not any(c.dep_ in {"dobj", "ccomp", "xcomp"} and c.i > verb.i and not (told and c.dep_ == "dobj") for c in verb.children)
    )


def is_finite(clause: Token) -> bool:
    """Tell whether a clause has a tense, or is a headline's clause with a subject."""
    if clause.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(
        c.tag_ in {"MD", "VBD", "VBZ", "VBP"} for c in children(clause, "aux", "auxpass", "cop")
    ):
        return True
    if clause.pos_ in VERBAL and any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in clause.children):
        return clause.tag_ != "VBG" or bool(children(clause, "aux"))
    return False


def _infinitive(clause: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" and c.i < clause.i for c in clause.children)


def question(use: Use) -> Content | None:
    """Return an indirect question ("asked whether it rained", "did not say how many")."""
    verb = use.token
    for clause in verb.children:
        if clause.dep_ in {"ccomp", "advcl", "xcomp", "pcomp", "dobj"} and clause.i > verb.i:
            tokens = [t for t in clause.subtree if t.i > verb.i]
            first = next((t for t in tokens if t.text not in LINKS), None)
            if first is not None and (
                first.lower_ in WH or (first.pos_ == "ADP" and first.i + 1 < len(first.doc) and first.nbor(1).lower_ in WH)
            ):
                return Content(trimmed(tokens, verb), "wh", child(verb, "dobj") if clause.dep_ != "dobj" else None)
    return None


def infinitive(use: Use) -> Content | None:
    """Return an infinitive: what somebody is asked to do, or promises to do; the addressee stays out of the content."""
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
    return Content(trimmed(tokens, verb), "to", whom if whom is not None and whom.i > verb.i else None)


def gerund(use: Use) -> Content | None:
    """Return a gerund: what somebody denies or admits having done, or proposes to do."""
    verb = use.token
    for clause in verb.children:
        near = 0 < clause.i - verb.i <= 3 and verb.doc[verb.i + 1].text != ","
        if clause.tag_ == "VBG" and near and clause.dep_ in {"xcomp", "advcl", "ccomp", "dobj"}:
            return Content(trimmed([t for t in clause.subtree if t.i > verb.i], verb), "ing")
    return None
