"""Agreement of raters: weighted kappa of two, intraclass correlation of several; exact fractions."""

from collections.abc import Sequence
from fractions import Fraction


def weighted_kappa(pairs: Sequence[tuple[int, int]], categories: int, power: int = 2) -> Fraction | None:
    """Cohen's weighted kappa of two raters' places on an ordered scale of ``categories``.

    Disagreement weighs as distance to ``power`` (2 quadratic, 1 linear). None where chance alone would agree
    wholly. Source: J. Cohen, Psychological Bulletin 70 (1968) 213–220.
    """
    count = len(pairs)
    if not count:
        return None
    first = [sum(a == k for a, _ in pairs) for k in range(categories)]
    second = [sum(b == k for _, b in pairs) for k in range(categories)]
    seen = sum(abs(a - b) ** power for a, b in pairs)
    expected = sum(
        first[i] * second[j] * abs(i - j) ** power for i in range(categories) for j in range(categories)
    )
    return None if expected == 0 else 1 - Fraction(seen * count, expected)


def intraclass(matrix: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """ICC(2,1) of targets (rows) scored by the same raters (columns): agreement of single scores, raters random.

    None with fewer than two rows or columns, or where nothing varies. Source: P. E. Shrout & J. L. Fleiss,
    Psychological Bulletin 86 (1979) 420–428.
    """
    n, k = len(matrix), len(matrix[0]) if matrix else 0
    if n < 2 or k < 2:
        return None
    grand = sum((sum(row, Fraction()) for row in matrix), Fraction()) / (n * k)
    rows = [sum(row, Fraction()) / k for row in matrix]
    columns = [sum((row[j] for row in matrix), Fraction()) / n for j in range(k)]
    between_rows = k * _squares(rows, grand) / (n - 1)
    between_columns = n * _squares(columns, grand) / (k - 1)
    rest = [matrix[i][j] - rows[i] - columns[j] for i in range(n) for j in range(k)]
    error = _squares(rest, -grand) / ((n - 1) * (k - 1))
    whole = between_rows + (k - 1) * error + Fraction(k) * (between_columns - error) / n
    return None if whole == 0 else (between_rows - error) / whole


def _squares(values: Sequence[Fraction], middle: Fraction) -> Fraction:
    return sum(((value - middle) ** 2 for value in values), Fraction())
