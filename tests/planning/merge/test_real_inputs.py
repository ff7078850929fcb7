"""Real closures: what cannot be told (Toronto), how far the next school is (Hamilton)."""

import csv
import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from junheng.planning.frozen import exact
from junheng.planning.merge import check, read_problem, solve

pytestmark = pytest.mark.real_input
Json = dict[str, Any]
LEAST_FILL = 0.4  # schools forecast to be filled less than this are the candidates of this test


def write(folder: Path, name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])


def problem_in(folder: Path, tables: str) -> Json:
    head = f"kind: merge\ncounty: {{code: '0', name: 真实数据}}\non: 2024-09-01\ntables: [{tables}]\n"
    (folder / "p.yaml").write_text(head, encoding="utf-8")
    return read_problem(folder / "p.yaml")


def test_toronto_nearly_empty_schools(shared_data: Path, tmp_path: Path) -> None:
    """Nine elementary schools, two of them without pupils by then: seats can be told, ways, grades and remoteness cannot."""
    with (shared_data / "toronto" / "tdsb_schools_2020.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["panel"] == "E" and row["util_2025"]]
    low = [row for row in rows if float(row["util_2025"]) < LEAST_FILL]
    others: dict[str, Json] = {}
    for row in sorted(
        (r for r in rows if r not in low), key=lambda r: (-float(r["surplus_2025"] or 0), r["school"])
    ):
        others.setdefault(row["ward"], row)  # of each ward the school with most free seats
    known = [row for row in low if row["ward"] in others]
    asked = known + [others[ward] for ward in sorted({row["ward"] for row in known})]
    schools = [
        (row["school"], row["school"], row["capacity_2020"], int(float(row["proj_2025"]))) for row in asked
    ]
    write(tmp_path, "学校", ("学校标识码", "学校名称", "学位", "在校生数"), schools)
    merges = [(f"T{at}", row["school"], others[row["ward"]]["school"], 2025) for at, row in enumerate(known)]
    write(tmp_path, "撤并", ("撤并编号", "撤并学校", "接收学校", "年份"), merges)
    homes = [(f"T{at}", "全校", "小学", int(float(row["proj_2025"]))) for at, row in enumerate(known)]
    write(tmp_path, "生源", ("撤并编号", "地点", "学段", "学生数"), homes)
    outcome = solve(problem_in(tmp_path, "学校.csv, 撤并.csv, 生源.csv"))
    assert len(outcome["mergers"]) == len(known) == 9
    full: list[str] = []
    for row in outcome["mergers"]:
        verdicts = {duty["id"]: duty["verdict"] for duty in row["duties"]}
        untold = {key for key, verdict in verdicts.items() if verdict == "cannot_tell"}
        empty = not row["pupils"]
        assert untold == {
            "remote",
            *(() if empty else ("time_low", "time_high", "no_boarding", "boarding_places")),
            "class_size",
        }
        full += [row["school"]] if verdicts["seats"] == "not_met" else []
        assert row["state"] == "proposed"
        assert row["after"]["minutes_untold"] == row["pupils"]
    assert outcome["holds"] == []
    assert full == [
        "Shoreham Public Sports and Wellness Academy"
    ]  # 216 pupils, 211 free seats in its ward's emptiest


def centroid(ring: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Centroid of a ring in degrees (a town is flat enough)."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = (x0 - ring[0][0]) * (y1 - ring[0][1]) - (x1 - ring[0][0]) * (y0 - ring[0][1])
        area += cross
        x += (x0 + x1 - 2 * ring[0][0]) * cross
        y += (y0 + y1 - 2 * ring[0][1]) * cross
    return ring[0][0] + x / (3 * area), ring[0][1] + y / (3 * area)


def catchments(path: Path) -> dict[str, tuple[float, float]]:
    """Centroid of the outer ring of the largest part of every school's catchment."""
    found = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        found[str(feature["properties"]["SchoolID"])] = centroid(max((part[0] for part in parts), key=len))
    return found


def test_hamilton_closures_between_2011_and_2016(shared_data: Path, tmp_path: Path) -> None:
    """The public elementary schools that were removed: from the middle of their catchment to the nearest that stayed."""
    with (shared_data / "hamilton" / "hamilton_schools_2011_2016.csv").open(encoding="utf-8") as stream:
        rows = [
            row for row in csv.DictReader(stream) if (row["System"], row["Level"]) == ("Public", "Elementary")
        ]
    gone = [row for row in rows if row["Status"] == "Removed"]
    stay = [row for row in rows if "2016" in row["Year"]]
    middles = catchments(shared_data / "hamilton" / "hwdsb_elem_catchments_2010_11.geojson")
    have = [row for row in gone if row["SchoolID"] in middles]
    heading = ("学校标识码", "学校名称", "学位", "在校生数", "经度", "纬度")
    write(
        tmp_path,
        "学校",
        heading,
        [_school(row, "2011") for row in have] + [_school(row, "2016") for row in stay],
    )
    merges = [(row["SchoolID"], row["SchoolID"], 2016) for row in have]
    write(tmp_path, "撤并", ("撤并编号", "撤并学校", "年份"), merges)
    homes = [
        (
            r["SchoolID"],
            f"片区{r['SchoolID']}",
            "小学",
            int(float(r["ON_Enrol_2011"])),
            *middles[r["SchoolID"]],
        )
        for r in have
    ]
    write(tmp_path, "生源", ("撤并编号", "地点", "学段", "学生数", "经度", "纬度"), homes)
    problem = problem_in(tmp_path, "学校.csv, 撤并.csv, 生源.csv")
    outcome = solve(problem)
    assert check(problem, outcome) == ()
    assert all(row["to"] == [] and row["before"]["metres_untold"] == 0 for row in outcome["mergers"])
    closed = {row["SchoolID"] for row in have}
    nearest = {}
    for way in problem["ways"]:
        if way["school"] not in closed:
            key = way["place"].removeprefix("片区")
            nearest[key] = min(nearest.get(key, exact(10**9)), exact(way["metres"]))
    now = {row["id"]: exact(row["before"]["metres_mean"]) for row in outcome["mergers"]}
    assert len(gone) == 8  # of one no catchment is published
    told = {key: (int(now[key]), int(nearest[key])) for key in sorted(nearest)}
    assert told == {
        "114": (257, 836),
        "228": (2879, 2736),
        "246": (687, 835),
        "26": (480, 5672),
        "324": (202, 934),
        "384": (304, 839),
        "480": (2641, 3948),
    }  # metres: now, and to the nearest school that stayed; one is nearer than its own
    longer = [key for key, (own, other) in told.items() if other > own]
    assert len(longer) == 6


def _school(row: Json, year: str) -> tuple[object, ...]:
    pupils = row[f"ON_Enrol_{year}"]
    seats = row[f"OTGC{year}"]
    return (
        row["SchoolID"],
        row["Name"],
        int(float(seats)),
        int(float(pupils)) if pupils else "",
        row["lon"],
        row["lat"],
    )
