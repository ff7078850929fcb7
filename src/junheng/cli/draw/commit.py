"""``junheng draw commit``: a party binds itself to a secret of 32 bytes without showing it."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError, system_words
from junheng.cli.draw.fitting import party_name
from junheng.cli.draw.folder import roll_of
from junheng.cli.draw.plan import read_plan
from junheng.cli.draw.private_file import write_private
from junheng.cli.draw.show import say, say_fingerprint
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    role: Annotated[str, typer.Option(help="角色，如 公证处、家长代表1 | role")],
    name: Annotated[str, typer.Option(help="姓名或单位 | name of the person or office")] = "",
    commitment: Annotated[
        str,
        typer.Option(help="该方自己算好的承诺（64 位十六进制）| made by the party itself (64 hex digits)"),
    ] = "",
    secret: Annotated[
        Path | None,
        typer.Option(
            help="由本机产生秘密数，存入此文件，公开前不要给人看 | make the secret here, into this file"
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            help="抽签方案：核对角色，取其姓名 | the plan: role checked, name taken", callback=existing
        ),
    ] = None,
) -> None:
    """Record the commitment of one party. Give --commitment, or --secret to have a secret made here."""
    from junheng.draws import commit

    if bool(commitment) == (secret is not None):
        raise UserError(
            Text("请给出 --commitment 或 --secret 之一", "give one of --commitment and --secret"),
            where="junheng draw commit",
            fix=Text(
                "自备秘密数的一方给 --commitment，其余用 --secret 文件",
                "--commitment for a party with its own secret, --secret FILE otherwise",
            ),
        )
    if plan is not None:
        name = name or party_name(read_plan(plan), role)
    if secret is not None:
        commitment = _with_secret(draw, role, name, secret)
    else:
        commitment = commitment.strip().lower()
        commit(draw, role, name, commitment)
    say_fingerprint(Text(f"{role} 的承诺", f"commitment of {role}"), commitment)


def _with_secret(draw: Path, role: str, name: str, secret: Path) -> str:
    """Make a secret, keep it, and record its commitment; where that is refused, no stray secret stays behind."""
    from junheng.draws import commit, commitment, fresh_value

    roll = roll_of(draw)
    value = fresh_value()
    keep_secret(secret, value.hex())
    try:
        made = commitment(roll["hash"], roll["draw_id"], role, value)
        commit(draw, role, name, made)
    except UserError:
        secret.unlink()
        raise
    say(
        Text(
            f"秘密数已存入 {secret}，公开前请妥善保管", f"the secret is in {secret}; keep it until the reveal"
        )
    )
    return made


def keep_secret(path: Path, value: str) -> None:
    """Write a secret readable by its owner alone; never over a file that is there.

    Raises UserError where the file exists or the place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, value + "\n")
    except OSError as error:
        if path.exists():
            raise _kept_before(path) from error
        raise UserError(
            Text(
                f"无法写入秘密文件：{system_words(error).zh}",
                f"cannot write the secret: {system_words(error).en}",
            ),
            where=str(path),
            why=Text("没有存好的秘密不能使用", "a secret that is not kept cannot be used"),
            fix=Text("请换一个可写的位置", "choose a writable place"),
        ) from error


def _kept_before(path: Path) -> UserError:
    return UserError(
        Text("这个位置已有文件，没有写入", "a file is there already; nothing was written"),
        where=str(path),
        why=Text("已有的秘密文件不会被覆盖", "a secret that is there is never overwritten"),
        fix=Text(
            "这一方已经承诺的，不必再做；否则换一个新的文件名",
            "where this party has committed nothing is left to do; else choose a new file name",
        ),
    )
