"""What is said of an uploaded file, by the name its sender gave it: on disk it has a name of ours."""

import re
from dataclasses import replace
from pathlib import Path, PurePath

from junheng.basics import Text, UserError
from junheng.data import Snapshot


def sent_name(given: str | None) -> str:
    """The sender's name without any folder, at most 255 characters."""
    return PurePath((given or "").replace("\\", "/")).name[:255]


def named(error: UserError, path: Path, name: str) -> UserError:
    """The same error with ``name`` wherever it named ``path``, and where it named nothing."""
    ours = re.compile(f"{re.escape(str(path))}|{re.escape(path.name)}")

    def told(text: Text | None) -> Text | None:
        return text and Text(*(ours.sub(lambda _: name, half) for half in (text.zh, text.en)))

    where = ours.sub(lambda _: name, error.where) or name
    return UserError(told(error.what) or error.what, where=where, why=told(error.why), fix=told(error.fix))


def renamed(snapshot: Snapshot, path: Path, name: str) -> Snapshot:
    """The tables read from ``path``, their places told by ``name``."""
    sources = [replace(one, file=name) if one.file == path.name else one for one in snapshot.sources]
    return replace(snapshot, sources=tuple(sources))
