"""Check of the proof: what no plan can cost less than, by the prices given, whoever made them.

With a price λ on every child's seat (by block and year) and μ ≥ 0 on money spent up to each year, no plan costs less
than Σ λ·children - Σ μ·budget + Σ over sites of the least that site alone can cost, its seats being sold at λ - way.
A child without a seat costs its price, so λ may not exceed it. The least path of a site is found backwards, from the
last year to the first, in whole numbers.
"""

from fractions import Fraction
from math import floor

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

_MILLION = 10**6
_NANO = 10**9
_STATUSES = ("optimal", "within_gap", "time_limit", "interrupted")
Pupils = list[tuple[int, int]]


def bound_faults(problem: Json, plan: Json) -> list[Text]:
    """The bound recomputed; the gap as the bounds give it; nothing called optimal without them."""
    if plan["status"] == "infeasible":
        return []
    own, cost = floor(bound_of(problem, plan)), exact(plan["cost_yuan"])
    found = []
    if plan["bound"]["cost_yuan"] != own:
        found.append(Text(f"由价格得出的界应为 {own} 元", f"the prices give a bound of {own} yuan"))
    if own > cost:
        found.append(Text("方案比它自己的界还便宜", "the plan is cheaper than its own bound"))
    best = max(Fraction(exact(value)) for value in plan["bound"].values())
    gap = max(Fraction(0), (cost - best) / max(cost, Fraction(1)))
    if best > cost or not gap <= exact(plan["gap"]) < gap + Fraction(1, _NANO):
        found.append(Text(f"差距应为 {float(gap):.9f}", f"the gap should be {float(gap):.9f}"))
    if plan["status"] not in _STATUSES or (plan["status"] == "optimal") != (gap <= Fraction(1, _MILLION)):
        found.append(Text("状态与差距不符", "the status does not go with the gap"))
    return found


def bound_of(problem: Json, plan: Json) -> Fraction:
    """The bound in yuan. Raises ValueError for prices that prove nothing."""
    way, scenario = exact(problem["way_yuan"]), plan["scenario"]
    scale, years = way.denominator, range(len(problem["years"]))
    seat, money = plan["prices"]["seat"], plan["prices"]["money_millionths"]
    _require_prices(problem, plan, scale)
    total = 0
    sellers: dict[str, list[Pupils]] = {row["id"]: [[] for _ in years] for row in problem["sites"]}
    for block in problem["blocks"]:
        children = block["pupils"][scenario]
        for year in years:
            if not children[year]:
                continue
            price = seat[block["id"]][year]
            total += price * children[year]
            for site, length in block["ways"].items():
                sellers[site][year].append((price - length * way.numerator, children[year]))
    spent, allowed = 0, 0
    for year in years:
        allowed += problem["budget"][str(problem["years"][year])] * scale if "budget" in problem else 0
        spent += money[year] * allowed
    factors = [_MILLION + sum(money[year:]) for year in years]
    least = sum(_least(problem, row, sellers[row["id"]], factors, scale) for row in problem["sites"])
    return Fraction(_MILLION * total - spent + least, _MILLION * scale)


def _require_prices(problem: Json, plan: Json, scale: int) -> None:
    """Whole prices, none below 0 and none above the price of going without."""
    ceiling = problem["unmet_yuan"] * scale if problem["unmet"] == "priced" else None
    prices = [price for row in plan["prices"]["seat"].values() for price in row]
    money = plan["prices"]["money_millionths"]
    if any(not isinstance(price, int) for price in [*prices, *money]) or any(price < 0 for price in money):
        raise ValueError("a price of money below 0, or no whole number")
    if ceiling is not None and any(price > ceiling for price in prices):
        raise ValueError("a price of a seat above that of going without")
    if "budget" not in problem and any(money):
        raise ValueError("a price on money that is not limited")


def _least(problem: Json, row: Json, sold: list[Pupils], factors: list[int], scale: int) -> int:
    """Millionths of parts: the least this site costs by itself, from the last year backwards."""
    last, must = len(factors) - 1, row.get("must")
    one = {"step": row["step_yuan"] * scale, "fixed": row["fixed_yuan"] * scale}
    later: dict[int, int | None] = dict.fromkeys(range(-1, row["most"] + 1), 0)  # -1: out
    for year in range(last, -1, -1):
        can = problem["years"][year] >= row["from"]
        due = must is not None and problem["years"][year] >= must["year"]
        worth = [_worth(problem, row, sold[year], year, steps, scale) for steps in range(row["most"] + 1)]
        here: dict[int, int | None] = {}
        for steps in range(-1, row["most"] + 1):
            own = _year_cost(worth, steps, must["steps"] if due and must is not None else None)
            ahead = later[steps]
            here[steps] = None if own is None or ahead is None else own + ahead
        later = {steps: _go(row, here, steps, can, factors[year], one, scale) for steps in here}
    start = later[0] if row["existing"] else later[-1]
    if start is None:
        raise ValueError(f"{row['id']} cannot keep its own limits")
    return start


def _year_cost(worth: list[int | None], steps: int, needed: int | None) -> int | None:
    """A year in a state; None where it may not be (``needed``: the steps that must stand, if it must be open)."""
    if steps < 0:
        return 0 if needed is None else None
    return None if needed is not None and steps < needed else worth[steps]


def _go(
    row: Json,
    here: dict[int, int | None],
    steps: int,
    can: bool,
    factor: int,
    one: dict[str, int],
    scale: int,
) -> int | None:
    """The least of this year and all later ones, coming from ``steps`` of the year before."""
    ways = [here[steps]]
    if can and steps < 0 and not row["existing"]:
        ways += [
            _plus(here[to], factor * (one["fixed"] + one["step"] * to))
            for to in here
            if to >= max(0, row["least"])
        ]
    if can and steps >= 0:
        ways += [_plus(here[to], factor * one["step"] * (to - steps)) for to in here if to > steps]
    if can and steps == 0 and row["existing"] and row["may_close"] and "must" not in row:
        ways.append(_plus(here[-1], _MILLION * row["close_yuan"] * scale))
    known = [way for way in ways if way is not None]
    return min(known) if known else None


def _plus(cost: int | None, more: int) -> int | None:
    return None if cost is None else cost + more


def _worth(problem: Json, row: Json, sold: Pupils, year: int, steps: int, scale: int) -> int | None:
    """Running an open site less what its seats fetch, dearest first; None where the least size is out of reach."""
    classes = row["classes"][year] + row["step"] * steps
    room = min(problem["class_pupils"] * classes, row["pupils_most"])
    is_free = "must" not in row and (row["may_close"] == 1 or row["existing"] == 0)
    least = row["pupils_least"] if is_free and year == len(problem["years"]) - 1 else 0
    earned, filled = 0, 0
    for price, children in sorted(sold, reverse=True):
        wanted = (
            min(children, room - filled)
            if price > 0
            else min(children, room - filled, max(0, least - filled))
        )
        earned, filled = earned + price * wanted, filled + wanted
    if filled < least:
        return None
    yearly = row["yearly_yuan"] + row["class_yearly_yuan"] * classes
    return int(_MILLION * (yearly * scale - earned))
