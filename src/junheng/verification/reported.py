"""One year as it counts: registers counted in, and every cell that breaks a 逻辑 rule taken as absent."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.data import Snapshot
from junheng.verification.cells import Cells, Year, by_school, by_stage, empty, rows_of
from junheng.verification.condemned import cell_rules, failing, relation_rules
from junheng.verification.meaning import Value
from junheng.verification.registers import classes_of, fill_from_register

_ClassRows = Sequence[Cells]


def reported_year(snapshot: Snapshot, year: int) -> Year:
    """The cells of ``year`` that may be counted on."""
    teachers = [_alone("teacher", row) for row in rows_of(snapshot, "teacher", year)]
    pupils = [_alone("pupil", row) for row in rows_of(snapshot, "pupil", year)]
    found = Year(
        year,
        schools=by_school(rows_of(snapshot, "school", year)),
        stages=fill_from_register(by_stage(rows_of(snapshot, "stage", year)), pupils, "pupil"),
        teachers=fill_from_register(by_stage(rows_of(snapshot, "teacher_count", year)), teachers, "teacher"),
        premises=by_school(rows_of(snapshot, "premises", year)),
        finance=by_school(rows_of(snapshot, "finance", year)),
    )
    for table, rows in _tables(found):
        for row in rows:
            row |= _alone(table, row)
    _blank_relations(found, _classes(snapshot, year, pupils))
    return found


def class_rows(snapshot: Snapshot, year: int) -> list[Cells]:
    """The classes of ``year`` as they count: those the register of pupils shows among them."""
    return _classes(snapshot, year, [_alone("pupil", row) for row in rows_of(snapshot, "pupil", year)])


def _classes(snapshot: Snapshot, year: int, pupils: _ClassRows) -> list[Cells]:
    found = _with_register(rows_of(snapshot, "class", year), classes_of(pupils))
    return [_alone("class", row) for row in found]


def _tables(year: Year) -> Iterator[tuple[str, list[Cells]]]:
    yield "school", list(year.schools.values())
    yield "stage", list(year.stages.values())
    yield "teacher_count", list(year.teachers.values())
    yield "premises", list(year.premises.values())
    yield "finance", list(year.finance.values())


def _alone(table: str, row: Cells) -> Cells:
    """``row`` without the cells that are impossible by themselves."""
    bad = failing(cell_rules(table), row)
    return {column: None if column in bad else cell for column, cell in row.items()}


def _with_register(reported: _ClassRows, counted: _ClassRows) -> list[Cells]:
    """Reported classes, their blank sizes and the classes not reported taken from the register."""
    key = ("school_id", "stage", "grade", "class_no")
    found = {tuple(row.get(part) for part in key): dict(row) for row in reported}
    for row in counted:
        known = found.setdefault(tuple(row.get(part) for part in key), {**empty("class"), **row})
        if known.get("pupils") is None:
            known["pupils"] = row["pupils"]
    return list(found.values())


def _blank_relations(year: Year, classes: _ClassRows) -> None:
    """Blank the cells that contradict others: all rules look at the same state, then all blank at once."""
    bad: list[tuple[Cells, set[str]]] = []
    for view, seen, owners in _views(year, classes):
        columns = failing(relation_rules(view), seen)
        for owner in owners:
            mine = {column for column in columns if column in owner}
            bad.append((owner, mine))
            columns -= mine
    for row, columns in bad:
        row.update(dict.fromkeys(columns))


def _views(year: Year, classes: _ClassRows) -> Iterator[tuple[str, Cells, tuple[Cells, ...]]]:
    """(view, what its rules see, the rows whose cells they may blame, the first that has the column)."""
    for table, rows in _tables(year):
        for row in rows:
            yield table, row, (row,)
    sizes = _sizes(classes)
    for (school, stage), row in year.stages.items():
        owner = year.schools.get(school, empty("school"))
        teachers = year.teachers.get((school, stage), empty("teacher_count"))
        seen = {**teachers, **owner, **row, **_class_sums(sizes.get((school, stage), []))}
        yield "school_stage", seen, (row, owner, teachers)
    for school, row in year.schools.items():
        premises = year.premises.get(school, empty("premises"))
        finance = year.finance.get(school, empty("finance"))
        seen = {**finance, **premises, **row, **_parent(row, year)}
        yield "campus", seen, (row, premises, finance)


def _sizes(classes: _ClassRows) -> dict[tuple[Value, Value], list[Value]]:
    found: dict[tuple[Value, Value], list[Value]] = {}
    for row in classes:
        found.setdefault((row["school_id"], row["stage"]), []).append(row["pupils"])
    return found


def _class_sums(sizes: list[Value]) -> Cells:
    known = [size for size in sizes if isinstance(size, Fraction)]
    return {
        "class_rows": Fraction(len(sizes)) if sizes else None,
        "class_rows_known": Fraction(len(known)) if sizes else None,
        "class_rows_pupils": sum(known, Fraction(0)) if known else None,
        "class_rows_largest": max(known) if known else None,
    }


def _parent(school: Cells, year: Year) -> Cells:
    parent = year.schools.get(str(school.get("parent_school_id")))
    return {
        "parent_found": None if parent is None else True,
        "parent_of_parent": None if parent is None else parent.get("parent_school_id"),
        "parent_county_code": None if parent is None else parent.get("county_code"),
    }
