"""Names to chains: which proper names on a page are one actor, and of what kind.

Rules. A name's type is decided once for the page: tables, titles and head nouns first, then the votes of the name finder over all
its occurrences. Persons: a fuller name takes in the shorter ones whose words it holds; a bare surname goes to the one person who
bears it, else to the one spoken of last; two different given names are two persons. Bodies: the tables' canonical name, an
abbreviation beside the name or made of its initials, the first word of a company's name, the same head noun.

Known limits: a bare given name is joined only where one person bears it; two ministries with one head noun stay two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.annotators.actors.chains import Chain, fold_name
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.known import register_known
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.register import Register, text_of
from onrecord.annotators.actors.unknowns import THINGS
from onrecord.annotators.actors.words import BODIES, Description, word_set

SPEAKING = word_set(
    "say tell announce state declare claim argue add warn deny report confirm insist explain note write tweet comment call urge ask accuse"
    " demand vow promise pledge condemn criticise criticize reject welcome order sign meet agree propose estimate believe think hope expect"
    " suggest hope want plan decide refuse vote recommend respond reply acknowledge admit concede conclude praise blame arrest"
)
"""Verbs whose subject is an actor, whatever it is called."""
OF_PERSONS = word_set(
    "bear convict sentence arrest acquit jail imprison indict charge marry graduate retire resign die injure wound elect appoint swear"
    " pardon testify plead confess extradite deport nominate study teach"
)
"""Verbs that tell of persons, in the active or passive."""
GENERIC_TAIL = word_set(
    "company corporation group limited ltd inc corp co plc gmbh kft ag sa air airlines airways motors motor bank media news network"
    " industries party movement campaign administration foundation agency times post institute holdings holding enterprises international"
    " systems technologies energy oil gas steel hospital university pictures studios records ventures partners capital insurance"
    " pharmaceuticals telecom electronics electric foods petroleum mining resources logistics shipping"
)
"""Words after which a company's or body's first words are its short name ("Mahan Air": "Mahan")."""


@dataclass(slots=True, eq=False)
class Name:
    """One spelling of a name with all its phrases."""

    text: str
    tokens: tuple[str, ...]
    told: dict[int, ActorKind]
    """What appositions tell, by `id` of a phrase."""
    phrases: list[Phrase] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The token where it first stands."""
        return min(p.head for p in self.phrases)

    @property
    def kind(self) -> ActorKind | None:
        """The kind by all occurrences: sure signs first, then appositions, then votes; None where they say nothing."""
        strong = Counter(p.description.kind for p in self.phrases if p.description.kind and p.description.strong)
        told = Counter(kind for p in self.phrases if (kind := self.told.get(id(p))))
        if strong or told:
            return (strong or told).most_common(1)[0][0]
        votes = Counter(p.description.kind for p in self.phrases if not p.headline)
        if votes["person"] and votes["person"] == max(votes.values()):
            return "person"
        return votes.most_common(1)[0][0] if votes else None

    @property
    def sure(self) -> bool:
        """Tell whether words, not the name finder, say what this is."""
        return any(p.description.strong for p in self.phrases)

    @property
    def surely_body(self) -> bool:
        """Tell whether words, not the name finder, say that this is a body."""
        return any(p.description.strong and p.description.kind in BODIES and p.description.entry is None for p in self.phrases)


def register_names(register: Register, found: list[Phrase], pairs: Sequence[tuple[Phrase, Phrase]]) -> None:
    """Open chains for the proper names among the phrases and link them. `pairs`: phrases that the parse makes one (appositions)."""
    names = _spellings(register, found, _told(pairs) | _among_persons(register.columns, found))
    _abbreviations(register, names)
    ordered = sorted(names.values(), key=lambda n: (-len(n.tokens), n.first))
    alone = {n.tokens[0] for n in ordered if len(n.tokens) == 1 and n.kind in {"person", "organisation", None}}
    persons = [n for n in ordered if n.kind == "person" or _is_person(register.columns, n, alone)]
    for name in persons:
        if name.sure or len(name.tokens) > 1:
            _register_person(register, name)
    for name in sorted(ordered, key=lambda n: (n.kind == "person", -len(n.tokens), n.first)):
        if not any(register.of(p) for p in name.phrases):
            _register_other(register, name)
    _recurring(register, found)


