"""Descriptions to chains: whom "the president", "the group", "his government", "officials" mean.

Rules, in order: an apposition or a noun after "is" is its partner; "the government" is that of the owner it names, else of the state
spoken of last; a title goes to the person who was given it; a noun for a body goes to the body whose name ends in it, to the last
body described by it, or, with "the", to the last body of its sort within reach; people described by the same noun are the same
people unless an adjective, a country or an owner says otherwise. What is not joined is an actor of its own.

Known limits: "the suspect" and its like are joined to an earlier description of the same class only, never to a name, unless an
apposition says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord import gazetteer
from onrecord.annotators.actors.chains import PAST, Chain, Role, content_words
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.descriptions import BODIES, CULPRITS
from onrecord.annotators.actors.names import SUPRANATIONAL, Register
from onrecord.annotators.actors.phrases import Phrase, span_of

REACH = 4
"""Sentences back that "the company" and its like are looked for; set on gold/train."""
NEVER_SAME = frozenset({"vice", "deputy", "assistant", "under", "prime", "former", "ex", "shadow", "acting", "interim"})
"""Words that make another office of a title."""
COUNTRY_NOUNS = frozenset({"country", "nation", "kingdom", "republic", "state", "monarchy", "superpower"})
SAME_TITLE = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
    "congressman": "representative", "congresswoman": "representative", "pm": "prime minister", "premier": "prime minister",
    "attorney": "lawyer", "advisor": "adviser", "governor-elect": "governor", "pontiff": "pope", "monarch": "queen",
}  # fmt: skip
ANY_BODY = frozenset({"group", "organisation", "organization", "body", "institution", "outfit", "entity"})
INDEFINITE = frozenset("a an another one some any several many two three four five six seven eight nine ten no each every".split())
SPEECHLESS = frozenset({"candidate", "resident", "member", "person", "man", "woman"})


# ---- partners ------------------------------------------------------------------------------------------------------


def partners(columns: Columns, found: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return (name or first, description) of phrases that an apposition or "is" makes one."""
    by_head = {p.head: p for p in found if not p.inner}
    out = []
    for phrase in by_head.values():
        other = by_head.get(columns.heads[phrase.head])
        if columns.dep[phrase.head] == "appos" and other is not None and _may_be_one(columns, other, phrase):
            out.append((other, phrase))
        elif columns.dep[phrase.head] == "attr":
            subject = columns.child(columns.heads[phrase.head], "nsubj")
            named = by_head.get(subject) if subject is not None else None
            if (
                named is not None
                and _copula(columns, columns.heads[phrase.head])
                and _may_be_one(columns, named, phrase)
                and phrase.definite
            ):
                out.append((named, phrase))
    joined = {(a.head, b.head) for a, b in out}
    out.extend(
        pair
        for pair in _beside(columns, found)
        if (pair[0].head, pair[1].head) not in joined and pair[1].head not in {b for _, b in joined}
    )
    return out


def _copula(columns: Columns, verb: int) -> bool:
    return columns.lemma[verb] == "be" and not any(
        columns.dep[c] == "neg" or (columns.dep[c] == "aux" and columns.tag[c] == "MD") for c in columns.children[verb]
    )


