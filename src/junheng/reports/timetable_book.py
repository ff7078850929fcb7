"""A timetable's check as a workbook: classes in full hours, what each lacks, teachers missing by subject."""

from junheng.basics import STAGE_NAMES
from junheng.planning.curriculum import Coverage, Prescribed
from junheng.reports.percent import format_share
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value


def timetable_book(found: Coverage, prescribed: Prescribed, title: str) -> bytes:
    """The workbook of ``found``, printed with ``title`` on every page."""
    return plain_book(
        [
            _summary(found),
            _missing(found, prescribed),
            _lacks(found, prescribed),
            _untold(found),
            _faults(found),
        ],
        title,
    )


def _summary(found: Coverage) -> Sheet:
    columns = [
        Column("学段", 8),
        Column("班数", 8, 0),
        Column("开齐开足", 10, 0),
        Column("占比（%）", 10),
        Column("缺课时", 8, 0),
        Column("没有课程表", 10, 0),
    ]
    rows: list[list[Value]] = []
    for stage, whole in found.whole.items():
        last = 6 if stage == "primary" else 9
        untold = sum(one.classes for one in found.untold if (one.grade <= 6) == (last == 6))
        full = found.full.get(stage, 0)
        share = (
            format_share(full, whole)
            if not untold
            else f"{format_share(full, whole)}–{format_share(full + untold, whole)}"
        )
        rows.append([STAGE_NAMES[stage].zh, whole, full, share, whole - full - untold, untold])
    return Sheet("开齐开足", columns, rows, ["没有课程表的班不算开足也不算缺，占比写成下限–上限。"])


def _missing(found: Coverage, prescribed: Prescribed) -> Sheet:
    columns = [
        Column("学段", 8),
        Column("学科", 14),
        Column("每周缺节数", 12, 1),
        Column("约缺教师", 12, 2),
        Column("说明", 34),
    ]
    rows: list[list[Value]] = [
        [
            STAGE_NAMES[stage].zh,
            prescribed.subjects[subject].name.zh,
            float(periods),
            None if teachers is None else float(teachers),
            "没有标准课时，不折算"
            if teachers is None
            else f"每名教师每周{float(prescribed.loads[stage, subject]):g}节",
        ]
        for (stage, subject), (periods, teachers) in sorted(found.missing(prescribed).items())
    ]
    notes = ["按现有班级缺的节数折算，不等于编制缺口：编制见 junheng plan staff。"]
    return Sheet("缺课时与教师", columns, rows, notes)


def _lacks(found: Coverage, prescribed: Prescribed) -> Sheet:
    columns = [
        Column("学校", 28),
        Column("年级", 6, 0),
        Column("班", 6),
        Column("学科", 14),
        Column("应开", 8, 1),
        Column("实开", 8, 1),
        Column("课程表位置", 28),
    ]
    rows: list[list[Value]] = [
        [
            one.name,
            one.grade,
            one.class_no,
            prescribed.subjects[one.subject].name.zh,
            float(one.asked),
            float(one.given),
            str(one.place) if one.place else "没有这门课",
        ]
        for one in found.lacks
    ]
    return Sheet("缺课时的班", columns, rows, freeze=1)


def _untold(found: Coverage) -> Sheet:
    columns = [Column("学校", 28), Column("年级", 6, 0), Column("班数", 8, 0)]
    return Sheet("没有课程表", columns, [[one.name, one.grade, one.classes] for one in found.untold])


def _faults(found: Coverage) -> Sheet:
    columns = [Column("位置", 30), Column("问题", 46), Column("怎么办", 36)]
    return Sheet("数据问题", columns, [[str(one.place), one.what.zh, one.fix.zh] for one in found.faults])
