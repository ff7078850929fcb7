"""``junheng lint``: figures of a report that contradict each other, whoever wrote it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.reports import Remark

PROBLEMS = 1
_COLOURS = {"agrees": "green", "contradicts": "red", "ask": "yellow", "damaged": "magenta"}


def command(
    report: Annotated[
        Path,
        typer.Argument(
            help="报告（.docx、.txt、.md），或结论文件夹 | a report, or a finding's folder", callback=existing
        ),
    ],
    annotate: Annotated[
        Path | None,
        typer.Option(help="另存一份加批注的 Word 文件 | write a copy with comments (.docx only)"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="把结果写成 JSON | write the remarks as JSON")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="不列相符的 | leave out what agrees")] = False,
) -> None:
    """Check the figures of REPORT against each other; exit 1 when some contradict. Nothing is mended."""
    from junheng.reports import annotate as write_comments
    from junheng.reports import check_prose, lint_report

    if report.is_dir():
        objections = lint_report(report)
        for problem in objections:
            typer.secho(str(problem), fg=typer.colors.RED)
        typer.echo(f"结论文件夹核对完毕，问题{len(objections)}处 | problems: {len(objections)}")
        raise typer.Exit(PROBLEMS if objections else 0)
    remarks = check_prose(report)
    _show(remarks, quiet=quiet)
    if out is not None:
        _write(remarks, out)
    if annotate is not None:
        count = write_comments(report, remarks, annotate)
        typer.echo(f"已写批注{count}处 | comments written: {count} → {annotate}")
    if any(remark.kind == "contradicts" for remark in remarks):
        raise typer.Exit(PROBLEMS)


def _show(remarks: "tuple[Remark, ...]", *, quiet: bool) -> None:
    counts = dict.fromkeys(_COLOURS, 0)
    for remark in remarks:
        counts[remark.kind] += 1
        if not (quiet and remark.kind == "agrees"):
            typer.secho(str(remark), fg=_COLOURS[remark.kind])
    typer.echo(
        f"相符{counts['agrees']}处，矛盾{counts['contradicts']}处，请核{counts['ask']}处，疑似破损{counts['damaged']}处"
    )
    typer.echo(
        f"agree {counts['agrees']}, contradict {counts['contradicts']}, to check {counts['ask']},"
        f" damaged {counts['damaged']}"
    )


def _write(remarks: "tuple[Remark, ...]", out: Path) -> None:
    import json

    from junheng.basics import atomic_file

    rows = [
        {
            "kind": remark.kind,
            "where": remark.where,
            "what": {"zh": remark.what.zh, "en": remark.what.en},
            "passages": list(remark.passages),
        }
        for remark in remarks
    ]
    with atomic_file(out) as temporary:
        temporary.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
