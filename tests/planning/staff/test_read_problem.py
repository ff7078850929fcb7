"""Reading: the example, and every kind of bad input told with its place."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import xlsxwriter

from junheng.basics import UserError
from junheng.data import read_input, write_template
from junheng.planning.frozen import problem_hash
from junheng.planning.staff import check, read_problem, solve, summary, tables
from junheng.planning.staff.reading.sheets import sheets

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "staff" / "problem.yaml"
INPUT = Path(__file__).parents[3] / "examples" / "xx_district" / "2024.xlsx"
SCHOOL = "2199000001"  # 2,217 pupils, primary
YAML = """kind: staff
county: {{code: "999901", name: XX区}}
base_year: 2024
years: [2025, 2026]
input: {input}
tables: staff.xlsx
{more}
"""


COUNTY: dict[str, Path] = {}


@pytest.fixture(scope="module", autouse=True)
def _few_schools(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three schools of XX district: who only tests messages need not read ninety."""
    ids = pa.array([SCHOOL, "2199000002", "2199000003"])
    tables = {
        name: table.filter(pc.is_in(table["school_id"], ids)).drop_columns(["_source", "_row"])
        for name, table in read_input(INPUT).tables.items()
        if name in ("school", "stage", "class", "teacher_count")
    }
    COUNTY["input"] = tmp_path_factory.mktemp("county") / "2024.xlsx"
    write_template(COUNTY["input"], tables=tables)


def _problem(folder: Path, rows: dict[str, list[list[object]]], more: str = "") -> Path:
    """A problem of XX district with sheets of ``rows`` (headings first)."""
    with xlsxwriter.Workbook(folder / "staff.xlsx") as book:
        for name, content in rows.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(content):
                sheet.write_row(at, 0, row)
    path = folder / "problem.yaml"
    path.write_text(YAML.format(input=COUNTY["input"], more=more), encoding="utf-8")
    return path


def test_the_example_is_solved_checked_and_told() -> None:
    problem = read_problem(EXAMPLE)
    assert problem_hash(problem) == problem_hash(read_problem(EXAMPLE))
    assert ["民办" in one["zh"] or "特殊教育" in one["zh"] for one in problem["left_out"]] == [True, True]
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert outcome["status"] == "optimal"
    assert outcome["totals"]["over"] == outcome["totals"]["posts"] - 4900
    assert {one["round"] for one in outcome["moves"]} == {1, 2, 3}
    assert {one["part"] for one in outcome["cannot_tell"]} >= {"subjects", "recruitment", "structure"}
    assert 3 <= len(summary(problem, outcome)) <= 8
    for table in tables(problem, outcome):
        assert all(len(row) == len(table.columns) for row in table.rows), table.name
    assert len({table.name.zh for table in tables(problem, outcome)}) == len(tables(problem, outcome))
    assert all(len(table.name.zh) <= 31 for table in tables(problem, outcome))


def test_without_tables_the_quota_can_still_be_told(tmp_path: Path) -> None:
    path = _problem(tmp_path, {"别的表": [["随便"]]})
    problem = read_problem(path)
    outcome = solve(problem)
    assert outcome["totals"]["posts"] > 0
    assert outcome["moves"] == []
    assert {"posts", "subjects", "recruitment", "structure", "training"} <= {
        one["part"] for one in outcome["cannot_tell"]
    }
    assert summary(problem, outcome)
    assert tables(problem, outcome)


def test_local_parameters_are_laid_over(tmp_path: Path) -> None:
    more = "overrides: {small: {below_pupils: 200, class_ratio: {primary: 2.2}}, rounding: half_up}"
    rules = read_problem(_problem(tmp_path, {}, more))["rules"]
    assert rules["small"] == {
        "below_pupils": 200,
        "class_ratio": {"primary": "2.2", "junior": "2.4"},
        "combine": "larger",
    }
    assert rules["rounding"] == "half_up"


