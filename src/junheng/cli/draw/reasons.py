"""A reason that will be published: refused where it names a child or holds a number or an address."""

from collections.abc import Iterable
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.cli.draw.folder import json_lines

_PEOPLE = ("name", "guardian")


def require_impersonal(reason: str, draw: Path) -> None:
    """Raise UserError where ``reason`` holds personal data of anyone on the roll of ``draw``."""
    from junheng.admissions import KIND_NAMES, find_personal_data

    found = find_personal_data(reason.encode(), names=_names(draw))
    if not found:
        return
    kinds = list(dict.fromkeys(item.kind for item in found))
    zh = "、".join(KIND_NAMES[kind].zh for kind in kinds)
    en = ", ".join(KIND_NAMES[kind].en for kind in kinds)
    raise UserError(
        Text(f"原因中有个人信息：{zh}", f"the reason holds personal data: {en}"),
        where="--reason",
        why=Text("原因随更正公布，公布后收不回", "it is published with the record and cannot be taken back"),
        fix=Text("只写事由，如“放弃入学”“转出本区”", "say what happened, not to whom"),
    )


def _names(draw: Path) -> Iterable[str]:
    people = json_lines(draw, "private/identities.jsonl")
    return {line["identity"][key] for line in people for key in _PEOPLE if line["identity"].get(key)}
