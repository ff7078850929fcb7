"""A row that fails a check, as whoever ran the check found it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.data.checks.definition import Check


@dataclass(frozen=True, slots=True)
class Failure:
    """One row that fails one check. ``at[table]`` is its position in each member table, or None."""

    check: Check
    at: Mapping[str, int | None]
    keys: Mapping[str, Any]
    values: Mapping[str, Any]
