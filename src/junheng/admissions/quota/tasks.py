"""Laying out the tables: which senior schools share which table, and the exact share of every cell.

``separate``: a table per senior school. ``controlled``: one table, with holes where a school is not served. Dealt seats:
a table for each set of senior schools that serve the same schools, since any seat may then go to any place.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.admissions.quota.rules import Cells, MinimumRule, Rules, WholeSeats
from junheng.admissions.quota.shares import lifted, proportional
from junheng.admissions.quota.table import Row, Task, Unit

Mask = tuple[bool, ...]


def tasks(
    name: str,
    rows: Sequence[Row],
    units: Sequence[Unit],
    served: Sequence[Mask],
    rules: Rules,
    way: WholeSeats,
    minimum: MinimumRule | None = None,
) -> Iterator[Task]:
    """The tables of these senior schools and units, rows and units in the order of the sheets.

    ``served[i][j]``: whether senior school i serves unit j. Raises UserError where shares cannot be formed.
    """
    exact = _exact(rows, units, served, minimum)
    for id_, places in _groups(name, rows, served, way.cells):
        used = [place for place in range(len(units)) if way.cells == "controlled" or served[places[0]][place]]
        yield Task(
            id_,
            tuple(rows[i] for i in places),
            tuple(units[j] for j in used),
            tuple(tuple(served[i][j] for j in used) for i in places),
            tuple(tuple(exact[i][j] for j in used) for i in places),
            way.totals,
            way.cells if way.cells in ("deal", "floor_then_deal") else "controlled",
            way.correction,
            rules.ties,
        )


def _groups(
    name: str, rows: Sequence[Row], served: Sequence[Mask], cells: Cells
) -> list[tuple[str, list[int]]]:
    """The tables by name with the places of their rows."""
    if cells == "separate":
        return [(f"{name}:{row.senior}", [place]) for place, row in enumerate(rows)]
    if cells == "controlled":
        return [(name, list(range(len(rows))))] if rows else []
    blocks = _blocks(served)
    if len(blocks) == 1:
        return [(name, blocks[0])]
    # Named after a school, not after the order of rows: the name enters the lot.
    return [(f"{name}#{min(rows[i].senior for i in block)}", block) for block in blocks]


def _blocks(served: Sequence[Mask]) -> list[list[int]]:
    """Rows with the same mask together, in the order of first appearance."""
    found: dict[Mask, list[int]] = {}
    for place, mask in enumerate(served):
        found.setdefault(mask, []).append(place)
    return list(found.values())


def _exact(
    rows: Sequence[Row], units: Sequence[Unit], served: Sequence[Mask], minimum: MinimumRule | None
) -> list[tuple[Fraction, ...]]:
    plain = [
        proportional(Fraction(row.seats), units, mask, row.where or row.senior)
        for row, mask in zip(rows, served, strict=True)
    ]
    if minimum is None:
        return plain
    if minimum.of == "each":
        return [
            lifted(shares, _promised(units, mask, minimum), minimum.seats, row.where) if row.seats else shares
            for row, mask, shares in zip(rows, served, plain, strict=True)
        ]
    return _lifted_together(rows, units, served, plain, minimum)


def _promised(units: Sequence[Unit], mask: Mask, minimum: MinimumRule) -> list[int]:
    """Units with a basis, rural ones only where the promise says so; who has no graduates is promised nothing."""
    return [
        place
        for place, unit in enumerate(units)
        if mask[place] and unit.weight and (minimum.schools == "all" or unit.is_rural)
    ]


def _lifted_together(
    rows: Sequence[Row],
    units: Sequence[Unit],
    served: Sequence[Mask],
    plain: Sequence[tuple[Fraction, ...]],
    minimum: MinimumRule,
) -> list[tuple[Fraction, ...]]:
    """The promise on the total: within each set of senior schools serving the same units, lift the column sums and
    let every row follow them in proportion to its seats."""
    found = list(plain)
    for block in _blocks(served):
        seats = sum(rows[i].seats for i in block)
        if not seats:
            continue
        sums = tuple(sum((plain[i][j] for i in block), Fraction(0)) for j in range(len(units)))
        where = rows[block[0]].where
        raised = lifted(sums, _promised(units, served[block[0]], minimum), minimum.seats, where)
        for i in block:
            found[i] = tuple(share * rows[i].seats / seats for share in raised)
    return found
