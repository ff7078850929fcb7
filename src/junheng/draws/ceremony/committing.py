"""T1: each party publishes the hash of 32 random bytes it keeps to itself until the reveals."""

import re
import secrets
from datetime import datetime
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.draws.canonical import text_bytes
from junheng.draws.ceremony.folder import already_frozen, json_file, opened
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.seeds import REVEAL_BYTES

_ROLE = re.compile(r"[\w-]{1,40}")
_DOING = Text("登记承诺", "record a commitment")


def fresh_value() -> bytes:
    """32 random bytes for a party without dice or a ball machine of its own; keep them until the reveal."""
    return secrets.token_bytes(REVEAL_BYTES)


def commit(
    folder: Path, role: str, name: str, commitment: str, *, now: datetime | None = None
) -> dict[str, str]:
    """Record a party's commitment (64 hex digits); before the spec is declared, one per role.

    The same again changes nothing; another value for the role raises UserError.
    """
    _check_party(role, name, commitment)
    party = {"role": role, "name": name, "commitment": commitment}
    path = f"commitments/{role}.json"
    with opened(folder) as ceremony:
        if ceremony.has(path) and ceremony.read_json(path) == party:
            return party
        require_state(ceremony.state, {Step.FROZEN}, _DOING)
        if ceremony.has(path):
            raise already_frozen(path)
        ceremony.done("commit", Step.FROZEN, {path: json_file(party)}, note={"role": role}, now=now)
    return party


def hex_bytes(text: str, size: int, where: str) -> bytes:
    """The bytes of ``size`` · 2 lower-case hex digits; anything else raises UserError."""
    if not re.fullmatch(f"[0-9a-f]{{{size * 2}}}", text):
        raise UserError(
            Text(f"应为 {size * 2} 位小写十六进制", f"{size * 2} lower-case hex digits are due"),
            where=where,
            fix=Text("请重新抄录", "copy it again"),
        )
    return bytes.fromhex(text)


def check_role(role: str) -> None:
    """Refuse (UserError) a role that could not name a file."""
    if not _ROLE.fullmatch(role):
        raise UserError(
            Text(f"角色名不合规定：{role}", f"Not a name for a role: {role}"),
            fix=Text("用文字、数字、横线，不超过 40 字", "letters, digits and dashes, at most 40"),
        )
    text_bytes(role, where="role")


def _check_party(role: str, name: str, commitment: str) -> None:
    check_role(role)
    text_bytes(name, where="name")
    hex_bytes(commitment, REVEAL_BYTES, role)
