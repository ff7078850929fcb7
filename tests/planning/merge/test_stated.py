"""What the tables state is computed, not proven; the check says both figures in plain words."""

import re
from copy import deepcopy
from pathlib import Path

from tests.planning.merge.small import whole

from junheng.planning.merge import check, read_problem, solve, summary

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "merge"
_PROGRAM = re.compile(r"Fraction\(|\('|\['|\{'|Error")


def test_a_checklist_claims_no_proof() -> None:
    outcome = solve(whole())
    assert outcome["status"] == "computed"
    assert not {"bound", "gap", "prices"} & set(outcome)
    assert (outcome["objective"]["holds"], "mergers" in outcome["objective"]) == (1, False)
    assert check(whole(), outcome | {"status": "optimal"})
    assert check(whole(), outcome | {"gap": 0})


def test_the_summary_says_which_mergers_the_planned_state_holds() -> None:
    problem = read_problem(EXAMPLE / "problem.yaml")
    outcome = solve(problem)
    assert outcome["objective"]["holds"] == 2
    told = summary(problem, outcome)
    assert any("全部满足的 2 项：C1、C3；规划状态只含这些撤并" in line.zh for line in told)
    none = outcome | {"holds": []}
    assert any("规划状态与现状相同" in line.zh for line in summary(problem, none))


def test_the_check_speaks_plainly_and_shows_both_figures() -> None:
    problem = read_problem(EXAMPLE / "problem.yaml")
    wrong = deepcopy(solve(problem))
    first, second = wrong["mergers"][:2]
    second["state"], second["bars"] = "approved", []
    first["after"]["minutes_mean"] = 3
    first["duties"][5] |= {"verdict": "not_met", "why": "far"}
    wrong["receivers"][0]["coming"] += 1
    wrong["objective"]["holds"] = 6
    wrong["objective"]["cost_yuan"] = 7
    wrong["holds"] = ["C1"]
    wrong["state"]["pupils"][-1]["pupils"] += 1
    told = check(problem, wrong)
    for words in (
        "C2 的状态：方案写 “已批准”，核对为 “已公示”",
        "C2 还缺的义务：方案写 无，核对为 低年级上学时间、报省备案",
        "C1撤并后的平均分钟：方案写 3，核对为",
        "C1 的“低年级上学时间”：方案写 不满足（",
        "核对为 满足（",
        "的接收学生：方案写",
        "方案费用（元）：方案写 7，核对为",
        "义务由数据成立的撤并：方案写 C1，核对为 C3",
    ):
        assert any(words in line.zh for line in told), words
    assert not [line for line in told if _PROGRAM.search(line.zh + line.en)]
    cut = {key: value for key, value in wrong.items() if key != "left"}
    assert any(line.zh == "目标和界部分残缺或写法有误：缺少 left" for line in check(problem, cut))


def test_the_check_of_a_search_speaks_plainly() -> None:
    problem = read_problem(EXAMPLE / "search.yaml")
    outcome = solve(problem)
    wrong = deepcopy(outcome)
    wrong["bound"]["mergers"] = 5
    wrong["gap"] = "0.5"
    wrong["left"] = wrong["left"][:1]
    wrong["objective"]["pupil_minutes"] = 1
    told = check(problem, wrong)
    for words in (
        "找到接收学校的撤并数的界：方案写 5，核对为 4",
        "差距：方案写 0.5，核对为",
        "未安排的撤并：方案写 C5（",
        "全体学生的分钟数：方案写 1，核对为",
    ):
        assert any(words in line.zh for line in told), words
    assert not [line for line in told if _PROGRAM.search(line.zh + line.en)]
