"""What an expression comes to on one row: exact numbers, and three-valued logic for absent cells.

Absent is None. Arithmetic and comparison with None give None; AND, OR and NOT follow Kleene; a CASE
condition that is None does not hold; COALESCE takes the first present; LEAST and GREATEST pass over absent
arguments, as the SQL engines do; division by zero gives None.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from junheng.basics import Text, UserError
from junheng.verification.syntax import (
    Absence,
    Call,
    Choice,
    Column,
    Literal,
    Membership,
    Negation,
    Node,
    Operation,
)

Value = Fraction | str | bool | None
Row = Mapping[str, Value]

_ARITHMETIC: Mapping[str, Callable[[Fraction, Fraction], Fraction | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else None,
}


def value_of(node: Node, row: Row) -> Value:
    """The value of ``node`` on ``row``. Raises UserError for a column the row lacks or mixed types."""
    match node:
        case Literal(value):
            return value
        case Column(name):
            return _cell(name, row)
        case Operation("AND" | "OR" as sign, left, right):
            return _connective(sign, condition_of(left, row), condition_of(right, row))
        case Operation(sign, left, right):
            return _binary(sign, value_of(left, row), value_of(right, row))
        case Negation("NOT", operand):
            held = condition_of(operand, row)
            return None if held is None else not held
        case Negation(_, operand):
            number = number_of(operand, row)
            return None if number is None else -number
        case Absence(operand, negated):
            return (value_of(operand, row) is None) is not negated
        case Membership():
            return _membership(node, row)
        case Call(function, arguments):
            return _call(function, [value_of(argument, row) for argument in arguments])
        case Choice(branches, otherwise):
            for condition, then in branches:
                if condition_of(condition, row) is True:
                    return value_of(then, row)
            return value_of(otherwise, row)


def number_of(node: Node, row: Row) -> Fraction | None:
    """The value of ``node`` where a number is due."""
    value = value_of(node, row)
    if value is None or isinstance(value, Fraction):
        return value
    raise _mixed(value)


def condition_of(node: Node, row: Row) -> bool | None:
    """The value of ``node`` where a condition is due: true, false, or None where it cannot be told."""
    value = value_of(node, row)
    if value is None or isinstance(value, bool):
        return value
    raise _mixed(value)


def _cell(name: str, row: Row) -> Value:
    if name not in row:
        raise UserError(Text(f"表达式用到未知的列：{name}", f"An expression uses an unknown column: {name}"))
    return row[name]


def _mixed(value: object) -> UserError:
    return UserError(
        Text(f"表达式中类型不符：{value!r}", f"An expression mixes types: {value!r}"),
        fix=Text("数值与文字、条件不能混用", "numbers, texts and conditions cannot be mixed"),
    )


def _connective(sign: str, left: bool | None, right: bool | None) -> bool | None:
    decisive = sign == "OR"
    if left is decisive or right is decisive:
        return decisive
    return None if left is None or right is None else not decisive


def _binary(sign: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    if sign in _ARITHMETIC:
        if not isinstance(left, Fraction) or not isinstance(right, Fraction):
            raise _mixed((left, right))
        return _ARITHMETIC[sign](left, right)
    return _compare(sign, left, right)


def _compare(sign: str, left: Value, right: Value) -> bool:
    if type(left) is not type(right):
        raise _mixed((left, right))
    if sign in {"=", "<>"}:
        return (left == right) is (sign == "=")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]
    raise _mixed((left, right))


def _membership(node: Membership, row: Row) -> bool | None:
    value = value_of(node.operand, row)
    choices = [value_of(choice, row) for choice in node.choices]
    found = [_binary("=", value, choice) for choice in choices]
    if any(match is True for match in found):
        return not node.negated
    return None if any(match is None for match in found) else node.negated


def _call(function: str, values: list[Value]) -> Value:
    present = [value for value in values if value is not None]
    if not present:
        return None
    if function == "COALESCE":
        return present[0]
    numbers = [value for value in present if isinstance(value, Fraction)]
    if len(numbers) < len(present):
        raise _mixed(present)
    return min(numbers) if function == "LEAST" else max(numbers)