def _spellings(register: Register, found: list[Phrase], told: dict[int, ActorKind]) -> dict[tuple[str, ...], Name]:
    """Return the names that neither lexicon nor tables settle, by their folded words."""
    names: dict[tuple[str, ...], Name] = {}
    for phrase in found:
        if register.of(phrase) or phrase.pronoun or register_known(register, phrase) or not phrase.named:
            continue
        text = text_of(register.columns, phrase)
        tokens = fold_name(text)
        names.setdefault(tokens, Name(text, tokens, told)).phrases.append(phrase)
    return names


def _recurring(register: Register, found: list[Phrase]) -> None:
    """Link the names of one word that stand before other nouns ("a Scientology attorney") and that the parse makes no phrase."""
    columns = register.columns
    known: dict[str, Chain] = {}
    for chain in register.chains:
        if (chain.kind == "person" and chain.tokens) or (len(chain.tokens) == 1 and chain.kind in BODIES):
            for link in chain.links:
                text = text_of(columns, link.phrase)
                if " " not in text and text[:1].isupper() and link.form == "name":
                    known.setdefault(text, chain)
    if not known:
        return
    taken = {i for p in found if p.named or register.of(p) for i in _name_tokens(p)}
    for i, word in enumerate(columns.words):
        if word in known and i not in taken and columns.sentence[i] >= 0 and columns.pos[i] in {"PROPN", "NOUN"} and _alone(columns, i):
            chain = known[word]
            description = Description(chain.kind, (0, 1), strong=False)
            phrase = Phrase(i, i, i + 1, i + 1, columns.sentence[i], description, inner=True)
            found.append(phrase)
            register.link(phrase, chain, "name", "name.again")
    found.sort(key=lambda p: (p.head, p.inner))


def _alone(columns: Columns, at: int) -> bool:
    """Tell whether a capitalised word is no part of a longer name."""
    before = columns.words[at - 1] if at else ""
    after = columns.words[at + 1] if at + 1 < len(columns.words) else ""
    return not (before[:1].isupper() and columns.pos[at - 1] == "PROPN") and not (after[:1].isupper() and columns.pos[at + 1] == "PROPN")


def _name_tokens(phrase: Phrase) -> range:
    name = phrase.description.name
    return range(phrase.start + name[0], phrase.start + name[1]) if name is not None else range(phrase.head, phrase.head + 1)


def _told(pairs: Sequence[tuple[Phrase, Phrase]]) -> dict[int, ActorKind]:
    """Return, by `id` of a phrase with a name of unsure type, the kind that its apposition tells."""
    out: dict[int, ActorKind] = {}
    for one, other in (*pairs, *((b, a) for a, b in pairs)):
        kind = other.description.kind
        if one.named and not one.description.strong and not other.named and kind is not None:
            out[id(one)] = "person" if kind in {"person", "unnamed"} else kind
    return out


def _among_persons(columns: Columns, found: list[Phrase]) -> dict[int, ActorKind]:
    """Return the names that stand in one list with persons ("Senators Ida Holm and Jonas Prett"), by `id` of the phrase.

    One that the name finder takes for a body's is a person's only where the list begins with a title in the plural.
    """
    by_head = {p.head: p for p in found if p.description.kind == "person" and p.named}
    out: dict[int, ActorKind] = {}
    for phrase in found:
        at, unsure = phrase.head, phrase.description.kind in {None, "organisation"} and not phrase.description.strong
        if not (unsure and phrase.named and columns.dep[at] == "conj" and _is_plain_name(text_of(columns, phrase))):
            continue
        while columns.dep[at] == "conj":
            at = columns.heads[at]
            first = by_head.get(at)
            if first is None:
                continue
            many = any(columns.tag[i] in {"NNS", "NNPS"} for i in range(first.start, first.head))
            if phrase.description.kind is None or many:
                out[id(phrase)] = "person"
    return out


# ---- types ---------------------------------------------------------------------------------------------------------


def _is_person(columns: Columns, name: Name, alone: set[str]) -> bool:
    """Tell whether a name of a type that only the name finder tells is a person's after all.

    It is where it is shortened as persons' names are (to its last word), or where it is the subject of what befalls persons.
    """
    last = name.tokens[-1]
    if name.sure or name.kind not in {"organisation", None} or not _is_plain_name(name.text):
        return False
    return last in alone or any(_lives(columns, p) for p in name.phrases)


