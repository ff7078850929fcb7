"""``junheng draw verify``: the independent check of a published draw; exit 1 when a check fails."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.public_folder import check_posted_list, check_verifiers, public_folder
from junheng.cli.draw.public_log import check_log
from junheng.cli.draw.show import console
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.verification import DrawCheck

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
    from junheng.verification import verify_transcript

    if not transcript.is_dir():
        _refuse_incident(transcript)
        _show(verify_transcript(transcript, rows=rows, results=results, slip=slip))
        return
    found = public_folder(transcript)
    if rows is None and results is None and found.file("rows.jsonl"):
        rows, results = found.file("rows.jsonl"), found.file("results.jsonl")
    file = found.folder / f"{found.prefix}transcript.json"
    checks = verify_transcript(file, rows=rows, results=results, slip=slip)
    beside = (check_log(found), check_verifiers(found), check_posted_list(found, results))
    _show([*checks, *beside])


def _show(checks: "Sequence[DrawCheck]") -> None:
    """All checks as a table; exit 1 when one of them failed."""
    from rich.table import Table

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


def _refuse_incident(path: Path) -> None:
    """A draw declared void has no result to check: say so, with the published reason."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        return
    if isinstance(found, dict) and found.get("format") == "junheng/draw-incident/1":
        raise UserError(
            Text(
                f"这次抽签已作废：{found.get('reason', '')}", f"this draw is void: {found.get('reason', '')}"
            ),
            where=str(path),
            why=Text("事故记录里引用的结果不作数", "the result that the record quotes does not count"),
            fix=Text("请核对重新举行的抽签的公报", "check the transcript of the draw held instead"),
        )
