"""A ledger proves nothing, calls published texts by their words, and its check shows both figures."""

import re
from copy import deepcopy
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.frozen import exact
from junheng.planning.ledger import check, read_problem, solve, summary, tables

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "merge" / "ledger.yaml"
_PROGRAM = re.compile(r"Fraction\(|\('|\['|\{'|Error|_yuan")


def test_a_ledger_is_computed() -> None:
    problem = read_problem(EXAMPLE)
    outcome = solve(problem)
    assert outcome["status"] == "computed"
    assert not {"bound", "gap"} & set(outcome)
    assert check(problem, outcome | {"status": "optimal"})
    assert check(problem, outcome | {"gap": 0})
    assert check(problem, outcome | {"objective": {"projects": 1}})


def test_the_check_shows_both_figures_in_words() -> None:
    problem = read_problem(EXAMPLE)
    wrong = deepcopy(solve(problem))
    wrong["projects"][0]["yuan_per_seat"] = 100
    wrong["projects"][1]["outliers"] = ["yuan_per_m2"]
    wrong["batches"][0]["untold"]["seats"] = 9
    wrong["totals"][0]["verdict"] = "differs"
    wrong["claims"][0]["value"] = 1
    wrong["spreads"][0]["median"] = 1
    wrong["origins"] = wrong["origins"][:1]
    told = check(problem, wrong)
    for words in (
        "的每个学位投资：台账写 100，核对为 169,403.578529",
        "的异常的单价：台账写 每平方米投资，核对为 无",
        "没有填的项目数：新增学位：台账写 9，核对为 0",
        "结论：台账写 不符，核对为 相符",
        "的复算：台账写 1，核对为 5,903.903904",
        "资金来源的行数：台账写 1，核对为 2",
        "的中位数：台账写 1，核对为",
    ):
        assert any(words in line.zh for line in told), (words, told)
    assert not [line for line in told if _PROGRAM.search(line.zh + line.en)]


def test_published_texts_go_by_their_words_and_units_stand_in_headings() -> None:
    problem = read_problem(EXAMPLE)
    outcome = solve(problem)
    made = {table.name.zh: table for table in tables(problem, outcome)}
    text = "".join(line.zh for line in summary(problem, outcome))
    assert "号 " not in text
    assert "公布材料一 学校建设 项目05（虚构）" in text or "公布材料一 学校建设 项目05(虚构)" in text
    claims = made["公布数字复算"]
    assert claims.columns[0].heading.zh == "公布材料"
    assert {row[0] for row in claims.rows} == {
        "公布材料一（28 个学校建设项目）",
        "公布材料二（已建 23 个、规划 21 个项目）",
        "公布材料三（30 所学校）",
    }
    units = {column.heading.zh: column.unit for column in made["批次合计"].columns}
    assert (units["建筑面积"], units["新增学位"], units["总投资"]) == ("㎡", "个", "元")
    for name in ("单价", "公布合计核对"):
        place = [column.heading.zh for column in made[name].columns].index("单位")
        assert all(row[place] for row in made[name].rows)
    assert exact(outcome["objective"]["projects"]) == 102


def test_an_absent_sheet_is_the_one_fault(tmp_path: Path) -> None:
    (tmp_path / "资金.csv").write_text("项目编号,资金来源\n1,市\n2,省\n", encoding="utf-8")
    head = "kind: ledger\ncounty: {code: '1', name: 甲}\non: 2024-09-01\ntables: [资金.csv]\n"
    (tmp_path / "p.yaml").write_text(head + "publishd: 1\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_problem(tmp_path / "p.yaml")
    assert "不认识的键 publishd；是否 published？可写 kind、name" in caught.value.what.zh
    (tmp_path / "p.yaml").write_text(head, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_problem(tmp_path / "p.yaml")
    assert caught.value.what.en.startswith("1 fault:")
    assert "缺少表“项目”（现有：资金）" in caught.value.what.zh
