"""Serpentine deals (S 形), plain and rotated: children ranked within each sex, dealt to and fro.

policy.md §7.3; exact text docs/method/class_formation.md §7. Deterministic given the ranking: who knows the marks knows
the layout before the lot of class numbers, and the same children always meet. Legal in many places, not random.
"""

from collections.abc import Sequence

from junheng.class_formation.group import BOY, GIRL, Group
from junheng.class_formation.lots import turn
from junheng.class_formation.plan import Plan
from junheng.class_formation.refusals import refused
from junheng.class_formation.repair import repair
from junheng.class_formation.scores import mark_sums

UNKNOWN = 0
ORDER_FLAG = "order"


def snake(rank: int, classes: int, *, backwards: bool = False) -> int:
    """The position of rank 0, 1, 2, …: forwards in even blocks, back in odd ones.

    >>> [snake(r, 3) for r in range(7)]
    [0, 1, 2, 2, 1, 0, 0]
    """
    block, place = divmod(rank, classes)
    forwards = (block % 2 == 0) != backwards
    return place if forwards else classes - 1 - place


def serpentine(
    plan: Plan, group: Group, unit_tickets: Sequence[bytes], hash_name: str, class_seed: bytes
) -> list[int]:
    """The position of each child (row of ``group``), ties and partings repaired. UserError where they cannot be."""
    ticket = {m: t for unit, t in zip(group.units, unit_tickets, strict=True) for m in unit.members}
    lists = {
        sex: _ranked(plan, group, [m for m in ticket if group.rows[m]["sex"] == sex], ticket)
        for sex in (BOY, GIRL, UNKNOWN)
    }
    if plan.method == "rotated":
        lists = {sex: _turned(found, hash_name, class_seed, sex) for sex, found in lists.items()}
    position = _dealt(lists, len(group.rows), group.plan.classes)
    return repair(group, [*lists[BOY], *lists[GIRL], *lists[UNKNOWN]], position)


def _ranked(plan: Plan, group: Group, children: Sequence[int], ticket: dict[int, bytes]) -> list[int]:
    """Children of one sex, best first (rotated: in the declared order); equal ones by ticket, then by pid."""

    scores = mark_sums(group.rows, plan.score_marks()) if plan.method == "serpentine" else []

    def key(m: int) -> tuple[int, int, bytes, int]:
        if plan.method == "rotated":
            return 0, _declared(group, m), ticket[m], m
        score = scores[m]
        return (1, 0, ticket[m], m) if score is None else (0, -score, ticket[m], m)

    return sorted(children, key=key)


def _declared(group: Group, m: int) -> int:
    order = group.rows[m]["flags"].get(ORDER_FLAG)
    if not isinstance(order, int):
        raise refused(
            "轮转 S 形编班需要每名学生的次序（如姓氏笔画序）",
            "a rotated serpentine needs every child's place in the declared order (e.g. by strokes)",
            group.name,
            [str(group.rows[m]["pid"])],
        )
    return order


def _turned(found: list[int], hash_name: str, class_seed: bytes, sex: int) -> list[int]:
    by = turn(hash_name, class_seed, sex, len(found))
    return found[by:] + found[:by]


def _dealt(lists: dict[int, list[int]], children: int, classes: int) -> list[int]:
    position = [-1] * children
    for rank, m in enumerate(lists[BOY]):
        position[m] = snake(rank, classes)
    # The last, partial blocks of the sexes must lie at opposite ends, else sizes could differ by two.
    backwards = (len(lists[BOY]) // classes - len(lists[GIRL]) // classes) % 2 == 0
    for rank, m in enumerate(lists[GIRL]):
        position[m] = snake(rank, classes, backwards=backwards)
    sizes = [position.count(p) for p in range(classes)]
    for m in lists[UNKNOWN]:
        position[m] = sizes.index(min(sizes))
        sizes[position[m]] += 1
    return position
