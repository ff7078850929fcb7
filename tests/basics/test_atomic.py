"""Nothing half-written: a failure leaves what was there before."""

import errno
import os
from pathlib import Path

import pytest

from junheng.basics import UserError, atomic_file, atomic_folder, clear_left, sha256_bytes, sha256_file


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


def test_what_a_killed_run_left_goes_and_the_old_folder_comes_back(tmp_path: Path) -> None:
    target = tmp_path / "结论"
    for name in (".结论.a1b2c3d4.tmp", ".结论.4711.old.tmp", ".别的.a1b2c3d4.tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name, encoding="utf-8")
    clear_left(target)
    assert {path.name for path in tmp_path.iterdir()} == {"结论", ".别的.a1b2c3d4.tmp"}
    assert (target / "a.txt").read_text(encoding="utf-8") == ".结论.4711.old.tmp"
    (tmp_path / ".结论.12.old.tmp").mkdir()
    clear_left(target)
    assert (target / "a.txt").read_text(encoding="utf-8") == ".结论.4711.old.tmp"
    assert not (tmp_path / ".结论.12.old.tmp").exists()