def _is_plain_name(text: str) -> bool:
    """Tell whether a name is two or three capitalised words, as a person's is, and does not end as bodies' names do."""
    last = fold_name(text)[-1:]
    if len(fold_name(text)) not in {2, 3} or not all(word[:1].isupper() and word.isalpha() for word in text.split()):
        return False
    return gazetteer.group(last[0]) is None and last[0] not in GENERIC_TAIL


def _lives(columns: Columns, phrase: Phrase) -> bool:
    """Tell whether a name is the subject of what befalls persons ("was convicted", "was born")."""
    verb = columns.heads[phrase.head]
    return columns.dep[phrase.head] in {"nsubj", "nsubjpass"} and columns.lemma[verb] in OF_PERSONS


def speaks(columns: Columns, phrase: Phrase, *, pronoun: bool = False) -> bool:
    """Tell whether a phrase is the subject of a verb that only an actor can have."""
    at = phrase.head
    verb = columns.heads[at]
    if columns.dep[at] == "pobj":
        return columns.lower[verb] == "to" and columns.lower[columns.heads[verb]] == "according"
    if columns.dep[at] != "nsubj":
        return False
    bare = columns.tag[at] == "NN" and phrase.end - phrase.start == 1 and columns.words[at][:1].isupper()  # nouns do not stand so, names do
    return (pronoun or bare or columns.pos[at] == "PROPN") and columns.pos[verb] == "VERB" and columns.lemma[verb] in SPEAKING


# ---- persons -------------------------------------------------------------------------------------------------------


def _register_person(register: Register, name: Name) -> None:
    chains = [c for c in register.chains if c.kind == "person" and bears(c.tokens, name.tokens)]
    chain = _first_named(chains, name) if len(name.tokens) == 1 else next(iter(chains), None)
    if chain is None:
        chain = register.new("person", name.text, name.tokens)
    for phrase in name.phrases:
        register.link(phrase, chain, "name", "name.person")


