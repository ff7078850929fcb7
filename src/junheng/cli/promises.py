"""``junheng promises``: the next steps of a report as a register, and where each stands by a later finding."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.days import day_of
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.judgement.promises import Standing

FILE = "promises.json"
app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.command("collect", help="从报告的“下一步工作”摘出承诺 | Read the next steps out of a report")
def collect(
    report: Annotated[Path, typer.Argument(help="报告 .docx 或 .txt | a report", callback=existing)],
    register: Annotated[Path, typer.Option(help="承诺台账 .xlsx，有则续写 | the register; kept on if there")],
    prefix: Annotated[str, typer.Option(help="编号前缀，如 2024 | numbers begin with this")],
    name: Annotated[
        str | None, typer.Option(help="报告的名称；默认文件名 | what the report is called")
    ] = None,
) -> None:
    """Add the promises of REPORT to the register; those already in it are left as they are."""
    from junheng.reports.promises import add_promises, collect_promises, read_promises, write_promises

    kept = read_promises(register) if register.exists() else []
    both = add_promises(kept, collect_promises(report, prefix=prefix, report=name or report.stem))
    write_promises(register, both)
    for promise in both[len(kept) :]:
        due = f"（{promise.due}）" if promise.due else ""
        typer.echo(f"{promise.id} {promise.text}{due}")
    typer.echo(
        f"新增{len(both) - len(kept)}条，共{len(both)}条 | {len(both) - len(kept)} new of {len(both)}: {register}"
    )


@app.command("check", help="按新的结论判断承诺状态 | Where the promises stand by a finding")
def check(
    register: Annotated[Path, typer.Argument(help="承诺台账 | the register", callback=existing)],
    finding: Annotated[Path, typer.Argument(help="结论文件夹 | a finding", callback=existing)],
    out: Annotated[Path | None, typer.Option(help="另存带状态的台账 | the register with its states")] = None,
    on: Annotated[str | None, typer.Option(help="截止日期，默认今天 | as of, default today")] = None,
) -> None:
    """Tell the state of every promise; the finding's next report prints them. Exit 1 when one is overdue."""
    import json

    from junheng.basics import atomic_file
    from junheng.judgement import read_finding
    from junheng.judgement.promises import promise_facts, standing, standings_json
    from junheng.reports import write_documents
    from junheng.reports.promises import read_promises, write_promises

    day = day_of(on)
    facts = promise_facts(read_finding(finding).verdict)
    told = [standing(promise, facts, day) for promise in read_promises(register)]
    with atomic_file(finding / FILE) as temporary:
        text = json.dumps(standings_json(told, day), ensure_ascii=False, indent=1) + "\n"
        temporary.write_text(text, encoding="utf-8")
    write_documents(finding)
    if out is not None:
        write_promises(out, [one.promise for one in told], told)
    _show(told)
    if any(one.state == "overdue" for one in told):
        raise typer.Exit(1)


def _show(told: "list[Standing]") -> None:
    from junheng.judgement.promises import STATE_NAMES

    for one in told:
        name = STATE_NAMES[one.state]
        typer.echo(f"{one.promise.id} {name.zh} | {name.en}：{one.promise.text}——{one.reason}")
