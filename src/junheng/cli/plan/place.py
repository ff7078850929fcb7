"""Where a plan may be written: a new place, or over a plan nobody has touched; over nothing else."""

from collections.abc import Callable, Sequence
from pathlib import Path

from junheng.basics import Text, UserError

_SHOWN = 5


def require_place(out: Path, foreign: Callable[[Path], Sequence[str]]) -> None:
    """Raise UserError where writing to ``out`` would take away what is not the program's own.

    ``foreign``: the files of a folder that no earlier run wrote as they stand; it may raise UserError itself.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise _refused(out, Text("这里已有一个文件，不是文件夹", "there is a file here, not a folder"))
    if not out.exists() or not any(out.iterdir()):
        return
    if names := foreign(out):
        listed = "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
        raise _refused(
            out,
            Text(
                f"文件夹里有不是本软件写出的、或改动过的文件：{listed}",
                f"the folder holds files that this program did not write, or that were altered: {listed}",
            ),
        )


def foreign_to_plan(folder: Path) -> Sequence[str]:
    """Files that are not those of the plan in ``folder``; all of them where it holds none."""
    from junheng.planning import altered_files, is_plan

    return altered_files(folder) if is_plan(folder) else _names(folder)


def foreign_to_comparison(written: Sequence[str]) -> Callable[[Path], Sequence[str]]:
    """The test for a folder of a comparison, which writes no files but ``written``."""
    return lambda folder: [name for name in _names(folder) if name not in written]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _refused(out: Path, what: Text) -> UserError:
    return UserError(
        what,
        where=str(out),
        why=Text(
            "写到这里会把它们整个替换掉；本次什么都没有写", "they would be replaced; nothing was written"
        ),
        fix=Text("请换一个新文件夹，或先移走这些文件", "name a new folder, or move them away first"),
    )
