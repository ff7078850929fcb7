"""A measured row: what was asked, what was seen, and the line it adds to RESULTS.md."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.child import Cost
from benchmarks.machine import load_line, machine_line, versions_line

RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True, slots=True)
class Check:
    """One target: ``measured`` must not exceed ``limit`` (or must reach it, where ``at_least``)."""

    what: str
    measured: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the target is reached."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def line(self) -> str:
        """The target and what was measured, as a table row."""
        sign = "≥" if self.at_least else "≤"
        state = "reached" if self.reached else "**missed**"
        return (
            f"| {self.what} | {sign} {self.limit:g} {self.unit} | {self.measured:.3g} {self.unit} | {state} |"
        )


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark as run. ``scale`` is the share of the full size; ``notes`` state limits and equality."""

    row: str
    title: str
    scale: float
    checks: Sequence[Check]
    notes: Sequence[str] = field(default=())

    def text(self) -> str:
        """The entry as Markdown."""
        stamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        lines = [
            f"### {self.row}: {self.title}",
            "",
            f"{stamp} · scale {self.scale:g} of the full size · {load_line()}  ",
            f"{machine_line()}  ",
            f"{versions_line()}",
            "",
        ]
        if self.checks:
            lines += [
                "| what | target | measured | |",
                "|---|---|---|---|",
                *(check.line() for check in self.checks),
                "",
            ]
        lines += [f"- {note}" for note in self.notes]
        return "\n".join(lines).rstrip() + "\n"


def cost_note(name: str, cost: Cost) -> str:
    """One run as a note: wall, CPU, peak."""
    return f"{name}: wall {cost.wall_s:.2f} s, CPU {cost.cpu_s:.2f} s, peak {cost.peak_bytes / 2**20:.0f} MB"


def append(result: Result) -> None:
    """Add ``result`` to the end of RESULTS.md; nothing already there is changed."""
    with RESULTS.open("a", encoding="utf-8") as stream:
        stream.write("\n" + result.text())
