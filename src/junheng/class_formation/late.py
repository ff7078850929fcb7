"""Children who arrive after the classes were formed; the layout itself is never reopened.

docs/method/class_formation.md §10; minimisation after Pocock & Simon (1975), without their coin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from junheng.class_formation.group import Group, Row, group_from
from junheng.class_formation.plan import GroupPlan, Plan, wrong
from junheng.class_formation.refusals import refused
from junheng.class_formation.rows import check_rows
from junheng.class_formation.scores import Scored, scored
from junheng.draws import class_seed, hmac_digest, ticket

RULES = ("smallest", "minimisation")


@dataclass(frozen=True, slots=True)
class LateRule:
    """``slack`` (minimisation): how much fuller than the emptiest class a class may be and still be chosen."""

    name: str = "smallest"
    slack: int = 1
    hash_name: str = "sha256"


def place_late(
    plan: Plan,
    rows: Sequence[Row],
    classes: Mapping[str, int],
    newcomers: Sequence[Row],
    seed: bytes,
    rule: LateRule | None = None,
) -> dict[str, int]:
    """The class number of every newcomer. ``seed``: a supplementary seed s_k, fixed after the newcomers' roll.

    ``rows`` and ``classes``: everyone placed so far (earlier newcomers among ``classes`` and ``rows`` too).
    UserError: rows out of shape or standing twice, no class without somebody a newcomer must not meet.
    """
    rule = rule or LateRule()
    if rule.name not in RULES:
        listed = ", ".join(RULES)
        raise wrong(
            "late.name",
            f"插班规则没有 {rule.name}，可用：{listed}",
            f"no late rule {rule.name}; use one of {listed}",
        )
    check_rows([*rows, *newcomers])
    groups = {(g.school, g.grade): g for g in plan.groups}
    found: dict[str, int] = {}
    for key in dict.fromkeys((row["school"], row["grade"]) for row in newcomers):
        if key not in groups:
            raise refused(
                "插班生的学校年级没有编班",
                "no classes were formed for a newcomer's school and grade",
                " ".join(key),
            )
        here = [row for row in rows if (row["school"], row["grade"]) == key]
        placing = _Placing(plan, groups[key], here, classes, class_seed(rule.hash_name, seed, *key), rule)
        found |= placing.place([row for row in newcomers if (row["school"], row["grade"]) == key])
    return found


class _Placing:
    """One grade while newcomers come in: loads, sums and who must not be met, by class number."""

    def __init__(
        self,
        plan: Plan,
        group: GroupPlan,
        rows: Sequence[Row],
        classes: Mapping[str, int],
        seed: bytes,
        rule: LateRule,
    ) -> None:
        self.relief, self.seed, self.rule = plan.relief, seed, rule
        self.found: Scored = scored(plan, group_from(plan, group, rows))
        known: Group = self.found.group
        self.name = known.name
        self.numbers = range(1, group.classes + 1)
        self.load = dict.fromkeys(self.numbers, 0)
        self.sums = {c: [0] * len(self.found.columns) for c in self.numbers}
        self.apart: dict[int, set[str]] = {c: set() for c in self.numbers}
        self.homes: dict[str, int] = {}
        for row, scores in zip(known.rows, self.found.children, strict=True):
            self._add(row, scores, classes[row["pid"]])

    def place(self, newcomers: Iterable[Row]) -> dict[str, int]:
        """The classes of all newcomers, units in ticket order."""
        units: dict[str, list[Row]] = {}
        for row in sorted(newcomers, key=lambda row: str(row["pid"])):
            units.setdefault(row["unit"], []).append(row)
        tickets = {unit: ticket(self.rule.hash_name, self.seed, unit) for unit in units}
        found: dict[str, int] = {}
        for unit in sorted(units, key=lambda unit: (tickets[unit], unit)):
            scores = self._scores(units[unit])
            number = self._choose(unit, units[unit], [sum(column) for column in zip(*scores, strict=True)])
            for row, own in zip(units[unit], scores, strict=True):
                self._add(row, own, number)
                found[row["pid"]] = number
        return found

    def _scores(self, rows: Sequence[Row]) -> list[list[int]]:
        by_column = [column.scores(column.values(rows)) for column in self.found.columns]
        return [[scores[m] for scores in by_column] for m in range(len(rows))]

    def _choose(self, unit: str, rows: Sequence[Row], scores: Sequence[int]) -> int:
        allowed = self._allowed(unit, rows)
        if not allowed:
            raise refused(
                "插班生在每个班都会遇到必须分开的学生",
                "a newcomer would meet a child to be kept apart in every class",
                self.name,
                [row["pid"] for row in rows],
            )
        least = min(self.load[c] for c in allowed)
        slack = self.rule.slack if self.rule.name == "minimisation" else 0
        near = [c for c in allowed if self.load[c] <= least + slack]
        if self.rule.name == "minimisation":
            changes = {c: self._change(c, scores) for c in near}
            near = [c for c in near if changes[c] == min(changes.values())]
        return min(near, key=lambda c: self._lot(unit, c))

    def _allowed(self, unit: str, rows: Sequence[Row]) -> list[int]:
        """Classes without a rival; a unit that is already here (a twin who came before) keeps its class."""
        apart = {name for row in rows for name in row["apart"]}
        home = self.homes.get(unit)
        return [c for c in self.numbers if not apart & self.apart[c] and home in (None, c)]

    def _change(self, number: int, scores: Sequence[int]) -> int:
        sums = self.sums[number]
        return sum(
            w * ((s + x) ** 2 - s**2) for w, s, x in zip(self.found.weights, sums, scores, strict=True)
        )

    def _lot(self, unit: str, number: int) -> bytes:
        said = b"late\0" + unit.encode() + b"\0" + str(number).encode("ascii")
        return hmac_digest(self.rule.hash_name, self.seed, said)

    def _add(self, row: Row, scores: Sequence[int], number: int) -> None:
        self.load[number] += 1 + self.relief * (row["special"] > 0)
        self.sums[number] = [s + x for s, x in zip(self.sums[number], scores, strict=True)]
        self.apart[number] |= set(row["apart"])
        self.homes[row["unit"]] = number
