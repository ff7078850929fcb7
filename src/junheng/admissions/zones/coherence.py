"""Faults of a zone table as a whole: overlaps, holes, zones that lapse, zones whose schools differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from junheng.admissions.zones.table import ZoneRow, ZoneTable, by_zone, pairs
from junheng.basics import Text

_ENDLESS = 10**9  # no road has as many houses
Kind = Literal["overlap", "hole", "lapse", "schools_differ"]


@dataclass(frozen=True, slots=True)
class ZoneFault:
    """One fault; ``rows`` are the rows concerned, with file, sheet and row."""

    kind: Kind
    what: Text
    rows: tuple[ZoneRow, ...]

    @property
    def where(self) -> str:
        """The places of the rows."""
        return "; ".join(str(row.place) for row in self.rows)


def check_zone_table(table: ZoneTable) -> list[ZoneFault]:
    """Every overlap, hole, lapse and contradiction, in the order of the table.

    Holes are looked for on every day on which something begins or ends, between the lowest and the highest number of a
    road's side; beyond them the road may belong to somebody else.
    """
    found = [*_overlaps(table), *_schools_differ(table)]
    told: set[tuple[str, ...]] = set()
    for day in sorted({row.valid_from for row in table.rows}):
        for fault in _holes(table.on(day), day):
            key = (fault.what.zh.split("：")[-1], fault.where)
            if key not in told:
                told.add(key)
                found.append(fault)
    return [*found, *_lapses(table)]


def _overlaps(table: ZoneTable) -> Iterator[ZoneFault]:
    for first, second in _neighbours(table):
        if first.zone == second.zone:
            continue
        if first.community:
            shared = first.community
        elif set(first.units) & set(second.units):
            number = _common_number(first, second)
            shared = f"{first.road} {number} 号" if number is not None else ""
        else:
            shared = ""
        if shared:
            yield ZoneFault(
                "overlap",
                Text(
                    f"{shared}同属 {first.zone} 和 {second.zone}",
                    f"{shared} is in {first.zone} and in {second.zone}",
                ),
                (first, second),
            )


def _neighbours(table: ZoneTable) -> Iterator[tuple[ZoneRow, ZoneRow]]:
    """Rows of the same road or community that hold on a common day."""
    groups: dict[tuple[str, str], list[ZoneRow]] = {}
    for row in table.rows:
        groups.setdefault((row.road, row.community), []).append(row)
    for members in groups.values():
        for first, second in pairs(members):
            if not first.town or not second.town or first.town == second.town:
                yield first, second


def _common_number(first: ZoneRow, second: ZoneRow) -> int | None:
    """The lowest number that both ranges have; None when there is none."""
    start = max(first.first or 1, second.first or 1)
    for number in (start, start + 1):  # one odd, one even
        if first.has_number(number) and second.has_number(number):
            return number
    return None


def _schools_differ(table: ZoneTable) -> Iterator[ZoneFault]:
    for zone, rows in by_zone(table.rows).items():
        for first, second in pairs(rows):
            if set(first.schools) != set(second.schools):
                what = Text(f"片区 {zone} 各行的学校不同", f"the rows of zone {zone} name different schools")
                yield ZoneFault("schools_differ", what, (first, second))
                break


def _holes(rows: Sequence[ZoneRow], day: date) -> Iterator[ZoneFault]:
    roads: dict[tuple[str, str, str], list[ZoneRow]] = {}
    for row in rows:
        for unit in row.units if row.road else ():
            roads.setdefault((row.town, row.road, unit), []).append(row)
    for (town, road, _), members in roads.items():
        for odd in (1, 0):
            yield from _holes_of_side(f"{town}{road}", odd, members, day)


def _holes_of_side(road: str, odd: int, rows: Sequence[ZoneRow], day: date) -> Iterator[ZoneFault]:
    """Numbers of one parity between two ranges that no range has."""
    spans = sorted((span for row in rows if (span := _span(row, odd))), key=lambda span: (span[0], span[1]))
    if not spans:
        return
    _, reached, before = spans[0]
    for first, last, row in spans[1:]:
        if first > reached + 2:
            word = Text("单号", "odd") if odd else Text("双号", "even")
            what = Text(
                f"{day} 起有空缺：{road} {reached + 2}–{first - 2} {word.zh}",
                f"hole from {day} on: {road} {reached + 2}–{first - 2} {word.en}",
            )
            yield ZoneFault("hole", what, (before, row))
        if last > reached:
            reached, before = last, row


def _span(row: ZoneRow, odd: int) -> tuple[int, int, ZoneRow] | None:
    """The first and last number of this parity in the row's range; None when it has none."""
    if row.side not in ("all", "odd" if odd else "even"):
        return None
    first = row.first if row.first is not None else 1
    first += (first % 2) != odd
    last = _ENDLESS if row.last is None else row.last
    last -= (last % 2) != odd
    return (first, last, row) if first <= last else None


def _lapses(table: ZoneTable) -> Iterator[ZoneFault]:
    """Rows that end while nothing of the same road or community takes their place the next day."""
    for row in table.rows:
        if row.valid_to is None:
            continue
        after = table.on(row.valid_to + timedelta(days=1))
        heirs = [other for other in after if (other.road, other.community) == (row.road, row.community)]
        if not any(_reaches(other, row) for other in heirs):
            what = Text(
                f"“{row.words}”{row.valid_to} 失效后没有接续",
                f"nothing follows {row.words} after {row.valid_to}",
            )
            yield ZoneFault("lapse", what, (row,))


def _reaches(heir: ZoneRow, row: ZoneRow) -> bool:
    return bool(row.community) or _common_number(heir, row) is not None
