"""Files that a command made, put in their place whole; what others wrote there is not overwritten."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from junheng.basics import Text, UserError, atomic_file

_DATED = slice(1, 4)  # bytes of a dBASE file (.dbf) that hold the day it was written


@contextmanager
def made_for(out: Path, *, force: bool) -> Iterator[Path]:
    """Yield an empty folder; the files made in it replace those of the same name in ``out``, each in one step.

    A file that is already there is replaced only where it holds the same bytes (what the command wrote before) or
    with ``force``. Raises UserError naming every other file, before anything is replaced, or where one cannot be
    written.
    """
    with TemporaryDirectory() as folder:
        yield Path(folder)
        made = sorted(Path(folder).iterdir())
        others = [
            path.name for path in made if (out / path.name).exists() and not _same(path, out / path.name)
        ]
        if others and not force:
            raise _there(out, others)
        with ExitStack() as stack:
            for path in made:
                shutil.copyfile(path, stack.enter_context(atomic_file(out / path.name)))


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    contents = [bytearray(path.read_bytes()) for path in (one, other)]
    if one.suffix.lower() == ".dbf":
        for content in contents:
            content[_DATED] = b"\0\0\0"
    return contents[0] == contents[1]


def _there(out: Path, names: list[str]) -> UserError:
    return UserError(
        Text(
            f"输出文件已存在，内容与本次要写的不同：{'、'.join(names)}",
            f"the output is there already, and it is not what would be written: {', '.join(names)}",
        ),
        where=str(out / names[0]),
        why=Text(
            "可能是别人的或改过的文件，没有覆盖，什么都没有写",
            "it may be somebody's own work: nothing was overwritten, nothing written",
        ),
        fix=Text(
            "请换一个输出位置；确要覆盖请加 --force", "choose another place, or add --force to replace it"
        ),
    )
