"""A nation from Parquet: 200,000 schools, ten years, a register of ten million, beside pandas and Polars."""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.child import Cost, run
from benchmarks.machine import sequential_read_seconds
from benchmarks.nation.compare import compare
from benchmarks.nation.rules import rules_of, save
from benchmarks.result import Check, Result, cost_note

SCHOOLS, COUNTIES, TEACHERS, YEARS = 200_000, 3_000, 10_000_000, range(2015, 2025)
_WAYS = ("junheng", "pandas", "polars")
_SEED = 20240901
_CPU_RATIO, _WALL_RATIO, _MEMORY_RATIO = 0.75, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Measured:
    """One way: cost of facts alone (own process), and of the verdict phase in another run."""

    facts: Cost
    phase: dict[str, float]
    verdicts: dict[str, float]


def measure(scale: float) -> Result:
    """Race the ways over one folder; each of them answers twice, the second time also with verdicts."""
    with tempfile.TemporaryDirectory(prefix="junheng-nation-") as name:
        folder = Path(name)
        files = make_files(folder / "nation", scale)
        rules = rules_of(YEARS[-1])
        save(rules, folder / "rules.json")
        read_s = sequential_read_seconds(files)
        found = {way: measure_way(way, folder) for way in _WAYS}
        answers = folder / "answers"
        equal = [compare(answers / "junheng", answers / way, rules) for way in _WAYS[1:]]
        size = sum(path.stat().st_size for path in files)
    ours, wide = found["junheng"], found["pandas"]
    return Result(
        "nation",
        size_line(scale),
        scale,
        [
            Check("CPU / pandas", ours.facts.cpu_s / wide.facts.cpu_s, _CPU_RATIO, "×"),
            Check("wall / pandas", ours.facts.wall_s / wide.facts.wall_s, _WALL_RATIO, "×"),
            Check("peak memory / pandas", ours.facts.peak_bytes / wide.facts.peak_bytes, _MEMORY_RATIO, "×"),
        ],
        [*_notes(found), *equal, _disk_note(read_s, size, ours.facts)],
    )


def size_line(scale: float) -> str:
    """What was asked, in words."""
    schools, teachers, counties = sizes(scale)
    return f"{schools:,} schools × {len(YEARS)} years, register of {teachers:,}, {counties:,} counties"


def sizes(scale: float) -> tuple[int, int, int]:
    """Schools, teachers and counties at ``scale``."""
    return max(200, int(SCHOOLS * scale)), max(2000, int(TEACHERS * scale)), max(3, int(COUNTIES * scale))


def make_files(folder: Path, scale: float) -> list[Path]:
    """The nation's Parquet files, in a process of its own so that its memory is not ours."""
    schools, teachers, counties = sizes(scale)
    code = (
        "from pathlib import Path; from junheng.data.synthetic import make_nation; "
        f"make_nation({schools}, range({YEARS.start}, {YEARS.stop}), Path({str(folder)!r}), {_SEED}, "
        f"counties={counties}, teachers={teachers})"
    )
    run([sys.executable, "-c", code])
    return sorted(folder.glob("*.parquet"))


def measure_way(
    way: str, folder: Path, environment: dict[str, str] | None = None, label: str = ""
) -> Measured:
    """Run one way for facts alone, then with verdicts and answers."""
    answers = folder / "answers" / (label or way)
    answers.mkdir(parents=True)
    command = [
        sys.executable,
        "-m",
        f"benchmarks.nation.{way}_way",
        str(folder / "nation"),
        str(folder / "rules.json"),
    ]
    root = Path(__file__).parent.parent
    facts = run(command, folder=root, extra=environment)
    again = run([*command, str(answers)], folder=root, extra=environment)
    phases = json.loads(again.printed.splitlines()[-1])
    return Measured(facts, json.loads(facts.printed.splitlines()[-1])["facts"], phases["verdicts"])


def _notes(found: dict[str, Measured]) -> Sequence[str]:
    notes = []
    for way, measured in found.items():
        notes.append(cost_note(f"{way}, values + CVs, whole process", measured.facts))
        phase, verdicts = measured.phase, measured.verdicts
        notes.append(
            f"{way}, without starting up: wall {phase['wall_s']:.2f} s, CPU {phase['cpu_s']:.2f} s; "
            f"verdict stage apart: wall {verdicts['wall_s']:.2f} s, CPU {verdicts['cpu_s']:.2f} s"
        )
    return notes


def _disk_note(read_s: float, size: int, ours: Cost) -> str:
    return (
        f"limit: the files ({size / 2**20:.0f} MB) take {read_s:.2f} s to read once from disk in sequence, "
        f"{100 * read_s / ours.wall_s:.0f} % of Junheng's wall time"
    )
