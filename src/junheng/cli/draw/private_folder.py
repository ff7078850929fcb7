"""Folders of papers for a few eyes: slips, receipts, sealed lists; each replaces only its predecessor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from junheng.basics import Text, UserError, atomic_folder
from junheng.cli.draw.private_file import write_private

RECORD = "说明.txt"


@contextmanager
def private_folder(out: Path, draw_id: str, papers: Text, apart: Sequence[Path]) -> Iterator[Path]:
    """A folder that appears at ``out`` whole or not at all, for its owner's eyes. Checked by `require_own` first."""
    require_own(out, draw_id, papers, apart)
    with atomic_folder(out) as target:
        target.chmod(0o700)
        write_private(target / RECORD, _record(draw_id, papers))
        yield target


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
    record = out / RECORD
    if not record.is_file() or record.read_text("utf-8", errors="replace") != _record(draw_id, papers):
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
