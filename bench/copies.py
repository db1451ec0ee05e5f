"""Near-duplicates among 10,000 documents that this script makes: recall, precision, seconds.

Half are originals of their own; the others copy one of them with a new headline, trimmed to 70%, with 2.5% of the words
edited, or with a tail of chrome. Words are drawn by rank (Zipf), with stock sentences shared by many, so that chance pairs occur.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from onrecord.links.copies import copies
from onrecord.spans import Span

DOCUMENTS = 10_000


@dataclass(frozen=True)
class Text:
    """A document as far as copies need it."""

    id: str
    text: str

    def spans(self, *roles: str) -> tuple[Span, ...]:  # noqa: ARG002 - the whole text is body
        """Return the whole text."""
        return (Span(0, len(self.text)),)


def made(seed: int = 1) -> tuple[list[Text], set[tuple[str, str]]]:
    """Return documents and the true (copy, original) pairs."""
    rng = random.Random(seed)
    vocabulary = [f"w{n}" for n in range(30_000)]
    weights = [1 / (n + 10) for n in range(30_000)]
    stock = [rng.choices(vocabulary, weights, k=22) for _ in range(300)]

    def original() -> list[str]:
        words = rng.choices(vocabulary, weights, k=rng.randint(150, 600))
        for sentence in rng.sample(stock, 3):
            at = rng.randrange(len(words))
            words[at:at] = sentence
        return words

    def edited(words: list[str]) -> list[str]:
        match rng.randrange(4):
            case 0:
                return rng.choices(vocabulary, weights, k=9) + words
            case 1:
                return words[: int(len(words) * 0.7)]
            case 2:
                return [rng.choices(vocabulary, weights)[0] if rng.random() < 0.025 else w for w in words]
            case _:
                return words + rng.choices(vocabulary, weights, k=80)

    originals = [original() for _ in range(DOCUMENTS // 2)]
    documents = [Text(f"o{n}", " ".join(words)) for n, words in enumerate(originals)]
    truth = set()
    for n in range(DOCUMENTS // 2):
        source = rng.randrange(len(originals))
        documents.append(Text(f"c{n}", " ".join(edited(originals[source]))))
        truth.add((f"c{n}", f"o{source}"))
    return documents, truth


def main() -> None:
    """Make, find, count."""
    documents, truth = made()
    begun = time.perf_counter()
    found = {(c.copy, c.original) for c in copies(documents)}
    seconds = time.perf_counter() - begun
    right = len(found & truth)
    print(f"{len(documents)} documents: recall {right / len(truth):.3f}, precision {right / len(found):.3f}, {seconds:.1f} s")


if __name__ == "__main__":
    main()
