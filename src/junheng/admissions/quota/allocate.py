"""Sharing out all seats of a year: quotas, direct seats, districts, schools, packs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.admissions.quota.fill import fill_table
from junheng.admissions.quota.lot import Lot
from junheng.admissions.quota.problem import Junior, QuotaInput, Senior
from junheng.admissions.quota.quotas import DirectSeats, Quota, direct_seats, quotas
from junheng.admissions.quota.rules import Rules, WholeSeats
from junheng.admissions.quota.table import Filled, Row, Unit, UnitKind
from junheng.admissions.quota.tasks import tasks
from junheng.admissions.quota.units import district_units, receivers, school_unit, serves
from junheng.basics import Text, UserError

INSIDE_PACKS = WholeSeats(totals="largest_remainder", cells="controlled")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """The seats of one senior school at one junior school (or pack open to all its members' pupils)."""

    senior: str
    kind: UnitKind
    id: str
    name: str
    district: str
    is_rural: bool | None
    direct: int
    general: int

    @property
    def seats(self) -> int:
        """Direct and general seats together."""
        return self.direct + self.general


@dataclass(frozen=True, slots=True)
class Allocation:
    """All seats of a year, and every table on the way to them."""

    given: QuotaInput
    rules: Rules
    lot: Lot
    quotas: tuple[Quota, ...]
    direct: tuple[DirectSeats, ...]
    tables: tuple[Filled, ...]
    seats: tuple[SeatRow, ...]


def allocate(given: QuotaInput, rules: Rules, lot: Lot) -> Allocation:
    """Share out the seats of every senior school by ``rules``; exact, and the same every time.

    Raises UserError for a blank the rules depend on, a promise that cannot be kept, and a tie without a lot.
    """
    _require_levels(given, rules)
    direct = direct_seats(given, rules.direct)
    _require_reachable(given, rules, direct)
    found = quotas(given, rules, direct)
    rows = [
        Row(senior.id, senior.name, quota.general, place, senior.where)
        for place, (senior, quota) in enumerate(zip(given.seniors, found, strict=True))
    ]
    tables = list(_tables(given, rules, rows, lot))
    if rules.packs.inside == "largest_remainder":
        tables += list(_inside_packs(given, rules, rows, tables, lot))
    return Allocation(
        given, rules, lot, found, direct, tuple(tables), tuple(_seat_rows(given, rules, tables, direct))
    )


def _require_reachable(given: QuotaInput, rules: Rules, direct: Sequence[DirectSeats]) -> None:
    """In an open pack all pupils compete for the pack's seats: direct seats of one member would be nobody's."""
    packed = {junior.id: junior for junior in given.juniors if junior.pack and rules.packs.inside == "open"}
    for row in direct:
        if row.junior in packed:
            junior = packed[row.junior]
            raise UserError(
                Text(
                    f"{junior.name} 有集团内直接分配的指标，又在共同竞争的合并组 {junior.pack} 中",
                    f"{junior.name} has direct seats and is in the open pack {junior.pack}",
                ),
                where=junior.where,
                why=Text("直接分配的名额没有人能用", "nobody could use the direct seats"),
                fix=Text("请移出合并组，或用 packs: inside: largest_remainder", "take it out of the pack"),
            )


def _require_levels(given: QuotaInput, rules: Rules) -> None:
    """Two levels need to know whose every school is. Raises UserError at the first blank."""
    if rules.levels == 1:
        return
    blanks = [(row.name, row.where, "层级", "level") for row in given.seniors if row.level is None]
    blanks += [(row.name, row.where, "区县", "district") for row in given.juniors if not row.district]
    for name, where, zh, en in blanks[:1]:
        raise UserError(
            Text(f"{name} 没有填{zh}", f"{name}: the {en} is blank"),
            where=where,
            why=Text(
                "规则分两级分配，先到区县再到学校", "the rules share out to districts first, then to schools"
            ),
            fix=Text("请补填", "fill it in"),
        )


def _tables(given: QuotaInput, rules: Rules, rows: Sequence[Row], lot: Lot) -> Iterator[Filled]:
    """One level: the schools. Two levels: districts for city schools, then each district's schools; then the rest."""
    upper = [row for row in rows if rules.levels == 2 and given.seniors[row.place].level == "city"]
    if upper and rules.districts is not None:
        districts = district_units(given.juniors, rules)
        served = [
            tuple(not senior.districts or unit.id in senior.districts for unit in districts)
            for senior in (given.seniors[row.place] for row in upper)
        ]
        first = [
            fill_table(task, lot)
            for task in tasks("districts", upper, districts, served, rules, rules.districts)
        ]
        yield from first
        for unit in districts:
            yield from _district(given, rules, unit.id, upper, first, lot)
    lower = [row for row in rows if row not in upper]
    yield from _schools("schools", given.juniors, given.seniors, lower, rules, lot)


def _district(
    given: QuotaInput, rules: Rules, district: str, upper: Sequence[Row], first: Sequence[Filled], lot: Lot
) -> Iterator[Filled]:
    """The seats of the city's schools that came to this district, shared out among its junior schools."""
    rows = [
        Row(row.senior, row.name, _came(first, row.senior, district), row.place, row.where) for row in upper
    ]
    inside = [junior for junior in given.juniors if junior.district == district]
    yield from _schools(
        f"city:{district}", inside, given.seniors, [row for row in rows if row.seats], rules, lot
    )


def _came(tables: Sequence[Filled], senior: str, unit: str) -> int:
    return sum(
        table.seats[i][j]
        for table in tables
        for i, row in enumerate(table.task.rows)
        if row.senior == senior
        for j, found in enumerate(table.task.units)
        if found.id == unit
    )


def _schools(
    name: str,
    juniors: Sequence[Junior],
    seniors: Sequence[Senior],
    rows: Sequence[Row],
    rules: Rules,
    lot: Lot,
) -> Iterator[Filled]:
    units = receivers(juniors, rules)
    place = {junior.pack or junior.id: junior for junior in reversed(juniors)}
    served = [tuple(serves(seniors[row.place], place[unit.id]) for unit in units) for row in rows]
    for task in tasks(name, rows, units, served, rules, rules.schools, rules.minimum):
        yield fill_table(task, lot)


def _inside_packs(
    given: QuotaInput, rules: Rules, rows: Sequence[Row], tables: Sequence[Filled], lot: Lot
) -> Iterator[Filled]:
    for pack in dict.fromkeys(junior.pack for junior in given.juniors if junior.pack):
        members: list[Unit] = [school_unit(junior, rules) for junior in given.juniors if junior.pack == pack]
        having = [
            Row(row.senior, row.name, seats, row.place, row.where)
            for row in rows
            if (seats := _of_pack(tables, row.senior, pack))
        ]
        served = [tuple(True for _ in members) for _ in having]
        for task in tasks(f"pack:{pack}", having, members, served, rules, INSIDE_PACKS):
            yield fill_table(task, lot)


def _of_pack(tables: Sequence[Filled], senior: str, pack: str) -> int:
    packs = [table for table in tables if table.task.id.split(":")[0] != "pack"]
    return sum(
        table.seats[i][j]
        for table in packs
        for i, row in enumerate(table.task.rows)
        if row.senior == senior
        for j, unit in enumerate(table.task.units)
        if (unit.kind, unit.id) == ("pack", pack)
    )


def _seat_rows(
    given: QuotaInput, rules: Rules, tables: Sequence[Filled], direct: Sequence[DirectSeats]
) -> Iterator[SeatRow]:
    """Every senior school with every school it serves, zeros included; open packs after the schools."""
    general = _general(tables)
    straight = {(row.senior, row.junior): row.seats for row in direct}
    is_open = rules.packs.inside == "open"
    packs = {junior.pack: junior for junior in reversed(given.juniors) if junior.pack and is_open}
    for senior in given.seniors:
        for junior in (
            found for found in given.juniors if serves(senior, found) or (senior.id, found.id) in straight
        ):
            own, more = (
                straight.get((senior.id, junior.id), 0),
                general.get((senior.id, "school", junior.id), 0),
            )
            if junior.pack and is_open and not own:
                continue  # its seats are the pack's
            yield SeatRow(
                senior.id, "school", junior.id, junior.name, junior.district, junior.is_rural, own, more
            )
        for pack, junior in sorted(packs.items(), key=lambda entry: given.juniors.index(entry[1])):
            if serves(senior, junior):
                rural = _all_rural([found for found in given.juniors if found.pack == pack])
                seats = general.get((senior.id, "pack", pack), 0)
                yield SeatRow(senior.id, "pack", pack, pack, junior.district, rural, 0, seats)


def _general(tables: Sequence[Filled]) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for table in tables:
        for i, row in enumerate(table.task.rows):
            for j, unit in enumerate(table.task.units):
                key = (row.senior, unit.kind, unit.id)
                found[key] = found.get(key, 0) + table.seats[i][j]
    return found


def _all_rural(members: Sequence[Junior]) -> bool | None:
    facts = {junior.is_rural for junior in members}
    return facts.pop() if len(facts) == 1 else None
