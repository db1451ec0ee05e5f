"""How far a noun phrase reaches around its head in the parse, and how it stands in its sentence.

The phrase starts with its determiner and modifiers and ends with what describes an actor ("of", "for", "at" …), without relative
clauses, appositions and times. Punctuation that closes (brackets, half a quotation) ends it, whatever the parse says.
"""

from __future__ import annotations

from onrecord.annotators.actors.columns import Columns

OF_ACTOR = frozenset({"of", "for", "at", "from", "within", "behind", "to", "in"})
"""Prepositions whose phrase belongs to the description of an actor."""
OF_BODY = frozenset({"of", "for"})
"""Those that belong to the description of a body: where it sits does not."""
ABOUT = frozenset(
    {"at", "least", "most", "over", "around", "about", "nearly", "almost", "roughly", "approximately", "up", "to", "more", "than"}
)
"""Words before a number that belong to it ("at least five civilians")."""
POSTPOSED = frozenset({"general", "designate", "elect", "emeritus"})
"""Adjectives that stand behind the noun for an office."""
TIMES = frozenset({"DATE", "TIME"})
QUOTES = frozenset({'"', "“", "”", "``", "''"})
CLOSERS = frozenset({"(", ")", ";", ":", "[", "]"})
NO_START = frozenset({"VBD", "VBZ", "VBP", "WDT", "WP", "WP$", "WRB"})
"""Tags of words that the parse takes into a noun phrase by mistake."""
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})


def start_of(columns: Columns, head: int, first: int) -> int:
    """Return the first token of the phrase at `head`; not before `first`."""
    start = max(columns.left(head), first)
    while start - 2 >= first and columns.words[start - 1] == "-" and columns.ends[start - 1] == columns.starts[start]:
        start -= 2  # "co-author", which the parse may cut
    if start > first and columns.words[start] == "-" and columns.ends[start - 1] == columns.starts[start]:
        start -= 1  # "then-president"
    while start < head and _is_no_start(columns, start):
        start += 1
    return _after_closer(columns, start, head)


def _is_no_start(columns: Columns, at: int) -> bool:
    if columns.tag[at] in NO_START or columns.pos[at] in {"PUNCT", "SPACE", "CCONJ"}:
        return True
    if columns.lower[at] in ABOUT or columns.words[at + 1] == "-":
        return False
    return columns.dep[at] in {"advmod", "preconj"} and columns.pos[at] == "ADV"


def _after_closer(columns: Columns, start: int, head: int) -> int:
    """Return the token after the last bracket, line break, time or unpaired quotation mark before the head, else `start`."""
    quotes, opened = 0, start
    for i in range(head - 1, start - 1, -1):
        timed = i < head - 1 and columns.label(i) in TIMES and not _is_age(columns, i)
        if i > start and _is_verb(columns, i):
            return i + 1
        if columns.words[i] in CLOSERS or columns.pos[i] == "SPACE" or timed:
            return i + 1
        if columns.words[i] in QUOTES:
            quotes, opened = quotes + 1, i + 1
    return opened if quotes % 2 else start


def _is_verb(columns: Columns, at: int) -> bool:
    """Tell whether a word that the parse takes into a noun phrase is a verb before it ("a school housing Dutch nurses")."""
    before = columns.pos[at - 1]
    if columns.lower[at].endswith("ing") and before in {"NOUN", "PROPN"}:
        return columns.tag[at] == "VBG" or columns.words[at + 1][:1].isupper()
    free = columns.words[at - 1] != "-" and columns.words[at].islower() and columns.lower[at].endswith("ed")
    return free and columns.tag[at] in {"VBN", "VBD"} and before == "PROPN"


def _is_age(columns: Columns, at: int) -> bool:
    """Tell whether what the name finder takes for a time is somebody's age ("a 25-year-old man")."""
    first, last, _ = columns.ent[at]
    return "old" in columns.lower[first : last + 1]


def end_of(columns: Columns, head: int, last: int, ties: frozenset[str] = OF_ACTOR) -> int:
    """Return the token after the phrase at `head`, with what `ties` bind to it; not after `last`."""
    end = head + 1
    if head + 1 < last and columns.lower[head + 1] in POSTPOSED and columns.pos[head] in {"NOUN", "PROPN"}:
        end += 1  # "attorneys general"
    for child in (*columns.children[head], *(columns.children[head + 1] if end > head + 1 else ())):
        if child < end:
            continue
        if child > end:
            break
        if columns.lower[child] in {"close", "familiar"} and columns.dep[child] in {"amod", "acl"}:
            end = columns.right(child)
        elif columns.dep[child] == "prep" and columns.lower[child] in ties:
            end = _object_end(columns, child, last) or end
    if end + 1 < last and columns.words[end] == "," and columns.lower[end + 1].rstrip(".") in {"jr", "sr"}:
        end += 2
    return min(end, last)


def _object_end(columns: Columns, prep: int, last: int) -> int | None:
    """Return the token after the object of a preposition and what is coordinated with it; None where it describes no actor."""
    obj = columns.child(prep, "pobj")
    if obj is None or obj < prep or columns.label(obj) in TIMES or (columns.lower[prep] == "in" and columns.pos[obj] != "PROPN"):
        return None
    ends = [end_of(columns, child, last) for child in columns.children[obj] if columns.dep[child] == "conj" and child > obj]
    return max([end_of(columns, obj, last), *ends])


def is_subject(columns: Columns, at: int) -> bool:
    """Tell whether a token is a subject or agent, or coordinated with one."""
    while columns.dep[at] == "conj" and columns.pos[columns.heads[at]] in NOUNS:
        at = columns.heads[at]
    return columns.dep[at] in SUBJECTS or columns.dep[columns.heads[at]] == "agent"


def root_of(columns: Columns, start: int, end: int) -> int:
    """Return the first of the tokens that hangs on something outside them."""
    return next((i for i in range(start, end) if not start <= columns.heads[i] < end or columns.heads[i] == i), end - 1)
