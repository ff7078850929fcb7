"""An archive is taken only whole; a backup that cannot be finished leaves what was there."""

import errno
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from django.conf import settings

from junheng.basics import UserError
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.operation import archive, backing_up
from junheng.web.operation.archive import read_archive, write_archive
from junheng.web.operation.backing_up import back_up
from junheng.web.operation.kept_files import is_empty_site, kept_files

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of a test stands in an open transaction and cannot be copied; test_operation_backup copies real ones."""

    def copied(folder: Path) -> Path:
        (folder / "junheng.sqlite3").write_bytes(random.Random(2).randbytes(20_000))
        return folder / "junheng.sqlite3"

    monkeypatch.setattr(backing_up, "copy_database", copied)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """An archive of two files, one of them random."""
    (tmp_path / "a").write_bytes(random.Random(1).randbytes(5000))
    (tmp_path / "二").write_bytes("学校".encode() * 500)
    target = tmp_path / "packed.tar.gz"
    write_archive(target, [("files/a", tmp_path / "a"), ("files/二", tmp_path / "二")], {"engine": "sqlite"})
    return target


def test_what_is_whole_is_read_back(packed: Path, tmp_path: Path) -> None:
    manifest = read_archive(packed, tmp_path / "out")
    assert set(manifest["members"]) == {"files/a", "files/二"}
    assert (tmp_path / "out/files/二").read_bytes() == (tmp_path / "二").read_bytes()


def test_every_truncation_is_told(packed: Path) -> None:
    content = packed.read_bytes()
    for length in [0, 1, 9, 200, *range(500, len(content), 400), len(content) - 1]:
        packed.write_bytes(content[:length])
        with pytest.raises(UserError, match="备份不完整"):
            read_archive(packed)


def test_no_altered_byte_passes_with_other_content(packed: Path) -> None:
    content, whole = packed.read_bytes(), read_archive(packed)
    refused = 0
    for place in [*range(12), *range(12, len(content), 37), len(content) - 1]:
        packed.write_bytes(content[:place] + bytes([content[place] ^ 0x40]) + content[place + 1 :])
        try:
            assert read_archive(packed) == whole
        except UserError:
            refused += 1
    assert refused > 100, "only the name and time in gzip's own head may differ"


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../outside"])
def test_no_member_leaves_the_folder(name: str, packed: Path, tmp_path: Path) -> None:
    target = tmp_path / "bad.tar.gz"
    write_archive(target, [(name, tmp_path / "a")], {"engine": "sqlite"})
    with pytest.raises(UserError):
        read_archive(target, tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def _full_after(count: int) -> Callable[[Path], Any]:
    """A disk with room for so many bytes."""

    class Full:
        def __init__(self, stream: IO[bytes]) -> None:
            self.stream, self.left = stream, count

        def write(self, data: bytes) -> int:
            self.left -= len(data)
            if self.left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.stream.write(data)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.stream, name)

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self.stream.close()

    return lambda path: Full(path.open("xb"))


@pytest.mark.parametrize("room", [0, 5000])
@pytest.mark.django_db
def test_a_full_disk_leaves_the_older_backups(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = back_up(tmp_path, 1, NOON).path
    acts = Entry.objects.count()
    monkeypatch.setattr(archive, "_opened", _full_after(room))
    with pytest.raises(UserError, match="磁盘已满"):
        back_up(tmp_path, 1, NOON + timedelta(days=1))
    assert list(tmp_path.iterdir()) == [older]
    assert Entry.objects.count() == acts
    read_archive(older)


@pytest.mark.django_db
def test_the_newest_remain_and_never_goes_the_one_just_made(tmp_path: Path) -> None:
    made = [back_up(tmp_path, 2, NOON + timedelta(hours=hour)) for hour in (0, 1, 2)]
    assert [one.removed for one in made] == [0, 0, 1]
    assert sorted(tmp_path.iterdir()) == [made[1].path, made[2].path]
    (tmp_path / "mine.tar.gz").write_bytes(b"")  # no name of ours
    early = back_up(tmp_path, 1, NOON - timedelta(hours=1))  # the clock jumped back
    assert {path.name for path in tmp_path.iterdir()} == {early.path.name, "mine.tar.gz"}
    assert list(faults()) == []
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.action, entry.object_id) == ("backup.make", early.path.name)


@pytest.mark.django_db
def test_places_that_are_no_place_for_a_backup(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"mine")
    for place, keep in ((Path(settings.HOME) / "x", None), (tmp_path / "there", None), (tmp_path / "new", 2)):
        with pytest.raises(UserError):
            back_up(place, keep)
    assert (tmp_path / "there").read_bytes() == b"mine"


def test_what_a_backup_holds(tmp_path: Path) -> None:
    for name in ("evidence/aa/x", "evidence/.new-1", "cache/a", "jobs/1/a", "workers/m:1", "secret.key",
                 "junheng.sqlite3", "junheng.sqlite3-wal", ".upload-1/a"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [name for name, _ in kept_files(tmp_path)] == ["evidence/aa/x", "secret.key"]
    (tmp_path / "evidence/aa/link").symlink_to(tmp_path / "secret.key")
    with pytest.raises(UserError, match="符号链接"):
        list(kept_files(tmp_path))


def test_which_folder_is_an_empty_site(tmp_path: Path) -> None:
    assert is_empty_site(tmp_path / "none")
    (tmp_path / "static").mkdir()
    (tmp_path / "secret.key").write_text("k")
    assert is_empty_site(tmp_path)
    (tmp_path / "junheng.sqlite3").write_bytes(b"")
    assert not is_empty_site(tmp_path)


def test_a_killed_backup_is_cleared_and_a_running_one_is_not(tmp_path: Path) -> None:
    import os

    dead, alive = tmp_path / ".junheng-backup-999999999-x", tmp_path / f".junheng-backup-{os.getpid()}-x"
    dead.mkdir()
    alive.mkdir()
    with backing_up._working(tmp_path) as own:
        assert own.exists()
    assert (dead.exists(), alive.exists(), own.exists()) == (False, True, False)
