"""How a re-computation ended, in the words of every ``junheng verify``."""

import typer

from junheng.basics import Text

DIFFERENCE = 1


def tell_agreement(difference: Text | None) -> None:
    """Say that everything agrees, or tell the first difference and leave with exit code 1."""
    if difference is None:
        typer.secho("一致 | Agreed: no difference found", fg=typer.colors.GREEN)
        return
    typer.secho("不一致，止于第一处 | A difference; stopped at the first", fg=typer.colors.RED)
    typer.echo(f"  {difference.zh}\n  {difference.en}")
    raise typer.Exit(DIFFERENCE)
