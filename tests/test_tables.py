"""The tables of names are whole, and the check that says so sees what is wrong."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "make_tables.py"
TABLES = ROOT / "src" / "onrecord" / "data" / "tables"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the check on a folder of tables."""
    return subprocess.run([sys.executable, SCRIPT, "--check", "--tables", folder], capture_output=True, text=True, check=False)


def rows(name: str) -> list[list[str]]:
    """Give the rows of a table without its comments."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_all_tables_are_valid() -> None:
    """Columns, codes, order and uniqueness hold in every table of the package."""
    result = check(TABLES)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Zzz", "1 columns, not 2"),
        ("Zzz\tQQQ", "alpha3 is not known: 'QQQ'"),
        ("Zzz\tIGO", "alpha3 is not a country: 'IGO'"),
        ("Aaa\tUSA", "out of order"),
        ("Zzz\tUSA\nZzz\tUSA", "twice"),
        ("Zzz \tUSA", "blanks around it"),
        ("\tUSA", "form is empty"),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, row: str, fault: str) -> None:
    """The check exits 1 and names file, line and fault."""
    folder = tmp_path / "tables"
    shutil.copytree(TABLES, folder)
    path = folder / "country_names.tsv"
    text = path.read_text(encoding="utf-8") + row + "\n"
    path.chmod(0o644)
    path.write_text(text, encoding="utf-8")
    result = check(folder)
    assert result.returncode == 1
    assert f"{path}:{text.count(chr(10))}: " in result.stderr
    assert fault in result.stderr


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("country_names.tsv", ["U.S.", "USA"]),
        ("country_names.tsv", ["Kosovo", "XKX"]),
        ("demonyms.tsv", ["Congolese", "COD"]),
        ("demonyms.tsv", ["Kurdish", ""]),
        ("titles.tsv", ["prime minister", "GOV", "head of government"]),
        ("group_nouns.tsv", ["troops", "state", "MIL"]),
        ("organisations.tsv", ["ISIS", "Islamic State", "armed_group", "IMG", "UAF"]),
        ("metonyms.tsv", ["Kremlin", "Russia", "state", "RUS", "GOV"]),
        ("regions.tsv", ["California", "USA"]),
        ("currencies.tsv", ["EUR", "Euro"]),
    ],
)
def test_well_known_names_are_there(table: str, row: list[str]) -> None:
    """Each table has what its first readers look up."""
    assert row in rows(table)


def test_every_state_has_a_name_and_a_demonym() -> None:
    """Every country has a name in English and, small territories apart, a people; both Congos are Congolese, Dominica is Dominican."""
    named = {row[1] for row in rows("country_names.tsv")}
    peopled = {row[1] for row in rows("demonyms.tsv")}
    uninhabited = {"ATF", "BVT", "HMD", "UMI"}
    no_demonym = {"AIA", "ATA", "BES", "BLM", "CCK", "COG", "CXR", "DMA", "MAF", "MNP", "MSR", "NFK", "PCN", "SGS", "SHN"}
    no_demonym |= {"SJM", "SPM", "SXM", "TCA", "TKL", "VGB", "VIR", "WLF"}
    states = {row[0] for row in rows("countries.tsv")}
    assert states - named == uninhabited
    assert states - peopled <= uninhabited | no_demonym


def test_a_city_is_found_by_its_english_and_its_old_name() -> None:
    """Kyiv is also Kiev, New York City also New York."""
    forms = {row[0]: row[1].split("|") for row in rows("cities.tsv") if row[2] in {"UKR", "USA", "POL"}}
    assert "Kiev" in forms["Kyiv"]
    assert "New York" in forms["New York City"]
    assert "Gdansk" in forms["Gdańsk"]
