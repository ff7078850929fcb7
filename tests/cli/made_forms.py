"""Small made-up applications and intakes for the trials: a folder with forms, rules and the intake rule."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from tests.admissions.forms import PROBLEM, RULE_CONTENT, good_row, write_book

SEED = "0123456789abcdef" * 4
OTHER_SEED = "fedcba9876543210" * 4


def write_rules(path: Path, **changes: Any) -> Path:
    """The small rule of three schools with two seats each, changed as said."""
    path.write_text(yaml.safe_dump({"problem": {**PROBLEM, **changes}}, allow_unicode=True), encoding="utf-8")
    return path


def write_forms(folder: Path, children: int = 8, **changes: Mapping[str, Any]) -> Path:
    """``children`` good rows with rules.yaml and intake.yaml beside them; ``r3={"姓名": ""}`` spoils row 3."""
    folder.mkdir(parents=True, exist_ok=True)
    write_rules(folder / "rules.yaml")
    (folder / "intake.yaml").write_text(yaml.safe_dump(RULE_CONTENT, allow_unicode=True), encoding="utf-8")
    rows = [good_row(number, **changes.get(f"r{number}", {})) for number in range(children)]
    return write_book(folder / "forms.xlsx", rows)


def sheet_rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a written sheet below its headings, up to the first blank row: notes stand further down."""

    def table() -> Iterator[tuple[Any, ...]]:
        book = openpyxl.load_workbook(path)
        for row in book[sheet].iter_rows(min_row=2, values_only=True):
            if all(cell is None for cell in row):
                return
            yield row

    return list(table())
