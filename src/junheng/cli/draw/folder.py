"""What lies in a draw's folder, read and never written."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError

if TYPE_CHECKING:
    from junheng.draws import Step


def roll_of(draw: Path) -> dict[str, Any]:
    """The frozen roll's head: draw_id, kind, purpose, hash, counts, root."""
    return _frozen(draw, "roll/roll.json", Text("还没有封存名册", "no roll has been frozen"))


def spec_of(draw: Path) -> dict[str, Any]:
    """The declared spec."""
    return _frozen(draw, "spec.json", Text("还没有公告方案", "no spec has been declared"))


def result_of(draw: Path) -> dict[str, Any]:
    """The public result."""
    return _frozen(draw, "result/result.json", Text("还没有结果", "there is no result yet"))


def json_lines(draw: Path, path: str) -> list[dict[str, Any]]:
    """A frozen file of JSON lines; [] when there is none."""
    from junheng.draws import strict_json

    file = draw / path
    if not file.is_file():
        return []
    return [
        strict_json(line, where=f"{path}:{n}") for n, line in enumerate(file.read_bytes().splitlines(), 1)
    ]


def state_of(draw: Path) -> "Step":
    """How far the draw has come."""
    from junheng.draws import state

    return state(draw)


def _frozen(draw: Path, path: str, absent: Text) -> dict[str, Any]:
    from junheng.draws import strict_json

    file = draw / path
    if not file.is_file():
        raise UserError(
            Text(f"这个文件夹里{absent.zh}", f"In this folder {absent.en}"),
            where=str(draw),
            fix=Text("请检查文件夹，或先做前面的步骤", "check the folder, or take the steps before"),
        )
    found: dict[str, Any] = strict_json(file.read_bytes(), where=str(file))
    return found
