"""Descriptions to chains: whom "the president", "the group", "his government", "officials" mean.

Rules, in order: "the country" and "the government" are a state's (see `governments`); a title goes to the person who was given it, and
so does the indefinite one that opens the story; a noun for a body goes to the last body described by it, to the body whose name ends
in it, or, with "the", to the last body of its sort within reach; people described by the same noun are the same people unless an
adjective, a number, a country or an owner says otherwise; "the 34-year-old" goes to who has that age, "the suspect" to the one named
person who is called so, or was arrested. What is not joined is an actor of its own.

Known limits: a culprit without a name ("a gunman") and the name that the page gives later are two actors unless the text ties them.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord import gazetteer
from onrecord.annotators.actors.chains import PAST, Chain, Role, content_words, numbers_in, tail_of
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.descriptions import CULPRITS
from onrecord.annotators.actors.governments import COUNTRY_NOUNS, Governments
from onrecord.annotators.actors.phrases import Phrase, span_of
from onrecord.annotators.actors.register import Register
from onrecord.annotators.actors.words import BODIES, INDEFINITE

REACH = 4
"""Sentences back that "the company" and its like are looked for; set on gold/train."""
NEVER_SAME = frozenset({"vice", "deputy", "assistant", "under", "prime", "former", "ex", "shadow", "acting", "interim"})
"""Words that make another office of a title."""
SAME_TITLE = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
    "congressman": "representative", "congresswoman": "representative", "pm": "prime minister", "premier": "prime minister",
    "attorney": "lawyer", "advisor": "adviser", "governor-elect": "governor", "pontiff": "pope", "monarch": "queen",
}  # fmt: skip
ACCUSING = frozenset(
    {"arrest", "charge", "convict", "jail", "sentence", "detain", "indict", "imprison", "accuse", "acquit", "prosecute", "remand"}
)
"""Verbs whose object is a suspect."""
NEAR = 2
"""Sentences back that somebody is looked for whom an epithet describes."""
EPITHETS = frozenset(
    {"democrat", "republican", "billionaire", "tycoon", "mogul", "millionaire", "businessman", "businesswoman", "politician", "congressman"}
    | {"congresswoman", "veteran", "actor", "actress", "singer", "rapper", "comedian", "novelist", "laureate", "royal", "cleric", "old"}
)
"""Nouns with which a story speaks again of the person it is about; "old" is the head of "the 34-year-old"."""
ANYBODY = frozenset(
    {
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "analyst",
        "expert",
        "source",
        "officer",
        "soldier",
        "resident",
        "member",
        "worker",
    }
    | {
        "student",
        "lawyer",
        "attorney",
        "protester",
        "man",
        "woman",
        "witness",
        "representative",
        "employee",
        "citizen",
        "teacher",
        "journalist",
    }
)
"""Titles that many bear: one of them without a name is not the one with a name who comes later."""
SOMEONE = frozenset({"man", "individual", "person", "teenager", "youth"})
"""Nouns by which an attacker is first spoken of."""
OTHERS = frozenset({"other", "another", "more", "fellow"})
"""Words that say: not those spoken of."""
NO_MINISTRY = frozenset({"press", "general", "first", "private", "permanent", "party", "cabinet", "executive", "assistant"})
CHANNELS = frozenset({"network", "channel", "station", "broadcaster", "outlet", "publication", "newspaper", "paper", "daily", "website"})
"""Nouns for media."""
FIRMS = frozenset({"company", "firm", "corporation", "business", "conglomerate"})
"""Nouns for companies, media among them."""
ANY_BODY = frozenset({"group", "organisation", "organization", "body", "institution", "outfit", "entity"})


class Nominals:
    """Resolves the descriptions of a page, sentence by sentence.

    `main` is the country that the page names most; the sentences of its `title` look for their partners in the text after them.
    """

    def __init__(self, register: Register, found: Sequence[Phrase], main: str | None, title: frozenset[int]) -> None:
        self.title = title
        self.lead = next((p.sentence for p in found if p.sentence not in title), -1)
        self.register = register
        self.columns = register.columns
        self.main = main
        self.governments = Governments(register, found, main)

    def resolve(self, phrase: Phrase, possessor: Chain | None) -> None:
        """Link a description to a chain, its own where it is not joined."""
        d = phrase.description
        if d.entry is not None and d.entry.type in {"metonym", "region"}:
            return
        if d.kind is None and phrase.determiner == "the" and not phrase.plural and phrase.core - phrase.start == 2:
            self._last_word(phrase)
            return
        many = phrase.plural and d.noun in COUNTRY_NOUNS and (phrase.subject or phrase.core - phrase.start > 1)  # "sixteen states"
        if d.kind is None or (d.kind == "state" and d.noun in COUNTRY_NOUNS and not many):
            country = self.governments.country_meant(phrase)
            if country is not None:
                self.register.link(phrase, self.register.state(country), "nominal", "nominal.country")
            return
        if d.kind == "state" and not many:
            country = self.governments.owner(phrase, possessor)
            if country is not None:
                self.register.link(phrase, self.register.state(country), "nominal", "nominal.government")
                return
        chain, how = self._antecedent(phrase, possessor)
        if chain is None:
            chain = self.register.new(d.kind, span_of(self.columns, phrase.start, phrase.end).of(self.columns.text))
            chain.plural = phrase.plural
            chain.possessor = possessor.number if possessor else None
            how = "nominal.own"
        self.register.link(phrase, chain, "nominal", how)

    def _antecedent(self, phrase: Phrase, possessor: Chain | None) -> tuple[Chain | None, str]:
        d = phrase.description
        if d.title is not None and not phrase.plural and (phrase.determiner not in INDEFINITE or self._leads(phrase)):
            chain = self._by_title(phrase)
            if chain is not None:
                return chain, "nominal.title"
        same = self._by_noun(phrase, possessor)
        described = self._described(phrase) if possessor is None and not phrase.plural else None
        if described is not None and (same is None or _nearness(described, phrase) > _nearness(same, phrase)):
            return described, "nominal.described"
        named: Chain | None = None
        known = phrase.determiner in {"the", "this"} or phrase.inner or d.noun == "police"
        capital = not phrase.determiner and not phrase.plural and self.columns.words[phrase.head][:1].isupper()
        if d.kind in BODIES and possessor is None and (known or capital):
            named = self._by_name_noun(phrase)
        if same is not None and (named is None or _nearness(same, phrase) > _nearness(named, phrase)):
            return same, "nominal.noun"
        if named is None and d.kind in BODIES and possessor is None and phrase.determiner in {"the", "this"}:
            named = self._by_sort(phrase)
        if named is not None:
            return named, "nominal.sort"
        epithet = d.noun in EPITHETS and phrase.determiner == "the" and not phrase.plural and possessor is None
        last = self._last_subject(phrase) if epithet else None
        return (last, "nominal.epithet") if last is not None else (None, "")

    def _last_subject(self, phrase: Phrase) -> Chain | None:
        """Return the named person who was the subject last, whom "the California Democrat" then describes."""
        country = phrase.description.country
        rows = [
            (link.phrase.head, chain)
            for chain in self.register.chains
            if chain.kind == "person" and chain.named and (country is None or chain.country in {None, country})
            for link in chain.links
            if link.phrase.subject and 0 < phrase.sentence - link.phrase.sentence <= NEAR and phrase.sentence not in self.title
        ]
        relative = self.columns.child(phrase.head, "relcl") is not None
        return max(rows, key=lambda row: row[0])[1] if rows and not relative else None

    def _last_word(self, phrase: Phrase) -> None:
        """Join "the archive" with the one body whose name ends in the word."""
        word = self.columns.lower[phrase.head]
        fits = [c for c in self.register.chains if c.kind in BODIES and len(c.tokens) > 1 and c.tokens[-1] == word]
        if len(fits) == 1 and fits[0].last(phrase.head) is not None:
            self.register.link(phrase, fits[0], "nominal", "nominal.sort")

    # ---- persons

    def _by_title(self, phrase: Phrase) -> Chain | None:
        """Return the person who bears the title, named last before the phrase (or, for a headline, first after it)."""
        d = phrase.description
        words = content_words(self.columns, phrase)
        former = bool(words & PAST)
        fits: list[tuple[bool, int, Chain]] = []
        for chain in self.register.chains:
            if chain.kind != "person" and not (chain.kind == "unnamed" and not chain.plural):
                continue
            if not any(_same_office(d.noun or "", words, d.country, former, role) for role in chain.roles):
                continue
            fits.append((*_nearness(chain, phrase), chain))
        return max(fits, key=lambda row: row[:2])[2] if fits else None

    def _leads(self, phrase: Phrase) -> bool:
        """Tell whether a description opens the story ("A federal judge ruled …"), so that the name may follow it."""
        d, first = phrase.description, phrase.sentence in self.title or phrase.sentence == self.lead
        if not (first and phrase.subject and phrase.determiner in {"a", "an"}) or d.noun is None or d.noun.split()[-1] in ANYBODY:
            return False
        words = content_words(self.columns, phrase)
        bearers = [
            c
            for c in self.register.chains
            if c.kind == "person" and c.named and any(_same_office(d.noun, words, d.country, bool(words & PAST), role) for role in c.roles)
        ]
        return len(bearers) == 1

    def _described(self, phrase: Phrase) -> Chain | None:
        """Return the one named person whom the page describes by the noun ("the fiancée", in a headline "Fiancée of …")."""
        aged = self._of_age(phrase)
        if aged is not None:
            return aged
        noun, headline = phrase.description.noun, phrase.sentence in self.title and not phrase.determiner
        if noun is None or not (phrase.determiner in {"the", "this"} or (headline and noun not in ANYBODY)):
            return None
        nouns = {noun} | (CULPRITS if noun in CULPRITS else set())
        named = [c for c in self.register.chains if c.kind == "person" and c.named and c.nouns & nouns]
        if not named and noun in CULPRITS:
            named = [c for c in self.register.chains if c.kind == "person" and c.named and self._is_accused(c)]
        fits = [c for c in named if self._may_belong(c, phrase.description.country)]
        known = len(named) == 1 and fits and (headline or fits[0].last(phrase.head) is not None)
        return fits[0] if known else None

    def _is_accused(self, chain: Chain) -> bool:
        """Tell whether the page says that somebody was arrested, charged or the like."""
        columns = self.columns
        return any(
            columns.dep[link.phrase.head] in {"dobj", "nsubjpass"} and columns.lemma[columns.heads[link.phrase.head]] in ACCUSING
            for link in chain.links
        )

    def _of_age(self, phrase: Phrase) -> Chain | None:
        """Return the one named person of the age that the phrase gives ("a 25-year-old man": "Khairi Saadallah, 25,")."""
        age = _age_before(self.columns, phrase)
        fits = [c for c in self.register.chains if age and c.kind in {"person", "unnamed"} and age in self._ages(c)]
        named = [c for c in fits if c.named]
        return named[0] if len(named) == 1 else fits[0] if len(fits) == 1 and phrase.definite else None

    def _ages(self, chain: Chain) -> set[str]:
        """Return the ages that the page gives a person, in digits."""
        words = self.columns.words
        behind = {
            words[at + 1 + (words[at + 1] in {"aged", "now"})]
            for link in chain.links
            if link.form == "name" and (at := link.phrase.core) + 3 < len(words) and words[at] == ","
        }
        return {w for w in behind if w.isdigit()} | {a for link in chain.links if (a := _age_before(self.columns, link.phrase))}

    # ---- bodies and people

    def _by_noun(self, phrase: Phrase, possessor: Chain | None) -> Chain | None:
        """Return the chain described last by the same noun, unless country, owner or adjectives say that it is another."""
        d = phrase.description
        words = content_words(self.columns, phrase)
        many = phrase.plural and d.kind == "population" and not words & {"two", "three"}
        if (phrase.determiner in INDEFINITE and not many) or words & OTHERS or self.columns.lower[phrase.start] in OTHERS:
            return None
        if not (phrase.definite or phrase.plural or words or d.kind in BODIES):
            return None
        owner = possessor.number if possessor else None
        counted = numbers_in(self.columns, phrase) if not phrase.definite else frozenset[str]()
        tail = tail_of(self.columns, phrase)
        nouns = {d.noun} | (CULPRITS | SOMEONE if phrase.definite and d.noun in CULPRITS else set())
        rows = [
            (*_nearness(chain, phrase), chain)
            for chain in self.register.chains
            if not chain.named
            and chain.plural == phrase.plural
            and chain.nouns & nouns
            and words <= chain.words
            and (not counted or counted & chain.numbers)
            and (not tail or not chain.tails or tail & chain.tails)
            and self._may_belong(chain, d.country)
            and _may_own(chain, owner, definite=phrase.definite)
            and (phrase.sentence in self.title or chain.last(phrase.head) is not None)
        ]
        return max(rows, key=lambda row: row[:2])[2] if rows else None

    def _may_belong(self, chain: Chain, country: str | None) -> bool:
        """Tell whether a chain can belong to the country: it does, none is said, or it is said of neither and is the page's."""
        return country is None or chain.country == country or (chain.country is None and country == self.main)

    def _by_name_noun(self, phrase: Phrase) -> Chain | None:
        """Return the body whose proper name has the noun as its head ("the commission": the Electoral Commission)."""
        noun, country = phrase.description.noun, phrase.description.country
        head = gazetteer.singular(self.columns.lower[phrase.head])
        words = content_words(self.columns, phrase)
        rows = []
        for chain in self.register.chains:
            same = chain.named and chain.kind in BODIES and (head in chain.tokens or noun in chain.nouns)
            if same and words <= set(chain.tokens) and (not country or chain.country in {None, country}):
                rows.append((*_nearness(chain, phrase), chain))
        return max(rows, key=lambda row: row[:2])[2] if rows else None

    def _by_sort(self, phrase: Phrase) -> Chain | None:
        """Return the last named body of the noun's sort within reach ("the company", "the broadcaster", "the group")."""
        d = phrase.description
        if d.country or content_words(self.columns, phrase):
            return None
        rows = []
        for chain in self.register.chains:
            if not chain.named or chain.region or not _of_sort(chain, d.noun or "", d.kind or "", d.sector):
                continue
            last = chain.last(phrase.head)
            if last is not None and phrase.sentence - last.sentence <= REACH:
                rows.append((last.sentence, last.subject, last.head, chain))
        return max(rows, key=lambda r: r[:3])[3] if rows else None


