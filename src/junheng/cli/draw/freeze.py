"""``junheng draw freeze``: the roll, before any randomness exists; every child gets a public code."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import roll_of, state_of
from junheng.cli.draw.plan import read_plan
from junheng.cli.draw.private_file import paper_text, write_private
from junheng.cli.draw.private_folder import private_folder, require_own
from junheng.cli.draw.same_roll import is_frozen_so
from junheng.cli.draw.show import say, say_fingerprint, say_next
from junheng.cli.paths import existing

RECEIPTS = Text("回执", "receipts")


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
    """Freeze the roll of APPLICATIONS. Everything that would block it is listed by cause, and nothing is written.

    Applied again to the same folder with the same applications it changes nothing: nobody's code is drawn twice.
    """
    from junheng.draws import freeze

    read = read_plan(plan)
    entrants = decider(read.kind).entrants(read, applications)
    purpose = "rehearsal" if rehearsal else "official"
    if receipts is not None:
        require_own(receipts, read.draw_id, RECEIPTS, [out])
    if is_frozen_so(out, read, purpose, entrants):
        say(Text("名册早已如此封存，没有改动", "the roll was frozen like this before; nothing has changed"))
    else:
        _require_unused(out)
        freeze(
            out, draw_id=read.draw_id, title=read.title, purpose=purpose, kind=read.kind, hash_name=read.hash,
            entrants=entrants,
        )  # fmt: skip
    roll = roll_of(out)
    say(
        Text(
            f"名册已封存：{roll['rows']} 人，{roll['units']} 个单位",
            f"roll frozen: {roll['rows']} children, {roll['units']} units",
        )
    )
    say_fingerprint(Text("名册指纹", "roll root"), roll["root"])
    if receipts is not None:
        _write_receipts(out, receipts, read.draw_id)
    say_next(state_of(out))


def _require_unused(folder: Path) -> None:
    """Refuse (UserError) a folder in which another roll is frozen: the same one was looked for before."""
    if str(state_of(folder)) == "frozen":
        raise UserError(
            Text(
                "这个文件夹里已封存了另一份名册：申请表、方案的编号名称、或是否演练不同",
                "another roll is frozen in this folder: the forms, the plan's id or title, or its being a rehearsal differ",
            ),
            where=str(folder),
            why=Text("封存过的名册不能换", "a frozen roll is never exchanged"),
            fix=Text(
                "确要改正名册的，延期（postpone）或换一个新文件夹和新编号，并公告原因",
                "to mend the roll postpone the draw, or take a new folder and a new id and say why",
            ),
        )


def _write_receipts(draw: Path, folder: Path, draw_id: str) -> None:
    """One JSON file per child, named by its code."""
    from junheng.draws import receipts

    with private_folder(folder, draw_id, RECEIPTS, [draw]) as target:
        for paper in receipts(draw):
            write_private(target / f"{paper['row']['pid']}.json", paper_text(paper))
