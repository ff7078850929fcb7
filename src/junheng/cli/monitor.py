"""``junheng monitor``: rules over findings of several years; alerts, bulletin and accountability list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.days import day_of
from junheng.cli.paths import existing, require_own

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from junheng.cli.monitor_run import Run
    from junheng.judgement.monitoring import Alert, State, Subject

ALERTS, BOOK = "alerts.json", "alerts.xlsx"
BULLETIN, ACCOUNTABILITY = "监测通报.docx", "问责清单.docx"


def command(
    folders: Annotated[
        list[Path],
        typer.Argument(help="各年结论文件夹，一县一标准 | findings, one a year", callback=existing),
    ],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the alerts")],
    tables: Annotated[
        list[Path] | None,
        typer.Option(
            help="各年填报数据（班级、教室、片区），可多次 | the inputs, for classes and rooms; may repeat",
            callback=existing,
        ),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(help="省、县规则叠加，可多次 | overlays of rules; may repeat", callback=existing),
    ] = None,
    forecast: Annotated[
        Path | None,
        typer.Option(help="学位预测的输出，须有 --tables | a forecast's output", callback=existing),
    ] = None,
    admission: Annotated[
        Path | None,
        typer.Option(help="招生结果文件夹或志愿 CSV | an admission, or a CSV of wishes", callback=existing),
    ] = None,
    stage: Annotated[str, typer.Option(help="招生的学段 primary 或 junior | of the admission")] = "junior",
    previous: Annotated[
        Path | None,
        typer.Option(help="上期监测的输出：新增、延续、销号 | the last run: new, closed", callback=existing),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option(
            help="整改台账 CSV：责任人、期限、退回、督办、佐证 | the register of gaps, a CSV",
            callback=existing,
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option(help="通报日期 YYYY-MM-DD，默认今天 | day of the bulletin")
    ] = None,
) -> None:
    """Watch the findings FOLDERS and write alerts and papers to OUT. Exit 0: written, whatever was found."""
    from junheng.cli.monitor_run import Run
    from junheng.judgement.monitoring import followed, load_rules, read_states, watch
    from junheng.standards import school_year_start

    require_own(out, ALERTS)
    states = read_states(folders, tables or [])
    latest = states[-1]
    library = load_rules(rules or [], on=school_year_start(latest.year), region=latest.county_code)
    beside = _beside(states, folders, tables or [], forecast, admission, stage)
    found = watch(states, library, beside=beside)
    earlier = _earlier(previous)
    courses = followed(earlier, found, states, library, beside=beside)
    run = Run(states, library, found, courses, [path.name for path in rules or []])
    _write(out, run, earlier, register, day_of(on), first=previous is None)
    _show(run, out)


def _beside(
    states: "Sequence[State]",
    folders: "Sequence[Path]",
    tables: "Sequence[Path]",
    forecast: Path | None,
    admission: Path | None,
    stage: str,
) -> "dict[str, Sequence[Subject]]":
    """What no finding holds: the years ahead and the seats of an admission."""
    from junheng.judgement import findings_in, read_finding
    from junheng.judgement.monitoring import admission_subjects, forecast_subjects, tables_of

    beside: dict[str, Sequence[Subject]] = {}
    if forecast is not None:
        year = states[-1].year
        paths = [path for folder in folders for path in findings_in(folder)]
        finding = next(path for path in paths if read_finding(path).year == year)
        beside["future"] = forecast_subjects(forecast, finding, tables_of(tables, year))
    if admission is not None:
        beside["seats"] = admission_subjects(admission, stage=stage)
    return beside


def _earlier(previous: Path | None) -> "list[Alert]":
    import json

    from junheng.basics import Text, UserError
    from junheng.judgement.monitoring import alert_from_json

    if previous is None:
        return []
    path = previous / ALERTS if previous.is_dir() else previous
    try:
        return [alert_from_json(entry) for entry in json.loads(path.read_text("utf-8"))["alerts"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            Text("这不是上期监测的输出", "This is not the output of an earlier run"),
            where=str(path),
            fix=Text(
                "请给出 junheng monitor 的输出文件夹", "give the folder that junheng monitor has written"
            ),
        ) from error


def _write(
    out: Path,
    run: "Run",
    earlier: "Sequence[Alert]",
    register: Path | None,
    on: "date",
    *,
    first: bool,
) -> None:
    """Everything into ``out``, whole or not at all."""
    import json

    from junheng.basics import atomic_folder
    from junheng.reports.monitoring import (
        AccountabilityList,
        read_register,
        write_accountability,
        write_alert_book,
        write_bulletin,
    )

    gaps = [] if register is None else read_register(register, [*earlier, *run.found.alerts])
    with atomic_folder(out) as folder:
        text = json.dumps(run.as_json(), ensure_ascii=False, indent=1)
        (folder / ALERTS).write_text(text + "\n", encoding="utf-8")
        write_alert_book(folder / BOOK, run.found, run.library, run.courses)
        write_bulletin(folder / BULLETIN, run.bulletin(gaps, on, first=first))
        county = run.states[-1].county
        write_accountability(folder / ACCOUNTABILITY, AccountabilityList(county, on, gaps))


def _show(run: "Run", out: Path) -> None:
    from collections import Counter

    from junheng.judgement.monitoring import COURSE_NAMES, LEVEL_NAMES, LEVELS

    counts = "，".join(f"{LEVEL_NAMES[level].zh} {run.found.count(level)}" for level in LEVELS)
    english = ", ".join(f"{LEVEL_NAMES[level].en} {run.found.count(level)}" for level in LEVELS)
    typer.echo(f"预警 warnings：{counts} | {english}")
    missing = sum(alert.kind == "no_data" for alert in run.found.alerts)
    typer.echo(f"数据缺失 no data：{missing}；未监测的规则 rules not watched：{len(run.found.unwatched)}")
    for rule in run.found.unwatched:
        typer.echo(f"  {rule.rule} {rule.reason.zh} | {rule.reason.en}")
    courses = Counter(entry.course for entry in run.courses)
    told = "，".join(
        f"{COURSE_NAMES[name].zh} {COURSE_NAMES[name].en} {courses[name]}" for name in COURSE_NAMES
    )
    typer.echo(f"与上期相比 since the last run：{told}")
    typer.echo(f"输出 output：{out}")
