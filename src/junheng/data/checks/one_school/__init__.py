"""The checks of one school's few rows, asked without a query engine: while somebody types.

Planning a query over one row takes a hundred times as long as looking at it. Conditions and views are the library's
own; what is not known here for certain goes to the engine, and tests compare the two on random returns.
"""

from collections.abc import Sequence

from junheng.data.checks.definition import Check
from junheng.data.checks.failure import Failure
from junheng.data.checks.one_school.rows import Tables, is_one_school


def failures_of_one(checks: Sequence[Check], tables: Tables, prior: Tables) -> list[Failure] | None:
    """What ``checks.run.failures`` tells, in the same order, of one school's few rows; None where the engine must be asked."""
    if not is_one_school(tables, prior):
        return None
    from junheng.data.checks.one_school.run import failures_of_rows  # with the SQL parser: not for a county

    return failures_of_rows(checks, tables, prior)


__all__ = ["failures_of_one"]
