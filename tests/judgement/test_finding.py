"""Findings on disk: whole, the same bytes every time, and never in the place of something else."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from junheng.basics import Text, UserError, sha256_file
from junheng.data import Problem
from junheng.judgement import (
    Assessment,
    assess,
    findings_in,
    fingerprint,
    read_finding,
    write_finding,
    write_findings,
)
from junheng.standards import Standard

NOON = datetime(2024, 9, 1, 12, tzinfo=UTC)
FILES = {
    "manifest.json",
    "verdict.json",
    "values.parquet",
    "cells.parquet",
    "item_cells.parquet",
    "standard.json",
    "sensitivity.json",
    "trends.json",
    "problems.json",
}


@pytest.fixture
def assessed(quality: Standard, school_of: Any, county_of: Any, as_read: Any) -> Any:
    def of(*schools: Any, standard: Standard = quality) -> Assessment:
        rows = schools or (school_of("A"), school_of("B", backbone=0))
        return assess(as_read(county_of(*rows)), standard, year=2024)

    return of


def test_one_county_stands_in_the_folder_itself(assessed: Any, tmp_path: Path) -> None:
    folder = write_finding(assessed(), tmp_path / "out", command="evaluate x")
    assert folder == tmp_path / "out"
    assert {path.name for path in folder.iterdir()} == FILES
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["fingerprint"] == fingerprint(folder)
    assert manifest["command"] == "evaluate x"
    assert manifest["inputs"][0]["rows"]["school"] == 2
    assert manifest["files"]["cells.parquet"] == sha256_file(folder / "cells.parquet")
    assert manifest["standard"]["citations"][0]["document"] == "教督〔2017〕6号"
    assert "SELECT" in manifest["query"]["sql"]


def test_the_same_input_gives_the_same_bytes(assessed: Any, tmp_path: Path) -> None:
    folders = [write_finding(assessed(), tmp_path / name, command="c", made_at=NOON) for name in "ab"]
    first, second = (
        {path.name: path.read_bytes() for path in sorted(folder.iterdir())} for folder in folders
    )
    assert first == second


def test_only_the_time_differs(assessed: Any, tmp_path: Path) -> None:
    early = write_finding(assessed(), tmp_path / "a", command="c", made_at=NOON)
    late = write_finding(assessed(), tmp_path / "b", command="c")
    manifests = [json.loads((folder / "manifest.json").read_text("utf-8")) for folder in (early, late)]
    assert manifests[0].pop("made_at") != manifests[1].pop("made_at")
    assert manifests[0] == manifests[1]


def test_values_tell_state_and_reason(assessed: Any, school_of: Any, tmp_path: Path) -> None:
    schools = school_of("A", pe=None), school_of("B", pupils=0), school_of("C", kind="special")
    folder = write_finding(assessed(*schools), tmp_path / "out", command="c")
    rows = pq.read_table(folder / "values.parquet").to_pylist()
    states = {(row["school_id"], row["indicator"]): (row["state"], row["reason"]) for row in rows}
    assert states["A", "R1"] == ("ok", None)
    assert states["A", "R3"] == ("missing", "missing:teacher_count.pe")
    assert states["B", "R3"] == ("no_pupils", "no_pupils")
    assert states["C", "R3"] == ("not_counted", "kind:special")


def test_a_finding_reads_back(assessed: Any, quality: Standard, tmp_path: Path) -> None:
    assessment = assessed()
    found = read_finding(write_finding(assessment, tmp_path / "out", command="c"))
    assert found.standard == quality
    assert found.verdict == json.loads(json.dumps(assessment.counties[0].as_json()))
    assert set(found.measures) == {"R1", "R2", "R3", "R4", "R5", "R6", "R7"}
    assert ("stage", "pupils") in found.lineage["R4"]["primary"]
    assert [year["year"] for year in found.trends()["years"]] == [2024]
    assert found.figures() == []
    assert found.problems()["count"] == 0


def test_several_standards_and_counties_get_the_levels_they_need(
    assessed: Any, school_of: Any, basic: Standard, tmp_path: Path
) -> None:
    schools = school_of("A"), school_of("B", county_code="150103")
    assessments = [assessed(*schools), assessed(*schools, standard=basic)]
    folders = write_findings(assessments, tmp_path / "out", command="c")
    names = [folder.relative_to(tmp_path / "out").as_posix() for folder in folders]
    assert names == [f"{s}/{c}" for s in ("quality-2017", "basic-2012") for c in ("150102", "150103")]
    assert findings_in(tmp_path / "out") == folders
    assert findings_in(folders[0]) == (folders[0],)
    with pytest.raises(UserError, match="4"):
        read_finding(tmp_path / "out")


def test_one_of_several_counties(assessed: Any, school_of: Any, tmp_path: Path) -> None:
    assessment = assessed(school_of("A"), school_of("B", county_code="150103"))
    folder = write_finding(assessment, tmp_path / "out", command="c", county="150103")
    assert read_finding(folder).verdict["county"]["code"] == "150103"
    with pytest.raises(UserError, match="指定其一"):
        write_finding(assessment, tmp_path / "two", command="c")
    with pytest.raises(UserError, match="150104"):
        write_finding(assessment, tmp_path / "two", command="c", county="150104")


def test_a_finding_is_replaced_and_what_people_put_there_stays(assessed: Any, tmp_path: Path) -> None:
    folder = write_finding(assessed(), tmp_path / "out", command="first")
    (folder / "report.docx").write_bytes(b"edited by hand")
    (folder / "stale.tmp").mkdir()
    write_finding(assessed(), folder, command="second")
    assert (folder / "report.docx").read_bytes() == b"edited by hand"
    assert read_finding(folder).manifest["command"] == "second"
    assert not list(tmp_path.glob(".*"))


def test_documents_appear_together_with_the_finding(assessed: Any, tmp_path: Path) -> None:
    seen: list[Path] = []

    def documents(folder: Path) -> None:
        assert not (tmp_path / "out").exists()
        read_finding(folder)
        (folder / "report.docx").write_text("made")
        seen.append(folder)

    folder = write_finding(assessed(), tmp_path / "out", command="c", documents=documents)
    assert (folder / "report.docx").read_text() == "made"
    assert len(seen) == 1


def test_a_failure_on_the_way_leaves_the_old_finding(assessed: Any, tmp_path: Path) -> None:
    folder = write_finding(assessed(), tmp_path / "out", command="first")

    def fails(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(UserError, match=r"(?i)no space"):
        write_finding(assessed(), folder, command="second", documents=fails)
    assert read_finding(folder).manifest["command"] == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_something_else_is_refused(assessed: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match="不能写到这里"):
        write_finding(assessed(), tmp_path, command="c")
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(UserError, match="不能写到这里"):
        write_finding(assessed(), tmp_path, command="c")
    with pytest.raises(UserError, match="不能写到这里"):
        write_finding(assessed(), tmp_path / "notes.txt", command="c")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_report_that_would_vanish_with_the_layout_is_not_lost(
    assessed: Any, school_of: Any, tmp_path: Path
) -> None:
    two = assessed(school_of("A"), school_of("B", county_code="150103"))
    inner = write_findings([two], tmp_path / "out", command="c")[0]
    (inner / "report.docx").write_bytes(b"edited")
    with pytest.raises(UserError, match="不能写到这里"):
        write_finding(assessed(), tmp_path / "out", command="c")
    assert (inner / "report.docx").exists()


@pytest.mark.parametrize("spoilt", ["manifest.json", "verdict.json", "standard.json"])
def test_what_is_no_finding_is_said_to_be_none(assessed: Any, tmp_path: Path, spoilt: str) -> None:
    folder = write_finding(assessed(), tmp_path / "out", command="c")
    (folder / spoilt).write_text("{")
    with pytest.raises(UserError, match=spoilt):
        read_finding(folder)
    (folder / spoilt).unlink()
    with pytest.raises(UserError, match=spoilt):
        read_finding(folder)


def test_a_year_without_rows_is_refused(
    assessed: Any, quality: Standard, school_of: Any, county_of: Any, as_read: Any
) -> None:
    with pytest.raises(UserError, match="2023"):
        assess(as_read(county_of(school_of("A"))), quality, year=2023)


def test_trends_hold_every_year(
    quality: Standard, school_of: Any, county_of: Any, as_read: Any, tmp_path: Path
) -> None:
    import pyarrow as pa

    now, then = county_of(school_of("A")), county_of(school_of("A", year=2023, backbone=0))
    both = {name: pa.concat_tables([then[name], now[name]]) for name in now}
    folder = write_finding(assess(as_read(both), quality, year=2024), tmp_path / "out", command="c")
    years = {entry["year"]: entry["stages"]["primary"] for entry in read_finding(folder).trends()["years"]}
    assert {year: stage["passed"] for year, stage in years.items()} == {2023: 0, 2024: 1}
    assert set(pq.read_table(folder / "cells.parquet").column("year").to_pylist()) == {2024}


def test_a_county_carries_only_the_problems_that_concern_it(
    quality: Standard, school_of: Any, county_of: Any, as_read: Any, tmp_path: Path
) -> None:
    checked = as_read(county_of(school_of("A"), school_of("B", county_code="150103")))
    words = Text("x", "x")
    problems = tuple(Problem("c", "experience", "c", words, words, school_id=name) for name in ("A", "B", ""))
    assessment = assess(replace(checked, problems=problems), quality, year=2024)
    folders = write_findings([assessment], tmp_path / "out", command="c")
    assert [read_finding(folder).problems()["count"] for folder in folders] == [2, 2]
