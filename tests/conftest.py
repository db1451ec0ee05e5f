"""What tests share: the model, the lexicon, and a text's records in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord import language, lexicons, pipeline, reading
from onrecord.annotations import Annotations
from onrecord.documents import Page
from onrecord.records import Records

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language model."""
    return language.load()


@pytest.fixture(scope="session")
def lexicon() -> lexicons.Lexicon:
    """The lexicon of the package."""
    return lexicons.builtin()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material; tests that need it are skipped, with the reason, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: gold pages cannot be read")
    return SHARED


def page(text: str, published: str | None = None) -> Page:
    """Make a page with a short title, so that `text` is body."""
    return Page(("A title\n\n" + text).encode(), "test.txt", media_type="text/plain", published=published)


@pytest.fixture(scope="session")
def annotate_text(nlp: Language, lexicon: lexicons.Lexicon) -> Callable[..., Annotations]:
    """A function from body text (and a publication day) to annotations."""

    def annotate(text: str, published: str | None = None) -> Annotations:
        return pipeline.annotate(reading.read(page(text, published)), nlp, lexicon)

    return annotate


@pytest.fixture(scope="session")
def read_text(annotate_text: Callable[..., Annotations], lexicon: lexicons.Lexicon) -> Callable[..., Records]:
    """A function from body text (and a publication day) to records."""

    def records(text: str, published: str | None = None) -> Records:
        return pipeline.records_of(annotate_text(text, published), lexicon)

    return records
