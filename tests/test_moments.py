"""Which time expression modifies which act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import moments
from onrecord.annotations import Annotations, TimeExpression
from onrecord.spans import Span

ROWS = [
    ("Troops killed five people in Kabul on Monday.", "killed", "Monday", "the verb that the preposition hangs on"),
    ("The government agreed on Monday to withdraw its troops.", "withdraw", None, "the time of agreeing is not that of the withdrawal"),
    ("The government agreed on Monday to withdraw its troops.", "agreed", "Monday", "the time stands by its own verb"),
    ("It agreed on Monday to withdraw its troops by August.", "withdraw", "August", "each verb has its own"),
    ("Officials said Monday's attack began without warning.", "attack", "Monday", "a possessive belongs to its noun"),
    ("Officials said Monday's attack was condemned.", "condemned", None, "a possessive says nothing of the verb above"),
    ("The talks were held on Tuesday in Geneva.", "talks", "Tuesday", "what is held shares the time of holding"),
    ("Britain condemned the attack on Tuesday.", "condemned", "Tuesday", "a time after a noun may be the verb's"),
    ("On Monday he arrived and met the president.", "met", "Monday", "coordinated verbs share a time before both"),
    ("He arrived on Monday and met the president on Friday.", "met", "Friday", "an own time comes first"),
    ("The army began on Monday to withdraw its tanks.", "withdraw", "Monday", "what is begun shares the time of the beginning"),
    ("A bomb exploded on Friday, killing five people.", "killing", "Friday", "a participle shares its clause's time"),
    ("The government said on Tuesday it would free them.", "said", "Tuesday", "a time before the reported clause is that of saying"),
    ("The government said on Tuesday it would free them.", "free", None, "and not that of what is reported"),
    ("He revealed that on Tuesday a spy died.", "died", "Tuesday", "one after the conjunction is the clause's own"),
    ("On 6 March police in Lagos arrested Tunde Bako, an editor.", "arrested", "6 March", "a preposition whose noun the parse gave away"),
    ("Thousands fled on Monday when rebels attacked the town.", "attacked", "Monday", "when: at the time of the verb above"),
    ("Thousands will leave on Monday when rebels attack the town.", "attack", None, "of what is to come it says no such thing"),
    ("The court upheld violations of the terms of the Act of Monday.", "upheld", None, "what modifies a noun's noun is not the verb's"),
    ("Parliament meets every Friday.", "meets", None, "a set names no moment"),
]


def _with_times(annotations: Annotations, *words: str) -> Annotations:
    """Annotations with each of the words as its only time expressions, whatever the annotators found."""
    found = []
    for word in words:
        start = annotations.text.find(word)
        if start >= 0:
            kind = "SET" if word.startswith("every") else "DATE"
            found.append(TimeExpression(Span(start, start + len(word)), kind, word))
    return replace(annotations, times=tuple(found))


@pytest.mark.parametrize(("text", "act", "expected", "reason"), ROWS, ids=[f"{r[1]}: {r[3]}" for r in ROWS])
def test_the_time_of_an_act_is_the_one_that_modifies_it(annotate_text, text, act, expected, reason):
    """An act has the time that the parse gives it, and none where the only time is another act's."""
    annotations = _with_times(annotate_text(text), "Monday", "Tuesday", "Friday", "August", "6 March")
    if "every" in text:
        annotations = _with_times(annotations, "every Friday")
    token = next(t for t in annotations.doc if t.text == act)
    found = moments.time_of(annotations, token)
    assert (found and found.span.of(annotations.text)) == expected, reason


def test_a_word_outside_every_sentence_has_no_time(annotate_text):
    """A line break between paragraphs belongs to no sentence and to no time."""
    annotations = annotate_text("Troops left on Monday.")
    blank = next(t for t in annotations.doc if t.is_space)
    assert moments.times_of(annotations, blank) == ()
