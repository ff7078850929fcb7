"""The investment problem as one would first write it: a variable by school, measure and year.

Only the frozen problem is shared with the project: no aggregation over years, no rounded or strengthened rows. Schools
with two stages buy what these share by school. Money in 10,000 yuan. The peers solve this model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Json = Mapping[str, Any]
INFINITY = float("inf")
_WAN = 10_000
_CAP = 1e6  # units of anything at one school


@dataclass
class Natural:
    """Columns and rows as lists. ``cones``: (weights, terms of each value, constant of each value, theta)."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, list[tuple[int, float]]]] = field(default_factory=list)
    cones: list[tuple[list[float], list[list[tuple[int, float]]], list[float], float]] = field(
        default_factory=list
    )

    def column(self, cost: float = 0.0, upper: float = _CAP, whole: bool = False) -> int:
        """A new column from 0 to ``upper``."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, low: float, high: float, terms: list[tuple[int, float]]) -> None:
        """low ≤ Σ terms ≤ high."""
        if terms or low > 0 or high < 0:
            self.rows.append((low, high, terms))


def natural(problem: Json, barred: set[tuple[str, str]]) -> Natural:
    """The model of mode all_by; ``barred`` stages need not comply."""
    model, years = Natural(), problem["years"]
    bought: dict[tuple[str, str, str, int], int] = {}
    money: dict[int, list[tuple[int, float]]] = {year: [] for year in years}
    for good, school, stage, limit in _possible(problem):
        columns = []
        for year in years:
            later = sum(other >= year for other in years)
            once, yearly = float(Fraction(good["cost_yuan"])), float(Fraction(good.get("yearly_yuan", 0)))
            at = model.column((once + yearly * later) / _WAN, whole=bool(good.get("whole", 1)))
            bought[school, stage, good["id"], year] = at
            columns.append((at, 1.0))
            for other in years:
                paid = (once if other == year else 0.0) + (yearly if other >= year else 0.0)
                money[other].append((at, paid / _WAN))
        model.row(-INFINITY, limit, columns)
    given = _moves(model, problem, bought)
    for good in problem["measures"]:
        for year, ceiling in good.get("ceilings", {}).items():
            taken = [
                (at, 1.0)
                for (_, _, name, when), at in bought.items()
                if (name, when) == (good["id"], int(year))
            ]
            model.row(-INFINITY, float(ceiling), taken)
    spent: list[tuple[int, float]] = []
    allowed = 0.0
    for year in years if problem.get("budgets") else ():
        spent, allowed = spent + money[year], allowed + float(Fraction(problem["budgets"][str(year)])) / _WAN
        together: dict[int, float] = {}
        for at, coefficient in spent:
            together[at] = together.get(at, 0.0) + coefficient
        model.row(-INFINITY, allowed, list(together.items()))
    values = _rules(model, problem, bought, given, barred)
    if problem["cv"] != "off":
        _cones(model, problem, values)
    return model


def _possible(problem: Json) -> list[tuple[Json, str, str, float]]:
    """(measure or transfer, school, stage or "", limit of all years)."""
    found = []
    for school in problem["schools"]:
        parts = {part["stage"]: part for part in school["stages"]}
        for good in (*problem["measures"], *problem["transfers"]):
            if good.get("level") == "school":
                found.append(
                    (good, school["id"], "", float(Fraction(school["limits"].get(good["id"], int(_CAP)))))
                )
            elif good["stage"] in parts:
                part = parts[good["stage"]]
                limit = float(part["limits"].get(good["id"], _CAP))
                if good.get("kind") == "train":
                    limit = min(limit, *(part["full_time"] - part["stock"][key] for key in good["gives"]))
                found.append((good, school["id"], good["stage"], max(0.0, limit)))
    return found


def _moves(model: Natural, problem: Json, bought: Mapping[tuple[str, str, str, int], int]) -> dict[Any, int]:
    """Teachers given away, by school, transfer and year; what comes in balances what goes out every year."""
    given = {}
    for transfer in problem["transfers"]:
        for year in problem["years"]:
            balance = []
            for school in problem["schools"]:
                for part in school["stages"]:
                    if part["stage"] == transfer["stage"]:
                        out = model.column(whole=True)
                        given[school["id"], transfer["id"], year] = out
                        balance += [
                            (out, -1.0),
                            (bought[school["id"], part["stage"], transfer["id"], year], 1.0),
                        ]
            model.row(0.0, 0.0, balance)
        for school in problem["schools"]:
            for part in school["stages"]:
                if part["stage"] == transfer["stage"]:
                    outs = [(given[school["id"], transfer["id"], year], 1.0) for year in problem["years"]]
                    model.row(-INFINITY, float(part["movable"].get(transfer["id"], 0)), outs)
    return given


def _rules(
    model: Natural,
    problem: Json,
    bought: Mapping[Any, int],
    given: Mapping[Any, int],
    barred: set[tuple[str, str]],
) -> dict[tuple[str, str, str], tuple[int, list[tuple[int, float]], float]]:
    """Six of seven reach their line, the other its floor; returns pupils, terms and constant of every amount."""
    values = {}
    target = str(problem["target"])
    goods = (*problem["measures"], *problem["transfers"])
    for school in problem["schools"]:
        weighted = {
            p["stage"]: float(Fraction(problem["weights"][p["stage"]])) * p["pupils"][target]
            for p in school["stages"]
        }
        for part in school["stages"]:
            exempt = []
            pupils, share = part["pupils"][target], weighted[part["stage"]] / sum(weighted.values())
            for row in problem["indicators"]:
                scaled = share if row["shared"] else 1.0
                stage = "" if row["shared"] else part["stage"]
                terms = [
                    (
                        bought[school["id"], stage, good["id"], year],
                        scaled * float(Fraction(good["gives"][row["id"]])),
                    )
                    for good in goods
                    for year in problem["years"]
                    if row["id"] in good["gives"] and (school["id"], stage, good["id"], year) in bought
                ]
                terms += [
                    (given[school["id"], good["id"], year], -1.0)
                    for good in problem["transfers"]
                    for year in problem["years"]
                    if row["id"] in good["gives"] and good["stage"] == stage
                ]
                stock = scaled * float(Fraction((school if row["shared"] else part)["stock"][row["id"]]))
                values[school["id"], part["stage"], row["id"]] = (pupils, terms, stock)
                if (school["id"], part["stage"]) in barred:
                    continue
                line, floor = (
                    float(Fraction(row["lines"][part["stage"]][kind])) * pupils / row["scale"]
                    for kind in ("line", "floor")
                )
                spared = model.column(upper=1.0, whole=True)
                exempt.append((spared, 1.0))
                model.row(line - stock, INFINITY, [*terms, (spared, line - floor)])
            model.row(-INFINITY, float(len(problem["indicators"]) - problem["rule"]["needed"]), exempt)
    return values


def _cones(model: Natural, problem: Json, values: Mapping[tuple[str, str, str], Any]) -> None:
    for stage in ("primary", "junior"):
        for row in problem["indicators"]:
            chosen = [value for (_, of, key), value in values.items() if (of, key) == (stage, row["id"])]
            if len(chosen) < 2:
                continue
            whole = sum(pupils for pupils, _, _ in chosen)
            line = float(Fraction(row["lines"][stage]["line"])) / row["scale"]
            model.cones.append(
                (
                    [pupils / whole for pupils, _, _ in chosen],
                    [[(at, by / pupils / line) for at, by in terms] for pupils, terms, _ in chosen],
                    [stock / pupils / line for pupils, _, stock in chosen],
                    float(Fraction(row["lines"][stage]["cv"])),
                )
            )
