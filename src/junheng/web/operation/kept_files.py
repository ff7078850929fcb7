"""Which files of the site's folder a backup holds: everything but what is made anew."""

from collections.abc import Iterator
from pathlib import Path

from junheng.basics import Text, UserError

SQLITE = "junheng.sqlite3"
_MADE_ANEW = frozenset({"cache", "jobs", "static", "workers"})  # a job's working folder is begun again
_OF_A_FRESH_SITE = frozenset({"cache", "static", "secret.key", "workers"})  # made by starting any command


def kept_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Every file a backup holds, by its name below ``home``, sorted; the database is not among them.

    A top folder may be a link (findings on another disk); a link below one is refused by UserError, for what it
    points at would be missing. Names that begin with a dot are files still being written.
    """
    for top in sorted(home.iterdir()):
        if top.name in _MADE_ANEW or top.name.startswith((".", SQLITE)):
            continue
        if top.is_file():
            yield top.name, top
            continue
        for path in sorted(top.rglob("*")):
            name = path.relative_to(home)
            if any(part.startswith(".") for part in name.parts):
                continue
            if path.is_symlink():
                raise _link(name.as_posix())
            if path.is_file():
                yield name.as_posix(), path


def is_empty_site(home: Path) -> bool:
    """Whether nothing stands in ``home`` but what starting a command makes."""
    if not home.exists():
        return True
    if not home.is_dir():
        return False
    found = {path.name for path in home.iterdir()}
    is_static_empty = not (home / "static").exists() or not any((home / "static").iterdir())
    return found <= _OF_A_FRESH_SITE and is_static_empty


def _link(name: str) -> UserError:
    return UserError(
        Text(
            "站点文件夹里有符号链接，备份会缺内容",
            "a symbolic link in the site's folder: the backup would lack it",
        ),
        where=name,
        why=Text("没有写出备份", "no backup was written"),
        fix=Text(
            "请把内容移到原处，或只链接最上一层的文件夹", "put the files there, or link only a top folder"
        ),
    )
