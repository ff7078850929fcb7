"""What each class holds, and the declared limits a layout is refused for: ``cap``, ``tolerance``."""

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.class_formation.group import BOY, GIRL, Group, cap_refused
from junheng.class_formation.plan import Plan
from junheng.class_formation.refusals import refused


@dataclass(frozen=True, slots=True)
class Held:
    """Counts of class 1, 2, …: children, load (relief counted), boys, girls, special children."""

    heads: tuple[int, ...]
    load: tuple[int, ...]
    boys: tuple[int, ...]
    girls: tuple[int, ...]
    specials: tuple[int, ...]


def held_by(group: Group, classes: Sequence[int]) -> Held:
    """The counts under a layout; ``classes[m]``: class number of the m-th row."""

    def count(numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(numbers.count(c) for c in range(1, group.plan.classes + 1))

    pairs = list(zip(group.rows, classes, strict=True))
    heads = count(classes)
    specials = count([c for row, c in pairs if row["special"] > 0])
    return Held(
        heads=heads,
        load=tuple(h + group.relief * s for h, s in zip(heads, specials, strict=True)),
        boys=count([c for row, c in pairs if row["sex"] == BOY]),
        girls=count([c for row, c in pairs if row["sex"] == GIRL]),
        specials=specials,
    )


def spread(counts: Sequence[int]) -> int:
    """Largest less smallest."""
    return max(counts) - min(counts)


def check_layout(plan: Plan, group: Group, classes: Sequence[int]) -> None:
    """Refuse (UserError) a layout beyond the plan's cap or tolerances."""
    held = held_by(group, classes)
    if plan.cap and max(held.load) > plan.cap:
        raise cap_refused(plan.cap, max(held.load), group)
    named = {
        "size": ("班额（含减员）", "sizes (relief counted)", spread(held.load)),
        "sex": ("男生或女生数", "boys or girls", max(spread(held.boys), spread(held.girls))),
        "special": ("特殊需要学生数", "special children", spread(held.specials)),
    }
    for name, most in (plan.tolerance or {}).items():
        zh, en, found = named[name]
        if found > most:
            raise refused(
                f"各班{zh}最多相差 {found}，规则只允许 {most}",
                f"{en} differ by {found} between classes, the rules allow {most}",
                group.name,
                _fixed_children(group),
            )


def _fixed_children(group: Group) -> list[str]:
    """Who leaves the least room: bound, kept apart or special."""
    return [
        str(group.rows[m]["pid"])
        for unit, rivals in zip(group.units, group.rivals, strict=True)
        if unit.heads > 1 or rivals or unit.specials
        for m in unit.members
    ]
