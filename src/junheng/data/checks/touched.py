"""Which checks to ask again after a few cells changed: a return is checked while it is typed."""

from collections.abc import Iterable

from junheng.data.checks.definition import Check
from junheng.data.checks.load import load_checks
from junheng.data.checks.sql import words_of
from junheng.data.checks.views import view_named

Place = tuple[str, str]  # a table and a column of it


def checks_that_see(places: Iterable[Place]) -> list[Check]:
    """The checks that could speak otherwise once cells of ``places`` changed; all repetitions of a rule together.

    Holds while no rule of logic is broken, before or after: a broken one takes cells away that others look at. Rules
    that hide each other's words are asked together.
    """
    wanted = list(places)
    every = load_checks()
    ids = {check.id for check in every if any(_sees(check, place) for place in wanted)}
    size = 0
    while size < len(ids):
        size = len(ids)
        for check in every:
            if check.id in ids or not ids.isdisjoint(check.rule.hides):
                ids |= {check.id, *check.rule.hides}
    return [check for check in every if check.id in ids]


def _sees(check: Check, place: Place) -> bool:
    table, column = place
    view = view_named(check.view)
    return table in (*view.tables(), *view.prior) and column in words_of(view, [check])
