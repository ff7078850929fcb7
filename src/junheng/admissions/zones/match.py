"""An address against the zone table: its zone, outside, or why it cannot be told. Never a guess."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from junheng.admissions.zones.address import Door, clean_address, door_at
from junheng.admissions.zones.table import ZoneRow, ZoneTable
from junheng.basics import Text, nearest

State = Literal["matched", "outside", "cannot_tell"]

# What may end just before a road or community: a higher place, or a sign.
_BOUNDARY = re.compile(r"(?:^|[省市区县旗盟州镇乡村]|街道|社区|办事处|苏木|团场|[,，、;；:：()（）])$")
_ROAD_SIGNS = "路街巷道弄桥"


@dataclass(frozen=True, slots=True)
class ZoneMatch:
    """What was found. ``zone`` and ``schools`` are set only when matched; ``rows`` are those the reason speaks of."""

    state: State
    reason: Text
    zone: str = ""
    schools: tuple[str, ...] = ()
    rows: tuple[ZoneRow, ...] = ()


def match_address(table: ZoneTable, address: str, on: date) -> ZoneMatch:
    """The zone of ``address`` on a day.

    ``outside``: the road is in the table and its ranges end before the number. ``cannot_tell``: no number, unknown
    road, a place name nobody declared, rows that contradict each other, a hole between ranges, a door that the table
    does not speak of (甲12号, a lane where houses are listed), or a road that two towns have.
    """
    text = clean_address(address)
    if not text:
        return _unknown("没有地址", "no address")
    rows = table.on(on)
    if not rows:
        return _unknown(f"{on} 没有生效的片区", f"no zone is in force on {on}")
    named = [row for row in rows if row.community and _stands_in(table, text, row.community)]
    longest = max((len(row.community) for row in named), default=0)
    found = [row for row in named if len(row.community) == longest]
    roads = _roads(table, text, rows)
    if len({road for road, _ in roads}) > 1:
        return _unknown("地址中有两条路", "the address names two roads")
    if not roads:
        return _decided(table, found, on) if found else _no_road(table, text, rows)
    return _on_road(table, text, roads[0], rows, found, on)


def _stands_in(table: ZoneTable, text: str, name: str) -> bool:
    return next(iter(_occurrences(table, text, name)), None) is not None


def _occurrences(table: ZoneTable, text: str, name: str) -> Iterable[int]:
    """The ends of ``name`` in ``text`` where it begins as a word and does not go on as the name of a road."""
    for match in re.finditer(re.escape(name), text):
        before = text[: match.start()]
        known = (*table.towns, *table.places)
        begins = bool(_BOUNDARY.search(before)) or any(before.endswith(place) for place in known)
        if begins and text[match.end() : match.end() + 1] not in set(_ROAD_SIGNS):
            yield match.end()


def _roads(table: ZoneTable, text: str, rows: Sequence[ZoneRow]) -> list[tuple[str, Door | None]]:
    """The table's roads that stand in the address, each with the door behind it."""
    names = {row.road for row in rows if row.road}
    return [(name, door_at(text, end)) for name in sorted(names) for end in _occurrences(table, text, name)]


def _no_road(table: ZoneTable, text: str, rows: Sequence[ZoneRow]) -> ZoneMatch:
    inside = sorted({row.road for row in rows if row.road and row.road in text})
    if inside:
        before = text[: text.index(inside[0])]
        return _unknown(
            f"“{inside[0]}”前的“{before}”不是已知地名，可能是另一条路",
            f"“{before}” before {inside[0]} is no known place: it may be another road",
        )
    near = nearest(re.split(r"[\d号弄]", text)[0], {row.road or row.community for row in rows})
    hint = Text(f"，最接近的是“{near}”", f", the nearest is {near}") if near else Text("", "")
    return _unknown(f"片区表中没有这条路或社区{hint.zh}", f"no such road or community in the table{hint.en}")


