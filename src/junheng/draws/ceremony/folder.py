"""The ceremony's folder: files that are written once, all together with their line in the log.

A step first stages its files, then replaces the log (the moment it is done), then moves the files
into place. A program killed before that moment has done nothing; after it, the next one finishes.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, system_words
from junheng.draws.canonical import canonical_bytes, strict_json
from junheng.draws.ceremony.lock import locked
from junheng.draws.ceremony.log import LOG, Entry, log_bytes, make_entry, present, read_log
from junheng.draws.ceremony.place import PENDING, require_log
from junheng.draws.ceremony.step import Step
from junheng.draws.hashes import digest

PRIVATE = "private"
# In the note of a line: the paths it takes away.
REMOVED = "removed"


class Ceremony:
    """An opened folder. Use through `opened`, which holds the lock and has found every file intact."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log: list[Entry] = read_log(folder)

    @property
    def state(self) -> Step:
        """How far the ceremony has come: what its last line says."""
        return Step(self.log[-1]["state"]) if self.log else Step.EMPTY

    @property
    def hash_name(self) -> str:
        """The hash function of this draw (once the roll is frozen)."""
        return str(self.log[0]["hash"])

    def files(self) -> dict[str, str]:
        """The hash of every file that must be there, by its path in the folder."""
        return frozen_files(self.log)

    def has(self, path: str) -> bool:
        """Whether a file of that path is frozen."""
        return path in self.files()

    def read(self, path: str) -> bytes:
        """The bytes of a frozen file."""
        return (self.folder / path).read_bytes()

    def read_json(self, path: str) -> Any:
        """A frozen JSON file."""
        return strict_json(self.read(path), where=path)

    def done(
        self,
        step: str,
        state: Step,
        files: Mapping[str, bytes],
        *,
        note: Mapping[str, Any] | None = None,
        hash_name: str = "",
        now: datetime | None = None,
    ) -> None:
        """Freeze ``files`` and log the step, in one: afterwards both are there, or neither.

        A file already frozen is refused unless its bytes are the same.
        """
        name = hash_name or self.hash_name
        hashes = {path: digest(name, content).hex() for path, content in files.items()}
        frozen = self.files()
        for path, found in hashes.items():
            if frozen.get(path, found) != found:
                raise already_frozen(path)
        entry = make_entry(
            self.log,
            hash_name=name,
            step=step,
            state=state,
            now=now or present(),
            files=hashes,
            note=note or {},
        )
        _stage(self.folder, files)
        log = [*self.log, entry]
        _write_synced(self.folder / f".{LOG}.tmp", log_bytes(log), 0o644)
        (self.folder / f".{LOG}.tmp").replace(self.folder / LOG)
        _sync_folder(self.folder)
        self.log = log
        _settle(self.folder, self.log)


@contextmanager
def opened(folder: Path) -> Iterator[Ceremony]:
    """Open a ceremony: lock it, finish what a killed program left, check every frozen file.

    Raises UserError when the log or a frozen file was altered or lost, or another program has it open.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            ceremony = Ceremony(folder)
            require_log(folder, ceremony.log)
            _settle(folder, ceremony.log)
            _check_intact(ceremony)
            yield ceremony
    except OSError as error:
        raise UserError(
            Text(
                f"无法读写仪式文件夹：{system_words(error).zh}",
                f"Cannot use the ceremony's folder: {system_words(error).en}",
            ),
            where=str(error.filename or folder),
            why=Text(
                "此步骤没有进行，已封存的内容不变", "the step was not done; what is frozen is unchanged"
            ),
            fix=Text("请检查磁盘空间和权限后重试", "check space and permissions, then try again"),
        ) from error


def json_file(value: Any) -> bytes:
    """A JSON file of the ceremony: exactly the canonical bytes, so that its hash can be taken by any tool."""
    return canonical_bytes(value)


def already_frozen(path: str) -> UserError:
    """The refusal to write a frozen file anew with other content."""
    return UserError(
        Text(f"已经封存，不能改写：{path}", f"Already frozen, cannot be rewritten: {path}"),
        where=path,
        why=Text("封存后的改动等于挑选结果", "changing it now would be choosing the result"),
        fix=Text(
            "如确有错误，请延期并以新编号重新开始",
            "if it is wrong, postpone and begin again under a new draw_id",
        ),
    )


def _stage(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below .pending, safely on the disk; whatever was left there is dropped."""
    pending = folder / PENDING
    shutil.rmtree(pending, ignore_errors=True)
    pending.mkdir(mode=0o700)
    for path, content in files.items():
        target = pending / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(target, content, 0o600 if path.startswith(f"{PRIVATE}/") else 0o644)


def _write_synced(path: Path, content: bytes, mode: int) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last through a power cut, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def frozen_files(log: Sequence[Entry]) -> dict[str, str]:
    """The hash of every file that must be there, by its path; those a line removes are not."""
    found: dict[str, str] = {}
    for entry in log:
        found.update(entry["files"])
        for path in entry["note"].get(REMOVED, []):
            found.pop(path, None)
    return found


def _settle(folder: Path, log: Sequence[Entry]) -> None:
    """Finish the last line of the log: move its staged files into place, take away what it removes.

    What is staged for a step that is not in the log was not done, and is dropped.
    """
    files = frozen_files(log)
    pending = folder / PENDING
    for staged in sorted(path for path in pending.rglob("*") if path.is_file()):
        path = staged.relative_to(pending).as_posix()
        target = folder / path
        if path in files and not target.exists():
            mode = 0o700 if path.startswith(f"{PRIVATE}/") else 0o755
            target.parent.mkdir(mode=mode, parents=True, exist_ok=True)
            staged.replace(target)
    shutil.rmtree(pending, ignore_errors=True)
    for path in log[-1]["note"].get(REMOVED, []) if log else []:
        (folder / path).unlink(missing_ok=True)


def _check_intact(ceremony: Ceremony) -> None:
    """Every frozen file is there with the bytes it was frozen with."""
    for path, expected in ceremony.files().items():
        file = ceremony.folder / path
        if not file.is_file() or digest(ceremony.hash_name, file.read_bytes()).hex() != expected:
            raise UserError(
                Text(f"封存的文件被改动或丢失：{path}", f"A frozen file was altered or lost: {path}"),
                where=str(file),
                why=Text(
                    "它的摘要与日志不符，仪式不能继续",
                    "its hash is not the one in the log; the ceremony cannot go on",
                ),
                fix=Text(
                    "请用封存的副本恢复，并作事故记录", "restore the sealed copy and record the incident"
                ),
            )
