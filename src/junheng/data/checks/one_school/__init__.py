"""The checks of one school's few rows, asked without a query engine: while somebody types.

Planning a query over one row takes a hundred times as long as looking at it. Conditions and views are the library's
own; what is not known here for certain goes to the engine, and tests compare the two on random returns.
"""

from junheng.data.checks.one_school.run import failures_of_one

__all__ = ["failures_of_one"]
