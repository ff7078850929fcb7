from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.verification.meaning import Value, value_of
from junheng.verification.parse import parse
from junheng.verification.syntax import Column, Literal, Negation, Operation, columns_of
from junheng.verification.tokens import ExpressionError

ROW: dict[str, Value] = {
    "a": Fraction(3),
    "b": Fraction(4),
    "zero": Fraction(0),
    "gone": None,
    "kind": "junior",
    "yes": True,
    "no": False,
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", Fraction(7)),
        ("(1 + 2) * 3", Fraction(9)),
        ("7 - 2 - 1", Fraction(4)),
        ("8 / 2 / 2", Fraction(2)),
        ("-a + b", Fraction(1)),
        ("- - 2", Fraction(2)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1.7e+3 + 1E-1", Fraction(17001, 10)),
        ("a / zero", None),
        ("a + gone", None),
        ("coalesce(gone, a)", Fraction(3)),
        ("COALESCE(gone, gone)", None),
        ("least(gone, a, b)", Fraction(3)),
        ("greatest(a, b, gone)", Fraction(4)),
        ("a < b", True),
        ("a >= b", False),
        ("a <> b AND kind = 'junior'", True),
        ("a != 3 OR gone = 1", None),
        ("no AND gone = 1", False),
        ("yes OR gone = 1", True),
        ("NOT gone = 1", None),
        ("not not yes", True),
        ("gone IS NULL", True),
        ("a IS NOT NULL", True),
        ("kind IN ('junior', 'senior')", True),
        ("kind NOT IN ('primary')", True),
        ("a IN (1, gone)", None),
        ("a IN (3, gone)", True),
        ("gone IN (1, 2)", None),
        ("a NOT IN (1, gone)", None),
        ("CASE WHEN gone > 1 THEN 1 WHEN a = 3 THEN 2 ELSE 3 END", Fraction(2)),
        ("CASE WHEN no THEN 1 END", None),
        ("case when yes then gone else 1 end", None),
        ("'it''s' = 'it''s'", True),
        ("yes = TRUE", True),
        ("1 + 1 = 2 AND NOT 1 > 2 OR no", True),
    ],
)
def test_expressions_mean_what_sql_means(expression: str, expected: Value) -> None:
    assert value_of(parse(expression), ROW) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "a +",
        "(a",
        "a b",
        "a < b < 3",
        "a ** 2",
        "a; b",
        'a = "x"',
        "abs(a)",
        "t.a",
        "CASE a WHEN 1 THEN 2 END",
        "CASE END",
        "a IN ()",
        "a NOT 3",
        "a IS 3",
        "'open",
        "a BETWEEN 1 AND 2",
        "(" * 400 + "a" + ")" * 400,
    ],
)
def test_what_is_outside_the_grammar_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError) as error:
        value_of(parse(expression), ROW)
    assert error.value.where


def test_and_binds_closer_than_or_and_not_closer_than_and() -> None:
    tree = parse("yes OR NOT no AND no")
    assert tree == Operation(
        "OR", Column("yes"), Operation("AND", Negation("NOT", Column("no")), Column("no"))
    )


def test_columns_are_named_once_in_order() -> None:
    assert columns_of(parse("b + CASE WHEN a IN (c, b) THEN least(d, 1) ELSE -e END")) == tuple("bacde")


_numbers = st.integers(0, 99).map(lambda n: Literal(Fraction(n)))
_leaves = _numbers | st.sampled_from(["a", "b", "gone", "zero"]).map(Column)
_trees = st.recursive(
    _leaves, lambda inner: st.builds(Operation, st.sampled_from("+-*/"), inner, inner), max_leaves=12
)


def _written(node: object) -> str:
    match node:
        case Literal(value):
            return str(value)
        case Column(name):
            return name
        case Operation(sign, left, right):
            return f"({_written(left)} {sign} {_written(right)})"
    raise AssertionError(node)


@settings(max_examples=examples(150), deadline=None)
@given(_trees)
def test_what_is_written_is_read_back(tree: Operation) -> None:
    assert parse(_written(tree)) == tree


@settings(max_examples=examples(200), deadline=None)
@given(st.text(alphabet="ab1.'()+-*/<>=, ANDORNOTIS\n", max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        place = error.where
    else:
        place = "read"
    assert place
