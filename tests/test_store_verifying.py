"""What `verify` finds: every hash is made again, and what is damaged is named."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from handmade import Clock, truce
from onrecord.decisions import Decision
from onrecord.errors import StoreError
from onrecord.records import seal
from onrecord.spans import Span
from onrecord.store import open_store
from synthetic import pages

PAGE, RECORDS = truce()
DOCUMENT = RECORDS.document.id
MEETING, PRAISE = RECORDS.events
PROMISE = RECORDS.commitments[0]


def filled(path: Path) -> Path:
    """Make a store with pages, decisions and a forgotten page, all in its one file."""
    with open_store(path, now=Clock()) as store:
        store.add([(PAGE, RECORDS), *pages(6)])
        store.decide(MEETING.id, Decision(act="amend", reviewer="ann", changes={"type": "AGREE"}))
        store.decide(PRAISE.id, Decision(act="merge", reviewer="ann", changes={"into": MEETING.id}))
        store.decide(PROMISE.id, Decision(act="status", reviewer="bob", changes={"status": "kept"}, note="seen"))
        store.decide(f"{DOCUMENT}#a2", Decision(act="amend", reviewer="ann", changes={"country": "LOR"}))
        store.decide(DOCUMENT, Decision(act="correct", reviewer="ann", changes={"title": "Truce"}))
        store.forget("pages/0000003.html", "bob")
        store.checkpoint()
        assert store.verify() == []
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that is as it was written."""
    return filled(tmp_path_factory.mktemp("verify") / "whole.db")


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copy(whole, tmp_path / "copy.db"))


def damage(path: Path) -> list[str]:
    """Return what verify finds, line by line."""
    with open_store(path, create=False, now=Clock()) as store:
        return [str(one) for one in store.verify()]


def tamper(path: Path, *statements: str) -> None:
    """Change the file as somebody with another tool would: without the guards."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        if not name.startswith(("texts_", "records_")):
            connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


TAMPERED = (
    ("UPDATE texts SET text = replace(text, 'truce', 'peace') WHERE document = 1", "document {d}: its text does not have"),
    ("UPDATE pages SET content = x'00' WHERE sha256 = (SELECT page FROM documents WHERE number = 1)", "page {p}: cannot be read"),
    ("UPDATE documents SET meta = replace(meta, 'Harrow', 'Tarn') WHERE number = 1", "document {d}: what was read of it"),
    ("UPDATE documents SET layout = (SELECT layout FROM documents WHERE number = 2) WHERE number = 1", "document {d}: what was read of it"),
    ("UPDATE documents SET latest = '2020-01-01' WHERE number = 1", "document {d}: its columns do not follow"),
    ("UPDATE documents SET added = '2020' WHERE number = 1", "document {d}: the time at which it was added"),
    ("UPDATE documents SET audit = 1 WHERE number = 2", "the audit does not know its reading"),
    ("UPDATE records SET body = replace(body, 'CONSULT', 'ASSAULT') WHERE id = '{m}'", "record {m}: does not have the hash"),
    ("UPDATE records SET claim = 'x' WHERE id = '{c}'", "record {c}: does not have the hash"),
    ("UPDATE records SET type = 'ASSAULT' WHERE id = '{m}'", "record {m}: its columns do not follow"),
    ("UPDATE records SET review = 'accepted' WHERE id = '{c}'", "record {c}: its columns do not follow"),
    ("UPDATE records SET amended = NULL WHERE id = '{m}'", "record {m}: its columns do not follow"),
    ("DELETE FROM participants WHERE record = (SELECT number FROM records WHERE id = '{m}')", "record {m}: is not listed"),
    ("UPDATE deadlines SET latest = '2020-01-01'", "record {c}: is not listed by its deadline"),
    ("UPDATE actors SET name = 'Tarsia' WHERE document = 1 AND local = 'a1'", "actor {d}#a1: is not listed as it stands"),
    ("UPDATE actors SET identity = 1 WHERE document = 1 AND local = 'a4'", "actor {d}#a4: is listed as somebody else"),
    ("UPDATE identities SET country = 'XXX' WHERE name = 'Oren Pell'", "(Oren Pell): its columns are not those of its key"),
    ("UPDATE identities SET root = 2 WHERE number = 1", "identity 1: is not merged as people decided"),
    ("DELETE FROM names WHERE name = 'oren pell'", "actor {d}#a4: cannot be found by the name 'oren pell'"),
    ("UPDATE appearances SET uri = 'elsewhere' WHERE document = 1", "of elsewhere: does not have the hash"),
    ("DELETE FROM appearances WHERE document = 1", "of {d}: is gone"),
    ("UPDATE decisions SET body = replace(body, 'AGREE', 'AID') WHERE act = 'amend'", "does not have the hash that the audit holds"),
    ("DELETE FROM decisions WHERE act = 'status'", "is gone"),
    ("UPDATE audit SET who = 'eve' WHERE who = 'bob'", "was changed"),
    ("DELETE FROM audit WHERE seq = 5", "audit: rows 5 to 5 are missing"),
    ("UPDATE audit SET before = hash WHERE seq = 3", "audit row 3: does not follow from the row before"),
    ("INSERT INTO text_index (rowid, text) VALUES (77, 'words that no text holds')", "the search index text_index: does not agree"),
    ("DROP TRIGGER records_update", "trigger records_update: is not as onrecord makes it"),
    ("CREATE TABLE more (x)", "table more: is not as onrecord makes it"),
)
"""What somebody does with another tool, and how it is named; d, p, m and c are ids of document, page, meeting and commitment."""


@pytest.mark.parametrize(("statement", "named"), TAMPERED)
def test_what_was_changed_by_another_tool_is_named(copy: Path, statement: str, named: str) -> None:
    """Each part of the store has its hash, or follows from what has one."""
    ids = {"d": DOCUMENT, "p": RECORDS.document.source.sha256, "m": MEETING.id, "c": PROMISE.id}
    tamper(copy, statement.format(**ids))
    found = damage(copy)
    assert any(named.format(**ids) in line for line in found), found


def test_a_document_that_was_deleted_is_missed(copy: Path) -> None:
    """Only `forget` removes a document, and the audit says so."""
    tables = ("records", "actors", "texts", "appearances")
    tamper(copy, *(f"DELETE FROM {table} WHERE document = 1" for table in tables), "DELETE FROM documents WHERE number = 1")
    assert any(line.startswith(f"document {DOCUMENT}: was added at") for line in damage(copy))


def test_a_record_that_was_put_in_is_noticed(copy: Path) -> None:
    """A row that neither a reading nor a decision made."""
    columns = "document, kind, type, status, day, quote, who, claim, sum, body"
    tamper(copy, f"INSERT INTO records (id, {columns}) SELECT 'f' || substr(id, 2), {columns} FROM records WHERE id = '{PROMISE.id}'")
    assert any("what was read of it" in line for line in damage(copy))


def test_the_audit_cannot_be_changed_or_shortened(copy: Path) -> None:
    """The triggers refuse it, and decisions are never edited or deleted either."""
    connection = sqlite3.connect(copy)
    for statement, said in (
        ("UPDATE audit SET who = 'eve'", "append-only"),
        ("DELETE FROM audit", "append-only"),
        ("UPDATE decisions SET reviewer = 'eve'", "never edited"),
        ("DELETE FROM decisions", "never deleted"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=said):
            connection.execute(statement)
    connection.close()


def test_the_head_stands_for_all_that_happened(tmp_path: Path) -> None:
    """Two stores with the same history have the same head; one more step gives another."""
    heads = []
    for name in ("one", "two"):
        with open_store(tmp_path / name, now=Clock()) as store:
            store.add([(PAGE, RECORDS)])
            heads.append(store.head())
            store.decide(MEETING.id, Decision(act="accept", reviewer="ann"))
            heads.append(store.head())
    assert heads[:2] == heads[2:]
    assert heads[0] != heads[1]


# ---- flipped bits --------------------------------------------------------------------------------------------------

FLIPS = 50


def contents(path: Path) -> dict[str, object]:
    """Return all that the store holds, table by table, the search indexes left out; an error stands for what cannot be read."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    out: dict[str, object] = {}
    try:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_index%' ESCAPE '\\'"
            )
        ]
        for name in names:
            out[name] = _rows(connection, name)
    except sqlite3.Error as error:
        out["schema"] = str(error)
    finally:
        connection.close()
    return out


