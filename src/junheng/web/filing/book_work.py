"""Writing a county's workbooks from what the site handed over. Needs no Django, no database and no secret."""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text

Json = dict[str, Any]
_TOLD = 20  # lines of a log, however many schools


def write_books(task: Json, tell: Callable[[Text, int, int], None]) -> Json:
    """A workbook for each line of ``task["books"]`` (see ``packing.hand_over``) in one zip below ``task["stage"]``/out.

    The first line says how many there are, of which state of the returns, and what the zip is called.
    """
    from junheng.data import write_return_book

    lines, stage = _lines(Path(task["books"])), Path(task["stage"])
    head = next(lines)
    total, one, out = int(head["count"]), stage / "one.xlsx", stage / "out"
    step = max(1, total // _TOLD)
    out.mkdir()
    with zipfile.ZipFile(out / head["name"], "w", zipfile.ZIP_STORED) as packed:
        for number, line in enumerate(lines):
            if number % step == 0:
                tell(Text(f"第 {number + 1} 份，共 {total} 份", f"{number + 1} of {total}"), number, total)
            write_return_book(one, _book(line))
            packed.write(one, line["name"])  # workbooks are compressed already
    return {"books": total, "of": head["of"]}


def _lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as given:
        for line in given:
            yield json.loads(line)


def _book(line: Mapping[str, Any]) -> Any:
    from junheng.data import ReturnBook, ReturnRow

    tables = {
        name: [ReturnRow(tuple(key), values, last_year) for key, values, last_year in rows]
        for name, rows in line["tables"].items()
    }
    return ReturnBook(Text(*line["title"]), line["known"], tables, tuple(line["seal"]))
