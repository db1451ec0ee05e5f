"""PLOVER as the package knows it: complete, consistent, and mapped to CAMEO both ways."""

from __future__ import annotations

import pytest

from onrecord import codebooks
from onrecord.codebooks import derived, exported, of_cameo, plover, read, to_cameo
from onrecord.errors import RuleError


def test_has_every_type_and_context() -> None:
    """The codebook has the sixteen types and the 37 contexts of the manual, each with a definition."""
    book = plover()
    assert len(book.types) == codebooks.TYPES
    assert len(book.contexts) == codebooks.CONTEXTS
    assert all(kind.definition for kind in book.types.values())
    assert all(book.contexts.values())


def test_quads_have_the_sign_of_their_scores() -> None:
    """Cooperative types score above zero, conflictual ones at or below."""
    assert all((kind.score > 0) == kind.cooperative for kind in plover().types.values())


@pytest.mark.parametrize(
    ("kind", "modality", "expected"),
    [
        ("AID", "promised", "AGREE"),  # a promise of cooperation
        ("RETREAT", "promised", "CONCEDE"),  # a withdrawal only announced
        ("ASSAULT", "promised", "THREATEN"),  # a threat
        ("COOPERATE", "stopped", "SANCTION"),  # cooperation cut
        ("ASSAULT", "stopped", "RETREAT"),  # fire held
        ("SANCTION", "stopped", "CONCEDE"),  # sanctions lifted
        ("CONSULT", "refused", "REJECT"),  # talks refused
        ("AID", "demanded", "REQUEST"),  # help asked for
    ],
)
def test_derives_the_type_of_an_act_under_a_modality(kind: str, modality: codebooks.Modality, expected: str) -> None:
    """The manual's table of modalities turns the act's type into the type that is coded."""
    assert derived(kind, modality) == expected


def test_exports_no_conflict_that_did_not_take_place() -> None:
    """What happened keeps its type, a plan is a promise, cooperation denied is a refusal, the rest is not coded."""
    assert exported("ASSAULT", "actual") == "ASSAULT"
    assert exported("AID", "planned") == "AGREE"
    assert exported("CONSULT", "negated") == "REJECT"
    assert exported("ASSAULT", "negated") is None
    assert exported("ASSAULT", "possible") is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("010", None),
        ("030", "AGREE"),
        ("0841", "RETREAT"),
        ("081", "CONCEDE"),
        ("175", "ASSAULT"),
        ("191", "COERCE"),
        ("190", "ASSAULT"),
        ("99", None),
    ],
)
def test_reads_cameo_codes(code: str, expected: str | None) -> None:
    """A CAMEO code becomes its root's type, or that of the longer code that differs; statements become nothing."""
    assert of_cameo(code) == expected


def test_every_type_leaves_by_a_root_that_comes_back_to_its_kind() -> None:
    """A type written as a CAMEO root is read as itself, or as the other kind of yielding."""
    for kind in plover().types:
        assert of_cameo(to_cameo(kind)) in {kind, "CONCEDE"}


def test_refuses_a_codebook_that_contradicts_itself() -> None:
    """A file without all types is a RuleError that names the file."""
    with pytest.raises(RuleError, match="plover.toml"):
        read("type = []\ncontext = []\nmodality = []\ncameo = []\n")
