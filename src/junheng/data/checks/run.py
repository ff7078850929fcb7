"""Runs checks over tables: one query per view, of one school none; and the rows that fail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from junheng.data.arrays import array_of
from junheng.data.checks.certain import may_fail
from junheng.data.checks.definition import IT, Check
from junheng.data.checks.failure import Failure
from junheng.data.checks.one_school import failures_of_one
from junheng.data.checks.sql import AT, failing_rows_sql, is_literal, literal, prior_name, shown_values
from junheng.data.checks.views import view_named
from junheng.data.dictionary import Dictionary
from junheng.data.engines import run_sql

Tables = Mapping[str, pa.Table]


def failures(
    checks: Sequence[Check], tables: Tables, prior: Tables, dictionary: Dictionary
) -> Iterator[Failure]:
    """Every failing row of every check, in the order of ``checks`` within a view, then of the rows.

    ``prior`` holds the rows of earlier years; views that compare years are skipped when it is empty. A view
    whose first table is absent has nothing to fail.
    """
    of_one = failures_of_one(checks, tables, prior)
    yield from engine_failures(checks, tables, prior, dictionary) if of_one is None else of_one


def engine_failures(
    checks: Sequence[Check], tables: Tables, prior: Tables, dictionary: Dictionary
) -> Iterator[Failure]:
    """The same by the query engine, of any number of schools."""
    named = {name: _numbered(name, table) for name, table in tables.items()}
    named |= {prior_name(name): table for name, table in prior.items()}
    present = {name: table.column_names for name, table in named.items()}
    for view in dict.fromkeys(check.view for check in checks):
        found = view_named(view)
        needed = {found.members[0], *(prior_name(table) for table in found.prior[:1])}
        if not needed <= named.keys():
            continue
        asked = [check for check in checks if check.view == view and _can_fail(check, tables, dictionary)]
        if not asked:
            continue
        answer = run_sql("duckdb", named, failing_rows_sql(view, asked, present, dictionary))
        yield from _failures(asked, answer, found.members)


def unhidden(found: Iterable[Failure]) -> list[Failure]:
    """``found`` without the failures that only repeat, of the same cell, what a rule that hides them says."""
    held = list(found)
    hidden: set[tuple[str, str, int | None, str]] = set()
    for failure in held:
        for rule in failure.check.rule.hides:
            hidden |= {(rule, table, failure.at[table], column) for table, column in failure.check.marks}
    return [failure for failure in held if not _cells(failure) & hidden]


def _cells(failure: Failure) -> set[tuple[str, str, int | None, str]]:
    return {(failure.check.id, table, failure.at[table], column) for table, column in failure.check.marks}


def _can_fail(check: Check, tables: Tables, dictionary: Dictionary) -> bool:
    """Leaves out cell checks that the columns as a whole already pass: most of the query."""
    if not check.rule.facet:
        return True
    return may_fail(check, tables[check.view], dictionary.column(check.view, check.bound[IT]))


def _numbered(name: str, table: pa.Table) -> pa.Table:
    return table.append_column(AT + name, array_of(np.arange(table.num_rows, dtype=np.int64)))


def _failures(checks: Sequence[Check], answer: pa.Table, members: Sequence[str]) -> Iterator[Failure]:
    if answer.num_rows == 0:
        return
    names = shown_values(checks)
    for i, check in enumerate(checks):
        failing = answer.filter(answer.column(f"f{i}"))
        if failing.num_rows == 0:
            continue
        plain = {name: literal(sql) for name, sql in check.shows.items() if is_literal(sql)}
        shown = {name: names[sql] for name, sql in check.shows.items() if name not in plain}
        wanted = [
            *(AT + table for table in members),
            "year",
            "school_id",
            "stage",
            *dict.fromkeys(shown.values()),
        ]
        for row in failing.select(wanted).to_pylist():
            yield Failure(
                check=check,
                at={table: row[AT + table] for table in members},
                keys={key: row[key] for key in ("year", "school_id", "stage")},
                values={**plain, **{name: row[value] for name, value in shown.items()}},
            )
