"""School sizes of a county as sheets of the workbook of sizes, and as plain data."""

from collections.abc import Sequence
from typing import Any

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.sizes import SchoolSize, SchoolSizes, SizeCount
from junheng.reports.workbook.plain_book import Sheet
from junheng.reports.workbook.sheets import Column, Value

AREAS = {
    "all": Text("合计", "all"),
    "urban": Text("城区", "city"),
    "town": Text("镇区", "town"),
    "rural": Text("乡村", "rural"),
    "unknown": Text("城乡分类未填", "place unknown"),
}


def school_sizes_json(sizes: SchoolSizes) -> dict[str, Any]:
    """Counts by kind and by area, and every school that is over, relaxed, or cannot be told."""
    return {
        "item": "G4",
        "counts": [
            {"kind": one.kind, "area": one.area, "schools": one.schools, "over": one.over,
             "relaxed": one.relaxed, "unknown": one.unknown, "seats": one.seats}
            for one in sizes.counts
        ],
        "schools": [_school_json(one) for one in sizes.schools if _is_listed(one)],
    }  # fmt: skip


def _school_json(one: SchoolSize) -> dict[str, Any]:
    return {
        "school_id": one.school_id,
        "kind": one.kind,
        "area": one.area,
        "pupils": one.pupils,
        "line": None if one.line is None else str(one.line),
        "over": one.over,
        "relaxed": list(one.relaxed),
        "verdict": one.verdict.value,
        "reason": None if one.reason is None else {"zh": one.reason.zh, "en": one.reason.en},
    }


def _is_listed(one: SchoolSize) -> bool:
    return one.verdict is not Verdict.MET or bool(one.relaxed)


def school_size_sheets(years: Sequence[SchoolSizes]) -> list[Sheet]:
    """大校额 by kind, place and year (the last of ``years`` first), and the schools of the last one."""
    return [_counts(years), _schools(years[-1])]


def _counts(years: Sequence[SchoolSizes]) -> Sheet:
    columns = [
        Column("年份", 8), Column("分类", 18), Column("学校", 8, 0), Column("大校额", 8, 0),
        Column("靠放宽达标", 11, 0), Column("无法判定", 10, 0), Column("超出上限的学生（学位）", 14, 0),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [str(year.year), _key(one), one.schools, one.over, one.relaxed, one.unknown, one.seats]
        for year in reversed(years)
        for one in year.counts
    ]
    notes = [
        "大校额：超过标准 G4 的学校（含放宽口径）；校区、教学点按标准并入所属学校。判定与县级评估同一引擎。",
        "Over item G4 with its relaxations; judged by the engine of the evaluation, campuses with their school.",
    ]
    return Sheet("大校额", columns, rows, notes, freeze=2)


def _key(one: SizeCount) -> str:
    if one.kind:
        name = load_dictionary().tables["school"].columns["kind"].values.get(one.kind)
        return name.zh if name is not None else one.kind
    return AREAS[one.area or "all"].zh


def _schools(sizes: SchoolSizes) -> Sheet:
    columns = [
        Column("学校", 26), Column("学校标识码", 13), Column("类型", 14), Column("城乡", 12),
        Column("在校生（义务教育）", 12, 0), Column("上限", 10), Column("超出", 8, 0), Column("放宽口径", 10),
        Column("判定", 10), Column("说明", 34),
    ]  # fmt: skip
    kinds = load_dictionary().tables["school"].columns["kind"].values
    rows: list[list[Value]] = [
        [
            one.name, one.school_id, kinds[one.kind].zh if one.kind in kinds else one.kind, AREAS[one.area].zh,
            one.pupils, None if one.line is None else f"≤{one.line}", one.over, "、".join(one.relaxed),
            VERDICT_NAMES[one.verdict].zh, "" if one.reason is None else one.reason.zh,
        ]
        for one in sizes.schools
        if _is_listed(one)
    ]  # fmt: skip
    notes = [f"{sizes.year}年超过上限、靠放宽达标或无法判定的学校；其余都在上限之内。"]
    return Sheet("大校额学校", columns, rows, notes, freeze=1)
