"""片区核对 and 就近入学比例: what the zone table says of the children admitted."""

from xlsxwriter import Workbook

from junheng.reports.admissions.facts import TrialFacts, ZoneFacts
from junheng.reports.workbook.formats import Formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet


def write_zones(book: Workbook, formats: Formats, zones: ZoneFacts, facts: TrialFacts) -> None:
    """Every child with its zone and the reason; every school with its in-zone share (G13); eligibility if asked."""
    names = {school["id"]: school["name"] for school in facts.problem["schools"]}
    admitted = {leaf["pid"]: leaf["school"] for leaf in facts.leaves}
    rows: list[list[Value]] = [
        [facts.names[pid].get("name", ""), names.get(admitted[pid], "未录取"), *found]
        for pid, *found in zones.children
    ]
    columns = [
        Column("姓名", 14), Column("录取学校", 22), Column("所属片区", 12), Column("片区学校", 26),
        Column("核对", 12), Column("依据", 60),
    ]  # fmt: skip
    write_sheet(book, formats, "片区核对", columns, rows, freeze_columns=1)
    shares: list[list[Value]] = [
        [school, names.get(school, ""), *counts] for school, *counts in zones.schools
    ]
    heads = [
        Column("学校代码", 10), Column("学校", 26), Column("录取人数", 10, 0), Column("片区内", 10, 0),
        Column("片区外", 10, 0), Column("无法判定", 10, 0), Column("片区内比例至少 %", 12, 2),
        Column("至多 %", 12, 2),
    ]  # fmt: skip
    write_sheet(book, formats, "就近入学比例", heads, shares, notes=list(zones.notes))
    if zones.eligibility:
        _eligibility(book, formats, zones, facts)


def _eligibility(book: Workbook, formats: Formats, zones: ZoneFacts, facts: TrialFacts) -> None:
    """入学资格: what the papers shown prove for each school wished, beside the class on the form."""
    names = {school["id"]: school["name"] for school in facts.problem["schools"]}
    rows: list[list[Value]] = [
        [facts.names[pid].get("name", ""), names[school], *found] for pid, school, *found in zones.eligibility
    ]
    columns = [
        Column("姓名", 14), Column("志愿学校", 22), Column("资格", 12), Column("应属类别", 18),
        Column("申报类别", 18), Column("依据", 80),
    ]  # fmt: skip
    write_sheet(book, formats, "入学资格", columns, rows, freeze_columns=1)
