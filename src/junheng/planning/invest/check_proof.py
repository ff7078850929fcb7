"""Whether the stated bound and gap are proven: the bound is found again from the stated prices."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.invest.check_bound import lower_bound
from junheng.planning.invest.check_county import ZERO, County, Json, Key
from junheng.planning.invest.check_needs import Question, affordable
from junheng.planning.invest.check_prices import read_prices

_SHOWN = Fraction(1, 10**6)  # gaps are written with six digits or more


def proven_bound(county: County, barred: Iterable[Key], outcome: Json) -> Fraction:
    """What the stated prices prove: no plan costs less, or brings more stages to the rule where stages are counted.

    ``barred`` stages never comply. Among the plans that bring as many (weak) stages as a priced row asks for.
    Raises ValueError where the prices prove nothing.
    """
    _require_asked(county, outcome)
    counts = county.mode["kind"] == "most_within"
    money: Fraction | None = exact(outcome["objective"]["cost_yuan"])
    if counts:
        rows = [row for row in county.budget_rows if row[-1] == county.years[-1]]
        money = sum((county.budgets[year] for year in county.years), ZERO) if rows else None
    question = Question(
        county,
        read_prices(county, outcome, counts),
        frozenset(barred),
        county.mode["kind"] == "all_by",
        affordable(county, money),
        county.movable,
    )
    least = lower_bound(question)
    return Fraction(floor(-least)) if counts else least


def _require_asked(county: County, outcome: Json) -> None:
    """A price for so many stages, or for CV limits, needs a problem that asks for them. Raises ValueError."""
    mode, weak = county.mode, 0
    for row in outcome["complies"]:
        weak += county.places[row["school_id"]].is_weak
    asked = {
        "all_by": {},
        "most_within": {"weak": weak},
        "least_for": {"stages": mode.get("stages", 0)},
        "pareto": {"stages": max((row["stages"] for row in outcome.get("pareto", ())), default=0)},
    }[mode["kind"]]
    for row in outcome["prices"]:
        kind, _, name = row["row"].partition(":")
        if kind in ("stages", "weak") and int(name) > asked.get(kind, -1):
            raise ValueError(f"{row['row']} is not asked for")
        if kind == "cv" and mode["kind"] != "all_by":
            raise ValueError(f"{row['row']}: no CV limit in this mode")


def proof_faults(county: County, barred: Iterable[Key], outcome: Json) -> Iterator[Text]:
    """A bound that the prices do not prove, an objective beyond its bound, a gap that is not theirs."""
    name = "stages" if county.mode["kind"] == "most_within" else "cost_yuan"
    stated, objective = exact(outcome["bound"][name]), exact(outcome["objective"][name])
    try:
        proven = proven_bound(county, barred, outcome)
    except ValueError as error:
        yield Text(f"价格不能证明任何界：{error}", f"the prices prove no bound: {error}")
        return
    sign = -1 if name == "stages" else 1
    if sign * stated > sign * proven:
        shown = float(proven)
        yield Text(
            f"价格只能证明 {shown}，不能证明 {float(stated)}",
            f"the prices prove {shown}, not {float(stated)}",
        )
    if sign * proven > sign * objective:
        yield Text(f"目标值越过了界 {float(proven)}", f"the objective lies beyond the bound {float(proven)}")
    yield from _gap_faults(outcome, name, sign, stated, objective)


def _gap_faults(outcome: Json, name: str, sign: int, stated: Fraction, objective: Fraction) -> Iterator[Text]:
    """The gap is the distance to the best of the stated bounds, relative to the objective."""
    bounds = [stated]
    if f"solver_{name}" in outcome["bound"]:
        bounds.append(exact(outcome["bound"][f"solver_{name}"]))
    if any(sign * bound > sign * objective for bound in bounds[1:]):
        yield Text("目标值越过了求解器的界", "the objective lies beyond the solver's bound")
    nearest = max(bounds, key=lambda bound: sign * bound)
    found = abs(objective - nearest) / max(abs(objective), Fraction(1))
    if abs(exact(outcome["gap"]) - found) > _SHOWN:
        yield Text(f"差距应为 {float(found):.6f}", f"the gap is {float(found):.6f}")
