"""``junheng standards``: what it prints, and that it loads nothing heavy before it must."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from junheng.basics import UserError
from junheng.cli.standards import app

Write = Callable[..., Path]


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "2000"})


def _flat(result: Result) -> str:
    """The printed words without the table's frame and line breaks."""
    assert result.exit_code == 0, result.exception
    return "".join(character for character in result.stdout if character not in "│┃━─┏┓└┘├┤┼╇┳┴┡┩╇ \n")


def test_list() -> None:
    said = _flat(_run("list"))
    for words in ("quality-2017", "basic-2012", "教督\u30142017\u30156号", "liaoning", "1502", "2017-05-23"):
        assert words in said


def test_show_prints_rules_with_their_sources() -> None:
    said = _flat(_run("show", "quality-2017", "--date", "2024-09-01"))
    assert "每百名学生拥有高于规定学历教师数" in said
    assert "标准值threshold:小学不低于4.2；初中不低于5.3primary≥4.2;junior≥5.3" in said
    assert "第六条第（一）项" in said
    assert "已查到原文foundinapublishedtext" in said
    assert "2026-01-31" in said
    assert "未经核对believedright,notconfirmed" in said
    assert "overlay" not in said


def test_show_in_a_region_names_the_overlays() -> None:
    said = _flat(_run("show", "quality-2017", "--date", "2024-09-01", "--region", "210102"))
    assert "覆盖overlaysliaoning、shenyang" in said
    assert "小学不低于1150；初中不低于1350元/生" in said
    assert "覆盖overlayshenyang" in said


def test_show_with_an_overlay_file(write: Write, trial: str) -> None:
    file = write(trial)
    said = _flat(_run("show", "quality-2017", "--date", "2024-09-01", "--overlay", str(file)))
    assert "小学不低于5；初中不低于5.8" in said


def test_show_a_standard_of_ones_own(write: Write, tiny: str) -> None:
    said = _flat(_run("show", str(write(tiny, ("zh: 师生比", 'zh: "师生[bold]比"'))), "--date", "2024-09-01"))
    assert "师生[bold]比" in said  # a bracket is a bracket
    assert "classes_per_100_pupils" not in said
    assert "每百名学生班级数" in said


def test_diff(write: Write, tiny: str) -> None:
    said = _flat(_run("diff", "quality-2017@2024-09-01", "quality-2017@2024-09-01@210102"))
    assert "Differences:3" in said
    assert "limits.amount.value" in said
    assert "60008000" in said
    assert "Theydonotdiffer" in _flat(_run("diff", "basic-2012", "basic-2012"))
    assert "标准值·小学" in _flat(
        _run(
            "diff",
            str(write(tiny)),
            str(write(tiny, ("{text: 师生比}", "{text: 师生比, thresholds: {primary: 1}}"), name="b.yaml")),
        )
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "quality-2017", "--date", "今天"), "not a date"),
        (("show", "quality-2071"), "there is no standard"),
        (("diff", "quality-2017@2010-01-01", "basic-2012"), "not in force"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], message: str) -> None:
    result = _run(*words)
    assert isinstance(result.exception, UserError)
    assert message in str(result.exception)


def test_importing_the_command_loads_nothing_heavy() -> None:
    program = (
        "import sys, junheng.cli.standards\n"
        "print(sorted({'yaml', 'pydantic', 'rich.table', 'junheng.standards.resolve'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
