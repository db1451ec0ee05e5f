"""The public names: what a program that imports onrecord can rely on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import SourceError, UsageError

PAGE = Path(__file__).parent.parent / "examples" / "harbour-truce.txt"


def test_the_public_names_are_sorted_and_there() -> None:
    """Each name of `__all__` can be imported, and is documented."""
    assert onrecord.__all__ == sorted(onrecord.__all__)
    for name in onrecord.__all__:
        assert (getattr(onrecord, name).__doc__ or "").strip(), name


def test_importing_costs_nothing() -> None:
    """No heavy module is loaded until a name is used."""
    script = "import sys, onrecord; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "numpy", "lxml", "httpx"} & set(loaded)


def test_read_extract_explain() -> None:
    """The three lines of the README."""
    document = onrecord.read(PAGE)
    records = onrecord.extract(document)
    assert document.published.value == "2019-05-17"
    assert records.statements
    reasons = onrecord.explain(records, records.statements[0])
    assert reasons[0].says.startswith(records.statements[0].rule)
    assert onrecord.explain(records, (0, 5))


def test_a_text_or_bytes_can_be_read() -> None:
    """A page need not be a file."""
    text = PAGE.read_text(encoding="utf-8")
    assert onrecord.read(text).text == onrecord.read(text.encode()).text == onrecord.read(PAGE).text


def test_a_page_that_is_not_there_is_named() -> None:
    """The error says which and why."""
    with pytest.raises(SourceError, match=r"nowhere\.txt: no such file"):
        onrecord.read("nowhere.txt")


def test_an_actor_phrase_has_country_and_sector() -> None:
    """Two of the issue's own examples."""
    assert onrecord.code_actor("American warplanes") == ("USA", "MIL")
    assert onrecord.code_actor("four Saudi men") == ("SAU", "CVL")


@pytest.mark.parametrize(
    ("sentence", "source", "target", "wanted"),
    [
        ("Velmora bombed the port of Tarsk on Monday.", "Velmora", "Tarsk", "ASSAULT"),
        ("Velmora promised to send Tarsk medical supplies.", "Velmora", "Tarsk", "AGREE"),
        ("It rained in Velmora and in Tarsk.", "Velmora", "Tarsk", None),
        ("Velmora bombed the port.", "Velmora", "Tarsk", None),
    ],
)
def test_a_pair_has_the_type_of_what_one_does_to_the_other(sentence: str, source: str, target: str, wanted: str | None) -> None:
    """None where nothing names it, or where one of them is not there."""
    assert onrecord.code_pair(sentence, source, target) == wanted


def test_factuality_has_a_value_for_each_source() -> None:
    """What an official denies did not happen for him; the author leaves it open."""
    text = "The general denied that his troops shelled the town."
    start = text.index("shelled")
    author, general = onrecord.factuality(text, (start, start + 7))
    assert (author.source, author.certainty) == (None, "U")
    assert (general.certainty, general.polarity) == ("CT", "-")


def test_factuality_of_no_word_is_refused() -> None:
    """A span beyond the text is the caller's mistake."""
    with pytest.raises(UsageError, match="holds no word"):
        onrecord.factuality("Words.", (3, 99))
