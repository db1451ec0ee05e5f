"""Lists of records, documents by name, the search, statistics and SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handmade import TEXT, Clock, span, truce
from onrecord.decisions import Decision
from onrecord.documents import Published
from onrecord.errors import UsageError
from onrecord.records import Records
from onrecord.store import Store, open_store, searching
from onrecord.store.searching import expression, unmark
from synthetic import pages

PAGE, RECORDS = truce()
DOCUMENT = RECORDS.document.id
MEETING, PRAISE = RECORDS.events
PROMISE = RECORDS.commitments[0]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with pages of many days, two of them by hand, one without a day."""
    with open_store(tmp_path_factory.mktemp("listing") / "s.db", now=Clock()) as made:
        made.add([(PAGE, RECORDS), truce("news/second.txt", day=None, text=TEXT + "\nMore follows."), *pages(40)])
        made.decide(PRAISE.id, Decision(act="reject", reviewer="ann", reason="other"))
        yield made


@pytest.fixture(scope="module")
def everything(store: Store) -> list[dict[str, Any]]:
    """What a filter can ask for of each record, in the order of lists, gathered the slow way."""
    out = []
    for number, row in enumerate(store.documents()):
        records = store.document(row.id)
        names = {actor.id: {actor.name.lower(), *(m.of(records.document.text).lower() for m in actor.mentions)} for actor in records.actors}
        for place, record in enumerate(records.all()):
            kind_type = getattr(record, "type", None) or getattr(record, "stance", None) or getattr(record, "basis", None)
            found = {"kind": record.KIND, "type": kind_type, "review": store.reviews(row.id)[record.id], "document": row.id}
            who = {name for actor in _named(record) for name in names.get(actor, ())}
            out.append({**found, "who": who, "day": row.latest or "", "order": (row.latest or "", number, place), "id": record.id})
    return sorted(out, key=lambda row: row["order"])


def fits(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Tell whether a filter wants a record."""
    tests = {
        "actor": lambda name: name.lower() in row["who"],
        "since": lambda day: row["day"] >= day,
        "until": lambda day: "" < row["day"] <= day,
    }
    return all(tests[name](value) if name in tests else row[name] == value for name, value in wanted.items())


def _named(record: Any) -> list[str]:
    single = [getattr(record, name, None) for name in ("source_actor", "actor", "counterparty", "speaker", "according_to")]
    return [name for name in (*single, *getattr(record, "actors", ()), *getattr(record, "recipients", ())) if name]


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["statement", "commitment", "event", "figure", "time"]),
        "type": st.sampled_from(["AGREE", "CONSULT", "asserts", "pledge", "DATE"]),
        "actor": st.sampled_from(["Ilka Doran", "oren pell", "Doran", "Nobody Here"]),
        "review": st.sampled_from(["unreviewed", "rejected"]),
        "since": st.sampled_from(["2000-01-05", "2000-02-01", "2022-01-01"]),
        "until": st.sampled_from(["2000-01-09", "2000-12-31", "2022-03-04"]),
        "document": st.just(DOCUMENT),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILTERS, st.integers(20, 400))
def test_a_list_holds_what_its_filter_wants_in_order(
    store: Store, everything: list[dict[str, Any]], wanted: dict[str, str], limit: int
) -> None:
    """Page after page, by day, the undated first: just what going through everything gives."""
    ids: list[str] = []
    while page := store.records(**wanted, limit=limit, after=ids[-1] if ids else None):
        ids += [one.record.id for one in page]
        assert len(page) <= limit
    assert ids == [row["id"] for row in everything if fits(row, wanted)]


def test_a_record_in_a_list_says_where_it_stands(store: Store) -> None:
    """Its document, words, actors' names, day and review."""
    (one,) = store.records(document=DOCUMENT, kind="commitment")
    assert (one.record, one.document, one.uri, one.day, one.review) == (PROMISE, DOCUMENT, "truce.html", "2022-03-04", "unreviewed")
    assert one.quote == "withdraw 2,500 troops from the border … 31 December 2022"
    assert one.names == {"a3": "Ilka Doran"}


def test_actors_are_found_by_name_country_and_words_of_the_name(store: Store) -> None:
    """A whole name first, then a code of a country, then words."""
    whole = {one.record.id for one in store.records(actor="the Oren Pell", document=DOCUMENT)}
    assert whole == {MEETING.id, PRAISE.id}
    assert {one.record.id for one in store.records(actor="TAR", document=DOCUMENT)} == whole
    assert {one.record.id for one in store.records(actor="en pel", document=DOCUMENT)} == whole
    assert store.records(actor="100%") == []


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ({"kind": "rumour"}, "kind 'rumour' is none of"),
        ({"review": "fine"}, "review 'fine' is none of"),
        ({"since": "yesterday"}, "since: 'yesterday' is no day"),
        ({"document": "ffffffff"}, "no document has this id"),
        ({"after": "ffffffff"}, "no record of this name"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(store: Store, wanted: dict[str, str], complaint: str) -> None:
    """It would find nothing, and nobody would know why."""
    with pytest.raises(UsageError, match=complaint):
        store.records(**wanted)


# ---- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DOCUMENT, DOCUMENT[7:], DOCUMENT[7:15], DOCUMENT[:20], DOCUMENT[7:20].upper(), "truce.html", "truce"])
def test_a_document_is_named_by_digits_address_or_file_name(store: Store, name: str) -> None:
    """Eight digits or more, with or without the name of the hash."""
    assert store.document_row(name).id == DOCUMENT


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        (DOCUMENT[7:14], "no document has this id"),  # seven digits
        ("f" * 64, "no document has this id"),
        ("nowhere.html", "no document has this id"),
        ("%", "no document has this id"),  # no wildcard
    ],
)
def test_a_document_that_is_not_there_is_said(store: Store, name: str, complaint: str) -> None:
    """What was looked for, and how documents are named."""
    with pytest.raises(UsageError, match=complaint):
        store.document(name)


