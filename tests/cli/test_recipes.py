"""The recipes of the draw run as they are printed: every command of both pages, in their order."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
_REPETITIONS = re.compile(r"(--draws|--randomness) \d+")  # as many as printed would only take longer
FAULTS_ON_PURPOSE = "--annotate"  # the page shows what a fault looks like


def _commands(page: str) -> Iterator[str]:
    text = (ROOT / "docs" / "recipes" / page).read_text("utf-8").replace("\\\n", " ")
    for block in re.findall(r"```\n(.*?)```", text, re.DOTALL):
        yield from (line.strip() for line in block.splitlines() if line.strip())


@pytest.mark.parametrize("page", ["run_an_admission_draw.md", "form_classes.md"])
def test_every_command_of_the_page_runs(
    junheng: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    lines = list(_commands(page))
    assert len(lines) >= 6
    for line in lines:
        program, *words = shlex.split(_REPETITIONS.sub(r"\1 2", line))
        assert program == "junheng"
        done = junheng(*words)
        assert done.code == (1 if FAULTS_ON_PURPOSE in words else 0), f"{line}\n{done.err}"
