"""The schools of a draw from a workbook: plan, ownership, stages, and the pools of reserved seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.admissions.sheets import form, read_sheets
from junheng.basics import Text, UserError
from junheng.data.books import Fault, Record, listed, read_records, refused

ONLY_POOL = "all"
ONLY_STAGE = "main"


@dataclass(frozen=True, slots=True)
class SchoolList:
    """The parts ``schools`` and ``stages`` of a problem (docs/method/admission.md)."""

    schools: tuple[Mapping[str, Any], ...]
    stages: tuple[Mapping[str, Any], ...]

    def as_problem(self, rest: Mapping[str, Any]) -> dict[str, Any]:
        """The problem that these schools and the rest of the rule make."""
        return {**rest, "schools": [dict(s) for s in self.schools], "stages": [dict(s) for s in self.stages]}


def read_schools(path: Path) -> SchoolList:
    """The schools in the workbook ``path``: a sheet of schools (学校) and, where seats are reserved, one of pools (名额池).

    A school without pools has one, for everybody. Raises UserError listing every row at fault: blank or repeated
    codes, plans that are no whole numbers, pools of unknown schools, pools that do not add up to the plan.
    """
    faults: list[Fault] = []
    schools: list[Record] = []
    pools: list[Record] = []
    found = False
    for sheet in read_sheets(path):
        of_schools = read_records(sheet, form("school"), faults)
        of_pools = read_records(sheet, form("pool"), faults) if of_schools is None else None
        found = found or of_schools is not None
        schools += of_schools or []
        pools += of_pools or []
    if not found:
        raise UserError(
            Text("没有找到学校名单", "no list of schools found"),
            where=path.name,
            fix=Text(
                "标题行要有 学校代码、学校名称、办学性质、招生计划",
                "the heading row needs 学校代码, 学校名称, 办学性质, 招生计划",
            ),
        )
    faults += _repeated(schools) + _strange(schools, pools)
    entries = [_school(school, pools, faults) for school in schools]
    stages = _stages(schools, faults)
    if faults:
        raise refused(Text("学校名单有问题", "the list of schools has faults"), faults)
    return SchoolList(tuple(entries), stages)


def whole_number(record: Record, column: str, faults: list[Fault]) -> int:
    """A cell that must hold a whole number from 0; a fault is added and 0 returned when it does not."""
    text = record.cell(column)
    if text.isascii() and text.isdigit():
        return int(text)
    if text:
        what = Text(f"“{text}”不是整数", f"“{text}” is no whole number")
        faults.append(
            Fault("not_whole", record.at(column), what, Text("请填 0 或正整数", "write a whole number"))
        )
    return 0


def _school(record: Record, pools: Sequence[Record], faults: list[Fault]) -> dict[str, Any]:
    plan = whole_number(record, "plan", faults)
    own = [_pool(pool, faults) for pool in pools if pool.cell("school") == record.cell("id")]
    seats = sum(pool["seats"] for pool in own)
    if own and seats != plan:
        what = Text(
            f"各名额池共 {seats} 个，计划 {plan} 个，二者不等",
            f"the pools hold {seats} seats, the plan {plan}",
        )
        faults.append(Fault("pools", record.at("plan"), what, Text("请核对名额池", "check the pools")))
    only = {"id": ONLY_POOL, "seats": plan, "classes": [], "unfilled": "next"}
    return {
        "id": record.cell("id"),
        "name": record.cell("name"),
        "ownership": record.cell("ownership"),
        "plan": plan,
        "pools": own or [only],
    }


def _pool(record: Record, faults: list[Fault]) -> dict[str, Any]:
    codes = listed(record.cell("classes"))
    wrong = [code for code in codes if not (code.isascii() and code.isdigit())]
    if wrong:
        what = Text(f"“{wrong[0]}”不是类别代码", f"“{wrong[0]}” is no class code")
        fix = Text("请写类别代码，用顿号分开", "write class codes with 、 between them")
        faults.append(Fault("no_class", record.at("classes"), what, fix))
    return {
        "id": record.cell("id"),
        "seats": whole_number(record, "seats", faults),
        "classes": [int(code) for code in codes if code not in wrong],
        "unfilled": record.cell("unfilled") or "next",
    }


def _repeated(schools: Sequence[Record]) -> list[Fault]:
    seen: dict[str, Record] = {}
    faults = []
    for record in schools:
        first = seen.setdefault(record.cell("id"), record)
        if first is not record and record.cell("id"):
            what = Text(f"学校代码与 {first.place} 相同", f"the same code as in {first.place}")
            faults.append(Fault("twice", record.at("id"), what, Text("请改正代码", "mend the code")))
    return faults


def _strange(schools: Sequence[Record], pools: Sequence[Record]) -> list[Fault]:
    known = {record.cell("id") for record in schools}
    return [
        Fault(
            "no_school",
            pool.at("school"),
            Text(f"名单中没有学校“{pool.cell('school')}”", f"no school “{pool.cell('school')}” in the list"),
            Text("请改正代码", "mend the code"),
        )
        for pool in pools
        if pool.cell("school") and pool.cell("school") not in known
    ]


def _stages(schools: Sequence[Record], faults: list[Fault]) -> tuple[Mapping[str, Any], ...]:
    """Stages by their order number, else by first appearance; one stage where none is named."""
    stages: dict[str, list[str]] = {}
    orders: dict[str, int] = {}
    for record in schools:
        name = record.cell("stage") or ONLY_STAGE
        stages.setdefault(name, []).append(record.cell("id"))
        if record.cell("stage_order"):
            order = whole_number(record, "stage_order", faults)
            if orders.setdefault(name, order) != order:
                what = Text(f"批次“{name}”有两个次序", f"stage {name} has two orders")
                faults.append(
                    Fault("two_orders", record.at("stage_order"), what, Text("请统一", "make them equal"))
                )
    if orders and len(orders) < len(stages):
        missing = next(name for name in stages if name not in orders)
        what = Text(f"批次“{missing}”没有次序，别的批次有", f"stage {missing} has no order, others have")
        place = next(record for record in schools if (record.cell("stage") or ONLY_STAGE) == missing)
        faults.append(Fault("no_order", place.at("stage_order"), what, Text("请补填", "fill it in")))
    names = sorted(stages, key=lambda name: orders.get(name, 0))
    return tuple({"id": name, "schools": stages[name]} for name in names)