def _rows(connection: sqlite3.Connection, name: str) -> object:
    try:
        return sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
    except sqlite3.Error as error:
        return str(error)


def flip(path: Path, random: Random) -> int:
    """Flip one bit of the file; return the place of its byte."""
    content = bytearray(path.read_bytes())
    at = random.randrange(len(content))
    content[at] ^= 1 << random.randrange(8)
    path.write_bytes(content)
    return at


def judged(path: Path, before: dict[str, object]) -> tuple[bool, bool]:
    """Return whether the contents changed, and whether that was named (by verify, or by an error that says what is wrong)."""
    changed = contents(path) != before
    try:
        return changed, bool(damage(path))
    except StoreError as error:
        return changed, str(path) in str(error)


def test_every_flipped_bit_in_the_contents_is_named(whole: Path, tmp_path: Path) -> None:
    """Fifty bits at random: verify names the damage, or opening says what is wrong with the file; no other error comes out."""
    before, random = contents(whole), Random(7)
    missed, changes = [], 0
    for number in range(FLIPS):
        path = Path(shutil.copy(whole, tmp_path / f"{number}.db"))
        at = flip(path, random)
        changed, named = judged(path, before)
        changes += changed
        if changed and not named:
            missed.append(at)
        path.unlink()
    assert missed == []
    assert changes > FLIPS // 8  # or the test tests nothing: much of a small file is index or empty


def test_what_a_flipped_bit_does_not_touch_can_still_be_read(copy: Path) -> None:
    """Damage in one text leaves the other documents as they were."""
    content = bytearray(copy.read_bytes())
    at = content.index(b"Velmora and Tarsia agree truce\nThe president")
    content[at + 3] ^= 1
    copy.write_bytes(content)
    with open_store(copy, create=False, now=Clock()) as store:
        others = [d.id for d in store.documents() if d.id != DOCUMENT]
        assert len(others) == 5
        assert all(store.document(name).document.id == name for name in others)
        assert any(DOCUMENT in str(one) for one in store.verify())


def test_evidence_spans_are_checked_against_the_text(tmp_path: Path) -> None:
    """A record whose evidence lies outside its text is named."""
    bad = replace(MEETING, evidence={**MEETING.evidence, "place": (Span(9000, 9005),)})
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        store.add([(PAGE, RECORDS.plus("event", seal(DOCUMENT, (bad, PRAISE))))])
        assert [str(one) for one in store.verify()] == [f"record {MEETING.id}: [9000, 9005] is no stretch of its text"]
