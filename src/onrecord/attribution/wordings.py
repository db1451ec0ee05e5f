"""The wordings of `data/rules/wordings.toml` as one pattern for each kind: anonymity and what goes with it, quoted refusals."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.errors import RuleError


class Wording(NamedTuple):
    """A family of words with its proof."""

    id: str
    pattern: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """Return the families in the order of the file; RuleError where a piece is not there."""
    data = tomllib.loads(resources.files("onrecord.data").joinpath("rules/wordings.toml").read_text(encoding="utf-8"))
    pieces: dict[str, str] = {}
    for name, piece in data["pieces"].items():
        pieces[name] = _filled(piece, pieces, name)
    return tuple(_wording(row, pieces) for row in data["wording"])


def _wording(row: dict[str, list[str]], pieces: dict[str, str]) -> Wording:
    name = str(row["id"])
    alternatives = "|".join(f"(?:{_filled(words, pieces, name)})" for words in row["any"])
    return Wording(name, alternatives, tuple(row["examples"]), tuple(row["counterexamples"]))


def _filled(words: str, pieces: dict[str, str], name: str) -> str:
    """Put the pieces in the place of their names; `{2,5}` is a number of times and no name."""

    def piece(match: re.Match[str]) -> str:
        if match[1] not in pieces:
            message = f"wordings.toml: {name}: there is no piece {{{match[1]}}}"
            raise RuleError(message)
        return pieces[match[1]]

    return re.sub(r"\{([a-z]+)\}", piece, words)


@lru_cache(maxsize=16)
def wording(kind: str, *, opening: bool = False) -> re.Pattern[str]:
    """Return the pattern of a kind; `opening`: its words stand at the beginning, behind marks and words that lead in."""
    found = "|".join(f"(?:{w.pattern})" for w in wordings() if w.id.startswith(kind + "."))
    lead = r"^\W*" + _lead() if opening else ""
    return re.compile(f"{lead}(?:{found})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lead() -> str:
    data = tomllib.loads(resources.files("onrecord.data").joinpath("rules/wordings.toml").read_text(encoding="utf-8"))
    return str(data["pieces"]["lead"])
