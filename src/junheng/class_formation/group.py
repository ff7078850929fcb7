"""One school's grade as a set of units: who stays together, who must not meet, what each unit counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from junheng.basics import UserError
from junheng.class_formation.plan import GroupPlan, Plan
from junheng.class_formation.refusals import refused

Row = Mapping[str, Any]
BOY, GIRL = 1, 2
_NOBODY: frozenset[int] = frozenset()


class Unit(NamedTuple):
    """Children who stay together: places of its ``members`` in the group's rows (pid ascending), and counts."""

    id: str
    members: tuple[int, ...]
    boys: int
    girls: int
    specials: int
    load: int

    @property
    def heads(self) -> int:
        """How many children."""
        return len(self.members)

    @property
    def signature(self) -> tuple[int, int, int, int]:
        """Units of one signature may change places without changing any count of a class."""
        return len(self.members), self.boys, self.girls, self.specials


@dataclass(frozen=True, slots=True)
class Group:
    """One school's grade: ``rows`` by pid, ``units`` by id, ``rivals[u]`` the units that u must not meet."""

    plan: GroupPlan
    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    rivals: tuple[frozenset[int], ...]
    relief: int = 0

    @property
    def name(self) -> str:
        """School and grade, as messages say them."""
        return f"{self.plan.school} {self.plan.grade}"


def groups_from(plan: Plan, rows: Iterable[Row]) -> list[Group]:
    """The groups of ``plan`` with their rows.

    UserError: a row of no group, a group without rows, a unit across groups, a group that no layout can satisfy.
    """
    found: dict[tuple[str, str], list[Row]] = {(g.school, g.grade): [] for g in plan.groups}
    homes: dict[str, tuple[str, str]] = {}
    for row in rows:
        key = (row["school"], row["grade"])
        if key not in found:
            raise refused(
                "名册中的学校年级不在编班规则里",
                "a row's school and grade are not in the rules",
                " ".join(key),
                [row["pid"]],
            )
        if homes.setdefault(row["unit"], key) != key:
            raise refused(
                "要求同班的学生不在同一学校年级",
                "children bound together are in two grades or schools",
                " ".join(key),
                [row["pid"]],
            )
        found[key].append(row)
    return [group_from(plan, group, found[group.school, group.grade]) for group in plan.groups]


def group_from(plan: Plan, group: GroupPlan, rows: Sequence[Row]) -> Group:
    """One group's units and rivals; refused (UserError) where they cannot be placed in its classes at all."""
    ordered = tuple(sorted(rows, key=lambda row: str(row["pid"])))
    units = _units(ordered, plan.relief)
    made = Group(group, ordered, units, _rivals(ordered, units, group), plan.relief)
    if group.classes > len(units):
        raise refused(
            f"{group.classes} 个班，只有 {len(units)} 个（组）学生",
            f"{group.classes} classes for {len(units)} children or bound groups",
            made.name,
            [str(row["pid"]) for row in ordered],
        )
    _check_cap(plan, made)
    return made


def _units(rows: Sequence[Row], relief: int) -> tuple[Unit, ...]:
    members: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        members[row["unit"]].append(place)
    return tuple(_unit(name, members[name], rows, relief) for name in sorted(members))


def _unit(name: str, members: Sequence[int], rows: Sequence[Row], relief: int) -> Unit:
    sexes = [rows[m]["sex"] for m in members]
    specials = len([m for m in members if rows[m]["special"] > 0])
    return Unit(
        id=name,
        members=tuple(members),
        boys=sexes.count(BOY),
        girls=sexes.count(GIRL),
        specials=specials,
        load=len(members) + relief * specials,
    )


def _rivals(rows: Sequence[Row], units: Sequence[Unit], group: GroupPlan) -> tuple[frozenset[int], ...]:
    """For each unit the units it shares an apart id with."""
    holders: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for u, unit in enumerate(units):
        for m in unit.members:
            for apart in rows[m]["apart"] and dict.fromkeys(rows[m]["apart"]):
                holders[apart].append((u, rows[m]["pid"]))
    found: dict[int, set[int]] = defaultdict(set)
    for apart, held in holders.items():
        _check_apart(apart, held, group)
        together = {u for u, _ in held}
        for u in together:
            found[u] |= together - {u}
    return tuple(frozenset(found[u]) if u in found else _NOBODY for u in range(len(units)))


def _check_apart(apart: str, held: Sequence[tuple[int, str]], group: GroupPlan) -> None:
    where = f"{group.school} {group.grade}, apart {apart}"
    pids = [pid for _, pid in held]
    if len({u for u, _ in held}) < len(held):
        raise refused(
            "有学生既要求同班又要求分开", "children are to be together and apart at once", where, pids
        )
    if len(held) > group.classes:
        raise refused(
            f"{len(held)} 人要求两两分开，只有 {group.classes} 个班",
            f"{len(held)} children must all be apart, in {group.classes} classes",
            where,
            pids,
        )


def _check_cap(plan: Plan, group: Group) -> None:
    """The average alone may already exceed the cap; the layout is checked again when it is made."""
    load = sum(unit.load for unit in group.units)
    least = -(-load // group.plan.classes)
    if plan.cap and least > plan.cap:
        raise cap_refused(plan.cap, least, group)


def cap_refused(cap: int, least: int, group: Group) -> UserError:
    """Too many children for the classes that were declared."""
    specials = [str(group.rows[m]["pid"]) for u in group.units if u.specials for m in u.members]
    return refused(
        f"至少有一个班要占 {least} 个学位（含随班就读减员），超过上限 {cap}",
        f"some class must hold a load of {least} (relief counted), the cap is {cap}",
        group.name,
        specials,
    )
