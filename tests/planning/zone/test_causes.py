"""One cause is told once: no table, no rows, no column, a bad cell – never what follows from it."""

from pathlib import Path

import pytest
from tests.planning.zone.tables import HEAD, TABLES, said, written

BLOCKS, SCHOOLS = TABLES["片块"], TABLES["学校"]


def _without(table: str, heading: str) -> str:
    """A table without one of its columns."""
    rows = [line.split(",") for line in TABLES[table].splitlines()]
    at = rows[0].index(heading)
    return "".join(",".join(row[:at] + row[at + 1 :]) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("sheets", "cause"),
    [
        ({"片块": BLOCKS.splitlines()[0] + "\n"}, "片块.csv：片块表没有行"),
        ({"学校": SCHOOLS.splitlines()[0] + "\n"}, "学校.csv：学校表没有行"),
        ({"片块": _without("片块", "片块编号")}, "片块.csv 第 1 行 row 1：缺少列 片块编号"),
        ({"学校": _without("学校", "学校标识码")}, "学校.csv 第 1 行 row 1：缺少列 学校标识码"),
        ({"片块": _without("片块", "小学生")}, "片块.csv：缺少列 小学生（或 学生数）"),
        ({"片块": ""}, "没有片块表"),
        ({"学校": ""}, "没有学校表"),
    ],
)
def test_a_table_that_is_none_ends_the_reading(tmp_path: Path, sheets: dict[str, str], cause: str) -> None:
    message = said(written(tmp_path, **sheets))
    assert "有 1 处须改正" in message, message
    assert cause in message
    assert "写 0" not in message


@pytest.mark.parametrize("cell", ["-5", "十二", "12.5"])
def test_a_bad_number_of_pupils_is_not_told_as_blank_too(tmp_path: Path, cell: str) -> None:
    message = said(written(tmp_path, 片块=BLOCKS.replace("A,甲,110.000,0,40", f"A,甲,110.000,0,{cell}")))
    assert "有 1 处须改正" in message, message
    assert "片块.csv E2" in message


def test_like_faults_are_counted(tmp_path: Path) -> None:
    message = said(written(tmp_path, 相邻="甲片块,乙片块\n" + "".join(f"A,Z{n}\n" for n in range(30))))
    assert "有 1 处须改正" in message, message
    assert "相邻.csv B2" in message
    assert "…（30）（共 30 行）" in message


def test_a_misspelt_key_is_told_once(tmp_path: Path) -> None:
    message = said(written(tmp_path, HEAD + "limts: {reach_m: 3}\n"))
    assert "有 1 处须改正" in message
    assert "不认识的键 limts；是否 limits？" in message


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ("tables: {片儿: 片块.csv}", ["problem.yaml → tables", "不认识的表“片儿”", "片块、门牌、学校、相邻"]),
        ("tables: {片块: 学校.csv, 学校: 学校.csv}", ["片块、学校 写的是同一个文件 学校.csv"]),
        ("tables: {片块: blokcs.csv}", ["problem.yaml → tables.片块：找不到文件 ", "{folder}/blokcs.csv"]),
        (
            "cut: {with: {file: no.geojson, id: x}}",
            ["problem.yaml → cut.with：找不到文件 ", "{folder}/no.geojson"],
        ),
        (
            "areas: {file: no.geojson, id: x}",
            ["problem.yaml → areas.file：找不到文件 ", "{folder}/no.geojson"],
        ),
    ],
)
def test_files_and_names_of_tables_are_told_with_their_key(
    tmp_path: Path, tables: str, words: list[str]
) -> None:
    path = written(tmp_path)
    path.write_text(f"{HEAD}{tables}\n", "utf-8")
    message = said(path)
    assert "有 1 处须改正" in message, message
    for word in words:
        assert word.format(folder=tmp_path) in message, message


def test_a_forecast_names_the_blocks_it_lacks_once(tmp_path: Path) -> None:
    rows = "2027,A,5\n2027,B,many\n"
    message = said(written(tmp_path, HEAD + 'year: "2027"\n', 预测=f"年份,片块编号,学生数\n{rows}"))
    assert "有 2 处须改正" in message, message
    assert "2027 年缺 4 个片块：C、D、E、F" in message
    assert "“many”不是数" in message
