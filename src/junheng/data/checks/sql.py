"""The one query per view that selects the rows failing any of its checks, with a flag for each check.

Numbers are cast to double, so that an absurd integer cannot overflow, and a column the input lacks is null.
"""

import re
from collections.abc import Mapping, Sequence, Set

from junheng.data.checks.definition import Check
from junheng.data.checks.views import Extra, View, view_named
from junheng.data.dictionary import Dictionary, TableSpec

AT = "_at_"
PREVIOUS = "previous_"
_SQL_TYPES = {"integer": "DOUBLE", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_KEYS = ("year", "school_id", "stage")
_LITERAL = re.compile(r"\d+(?:\.\d+)?|'[^']*'")
_WORD = re.compile(r"[A-Za-z_]\w*")


def failing_rows_sql(
    name: str, checks: Sequence[Check], present: Mapping[str, Sequence[str]], dictionary: Dictionary
) -> str:
    """SQL for the rows of view ``name`` that fail any of ``checks``.

    ``present[table]`` lists the columns each registered table has. Answer columns: ``_at_<table>`` for each
    member, ``year``, ``school_id``, ``stage`` (null where the view has none), the values of ``shown_values``
    and ``f<i>`` the flag of the i-th check.
    """
    view = view_named(name)
    known = view_columns(name, dictionary)
    keys = [key if key in known else f"NULL AS {key}" for key in _KEYS]
    ats = [AT + member for member in view.members]
    shown = [f"{sql} AS {name}" for sql, name in shown_values(checks).items()]
    flags = [f"coalesce({check.sql}, false) AS f{i}" for i, check in enumerate(checks)]
    any_flag = " OR ".join(f"f{i}" for i in range(len(checks)))
    order = ", ".join(f"{at} NULLS LAST" for at in ats)
    return (
        f"{_with(view, words_of(view, checks), present, dictionary)}\nSELECT * FROM (\n  SELECT "
        + ",\n    ".join([*keys, *ats, *shown, *flags])
        + f"\n  FROM seen\n) WHERE {any_flag} ORDER BY {order}, year, school_id"
    )


def shown_values(checks: Sequence[Check]) -> dict[str, str]:
    """The expressions of all values that messages show, each once, and its name in the answer."""
    found = (sql for check in checks for sql in check.shows.values() if not is_literal(sql))
    return {sql: f"v{number}" for number, sql in enumerate(dict.fromkeys(found))}


def is_literal(sql: str) -> bool:
    """Whether an expression is a plain number or text, which no query need look up."""
    return bool(_LITERAL.fullmatch(sql))


def literal(sql: str) -> float | int | str:
    """The value of a plain number or text."""
    if sql.startswith("'"):
        return sql[1:-1]
    return float(sql) if "." in sql else int(sql)


def view_columns(name: str, dictionary: Dictionary) -> frozenset[str]:
    """Every column name a check over view ``name`` may use."""
    view = view_named(name)
    own = {column for table in view.members for column in dictionary.tables[table].columns}
    prior = {PREVIOUS + column for table in view.prior for column in _plain(dictionary.tables[table])}
    return frozenset(own | prior | view.derived())


def owner(name: str, column: str, dictionary: Dictionary) -> str | None:
    """The member table of view ``name`` whose cells ``column`` shows; None for a derived column."""
    for table in view_named(name).members:
        if column in dictionary.tables[table].columns:
            return table
    return None


def words_of(view: View, checks: Sequence[Check]) -> Set[str]:
    """Every name the checks use, and every name that what they use is made of: the rest need not be looked up."""
    words = set(_KEYS).union(
        *(_WORD.findall(sql) for check in checks for sql in (check.sql, *check.shows.values()))
    )
    words |= {*_WORD.findall(view.source), *_WORD.findall(view.where)}
    size = 0
    while size < len(words):
        size = len(words)
        for name, sql in view.terms.items():
            words.update(_WORD.findall(sql) if name in words else ())
        for extra in _extras(view, words):
            words.update(_WORD.findall(f"{extra.sql} {extra.using}"))
    return words


def _extras(view: View, words: Set[str]) -> list[Extra]:
    return [extra for extra in view.extras if not words.isdisjoint((extra.name, *extra.gives))]


def _with(view: View, words: Set[str], present: Mapping[str, Sequence[str]], dictionary: Dictionary) -> str:
    """The common table expressions up to ``seen``, with the columns, terms and extras that ``words`` name."""
    tables = [name for name in view.tables() if name in view.members or f"t_{name}" in words]
    extras = _extras(view, words)
    terms = [f", {sql} AS {name}" for name, sql in view.terms.items() if name in words]
    joins = [f"LEFT JOIN {extra.name} USING ({extra.using})" for extra in extras]
    parts = [_table(dictionary.tables[name], words, present.get(name)) for name in tables]
    parts += [_prior(dictionary.tables[name], words, present.get(prior_name(name))) for name in view.prior]
    parts += [extra.sql for extra in extras]
    seen = " ".join([f"SELECT *{''.join(terms)} {view.source}", *joins, view.where])
    return "WITH " + ",\n".join([*parts, f"seen AS ({seen})"])


def prior_name(table: str) -> str:
    """The name under which the rows of the year before are registered."""
    return f"prior_{table}"


def _table(spec: TableSpec, words: Set[str], present: Sequence[str] | None) -> str:
    wanted = words | {"year", *spec.key}
    columns = [_column(spec, column, present or ()) for column in spec.columns if column in wanted]
    source = f"FROM {spec.name}" if present is not None else "WHERE false"
    at = f"{AT}{spec.name}" if present is not None else f"NULL::BIGINT AS {AT}{spec.name}"
    return f"t_{spec.name} AS (SELECT {', '.join([*columns, at])} {source})"


def _prior(spec: TableSpec, words: Set[str], present: Sequence[str] | None) -> str:
    """The table a year earlier, its rows dated one year on so that they join this year's."""
    plain = [column for column in _plain(spec) if PREVIOUS + column in words]
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
