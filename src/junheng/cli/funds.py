"""``junheng funds``: what each school is due for a budget year, what it was given, what it lacks."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.cli.funding import Overlays, RegionCode, result_folder, show_problems, write_form
from junheng.cli.paths import existing

BOOK, REPORT = "应拨与实拨.xlsx", "公用经费情况.docx"


def command(
    book: Annotated[
        Path | None,
        typer.Argument(help="填报数据（同 evaluate），可含“拨付”“财政”表 | the input", callback=existing),
    ] = None,
    year: Annotated[int | None, typer.Option(help="预算年度 | the budget year")] = None,
    region: RegionCode = "",
    out: Annotated[Path | None, typer.Option(help="输出文件夹 | folder for the result")] = None,
    payments: Annotated[
        Path | None,
        typer.Option(help="另放的“拨付”“财政”工作簿 | payments and county money, apart", callback=existing),
    ] = None,
    pupils_of: Annotated[
        int | None, typer.Option(help="以哪年9月1日的学生数为准，默认按规则 | whose pupils count")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="到账统计到哪一天，默认年末 | sums up to which day"),
    ] = None,
    overlay: Overlays = None,
    template: Annotated[
        Path | None, typer.Option(help="只写出“拨付”“财政”样表 .xlsx | only write the form")
    ] = None,
) -> None:
    """Work out the operating funds of YEAR and write them to OUT. Exit 0: written, whatever was found; 2: refused."""
    if template is not None:
        from junheng.funding import FUNDS_TABLES

        write_form(template, FUNDS_TABLES)
        return
    if book is None or year is None or out is None:
        raise _needed()
    from junheng.basics import require_region
    from junheng.funding import read_funds, require_outcome_place, work_out

    require_outcome_place(out)
    problem = read_funds(
        book,
        year=year,
        region=require_region(region) if region else "",
        pupils_year=pupils_of,
        payments=payments,
        overlays=overlay or [],
        on=on.date() if on else None,
    )
    outcome = work_out(problem)
    _write(out, problem, outcome)
    _show(outcome, out)


def _needed() -> Exception:
    from junheng.basics import Text, UserError

    return UserError(
        Text("请给出 BOOK、--year 和 --out", "BOOK, --year and --out are needed"),
        where="junheng funds",
        fix=Text("junheng funds 填报.xlsx --year 2024 --out 结果", "junheng funds BOOK --year Y --out DIR"),
    )


def _write(out: Path, problem: dict[str, Any], outcome: dict[str, Any]) -> None:
    from junheng.reports.funding import funds_document, write_funds_book

    owner = "、".join(county["name"] for county in problem["counties"].values())
    with result_folder(out, "funds", problem, outcome) as folder:
        write_funds_book(folder / BOOK, problem, outcome)
        (folder / REPORT).write_bytes(funds_document(problem, outcome, owner))


def _show(outcome: dict[str, Any], out: Path) -> None:
    for county in outcome["counties"]:
        sums = county["sums"]
        typer.echo(
            f"{county['name']}：{county['schools']} 所学校 schools；应拨 due {_yuan(sums['total_yuan'])}；"
            f"到账 received {_yuan(sums['received_yuan'])}；拖欠 in arrears {county['in_arrears']} 所"
            + (f"（{county['arrears_unknown']} 所无法判定 cannot tell）" if county["arrears_unknown"] else "")
        )
        if county["undecided"]:
            typer.echo(
                f"  无法判定 cannot tell：{county['undecided']} 所，原因见工作簿 | reasons in the workbook"
            )
        if county["heating"] == "no_rule":
            typer.echo("  没有地方采暖标准，应拨不含采暖费 | no local rule for heating: not included")
    show_problems(outcome["problems"])
    typer.echo(f"已写出：{out} | written")


def _yuan(one: dict[str, Any]) -> str:
    from junheng.funding import exact, shown

    return f"{shown(exact(one['yuan']))} 元 yuan" if one["yuan"] is not None else "无法判定 cannot tell"
