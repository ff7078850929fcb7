"""Zone rows for tests."""

from datetime import date
from typing import Any

from junheng.admissions import ZoneRow, ZoneTable
from junheng.data.books import Place

DAY = date(2027, 6, 1)


def road(zone: str, name: str, first: int | None, last: int | None, **others: Any) -> ZoneRow:
    """A row of a road in force from 2027 on."""
    schools = others.pop("schools", (f"S{zone}",))
    starts = others.pop("valid_from", date(2027, 1, 1))
    return ZoneRow(
        others.pop("place", Place()), zone, schools, starts, road=name, first=first, last=last, **others
    )


def community(zone: str, name: str, **others: Any) -> ZoneRow:
    """A row of a community in force from 2027 on."""
    return ZoneRow(Place(), zone, (f"S{zone}",), date(2027, 1, 1), community=name, **others)


def table(*rows: ZoneRow, **others: Any) -> ZoneTable:
    """A table of ``rows``."""
    return ZoneTable(rows, **others)
