"""The user's own workbook back, with the doubtful cells marked and commented."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from junheng.data.tables import Problem

__all__ = ["annotate"]


def annotate(source: Path, problems: "Sequence[Problem]", out: Path) -> None:
    """Write to ``out`` (.xlsx) the input ``source`` with ``problems`` marked and listed on a
    first sheet 问题清单.

    Cells that break a rule of logic are red, those that experience doubts amber; each carries a comment,
    Chinese first. Raises UserError when ``out`` is not an .xlsx, is the input itself, or cannot be written.
    """
    from junheng.data.annotate.workbook import write_marked  # loads openpyxl: only for who asks

    write_marked(source, problems, out)
