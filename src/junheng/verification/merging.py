"""Rows that are not schools of their own are added to the school they belong to.

A row with 不计校数 (``is_counted`` false) and a parent, and – where the standard says so – a teaching point
with a parent, disappears into its parent: quantities are summed, a quantity absent in one part is absent in
the sum, the largest class is the larger of the two. A part without its row in a table is absent there.
"""

from collections.abc import Iterable, Mapping

from junheng.data import load_dictionary
from junheng.standards import CountingRule
from junheng.verification.cells import Cells, Year, empty, number

# Of the largest part, or the farthest: not a quantity that adds up.
_LARGEST = frozenset({"max_class_size", "lease_walk_min"})
_FARTHEST = 3  # parents followed
StageKey = tuple[str, str]
_ADDITIVE_TYPES = frozenset({"integer", "number"})


def merged(reported: Year, counting: CountingRule) -> Year:
    """``reported`` with every dependent row added to the school at the end of its chain of parents."""
    homes = {school: _home(school, reported, counting) for school in reported.schools}
    kept = {school: cells for school, cells in reported.schools.items() if homes[school] == school}
    result = Year(reported.year, kept)
    for school, home in sorted(homes.items(), key=lambda item: (item[0] != item[1], item[0])):
        result.members[home] = (*result.members.get(home, ()), school)
    result.stages = _gather(reported.stages, (), homes, "stage")
    result.teachers = _gather(reported.teachers, reported.stages, homes, "teacher_count")
    result.premises = _gather_schools(reported.premises, homes, "premises")
    result.finance = _gather_schools(reported.finance, homes, "finance")
    return result


def moves(school: Cells, counting: CountingRule) -> bool:
    """Whether a school's row is to be added to its parent."""
    if school.get("parent_school_id") is None:
        return False
    if school.get("kind") == "teaching_point":
        if counting.teaching_point_policy == "merge_into_parent":
            return True
        if counting.teaching_point_policy == "separate_if_ge_min":
            return False
    return school.get("is_counted") is False


def _home(school: str, reported: Year, counting: CountingRule) -> str:
    """Where a school's quantities end up: at the end of its chain of parents.

    A chain that leads to a school that was not reported, in a circle, or past the third parent (no register
    nests so deep: it is a slip, which the data checks name) leads nowhere: the row stays.
    """
    passed = {school}
    here = school
    while moves(reported.schools[here], counting):
        here = str(reported.schools[here]["parent_school_id"])
        if here not in reported.schools or here in passed or len(passed) > _FARTHEST:
            return school
        passed.add(here)
    return here


def additive(table: str) -> tuple[str, ...]:
    """The columns of ``table`` that are quantities."""
    spec = load_dictionary().tables[table]
    return tuple(
        name
        for name, column in spec.columns.items()
        if column.type in _ADDITIVE_TYPES and name != "year" and name not in spec.key
    )


def add_up(parts: list[Cells], table: str) -> Cells:
    """The sum of ``parts``, the first of them the home's own row."""
    total = dict(parts[0])
    for column in additive(table):
        cells = [number(part, column) for part in parts]
        present = [cell for cell in cells if cell is not None]
        if len(present) < len(cells):
            total[column] = None
        else:
            total[column] = max(present) if column in _LARGEST else sum(present[1:], present[0])
    return total


def _gather(
    rows: Mapping[StageKey, Cells], parts: Iterable[StageKey], homes: Mapping[str, str], table: str
) -> dict[StageKey, Cells]:
    """Rows by school and stage; a part that should be there and is not counts as absent."""
    groups: dict[StageKey, list[Cells]] = {}
    for school, stage in sorted(
        set(parts) | rows.keys(), key=lambda key: (homes.get(key[0], key[0]) != key[0], key)
    ):
        row = rows.get((school, stage), empty(table))
        home = homes.get(school, school)
        groups.setdefault((home, stage), []).append({**row, "school_id": home, "stage": stage})
    return {key: add_up(found, table) for key, found in groups.items()}


def _gather_schools(rows: Mapping[str, Cells], homes: Mapping[str, str], table: str) -> dict[str, Cells]:
    groups: dict[str, list[Cells]] = {}
    for school, home in sorted(homes.items(), key=lambda item: (item[0] != item[1], item[0])):
        groups.setdefault(home, []).append({**rows.get(school, empty(table)), "school_id": home})
    return {home: add_up(found, table) for home, found in groups.items()}
