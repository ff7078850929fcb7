"""``junheng chance``: known chances lie in their intervals; the answer says what it rests on; few are hidden."""

import json
from pathlib import Path

import openpyxl
import pytest
from tests.admissions.forms import good_row
from tests.cli.conftest import Run
from tests.cli.made_forms import OTHER_SEED, sheet_rows, write_forms, write_rules

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "admission"
SCHOOL = {"id": "101", "name": "甲中学", "plan": 2, "pools": [{"id": "all", "seats": 2}]}
ALONE = {"schools": [SCHOOL], "stages": [{"id": "main", "schools": ["101"]}]}
ONE_SCHOOL = {**ALONE, "classes": [{"code": 1, "name": "其他"}]}


def _forms(folder: Path, children: int) -> Path:
    """Children who all wish the only school, of two seats."""
    changes = {f"r{number}": {"志愿2": ""} for number in range(children)}
    forms = write_forms(folder, children, **changes)
    write_rules(folder / "rules.yaml", **ONE_SCHOOL)
    return forms


def test_one_school_gives_seats_over_applicants(junheng: Run, tmp_path: Path) -> None:
    forms, out = _forms(tmp_path, 7), tmp_path / "chance.json"
    rules = tmp_path / "rules.yaml"
    done = junheng("chance", forms, "--rules", rules, "--wish", "101", "--draws", 400, "--out", out)
    assert done.code == 0, done.err
    assert "精确值 exact: 1/4" in done.out  # two seats, seven children and the one who asks
    found = json.loads(out.read_text("utf-8"))
    here, unplaced = found["choices"][0]["here"], found["unplaced"]
    assert here["low"] <= 0.25 <= here["high"]
    assert here["times"] + unplaced["times"] + found["leftover"]["times"] == here["draws"] == 400
    assert "不是承诺" in done.out
    assert "号码完全随机" in done.out


def test_the_table_gives_the_same_share_to_all_alike(junheng: Run, tmp_path: Path) -> None:
    forms, out = _forms(tmp_path, 8), tmp_path / "table.json"
    rules = tmp_path / "rules.yaml"
    done = junheng("chance", forms, "--rules", rules, "--draws", 50, "--out", out)
    assert done.code == 0, done.err
    (cell,) = json.loads(out.read_text("utf-8"))["cells"]
    assert cell["children"] == 8
    assert cell["admitted"]["mean"] == pytest.approx(0.25, abs=1e-12)  # 2 of 8 in every draw
    assert cell["waiting"] == cell["admitted"]  # nobody has a better wish
    assert cell["admitted"]["low"] < 0.25 < cell["admitted"]["high"]


def test_few_families_are_never_shown(junheng: Run, tmp_path: Path) -> None:
    forms, out = _forms(tmp_path, 4), tmp_path / "table.xlsx"
    done = junheng("chance", forms, "--rules", tmp_path / "rules.yaml", "--draws", 5, "--out", out)
    assert done.code == 0, done.err
    assert "少于 5" in done.out
    assert "50.0%" not in done.out
    assert sheet_rows(out, "各校各志愿录取机会") == [("101", "甲中学", "第 1 志愿", "少于 5", "–", "–")]


def test_the_second_wish_is_told_beside_what_is_left_after_the_first(junheng: Run, tmp_path: Path) -> None:
    forms, out = write_forms(tmp_path, 10), tmp_path / "table.json"
    done = junheng("chance", forms, "--rules", tmp_path / "rules.yaml", "--draws", 20, "--out", out)
    assert done.code == 0, done.err
    cells = {(c["school"], c["choice"]): c for c in json.loads(out.read_text("utf-8"))["cells"]}
    assert set(cells) == {("101", 1), ("102", 2)}
    second = cells["102", 2]
    assert second["admitted"]["mean"] == pytest.approx(2 / 10)
    assert second["waiting"]["mean"] == pytest.approx(2 / 8)  # two of the ten are at school 101 in every draw


def test_a_child_on_the_forms_and_the_same_answer_twice(junheng: Run, tmp_path: Path) -> None:
    forms = _forms(tmp_path, 6)
    number = good_row(3)["证件号码"]
    words = ("chance", forms, "--rules", tmp_path / "rules.yaml", "--child", number, "--draws", 450, "--out")
    for name in ("a.json", "b.json", "c.json"):
        more = ("--seed", OTHER_SEED) if name == "c.json" else ()
        assert junheng(*words, tmp_path / name, *more).code == 0
    first = (tmp_path / "a.json").read_bytes()
    assert (tmp_path / "b.json").read_bytes() == first
    assert (tmp_path / "c.json").read_bytes() != first
    found = json.loads(first)
    assert found["exact"] == "1/3"  # already among the six
    assert found["choices"][0]["here"]["draws"] == 450


def test_next_year_is_another_roll_like_this_one(junheng: Run, tmp_path: Path) -> None:
    forms, rules = _forms(tmp_path, 7), tmp_path / "rules.yaml"
    done = junheng("chance", forms, "--rules", rules, "--wish", "101", "--draws", 20, "--next-year")
    assert done.code == 0, done.err
    assert "重新抽取" in done.out
    assert "精确值" not in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--wish", "101", "--child", "x"], "只能用一个"),
        (["--wish", "999", "--class", "1"], "没有学校 999"),
        (["--wish", "101"], "--class"),
        (["--wish", "101", "--class", "贵宾"], "优先类别"),
        (["--child", "110"], "没有这个证件号码"),
        (["--next-year"], "只用于一张志愿单"),
        (["--out", "x.pdf"], ".json"),
        (["--draws", "0"], "--draws"),
        (["--confidence", "1.5"], "--confidence"),
    ],
)
def test_questions_without_an_answer_are_refused(
    junheng: Run, tmp_path: Path, words: list[str], said: str
) -> None:
    forms = write_forms(tmp_path)
    done = junheng("chance", forms, "--rules", tmp_path / "rules.yaml", *words)
    assert done.code == 2
    assert said in done.err


def test_forms_in_doubt_give_no_chances(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path, r2={"证件号码": ""})
    done = junheng("chance", forms, "--rules", tmp_path / "rules.yaml")
    assert done.code == 1
    assert "报名表未填完整" in done.out
    assert "%" not in done.out


def test_the_workbook_prints_its_assumptions(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "chance.xlsx"
    done = junheng(
        *("chance", EXAMPLE / "applications.xlsx", "--rules", EXAMPLE / "rules.yaml"),
        *("--exceptions", EXAMPLE / "exceptions.yaml", "--draws", 10, "--out", out),
        *("--wish", "101", "--wish", "103", "--class", "2"),
    )
    assert done.code == 0, done.err
    assert [row[1] for row in sheet_rows(out, "录取机会")][:2] == ["XX区第一中学 101", "XX区第三中学 103"]
    texts = [str(row[0]) for row in openpyxl.load_workbook(out)["录取机会"].iter_rows(values_only=True)]
    assert any("不是承诺" in text for text in texts)
    assert any("填报提醒" in text for text in texts)
