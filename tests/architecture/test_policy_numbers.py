"""A number of policy is data with a citation: none may stand in the code that computes or judges."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest

# Thresholds, floors, limits and weights of policy.md §1–2. Plain small integers and powers of ten are
# not here: they are counts, indices and units too often to mean anything.
THRESHOLDS = ["4.2", "5.3", "4.5", "5.8", "7.5", "10.2", "2000", "2500", "2.3", "2.4"]
FLOORS = ["3.57", "4.505", "0.765", "3.825", "4.93", "6.375", "8.67", "1700", "2125", "1.955", "2.04"]
LIMITS = ["0.85", "0.45", "0.65", "0.55", "1.1", "1.2", "1.32", "0.15", "0.95"]
SIZES = ["45", "360", "2400", "3000", "6000", "7000", "600", "0.9"]
POLICY = {Decimal(text) for text in THRESHOLDS + FLOORS + LIMITS + SIZES}
# Numbers that only look like policy: file, number → what it is.
COINCIDENCES = {("indicators/expression.py", "2000"): "the longest expression, in characters"}
ROOMS = ("indicators", "judgement", "verification")


def _numbers(source: str) -> list[tuple[int, Decimal]]:
    """Every number literal of a program, with its line; numbers inside expression strings too."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
            found.append((node.lineno, Decimal(repr(node.value))))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Decimal", "Fraction"}:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            found += [(node.lineno, Decimal(text)) for text in texts if _is_decimal(text)]
    return found


def _coincides(path: Path, number: Decimal) -> bool:
    return any(path.as_posix().endswith(name) and Decimal(text) == number for name, text in COINCIDENCES)


def _is_decimal(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def test_no_number_of_policy_in_code(sources: list[Path], root: Path) -> None:
    judged = [path for path in sources if path.relative_to(root / "src" / "junheng").parts[0] in ROOMS]
    found = [
        f"{path.relative_to(root)}:{line}: {number}"
        for path in judged
        for line, number in _numbers(path.read_text("utf-8"))
        if abs(number) in POLICY and not _coincides(path, number)
    ]
    assert judged
    assert found == []


@pytest.mark.parametrize(
    "line", ["x = 4.2", "limit = 0.450", "y = Decimal('0.85')", "z = [1, 2000]", "w = -5.3"]
)
def test_the_search_sees_a_number_of_policy(line: str) -> None:
    assert any(abs(number) in POLICY for _, number in _numbers(line))
