"""The table of approved moves: who, whereto, why, asked and approved by whom, on what paper."""

from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.cli.small_table import TableRow, read_small_table

HEADINGS = {
    "id_number": ("证件号码", "身份证号", "证件号", "id_number"),
    "new": ("调入班级", "新班级", "调入班", "new class"),
    "reason": ("理由", "原因", "调班理由", "reason"),
    "asked_by": ("申请人", "申请学校", "asked by"),
    "approved_by": ("批准人", "批准单位", "approved by"),
    "document": ("批准文号", "文号", "批件", "document"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One move as approved on paper. ``where``: its row in the file."""

    id_number: str
    new: int
    reason: str
    asked_by: str
    approved_by: str
    document: str
    where: str


def read_moves_asked(path: Path) -> list[Asked]:
    """The moves in ``path`` (.xlsx or .csv). Raises UserError naming the row that is blank or makes no sense."""
    return [_asked(row) for row in read_small_table(path, HEADINGS, _refused)]


def _asked(row: TableRow) -> Asked:
    cells = row.cells
    digits = cells["new"].removesuffix("班")
    if not digits.isascii() or not digits.isdigit():
        raise _refused(row.where, f"“{cells['new']}”不是班号", f"{cells['new']!r} is no class number")
    return Asked(
        id_number="".join(cells["id_number"].split()).upper(),
        new=int(digits),
        reason=cells["reason"],
        asked_by=cells["asked_by"],
        approved_by=cells["approved_by"],
        document=cells["document"],
        where=row.where,
    )


def _refused(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(f"调班表：{zh}", f"Table of moves: {en}"),
        where=where,
        why=Text("每次调班都要能说清谁批准、为什么", "every move must say who approved it and why"),
        fix=Text("按批件补齐后重试，没有写入任何记录", "complete it from the papers; nothing was recorded"),
    )
