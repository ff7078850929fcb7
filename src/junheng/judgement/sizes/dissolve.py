"""Rooms needed so that no class of a grade is over a limit: pupils of a grade stay at their school."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from junheng.basics import Stage
from junheng.judgement.sizes.count import ClassRow


@dataclass(frozen=True, slots=True)
class Need:
    """A grade of a school with a class over ``limit``: classes now, classes needed, and the difference."""

    school_id: str
    name: str
    stage: Stage
    grade: int
    pupils: int
    classes: int
    largest: int
    limit: int
    needed: int
    rows: tuple[int, ...]

    @property
    def rooms(self) -> int:
        """Further classes, that is rooms and class teachers; 0 when spreading the pupils evenly is enough."""
        return max(0, self.needed - self.classes)


@dataclass(frozen=True, slots=True)
class Untold:
    """A grade whose classes are not all known: what it needs cannot be told."""

    school_id: str
    name: str
    stage: Stage
    grade: int | None
    rows: tuple[int, ...]


def needs(rows: Iterable[ClassRow], limits: Mapping[Stage, int]) -> tuple[list[Need], list[Untold]]:
    """Every grade with a class over the limit of its stage, and every grade that cannot be told.

    ceil(pupils of the grade / limit) classes are the fewest that hold them: no class is then over the limit.
    """
    grades: dict[tuple[str, Stage, int | None], list[ClassRow]] = defaultdict(list)
    for row in rows:
        if row.stage in limits:
            grades[row.school_id, row.stage, row.grade].append(row)
    found, untold = [], []
    for (school, stage, grade), group in sorted(
        grades.items(), key=lambda item: (item[0][0], item[0][2] or 0)
    ):
        places = tuple(row.row for row in group)
        sizes = [row.pupils for row in group if row.pupils is not None]
        if grade is None or len(sizes) < len(group):
            untold.append(Untold(school, group[0].name, stage, grade, places))
        elif max(sizes) > limits[stage]:
            pupils, limit = sum(sizes), limits[stage]
            needed = -(-pupils // limit)
            found.append(
                Need(
                    school, group[0].name, stage, grade, pupils, len(sizes), max(sizes), limit, needed, places
                )
            )
    return found, untold