def _on_road(
    table: ZoneTable,
    text: str,
    road: tuple[str, Door | None],
    rows: Sequence[ZoneRow],
    named: Sequence[ZoneRow],
    on: date,
) -> ZoneMatch:
    name, door = road
    here = _of_town(table, text, [row for row in rows if row.road == name])
    if here is None:
        return _unknown(
            f"“{name}”在几个镇街都有，地址未写镇街", f"several towns have a {name}; the address names none"
        )
    if not here:
        return _unknown(f"片区表中没有该镇街的“{name}”", f"the table has no {name} in that town")
    if door is None:
        if named and {row.zone for row in here} <= {row.zone for row in named}:
            return _decided(table, named, on)
        return _unknown(f"“{name}”后没有可识别的门牌号", f"no house number can be read after {name}")
    numbers = _readings(table, door)
    if numbers is None:
        return _unknown(
            f"“{door.number}号”的附号“{door.mark}”，片区表没有说明是否随主号",
            f"the table does not say whether door {door.mark} goes with number {door.number}",
        )
    hits = [[row for row in here if door.unit in row.units and row.has_number(number)] for number in numbers]
    if not any(hits):
        return _decided(table, named, on) if named else _uncovered(here, numbers[0], door)
    together = [*named, *(row for found in hits for row in found)]
    if len(numbers) > 1 and (not all(hits) or len({row.zone for row in together}) > 1):
        return _unknown(
            f"“{door.number}{door.mark}号”可能是几个门牌，不都在同一片区",
            f"{door.number}{door.mark} may be several houses, not all of one zone",
            together,
        )
    return _decided(table, together, on)


def _of_town(table: ZoneTable, text: str, rows: Sequence[ZoneRow]) -> list[ZoneRow] | None:
    """The rows of the town the address names; None when several towns are possible."""
    named = [town for town in table.towns if _stands_in(table, text, town)]
    fitting = [row for row in rows if not row.town or row.town in named]
    if named and fitting:
        return fitting
    return list(rows) if len({row.town for row in rows}) == 1 and not named else (None if not named else [])


def _readings(table: ZoneTable, door: Door) -> list[int] | None:
    """The numbers a door may mean, all of which must lie in one zone; None when the table does not cover marks."""
    if not door.mark:
        return [door.number]
    if table.marked_follow is not True:
        return None
    if door.until is None:
        return [door.number]
    step = 2 if (door.until - door.number) % 2 == 0 else 1  # a house on one side of the road spans 12, 14, 16
    return list(range(door.number, door.until + 1, step))


def _uncovered(here: Sequence[ZoneRow], number: int, door: Door) -> ZoneMatch:
    """A number on a known road that no row has: beyond all ranges of its side, or in a hole of the table."""
    kind = Text("弄", "lane") if door.unit == "lane" else Text("号", "house")
    rows = [row for row in here if door.unit in row.units]
    other = [row for row in here if row not in rows and row.has_number(number)]
    if other:
        return _unknown(
            f"片区表在这一段只列了另一类号码，没有列{kind.zh}",
            f"the table lists the other kind of number here, no {kind.en}",
            other,
        )
    side = [row for row in rows if row.side in ("all", "odd" if number % 2 else "even")]
    beyond = all(row.last is not None and row.last < number for row in side)
    before = all(row.first is not None and row.first > number for row in side)
    if side and (beyond or before):
        return ZoneMatch(
            "outside",
            Text(f"{number}{kind.zh}在片区表所列范围之外", f"number {number} lies beyond the listed ranges"),
            rows=tuple(side),
        )
    return _unknown(
        f"{number}{kind.zh}不在任何一段，片区表有空缺",
        f"no range has number {number}: the table has a hole",
        rows,
    )


def _decided(table: ZoneTable, rows: Sequence[ZoneRow], on: date) -> ZoneMatch:
    zones = list(dict.fromkeys(row.zone for row in rows))
    if len(zones) > 1:
        zh = "、".join(f"{row.zone}（{row.place}）" for row in rows)
        en = ", ".join(f"{row.zone} ({row.place})" for row in rows)
        return _unknown(f"片区表互相矛盾：{zh}", f"the table contradicts itself: {en}", rows)
    first = rows[0]
    reason = Text(f"属于“{first.words}”，片区 {first.zone}", f"within {first.words}, zone {first.zone}")
    return ZoneMatch("matched", reason, first.zone, table.schools_of(first.zone, on), tuple(rows))


def _unknown(zh: str, en: str, rows: Sequence[ZoneRow] = ()) -> ZoneMatch:
    return ZoneMatch("cannot_tell", Text(zh, en), rows=tuple(rows))
