"""The ledger of a store, whole and a page at a time, with histories; later sentences about a commitment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handmade import Clock
from onrecord import accounts, pipeline, reading
from onrecord.decisions import Decision
from onrecord.documents import Page
from onrecord.errors import UsageError
from onrecord.ledger import Filter
from onrecord.records import Records
from onrecord.store import Store, open_store
from synthetic import pages

EXAMPLES = Path(__file__).parent.parent / "examples"
AS_OF = "2024-06-30"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, read_page: Callable[[Path], tuple[Page, Records]]) -> Iterator[Store]:
    """The example pages that follow one deadline, among made-up ones."""
    with open_store(tmp_path_factory.mktemp("accounts") / "s.db", now=Clock()) as made:
        made.add([*(read_page(path) for path in sorted(EXAMPLES.glob("ledger-*"))), *pages(30)])
        yield made


@pytest.fixture(scope="module")
def read_page(nlp: object, lexicon: object) -> Callable[[Path], tuple[Page, Records]]:
    """A page of a file with its records."""

    def of(path: Path) -> tuple[Page, Records]:
        page = Page(path.read_bytes(), path.name)
        return page, pipeline.records_of(pipeline.annotate(reading.read(page), nlp, lexicon), lexicon)  # type: ignore[arg-type]

    return of


@pytest.fixture
def large(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The same store, treated as one that is too large to read whole."""
    monkeypatch.setattr(accounts, "WHOLE", 0)
    monkeypatch.setattr(accounts, "PAGES", 0)
    return store


def appearances(view: accounts.LedgerView) -> dict[str, int]:
    """How often each row's commitment appears."""
    return {row.item.commitment.id: len(view.histories[row.item.commitment.id].appearances) for row in view.ledger.rows}


def test_a_large_store_shows_one_commitment_with_its_appearances(large: Store) -> None:
    """Made, repeated, moved, put under a condition: one row, in its last version, found from its actor."""
    view = accounts.ledger(large, AS_OF, Filter(actor="Velmora"))
    most = max(view.ledger.rows, key=lambda row: appearances(view)[row.item.commitment.id])
    history = view.histories[most.item.commitment.id]
    assert len(history.appearances) >= 3
    assert history.appearances[-1].record == most.item.commitment.id
    assert {a.change for a in history.appearances} >= {"first", "deadline moved"}


def test_pages_follow_each_other_without_gap_or_repetition(large: Store) -> None:
    """`more` of one page is `after` of the next."""
    whole = [row.item.commitment.id for row in accounts.ledger(large, "2012-06-30", Filter()).ledger.rows]
    parts, after = [], None
    for _ in range(len(whole)):
        view = accounts.ledger(large, "2012-06-30", Filter(), limit=7, after=after)
        parts += [row.item.commitment.id for row in view.ledger.rows]
        after = view.more
        if after is None:
            break
    assert sorted(parts) == sorted(whole)
    assert len(whole) > 14


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(status=frozenset({"overdue"})),
        Filter(status=frozenset({"open"})),
        Filter(status=frozenset({"due"})),
        Filter(status=frozenset({"due", "open"})),
        Filter(status=frozenset({"may be overdue"})),
        Filter(status=frozenset({"kept"})),
        Filter(country="VEL"),
        Filter(basis="pledge", due_before="2001-01-20"),
        Filter(due_from="2001-01-10", due_before="2001-01-20"),
    ],
)
def test_filters_mean_the_same_in_a_large_store(store: Store, monkeypatch: pytest.MonkeyPatch, wanted: Filter) -> None:
    """Read whole or from the index: the same rows of made-up pages, whose every commitment has an actor and a day."""

    def rows() -> set[str]:
        view = accounts.ledger(store, "2001-01-05", wanted)
        return {row.item.commitment.id for row in view.ledger.rows if row.item.uri.startswith("pages/")}

    small = rows()
    monkeypatch.setattr(accounts, "WHOLE", 0)
    assert rows() == small


def test_what_a_person_said_of_any_appearance_holds_for_the_commitment(
    tmp_path: Path, read_page: Callable[[Path], tuple[Page, Records]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision on an earlier appearance gives the row of the last one its status, and the filter finds it."""
    monkeypatch.setattr(accounts, "WHOLE", 0)
    with open_store(tmp_path / "s.db", now=Clock()) as made:
        made.add([read_page(path) for path in sorted(EXAMPLES.glob("ledger-*"))])
        view = accounts.ledger(made, AS_OF, Filter(actor="Velmora"))
        history = max(view.histories.values(), key=lambda h: len(h.appearances))
        first = next(a.record for a in history.appearances if a.record)
        made.decide(first, Decision(act="status", reviewer="ann", changes={"status": "kept", "on": "2024-03-27"}, note="seen"))
        found = accounts.ledger(made, AS_OF, Filter(status=frozenset({"kept"})))
        assert [row.item.commitment.id for row in found.ledger.rows] == [history.appearances[-1].record]


def test_later_sentences_are_found_without_reading_every_page(large: Store) -> None:
    """Only documents that hold two of the act's words are read; the page that tells the end is among them."""
    view = accounts.ledger(large, AS_OF, Filter(actor="Velmora"))
    history = max(view.histories.values(), key=lambda h: len(h.appearances))
    record = next(a.record for a in history.appearances if a.record)
    last = next(row.id for row in large.documents() if "ledger-5" in row.uri)
    assert last in {one.document for one in accounts.suggest(large, record)}


def test_unknown_statuses_and_records_of_other_kinds_are_refused(store: Store) -> None:
    """The caller's mistake, said in his words."""
    with pytest.raises(UsageError, match="no status"):
        accounts.ledger(store, AS_OF, Filter(status=frozenset({"done"})))
    with pytest.raises(UsageError, match="not a commitment"):
        accounts.suggest(store, store.records(kind="statement", limit=1)[0].record.id)
