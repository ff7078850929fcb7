"""The folder a ceremony may begin in, and one whose log is gone: told before anything is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.ceremony.log import LOG

PENDING = ".pending"
LOCK = ".lock"
# What a ceremony keeps there before its first line is logged, or a killed one left.
_OWN = {LOCK, PENDING, f".{LOG}.tmp"}
_FROZEN = {"roll", "private", "spec.json", "result", "transcript.json"}


def require_log(folder: Path, log: Sequence[Any]) -> None:
    """Refuse (UserError) a folder that holds frozen parts of a draw but no line of its log."""
    lost = sorted(_FROZEN & _names(folder)) if not log else []
    if lost:
        raise UserError(
            Text(
                f"日志 {LOG} 不见了或是空的，而 {'、'.join(lost)} 还在",
                f"the log {LOG} is gone or empty, though {', '.join(lost)} is still there",
            ),
            where=str(folder),
            why=Text(
                "没有日志就不能证明什么时候封存了什么，仪式不能继续",
                "without its log nothing shows what was frozen when; the ceremony cannot go on",
            ),
            fix=Text(
                "请用封存的副本恢复日志，并作事故记录",
                "restore the log from the sealed copy and record the incident",
            ),
        )


def require_free(folder: Path) -> None:
    """Refuse (UserError) to begin a draw among other files: it holds identities, and they must stay apart."""
    strange = sorted(_names(folder) - _OWN)
    if strange:
        raise UserError(
            Text(
                f"这个文件夹里已有别的内容，如 {strange[0]}",
                f"the folder holds something else, such as {strange[0]}",
            ),
            where=str(folder),
            why=Text(
                "抽签文件夹含证件号码，不能和别的文件混在一起",
                "a draw's folder holds identity numbers and must not be mixed with other files",
            ),
            fix=Text("请指定一个新的空文件夹", "name a new, empty folder"),
        )


def require_apart(folder: Path, other: Path) -> None:
    """Refuse (UserError) two draws in one folder, or one inside the other."""
    here, there = folder.resolve(), other.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise UserError(
            Text(
                "两次抽签的文件夹相同或一个在另一个里面",
                "the folders of the two draws are one, or one lies in the other",
            ),
            where=str(other),
            why=Text("每次抽签的文件都要各自封存", "each draw's files are frozen by themselves"),
            fix=Text("请给出另一次抽签自己的文件夹", "name the other draw's own folder"),
        )


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
