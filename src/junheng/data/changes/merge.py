"""Two schools as one: sums, the larger, what cannot be known. What the law asks of a merger
is docs/method/plan_merge.md.

Counts, areas, values and money are added; of the largest class and the walk to a leased ground the larger stays; a
school is a boarding school where one of the two was. Name, place and marks are those of the school that stays. A figure
that is absent in one of the two is absent in the sum, never taken as zero.
"""

from typing import Any

from junheng.basics import Text
from junheng.data.changes.rows import Row, Rows
from junheng.data.dictionary import load_dictionary

LARGER = frozenset({"max_class_size", "lease_walk_min"})
# Kind of a school by the stages it has (the dictionary's names of kinds).
KINDS = {
    ("primary",): "primary",
    ("junior",): "junior",
    ("primary", "junior"): "nine_year",
    ("senior",): "senior",
    ("junior", "senior"): "complete_secondary",
    ("primary", "junior", "senior"): "twelve_year",
    ("primary", "senior"): "twelve_year",
}
_BY_STAGE = ("stage", "teacher_count", "cohort")
_WHOLE = ("premises", "finance")
_BEFORE = "_stages"  # which stages each had, while they are put together


def merge(rows: Rows, into: str, gone: str) -> list[Text]:
    """Put ``gone`` into ``into`` among ``rows``, in place; returns what was assumed."""
    had = _stages(rows, into)
    rows[_BEFORE] = [dict(row) for row in rows.get("stage", ())]
    for name in _BY_STAGE:
        _added(rows, name, into, gone, ("stage",))
    for name in _WHOLE:
        _added(rows, name, into, gone, ())
    _moved_classes(rows.get("class", []), into, gone)
    _moved_rooms(rows.get("special_room", []), into, gone)
    _moved_quota(rows, into, gone)
    _one_school(rows, into, gone, had)
    if "attestation" in rows:
        rows["attestation"] = [row for row in rows["attestation"] if row["scope_id"] != gone]
    del rows[_BEFORE]
    return [_words(rows, into, gone)]


def _stages(rows: Rows, school: str) -> set[str]:
    return {str(row["stage"]) for row in rows.get("stage", ()) if row["school_id"] == school}


def _one_school(rows: Rows, into: str, gone: str, had: set[str]) -> None:
    stays = next(row for row in rows["school"] if row["school_id"] == into)
    leaves = next(row for row in rows["school"] if row["school_id"] == gone)
    stages = _stages(rows, into)
    if stages != had:
        kind = KINDS.get(tuple(one for one in ("primary", "junior", "senior") if one in stages))
        stays["kind"] = kind or stays["kind"]
    if "is_boarding" in stays and leaves.get("is_boarding"):
        stays["is_boarding"] = True
    rows["school"] = [row for row in rows["school"] if row["school_id"] != gone]
    for row in rows["school"]:
        if row.get("parent_school_id") == gone:
            row["parent_school_id"] = into if row["school_id"] != into else None


def _added(rows: Rows, name: str, into: str, gone: str, key: tuple[str, ...]) -> None:
    """Rows of ``gone`` added to those of ``into`` with the same key; a row without its like moves over.

    Where one of the two should have a row and has none, the sum is not known.
    """
    found = rows.get(name)
    if found is None:
        return
    mine = {tuple(row[part] for part in key): row for row in found if row["school_id"] == into}
    theirs = {tuple(row[part] for part in key): row for row in found if row["school_id"] == gone}
    for place in mine.keys() | theirs.keys():
        if place in mine and (place in theirs or not _lacks(rows, gone, place)):
            if place in theirs:
                mine[place].update(_sum(name, mine[place], theirs[place]))
        elif place in mine:
            mine[place].update(dict.fromkeys(_figures(name, mine[place])))
        else:
            theirs[place]["school_id"] = into
            if _lacks(rows, into, place):
                theirs[place].update(dict.fromkeys(_figures(name, theirs[place])))
    kept = {id(row) for row in mine.values()} | {
        id(row) for row in theirs.values() if row["school_id"] == into
    }
    rows[name] = [row for row in found if row["school_id"] not in (into, gone) or id(row) in kept]


def _lacks(rows: Rows, school: str, place: tuple[Any, ...]) -> bool:
    """Whether a school without a row of its own had the stage all the same (or, asked of the whole school, pupils)."""
    stages = {(row["stage"],) for row in rows.get(_BEFORE, ()) if row["school_id"] == school}
    return place in stages if place else bool(stages)


def _figures(name: str, row: Row) -> list[str]:
    columns = load_dictionary().tables[name].columns
    numbers = [key for key in row if key in columns and columns[key].type in ("integer", "number")]
    return [key for key in numbers if key not in ("year", "grade")]


def _sum(name: str, one: Row, other: Row) -> Row:
    made: Row = {}
    for column in _figures(name, one):
        a, b = one[column], other.get(column)
        if a is None or b is None:
            made[column] = _either(a, b) if column in LARGER - {"max_class_size"} else None
        else:
            made[column] = max(a, b) if column in LARGER else a + b
    if name == "premises" and one.get("lease_id") is None and "lease_id" in one:
        made["lease_id"] = other.get("lease_id")
    return made


def _either(a: Any, b: Any) -> Any:
    return b if a is None else a  # of a walk to a ground only one of them leases, the one there is


def _moved_classes(classes: list[Row], into: str, gone: str) -> None:
    """Classes keep their pupils; a number that is taken in the grade gets the old school's code behind it."""
    taken = {(row["stage"], row["grade"], row["class_no"]) for row in classes if row["school_id"] == into}
    for row in classes:
        if row["school_id"] == gone:
            row["school_id"] = into
            if (row["stage"], row["grade"], row["class_no"]) in taken:
                row["class_no"] = f"{row['class_no']}-{gone}"


def _moved_rooms(rooms: list[Row], into: str, gone: str) -> None:
    for row in rooms:
        if row["school_id"] == gone:
            row["school_id"], row["room_id"] = into, f"{gone}-{row['room_id']}"


def _moved_quota(rows: Rows, into: str, gone: str) -> None:
    """Quota seats of the junior school that goes are those of the one that stays; the senior school's plan stays itself."""
    kept: list[Row] = []
    for row in rows.get("quota", ()):
        row["junior_school_id"] = into if row["junior_school_id"] == gone else row["junior_school_id"]
        same = [
            one
            for one in kept
            if all(one[key] == row[key] for key in ("senior_school_id", "junior_school_id"))
        ]
        if not same:
            kept.append(row)
        elif "seats" in row:
            a, b = same[0]["seats"], row["seats"]
            same[0]["seats"] = None if a is None or b is None else a + b
    if "quota" in rows:
        rows["quota"] = kept


def _words(rows: Rows, into: str, gone: str) -> Text:
    name = next(str(row.get("name") or into) for row in rows["school"] if row["school_id"] == into)
    return Text(
        f"{gone} 并入 {name}，算一所学校：人数、面积、设备、经费相加，最大班额取大；一方缺的，合计也缺",
        f"{gone} becomes part of {name}, one school: counts, areas, equipment and money are added, of the largest "
        "class the larger; what one of them lacks, the sum lacks",
    )
