"""What hiring, training and moving does to a row of ``teacher_count``: each person is one person.

A hire raises full_time once, whatever the person is; the five columns of education always add up to full_time, so a
person without the education above requirement enters the highest column that is not above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from junheng.planning.invest.library_files import Measures, load_measures

Row = dict[str, Any]


def above_columns(read: Iterable[str]) -> tuple[str, ...]:
    """The columns of education among those that an indicator reads, highest first."""
    held = set(read)
    return tuple(column for column in load_measures().education if column in held)


def plain_columns(above: Sequence[str]) -> tuple[str, ...]:
    """The other columns of education, highest first."""
    return tuple(column for column in load_measures().education if column not in above)


def join(row: Row, kinds: Iterable[str], persons: int, above: Sequence[str]) -> None:
    """``persons`` who are all of ``kinds`` (catalogue ids) come: hired, or moved from another school."""
    library, of = _changing(row), set(kinds)
    _add(row, library.full_time, persons)
    for kind, how in library.persons.items():
        if how.columns == "education":
            _add(row, how.fills if kind in of else plain_columns(above)[0], persons)
        elif kind in of:
            _add(row, how.fills, persons)


def leave(row: Row, kinds: Iterable[str], persons: int, above: Sequence[str]) -> None:
    """``persons`` who are all of ``kinds`` go to another school."""
    library, of = _changing(row), set(kinds)
    _add(row, library.full_time, -persons)
    for kind, how in library.persons.items():
        if how.columns == "education":
            _take(row, _first(how.fills, above) if kind in of else plain_columns(above), persons)
        elif kind in of:
            _take(row, _first(how.fills, how.columns), persons)


def train(row: Row, kind: str, persons: int, above: Sequence[str]) -> None:
    """``persons`` already there become ``kind`` as well; nobody is added."""
    how = load_measures().persons[kind]
    if how.columns == "education":
        _take(row, plain_columns(above), persons)
    _add(row, how.fills, persons)


def having(row: Mapping[str, Any], kind: str, above: Sequence[str]) -> int | None:
    """How many of the row's teachers are of ``kind``; None where a column is absent."""
    columns = load_measures().persons[kind].columns
    counts = [row.get(column) for column in (above if columns == "education" else columns)]
    return None if None in counts else sum(count for count in counts if count is not None)


def lacking(row: Mapping[str, Any], kind: str, above: Sequence[str]) -> int | None:
    """How many of the row's teachers are not of ``kind``, as far as the columns can show it; None where absent."""
    there, all_of_them = having(row, kind, above), row.get(load_measures().full_time)
    if there is None or all_of_them is None:
        return None
    if load_measures().persons[kind].columns != "education":
        return max(int(all_of_them) - there, 0)
    plain = [row.get(column) for column in plain_columns(above)]
    return sum(int(count) for count in plain if count is not None)


def _changing(row: Row) -> Measures:
    """The library, after blanking what nobody knows of a staff that is no longer the same."""
    library = load_measures()
    row.update((column, None) for column in library.unforecast if column in row)
    return library


def _add(row: Row, column: str, persons: int) -> None:
    if row.get(column) is not None:  # absent stays absent: nobody knows what it would be
        row[column] += persons


def _take(row: Row, columns: Sequence[str], persons: int) -> None:
    for column in columns:
        taken = min(row.get(column) or 0, persons)
        if taken:
            row[column] -= taken
        persons -= taken
    if persons:
        raise ValueError(f"{row.get('school_id')} {row.get('stage')}: {persons} persons too few in {columns}")


def _first(column: str, columns: Sequence[str]) -> tuple[str, ...]:
    return (column, *(other for other in columns if other != column))
