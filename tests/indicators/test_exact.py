"""Comparisons that doubles would get wrong."""

import gc
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from weakref import ref

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.indicators import (
    Measure,
    Parameters,
    evaluate,
    exact_rows,
    exact_value,
    exact_variation,
    exact_variation_holds,
    load_catalogue,
)

Make = Callable[[list[dict[str, Any]]], pa.Table]


@pytest.fixture
def tables(table_of: Make) -> dict[str, pa.Table]:
    """A nine-year school with a campus, a primary school, and one whose books are blank."""
    ids = ("N", "K", "A", "B")
    kinds = dict(zip(ids, ("nine_year", "primary", "primary", "primary"), strict=True))
    books = dict(zip(ids, (0.1, 0.2, 279.0, None), strict=True))
    pupils = {
        ("N", "primary"): 166,
        ("N", "junior"): 210,
        ("K", "primary"): 4,
        ("A", "primary"): 45,
        ("B", "primary"): 9,
    }
    year = {"year": 2024}
    parent = {"K": {"is_counted": False, "parent_school_id": "N"}}
    return {
        "school": table_of(
            [
                {
                    **year,
                    "school_id": n,
                    "county_code": "150102",
                    "name": n,
                    "kind": kinds[n],
                    **parent.get(n, {}),
                }
                for n in ids
            ]
        ),
        "stage": table_of(
            [{**year, "school_id": n, "stage": s, "pupils": p} for (n, s), p in pupils.items()]
        ),
        "premises": table_of([{**year, "school_id": n, "books": books[n]} for n in ids]),
        "teacher_count": table_of([{**year, "school_id": n, "stage": s, "backbone": 3} for n, s in pupils]),
    }


@pytest.fixture
def keys() -> tuple[Measure, ...]:
    catalogue = load_catalogue()
    return Measure("B", catalogue["books_per_pupil"]), Measure("R2", catalogue["backbone_teachers_per_100"])


@pytest.fixture
def split_books(parameters: Parameters) -> Parameters:
    from dataclasses import replace

    return replace(parameters, split_columns=frozenset({"books"}))


def row(school_id: str, stage: str = "primary") -> dict[str, Any]:
    return {"year": 2024, "school_id": school_id, "stage": stage}


def test_cells_mean_the_decimal_they_show(tables: Any, keys: Any, split_books: Parameters) -> None:
    """0.1 + 0.2 of school and campus is three tenths, and the shares are fractions."""
    evaluation = evaluate(tables, keys, split_books)
    primary, junior = exact_value(evaluation, "B", row("N")), exact_value(evaluation, "B", row("N", "junior"))
    assert primary == (Fraction(3, 10) * Fraction(170) / (170 + 231), 170)
    assert junior is not None
    assert primary is not None
    assert primary[0] + junior[0] == Fraction(3, 10)


def test_what_cannot_be_told_is_none(tables: Any, keys: Any, split_books: Parameters) -> None:
    evaluation = evaluate(tables, keys, split_books)
    assert exact_value(evaluation, "B", row("B")) is None
    assert exact_value(evaluation, "B", row("K")) is None  # it joined N
    assert exact_value(evaluation, "B", row("nobody")) is None
    assert exact_value(evaluation, "B", row("A", "junior")) is None


def test_a_whole_row_gives_the_same_answer_as_its_identity(
    tables: Any, keys: Any, split_books: Parameters
) -> None:
    evaluation = evaluate(tables, keys, split_books)
    for whole in evaluation.values.to_pylist():
        for key in ("B", "R2"):
            identity = {name: whole[name] for name in ("year", "school_id", "stage")}
            assert exact_value(evaluation, key, whole) == exact_value(evaluation, key, identity)


def test_parquet_and_memory_agree(
    tables: Any, keys: Any, split_books: Parameters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, table in tables.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    paths = {name: tmp_path / f"{name}.parquet" for name in tables}
    ones, others = evaluate(tables, keys, split_books), evaluate(paths, keys, split_books)
    assert ones.values == others.values
    wanted = [row("N"), row("N", "junior"), row("A"), row("B")]
    expected = [exact_value(ones, "B", found) for found in wanted]
    assert [exact_value(others, "B", found) for found in wanted] == expected
    monkeypatch.setattr(exact_rows, "SMALL", 0)
    again = evaluate(tables, keys, split_books)
    assert [exact_value(again, "B", found) for found in wanted] == expected


@pytest.fixture
def county(table_of: Make) -> Callable[[list[int], list[float]], dict[str, pa.Table]]:
    def build(pupils: list[int], books: list[float]) -> dict[str, pa.Table]:
        ids = [{"year": 2024, "school_id": f"S{place}"} for place in range(len(pupils))]
        return {
            "school": table_of(
                [{**n, "county_code": "150102", "name": "校", "kind": "primary"} for n in ids]
            ),
            "stage": table_of(
                [{**n, "stage": "primary", "pupils": p} for n, p in zip(ids, pupils, strict=True)]
            ),
            "premises": table_of([{**n, "books": b} for n, b in zip(ids, books, strict=True)]),
        }

    return build


def test_a_coefficient_exactly_on_the_limit_holds(county: Any, keys: Any, parameters: Parameters) -> None:
    """Two schools of equal size with 1 ± 1/2 per pupil: CV is exactly 0.5, whatever a double says."""
    evaluation = evaluate(county([30, 30], [15, 45]), keys[:1], parameters)
    assert exact_variation(evaluation, 2024, "150102", "primary", "B") == Fraction(1, 4)
    assert exact_variation_holds(evaluation, 2024, "150102", "primary", "B", Decimal("0.5"))
    assert not exact_variation_holds(
        evaluation, 2024, "150102", "primary", "B", Decimal("0.4999999999999999999")
    )


def test_a_hair_above_the_limit_fails(county: Any, keys: Any, parameters: Parameters) -> None:
    evaluation = evaluate(county([30, 30], [15, 45.00000000000001]), keys[:1], parameters)
    assert not exact_variation_holds(evaluation, 2024, "150102", "primary", "B", Decimal("0.5"))


@pytest.mark.parametrize(
    ("pupils", "books"), [([30, 40], [15, None]), ([30, None], [1, 2]), ([30, 40], [0, 0]), ([0], [9])]
)
def test_a_coefficient_that_cannot_be_told(
    county: Any, keys: Any, parameters: Parameters, pupils: Any, books: Any
) -> None:
    evaluation = evaluate(county(pupils, books), keys[:1], parameters)
    assert exact_variation(evaluation, 2024, "150102", "primary", "B") is None
    assert not exact_variation_holds(evaluation, 2024, "150102", "primary", "B", Decimal("0.5"))


def test_an_evaluation_is_not_kept_alive(county: Any, keys: Any, parameters: Parameters) -> None:
    evaluation = evaluate(county([30, 30], [15, 45]), keys[:1], parameters)
    exact_value(evaluation, "B", row("S0"))
    assert evaluation in exact_rows._rows
    gone = ref(evaluation)
    del evaluation
    gc.collect()
    assert gone() is None
