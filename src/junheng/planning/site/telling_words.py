"""Words of a siting plan: scenarios, what a site does, why a seat lacks."""

from collections.abc import Sequence
from typing import TypeVar

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

T = TypeVar("T")
SCENARIOS = {"low": Text("低方案", "low"), "mid": Text("中方案", "mid"), "high": Text("高方案", "high")}
KINDS = {
    "open": Text("新建", "open"),
    "expand": Text("扩建", "expand"),
    "close": Text("撤并", "merge or close"),
    "keep": Text("保留", "keep"),
    "none": Text("不建", "not built"),
}
WHY = {
    "out_of_reach": Text("可达范围内没有学校或校址", "no school or site within reach"),
    "no_room": Text("可达的学校全部扩到最大也不够", "all within reach are too small even at their largest"),
    "dear": Text(
        "补这些学位比缺学位的代价还高，或投资不够",
        "seats for them cost more than their price, or money is short",
    ),
}
STATUS = {
    "optimal": Text("已证明没有更好的安排", "proven: nothing cheaper exists"),
    "within_gap": Text("在要求的差距以内", "within the gap asked for"),
    "time_limit": Text("时间到，给出找到的最好方案", "time was up: the best plan found"),
    "interrupted": Text("被中断，给出找到的最好方案", "interrupted: the best plan found"),
    "infeasible": Text(
        "不能人人有学位，给出缺得最少的方案", "not every child can have a seat: the plan that lacks fewest"
    ),
}


_CLASSES, _PERSONS = Text("班", "classes"), Text("人", "children")
UNITS = {  # of the figures of library/defaults.yaml
    "class_pupils": Text("人/班", "children a class"), "pupils_most": _PERSONS, "pupils_least": _PERSONS,
    "step": _CLASSES, "least_classes": _CLASSES, "step_existing": _CLASSES,
    "unmet_wan": Text("万元/学位·年", "10,000 yuan a seat and year"),
    "way_wan": Text("万元/人·千米·年", "10,000 yuan a child, km and year"),
    "way_wan_hour": Text("万元/人·小时·年", "10,000 yuan a child, hour and year"),
    "most_sites": Text("处", "sites"), "outside_km": Text("千米", "km"),
}  # fmt: skip


def wan(yuan: int | str) -> str:
    """Yuan as 万元 with a thousands mark."""
    return f"{float(exact(yuan)) / 10_000:,.0f}"


def percent(gap: int | str) -> str:
    """A gap as a percentage."""
    return f"{float(exact(gap)) * 100:.3g}%"


def unfinished(outcome: Json) -> list[Json]:
    """Plans of scenarios that are not within the gap asked for: what differs from them may only not be found yet."""
    return [plan for plan in outcome["plans"] if plan["status"] not in ("optimal", "within_gap")]


def gaps_of(plans: list[Json]) -> Text:
    """Scenarios with the gaps of their plans; no number where there is no bound."""
    zh, en = [], []
    for plan in plans:
        word = SCENARIOS[plan["scenario"]]
        gap = percent(plan["gap"])
        zh.append(f"{word.zh} {gap}" if plan["bound"] else f"{word.zh}没有界")
        en.append(f"{word.en} {gap}" if plan["bound"] else f"{word.en} has no bound")
    return Text("、".join(zh), ", ".join(en))


def some_of(names: list[str], shown: int = 5) -> str:
    """A few of many names, and how many there are.

    >>> some_of(["甲", "乙", "丙"], 2), some_of(["甲"])
    ('甲、乙 等 3 个', '甲')
    """
    tail = f" 等 {len(names)} 个" if len(names) > shown else ""
    return "、".join(names[:shown]) + tail


def last_first(values: Sequence[T]) -> list[T]:
    """The last year before the others: a page prints the first columns only."""
    return [values[-1], *values[:-1]]


def names_of(problem: Json) -> dict[str, str]:
    """Names of sites and blocks by id."""
    return {row["id"]: row["name"] for row in (*problem["blocks"], *problem["sites"])}


def lead_of(problem: Json, outcome: Json) -> Json:
    """The plan of the leading scenario."""
    return next(plan for plan in outcome["plans"] if plan["scenario"] == problem["lead"])


def seats_of(problem: Json, row: Json, told: Json) -> list[int]:
    """Seats of a site by year in a plan."""
    return [min(problem["class_pupils"] * classes, row["pupils_most"]) for classes in told["classes"]]
