"""Zones beside a trial: whose home lies where, in the zone of the school or not, item G13."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError
from junheng.cli.admit.decide import Decided

if TYPE_CHECKING:
    from junheng.admissions import InZone, ZoneMatch, ZoneTable
    from junheng.reports.admissions import ZoneFacts

_UNDECIDED = Text("无法判定", "cannot tell")
_SHOWN = 8  # faults of the table that the notes name


@dataclass(frozen=True)
class ZonesAsked:
    """The files given: zone table, the day that counts, and for eligibility the rule and the papers shown."""

    table: Path
    on: date | None
    eligibility: Path | None = None
    evidence: Path | None = None


def zone_facts(decided: Decided, asked: ZonesAsked) -> "ZoneFacts":
    """Every child's address against the zone table on a day, the in-zone share of every public school, eligibility.

    Addresses that cannot be told stay undecided and make the share an interval. Raises UserError for a table at
    fault or without a day.
    """
    from junheng.admissions import check_zone_table, match_address, read_zone_table
    from junheng.reports.admissions import ZoneFacts

    on = asked.on
    if on is None:
        raise UserError(
            Text("用 --zones 时请给出 --on 日期", "--zones needs --on, a day"),
            where="--on",
            why=Text("片区按日期生效和失效", "zones begin and end on days"),
            fix=Text("如 --on 2027-09-01", "such as --on 2027-09-01"),
        )
    schools = [school.id for school in decided.problem.schools]
    table = read_zone_table(asked.table, schools)
    if not table.rows:
        raise _no_zone(asked.table)
    addresses = addresses_of(decided)
    matches = {address: match_address(table, address, on) for address in set(addresses.values())}
    admitted = {leaf["pid"]: leaf["school"] for leaf in decided.outcome.leaves}
    children = [_row(pid, matches[address], admitted[pid]) for pid, address in addresses.items()]
    notes = [
        f"按 {on} 生效的片区；只看住址，不看其他证明材料。by the zones of {on}; addresses only, no other evidence.",
        "住址无法判定的不算在内也不算在外，比例因此是一个范围。what cannot be told makes the share an interval.",
        "G13 只算公办、非寄宿学校；民办学校不划片，不列。G13 counts public schools without boarding; private ones have no zone.",
        *(f"片区表：{fault.what.zh}（{fault.where}）" for fault in check_zone_table(table)[:_SHOWN]),
    ]
    shares = _shares(decided, table, addresses, admitted, on)
    return ZoneFacts(
        children, [share_row(counts) for counts in shares], notes, _eligibility(decided, table, asked, on)
    )


def _no_zone(table: Path) -> UserError:
    return UserError(
        Text("片区表没有一行数据", "the zone table has no rows"),
        where=table.name,
        why=Text("没有片区就判不出谁就近入学", "without zones nobody's place can be judged"),
        fix=Text("请填写片区表，或去掉 --zones", "fill in the zone table, or leave --zones out"),
    )


def _eligibility(
    decided: Decided, table: "ZoneTable", asked: ZonesAsked, on: date
) -> Sequence[tuple[str, str, str, str, str, str]]:
    from junheng.admissions import read_eligibility_rule
    from junheng.cli.admit.evidence import eligibility_rows, read_evidence

    if asked.eligibility is None and asked.evidence is None:
        return ()
    if asked.eligibility is None or asked.evidence is None:
        raise UserError(
            Text("--eligibility 与 --evidence 要一起给出", "--eligibility and --evidence go together"),
            where="--eligibility, --evidence",
            why=Text("资格由材料对照规则得出", "papers are held against the rule"),
            fix=Text("样例见 examples/admission/eligibility.yaml", "see examples/admission/eligibility.yaml"),
        )
    rule = read_eligibility_rule(asked.eligibility)
    return eligibility_rows(decided, table, rule, read_evidence(asked.evidence, rule), on)


def addresses_of(decided: Decided) -> dict[str, str]:
    """The home address of every child by pid, blank where none is given; in the order of the files."""
    by_number = {child.number: child.cell("address") for child in decided.asked.applications.children}
    numbers = {names.get("id_number", ""): pid for pid, names in decided.roll.names.items()}
    return {numbers[number]: address for number, address in by_number.items()}


def _row(pid: str, match: "ZoneMatch", school: str) -> tuple[str, str, str, str, str]:
    words = _UNDECIDED
    if match.state == "outside":
        words = Text("不在片区表内", "outside")
    elif match.state == "matched":
        words = Text("片区内", "in zone") if school in match.schools else Text("片区外", "out of zone")
        words = words if school else Text("未录取", "no seat")
    return pid, match.zone, "、".join(match.schools), words.zh, match.reason.zh


def _shares(
    decided: Decided, table: "ZoneTable", addresses: dict[str, str], admitted: dict[str, str], on: date
) -> "Sequence[InZone]":
    from junheng.admissions import Resident, in_zone_counts

    stage = decided.asked.intake.stage
    public = {school.id for school in decided.problem.schools if school.ownership == "public"}
    residents = [
        Resident(admitted[pid], stage, home) for pid, home in addresses.items() if admitted[pid] in public
    ]
    return in_zone_counts(table, residents, on)


def share_row(counts: "InZone") -> tuple[str, int, int, int, int, float, float]:
    """One school's counts and the least and largest share of children in its zone, in per cent."""
    least, most = counts.bounds
    undecided = sum(counts.undecided.values())
    return (
        counts.school_id, counts.pupils, counts.in_zone, counts.outside, undecided,
        100 * least / counts.pupils, 100 * most / counts.pupils,
    )  # fmt: skip
