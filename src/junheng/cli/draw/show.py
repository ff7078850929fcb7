"""What a step of the draw prints: where it stands, and fingerprints in groups to be read aloud."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from junheng.basics import Text
from junheng.cli.wide_console import wide_console

if TYPE_CHECKING:
    from rich.console import Console

    from junheng.draws import Step

_GROUP = 8


def spoken(fingerprint: str) -> str:
    """A fingerprint in groups of eight, as it is read aloud and compared by eye."""
    return " ".join(fingerprint[place : place + _GROUP] for place in range(0, len(fingerprint), _GROUP))


def say(text: Text) -> None:
    """One line in Chinese, one in English."""
    typer.echo(text.zh)
    typer.echo(f"  {text.en}")


def say_fingerprint(name: Text, fingerprint: str) -> None:
    """A fingerprint with its name, ready to be read aloud."""
    typer.echo(f"{name.zh} {name.en}:\n  {spoken(fingerprint)}")


def say_next(state: "Step") -> None:
    """What comes next from here."""
    following = NEXT.get(str(state))
    if following:
        typer.echo(f"下一步 next: {following.zh} | {following.en}")


NEXT = {
    "empty": Text("junheng draw freeze 封存名册", "freeze the roll"),
    "frozen": Text("junheng draw commit 各方承诺，然后 spec 公告方案", "commit by each party, then spec"),
    "declared": Text("junheng draw reveal 各方公开秘密数", "reveal by each party"),
    "revealed": Text("junheng draw beacon 录入公共随机", "record the beacons"),
    "observed": Text("junheng draw seed 计算种子", "fix the seed"),
    "seeded": Text("junheng draw run 抽签", "run the draw"),
    "decided": Text("junheng draw publish 公布", "publish"),
    "published": Text("junheng draw verify 核对", "verify"),
}


def console() -> "Console":
    """A console wide enough that Chinese cells do not break into single characters."""
    return wide_console()


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table on the screen; numbers to the right."""
    from rich.table import Table

    shown = Table(title=title, title_justify="left")
    for index, head in enumerate(heads):
        numeric = bool(rows) and all(row[index].lstrip("-").isdigit() for row in rows)
        shown.add_column(head, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    console().print(shown)