def _beside(columns: Columns, found: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return pairs that stand as NAME , DESCRIPTION , or DESCRIPTION , NAME , whatever the parse says."""
    starts = {p.start: p for p in found if not p.inner and not p.pronoun}
    out = []
    for phrase in starts.values():
        beside = _without_comma(columns, phrase, starts)
        if beside is not None:
            out.append((phrase, beside))
            continue
        comma = phrase.end
        if comma + 1 >= len(columns.words) or columns.words[comma] != ",":
            continue
        other = starts.get(comma + 1)
        if other is None or columns.sentence[other.head] != phrase.sentence or other.end >= len(columns.words):
            continue
        closed = columns.words[other.end] in {",", ".", ";", ")", "–", "—", ":"} and columns.lower[
            min(other.end + 1, len(columns.words) - 1)
        ] not in {"and", "or"}
        one_named = phrase.named != other.named and (
            phrase.definite or other.determiner in {"the", "a", "an"} or other.possessor is not None
        )
        if closed and one_named and phrase.description.kind in {"person", "unnamed"} and other.description.kind in {"person", "unnamed"}:
            out.append((phrase, other))
    return out


def _without_comma(columns: Columns, phrase: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """Return the name that a description runs into: "Niger's president Mahamadou Issoufou", "a student named Wong", "leader and
    Prime Minister Boris Johnson"."""
    d = phrase.description
    if d.kind is None or phrase.named or phrase.plural:
        return None
    after = phrase.end
    if after < len(columns.words) and columns.lower[after] in {"named", "called"}:
        after += 1
    elif after < len(columns.words) and columns.lower[after] == "and" and d.title is not None and not phrase.determiner:
        other = starts.get(after + 1)
        return other if other is not None and other.named and other.description.title is not None else None
    other = starts.get(after) or starts.get(phrase.core)
    if other is None or not other.named or other is phrase or columns.sentence[other.head] != phrase.sentence:
        return _within_of(columns, phrase, starts)
    people = {"person", "unnamed"}
    if d.kind in people:
        return other if other.description.kind in {"person", None} and other.description.title is None else None
    return other if d.kind in BODIES and other.description.kind in BODIES | {None} else None


def _within_of(columns: Columns, phrase: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """Return the person's name that the parse put into "of India Narendra Modi", behind the name of a place."""
    if phrase.description.title is None:
        return None
    for start in range(phrase.core, phrase.end):
        other = starts.get(start)
        if other is not None and other.description.kind == "person" and other.description.title is None and other.description.name:
            return other if other.description.name[0] > (other.determiner == "the") else None
    return None


def _may_be_one(columns: Columns, one: Phrase, other: Phrase) -> bool:
    """Tell whether two phrases that the parse ties can be one actor."""
    a, b = one.description, other.description
    if one.pronoun:
        return b.kind is not None and one.pronoun != "n"
    if a.kind is None and a.name is None or b.kind is None and b.name is None:
        return False
    if a.kind is None and b.kind is None or one.plural != other.plural and a.kind != "organisation":
        return False
    if a.kind == "person" and b.kind == "person" and one.named and other.named:
        return False
    people = {"person", "unnamed", "population", None}
    return a.kind in people and b.kind in people or a.kind in BODIES | {None} and b.kind in BODIES | {None}


# ---- resolving -----------------------------------------------------------------------------------------------------


class Nominals:
    """Resolves the descriptions of a page, sentence by sentence; `main` is the country that the page names most."""

    def __init__(self, register: Register, found: Sequence[Phrase], main: str | None) -> None:
        self.register = register
        self.columns = register.columns
        self.found = found
        self.main = main

    def resolve(self, phrase: Phrase, possessor: Chain | None) -> None:
        """Link a description to a chain, its own where it is not joined."""
        d = phrase.description
        if d.entry is not None and d.entry.type in {"metonym", "region"}:
            return
        if d.kind is None and phrase.determiner == "the" and not phrase.plural and phrase.core - phrase.start == 2:
            self._last_word(phrase)
            return
        if d.kind is None or d.noun in COUNTRY_NOUNS and d.kind == "state":
            self._country_noun(phrase)
            return
        if d.kind == "state":
            self._government(phrase, possessor)
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
        if d.title is not None and not phrase.plural and phrase.determiner not in INDEFINITE:
            chain = self._by_title(phrase)
            if chain is not None:
                return chain, "nominal.title"
        chain = self._by_noun(phrase, possessor)
        if chain is not None:
            return chain, "nominal.noun"
        if d.kind in BODIES and phrase.definite and possessor is None and phrase.determiner in {"the", "this"}:
            chain = self._by_name_noun(phrase) or self._by_sort(phrase)
            if chain is not None:
                return chain, "nominal.sort"
        elif d.kind in BODIES and not phrase.determiner and self.columns.words[phrase.head][:1].isupper() and not phrase.plural:
            chain = self._by_name_noun(phrase)
            if chain is not None:
                return chain, "nominal.sort"
        return None, ""

    # ---- states

    def _country_noun(self, phrase: Phrase) -> None:
        """Join "the country" with the state spoken of last."""
        d = phrase.description
        if d.noun not in COUNTRY_NOUNS or phrase.plural or not phrase.definite or phrase.possessor is not None or d.country:
            return
        country = self._country_before(phrase)
        if country is not None and d.noun != "state":
            self.register.link(phrase, self.register.state(country, gazetteer.country_name(country)), "nominal", "nominal.country")

    def _government(self, phrase: Phrase, possessor: Chain | None) -> None:
        """Join "the government", "his army" with the state of its owner, else with the one spoken of last, else the page's."""
        country = possessor.country if possessor is not None else None
        if country is None and "federal" in content_words(self.columns, phrase):
            country = self.main
        if phrase.plural and phrase.determiner in INDEFINITE | {""} and not country and self.columns.lower[phrase.head] != "authorities":
            self._plain(phrase)
            return
        if country is None and possessor is None and not content_words(self.columns, phrase) & {"foreign", "regional", "other"}:
            country = self._governed(phrase)
        if country and country not in SUPRANATIONAL:
            self.register.link(phrase, self.register.state(country, gazetteer.country_name(country)), "nominal", "nominal.government")
            return
        self._plain(phrase)

    def _plain(self, phrase: Phrase) -> None:
        noun = phrase.description.noun or ""
        chain = self._by_noun(phrase, None)
        if chain is None:
            chain = self.register.new("state", span_of(self.columns, phrase.start, phrase.end).of(self.columns.text))
            chain.plural = phrase.plural
        chain.nouns.add(noun)
        self.register.link(phrase, chain, "nominal", "nominal.own")

    def _governed(self, phrase: Phrase) -> str | None:
        """Return the country named before in the sentence, else whose government was spoken of last nearby, else the page's."""
        noun = phrase.description.noun
        near = [
            (p.head, country)
            for p in self.found
            if p.sentence == phrase.sentence
            and p.head < phrase.head
            and (country := p.description.country)
            and country not in SUPRANATIONAL
        ]
        if near:
            return max(near)[1]
        last: tuple[int, str] | None = None
        for chain in self.register.chains:
            if chain.kind == "state" and chain.country:
                for link in chain.links:
                    at = link.phrase.head
                    near = phrase.sentence - link.phrase.sentence <= REACH or self.main is None
                    if near and at < phrase.head and link.phrase.description.noun == noun and (last is None or at > last[0]):
                        last = at, chain.country
        if last is not None:
            return last[1]
        near = [
            (p.head, country)
            for p in self.found
            if p.sentence == phrase.sentence
            and p.head < phrase.head
            and (country := p.description.country)
            and country not in SUPRANATIONAL
        ]
        return max(near)[1] if near else self.main

    def _country_before(self, phrase: Phrase) -> str | None:
        """Return the country named last before the phrase, leaving out whoever stands in the same clause with it."""
        clause = {self.columns.heads[phrase.head]}
        for i in self._above(phrase.head):
            clause.update({i, self.columns.heads[i]} if self.columns.pos[i] in {"NOUN", "PROPN", "VERB"} else {i})
            if self.columns.pos[i] == "VERB":
                break
        for other in reversed(self.found):
            country = other.description.country
            if other.head >= phrase.head or not country or country in SUPRANATIONAL or phrase.sentence - other.sentence > REACH:
                continue
            governor = self.columns.heads[other.head]
            if phrase.sentence == other.sentence and (other.head in clause or governor in clause and (other.subject or other.inner)):
                continue
            return country
        return None

    def _above(self, at: int) -> list[int]:
        out = []
        while self.columns.heads[at] != at:
            at = self.columns.heads[at]
            out.append(at)
        return out

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
            last = chain.last(phrase.head)
            first = min(link.phrase.head for link in chain.links)
            fits.append((last is not None, last.head if last else -first, chain))
        return max(fits, key=lambda row: row[:2])[2] if fits else None

    # ---- bodies and people

    def _by_noun(self, phrase: Phrase, possessor: Chain | None) -> Chain | None:
        """Return the chain described last by the same noun, unless country, owner or adjectives say that it is another."""
        d = phrase.description
        words = content_words(self.columns, phrase)
        if phrase.determiner in INDEFINITE and not (phrase.plural and d.kind == "population" and not words & {"two", "three"}):
            return None
        if self.columns.lower[phrase.start] in {"other", "another", "more", "fellow"} or words & {"other", "more"}:
            return None
        owner = possessor.number if possessor else None
        nouns = {d.noun} | (CULPRITS if d.noun in CULPRITS and phrase.definite else set())
        best: tuple[int, Chain] | None = None
        for chain in self.register.chains:
            if chain.named or not chain.nouns & nouns or chain.plural != phrase.plural:
                continue
            if (
                d.country
                and chain.country != d.country
                and (chain.country or d.country != self.main)
                or owner
                and chain.possessor
                and owner != chain.possessor
            ):
                continue
            if (owner is None) != (chain.possessor is None) and not phrase.definite:
                continue
            if words and not words <= chain.words:
                continue
            if not phrase.definite and not phrase.plural and not words and d.kind not in BODIES:
                continue
            last = chain.last(phrase.head)
            if last is not None and (best is None or last.head > best[0]):
                best = last.head, chain
        return best[1] if best else None

    def _by_name_noun(self, phrase: Phrase) -> Chain | None:
        """Return the body whose proper name has the noun as its head ("the commission": the Electoral Commission)."""
        noun = phrase.description.noun or ""
        head = gazetteer.singular(self.columns.lower[phrase.head])
        country = phrase.description.country
        rows = []
        words = content_words(self.columns, phrase)
        for chain in self.register.chains:
            if chain.named and chain.kind in BODIES and (head in chain.tokens or noun in chain.nouns):
                if not words <= chain.words | set(chain.tokens):
                    continue
                if country and chain.country and chain.country != country:
                    continue
                last = chain.last(phrase.head)
                rows.append((last is not None, last.head if last else -min(k.phrase.head for k in chain.links), chain))
        return max(rows, key=lambda r: r[:2])[2] if rows else None

    def _by_sort(self, phrase: Phrase) -> Chain | None:
        """Return the last named body of the noun's sort within reach ("the company", "the broadcaster", "the group")."""
        d = phrase.description
        if d.country or content_words(self.columns, phrase):
            return None
        rows = []
        for chain in self.register.chains:
            if not chain.named or not _of_sort(chain, d.noun or "", d.kind or "", d.sector):
                continue
            last = chain.last(phrase.head)
            if last is not None and phrase.sentence - last.sentence <= REACH:
                rows.append((last.sentence, last.subject, last.head, chain))
        return max(rows, key=lambda r: r[:3])[3] if rows else None


def _same_office(noun: str, words: frozenset[str], country: str | None, former: bool, role: Role) -> bool:
    """Tell whether a title without a name can be a title that somebody was given."""
    a, b = SAME_TITLE.get(noun, noun).split(), SAME_TITLE.get(role.noun, role.noun).split()
    if a[-1:] != b[-1:] or country and role.country and country != role.country or former and not role.former:
        return False
    extra = set(a) ^ set(b)
    return not extra & NEVER_SAME and (set(a) <= set(b) or set(b) <= set(a)) and not (words - role.words) & NEVER_SAME


def _of_sort(chain: Chain, noun: str, kind: str, sector: str | None) -> bool:
    if noun in ANY_BODY:
        return chain.kind in {"organisation", "armed_group"}
    if chain.kind != kind:
        return False
    return chain.sector == sector or (chain.sector is None and sector in {"BUS", "SOC", "PTY", "EDU", "MED"})


def main_country(found: Sequence[Phrase]) -> str | None:
    """Return the country that the phrases name most, or None where there is none or two come first."""
    counts = Counter(c for p in found if (c := p.description.country) and c not in SUPRANATIONAL)
    top = counts.most_common(2)
    return top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None
