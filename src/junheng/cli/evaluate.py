"""``junheng evaluate``: read, check, judge, write the finding with its documents, show the verdict."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.progress import Progress

    from junheng.data import Checked
    from junheng.judgement import Assessment, Question


def command(
    input: Annotated[  # noqa: A002 – the word the user sees in the usage line
        Path, typer.Argument(help="工作簿、文件夹或 Parquet | workbook, folder or Parquet", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="结论输出文件夹 | folder for the finding")],
    standard: Annotated[
        list[str] | None,
        typer.Option(help="标准编号或文件夹，可多次 | id or folder; may repeat [quality-2017]"),
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option(help="年份，可多次；默认最新一年 | may repeat; default: the latest")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="对照文件 | mapping file of a foreign table", callback=existing)
    ] = None,
    overlay: Annotated[
        list[Path] | None,
        typer.Option(help="省级口径或假设，可多次 | provincial values or what-if; may repeat"),
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="地区代码；默认各县自己的 | region code; default: each county's own")
    ] = None,
    engine: Annotated[str, typer.Option(help="duckdb | spark | python")] = "duckdb",
    indicators: Annotated[
        list[Path] | None,
        typer.Option(
            help="自定义指标，可多次 | indicator definitions of your own; may repeat", callback=existing
        ),
    ] = None,
    documents: Annotated[
        bool, typer.Option(help="同时生成 Word 与 Excel | make the Word and Excel documents too")
    ] = True,
    overwrite: Annotated[
        bool,
        typer.Option(
            help="改写人工改过的旧报告（先留备份）| rewrite a report edited by hand, keeping a backup"
        ),
    ] = False,
) -> None:
    """Judge INPUT by the standards and write the finding to OUT. Exit 0: written, whatever the verdict."""
    from junheng.cli.show_verdict import show
    from junheng.data import check_snapshot, read_input
    from junheng.judgement import hold_output, write_findings

    with hold_output(out), _progress() as progress:
        task = progress.add_task("读取数据 | reading", total=None)
        snapshot = read_input(input, mapping=mapping)
        progress.update(task, description="检查数据 | checking")
        checked = check_snapshot(snapshot)
        questions = _questions(standard, year or [max(snapshot.years(), default=0)], overlay, region)
        assessments = _assess(checked, questions, engine, indicators, progress)
        progress.update(
            task, description="写出结论 | writing", total=sum(len(a.counties) for a in assessments)
        )

        def make(folder: Path) -> None:
            if documents:
                from junheng.reports import write_documents

                write_documents(folder, overwrite=overwrite)
            progress.advance(task)

        folders = write_findings(assessments, out, command=sys.argv[1:], documents=make)
    show(assessments, folders, checked.problems)


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _questions(
    standards: list[str] | None, years: "Sequence[int]", overlays: list[Path] | None, region: str | None
) -> "list[Question]":
    """Every standard asked for, in every year asked for, each with the overlays that are meant for it.

    An overlay that fits none of them goes to the first, which refuses it and says why.
    """
    from junheng.basics import require_region
    from junheng.judgement import Question
    from junheng.standards import overlay_head, standard_id

    named = [_named(standard) for standard in (standards or ["quality-2017"])]
    ids = [standard_id(standard) for standard in named]
    meant: dict[str, list[Path]] = {}
    for overlay in overlays or []:
        wanted = overlay_head(overlay).standard
        meant.setdefault(wanted if wanted in ids else ids[0], []).append(overlay)
    asked = require_region(region) if region else region
    return [
        Question(standard, year, tuple(meant.get(own, ())), asked)
        for standard, own in zip(named, ids, strict=True)
        for year in years
    ]


def _named(standard: str) -> str | Path:
    """A path when something of that name lies on disk, else an id of the library."""
    path = Path(standard)
    return path if path.exists() else standard


def _assess(
    checked: "Checked",
    questions: "Sequence[Question]",
    engine: str,
    indicators: list[Path] | None,
    progress: "Progress",
) -> "list[Assessment]":
    from junheng.indicators import load_catalogue
    from junheng.judgement import assess_regions

    catalogue = load_catalogue(tuple(indicators or ()))
    found: list[Assessment] = []
    task = progress.add_task("判定 | judging", total=len(questions))
    for question in questions:
        found += assess_regions(checked, question, engine=engine, catalogue=catalogue)
        progress.advance(task)
    return found
