"""Status and factuality: each signature by its example, our modality sentences, values for each source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.annotations import Annotations
from onrecord.modality import Signature, factuality, rows, status
from onrecord.spans import Span

SENTENCES = Path(__file__).parent.parent / "gold" / "sentences" / "modality.open.jsonl"
FLOOR = 0.95  # of 100 open sentences 97 are right


def token_of(annotations: Annotations, word: str, nth: int = 1):
    """Return the nth token of the body that spells a word."""
    body = annotations.text.index("\n")
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", annotations.text) if m.start() > body]
    return annotations.tokens_of(Span(places[nth - 1], places[nth - 1] + len(word)))[0]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.lemma.split('|')[0]}-{row.frame.split('|')[0]}-{row.status}")
def test_each_signature_does_what_its_example_says(annotate_text: Callable[..., Annotations], row: Signature) -> None:
    """The example of a row of signatures.tsv has the status that the row claims."""
    annotations = annotate_text(row.example)
    assert status(annotations, token_of(annotations, row.trigger))[0] == row.status


def test_modality_sentences(annotate_text: Callable[..., Annotations]) -> None:
    """Of our open sentences on modality, at least FLOOR have the right status."""
    sentences = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    right = 0
    for row in sentences:
        annotations = annotate_text(row["text"])
        right += status(annotations, token_of(annotations, row["trigger"], row["nth"]))[0] == row["status"]
    assert right / len(sentences) >= FLOOR


@pytest.mark.parametrize(
    ("text", "trigger", "words", "reason"),
    [
        ("The mayor refused to resign.", "resign", ["refused"], "the governing verb"),
        ("The mayor will not resign.", "resign", ["not", "will"], "modal and negation"),
        ("If dockers strike, the town runs out of bread.", "strike", ["If"], "the mark of a condition"),
        ("Police detained nine men.", "detained", [], "a plain past rests on nothing but itself"),
    ],
)
def test_a_status_rests_on_words(annotate_text: Callable[..., Annotations], text: str, trigger: str, words: list[str], reason: str) -> None:
    """The evidence of a status is the words that give it."""
    annotations = annotate_text(text)
    _, evidence = status(annotations, token_of(annotations, trigger))
    assert sorted(s.of(annotations.text) for s in evidence) == sorted(words), reason


@pytest.mark.parametrize(
    ("text", "trigger", "values", "reason"),
    [
        ("Police detained nine men.", "detained", [(None, "CT", "+")], "the author vouches"),
        ("The mayor said that police attacked the camp.", "attacked", [(None, "U", "u"), ("The mayor", "CT", "+")], "the author does not"),
        ("The minister denied that police attacked the camp.", "attacked", [(None, "U", "u"), ("The minister", "CT", "-")], "a denial"),
        ("The junta admitted that soldiers shot six men.", "shot", [(None, "CT", "+"), ("The junta", "CT", "+")], "factive: both"),
        ("Police may have attacked the camp.", "attacked", [(None, "PS", "+")], "a modal"),
        ("The families want the court to free him.", "free", [(None, "U", "u")], "a wish commits nobody"),
    ],
)
def test_factuality(annotate_text: Callable[..., Annotations], text: str, trigger: str, values: list[tuple], reason: str) -> None:
    """Author and sources have each their own certainty and polarity."""
    annotations = annotate_text(text)
    found = factuality(annotations, token_of(annotations, trigger))
    assert [(v.source.of(annotations.text) if v.source else None, v.certainty, v.polarity) for v in found] == values, reason
