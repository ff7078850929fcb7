"""``junheng funds`` from the example to papers and back through ``verify``; what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "funding"
SCHEMAS = ROOT / "src" / "junheng" / "funding"
Run = Callable[..., Any]
ASKED = (EXAMPLE / "county.xlsx", "--payments", EXAMPLE / "payments.xlsx", "--year", "2024")


def test_the_example_is_worked_out_and_verified(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "funds"
    done = junheng("funds", *ASKED, "--overlay", EXAMPLE / "local.yaml", "--out", out)
    assert done.code == 0, done.err
    assert "4,988,758.44" in done.out
    assert "payments.xlsx [拨付] E16" in done.out
    assert {path.name for path in out.iterdir()} == {
        *("problem.json", "funds.json", "manifest.json", "应拨与实拨.xlsx", "公用经费情况.docx")
    }
    outcome = json.loads((out / "funds.json").read_text("utf-8"))
    jsonschema.validate(outcome, json.loads((SCHEMAS / "funds.schema.json").read_text("utf-8")))
    county = outcome["counties"][0]
    assert county["training"] == {"verdict": "not_met", "met": 7, "not_met": 1, "cannot_tell": 1}
    tests = {test["rule"]: test["verdict"] for test in county["tests"]}
    assert (tests["ONLY-UP-TOTAL"], tests["ONLY-UP-JUNIOR"], tests["GROWTH-1"]) == (
        "met",
        "not_met",
        "not_met",
    )
    done = junheng("verify", out)
    assert done.code == 0, done.out
    assert "LOCAL-HEAT" in done.out
    again = junheng("funds", *ASKED, "--out", out)  # an earlier outcome is replaced
    assert again.code == 0
    assert "没有地方采暖标准" in again.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--year"),
        ((*ASKED, "--region", "11"), "999903"),
        ((*ASKED, "--region", "77"), "地区代码"),
        ((ASKED[0], "--year", "2021"), "2020"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(
    junheng: Run, tmp_path: Path, words: tuple[object, ...], told: str
) -> None:
    done = junheng("funds", *words, "--out", tmp_path / "out")
    assert done.code == 2
    assert told in done.err
    assert not (tmp_path / "out").exists()


def test_nothing_else_is_replaced(junheng: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    assert junheng("funds", *ASKED, "--out", tmp_path).code == 2
    assert (tmp_path / "mine.txt").exists()


@pytest.mark.parametrize("command", ["funds", "aid"])
def test_the_form_is_written_once(junheng: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / "form.xlsx"
    assert junheng(command, "--template", path).code == 0
    assert junheng(command, "--template", path).code == 2


def test_a_filled_form_reads_back(junheng: Run, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "form.xlsx"
    junheng("funds", "--template", path)
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book["拨付"][1]]
    cells = {
        "*预算年度": 2024,
        "*学校标识码": "2199990001",
        "*种类": "到账",
        "*金额（元）": 5,
        "*日期": "2024-04-01",
    }
    book["拨付"].append([cells.get(head) for head in heads])
    book.save(path)
    out = tmp_path / "out"
    done = junheng("funds", EXAMPLE / "county.xlsx", "--payments", path, "--year", "2024", "--out", out)
    assert done.code == 0, done.err
    first = json.loads((out / "funds.json").read_text("utf-8"))["schools"][0]
    assert first["received_yuan"] == "5"


def test_the_example_of_aid(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "aid"
    done = junheng("aid", EXAMPLE / "aid.xlsx", "--on", "2024-06-30", "--out", out)
    assert done.code == 0, done.err
    assert "84" in done.out
    assert "不在学生名册 | not in the register（1）：aid.xlsx [资助档案] 第 85 行 row 85" in done.out
    outcome = json.loads((out / "aid.json").read_text("utf-8"))
    jsonschema.validate(outcome, json.loads((SCHEMAS / "aid.schema.json").read_text("utf-8")))
    kinds = sorted(one["kind"] for one in outcome["findings"])
    assert kinds == ["below_rate", "category_not_entitled", "exclusive", "not_registered"]
    assert "P00" not in (out / "资助公开.html").read_text("utf-8")
    assert junheng("verify", out).code == 0


def test_names_of_children_are_refused_by_the_command(junheng: Run, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(EXAMPLE / "aid.xlsx")
    book["资助档案"]["I1"] = "姓名"
    book.save(tmp_path / "aid.xlsx")
    done = junheng("aid", tmp_path / "aid.xlsx", "--out", tmp_path / "out")
    assert done.code == 2
    assert "姓名" in done.err
