"""An independent check of an investment plan, in fractions, by the words of the rule.

It knows no model and no solver: actions → stocks per school and stage (shared ones split anew by weights and pupils of
the target year) → limits, ceilings, money of every year → 达标 of each stage and the differences between schools →
totals → the bound that the stated prices prove. What it finds is told; an empty answer means the plan is right.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, exact, problem_hash
from junheng.planning.invest.check_county import ZERO, County, Json, read_county
from junheng.planning.invest.check_limits import limit_faults, spending
from junheng.planning.invest.check_proof import proof_faults
from junheng.planning.invest.check_rules import rule_faults, unreachable, unreachable_faults

_DAMAGES = (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError, StopIteration)
_STATUSES = {"optimal", "within_gap", "time_limit", "interrupted", "infeasible"}


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Every difference between an outcome and what its problem and the rules demand; () when it is right.

    An outcome too damaged to be read (a key missing, a number that is none) is one difference, never an exception.
    """
    try:
        return tuple(_faults(problem, outcome))
    except _DAMAGES as error:
        told = f"{type(error).__name__} {error}"
        return (Text(f"方案残缺，无法核对：{told}", f"the plan is damaged and cannot be checked: {told}"),)


def _faults(problem: Json, outcome: Json) -> Iterator[Text]:
    yield from _heading_faults(problem, outcome)
    county = read_county(problem)
    barred = unreachable(county)
    yield from unreachable_faults(barred, outcome)
    if outcome["status"] == "infeasible":
        yield from _infeasible_faults(outcome)
        return
    spent = spending(county, outcome)
    yield from limit_faults(county, outcome, spent)
    yield from rule_faults(county, barred, outcome)
    yield from _total_faults(outcome, spent)
    yield from proof_faults(county, barred, outcome)
    yield from _curve_faults(county, outcome)


def _heading_faults(problem: Json, outcome: Json) -> Iterator[Text]:
    """Format, kind, status, and that this is the outcome of this problem."""
    if (outcome["format"], outcome["kind"]) != (FORMAT, "invest") or outcome["status"] not in _STATUSES:
        yield Text("不是达标投入规划的结果", "this is no outcome of an investment plan")
    if outcome["problem_hash"] != problem_hash(problem):
        yield Text("方案所据的问题已改动", "the plan was made for another problem")
    if outcome["mode"] != problem["mode"]:
        yield Text("方案的方式与问题不同", "the plan was made in another mode")


def _infeasible_faults(outcome: Json) -> Iterator[Text]:
    """Nothing is bought, and it is said why."""
    if outcome.get("actions") or outcome.get("moves") or not outcome.get("reasons"):
        yield Text("无解的方案只应说明原因", "an outcome without a plan states reasons and nothing else")


def _total_faults(outcome: Json, spent: Mapping[int, Fraction]) -> Iterator[Text]:
    """Money by year and in all, and the number of complying stages, to the yuan and to the stage."""
    stated = {int(year): exact(money) for year, money in outcome["spending"].items()}
    for year in sorted(set(spent) | set(stated)):
        if stated.get(year) != spent.get(year, ZERO):
            due = spent.get(year, ZERO)
            yield Text(f"{year} 年支出应为 {due} 元", f"the spending of {year} is {due} yuan")
    cost = sum(spent.values(), ZERO)
    if exact(outcome["objective"]["cost_yuan"]) != cost:
        yield Text(f"总费用应为 {cost} 元", f"the cost is {cost} yuan")
    count = len(outcome["complies"])
    if outcome["objective"]["stages"] != count:
        yield Text(f"达标校段应为 {count} 个", f"{count} school-stages comply")


def _curve_faults(county: County, outcome: Json) -> Iterator[Text]:
    """Points of cost against number rise in both; the last is the plan that is written out."""
    points = [
        (row["stages"], exact(row["cost_yuan"]), exact(row["bound_yuan"]))
        for row in outcome.get("pareto", ())
    ]
    if bool(points) != (county.mode["kind"] == "pareto"):
        yield Text("费用与达标数曲线与方式不符", "a curve of cost and number belongs to that mode alone")
    for (count, cost, _), (more, dearer, _) in pairwise(points):
        if more <= count or dearer < cost:
            yield Text(f"曲线在 {more} 处不升", f"the curve does not rise at {more} stages")
    if any(bound > cost for _, cost, bound in points):
        yield Text("曲线上有点低于其下界", "a point of the curve lies under its bound")
    if points and (
        points[-1][1] != exact(outcome["objective"]["cost_yuan"]) or points[-1][0] > len(outcome["complies"])
    ):
        yield Text("曲线末点与方案不符", "the last point of the curve is not the plan")
