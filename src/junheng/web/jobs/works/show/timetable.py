"""Timetables: classes in full hours, the hours and teachers a county lacks, class by class."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.curriculum import prescribed
from junheng.reports import format_share
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, exactly, faults, number


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng timetable`` found."""
    told = json.loads((folder / "timetable.json").read_bytes())
    subjects: dict[str, Words] = {key: one.name for key, one in prescribed().subjects.items()}
    yield _whole(told)
    yield _missing(told, subjects)
    yield _lacks(told, subjects, names)
    if told["untold"]:
        rows = [
            (Cell(names.get(one["school_id"], one["school_id"])), number(one.get("grade")))
            for one in told["untold"]
        ]
        yield Table(
            "untold",
            Text("没有课程表的年级", "Grades without a timetable"),
            (Text("学校", "School"), Text("年级", "Grade")),
            rows,
        )
    yield faults(told["faults"])


def _whole(told: Json) -> Block:
    rows: list[tuple[Words, Cell]] = []
    for stage, one in told["classes"].items():
        name = STAGE_NAMES[stage]
        state = "met" if one["full"] == one["all"] else "not_met"
        said = f"{one['full']:,} / {one['all']:,}" + (
            f"（{format_share(one['full'], one['all'])}%）" if one["all"] else ""
        )
        rows.append((Text(f"{name.zh}开齐开足的班", f"{name.en}: classes in full hours"), Cell(said, state)))
    curriculum = told["curriculum"]
    basis = f"{curriculum.get('document', '')}"
    rows.append((Text("课程设置依据", "curriculum"), Cell(basis)))
    return Facts(Text(f"{told['year']} 年", str(told["year"])), rows)


def _missing(told: Json, subjects: Mapping[str, Words]) -> Block:
    rows = [
        (
            Cell(STAGE_NAMES[one["stage"]]), Cell(subjects.get(one["subject"], one["subject"])),
            Cell(exactly(one["periods"]), is_number=True),
            Cell("—" if one["teachers"] is None else exactly(one["teachers"], 1), is_number=True),
        )
        for one in told["missing"]
    ]  # fmt: skip
    heads = (
        Text("学段", "Stage"),
        Text("学科", "Subject"),
        Text("每周缺课时", "Periods short a week"),
        Text("约缺教师", "Teachers short, about"),
    )
    return Table(
        "missing",
        Text("缺多少课时和教师", "Periods and teachers short"),
        heads,
        rows,
        Text("都开足了。", "All are taught in full."),
        is_counts=True,
    )


def _lacks(told: Json, subjects: Mapping[str, Words], names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(names.get(one["school_id"], one["school_id"])),
            Cell(Text(f"{one['grade']} 年级 {one['class_no'] or ''} 班", f"grade {one['grade']} class {one['class_no'] or ''}")),
            Cell(subjects.get(one["subject"], one["subject"])), Cell(exactly(one["asked"]), is_number=True),
            Cell(exactly(one["given"]), is_number=True), Cell(one["where"] or "—"),
        )
        for one in told["lacks"]
    ]  # fmt: skip
    heads = (
        Text("学校", "School"), Text("班", "Class"), Text("学科", "Subject"),
        Text("应开", "Asked"), Text("实开", "Given"), Text("位置", "Where"),
    )  # fmt: skip
    return Table(
        "lacks", Text("没有开足的班", "Classes short of hours"), heads, rows, Text("没有。", "None.")
    )
