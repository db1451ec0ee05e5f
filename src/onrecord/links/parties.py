"""Who is bound, across documents: whether the actor of one page is that of another.

An actor is known by its names. "Velmora's navy", "the government of Velmora" and Velmora are one (a state and what acts for it);
"the council of Issabruck" is that town's. A description without a name ("the government", "his party") says nothing; two that are
alike but for their articles are taken for one ("the observers"). Of persons the family name counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.annotations import Actor
from onrecord.records import Records

Verdict = Literal["same", "other", "unknown"]

ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our)\s+", re.IGNORECASE)
OWNED = re.compile(r"^(?P<who>.+?)['’]s?\s+(?P<what>[a-z].*)$")
OF = re.compile(r"^(?P<what>[a-z][\w ]*?)\s+of\s+(?P<who>[A-Z].*)$")
STATE = frozenset(
    {"government", "navy", "army", "troops", "forces", "military", "ministry", "defence", "defense", "soldiers", "guards", "state",
     "cabinet", "police", "air", "force", "border", "parliament", "battalions"}
)  # fmt: skip
"""Last words of bodies that act for their state."""


@dataclass(frozen=True, slots=True)
class Bond:
    """What is known of an actor: its name, the keys that it is known by, the state that it belongs to."""

    name: str | None
    named: bool
    keys: frozenset[str]
    country: str | None
    person: bool
    office: bool

    def against(self, other: Bond) -> Verdict:
        """Say whether two are one actor."""
        if self.keys & other.keys:
            return "same"
        if not (self.named and other.named):
            return "other" if self.country and other.country and self.country != other.country else "unknown"
        if self.office != other.office and self.person != other.person:
            return "unknown"  # an office holder may speak for the state
        return "same" if any(_begins(a, b) or _begins(b, a) for a in self.keys for b in other.keys) else "other"


NOBODY = Bond(None, False, frozenset(), None, False, False)


def bond(records: Records, actor_id: str | None) -> Bond:
    """Return what a page says of one of its actors."""
    actor = next((a for a in records.actors if a.id == actor_id), None)
    if actor is None:
        return NOBODY
    forms = {actor.name, *(m.of(records.document.text) for m in actor.mentions)}
    keys = frozenset(key for form in forms for key in _keys(actor, form))
    named = any(_proper(form) for form in forms)
    if actor.country is not None and actor.kind == "state":
        keys |= {f"state {actor.country}"}
    return Bond(actor.name, named, keys, actor.country, actor.kind in {"person", "unnamed"}, actor.sector in {"GOV", "MIL"})


def _proper(form: str) -> bool:
    """Tell whether a form has a capital beyond its first word's article."""
    return any(word[:1].isupper() for word in ARTICLE.sub("", form).split()) and not re.fullmatch(
        r"(?:The|His|Its|Her|Their)\s+[a-z ]+", form
    )


def _keys(actor: Actor, form: str) -> set[str]:
    """Return the keys of one form of an actor's name."""
    plain = ARTICLE.sub("", form).strip()
    if not plain:
        return set()
    if actor.kind == "person":
        return {plain.split()[-1].lower()} if plain.split()[-1][:1].isupper() else set()
    found = OWNED.match(plain) or OF.match(plain)
    if found is not None and found["who"][:1].isupper():
        what = found["what"].split()[-1].lower()
        return {found["who"].lower() if what in STATE else f"{what} of {found['who'].lower()}"}
    if _proper(plain):
        return {plain.lower()}
    noun = plain.split()[-1].lower()
    return set() if noun in STATE or noun in VAGUE else {f"the {noun}"}


VAGUE = frozenset(
    {"company", "party", "minister", "president", "country", "council", "group", "union", "office", "court", "officials", "firm",
     "ministry", "people", "he", "she", "it", "they", "side", "sides", "members", "leader", "spokesman", "spokeswoman", "parties",
     "prosecutor", "agency", "committee"}
)  # fmt: skip
"""Descriptions that fit many."""


def _begins(short: str, long: str) -> bool:
    """Tell whether a name is the beginning of a longer one ("Brennhal", "Brennhal Mining")."""
    return long.startswith(short + " ") and len(short) > 3
