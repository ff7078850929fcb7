"""Which rows of one school fail which checks."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from junheng.data.checks.definition import IT, Check
from junheng.data.checks.failure import Failure
from junheng.data.checks.one_school.conditions import Row, Term, UnknownTermError, term_of
from junheng.data.checks.one_school.joined import JOINED
from junheng.data.checks.one_school.rows import Few, Tables, few_of
from junheng.data.checks.sql import AT, is_literal, literal
from junheng.data.checks.views import VIEWS, view_named

_KEYS = ("year", "school_id", "stage")


def failures_of_rows(checks: Sequence[Check], tables: Tables, prior: Tables) -> list[Failure] | None:
    """The failures of one school's few rows, in the order of ``checks``; None where the engine must be asked."""
    now, before = _few(tables), _few(prior)
    if now is None or before is None:
        return None
    try:
        return list(_failures(checks, now, before))
    except UnknownTermError:
        return None


def learn(checks: Sequence[Check]) -> None:
    """Take the conditions of ``checks`` apart, and the values their messages show, before they are asked."""
    for check in checks:
        with suppress(UnknownTermError):
            for sql in (check.sql, *check.shows.values()):
                term_of(sql)


def _few(tables: Tables) -> dict[str, Few] | None:
    held = {}
    for name, table in tables.items():
        if (found := few_of(name, table)) is None:
            return None
        held[name] = found
    return held


def _failures(
    checks: Sequence[Check], now: Mapping[str, Few], before: Mapping[str, Few]
) -> Iterator[Failure]:
    held, earlier = ({name: few.rows for name, few in tables.items()} for tables in (now, before))
    views: dict[str, list[Check]] = {}
    for check in checks:
        views.setdefault(check.view, []).append(check)
    for name, asked in views.items():
        view = view_named(name)
        if view.members[0] not in now or not set(view.prior[:1]) <= before.keys():
            continue
        if name in VIEWS and name not in JOINED:
            raise UnknownTermError(name)
        rows = JOINED[name](held, earlier) if name in VIEWS else held[name]
        for check in asked if rows else ():
            if not _is_of_absent(check, now):
                condition = term_of(check.sql)
                yield from (_failure(check, row, view.members) for row in rows if condition(row) is True)


def _is_of_absent(check: Check, now: Mapping[str, Few]) -> bool:
    """Whether the column of a cell check is not there, and the check does not ask for it."""
    if not check.rule.facet or check.rule.absence:
        return False
    return check.bound[IT] not in now[check.view].columns


def _failure(check: Check, row: Row, members: Sequence[str]) -> Failure:
    return Failure(
        check=check,
        at={table: row.get(AT + table) for table in members},
        keys={key: row.get(key) for key in _KEYS},
        values={name: _value(sql)(row) for name, sql in check.shows.items()},
    )


def _value(sql: str) -> Term:
    if is_literal(sql):
        found = literal(sql)
        return lambda _: found
    return term_of(sql)
