"""Reading a pairing problem: what is absent, and every fault told with its place."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.pair import read_problem

HEAD = 'kind: pair\ncounty: {code: "999901", name: XX区}\non: 2024-09-01\n'
TABLES = {
    "学校": "学校标识码,学校名称,县级区划代码,城乡,角色,最多伙伴数\n"
    "A,甲校,999901,111,强校,2\nX,乙校,999901,220,薄弱校,\nY,丙校,999901,乡村,,\n",
    "学段": "学校标识码,学段,在校生数,需要\nA,小学,900,0\nX,小学,80,500\nY,小学,60,\n",
    "距离": "甲校,乙校,路程（公里）\nA,X,12.5\nX,A,12.5\n",
    "集团": "集团编号,集团名称,形式,学校标识码,角色,加入日期,退出日期\n",
}


def _write(folder: Path, head: str = HEAD, **sheets: str) -> Path:
    for name, text in {**TABLES, **sheets}.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    names = ", ".join(f"{name}.csv" for name in {**TABLES, **sheets})
    path = folder / "problem.yaml"
    path.write_text(f"{head}tables: [{names}]\n", "utf-8")
    return path


def _said(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_problem(path)
    return " ".join(str(line) for line in caught.value.lines())


def test_a_small_problem(tmp_path: Path) -> None:
    found = read_problem(_write(tmp_path))
    assert [(s["id"], s["role"], s["place"]) for s in found["schools"]] == [
        ("A", "strong", "city"),
        ("X", "weak", "rural"),
        ("Y", "unknown", "rural"),
    ]
    assert found["distances"] == [{"a": "A", "b": "X", "metres": 12500, "from": "table"}]
    assert "need" not in found["schools"][2]["stages"][0]
    assert [(r["school_id"], r["missing"]) for r in found["cannot_tell"]] == [("Y", ["role", "need:primary"])]


def test_a_weak_school_nowhere_lacks_its_distance(tmp_path: Path) -> None:
    found = read_problem(_write(tmp_path, 距离="甲校,乙校,路程\n"))
    assert {r["school_id"]: r["missing"] for r in found["cannot_tell"]}["X"] == ["distance"]


GROUP = TABLES["集团"]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"集团": GROUP + "J,甲,集团化,A,核心,2020-9-1,\nJ,甲,集团化,Z,成员,2020-9-1,\n"}, ["集团.csv D3", "outside the county"]),
        ({"集团": GROUP + "J,甲,集团化,X,成员,2020-9-1,\n"}, ["without a core", "集团.csv E2"]),
        (
            {
                "集团": GROUP + "J,甲,集团化,A,核心,2020-9-1,\nJ,甲,集团化,X,成员,2020-9-1,\n"
                "K,乙,集团化,Y,核心,2020-9-1,\nK,乙,集团化,X,成员,2021-9-1,\n"
            },
            ["J and K at once", "D5"],
        ),
        (
            {"集团": GROUP + "J,甲,集团化,A,核心,2020-9-1,2022-9-1\nJ,甲,集团化,X,成员,2020-9-1,\n"},
            ["without a core for a time"],
        ),
        ({"集团": GROUP + "J,甲,集团化,A,核心,2020-9-1,\nJ,甲,集团化,X,核心,2021-9-1,\n"}, ["two cores at once"]),
        ({"集团": GROUP + "J,甲,集团化,A,核心,2020-9-1,2020-9-1\n"}, ["left on or before"]),
        ({"集团": GROUP + "J,甲,帮扶,A,核心,2020-13-1,\n"}, ["不是日期", "集团化、结对", "F2", "C2"]),
        ({"距离": "甲校,乙校,路程\nA,X,12\nX,A,13\n"}, ["two distances", "C3"]),
        ({"距离": "甲校,乙校,路程\nA,X,远\n"}, ["not a number"]),
        ({"距离": "甲校,乙校,路程\nA,X,-3\n"}, ["-3"]),
        ({"学段": "学校标识码,学段,需要\nX,小学,1.5\n"}, ["whole number", "学段.csv C2"]),
        ({"学校": "学校标识码,学校名称,县级区划代码,城乡,角色\nA,甲校,150102,111,强校\n"}, ["is not in 999901"]),
        ({"学校": "学校标识码,学校名称,县级区划代码,城乡,角色\nA,甲校,999901,郊区,好\n"}, ["D2", "E2"]),
        ({"学校": "学校标识码,学校名称\nA,\n"}, ["name is blank", "county is blank", "place is blank"]),
        ({"别的": "a,b\n1,2\n"}, ["unknown sheet"]),
        ({"协作": "学年,集团编号,学校标识码,互访次数\n2023,J,X,1\n"}, ["the register has no school X in J"]),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_place(tmp_path: Path, sheets: dict[str, str], words: list[str]) -> None:
    said = _said(_write(tmp_path, **sheets))
    assert [word for word in words if word not in said] == []


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    said = _said(_write(tmp_path, 距离="甲校,乙校,路程\nA,X,远\n", 学段="学校标识码,学段,需要\nX,小学,多\n"))
    assert "2 faults" in said


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (HEAD.replace("pair", "invest"), "kind must be pair"),
        (HEAD.replace("on: 2024-09-01\n", ""), "the day is missing"),
        (HEAD + "rules: {most_partner: 3}\n", "most_partners?"),
        (HEAD + "rules: {place: always}\n", "must be one of"),
        (HEAD + "mode: {kind: pairs, most_groups: 3}\n", "belongs to groups only"),
        (HEAD + "mode: {kind: pairs, kind: groups}\n", "given twice"),
        (HEAD + "changes: {before: 2024, after: 2022}\n", "must come before"),
        (HEAD + "changes: {before: 2022, after: 2024, level: 95}\n", "between 0 and 1"),
        (HEAD + "rules: &r {most_km: 3}\nneed: *r\n", "aliases"),
    ],
)
def test_faults_of_the_problem_file(tmp_path: Path, head: str, words: str) -> None:
    assert words in _said(_write(tmp_path, head))


def test_an_absent_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "problem.yaml"
    path.write_text(HEAD + "tables: [none.xlsx]\n", "utf-8")
    assert "none.xlsx" in _said(path)
    path.write_text(HEAD, "utf-8")
    assert "no schools" in _said(path)
