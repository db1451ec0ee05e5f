"""Two phrases that are one actor by where they stand: an apposition, a noun after "is", a description that runs into a name.

    Mira Tolan, the foreign minister,      Velmora's president Osric Hale            Tolan is the minister
    a pharmacy student named Orla         Union chair and Deputy Mayor Ilse Brandt

The parse is believed where it says apposition; where it does not, two phrases side by side within commas are one if one of them has
a name, the other does not, and both are persons.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.words import BODIES

CLOSING = frozenset({",", ".", ";", ")", "–", "—", ":"})
PERSONS = frozenset({"person", "unnamed"})
PEOPLE = frozenset({"person", "unnamed", "population", None})


def partners(columns: Columns, found: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return (first, second) of the phrases that are one actor by where they stand."""
    out = [*_by_parse(columns, found), *_called(columns, found)]
    seconds = {second.head for _, second in out}
    starts = {p.start: p for p in found if not p.inner and not p.pronoun}
    for first in starts.values():
        second = _run_on(columns, first, starts) or _in_commas(columns, first, starts) or _in_front(columns, first, starts)
        if second is not None and second.head not in seconds:
            out.append((first, second))
    return out


# ---- what the parse says -------------------------------------------------------------------------------------------


def _by_parse(columns: Columns, found: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return appositions, and definite nouns after "is" with their subject."""
    by_head = {p.head: p for p in found if not p.inner}
    out = []
    for phrase in by_head.values():
        above = columns.heads[phrase.head]
        other: Phrase | None = None
        if columns.dep[phrase.head] == "appos":
            other = by_head.get(above)
        elif columns.dep[phrase.head] == "attr" and (phrase.definite or phrase.determiner in {"a", "an"}) and _says_is(columns, above):
            subject = columns.child(above, "nsubj")
            other = by_head.get(subject) if subject is not None else None
            other = other if phrase.definite or (other is not None and other.named) else None
        if other is not None and _may_be_one(other, phrase):
            out.append((other, phrase))
    return out


def _says_is(columns: Columns, verb: int) -> bool:
    """Tell whether a verb says plainly that something is something."""
    if columns.lemma[verb] != "be":
        return False
    return not any(columns.dep[c] == "neg" or (columns.dep[c] == "aux" and columns.tag[c] == "MD") for c in columns.children[verb])


def _may_be_one(one: Phrase, other: Phrase) -> bool:
    """Tell whether two phrases that the parse ties can be one actor."""
    a, b = one.description, other.description
    if one.pronoun:
        return b.kind is not None and one.pronoun != "n"
    if (a.kind is None and (a.name is None or b.kind is None)) or (b.kind is None and b.name is None):
        return False
    if one.plural != other.plural and a.kind != "organisation":
        return False
    if a.kind == b.kind == "person" and one.named and other.named:
        return False
    if one.named and b.entry is not None and b.entry.type in {"state", "region"}:
        return False  # "Antioch, Illinois"
    return (a.kind in PEOPLE and b.kind in PEOPLE) or (a.kind in BODIES | {None} and b.kind in BODIES | {None})


NAMING = frozenset({"name", "identify", "unmask", "recognise", "recognize"})
"""Verbs that say who somebody is: "named the attacker as X"."""


def _called(columns: Columns, found: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Return somebody and the name that a verb of naming gives him: "the man, later identified as Osric Hale"."""
    by_head = {p.head: p for p in found if not p.inner and not p.pronoun}
    out = []
    for second in by_head.values():
        preposition = columns.heads[second.head]
        verb = columns.heads[preposition]
        if columns.dep[second.head] != "pobj" or columns.lower[preposition] != "as" or columns.lemma[verb] not in NAMING:
            continue
        at = columns.heads[verb] if columns.dep[verb] == "acl" else columns.child(verb, "nsubjpass", "dobj") or columns.child(verb, "nsubj")
        first = by_head.get(at) if at is not None else None
        persons = first is not None and first.description.kind in PERSONS and second.description.kind in {"person", None}
        if first is not None and persons and second.named and not first.named and not first.plural:
            out.append((first, second))
    return out


# ---- what stands side by side --------------------------------------------------------------------------------------


def _in_commas(columns: Columns, first: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """Return the phrase that stands in commas after another, where one is a person's name and the other a description."""
    if columns.word(first.end) != ",":
        return None
    second = starts.get(first.end + 1)
    if second is None or second.sentence != first.sentence or first.named == second.named:
        return None
    of = columns.word(second.core).lower() == "of"  # "Hatice Cengiz, fiancée of a journalist,"
    holder = first.description.title is not None and not first.named and not first.plural  # "a spokeswoman for the group, Hela Jaziri,"
    described = first.definite or holder or second.determiner in {"the", "a", "an"} or second.possessor is not None or of
    closed = columns.word(second.end) in CLOSING and columns.word(second.end + 1) not in {"and", "or"}
    persons = first.description.kind in PERSONS and (second.description.kind in PERSONS or (holder and _may_be_person(columns, second)))
    return second if described and closed and persons else None


def _may_be_person(columns: Columns, phrase: Phrase) -> bool:
    """Tell whether a name that only the name finder takes for a body can be somebody's: two or three words, with no article."""
    d = phrase.description
    words = [columns.word(i) for i in range(phrase.start, phrase.end)]
    plain = all(w.isalpha() and w[:1].isupper() and not w.isupper() for w in words) and 2 <= len(words) <= 3
    return phrase.named and plain and not phrase.determiner and not d.strong and d.entry is None and d.country is None


def _in_front(columns: Columns, first: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """Return the subject that a description at the head of the sentence describes ("A resident of Antioch, Kyle Rittman is …")."""
    opens = first.start == 0 or columns.sentence[first.start - 1] != first.sentence or columns.pos[first.start - 1] in {"SPACE", "PUNCT"}
    if not opens or first.determiner not in {"a", "an", "the"} or first.named or first.description.kind not in PERSONS or first.plural:
        return None
    second = starts.get(first.end + 1) if columns.word(first.end) == "," else None
    if second is None or not second.named or second.description.kind not in {"person", None} or second.sentence != first.sentence:
        return None
    return second if columns.pos[min(second.end, len(columns.pos) - 1)] in {"VERB", "AUX"} else None


def _run_on(columns: Columns, first: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """Return the name that a description runs into without a comma, or None."""
    d = first.description
    if d.kind is None or first.named or first.plural:
        return None
    following = columns.word(first.end).lower()
    if following == "and" and d.title is not None and not first.determiner:
        second = starts.get(first.end + 1)
        return second if second is not None and second.named and second.description.title is not None else None
    second = starts.get(first.end + 1) if following in {"named", "called"} else starts.get(first.end) or starts.get(first.core)
    if second is None or not second.named or second is first or second.sentence != first.sentence:
        return _behind_place(first, starts)
    other = second.description
    if d.kind in PERSONS:
        return second if other.kind in {"person", None} and other.title is None else None
    unsure = other.kind == "person" and not other.strong  # the name finder's guess, which the noun before outdoes
    return second if d.kind in BODIES and (other.kind in BODIES | {None} or unsure) else None


def _behind_place(first: Phrase, starts: dict[int, Phrase]) -> Phrase | None:
    """Return the person's name that the parse put into "of Ghana Kwesi Ansah", behind the name of a place."""
    if first.description.title is None:
        return None
    inside = (starts[i] for i in range(first.core, first.end) if i in starts)
    second = next((p for p in inside if p.description.kind == "person" and p.description.title is None), None)
    if second is None or second.description.name is None:
        return None
    return second if second.description.name[0] > (second.determiner == "the") else None