_POSTS: list[object] = ["学校标识码", "核定编制", "在编", "在编不在岗", "在岗不在编", "借用", "教职工总数"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"编制": [_POSTS, [SCHOOL, 100, 100, 2, 5, 1, 104]]}, ["103", "104", "第 2 行"]),
        ({"编制": [_POSTS, [SCHOOL, 100, 100, 120, 5, 6, -15]]}, ["120", "off_post", "G2"]),
        ({"编制": [_POSTS, [SCHOOL, 1, 1, 0, 0, 0, 1], [SCHOOL, 1, 1, 0, 0, 0, 1]]}, ["两次", "第 3 行"]),
        ({"编制": [_POSTS, ["2199999999", 1]]}, ["2199999999", "不在规划内"]),
        ({"编制": [_POSTS, [SCHOOL, "一百"]]}, ["B2", "一百"]),
        ({"编制": [_POSTS, [SCHOOL, 10.5]]}, ["B2", "10.5"]),
        ({"学科教师": [["学校标识码", "学段", "学科", "教师数"], [SCHOOL, "小学", "炼金术", 1]]}, ["C2", "炼金术"]),
        ({"学科教师": [["学校标识码", "学段", "学科", "教师数"], [SCHOOL, "初中", "语文", 1]]}, ["没有这个学段"]),
        ({"学科教师": [["学校标识码", "学段", "教师数"], [SCHOOL, "小学", 1]]}, ["缺少列", "学科"]),
        ({"年龄": [["学校标识码", "退休类别", "出生年", "人数"], [SCHOOL, "男职工", 19650, 1]]}, ["C2", "19650"]),
        ({"年龄": [["学校标识码", "退休类别", "出生年", "出生月", "人数"], [SCHOOL, "男职工", 1965, 13, 1]]}, ["D2"]),
        ({"学生预测": [["学校标识码", "学段", "年份", "在校生数"], [SCHOOL, "小学", 2030, 1]]}, ["2030", "规划年份"]),
        ({"合计核对": [["名称", "合计", "分项", "数量"], ["甲", 3, "a", 1], ["甲", 4, "b", 2]]}, ["前后不一"]),
        ({"编制": [["学校标识码", "在编"], [SCHOOL, 1]],
          "年龄": [["学校标识码", "退休类别", "出生年", "人数"], [SCHOOL, "男职工", 1990, 2]]},
         ["2 人", "在编 1 人"]),
    ],
)  # fmt: skip
def test_contradictions_are_told_with_their_place(
    tmp_path: Path, rows: dict[str, list[list[object]]], words: list[str]
) -> None:
    with pytest.raises(UserError) as error:
        read_problem(_problem(tmp_path, rows))
    said = "\n".join(map(str, error.value.lines()))
    for word in words:
        assert word in said


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows: dict[str, list[list[object]]] = {
        "编制": [_POSTS, [SCHOOL, "一"], ["2199000002", "二"], ["2199000003", "三"]]
    }
    with pytest.raises(UserError, match="有 3 处须改正"):
        read_problem(_problem(tmp_path, rows))


def test_blank_numbers_are_absent(tmp_path: Path) -> None:
    rows: dict[str, list[list[object]]] = {
        "编制": [_POSTS, [SCHOOL, 100, None, 2]],
        "学科教师": [["学校标识码", "学段", "学科", "教师数"], [SCHOOL, "小学", "语文"]],
    }
    problem = read_problem(_problem(tmp_path, rows))
    first = next(one for one in problem["schools"] if one["id"] == SCHOOL)
    assert first["posts"] == {"approved": 100, "off_post": 2}
    assert "subjects" not in first["stages"][0]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("rulez: unified", "rules"),
        ("rules: unifed", "unified"),
        ("overrides: {rounding: up}", "up"),
        ("overrides: {ratios: {primary: {city: 0}}}", "大于 0"),
        ("overrides: {ratios: {primary: {city: many}}}", "many"),
        ("overrides: {ratioz: 3}", "ratios"),
        ("overrides: 7", "overrides"),
        ("approved_total: lots", "lots"),
        ("approved_total: 1\napproved_total: 2", "重复"),
        ("retirement: no_such.yaml", "无法读取"),
    ],
)
def test_bad_parameters_are_told(tmp_path: Path, more: str, word: str) -> None:
    with pytest.raises(UserError) as error:
        read_problem(_problem(tmp_path, {}, more))
    assert word in "\n".join(map(str, error.value.lines()))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda text: text.replace("base_year: 2024", "base_year: 2010"), "没有"),
        (lambda text: text.replace("[2025, 2026]", "[2024, 2025]"), "晚于"),
        (lambda text: text.replace("[2025, 2026]", "[2025, 2027]"), "连续"),
        (lambda text: text.replace("kind: staff", "kind: rotate"), "rotate"),
        (lambda text: text.replace("years:", "#"), "years"),
        (lambda text: text.replace("{code:", "{kode:"), "county"),
        (lambda text: text + "\t: [", "YAML"),
    ],
)
def test_bad_problem_files_are_told(tmp_path: Path, change: Callable[[str], str], word: str) -> None:
    path = _problem(tmp_path, {})
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_problem(path)
    assert word in "\n".join(map(str, error.value.lines()))


def test_an_empty_county_is_refused(tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx")
    path = _problem(tmp_path, {})
    path.write_text(path.read_text("utf-8").replace(str(COUNTY["input"]), "empty.xlsx"), encoding="utf-8")
    with pytest.raises(UserError):
        read_problem(path)


def test_every_sheet_has_columns() -> None:
    for sheet in sheets().values():
        assert any("needed" in column for column in sheet["columns"])
