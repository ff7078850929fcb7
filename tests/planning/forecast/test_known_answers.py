"""Answers worked by hand: where everybody stays, the forecast is the births; estates, seats, duties."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.planning.forecast.made import births, pupils, write_county

from junheng.planning.forecast import fans, read_problem, solve, summary, tables
from junheng.planning.frozen import exact

Json = dict[str, Any]


def _told(outcome: Json, school: str, year: int, name: str = "mid") -> Fraction:
    (row,) = [r for r in outcome["pupils"] if (r["school"], r["year"]) == (school, year)]
    return exact(row[name])


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> tuple[Json, Json]:
    problem = read_problem(write_county(tmp_path_factory.mktemp("steady")))
    return problem, solve(problem)


def test_where_everybody_stays_the_forecast_is_the_births(steady: tuple[Json, Json]) -> None:
    _, outcome = steady
    for year in range(2021, 2026):
        for school in ("p1", "p2", "p3", "j1"):
            expected = sum(n for (name, _), n in pupils(year).items() if name == school)
            assert _told(outcome, school, year) == expected, (school, year)


def test_the_back_test_is_without_error_and_the_plain_rules_are_not(steady: tuple[Json, Json]) -> None:
    _, outcome = steady
    rows = [r for r in outcome["tests"] if r["scope"] == "school" and "stage" not in r and "size" not in r]
    assert [row["lead"] for row in rows] == [1, 2, 3, 4]  # seven years: the third is the first origin
    for row in rows:
        assert row["model"] == 0
        assert exact(row["repeat"]) > 0
        assert exact(row["mean3"]) > 0


def test_ratios_are_those_of_the_rule(steady: tuple[Json, Json]) -> None:
    _, outcome = steady
    assert {row["ratio"] for row in outcome["ratios"]["county"]} == {1}
    assert {row["ratio"] for row in outcome["ratios"]["entry"]} == {1}
    shares = {row["school"]: row["share"] for row in outcome["ratios"]["share"]}
    assert shares == {"p1": "0.6", "p2": "0.4", "p3": 1, "j1": 1}


def test_scenarios_shift_the_entrants(steady: tuple[Json, Json]) -> None:
    _, outcome = steady
    (row,) = [r for r in outcome["entrants"] if (r["zone"], r["year"]) == ("Z1", 2021)]
    born = births("Z1", 2015)
    assert (exact(row["low"]), exact(row["mid"])) == (born * Fraction(95, 100), born)
    assert exact(row["high"]) == born * Fraction(105, 100)


def test_seats_and_levels(steady: tuple[Json, Json]) -> None:
    """Z2: 6 rooms × 45 = 270 seats; grades of 2022 are births 2011–2016: 50+50+50+100+100+200 = 550."""
    _, outcome = steady
    (row,) = [r for r in outcome["zones"] if (r["zone"], r["stage"], r["year"]) == ("Z2", "primary", 2022)]
    assert (row["seats"], row["mid"], row["level"]) == (270, 550, "red")
    due = outcome["warnings"]
    assert {row["year"] for row in due} <= {2021, 2022}
    assert [row["level"] for row in due] == sorted(
        (r["level"] for r in due), key=["red", "orange", "yellow"].index
    )
    (warned,) = [r for r in due if (r["zone"], r["stage"], r["year"]) == ("Z2", "primary", 2022)]
    assert warned["short_mid"] == 280


def test_a_zone_without_rooms_known_is_not_judged(tmp_path: Path) -> None:
    schools = [
        ("p1", "一小", "小学", "Z1", ""),
        *[("p2", "二小", "小学", "Z1", 6), ("p3", "三小", "小学", "Z2", 6)],
    ]
    outcome = solve(
        read_problem(write_county(tmp_path, schools=[*schools, ("j1", "一中", "初中", "Z1", 12)]))
    )
    rows = [row for row in outcome["zones"] if (row["zone"], row["stage"]) == ("Z1", "primary")]
    assert {row["level"] for row in rows} == {"cannot_tell"}
    assert all("seats" not in row for row in rows)


def test_an_estate_fills_by_its_curve_and_its_school_opens_late(tmp_path: Path) -> None:
    """1,000 homes × 0.6 primary pupils = 600 ≥ 12 × 45; half lived in the year of delivery, then all."""
    estates = [
        ("小区编号", "小区名称", "片区", "户数", "交付年", "建成曲线", "配建学校"),
        ("e1", "东苑", "Z2", 1000, 2022, "0.5 1", "东苑小学"),
        ("e2", "西苑", "Z2", 1000, 2022, "50% 100%", ""),
    ]
    openings = [("学校名称", "学段", "片区", "开办年", "教室数"), ("东苑小学", "小学", "Z2", 2023, 12)]
    more = 'last_year: 2025\nyields: {primary: "0.6", junior: "0.1"}\n'
    path = write_county(tmp_path, more=more, tables={"estates": estates, "openings": openings})
    problem = read_problem(path)
    outcome = solve(problem)
    alone = {year: sum(n for (s, _), n in pupils(year).items() if s == "p3") for year in range(2021, 2026)}
    assert _told(outcome, "p3", 2022) == alone[2022] + 300 + 300  # the school is not open: both estates
    assert _told(outcome, "p3", 2023) == alone[2023] + 600
    assert _told(outcome, "东苑小学", 2023) == 600
    assert _told(outcome, "p3", 2022, "high") > alone[2022] + 600
    verdicts = {row["estate"]: (row["verdict"], row["must"]) for row in outcome["estates"]}
    assert verdicts == {"e1": ("late", ["primary"]), "e2": ("none", ["primary"])}
    rows = {r["year"]: r for r in outcome["zones"] if (r["zone"], r["stage"]) == ("Z2", "primary")}
    assert (rows[2022]["seats"], rows[2023]["seats"]) == (270, 270 + 540)


def test_rooms_given_back_count_from_their_year(tmp_path: Path) -> None:
    changes = [
        ("学校标识码", "学段", "年", "增加教室数", "增加学位数", "原用途"),
        ("p3", "小学", 2022, 2, "", "学前班"),
    ]
    outcome = solve(read_problem(write_county(tmp_path, tables={"changes": changes})))
    rows = {r["year"]: r["seats"] for r in outcome["zones"] if (r["zone"], r["stage"]) == ("Z2", "primary")}
    assert (rows[2021], rows[2022]) == (270, 360)


def test_a_policy_year_is_left_out(tmp_path: Path) -> None:
    """In 2018 a third of p3 left for good: with that year left out, what is known of other years speaks."""
    path = write_county(tmp_path)
    text = (tmp_path / "history.csv").read_text(encoding="utf-8-sig").splitlines()
    lines = [_halved(line) for line in text]
    (tmp_path / "history.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    with_it = solve(read_problem(path))
    more = "interruptions: [{year: 2018, school: p3, effect: exclude, why: 学校拆分}]\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    without = solve(read_problem(path))
    assert _told(with_it, "p3", 2021) < _told(without, "p3", 2021)


def _halved(line: str) -> str:
    year, school, grade, n = line.split(",")
    moved = school == "p3" and year >= "2018"
    return f"{year},{school},{grade},{int(n) // 2}" if moved else line


def test_what_is_told_has_a_cell_for_every_column(steady: tuple[Json, Json]) -> None:
    problem, outcome = steady
    told = tables(problem, outcome)
    assert told[0].name.zh == "学位预警"
    for table in told:
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name
    assert 3 <= len(summary(problem, outcome)) <= 8


def test_fans_hold_history_and_three_paths(steady: tuple[Json, Json]) -> None:
    problem, outcome = steady
    found = {
        (fan.scope, fan.key, fan.stage): fan for fan in fans(problem, outcome, ("county", "zone", "school"))
    }
    county = found["county", "", "primary"]
    assert [year for year, _ in county.history] == [*range(2014, 2021)]
    assert [year for year, _ in county.mid] == [*range(2021, 2026)]
    for low, mid, high in zip(county.low, county.mid, county.high, strict=True):
        assert low[1] <= mid[1] <= high[1]
    assert found["school", "p3", "primary"].mid[0][1] == _told(outcome, "p3", 2021)


def test_the_national_path_has_the_published_peaks(steady: tuple[Json, Json]) -> None:
    _, outcome = steady
    peaks = {row["stage"]: row for row in outcome["peaks"]}
    assert {stage: (row["nation"], row["published"]) for stage, row in peaks.items()} == {
        "primary": (2023, 2023),
        "junior": (2026, 2026),
    }
