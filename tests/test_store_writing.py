"""Pages into the store and out again: idempotent, versioned, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handmade import TEXT, Clock, reread, truce
from onrecord.annotations import Actor
from onrecord.decisions import Decision
from onrecord.documents import Page
from onrecord.errors import UsageError
from onrecord.records import Abstention, Records, record_json
from onrecord.spans import Span
from onrecord.store import Store, open_store
from onrecord.store.packing import body_of, dump
from synthetic import page, pages

PAGE, RECORDS = truce()
DOCUMENT = RECORDS.document.id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, whose every test ends with a clean verification."""
    with open_store(tmp_path / "s.db", now=Clock()) as made:
        yield made
        assert made.verify() == []


def dumped(store: Store, *, times: bool = True) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return all rows of all tables; without `times`, the clock's left out."""
    names = [
        n
        for (n,) in store.sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'").rows
        if "_index" not in n
    ]
    out = []
    for name in names:
        table = store.sql(f"SELECT * FROM {name}")
        kept = [i for i, column in enumerate(table.columns) if times or column not in {"at", "added", "before", "hash"}]
        out.append((name, sorted(tuple(row[i] for i in kept) for row in table.rows)))
    return out


# ---- in and out ----------------------------------------------------------------------------------------------------


def test_what_goes_in_comes_out(store: Store) -> None:
    """Document, map into the page, blocks, actors, records, abstentions, provenance and the page's bytes."""
    records = replace(RECORDS, abstentions=(Abstention(Span(3, 9), "event", "trigger.meet", "no actor"),))
    store.add([(PAGE, records)])
    assert store.document(DOCUMENT) == records
    assert store.as_found("truce") == records
    assert store.page(DOCUMENT).content == PAGE.content


def test_many_pages_come_out_as_they_went_in(store: Store) -> None:
    """More than one batch."""
    all_of_them = list(pages(60))
    report = store.add(iter(all_of_them))
    assert len(report.added) == 60
    assert report.records == sum(len(records.all()) for _, records in all_of_them)
    assert [row.id for row in store.documents()] == [records.document.id for _, records in all_of_them]
    assert all(store.document(records.document.id) == records for _, records in all_of_them)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80), st.text(max_size=9), st.binary(max_size=40))
def test_any_text_comes_out_as_it_went_in(tmp_path: Path, text: str, name: str, content: bytes) -> None:
    """Null characters, quotation marks, characters beyond the BMP, marks of our own snippets."""
    actor = Actor("a1", name.encode("utf-8", "replace").decode(), "person", mentions=(Span(0, 1),))
    document = replace(RECORDS.document, text=text, blocks=(), title=None)
    records = Records(document, (actor,))
    path = tmp_path / str(len(list(tmp_path.iterdir())))
    with open_store(path, now=Clock()) as store:
        store.add([(Page(content, "x"), records)])
        assert store.document(document.id) == records
        assert store.page(document.id).content == content
        assert store.verify() == []
        store.forget(document.id, "ann")
        assert store.verify() == []


def test_half_a_surrogate_pair_is_refused_and_the_rest_stored(store: Store) -> None:
    """UTF-8 cannot hold it; the page is named, the batch goes on."""
    bad = replace(RECORDS, document=replace(RECORDS.document, text=TEXT + "\ud800"))
    report = store.add([(Page(b"x", "bad.html"), bad), (PAGE, RECORDS)])
    assert [uri for uri, _ in report.refused] == ["bad.html"]
    assert report.added == (DOCUMENT,)


def test_a_body_is_the_records_json_without_what_is_empty() -> None:
    """The quick way gives what the contract's gives."""
    for _, records in (truce(), page(3)):
        for record in records.all():
            row = {k: v for k, v in record_json(record).items() if v is not None and v not in ([], {}) and k not in {"id", "claim"}}
            assert body_of(record) == dump(row)


# ---- again ---------------------------------------------------------------------------------------------------------


def test_the_same_pages_again_change_nothing(store: Store) -> None:
    """Not a row, not even in the audit."""
    store.add(pages(5))
    before = dumped(store)
    report = store.add(pages(5))
    assert (len(report.unchanged), report.added) == (5, ())
    assert store.add(pages(5), again=True).unchanged == report.unchanged
    assert dumped(store) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.randoms())
def test_the_order_and_the_repetition_of_pages_do_not_matter(tmp_path: Path, numbers: list[int], random: object) -> None:
    """Whatever comes twice, in whatever order: the same documents and records."""
    contents = []
    for name, given_order in (("a", numbers), ("b", sorted(set(numbers)))):
        path = tmp_path / f"{name}{hash(tuple(numbers))}-{id(random)}"
        with open_store(path, now=Clock()) as store:
            store.add([page(n) for n in given_order])
            contents.append({row.id: store.document(row.id) for row in store.documents()})
    assert contents[0] == contents[1]


def test_a_changed_page_is_a_new_version_beside_the_old(store: Store) -> None:
    """Both stay; the later one knows the earlier."""
    old, new = page(1), page(1, revision=1)
    store.add([old])
    report = store.add([new])
    assert report.versions == report.added == (new[1].document.id,)
    first, second = store.documents()
    assert (first.version, first.previous) == (1, None)
    assert (second.version, second.previous) == (2, first.id)
    assert store.document(old[0].uri) == new[1]
    assert store.document(first.id) == old[1]
    assert store.versions(old[0].uri) == [first.id, second.id]


