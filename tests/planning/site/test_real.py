"""Real places, for the test only: villages with their children by age, schools where they stand;
a city without places."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.planning.site.tables_of import PROBLEM, write

from junheng.planning.site import check, read_problem, solve, summary

Json = dict[str, Any]
pytestmark = pytest.mark.real_input
_AREA = "10005"  # one area of 22, by the code of its villages
_YEARS = range(2026, 2029)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _villages(folder: Path, count: int) -> list[dict[str, str]]:
    found = [
        row for row in _rows(folder / "villages_age0_17_202512.csv") if row["villcode"].startswith(_AREA)
    ]
    return found[:count]


def _written(folder: Path, villages: list[dict[str, str]], schools: list[dict[str, str]]) -> Path:
    """Children of known age move up year by year: none has to be forecast before 2031."""
    text = PROBLEM.replace("2026-2027", "2026-2028").replace(
        "metres: 3000, detour: 1", "metres: 6000, detour: 1.3"
    )
    text += "class_pupils: 29\nexisting: free\n"
    sites: list[Any] = [("校址编号", "名称", "现有", "经度", "纬度", "现有教室数", "最多教室数", "可撤并")]
    for row in schools:
        small = "是" if int(row["pupils"]) < 60 else "否"
        sites.append(
            (
                row["code"],
                row["name"],
                "是",
                row["lon"],
                row["lat"],
                row["classes"],
                int(row["classes"]) + 2,
                small,
            )
        )
    blocks = [
        ("片块编号", "片块名称", "经度", "纬度"),
        *((v["villcode"], v["village"], v["lon"], v["lat"]) for v in villages),
    ]
    demand: list[Any] = [("片块编号", "年份", "中方案")]
    for village in villages:
        for year in _YEARS:
            ages = range(6 - (year - 2025), 12 - (year - 2025))
            demand.append((village["villcode"], year, sum(int(village[f"age{age}"]) for age in ages)))
    return write(folder, text=text, 校址=sites, 片块=blocks, 需求=demand)


def test_an_area_of_villages_and_schools(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "open_schools_114"
    villages = _villages(folder, 140)
    county = villages[0]["county"]
    schools = [
        row
        for row in _rows(folder / "schools_located_114.csv")
        if row["county"] == county and int(row["pupils"])
    ]
    frozen = read_problem(_written(tmp_path, villages, schools))
    unplaced = {row["code"] for row in schools if not row["lat"]}
    assert {row["id"] for row in frozen["cannot_tell"] if row["missing"] == ["position"]} == unplaced != set()
    assert len(frozen["sites"]) + len(frozen["cannot_tell"]) == len(schools)
    total = sum(int(row[f"age{age}"]) for row in villages for age in range(5, 11))
    assert sum(row["pupils"]["mid"][0] for row in frozen["blocks"]) == total
    outcome = solve(frozen, gap=5e-3, seconds=15)
    assert check(frozen, outcome) == ()
    plan = outcome["plans"][0]
    assert float(plan["gap"]) < 5e-3
    assert outcome["state"]["closed"]
    seated = sum(sum(pupils) for flows in plan["flows"].values() for pupils in flows.values())
    assert seated + plan["unmet_seats"] == sum(sum(row["pupils"]["mid"]) for row in frozen["blocks"])


def _city(path: Path) -> dict[str, list[dict[str, str]]]:
    """Elementary schools by ward, those with capacity and a forecast for 2040."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(path):
        if row["panel"] == "E" and row["ward"] and row["capacity_2020"] and row["proj_2040"]:
            found[row["ward"]].append(row)
    return dict(found)


def test_a_city_without_coordinates_shows_surplus_by_ward_and_nothing_of_distance(
    shared_data: Path, tmp_path: Path
) -> None:
    """Seats against the forecast for 2040: without places no way is known, so a table of ways says 0 within a ward.

    What cannot be done: distances, walking, who is nearest. The running cost is that of the table (heating, repair).
    """
    wards = dict(sorted(_city(shared_data / "toronto" / "tdsb_schools_2020.csv").items())[:6])
    sites: list[Any] = [
        ("校址编号", "名称", "现有", "现有教室数", "最多教室数", "可撤并", "每校年运行费", "最大规模")
    ]
    ways: list[Any] = [("片块编号", "校址编号", "路程")]
    for ward, rows in wards.items():
        for at, row in enumerate(rows):
            name, seats = f"{ward}-{at:02d}", int(float(row["capacity_2020"]))
            cost = float(row["caretaking_maintenance_total_cad"] or 0) / 10_000
            sites.append((name, row["school"], "是", seats, seats, "是", cost, 5000))
            ways.append((ward, name, 0))
    pupils = {ward: sum(int(float(row["proj_2040"])) for row in rows) for ward, rows in wards.items()}
    text = PROBLEM.replace("2026-2027", "2040-2040") + "class_pupils: 1\nmost_sites: 60\n"
    path = write(
        tmp_path, text=text.replace("class_yearly: 5", "class_yearly: 0"), 校址=sites, 路程=ways,
        片块=[("片块编号", "片块名称"), *((ward, f"Ward {ward}") for ward in wards)],
        需求=[("片块编号", "年份", "中方案"), *((ward, 2040, count) for ward, count in pupils.items())],
    )  # fmt: skip
    frozen = read_problem(path)
    outcome = solve(frozen, gap=1e-3, seconds=15)
    assert check(frozen, outcome) == ()
    seats = {row["id"]: row["classes"][0] for row in frozen["sites"]}
    for ward, count in pupils.items():
        held = sum(seats[name] for name in seats if name.startswith(f"{ward}-"))
        kept = held - sum(seats[name] for name in outcome["state"]["closed"] if name.startswith(f"{ward}-"))
        lacking = sum(sum(row["pupils"]) for row in outcome["plans"][0]["unmet"] if row["block"] == ward)
        assert kept + lacking >= count
        assert lacking >= count - held
    assert "路程表" in frozen["basis"]["zh"]
    assert any("撤并" in line.zh for line in summary(frozen, outcome))
