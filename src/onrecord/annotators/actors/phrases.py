"""The parse to nominal groups: each noun phrase or pronoun that may speak of an actor, with what its words say.

A phrase is found at its head in the parse. Names that stand inside other phrases ("US airstrikes", "the Trump administration") are
phrases of their own. Phrases for things are kept too (kind None): a pronoun may mean them.

Known limits: in a headline in title case only names that the body repeats, or the tables know, are believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord import gazetteer
from onrecord.annotations import Annotations, Sentence
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.descriptions import DETERMINERS, SOMEBODY, Description, Words, describe
from onrecord.spans import Span

INNER = frozenset({"compound", "amod", "nmod", "quantmod", "nummod", "npadvmod", "det", "predet"})
"""Relations of nouns that belong to another noun's phrase."""
OF_ACTOR = frozenset({"of", "for", "at", "from", "within", "behind", "to", "in"})
"""Prepositions whose phrase belongs to the description of an actor."""
NAMED_ONLY = frozenset({"in", "at", "from", "to"})
"""Of these, those that are followed only by a name: "officials in Moscow", but not "officials in a statement"."""
TIMES = frozenset({"DATE", "TIME"})
QUOTES = frozenset({'"', "“", "”", "``", "''"})
PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
}  # fmt: skip
TITLE_CASE_SHARE = 0.6
"""A headline in which so large a part of the words of four letters and more has a capital tells nothing by capitals."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A nominal group. `start` to `core` are its tokens up to the head, `end` closes what belongs to it after the head."""

    head: int
    start: int
    core: int
    end: int
    sentence: int
    description: Description
    pronoun: str = ""
    """`m`, `f`, `n` or `p` for a personal pronoun."""
    determiner: str = ""
    possessor: int | None = None
    plural: bool = False
    subject: bool = False
    inner: bool = False
    headline: bool = False

    @property
    def named(self) -> bool:
        """Tell whether the phrase holds a proper name of what it speaks of."""
        return self.description.name is not None

    @property
    def definite(self) -> bool:
        """Tell whether the phrase presents its referent as known."""
        return self.determiner in {"the", "this", "that", "these", "those"} or self.possessor is not None


def span_of(columns: Columns, start: int, end: int) -> Span:
    """Return the characters of tokens `start` to `end`."""
    return Span(columns.starts[start], columns.ends[end - 1])


def phrases(annotations: Annotations, columns: Columns) -> list[Phrase]:
    """Return the phrases of title and body in text order of their heads."""
    out: list[Phrase] = []
    for sentence in annotations.sentences:
        out.extend(_in_sentence(annotations, sentence, columns))
    return out


def _in_sentence(annotations: Annotations, sentence: Sentence, columns: Columns) -> list[Phrase]:
    headline = sentence.role != "body" and _title_case(columns, sentence)
    first = sentence.start
    dateline = annotations.document.dateline
    if dateline is not None and sentence.span.contains(dateline.span):
        first = next((i for i in range(sentence.start, sentence.end) if columns.starts[i] >= dateline.span.end), first)
    found: list[Phrase] = []
    entries = {
        i: (first + start, first + end)
        for start, end, _ in gazetteer.propers(columns.words[first : sentence.end], columns.text, columns.starts[first : sentence.end])
        for i in range(first + start, first + end)
    }
    for i in range(first, sentence.end):
        if columns.lower[i] in PERSONAL and columns.tag[i].startswith("PRP"):
            found.append(_pronoun(columns, i))
        elif columns.pos[i] in {"NOUN", "PROPN"} or columns.lower[i] in SOMEBODY or columns.tag[i] == "NNPS":
            if columns.dep[i] not in INNER or columns.heads[i] < i and columns.dep[i] != "compound":
                found.append(_group(columns, i, first, sentence, entries.get(i), headline=headline))
        elif columns.pos[i] == "ADJ" and columns.dep[i] in HEADS and columns.words[i][:1].isupper() or _is_partitive(columns, i):
            found.append(_group(columns, i, first, sentence, entries.get(i), headline=headline))
    found.extend(_inner(columns, found, sorted(set(entries.values())), first, sentence, headline=headline))
    return sorted(found, key=lambda p: (p.head, p.inner))


HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "poss", "dative"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})


def _title_case(columns: Columns, sentence: Sentence) -> bool:
    words = [w for w in columns.words[sentence.start : sentence.end] if len(w) >= 4 and w.isalpha()]
    return bool(words) and sum(w[0].isupper() for w in words) >= TITLE_CASE_SHARE * len(words)


def _pronoun(columns: Columns, at: int) -> Phrase:
    kind = PERSONAL[columns.lower[at]]
    return Phrase(
        at, at, at + 1, at + 1, columns.sentence[at], Description(), kind, plural=kind == "p", subject=columns.dep[at] in SUBJECTS
    )


