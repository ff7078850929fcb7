"""What a county may write into its own indicator, and what is refused."""

from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data.engines import run_sql
from junheng.indicators import parse_expression
from junheng.indicators.reference import exact, value_of

ROW = {"pupils": 200.0, "pe": 2.0, "music": None, "art": 1.5, "kind": "primary", "is_boarding": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pe + art", Fraction(7, 2)),
        ("pe + music", None),
        ("pe + COALESCE(music, 0)", Fraction(2)),
        ("-pe * .5 - 0.1", Fraction(-11, 10)),
        ("pupils / 0", None),
        ("pupils / (pe - 2)", None),
        ("1 / 3", Fraction(1, 3)),
        ("LEAST(pe, music, art)", Fraction(3, 2)),
        ("GREATEST(music, music)", None),
        ("CASE WHEN kind IN ('primary', 'nine_year') THEN pe ELSE art END", Fraction(2)),
        ("CASE WHEN is_boarding THEN 1 END", None),
        ("CASE WHEN is_boarding IS NULL THEN 1 ELSE 0 END", Fraction(1)),
        ("CASE WHEN music > 1 OR pe = 2 THEN 1 ELSE 0 END", Fraction(1)),
        ("CASE WHEN NOT (music > 1) THEN 1 ELSE 0 END", Fraction(0)),
        ("CASE WHEN pe NOT IN (1, NULL) THEN 1 ELSE 0 END", Fraction(0)),
    ],
)
def test_both_readings_give_the_known_answer(text: str, expected: Fraction | None) -> None:
    expression = parse_expression(text)
    row = {name: exact(value) if isinstance(value, float) else value for name, value in ROW.items()}
    assert value_of(expression.tree, row) == expected
    answer = _on_duckdb(expression.sql, ROW)
    assert answer == (None if expected is None else pytest.approx(float(expected)))


def _on_duckdb(sql: str, row: dict[str, Any]) -> float | None:
    types = {"kind": pa.string(), "is_boarding": pa.bool_()}
    table = pa.table({name: pa.array([value], types.get(name, pa.float64())) for name, value in row.items()})
    found: float | None = run_sql("duckdb", {"t": table}, f"SELECT CAST({sql} AS DOUBLE) AS x FROM t")["x"][
        0
    ].as_py()
    return found


REFUSED = [
    ("pupil", "pupils"),  # unknown; the nearest is named
    ("stage.pupils", "stage.pupils"),
    ('"pupils"', '"pupils"'),
    ("pupils; DROP TABLE stage", ""),
    ("pupils -- all", ""),
    ("(SELECT 1)", ""),
    ("pupils IN (SELECT 1)", ""),
    ("read_csv('secret.csv')", ""),
    ("COUNT(*)", ""),
    ("pupils::VARCHAR", ""),
    ("CAST(pupils AS VARCHAR)", ""),
    ("pupils BETWEEN 1 AND 2", ""),
    ("pupils % 2", ""),
    ("1e9 * pupils", "1e9"),
    ("CASE pupils WHEN 1 THEN 2 END", ""),
    ("IF(is_boarding, 1, 2)", ""),
    ("name || 'x'", ""),
    ("pupils + name", "name"),
    ("kind = 1", ""),
    ("pupils AND TRUE", "pupils"),
    ("LEAST(kind, name)", ""),
    ("kind > 'a'", "kind"),
    ("is_boarding", ""),  # a condition where a number is due
    ("'text'", ""),
    ("", ""),
    ("pupils +", ""),
    ("(" * 900 + "1" + ")" * 900, ""),
    ("1 + " * 600 + "1", ""),
    ("pupils AS x", ""),
    ("$1", ""),
    ("pupils COLLATE nocase", ""),
]


@pytest.mark.parametrize(("text", "piece"), REFUSED)
def test_everything_else_is_refused_by_name(text: str, piece: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_expression(text, where="county.yaml: my_indicator.numerator")
    assert piece in str(caught.value.what)
    assert caught.value.where == "county.yaml: my_indicator.numerator"


def test_an_unknown_column_is_met_with_the_nearest_known_one() -> None:
    with pytest.raises(UserError, match=r"pupils"):
        parse_expression("pupil + 1")


def test_columns_come_in_order_of_appearance_each_once() -> None:
    assert parse_expression("music + pe * music - art").columns == ("music", "pe", "art")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("pe + music", True),
        ("pe / 2", False),
        ("pe * 0.5", False),
        ("teaching_area_m2", False),
        ("books", True),
    ],
)
def test_whole_expressions_are_known(text: str, whole: bool) -> None:
    assert parse_expression(text).whole is whole


# Halves and quarters are exact in a double, so both readings take the same branch.
EXACT = {"pupils": 8.0, "pe": 2.0, "music": None, "art": 1.5, "kind": "primary", "is_boarding": None}
NUMBERS = st.sampled_from(["pupils", "pe", "music", "art", "0", "2", "0.5", "17"])
FLAGS = st.sampled_from(
    ["is_boarding", "kind IN ('primary')", "music IS NOT NULL", "kind = 'junior'", "TRUE"]
)
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "=", "<>"])
CONDITIONS = st.one_of(
    FLAGS,
    st.tuples(NUMBERS, SIGNS, NUMBERS).map(" ".join),
    st.tuples(FLAGS, st.sampled_from(["AND", "OR", "AND NOT", "OR NOT"]), FLAGS).map(" ".join),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        st.tuples(inner, NUMBERS).map(lambda t: f"({t[0]}) / {t[1]}"),
        pair.map(lambda t: f"COALESCE({t[0]}, {t[1]})"),
        st.tuples(st.sampled_from(["LEAST", "GREATEST"]), inner, inner).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
        st.tuples(CONDITIONS, inner, inner).map(lambda t: f"CASE WHEN {t[0]} THEN {t[1]} ELSE {t[2]} END"),
    )


@given(text=st.recursive(NUMBERS, _larger, max_leaves=7))
@settings(max_examples=examples(100), deadline=None)
def test_random_expressions_mean_the_same_to_sql_and_to_fractions(text: str) -> None:
    expression = parse_expression(text)
    row = {name: exact(value) if isinstance(value, float) else value for name, value in EXACT.items()}
    plain, fast = value_of(expression.tree, row), _on_duckdb(expression.sql, EXACT)
    assert fast == (None if plain is None else pytest.approx(float(plain), rel=1e-9, abs=1e-6))
