"""Opening a store: what is made, brought up to date, or refused with a reason."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Clock, truce
from onrecord.errors import StoreError
from onrecord.store import connection as connecting
from onrecord.store import open_store
from onrecord.store.connection import network_mount


def stored(path: Path) -> Path:
    """Make a store with a page."""
    with open_store(path, now=Clock()) as store:
        store.add([truce()])
        store.checkpoint()
    return path


def edited(path: Path, *statements: str) -> Path:
    """Make a store, then change it with another tool."""
    connection = sqlite3.connect(stored(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return path


def written(path: Path, content: bytes) -> Path:
    """Make a file."""
    path.write_bytes(content)
    return path


def database(path: Path) -> Path:
    """Make somebody else's SQLite file."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE birds (name)")
    connection.close()
    return path


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda path: written(path, b"<html>not a store</html>" * 50), "not a store: the file is no SQLite database"),
        (database, "an SQLite file, but not a store of onrecord"),
        (lambda path: edited(path, "PRAGMA user_version = 99"), "made by a newer onrecord (version 99"),
        (lambda path: edited(path, "PRAGMA user_version = 0"), "its header has lost the version"),
        (lambda path: edited(path, "PRAGMA application_id = 5"), "not a store of onrecord"),
        (lambda path: path.mkdir() or path, "a folder, not a store"),
        (lambda path: path / "s.db", "the folder"),  # whose folder is not there
    ],
)
def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path, make: Callable[[Path], Path], complaint: str) -> None:
    """With the file's name and the reason; not a byte of it is changed."""
    path = make(tmp_path / "x.db")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as error:
        open_store(path, now=Clock())
    assert complaint in str(error.value)
    assert str(path) in str(error.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_store_that_is_not_there_is_not_made_unless_asked(tmp_path: Path) -> None:
    """To look is not to make."""
    with pytest.raises(StoreError, match="there is no store here"):
        open_store(tmp_path / "s.db", create=False, now=Clock())
    assert not (tmp_path / "s.db").exists()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """SQLite's own way of making a file."""
    path = written(tmp_path / "s.db", b"")
    with open_store(path, now=Clock()) as store:
        assert store.add([truce()]).records > 0


def test_a_store_has_the_settings_that_it_promises(tmp_path: Path) -> None:
    """WAL, every commit on the disk, foreign keys, its own application id, STRICT tables."""
    with open_store(tmp_path / "s.db", now=Clock()) as store:
        setting = {n: store._connection.execute(f"PRAGMA {n}").fetchone()[0] for n in ("journal_mode", "synchronous", "foreign_keys")}
        assert setting == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        kinds = store._connection.execute("SELECT name, type, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        assert all(strict for name, kind, strict in kinds if kind == "table" and not name.startswith("sqlite_"))


def test_an_older_store_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version has its step, all of them in one transaction; what is there stays."""
    path = stored(tmp_path / "s.db")
    steps = tmp_path / "steps"
    steps.mkdir()
    for name in connecting.MIGRATIONS:
        shutil.copy(Path(connecting.__file__).with_name(name), steps / name)
    (steps / "two.sql").write_text("CREATE TABLE more (x TEXT) STRICT;\nINSERT INTO more VALUES ('a;b');\n", encoding="utf-8")
    monkeypatch.setattr(connecting, "MIGRATIONS", (*connecting.MIGRATIONS, "two.sql"))
    monkeypatch.setattr(connecting.resources, "files", lambda _: steps)
    with open_store(path, now=Clock()) as store:
        assert store.sql("SELECT x FROM more").rows == [("a;b",)]
        assert store.document("truce") == truce()[1]
        assert store.verify() == []
    with open_store(path, now=Clock()) as store:
        assert store.sql("SELECT count(*) FROM more").rows == [(1,)]
    (steps / "three.sql").write_text("CREATE TABLE third (x TEXT) STRICT;\nCREATE TABLE more (x TEXT) STRICT;\n", encoding="utf-8")
    monkeypatch.setattr(connecting, "MIGRATIONS", (*connecting.MIGRATIONS, "three.sql"))
    with pytest.raises(StoreError, match="more already exists"):
        open_store(path, now=Clock())
    monkeypatch.setattr(connecting, "MIGRATIONS", connecting.MIGRATIONS[:2])
    with open_store(path, now=Clock()) as store:
        assert store.sql("SELECT name FROM sqlite_schema WHERE name = 'third'").rows == []


def test_an_sqlite_that_is_too_old_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """STRICT tables need 3.37."""
    monkeypatch.setattr(connecting.sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreError, match="is too old: 3.37.0 or newer is needed"):
        open_store(tmp_path / "s.db", now=Clock())


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /home nfs4 rw 0 0
/dev/sdb1 /home/ann/disk ext4 rw 0 0
//host/share /mnt/my\\040share cifs rw 0 0
sshfs#host: /mnt/far fuse.sshfs rw 0 0
overlay /work overlay rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/s.db", None),  # a local disk
        ("/tmp/s.db", None),  # memory
        ("/home/ann/s.db", "nfs4"),
        ("/homely/s.db", None),  # not below /home
        ("/home/ann/disk/s.db", None),  # a local disk below a network one
        ("/mnt/my share/s.db", "cifs"),  # a name with a space
        ("/mnt/far/s.db", "fuse.sshfs"),
        ("/srv/s.db", None),
    ],
)
def test_a_network_file_system_is_told_by_the_table_of_mounts(path: str, kind: str | None) -> None:
    """The longest mount point that holds the path decides."""
    assert network_mount(Path(path), MOUNTS) == kind


def test_a_store_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its locks cannot be trusted there."""
    monkeypatch.setattr(connecting, "network_mount", lambda _path, _mounts: "nfs4")
    if not Path("/proc/self/mounts").exists():
        pytest.skip("this system has no table of mounts in /proc")
    with pytest.raises(StoreError, match=r"on a network file system \(nfs4\)"):
        open_store(tmp_path / "s.db", now=Clock())


def test_two_that_make_the_same_store_at_once_make_one(tmp_path: Path) -> None:
    """The second finds it made."""
    with open_store(tmp_path / "s.db", now=Clock()) as one, open_store(tmp_path / "s.db", now=Clock()) as two:
        one.add([truce()])
        assert two.document("truce") == truce()[1]
