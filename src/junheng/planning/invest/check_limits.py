"""Whether what a plan buys and moves may be: limits, whole units, ceilings, money of every year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.invest.check_county import ZERO, County, Json, Key
from junheng.planning.invest.check_state import bought, most_units


def limit_faults(county: County, outcome: Json, spent: Mapping[int, Fraction]) -> Iterator[Text]:
    """Every action and move that breaks a limit, and every year whose money does not reach (``spent`` by year).

    Raises KeyError or ValueError where one cannot be read.
    """
    yield from _action_faults(county, outcome)
    yield from _limit_faults(county, outcome)
    yield from _ceiling_faults(county, outcome)
    yield from _move_faults(county, outcome)
    yield from _money_faults(county, spent)


def _action_faults(county: County, outcome: Json) -> Iterator[Text]:
    for row in outcome.get("actions", ()):
        measure, units = county.measures[row["measure"]], exact(row["quantity"])
        where = f"{row['school_id']} {row['measure']} {row['year']}"
        if row["school_id"] not in county.places or row.get("stage", "") != measure.stage:
            yield Text(f"行动的学校或学段不对：{where}", f"an action for the wrong school or stage: {where}")
        if measure.stage and (row["school_id"], measure.stage) not in county.parts:
            yield Text(f"学校没有该学段：{where}", f"the school has no such stage: {where}")
        if row["year"] not in county.years or units <= 0:
            yield Text(f"年份或数量不对：{where}", f"a wrong year or quantity: {where}")
            continue
        if measure.is_whole and units.denominator != 1:
            yield Text(f"数量应为整数：{where}", f"the quantity must be a whole number: {where}")
        due = units * county.unit_cost(measure, row["year"])
        if exact(row["cost_yuan"]) != due:
            yield Text(f"费用应为 {due} 元：{where}", f"the cost is {due} yuan: {where}")


def _limit_faults(county: County, outcome: Json) -> Iterator[Text]:
    """Each measure by school over all years; and nobody is trained to an attribute twice."""
    units: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    trained: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for (school, stage, name, _), count in bought(outcome).items():
        units[school, stage, name] += count
        if county.measures[name].kind == "train":
            for indicator in county.measures[name].gives:
                trained[school, stage, indicator] += count
    for (school, stage, name), count in sorted(units.items()):
        place = county.places[school]
        part = next(part for part in place.parts if stage in ("", part.stage))
        most = most_units(county, part, county.measures[name])
        if most is not None and count > most:
            yield Text(
                f"{school} 的 {name} 共 {count}，超过限额 {most}",
                f"{school}: {name} {count} in all, above its limit of {most}",
            )
    for (school, stage, indicator), count in sorted(trained.items()):
        part = county.parts[school, stage]
        if part.full_time is not None and count > max(ZERO, part.full_time - part.stock.get(indicator, ZERO)):
            yield Text(
                f"{school} 培养 {indicator} {count} 人，超过现有未达人数",
                f"{school}: {count} trained to {indicator}, more than are there without it",
            )


def _ceiling_faults(county: County, outcome: Json) -> Iterator[Text]:
    yearly: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (_, _, name, year), count in bought(outcome).items():
        yearly[name, year] += count
    for (name, year), count in sorted(yearly.items()):
        ceiling = county.measures[name].ceilings.get(year)
        if ceiling is not None and count > ceiling:
            yield Text(
                f"{year} 年全县 {name} 共 {count}，超过上限 {ceiling}",
                f"{name} in {year}: {count} in the county, above the ceiling of {ceiling}",
            )


def _move_faults(county: County, outcome: Json) -> Iterator[Text]:
    """Moves stay in their stage, take nobody who may not go, and never leave fewer than none."""
    leaving: dict[tuple[Key, str], int] = defaultdict(int)
    judged = {part.key for part in county.judged}
    for row in outcome.get("moves", ()):
        transfer, persons = county.transfers[row["transfer"]], row["persons"]
        ends = [(row["from"], transfer.stage), (row["to"], transfer.stage)]
        where = f"{row['from']} → {row['to']} {row['transfer']} {row['year']}"
        if row["from"] == row["to"] or any(end not in judged for end in ends):
            yield Text(f"交流的学校不对：{where}", f"a move between the wrong schools: {where}")
        if row["year"] not in county.years or not isinstance(persons, int) or persons <= 0:
            yield Text(f"交流的年份或人数不对：{where}", f"a move with a wrong year or number: {where}")
            continue
        leaving[ends[0], transfer.id] += persons
        due = persons * county.unit_cost(transfer, row["year"])
        if exact(row["cost_yuan"]) != due:
            yield Text(f"交流费用应为 {due} 元：{where}", f"the move costs {due} yuan: {where}")
    for (key, name), persons in sorted(leaving.items()):
        most = county.parts[key].movable.get(name, 0) if key in county.parts else 0
        if persons > most:
            yield Text(
                f"{key[0]} 交流出 {persons} 人（{name}），最多 {most} 人",
                f"{key[0]} gives up {persons} ({name}), at most {most} may go",
            )


def spending(county: County, outcome: Json) -> dict[int, Fraction]:
    """Yuan of every year: purchases, posts already filled, moves."""
    found = dict.fromkeys(county.years, ZERO)
    for (_, _, name, year), count in bought(outcome).items():
        for later in county.years:
            found[later] += count * county.spent(county.measures[name], year, later)
    for row in outcome.get("moves", ()):
        for later in county.years:
            found[later] += exact(row["persons"]) * county.spent(
                county.transfers[row["transfer"]], int(row["year"]), later
            )
    return found


def _money_faults(county: County, spent: Mapping[int, Fraction]) -> Iterator[Text]:
    for years in county.budget_rows:
        used = sum((spent[year] for year in years), ZERO)
        allowed = sum((county.budgets[year] for year in years), ZERO)
        if used > allowed:
            upto = years[-1]
            yield Text(
                f"截至 {upto} 年支出 {used} 元，超过预算 {allowed} 元",
                f"spent up to {upto}: {used} yuan, above the budget of {allowed}",
            )