def test_digits_that_name_several_are_refused(tmp_path: Path) -> None:
    """All of them are shown."""
    made = [replace(RECORDS.events[0], id=f"{'a' * 9}{n}{'0' * 22}") for n in range(2)]
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        store.add([(PAGE, RECORDS.plus("event", tuple(made)))])
        with pytest.raises(UsageError, match=f"several records of this name.*{made[1].id}"):
            store.record("a" * 8)
        assert store.record("a" * 9 + "1").record == made[1]
        with pytest.raises(UsageError, match="8 or more hex digits"):
            store.record("a" * 7)


# ---- search --------------------------------------------------------------------------------------------------------


def test_the_search_finds_texts_and_records_and_shows_the_words(store: Store) -> None:
    """In any form of the word; the snippet is a stretch of the text, the marks are the words."""
    text, *_ = store.search("fruitful talk", within="texts", limit=5)
    assert text.document.id in {DOCUMENT, store.document_row("second").id}
    assert text.at.of(store.document(text.document.id).document.text) == text.snippet
    assert {mark.of(text.snippet) for mark in text.marks} == {"talks", "fruitful"}
    records = store.search("withdraw troops", within="records", kind="commitment")
    assert {hit.record.record.id for hit in records if hit.record} >= {PROMISE.id}
    assert {mark.of(records[0].snippet) for mark in records[0].marks} == {"withdraw", "troops"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TRUCE", True),  # capitals
        ("praising", True),  # another form of praised
        ('"fruitful talks"', False),  # not side by side
        ('"talks were fruitful"', True),
        ("fruit*", True),
        ("frui", False),  # only the beginning of a word
        ("truce nowhere", False),  # all words must be there
        ("Doran's AND NOT (", False),  # no operators: words
        ('"unclosed', False),
        ("fruitful OR nowhere", False),  # "or" is a word
    ],
)
def test_words_are_words(store: Store, words: str, found: bool) -> None:
    """FTS5's own language is not spoken."""
    assert bool(store.search(words, document=DOCUMENT)) == found


@pytest.mark.parametrize("words", ["", "  ", '""', "* ( )", "…"])
def test_a_search_without_words_is_refused(words: str) -> None:
    """There is nothing to search for."""
    with pytest.raises(UsageError, match="no word to search for"):
        expression(words)


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_words_break_the_search(store: Store, words: str) -> None:
    """Whatever is typed: hits, or a UsageError that says that these are no words."""
    if any(character.isalnum() for character in words):
        store.search(words, limit=1)
    else:
        with suppress(UsageError):
            store.search(words, limit=1)


@pytest.mark.parametrize("rare", [True, False])
def test_common_and_rare_words_are_found_alike(store: Store, monkeypatch: pytest.MonkeyPatch, rare: bool) -> None:
    """Beyond the number that is ranked, and beyond the one that is fetched: the same records, by day where that is asked."""
    if not rare:
        monkeypatch.setattr(searching, "CANDIDATES", 3)
        monkeypatch.setattr(searching, "MANY", 5)
    for within in ("texts", "records"):
        hits = store.search("people", within=within, limit=5000, earliest_first=True)
        days = [hit.document.latest or "~" for hit in hits]
        assert days == sorted(days)
        assert {hit.record.record.id if hit.record else hit.document.id for hit in hits} == {
            hit.record.record.id if hit.record else hit.document.id for hit in store.search("people", within=within, limit=5000)
        }
        inside = store.search("people", within=within, since="2000-01-05", until="2000-01-20", limit=5000)
        assert {hit.document.latest for hit in inside} <= {f"2000-01-{day:02}" for day in range(5, 21)}
        assert len({hit.document.id for hit in inside}) == 16
    events = store.search("people", kind="event", actor="Ilka Doran", limit=5000)
    assert all(hit.record and hit.record.record.KIND == "event" for hit in events)


