"""The second mind agrees with a result of a school standard, and finds whatever is changed in it."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from junheng.basics import UserError, sha256_file
from junheng.cli.app import app
from junheng.verification import verify_school_standard

EXAMPLES = Path(__file__).parents[2] / "examples"
RULES = EXAMPLES / "school_standards" / "made_up_province.yaml"
CITY = EXAMPLES / "school_standards" / "made_up_city.yaml"
BOOK = EXAMPLES / "school_standards" / "补充数据.xlsx"
DATA = EXAMPLES / "xx_district" / "2024.xlsx"
Json = Any


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example judged."""
    return judged(tmp_path_factory.mktemp("judged") / "out")


@pytest.fixture(scope="module")
def overlaid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example judged with a city's overlay."""
    return judged(tmp_path_factory.mktemp("overlaid") / "out", "--overlay", str(CITY))


def judged(out: Path, *more: str) -> Path:
    """The folder that ``school-standard judge`` writes."""
    said = [
        "school-standard",
        "judge",
        str(DATA),
        "--standard",
        str(RULES),
        "--book",
        str(BOOK),
        "--out",
        str(out),
    ]
    ran = CliRunner().invoke(app, [*said, "--on", "2025-01-10", *more])
    assert ran.exit_code == 0, ran.output
    return out


def test_everything_is_computed_again_and_agrees(written: Path) -> None:
    found = verify_school_standard(written, DATA, RULES)
    assert found.difference is None
    assert found.schools == 92
    assert found.figures > 9000
    assert [note.en for note in found.notes] == ["figures of the further book are taken as they stand"]


def test_another_input_is_told(written: Path) -> None:
    found = verify_school_standard(written, EXAMPLES / "xx_district" / "2023.xlsx", RULES)
    assert found.difference is not None
    assert "input SHA-256" in found.difference.en


def _row(found: Json, verdict: str) -> Json:
    return next(row for school in found["schools"] for row in school["rows"] if row["verdict"] == verdict)


def _rate(found: Json) -> Json:
    return next(rate for rate in found["rates"] if rate["of"] == "buildings_and_sites")


TAMPERED: dict[str, Callable[[Json], object]] = {
    "a verdict of a row": lambda found: _row(found, "not_met").update(verdict="met"),
    "a line": lambda found: _row(found, "met").update(line="1"),
    "a gap": lambda found: _row(found, "not_met").update(lacks="1/7"),
    "what is missing": lambda found: _row(found, "cannot_tell").update(missing=["pupils"]),
    "a school": lambda found: found["schools"][0].update(verdict="not_met"),
    "a group": lambda found: found["schools"][0]["groups"].update(equipment="cannot_tell"),
    "misses": lambda found: found["schools"][0].update(misses=9),
    "a weak school put last": lambda found: found["schools"].append(found["schools"].pop(0)),
    "a school gone": lambda found: found["schools"].pop(),
    "a count": lambda found: _rate(found).update(met=91),
    "a share": lambda found: _rate(found).update(greatest="1"),
    "a rate gone": lambda found: found["rates"].pop(0),
    "an area gone": lambda found: found["rates"].remove(
        next(rate for rate in found["rates"] if rate["key"] == "rural")
    ),
    "a total": lambda found: found["totals"][6].update(lacks="0"),
    "a rule": lambda found: found["standard"].update(max_misses=3),
    "the standard's hash": lambda found: found["manifest"].update(standard_sha256="1" * 64),
    "the book's hash": lambda found: found["manifest"]["book"].update(sha256="1" * 64),
    "a reported fact": lambda found: found["schools"][0]["facts"]["site_area_m2"]["value"].update(
        number="900000"
    ),
    "a kind": lambda found: found["schools"][0].update(kind="junior"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_change_is_found(written: Path, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "out"
    shutil.copytree(written, folder)
    path = folder / "school_standard.json"
    found = json.loads(path.read_text("utf-8"))
    TAMPERED[what](found)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    given = (
        DATA if what in {"a reported fact", "a kind", "a school gone"} else None
    )  # the frozen facts agree among themselves
    assert verify_school_standard(folder, given, RULES).difference is not None


def test_a_changed_document_is_found(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(written, folder)
    (folder / "一校一策达标计划.docx").write_bytes(b"other")
    found = verify_school_standard(folder, None, RULES)
    assert found.difference is not None
    assert "files" in found.difference.en


def test_evidence_that_says_otherwise_than_the_school_is_found(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(written, folder)
    path, result = folder / "attestation.csv", folder / "school_standard.json"
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    bad = next(row for row in rows if row[4] == "未达到")
    bad[4] = "达到"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    found = json.loads(result.read_text("utf-8"))
    found["manifest"]["files"]["attestation.csv"] = sha256_file(path)
    result.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    told = verify_school_standard(folder, None, RULES).difference
    assert told is not None
    assert f"attestation {bad[2]}" in told.en


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "school_standard.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError):
        verify_school_standard(tmp_path)


def test_the_command_verifies_the_folder(written: Path) -> None:
    ran = CliRunner().invoke(app, ["verify", str(written)])
    assert ran.exit_code == 0, ran.output
    assert "一致" in ran.output


def test_overlays_are_put_on_again_by_other_code(written: Path, overlaid: Path) -> None:
    found = verify_school_standard(overlaid, None, RULES, [CITY])
    assert found.difference is None
    assert [note.en for note in found.notes] == ["without --input the facts are taken as they stand"]
    before, after = (
        json.loads((folder / "school_standard.json").read_text("utf-8")) for folder in (written, overlaid)
    )
    lines = [[school["rows"][0]["line"] for school in one["schools"]] for one in (before, after)]
    assert (lines[0].count("8"), lines[1].count("8"), lines[1].count("151/10")) == (34, 0, 34)


OVERLAID: dict[str, Callable[[Json], object]] = {
    "a line of the overlay": lambda rules: rules["rows"][0]["lines"][0].update(at_least="15"),
    "a size of a table": lambda rules: rules["rows"][1]["lines"][0]["at_least"]["sizes"].update(
        {"12": "6.4"}
    ),
    "the article": lambda rules: rules["overlays"][0]["changes"][0]["citation"].update(article="第九条"),
    "a change left out": lambda rules: rules["overlays"][0]["changes"].pop(),
    "the certainty": lambda rules: rules["rows"][0].update(certainty="found"),
    "the overlay's hash": lambda rules: rules["overlays"][0].update(sha256="1" * 64),
    "the overlay left out": lambda rules: rules.pop("overlays"),
}


@pytest.mark.parametrize("what", OVERLAID)
def test_a_change_to_what_an_overlay_set_is_found(overlaid: Path, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "out"
    shutil.copytree(overlaid, folder)
    path = folder / "school_standard.json"
    found = json.loads(path.read_text("utf-8"))
    OVERLAID[what](found["standard"])
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    told = verify_school_standard(folder, None, RULES, [CITY]).difference
    assert told is not None
    assert "standard" in told.en or "overlays" in told.en


def test_an_overlay_not_given_or_not_used_is_told(written: Path, overlaid: Path) -> None:
    found = verify_school_standard(overlaid, None, RULES)
    assert found.difference is None
    assert "overlay made-up-city" in found.notes[0].en
    assert verify_school_standard(written, None, RULES, [CITY]).difference is not None
