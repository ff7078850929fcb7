"""A roll in .ods or .xls: children, faults and places as in .xlsx, no mark taken for blank."""

import re
from pathlib import Path

import pytest
from tests.class_formation.test_intake import child
from tests.office import needs_office, saved_as, write_ods

from junheng.basics import UserError
from junheng.class_formation import Intake, entrants, read_intake

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "classes" / "intake.xlsx"
PLAN = [["学校", "年级", "班数"], ["甲中学", "七年级", 2]]


def _roll(path: Path, *changes: dict[str, object]) -> Intake:
    rows = [child(f"学生{'甲乙丙丁'[number]}", **fields) for number, fields in enumerate(changes)]
    headings = list(rows[0])
    grid = [["甲中学 2027 年新生名册"], headings, *[[row.get(name) for name in headings] for row in rows]]
    return read_intake(write_ods(path, {"新生名册": grid, "编班计划": PLAN}))


def test_an_ods_is_read(tmp_path: Path) -> None:
    found = _roll(tmp_path / "roll.ods", {}, {"数学": "缺考"})
    assert found.fault_groups() == []
    assert [child.marks for child in found.children] == [{"语文": 160, "数学": 181}, {"语文": 160}]
    assert found.groups[0]["classes"] == 2


def test_a_mark_never_calculated_is_told_at_its_cell(tmp_path: Path) -> None:
    found = _roll(tmp_path / "roll.ods", {}, {"数学": "=SUM(A1)"})
    (group,) = found.fault_groups()
    assert (group.cause, [fault.place for fault in group.faults]) == ("broken", ["roll.ods [新生名册] F4"])
    with pytest.raises(UserError, match=r"存为 \.xlsx"):
        found.require_clean()


@needs_office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_the_example_saved_by_libreoffice_reads_the_same(tmp_path: Path, kind: str) -> None:
    (saved,) = saved_as(kind, [EXAMPLE], tmp_path)
    first, second = read_intake(EXAMPLE), read_intake(saved)
    assert re.sub(r"\.(ods|xls)\b", ".xlsx", repr(second)) == repr(first)
    assert entrants(second) == entrants(first)
