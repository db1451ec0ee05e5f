"""Documents to wire copies: which document is a copy of which, and how much of it is the same.

Each document's word 4-shingles are hashed and sampled by the value of their hash (1 in SAMPLE); documents that share enough samples
are compared on all shingles, and the containment of the one text in the other decides. The work grows with the number of words
and of copies, not with the square of the documents.

Known limits: a copy that was rewritten in most sentences is not found; two pages that quote the same long document in full are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from onrecord.spans import Span

Hashes = npt.NDArray[np.uint64]

SHINGLE = 4
SAMPLE = 8
"""One shingle in eight is indexed: a 300-word text keeps about 37, of which a copy with 60% shares about 22."""
LEAST_SHARED = 4
"""Samples that two documents must share to be compared."""
EARLIEST = 12
"""A sampled shingle leads each document to so many of the earliest that have it, so that stock phrases cost no more than they are worth."""
CONTAINED = 0.5
"""Containment of the shorter text from which it is a copy; set on bench/copies.py, where edited copies have .62 and more."""
SHORTEST = 30
"""Words below which a text is too short to tell."""
PHRASES, PHRASE = 12, 5
"""How many phrases stand for a document where it is looked up, and their words: of a copy that kept half of it, some still stand."""


class Text(Protocol):
    """What is needed of a document (`Document` has it)."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def text(self) -> str:
        """The canonical text."""

    def spans(self, *roles: Any) -> tuple[Span, ...]:
        """Return the spans of blocks with these roles."""


class Copy(NamedTuple):
    """`copy` repeats `original`: the share of the copy's body that stands in the original, and of the original in the copy."""

    copy: str
    original: str
    share: float
    share_of_original: float


class _Fingerprint(NamedTuple):
    id: str
    published: str
    shingles: Hashes
    """Sorted, each once."""


def copies(documents: Iterable[Text], published: Mapping[str, str] | None = None) -> tuple[Copy, ...]:
    """Return a row for each document that is a copy, with the earliest document that it copies.

    `published` gives ISO days by document id; without one, a document counts as later than any that has it, and order decides.
    """
    days = published or {}
    prints = [f for d in documents if (f := _fingerprint(d, days.get(d.id, "9999"))) is not None]
    prints.sort(key=lambda f: f.published)
    best: dict[int, Copy] = {}
    for first, later in sorted(_candidates(prints)):
        if later not in best and (row := _compare(prints[first], prints[later])) is not None:
            best[later] = row
    return tuple(best[n] for n in sorted(best))


def phrases(document: Text) -> tuple[str, ...]:
    """Return phrases from all over a document, to look up by a full-text search what it may be a copy of; none of a text too short."""
    words = _words(document)
    starts = range(0, len(words) - PHRASE, max(1, len(words) // PHRASES)) if len(words) >= SHORTEST else ()
    return tuple(" ".join(words[start : start + PHRASE]) for start in starts)


def _words(document: Text) -> list[str]:
    return [w for span in document.spans("body") for w in re.findall(r"\w+", span.of(document.text).lower())]


def _fingerprint(document: Text, published: str) -> _Fingerprint | None:
    words = _words(document)
    if len(words) < SHORTEST:
        return None
    return _Fingerprint(document.id, published, _shingles(words))


@lru_cache(maxsize=2**18)
def _word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _shingles(words: Sequence[str]) -> Hashes:
    """Return a hash for each distinct run of SHINGLE words, the same on every machine."""
    hashes = np.fromiter(map(_word, words), dtype=np.uint64, count=len(words))
    out = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):  # arithmetic on uint64 wraps, as it should
        out = (out * np.uint64(0x9E3779B97F4A7C15)) ^ hashes[place : place + len(out)]
        out ^= out >> np.uint64(29)
    return np.unique(out)


def _candidates(prints: Sequence[_Fingerprint]) -> Iterator[tuple[int, int]]:
    """Yield pairs (earlier, later) that share enough sampled shingles."""
    index: dict[int, list[int]] = defaultdict(list)
    for number, fingerprint in enumerate(prints):
        for shingle in fingerprint.shingles[fingerprint.shingles % np.uint64(SAMPLE) == 0].tolist():
            index[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in index.values():
        for place in range(1, len(holders)):
            shared.update((earlier, holders[place]) for earlier in holders[: min(place, EARLIEST)])
    yield from (pair for pair, count in shared.items() if count >= LEAST_SHARED)


def _compare(first: _Fingerprint, later: _Fingerprint) -> Copy | None:
    same = len(np.intersect1d(first.shingles, later.shingles, assume_unique=True))
    share, of_original = same / len(later.shingles), same / len(first.shingles)
    return Copy(later.id, first.id, round(share, 3), round(of_original, 3)) if max(share, of_original) >= CONTAINED else None
