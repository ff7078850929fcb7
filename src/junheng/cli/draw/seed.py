"""``junheng draw seed``: the seed from spec, reveals and beacons."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text
from junheng.cli.draw.folder import state_of
from junheng.cli.draw.show import say_fingerprint, say_next
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
) -> None:
    """Compute the seed of DRAW; the same whenever asked."""
    from junheng.draws import fix_seed

    say_fingerprint(Text("种子", "seed"), fix_seed(draw).hex())
    say_next(state_of(draw))
