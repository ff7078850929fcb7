"""Means and coefficients of variation of counties, against figures known beforehand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from junheng.indicators import Measure, Parameters, evaluate, load_catalogue
from junheng.indicators.inequality import variation

Make = Callable[[list[dict[str, Any]]], pa.Table]
PUPILS = (45, 37, 89, 76, 55)
BOOKS = (279, 137, 935, 160, 402)


@pytest.fixture
def books() -> tuple[Measure, ...]:
    catalogue = load_catalogue()
    return Measure("B", catalogue["books_per_pupil"]), Measure("C", catalogue["computers_per_100"])


def county(
    table_of: Make, pupils: Any, numbers: Any, code: str = "150102", year: int = 2024
) -> dict[str, pa.Table]:
    keys = [{"year": year, "school_id": f"{code}{place}"} for place in range(len(pupils))]
    return {
        "school": table_of([{**key, "county_code": code, "name": "校", "kind": "primary"} for key in keys]),
        "stage": table_of(
            [{**key, "stage": "primary", "pupils": count} for key, count in zip(keys, pupils, strict=True)]
        ),
        "premises": table_of([{**key, "books": books} for key, books in zip(keys, numbers, strict=True)]),
    }


@pytest.mark.parametrize("engine", ["duckdb", "python"])
def test_the_official_worked_example(table_of: Make, books: Any, parameters: Parameters, engine: str) -> None:
    """G1."""
    evaluation = evaluate(county(table_of, PUPILS, BOOKS), books, parameters, engine=engine)
    row = evaluation.variation.to_pylist()[0]
    assert (row["indicator"], row["schools"], row["missing"]) == ("B", 5, 0)
    assert (row["sum_num"], row["sum_den"]) == (1913, 302)
    assert row["mean"] == pytest.approx(6.334437, abs=5e-7)
    assert row["sd"] == pytest.approx(3.263861, abs=5e-7)
    assert row["cv"] == pytest.approx(0.515257, abs=5e-7)
    assert row["cv_unweighted"] == pytest.approx(0.488771, abs=5e-7)
    assert (row["minimum"], row["maximum"]) == (160 / 76, 935 / 89)


@pytest.mark.parametrize("engine", ["duckdb", "python"])
def test_an_indicator_nobody_reports_has_no_figures(
    table_of: Make, books: Any, parameters: Parameters, engine: str
) -> None:
    row = evaluate(county(table_of, PUPILS, BOOKS), books, parameters, engine=engine).variation.to_pylist()[1]
    assert (row["indicator"], row["schools"], row["missing"], row["mean"], row["cv"]) == (
        "C",
        5,
        5,
        None,
        None,
    )


@pytest.mark.parametrize("engine", ["duckdb", "python"])
@pytest.mark.parametrize(
    ("pupils", "numbers", "expected"),
    [
        ([40], [100], {"schools": 1, "cv": 0.0, "mean": 2.5}),
        ([40, 60], [0, 0], {"schools": 2, "cv": None, "mean": 0.0, "sd": 0.0}),
        ([40, 60], [80, 120], {"schools": 2, "cv": 0.0}),
        ([40, 0], [80, 9], {"schools": 1, "without_pupils": 1, "cv": 0.0, "sum_num": 80.0}),
        ([40, None], [80, 9], {"schools": 1, "unknown_pupils": 1, "cv": None, "mean": None, "minimum": None}),
        ([40, 60], [80, None], {"schools": 2, "missing": 1, "cv": None, "sum_den": None, "maximum": None}),
        ([0, 0], [80, 90], {"schools": 0, "without_pupils": 2, "cv": None}),
    ],
)
def test_edges(
    table_of: Make, books: Any, parameters: Parameters, engine: str, pupils: Any, numbers: Any, expected: Any
) -> None:
    row = evaluate(county(table_of, pupils, numbers), books, parameters, engine=engine).variation.to_pylist()[
        0
    ]
    assert {name: row[name] for name in expected} == expected


def test_each_county_and_year_stands_alone(table_of: Make, books: Any, parameters: Parameters) -> None:
    parts = [
        county(table_of, PUPILS, BOOKS, code, year) for year in (2023, 2024) for code in ("150102", "150103")
    ]
    together = {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}
    evaluation = evaluate(together, books, parameters)
    rows = evaluation.variation.to_pylist()
    assert [(row["year"], row["county_code"], row["indicator"]) for row in rows] == [
        (year, code, key) for year in (2023, 2024) for code in ("150102", "150103") for key in ("B", "C")
    ]
    assert {round(row["cv"], 9) for row in rows if row["indicator"] == "B"} == {round(rows[0]["cv"], 9)}


def test_a_tiny_spread_keeps_its_digits(table_of: Make, books: Any, parameters: Parameters) -> None:
    """Σx² - (Σx)² would leave nothing of it."""
    numbers = [1e9, 1e9 + 1, 1e9 + 2]
    row = evaluate(county(table_of, [10, 10, 10], numbers), books, parameters).variation.to_pylist()[0]
    assert row["cv"] == pytest.approx((2 / 3) ** 0.5 / (1e9 + 1), rel=1e-6)


def test_the_plain_measure_agrees_with_the_county(table_of: Make, books: Any, parameters: Parameters) -> None:
    row = evaluate(county(table_of, PUPILS, BOOKS), books, parameters).variation.to_pylist()[0]
    plain = variation([b / p for b, p in zip(BOOKS, PUPILS, strict=True)], PUPILS)
    assert (row["mean"], row["sd"], row["cv"]) == pytest.approx((plain.mean, plain.sd, plain.cv))


def test_weights_are_the_denominators(table_of: Make, parameters: Parameters) -> None:
    tables = county(table_of, [80, 90], [1, 1])
    tables["stage"] = tables["stage"].append_column("classes", pa.array([2.0, 3.0]))
    size = (Measure("S", load_catalogue()["pupils_per_class"]),)
    row = evaluate(tables, size, parameters).variation.to_pylist()[0]
    assert (row["mean"], row["sum_den"]) == (34, 5)


def test_nobody_counted_means_no_rows(table_of: Make, books: Any, parameters: Parameters) -> None:
    nobody = replace(parameters, exclude_kinds=frozenset({"primary"}))
    assert evaluate(county(table_of, PUPILS, BOOKS), books, nobody).variation.num_rows == 0
    assert evaluate(county(table_of, PUPILS, BOOKS), (), parameters).variation.num_rows == 0
