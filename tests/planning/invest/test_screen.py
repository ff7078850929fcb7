"""Who cannot be brought in whatever is spent, and by which indicators."""

from tests.planning.invest.by_hand import hand_county

from junheng.planning.invest import check, solve
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.screen import screen, unreachable


def test_one_line_out_of_reach_may_be_the_exempt_one() -> None:
    problem = hand_county()
    problem["schools"][1]["limits"] = {"equip:R7": 1}
    county = read_county(problem)
    found = screen(county)
    assert found.is_open.all()
    assert found.short_of_line.tolist() == [[False, False], [False, True]]


def test_a_floor_out_of_reach_bars_the_stage() -> None:
    problem = hand_county()
    problem["schools"][1]["limits"] = {"equip:R7": 0}
    county = read_county(problem)
    found = unreachable(county, screen(county))
    assert [(row["school_id"], row["stage"], row["indicators"]) for row in found] == [
        ("B", "primary", ["R7"])
    ]
    outcome = solve(problem)
    assert outcome["objective"] == {"cost_yuan": 30, "stages": 1}
    assert check(problem, outcome) == ()


def test_two_lines_out_of_reach_bar_the_stage_though_floors_are_kept() -> None:
    problem = hand_county()
    problem["schools"][1]["limits"] = {"equip:R7": 1}
    problem["schools"][1]["stages"][0]["limits"] = {"hire:primary:R2": 0}
    county = read_county(problem)
    assert unreachable(county, screen(county))[0]["indicators"] == ["R2", "R7"]
    assert check(problem, solve(problem)) == ()


def test_county_wide_ceilings_count_too() -> None:
    problem = hand_county()
    problem["measures"][0]["ceilings"] = {"2025": 0, "2026": 0}
    assert not screen(read_county(problem)).is_open[0]
