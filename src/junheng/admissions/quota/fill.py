"""From exact shares to whole seats, one table at a time: first the units' totals, then the cells."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import floor

from junheng.admissions.quota.deal import deal_seats
from junheng.admissions.quota.extra_order import Claim, Decision, claim_keys, hear_claims
from junheng.admissions.quota.flow import Flow
from junheng.admissions.quota.lot import Drawable, Lot
from junheng.admissions.quota.rules import Totals
from junheng.admissions.quota.table import Filled, Resolved, Settled, Task, Why

_NONE = Decision(0, False, "whole")


def fill_table(task: Task, lot: Lot) -> Filled:
    """``task`` in whole seats: rows exact, every column floor or ceiling of its exact sum.

    ``controlled``: every cell floor or ceiling too. ``floor_then_deal``: cells get their floor, the rest is dealt by
    lot. ``deal``: all seats are dealt by lot. Raises UserError when a lot is needed and there is none.
    """
    if task.fill == "controlled":
        return _controlled(task, lot)
    return _dealt(task, lot)


def _column_claims(task: Task) -> list[Claim]:
    found = []
    for place, unit in enumerate(task.units):
        share = task.column(place)
        if share != floor(share):
            thing = Drawable(f"{task.id}|{unit.kind}:{unit.id}", unit.id, unit.name)
            found.append(Claim(place, share - floor(share), unit.basis, unit.is_rural, thing))
    return found


def _hear_columns(
    task: Task, take: Callable[[int], bool], rewind: Callable[[], Callable[[], None]], lot: Lot
) -> tuple[dict[int, Decision], list[Resolved]]:
    claims = _column_claims(task)
    spare = sum((claim.remainder for claim in claims), Fraction(0))
    keys = claim_keys(claims, task.totals, task.correction, task.ties, int(spare))
    return hear_claims(claims, keys, take, rewind, lot, task.id)


class _Controlled:
    """The flow of a table and the questions put to it; one object, so that it can be set back."""

    def __init__(self, task: Task) -> None:
        self.flow = Flow([[share - floor(share) for share in row] for row in task.exact])
        self.width = len(task.units)

    def rewind(self) -> Callable[[], None]:
        kept = self.flow.copy()

        def restore() -> None:
            self.flow = kept

        return restore

    def take_cell(self, place: int) -> bool:
        return self.flow.take_cell(*divmod(place, self.width))

    def take_column(self, place: int) -> bool:
        return self.flow.take_column(place)


def _controlled(task: Task, lot: Lot) -> Filled:
    state = _Controlled(task)
    columns, lots = _hear_columns(task, state.take_column, state.rewind, lot)
    if len(task.rows) == 1:  # one senior school: the cell is the column
        cells: dict[int, Decision] = columns
    else:
        claims = _cell_claims(task)
        totals: Totals = "lot" if task.totals == "lot" else "largest_remainder"
        keys = claim_keys(claims, totals, None, task.ties, 0)
        cells, further = hear_claims(claims, keys, state.take_cell, state.rewind, lot, task.id)
        lots += further
        cells = _explained(task, cells)
    width = len(task.units)
    settled = [
        [_settled(task, i, j, cells.get(i * width + j, _NONE)) for j in range(width)]
        for i in range(len(task.rows))
    ]
    return Filled(
        task,
        tuple(tuple(cell.whole + cell.extra for cell in row) for row in settled),
        _settled_columns(task, columns),
        tuple(map(tuple, settled)),
        tuple(lots),
    )


def _cell_claims(task: Task) -> list[Claim]:
    found = []
    for i, row in enumerate(task.rows):
        for j, unit in enumerate(task.units):
            part = task.exact[i][j] - floor(task.exact[i][j])
            if part:
                name = f"{task.id}|{unit.kind}:{unit.id}|{row.senior}"
                thing = Drawable(name, unit.id, f"{row.name}→{unit.name}", row.senior)
                found.append(Claim(i * len(task.units) + j, part, unit.basis, unit.is_rural, thing))
    return found


def _explained(task: Task, cells: dict[int, Decision]) -> dict[int, Decision]:
    """Of each cell passed over: whether its unit, or its senior school, had all its extra seats by then."""
    width, found = len(task.units), dict(cells)
    rows, columns = Counter[int](), Counter[int]()
    for place, decision in cells.items():
        rows[place // width] += decision.is_up
        columns[place % width] += decision.is_up
    for place, decision in sorted(cells.items(), key=lambda item: item[1].rank):
        row, column = divmod(place, width)
        if decision.is_up:
            rows[row] -= 1
            columns[column] -= 1
        elif decision.why != "passed_by_lot" and not (rows[row] and columns[column]):
            why: Why = "row_full" if columns[column] else "column_full"
            found[place] = Decision(decision.rank, False, why)
    return found


def _settled(task: Task, row: int, column: int, decision: Decision) -> Settled:
    why = decision.why if task.served[row][column] else "unserved"
    return Settled(task.exact[row][column], decision.rank, int(decision.is_up), 0, why)


def _settled_columns(task: Task, decisions: dict[int, Decision]) -> tuple[Settled, ...]:
    found = []
    for place in range(len(task.units)):
        decision = decisions.get(place, _NONE)
        found.append(Settled(task.column(place), decision.rank, int(decision.is_up), 0, decision.why))
    return tuple(found)


class _Counter:
    """Extra seats still to hand out, where nothing but their number limits them."""

    def __init__(self, spare: int) -> None:
        self.spare = spare

    def rewind(self) -> Callable[[], None]:
        kept = self.spare

        def restore() -> None:
            self.spare = kept

        return restore

    def take(self, _place: int) -> bool:
        self.spare -= 1
        return self.spare >= 0


def _dealt(task: Task, lot: Lot) -> Filled:
    total = sum(row.seats for row in task.rows)
    counter = _Counter(total - sum(floor(task.column(place)) for place in range(len(task.units))))
    decisions, lots = _hear_columns(task, counter.take, counter.rewind, lot)
    columns = _settled_columns(task, decisions)
    floors = [[floor(share) if task.fill == "floor_then_deal" else 0 for share in row] for row in task.exact]
    slots = [
        column.whole + column.extra - sum(row[place] for row in floors)
        for place, column in enumerate(columns)
    ]
    left = [row.seats - sum(floors[place]) for place, row in enumerate(task.rows)]
    dealt, drawn = deal_seats(task, left, slots, lot)
    cells = tuple(
        tuple(_dealt_cell(task, i, j, dealt[i][j]) for j in range(len(slots))) for i in range(len(left))
    )
    seats = tuple(
        tuple(whole + more for whole, more in zip(*pair, strict=True))
        for pair in zip(floors, dealt, strict=True)
    )
    return Filled(task, seats, columns, cells, (*lots, *drawn))


def _dealt_cell(task: Task, row: int, column: int, dealt: int) -> Settled:
    return Settled(task.exact[row][column], 0, 0, dealt, "dealt" if dealt else "whole")
