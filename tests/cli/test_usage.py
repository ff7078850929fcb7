"""A command written wrongly is told in Chinese first, with the English beside and what to do; exit 2."""

from pathlib import Path

import pytest
from tests.cli.conftest import Run

WRONG = [
    (["evaluat"], ["没有命令 evaluat", "There is no command evaluat", "最接近的是 evaluate"]),
    (["standards", "lst"], ["没有命令 lst", "最接近的是 list", "junheng standards --help"]),
    (["check"], ["缺少参数 INPUT（工作簿", "The argument INPUT is missing (workbook"]),
    (["evaluate", "HERE"], ["缺少选项 --out（结论输出文件夹）", "The option --out is missing"]),
    (["evaluate", "HERE", "--out"], ["选项 --out 后面缺少值", "lacks its value", "junheng evaluate --help"]),
    (["evaluate", "HERE", "--otu", "f"], ["没有选项 --otu", "There is no option --otu", "最接近的是 --out"]),
    (
        ["evaluate", "HERE", "--out", "f", "--year", "二〇二四"],
        ["--year 的值不对：应为整数", "valid integer"],
    ),
    (["explain", "HERE", "--county=3"], ["选项 --county 后面不能有值", "takes no value"]),
    (["check", "HERE", "学校 数据"], ["多出的参数：学校 数据", "Unexpected extra words", "请加引号"]),
    (["check", "-x"], ["没有选项 -x"]),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_mistake_is_told_in_both_languages(
    junheng: Run, tmp_path: Path, words: list[str], told: list[str]
) -> None:
    run = junheng(*(str(tmp_path) if word == "HERE" else word for word in words))
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("错误：")
    for part in ["Error: ", "办法：", "What to do: ", *told]:
        assert part in run.err
    assert "Usage:" not in run.err


@pytest.mark.parametrize("words", [["check", "PATH"], ["explain", "PATH"], ["report", "PATH"]])
def test_a_path_that_is_not_there_names_the_nearest(junheng: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "county_2024.xlsx").touch()
    run = junheng(*(str(tmp_path / "conty_2024.xlsx") if word == "PATH" else word for word in words))
    assert run.code == 2
    for part in ("找不到", "There is no such file or folder", "county_2024.xlsx"):
        assert part in run.err


def test_options_that_name_files_are_looked_at_too(junheng: Run, tmp_path: Path) -> None:
    for option in ("--mapping", "--indicators"):
        run = junheng("evaluate", tmp_path, "--out", tmp_path / "f", option, tmp_path / "no" / "file.yaml")
        assert run.code == 2
        assert "也不存在" in run.err
        assert "[Errno" not in run.err


def test_nothing_asked_shows_the_help(junheng: Run) -> None:
    run = junheng()
    assert run.code == 2
    assert "evaluate" in run.err
    assert "错误" not in run.err
