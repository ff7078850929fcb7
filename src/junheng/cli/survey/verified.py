"""``junheng verify`` for a folder of ``junheng survey plan`` or ``survey read``: exit 1 at the first difference."""

from collections.abc import Sequence
from pathlib import Path

import typer

from junheng.cli.agreement import tell_agreement


def verify_folder(folder: Path, given: Path | None, overlays: Sequence[Path]) -> None:
    """Work the plan or the result out again by the second mind, and say what was compared."""
    from junheng.verification import verify_survey

    result = verify_survey(folder, given, overlays)
    typer.echo(f"复算问卷 papers：{result.papers:,}；比对 figures compared：{result.figures:,}")
    for note in result.notes:
        typer.echo(f"  {note.zh} | {note.en}")
    tell_agreement(result.difference)
