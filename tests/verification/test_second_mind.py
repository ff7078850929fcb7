"""Random small counties, judged by the house and computed again by the second mind: they must agree.

``JUNHENG_EXAMPLES`` multiplies how many counties are tried (15).
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.verification import verify_finding

Tables = dict[str, list[dict[str, object]]]
EXAMPLES = examples(15)

STAGES_OF = {
    "primary": ("primary",),
    "junior": ("junior",),
    "senior": ("senior",),
    "nine_year": ("primary", "junior"),
    "complete_secondary": ("junior", "senior"),
    "twelve_year": ("primary", "junior", "senior"),
    "teaching_point": ("primary",),
    "special": ("primary", "junior"),
    "vocational": ("senior",),
}
# Values at, just below and just above the lines of quality-2017, per pupil, and anything between.
AREAS = ["3.825", "4.5", "4.93", "5.8", "6.375", "7.5", "8.67", "10.2", "4.4999", "7.50001"]
MONEY = ["1700", "2000", "2125", "2500", "1999.99", "2500.01"]


def _maybe(values: st.SearchStrategy[Any], blank: int = 12) -> st.SearchStrategy[Any]:
    """``values``, blank once in ``blank`` times."""
    return st.integers(0, blank - 1).flatmap(lambda n: values if n else st.none())


def _times(pupils: int | None, per_pupil: str) -> float:
    """A quantity per pupil as somebody would type the total."""
    return float(Decimal(per_pupil) * (pupils or 100))


@st.composite
def _premises(draw: st.DrawFn, pupils: int | None) -> dict[str, object]:
    area = st.sampled_from(AREAS).map(lambda text: _times(pupils, text))
    anything = st.decimals(0, 20000, places=1).map(float)
    money = st.sampled_from(MONEY).map(lambda text: _times(pupils, text))
    return {
        "teaching_area_m2": draw(_maybe(area | anything)),
        "indoor_sports_area_m2": draw(_maybe(st.sampled_from([0.0, 0.0, 120.5, 33.3]))),
        "sports_ground_area_m2": draw(_maybe(area | anything)),
        "converted_sports_m2": draw(_maybe(st.sampled_from([0.0, 55.5]), 3)),
        "leased_sports_m2": draw(_maybe(st.sampled_from([0.0, 801.0]), 3)),
        "lease_walk_min": draw(_maybe(st.sampled_from([5.0, 10.0, 10.1]), 3)),
        "lease_id": draw(st.sampled_from([None, "ZL1"])),
        "equipment_value_yuan": draw(_maybe(money | anything)),
        "multimedia_rooms": draw(_maybe(st.integers(0, 40))),
        "computers": draw(_maybe(st.integers(0, 400))),
        "books": draw(_maybe(st.integers(0, 40000))),
    }


@st.composite
def _teachers(draw: st.DrawFn, pupils: int | None) -> dict[str, object]:
    high = draw(st.integers(0, 60) | st.just(max(1, round((pupils or 100) * 0.042))))
    low = draw(st.integers(0, 3))
    counts = {"doctor": 0, "master": 1, "bachelor": high, "associate": 2, "secondary_or_below": low}
    full = sum(counts.values()) + draw(st.sampled_from([0, 0, 0, 0, 0, 1]))
    subjects = {name: draw(_maybe(st.integers(0, 4), 25)) for name in ("pe", "music", "art", "arts")}
    more = {"extra_pe_arts": draw(_maybe(st.integers(0, 2), 3)), "backbone": draw(_maybe(st.integers(0, 9)))}
    return {"full_time": full, **counts, **subjects, **more, "mid_or_senior_title": draw(st.integers(0, 9))}


@st.composite
def _school(draw: st.DrawFn, place: int, others: int, tables: Tables) -> None:
    school_id = f"21990000{place:02d}"
    kind = draw(st.sampled_from([*STAGES_OF, "primary", "primary", "junior", "nine_year"]))
    parent = draw(st.integers(-3 * others, others - 1))
    cells = {
        "school_id": school_id,
        "kind": draw(_maybe(st.just(kind), 30)),
        "county_code": draw(st.sampled_from(["999901", "999901", "999902"])),
        "ownership": draw(st.sampled_from(["public", "public", "private", None])),
        "run_by": draw(st.sampled_from(["county", "county", "city", None])),
        "urban_rural_code": draw(st.sampled_from(["111", "210", "220", None])),
        "is_dense_core": draw(st.sampled_from([True, False, None])),
        "is_counted": draw(st.sampled_from([True, None, False])) if parent >= 0 or place % 7 == 0 else None,
        "parent_school_id": f"21990000{parent:02d}" if parent >= 0 else None,
    }
    tables["school"].append(cells)
    stages = [s for s in STAGES_OF[kind] if draw(st.integers(0, 14))] or list(STAGES_OF[kind])
    total = 0
    for stage in stages:
        pupils = draw(_maybe(st.sampled_from([0, 49, 50, 99, 100]) | st.integers(1, 2000), 25))
        total += pupils or 0
        key = {"school_id": school_id, "stage": stage}
        tables["stage"].append({**key, "pupils": pupils, "max_class_size": draw(_maybe(st.just(45), 3))})
        if draw(st.integers(0, 14)):
            tables["teacher_count"].append({**key, **draw(_teachers(pupils))})
    if draw(st.integers(0, 14)):
        tables["premises"].append({"school_id": school_id, **draw(_premises(total))})


@st.composite
def counties(draw: st.DrawFn) -> Tables:
    """The tables of one or two counties with up to nine schools of all kinds."""
    tables: Tables = {name: [] for name in ("school", "stage", "teacher_count", "premises")}
    size = draw(st.integers(1, 9))
    for place in range(size):
        draw(_school(place, size, tables))
    county = {"county_code": "999901", "county_name": "甲县"}
    known = draw(_maybe(st.dates(date(2014, 1, 1), date(2024, 12, 31)).map(str), 4))
    tables["county"] = [{**county, "basic_recognised_on": known}]
    return {name: [{"year": 2024, **row} for row in rows] for name, rows in tables.items() if rows}


@st.composite
def good_counties(draw: st.DrawFn) -> Tables:
    """Schools at or just beside the lines of quality-2017, so that some pass, and some counties too."""
    tables: Tables = {name: [] for name in ("school", "stage", "teacher_count", "premises")}
    for place in range(draw(st.integers(1, 4))):
        stage = draw(st.sampled_from(["primary", "junior"]))
        pupils = draw(st.sampled_from([100, 200, 1000]) | st.integers(50, 2000))
        key = {"year": 2024, "school_id": f"21990000{place:02d}"}
        tables["school"].append({**key, "kind": stage, "county_code": "999901"})
        tables["stage"].append({**key, "stage": stage, "pupils": pupils})
        lines = LINES[stage]
        found = {name: _near(draw, pupils, line, whole=name in WHOLE) for name, line in lines.items()}
        counts = {name: found.pop(name) for name in ("bachelor", "backbone", "pe")}
        full = max(counts.values())
        rest = {"doctor": 0, "master": 0, "associate": 0, "music": 0, "art": 0, "arts": 0}
        education = {**counts, **rest, "full_time": full, "secondary_or_below": full - counts["bachelor"]}
        tables["teacher_count"].append({**key, "stage": stage, **education})
        tables["premises"].append({**key, **found, "indoor_sports_area_m2": 0})
    return tables


# What each quantity has to be per pupil.
LINES = {
    "primary": {"bachelor": "0.042", "backbone": "0.01", "pe": "0.009", "teaching_area_m2": "4.5"}
    | {"sports_ground_area_m2": "7.5", "equipment_value_yuan": "2000", "multimedia_rooms": "0.023"},
    "junior": {"bachelor": "0.053", "backbone": "0.01", "pe": "0.009", "teaching_area_m2": "5.8"}
    | {"sports_ground_area_m2": "10.2", "equipment_value_yuan": "2500", "multimedia_rooms": "0.024"},
}
WHOLE = {"bachelor", "backbone", "pe", "multimedia_rooms"}


def _near(draw: st.DrawFn, pupils: int, line: str, *, whole: bool) -> float:
    """A total whose value per pupil is on the line, a hair or a step beside it, or above."""
    exact = Decimal(line) * pupils
    if whole:
        return float(int(exact) + draw(st.sampled_from([0, 1, 1, 1, 2])))
    factor = draw(st.sampled_from(["1", "1", "1.3", "0.9999999", "1.0000001", "0.85"]))
    return float(exact * Decimal(factor))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    tables=counties() | good_counties(),
    standard=st.sampled_from(["quality-2017", "quality-2017", "basic-2012"]),
)
def test_two_minds_agree(
    build: SimpleNamespace, finding_of: Callable[..., Path], tables: Tables, standard: str
) -> None:
    with TemporaryDirectory() as place:
        given_input = build.write_csv(Path(place) / "input", **tables)
        out = finding_of(given_input, Path(place) / "out", [standard])
        assert verify_finding(out, given_input).difference is None
        for verdict in out.rglob("verdict.json"):
            _note(json.loads(verdict.read_text("utf-8")))


def _note(verdict: dict[str, Any]) -> None:
    """What the random counties have come upon, for ``--hypothesis-show-statistics``."""
    event(f"county {verdict['county']['verdict']}")
    for reason in verdict["county"]["reasons"] + [s["reason"] for s in verdict["skipped"]]:
        event(f"reason {reason['code'].split(':')[0]}")
    for school in verdict["schools"]:
        event(f"school {school['verdict']}")
        for found in school["indicators"].values():
            event(f"relaxed {found['relaxed']}")
            if found["reason"]:
                event(":".join(found["reason"]["code"].split(":")[:2]).split("@")[0])
    for flag in verdict["rounding"]:
        event(f"rounding {flag['kind']}")


def test_coefficients_exactly_at_their_limits_are_met_for_both(
    build: SimpleNamespace, finding_of: Callable[..., Path], tmp_path: Path
) -> None:
    """Equal schools with 13.5 and 4.5 m² per pupil differ by exactly 0.5; with 29 and 11 by exactly 0.45."""
    areas = {"primary": ("1350", "450"), "junior": ("2900", "1100")}
    tables: Tables = {"school": [], "stage": [], "premises": []}
    for stage, pair in areas.items():
        for place, area in enumerate(pair):
            key = {"year": 2024, "school_id": f"{stage}{place}"}
            tables["school"].append({**key, "kind": stage, "county_code": "999901"})
            tables["stage"].append({**key, "stage": stage, "pupils": 100})
            tables["premises"].append({**key, "teaching_area_m2": area, "indoor_sports_area_m2": 0})
    given_input = build.write_csv(tmp_path / "input", **tables)
    out = finding_of(given_input, tmp_path / "out")
    verdict = json.loads((out / "verdict.json").read_text("utf-8"))
    found = [verdict["stages"][stage]["indicators"]["R4"]["cv_verdict"] for stage in areas]
    assert found == ["met", "met"]
    assert verify_finding(out, given_input).difference is None
