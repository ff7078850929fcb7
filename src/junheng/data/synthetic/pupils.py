"""Made-up pupils: stages, classes and graduating cohorts that agree with each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.basics import Stage
from junheng.data.synthetic.design import Design
from junheng.data.synthetic.draws import Draws, share_out
from junheng.data.synthetic.numbers import SchoolNumbers
from junheng.data.synthetic.tables import Row

_FIRST_GRADE = {"primary": 1, "junior": 7, "senior": 10}
_GRADES = {"primary": 6, "junior": 3, "senior": 3}


@dataclass(frozen=True, slots=True)
class StageClasses:
    """The classes of one school-stage: pupils by grade, class by class."""

    numbers: SchoolNumbers
    stage: Stage
    grades: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def sizes(self) -> list[int]:
        """Pupils of every class."""
        return [size for _, sizes in self.grades for size in sizes]


def stage_classes(design: Design, draws: Draws, numbers: SchoolNumbers) -> Iterator[StageClasses]:
    """Each stage's pupils spread over grades and classes of nearly equal size."""
    school = numbers.school
    for stage, pupils in numbers.pupils.items():
        grades = _grades(school.kind, stage, pupils)
        usual = design.class_size[school.zone] + (3 if stage != "primary" else 0)
        size = usual * draws.between(0.9, 1.13, school.school_id, stage, "class size")
        counts = share_out(max(grades, round(pupils / size)), [1] * grades)
        places = [(grade, number) for grade, count in enumerate(counts) for number in range(count)]
        weights = [draws.whole(95, 105, school.school_id, stage, numbers.year, *place) for place in places]
        sizes = dict(zip(places, share_out(pupils, weights), strict=True))
        yield StageClasses(
            numbers,
            stage,
            tuple(
                (_FIRST_GRADE[stage] + grade, tuple(sizes[grade, number] for number in range(count)))
                for grade, count in enumerate(counts)
            ),
        )


def _grades(kind: str, stage: Stage, pupils: int) -> int:
    """Teaching points keep the lowest grades only."""
    if kind == "teaching_point":
        return 4 if pupils >= 30 else 2
    return _GRADES[stage]


def stage_row(design: Design, draws: Draws, classes: StageClasses) -> Row:
    """A row of ``stage``; what a private school does not report stays absent."""
    numbers, stage = classes.numbers, classes.stage
    school = numbers.school
    pupils = numbers.pupils[stage]

    def part(column: str, shares: str = "") -> int:
        low, high = design.shares[shares or column][school.zone]
        return draws.share(pupils, low, high, school.school_id, stage, column)

    special = school.kind == "special"
    disabled = pupils if special else part("disabled_pupils")
    home = disabled // (9 if special else 4)
    boarding = school.row["is_boarding"] == "1"
    return {
        "year": numbers.year,
        "school_id": school.school_id,
        "stage": stage,
        "pupils": pupils,
        "classes": len(classes.sizes),
        "max_class_size": max(classes.sizes),
        "boarders": part("boarders", "boarders_of_boarding_school" if boarding else ""),
        "bilingual_pupils": 0,
        "migrant_pupils": part("migrant_pupils"),
        "left_behind_pupils": part("left_behind_pupils"),
        "disabled_pupils": disabled,
        "inclusive_pupils": 0 if special else disabled - home,
        "home_taught_pupils": home,
        "in_zone_pupils": _in_zone(draws, classes),
        "entrants": sum(classes.grades[0][1]),
        "graduates": _graduates(draws, classes),
    }


def _in_zone(draws: Draws, classes: StageClasses) -> int | None:
    """Pupils admitted from the school's zone: asked of public compulsory schools only."""
    school, stage = classes.numbers.school, classes.stage
    if school.row["ownership"] == "private" or stage == "senior" or school.kind == "special":
        return None
    pupils = classes.numbers.pupils[stage]
    if draws.unit(school.school_id, stage, "all in zone") < 0.7:
        return pupils
    return draws.share(pupils, 0.93, 1.0, school.school_id, stage, "in zone")


def _graduates(draws: Draws, classes: StageClasses) -> int:
    """Last year's graduates; none from a school in its first years or without a top grade."""
    school, stage = classes.numbers.school, classes.stage
    if school.opened or len(classes.grades) < _GRADES[stage]:
        return 0
    name = (school.school_id, stage, classes.numbers.year, "graduates")
    return draws.share(sum(classes.grades[-1][1]), 0.92, 1.0, *name)


def class_rows(classes: StageClasses) -> Iterator[Row]:
    """Rows of ``class``."""
    for grade, sizes in classes.grades:
        for number, size in enumerate(sizes, start=1):
            yield {
                "year": classes.numbers.year,
                "school_id": classes.numbers.school.school_id,
                "stage": classes.stage,
                "grade": grade,
                "class_no": str(number),
                "pupils": size,
            }


def cohort_rows(draws: Draws, stage: Row) -> Iterator[Row]:
    """The graduating cohort of a junior stage: entrants and arrivals less leavers and deaths, some lost."""
    if stage["stage"] != "junior" or not stage["graduates"]:
        return
    graduates: int = stage["graduates"]
    name = (stage["school_id"], stage["year"], "cohort")
    moved_in = draws.share(graduates, 0.005, 0.04, *name, "in")
    moved_out = draws.share(graduates, 0.005, 0.06, *name, "out")
    lost = draws.share(graduates, 0, 0.03, *name, "lost")
    yield {
        "year": stage["year"],
        "school_id": stage["school_id"],
        "stage": "junior",
        "entrants_3y_ago": graduates - moved_in + moved_out + lost,
        "transferred_in": moved_in,
        "transferred_out": moved_out,
        "deaths": 0,
        "graduates": graduates,
    }
