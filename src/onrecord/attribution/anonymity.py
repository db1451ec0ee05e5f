"""Why a source is not named: the words that say so ("on condition of anonymity because …", "asked not to be named").

The words are looked for beside the cue, and in the sentence behind it where that goes on about the same source; a reason that follows
them belongs to them. Words that deny ("no anonymity", "dropped his anonymity") do not count. The families of words are data
(`data/rules/wordings.toml`): speaking without one's name, asking not to be named, a name withheld or changed, a first name alone.
"""

from __future__ import annotations

import re

from onrecord.attribution.wordings import wording
from onrecord.spans import Span

ANONYMITY = wording("anonymity")
REASON = wording("reason")
PARTIAL = wording("partial")
DENIED = wording("denied")
ASKED = wording("unnamed")
ONWARD = wording("onward")
TO_CLAUSE_END = re.compile(r"[^.;,]*")
SPEECH = re.compile(r"\b(?:speak|comment|discuss|talk|brief|disclose|divulge|release|address)$")
FURTHER = 60  # characters behind the words among which more such words belong to them
BEFORE = 24  # characters in front among which words deny


def anonymity(text: str, near: Span) -> Span | None:
    """Return the words within `near` that say that a source is not named, with the reason that follows; None without such words."""
    every = ANONYMITY.finditer(text, near.start, near.end)
    found = next((m for m in every if DENIED.search(text[max(near.start, m.start() - BEFORE) : m.start()]) is None), None)
    if found is None:
        return None
    end = found.end()
    reason = REASON.match(text, end, near.end)
    if reason is not None:
        end = reason.end()
    elif PARTIAL.search(found[0]):
        more = TO_CLAUSE_END.match(text, end, near.end)
        end = more.end() if more else end
        reason = REASON.match(text, end, near.end)
        end = reason.end() if reason is not None else end
    end = _onward(text, end, near)
    tail = text[found.start() : end].rstrip(" ,—–-")
    return Span(found.start(), found.start() + len(tail))


def _onward(text: str, end: int, near: Span) -> int:
    """Return where the words end that go on: what could not be discussed, and further words ("… and asked not to be named")."""
    if SPEECH.search(text, max(near.start, end - 20), end):
        more = TO_CLAUSE_END.match(text, end, near.end)
        end = more.end() if more else end
    further = ANONYMITY.search(text, end, min(end + FURTHER, near.end))
    if further is None or re.search(r"[.;“”\"]", text[end : further.start()]):
        return end
    reason = REASON.match(text, further.end(), near.end)
    return reason.end() if reason else further.end()


def goes_on(sentence: str) -> bool:
    """Tell whether a sentence can go on about the source of the one before ("The officials spoke on condition of anonymity")."""
    return ONWARD.match(sentence) is not None


def asks_anonymity(asked: str) -> bool:
    """Tell whether what is asked for is not to be named."""
    return ASKED.match(asked) is not None
