"""``junheng aid``: the archive of aid in totals, what does not fit, and a public page without names."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.cli.funding import Overlays, RegionCode, result_folder, show_problems, write_form
from junheng.cli.paths import existing

BOOK, REPORT, PAGE = "资助统计.xlsx", "资助情况.docx", "资助公开.html"


def command(
    book: Annotated[
        Path | None,
        typer.Argument(help="资助档案工作簿或文件夹（只含假名编号）| the archive", callback=existing),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹 | folder for the result")] = None,
    region: RegionCode = "",
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="统计日期，默认今天 | day of the figures")
    ] = None,
    overlay: Overlays = None,
    template: Annotated[Path | None, typer.Option(help="只写出样表 .xlsx | only write the form")] = None,
) -> None:
    """Sum up the archive BOOK into OUT. Exit 0: written, whatever was found; 2: refused."""
    if template is not None:
        from junheng.funding import AID_TABLES

        write_form(template, AID_TABLES)
        return
    if book is None or out is None:
        raise _needed()
    from junheng.basics import require_region
    from junheng.funding import read_aid, require_outcome_place, work_out_aid

    require_outcome_place(out)
    day = on.date() if on else datetime.now(UTC).astimezone().date()
    code = require_region(region) if region else ""
    problem = read_aid(book, on=day, region=code, overlays=overlay or [])
    outcome = work_out_aid(problem)
    _write(out, problem, outcome)
    _show(outcome, out)


def _needed() -> Exception:
    from junheng.basics import Text, UserError

    return UserError(
        Text("请给出 BOOK 和 --out", "BOOK and --out are needed"),
        where="junheng aid",
        fix=Text("junheng aid 资助档案.xlsx --out 结果", "junheng aid BOOK --out DIR"),
    )


def _write(out: Path, problem: dict[str, Any], outcome: dict[str, Any]) -> None:
    from junheng.reports.funding import aid_document, public_page, write_aid_book

    owner = f"{problem['region']} 截至 {problem['on']}".strip()
    with result_folder(out, "aid", problem, outcome) as folder:
        write_aid_book(folder / BOOK, problem, outcome)
        (folder / REPORT).write_bytes(aid_document(problem, outcome, owner))
        (folder / PAGE).write_text(public_page(problem, outcome, owner), encoding="utf-8")


def _show(outcome: dict[str, Any], out: Path) -> None:
    from junheng.funding import exact, shown

    for word, part in (("资助 aid", "totals"), ("助学贷款，另列 loans, apart", "apart")):
        whole = outcome[part]["all"]
        yuan = shown(exact(whole["yuan"]))
        typer.echo(f"{word}：{whole['times']:,} 人次 pupil-times，{yuan} 元 yuan")
    if outcome["findings"]:
        _show_findings(outcome["findings"])
    show_problems(outcome["problems"])
    typer.echo(f"已写出：{out}；可公开的只有《{PAGE}》 | written; only {PAGE} may be made public")


def _show_findings(findings: list[dict[str, Any]]) -> None:
    """One line a kind: what, how often, the first places; every row stands in the workbook."""
    from junheng.reports.funding import FINDINGS

    typer.echo(f"  待核对 to be checked：{len(findings)}（逐行见 every row in {BOOK}）")
    for kind, name in FINDINGS.items():
        places = ["、".join(one["at"]) for one in findings if one["kind"] == kind]
        if places:
            more = f"；另 {len(places) - 3} 处 more" if len(places) > 3 else ""
            shown = "；".join(places[:3]) + more
            typer.secho(f"    {name.zh} | {name.en}（{len(places)}）：{shown}", fg=typer.colors.YELLOW)
