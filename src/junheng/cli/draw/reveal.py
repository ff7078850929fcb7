"""``junheng draw reveal``: a party shows the secret it committed to."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.show import say, say_next
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    role: Annotated[str, typer.Option(help="角色 | role")],
    secret: Annotated[
        Path | None,
        typer.Option(help="秘密数文件（commit --secret 所存）| the file of the secret", callback=existing),
    ] = None,
    value: Annotated[
        str, typer.Option(help="秘密数（64 位十六进制）| the secret itself (64 hex digits)")
    ] = "",
) -> None:
    """Record the reveal of one party; refused unless it is what the party committed to."""
    from junheng.draws import reveal

    if bool(value) == (secret is not None):
        raise UserError(
            Text("请给出 --secret 或 --value 之一", "give one of --secret and --value"),
            where="junheng draw reveal",
            fix=Text(
                "本机产生的给 --secret 文件；自备的给 --value 64 位十六进制",
                "--secret FILE for one made here, --value with 64 hex digits for one's own",
            ),
        )
    if secret is not None:
        value = read_secret(secret)
    state = reveal(draw, role, value.strip().lower())
    say(Text(f"{role} 的秘密数与承诺相符，已公开", f"{role} revealed what it had committed to"))
    say_next(state)


def read_secret(path: Path) -> str:
    """The text of a secret's file. Raises UserError where it is no text."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            Text("秘密数文件无法读取", "the file of the secret cannot be read"),
            where=str(path),
            fix=Text("应为 commit --secret 所存的文件", "it is the file that commit --secret wrote"),
        ) from error
