"""The one query per view that selects the rows failing any of its checks, with a flag for each check.

Numbers are cast to double, so that an absurd integer cannot overflow, and a column the input lacks is null.
"""

from collections.abc import Mapping, Sequence

from junheng.data.checks.definition import Check
from junheng.data.checks.views import View, view_named
from junheng.data.dictionary import Dictionary, TableSpec

AT = "_at_"
PREVIOUS = "previous_"
_SQL_TYPES = {"integer": "DOUBLE", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_KEYS = ("year", "school_id", "stage")


def failing_rows_sql(
    name: str, checks: Sequence[Check], present: Mapping[str, Sequence[str]], dictionary: Dictionary
) -> str:
    """SQL for the rows of view ``name`` that fail any of ``checks``.

    ``present[table]`` lists the columns each registered table has. Answer columns: ``_at_<table>`` for each
    member, ``year``, ``school_id``, ``stage`` (null where the view has none), ``v<i>_<j>`` the j-th
    shown value and ``f<i>`` the flag of the i-th check.
    """
    view = view_named(name)
    known = view_columns(name, dictionary)
    keys = [key if key in known else f"NULL AS {key}" for key in _KEYS]
    ats = [AT + member for member in view.members]
    shown = [
        f"{sql} AS v{i}_{j}" for i, check in enumerate(checks) for j, sql in enumerate(check.shows.values())
    ]
    flags = [f"coalesce({check.sql}, false) AS f{i}" for i, check in enumerate(checks)]
    any_flag = " OR ".join(f"f{i}" for i in range(len(checks)))
    order = ", ".join(f"{at} NULLS LAST" for at in ats)
    return (
        f"{_with(view, present, dictionary)}\nSELECT * FROM (\n  SELECT "
        + ",\n    ".join([*keys, *ats, *shown, *flags])
        + f"\n  FROM seen\n) WHERE {any_flag} ORDER BY {order}, year, school_id"
    )


def view_columns(name: str, dictionary: Dictionary) -> frozenset[str]:
    """Every column name a check over view ``name`` may use."""
    view = view_named(name)
    own = {column for table in view.members for column in dictionary.tables[table].columns}
    prior = {PREVIOUS + column for table in view.prior for column in _plain(dictionary.tables[table])}
    return frozenset(own | prior | set(view.derived))


def owner(name: str, column: str, dictionary: Dictionary) -> str | None:
    """The member table of view ``name`` whose cells ``column`` shows; None for a derived column."""
    for table in view_named(name).members:
        if column in dictionary.tables[table].columns:
            return table
    return None


def _with(view: View, present: Mapping[str, Sequence[str]], dictionary: Dictionary) -> str:
    parts = [_table(dictionary.tables[table], present.get(table)) for table in view.tables()]
    parts += [_prior(dictionary.tables[table], present.get(prior_name(table))) for table in view.prior]
    if view.parts:
        parts.append(view.parts.strip())
    return "WITH " + ",\n".join([*parts, f"seen AS ({view.sql})"])


def prior_name(table: str) -> str:
    """The name under which the rows of the year before are registered."""
    return f"prior_{table}"


def _table(spec: TableSpec, present: Sequence[str] | None) -> str:
    columns = [_column(spec, column, present or ()) for column in spec.columns]
    source = f"FROM {spec.name}" if present is not None else "WHERE false"
    at = f"{AT}{spec.name}" if present is not None else f"NULL::BIGINT AS {AT}{spec.name}"
    return f"t_{spec.name} AS (SELECT {', '.join([*columns, at])} {source})"


def _prior(spec: TableSpec, present: Sequence[str] | None) -> str:
    """The table a year earlier, its rows dated one year on so that they join this year's."""
    plain = _plain(spec)
    columns = [f"{_cast(spec, column, present or ())} AS {PREVIOUS}{column}" for column in plain]
    keys = [f"{_cast(spec, key, present or ())} AS {key}" for key in spec.key]
    year = f"{_cast(spec, 'year', present or ())} + 1 AS year"
    source = f"FROM {prior_name(spec.name)}" if present is not None else "WHERE false"
    return f"p_{spec.name} AS (SELECT {', '.join([year, *keys, *columns])} {source})"


def _plain(spec: TableSpec) -> list[str]:
    return [column for column in spec.columns if column != "year" and column not in spec.key]


def _column(spec: TableSpec, column: str, present: Sequence[str]) -> str:
    return f'{_cast(spec, column, present)} AS "{column}"'


def _cast(spec: TableSpec, column: str, present: Sequence[str]) -> str:
    sql_type = _SQL_TYPES.get(spec.columns[column].type, "VARCHAR")
    return f'CAST("{column}" AS {sql_type})' if column in present else f"CAST(NULL AS {sql_type})"