def _group(columns: Columns, head: int, first: int, sentence: Sentence, entry: tuple[int, int] | None, *, headline: bool) -> Phrase:
    start = _start(columns, head, max(first, sentence.start))
    end = _end(columns, head, sentence.end)
    if entry is not None:
        start, end = min(start, entry[0]), max(end, entry[1])
    ent = columns.ent.get(head)
    label, named = "", None
    if ent is not None and ent[2] not in TIMES:
        label, named = ent[2], (max(ent[0], start) - start, head + 1 - start)
        if columns.words[ent[0]].lower() in {"the", "a", "an"} and named[1] - named[0] > 1:
            named = (named[0] + 1, named[1])
    offset = columns.starts[start]
    words = Words(
        columns.text[offset : columns.ends[end - 1]],
        tuple(columns.words[start:end]),
        tuple(s - offset for s in columns.starts[start:end]),
        head - start,
    )
    description = describe(
        words, "" if headline else label, named, proper=not headline and (columns.pos[head] == "PROPN" or head == first or start == head)
    )
    if ent is not None and ent[2] in TIMES and description.kind is None:
        description = Description()
    if description.kind is None and columns.lower[head] == "reports" and _hearsay(columns, head):
        description = Description("media", sector="JRN", sector_at=(head - start, head - start + 1), noun="report", plural=True)
    determiner = columns.lower[start] if columns.lower[start] in DETERMINERS else ""
    return Phrase(
        head,
        start,
        head + 1,
        end,
        sentence.number,
        description,
        determiner=determiner,
        possessor=columns.child(head, "poss"),
        plural=description.plural or (columns.tag[head] in {"NNS", "NNPS"} and not description.named_body),
        subject=_is_subject(columns, head),
        headline=headline,
    )


PARTITIVES = frozenset(
    "number group majority minority handful dozens scores hundreds thousands millions pair couple crowd one two some many several most all both"
    " others another each few none".split()
)
"""Words that count out of those whom "of" names: "a number of senators", "one of the children"."""


def _is_partitive(columns: Columns, at: int) -> bool:
    if columns.lower[at] not in PARTITIVES or columns.dep[at] in INNER:
        return False
    of = columns.child(at, "prep")
    return of is not None and of == at + 1 and columns.lower[of] == "of" and columns.child(of, "pobj") is not None


def _partitive(columns: Columns, head: int, start: int, end: int, sentence: Sentence, first: int, *, headline: bool) -> Phrase:
    """Describe "a number of senators" by the senators."""
    of = columns.child(head, "prep")
    obj = columns.child(of, "pobj") if of is not None else None
    number = 1 if obj is None else obj
    whole = _group(columns, number, max(first, head + 2), sentence, None, headline=headline)
    shift = whole.start - start
    d = whole.description
    moved = {name: None if (at := getattr(d, name)) is None else (at[0] + shift, at[1] + shift) for name in ("country_at", "sector_at")}
    one = columns.lower[head] in {"one", "another", "each", "none"}
    kind = d.kind if d.kind in {"population", "unnamed", "armed_group"} else None
    description = Description(
        "unnamed" if kind and one else kind,
        country=d.country,
        country_at=moved["country_at"],
        sector=d.sector,
        sector_at=moved["sector_at"],
        noun=d.noun,
        plural=not one,
    )
    return Phrase(
        head, start, head + 1, end, sentence.number, description, determiner="some", plural=not one,
        subject=_is_subject(columns, head), headline=headline,
    )  # fmt: skip


def _hearsay(columns: Columns, head: int) -> bool:
    """Tell whether "reports" are a source that nobody stands for ("according to local reports"), and not somebody's."""
    if columns.child(head, "poss") is not None or any(columns.lower[c] in {"by", "of", "from"} for c in columns.children[head]):
        return False
    above = columns.heads[head]
    return (
        columns.dep[head] == "nsubj"
        and columns.pos[above] == "VERB"
        or columns.dep[head] == "pobj"
        and columns.lower[columns.heads[above]] == "according"
    )


def _is_subject(columns: Columns, at: int) -> bool:
    """Tell whether a token is a subject, or coordinated with one."""
    while columns.dep[at] == "conj" and columns.pos[columns.heads[at]] in {"NOUN", "PROPN", "PRON"}:
        at = columns.heads[at]
    return columns.dep[at] in SUBJECTS or columns.dep[columns.heads[at]] == "agent"


def _start(columns: Columns, head: int, first: int) -> int:
    opened = head
    start = max(columns.left(head), first)
    while (
        start - 1 >= first and columns.ends[start - 1] == columns.starts[start] and columns.words[start - 1] == "-" and start - 2 >= first
    ):
        start -= 2
    while start < head and (
        columns.tag[start] in {"VBD", "VBZ", "VBP", "WDT", "WP", "WP$", "WRB"}
        or columns.pos[start] in {"PUNCT", "SPACE", "CCONJ"}
        or columns.dep[start] in {"advmod", "preconj"}
        and columns.pos[start] == "ADV"
    ):
        start += 1
    quotes = 0
    for i in range(head - 1, start - 1, -1):  # a bracket or a line break within closes the phrase, and so does half a quotation
        if (
            columns.words[i] in {"(", ")", ";", ":", "[", "]"}
            or columns.pos[i] == "SPACE"
            or columns.ent.get(i, (0, 0, ""))[2] in TIMES
            and i < head - 1
        ):
            return i + 1
        if columns.words[i] in QUOTES:
            quotes += 1
            opened = i
    return opened + 1 if quotes % 2 else start


