"""Histories of commitments across pages: what is one commitment, what is not, and what each appearance changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotations import Actor
from onrecord.documents import Block, Document, Page, Published, Source
from onrecord.links.commitments import History, histories, likeness, stem, suggestions, weights
from onrecord.links.parties import bond
from onrecord.reading import read
from onrecord.records import Abstention, Commitment, Records, seal
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

    from onrecord.lexicons import Lexicon

ROOT = Path(__file__).parent.parent
TRUTH = json.loads((ROOT / "gold" / "ledger" / "truth.json").read_text(encoding="utf-8"))
PAGES = sorted([*(ROOT / "gold" / "ledger").glob("*.txt"), *(ROOT / "examples").glob("ledger-*")])
PART_OF = {c["name"]: c["part_of"] for c in TRUTH["commitments"] if "part_of" in c}


def page(day: str | None, actor: str | None, action: str, *, text: str = "", **fields: Any) -> Records:
    """Make the records of a page that says one thing."""
    text = f"{text or actor or 'Somebody'} … {action}."
    at = text.index(action, len(text) - len(action) - 1)
    published = Published(value=day, earliest=day, latest=day)
    document = Document(
        uri="p", text=text, source=Source("0", "text/plain", "utf-8"), published=published, blocks=(Block(Span(0, len(text)), "body"),)
    )
    actors = (Actor("a1", actor, "organisation", mentions=(Span(0, len(actor)),)),) if actor else ()
    one = Commitment(rule="r", actor="a1" if actor else None, action=Span(at, at + len(action)), basis="plan", **fields)
    return Records(document=document, actors=actors, commitments=seal(document.id, [one]))  # type: ignore[arg-type]


def linked(*pages: Records) -> list[list[str]]:
    """Return the changes of each history."""
    return [[a.change for a in h.appearances] for h in histories(pages)]


@pytest.mark.parametrize(
    ("first", "later", "changes"),
    [
        (("Tarsk", "withdraw its guards from the ridge"), ("Tarsk", "leave the ridge"), ["first", "restated"]),
        (("Tarsk", "withdraw its guards from the ridge"), ("Tarsk", "withdraw its officers from the road"), ["first"]),
        (("Tarsk", "rebuild the bridge at Hask"), ("Velmora", "rebuild the bridge at Hask"), ["first"]),
        (("Tarsk", "rebuild the Hask bridge"), (None, "The new bridge at Hask will be opened"), ["first", "restated"]),
        (("Brennhal", "pay for bottled water"), (None, "deliveries of bottled water would stop"), ["first", "withdrawn"]),
        (("Tarsk", "resign"), (None, "resign"), ["first"]),
        (("Brennhal Mining", "pay for the bottled water"), ("Brennhal", "pay for bottled water"), ["first", "restated"]),
    ],
    ids=["other words", "another object", "another actor", "actor not named", "taken back", "too little said", "short name"],
)
def test_what_is_one_commitment(first: tuple[str | None, str], later: tuple[str | None, str], changes: list[str]) -> None:
    """The words of the act and who is bound decide; what is left over begins a history of its own."""
    assert linked(page("2022-03-01", *first), page("2022-04-01", *later))[0] == changes


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"deadline_value": "2022-06-30"}, {"deadline_value": "2022-09-30"}, "deadline moved"),
        ({"deadline_value": "2022-06-30"}, {"deadline_value": "2022-06-30"}, "restated"),
        ({"deadline_value": "2022-06-30"}, {}, "restated"),
        ({}, {"condition": Span(0, 5)}, "condition added"),
        ({"condition": Span(0, 5)}, {"condition": Span(0, 5)}, "restated"),
        ({}, {"negated": True}, "withdrawn"),
        ({"negated": True}, {"negated": True}, "restated"),
        ({"deadline_value": "2022-06-30"}, {"deadline_value": "2022-09-30", "condition": Span(0, 5)}, "deadline moved"),
    ],
    ids=["moved", "same day", "no day said", "condition", "condition again", "opposite", "not again", "moved and conditioned"],
)
def test_what_an_appearance_changes(before: dict[str, Any], after: dict[str, Any], change: str) -> None:
    """Taken back comes before put off, put off before put under a condition."""
    assert linked(
        page("2022-03-01", "Tarsk", "rebuild the Hask bridge", **before), page("2022-04-01", "Tarsk", "rebuild the Hask bridge", **after)
    ) == [["first", change]]


def test_next_years_act_is_another_one() -> None:
    """A day long after the last one begins a new history."""
    one = page("2022-03-01", "Tarsk", "hold its harvest referendum", deadline_value="2022-05-01")
    other = page("2024-03-01", "Tarsk", "hold its harvest referendum", deadline_value="2024-05-01")
    assert linked(one, other) == [["first"], ["first"]]


def test_a_plan_undone_ends_its_history_and_begins_none() -> None:
    """An abstention by `commitment.withdrawn` is an appearance without a record, on a page that names who is bound."""
    promised = page("2022-03-01", "Tarsk", "rebuild the Hask bridge")
    text = "Tarsk dropped its plan to rebuild the Hask bridge."
    dropped = Records(
        document=Document(uri="p", text=text, source=Source("0", "text/plain", "utf-8"), published=Published(latest="2022-04-01")),
        abstentions=(
            Abstention(Span(text.index("rebuild"), len(text) - 1), "commitment", "commitment.withdrawn", "taken back by 'dropped'"),
        ),
    )
    (history,) = histories([promised, dropped])
    assert history.withdrawn
    assert history.appearances[-1].record is None
    assert histories([dropped]) == ()


def test_the_order_of_pages_does_not_matter() -> None:
    """Days decide, not the order in which pages come."""
    pages = [
        page("2022-03-01", "Tarsk", "rebuild the Hask bridge", deadline_value="2022-06-30"),
        page("2022-04-01", "Tarsk", "rebuild the Hask bridge", deadline_value="2022-07-30"),
        page("2022-05-01", None, "The new bridge at Hask will be opened"),
    ]
    assert len({histories(order) for order in permutations(pages)}) == 1


def test_the_deadline_that_holds_is_the_last_one_said() -> None:
    """A page that names none leaves it as it was."""
    pages = [
        page("2022-03-01", "Tarsk", "rebuild the Hask bridge", deadline_value="2022-06-30"),
        page("2022-04-01", "Tarsk", "rebuild the Hask bridge", deadline_value="2022-07-30"),
        page("2022-05-01", "Tarsk", "rebuild the Hask bridge"),
    ]
    assert histories(pages)[0].deadline == "2022-07-30"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Velmora's navy", "Velmora", "same"),
        ("the government of Velmora", "Velmora", "same"),
        ("The town council of Issabruck", "The council of Issabruck", "same"),
        ("Velmora", "Tarsk", "other"),
        ("the ministry of Lower Pellamar", "Pellamar", "other"),
        ("the government", "Velmora", "unknown"),
        ("The observers", "120 unarmed observers", "same"),
        ("His party", "his party", "unknown"),
    ],
)
def test_who_is_the_same_actor(one: str, other: str, verdict: str) -> None:
    """Names decide, what acts for a state is the state, and descriptions say little."""
    a, b = (page(None, name, "go") for name in (one, other))
    assert bond(a, "a1").against(bond(b, "a1")) == verdict
    assert bond(b, "a1").against(bond(a, "a1")) == verdict


@pytest.mark.parametrize(
    "words", ["free freed freeing frees", "release released releasing", "bridge bridges", "promise promises promised", "1,200 1200"]
)
def test_forms_of_a_word_are_one(words: str) -> None:
    """Endings are cut, and a number's commas; a class of synonyms is looked up for what is left."""
    assert len({tuple(weights(w)) for w in words.split()}) == 1
    assert all(stem(w) for w in words.split())


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    """Between 0 and 1, the same both ways, and 1 with itself where there are words."""
    a, b = weights(one), weights(other)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == pytest.approx(likeness(b, a))
    assert likeness(a, a) == (1 if a else 0)


