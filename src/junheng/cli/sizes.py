"""``junheng sizes``: class sizes, rooms that dissolve large ones, and schools over their size (大校额)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing, require_own

if TYPE_CHECKING:
    from junheng.basics import UserError
    from junheng.judgement.sizes import SchoolSizes, SizeReport

JSON, BOOK = "class_sizes.json", "班额分析.xlsx"


def command(
    input: Annotated[  # noqa: A002 – the word the user sees in the usage line
        Path, typer.Argument(help="工作簿、文件夹或 Parquet | workbook, folder or Parquet", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the result")],
    standard: Annotated[
        str, typer.Option(help="每班上限取自哪个标准 | standard that limits every class")
    ] = "quality-2017",
    year: Annotated[int | None, typer.Option(help="年份；默认最新一年 | default: the latest")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="对照文件 | mapping file of a foreign table", callback=existing)
    ] = None,
) -> None:
    """Count the classes and schools of INPUT by size, rooms and seats needed; a folder a county. Exit 0: written."""
    from junheng.basics import atomic_folder
    from junheng.data import check_snapshot, read_input
    from junheng.judgement.sizes import assess_sizes, county_names, school_sizes
    from junheng.standards import resolve, school_year_start

    require_own(out, JSON)
    snapshot = check_snapshot(read_input(input, mapping=mapping)).snapshot
    chosen = year or max(snapshot.years(), default=0)
    counties = county_names(snapshot, chosen)
    if not counties:
        raise _no_schools(input, chosen)
    with atomic_folder(out) as folder:
        for code, name in counties.items():
            years = {
                one: resolve(standard, on=school_year_start(one), region=code)
                for one in sorted(snapshot.years())
                if one <= chosen
            }
            reports = [assess_sizes(snapshot, rules, year=one, county=code) for one, rules in years.items()]
            schools = [school_sizes(snapshot, rules, year=one, county=code) for one, rules in years.items()]
            _write(reports, schools, name, folder if len(counties) == 1 else folder / code)
            _show(reports[-1], schools[-1], name)
    typer.echo(f"已写出 | written: {out}")


def _no_schools(place: Path, year: int) -> "UserError":
    from junheng.basics import Text, UserError

    return UserError(
        Text(f"{year}年没有带县级区划代码的学校", f"No school with a county code in {year}"),
        where=str(place),
        fix=Text(
            "请检查年份和学校表的县级区划代码", "check the year and the county codes of the school table"
        ),
    )


def _write(reports: "list[SizeReport]", schools: "list[SchoolSizes]", county: str, folder: Path) -> None:
    import json

    from junheng.reports import class_size_book, class_size_json

    folder.mkdir(parents=True, exist_ok=True)
    *earlier, report = reports
    text = json.dumps(class_size_json(report, county, schools[-1]), ensure_ascii=False, indent=1) + "\n"
    (folder / JSON).write_text(text, encoding="utf-8")
    (folder / BOOK).write_bytes(class_size_book(report, county, earlier, schools))


def _show(report: "SizeReport", schools: "SchoolSizes", county: str) -> None:
    from junheng.basics import STAGE_NAMES

    for tally in report.tallies:
        if tally.area == "all":
            stage = STAGE_NAMES[tally.stage]
            typer.echo(
                f"{county} {stage.zh}：{tally.classes}个班，大班额{tally.large}个，超大班额{tally.super_large}个"
                f" | {tally.classes} classes, large {tally.large}, super-large {tally.super_large}"
            )
    rooms = sum(need.rooms for need in report.needs)
    typer.echo(
        f"{county}：{len(report.needs)}个年级有班超过每班上限，需增{rooms}个班（教室）"
        f" | {len(report.needs)} grades over the limit, {rooms} further classes needed"
    )
    whole = schools.counts[0]
    typer.echo(
        f"{county}：{whole.schools}所学校，大校额{whole.over}所（超出{whole.seats}人），靠放宽口径达标{whole.relaxed}所，"
        f"无法判定{whole.unknown}所 | {whole.over} of {whole.schools} schools too large, {whole.seats} pupils over,"
        f" {whole.relaxed} by a relaxation, {whole.unknown} not told"
    )
    if report.untold or report.uncounted:
        typer.secho(
            f"{len(report.untold)}个年级无法判定，{len(report.uncounted)}处班数与班级表不一致，见工作簿"
            f" | {len(report.untold)} grades cannot be told; {len(report.uncounted)} counts disagree",
            fg=typer.colors.YELLOW,
        )
