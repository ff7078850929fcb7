"""A 300-school workbook through the command: finding, Word report and Excel annex, in its own process."""

import sys
import tempfile
from pathlib import Path

from benchmarks.child import run
from benchmarks.result import Check, Result, cost_note
from junheng.data import write_template
from junheng.data.synthetic import make_county

_SCHOOLS, _LIMIT_S, _LIMIT_MB = 300, 5.0, 500.0
_YEAR = 2024


def measure(scale: float) -> Result:
    """One run after a warm-up run (byte code and font caches); wall and peak memory of the process tree."""
    with tempfile.TemporaryDirectory(prefix="junheng-command-") as name:
        folder = Path(name)
        book = folder / "county.xlsx"
        write_template(book, tables=make_county(max(20, int(_SCHOOLS * scale)), 1, year=_YEAR))
        junheng = str(Path(sys.executable).with_name("junheng"))
        command = [
            junheng,
            "evaluate",
            str(book),
            "--standard",
            "quality-2017",
            "--year",
            str(_YEAR),
            "--out",
        ]
        run([*command, str(folder / "first")])
        cost = run([*command, str(folder / "second")])
        made = sorted(path.name for path in (folder / "second").iterdir())
    return Result(
        "command",
        f"junheng evaluate, a workbook of {int(_SCHOOLS * scale)} schools",
        scale,
        [
            Check("wall", cost.wall_s, _LIMIT_S, "s"),
            Check("peak memory", cost.peak_bytes / 2**20, _LIMIT_MB, "MB"),
        ],
        [cost_note("the command", cost), f"written: {', '.join(made)}"],
    )
