"""Who would not speak: declined, did not respond, could not be reached, no comment, "without naming", terms that were not disclosed.

Barred acts of speech come from `barring`, silence and unanswered requests from `silences`, evasion from `evasions`; quoted words that
refuse ("No comment", "I won't get into that", "You'd have to ask the president") are known by themselves (`data/rules/wordings.toml`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onrecord.attribution import topics
from onrecord.attribution.barring import Refusal, barred, refused_thing, silent_adjunct, unreal
from onrecord.attribution.evasions import EVASIONS
from onrecord.attribution.silences import SILENCES
from onrecord.attribution.vocabulary import vocabulary
from onrecord.attribution.wordings import wording
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

QUOTED = wording("refusal", opening=True)
QUOTED_WORDS = 30  # a longer speech says something besides


PATTERNS: tuple[Callable[[Token], Refusal | None], ...] = (barred, refused_thing, silent_adjunct, *SILENCES, *EVASIONS)
HEADS = frozenset().union(
    *(vocabulary(kind) for kind in ("talk", "tell", "refuser", "refrain", "give", "detail", "withheld", "request", "refused"))
)


def refusal_at(token: Token) -> Refusal | None:
    """Return the refusal whose head this token is, or None."""
    if token.lemma_.lower() not in HEADS and token.lower_ not in HEADS:
        return None
    for pattern in PATTERNS:
        found = pattern(token)
        if found is not None:
            return None if unreal(token) else found._replace(content=found.content or topics.asked(token))
    return None


def is_refusal(quotation: str) -> bool:
    """Tell whether quoted words refuse to speak ("No comment", "I won't get into that")."""
    return len(quotation.split()) <= QUOTED_WORDS and QUOTED.match(quotation) is not None


def refusing_words(sentence: str) -> Span | None:
    """Return where in a sentence the words that refuse to speak stand, or None where it refuses nothing."""
    found = QUOTED.match(sentence) if is_refusal(sentence) else None
    return Span(*found.span()) if found is not None else None
