"""The parse to actors: who the page speaks of, with every mention, and what its words say of country, sector and role.

    phrases (what each noun phrase says) ──▶ names (which are one) ──▶ descriptions and pronouns in text order ──▶ actors

Rules: names are merged within the page (a surname, an abbreviation, a capital that acts for its state); a state, its government and
its armed forces are one actor; each unnamed description is an actor of its own unless something says that it is another. Every
mention names in `how` the rule that made it: `name.*` rests on the words themselves, `nominal.*` and `pronoun` are inferred, save
`nominal.own`, which opens an actor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.annotations import Actor, Annotations, Mention
from onrecord.annotators.actors.chains import Chain, Link
from onrecord.annotators.actors.coding import code_actor
from onrecord.annotators.actors.columns import Columns, columns
from onrecord.annotators.actors.homes import settle_countries
from onrecord.annotators.actors.issuers import INFERRED, Issuer, Issuers
from onrecord.annotators.actors.known import as_surnames, main_country, register_lexicon, settle
from onrecord.annotators.actors.names import register_names
from onrecord.annotators.actors.nominals import Nominals
from onrecord.annotators.actors.partners import partners
from onrecord.annotators.actors.phrases import Phrase, phrases, span_of
from onrecord.annotators.actors.pronouns import SPEAKERS, Pronouns
from onrecord.annotators.actors.register import SUPRANATIONAL, Register
from onrecord.lexicons import Lexicon
from onrecord.spans import Span

__all__ = ["annotate", "code_actor"]


def annotate(annotations: Annotations, lexicon: Lexicon) -> Annotations:
    """Return the annotations with actors and mentions filled in."""
    table = columns(annotations)
    read = as_surnames(table, phrases(annotations, table))
    main = main_country(read)
    found = settle(table, read, main)
    register = Register(table)
    register_lexicon(register, found, lexicon)
    pairs = partners(table, found)
    register_names(register, found, pairs)
    _join_partners(register, pairs)
    _resolve(annotations, register, found, main.country if main else None)
    settle_countries(annotations, register, found, main)
    return _freeze(annotations, table, register, Issuers(register, found).all())


def _resolve(annotations: Annotations, register: Register, found: list[Phrase], main: str | None) -> None:
    """Link descriptions and pronouns, in text order; those of the headline last, when the body is known."""
    title = frozenset(s.number for s in annotations.sentences if s.role == "title")
    nominals = Nominals(register, found, main, title)
    pronouns = Pronouns(annotations, register)
    by_head = {p.head: p for p in found}
    for chosen in ([p for p in found if p.sentence not in title], [p for p in found if p.sentence in title]):
        for number, phrase in enumerate(chosen):
            if register.of(phrase) is not None or id(phrase) in register.things:
                continue
            if phrase.pronoun in SPEAKERS:
                continue
            if phrase.pronoun:
                chain = pronouns.resolve(phrase, chosen[:number])
                if chain is not None:
                    register.link(phrase, chain, "pronoun", "pronoun")
            elif not phrase.named or (phrase.description.kind is not None and not phrase.inner):
                nominals.resolve(phrase, _owner(register, phrase, by_head))
    for phrase in found:
        speaker = pronouns.speaker(phrase, found) if phrase.pronoun in SPEAKERS else None
        if speaker is not None:
            register.link(phrase, speaker, "pronoun", "pronoun.speaker")


def _owner(register: Register, phrase: Phrase, by_head: dict[int, Phrase]) -> Chain | None:
    """Return the chain of whoever a phrase says it belongs to: "his lawyers", "Ansah's associates", "associates of Ansah"."""
    at = phrase.possessor
    if at is None and phrase.end > phrase.core and register.columns.lower[phrase.core] == "of":
        at = register.columns.child(phrase.core, "pobj")
        owner = by_head.get(at) if at is not None else None
        chain = register.of(owner) if owner is not None else None
        return chain if chain is not None and chain.kind == "person" else None
    owner = by_head.get(at) if at is not None else None
    return register.of(owner) if owner is not None else None


def _join_partners(register: Register, pairs: list[tuple[Phrase, Phrase]]) -> None:
    """Give appositions and nouns after "is" to the chain of their partner."""
    for one, other in pairs:
        if id(one) in register.things or id(other) in register.things:
            continue
        a, b = register.of(one), register.of(other)
        if a is not None and b is None:
            register.link(other, a, "nominal", "nominal.apposition")
        elif b is not None and a is None and not one.pronoun:
            register.link(one, b, "nominal", "nominal.apposition")
        elif a is None and b is None and not one.pronoun:
            kind = one.description.kind or other.description.kind
            if kind is not None:
                chain = register.new(kind, span_of(register.columns, one.start, one.end).of(register.columns.text))
                register.link(one, chain, "nominal", "nominal.own")
                register.link(other, chain, "nominal", "nominal.apposition")


# ---- freezing ------------------------------------------------------------------------------------------------------


def _freeze(annotations: Annotations, table: Columns, register: Register, issuers: Iterable[Issuer]) -> Annotations:
    chains = sorted((c for c in register.chains if c.links), key=lambda c: min(link.phrase.head for link in c.links))
    actors, mentions = [], []
    for number, chain in enumerate(chains, 1):
        links = sorted(chain.links, key=lambda link: link.phrase.head)
        own = [_mention(table, link, f"a{number}") for link in links]
        mentions.extend(own)
        actors.append(_actor(table, chain, f"a{number}", own))
    ids = {chain.number: f"a{number}" for number, chain in enumerate(chains, 1)}
    return replace(
        annotations,
        actors=tuple(actors),
        mentions=tuple(sorted(mentions, key=lambda m: m.head)),
        issuers=tuple(_issued(table, issuer, ids[issuer.chain.number]) for issuer in issuers),
    )


def _issued(table: Columns, issuer: Issuer, actor: str) -> Mention:
    phrase = issuer.phrase
    inferred = issuer.how in INFERRED or phrase.pronoun
    return Mention(span_of(table, phrase.start, phrase.end), issuer.head, actor, "pronoun" if inferred else "nominal", issuer.how)


def _mention(table: Columns, link: Link, actor: str) -> Mention:
    phrase = link.phrase
    return Mention(span_of(table, phrase.start, phrase.end), phrase.head, actor, link.form, link.how)


def _actor(table: Columns, chain: Chain, actor: str, mentions: list[Mention]) -> Actor:
    evidence = {claim: (span_of(table, *at),) for claim, at in chain.evidence.items()}
    first = next((m.span for m in mentions if m.form != "pronoun"), mentions[0].span)
    evidence["kind"] = (first,)
    country = chain.country if chain.country not in SUPRANATIONAL else None
    if country is None:
        evidence.pop("country", None)
    elif "country" not in evidence:
        evidence["country"] = (first,)
    return Actor(
        actor,
        chain.name or first.of(table.text),
        chain.kind,
        country,
        chain.sector,
        chain.role,
        _spans(m for m in mentions if m.form != "pronoun"),
        _spans(m for m in mentions if m.form == "pronoun"),
        evidence,
        chain.inferred,
    )


def _spans(mentions: Iterable[Mention]) -> tuple[Span, ...]:
    return tuple(m.span for m in mentions)
