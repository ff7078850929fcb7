"""Dealing seats by lot: all senior schools' seats as drawn, to the schools' open places.

Guangzhou deals every seat of a district's pack this way (in the order of GUIDs); Harbin only those left over after the
whole parts. Each seat is a thing of its own: "senior school#number"; places are
filled in the order of the schools' codes, so that no order of rows matters.
"""

from collections.abc import Sequence

from junheng.admissions.quota.lot import Drawable, Lot
from junheng.admissions.quota.reasons import table_title
from junheng.admissions.quota.table import Resolved, Task
from junheng.basics import Text

_WHY = Text(
    "规则规定这些名额随机分到各校，由签定",
    "the rules have these seats dealt by lot",
)


def deal_seats(
    task: Task, left: Sequence[int], slots: Sequence[int], lot: Lot
) -> tuple[list[list[int]], list[Resolved]]:
    """Seats dealt, by row and column: ``left[i]`` seats of row i into ``slots[j]`` places of column j (equal sums).

    No lot is asked where there is nothing to draw: the seats of one senior school, or the places of one school.
    """
    dealt = [[0] * len(slots) for _ in left]
    seats = [(i, number) for i, count in enumerate(left) for number in range(1, count + 1)]
    drawn: list[Resolved] = []
    if sum(map(bool, left)) > 1 and sum(map(bool, slots)) > 1:
        things = [_thing(task, i, number) for i, number in seats]
        order = lot.order(things, _WHY, table_title(task.id))
        seats = [seats[place] for place in order]
        drawn.append(Resolved(task.id, tuple(things[place].label for place in order)))
    following = iter(seats)
    for column in sorted(range(len(slots)), key=lambda place: task.units[place].id):
        for _ in range(slots[column]):
            dealt[next(following)[0]][column] += 1
    return dealt, drawn


def _thing(task: Task, row: int, number: int) -> Drawable:
    senior = task.rows[row].senior
    return Drawable(
        f"{task.id}|seat|{senior}|{number}", f"{senior}#{number}", f"{task.rows[row].name}#{number}"
    )
