"""Folders of papers for a few eyes: slips, receipts, sealed lists; each replaces only its predecessor."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from junheng.basics import Text, UserError, atomic_folder
from junheng.cli.draw.private_file import write_private

RECORD = "说明.txt"


@contextmanager
def private_folder(out: Path, draw_id: str, papers: Text, apart: Sequence[Path]) -> Iterator[Path]:
    """A folder that appears at ``out`` whole or not at all, for its owner's eyes. Checked by `require_own` first.

    One run at a time; what runs killed half-way left beside it, names and all, goes once the new folder is there.
    """
    from junheng.judgement import hold_output

    require_own(out, draw_id, papers, apart)
    with hold_output(out, clears=False):  # half-written papers may be another draw's
        with atomic_folder(out) as target:
            target.chmod(0o700)
            write_private(target / RECORD, _record(draw_id, papers))
            yield target
        for left in _left_by_killed(out, _record(draw_id, papers)):
            shutil.rmtree(left, ignore_errors=True)


def _left_by_killed(out: Path, record: str) -> list[Path]:
    """Half-written or displaced editions of these papers beside ``out``: none is in use while ``out`` is held."""
    place = out.resolve()
    beside = [
        path
        for path in place.parent.iterdir()
        if path.name.startswith(f".{place.name}.") and path.name.endswith(".tmp") and path.is_dir()
    ]
    return [path for path in beside if not any(path.iterdir()) or _said(path) == record]


def _said(folder: Path) -> str:
    """What the record of a folder of papers says, "" where there is none."""
    record = folder / RECORD
    return record.read_text("utf-8", errors="replace") if record.is_file() else ""


def require_own(out: Path, draw_id: str, papers: Text, apart: Sequence[Path]) -> None:
    """Refuse (UserError) a place that holds anything but an earlier edition of these papers of this draw.

    ``apart``: folders that ``out`` must neither be, nor lie in, nor hold: the draw itself, the public folder.
    """
    here = out.resolve()
    for other in apart:
        there = other.resolve()
        if here == there or here in there.parents or there in here.parents:
            raise _refused(out, papers, Text(f"与 {other} 重叠", f"it overlaps {other}"))
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir() or _said(out) != _record(draw_id, papers):
        raise _refused(out, papers, Text("那里已有别的内容", "something else is there"))


def _record(draw_id: str, papers: Text) -> str:
    return (
        f"抽签 {draw_id} 的{papers.zh}。含个人信息，勿公开。\n"
        f"{papers.en} of the draw {draw_id}. Personal data: keep it private.\n"
    )


def _refused(out: Path, papers: Text, what: Text) -> UserError:
    return UserError(
        Text(f"{papers.zh}不能写到这里：{what.zh}", f"The {papers.en} cannot be written here: {what.en}"),
        where=str(out),
        why=Text(
            "整个文件夹会被替换；含个人信息的文件不能混入公布的文件",
            "the folder is replaced as a whole; private papers must not come among public ones",
        ),
        fix=Text("请指定一个新的空文件夹", "name a new, empty folder"),
    )
