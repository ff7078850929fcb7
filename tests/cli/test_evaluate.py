"""The main job through the command: finding, documents, exit codes, and what may be replaced."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Run

from junheng.data import write_template
from junheng.judgement import hold_output

WHAT_IF = """\
overlay:
  id: what-if-low
  name: {zh: 假设, en: what if}
  standard: quality-2017
documents:
  假设: {title: 假设}
patches:
  - path: indicators.R4.thresholds.primary
    versions:
      - in_force_from: 2017-05-23
        value: 0.1
        source: {document: 假设, article: 一, certainty: local}
"""
FILES = {
    "manifest.json",
    "values.parquet",
    "verdict.json",
    "cells.parquet",
    "item_cells.parquet",
    "standard.json",
    "sensitivity.json",
    "trends.json",
    "problems.json",
}


def test_example_district_gives_exactly_the_counts_of_document_2(
    junheng: Run, example_district: Path, tmp_path: Path
) -> None:
    run = junheng("evaluate", example_district, "--year", 2024, "--out", tmp_path / "f")
    assert run.code == 0
    verdict = json.loads((tmp_path / "f" / "verdict.json").read_text("utf-8"))
    counts = {
        stage: (found["schools"], found["passed"], [one["met"] for one in found["indicators"].values()])
        for stage, found in verdict["stages"].items()
    }
    assert counts == {
        "primary": (66, 5, [46, 15, 17, 46, 35, 22, 43]),
        "junior": (30, 0, [26, 14, 4, 24, 16, 14, 15]),
    }
    assert verdict["county"]["verdict"] == "not_met"
    assert {path.name for path in (tmp_path / "f").iterdir()} >= FILES | {"report.docx", "tables.xlsx"}
    assert "未达标" in run.out
    assert "…" not in run.out  # no cell of the tables is cut off


def test_finding_without_documents(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    run = junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents")
    assert run.code == 0
    assert {path.name for path in (tmp_path / "f").iterdir()} == FILES


@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_engines_write_the_same_finding(junheng: Run, workbook: Path, tmp_path: Path, engine: str) -> None:
    junheng("evaluate", workbook, "--out", tmp_path / "a", "--no-documents")
    run = junheng("evaluate", workbook, "--out", tmp_path / "b", "--no-documents", "--engine", engine)
    assert run.code == 0
    verdicts = [json.loads((tmp_path / name / "verdict.json").read_text("utf-8")) for name in "ab"]
    assert [_verdicts(one) for one in verdicts[:1]] == [_verdicts(one) for one in verdicts[1:]]


def _verdicts(found: object) -> object:
    """Only what is decided, without the printed numbers, which may differ in the last digits."""
    if isinstance(found, dict):
        return {key: _verdicts(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_verdicts(value) for value in found]
    return None if isinstance(found, float) else found


def test_several_standards_and_years_stand_in_levels(
    junheng: Run, example_district: Path, tmp_path: Path
) -> None:
    words = ["--standard", "quality-2017", "--standard", "basic-2012", "--year", 2023, "--year", 2024]
    run = junheng("evaluate", example_district, *words, "--out", tmp_path / "f", "--no-documents")
    assert run.code == 0
    found = {path.parent.relative_to(tmp_path / "f").as_posix() for path in tmp_path.rglob("verdict.json")}
    assert found == {f"{one}/{year}" for one in ("quality-2017", "basic-2012") for year in (2023, 2024)}


def test_what_if_overlay_changes_the_verdicts_and_says_so(
    junheng: Run, workbook: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "what_if.yaml"
    overlay.write_text(
        WHAT_IF,
        encoding="utf-8",
    )
    run = junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents", "--overlay", overlay)
    assert run.code == 0, run.err
    verdict = json.loads((tmp_path / "f" / "verdict.json").read_text("utf-8"))
    assert verdict["stages"]["primary"]["indicators"]["R4"]["not_met"] == 0
    assert "what-if-low" in (tmp_path / "f" / "manifest.json").read_text("utf-8")


def test_an_unknown_standard_names_the_nearest(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    run = junheng("evaluate", workbook, "--standard", "quality-2071", "--out", tmp_path / "f")
    assert run.code == 2
    assert "quality-2017" in run.err
    assert not (tmp_path / "f").exists()


def test_a_year_that_is_not_there_lists_those_that_are(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    run = junheng("evaluate", workbook, "--year", 2020, "--out", tmp_path / "f")
    assert run.code == 2
    assert "2024" in run.err


def test_a_folder_that_is_something_else_is_not_replaced(
    junheng: Run, workbook: Path, tmp_path: Path
) -> None:
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    run = junheng("evaluate", workbook, "--out", other)
    assert run.code == 2
    assert (other / "letter.txt").read_text("utf-8") == "mine"
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_the_same_input_gives_the_same_bytes(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    for name in "ab":
        junheng("evaluate", workbook, "--out", tmp_path / name, "--no-documents")
    for name in FILES - {"manifest.json"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_verify_agrees_and_catches_a_changed_value(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    folder = tmp_path / "f"
    junheng("evaluate", workbook, "--out", folder, "--no-documents")
    assert junheng("verify", folder, "--input", workbook).code == 0
    table = pq.read_table(folder / "values.parquet").to_pylist()
    row = next(one for one in table if one["value"])
    verdict = folder / "verdict.json"
    text = verdict.read_text("utf-8")
    assert repr(row["value"]) in text
    verdict.write_text(text.replace(repr(row["value"]), repr(row["value"] * 1.01)), encoding="utf-8")
    assert junheng("verify", folder, "--input", workbook).code == 1


def test_basic_standard_is_judged_by_the_composite(
    junheng: Run, example_district: Path, tmp_path: Path
) -> None:
    run = junheng(
        "evaluate", example_district, "--standard", "basic-2012", "--out", tmp_path / "f", "--no-documents"
    )
    assert run.code == 0
    verdict = json.loads((tmp_path / "f" / "verdict.json").read_text("utf-8"))
    for stage in verdict["stages"].values():
        cvs = [one["cv"] for one in stage["indicators"].values()]
        assert len(cvs) == 8
        assert stage["composite_cv"] == pytest.approx(sum(cvs) / 8)
        assert all(one["met"] == 0 and one["cv_limit"] is None for one in stage["indicators"].values())


def test_an_overlay_goes_to_its_own_standard(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "what_if.yaml"
    overlay.write_text(WHAT_IF, encoding="utf-8")
    words = ["--standard", "basic-2012", "--standard", "quality-2017", "--overlay", overlay, "--no-documents"]
    assert junheng("evaluate", workbook, "--out", tmp_path / "f", *words).code == 0
    found = {
        name: json.loads((tmp_path / "f" / name / "standard.json").read_text("utf-8"))["overlays"]
        for name in ("basic-2012", "quality-2017")
    }
    assert found == {"basic-2012": [], "quality-2017": ["what-if-low"]}


@pytest.mark.parametrize("region", ["沈阳", "999", "2l01"])
def test_a_region_that_is_none_is_refused(junheng: Run, workbook: Path, tmp_path: Path, region: str) -> None:
    run = junheng("evaluate", workbook, "--out", tmp_path / "f", "--region", region)
    assert (run.code, "不是地区代码" in run.err) == (2, True)


@pytest.fixture
def two_counties(county: dict[str, pa.Table], tmp_path: Path) -> Path:
    """The schools shared out between a county in Shenyang and one that has no values of its own."""
    school = county["school"]
    codes = ["210102" if row % 2 else "150102" for row in range(school.num_rows)]
    place = school.column_names.index("county_code")
    tables = {**county, "school": school.set_column(place, "county_code", pa.array(codes))}
    tables.pop("county", None)
    write_template(tmp_path / "two.xlsx", tables=tables)
    return tmp_path / "two.xlsx"


def test_each_county_is_judged_by_its_own_regions_values(
    junheng: Run, two_counties: Path, tmp_path: Path
) -> None:
    run = junheng("evaluate", two_counties, "--out", tmp_path / "f", "--no-documents")
    assert run.code == 0
    found = {
        code: json.loads((tmp_path / "f" / code / "standard.json").read_text("utf-8"))["overlays"]
        for code in ("210102", "150102")
    }
    assert found == {"210102": ["liaoning", "shenyang"], "150102": []}
    assert junheng("verify", tmp_path / "f", "--input", two_counties).code == 0


@pytest.mark.parametrize(("asked", "told"), [((), {"210102", "150102"}), (("--region", "21"), {"21"})])
def test_a_finding_names_the_region_whose_rules_applied(
    junheng: Run, two_counties: Path, tmp_path: Path, asked: tuple[str, ...], told: set[str]
) -> None:
    folder = tmp_path / "f"
    assert junheng("evaluate", two_counties, "--out", folder, "--no-documents", *asked).code == 0
    for code in ("210102", "150102"):
        manifest, standard = (
            json.loads((folder / code / name).read_text("utf-8"))
            for name in ("manifest.json", "standard.json")
        )
        assert manifest["standard"]["region"] == standard["region"]
        assert standard["region"] == (asked[1] if asked else code)
        assert standard["region"] in told
    verified = junheng("verify", folder, "--input", two_counties)
    assert verified.code == 0
    assert all(region in verified.out for region in told)


def test_an_overlay_of_another_region_is_refused_for_several_counties_too(
    junheng: Run, two_counties: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "local.yaml"
    overlay.write_text(WHAT_IF.replace("  standard:", '  region: "2101"\n  standard:'), encoding="utf-8")
    run = junheng("evaluate", two_counties, "--out", tmp_path / "f", "--overlay", overlay)
    assert (run.code, "该覆盖适用于 2101，不适用于 150102" in run.err) == (2, True)


def test_a_second_run_into_the_same_folder_is_refused(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    with hold_output(tmp_path / "f"):
        run = junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents")
    assert run.code == 2
    assert "另一个运行正在写这个文件夹" in run.err
    assert "Another run is writing this folder" in run.err
    assert not (tmp_path / "f").exists()
    assert junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents").code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"county.xlsx", "f"}


def test_our_own_error_is_said_plainly(
    junheng: Run, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr("junheng.data.check_snapshot", broken)
    run = junheng("evaluate", workbook, "--out", tmp_path / "f")
    assert (run.code, "程序内部错误" in run.err, "planted" in run.err) == (70, True, True)
    assert not (tmp_path / "f").exists()
