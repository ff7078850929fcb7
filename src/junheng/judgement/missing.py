"""Why a value is absent: which cell is empty, or why shared premises could not be split."""

from collections.abc import Iterable, Mapping
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import STAGES
from junheng.indicators import EXPECTED_STAGES, Evaluation, parse_expression
from junheng.judgement.merged import merged_children, rows_of_year

Row = Mapping[str, object]
_BY_STAGE = ("stage", "teacher_count")


class Absences:
    """The rows behind one county-year, looked up by school: built only when some value is absent.

    Looks into the evaluated tables (``evaluation.tables``) for the school and for the rows merged into it
    (campuses not counted as schools, teaching points).
    """

    def __init__(self, evaluation: Evaluation, year: int, values: pa.Table) -> None:
        self._tables = evaluation.tables
        self._year = year
        self._parameters = evaluation.parameters
        self._measures = {measure.key: measure.indicator for measure in evaluation.measures}
        self._lineage = evaluation.lineage
        self._own = set(values.column("school_id").to_pylist())
        self._rows: dict[str, dict[tuple[str, str], Row]] = {}
        self._children = {
            home: children
            for home, children in merged_children(evaluation.tables, year, evaluation.parameters).items()
            if home in self._own
        }

    def code(self, school_id: str, stage: str, key: str, row: Row) -> str:
        """The reason code for the absent value of measure ``key``; ``row`` is its row of the values."""
        if row["pupils"] is None:
            return "missing:stage.pupils"
        if row[f"{key}_den"] == 0:
            return "no_value"
        pairs = self._lineage[key][stage]
        optional = self._optional(key, stage)
        shared = any(column in self._parameters.split_columns for _, column in pairs)
        if row["share"] is None and shared:
            return self._why_unsplit(school_id, str(row["kind"]))
        empty = [
            name
            for table, column in pairs
            if column not in optional
            for name in self._empty(table, column, school_id, stage)
        ]
        return f"missing:{','.join(dict.fromkeys(empty))}" if empty else "no_value"

    def _optional(self, key: str, stage: str) -> frozenset[str]:
        indicator = self._measures[key]
        expressions = (indicator.numerator, indicator.denominator)
        return frozenset[str]().union(
            *(coalesced(text) for by in expressions for at, text in by.items() if at == stage)
        )

    def _empty(self, table: str, column: str, school_id: str, stage: str) -> Iterable[str]:
        rows = self._table(table)
        for owner in (school_id, *self._children.get(school_id, ())):
            if owner != school_id and not self._is_part(table, owner, stage):
                continue
            row = rows.get((owner, stage), rows.get((owner, "")))
            if row is None or row.get(column) is None:
                yield f"{table}.{column}" + ("" if owner == school_id else f"@{owner}")

    def _is_part(self, table: str, campus: str, stage: str) -> bool:
        """A merged campus that does not teach the stage has no part in what is reported by stage."""
        if table not in _BY_STAGE:
            return True
        return any((campus, stage) in self._table(name) for name in _BY_STAGE)

    def _table(self, name: str) -> dict[tuple[str, str], Row]:
        if name not in self._rows:
            self._rows[name] = self._load(name)
        return self._rows[name]

    def _load(self, name: str) -> dict[tuple[str, str], Row]:
        table = rows_of_year(self._tables.get(name), self._year)
        if table is None or "school_id" not in table.column_names:
            return {}
        mine = pc.is_in(table.column("school_id"), pa.array(sorted(self._own | self._all_children())))
        chosen = table.filter(mine)
        return {(row["school_id"], row.get("stage") or ""): row for row in chosen.to_pylist()}

    def _all_children(self) -> set[str]:
        return {child for children in self._children.values() for child in children}

    def _why_unsplit(self, school_id: str, kind: str) -> str:
        owners = {school_id, *self._children.get(school_id, ())}
        rows = [(stage, row) for (owner, stage), row in self._table("stage").items() if owner in owners]
        present = {stage for stage, _ in rows}
        absent = [stage for stage in EXPECTED_STAGES.get(kind, ()) if stage not in present]
        if absent:
            return f"split:row:{absent[0]}"
        if present - self._parameters.split_weights.get(kind, {}).keys():
            return f"split:weights:{kind}"
        unknown = {stage for stage, row in rows if row.get("pupils") is None}
        return next((f"split:pupils:{stage}" for stage in STAGES if stage in unknown), "no_value")


@cache
def coalesced(expression: str) -> frozenset[str]:
    """The columns of ``expression`` whose absence it makes up for by COALESCE."""
    from sqlglot import exp

    tree = parse_expression(expression).tree
    return frozenset(
        column.name for call in tree.find_all(exp.Coalesce) for column in call.find_all(exp.Column)
    )
