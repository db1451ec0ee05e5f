"""The words of a text as categories, and patterns over categories: what time expressions are recognised with.

A text is cut into words; each word has a set of categories ("May": MONTH; "20": DIGITS, DAYNUM, HOUR; "second": UNIT, ORDINAL). A
pattern is a regular expression over words: a name in capitals stands for one word of that category, any other for itself:

    (?P<m>MONTH) the? (?P<d>DAYNUM) (COMMA? (?P<y>YEARNUM))?

It is matched on a string with one character for each word, so that it is quick and knows nothing of blanks, tokenised or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.spans import Span

TOKEN = re.compile(
    r"\d{4}-\d\d-\d\d(?:T[\d:]+Z?)?(?![\w-])|\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\w/])|9/11(?![\w/])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+"
    r"|\d+(?:st|nd|rd|th)\b|(?:\d{3}0|['’]?\d0)['’]?s\b"
    r"|\d+(?=\s?[ap]\.?m\b)|\d+[^\W\d_]\w*|\d+"
    r"|[ap]\.\s?m\b\.?|FY\d{2,4}|Q[1-4]\b|o['’]clock|['’]s\b|[^\W\d_]+(?:\d\w*)?|\n+|[^\w\s]|_",
    re.IGNORECASE,
)
"""One word: a date, a clock, a number, an ordinal, a decade, a word, a line break, a sign."""
SIGNS = {"-": "DASH", "–": "DASH", "—": "DASH", ",": "COMMA", ".": "DOT", "(": "OPEN", ")": "SHUT", "'": "MARK", "’": "MARK", "+": "PLUS"}
CURRENCY = frozenset("$€£¥#")


class Word(NamedTuple):
    """One word of a text and where it stands."""

    span: Span
    text: str
    lower: str


def words(text: str, span: Span) -> list[Word]:
    """Return the words of a stretch of a text."""
    return [Word(Span(*m.span()), m[0], m[0].lower()) for m in TOKEN.finditer(text, span.start, span.end)]


# ---- categories ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def table() -> Mapping[str, Mapping[str, str]]:
    """Return category -> word in lower case -> value, from `data/tables/time_words.tsv`."""
    out: dict[str, dict[str, str]] = {}
    for category, word, value in _rows():
        out.setdefault(category, {})[word.lower()] = value
    return out


def _rows() -> Iterator[tuple[str, str, str]]:
    text = resources.files("onrecord.data").joinpath("tables", "time_words.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        if line and not line.startswith("#") and not line.startswith("category\t"):
            category, word, value = line.split("\t")
            yield category, word, value


@lru_cache(maxsize=1)
def _cased() -> frozenset[str]:
    return frozenset(word.lower() for _, word, _ in _rows() if word != word.lower())


def _numeric(text: str) -> frozenset[str]:
    """Return the categories of a word that starts with a digit or an apostrophe."""
    lower = text.lower()
    if text.isdecimal():
        number, out = int(text), {"DIGITS"}
        out |= {"DAYNUM"} if 1 <= number <= 31 and len(text) <= 2 else set()
        out |= {"HOUR"} if number <= 24 and len(text) <= 2 else set()
        out |= {"YEARNUM"} if len(text) == 4 and 1000 <= number <= 2199 else set()
        out |= {"TWODIGIT"} if len(text) == 2 else set()
        out |= {"MILITARY"} if len(text) == 4 and number // 100 <= 24 and number % 100 < 60 else set()
        return frozenset(out)
    if re.fullmatch(r"\d+(st|nd|rd|th)", lower):
        number = int(lower[:-2])
        return frozenset({"NTH"} | ({"DAYNTH"} if 1 <= number <= 31 else set()))
    if re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", text):
        hour, minute = text.split(":")[:2]
        return frozenset({"HHMM"} if int(hour) <= 24 and int(minute) < 60 else set())
    for name, shape in _NUMERIC:
        if re.fullmatch(shape, lower):
            return frozenset(name.split())
    return frozenset()


_NUMERIC = (
    ("ISODATE", r"\d{4}-\d\d-\d\d(t[\d:]+z?)?"),
    ("SEPTEMBER11", r"9/11"),
    ("SLASHDATE", r"\d{1,2}/\d{1,2}/(\d{4}|\d\d)"),
    ("DIGITS DECIMAL", r"\d{1,2}\.\d\d"),
    ("DIGITS", r"\d+\.\d+|\d{1,3}(,\d{3})+(\.\d+)?"),
    ("DECADE", r"(\d{3}0|['’]?\d0)['’]?s"),
)


@lru_cache(maxsize=65536)
def categories(text: str) -> frozenset[str]:
    """Return the categories of a word, its own lower-case form among them."""
    lower = text.lower()
    if text[0].isdecimal() or (text[0] in "'’" and len(text) > 2):
        return _numeric(text)
    if text[0] == "\n":
        return frozenset({"BREAK"})
    if text in SIGNS:
        return frozenset({SIGNS[text], text})
    if lower in {"'s", "’s"}:
        return frozenset({"POSSESSIVE"})
    if lower in {"o'clock", "o’clock"}:
        return frozenset({"OCLOCK"})
    if re.fullmatch(r"[ap]\.\s?m\.?", lower):
        return frozenset({"AMPM"})
    if re.fullmatch(r"fy\d{2,4}|q[1-4]", lower):
        return frozenset({"FYEAR" if lower[0] == "f" else "QNUM"})
    capital = text[0].isupper()
    own = {name for name, members in table().items() if lower in members and (capital or lower not in _cased())}
    return frozenset(own | {lower} | ({"CAPITAL"} if capital else set()))


# ---- patterns ------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"\(\?P<\w+>|\(\?<?[=!]|[A-Za-z_0-9]+")
_SAMPLES = (
    *(form % n for n in range(2200) for form in ("%d", "%02d", "%04d")),
    *(
        "1,000",
        "1.5",
        "7.45",
        "6:40",
        "9/11",
        "1/2/03",
        "2020-01-01",
        "1990s",
        "1st",
        "99th",
        "\n",
        "a.m.",
        "'s",
        "o'clock",
        "FY2020",
        "Q1",
        "Word",
        "-",
        "99:99",
    ),
)


@dataclass(frozen=True)
class Grammar:
    """Patterns compiled together: each set of categories that a word can have is one character of the alphabet."""

    alphabet: Mapping[frozenset[str], str]
    literals: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def shape(self, found: Iterable[Word]) -> str:
        """Return one character for each word."""
        return "".join(self._letter(word.text) for word in found)

    def _letter(self, text: str) -> str:
        known = categories(text)
        return self.alphabet.get(frozenset(c for c in known if c in self.literals), " ")


def grammar(patterns: Iterable[str]) -> Grammar:
    """Return the compiled patterns."""
    sources = list(patterns)
    names = {m[0] for source in sources for m in _NAME.finditer(source) if not m[0].startswith("(")}
    listed = {word for members in table().values() for phrase in members for word in phrase.split()}
    samples = {form for word in listed | names for form in (word, word.capitalize())} | set(_SAMPLES) | set(SIGNS)
    kept = frozenset(names)
    sets = sorted({frozenset(c for c in categories(sample) if c in kept) for sample in samples if sample}, key=sorted)
    alphabet = {group: chr(0x100 + number) for number, group in enumerate(sets) if group}
    classes = {name: "[" + "".join(char for group, char in alphabet.items() if name in group) + "]" for name in names}
    return Grammar(alphabet, kept, tuple(re.compile(_translate(source, classes)) for source in sources))


def _translate(source: str, classes: Mapping[str, str]) -> str:
    """Return a pattern over words as one over characters; groups without a name do not capture."""

    def piece(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith("(") else classes[match[0]]

    return re.sub(r"\((?!\?)", "(?:", _NAME.sub(piece, source)).replace(" ", "").replace("\n", "")
