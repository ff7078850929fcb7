"""``junheng verify`` for a folder of ``junheng score``: exit 1 at the first difference."""

from collections.abc import Sequence
from pathlib import Path

import typer

from junheng.cli.agreement import tell_agreement


def verify_folder(folder: Path, book: Path | None, overlays: Sequence[Path]) -> None:
    """Score the frozen rows again by the second mind, and say what was compared."""
    from junheng.verification import verify_scores

    result = verify_scores(folder, book, overlays)
    typer.echo(
        f"复算对象 subjects computed again：{result.subjects}；比对 figures compared：{result.figures}"
    )
    for note in result.notes:
        typer.echo(f"  {note.zh} | {note.en}")
    tell_agreement(result.difference)
