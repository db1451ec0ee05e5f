"""Documents to whoever issued them: whose "the statement", "a tweet by X", "NATO's figures", "the court ruling" are.

A document speaks for its author, and is no mention of him: what is found here stands beside the mentions, with the document's head
and the words that name the author. Rules, in order:

    issuer.owner       CNN's projections, their statement            whom it belongs to
    issuer.by          a survey issued by Delta Radio, data from X   whom "by", "from" and (for bodies) "of" name
    issuer.before      the WHO report, the Turkish statement         the body or people before the noun
    issuer.subject     X released a statement; in a letter, X said   who puts it out, or speaks in it
    issuer.again       the statement                                 the last document of its sort on the page
    issuer.act         the ruling, the complaint                     who ruled, sued, signed last

Known limits: a study without makers is nobody's; a state's name before the noun is its topic ("the Iran report") and gives none;
"it" for a document is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.annotators.actors.chains import Chain
from onrecord.annotators.actors.names import SPEAKING
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.register import Register
from onrecord.annotators.actors.words import word_set
from onrecord.attribution.vocabulary import vocabulary

MAKING = word_set(
    "publish release issue post write sign file submit send produce conduct carry commission author prepare draft compile sponsor make give"
    " deliver tweet share circulate distribute run broadcast put print upload lodge present draw provide launch gather collect pen"
)
"""Verbs of making a document or of making it known; who obtained, saw or cited it did not issue it."""
CHANNELS = frozenset({"in", "via", "through", "on", "with", "by"})
"""Prepositions before the document in which somebody speaks ("in a letter")."""
OWN_WORDS = word_set(
    "statement opinion report data decision ruling judgment judgement letter order announcement declaration figure finding verdict"
)
"""Documents that are those of the body behind "of" ("the opinion of the Court"); "video of", "law of" say what they are about."""
PARTS = word_set("part portion excerpt copy section draft text version page paragraph passage summary")
PLATFORMS = word_set("twitter facebook youtube telegram instagram whatsapp tiktok reddit linkedin weibo snapchat vkontakte truth x")
"""Names before a document that say where it was posted."""
MORE = frozenset({"proclamation", "data", "filing", "poll", "polling"})
"""Documents beside those that sources are known by."""
ADJECTIVAL = frozenset({"us", "u.s.", "uk", "u.k.", "eu", "un", "u.n."})
"""Abbreviations of states and bodies that stand before a noun as adjectives do."""
SORTS = tuple(
    word_set(words)
    for words in (
        "statement announcement communique communiqué declaration message comment note",
        "lawsuit suit complaint motion filing petition appeal request writ application brief",
        "ruling judgment judgement decision opinion order verdict finding sentence",
        "decree edict proclamation order declaration document",
        "report study paper analysis survey poll research article story account data",
        "tweet post message video",
        "letter memo email e-mail message document manifesto note",
    )
)
"""Nouns that may speak of one document one after the other."""
ACTS = (
    (
        word_set("ruling judgment judgement decision opinion verdict"),
        word_set("rule find overturn uphold strike dismiss convict acquit sentence hold"),
    ),
    (word_set("lawsuit suit complaint filing petition"), word_set("sue file petition appeal")),
    (word_set("decree edict proclamation order directive"), word_set("sign declare decree proclaim order impose ban issue")),
    (word_set("announcement statement"), word_set("announce declare confirm")),
    (frozenset({"indictment"}), word_set("indict charge")),
)
"""What somebody did who has then a document: "X sued Y. The complaint …"."""
REACH = 6
"""Sentences back that a document or the act that made it is looked for, where the noun is not the same; set on gold/train."""

INFERRED = frozenset({"issuer.again", "issuer.act"})
"""Rules that rest on what was said before."""


class Issuer(NamedTuple):
    """Who issued the document that a token heads: the phrase that names him (none: the actor's first), and the rule."""

    head: int
    chain: Chain
    phrase: Phrase
    how: str


class Issuers:
    """Finds the issuers of a page's documents, in text order."""

    def __init__(self, register: Register, found: Sequence[Phrase]) -> None:
        self.register = register
        self.columns = register.columns
        self.found = found
        self.by_head = {p.head: p for p in found if register.of(p) is not None}
        self.known: list[Issuer] = []

    def all(self) -> list[Issuer]:
        """Return every document whose issuer is known."""
        nouns = vocabulary("document") | MORE
        for at, lemma in enumerate(self.columns.lemma):
            known = lemma in nouns or self.columns.lower[at] in nouns
            if known and self.columns.pos[at] == "NOUN" and self.columns.sentence[at] >= 0 and at not in self.by_head:
                issuer = self._issuer(at)
                if issuer is not None:
                    self.known.append(issuer)
        return self.known + [part for issuer in self.known for part in self._parts(issuer)]

    def _issuer(self, at: int) -> Issuer | None:
        for rule, how in (
            (self._owner, "issuer.owner"),
            (self._by, "issuer.by"),
            (self._before, "issuer.before"),
            (self._subject, "issuer.subject"),
            (self._act, "issuer.act"),
        ):
            phrase = rule(at)
            chain = self.register.of(phrase) if phrase is not None else None
            if phrase is not None and chain is not None:
                return Issuer(at, chain, phrase, how)
        return self._again(at)

    def _parts(self, issuer: Issuer) -> list[Issuer]:
        """Return "part of the statement" as the document too."""
        of = self.columns.heads[issuer.head]
        part = self.columns.heads[of]
        fits = self.columns.lower[of] == "of" and self.columns.lemma[part].lower() in PARTS and part not in self.by_head
        return [issuer._replace(head=part)] if fits else []

    # ---- by the words beside it

    def _owner(self, at: int) -> Phrase | None:
        possessor = self.columns.child(at, "poss")
        return self._actor(possessor) if possessor is not None else None

    def _by(self, at: int) -> Phrase | None:
        """Return whom "by", "from" or "of" name behind the document, or behind the participle that says how it came about."""
        columns = self.columns
        for child in columns.children[at]:
            if child < at:
                continue
            if columns.dep[child] in {"acl", "relcl"} and columns.lemma[child] in MAKING:
                makers = [c for c in columns.children[child] if columns.lower[c] == "by"]
                phrase = self._object(makers[0]) if makers else self._subject_of(child, within=at)
                if phrase is not None:
                    return phrase
            if columns.lower[child] in {"by", "from", "of"} and columns.dep[child] in {"prep", "agent"}:
                phrase = self._object(child)
                if phrase is not None and self._issues(at, columns.lower[child], phrase):
                    return phrase
        return None

    def _issues(self, at: int, preposition: str, phrase: Phrase) -> bool:
        chain = self.register.of(phrase)
        if chain is None or preposition == "by":
            return chain is not None
        if chain.kind == "state" and phrase.named:
            return False  # "reports from Iran"
        return preposition == "from" or (self.columns.lemma[at] in OWN_WORDS and chain.kind in {"organisation", "media", "person", "state"})

    def _before(self, at: int) -> Phrase | None:
        """Return the body or people that stand before the noun; a state by its name, and a person, are its topic."""
        columns = self.columns
        for phrase in reversed(self.found):
            if not (phrase.inner and phrase.head < at and columns.heads[phrase.head] == at):
                continue
            chain = self.register.of(phrase)
            if chain is None or chain.kind in {"person", "population"} or columns.dep[phrase.head] not in {"compound", "amod", "nmod"}:
                continue
            entry = phrase.description.entry
            topic = chain.kind == "state" and phrase.named and not (entry is not None and entry.type == "people")
            if columns.lower[phrase.head] not in PLATFORMS and (not topic or columns.lower[phrase.head] in ADJECTIVAL):
                return phrase
        return None

    def _subject(self, at: int) -> Phrase | None:
        """Return who puts the document out, or who speaks in it."""
        columns = self.columns
        above = columns.heads[at]
        if columns.dep[at] == "dobj" and columns.lemma[above] in MAKING:
            return self._subject_of(above, within=above)
        if columns.dep[at] == "nsubjpass" and columns.lemma[above] in MAKING:
            agent = columns.child(above, "agent")
            return self._object(agent) if agent is not None else None
        verb = columns.heads[above]
        speaks_in = columns.dep[at] == "pobj" and columns.lower[above] in CHANNELS and columns.lemma[verb] in SPEAKING
        return self._subject_of(verb, within=verb) if speaks_in and not self._definite(at) else None

    def _subject_of(self, verb: int, *, within: int) -> Phrase | None:
        """Return the subject of a verb, or of the verb that it is coordinated with or depends on."""
        columns = self.columns
        for _ in range(3):
            subject = columns.child(verb, "nsubj")
            if subject is not None:
                return self._actor(subject) if subject != within else None
            above = columns.heads[verb]
            if columns.dep[verb] not in {"conj", "xcomp", "advcl"} or columns.pos[above] not in {"VERB", "AUX"}:
                return None
            verb = above
        return None

    # ---- by what was said before

    def _again(self, at: int) -> Issuer | None:
        """Return the issuer of the last document of the sort, for a definite noun that says nothing else."""
        if not self._bare(at):
            return None
        noun, sentence = self.columns.lemma[at], self.columns.sentence[at]
        for issuer in reversed(self.known):
            other = self.columns.lemma[issuer.head]
            near = sentence - self.columns.sentence[issuer.head] <= REACH
            if other == noun or (near and any(noun in sort and other in sort for sort in SORTS)):
                return issuer._replace(head=at, how="issuer.again")
        return None

    def _act(self, at: int) -> Phrase | None:
        """Return who did last what such a document comes of, where no document of the noun is known."""
        columns = self.columns
        noun = columns.lemma[at]
        verbs = frozenset[str]().union(*(verbs for nouns, verbs in ACTS if noun in nouns))
        if not verbs or not self._bare(at) or any(columns.lemma[i.head] == noun for i in self.known):
            return None
        for i in range(at - 1, -1, -1):
            if columns.sentence[at] - columns.sentence[i] > REACH and columns.sentence[i] >= 0:
                return None
            if columns.pos[i] == "VERB" and columns.lemma[i] in verbs:
                phrase = self._subject_of(i, within=i)
                if phrase is not None and (phrase.named or phrase.definite or phrase.pronoun):
                    return phrase
        return None

    def _definite(self, at: int) -> bool:
        return any(self.columns.lower[c] in {"the", "this", "that"} and self.columns.dep[c] == "det" for c in self.columns.children[at])

    def _bare(self, at: int) -> bool:
        """Tell whether a noun is definite and stands without a word that makes it another's."""
        columns = self.columns
        return self._definite(at) and columns.tag[at] != "NNS" and columns.child(at, "poss", "compound", "nmod", "nummod") is None

    # ---- phrases

    def _object(self, preposition: int) -> Phrase | None:
        obj = self.columns.child(preposition, "pobj")
        return self._actor(obj) if obj is not None else None

    def _actor(self, at: int) -> Phrase | None:
        return self.by_head.get(at)
