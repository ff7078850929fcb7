"""The cells behind one school-stage, and the formula with their numbers put in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from junheng.basics import STAGE_NAMES, STAGES, Text
from junheng.data import load_dictionary
from junheng.judgement.explanation import CellReference, number_text
from junheng.judgement.finding import Finding
from junheng.judgement.finding_cells import FACT_TABLES

Row = Mapping[str, Any]
_WORD = re.compile(r"'[^']*'|[A-Za-z_][A-Za-z_0-9]*")
_LARGEST_OF_PARTS = {"max_class_size", "lease_walk_min"}  # what merged campuses do not add up


class SchoolCells:
    """All cells of one school and the campuses merged into it."""

    def __init__(self, finding: Finding, school_id: str) -> None:
        cells = finding.cells()
        own = pc.equal(cells.column("school_id"), school_id)
        merged = pc.fill_null(pc.equal(cells.column("merged_into"), school_id), False)
        self._rows: list[Row] = cells.filter(pc.or_(own, merged)).to_pylist()
        self._school_id = school_id
        self._split = set(finding.standard.split.columns)

    def of(self, column: str, stage: str) -> list[Row]:
        """The cells of ``column`` that bear on ``stage``."""
        return [row for row in self._rows if row["column"] == column and row["stage"] in {None, stage}]

    def stages(self) -> list[str]:
        """The stages for which the school reports pupils."""
        found = {row["stage"] for row in self._rows if row["column"] == "pupils"}
        return [stage for stage in STAGES if stage in found]

    def total(self, column: str, stage: str) -> float | None:
        """The value of ``column`` before any split: parts added up, None where one is absent."""
        found: list[float | None] = [row["value"] for row in self.of(column, stage)]
        values = [value for value in found if value is not None]
        if not values or len(values) < len(found):
            return None
        return max(values) if column in _LARGEST_OF_PARTS else sum(values)

    def is_split(self, column: str) -> bool:
        """Whether ``column`` is shared out between the school's stages."""
        return column in self._split and len(self.stages()) > 1

    def with_numbers(self, expression: str, stage: str, share: float | None) -> str:
        """``expression`` with the cells' numbers for its columns; shared columns as "1200×0.4417"."""

        def number(match: re.Match[str]) -> str:
            word = match.group(0)
            rows = self.of(word, stage)
            if not rows:
                return word
            if rows[0]["text"] is not None:
                return f"'{rows[0]['text']}'"
            shown = number_text(self.total(word, stage))
            return f"({shown}×{number_text(share)})" if self.is_split(word) else shown

        return _WORD.sub(number, expression)

    def references(self, columns: Sequence[str], stage: str) -> tuple[CellReference, ...]:
        """The cells of ``columns`` as they are shown, each once."""
        return tuple(
            self._reference(row) for column in dict.fromkeys(columns) for row in self.of(column, stage)
        )

    def pupils(self) -> tuple[CellReference, ...]:
        """The pupils of every stage: what a split rests on."""
        return tuple(self._reference(row) for stage in self.stages() for row in self.of("pupils", stage))

    def _reference(self, row: Row) -> CellReference:
        return CellReference.of(row, _label(row), self._note(row))

    def _note(self, row: Row) -> Text | None:
        if row["from_register"]:
            return Text("由名册汇总", "counted from the register")
        if row["value"] is None and row["text"] is None:
            if row["raw"]:
                return Text("违反逻辑规则，按缺失处理", "breaks a rule of logic: taken as missing")
            return Text("缺失", "missing")
        if row["school_id"] != self._school_id:
            return Text(f"并入的 {row['school_id']}", f"merged from {row['school_id']}")
        return None


def in_headings(expression: str) -> str:
    """``expression`` with the dictionary's Chinese headings for its columns; words of the grammar stay."""
    tables = load_dictionary().tables
    names = {
        column: spec.heading.zh
        for table in reversed(FACT_TABLES)
        for column, spec in tables[table].columns.items()
    }
    return _WORD.sub(lambda match: names.get(match.group(0), match.group(0)), expression)


def column_heading(table: str, column: str) -> Text:
    """The dictionary's heading of a column, or the column itself."""
    spec = load_dictionary().tables[table].columns.get(column)
    return spec.heading if spec else Text(column, column)


def _label(row: Row) -> Text:
    heading = column_heading(row["table"], row["column"])
    if row["stage"] is None:
        return heading
    stage = next((name for key, name in STAGE_NAMES.items() if key == row["stage"]), Text("", ""))
    return Text(f"{heading.zh}（{stage.zh}）", f"{heading.en} ({stage.en})")
