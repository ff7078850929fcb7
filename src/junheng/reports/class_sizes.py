"""The class sizes of a county as a workbook: bands, targets, rooms needed; and as plain data."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from junheng.basics import STAGE_NAMES
from junheng.judgement import VERDICT_NAMES
from junheng.judgement.sizes import Need, SchoolSizes, SizeReport, Tally, TargetResult, Untold
from junheng.reports.percent import format_share
from junheng.reports.school_sizes import AREAS, school_size_sheets, school_sizes_json
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

FORMAT = "junheng/class-sizes/1"


def class_size_json(report: SizeReport, county: str, schools: SchoolSizes | None = None) -> dict[str, Any]:
    """The report as data; shares and means as exact fractions in text ("3/40"). ``schools``: their sizes."""
    return {
        "format": FORMAT,
        "county": {"code": report.county_code, "name": county},
        "year": report.year,
        "bands": list(report.rules.bands.names()),
        "limits": {str(stage): limit for stage, limit in report.limits.items()},
        "tallies": [_tally_json(tally) for tally in report.tallies],
        "targets": [_target_json(target) for target in report.targets],
        "rooms": {
            "limit": [_need_json(n) for n in report.needs],
            "large": [_need_json(n) for n in report.large_needs],
        },
        "cannot_tell": [_untold_json(one) for one in report.untold],
        "uncounted": [{"zh": words.zh, "en": words.en} for words in report.uncounted],
        "school_sizes": None if schools is None else school_sizes_json(schools),
    }


def class_size_book(
    report: SizeReport, county: str, earlier: Sequence[SizeReport] = (), schools: Sequence[SchoolSizes] = ()
) -> bytes:
    """The workbook for officers: 班额分布, 历年, 控制目标, 需增教室, 无法判定, 大校额.

    ``earlier`` years and the years of ``schools``: the oldest first.
    """
    title = f"{county}{report.year}年班额、校额分析"
    years = [_years([*earlier, report])] if earlier else []
    last = school_size_sheets(schools) if schools else []
    sheets = [_bands(report), *years, _targets(report), _rooms(report), _open(report), *last]
    return plain_book(sheets, title)


def _years(reports: Sequence[SizeReport]) -> Sheet:
    columns = [Column("年份", 8), *_band_columns(reports[-1])]
    rows = [[str(report.year), *_band_row(tally)] for report in reports for tally in report.tallies]
    return Sheet("历年", columns, rows, freeze=3)


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "stage": tally.stage,
        "area": tally.area,
        "bands": list(tally.bands),
        "large": tally.large,
        "super": tally.super_large,
        "classes": tally.classes,
        "unknown": tally.unknown,
        "pupils": tally.pupils,
        "mean": _exact(tally.mean),
    }


def _target_json(target: TargetResult) -> dict[str, Any]:
    return {
        "id": target.id,
        "stage": target.stage,
        "least": _exact(target.least),
        "greatest": _exact(target.greatest),
        "limit": _exact(target.limit),
        "verdict": target.verdict.value,
        "reason": {"zh": target.reason.zh, "en": target.reason.en},
        "source": target.source.model_dump(mode="json", exclude_none=True),
    }


def _need_json(need: Need) -> dict[str, Any]:
    return {
        "school_id": need.school_id,
        "stage": need.stage,
        "grade": need.grade,
        "pupils": need.pupils,
        "classes": need.classes,
        "largest": need.largest,
        "limit": need.limit,
        "rooms": need.rooms,
        "rows": list(need.rows),
    }


def _untold_json(one: Untold) -> dict[str, Any]:
    return {"school_id": one.school_id, "stage": one.stage, "grade": one.grade, "rows": list(one.rows)}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _band_columns(report: SizeReport) -> list[Column]:
    names = [Column(f"{name}人", 8, 0) for name in report.rules.bands.names()]
    return [
        Column("学段", 8),
        Column("地域", 12),
        *names,
        Column("班数", 8, 0),
        Column("大班额", 8, 0),
        Column("占比（%）", 9),
        Column("超大班额", 9, 0),
        Column("占比（%）", 9),
        Column("平均班额", 9, 1),
        Column("人数未填", 9, 0),
    ]


def _bands(report: SizeReport) -> Sheet:
    rows = [_band_row(tally) for tally in report.tallies]
    large = report.rules.large
    notes = [
        f"大班额指{large.large_from}人及以上（含超大班额），超大班额指{large.super_from}人及以上；占比截断到一位小数。",
        f"Large: {large.large_from} pupils or more, super-large among them: {large.super_from} or more; shares truncated.",
        *(f"{words.zh} | {words.en}" for words in report.uncounted),
    ]
    return Sheet("班额分布", _band_columns(report), rows, notes, freeze=2)


def _band_row(tally: Tally) -> list[Value]:
    known = not tally.unknown and tally.classes > 0
    return [
        STAGE_NAMES[tally.stage].zh,
        AREAS[tally.area].zh,
        *tally.bands,
        tally.classes,
        tally.large,
        format_share(tally.large, tally.classes) if known else "—",
        tally.super_large,
        format_share(tally.super_large, tally.classes) if known else "—",
        None if tally.mean is None else float(tally.mean),
        tally.unknown,
    ]


def _targets(report: SizeReport) -> Sheet:
    columns = [
        Column("目标", 26),
        Column("学段", 8),
        Column("实际", 14),
        Column("限值", 10),
        Column("判定", 10),
        Column("说明", 26),
        Column("依据", 40),
    ]
    rows: list[list[Value]] = [
        [
            f"{target.name.zh}\n{target.name.en}",
            STAGE_NAMES[target.stage].zh,
            _span(target),
            _limit(target),
            VERDICT_NAMES[target.verdict].zh,
            target.reason.zh,
            f"{target.source.document} {target.source.article}",
        ]
        for target in report.targets
    ]
    return Sheet("控制目标", columns, rows)


def _is_share(target: TargetResult) -> bool:
    return target.limit < 1


def _span(target: TargetResult) -> str:
    if target.least is None or target.greatest is None:
        return "—"
    scale, unit = (100, "%") if _is_share(target) else (1, "人")
    least, greatest = float(target.least * scale), float(target.greatest * scale)
    return f"{least:.4g}{unit}" if least == greatest else f"{least:.4g}–{greatest:.4g}{unit}"


def _limit(target: TargetResult) -> str:
    return f"≤{float(target.limit * 100):g}%" if _is_share(target) else f"≤{float(target.limit):g}人"


def _rooms(report: SizeReport) -> Sheet:
    columns = [
        Column("学校", 26),
        Column("学段", 8),
        Column("年级", 6, 0),
        Column("学生", 8, 0),
        Column("现有班", 8, 0),
        Column("最大班", 8, 0),
        Column("每班上限", 9, 0),
        Column("需增班（教室）", 10, 0),
        Column("其中消除大班额需增", 12, 0),
        Column("班级表的行", 16),
    ]
    large = {(need.school_id, need.stage, need.grade): need.rooms for need in report.large_needs}
    rows: list[list[Value]] = [
        [
            need.name,
            STAGE_NAMES[need.stage].zh,
            need.grade,
            need.pupils,
            need.classes,
            need.largest,
            need.limit,
            need.rooms,
            large.get((need.school_id, need.stage, need.grade), 0),
            _spans(need.rows),
        ]
        for need in report.needs
    ]
    total = sum(need.rooms for need in report.needs)
    notes = [
        f"合计需增{total}个班（教室），其中消除大班额需增{sum(large.values())}个。需增0个的年级，把学生重新均分即可。",
        "A grade that needs none is mended by spreading its pupils evenly; pupils stay at their school and grade.",
    ]
    return Sheet("需增教室", columns, rows, notes, freeze=1)


def _open(report: SizeReport) -> Sheet:
    columns = [
        Column("学校", 26),
        Column("学段", 8),
        Column("年级", 6, 0),
        Column("原因", 30),
        Column("班级表的行", 16),
    ]
    rows: list[list[Value]] = [
        [
            one.name,
            STAGE_NAMES[one.stage].zh,
            one.grade,
            "年级未填" if one.grade is None else "有班级没有学生数",
            _spans(one.rows),
        ]
        for one in report.untold
    ]
    return Sheet("无法判定", columns, rows)


def _spans(rows: Sequence[int]) -> str:
    """Rows as spans: 3–10、12."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
