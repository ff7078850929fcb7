"""The checker on one published table: sums, floors and ceilings, and proof that no order was broken.

A table is right when whoever was passed over could not have been served without taking back a seat from somebody
earlier in the order. For columns and cells that is a search for an alternating path among later entries only; the
producer never makes this search.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.admissions.quota.check_order import (
    Draw,
    Place,
    cell_keys,
    column_keys,
    column_parts,
    lot_keys,
    same_number,
)
from junheng.admissions.quota.check_shares import Expected
from junheng.basics import Text

Json = Mapping[str, Any]


def check_table(table: Expected, told: Json, ties: Sequence[str], draw: Draw) -> Iterator[Text]:
    """Every way in which the published table ``told`` differs from what the rules demand of ``table``."""
    seats = _seats(table, told)
    if seats is None or len(told["columns"]) != len(table.parties):
        yield _text(table, "行列与规则不符", "rows or columns are not those of the rules")
        return
    for i, (senior, whole, _) in enumerate(table.rows):
        if sum(seats[i]) != whole or min(seats[i], default=0) < 0:
            yield _text(
                table, f"{senior} 一行合计不是 {whole}", f"the row of {senior} does not add up to {whole}"
            )
    yield from _columns(table, told, seats)
    if table.fill == "controlled":
        yield from _cells(table, told, seats)
        yield from _column_order(table, seats, ties, draw)
        yield from _cell_order(table, seats, ties, draw)
    else:
        yield from _plain_order(table, seats, ties, draw)
        yield from _deal(table, seats, draw)


def _text(table: Expected, zh: str, en: str) -> Text:
    return Text(f"{table.id}：{zh}", f"{table.id}: {en}")


def _seats(table: Expected, told: Json) -> list[list[int]] | None:
    """The published seats as a table; None when a cell is doubled, unknown or lacking."""
    rows = {senior: i for i, (senior, _, _) in enumerate(table.rows)}
    columns = {party.id: j for j, party in enumerate(table.parties)}
    found = [[0] * len(columns) for _ in rows]
    seen = set()
    for cell in told["cells"]:
        at = (rows.get(cell["senior"], -1), columns.get(cell["id"], -1))
        if min(at) < 0 or at in seen or not table.served[at[0]][at[1]]:
            return None
        seen.add(at)
        found[at[0]][at[1]] = cell["seats"]
    return found if len(seen) == sum(map(sum, table.served)) else None


def _columns(table: Expected, told: Json, seats: Sequence[Sequence[int]]) -> Iterator[Text]:
    for j, (share, column) in enumerate(zip(column_parts(table), told["columns"], strict=True)):
        name, total = table.parties[j].id, sum(row[j] for row in seats)
        if column["id"] != name or not same_number(column["exact"], share, table.under):
            yield _text(table, f"{name} 应得数不对", f"the exact share of {name} is wrong")
        if (
            total != column["seats"]
            or not 0 <= total * table.under - share + share % table.under <= table.under
        ):
            yield _text(
                table, f"{name} 合计不是应得数的取整", f"the total of {name} is neither floor nor ceiling"
            )
        if share % table.under == 0 and total * table.under != share:
            yield _text(table, f"{name} 应得整数却不等", f"{name} has a whole share and other seats")


def _cells(table: Expected, told: Json, seats: Sequence[Sequence[int]]) -> Iterator[Text]:
    places = {(cell["senior"], cell["id"]): cell for cell in told["cells"]}
    for i, (senior, _, _) in enumerate(table.rows):
        for j, party in enumerate(table.parties):
            if not table.served[i][j]:
                continue
            part, whole = table.parts[i][j], seats[i][j]
            if not same_number(places[senior, party.id]["exact"], part, table.under):
                yield _text(
                    table, f"{senior}–{party.id} 应得数不对", f"the share of {senior}–{party.id} is wrong"
                )
            if whole not in {part // table.under, -(-part // table.under)}:
                yield _text(
                    table,
                    f"{senior}–{party.id} 不是取整",
                    f"{senior}–{party.id} is neither floor nor ceiling",
                )


def _ranked(keys: Mapping[Place, tuple[int, ...]], table: Expected, draw: Draw) -> list[list[Place]]:
    """Places in order; those that nothing parts, the lot included, stand together."""
    lots = lot_keys(table, draw, list(keys))
    order = sorted(keys, key=lambda place: keys[place])
    found: list[list[Place]] = []
    for place in order:
        if found and keys[found[-1][0]] == keys[place]:
            found[-1].append(place)
        else:
            found.append([place])
    parted: list[list[Place]] = []
    for group in found:
        drawn = {place: lots[place] for place in group}
        if len(group) > 1 and None not in drawn.values():
            parted += [[place] for place in sorted(group, key=lambda place: drawn[place] or ())]
        else:
            parted.append(group)
    return parted


def _plain_order(
    table: Expected, seats: Sequence[Sequence[int]], ties: Sequence[str], draw: Draw
) -> Iterator[Text]:
    """Dealt tables: nothing but their number limits the extra seats, so nobody up may stand behind somebody down."""
    passed: Place | None = None
    for group in _ranked(column_keys(table, ties), table, draw):
        ups = [_column_up(table, seats, place[0]) for place in group]
        if passed is not None and any(ups):
            name = table.parties[passed[0]].id
            yield _text(table, f"{name} 在先却没有加", f"{name} came first and was passed over")
            return
        if any(ups) and not all(ups):
            yield _text(table, "次序相同而没有抽签", "equals were parted without a lot")
        if not all(ups):
            passed = group[0]


def _column_up(table: Expected, seats: Sequence[Sequence[int]], column: int) -> bool:
    share = sum(row[column] for row in table.parts)
    return sum(row[column] for row in seats) > share // table.under


def _states(table: Expected, seats: Sequence[Sequence[int]]) -> dict[Place, bool]:
    """Every cell with a fractional share: whether it went up."""
    return {
        (i, j): seats[i][j] > part // table.under
        for i, row in enumerate(table.parts)
        for j, part in enumerate(row)
        if part % table.under
    }


class _Graph:
    """Cells that may still be exchanged, as bit masks; filled from the last of the order backwards."""

    def __init__(self, height: int, width: int) -> None:
        self.up_rows, self.down_rows = [0] * width, [0] * width  # by column: rows whose cell is up, down
        self.up_columns, self.down_columns = [0] * height, [0] * height  # by row

    def add(self, place: Place, is_up: bool) -> None:
        i, j = place
        rows, columns = (self.up_rows, self.up_columns) if is_up else (self.down_rows, self.down_columns)
        rows[j] |= 1 << i
        columns[i] |= 1 << j

    def gains(self, column: int, givers: int) -> bool:
        """Whether ``column`` can have one more seat while some column of ``givers`` has one less."""
        reached, fresh = 1 << column, 1 << column
        while fresh:
            rows = _joined(self.down_rows, fresh)
            fresh = _joined(self.up_columns, rows) & ~reached
            if fresh & givers:
                return True
            reached |= fresh
        return False

    def exchanges(self, row: int, column: int) -> bool:
        """Whether the cell (row, column), now down, can go up with all sums kept."""
        reached, fresh = 1 << column, 1 << column
        while fresh:
            rows = _joined(self.up_rows, fresh)
            if rows >> row & 1:
                return True
            fresh = _joined(self.down_columns, rows) & ~reached
            reached |= fresh
        return False


def _joined(masks: Sequence[int], chosen: int) -> int:
    found = 0
    for place, mask in enumerate(masks):
        if chosen >> place & 1:
            found |= mask
    return found


def _column_order(
    table: Expected, seats: Sequence[Sequence[int]], ties: Sequence[str], draw: Draw
) -> Iterator[Text]:
    graph = _Graph(len(table.rows), len(table.parties))
    for place, is_up in _states(table, seats).items():
        graph.add(place, is_up)
    later = 0
    for group in reversed(_ranked(column_keys(table, ties), table, draw)):
        ups = {place[0]: _column_up(table, seats, place[0]) for place in group}
        later |= sum(1 << column for column, is_up in ups.items() if is_up)
        for column, is_up in ups.items():
            if not is_up and graph.gains(column, later):
                name = table.parties[column].id
                yield _text(
                    table,
                    f"{name} 本可加 1 个而被越过",
                    f"{name} could have had one more and was passed over",
                )


def _cell_order(
    table: Expected, seats: Sequence[Sequence[int]], ties: Sequence[str], draw: Draw
) -> Iterator[Text]:
    states, graph = _states(table, seats), _Graph(len(table.rows), len(table.parties))
    for group in reversed(_ranked(cell_keys(table, ties), table, draw)):
        for place in group:
            graph.add(place, states[place])
        for place in group:
            if not states[place] and graph.exchanges(*place):
                name = f"{table.rows[place[0]][0]}–{table.parties[place[1]].id}"
                yield _text(
                    table,
                    f"{name} 本可加 1 个而被越过",
                    f"{name} could have had one more and was passed over",
                )


def _deal(table: Expected, seats: Sequence[Sequence[int]], draw: Draw) -> Iterator[Text]:
    """The dealt seats drawn again from the published lot."""
    keep = table.fill == "floor_then_deal"
    floors = [[part // table.under if keep else 0 for part in row] for row in table.parts]
    left = [whole - sum(floors[i]) for i, (_, whole, _) in enumerate(table.rows)]
    slots = [sum(row[j] for row in seats) - sum(row[j] for row in floors) for j in range(len(table.parties))]
    names = [(i, number) for i, count in enumerate(left) for number in range(1, count + 1)]
    if sum(count > 0 for count in left) > 1 and sum(count > 0 for count in slots) > 1:
        keys = [_seat_key(table, draw, i, number) for i, number in names]
        if None in keys:
            yield _text(table, "随机分发没有抽签依据", "seats were dealt without a lot")
            return
        names = [name for _, name in sorted(zip(keys, names, strict=True), key=lambda pair: pair[0] or ())]
    expected, at = [row[:] for row in floors], 0
    for j in sorted(range(len(slots)), key=lambda place: table.parties[place].id):
        count = slots[j]
        for i, _ in names[at : at + max(count, 0)]:
            expected[i][j] += 1
        at += max(count, 0)
    if expected != [list(row) for row in seats]:
        yield _text(table, "随机分发与抽签结果不符", "the seats dealt are not those of the lot")


def _seat_key(table: Expected, draw: Draw, row: int, number: int) -> tuple[Any, ...] | None:
    senior = table.rows[row][0]
    return draw.key(f"{table.id}|seat|{senior}|{number}", f"{senior}#{number}", "")
