"""Nothing half-written: files and folders appear whole, or not at all."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from junheng.basics.errors import UserError
from junheng.basics.system_errors import system_words
from junheng.basics.text import Text


def _cannot_write(target: Path, error: OSError) -> UserError:
    words = system_words(error)
    return UserError(
        Text(f"无法写入输出：{words.zh}", f"Cannot write the output: {words.en}"),
        where=str(target),
        why=Text("没有留下任何不完整的结果", "no partial result was left behind"),
        fix=Text("请换一个可写且空间足够的位置", "choose a writable place with enough free space"),
    )


@contextmanager
def atomic_file(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``target``; on success it replaces ``target`` in one step.

    Raises UserError when the place is read-only or the disk is full.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        with suppress(OSError):  # the place may be no folder at all; the first error is the one to tell
            temporary.unlink(missing_ok=True)


@contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """Yield a temporary folder beside ``target``; on success it takes ``target``'s place.

    An older folder at ``target`` is replaced only after the new one is complete.
    Raises UserError when the place is read-only or the disk is full.
    """
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
        temporary.chmod(0o755)
        yield temporary
        _swap(temporary, target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        if temporary is not None and temporary.exists():
            shutil.rmtree(temporary, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    """Move ``new`` to ``target``; an old folder there is put back if the move fails."""
    if not target.exists():
        new.replace(target)
        return
    old = target.with_name(f".{target.name}.{os.getpid()}.old.tmp")
    target.replace(old)
    try:
        new.replace(target)
    except OSError:
        old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def clear_left(target: Path) -> None:
    """Put right what a killed run left beside ``target``: its half-written folders go, the old folder comes back.

    Only for one who holds the place alone: nobody else may be writing there. What cannot be removed stays.
    """
    left = re.compile(rf"\.{re.escape(target.name)}\.([a-z0-9_]{{8}}|\d+\.old)\.tmp")
    with suppress(OSError):
        for path in sorted(target.parent.iterdir()):
            if not left.fullmatch(path.name) or not path.is_dir():
                continue
            if path.name.endswith(".old.tmp") and not target.exists():
                path.rename(target)
            else:
                shutil.rmtree(path, ignore_errors=True)