def bears(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Tell whether a person of the full name can be called by the short one: its words in order, with the first or last word among them."""
    if not short or not full:
        return False
    words = iter(full)
    return all(w in words for w in short) and (short[-1] == full[-1] or short[0] == full[0] or len(short) == 1)


def _first_named(chains: list[Chain], name: Name) -> Chain | None:
    """Return the chain for a bare surname: of those who bear it last in their names the one whom the page names first."""
    surnamed = [c for c in chains if c.tokens[-1] == name.tokens[-1]] or chains
    return min(surnamed, key=lambda c: min(link.phrase.head for link in c.links), default=None)


# ---- bodies --------------------------------------------------------------------------------------------------------


def _register_other(register: Register, name: Name) -> None:
    kind = name.kind
    chain = None if name.surely_body else _person_of(register, name)
    if chain is None:
        chain = _body_of(register, name)
    if chain is None and kind is None and any(speaks(register.columns, p) for p in name.phrases):
        kind = "organisation"
    if chain is None and kind is not None and _is_common(register.columns, name):
        register.things.update(map(id, name.phrases))
        return
    if chain is None and kind is not None:
        chain = register.new(kind, name.text, name.tokens)
    if chain is None:
        return
    for phrase in name.phrases:
        register.link(phrase, chain, "name", "name.person" if chain.kind == "person" else "name.body")


def _is_common(columns: Columns, name: Name) -> bool:
    """Tell whether one word of unsure type is a common noun of the page's ("Iodine … iodine"), that stood first or in a headline."""
    if len(name.tokens) > 1 or name.sure or " " in name.text or name.text.isupper() or any(speaks(columns, p) for p in name.phrases):
        return False
    word = name.text.lower()
    return any(w == word and columns.pos[i] in {"NOUN", "VERB", "ADJ"} for i, w in enumerate(columns.words))


def _person_of(register: Register, name: Name) -> Chain | None:
    """Return the person whom a name of unsure type can only mean."""
    chains = [c for c in register.chains if c.kind == "person" and (bears(c.tokens, name.tokens) or _is_misprint(c.tokens, name.tokens))]
    chains = [c for c in chains if c.tokens[-1] == name.tokens[-1]] or chains
    return _first_named(chains, name) if chains and (len(chains) == 1 or len(name.tokens) == 1) else None


def _is_misprint(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Tell whether a bare name is a surname with letters in the wrong order ("Chriac")."""
    one, other = full[-1], short[-1]
    return len(short) == 1 and len(one) >= MISPRINT and one[0] == other[0] and one != other and sorted(one) == sorted(other)


MISPRINT = 6
"""A name with letters in the wrong order must have so many for it to be known."""


def _body_of(register: Register, name: Name) -> Chain | None:
    """Return the body that a name is a shorter or longer form of."""
    tokens = name.tokens
    for chain in register.chains:
        if chain.kind not in BODIES or not chain.tokens or chain.kind == "state":
            continue
        if chain.tokens == tokens or ("".join(tokens) in chain.words and len(tokens) == 1):
            return chain
        one_country = chain.country == _country(name) or None in {chain.country, _country(name)}
        if len(tokens) > 1 and one_country and _without_country(chain.tokens, chain.country) == _without_country(tokens, _country(name)):
            return chain
        if len(tokens) < len(chain.tokens) and (_short_form(chain.tokens, tokens) or _initials(chain, name)):
            return chain
    return None


def _country(name: Name) -> str | None:
    return next((p.description.country for p in name.phrases if p.description.country), None)


def _without_country(tokens: tuple[str, ...], country: str | None) -> tuple[str, ...]:
    """Return a body's name without its country ("Supreme Court of Kenya", "Kenyan Supreme Court")."""
    if country is None:
        return tokens
    own = _country_words(country)
    rest = tuple(t for t in tokens if t not in own)
    return rest[: -1 if rest[-1:] == ("of",) else None]


@lru_cache(maxsize=256)
def _country_words(country: str) -> frozenset[str]:
    """Return the words that name a country or its people, "the" among them."""
    names = [form for form, alpha3 in (*gazetteer.rows("country_names"), *gazetteer.rows("demonyms")) if alpha3 == country]
    return frozenset({"the", *(word for form in names for word in fold_name(form)), *(form.lower() for form in names)}) - {"of", "and"}


def _initials(chain: Chain, name: Name) -> bool:
    """Tell whether an abbreviation is made of the first letters of a body's name."""
    if len(name.text) <= SHORT or not name.text.isupper():
        return False
    names = (chain.tokens, _without_country(chain.tokens, chain.country))
    return any(name.text.lower() == "".join(token[0] for token in tokens if token not in LINKS) for tokens in names)


SHORT = 2
"""An abbreviation of so few letters is anybody's."""
LINKS = frozenset({"the", "of", "for", "and", "on", "to", "in"})


def _short_form(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Tell whether a body's name can be shortened so: the first words of a company's name, or the last ones with its head noun."""
    if full[: len(short)] == short:
        return all(w in GENERIC_TAIL for w in full[len(short) :]) or (len(short) == 1 and full[-1] in GENERIC_TAIL)
    return len(short) > 1 and full[-len(short) :] == short


def _abbreviations(register: Register, names: dict[tuple[str, ...], Name]) -> None:
    """Join each abbreviation in brackets with the name before it ("the African Union (AU)"); one of a thing is no actor's."""
    columns = register.columns
    for name in list(names.values()):
        for phrase in name.phrases:
            beside = phrase.end
            if beside + 2 < len(columns.words) and columns.words[beside] == "(":
                other = names.get(fold_name(columns.words[beside + 1]))
                if other is not None and other is not name and columns.words[beside + 2] == ")" and columns.words[beside + 1].isupper():
                    name.phrases.extend(other.phrases)
                    del names[other.tokens]
                    break
    for tokens, name in list(names.items()):
        if len(tokens) == 1 and name.text.isupper() and any(_abbreviates_thing(columns, p) for p in name.phrases):
            register.things.update(map(id, name.phrases))
            del names[tokens]


def _abbreviates_thing(columns: Columns, phrase: Phrase) -> bool:
    """Tell whether an abbreviation stands in brackets behind a capitalised thing ("the Ballot Prevention Act (BPA)")."""
    at = phrase.start
    inside = at > 1 and columns.words[at - 1] == "(" and columns.word(phrase.core) == ")"
    return inside and columns.lower[at - 2] in THINGS
