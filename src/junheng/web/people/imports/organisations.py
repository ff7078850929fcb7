"""Organisations of a workbook against those there are: planned, then written in a few statements."""

from collections.abc import Iterable
from typing import Any

from junheng.basics import Text
from junheng.web.people.imports.plan import MAKE, Plan, Step
from junheng.web.people.imports.reading import Line, Table
from junheng.web.people.models import Organisation, OrganisationCode
from junheng.web.people.roles import ABOVE, Kind

_BATCH = 500
_YEARS = range(1949, 2101)
_ALWAYS = 9999  # the last year of a code without one


def holders(codes: Iterable[str]) -> dict[str, list[OrganisationCode]]:
    """Who has or had each code, the latest first."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, list[OrganisationCode]] = {}
    for start in range(0, len(wanted), _BATCH):
        rows = OrganisationCode.objects.filter(code__in=wanted[start : start + _BATCH])
        for row in rows.select_related("organisation__parent").order_by("-first_year"):
            found.setdefault(row.code, []).append(row)
    return found


def plan_organisations(place: Organisation, table: Table) -> Plan:
    """What the rows would do below ``place``."""
    known = holders(
        [line.cells[key] for line in table.lines for key in ("code", "parent") if line.cells[key]]
    )
    plan, mine = Plan(), {line.cells["code"]: line for line in reversed(table.lines)}
    spans: dict[str, list[tuple[int, int]]] = {}
    for line in table.lines:
        years = _years(table, line)
        if years is None or "kind" not in line.choices or not line.cells["code"] or not line.cells["name"]:
            continue
        if len(line.cells["name"]) > 100 or len(line.cells["code"]) > 20:
            table.fault(
                line, "name", Text("名称超过 100 字或代码超过 20 位", "name over 100 or code over 20 signs")
            )
            continue
        taken = spans.setdefault(line.cells["code"], [])
        if any(first <= years[1] and last >= years[0] for first, last in taken):
            table.fault(line, "code", Text("代码在本表中重复", "the code stands twice in this sheet"))
            continue
        taken.append(years)
        parent = _parent(place, table, line, known, mine)
        if parent is not None:
            _step(plan, place, table, line, years, parent, known.get(line.cells["code"], []))
    plan.faults = table.faults
    return plan


def _years(table: Table, line: Line) -> tuple[int, int] | None:
    found = []
    for key, absent in (("first", None), ("last", _ALWAYS)):
        text = line.cells[key]
        if not text and absent is not None:
            found.append(absent)
        elif text.isascii() and text.isdigit() and int(text) in _YEARS:
            found.append(int(text))
        elif text:
            table.fault(line, key, Text("不是 1949—2100 的年份", "no year between 1949 and 2100"))
    if len(found) < 2:
        return None
    if found[1] < found[0]:
        table.fault(line, "last", Text("终止学年早于起始学年", "the last year is before the first"))
        return None
    return found[0], found[1]


def _parent(
    place: Organisation,
    table: Table,
    line: Line,
    known: dict[str, list[OrganisationCode]],
    mine: dict[str, Line],
) -> Organisation | Line | None:
    """Where it stands: a place there is, a row of the sheet; None with a fault."""
    code, kind = line.cells["parent"], line.choices["kind"]
    found: Organisation | Line | None = place
    if code:
        rows = [
            row.organisation for row in known.get(code, []) if row.organisation.path.startswith(place.path)
        ]
        found = rows[0] if rows else mine.get(code)
    if found is None:
        table.fault(line, "parent", Text("上级代码不存在或不在本级之内", "no such parent in your tree"))
        return None
    above = found.choices.get("kind") if isinstance(found, Line) else Kind(found.kind)
    if above is None or above not in ABOVE[kind]:
        table.fault(line, "parent", Text("这类机构不能设在该上级之下", "such a kind cannot stand there"))
        return None
    if isinstance(found, Organisation) and found.closed_on:
        table.fault(line, "parent", Text("上级已撤销", "the place above is closed"))
        return None
    return found


def _step(
    plan: Plan,
    place: Organisation,
    table: Table,
    line: Line,
    years: tuple[int, int],
    parent: Organisation | Line,
    rows: list[OrganisationCode],
) -> None:
    name, code = line.cells["name"], line.cells["code"]
    last = None if years[1] == _ALWAYS else years[1]
    held = [row for row in rows if row.first_year <= years[1] and (row.last_year or _ALWAYS) >= years[0]]
    given = {"kind": line.choices["kind"], "name": name, "code": code, "first": years[0], "last": last}
    given |= {"parent": parent, "line": line}
    if not held:
        plan.makes.append(Step(line.row, MAKE, f"{given['kind'].label} {name} {code}", given))
        return
    target = held[0].organisation
    if len(held) > 1 or not target.path.startswith(place.path) or target.pk == place.pk:
        table.fault(
            line, "code", Text("代码属于本级以外的机构", "the code belongs to an organisation not yours")
        )
    elif target.kind != given["kind"]:
        table.fault(line, "kind", Text("与已有机构的类型不同", "another kind than the organisation has"))
    elif held[0].first_year != years[0]:
        text = Text(
            "起始学年与已有的不同，请在机构页面改", "another first year than it has: change it on its page"
        )
        table.fault(line, "first", text)
    else:
        _change(plan, line, given, target, held[0])


def _change(
    plan: Plan, line: Line, given: dict[str, Any], target: Organisation, held: OrganisationCode
) -> None:
    parent = given["parent"]
    told = []
    if target.name != given["name"]:
        told.append(f"{target.name} → {given['name']}")
    moves = not isinstance(parent, Organisation) or parent.pk != target.parent_id
    if isinstance(parent, Line) and target.parent:  # a row of the sheet that is there already
        moves = not target.parent.codes.filter(code=parent.cells["code"]).exists()
    if moves:
        above = parent.name if isinstance(parent, Organisation) else parent.cells["name"]
        told.append(f"{target.parent} → {above}")
    if held.last_year != given["last"]:
        told.append(f"{held.first_year}–{held.last_year or ''} → {given['first']}–{given['last'] or ''}")
    if told:
        given |= {"moves": moves, "held": held}
        step = Step(line.row, Text("修改", "changed"), f"{target}: {'；'.join(told)}", given, target)
        plan.changes.append(step)
    else:
        plan.same += 1