def test_a_search_can_be_limited_to_an_actor(store: Store) -> None:
    """Texts that speak of it, records that name it."""
    hits = store.search("truce", actor="Oren Pell")
    assert {hit.document.uri for hit in hits} == {"truce.html", "news/second.txt"}
    assert all(hit.record is None for hit in hits)
    assert store.search("truce", actor="Nobody Here") == []


def test_marks_of_a_snippet_are_taken_out() -> None:
    """And say where they were."""
    assert unmark("a \ue000bc\ue001 d") == ("a bc d", (span("bc", text="a bc d"),))


# ---- statistics and SQL --------------------------------------------------------------------------------------------


def test_the_statistics_count_what_is_there_and_what_was_lost(store: Store) -> None:
    """By kind, type, month, publisher, actor, review; pages without a day; sources that were not resolved."""
    stats = store.stats()
    assert stats.documents == 42
    assert stats.records == sum(stats.by_kind.values()) == sum(stats.by_review.values())
    assert stats.by_review["rejected"] == 1
    assert stats.by_month["not known"] == stats.losses["pages without a date"] == 1
    assert stats.by_publisher == {"pages": 40, "The Harrow Post": 2}
    assert stats.losses["statements whose source was not resolved"] == 0
    assert len(stats.by_actor) == 20
    assert list(stats.by_actor.values()) == sorted(stats.by_actor.values(), reverse=True)


@pytest.mark.parametrize(
    ("publisher", "uri", "counted"),
    [
        ("The Harrow Post", "https://post.example/a", "The Harrow Post"),
        (None, "https://post.example/a/b.html", "post.example"),
        (None, "pages/2022/a.html", "pages/2022"),
        (None, "a.html", "not known"),
        (None, "http://[half", "[half"),  # what is no address breaks nothing
    ],
)
def test_pages_are_counted_by_publisher_host_or_folder(tmp_path: Path, publisher: str | None, uri: str, counted: str) -> None:
    """Whichever is known."""
    document = replace(RECORDS.document, publisher=publisher, uri=uri)
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        store.add([(replace(PAGE, uri=uri), replace(RECORDS, document=document))])
        assert store.stats().by_publisher == {counted: 1}


def test_losses_are_counted(tmp_path: Path) -> None:
    """A statement without a source's actor, an event without an actor, a commitment without a deadline."""
    lost = RECORDS
    for kind, name in (("statement", "source_actor"), ("event", "actors"), ("commitment", "deadline_latest")):
        empty = {name: () if name == "actors" else None}
        whole = {**empty, "deadline_value": None} if kind == "commitment" else empty
        lost = lost.plus(kind, tuple(replace(r, **whole) for r in lost.all() if kind == r.KIND))
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        document = replace(lost.document, published=Published(latest="2022-03-04"))
        store.add([(PAGE, Records(document, lost.actors).plus("statement", lost.statements))])
        assert store.stats().losses["statements whose source was not resolved"] == 1
        assert store.stats().losses["pages whose day is not known"] == 1
        assert store.stats().losses["pages without a date"] == 0
    with open_store(tmp_path / "t.db", now=Clock()) as store:
        store.add([(PAGE, lost)])
        assert store.stats().losses["events without an actor"] == 2
        assert store.stats().losses["commitments without a deadline"] == 1


def test_sql_reads(store: Store) -> None:
    """Columns and rows; JSON functions; the view of the evidence."""
    table = store.sql("SELECT kind, count(*) AS n FROM records GROUP BY kind ORDER BY kind")
    assert table.columns == ("kind", "n")
    assert [kind for kind, _ in table.rows] == ["commitment", "event", "figure", "statement", "time"]
    query = f"SELECT field, start, \"end\" FROM evidence WHERE record = '{PROMISE.id}' AND field = 'actor'"
    assert store.sql(query).rows == [("actor", *span("she"))]
    assert store.sql("SELECT count(*) FROM text_index WHERE text_index MATCH 'fruitful'").rows == [(2,)]
    assert store.sql("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT sum(x) FROM n").rows == [(6,)]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM records",
        "UPDATE documents SET title = 'x'",
        "DROP TABLE audit",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = 1",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "CREATE TEMP TABLE t (x)",
        "SELECT load_extension('x')",
        "INSERT INTO text_index (text_index) VALUES ('optimize')",
        "BEGIN IMMEDIATE",
        "SELECT 1; DELETE FROM records",
        "SELECT randomblob(1000000000)",
        "nonsense",
    ],
)
def test_sql_does_nothing_but_read(store: Store, query: str) -> None:
    """Everything else is refused, and nothing is changed."""
    head, count = store.head(), store.stats().records
    with pytest.raises(UsageError):
        store.sql(query)
    assert (store.head(), store.stats().records) == (head, count)


def test_sql_is_ended_when_it_takes_too_long(store: Store) -> None:
    """After the seconds that were given."""
    with pytest.raises(UsageError, match=r"took longer than 0.1 s"):
        store.sql("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n", 0.1)
