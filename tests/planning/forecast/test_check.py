"""The check is a second mind: what is altered anywhere is found, and an honest outcome passes."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.forecast.made import write_county

import junheng.planning.forecast as forecast
from junheng.draws import canonical_bytes
from junheng.planning.forecast import check, read_problem, solve
from junheng.planning.frozen import exact, number

Json = dict[str, Any]
ESTATES = [
    ("小区编号", "小区名称", "片区", "户数", "交付年", "建成曲线", "配建学校"),
    ("e1", "东苑", "Z2", 2000, 2021, "0.3 0.7 1", "东苑小学"),
]
OPENINGS = [("学校名称", "学段", "片区", "开办年", "教室数"), ("东苑小学", "小学", "Z2", 2022, 12)]
MIGRANTS = [("年", "片区", "一年级随迁子女"), (2019, "Z1", 40), (2020, "Z1", 60)]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Json, Json]:
    tables = {"estates": ESTATES, "openings": OPENINGS, "migrants": MIGRANTS}
    more = 'last_year: 2025\nmethod: {lags: {"6": 2/3, "7": 1/3}, least_points: 4}\n'
    problem = read_problem(write_county(tmp_path_factory.mktemp("check"), tables=tables, more=more))
    return problem, solve(problem)


def test_an_honest_outcome_passes_and_is_written_the_same_again(solved: tuple[Json, Json]) -> None:
    problem, outcome = solved
    assert check(problem, outcome) == ()
    assert canonical_bytes(solve(problem)) == canonical_bytes(outcome)
    assert any("from" in row for row in outcome["pupils"])  # intervals are among what is checked
    assert any("migrants" in row for row in outcome["ratios"]["entry"])


def _leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*way, key))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _leaves(part, (*way, at))
    else:
        yield way


def _altered(value: Any) -> Any:
    try:
        return number(exact(value) + 1)
    except ValueError:
        return f"{value}x"


@settings(max_examples=examples(25))
@given(data=st.data())
def test_any_single_change_is_found(solved: tuple[Json, Json], data: st.DataObject) -> None:
    problem, outcome = solved
    way = data.draw(st.sampled_from([way for way in _leaves(outcome) if way[0] != "reasons"]))
    wrong = deepcopy(outcome)
    place = wrong
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = _altered(place[way[-1]])
    assert check(problem, wrong), way


@pytest.mark.parametrize(
    "part", ["pupils", "zones", "warnings", "tests", "bands", "entrants", "estates", "peaks"]
)
def test_a_row_left_out_or_doubled_is_found(solved: tuple[Json, Json], part: str) -> None:
    problem, outcome = solved
    assert outcome[part], part
    assert check(problem, outcome | {part: outcome[part][1:]})
    assert check(problem, outcome | {part: [*outcome[part], outcome[part][0]]})
    without = {key: value for key, value in outcome.items() if key != part}
    assert check(problem, without)


def test_warnings_stand_in_their_order(solved: tuple[Json, Json]) -> None:
    problem, outcome = solved
    assert len(outcome["warnings"]) > 1
    assert check(problem, outcome | {"warnings": outcome["warnings"][::-1]})


def test_another_problem_is_found(solved: tuple[Json, Json]) -> None:
    problem, outcome = solved
    assert check(problem | {"base_year": 2019}, outcome)
    assert check(problem, {"format": "junheng-plan-1", "kind": "pair"})


def test_the_check_imports_nothing_of_the_producer() -> None:
    folder = Path(forecast.__file__).parent
    for path in folder.glob("check*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("junheng"):
                allowed = node.module in {
                    "junheng.basics",
                    "junheng.planning.frozen",
                    "junheng.planning.forecast.words",  # words only: reasons are texts
                }
                assert allowed or ".check_" in (node.module or ""), (path.name, node.module)
