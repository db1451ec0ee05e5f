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
FLOOR = 0.95  # of 300 open sentences 294 are right


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


def test_no_pair_stands_twice() -> None:
    """A word and frame have one signature."""
    pairs = [(lemma, frame) for row in rows() for lemma in row.lemma.split("|") for frame in row.frame.split("|")]
    assert sorted({pair for pair in pairs if pairs.count(pair) > 1}) == []


def test_modality_sentences(annotate_text: Callable[..., Annotations]) -> None:
    """Of our open sentences on modality, at least FLOOR have the right status."""
    sentences = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    right = 0
    for row in sentences:
        annotations = annotate_text(row["text"])
        right += status(annotations, token_of(annotations, row["trigger"], row["nth"]))[0] == row["status"]
    assert right / len(sentences) >= FLOOR


@pytest.mark.parametrize(
    ("text", "trigger", "wanted", "reason"),
    [
        ("The committee threw out a motion to condemn the mayor.", "condemn", "negated", "what becomes of a motion"),
        ("The threat to arrest the strikers was carried out.", "arrest", "actual", "a threat made good"),
        ("A failed bid to storm the palace shook the town.", "storm", "negated", "an adjective tells the outcome"),
        ("The ministry rejected allegations of torture at the prison.", "torture", "negated", "a claim denied"),
        ("Police foiled a plot to kill the judge.", "foiled", "actual", "the foiling itself took place"),
        ("The planned talks went ahead despite the bombing.", "talks", "actual", "a plan overtaken by the act"),
        ("The envoy had been expected to resign but kept his seat.", "resign", "negated", "what was expected did not come"),
        ("The rebels tried in vain to storm the armoury.", "storm", "negated", "an attempt in vain"),
        ("Parents insisted that the school board apologise.", "apologise", "hypothetical", "a subjunctive"),
        ("Only when the dam is handed back will Kessary lift the embargo.", "lift", "hypothetical", "a condition by only when"),
        ("It remains unclear if the junta has banned the paper.", "banned", "possible", "an indirect question"),
        ("Parents would like to see the phones banned.", "banned", "hypothetical", "a small clause"),
        ("She was too ill to meet the delegation.", "meet", "negated", "too … to"),
        ("The president could not but accept the resignation.", "accept", "actual", "could not but"),
        ("Nor did the premier thank them, let alone offer asylum.", "asylum", "negated", "denied with what is denied"),
        ("The two countries have no defence pact.", "pact", "negated", "one no counts once"),
        ("He did not condemn or praise the ruling.", "praise", "negated", "a shared negation"),
        ("No fewer than nine men were arrested.", "arrested", "actual", "no fewer than denies nothing"),
        ("At no time were the men tortured.", "tortured", "negated", "at no time"),
        ("He would later resign.", "resign", "actual", "a future in the past"),
        ("She was the first minister to resign.", "resign", "actual", "an ordinal"),
        ("The pilot was tried for inciting a riot.", "inciting", "actual", "a reason given"),
        ("Police have closed streets in the run-up to the summit.", "summit", "planned", "what is ahead"),
        ("Pressure is growing on the minister to resign.", "resign", "hypothetical", "pressure parted from its infinitive"),
        ("Hopes rose of a ceasefire.", "ceasefire", "hypothetical", "hopes parted from what they are of"),
        ("The amnesty begins on the first day of the feast.", "amnesty", "planned", "a timetable"),
        ("Would the guerrillas sign?", "sign", "hypothetical", "a question"),
    ],
)
def test_what_stands_around_a_word(annotate_text: Callable[..., Annotations], text: str, trigger: str, wanted: str, reason: str) -> None:
    """Governors, outcomes, moods and negations give the status."""
    annotations = annotate_text(text)
    assert status(annotations, token_of(annotations, trigger))[0] == wanted, reason


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
