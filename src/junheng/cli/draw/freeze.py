"""``junheng draw freeze``: the roll, before any randomness exists; every child gets a salted public code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.basics import Text, atomic_folder
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import state_of
from junheng.cli.draw.plan import read_plan
from junheng.cli.draw.private_file import paper_text, write_private
from junheng.cli.draw.show import say, say_fingerprint, say_next
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from collections.abc import Iterable


def command(
    applications: Annotated[
        Path,
        typer.Argument(help="申请表或新生名册（工作簿或文件夹）| applications or intake", callback=existing),
    ],
    plan: Annotated[Path, typer.Option(help="抽签方案 plan.yaml | the plan", callback=existing)],
    out: Annotated[Path, typer.Option(help="新的抽签文件夹 | a new folder for the draw")],
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="演练：永远不能作为正式结果公布 | a rehearsal")
    ] = False,
    receipts: Annotated[
        Path | None,
        typer.Option(help="把各家回执写到此文件夹（只交本人）| write the guardians' receipts here"),
    ] = None,
) -> None:
    """Freeze the roll of APPLICATIONS. Everything that would block it is listed by cause, and nothing is written."""
    from junheng.draws import freeze
    from junheng.draws import receipts as receipts_of

    read = read_plan(plan)
    entrants = decider(read.kind).entrants(read, applications)
    roll = freeze(
        out,
        draw_id=read.draw_id,
        title=read.title,
        purpose="rehearsal" if rehearsal else "official",
        kind=read.kind,
        hash_name=read.hash,
        entrants=entrants,
    )
    say(
        Text(
            f"名册已封存：{roll.rows} 人，{roll.units} 个单位",
            f"roll frozen: {roll.rows} children, {roll.units} units",
        )
    )
    say_fingerprint(Text("名册指纹", "roll root"), roll.root)
    if receipts is not None:
        write_papers(receipts, receipts_of(out))
    say_next(state_of(out))


def write_papers(folder: Path, papers: "Iterable[dict[str, Any]]") -> None:
    """One JSON file per child, named by its code, readable by the owner of the folder alone."""
    with atomic_folder(folder) as target:
        target.chmod(0o700)
        for paper in papers:
            write_private(target / f"{paper['row']['pid']}.json", paper_text(paper))
