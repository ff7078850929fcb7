"""Expressions by column come to what they come to row by row, for every kind of node and with cells absent."""

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from junheng.indicators import parse_expression
from junheng.indicators.fields import UNIT, fields_of
from junheng.indicators.items.frame import Frame, exact_numbers, total
from junheng.indicators.reference.rows import exact
from junheng.indicators.reference.values import value_of

_CELLS: Mapping[str, list[Any]] = {
    "number": [0, 1, 12, -3, Fraction(1, 3), Fraction(5, 2), None],
    "text": ["primary", "nine_year", "210", None],
    "boolean": [True, False, None],
    "date": [None],
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("(pupils + 2 * classes - rotated) / full_time", "number"),
        ("-pupils / (classes - classes)", "number"),
        ("COALESCE(pupils, classes, 7)", "number"),
        ("LEAST(pupils, classes) + GREATEST(rotated, 0.5)", "number"),
        ("CASE WHEN is_boarding THEN pupils WHEN NOT is_boarding THEN 0.25 END", "number"),
        ("CASE WHEN pupils > 1 THEN kind ELSE 'none' END", "text"),
        ("kind IN ('primary', 'nine_year') OR pupils < 100 AND urban_rural_code IN ('210')", "boolean"),
        ("kind NOT IN ('special') AND NOT (pupils >= classes)", "boolean"),
        ("pupils IN (1, classes, NULL) OR kind IS NULL", "boolean"),
        ("pupils <> 12 AND classes IS NOT NULL AND TRUE", "boolean"),
    ],
)
def test_a_column_is_its_rows(text: str, kind: Any) -> None:
    expression, draw = parse_expression(text, kind=kind, table=UNIT), random.Random(text)
    cells = {
        name: [draw.choice(_CELLS[fields_of(UNIT)[name].type]) for _ in range(200)]
        for name in expression.columns
    }
    found = Frame(UNIT, 200, cells.__getitem__).values(expression)
    rows = [{name: column[row] for name, column in cells.items()} for row in range(200)]
    asked = [
        {name: Fraction(cell) if type(cell) is int else cell for name, cell in row.items()} for row in rows
    ]
    assert found == [value_of(expression.tree, row) for row in asked]
    assert len(set(found)) > 1 or text.endswith("(classes - classes)")


def test_numbers_of_a_column_mean_what_single_cells_mean() -> None:
    cells = [0.1, 3.0, 7, None, float("nan"), float("inf"), 1e22, 1e23, -2.5]
    assert exact_numbers(cells) == [exact(cell) for cell in cells]


def test_a_sum_is_exact() -> None:
    values = [Fraction(1, 3), 2, Fraction(1, 7), Fraction(2, 3), 10**30]
    assert total(values) == sum(values, Fraction(0))
    assert total([]) == 0
