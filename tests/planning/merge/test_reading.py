"""Reading mergers: everything wrong is told at once with its place; what is absent stays absent."""

from hashlib import sha256
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.merge import read_problem, solve

HEAD = (
    "kind: merge\ncounty: {code: '1', name: 甲县}\non: 2024-09-01\n"
    "tables: [学校.csv, 年级.csv, 撤并.csv, 生源.csv, 路程.csv, 佐证.csv, 费用.csv]\n"
)
TABLES = {
    "学校": "学校标识码,学校名称,办学类型,教室数,寄宿床位,寄宿生数,偏远,经度,纬度\n"
    "A,中心校,小学,4,,,,110.00,40.00\nT,教学点,教学点,,,,否,110.01,40.01\n",
    "年级": "学校标识码,学段,年级,学生数,班数\nA,小学,1,30,1\nA,小学,2,30,1\nT,小学,1,3,1\nT,小学,2,4,1\n",
    "撤并": "撤并编号,撤并学校,接收学校,状态,年份\nM,T,A,已公示,2024\n",
    "生源": "撤并编号,地点,学段,年级,学生数,寄宿人数,经度,纬度\nM,甲村,小学,1,3,0,110.012,40.011\nM,甲村,小学,2,4,0,110.012,40.011\n",
    "路程": "地点,学校标识码,分钟,路程（米）\n甲村,T,,600\n",
    "佐证": "撤并编号,事项,材料,材料哈希,日期\nM,论证报告,a.txt,,2024-03-01\nM,布局规划或撤并方案,b.txt,,2024年3月1日\n",
    "费用": "撤并编号,项目,一次性支出（元）,每年支出（元）,每年节约（元）\nM,校车,0,60000,\n",
}


def written(folder: Path, head: str = HEAD, **tables: str) -> Path:
    """The problem in a folder, some tables replaced."""
    for name, text in (TABLES | tables).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "a.txt").write_text("论证", encoding="utf-8")
    (folder / "p.yaml").write_text(head, encoding="utf-8")
    return folder / "p.yaml"


def test_what_is_read_and_what_is_derived(tmp_path: Path) -> None:
    problem = read_problem(written(tmp_path))
    ways = {(way["place"], way["school"]): way for way in problem["ways"]}
    assert ways["甲村", "T"] == {
        "place": "甲村",
        "school": "T",
        "metres": 600,
        "minutes": 10,
        "basis": "walk",
    }
    assert ways["甲村", "A"]["basis"] == "derived"
    assert 1900 < ways["甲村", "A"]["metres"] < 2200  # 1,023 m east, 1,223 m north: 1,594 m × 1.3
    held = {row["duty"]: row["held"] for row in problem["evidence"]}
    assert held == {"argument": "held", "plan": "absent"}
    assert problem["evidence"][0]["sha256"] == sha256("论证".encode()).hexdigest()
    school = next(s for s in problem["schools"] if s["id"] == "A")
    assert "places" not in school
    assert "remote" not in school
    (row,) = solve(problem)["mergers"]
    assert (row["stated"], row["state"]) == ("published", "proposed")
    verdicts = {duty["id"]: (duty["verdict"], duty["why"]) for duty in row["duties"]}
    assert verdicts["plan"] == ("cannot_tell", "file_absent")
    assert verdicts["time_low"] == ("not_met", "far")
    assert row["money"] == {"items": 1, "blanks": 1, "once": 0, "yearly": 60000}
    assert "state" not in solve(problem)  # no input: nothing to judge again


def test_a_changed_file_is_no_evidence(tmp_path: Path) -> None:
    papers = f"撤并编号,事项,材料,材料哈希\nM,论证报告,a.txt,{'0' * 64}\nM,公示,../x.txt,\n"
    with pytest.raises(UserError, match="材料应放在问题文件旁边"):
        read_problem(written(tmp_path, 佐证=papers))
    problem = read_problem(
        written(tmp_path, 佐证=papers.splitlines()[0] + "\n" + papers.splitlines()[1] + "\n")
    )
    assert problem["evidence"][0]["held"] == "changed"


def test_faults_are_told_at_once_with_their_place(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        撤并="撤并编号,撤并学校,接收学校,状态,年份\nM,T,A,快了,2024\n",
        生源="撤并编号,地点,学段,年级,学生数,寄宿人数\nM,甲村,小学,1,3,9\nX,乙村,小学,1,3,0\n",
        路程="地点,学校标识码,分钟\n丙村,A,十\n",
        佐证="撤并编号,事项,材料,日期\nM,拜年,a.txt,2024-02-30\n",
    )
    with pytest.raises(UserError) as caught:
        read_problem(path)
    told = caught.value.what.zh
    for words in (
        "撤并.csv D2：“快了”",
        "寄宿人数多于学生数",
        "没有撤并 X",
        "生源合计 3 人，学校在校生 7 人",
        "“十”不是数",
        "拜年",
    ):
        assert words in told
    assert "佐证.csv" in told or "佐证" in told


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("rules: {minutes: {low: 35}}\nsources: 县规定\n", "只能更严"),
        ("rules: {notice_days: 40}\n", "须写出处"),
        ("rules: {class_size: {primary: 40.5}}\nsources: 县\n", "人数应为整数"),
        ("mode: guess\n", "mode 应为"),
        ("roads: x.csv\n", "edges 和 nodes"),
        ("hearing: 1\n", "不认识的键"),
    ],
)
def test_the_problem_file(extra: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        read_problem(written(tmp_path, HEAD + extra))


def test_a_local_radius_and_stricter_days_count(tmp_path: Path) -> None:
    extra = "rules: {notice_days: 40, radius_m: {primary: 2000}}\nsources: 河北式规定\n"
    problem = read_problem(written(tmp_path, HEAD + extra))
    assert problem["rules"]["notice_days"] == 40
    duties = {duty["id"]: duty for duty in solve(problem)["mergers"][0]["duties"]}
    assert (duties["radius"]["verdict"], duties["radius"]["figures"]["over"]) == ("not_met", 7)
    assert "radius" not in {d["id"] for d in read_problem(written(tmp_path))["duties"]}


def test_schools_that_close_do_not_receive(tmp_path: Path) -> None:
    both = "撤并编号,撤并学校,接收学校,状态,年份\nM,T,A,,2024\nN,A,T,,2024\n"
    with pytest.raises(UserError, match="接收学校自己也要撤并"):
        read_problem(written(tmp_path, 撤并=both))


def test_ways_along_roads(tmp_path: Path) -> None:
    """The road makes a detour of 5 km where the great circle is 1.6: the road counts, a stated way still wins."""
    (tmp_path / "e.csv").write_text("起点,终点,长度米\na,b,5000\n", encoding="utf-8")
    (tmp_path / "n.csv").write_text(
        "结点编号,经度,纬度\na,110.012,40.011\nb,110.00,40.00\n", encoding="utf-8"
    )
    problem = read_problem(written(tmp_path, HEAD + "roads: {edges: e.csv, nodes: n.csv}\n"))
    ways = {way["school"]: way for way in problem["ways"]}
    assert (ways["A"]["metres"], ways["A"]["basis"], ways["T"]["basis"]) == (5000, "road", "walk")
    assert "zh" in problem["basis"]


def test_one_place_has_one_point(tmp_path: Path) -> None:
    homes = TABLES["生源"].replace("M,甲村,小学,2,4,0,110.012", "M,甲村,小学,2,4,0,110.5")
    with pytest.raises(UserError, match="几组坐标"):
        read_problem(written(tmp_path, 生源=homes))
