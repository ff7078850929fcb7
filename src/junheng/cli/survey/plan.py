"""``junheng survey plan``: how many of whom are asked, at which schools, and one-time answer codes."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.judgement.survey import Method, SampleRules, SurveyPlan
    from junheng.standards import Standard

PLAN, CODES = "plan.json", "codes.json"


def command(
    input: Annotated[  # noqa: A002 – the word the user types
        Path, typer.Argument(help="填报数据：学校、学段、教师、县 | the county's return", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="新的方案文件夹 | a new folder")],
    standard: Annotated[str, typer.Option(help="标准 | the standard")] = "quality-2017",
    year: Annotated[int | None, typer.Option(help="学年，默认最近一年 | school year")] = None,
    county: Annotated[str, typer.Option(help="县级区划代码，数据只有一县时可省 | county code")] = "",
    residents: Annotated[int | None, typer.Option(min=1, help="常住人口，默认取“县”表 | residents")] = None,
    overlay: Annotated[
        list[Path] | None, typer.Option(help="省、市口径叠加 | overlays", callback=existing)
    ] = None,
    questionnaire: Annotated[
        Path | None, typer.Option(help="自备问卷 YAML | a questionnaire of your own", callback=existing)
    ] = None,
    method: Annotated[Path | None, typer.Option(help="自备方法 YAML | a method", callback=existing)] = None,
) -> None:
    """Write the sample plan, its codes and the hashes that the answering side keeps into OUT."""
    from junheng.data import read_input
    from junheng.judgement.survey import (
        load_method,
        load_questionnaire,
        make_plan,
        roll_json,
        roll_of,
        sample_rules,
    )

    require_new(out)
    snapshot = read_input(input)
    roll = roll_of(snapshot, year or max(snapshot.years(), default=0), county)
    chosen = resolved(standard, roll.year, roll.county_code, overlay or [])
    asked = load_questionnaire(chosen.id, questionnaire)
    rules = sample_rules(chosen)
    made = make_plan(rules, roll, residents=residents, standard_sha256=chosen.sha256, questionnaire=asked.id)
    way = load_method(method)
    frozen = roll_json(roll, snapshot, way, residents=residents, command=sys.argv[1:])
    _write(out, made, rules, way, frozen)
    _show(made, out)


def _show(made: "SurveyPlan", out: Path) -> None:
    from junheng.judgement.survey import group_names

    typer.echo(f"样本 sample：{made.size}（常住人口 residents {made.residents}，{made.standard}）")
    for group, quota in made.groups.items():
        typer.echo(f"  {group_names()[group].zh} {group_names()[group].en}：{quota}")
    for note in made.notes:
        typer.echo(f"  {note.zh} | {note.en}")
    typer.echo(f"输出 output：{out}")


def _write(
    out: Path, plan: "SurveyPlan", rules: "SampleRules", method: "Method", frozen: dict[str, Any]
) -> None:
    from junheng.basics import atomic_folder
    from junheng.judgement.survey import ROLL, codes_json, make_codes, seal
    from junheng.reports.survey import write_code_book, write_plan_book

    codes = make_codes(plan, method)
    with atomic_folder(out) as folder:
        for name, content in ((PLAN, plan.as_json()), (CODES, codes_json(codes))):
            text = json.dumps(content, ensure_ascii=False, indent=1)
            (folder / name).write_text(text + "\n", encoding="utf-8")
        write_plan_book(folder / "抽样方案.xlsx", plan, rules)
        write_code_book(folder / "作答码.xlsx", plan, codes)
        seal(folder, ROLL, frozen)


def resolved(standard: str, year: int, region: str, overlays: "list[Path]") -> "Standard":
    """The standard on 1 September of ``year`` in ``region``."""
    from junheng.standards import resolve, school_year_start

    return resolve(standard, on=school_year_start(year), region=region, overlays=overlays)


def require_new(folder: Path) -> None:
    """Refuse (UserError) a folder that holds something: codes handed out are never replaced."""
    from junheng.basics import Text, UserError

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            Text("文件夹已存在且不是空的", "the folder exists and is not empty"),
            where=str(folder),
            why=Text(
                "发出的作答码、封存的名册不能重写", "codes handed out and frozen rolls are never written over"
            ),
            fix=Text("请换一个新文件夹", "name a new folder"),
        )
