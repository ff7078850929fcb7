"""Nothing half-written: a failure leaves what was there before."""

import errno
import os
from pathlib import Path

import pytest

from junheng.basics import UserError, atomic_file, atomic_folder, sha256_bytes, sha256_file


def test_a_file_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.txt"
    with atomic_file(target) as temporary:
        temporary.write_text("x", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "x"
    assert sha256_file(target) == sha256_bytes(b"x")
    assert os.listdir(target.parent) == ["a.txt"]  # noqa: PTH208  # hidden leftovers must show too


def _write_half(target: Path) -> None:
    with atomic_file(target) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise RuntimeError


def _fill_the_disk(target: Path) -> None:
    with atomic_folder(target) as temporary:
        (temporary / "new").touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_failure_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        _write_half(target)
    assert target.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_is_told_plainly_and_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "finding"
    target.mkdir()
    (target / "old").touch()
    with pytest.raises(UserError) as caught:
        _fill_the_disk(target)
    assert "无法写入" in caught.value.what.zh
    assert [entry.name for entry in target.iterdir()] == ["old"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "finding"
    for name in ("one", "two"):
        with atomic_folder(target) as temporary:
            (temporary / name).touch()
    assert [entry.name for entry in target.iterdir()] == ["two"]


def test_a_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError), atomic_file(tmp_path / "file" / "a.txt") as temporary:
        temporary.touch()