# ---- the pages of gold/ledger ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _read() -> dict[str, Records]:
    return {p.stem: Records(document=read(Page(p.read_bytes(), str(p)))) for p in PAGES}


def _truth() -> tuple[list[Records], dict[str, tuple[str, str]]]:
    """Return the pages with the gold's commitments in place of found ones, and what each is (name, change) by record id."""
    told: dict[str, tuple[str, str]] = {}
    pages = []
    for stem_, records in _read().items():
        text = records.document.text
        actors: dict[str, Actor] = {}
        made, labels = [], []
        for c in TRUTH["commitments"]:
            for a in (a for a in c["appearances"] if a["page"] == stem_ and a["change"] != "withdrawn"):
                who = c["name"].partition(":")[0]
                actors.setdefault(who, Actor(f"a{len(actors)}", who, "organisation"))
                at = text.index(a["action"])
                made.append(Commitment(rule="r", actor=actors[who].id, action=Span(at, at + len(a["action"])), basis="plan"))
                labels.append((c["name"], a["change"]))
        sealed = seal(records.document.id, made)
        told.update(zip((c.id for c in sealed), labels, strict=True))
        pages.append(Records(document=records.document, actors=tuple(actors.values()), commitments=sealed))  # type: ignore[arg-type]
    return pages, told


