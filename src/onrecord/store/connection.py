"""A path to a connection that is ready, or a StoreError that says what is wrong with the file.

WAL (readers never wait), synchronous=FULL (what is committed survives a power cut), BEGIN IMMEDIATE (one writer; a second one
waits its turn). Versions of the schema are numbered by `PRAGMA user_version`; MIGRATIONS brings an older file up.
Known limit: whether the file lies on a network file system can be told on Linux only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from onrecord.errors import StoreError

APPLICATION = 0x6F6E7263
"""`onrc`: the application id in the file's header."""

MIGRATIONS: tuple[str, ...] = ("schema.sql",)
"""MIGRATIONS[n] brings a store of version n to n + 1; all of them make a new one."""

LEAST_SQLITE = (3, 37, 0)
"""STRICT tables."""

PATIENCE = 30.0
"""Seconds to wait for another writer: a batch of 50 pages takes less than one."""

CHECKPOINT = 8000
"""Pages (32 MB) of log before they go into the file: several batches touch the same pages of an index, which are then written once."""

CACHE = 131_072
"""KiB: the index of a million ids takes 45 MB and is written all over; half of this costs 7% of the writer's speed."""

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "davfs",
     "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.davfs2", "fuse.s3fs"}
)  # fmt: skip
"""File systems over which WAL's shared memory or the locks do not hold."""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Return a connection to the store at `path`, made new or brought up to this version where needed; StoreError says why not."""
    _check_place(path, create=create)
    with speaking_of(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, cached_statements=256)
    try:
        with speaking_of(path):
            _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write."""
    with speaking_of(path):
        connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA query_only = ON")
        return connection


def _check_place(path: Path, *, create: bool) -> None:
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} is too old: {'.'.join(map(str, LEAST_SQLITE))} or newer is needed"
        raise StoreError(message)
    if path.is_dir():
        message = f"{path}: a folder, not a store"
        raise StoreError(message)
    if not path.exists() and not create:
        message = f"{path}: there is no store here (onrecord read makes one)"
        raise StoreError(message)
    if not path.absolute().parent.is_dir():
        message = f"{path}: the folder {path.parent} does not exist"
        raise StoreError(message)
    mounts = Path("/proc/self/mounts")
    kind = network_mount(path.absolute().resolve(), mounts.read_text(encoding="utf-8", errors="replace")) if mounts.exists() else None
    if kind:
        message = f"{path}: on a network file system ({kind}), where SQLite's locks cannot be trusted; keep the store on a local disk"
        raise StoreError(message)


def network_mount(path: Path, mounts: str) -> str | None:
    """Return the type of the network file system that holds `path` by a table of mounts (as /proc/mounts), or None."""
    best, found = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        place = parts[1].replace("\\040", " ") if len(parts) > 2 else ""
        if place and len(place) >= len(best) and path.is_relative_to(place):
            best, found = place, parts[2]
    return found if found in NETWORK else None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    for pragma in ("foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON", f"cache_size = -{CACHE}", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    version, application = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id"))
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION and not (empty and application == 0):
        message = f"{path}: an SQLite file, but not a store of onrecord"
        raise StoreError(message)
    if version == 0 and not empty:
        message = f"{path}: the file is damaged: its header has lost the version"
        raise StoreError(message)
    if version > len(MIGRATIONS):
        message = f"{path}: made by a newer onrecord (version {version} of the store; this one knows {len(MIGRATIONS)})"
        raise StoreError(message)
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        message = f"{path}: this file system does not allow write-ahead logging; keep the store on a local disk"
        raise StoreError(message)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
    if version < len(MIGRATIONS):
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the store up to this version, all steps in one transaction; another process may have done it meanwhile."""
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        make(connection, version)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def make(connection: sqlite3.Connection, version: int = 0) -> None:
    """Make the tables that a store of this version lacks."""
    for name in MIGRATIONS[version:]:
        for statement in _statements(resources.files("onrecord.store").joinpath(name).read_text(encoding="utf-8")):
            connection.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements; `executescript` would commit between them."""
    kept = ""
    for line in script.splitlines(keepends=True):
        kept += line
        if sqlite3.complete_statement(kept):
            yield kept
            kept = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the one writer's place; all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError that says what is the matter in words."""
    try:
        yield
    except sqlite3.Error as error:
        message = f"{path}: {_in_words(error)}"
        raise StoreError(message) from error


def _in_words(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    said = {
        sqlite3.SQLITE_FULL: "the disk is full; what was committed is safe",
        sqlite3.SQLITE_IOERR: "the disk cannot be read or written (full, a limit on file size, a fault); what was committed is safe",
        sqlite3.SQLITE_BUSY: f"locked by another writer for more than {PATIENCE:g} s; try again when it is done",
        sqlite3.SQLITE_LOCKED: "locked by another writer; try again when it is done",
        sqlite3.SQLITE_NOTADB: "not a store: the file is no SQLite database",
        sqlite3.SQLITE_CORRUPT: "the file is damaged; `onrecord verify` says where",
        sqlite3.SQLITE_READONLY: "the file or its folder may not be written",
        sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    }.get(code)
    return f"{said} ({error})" if said else f"{type(error).__name__}: {error}"
