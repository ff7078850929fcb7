"""``junheng timetable``: are all subjects taught in full hours, and how many teachers are short."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.one_county import one_county
from junheng.cli.paths import existing, require_own

if TYPE_CHECKING:
    from junheng.planning.curriculum import Coverage, Prescribed

JSON, BOOK = "timetable.json", "开齐开足.xlsx"


def command(
    timetable: Annotated[
        Path, typer.Argument(help="课程表 .xlsx 或 .csv | the timetable", callback=existing)
    ],
    schools: Annotated[Path, typer.Option(help="填报数据（学校、班级表）| the classes", callback=existing)],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the result")],
    curriculum: Annotated[
        Path | None, typer.Option(help="本省课程设置 YAML | your curriculum", callback=existing)
    ] = None,
    year: Annotated[int | None, typer.Option(help="年份；默认最新 | default: the latest")] = None,
) -> None:
    """Hold TIMETABLE against the prescribed hours of every class. Exit 1 when the timetable has faults."""
    import json

    from junheng.basics import atomic_folder
    from junheng.cli.days import day_of
    from junheng.data import check_snapshot, read_input
    from junheng.data.books import read_book
    from junheng.planning.curriculum import (
        check_timetable,
        grades_of,
        prescribed,
        timetable_forms,
        timetable_json,
    )
    from junheng.reports import timetable_book

    require_own(out, JSON)
    asked = prescribed(curriculum)
    snapshot = check_snapshot(read_input(schools)).snapshot
    chosen = year or max(snapshot.years(), default=0)
    code, name = one_county(snapshot, chosen, schools)
    book = read_book(timetable, timetable_forms())
    found = check_timetable(book, grades_of(snapshot, chosen, code), asked)
    told = timetable_json(found, asked, county=code, year=chosen, book_sha256=book.sha256, on=day_of(None))
    with atomic_folder(out) as folder:
        (folder / JSON).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (folder / BOOK).write_bytes(timetable_book(found, asked, f"{name}{chosen}年课程开设"))
    _show(found, asked)
    typer.echo(f"已写出 | written: {out}")
    if found.faults:
        raise typer.Exit(1)


def _show(found: "Coverage", asked: "Prescribed") -> None:
    from junheng.basics import STAGE_NAMES

    for stage, whole in found.whole.items():
        full = found.full.get(stage, 0)
        typer.echo(
            f"{STAGE_NAMES[stage].zh}：{whole}个班，开齐开足{full}个 | {full} of {whole} classes in full hours"
        )
    for (stage, subject), (periods, teachers) in sorted(found.missing(asked).items()):
        name = asked.subjects[subject].name
        short = "—" if teachers is None else f"{float(teachers):.1f}"
        typer.echo(
            f"  {STAGE_NAMES[stage].zh}{name.zh}：每周缺{float(periods):g}节，约缺教师{short}名"
            f" | {name.en}: {float(periods):g} periods, about {short} teachers"
        )
    if found.untold:
        typer.echo(f"没有课程表的年级{len(found.untold)}个 | grades without a timetable: {len(found.untold)}")
    for fault in found.faults[:20]:
        typer.secho(f"{fault.place}：{fault.what}", fg=typer.colors.YELLOW)
