"""Numbers as text: enough digits that a failing value never looks like a passing one."""

from decimal import ROUND_HALF_UP, Decimal

MOST_DIGITS = 8
UNKNOWN = "—"


def plain(
    value: float | None, digits: int = 2, *, line: float | None = None, floor: float | None = None
) -> str:
    """``value`` to ``digits`` decimals; more where rounding would carry it onto or across ``line`` or ``floor``.

    >>> plain(4.1983, 2, line=4.2), plain(4.3, 2, line=4.2), plain(None), plain(2000.0, 0)
    ('4.198', '4.30', '—', '2000')
    >>> plain(0.8475, 2, line=1.0, floor=0.85)
    '0.848'
    """
    if value is None:
        return UNKNOWN
    exact = Decimal(repr(float(value)))
    text = _rounded(exact, digits)
    limits = [Decimal(repr(float(given))) for given in (line, floor) if given is not None]
    while digits < MOST_DIGITS and _moves(Decimal(text), exact, limits):
        digits += 1
        text = _rounded(exact, digits)
    return text


def _moves(shown: Decimal, exact: Decimal, limits: list[Decimal]) -> bool:
    """Whether the printed value stands to a limit otherwise than the exact one."""
    return any(_side(shown, limit) != _side(exact, limit) for limit in limits)


def _rounded(value: Decimal, digits: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}"


def _side(value: Decimal, line: Decimal) -> int:
    return (value > line) - (value < line)


def short(value: float | None) -> str:
    """A limit as the standard writes it: no trailing zeros.

    >>> short(4.2), short(2000.0), short(0.5), short(None)
    ('4.2', '2000', '0.5', '—')
    """
    if value is None:
        return UNKNOWN
    return f"{Decimal(repr(float(value))).normalize():f}"


def digits_for(line: float | None, typical: float | None) -> int:
    """Decimals that suit values of this size: two below a hundred, one below ten thousand, none above."""
    size = abs(line if line is not None else typical or 0.0)
    if 0 < size < 0.1:
        return 4
    return 2 if size < 100 else 1 if size < 10000 else 0


def quantity(value: float | None, unit: str) -> str:
    """A shortfall with its unit: whole persons and rooms, areas to 0.1, money in 万元 when large.

    >>> quantity(12.0, "人"), quantity(1234567.0, "元"), quantity(83.25, "平方米")
    ('12人', '123.46万元', '83.3平方米')
    """
    if value is None:
        return UNKNOWN
    if unit == "元" and abs(value) >= 10000:
        return f"{_rounded(Decimal(repr(float(value))) / 10000, 2)}万元"
    digits = 0 if float(value).is_integer() else 1
    return f"{_rounded(Decimal(repr(float(value))), digits)}{unit}"
