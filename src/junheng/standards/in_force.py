"""Which version of a piece holds on a day, and the citation that goes with it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from junheng.standards.definition import Document, Source, Version
from junheng.standards.place import Placed
from junheng.standards.standard import Citation

ONE_DAY = timedelta(days=1)


def school_year_start(year: int) -> date:
    """The day of the school year's statistics, 1 September of ``year`` (2024: school year 2024/25)."""
    return date(year, 9, 1)


def last_day(versions: Sequence[Version[Any]], index: int) -> date | None:
    """The last day on which version ``index`` holds; None: still open."""
    version = versions[index]
    if version.in_force_to is not None or index + 1 == len(versions):
        return version.in_force_to
    return versions[index + 1].in_force_from - ONE_DAY


def index_on(versions: Sequence[Version[Any]], on: date) -> int | None:
    """The index of the version that covers ``on``, None when there is none; it may be a repeal (null)."""
    found = None
    for index, version in enumerate(versions):
        end = last_day(versions, index)
        if version.in_force_from <= on and (end is None or on <= end):
            found = index
    return found


def cited(
    source: Source,
    documents: Mapping[str, Placed[Document]],
    versions: Sequence[Version[Any]],
    index: int,
    overlay: str = "",
) -> Citation:
    """``source`` with its document's title (its note, if it has none) and the version's days."""
    document = documents[source.document].value
    return Citation(
        document=source.document,
        title=document.title,
        article=source.article,
        certainty=source.certainty,
        in_force_from=versions[index].in_force_from,
        in_force_to=last_day(versions, index),
        last_checked_on=source.last_checked_on,
        note=source.note or document.note,
        overlay=overlay,
    )
