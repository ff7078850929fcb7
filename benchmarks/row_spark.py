"""The nation on Spark, local and on a standalone master with two workers: the same answers, not a race."""

import os
import shutil
import tempfile
from pathlib import Path

from benchmarks.child import run
from benchmarks.nation.compare import compare
from benchmarks.nation.rules import rules_of, save
from benchmarks.result import Result, cost_note
from benchmarks.row_nation import YEARS, make_files, measure_way, size_line

_SCRIPT = Path(__file__).parent.parent / "scripts" / "spark_cluster.sh"
_MASTER = os.environ.get("JUNHENG_SPARK_MASTER", "spark://127.0.0.1:7077")


def measure(scale: float) -> Result:
    """Answers of Spark in both forms against the embedded engine's."""
    if shutil.which("java") is None:
        return Result("spark", "not run: no Java on this machine", scale, [])
    with tempfile.TemporaryDirectory(prefix="junheng-spark-") as name:
        folder = Path(name)
        make_files(folder / "nation", scale)
        save(rules_of(YEARS[-1]), folder / "rules.json")
        notes = [cost_note("duckdb, values + CVs", measure_way("junheng", folder).facts)]
        notes += _spark(folder, "local", "local[*]")
        run([str(_SCRIPT), "start"])
        try:
            notes += _spark(folder, "standalone", _MASTER)
        finally:
            run([str(_SCRIPT), "stop"])
    return Result("spark", f"{size_line(scale)}, on Spark", scale, [], notes)


def _spark(folder: Path, label: str, master: str) -> list[str]:
    environment = {"JUNHENG_BENCH_ENGINE": "spark", "JUNHENG_SPARK_MASTER": master}
    cost = measure_way("junheng", folder, environment, label).facts
    note = cost_note(f"spark {label} ({master}), values + CVs", cost)
    return [note, compare(folder / "answers" / "junheng", folder / "answers" / label, rules_of(YEARS[-1]))]
