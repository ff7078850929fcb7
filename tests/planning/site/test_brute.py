"""Tiny problems against trying everything; bounds of any prices against the best there is."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.effort import examples
from tests.planning.site.scenes import block, plan, problem, site

from junheng.planning.site import check, solve
from junheng.planning.site.bound import Prices as Found
from junheng.planning.site.bound import bound_at, exact_bound
from junheng.planning.site.case import case_of
from junheng.planning.site.check_bound import bound_of
from junheng.planning.site.model import build, narrowed, whole_scope
from junheng.planning.site.paths import Ways

Json = dict[str, Any]
_YEARS = 2


@st.composite
def sites(draw: st.DrawFn, name: str) -> Json:
    existing = draw(st.integers(0, 1))
    most = draw(st.integers(0 if existing else 1, 2))
    row: Json = {
        "existing": existing, "classes": draw(st.integers(0, 2)) if existing else 0, "most": most,
        "least": 0 if existing else draw(st.integers(1, most)), "may_close": existing and draw(st.integers(0, 1)),
        "from": draw(st.sampled_from([2026, 2027])), "step": draw(st.integers(1, 2)),
        "step_yuan": draw(st.sampled_from([0, 3000, 9000])), "yearly_yuan": draw(st.sampled_from([0, 2500])),
        "class_yearly_yuan": draw(st.sampled_from([0, 700])), "fixed_yuan": 0 if existing else draw(st.sampled_from([0, 4000])),
        "close_yuan": draw(st.sampled_from([0, 300])) if existing else 0,
        "pupils_least": draw(st.sampled_from([0, 6])), "pupils_most": draw(st.sampled_from([12, 2000])),
    }  # fmt: skip
    if draw(st.integers(0, 4)) == 0:
        row["must"] = {"year": 2027, "steps": draw(st.integers(0 if existing else row["least"], most))}
    return site(name, **row)


@st.composite
def problems(draw: st.DrawFn) -> Json:
    rows = [draw(sites(name)) for name in "pq"[: draw(st.integers(1, 2))]]
    names = [row["id"] for row in rows]
    blocks = []
    for name in "ab"[: draw(st.integers(1, 2))]:
        ways = {site: draw(st.integers(0, 400)) for site in names if draw(st.integers(0, 3))}
        blocks.append(block(name, [draw(st.integers(0, 25)) for _ in range(_YEARS)], ways))
    blocks[0]["pupils"]["mid"][0] += 1  # a block without any children is never in a problem
    for row in blocks:
        row["pupils"]["mid"][1] += not any(row["pupils"]["mid"])
    given: Json = {"way_yuan": draw(st.sampled_from([1, "0.25"]))}
    if draw(st.integers(0, 3)) == 0:
        due = sum(
            row["must"]["steps"] * row["step_yuan"] + row["fixed_yuan"] for row in rows if "must" in row
        )
        given["budget"] = {
            "2026": draw(st.sampled_from([0, 5000])),
            "2027": due + draw(st.sampled_from([0, 4000])),
        }
    return problem(blocks, rows, **given)


def paths(row: Json, years: list[int]) -> list[tuple[int, ...]]:
    """Every way a site may go: -1 out, else steps added."""
    found = []
    for path in product(range(-1, row["most"] + 1), repeat=len(years)):
        before, is_fine = (0 if row["existing"] else -1), True
        for year, now in zip(years, path, strict=True):
            can, must = year >= row["from"], "must" in row and year >= row["must"]["year"]
            if now != before:
                opens = before < 0 <= now and can and not row["existing"] and now >= row["least"]
                grows = 0 <= before < now and can
                shuts = (
                    now < 0
                    and before == 0
                    and can
                    and row["existing"]
                    and row["may_close"]
                    and "must" not in row
                )
                is_fine &= bool(opens or grows or shuts)
            is_fine &= not must or now >= row["must"]["steps"]
            before = now
        if is_fine:
            found.append(path)
    return found


def cost_of(frozen: Json, chosen: list[tuple[int, ...]]) -> Fraction | None:
    """The least cost with these paths; None where a limit is broken."""
    total, spent, allowed = Fraction(0), 0, 0
    for at, year in enumerate(frozen["years"]):
        for row, path in zip(frozen["sites"], chosen, strict=True):
            before = path[at - 1] if at else (0 if row["existing"] else -1)
            opened = before < 0 <= path[at]
            built = row["fixed_yuan"] * opened + row["step_yuan"] * (path[at] - max(0, before)) * (
                path[at] >= 0
            )
            spent += built
            total += built + row["close_yuan"] * (path[at] < 0 <= before)
            if path[at] >= 0:
                total += row["yearly_yuan"] + row["class_yearly_yuan"] * (
                    row["classes"][at] + row["step"] * path[at]
                )
        allowed += frozen.get("budget", {}).get(str(year), 10**12)
        placed = _transport(frozen, chosen, at)
        if spent > allowed or placed is None:
            return None
        total += placed
    return total


def _transport(frozen: Json, chosen: list[tuple[int, ...]], at: int) -> Fraction | None:
    """Ways and seats lacking at the least in one year, by another assembly of the transport problem."""
    rows, blocks = frozen["sites"], frozen["blocks"]
    pairs = [
        (b, s)
        for b, one in enumerate(blocks)
        for s, row in enumerate(rows)
        if row["id"] in one["ways"] and chosen[s][at] >= 0
    ]
    price = Fraction(frozen["way_yuan"])
    costs = [float(blocks[b]["ways"][rows[s]["id"]] * price) for b, s in pairs] + [1000.0] * len(blocks)
    equal = np.zeros((len(blocks), len(costs)))
    upper, limit = np.zeros((2 * len(rows), len(costs))), np.zeros(2 * len(rows))
    for at_pair, (b, s) in enumerate(pairs):
        equal[b, at_pair] = 1
        upper[s, at_pair], upper[len(rows) + s, at_pair] = 1, -1
    for b in range(len(blocks)):
        equal[b, len(pairs) + b] = 1
    for s, row in enumerate(rows):
        is_free = "must" not in row and (row["may_close"] or not row["existing"])
        if chosen[s][at] >= 0:
            limit[s] = min(10 * (row["classes"][at] + row["step"] * chosen[s][at]), row["pupils_most"])
            limit[len(rows) + s] = -row["pupils_least"] if is_free and at == len(frozen["years"]) - 1 else 0
    demand = [row["pupils"]["mid"][at] for row in blocks]
    found = linprog(costs, A_ub=upper, b_ub=limit, A_eq=equal, b_eq=demand)
    return Fraction(round(found.fun * 4), 4) if found.success else None


def best(frozen: Json) -> Fraction | None:
    options = [paths(row, frozen["years"]) for row in frozen["sites"]]
    costs = [cost for chosen in product(*options) if (cost := cost_of(frozen, list(chosen))) is not None]
    return min(costs) if costs else None


@settings(max_examples=examples(40))
@given(frozen=problems())
def test_the_plan_costs_what_trying_everything_finds(frozen: Json) -> None:
    expected = best(frozen)
    if expected is None:
        return
    outcome = solve(frozen, gap=0.0)
    if outcome["status"] == "infeasible":
        assert any(
            row["limit"] in ("must", "most") or row["limit"].startswith("budget")
            for row in outcome["reasons"]
        )
        return
    assert Fraction(outcome["objective"]["total_yuan"]) == expected
    assert check(frozen, outcome) == ()


@settings(max_examples=examples(40))
@given(frozen=problems(), data=st.data())
def test_any_prices_bound_from_below_and_both_minds_agree(frozen: Json, data: st.DataObject) -> None:
    expected = best(frozen)
    case = case_of(frozen, "mid")
    seat = [[data.draw(st.integers(0, case.unmet)) for _ in case.years] for _ in case.blocks]
    money = [data.draw(st.integers(0, 3 * 10**6)) if "budget" in frozen else 0 for _ in case.years]
    try:
        own = exact_bound(case, seat, money)
        stated = {
            "scenario": "mid",
            "prices": {"seat": dict(zip(case.blocks, seat, strict=True)), "money_millionths": money},
        }
        assert bound_of(frozen, stated) == own
    except ValueError:
        assert expected is None or any("must" in row for row in frozen["sites"])
        return
    quick, _ = bound_at(
        case, Ways(case), np.array(seat, float).reshape(case.demand.shape), np.array(money) / 10**6
    )
    assert abs(quick / case.scale - float(own)) < 1e-6 * max(1.0, abs(float(own)))
    assert expected is None or own <= expected


@settings(max_examples=examples(25))
@given(frozen=problems())
def test_what_the_prices_rule_out_is_in_no_better_plan(frozen: Json) -> None:
    """The kernel left by the prices of the relaxed model still holds the best plan."""
    expected = best(frozen)
    if expected is None:
        return
    case = case_of(frozen, "mid")
    relaxed = build(case, whole_scope(case))
    solved = relaxed.block.solve(relaxed=True)
    seat = np.clip(solved.prices[relaxed.served] * case.scale * 1e4, 0, case.unmet)
    bound, response = bound_at(case, Ways(case), seat, np.zeros(len(case.years)))
    if "budget" in frozen:
        return
    scope = narrowed(
        case, Found(seat, np.zeros(len(case.years)), bound, response), float(expected * case.scale)
    )
    kernel = build(case, scope).block.solve(gap=0.0)
    assert kernel.is_found
    outcome = solve(frozen, gap=0.0)
    assert Fraction(plan(outcome)["cost_yuan"]) == expected
