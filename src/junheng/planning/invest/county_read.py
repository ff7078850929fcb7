"""The arrays' owner, from the frozen problem."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng.basics import Text, UserError
from junheng.planning.frozen import Json, exact
from junheng.planning.invest.county import County, Offer, Row


def read_county(problem: Json) -> County:
    """The arrays' owner. Raises UserError where the problem asks for what is not planned (told which)."""
    years = tuple(int(year) for year in problem["years"])
    schools = tuple(sorted(problem["schools"], key=lambda row: str(row["id"])))
    indicators = tuple(problem["indicators"])
    rows = [
        _row(problem, at, school, part)
        for at, school in enumerate(schools)
        for part in sorted(school["stages"], key=lambda part: str(part["stage"]))
        if part["judged"] and int(part["pupils"].get(str(problem["target"]), 0)) > 0
    ]
    offers = [_offer(row, is_move=False) for row in problem["measures"]]
    offers += [_offer(row, is_move=True) for row in problem.get("transfers", ())]
    for offer in offers:
        _require_plain(offer, indicators)
    return County(
        problem,
        years,
        tuple(rows),
        schools,
        indicators,
        tuple(sorted(offers, key=lambda offer: (offer.is_move, offer.id))),
        _budgets(problem, years),
        bool(problem.get("carry_over", 1)),
        int(problem["rule"]["needed"]),
    )


def _row(problem: Json, at: int, school: Json, part: Json) -> Row:
    target = str(problem["target"])
    weighted = {
        row["stage"]: exact(problem["weights"][row["stage"]]) * int(row["pupils"].get(target, 0))
        for row in school["stages"]
    }
    stage, pupils = part["stage"], int(part["pupils"][target])
    share = weighted[stage] / sum(weighted.values())
    stock, lack = {}, {}
    for indicator in problem["indicators"]:
        key = indicator["id"]
        source = school if indicator["shared"] else part
        stock[key] = exact(source["stock"][key])
        scaled = Fraction(pupils) / exact(indicator["scale"]) / (share if indicator["shared"] else 1)
        line = indicator["lines"][stage]
        lack[key] = (exact(line["line"]) * scaled - stock[key], exact(line["floor"]) * scaled - stock[key])
    return Row(at, stage, pupils, share, stock, lack, part)


def _offer(row: Json, *, is_move: bool) -> Offer:
    return Offer(
        row["id"],
        row["stage"] if is_move or row["level"] == "stage" else "",
        {key: exact(units) for key, units in row["gives"].items()},
        is_move or bool(row["whole"]),
        is_move,
        row.get("kind") == "train",
        exact(row.get("cost_yuan", 0)),
        exact(row.get("yearly_yuan", 0)),
        {int(year): int(count) for year, count in row.get("ceilings", {}).items()},
        row.get("zh", "调配教师"),
        row.get("en", "move a teacher"),
    )


def _require_plain(offer: Offer, indicators: tuple[Json, ...]) -> None:
    shared = {row["id"]: bool(row["shared"]) for row in indicators}
    if offer.stage and any(shared[key] or units != 1 for key, units in offer.gives.items()):
        raise UserError(
            Text(
                f"措施“{offer.id}”按学段计，只能给人员类指标各加一人",
                f"measure {offer.id} is by stage: it may add one person each to indicators counted by stage",
            ),
            where=offer.id,
            fix=Text("把 level 改为 school，或改正 gives", "set level: school, or mend gives"),
        )
    if not offer.stage and (
        len(offer.gives) != 1 or not all(shared[key] and units > 0 for key, units in offer.gives.items())
    ):
        raise UserError(
            Text(
                f"措施“{offer.id}”按学校计，只能增加一项共用指标",
                f"measure {offer.id} is by school: it may add to exactly one shared indicator",
            ),
            where=offer.id,
            fix=Text("分成几条措施", "split it into several measures"),
        )


def _budgets(problem: Json, years: tuple[int, ...]) -> tuple[Fraction, ...]:
    given: Mapping[str, Any] = problem.get("budgets", {})
    missing = [year for year in years if str(year) not in given]
    if given and missing:
        raise UserError(
            Text(
                f"缺 {'、'.join(map(str, missing))} 年的预算", f"no budget for {', '.join(map(str, missing))}"
            ),
            why=Text(
                "没有写的年份不能当作零，也不能当作不限",
                "a year left out is neither nothing nor without limit",
            ),
            fix=Text("各年都写上预算，或都不写", "state every year's budget, or none"),
        )
    return tuple(exact(given[str(year)]) for year in years) if given else ()
