"""The same event on several pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from onrecord.links.events import Incident, incident_json, incidents
from onrecord.records import Records

Read = Callable[..., Records]
Linked = Callable[..., tuple[Incident, ...]]

BOMBED = "Saudi warplanes bombed Aden on Tuesday, killing nine dockers."


@pytest.fixture
def linked(read_text: Read) -> Linked:
    """The incidents of pages given as (text, day of publication)."""

    def of(*pages: Sequence[str], copied: bool = False) -> tuple[Incident, ...]:
        read = [read_text(text, day) for text, day in pages]
        return incidents(reversed(read), {read[1].document.id: read[0].document.id} if copied else None)

    return of


@pytest.mark.parametrize(
    ("one", "other", "reasons", "why"),
    [
        (
            (BOMBED, "2023-03-08"),
            ("The bombing of Aden by Saudi warplanes on Tuesday was condemned.", "2023-03-09"),
            {"day", "town", "word"},
            "a day and a town",
        ),
        (
            ("Police in Lagos arrested the editor Tunde Bako on 6 March.", "2023-03-07"),
            ("On 6 March police in Lagos arrested Tunde Bako, an editor.", "2023-03-14"),
            {"day", "recipient", "word"},
            "whom it befell, and a stem",
        ),
        (
            ("President Ana Ruiz met President Jon Berg in Geneva on Monday.", "2023-03-07"),
            ("President Jon Berg met President Ana Ruiz in Geneva on Monday.", "2023-03-08"),
            {"day", "town", "actor", "word"},
            "all sides act: their order says nothing",
        ),
    ],
)
def test_one_event_on_two_pages(linked: Linked, one: Sequence[str], other: Sequence[str], reasons: set[str], why: str) -> None:
    """What is shared is named as the reason."""
    (found,) = linked(one, other)
    assert found.pages == 2, why
    assert found.appearances[0].reasons == ()
    assert reasons <= set(found.appearances[1].reasons), why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ((BOMBED, "2023-03-08"), ("Saudi warplanes bombed Aden on Friday.", "2023-03-11"), "another day"),
        ((BOMBED, "2023-03-08"), ("Saudi warplanes bombed Sanaa on Tuesday.", "2023-03-08"), "another town"),
        ((BOMBED, "2023-03-08"), ("Saudi warplanes bombed Aden.", "2023-04-20"), "undated, pages too far apart"),
        (
            ("Police in Lagos arrested the editor Tunde Bako on 6 March.", "2023-03-07"),
            ("Police in Lagos arrested the singer Femi Ola on 6 March.", "2023-03-07"),
            "another person",
        ),
        (
            ("President Ana Ruiz met President Jon Berg in Geneva on Monday.", "2023-03-07"),
            ("President Ana Ruiz will meet President Jon Berg in Geneva on Monday.", "2023-03-05"),
            "planned, not done",
        ),
    ],
)
def test_what_is_not_one_event(linked: Linked, one: Sequence[str], other: Sequence[str], why: str) -> None:
    """A contradiction in day, town or party keeps two events two."""
    assert linked(one, other) == (), why


def test_a_copy_is_not_counted(linked: Linked) -> None:
    """An agency's text on two sites is one page."""
    (found,) = linked((BOMBED, "2023-03-08"), (BOMBED + " Rain fell.", "2023-03-08"), copied=True)
    assert found.pages == 1
    assert incident_json(found)["pages"] == 1
    assert [a.copy_of is None for a in found.appearances] == [True, False]
