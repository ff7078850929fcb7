"""What nobody reports is told as such, never as 0; sheets with a wrong name are not passed over."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from junheng.basics import UserError
from junheng.planning.staff import read_problem, solve, summary, tables

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "staff"
INPUT = EXAMPLE.parents[1] / "xx_district" / "2024.xlsx"


def _altered(folder: Path, change: Any, **keys: Any) -> Path:
    book = openpyxl.load_workbook(EXAMPLE / "staff.xlsx")
    change(book)
    book.save(folder / "staff.xlsx")
    asked = yaml.safe_load((EXAMPLE / "problem.yaml").read_text(encoding="utf-8"))
    path = folder / "problem.yaml"
    path.write_text(
        yaml.safe_dump({**asked, "input": str(INPUT), **keys}, allow_unicode=True), encoding="utf-8"
    )
    return path


def _said(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_problem(path)
    return "\n".join(map(str, caught.value.lines()))


def test_posts_that_nobody_reports_are_not_0(tmp_path: Path) -> None:
    problem = read_problem(_altered(tmp_path, lambda book: book["编制"].delete_rows(2, 999)))
    outcome = solve(problem)
    first = summary(problem, outcome)[0].zh
    assert "无法判定" in first
    assert "在编 0 名" not in first
    found = {table.name.zh: table for table in tables(problem, outcome)}
    county = found["城乡编制合计"]
    told = dict(zip((column.heading.zh for column in county.columns), county.rows[0], strict=True))
    assert told["在编"] is None
    assert told["空编合计"] is None
    assert told["应核编制"] == 5106
    assert next(c.unit for c in county.columns if c.heading.zh == "学校数") == "所"
    assert all(column.heading.zh != "编号" for column in found["约束与价格"].columns)
    certainty = {str(row[2]) for row in found["参数出处"].rows}
    assert not certainty & {"local", "unconfirmed", "found"}


@pytest.mark.parametrize(
    ("change", "keys", "told"),
    [
        (lambda book: setattr(book["编制"], "title", "各校编制"), {}, "是否为“编制”"),
        (lambda book: book["编制"].cell(2, 5, "171人"), {}, "应为不小于 0 的整数"),
        (lambda book: book["学科教师"].cell(2, 3, "剑术"), {}, "语文、"),
        (lambda book: None, {"county": {"code": "999902", "name": "别县"}}, "不在 999902"),
        (lambda book: None, {"overrides": {"also_teaches": {"primary": {"chinese": ["mora"]}}}}, "没有学科“mora”"),
        (lambda book: None, {"approved_total": "-5"}, "不小于 0 的整数"),
    ],
)  # fmt: skip
def test_what_is_amiss_is_told(tmp_path: Path, change: Any, keys: dict[str, Any], told: str) -> None:
    assert told in _said(_altered(tmp_path, change, **keys))
