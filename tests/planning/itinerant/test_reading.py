"""Reading the shipped example, altered: what is amiss is told with its place, what is absent is never 0."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from junheng.basics import UserError
from junheng.planning.frozen import problem_hash
from junheng.planning.itinerant import read_problem

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "itinerant"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("problem.yaml", "走教.xlsx"):
        shutil.copy(EXAMPLE / name, tmp_path)
    return tmp_path


def edit(folder: Path, change: Callable[[Any], object]) -> None:
    book = openpyxl.load_workbook(folder / "走教.xlsx")
    change(book)
    book.save(folder / "走教.xlsx")


def settings(folder: Path, text: str) -> None:
    path = folder / "problem.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_problem(folder / "problem.yaml")
    return "\n".join(str(line) for line in caught.value.lines())


def test_the_example_is_read_the_same_way_twice() -> None:
    one, other = (read_problem(EXAMPLE / "problem.yaml") for _ in range(2))
    assert problem_hash(one) == problem_hash(other)
    assert (len(one["schools"]), len(one["teachers"]), len(one["lessons"])) == (21, 12, 24)


def test_needs_are_classes_times_hours_less_what_is_given(folder: Path) -> None:
    """A teaching point with grades one to four: music 2 a class; what its own teachers give is taken off."""
    problem = read_problem(folder / "problem.yaml")
    book = openpyxl.load_workbook(folder / "走教.xlsx")
    row = next(row for row in problem["demand"] if row["subject"] == "music")
    classes = sum(
        cells[3] for cells in book["班级"].iter_rows(min_row=2, values_only=True)
        if cells[0] == row["school"] and cells[1] == "小学"
    )  # fmt: skip
    own = next(
        cells[3] for cells in book["本校已开"].iter_rows(min_row=2, values_only=True)
        if (cells[0], cells[1], cells[2]) == (row["school"], "小学", "音乐")
    )  # fmt: skip
    assert row["required"] == 2 * classes
    assert row["periods"] == 2 * classes - own


def test_a_school_without_a_place_or_own_lessons_cannot_be_told(folder: Path) -> None:
    def change(book: Any) -> None:
        book["本校已开"].delete_rows(2)

    edit(folder, change)
    problem = read_problem(folder / "problem.yaml")
    missing = [row["missing"] for row in problem["cannot_tell"]]
    assert ["position"] in missing
    assert any(part[0].startswith("own:") for part in missing)
    unplaced = next(row["school_id"] for row in problem["cannot_tell"] if row["missing"] == ["position"])
    assert all(row["school"] != unplaced for row in problem["demand"])


FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "sheet": (lambda book: book.remove(book["班级"]), "缺少工作表“班级”"),
    "column": (lambda book: book["教师"].delete_cols(6), "缺少列 本校周课时"),
    "school twice": (lambda book: book["学校"].append([c.value for c in book["学校"][2]]), "重复"),
    "unknown school": (lambda book: book["教师"].__setitem__("C2", "没有的学校"), "“学校”表中没有“没有的学校”"),
    "unknown subject": (lambda book: book["教师"].__setitem__("E2", "音乐、炼金术"), "不认识的学科"),
    "absent own lessons": (lambda book: book["教师"].__setitem__("F2", None), "缺失不是 0"),
    "negative": (lambda book: book["教师"].__setitem__("F2", -1), "应在 0 与"),
    "half a class": (lambda book: book["班级"].__setitem__("D2", 1.5), "应为整数"),
    "grade": (lambda book: book["班级"].__setitem__("C2", "十年级"), "不是一至九年级"),
    "day": (lambda book: book["固定时段"].__setitem__("B2", "周八"), "应为周一至周五"),
    "fixed twice": (lambda book: book["固定时段"].append(["T01", "周一", "上午", "本校"]), "固定了两次"),
    "teacher": (lambda book: book["固定时段"].__setitem__("A2", "T99"), "“教师”表中没有“T99”"),
    "fixed on a closed half": (lambda book: book["固定时段"].append(["T06", "周五", "下午", "XX区G乡甲村小学"]), "停课"),
    "latitude": (lambda book: book["学校"].__setitem__("E4", 95), "95 应在 -90 与 90 之间"),
    "period": (lambda book: book["主讲课"].__setitem__("H2", 7), "没有第 7 节"),
    "room used twice": (lambda book: book["主讲课"].append(["L99", *(c.value for c in book["主讲课"][2][1:])]), "同一教室"),
    "formula": (lambda book: book["班级"].__setitem__("D2", "=1+"), "没有算出的公式"),
    "class": (lambda book: book["学校"].__setitem__("C3", "山沟"), "没有城乡分类“山沟”"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place(folder: Path, name: str) -> None:
    change, words = FAULTS[name]
    edit(folder, change)
    assert words in refused(folder)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    def change(book: Any) -> None:
        book["教师"]["F2"], book["班级"]["D3"] = -1, 1.5

    edit(folder, change)
    told = refused(folder)
    assert "有 2 处须改正" in told
    assert "[教师] F2" in told
    assert "[班级] D3" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rule: {load: 3}\n", "不认识的键 rule"),
        ("rules: {load: 1.5}\n", "应为不小于 1 的整数"),
        ("rules: {lod: 3}\n", "不认识的键 lod"),
        ("week: {days: 0}\n", "应为不小于 1 的整数"),
        ("name: 又一个\n", "problem.yaml:"),
        ("notes: 说明\nweek: 五天\n", "应是一组键值"),
        ("hours: [{stage: primary}]\n", "应有 stage、grades、periods"),
    ],
)
def test_settings_are_checked(folder: Path, text: str, words: str) -> None:
    settings(folder, text)
    assert words in refused(folder)


def test_what_is_no_itinerant_problem_is_refused(tmp_path: Path) -> None:
    (tmp_path / "problem.yaml").write_text("kind: rotate\n", encoding="utf-8")
    assert "这不是走教问题" in refused(tmp_path)


def test_figures_keep_their_source(folder: Path) -> None:
    settings(folder, "rules: {load: 18}\n")
    problem = read_problem(folder / "problem.yaml")
    sources = {row["item"]: (row["value"], row["source"]) for row in problem["defaults"]}
    assert sources["rules.load"] == ("18", "问题文件 | problem file")
    assert "本项目自定" in sources["rules.receivers"][1]
    assert next(person["load"] for person in problem["teachers"] if person["id"] == "T01") == 18
    assert next(person["load"] for person in problem["teachers"] if person["id"] == "T04") == 14


def test_minutes_and_roads_are_read_too(folder: Path) -> None:
    names = [school["name"] for school in read_problem(folder / "problem.yaml")["schools"]]

    def change(book: Any) -> None:
        ways = book.create_sheet("路程")
        ways.append(["起点学校", "终点学校", "分钟"])
        for one in names:
            for other in names:
                if one < other:
                    ways.append([one, other, 12.5 if "F乡" in one and "F乡" in other else 90])
        roads = book.create_sheet("路网")
        roads.append(["起点节点", "终点节点", "长度千米", "单行"])
        roads.append(["n1", "n2", 3.2, "否"])
        column = book["学校"].max_column + 1
        book["学校"].cell(1, column, "路网节点")
        book["学校"].cell(2, column, "n1")
        book["学校"].cell(3, column, "n2")

    edit(folder, change)
    path = folder / "problem.yaml"
    base = path.read_text(encoding="utf-8").replace("{by: coordinates, reach_km: 8, detour: 1.3}", "DISTANCE")
    path.write_text(base.replace("DISTANCE", "{by: minutes, reach_minutes: 40}"), encoding="utf-8")
    travel = read_problem(path)["travel"]
    assert (travel["unit"], travel["reach"]) == ("min", 40)
    assert {pair["value"] for pair in travel["pairs"] if pair["value"] <= 40} == {13}
    assert sum(pair["value"] == 90 for pair in travel["pairs"]) == 2, (
        "a fixed visit counts beyond reach, both ways"
    )
    path.write_text(base.replace("DISTANCE", "{by: minutes}"), encoding="utf-8")
    assert "按分钟时必须给出" in refused(folder)
    path.write_text(base.replace("DISTANCE", "{by: roads}"), encoding="utf-8")
    assert "不知道" in refused(folder), "the fixed visit's way is not on this little road"
    edit(folder, lambda book: book["固定时段"].delete_rows(4))
    assert [pair["value"] for pair in read_problem(path)["travel"]["pairs"]] == [3200, 3200]
