"""``junheng draw verify``: the independent check of a published draw; exit 1 when a check fails."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.draw.show import console
from junheng.cli.paths import existing

FAILED = 1


def command(
    transcript: Annotated[
        Path, typer.Argument(help="transcript.json 或公布文件夹 | or the public folder", callback=existing)
    ],
    rows: Annotated[
        Path | None, typer.Option(help="去标识名册 rows.jsonl | pseudonymous rows", callback=existing)
    ] = None,
    results: Annotated[Path | None, typer.Option(help="results.jsonl", callback=existing)] = None,
    slip: Annotated[Path | None, typer.Option(help="凭条 | a guardian's slip", callback=existing)] = None,
) -> None:
    """Check TRANSCRIPT; with rows, re-run the draw by a second program; with a slip, check one child."""
    from rich.table import Table

    from junheng.verification import verify_transcript

    if transcript.is_dir():
        transcript, rows, results = _inside(transcript, rows, results)
    checks = verify_transcript(transcript, rows=rows, results=results, slip=slip)
    shown = Table(title="核对 Checks", title_justify="left")
    for head in ("核对 check", "结果 outcome", "说明 detail"):
        shown.add_column(head, overflow="fold")
    for check in checks:
        colour, word = _WORDS[check.state]
        shown.add_row(
            f"{check.name.zh}\n{check.name.en}",
            f"[{colour}]{word}[/{colour}]",
            f"{check.detail.zh}\n{check.detail.en}",
        )
    console().print(shown)
    failed = sum(check.state == "failed" for check in checks)
    unchecked = sum(check.state == "not_checked" for check in checks)
    passed = len(checks) - failed - unchecked
    typer.echo(f"通过 passed {passed}，未通过 failed {failed}，未核对 not checked {unchecked}")
    if failed:
        raise typer.Exit(FAILED)


_WORDS = {
    "passed": ("green", "通过 passed"),
    "failed": ("bold red", "未通过 FAILED"),
    "not_checked": ("yellow", "未核对 not checked"),
}


def _inside(folder: Path, rows: Path | None, results: Path | None) -> tuple[Path, Path | None, Path | None]:
    """The files of a public folder; a rehearsal's carry its prefix."""
    prefix = "rehearsal-" if (folder / "rehearsal-transcript.json").is_file() else ""
    beside = [folder / f"{prefix}{name}.jsonl" for name in ("rows", "results")]
    if rows is None and results is None and all(path.is_file() for path in beside):
        rows, results = beside
    return folder / f"{prefix}transcript.json", rows, results
