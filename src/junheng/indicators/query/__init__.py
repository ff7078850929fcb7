"""The generated query: one wide pass over school-stages, readable by an inspector."""

from junheng.indicators.query.values import denominator_columns, values_sql

__all__ = ["denominator_columns", "values_sql"]
