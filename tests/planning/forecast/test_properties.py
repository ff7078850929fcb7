"""Random counties with holes: two minds that share no code agree on every number."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.forecast import check, fans, solve, summary, tables
from junheng.planning.forecast.reading.method import read_national
from junheng.planning.frozen import FORMAT, exact

Json = dict[str, Any]
SCHOOLS = ("a", "b", "c", "d")
STAGES = {"primary": [1, 2, 3], "junior": [4, 5]}


@st.composite
def problems(draw: st.DrawFn) -> Json:
    """Three grades and two, four schools, two zones; years, births and rooms may be absent."""
    units = [
        {"school": school, "stage": stage, "zone": draw(st.sampled_from(["Z1", "Z2"]))}
        for school in SCHOOLS
        for stage in STAGES
        if draw(st.booleans())
    ] or [{"school": "a", "stage": "primary", "zone": "Z1"}]
    history = [
        {
            "school": unit["school"],
            "stage": unit["stage"],
            "year": year,
            "grades": {str(g): draw(st.integers(0, 60)) for g in STAGES[unit["stage"]]},
        }
        for unit in units
        for year in range(draw(st.sampled_from([2010, 2010, 2013])), 2017)
        if draw(st.integers(0, 19))
    ]
    births = [
        {"zone": zone, "year": year, "births": draw(st.integers(0, 90))}
        for zone in ("Z1", "Z2")
        for year in range(2002, 2014)
        if draw(st.integers(0, 19))
    ]
    return _frozen(draw, units, history, births)


def _frozen(draw: st.DrawFn, units: list[Json], history: list[Json], births: list[Json]) -> Json:
    some = units[0]
    blanks = [
        {"school": some["school"], "stage": some["stage"], "year": 2012, "why": "blank"}
        for _ in range(draw(st.integers(0, 1)))
    ]
    history = [
        row
        for row in history
        if (row["school"], row["stage"], row["year"])
        not in {(b["school"], b["stage"], b["year"]) for b in blanks}
    ]
    rooms = st.one_of(st.none(), st.integers(0, 6))
    capacity = []
    for unit in units:
        found = draw(rooms)
        row = {"school": unit["school"], "stage": unit["stage"], "limit": 45, "areas": []}
        capacity.append(row if found is None else row | {"classrooms": found})
    opening = {
        "school": "n",
        "name": "n",
        "stage": "primary",
        "zone": "Z1",
        "year": 2018,
        "classrooms": 3,
        "limit": 45,
    }
    estate = {"id": "e", "name": "e", "zone": draw(st.sampled_from(["Z1", "Z2"])), "households": 300}
    estate |= {"delivered": draw(st.integers(2014, 2019)), "curve": ["0.4", 1], "known": 2015}
    estate |= {"school": draw(st.sampled_from(["n", "a", "z"]))} if draw(st.booleans()) else {}
    policy = {
        "year": draw(st.integers(2011, 2016)),
        "effect": draw(st.sampled_from(["exclude", "restart"])),
        "why": "?",
    }
    policy |= draw(st.sampled_from([{}, {"zone": "Z1"}, {"school": "a"}]))
    return {
        "format": FORMAT,
        "kind": "forecast",
        "name": "?",
        "county": {"code": "999901", "name": "?"},
        "mode": "cohort",
        "base_year": 2016,
        "years": [2017, 2018, 2019],
        "stages": [{"id": stage, "grades": grades, "limit": 45} for stage, grades in STAGES.items()],
        "method": {
            "lags": [{"years": 6, "share": "2/3"}, {"years": 7, "share": "1/3"}],
            "weights": [3, 2, 1],
            "leads": [1, 2, 3],
            "sizes": [50, 100],
            "shrink": draw(st.sampled_from([0, 20, "1.5"])),
            "entry_shrink": draw(st.sampled_from([0, 10])),
            "least_years": 3,
            "least_points": 3,
            "outlier": "1.5",
            "filling_years": draw(st.sampled_from([1, 3])),
            "pool": draw(st.sampled_from(["county", "zone"])),
            "level": "0.8",
        },
        "scenarios": [
            {"id": "low", "entrants": "-0.1", "flow": "-0.01", "migrants": "-0.2", "yield": "0.5"},
            {"id": "mid", "entrants": 0, "flow": 0, "migrants": 0, "yield": 1},
            {"id": "high", "entrants": "0.1", "flow": "0.01", "migrants": "0.2", "yield": "1.5"},
        ],
        "yields": {"primary": "0.3", "junior": "1/7"},
        "survival": "0.99",
        "warnings": {
            "ahead": 2,
            "levels": [
                {"id": "red", "scenario": "mid", "above": 1},
                {"id": "orange", "scenario": "high", "above": 1},
                {"id": "yellow", "scenario": "mid", "above": "0.9"},
            ],
            "surplus": {"scenario": "high", "below": "0.5"},
        },
        "duty": {"least_classes": {"primary": 1, "junior": 1}},
        "interruptions": [policy],
        "sources": {},
        "units": units,
        "history": history,
        "blanks": blanks,
        "births": births,
        "migrants": [{"zone": "Z1", "year": 2015, "pupils": draw(st.integers(0, 20))}],
        "given": [],
        "openings": [opening],
        "estates": [estate],
        "changes": [],
        "capacity": capacity,
        "schools": [{"id": name, "name": name} for name in (*SCHOOLS, "n")],
        "zones": [{"id": "Z1", "name": "Z1"}, {"id": "Z2", "name": "Z2"}],
        "area_indicators": [],
        "national": read_national(),
        "inputs": [],
    }


@settings(max_examples=examples(25))
@given(problem=problems())
def test_two_minds_agree_and_everything_can_be_told(problem: Json) -> None:
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert summary(problem, outcome)
    for table in tables(problem, outcome):
        assert {len(row) for row in table.rows} == {len(table.columns)}
    fans(problem, outcome, ("county", "zone", "school"))
    for row in outcome["pupils"]:
        assert exact(row["low"]) <= exact(row["mid"]) <= exact(row["high"])
    told = {(row["school"], row["stage"], row["year"]) for row in outcome["pupils"]}
    missing = {(row["school"], row["stage"]) for row in outcome["cannot"]}
    for unit in problem["units"]:  # a school is told for a year, or is listed: nothing falls between
        key = (unit["school"], unit["stage"])
        assert key in missing or all((*key, year) in told for year in problem["years"])
