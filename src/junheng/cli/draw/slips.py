"""The guardians' slips: a JSON file to check with, and a page to read, for each child."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import atomic_folder
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import json_lines
from junheng.cli.draw.private_file import paper_text, write_private

if TYPE_CHECKING:
    from collections.abc import Callable


def write_slips(draw: Path, folder: Path, transcript: Mapping[str, Any]) -> int:
    """Write both files of every child into ``folder``, readable by its owner alone. Returns how many children."""
    from junheng.draws import slips
    from junheng.reports.draws import slip_page

    spec = transcript["spec"]
    tickets = decider(spec["kind"]).tickets(
        spec, json_lines(draw, "roll/rows.jsonl"), bytes.fromhex(transcript["seed"])
    )
    drawn = dict(_by_unit(draw, tickets))
    is_rehearsal = spec["purpose"] == "rehearsal"
    count = 0
    with atomic_folder(folder) as target, _progress(transcript["result"]["rows"]) as advance:
        target.chmod(0o700)
        for slip in slips(draw, drawn=drawn):
            reasons = decider(spec["kind"]).reasons(slip, transcript)
            page = slip_page(slip, spec, reasons)
            name = ("rehearsal-" if is_rehearsal else "") + slip["row"]["pid"]
            write_private(target / f"{name}.json", paper_text(slip))
            write_private(target / f"{name}.html", page)
            count += 1
            advance()
    return count


def _by_unit(draw: Path, tickets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for row in json_lines(draw, "roll/rows.jsonl"):
        if row["pid"] in tickets:
            yield row["unit"], tickets[row["pid"]]


@contextmanager
def _progress(total: int) -> "Iterator[Callable[[], None]]":
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("打印凭条 | slips", total=total)
        yield lambda: bar.advance(task)
