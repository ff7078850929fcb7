"""Made-up figures of the whole district: county row, quota seats, surveys, monitoring, attestations."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from junheng.basics import sha256_bytes
from junheng.data.synthetic.design import Design
from junheng.data.synthetic.draws import Draws, share_out
from junheng.data.synthetic.tables import Row

_GROUPS = {"parents": 52, "pupils": 18, "teachers": 12, "principals": 3, "npc": 4, "cppcc": 4, "public": 7}
_RESIDENTS_PER_PUPIL = 8.6
_QUOTA_SHARE = 0.55


def county_row(design: Design, draws: Draws, year: int, stages: Sequence[Row]) -> Row:
    """The row of ``county``, in agreement with the stage rows of the year."""
    special = {school.school_id for school in design.schools if school.kind == "special"}
    ordinary = [row for row in stages if row["school_id"] not in special and row["stage"] != "senior"]
    in_special = sum(
        row["pupils"] - row["home_taught_pupils"] for row in stages if row["school_id"] in special
    )
    home = sum(row["home_taught_pupils"] for row in stages)
    inclusive = sum(row["inclusive_pupils"] for row in ordinary)
    migrants = sum(row["migrant_pupils"] for row in ordinary)
    back = design.years[-1] - year
    return {
        "year": year,
        "county_code": design.county_code,
        "county_name": "XX区（虚构样例）",
        "teacher_pay_mean_yuan": float(98_600 - 2_900 * back),
        "civil_servant_pay_mean_yuan": float(97_800 - 2_500 * back),
        "performance_pay_approved": True,
        "operating_base_primary_yuan": float(design.fund["primary"]),
        "operating_base_junior_yuan": float(design.fund["junior"]),
        "school_age_disabled": math.ceil((in_special + inclusive + home) / 0.968),
        "enrolled_special": in_special,
        "enrolled_inclusive": inclusive,
        "enrolled_home_taught": home,
        "migrant_eligible": math.ceil(migrants / 0.94),
        "migrant_in_public": draws.share(migrants, 0.93, 0.96, year, "migrants"),
        "purchased_seats": 180 - 30 * back,
        "residents": int(sum(row["pupils"] for row in ordinary) * _RESIDENTS_PER_PUPIL),
        "basic_recognised_on": date(2017, 12, 20),
    }


def quota_rows(design: Design, year: int, stages: Sequence[Row]) -> Iterator[Row]:
    """Rows of ``quota``: each senior school shares out part of its plan by the junior schools' graduates."""
    zones = {school.school_id: school.zone for school in design.schools}
    juniors = [row for row in stages if row["stage"] == "junior" and row["graduates"]]
    for senior in (row for row in stages if row["stage"] == "senior"):
        plan = senior["entrants"]
        seats = share_out(int(plan * _QUOTA_SHARE), [row["graduates"] for row in juniors])
        for junior, count in zip(juniors, seats, strict=True):
            yield {
                "year": year,
                "senior_school_id": senior["school_id"],
                "junior_school_id": junior["school_id"],
                "plan": plan,
                "seats": count,
                "is_rural": zones[junior["school_id"]] == "rural",
            }


def survey_rows(design: Design, draws: Draws, county: Row) -> Iterator[Row]:
    """Rows of ``survey``: 1.5 in a thousand residents, half of them parents."""
    wanted = math.ceil(county["residents"] * 0.0015)
    for group, issued in zip(_GROUPS, share_out(wanted, list(_GROUPS.values())), strict=True):
        name = (county["year"], group)
        valid = draws.share(issued, 0.9, 1.0, *name, "valid")
        yield {
            "year": county["year"],
            "county_code": design.county_code,
            "respondent_group": group,
            "issued": issued,
            "valid": valid,
            "satisfied": draws.share(valid, 0.85, 0.96, *name, "satisfied"),
        }


def monitoring_rows(design: Design, draws: Draws, year: int) -> Iterator[Row]:
    """Rows of ``monitoring``: two subjects a year, grades 4 and 8."""
    for subject in design.monitored.get(year, ()):
        for grade in (4, 8):
            yield {
                "year": year,
                "county_code": design.county_code,
                "subject": subject,
                "grade": grade,
                "level": 3,
                "between_school_variation": draws.whole(90, 165, year, subject, grade) / 1000,
            }


def attestation_rows(design: Design, year: int) -> Iterator[Row]:
    """Rows of ``attestation``: what is shown by documents, with the fingerprint of a made-up one."""
    for item, rating in design.attested.items():
        yield {
            "year": year,
            "scope": "county",
            "scope_id": design.county_code,
            "item": item,
            "rating": rating,
            "evidence_hash": sha256_bytes(f"XX区 {year} {item}".encode()),
            "dated_on": date(year, 6, 30),
            "expires_on": date(year, 7, 31) if item in design.expired else date(year + 1, 6, 30),
        }
