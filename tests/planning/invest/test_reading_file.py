"""Problem files that say something else than is wanted: every mistake with its line, all at once."""

from pathlib import Path

import pytest
from tests.planning.invest.small_input import YAML

from junheng.basics import UserError
from junheng.planning.gathered import Gathered
from junheng.planning.invest.library_files import PAGE
from junheng.planning.invest.reading.problem_file import Asked, read_asked


def read(tmp_path: Path, text: str) -> tuple[Asked | None, Gathered]:
    path = tmp_path / "problem.yaml"
    path.write_text(text, encoding="utf-8")
    faults = Gathered(PAGE)
    return read_asked(path, faults), faults


def only(tmp_path: Path, old: str, new: str) -> str:
    """The one fault of the file in which ``old`` has become ``new``: place, words and remedy."""
    assert old in YAML
    asked, faults = read(tmp_path, YAML.replace(old, new))
    assert asked is None
    ((where, what),) = faults.found
    return f"{where}: {what}"


def test_good(tmp_path: Path) -> None:
    asked, faults = read(tmp_path, YAML)
    assert asked is not None
    assert not faults.found
    assert asked.years == (2025, 2026)
    assert asked.input == tmp_path / "input"
    assert asked.standard == "quality-2017"
    assert asked.mode == {"kind": "all_by"}
    assert asked.has_cv


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("years: 2025-2026", "years: [2026, 2025]", "problem.yaml:4 → years: 年份不是逐年递增：2026、2025"),
        ("years: 2025-2026", "years: [2025, 2027, 2026]", "年份不是逐年递增"),
        ("years: 2025-2026", "years: soon", "年份写法不对"),
        ("target: 2026", "target: 2030", "problem.yaml:5 → target: 达标年 2030 不在规划年份之内"),
        ("years: 2025-2026", "years: 2025-2027", "达标年 2026 之后还有年份"),
        ("years: 2025-2026", "base_year: 2026\nyears: 2025-2026", "不晚于基年 2026"),
        ("kind: invest", "kind: rotate", "这不是投入规划：rotate"),
        ("mode: all_by", "mode: best", "目标写法不对：best"),
        ("mode: all_by", "mode: least_for", "目标写法不对"),
        ("mode: all_by", "mode: {least_for: 0}", "目标写法不对"),
        ("mode: all_by", "mode: {all_by: 3}", "目标写法不对"),
        (
            "mode: all_by",
            "modes: all_by\nmode: all_by",
            "不认识的键 modes。最接近的键是 mode | unknown key modes. ",
        ),
        ("mode: all_by", "mode: all_by\ncv: 0.5", "差异系数写法不对：0.5"),
        ("mode: all_by", "mode: all_by\ntransfers: yes", "transfers 应为若干“键: 值”"),
        ("mode: all_by", "mode: all_by\nweak: 甲小学", "weak 应为列表"),
        ("costs: costs.xlsx\n", "", "缺少 costs"),
        ("forecast: forecast.xlsx", "forecast: {growth: {primry: 1%}}", "没有学段 primry"),
        ("forecast: forecast.xlsx", "forecast: {growth: {primary: fast}}", "增长率不对：fast"),
        ("forecast: forecast.xlsx", "forecast: [a, b]", "预测写法不对"),
    ],
)
def test_one_mistake(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in only(tmp_path, old, new)


def test_modes(tmp_path: Path) -> None:
    for text, mode in (
        ("most_within", {"kind": "most_within"}),
        ("{least_for: 80}", {"kind": "least_for", "stages": 80}),
        ("{pareto: 9}", {"kind": "pareto", "points": 9}),
    ):
        asked, _ = read(tmp_path, YAML.replace("all_by", text))
        assert asked is not None
        assert asked.mode == mode


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    asked, faults = read(tmp_path, YAML.replace("all_by", "best").replace("2025-2026", "[2026, 2025]"))
    assert asked is None
    with pytest.raises(UserError) as told:
        faults.refuse()
    assert "有 2 处须改正" in str(told.value)
    assert "problem.yaml:8 → mode：" in told.value.what.zh
    assert "problem.yaml:4 → years：" in told.value.what.zh


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("kind: invest\nkind: rotate\n", 2, "键 kind 重复"),
        ("kind: invest\nname: [a\n", 3, "YAML 写法有误"),
        ("a: &x 1\nb: *x\n", 2, "不支持 YAML 别名"),
        ("- a\n- b\n", 1, "文件不是“键: 值”的形式"),
        ("", 1, "文件不是“键: 值”的形式"),
    ],
)
def test_no_plain_yaml(tmp_path: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(UserError, match=told) as error:
        read(tmp_path, text)
    assert error.value.where == f"problem.yaml:{line}"


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法读取这个文件"):
        read_asked(tmp_path / "absent.yaml", Gathered(PAGE))
