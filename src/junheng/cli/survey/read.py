"""``junheng survey read``: paper and web answers counted, the rate judged, a public notice."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.judgement.survey import SampleRules, Slot, SurveyPlan

OUTCOME, PUBLIC, TABLE = "survey.json", "public.json", "survey.csv"


def command(
    plan: Annotated[
        Path, typer.Argument(help="survey plan 写出的文件夹 | the plan's folder", callback=existing)
    ],
    answers: Annotated[
        list[Path],
        typer.Argument(
            help="录入表（.xlsx .csv）或网上答卷（.json） | typed or web answers", callback=existing
        ),
    ],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the result")],
    overlay: Annotated[
        list[Path] | None,
        typer.Option(help="定方案时的叠加文件 | overlays, as when planned", callback=existing),
    ] = None,
    questionnaire: Annotated[
        Path | None, typer.Option(help="自备问卷 YAML | a questionnaire of your own", callback=existing)
    ] = None,
    method: Annotated[Path | None, typer.Option(help="自备方法 YAML | a method", callback=existing)] = None,
) -> None:
    """Count ANSWERS and write the result to OUT. Exit 0: written, whatever the verdict."""
    from junheng.judgement.survey import (
        count_papers,
        load_method,
        load_questionnaire,
        outcome_json,
        papers_json,
        public_json,
        read_answers,
        read_plan,
        survey_csv,
        survey_result,
    )

    made, way = read_plan(plan), load_method(method)
    rules, asked = _rules(made, overlay or []), load_questionnaire(made.standard, questionnaire)
    given = read_answers(answers, asked)
    papers, odd = count_papers(given.papers, _slots(plan), asked, way)
    result = survey_result(papers, made, rules, asked, way)
    faults = [*given.faults, *odd]
    outcome = outcome_json(made, rules, given, papers, result, faults, asked, way, sys.argv[1:])
    frozen = papers_json(papers, made, asked, way)
    _write(out, outcome, public_json(made, rules, result, way), survey_csv(made, result), frozen)
    _show(outcome, out)


def _rules(plan: "SurveyPlan", overlays: "list[Path]") -> "SampleRules":
    """The standard as it was when the plan was made; UserError where it is another now."""
    from junheng.basics import Text, UserError
    from junheng.cli.survey.plan import resolved
    from junheng.judgement.survey import sample_rules

    standard = resolved(plan.standard, plan.year, plan.county_code, overlays)
    if standard.sha256 != plan.standard_sha256:
        raise UserError(
            Text("标准与定方案时不同", "the standard is not the one the plan was made by"),
            where=plan.standard,
            why=Text("样本和界线须出自同一份标准", "sample and limit belong to one standard"),
            fix=Text("请给出当时的 --overlay，或重新定方案", "give the same --overlay files, or plan again"),
        )
    return sample_rules(standard)


def _slots(folder: Path) -> "dict[str, Slot]":
    from junheng.basics import Text, UserError
    from junheng.judgement.survey import slots_of

    path = folder / "codes.json"
    try:
        return slots_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            Text("作答码指纹文件缺失或损坏", "the file of code hashes is absent or damaged"),
            where=str(path),
            why=Text(
                "没有它就无法判断答卷属于本次调查", "without it no answer is known to be of this survey"
            ),
            fix=Text("从定方案时的文件夹取回 codes.json", "put back codes.json of the plan"),
        ) from error


def _write(
    out: Path, outcome: dict[str, Any], public: dict[str, Any] | None, table: str, frozen: dict[str, Any]
) -> None:
    from junheng.basics import atomic_folder
    from junheng.judgement.survey import PAPERS, seal
    from junheng.reports.survey import write_notice, write_result_book

    with atomic_folder(out) as folder:
        _write_json(folder / OUTCOME, outcome)
        (folder / TABLE).write_text(table, encoding="utf-8")
        write_result_book(folder / "调查结果.xlsx", outcome)
        if public is None:
            typer.echo("有效问卷太少，不写公示 | too few valid papers: nothing for the public is written")
        else:
            _write_json(folder / PUBLIC, public)
            write_notice(folder / "调查结果公示.docx", public)
        seal(folder, PAPERS, frozen)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _show(outcome: dict[str, Any], out: Path) -> None:
    from junheng.judgement import VERDICT_NAMES, Verdict

    whole, verdict = outcome["whole"], VERDICT_NAMES[Verdict(outcome["verdict"])]
    typer.echo(
        f"发放 issued {whole['issued']}；收回 returned {whole['returned']}；有效 valid {whole['valid']}"
    )
    ends = whole["interval"]
    shown = "—" if ends is None else f"[{ends[0]:.4f}, {ends[1]:.4f}]"
    typer.echo(f"满意率 rate {whole['rate']}；区间 interval {shown}；界线 limit {outcome['limit']}")
    typer.echo(f"结论 verdict：{verdict.zh} {verdict.en}")
    for problem in outcome["problems"]:
        places = problem["where"]
        more = f" …共 {len(places)} 处 in all" if len(places) > 5 else ""
        typer.echo(f"  {problem['what']['zh']} | {problem['what']['en']}：{'；'.join(places[:5])}{more}")
    typer.echo(f"输出 output：{out}")
