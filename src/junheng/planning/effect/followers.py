"""Teachers who follow the pupils of a closed school: counts dealt out by pupils, every person once."""

from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.planning.state_rows import Row, Rows

Json = Mapping[str, Any]
_EDUCATION = ("doctor", "master", "bachelor", "associate", "secondary_or_below")
_OTHER = ("backbone", "pe", "music", "art", "arts")  # columns the seven indicators read
_KEPT = {"year", "school_id", "stage", "full_time", *_EDUCATION, *_OTHER}


def follow(rows: Rows, moves: Sequence[Json], closed: Set[str]) -> Text:
    """Add the teachers of closed schools to those that take their pupils, in proportion to pupils.

    By largest remainder in each column, ties by school; full-time is the sum of the columns of education, so every
    person is counted once. All other columns of a receiving staff become absent: nobody knows them. A column absent
    on either side becomes absent.
    """
    staff = {(row["school_id"], row["stage"]): row for row in rows.get("teacher_count", ())}
    for (source, stage), shares in _shares(moves, closed).items():
        given = staff.get((source, stage))
        for column in (*_EDUCATION, *_OTHER):
            parts = dealt(given.get(column) if given else None, shares)
            for school in shares:
                if (row := staff.get((school, stage))) is not None:
                    row[column] = _sum(row.get(column), parts[school])
        for school in shares:
            if (row := staff.get((school, stage))) is not None:
                _settle(row)
    return Text(
        "关闭学校的教师随学生到接收学校（去几所时按学生数分，最大余数法），接收学校的职称、资格、培训、交流人数留空",
        "teachers of closed schools follow the pupils (by pupils, largest remainder, where there are several schools); "
        "titles, certificates, training and rotation of the receiving staff are absent",
    )


def _shares(moves: Sequence[Json], closed: Set[str]) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for move in sorted(moves, key=lambda move: (move["from"], move["stage"], move["to"])):
        if move["from"] in closed and move["pupils"]:
            to = found.setdefault((move["from"], move["stage"]), {})
            to[move["to"]] = to.get(move["to"], 0) + move["pupils"]
    return found


def dealt(persons: int | None, shares: Mapping[str, int]) -> dict[str, int | None]:
    """``persons`` in proportion to ``shares``, whole, by largest remainder; None stays None.

    >>> dealt(5, {"a": 2, "b": 1})
    {'a': 3, 'b': 2}
    """
    if persons is None:
        return dict.fromkeys(shares)
    whole = sum(shares.values())
    exact = {school: Fraction(persons * share, whole) for school, share in shares.items()}
    parts = {school: int(value) for school, value in exact.items()}
    order = sorted(shares, key=lambda school: (parts[school] - exact[school], school))
    for school in order[: persons - sum(parts.values())]:
        parts[school] += 1
    return dict(parts)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _settle(row: Row) -> None:
    education = [row.get(column) for column in _EDUCATION]
    row["full_time"] = None if None in education else sum(n for n in education if n is not None)
    row.update((column, None) for column in row if column not in _KEPT)
