"""The second mind on items, case by case on both sides of every kind of limit (教督〔2017〕6号 7–9; 〔2012〕3号)."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from junheng.standards import resolve
from junheng.verification.recomputation import Recomputation
from junheng.verification.telling import Printed

COUNTY, SCHOOL = "150102", "2199000001"
Judge = Callable[..., Any]
RATED = {"rating": "符合", "dated_on": date(2024, 6, 30), "expires_on": date(2025, 6, 30)}


@pytest.fixture
def judge(build: SimpleNamespace) -> Judge:
    """A function that judges one item of a county with the given tables; one school unless told otherwise."""

    def found(item: str, standard: str = "quality-2017", *, stages: Any = None, **tables: Any) -> Any:
        school = {"kind": "primary", "urban_rural_code": "111", **tables.pop("school", {})}
        rows = {"primary": 900} if stages is None else stages
        stage_row = tables.pop("stage", {})
        given = build.snapshot(
            school=[{"school_id": SCHOOL, "county_code": COUNTY, **school}],
            stage=[{"school_id": SCHOOL, "stage": s, "pupils": n, **stage_row} for s, n in rows.items()],
            **tables,
        )
        mind = Recomputation(given, resolve(standard, on=date(2024, 9, 1)))
        return mind.verdict(2024, COUNTY)["items"][item]  # type: ignore[index, call-overload]  # a mapping

    return found


def _code(found: Any) -> str | None:
    return None if found["reason"] is None else str(found["reason"]["code"])


def _exact(leaf: object) -> Fraction | None:
    return leaf.exact if isinstance(leaf, Printed) else None


def _rooms(music: list[float | None], art: list[float | None]) -> list[dict[str, object]]:
    rooms = [("music", area) for area in music] + [("art", area) for area in art]
    return [
        {"school_id": SCHOOL, "room_id": f"R{n}", "kind": kind, "area_m2": area}
        for n, (kind, area) in enumerate(rooms)
    ]


PLAIN = {"classes": 13, "max_class_size": 45}


@pytest.mark.parametrize(
    ("school", "stage", "music", "verdict", "relaxed", "shortfall"),
    [
        ({"built_year": 2017}, PLAIN, [96, 96], "met", {}, 0),
        ({"built_year": 2017}, PLAIN, [96, 95.99], "not_met", {}, 1),
        ({"built_year": 2017}, PLAIN | {"classes": 12}, [96], "met", {}, 0),
        ({"built_year": 2017}, PLAIN, [96, None], "cannot_tell", {}, None),
        ({"built_year": 2017}, PLAIN, [None], "not_met", {}, 2),
        ({"built_year": 2016}, PLAIN, [73, 73], "met", {"G3a": 1}, 0),
        ({"built_year": 2016}, PLAIN, [73, 72.99], "not_met", {"G3a": 1}, 1),
        ({"built_year": None}, PLAIN, [73, 73], "cannot_tell", {}, None),
        ({"built_year": None}, PLAIN, [60, 60], "not_met", {}, 2),
        (
            {"built_year": 2017, "urban_rural_code": "220"},
            {"classes": 13, "max_class_size": 29},
            [54, 54],
            "met",
            {"G3b": 1},
            0,
        ),
        (
            {"built_year": 2017, "urban_rural_code": "220"},
            {"classes": 13, "max_class_size": 30},
            [54, 54],
            "not_met",
            {},
            2,
        ),
    ],
)
def test_music_rooms(
    judge: Judge, school: Any, stage: Any, music: Any, verdict: str, relaxed: Any, shortfall: int | None
) -> None:
    rooms = _rooms(music, [96, 96])
    found = judge("G3", stages={"primary": 300}, school=school, stage=stage, special_room=rooms)
    assert (found["verdict"], found["relaxed"]) == (verdict, relaxed)
    assert _exact(found["tests"][0]["shortfall"]) == shortfall


@pytest.mark.parametrize(
    ("kind", "stages", "school", "verdict"),
    [
        ("primary", {"primary": 2000}, {"built_year": 2011}, "met"),
        ("primary", {"primary": 2001}, {"built_year": 2011}, "not_met"),
        ("primary", {"primary": 2400}, {"built_year": 2010}, "met"),
        ("primary", {"primary": 2401}, {"built_year": 2010}, "not_met"),
        ("primary", {"primary": 2001}, {"built_year": None}, "cannot_tell"),
        ("nine_year", {"primary": 1500, "junior": 1000}, {"built_year": 2011}, "met"),
        ("nine_year", {"primary": 1500, "junior": 1001}, {"built_year": 2011}, "not_met"),
        ("twelve_year", {"primary": 1400, "junior": 1100, "senior": 900}, {"built_year": 2005}, "met"),
        (None, {"primary": 100}, {"built_year": 2011}, "cannot_tell"),
    ],
)
def test_size_of_schools(judge: Judge, kind: str | None, stages: Any, school: Any, verdict: str) -> None:
    found = judge("G4", stages=stages, school={"kind": kind, **school}, stage={"migrant_pupils": 0})
    assert found["verdict"] == verdict


def test_over_half_is_more_than_half(judge: Judge) -> None:
    half, more = (
        judge("G4", stages={"primary": 2200}, school={"built_year": 2015}, stage={"migrant_pupils": n})
        for n in (1100, 1101)
    )
    assert (half["verdict"], half["relaxed"]) == ("not_met", {})
    assert (more["verdict"], more["relaxed"]) == ("met", {"G4a": 1})


def test_one_class_too_large_fails_whatever_the_others_are(judge: Judge) -> None:
    def rows(*sizes: int | None) -> list[dict[str, object]]:
        key = {"school_id": SCHOOL, "stage": "primary", "grade": 1}
        return [{**key, "class_no": str(n), "pupils": size} for n, size in enumerate(sizes)]

    found = [
        judge("G5", **{"class": rows(*sizes)}) for sizes in ((45,), (45, 46), (45, None), (47, None, 46))
    ]
    assert [item["verdict"] for item in found] == ["met", "not_met", "cannot_tell", "not_met"]
    assert [_exact(item["tests"][0]["shortfall"]) for item in found] == [0, 1, None, 3]


def test_a_campus_that_lists_no_class_is_not_forgotten(build: SimpleNamespace) -> None:
    """The main school lists small classes, the campus none, but its largest has 60 pupils."""
    key = {"county_code": COUNTY, "kind": "primary"}
    campus = {"school_id": "2199000002", "parent_school_id": SCHOOL, "is_counted": False}
    stage = {"stage": "primary", "pupils": 60}
    given = build.snapshot(
        school=[{"school_id": SCHOOL, **key}, {**campus, **key}],
        stage=[{"school_id": SCHOOL, **stage}, {"school_id": "2199000002", **stage, "max_class_size": 60}],
        **{"class": [{"school_id": SCHOOL, "stage": "primary", "grade": 1, "class_no": "1", "pupils": 30}]},
    )
    verdict: Any = Recomputation(given, resolve("quality-2017", on=date(2024, 9, 1))).verdict(2024, COUNTY)
    assert verdict["items"]["G5"]["verdict"] == "not_met"
    assert _exact(verdict["schools"][0]["items"]["G5"]["tests"][0]["value"]) == 60


@pytest.mark.parametrize(
    ("pupils", "budget", "verdict", "code"),
    [
        (99, 72000, "met", None),
        (99, 71999.99, "not_met", "schools_failed:1/1"),
        (99, None, "cannot_tell", "schools_undecided:1/1"),
        (100, 100, "met", "none_concerned"),
    ],
)
def test_small_schools_are_funded_as_a_hundred(
    judge: Judge, pupils: int, budget: float | None, verdict: str, code: str | None
) -> None:
    found = judge(
        "G6",
        stages={"primary": pupils},
        finance=[{"school_id": SCHOOL, "operating_budget_yuan": budget}],
        county=[{"county_code": COUNTY, "operating_base_primary_yuan": 720.0}],
    )
    assert (found["verdict"], _code(found)) == (verdict, code)


@pytest.mark.parametrize(
    ("level", "rate", "verdicts"),
    [
        (3, 0.1499, ["met", "met"]),
        (2, 0.15, ["not_met", "not_met"]),
        (4, 0.1501, ["met", "not_met"]),
        (None, 0.1, ["cannot_tell", "met"]),
    ],
)
def test_the_monitoring(judge: Judge, level: int | None, rate: float, verdicts: list[str]) -> None:
    row = {"county_code": COUNTY, "subject": "maths", "grade": 4}
    found = judge("Q9", monitoring=[{**row, "level": level, "between_school_variation": rate}])
    assert [test["verdict"] for test in found["tests"]] == verdicts
    assert _code(judge("Q9")) == "no_rows:monitoring"


def test_recognition_and_the_veto_on_it(judge: Judge) -> None:
    def asked(item: str, satisfied: int | None, standard: str = "quality-2017", issued: int = 1000) -> Any:
        row = {"county_code": COUNTY, "respondent_group": "parents", "issued": issued, "valid": 1000}
        return judge(item, standard, survey=[{**row, "satisfied": satisfied}])

    assert [asked("REC", n)["verdict"] for n in (850, 849, None)] == ["met", "not_met", "cannot_tell"]
    assert [asked("V7", n)["verdict"] for n in (850, 849, None)] == ["met", "not_met", "cannot_tell"]
    assert [asked("SAT", 850, "basic-2012", n)["verdict"] for n in (1428, 1429)] == ["met", "cannot_tell"]
    assert _code(asked("SAT", 850, "basic-2012", 1429)) == "below:valid_return"
    assert asked("SAT", 849, "basic-2012", 1429)["verdict"] == "not_met"


def test_retention_needs_the_cohort_of_every_junior_school(judge: Judge) -> None:
    key = {"school_id": SCHOOL, "stage": "junior", "entrants_3y_ago": 100, "deaths": 0}
    moved = {"transferred_in": 0, "transferred_out": 0}
    junior = {"stages": {"junior": 300}, "school": {"kind": "junior"}, "stage": {"graduates": 95}}
    found = [judge("Q1", cohort=[{**key, **moved, "graduates": n}], **junior) for n in (95, 94)]
    assert [item["verdict"] for item in found] == ["met", "not_met"]
    assert [test["role"] for test in found[0]["tests"]] == ["test", "reported"]
    columns = "graduates,transferred_in,transferred_out,entrants_3y_ago,deaths"
    told = ",".join(f"cohort.{name}" for name in columns.split(","))
    assert _code(judge("Q1", **junior)) == f"missing_in:1:{told}"


@pytest.mark.parametrize(
    ("change", "verdict", "code"),
    [
        ({}, "met", None),
        ({"expires_on": date(2024, 9, 1)}, "met", None),
        ({"expires_on": date(2024, 8, 31)}, "cannot_tell", "expired:G1:2024-08-31"),
        ({"dated_on": None}, "cannot_tell", "undated:G1"),
        ({"rating": None}, "cannot_tell", "unrated:G1"),
        ({"rating": "良好"}, "cannot_tell", "off_scale:G1:良好"),
        ({"rating": "不符合"}, "not_met", "below_rating:G1:不符合"),
        ({"scope": "school", "scope_id": SCHOOL}, "met", None),
        ({"scope": "school", "scope_id": SCHOOL, "rating": "不符合"}, "not_met", "schools_failed:1/1"),
        ({"item": "G10"}, "cannot_tell", "no_attestation:G1"),
    ],
)
def test_attestations(judge: Judge, change: Any, verdict: str, code: str | None) -> None:
    row = {"scope": "county", "scope_id": COUNTY, "item": "G1", **RATED, **change}
    found = judge("G1", attestation=[row])
    assert (found["verdict"], _code(found)) == (verdict, code)


def test_a_school_may_contradict_its_county(judge: Judge) -> None:
    county = {"scope": "county", "scope_id": COUNTY, "item": "G1", **RATED}
    school = {**county, "scope": "school", "scope_id": SCHOOL, "rating": "不符合"}
    assert _code(judge("G1", attestation=[county, school])) == "contradiction:G1:1"
    assert judge("G1", attestation=[county, {**school, "rating": "符合"}])["verdict"] == "met"


@pytest.mark.parametrize(
    ("met", "unknown", "verdict", "code"),
    [
        (15, 0, "met", None),
        (14, 0, "not_met", "below:score"),
        (14, 1, "cannot_tell", "score_open:1"),
        (15, 2, "met", None),
        (13, 1, "not_met", "below:score"),
    ],
)
def test_the_score_of_the_county(
    judge: Judge, met: int, unknown: int, verdict: str, code: str | None
) -> None:
    """17 items of 100/17 points each, 85 to pass: 15 pass with 88.2, 14 have 82.4."""
    ratings = ["符合"] * met + ["不符合"] * (17 - met - unknown)
    key = {"scope": "county", "scope_id": COUNTY}
    rows = [{**key, **RATED, "item": f"BG{n}", "rating": rating} for n, rating in enumerate(ratings, 1)]
    found = judge("BG", "basic-2012", attestation=rows)
    assert (found["verdict"], _code(found)) == (verdict, code)
    assert _exact(found["tests"][0]["numerator"]) == Fraction(100 * met, 17)
