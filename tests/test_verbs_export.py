"""Exports from a store as a user asks for them: what is loaded, which copies are named, the head of the audit chain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from handmade import TEXT, Clock, by, truce
from onrecord import cli, verbs
from onrecord.exports import FORMATS
from onrecord.store import Store, open_store

LONG = TEXT + "".join(
    f"\nThe {n} envoys of both sides then spoke at length about grain, water and the {n} bridges of the {n} valleys." for n in "abcdefgh"
)
"""Long enough to tell a copy."""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a page, a copy of it that goes on, and one of its beginning."""
    path = tmp_path_factory.mktemp("store") / "s.db"
    with open_store(path, now=Clock()) as store:
        pages = [truce("first.html", "2022-03-04", LONG), truce("wire.html", "2022-03-05", LONG + "\nMore follows.")]
        store.add([*pages, truce("part.html", "2022-03-04")])  # of one day's pages, the one that was read first is the original
        store.decide(truce("first.html", "2022-03-04", LONG)[1].events[0].id, by("reject", reason="other"))
    return path


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of documents whose records are loaded."""
    names: list[str] = []
    load = Store.document

    def counted(self: Store, name: str, **how: str) -> object:
        names.append(name)
        return load(self, name, **how)

    monkeypatch.setattr(Store, "document", counted)
    return names


def test_one_document_is_loaded_alone(db: Path, loaded: list[str], tmp_path: Path) -> None:
    """And still says which document it copies."""
    done = verbs.export(db, "jsonl", tmp_path / "o.jsonl", document="wire.html")
    assert len(loaded) == 1
    row = json.loads((tmp_path / "o.jsonl").read_text(encoding="utf-8"))
    assert row["document"]["copy_of"] == truce("first.html", text=LONG)[1].document.id
    assert row["provenance"]["audit_head"] == done.head


def test_the_whole_store_is_loaded_once(db: Path, loaded: list[str], tmp_path: Path) -> None:
    """Each document once, with the same originals as one by one."""
    verbs.export(db, "jsonl", tmp_path / "all.jsonl")
    assert len(loaded) == len(set(loaded)) == 3
    rows = {row["document"]["uri"]: row for row in map(json.loads, (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines())}
    assert [uri for uri, row in rows.items() if row["document"]["copy_of"]] == ["wire.html", "part.html"]
    for uri, row in rows.items():
        verbs.export(db, "jsonl", tmp_path / "one.jsonl", document=uri)
        assert json.loads((tmp_path / "one.jsonl").read_text(encoding="utf-8")) == row


def test_decisions_go_with_the_document(db: Path, tmp_path: Path) -> None:
    """Into the tables and the provenance."""
    verbs.export(db, "csv", tmp_path / "tables")
    assert "reject" in (tmp_path / "tables" / "decisions.csv").read_text(encoding="utf-8")
    verbs.export(db, "prov", tmp_path / "o.json", document="first.html")
    assert '"onrecord:act": "reject"' in (tmp_path / "o.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_names_the_files_and_the_head(form: str, db: Path, tmp_path: Path) -> None:
    """So that a chain that was cut short is noticed later; with and without text."""
    for number, more in enumerate(([], ["--no-text"])):
        out = tmp_path / f"{number}"
        result = CliRunner().invoke(cli.app, ["export", "--db", str(db), "--to", form, str(out), *more])
        assert result.exit_code == 0, result.output
        *files, head = result.output.splitlines()
        assert head == f"head of the audit chain {verbs.verify(db)[1]}"
        assert files
        assert all(Path(path).stat().st_size for path in files)


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet=st.sampled_from("a“ \ud83d\udc00é.\n"), min_size=1, max_size=40))
def test_any_text_can_be_read_whatever_json_escapes(text: str) -> None:
    """Halves of surrogate pairs keep their place, and what stands beside them its characters."""
    if text.strip():
        read = verbs.read(f"Title.\n\nWords. {text} end.").text
        assert len(read) == len(f"Title.\n\nWords. {text} end.")
        assert read.count("“") == text.count("“")
        assert "\ud83d" not in read
