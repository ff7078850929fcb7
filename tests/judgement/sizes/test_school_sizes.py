"""School sizes: each side of item G4 and its relaxations, seats over, by kind and place; unknown stays unknown."""

from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from junheng.data import Snapshot
from junheng.judgement.sizes import SchoolSizes, school_sizes
from junheng.judgement.verdict import Verdict
from junheng.standards import Standard, resolve

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL


@cache
def rules() -> Standard:
    return resolve("quality-2017", on=date(2024, 9, 1))


def sizes(*schools: dict[str, Any], standard: Standard | None = None) -> SchoolSizes:
    """Schools told by kind, pupils by stage, built_year, migrants (of the first stage)."""
    own, stages = [], []
    for number, one in enumerate(schools, start=1):
        base = {"year": 2024, "school_id": f"S{number}", "name": f"{number}校", "county_code": "999901"}
        own.append(
            {
                **base, "kind": one["kind"], "urban_rural_code": one.get("code", "111"),
                "built_year": one.get("built", 2015),
            }
        )  # fmt: skip
        for stage, pupils in one["pupils"].items():
            migrants = one.get("migrants", 0)
            stages.append(
                {
                    "year": 2024,
                    "school_id": f"S{number}",
                    "stage": stage,
                    "pupils": pupils,
                    "migrant_pupils": migrants,
                }
            )
    tables = {"school": pa.Table.from_pylist(own), "stage": pa.Table.from_pylist(stages)}
    return school_sizes(Snapshot(tables, (), ()), standard or rules(), year=2024, county="999901")


def primary(pupils: int | None, **more: Any) -> dict[str, Any]:
    return {"kind": "primary", "pupils": {"primary": pupils}, **more}


def nine_year(primary_pupils: int, junior: int, **more: Any) -> dict[str, Any]:
    return {"kind": "nine_year", "pupils": {"primary": primary_pupils, "junior": junior}, **more}


@pytest.mark.parametrize(
    ("school", "verdict", "over", "relaxed"),
    [
        (primary(2000), MET, 0, ()),
        (primary(2001), NOT_MET, 1, ()),
        (primary(2400, built=2010), MET, 0, ("G4a",)),
        (primary(2400, built=2011), NOT_MET, 400, ()),
        (primary(2401, built=2010), NOT_MET, 1, ("G4a",)),
        (primary(2200, migrants=1101), MET, 0, ("G4a",)),
        (primary(2200, migrants=1100), NOT_MET, 200, ()),
        (nine_year(1500, 1000), MET, 0, ()),
        (nine_year(1500, 1001), NOT_MET, 1, ()),
        (nine_year(2000, 1000, built=2010), MET, 0, ("G4a",)),
        (nine_year(2000, 1001, built=2010), NOT_MET, 1, ("G4a",)),
        (primary(None), OPEN, None, ()),
        (primary(2200, built=None), OPEN, None, ()),
    ],
)
def test_each_side_of_the_limit_and_its_relaxation(
    school: dict[str, Any], verdict: Verdict, over: int | None, relaxed: tuple[str, ...]
) -> None:
    (found,) = sizes(school).schools
    assert (found.verdict, found.over, found.relaxed) == (verdict, over, relaxed)


def test_counts_by_kind_and_place_and_the_largest_first() -> None:
    found = sizes(
        primary(2100), primary(2500, code="220"), nine_year(10, 10), primary(None), primary(2400, built=2000)
    )
    told = {(one.kind, one.area): one for one in found.counts}
    whole = told["", ""]
    assert (whole.schools, whole.over, whole.relaxed, whole.unknown, whole.seats) == (5, 2, 1, 1, 600)
    assert (told["primary", ""].over, told["nine_year", ""].over) == (2, 0)
    assert (told["", "rural"].seats, told["", "urban"].seats) == (500, 100)
    assert [one.school_id for one in found.schools][:3] == ["S2", "S1", "S4"]


def test_a_standard_without_the_item_counts_nothing() -> None:
    found = sizes(primary(9000), standard=resolve("basic-2012", on=date(2024, 9, 1)))
    assert found.schools == ()
    assert found.counts[0].schools == 0
