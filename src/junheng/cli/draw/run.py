"""``junheng draw run``: the rule decides; run again it must give the same bytes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.basics import Text
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.declared_program import require_declared_program
from junheng.cli.draw.folder import roll_of, spec_of, state_of
from junheng.cli.draw.show import say, say_fingerprint, say_next
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    engine: Annotated[
        str, typer.Option(help="auto | python | numpy | numba，结果逐位相同 | all give the same bytes")
    ] = "auto",
) -> None:
    """Decide DRAW. A second run changes nothing: it only proves that the bytes come out the same."""
    from junheng.draws import run

    kind = roll_of(draw)["kind"]
    if str(state_of(draw)) == "seeded":
        require_declared_program(spec_of(draw))
    result = run(draw, lambda spec, rows, seed: decider(kind).run_draw(spec, rows, seed, engine=engine))
    say_result(kind, result)
    say_fingerprint(Text("结果指纹", "result root"), str(result["root"]))
    say_next(state_of(draw))


def say_result(kind: str, result: dict[str, Any]) -> None:
    """How many, in two lines."""
    rows = result["rows"]
    if kind == "classes":
        count = sum(len(group["sizes"]) for group in result["groups"])
        say(Text(f"{rows} 人编入 {count} 个班", f"{rows} children in {count} classes"))
        return
    taken = sum(school["taken"] for school in result["schools"])
    say(Text(f"{rows} 人报名，录取 {taken} 人", f"{rows} applied, {taken} admitted"))
