"""Many counties at once: the same bytes from one process, from several, and from Spark."""

import shutil
from typing import Any

import pyarrow as pa
import pytest

from junheng.basics import UserError
from junheng.draws import canonical_bytes
from junheng.planning.invest import solve
from junheng.planning.invest.synthetic import synthetic_problem
from junheng.planning.many import solve_many
from junheng.planning.many_rows import solve_rows

Json = dict[str, Any]


@pytest.fixture(scope="module")
def problems() -> list[Json]:
    return [synthetic_problem(seed, 8) for seed in range(4)]


@pytest.fixture(scope="module")
def alone(problems: list[Json]) -> list[bytes]:
    return [canonical_bytes(solve(problem)) for problem in problems]


def test_a_pool_gives_the_same_bytes(problems: list[Json], alone: list[bytes]) -> None:
    found = dict(solve_many("invest", problems, 2))
    assert [canonical_bytes(found[at].outcome) for at in range(len(problems))] == alone


def test_a_bad_county_does_not_stop_the_others(problems: list[Json], alone: list[bytes]) -> None:
    refused = problems[0] | {"mode": {"kind": "nobody knows"}}
    broken = {name: part for name, part in problems[0].items() if name != "schools"}
    found = dict(solve_many("invest", [refused, broken, problems[1]], 1))
    assert found[0].outcome is None
    assert "nobody knows" in found[0].why.en  # type: ignore[union-attr] # it says why
    assert found[1].outcome is None
    assert canonical_bytes(found[2].outcome) == alone[1]


def test_what_takes_too_long_is_ended(problems: list[Json]) -> None:
    found = dict(solve_many("invest", problems[:2], 2, patience=0.0))
    assert [found[at].outcome for at in range(2)] == [None, None]
    assert found[0].why.en == "it took too long and was ended"  # type: ignore[union-attr] # it says why


def test_unknown_kinds_and_no_processes_are_refused() -> None:
    with pytest.raises(UserError):
        list(solve_many("no such kind", []))
    with pytest.raises(UserError):
        list(solve_many("invest", [], 0))


def _table(problems: list[Json]) -> pa.Table:
    codes = [f"99000{place}" for place in range(len(problems))]
    return pa.table(
        {"county_code": codes, "problem_json": [canonical_bytes(one).decode() for one in problems]}
    )


def test_rows_of_a_table_here(problems: list[Json], alone: list[bytes]) -> None:
    found = solve_rows("duckdb", "invest", _table(problems))
    assert [text.encode() for text in found["outcome_json"].to_pylist()] == alone


def test_a_problem_that_cannot_be_planned_says_why(problems: list[Json]) -> None:
    found = solve_rows("duckdb", "invest", _table([problems[0] | {"mode": {"kind": "nobody knows"}}]))
    assert found["outcome_json"].to_pylist() == [None]
    assert "nobody knows" in found["why"][0].as_py()


@pytest.mark.spark
def test_rows_of_a_table_on_spark(problems: list[Json], alone: list[bytes]) -> None:
    pytest.importorskip("pyspark", reason="pyspark absent")
    if shutil.which("java") is None:
        pytest.skip("Java absent")
    found = solve_rows("spark", "invest", _table(problems))
    assert [text.encode() for text in found["outcome_json"].to_pylist()] == alone
