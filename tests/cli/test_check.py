"""``junheng check``: problems grouped, logic apart from experience, and the exit code tells."""

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from junheng.basics import UserError
from junheng.cli.app import app

SCHOOL = "年份,学校标识码,学校名称,办学类型,县级区划代码\n{year},2115000001,甲小学,小学,150102\n"
STAGE = "年份,学校标识码,学段,在校生数,班数,寄宿生数\n{year},2115000001,小学,{pupils},10,{boarders}\n"


def _input(folder: Path, *, year: int = 2024, pupils: int = 400, boarders: int = 0) -> Path:
    folder.mkdir()
    (folder / "school.csv").write_text(SCHOOL.format(year=year), encoding="utf-8")
    stage = STAGE.format(year=year, pupils=pupils, boarders=boarders)
    (folder / "stage.csv").write_text(stage, encoding="gb18030")
    return folder


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, words)], env={"COLUMNS": "160"})


def _fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_experience_alone_is_no_failure(tmp_path: Path) -> None:
    result = _run(_input(tmp_path / "in"))
    assert result.exit_code == 0
    assert "Experience: check, explain if true" in result.output
    assert "逻辑问题" not in result.output
    assert "逻辑 0 处、经验 " in result.output


def test_logic_fails_and_names_the_cell(tmp_path: Path) -> None:
    result = _run(_input(tmp_path / "in", boarders=401))
    assert result.exit_code == 1
    assert "逻辑问题：必须改正 | Logic: must be mended" in result.output
    assert "寄宿生数 401 多于在校生数 400" in result.output
    assert "stage.csv F2+D2" in result.output


def test_the_year_before_shows_jumps(tmp_path: Path) -> None:
    before = _input(tmp_path / "before", year=2023, pupils=200)
    now = _input(tmp_path / "now")
    assert "由 200 变为 400" not in _run(now).output
    result = _run(now, "--previous", before)
    assert "小学在校生数由 200 变为 400" in result.output
    assert result.exit_code == 0


def test_marks_and_list_are_written_and_the_input_stays(tmp_path: Path) -> None:
    folder = _input(tmp_path / "in", boarders=401)
    before = _fingerprints(folder)
    result = _run(folder, "--annotate", tmp_path / "out.xlsx", "--json", tmp_path / "out.json")
    assert result.exit_code == 1
    assert _fingerprints(folder) == before
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert workbook.sheetnames[0] == "问题清单"
    assert workbook["stage"]["F2"].comment.text.startswith("【逻辑（必须改正）】寄宿生数 401")
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert told["logic"] == 1
    assert told["experience"] == sum(g["count"] for g in told["groups"] if g["severity"] == "experience")
    assert told["groups"][0]["check"] == "stage.part_over_pupils"
    assert len(told["problems"]) == told["logic"] + told["experience"]


def test_a_missing_input_is_refused(tmp_path: Path) -> None:
    result = _run(tmp_path / "nowhere.xlsx")
    assert isinstance(result.exception, UserError)
    assert result.exception.exit_code == 2


@pytest.mark.real_input
def test_the_open_register_of_primary_schools(shared_data: Path, tmp_path: Path) -> None:
    mapping = Path(__file__).resolve().parents[2] / "examples" / "open_schools_114" / "mapping.yaml"
    source = shared_data / "open_schools_114" / "114_basec.csv"
    result = _run(source, "--mapping", mapping, "--json", tmp_path / "out.json")
    assert result.exit_code == 0
    groups = {
        (g["check"], g["table"]): g
        for g in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["groups"]
    }
    assert groups["stage.zero_pupils", "stage"]["count"] == 12
    assert groups["school.county_malformed", "school"]["count"] == 2663
    assert groups["teacher.none_for_pupils", "teacher_count"]["count"] == 1
