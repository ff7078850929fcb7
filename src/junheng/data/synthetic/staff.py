"""Made-up teachers of a school-stage, built around the three counts that the design fixes."""

from junheng.basics import Stage
from junheng.data.synthetic.design import Design
from junheng.data.synthetic.draws import Draws, share_out
from junheng.data.synthetic.numbers import SchoolNumbers
from junheng.data.synthetic.tables import Row

_SUBJECT_WEIGHTS = (45, 28, 24, 3)  # PE, music, fine art, arts


def teacher_count_row(design: Design, draws: Draws, numbers: SchoolNumbers, stage: Stage) -> Row:
    """A row of ``teacher_count``: education adds up to full-time, subjects and titles stay within it."""
    school, counts = numbers.school, numbers.staff[stage]
    name = (school.school_id, stage)
    education = _education(design, draws, numbers, stage)
    full_time = sum(education.values())
    visiting = _visiting(numbers, stage)
    pe, music, art, arts = share_out(counts["R3"] - visiting, _SUBJECT_WEIGHTS)
    eligible = draws.share(full_time, 0.35, 0.5, *name, "eligible")
    rotated = draws.share(eligible, 0.07, 0.2, *name, numbers.year, "rotated")
    all_certified = draws.unit(*name, "certified") < 0.85
    all_trained = draws.unit(*name, "trained") < 0.7
    return {
        "year": numbers.year,
        "school_id": school.school_id,
        "stage": stage,
        "full_time": full_time,
        **education,
        "backbone": counts["R2"],
        "pe": pe,
        "music": music,
        "art": art,
        "arts": arts,
        "mid_or_senior_title": draws.share(full_time, 0.45, 0.66, *name, "title"),
        "certified": full_time if all_certified else draws.share(full_time, 0.97, 1.0, *name, "certificate"),
        "trained_360h": full_time if all_trained else draws.share(full_time, 0.93, 1.0, *name, "training"),
        "eligible_to_rotate": eligible,
        "rotated": rotated,
        "rotated_backbone": min(counts["R2"], draws.share(rotated, 0.1, 0.5, *name, "backbone")),
        "extra_pe_arts": visiting,
    }


def _visiting(numbers: SchoolNumbers, stage: Stage) -> int:
    """A small rural school that reaches the line in PE and arts does so with a visiting teacher."""
    pattern = numbers.school.patterns.get(stage, "")
    small = numbers.school.zone == "rural" and numbers.pupils[stage] < 100
    return min(1, numbers.staff[stage]["R3"]) if small and pattern[2:3] == "A" else 0


def _education(design: Design, draws: Draws, numbers: SchoolNumbers, stage: Stage) -> dict[str, int]:
    """Teachers by highest education; R1 counts associate and up in primary, bachelor and up above it."""
    school, above = numbers.school, numbers.staff[stage]["R1"]
    name = (school.school_id, stage)

    def part(share: str) -> int:
        low, high = design.shares[share][school.zone]
        return draws.share(above, low, high, *name, share)

    masters = part("masters")
    doctors = 1 if masters >= 12 and draws.unit(*name, "doctor") < 0.4 else 0
    associates = part("associates") if stage == "primary" else 0
    below = part("below_requirement")
    return {
        "doctor": doctors,
        "master": masters - doctors,
        "bachelor": above - masters - associates,
        "associate": associates if stage == "primary" else below,
        "secondary_or_below": below if stage == "primary" else 0,
    }
