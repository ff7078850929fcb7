"""``junheng score SYSTEM BOOK --out DIR``; ``score systems``, ``score show``, ``score template``, ``score compare``."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.standards.scoring import IndexSystem

PROBLEM, OUTCOME = "problem.json", "scores.json"


def command(
    system: Annotated[
        str,
        typer.Argument(
            help="指标体系（编号或 .yaml），或 systems、show、template、compare | an index system, or one of these words"
        ),
    ],
    book: Annotated[
        str | None,
        typer.Argument(
            help="评分表；show、template 之后是指标体系，compare 之后是评分结果"
            " | the book; after show and template the system, after compare the scores"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="输出文件夹；template 时为新的 .xlsx | folder, or the template")
    ] = None,
    on: Annotated[str | None, typer.Option(help="日期，默认今天 | the day, today by default")] = None,
    region: Annotated[str, typer.Option(help="区划代码 | region code")] = "",
    overlay: Annotated[
        list[Path] | None, typer.Option(help="省、市、县口径叠加 | overlays", callback=existing)
    ] = None,
    finding: Annotated[
        Path | None,
        typer.Option(
            help="compare：同一县的结论文件夹 | compare: a finding of the same county", callback=existing
        ),
    ] = None,
) -> None:
    """Score BOOK by SYSTEM into OUT. Exit 0: written, whatever the grades; 2: refused. After compare 1: they differ."""
    from junheng.cli.score.show import show_system, show_systems

    day = _day(on)
    if system == "systems":
        show_systems()
        return
    if system == "compare":
        from junheng.cli.score.compare import compare

        compare(Path(_given(book, "SCORES")), _given(finding, "--finding"))
        return
    if system in ("show", "template"):
        found = _system(_given(book, "SYSTEM"), day, region, overlay or [])
        if system == "show":
            show_system(found)
        else:
            _template(found, out)
        return
    _score(_system(system, day, region, overlay or []), Path(_given(book, "BOOK")), out, day, region)


def _system(name: str, on: date, region: str, overlays: "list[Path]") -> "IndexSystem":
    from junheng.standards.scoring import index_system

    return index_system(name, on=on, region=region, overlays=overlays)


def _score(system: "IndexSystem", book: Path, out: Path | None, on: date, region: str) -> None:
    from junheng.basics import sha256_bytes
    from junheng.cli.score.show import show_outcome
    from junheng.judgement.scoring import outcome_json, read_scores, score

    existing(book)
    target = Path(_given(out, "--out"))
    read = read_scores(book, system, on)
    problem = read.problem.as_json()
    raw = (json.dumps(problem, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    outcome = outcome_json(read, score(read.problem), sha256_bytes(raw), sys.argv[1:], region)
    _write(target, raw, problem, outcome)
    show_outcome(problem, outcome, target)


def _write(out: Path, raw: bytes, problem: dict[str, Any], outcome: dict[str, Any]) -> None:
    from junheng.basics import atomic_folder
    from junheng.reports.scoring import write_bulletin, write_score_book, write_subject_sheets

    with atomic_folder(out) as folder:
        (folder / PROBLEM).write_bytes(raw)
        text = json.dumps(outcome, ensure_ascii=False, indent=1)
        (folder / OUTCOME).write_text(text + "\n", encoding="utf-8")
        write_score_book(folder / "评分表.xlsx", problem, outcome)
        write_subject_sheets(folder / "评分单.xlsx", problem, outcome)
        write_bulletin(folder / "评分通报.docx", problem, outcome)


def _template(system: "IndexSystem", out: Path | None) -> None:
    from junheng.cli.new_book import require_new_book
    from junheng.reports.scoring import write_template

    path = Path(_given(out, "--out"))
    require_new_book(path)
    write_template(path, system)
    typer.echo(f"已写出样表 template written：{path}")


def _given(value: Any, name: str) -> Any:
    from junheng.basics import Text, UserError

    if value is None:
        raise UserError(
            Text(f"缺少 {name}", f"{name} is missing"),
            where="junheng score",
            fix=Text(
                "junheng score 指标体系 评分表.xlsx --out 结果；junheng score systems 列出指标体系",
                "junheng score SYSTEM BOOK --out DIR; junheng score systems lists the systems",
            ),
        )
    return value


def _day(on: str | None) -> date:
    from junheng.basics import Text, UserError

    try:
        return date.today() if on is None else date.fromisoformat(on)  # noqa: DTZ011 # the officer's own day
    except ValueError as error:
        raise UserError(
            Text(f"日期写法不对：{on}", f"No such day: {on}"), fix=Text("写成 2025-06-30", "write 2025-06-30")
        ) from error
