"""The price of every row of the relaxed model: the bound recomputes from them without a solver."""

from fractions import Fraction
from math import floor

from junheng.planning.frozen import Number, number
from junheng.planning.rotate.model import Flows
from junheng.planning.solver import Solved

_PLACES = 12  # digits of a price: what rounding costs the bound is far below any gap
Prices = dict[str, Number]


def prices_of(flows: Flows, solved: Solved) -> Prices:
    """Prices other than 0 by row name, in units of the true objective. A sign the row does not allow is noise: 0."""
    has_most = "most_moved_of_eligible" in flows.people.problem["rule"]
    found: Prices = {}
    for name in sorted(flows.rows):
        price = rounded(Fraction(float(solved.prices[flows.rows[name]])) / flows.scale)
        lowest, highest = _sides(name, has_most)
        if price and not (lowest and price < 0) and not (highest and price > 0):
            found[name] = number(price)
    return found


def rounded(value: Fraction, places: int = _PLACES) -> Fraction:
    """``value`` to ``places`` digits."""
    return Fraction(round(value * 10**places), 10**places)


def floored(value: float | Fraction, scale: Fraction = Fraction(1), places: int = _PLACES) -> Fraction:
    """A bound in true units, cut off downwards: it may only lose by that."""
    return Fraction(floor(Fraction(value) / scale * 10**places), 10**places)


def raised(value: Fraction, places: int = _PLACES) -> Fraction:
    """A gap, cut off upwards."""
    return -floored(-value, places=places)


def _sides(name: str, has_most: bool) -> tuple[bool, bool]:
    """Whether the row has only a low side (price ≥ 0), or only a high side (price ≤ 0)."""
    kind = name.partition(":")[0]
    is_low = kind in {"backbone", "graduating", "principals", "source"} or (kind == "moved" and not has_most)
    return is_low, kind == "out"
