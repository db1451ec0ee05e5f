"""The parse to nominal groups: each noun phrase or pronoun that may speak of an actor, with what its words say.

A phrase is found at its head in the parse. Names that stand inside other phrases ("US airstrikes", "the Trump administration") are
phrases of their own. Phrases for things are kept too (kind None): a pronoun may mean them.

Known limits: in a headline in title case only names that the tables know are believed by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord import gazetteer
from onrecord.annotations import Annotations, Sentence
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.descriptions import SOMEBODY, describe
from onrecord.annotators.actors.extents import OF_BODY, TIMES, end_of, is_subject, root_of, start_of
from onrecord.annotators.actors.unknowns import THINGS
from onrecord.annotators.actors.words import BODIES, DETERMINERS, Description, Entry, Hint, Words, word_set
from onrecord.spans import Span

INNER = frozenset({"compound", "amod", "nmod", "quantmod", "nummod", "npadvmod", "det", "predet"})
"""Relations of nouns that belong to another noun's phrase."""
HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "poss", "dative"})
"""Relations in which an adjective stands for people ("the British")."""
PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
    "i": "s", "me": "s", "my": "s", "mine": "s", "myself": "s",
    "we": "w", "us": "w", "our": "w", "ours": "w", "ourselves": "w",
}  # fmt: skip
PARTITIVES = word_set(
    "number group majority minority handful dozens scores hundreds thousands millions pair couple crowd one two some many several most all"
    " both others another each few none"
)
"""Words that count out of those whom "of" names: "a number of senators", "one of the children"."""
SUBJECT_ONLY = frozenset({"campaign", "presidential campaign", "election campaign", "initiative", "operation"})
"""Nouns that are a body only where they do something, else an undertaking ("ended her campaign")."""
SHARES = frozenset({"majority", "minority"})
"""Nouns for a share of votes where nobody follows with "of" ("a two-thirds majority")."""
ZONES = frozenset({"GMT", "UTC", "BST", "EST", "EDT", "CET", "CEST", "PST", "PDT"})
CAMERAS = word_set("footage camera cameras video videos image images recording recordings system systems operator network")
"""What "CCTV" stands before where it is no broadcaster."""
REMARKS = word_set("inaudible crosstalk applause laughter unintelligible off-mike pause")
"""Words that a transcript sets in brackets for what was not heard or not said."""
QUESTIONERS = frozenset({"QUESTION", "QUESTIONER", "REPORTER", "INTERVIEWER"})
BARE_BODIES = word_set("police parliament congress government military media press opposition state-media law-enforcement")
"""Nouns for bodies that need no article."""
COUP = word_set("coup crackdown takeover operation offensive action intervention strike strikes raid campaign rule response junta")
"""Acts of the military, among the many things that are called military."""
ONE_OF = frozenset({"one", "another", "each", "none"})
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
    """`m`, `f`, `n` or `p` for a personal pronoun, `s` for the speaker's "I", `w` for "we"."""
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


@dataclass(frozen=True, slots=True)
class Scope:
    """One sentence while its phrases are found: its tokens and, for each token of a name that the tables know, that name."""

    columns: Columns
    sentence: int
    first: int
    last: int
    entries: dict[int, Entry]
    headline: bool
    times: dict[int, int]
    """For each token of a day, the token behind it."""

    def words(self, start: int, end: int, head: int) -> Words:
        """Return tokens `start` to `end` as words."""
        columns, offset = self.columns, self.columns.starts[start]
        return Words(
            columns.text[offset : columns.ends[end - 1]],
            tuple(columns.words[start:end]),
            tuple(s - offset for s in columns.starts[start:end]),
            head - start,
            tuple(self._within(start, end)),
        )

    def _within(self, start: int, end: int) -> Iterator[Entry]:
        at = start
        while at < end:
            entry = self.entries.get(at)
            if entry is not None and entry[0] >= start and entry[1] <= end:
                yield entry[0] - start, entry[1] - start, entry[2]
            at = at + 1 if entry is None else entry[1]


