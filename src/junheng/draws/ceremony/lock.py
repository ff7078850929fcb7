"""One writer at a time: a lock the system lets go of by itself when the program dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from junheng.basics import Text, UserError, system_words
from junheng.draws.ceremony.place import LOCK


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold ``folder``/.lock. Raises UserError when another program holds it or the place is read-only."""
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UserError(
            Text(
                f"无法写入仪式文件夹：{system_words(error).zh}",
                f"Cannot write the ceremony's folder: {system_words(error).en}",
            ),
            where=str(folder),
        ) from error
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise UserError(
            Text("另一个程序正在使用这个仪式文件夹", "Another program is using this ceremony's folder"),
            where=str(folder),
            fix=Text("等它结束后再试", "try again when it has ended"),
        ) from error
