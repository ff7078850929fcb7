"""Turns a failing row into a problem: bilingual text, value, and the place it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from junheng.basics import STAGE_NAMES, Text
from junheng.data.checks.definition import Check
from junheng.data.checks.failure import Failure
from junheng.data.checks.wording import pieces, shown
from junheng.data.dictionary import ColumnSpec, Dictionary
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, Problem, Snapshot, Source, SourceColumn

PREVIOUS = "previous_"


class Describer:
    """Writes problems about one snapshot; the places of its rows are looked up once a table."""

    def __init__(self, snapshot: Snapshot, dictionary: Dictionary) -> None:
        self._snapshot = snapshot
        self._dictionary = dictionary
        self._places: dict[str, tuple[list[int | None], list[int | None]]] = {}
        self._phrases: dict[str, tuple[Phrase, ...]] = {}
        self._values: dict[tuple[str, str], list[list[Any]]] = {}

    def problem(self, failure: Failure) -> Problem:
        """The problem that ``failure`` is, located at its first marked cell."""
        check = failure.check
        table, column = check.marks[0] if check.marks else (check.view, "")
        at = failure.at.get(table)
        source, row = self._place(table, at)
        cause, what_zh, what_en, fix_zh, fix_en = (
            phrase.filled(failure.values) for phrase in self._phrases_of(check)
        )
        return Problem(
            check=check.id,
            severity=check.rule.severity,
            cause=f"{check.key}:{cause}",
            what=Text(what_zh, what_en),
            fix=Text(fix_zh, fix_en),
            table=table,
            column=column,
            file=source.file if source else "",
            sheet=source.sheet if source else "",
            row=row,
            cell=self._cells(check, table, source, row),
            value=self._value(table, column, at),
            year=int(failure.keys["year"] or 0),
            school_id=failure.keys["school_id"] or "",
            stage=failure.keys["stage"] or "",
        )

    def blank_column(self, check: Check) -> Problem:
        """The problem that a whole column is blank or absent: one, not one for each row.

        Where the table has a single row, as one school's return has, it is that one cell.
        """
        table, column = check.marks[0]
        name = self._dictionary.column(table, column).heading
        held = self._snapshot.tables.get(table)
        is_one = held is not None and held.num_rows == 1
        all_of = (
            Text("没有数据", "no data") if is_one else Text("整列没有数据", "no data in the whole column")
        )
        return Problem(
            check=check.id,
            severity=check.rule.severity,
            cause=f"{check.id}:column",
            what=Text(f"{all_of.zh}：{name.zh}（{column}）", f"{all_of.en}: {name.en} ({column})"),
            fix=Text(
                "如有此数据请补报；没有则据此的判断为“无法判定”",
                "report it if you have it; without it, what depends on it is “cannot tell”",
            ),
            table=table,
            column=column,
        )

    def _place(self, table: str, at: int | None) -> tuple[Source | None, int]:
        if at is None:
            return None, 0
        if table not in self._places:
            held = self._snapshot.tables[table]
            self._places[table] = (_column(held, SOURCE_COLUMN), _column(held, ROW_COLUMN))
        sources, rows = self._places[table]
        index, row = sources[at], rows[at]
        known = index is not None and 0 <= index < len(self._snapshot.sources)
        return (self._snapshot.sources[index] if known and index is not None else None), row or 0

    def _cells(self, check: Check, table: str, source: Source | None, row: int) -> str:
        """Every marked cell of the row in this table: "F12", or "F12+G12" when there are several."""
        if source is None or row == 0:
            return ""
        feeding: list[SourceColumn] = []
        for owner, column in check.marks:
            if owner == table:
                feeding += source.columns.get(column, ())
        return "+".join(dict.fromkeys(f"{found.letter}{row}" for found in feeding if found.letter))

    def _value(self, table: str, column: str, at: int | None) -> str:
        """The cell as it stood in the file; without a file, as it stands in the table."""
        if at is None:
            return ""
        for cells in self._cells_of(table, column):
            value = cells[at] if at < len(cells) else None
            if value is not None:
                return shown(float(value)) if isinstance(value, int | float) else str(value)
        return ""

    def _cells_of(self, table: str, column: str) -> list[list[Any]]:
        """The column as read and as typed, whichever there are."""
        if (table, column) not in self._values:
            held = [tables.get(table) for tables in (self._snapshot.raw, self._snapshot.tables)]
            self._values[table, column] = [
                found.column(column).to_pylist()
                for found in held
                if found is not None and column in found.column_names
            ]
        return self._values[table, column]

    def _phrases_of(self, check: Check) -> "tuple[Phrase, ...]":
        """Cause, what and fix of a check, taken apart once: thousands of rows may break the same rule."""
        if check.key not in self._phrases:
            rule = check.rule
            texts = [(rule.cause, "en"), (rule.what.zh, "zh"), (rule.what.en, "en"), (rule.fix.zh, "zh")]
            self._phrases[check.key] = tuple(
                self._phrase(check, text, language) for text, language in [*texts, (rule.fix.en, "en")]
            )
        return self._phrases[check.key]

    def _phrase(self, check: Check, template: str, language: str) -> "Phrase":
        specs: dict[str, ColumnSpec | None] = {}

        def name_of(name: str) -> str:
            spec = self._spec(check, name)
            heading = spec.heading if spec else Text(name, name)
            return heading.zh if language == "zh" else heading.en

        parts: list[tuple[str, bool]] = []
        for text, name, asks_heading in pieces(template):
            if name and not asks_heading:
                specs[name] = self._spec(check, name)
            parts.append(
                (name, True) if name and not asks_heading else (name_of(name) if name else text, False)
            )
        return Phrase(tuple(parts), specs, language)

    def _spec(self, check: Check, name: str) -> ColumnSpec | None:
        column = check.bound.get(name, name).removeprefix(PREVIOUS)
        for table, spec in self._dictionary.tables.items():
            if column in spec.columns and (table == check.view or check.view not in self._dictionary.tables):
                return spec.columns[column]
        return None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message taken apart: (text, False) stands as it is, (name, True) is replaced by that value in words."""

    parts: tuple[tuple[str, bool], ...]
    specs: Mapping[str, ColumnSpec | None]
    language: str

    def filled(self, values: Mapping[str, Any]) -> str:
        """The message with ``values`` filled in."""
        return "".join(
            _in_words(values.get(text), self.specs[text], self.language) if is_value else text
            for text, is_value in self.parts
        )


def _column(table: pa.Table, name: str) -> list[int | None]:
    if name not in table.column_names:
        return [None] * table.num_rows
    found: list[int | None] = table.column(name).to_pylist()
    return found


def _in_words(value: Any, spec: ColumnSpec | None, language: str) -> str:
    """A value for people: a listed value by its name, a stage by its name, anything else as itself."""
    if value is None:
        return "空" if language == "zh" else "blank"
    if isinstance(value, str):
        name = spec.values.get(value) if spec else STAGE_NAMES.get(value)
        if isinstance(name, Text):
            return name.zh if language == "zh" else name.en
    return shown(value)