def span_of(columns: Columns, start: int, end: int) -> Span:
    """Return the characters of tokens `start` to `end`."""
    return Span(columns.starts[start], columns.ends[end - 1])


def phrases(annotations: Annotations, columns: Columns) -> list[Phrase]:
    """Return the phrases of title and body in text order of their heads."""
    out: list[Phrase] = []
    for sentence in annotations.sentences:
        scope = _scope(annotations, sentence, columns)
        found = [phrase for i in range(scope.first, scope.last) if (phrase := _phrase(scope, i)) is not None]
        found.extend(_inner(scope, found))
        out.extend(sorted(found, key=lambda p: (p.head, p.inner)))
    return out


def _scope(annotations: Annotations, sentence: Sentence, columns: Columns) -> Scope:
    first, last = sentence.start, sentence.end
    dateline = annotations.document.dateline
    if dateline is not None and sentence.span.contains(dateline.span):
        first = next((i for i in range(first, last) if columns.starts[i] >= dateline.span.end), first)
    entries: dict[int, Entry] = {}
    for start, end, known in gazetteer.propers(columns.words[first:last], columns.text, columns.starts[first:last]):
        entry = first + start, first + end, known
        entries.update((i, entry) for i in range(first + start, first + end))
    headline = sentence.role != "body" and _title_case(columns.words[first:last])
    return Scope(columns, sentence.number, first, last, entries, headline, dict(_times(annotations, columns, first, last)))