def _age_before(columns: Columns, phrase: Phrase) -> str:
    """Return the age in a phrase ("a 25-year-old man"), in digits, or the empty string."""
    words = columns.words[phrase.start : phrase.core]
    old = next((i for i, word in enumerate(words) if word == "old" and i >= 4 and words[i - 2] == "year"), None)
    return words[old - 4] if old is not None and words[old - 4].isdigit() else ""


def _nearness(chain: Chain, phrase: Phrase) -> tuple[bool, int]:
    """Return a key that is greatest for the chain named last before the phrase, else for the one named first after it."""
    last = chain.last(phrase.head)
    return last is not None, last.head if last is not None else -min(link.phrase.head for link in chain.links)


def _may_own(chain: Chain, owner: int | None, *, definite: bool) -> bool:
    """Tell whether a chain can be the owner's: "his lawyers" are not hers, and not some lawyers; "the lawyers" may be either's."""
    if owner is not None and chain.possessor is not None:
        return owner == chain.possessor
    return definite or (owner is None) == (chain.possessor is None)


def _same_office(noun: str, words: frozenset[str], country: str | None, former: bool, role: Role) -> bool:
    """Tell whether a title without a name can be a title that somebody was given."""
    if noun == "leader" and country and country == role.country:
        return _heads_state(role.noun) and (not former or role.former)
    a, b = _title_words(noun), _title_words(role.noun)
    if a[-1:] != b[-1:] or (country and role.country and country != role.country) or (former and not role.former):
        return False
    extra = set(a) ^ set(b)
    return not extra & NEVER_SAME and (set(a) <= set(b) or set(b) <= set(a)) and not (words - role.words) & NEVER_SAME


def _heads_state(noun: str) -> bool:
    """Tell whether a title is that of whoever leads a state."""
    title = gazetteer.title(noun)
    return title is not None and title.note in {"head of state", "head of government"}


def _title_words(noun: str) -> list[str]:
    """Return the words of a title in one spelling for its variants; a "foreign secretary" is a foreign minister."""
    words = SAME_TITLE.get(noun, noun).split()
    if words[-1] == "judge" and words[0] != "chief":
        return ["judge"]  # a federal judge is a district judge
    if words[-1:] == ["secretary"] and len(words) > 1 and words[0] not in NO_MINISTRY:
        words[-1] = "minister"
    return words


def _of_sort(chain: Chain, noun: str, kind: str, sector: str | None) -> bool:
    if noun in ANY_BODY:
        return chain.kind in {"organisation", "armed_group"}
    if noun in CHANNELS and (chain.kind == "media" or chain.sector in {"MED", "JRN"}):
        return True
    if noun in FIRMS and chain.kind in {"organisation", "media"} and chain.sector in {"BUS", "MED"}:
        return True
    if chain.kind != kind:
        return False
    return chain.sector == sector or (chain.sector is None and sector in {"BUS", "SOC", "PTY", "EDU", "MED"})
