"""Countries that come from the tables, the page or the sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord import gazetteer
from onrecord.annotations import Annotations


@pytest.mark.parametrize(
    ("text", "who", "codes", "why"),
    [
        ("Vladimir Putin met John Kerry in Moscow.", "John Kerry", ("USA", "GOV"), "an office holder"),
        ("Tony Blair flew to Cairo.", "Tony Blair", ("GBR", "ELI"), "who left office"),
        ("Serbian police beat demonstrators.", "demonstrators", ("SRB", "OPP"), "police act at home"),
        ("Turkish authorities detained 12 journalists.", "12 journalists", ("TUR", "JRN"), "so do authorities"),
        ("Israeli soldiers killed two demonstrators.", "two demonstrators", (None, "OPP"), "soldiers need not"),
        ("French police arrested five Algerian men.", "five Algerian men", ("DZA", "CVL"), "their own country"),
        ("Turkish police questioned two reporters in Berlin.", "two reporters", (None, "JRN"), "a town abroad"),
        ("Serbian police beat demonstrators. The demonstrators fled.", "demonstrators", (None, "OPP"), "they stand in other sentences too"),
    ],
)
def test_a_country_is_inferred_only_where_it_is_clear(
    annotate_text: Callable[..., Annotations], text: str, who: str, codes: tuple[str | None, str], why: str
) -> None:
    """And it is said to be inferred, with the words that it rests on."""
    actor = next(a for a in annotate_text(text, "2023-05-03").actors if a.name == who)
    assert (actor.country, actor.sector) == codes, why
    assert ("country" in actor.evidence) == (codes[0] is not None)


def test_an_inferred_country_is_marked(annotate_text: Callable[..., Annotations]) -> None:
    """The evidence is where the sentence names the country."""
    annotations = annotate_text("Serbian police beat demonstrators.", "2023-05-03")
    actor = next(a for a in annotations.actors if a.name == "demonstrators")
    assert actor.inferred == ("country",)
    assert [span.of(annotations.text) for span in actor.evidence["country"]] == ["Serbian"]


def test_office_holders_are_found_by_each_spelling() -> None:
    """One person, one name; years in order; countries that the codebook knows."""
    assert gazetteer.officeholder("Recep Tayyip Erdoğan") == gazetteer.officeholder("recep tayyip erdogan")
    assert gazetteer.officeholder("Erdogan") is None
    for form, _, country, first, last in gazetteer.rows("officeholders"):
        assert country in gazetteer.countries().keys() | {"UNO", "EUR", "XKX"}, form
        assert int(first) <= int(last or 9999), form
