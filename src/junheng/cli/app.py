"""The ``junheng`` command: registers the commands and shows a user's error as plain bilingual lines."""

import signal
import sys
import threading
import traceback
from types import FrameType
from typing import NoReturn

import typer

from junheng import __version__
from junheng.basics import Text, UserError
from junheng.cli import (
    admit,
    aid,
    chance,
    check,
    classes,
    compose,
    draw,
    enrolment,
    evaluate,
    explain,
    funds,
    geo,
    ledger,
    lint,
    monitor,
    plan,
    promises,
    quota,
    report,
    school_standard,
    score,
    serve,
    sizes,
    standards,
    survey,
    template,
    timetable,
    verify,
)
from junheng.cli.extras import missing_extra
from junheng.cli.plan.command import of as plan_of
from junheng.cli.usage import is_plain_help, is_usage_error, usage_error

INTERRUPTED, USAGE, INTERNAL = 130, 2, 70
_asked_to_end = threading.Event()  # a query engine turns Ctrl-C into an error of its own

app = typer.Typer(
    name="junheng",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # the plain help loads three times faster than the boxed one
    help="均衡：义务教育（优质）均衡发展的监测与判定 | Judge the balanced development of compulsory education.",
)
app.command("template", help="生成数据填报模板 | Write the input workbook")(template.command)
app.command("check", help="只查数据问题 | Report data problems only")(check.command)
app.command("evaluate", help="判定是否达标并写出结论 | Judge, and write the finding")(evaluate.command)
app.command("explain", help="追溯任一数字的依据 | Open any figure down to its cells")(explain.command)
app.command("verify", help="独立复算结论、核对规划 | Re-compute a finding or a plan")(verify.command)
app.command("report", help="重新生成报告 | Re-make the documents of a finding")(report.command)
app.command("compose", help="按文种成文：自评报告、向人大的报告 | Compose a report from results")(
    compose.command
)
app.command("lint", help="核对一份报告里的数字 | Find figures of a report that contradict")(lint.command)
app.command("sizes", help="班额分布、大班额、需增教室 | Class sizes, and rooms to dissolve large ones")(
    sizes.command
)
app.add_typer(
    promises.app,
    name="promises",
    help="承诺台账：摘出、兑现情况 | Promises of reports, and what became of them",
)
app.add_typer(
    school_standard.app,
    name="school-standard",
    help="办学基本标准：逐校判定、差额、达标计划 | School standards: verdicts, gaps, plans",
)
app.add_typer(ledger.app, name="ledger", help="台账：信息化、校园安全、规范办学 | Ledgers of schools")
app.command("timetable", help="课程开齐开足、缺课时与教师 | Are all subjects taught in full hours")(
    timetable.command
)
app.add_typer(standards.app, name="standards", help="现行标准及其依据 | Standards in force, cited")
app.add_typer(draw.app, name="draw", help="人人可核对的抽签 | A draw that anyone can check")
app.add_typer(plan.app, name="plan", help="规划：投入、教师、结对、布局、学区、撤并 | Plans with their proof")
app.command("forecast", help="学位预测与红橙黄预警 | Seats two years ahead and further")(plan_of("forecast"))
app.add_typer(geo.app, name="geo", help="地图数据：检查、坐标转换、取路网 | Maps: check, convert, roads")
app.command("admit", help="招生试算：核对、派位、审计、比较规则 | Try a rule of admission")(admit.command)
app.command("chance", help="录取机会估计 | Chances before the numbers are drawn")(chance.command)
app.command("classes", help="编班：试算、插班、调班 | Form classes on trial, newcomers, moves")(
    classes.command
)
app.add_typer(enrolment.app, name="enrolment", help="控辍保学与特殊群体 | Who is not at school; groups")
app.command("monitor", help="差距监测、预警、通报、问责 | Watch gaps, warn, follow up")(monitor.command)
app.command("score", help="按指标体系评分：学校、县级政府 | Score by an index system")(score.command)
app.add_typer(survey.app, name="survey", help="社会认可度调查：抽样、问卷、统计 | Recognition survey")
app.command("funds", help="公用经费：应拨、实拨、拖欠 | Operating funds due, received, in arrears")(
    funds.command
)
app.command("aid", help="学生资助：档案、统计、公开 | Aid to pupils: archive, totals, public page")(
    aid.command
)
app.command("serve", help="打开网站 | Serve the site")(serve.command)
app.command("quota", help="指标到校分配 | Quota seats of good senior schools")(quota.command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"junheng {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="版本 | Print the version"
    ),
) -> None:
    """Options shared by all commands."""


def _show(error: UserError) -> None:
    first, *rest = error.lines()
    typer.secho(f"错误：{first.zh}", err=True, fg=typer.colors.RED)
    typer.secho(f"Error: {first.en}", err=True, fg=typer.colors.RED)
    for line in rest:
        typer.echo(f"  {line.zh}\n  {line.en}", err=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    _asked_to_end.set()
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line.

    Exit codes: 0 done, 1 problems or differences found, 2 refused, 70 our own error, 130 interrupted.
    """
    # A polite kill must clean up like Ctrl-C does: temporary folders go, the old finding stays.
    signal.signal(signal.SIGTERM, _interrupt)
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else it is ignored: a command in the background of a shell
        signal.signal(signal.SIGINT, _interrupt)
    _asked_to_end.clear()
    try:
        code = _run()
    finally:
        signal.signal(signal.SIGINT, before)
    sys.exit(code)


def _run() -> int:
    """The exit code of one run; every error is shown on the way."""
    try:
        code = int(app(standalone_mode=False) or 0)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        code = INTERRUPTED if _asked_to_end.is_set() else _told(error)
    if code == INTERRUPTED:
        message = Text("已中断，没有留下不完整的结果", "Interrupted; no partial result was left behind")
        typer.echo(str(message), err=True)
    return code


def _told(error: Exception) -> int:
    """Show an error in the words that fit it, and return its exit code."""
    if isinstance(error, UserError):
        _show(error)
        return error.exit_code
    if isinstance(error, ModuleNotFoundError) and (absent := missing_extra(error)) is not None:
        _show(absent)
        return absent.exit_code
    if is_plain_help(error):
        typer.echo(str(error), err=True)
        return USAGE
    if is_usage_error(error):
        _show(usage_error(error, sys.argv[1:]))
        return USAGE
    return _our_own_fault()


def _our_own_fault() -> int:
    """The trace of the error being handled is for us, the last lines are for the officer."""
    traceback.print_exc()
    typer.secho(
        "程序内部错误：没有写出任何结果，输入未改动。请把以上文字发给开发者。",
        err=True,
        fg=typer.colors.RED,
    )
    typer.echo(
        "Internal error: nothing was written, the input is untouched. Please send the text above.", err=True
    )
    return INTERNAL
