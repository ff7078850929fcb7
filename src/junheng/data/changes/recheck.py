"""Which rules of logic can say anything new after a change: those that look at a table that
changed."""

from collections.abc import Mapping

import pyarrow as pa

from junheng.data.changes.rows import tables_of
from junheng.data.checks.definition import Check
from junheng.data.checks.load import load_checks
from junheng.data.checks.views import view_named

_PERSONS = frozenset({"pupil", "teacher"})
# Nothing that is changed is held against these by a rule of logic, or their rows go with a school and are not checked anew.
_NOT_AGAIN = frozenset({"county", "survey", "monitoring", "quota", "attestation"})


def changed_names(
    before: Mapping[str, pa.Table], after: Mapping[str, pa.Table], schools: frozenset[str]
) -> set[str]:
    """The tables whose rows of ``schools`` differ."""
    changed = {name for name, table in after.items() if before.get(name) is not table}
    was = tables_of({name: before[name] for name in changed if name in before}, schools)
    now = tables_of({name: after[name] for name in changed}, schools)
    return {name for name in changed if name not in was or not was[name].equals(now[name])}


def rules_of_change(changed: set[str]) -> tuple[list[Check], frozenset[str]]:
    """The rules of logic that look at one of the ``changed`` tables, and every table those rules look at."""
    again = changed - _NOT_AGAIN - _PERSONS
    logic = [
        one for one in load_checks() if one.rule.severity == "logic" and one.view not in _PERSONS | _NOT_AGAIN
    ]
    rules = [one for one in logic if not again.isdisjoint(view_named(one.view).tables())]
    return rules, frozenset(name for one in rules for name in view_named(one.view).tables()) - _NOT_AGAIN


def every_rule() -> tuple[list[Check], frozenset[str]]:
    """All rules of logic that can be asked of a few schools, and every table they look at."""
    return rules_of_change(
        {"school", "stage", "cohort", "class", "teacher_count", "premises", "special_room", "finance"}
    )