def _times(annotations: Annotations, columns: Columns, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield each token of a day of two words or more, and the token behind the day; a day in the genitive belongs to what follows."""
    begin, close = columns.starts[first], columns.ends[last - 1]
    places = {start: i for i, start in enumerate(columns.starts[first:last], first)}
    for time in annotations.times:
        if begin <= time.span.start and time.span.end < close and time.type == "DATE" and time.span.start in places:
            behind = next((i for i in range(places[time.span.start], last) if columns.starts[i] >= time.span.end), last)
            if behind - places[time.span.start] > 1 and not columns.lower[behind].endswith(("'s", "’s", "'", "’")):
                yield from ((i, behind) for i in range(places[time.span.start], behind))


def _title_case(words: list[str]) -> bool:
    long = [w for w in words if len(w) >= 4 and w.isalpha()]
    return bool(long) and sum(w[0].isupper() for w in long) >= TITLE_CASE_SHARE * len(long)


def _phrase(scope: Scope, at: int) -> Phrase | None:
    """Return the phrase that a token heads, or None."""
    columns = scope.columns
    if columns.lower[at] in PERSONAL and columns.tag[at].startswith("PRP"):
        kind = PERSONAL[columns.lower[at]]
        subject = is_subject(columns, at)
        return Phrase(at, at, at + 1, at + 1, scope.sentence, Description(), kind, plural=kind in {"p", "w"}, subject=subject)
    if _is_partitive(columns, at):
        return _partitive(scope, at)
    known = at in scope.entries and columns.words[at].isupper() and len(columns.words[at]) > 1  # "WHO said", which is no question
    if _is_nobody(columns, at):
        return None
    if columns.pos[at] in {"NOUN", "PROPN"} or columns.lower[at] in SOMEBODY or columns.tag[at] == "NNPS" or known:
        belongs = columns.dep[at] in INNER and (columns.heads[at] > at or columns.dep[at] == "compound")
        return None if belongs else _group(scope, at)
    aged = columns.lower[at] == "old" and at > 2 and columns.lower[at - 2] == "year"  # "the 34-year-old said"
    if columns.pos[at] == "ADJ" and columns.dep[at] in HEADS and (columns.words[at][:1].isupper() or aged):
        return _group(scope, at)
    return None


def _is_nobody(columns: Columns, at: int) -> bool:
    """Tell whether a word names nobody: a label of a transcript, a clock's zone, a noun under "no"."""
    word, before = columns.words[at], columns.word(at - 1) if at else ""
    if word in ZONES or (columns.word(at + 1) == ":" and word in QUESTIONERS) or (before == "(" and word.lower() in REMARKS):
        return True
    first = columns.child(at, "det")
    return first is not None and columns.lower[first] in {"no", "neither"}


def _group(scope: Scope, head: int, first: int | None = None) -> Phrase:
    columns = scope.columns
    start = start_of(columns, head, scope.first if first is None else first)
    end = end_of(columns, head, scope.last)
    if scope.times.get(start, head + 1) <= head:
        start = scope.times[start]  # "On 6 March police …"
    entry, ent = scope.entries.get(head), columns.ent.get(head)
    if entry is not None:
        start, end = min(start, entry[0]), max(end, entry[1])
    if ent is not None and ent[2] == "ORG" and not scope.headline and end < ent[1] <= scope.last:
        end = ent[1] - (columns.lower[ent[1] - 1] in {"'s", "’s", "'", "’"})  # "Center for Investigative Journalism"
    end = _over_comma(scope, head, end)
    description = describe(scope.words(start, end, head), _hint(scope, head, start, end))
    if description.kind in BODIES and description.name is not None:
        end = max(end_of(columns, head, scope.last, OF_BODY), start + description.name[1])
    description = _as_it_stands(scope, description, head, start, end)
    return Phrase(
        head,
        start,
        head + 1,
        end,
        scope.sentence,
        description,
        determiner=columns.lower[start] if columns.lower[start] in DETERMINERS else "",
        possessor=columns.child(head, "poss"),
        plural=description.plural or (columns.tag[head] in {"NNS", "NNPS"} and description.kind not in BODIES),
        subject=is_subject(columns, head),
        headline=scope.headline,
    )


def _over_comma(scope: Scope, head: int, end: int) -> int:
    """Return where a phrase ends that ends with a town, behind the region that follows in commas ("of Antioch, Illinois,")."""
    columns, behind = scope.columns, scope.entries.get(end + 1)
    if end <= head + 1 or behind is None or behind[0] != end + 1 or behind[2].type not in {"state", "region"}:
        return end
    commas = columns.words[end] == "," and columns.word(behind[1]) in {",", "."}
    return behind[1] if commas and columns.words[end - 1][:1].isupper() else end


def _as_it_stands(scope: Scope, d: Description, head: int, start: int, end: int) -> Description:
    """Return the description, less what its place in the sentence shows to be no actor."""
    columns = scope.columns
    if d.name is not None and not d.strong and _is_town(scope, start, head):
        return Description()
    if d.kind is None:
        if columns.lower[head] == "reports" and _hearsay(columns, head):
            return Description("media", sector="JRN", sector_at=(head - start, head - start + 1), noun="report", plural=True)
        return Description() if columns.label(head) in TIMES else d
    if d.kind in BODIES and _stands_bare(columns, head, start, end):
        return Description(noun=d.noun)
    if d.noun in SUBJECT_ONLY and not d.named_body and not is_subject(columns, head):
        return Description(noun=d.noun)
    if d.noun in SHARES and columns.word(end - 1) == columns.words[head] and start < head:
        return Description(noun=d.noun)
    return d


def _is_town(scope: Scope, start: int, head: int) -> bool:
    """Tell whether a name is a town's, with its state or region behind a comma ("Charlottesville, Virginia")."""
    behind = scope.entries.get(head + 2)
    if head + 2 >= scope.last or scope.columns.words[head + 1] != "," or behind is None or behind[2].type not in {"state", "region"}:
        return False
    place = gazetteer.place(scope.columns.text[scope.columns.starts[start] : scope.columns.ends[head]], (behind[2].country or "",))
    return place is not None and place.precision == "city" and place.country == behind[2].country


def _stands_bare(columns: Columns, head: int, start: int, end: int) -> bool:
    """Tell whether a noun for a body stands without article, owner or modifier where it does nothing ("in court", "at school")."""
    alone = start == head == end - 1 and columns.words[head].islower() and columns.tag[head] == "NN"
    return alone and columns.lower[head] not in BARE_BODIES and not is_subject(columns, head)


def _hint(scope: Scope, head: int, start: int, end: int) -> Hint:
    """Return what the name finder and the tagger say of a head; nothing in a headline that tells nothing by capitals."""
    columns = scope.columns
    if scope.headline:
        return Hint()
    proper, initial = columns.pos[head] == "PROPN", head in {scope.first, start}
    ent = columns.ent.get(head)
    if ent is None or ent[2] in TIMES:
        return Hint(proper=proper, first=initial)
    first = max(ent[0], start)
    if columns.lower[ent[0]] in {"the", "a", "an"} and first <= head - 1:
        first += first == ent[0]
    last = ent[1] - (columns.lower[ent[1] - 1] in {"'s", "’s", "'", "’"})
    return Hint(ent[2], (first - start, max(head + 1, min(last, end)) - start), proper, initial)


def _hearsay(columns: Columns, head: int) -> bool:
    """Tell whether "reports" are a source that nobody stands for ("according to local reports"), and not somebody's."""
    if columns.child(head, "poss") is not None or any(columns.lower[c] in {"by", "of", "from"} for c in columns.children[head]):
        return False
    above = columns.heads[head]
    if columns.dep[head] == "pobj":
        return columns.lower[columns.heads[above]] == "according"
    return columns.dep[head] == "nsubj" and columns.pos[above] == "VERB"


# ---- those out of many ---------------------------------------------------------------------------------------------


def _is_partitive(columns: Columns, at: int) -> bool:
    if columns.lower[at] not in PARTITIVES or columns.dep[at] in INNER:
        return False
    of = columns.child(at, "prep")
    return of is not None and of == at + 1 and columns.lower[of] == "of" and columns.child(of, "pobj") is not None


def _partitive(scope: Scope, head: int) -> Phrase | None:
    """Describe "a number of senators" by the senators."""
    columns = scope.columns
    obj = columns.child(head + 1, "pobj")
    if obj is None:
        return None
    whole = _group(scope, obj, max(scope.first, head + 2))
    start, end = start_of(columns, head, scope.first), end_of(columns, head, scope.last)
    d, shift = whole.description, whole.start - start
    one = columns.lower[head] in ONE_OF
    kind = d.kind if d.kind in {"population", "unnamed", "armed_group"} else None
    description = Description(
        "unnamed" if kind and one else kind,
        country=d.country,
        country_at=d.country_at and (d.country_at[0] + shift, d.country_at[1] + shift),
        sector=d.sector,
        sector_at=d.sector_at and (d.sector_at[0] + shift, d.sector_at[1] + shift),
        noun=d.noun,
        plural=not one,
    )
    subject = is_subject(columns, head)
    return Phrase(
        head, start, head + 1, end, scope.sentence, description, determiner="some", plural=not one, subject=subject, headline=scope.headline
    )


# ---- names inside phrases ------------------------------------------------------------------------------------------


def _inner(scope: Scope, found: list[Phrase]) -> Iterator[Phrase]:
    """Yield the names that stand inside other phrases and head none."""
    heads = {p.head for p in found}
    taken = {i for p in found if p.description.name for i in range(p.start + p.description.name[0], p.start + p.description.name[1])}
    outer: dict[int, Phrase] = {}
    for p in found:
        for i in range(p.start, p.core):
            outer.setdefault(i, p)
    yield from _bodies_before(scope, outer)
    for start, end in _names(scope):
        root = root_of(scope.columns, start, end)
        if root in heads or not taken.isdisjoint(range(start, end)):
            continue
        if _is_of_title(scope, start, end, outer.get(root)) or scope.columns.lower[start] in {"pro", "anti", "non"}:
            continue
        phrase = _inner_phrase(scope, start, end, root)
        if phrase is not None and not _only_qualifies(scope.columns, phrase, outer.get(root), end):
            taken.update(range(start, end))
            yield phrase


def _is_of_title(scope: Scope, start: int, end: int, outer: Phrase | None) -> bool:
    """Tell whether what the name finder takes for a name are words of a title ("Defence" in "Defence Minister Ada Moreau")."""
    title = outer.description.title if outer is not None else None
    return title is not None and start not in scope.entries and set(scope.columns.lower[start:end]) <= set(title.title.split())


ACTING_BEFORE = word_set(
    "police military army navy government cabinet parliament rebel militia opposition party union court coalition church"
)
"""Nouns that say who acts, before a noun for an act ("police violence", "a military coup")."""


def _bodies_before(scope: Scope, outer: dict[int, Phrase]) -> Iterator[Phrase]:
    """Yield the bodies that stand as a modifier before a thing or act."""
    columns = scope.columns
    for i in range(scope.first, scope.last):
        if columns.lower[i] in ACTING_BEFORE and columns.dep[i] in {"compound", "amod", "nmod"} and columns.words[i].islower():
            around = outer.get(i)
            thing = around is not None and around.description.kind is None and columns.heads[i] == around.head
            if thing and (columns.lower[i] != "military" or columns.lower[columns.heads[i]] in COUP):
                description = describe(scope.words(i, i + 1, i))
                yield Phrase(i, i, i + 1, i + 1, scope.sentence, description, inner=True, headline=scope.headline)


def _names(scope: Scope) -> Iterator[tuple[int, int]]:
    """Yield the names that the tables know, then the persons and bodies of the name finder."""
    yield from sorted({(start, end) for start, end, _ in scope.entries.values()})
    if not scope.headline:
        rows = {ent for i in range(scope.first, scope.last) if (ent := scope.columns.ent.get(i)) is not None}
        named = {"PROPN", "NOUN", "ADJ", "X"}
        yield from ((s, e) for s, e, label in sorted(rows) if label in {"PERSON", "ORG"} and scope.columns.pos[e - 1] in named)


def _inner_phrase(scope: Scope, start: int, end: int, root: int) -> Phrase | None:
    columns = scope.columns
    while start < end - 1 and columns.lower[start] in DETERMINERS:
        start += 1
    while end > start + 1 and columns.lower[end - 1] in {"'s", "’s", "'", "’"}:
        end -= 1
    root = min(max(root, start), end - 1)
    if _is_nobody(columns, end - 1) or (columns.words[end - 1] == "CCTV" and columns.lower[min(end, scope.last - 1)] in CAMERAS):
        return None
    label = "" if scope.headline else columns.label(root)
    description = describe(scope.words(start, end, end - 1), Hint(label, (0, end - start) if label else None))
    if description.kind is None:
        return None
    return Phrase(root, start, end, end, scope.sentence, description, plural=description.plural, inner=True, headline=scope.headline)


def _only_qualifies(columns: Columns, inner: Phrase, outer: Phrase | None, end: int) -> bool:
    """Tell whether a name only says where an actor belongs ("Iraqi soldiers") or names a thing ("the Iraq War"), and mentions no actor."""
    entry = inner.description.entry
    if entry is not None and entry.type in {"state", "people", "region"} and columns.word(end)[:1].isupper() and outer is not None:
        thing = columns.words[outer.head][:1].isupper() and columns.lower[outer.head] in THINGS and outer.description.kind is None
        if thing and all(columns.words[i][:1].isupper() for i in range(end, outer.head)):
            return True
    if entry is None or entry.type != "people":
        return False
    if outer is None or outer.description.kind is not None or columns.tag[inner.head] == "NNPS":
        return True
    return entry.country is None


def as_state(phrase: Phrase) -> Phrase:
    """Return the phrase of a people's adjective before an act or thing ("Turkish airstrikes") as a mention of the state."""
    return replace(phrase, description=replace(phrase.description, kind="state"), plural=False)