def _end(columns: Columns, head: int, last: int) -> int:
    end = head + 1
    for child in columns.children[head]:
        if child < end:
            continue
        if child == end and columns.lower[child] in {"close", "familiar"} and columns.dep[child] in {"amod", "acl"}:
            end = columns.right(child)
        elif child == end and columns.dep[child] == "prep" and columns.lower[child] in OF_ACTOR:
            after = _object_end(columns, child, last)
            if after is None:
                break
            end = after
        else:
            break
    return min(end, last)


def _object_end(columns: Columns, prep: int, last: int) -> int | None:
    """Return the token after the object of a preposition and what is coordinated with it; None where it is no part of a description."""
    obj = columns.child(prep, "pobj")
    if obj is None or obj < prep or (columns.ent.get(obj, (0, 0, ""))[2] in TIMES):
        return None
    if columns.lower[prep] in NAMED_ONLY and columns.pos[obj] != "PROPN" and columns.lower[prep] == "in":
        return None
    end = _end(columns, obj, last)
    for child in columns.children[obj]:
        if columns.dep[child] == "conj" and child > obj:
            end = max(end, _end(columns, child, last))
    return end


# ---- names inside phrases ------------------------------------------------------------------------------------------


def _inner(
    columns: Columns, found: list[Phrase], entries: list[tuple[int, int]], first: int, sentence: Sentence, *, headline: bool
) -> Iterator[Phrase]:
    """Yield the names that stand inside other phrases and head none."""
    heads = {p.head for p in found}
    covered = set()
    governing: dict[int, Phrase] = {}
    for p in found:
        if p.description.name is not None:
            covered.update(range(p.start + p.description.name[0], p.start + p.description.name[1]))
        for i in range(p.start, p.core):
            governing.setdefault(i, p)
    taken: set[int] = set()
    for start, end in (*entries, *_entities(columns, first, sentence, headline=headline)):
        root = next((i for i in range(start, end) if not start <= columns.heads[i] < end or columns.heads[i] == i), end - 1)
        if root in heads or any(i in covered or i in taken for i in range(start, end)):
            continue
        phrase = _inner_phrase(columns, start, end, root, sentence, headline=headline)
        outer = governing.get(root)
        if phrase is None or _only_qualifies(columns, phrase, outer):
            continue
        taken.update(range(start, end))
        yield phrase


def _entities(columns: Columns, first: int, sentence: Sentence, *, headline: bool) -> Iterator[tuple[int, int]]:
    """Yield the persons and bodies of the name finder, save in a headline that tells nothing by capitals."""
    if headline:
        return
    seen = set()
    for i in range(first, sentence.end):
        ent = columns.ent.get(i)
        if ent is not None and ent not in seen and ent[2] in {"PERSON", "ORG"}:
            seen.add(ent)
            yield ent[0], ent[1]


def _inner_phrase(columns: Columns, start: int, end: int, root: int, sentence: Sentence, *, headline: bool) -> Phrase | None:
    while start < end - 1 and columns.lower[start] in DETERMINERS:
        start += 1
    while end > start + 1 and columns.lower[end - 1] in {"'s", "’s", "'", "’"}:
        end -= 1
    root = min(max(root, start), end - 1)
    ent = columns.ent.get(root)
    label = ent[2] if ent is not None and not headline else ""
    offset = columns.starts[start]
    words = Words(
        columns.text[offset : columns.ends[end - 1]],
        tuple(columns.words[start:end]),
        tuple(s - offset for s in columns.starts[start:end]),
        end - 1 - start,
    )
    description = describe(words, label, (0, end - start) if label else None)
    if description.kind is None:
        return None
    return Phrase(root, start, end, end, sentence.number, description, plural=description.plural, inner=True, headline=headline)


def _only_qualifies(columns: Columns, inner: Phrase, outer: Phrase | None) -> bool:
    """Tell whether a people's adjective only says where an actor belongs ("Iraqi soldiers"), and is no mention of the state."""
    entry = inner.description.entry
    if entry is None or entry.type != "people":
        return False
    if outer is None or outer.description.kind is not None or columns.tag[inner.head] == "NNPS":
        return True
    return entry.country is None


def as_state(phrase: Phrase) -> Phrase:
    """Return the phrase of a people's adjective before an act or thing ("Turkish airstrikes") as a mention of the state."""
    return replace(phrase, description=replace(phrase.description, kind="state"), plural=False)
