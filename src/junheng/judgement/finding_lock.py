"""One run at a time into one output folder: a lock file beside it, held by the operating system.

The system lets go of the lock when its holder ends, however it ends, so that a lock file left by a killed
process is recognised as stale: nobody holds it, and the next run takes it over.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from junheng.basics import Text, UserError, clear_left, system_words

_BYTE = 1 << 20  # the byte that Windows locks: beyond the words, which stay readable
_LONGEST = 200  # bytes of the holder's words


@contextmanager
def hold_output(target: Path, *, clears: bool = True) -> Iterator[None]:
    """Hold the output ``target`` until the block ends; the lock file ``.<name>.lock`` beside it then goes.

    ``clears``: what a killed run left half-written beside it goes first.

    Folders made for the lock file go again too where nothing was written into them. Raises UserError when
    another run holds it (naming the process), or when the place cannot be written.
    """
    place = target.resolve()
    lock, made = place.with_name(f".{place.name}.lock"), _missing_parents(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _taken(lock, target)
    except OSError as error:
        _remove(made)
        raise _cannot_write(target, error) from error
    try:
        if clears:
            clear_left(place)
        yield
    finally:
        _let_go(lock, descriptor)
        _remove(made)


def _missing_parents(place: Path) -> list[Path]:
    """The folders above ``place`` that do not exist, the innermost first."""
    return [folder for folder in place.parents if not folder.exists()]


def _remove(made: list[Path]) -> None:
    for folder in made:
        with suppress(OSError):  # what holds the finding is not empty and stays
            folder.rmdir()


def _taken(lock: Path, target: Path) -> int:
    """The open, locked lock file; taken again when its last holder removed it between opening and locking."""
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        if not _lock(descriptor):
            words = os.read(descriptor, _LONGEST).decode("utf-8", errors="replace").strip()
            os.close(descriptor)
            raise _held(target, words)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                since = datetime.now(UTC).astimezone()
                os.ftruncate(descriptor, 0)
                os.write(descriptor, f"{os.getpid()} {since:%Y-%m-%d %H:%M:%S}\n".encode())
                return descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Whether the lock could be had at once."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    finally:
        os.lseek(descriptor, 0, os.SEEK_SET)
    return True


def _let_go(lock: Path, descriptor: int) -> None:
    """Remove the lock file, then the lock: never the other way round, or the next holder's would go."""
    if sys.platform != "win32":
        with suppress(OSError):
            lock.unlink()
    os.close(descriptor)
    if sys.platform == "win32":
        with suppress(OSError):  # an open file cannot be removed there; a next holder's is open
            lock.unlink()


def _held(target: Path, words: str) -> UserError:
    process, _, since = words.partition(" ")
    return UserError(
        Text("另一个运行正在写这个文件夹", "Another run is writing this folder"),
        where=str(target),
        why=Text(
            f"两个运行同时写，后写的会悄悄盖掉先写的；本次什么都没有写（占用者：进程 {process or '?'}，始于 {since or '?'}）",
            "of two runs at once the last would silently win; this one wrote nothing "
            f"(held by process {process or '?'} since {since or '?'})",
        ),
        fix=Text(
            "请等它结束后再运行，或换一个文件夹", "run again when it has ended, or choose another folder"
        ),
    )


def _cannot_write(target: Path, error: OSError) -> UserError:
    return UserError(
        Text(f"无法写入输出：{system_words(error).zh}", f"Cannot write the output: {system_words(error).en}"),
        where=str(target),
        why=Text("没有留下任何不完整的结果", "no partial result was left behind"),
        fix=Text("请换一个可写且空间足够的位置", "choose a writable place with enough free space"),
    )
