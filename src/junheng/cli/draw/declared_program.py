"""Whether the program at work is the one that the spec declared before any randomness existed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError

VERIFIERS = ("verify_draw.py", "verify.html")


def require_declared_program(spec: Mapping[str, Any]) -> None:
    """Refuse (UserError) to decide with another program than the spec names."""
    from junheng.draws import program_digests

    declared, here = spec["programs"]["engine"], program_digests()["engine"]
    if declared != here:
        raise UserError(
            Text("运行的程序与方案公告的不是同一个", "this is not the program that the spec declares"),
            where=f"{here[:16]}… ≠ {declared[:16]}…",
            why=Text(
                "知道种子以后换程序，等于挑选结果",
                "another program, now that the seed is known, could choose",
            ),
            fix=Text(
                "请装回公告时的版本再抽签；确需更换的，作废并公布事故记录",
                "install the version of the announcement; or declare the draw void and publish the record",
            ),
        )


def is_declared_verifier(spec: Mapping[str, Any], name: str, file: Path) -> bool:
    """Whether a published verifier is, line ends apart, the one whose digest the spec holds."""
    digest = hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    return bool(spec["programs"].get(name) == digest)