def _merged(found: tuple[History, ...], told: dict[str, tuple[str, str]]) -> list[set[str]]:
    """Return the names in each history, a part counted as its whole."""
    return [{PART_OF.get(n, n) for a in h.appearances if a.record in told for n in [told[a.record][0]]} for h in found]


def test_gold_appearances_are_linked_and_none_is_merged() -> None:
    """With the gold's words and actors every history is one commitment; one appearance ("the last two") is known to be left out."""
    pages, told = _truth()
    found = histories(pages)
    names = _merged(found, told)
    assert [n for n in names if len(n) > 1] == []
    pieces = {name: sum(1 for n in names if name in n) for name, _ in told.values() if name not in PART_OF}
    assert {name for name, count in pieces.items() if count > 1} <= {
        "Velmora: troops out of the Ostrel valley",
        "Tarsk: release of 64 prisoners",
    }


def test_found_commitments_of_the_gold_pages_are_not_merged(nlp: Language, lexicon: Lexicon) -> None:
    """From the pages themselves: no history holds two commitments, and four in five changes are right."""
    from onrecord.pipeline import extract

    pages = {stem_: extract(r.document, nlp, lexicon) for stem_, r in _read().items()}
    told = {c.id: label for stem_, r in pages.items() for c in r.commitments if (label := _label(stem_, r, c.action)) is not None}
    found = histories(pages.values())
    assert [n for n in _merged(found, told) if len(n) > 1] == []
    changes = [(told[a.record][1], a.change) for h in found for a in h.appearances if a.record in told]
    assert len(changes) >= 45
    assert sum(gold == got for gold, got in changes) >= 0.8 * len(changes)


def _label(stem_: str, records: Records, action: Span) -> tuple[str, str] | None:
    """Return name and change of the gold appearance that shares most characters with an action, from three in ten on."""
    text = records.document.text
    best: tuple[float, tuple[str, str] | None] = (0.3, None)
    for c in TRUTH["commitments"]:
        for a in (a for a in c["appearances"] if a["page"] == stem_):
            at = text.index(a["action"])
            gold, mine = set(range(at, at + len(a["action"]))), set(range(*action))
            best = max(best, (len(gold & mine) / len(gold | mine), (c["name"], a["change"])), key=lambda pair: pair[0])
    return best[1]


def test_evidence_is_suggested_from_later_pages_only(read_text: Callable[..., Records]) -> None:
    """What was done is found by its words, with reasons; an earlier page and a mere repetition are not."""
    promise = read_text("Tarsk will release 64 Velmoran prisoners by 30 April.", "2022-03-14")
    done = read_text("Tarsk freed the last of 64 Velmoran prisoners on 29 April, a day before the deadline.", "2022-10-06")
    (history,) = histories([promise])
    (first, *_) = suggestions(history, [promise, done])
    assert first.document == done.document.id
    assert "freed" in first.words
    assert first.reasons
    assert suggestions(history, [promise]) == ()
    assert histories([promise, done])[0].appearances[0].change == "first"
