"""What goes into a cell of a table of text (CSV, TSV), so that no program that opens it takes it for more than text.

A spreadsheet runs a cell that begins with = + - @ or a control character as a formula. Such a cell gets an apostrophe before it,
unless it is a number. Nothing is lost: cells that already begin with apostrophes and then such a character get one more, so
`plain` gives back what `harmless` was given.
"""

from __future__ import annotations

import json
import re
from typing import Any

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would run (the wide forms are run by some in Japanese and Chinese editions)."""
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
HALF = re.compile("[\ud800-\udfff]")


def harmless(cell: str) -> str:
    """Return a cell that is shown as it stands: with an apostrophe before it where it would be run."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def plain(cell: str) -> str:
    """Return what `harmless` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def whole(text: str) -> str:
    """Return a text that UTF-8 can hold: each half of a surrogate pair, which is no character, is U+FFFD; the length stays."""
    return HALF.sub("\ufffd", text)


def written(value: Any) -> str:
    """Return a value as a cell: null is empty, lists and objects are JSON, texts are harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        return whole(json.dumps(value, ensure_ascii=False))
    return harmless(whole(value)) if isinstance(value, str) else str(value)
