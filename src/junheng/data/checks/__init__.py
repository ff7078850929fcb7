"""Data checks: rules as data, the rows that break them, grouped by the cause they share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from junheng.data.collector import collector_paused

if TYPE_CHECKING:
    from junheng.data.checks.check import Checked
    from junheng.data.checks.definition import Check
    from junheng.data.tables import Snapshot

__all__ = ["check_snapshot"]


@collector_paused()
def check_snapshot(
    snapshot: "Snapshot", previous: "Snapshot | None" = None, *, checks: "Sequence[Check] | None" = None
) -> "Checked":
    """Run every check (or just ``checks``) over ``snapshot``, comparing years where two are in hand.

    The year before comes from ``snapshot`` itself when it holds several years, else from ``previous``. Raises
    UserError when ``previous`` holds no year that precedes one of ``snapshot``.
    """
    from junheng.data.checks.check import check  # loads the engine: not before an input is being read

    return check(snapshot, previous, checks)
