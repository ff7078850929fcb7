"""Second mind: whole posts, and the form in which it notes what cannot be told."""

from fractions import Fraction

Lack = tuple[str, str, str, str, frozenset[str]]  # part, school, stage, subject, missing


def lack(part: str, missing: set[str], school: str = "", stage: str = "", subject: str = "") -> Lack:
    """One thing that cannot be told."""
    return (part, school, stage, subject, frozenset(missing))


def rounded(value: Fraction, how: str) -> int:
    """Whole posts, by integer division."""
    top, bottom = value.numerator, value.denominator
    if how == "ceil":
        return -(-top // bottom)
    return top // bottom if how == "floor" else (2 * top + bottom) // (2 * bottom)
