"""Small markets written as on paper: wishes by name, seats by school, one order or each school's own."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from junheng.admissions import Assignment, Market, Ranks, market_from

Json = dict[str, Any]


def problem_of(plans: Mapping[str, int | list[Json]], **rules: Any) -> Json:
    """The JSON problem: a plan as a number of seats, or as pools. One class, one stage, deferred acceptance."""
    schools = [_school(name, plan) for name, plan in plans.items()]
    found: Json = {"band_width": max(1, len(schools)), "classes": [{"code": 0, "name": "全体"}]}
    return found | {"schools": schools, "stages": [{"id": "main", "schools": list(plans)}]} | rules


def _school(name: str, plan: int | list[Json]) -> Json:
    pools = [{"id": "all", "seats": plan}] if isinstance(plan, int) else plan
    return {"id": name, "name": name, "plan": sum(pool["seats"] for pool in pools), "pools": pools}


def rows_of(wishes: Mapping[str, str], classes: Mapping[str, str] | None = None) -> list[Json]:
    """A row for each child ``unit`` or ``unit+unit…``: "12" stands for one child, "12*2" for a unit of two."""
    rows = []
    for name, listed in wishes.items():
        unit, _, size = name.partition("*")
        choices = listed.split()
        own = (classes or {}).get(unit, "")
        codes = [int(code) for code in own.split()] if own else [0] * len(choices)
        for number in range(int(size or 1)):
            pid = unit if not size else f"{unit}.{number}"
            rows.append({"pid": pid, "unit": unit, "choices": choices, "classes": codes, "flags": {}})
    return rows


def one_order(market: Market, order: str) -> Ranks:
    """Ranks that put the units in ``order``."""
    place = {name: index for index, name in enumerate(order.split())}
    return Ranks(np.array([place[unit] for unit in market.units], dtype=np.int64))


def own_orders(market: Market, orders: Mapping[str, str]) -> Ranks:
    """Ranks of tickets per school, each school with its own order."""
    place = {school: {unit: i for i, unit in enumerate(order.split())} for school, order in orders.items()}
    names = [market.school_ids[school] for school in market.school.tolist()]
    units = [market.units[unit] for unit in market.applicant.tolist()]
    own = [place[school][unit] for school, unit in zip(names, units, strict=True)]
    return Ranks(np.arange(len(market.units)), np.array(own, dtype=np.int64))


def make(wishes: Mapping[str, str], plans: Mapping[str, int | list[Json]], **rules: Any) -> Market:
    """The market of units that are all of one class."""
    return market_from(problem_of(plans, **rules), rows_of(wishes))


def placed(market: Market, found: Assignment) -> dict[str, str]:
    """unit → school, "" without one."""
    names = (*market.school_ids, "")
    return {unit: names[school] for unit, school in zip(market.units, found.school.tolist(), strict=True)}


def by_school(market: Market, found: Assignment) -> dict[str, set[str]]:
    """school → the units it has."""
    pairs = placed(market, found).items()
    return {name: {unit for unit, school in pairs if school == name} for name in market.school_ids}
