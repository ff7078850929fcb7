"""Shares as official reports print them: truncated (or rounded) from whole counts, exactly.

Document practice: 46 of 66 is 69.6 % (truncated, not 69.7) and 24 of 30 is 80 % (no trailing zero). The counts
are whole numbers, so integer arithmetic decides every digit; a float never enters.
"""

from fractions import Fraction
from typing import Literal

from junheng.basics import Text, UserError

PercentMode = Literal["truncate", "round"]
PERCENT_MODES: tuple[PercentMode, ...] = ("truncate", "round")
MOST_DIGITS = 6


def format_share(part: int, whole: int, *, mode: PercentMode = "truncate", digits: int = 1) -> str:
    """``part`` of ``whole`` in percent, without the sign: at most ``digits`` decimals, trailing zeros dropped.

    ``truncate`` cuts, ``round`` rounds half up. Raises UserError for a whole of 0 (no share exists), a part
    outside 0..whole, an unknown mode or more than six digits.

    >>> format_share(46, 66), format_share(24, 30), format_share(35, 66), format_share(46, 66, mode="round")
    ('69.6', '80', '53', '69.7')
    """
    check_percent_options(mode, digits)
    if whole <= 0 or not 0 <= part <= whole:
        raise UserError(
            Text(f"{whole} 中的 {part} 不能算作比例", f"{part} of {whole} is not a share"),
            why=Text("比例须为 0 至全体之间的整数", "a share needs whole counts between 0 and the total"),
        )
    scaled = Fraction(100 * 10**digits * part, whole)
    units = int(scaled) if mode == "truncate" else int(scaled + Fraction(1, 2))
    return _decimal_text(units, digits)


def percent_mode(word: str) -> PercentMode:
    """``word`` as a percent mode. Raises UserError when it is none."""
    for mode in PERCENT_MODES:
        if word == mode:
            return mode
    raise UserError(
        Text(f"未知的百分比方式“{word}”", f"Unknown percent mode “{word}”"),
        fix=Text("用 truncate（截断）或 round（四舍五入）", "use truncate or round"),
    )


def check_percent_options(mode: str, digits: int) -> None:
    """Raise UserError unless ``mode`` and ``digits`` are usable."""
    percent_mode(mode)
    if not 0 <= digits <= MOST_DIGITS:
        raise UserError(
            Text(f"百分比小数位数 {digits} 超出范围", f"{digits} decimals for percentages is out of range"),
            fix=Text(f"请用 0 至 {MOST_DIGITS}", f"use 0 to {MOST_DIGITS}"),
        )


def _decimal_text(units: int, digits: int) -> str:
    """``units`` × 10^-digits as text without trailing zeros."""
    if digits == 0:
        return str(units)
    whole, rest = divmod(units, 10**digits)
    decimals = str(rest).zfill(digits).rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
