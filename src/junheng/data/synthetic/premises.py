"""Made-up premises, special rooms and operating money of a school."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from junheng.data.synthetic.design import Design
from junheng.data.synthetic.draws import Draws
from junheng.data.synthetic.numbers import SchoolNumbers
from junheng.data.synthetic.tables import Row

_CONVERTED, _LEASED = Fraction(15, 100), Fraction(20, 100)  # of the dense-core school's sports area


def premises_row(design: Design, draws: Draws, numbers: SchoolNumbers) -> Row:
    """A row of ``premises``: R4 and R5 hold when indoor sports rooms are taken from one, put to the other."""
    school = numbers.school
    pupils = sum(numbers.pupils.values())
    name = (school.school_id, "premises")
    rooms, sports = numbers.premises["R4"], numbers.premises["R5"]
    has_hall = pupils > 600 and school.zone != "rural"
    indoor = draws.share(sports, 0.04, 0.11, *name, "hall") if has_hall else 0
    converted, leased = (
        int(sports * share) if school.is_dense_core else 0 for share in (_CONVERTED, _LEASED)
    )

    def area(steps: int) -> float:
        return float(steps * design.step["R4"])

    return {
        "year": numbers.year,
        "school_id": school.school_id,
        "site_area_m2": float(int(area(rooms) * 0.9 + area(sports) * 1.25 + 6 * pupils)),
        "teaching_area_m2": area(rooms + indoor),
        "indoor_sports_area_m2": area(indoor),
        "sports_ground_area_m2": area(sports - indoor - converted - leased),
        "converted_sports_m2": area(converted),
        "leased_sports_m2": area(leased),
        "lease_walk_min": 8.0 if leased else None,
        "lease_id": "XX-ZL-001" if leased else None,
        "equipment_value_yuan": float(numbers.premises["R6"] * design.step["R6"]),
        "multimedia_rooms": numbers.premises["R7"],
        "computers": draws.share(pupils, 0.08, 0.21, *name, "computers"),
        "books": draws.share(pupils, 17, 41, *name, "books"),
        "heated_area_m2": area(int((rooms + indoor) * draws.between(1.2, 1.5, *name, "heated"))),
    }


def room_rows(design: Design, draws: Draws, numbers: SchoolNumbers, classes: int) -> Iterator[Row]:
    """Rows of ``special_room``: music and art rooms, one of each per so many classes, some schools short."""
    school, rules = numbers.school, design.rooms
    if sum(numbers.pupils.values()) < 50:
        return
    age = "new" if int(school.row["built_year"]) >= rules["new_since"] else "old"
    stages = list(numbers.pupils)
    for kind in ("music", "art"):
        short = draws.unit(school.school_id, kind, "short") < 0.2
        count = math.ceil(classes / rules["classes_per_room"]) - int(short)
        low, high = rules[kind][age]
        for number in range(1, count + 1):
            yield {
                "year": numbers.year,
                "school_id": school.school_id,
                "room_id": f"{kind[0].upper()}{number:02d}",
                "kind": kind,
                "stage": stages[0] if len(stages) == 1 else None,
                "area_m2": float(draws.whole(low, high, school.school_id, kind, number)),
            }


def finance_rows(
    design: Design, draws: Draws, numbers: SchoolNumbers, stages: Sequence[Row]
) -> Iterator[Row]:
    """A row of ``finance`` for a public school; a private one does not report here."""
    school, fund = numbers.school, design.fund
    if school.row["ownership"] == "private":
        return
    pupils = sum(numbers.pupils.values())
    special = school.kind == "special"
    budget = sum(count * fund["special" if special else stage] for stage, count in numbers.pupils.items())
    if school.zone == "rural" and pupils < fund["fewest_pupils"]:
        budget += (fund["fewest_pupils"] - pupils) * fund["primary"]
    budget += sum(row["boarders"] for row in stages) * fund["boarder"]
    name = (school.school_id, numbers.year, "finance")
    yield {
        "year": numbers.year,
        "school_id": school.school_id,
        "operating_budget_yuan": float(budget),
        "operating_final_yuan": float(draws.share(budget, 0.96, 1.0, *name, "final")),
        "operating_received_yuan": float(budget),
        "training_spending_yuan": float(draws.share(budget, 0.045, 0.075, school.school_id, "training")),
    }
