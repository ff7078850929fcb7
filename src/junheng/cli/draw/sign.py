"""``junheng draw sign``: a party's signature under the spec or the result."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.commit import keep_secret
from junheng.cli.draw.folder import result_of, spec_of
from junheng.cli.draw.show import say, say_fingerprint
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    role: Annotated[str, typer.Option(help="角色 | role")],
    of: Annotated[str, typer.Option(help="spec 方案 | result 结果")] = "result",
    key: Annotated[
        Path | None, typer.Option(help="Ed25519 私钥文件；不存在则新建 | private key; made when absent")
    ] = None,
    token: Annotated[
        Path | None,
        typer.Option(
            help="其他签名或时间戳文件（只记录）| another signature or time-stamp: recorded",
            callback=existing,
        ),
    ] = None,
    algorithm: Annotated[str, typer.Option(help="其他签名的名称，如 SM2、RFC3161 | its name")] = "",
) -> None:
    """Sign DRAW with an Ed25519 key, or keep a signature made elsewhere."""
    from junheng.draws import attach, record

    if of not in ("spec", "result"):
        raise UserError(
            Text(f"--of 只能是 spec 或 result：{of}", f"--of is spec or result: {of}"),
            where="--of",
            fix=Text("方案写 spec，结果写 result", "spec for the spec, result for the result"),
        )
    if (key is None) == (token is None):  # neither, or both
        raise UserError(
            Text("请给出 --key 或 --token 之一", "give one of --key and --token"),
            where="junheng draw sign",
            fix=Text(
                "本机签名用 --key 私钥文件；别处签的用 --token 签名文件 --algorithm 名称",
                "--key FILE to sign here; --token FILE --algorithm NAME for a signature made elsewhere",
            ),
        )
    if key is not None:
        remark = _sign_here(draw, role, of, key)
    elif token is not None:
        remark = attach(draw, record(role, algorithm or "unknown", of, _token(token)))
    say(Text(f"{role}：{remark.zh}", f"{role}: {remark.en}"))


def _token(path: Path) -> bytes:
    """The bytes of a signature made elsewhere. Raises UserError where there are none."""
    try:
        found = path.read_bytes()
    except OSError as error:
        raise UserError(Text("签名文件读不了", "the file cannot be read"), where=str(path)) from error
    if not found:
        raise UserError(Text("签名文件是空的", "the file of the signature is empty"), where=str(path))
    return found


def _sign_here(draw: Path, role: str, of: str, key: Path) -> Text:
    """Sign with the key in the file, a new one where there is none; a refused signature leaves no new key behind."""
    from junheng.draws import attach, new_key

    if key.exists():
        return attach(draw, _signed(draw, role, of, key))
    spec_of(draw)  # refused before a key is made
    private, public = new_key()
    keep_secret(key, private.hex())
    try:
        remark = attach(draw, _signed(draw, role, of, key))
    except UserError:
        key.unlink()
        raise
    say_fingerprint(Text("新公钥，请公布", "new public key: publish it"), public.hex())
    return remark


def _signed(draw: Path, role: str, of: str, key: Path) -> dict[str, str]:
    from junheng.draws import result_digest, sign, spec_digest

    spec = spec_of(draw)
    value = spec_digest(spec) if of == "spec" else result_digest(spec["hash"], result_of(draw))
    try:
        private = bytes.fromhex(key.read_text("ascii").strip())
        return sign(private, role, of, value)
    except (OSError, ValueError) as error:
        raise UserError(
            Text("私钥文件应为 64 位十六进制", "the key file must hold 64 hex digits"),
            where=str(key),
            fix=Text(
                "应为 sign --key 新建的文件；没有私钥的，给一个新的文件名",
                "it is the file that sign --key made; without a key name a new file",
            ),
        ) from error
