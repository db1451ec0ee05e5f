"""Decisions out of one store and into another by the command line, and what annotators did in Label Studio."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "examples" / "harbour-truce.txt"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A store with one page, and the ids of its records."""
    db = tmp_path_factory.mktemp("store") / "t.db"
    done = run("read", PAGE, "--db", db, "--format", "jsonl", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout)
    return db, [r["id"] for kind in ("statements", "commitments", "events", "figures", "times") for r in line[kind]]


def test_decisions_go_from_one_store_to_another(records: tuple[Path, list[str]], tmp_path: Path) -> None:
    """Once; a bad line is named and sets the exit status, the others are taken."""
    db, ids = records
    run("decide", ids[0], "accept", "--db", db, "--reviewer", "ann")
    run("decide", ids[1], "reject", "--reason", "not said", "--db", db, "--reviewer", "bob")
    told = run("history", "--format", "jsonl", "--db", db)
    assert [json.loads(line)["act"] for line in told.stdout.splitlines()] == ["accept", "reject"]
    assert len(run("history", ids[0], "--format", "jsonl", "--db", db).stdout.splitlines()) == 1
    path = tmp_path / "decisions.jsonl"
    path.write_text(told.stdout + '{"act": "accept", "record": "00000000"}\n', encoding="utf-8")
    other = tmp_path / "other.db"
    run("read", PAGE, "--db", other, "--jobs", 1)
    done = run("import", path, "--from", "jsonl", "--db", other)
    assert done.stdout.strip() == "2 decisions taken (1 accept, 1 reject), 0 known already, 1 not usable"
    assert done.stderr.startswith(f"onrecord: {path}, line 3: accept of 00000000 by")
    assert done.returncode == 1
    again = run("import", path, tmp_path / "missing.jsonl", "--from", "jsonl", "--db", other)
    assert again.stdout.strip() == "0 decisions taken, 2 known already, 2 not usable"
    assert f"{tmp_path / 'missing.jsonl'}: no such file" in again.stderr
    assert "bob" in run("history", ids[1], "--db", other).stdout
    assert run("verify", "--db", other).returncode == 0


def test_what_label_studio_gives_back_is_taken(records: tuple[Path, list[str]], tmp_path: Path) -> None:
    """The prediction, annotated as it is, accepts every record that was proposed."""
    db, ids = records
    done = run("export", "--to", "labelstudio", tmp_path / "tasks.json", "--db", db)
    assert str(tmp_path / "tasks.config.xml") in done.stdout.splitlines()
    [task] = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    task["annotations"] = [{"id": 1, "completed_by": 3, "result": task.pop("predictions")[0]["result"]}]
    (tmp_path / "back.json").write_text(json.dumps([task]), encoding="utf-8")
    done = run("import", tmp_path / "back.json", "--from", "labelstudio", "--db", db)
    rejected = sum(record["review"] == "rejected" for record in task["data"]["records"].values())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{len(ids) - rejected} decisions taken")
    assert "Label Studio user 3" in run("history", ids[0], "--db", db).stdout
