"""One line of a page to what it is by its own words: navigation, buttons, credits, captions; None where only its place can say.

The rules are data (`data/rules/chrome.toml`, each with examples and counterexamples, and `ui_words.txt`); navigation, dated
teasers and lists of numbers have a shape rather than words and are code. Rules ask for the whole line ("Share | Print"), or for
words that no news paragraph begins with ("READ ALSO:"); vocabulary such as "cookies" counts only where the line speaks to the
reader ("we", "your") outside quotation marks.
Known limits: English; a headline that stands alone between two paragraphs looks like a crosshead.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.calendars import FULL, full_dates
from onrecord.documents import Role
from onrecord.errors import RuleError

SEPARATOR = re.compile(r"\s*[|›»•·>]\s*|\s{2,}|\t")
CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[.!?,][\"”’']$")
"""How a line of prose ends: punctuation, with closing quotation marks or brackets behind it."""
LIST_MARK = re.compile(r"^(?:[-–—*•·▪▸►■●]|\(?\d{1,2}[.)])\s+(?=\S)")
NAME = r"[A-Z][\w.'’-]*"
PATH = re.compile(rf"^{NAME}(?:\s+{NAME}){{0,2}}(?:\s*[>›»/]\s*{NAME}(?:\s+[\w&]+){{0,3}})+$")
DATING = re.compile(
    r"^\W*(?:first|last)?\s*(?:published|posted|updated|by|on|created|modified|added|released|issued|today)\b", re.IGNORECASE
)

WORD = re.compile(r"[^\W\d_]+")
SEPARATED = re.compile(r"[|›»•·>/]|\s{2}|\t")
LONGEST = 90
"""Words of the longest line that can be chrome by its own words (a notice)."""


class Rule(NamedTuple):
    """A row of `chrome.toml`."""

    id: str
    pattern: re.Pattern[str]
    role: Role = "chrome"
    at: str = "start"
    most: int = 1000
    unless: re.Pattern[str] | None = None
    outside: bool = False
    heads: bool = False
    needs: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def takes(self, line: str, words: int | None = None) -> bool:
        """Tell whether a line (one line, stripped; of so many words) is one of these."""
        if (len(line.split()) if words is None else words) > self.most or (self.unless and self.unless.search(line)):
            return False
        if self.needs and not any(word in line.lower() for word in self.needs):
            return False
        seen = QUOTED.sub(" ", line) if self.outside else line
        find = {"start": self.pattern.match, "whole": self.pattern.fullmatch, "anywhere": self.pattern.search}[self.at]
        return find(seen) is not None


QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


class Reason(NamedTuple):
    """What a line is by its own words: its role, the rule's code, and whether it heads what stands below it."""

    role: Role
    code: str
    heads: bool = False


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return the rules of the package, in order; RuleError where one is wrong."""
    data = tomllib.loads(_data("chrome.toml"))
    parts = {"date": f"(?:{re.sub(r'[?]P<[a-z0-9]+>', '?:', FULL.pattern)})"} | data["parts"]
    return tuple(_rule(row, parts) for row in data["line"])


@lru_cache(maxsize=1)
def ui_words() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of a line that is made of buttons' and menus' words only, and the words that it can begin with."""
    phrases = [line for line in _data("ui_words.txt").splitlines() if line and not line.startswith("#")]
    some = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
    pattern = rf"(?:(?:{some})(?![\w'’])|\d+[kKmM]?(?!\w)|[\s|›»•·>/,()\[\]:+×✕&–-]|and\b)+"
    return re.compile(pattern, re.IGNORECASE), frozenset(word[0] for phrase in phrases if (word := WORD.search(phrase)))


def is_ui(line: str) -> bool:
    """Tell whether a line is made of nothing but the words of buttons and menus, numbers and separators."""
    pattern, firsts = ui_words()
    first = WORD.search(line)
    return first is not None and first[0].lower() in firsts and pattern.fullmatch(line) is not None


def _data(name: str) -> str:
    return resources.files("onrecord.data").joinpath("rules", name).read_text(encoding="utf-8")


def _rule(row: dict[str, object], parts: dict[str, str]) -> Rule:
    alternatives = row["any"]
    if not isinstance(alternatives, list):
        message = f"chrome.toml: {row['id']}: `any` is no list"
        raise RuleError(message)
    flags = re.NOFLAG if row.get("case") else re.IGNORECASE
    source = "|".join(f"(?:{alternative})" for alternative in alternatives)
    for name, part in parts.items():
        source = source.replace(f"{{{name}}}", part)
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k not in {"any", "case", "unless"}}
    unless = re.compile(str(row["unless"])) if "unless" in row else None
    return Rule(pattern=re.compile(source, flags), unless=unless, **fields)  # type: ignore[arg-type]


def closed(text: str) -> bool:
    """Tell whether a line ends as prose does."""
    return CLOSED.search(text) is not None


def reason(text: str) -> Reason | None:
    """Return what a line is by its own words (runs of blanks kept: menus are set apart by them), or None."""
    parts = text.split()
    if len(parts) > LONGEST or len(text) > 10 * LONGEST:
        return None
    shaped, line, words = text.strip(), " ".join(parts), len(parts)
    if is_ui(line):
        return Reason("chrome", "ui")
    for rule in rules():
        if rule.takes(line, words):
            return Reason(rule.role, rule.id, rule.heads)
    if navigation(shaped):
        return Reason("chrome", "navigation")
    return Reason("chrome", "teaser") if teaser(line) else None


def navigation(line: str) -> bool:
    """Tell whether a line is a menu or a path: short parts between bars or wide gaps, no sentence."""
    if not SEPARATED.search(line):
        return False
    if PATH.match(line):
        return True
    parts = [part for part in SEPARATOR.split(line) if part]
    short = len(parts) > 1 and not closed(line) and all(len(part.split()) <= 4 for part in parts)
    return short and (len(parts) > 2 or "|" in line or ">" in line) and not any(True for _ in full_dates(line))


def teaser(line: str) -> bool:
    """Tell whether a line is a headline with a date of its own: "18 Jan 2025  Painters ask for a raise"."""
    dates = list(full_dates(line))
    if len(dates) != 1 or len(line.split()) > 20 or re.search(r"\.[\"”’]?$", line) or DATING.match(line):
        return False
    before, after = line[: dates[0].start], line[dates[0].end :]
    at_edge = not after.strip(" )]|-–—·") or not before.strip(" ([|-–—·*•")
    return at_edge and len((before + after).split()) >= 3
