"""The guardians' slips: a JSON file to check with, and a page to read, for each child."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import corrections_of, json_lines, valid_results
from junheng.cli.draw.private_file import paper_text, write_private
from junheng.cli.draw.private_folder import private_folder
from junheng.cli.trial import progress

if TYPE_CHECKING:
    from collections.abc import Callable

SLIPS = Text("凭条", "slips")


def write_slips(draw: Path, folder: Path, transcript: Mapping[str, Any], apart: Sequence[Path]) -> int:
    """Write both files of every child into ``folder``, readable by its owner alone. Returns how many children."""
    from junheng.draws import slips
    from junheng.reports.draws import slip_page

    spec = transcript["spec"]
    room, drawn, corrected = decider(spec["kind"]), _drawn(draw, transcript), _corrected(draw, spec)
    prefix = "rehearsal-" if spec["purpose"] == "rehearsal" else ""
    count = 0
    with (
        private_folder(folder, spec["draw_id"], SLIPS, apart) as target,
        _progress(transcript["result"]["rows"]) as advance,
    ):
        for slip in slips(draw, drawn=drawn):
            pid = slip["row"]["pid"]
            page = slip_page(slip, spec, room.reasons(slip, transcript), corrected.get(pid, ""))
            write_private(target / f"{prefix}{pid}.json", paper_text(slip))
            write_private(target / f"{prefix}{pid}.html", page)
            count += 1
            advance()
    return count


def _drawn(draw: Path, transcript: Mapping[str, Any]) -> dict[str, str]:
    """The ticket or drawn rank of every unit; none where places rest on the whole intake."""
    rows, spec = json_lines(draw, "roll/rows.jsonl"), transcript["spec"]
    tickets = decider(spec["kind"]).tickets(spec, rows, bytes.fromhex(transcript["seed"]))
    return {row["unit"]: tickets[row["pid"]] for row in rows if row["pid"] in tickets}


def _corrected(draw: Path, spec: Mapping[str, Any]) -> dict[str, str]:
    """Where corrections made since have put children, in words; only those they touch."""
    from junheng.reports.draws import result_words

    if not corrections_of(draw):
        return {}
    names = {school["id"]: school["name"] for school in spec["problem"].get("schools", ())}
    first = {leaf["pid"]: leaf for leaf in json_lines(draw, "result/results.jsonl")}
    valid = {leaf["pid"]: leaf for leaf in valid_results(draw)}
    moved = {pid: result_words(leaf, names) for pid, leaf in valid.items() if leaf != first[pid]}
    return moved | dict.fromkeys(set(first) - set(valid), "已核减 struck off")


@contextmanager
def _progress(total: int) -> "Iterator[Callable[[], None]]":
    with progress() as bar:
        task = bar.add_task("凭条 slips", total=total)
        yield lambda: bar.advance(task)
