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


def corrections_of(draw: Path) -> list[dict[str, Any]]:
    """The corrections so far (children struck off), in order."""
    return [
        _frozen(draw, path.relative_to(draw).as_posix(), Text("没有更正", "there is no correction"))
        for path in sorted((draw / "corrections").glob("[0-9][0-9][0-9][0-9].json"))
    ]


def valid_results(draw: Path) -> list[dict[str, Any]]:
    """The results now valid: of the last correction, or of the draw itself."""
    number = len(corrections_of(draw))
    return json_lines(draw, f"corrections/{number:04}.results.jsonl" if number else "result/results.jsonl")


def has_identities(draw: Path) -> bool:
    """Whether names and salts are still there: they are destroyed after the appeal period."""
    return (draw / "private" / "identities.jsonl").is_file()


def require_identities(draw: Path) -> None:
    """Raise UserError where identities and salts were destroyed: papers that name children can no longer be made."""
    if not has_identities(draw):
        raise UserError(
            Text(
                "身份和盐值已销毁，不能再写含姓名的材料",
                "identities are destroyed: no paper can name a child",
            ),
            where=str(draw),
            fix=Text("请使用销毁之前写出的文件", "use the files written before"),
        )


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