def test_captures_order_the_versions_of_an_address(store: Store) -> None:
    """Whatever order they are read in; the same text caught twice in a row is one version; reading all again adds none."""
    caught = [
        (replace(page(1, revision=revision)[0], captured=f"2022-0{month}-01T00:00:00Z"), page(1, revision=revision)[1])
        for month, revision in ((5, 1), (1, 0), (2, 0), (7, 0))
    ]
    store.add(caught)
    a, b = (page(1, revision=n)[1].document.id for n in (0, 1))
    assert store.versions(caught[0][0].uri) == [a, b, a]
    before = dumped(store)
    store.add(caught)
    assert dumped(store) == before


def test_pages_from_standard_input_are_no_versions_of_each_other(store: Store) -> None:
    """They have no address."""
    nameless = [(replace(p, uri="-"), replace(r, document=replace(r.document, uri="-"))) for p, r in pages(2)]
    assert store.add(nameless).versions == ()
    assert [row.version for row in store.documents()] == [1, 1]


def test_the_same_text_at_two_addresses_is_one_document(store: Store) -> None:
    """Its records count once; where it stood is kept."""
    other = replace(PAGE, uri="copy.html", content=PAGE.content + b" ")
    report = store.add([(PAGE, RECORDS), (other, replace(RECORDS, document=replace(RECORDS.document, uri="copy.html")))])
    assert (report.added, report.unchanged) == ((DOCUMENT,), (DOCUMENT,))
    assert len(list(store.documents())) == 1
    assert {uri for (uri,) in store.sql("SELECT uri FROM appearances").rows} == {"truce.html", "copy.html"}


def test_again_replaces_the_records_of_a_new_version_of_the_rules(store: Store) -> None:
    """Without `again` nothing changes; with it the records are the new ones, and the audit knows both readings."""
    better = reread(RECORDS, event=(replace(RECORDS.events[0], certainty="certain"),))
    store.add([(PAGE, RECORDS)])
    assert store.add([(PAGE, better)]).unchanged == (DOCUMENT,)
    assert store.document(DOCUMENT) == RECORDS
    assert store.add([(PAGE, better)], again=True).replaced == (DOCUMENT,)
    assert store.document(DOCUMENT) == better
    assert [act for (act,) in store.sql("SELECT act FROM audit ORDER BY seq").rows] == ["read", "appear", "again"]
    assert store.add([(PAGE, better)], again=True).unchanged == (DOCUMENT,)


# ---- forget --------------------------------------------------------------------------------------------------------


def test_a_forgotten_page_is_gone_from_the_file(tmp_path: Path) -> None:
    """Text, page, records, decisions, actors and index: no word of it is left; its hash and the fact are."""
    path = tmp_path / "s.db"
    with open_store(path, now=Clock()) as store:
        store.add([(PAGE, RECORDS), *pages(3)])
        store.decide(RECORDS.events[0].id, Decision(act="accept", reviewer="ann", note="Zanzibarred"))
        assert any(word in path.read_bytes() + Path(f"{path}-wal").read_bytes() for word in (b"fruitful", b"Zanzibarred"))
        assert store.forget(DOCUMENT[7:20], "bob") == DOCUMENT
        left = path.read_bytes() + Path(f"{path}-wal").read_bytes()
        for word in (b"fruitful", b"Doran", b"doran", b"Zanzibarred", b"Tarsia", b"tarsia", b"praised"):
            assert word not in left
        assert DOCUMENT.encode() in left
        assert store.sql("SELECT who, act FROM audit ORDER BY seq DESC LIMIT 1").rows == [("bob", "forget")]
        assert store.search("doran") == []
        with pytest.raises(UsageError, match="no document has this id"):
            store.document(DOCUMENT)
        assert store.verify() == []


def test_a_forgotten_page_is_not_read_in_again(store: Store) -> None:
    """A folder read again does not bring it back."""
    store.add([(PAGE, RECORDS)])
    store.forget(DOCUMENT, "bob")
    assert store.add([(PAGE, RECORDS)], again=True).forgotten == (DOCUMENT,)
    assert list(store.documents()) == []


def test_forgetting_one_page_leaves_the_others(store: Store) -> None:
    """Actors that other pages name stay."""
    second = truce("second.html", text=TEXT + "\nMore follows.")
    store.add([(PAGE, RECORDS), second])
    store.forget(DOCUMENT, "bob")
    assert store.document("second.html") == second[1]
    assert len(store.records(actor="Ilka Doran")) == 4


# ---- time ----------------------------------------------------------------------------------------------------------


def test_a_clock_that_jumps_back_does_not_matter(tmp_path: Path) -> None:
    """The order is that of the numbers; the audit says what the clock said; the last decision wins."""
    clock = Clock()
    with open_store(tmp_path / "s.db", now=clock) as store:
        store.add([(PAGE, RECORDS)])
        store.decide(RECORDS.events[0].id, Decision(act="accept", reviewer="ann"))
        clock.at = Clock("1999-01-01T00:00:00+00:00").at
        store.decide(RECORDS.events[0].id, Decision(act="reject", reviewer="bob", reason="other"))
        store.add(pages(2))
        assert store.reviews(DOCUMENT)[RECORDS.events[0].id] == "rejected"
        assert [d.decision.reviewer for d in store.history(RECORDS.events[0].id)] == ["ann", "bob"]
        assert store.history(RECORDS.events[0].id)[1].at < "2000"
        assert store.verify() == []
