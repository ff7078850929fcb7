"""Paths named on the command line: one that is not there is refused at once, with the nearest that is."""

from pathlib import Path

from junheng.basics import Text, UserError, nearest


def existing(given: Path | list[Path] | None) -> Path | list[Path] | None:
    """``given`` itself when it exists, every one of a list; None passes. Raises UserError otherwise."""
    for path in given if isinstance(given, list) else [given]:
        if path is not None and not path.exists():
            raise _absent(path)
    return given


def require_own(out: Path, mark: str) -> None:
    """Refuse to replace a folder that holds other things: one with files, but no ``mark`` in it or one below.

    Raises UserError; nothing is touched.
    """
    if not out.exists():
        return
    if out.is_dir() and (not any(out.iterdir()) or any(out.glob(mark)) or any(out.glob(f"*/{mark}"))):
        return
    raise UserError(
        Text("输出位置已有别的内容", "The output folder holds something else"),
        where=str(out),
        why=Text("整个文件夹会被新的结果替换", "the whole folder would be replaced by the new result"),
        fix=Text("请换一个新文件夹", "name a new folder"),
    )


def _absent(path: Path) -> UserError:
    beside = [found.name for found in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(path.name, beside)
    if near is not None:
        fix = Text(
            f"请检查路径；最接近的是 {path.with_name(near)}",
            f"check the path; the nearest is {path.with_name(near)}",
        )
    elif path.parent.is_dir():
        fix = Text("请检查路径", "check the path")
    else:
        fix = Text(
            f"请检查路径：文件夹 {path.parent} 也不存在",
            f"check the path: the folder {path.parent} is not there either",
        )
    return UserError(
        Text("找不到输入的文件或文件夹", "There is no such file or folder"), where=str(path), fix=fix
    )
