"""A register or one table alone: read as a source, refused as an input to be judged."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.data import read_input

_PUPILS = "学生代号,学校标识码,学段,年级,班号\nP1,A,小学,1,1\nP2,A,小学,1,1\n"
_STAGES = "年份,学校标识码,学段,在校生数\n2024,A,小学,5\n"


@pytest.mark.parametrize(("name", "text", "table"), [("教师名册", "", "teacher"), ("学段", _STAGES, "stage")])
def test_one_table_alone_is_taken_as_a_part_only(tmp_path: Path, name: str, text: str, table: str) -> None:
    said = text or "年份,教师代号,学校标识码,学段\n2024,T1,A,小学\n"
    (tmp_path / f"{name}.csv").write_text(said, encoding="utf-8")
    with pytest.raises(UserError, match="缺少数据表"):
        read_input(tmp_path)
    assert list(read_input(tmp_path, is_part=True).tables) == [table]


def test_stages_need_no_schools_beside_them_in_a_part(tmp_path: Path) -> None:
    (tmp_path / "学段.csv").write_text(_STAGES, encoding="utf-8")
    (tmp_path / "学校.csv").write_text("年份,学校标识码,办学类型,县级区划代码\n2024,B,小学,999901\n", "utf-8")
    with pytest.raises(UserError):
        read_input(tmp_path)
    assert read_input(tmp_path, is_part=True).tables["stage"].num_rows == 1


def test_a_part_is_refused_for_doubled_keys_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "2024 学生名册.csv").write_text(_PUPILS.replace("P2", "P1"), encoding="utf-8")
    with pytest.raises(UserError, match="重复的行"):
        read_input(tmp_path, is_part=True)
