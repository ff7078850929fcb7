"""Demand from a forecast's folder, spread over the blocks of each zone."""

from pathlib import Path

import pytest
from tests.planning.site.tables_of import BLOCKS, PROBLEM, SITES, write

from junheng.basics import UserError
from junheng.planning import write_plan
from junheng.planning.site import read_problem

HEAD = {"format": "junheng-plan-1", "kind": "forecast"}


def _forecast(folder: Path, rows: list[dict[str, object]], kind: str = "forecast") -> None:
    folder.mkdir()
    write_plan(
        folder, HEAD | {"kind": kind, "zones": [{"id": "z1", "name": "甲街道"}]}, HEAD | {"zones": rows}
    )


def _row(year: int, **counts: str) -> dict[str, object]:
    return {"zone": "z1", "stage": "primary", "year": year, "level": "red", **counts}


def _read(folder: Path) -> dict[str, object]:
    text = PROBLEM + "forecast: forecast\n"
    path = write(folder, text=text, 校址=SITES, 片块=BLOCKS, 需求=[])
    return read_problem(path)


def test_a_zones_pupils_become_whole_children_of_its_blocks(tmp_path: Path) -> None:
    counts = {"low": "89.4", "mid": "90", "high": "90.5"}
    _forecast(tmp_path / "forecast", [_row(2026, **counts), _row(2027, **counts), _row(2031, **counts)])
    blocks = _read(tmp_path)["blocks"]
    assert [row["pupils"] for row in blocks] == [
        {"low": [30, 30], "mid": [30, 30], "high": [30, 30]},
        {"low": [59, 59], "mid": [60, 60], "high": [61, 61]},
    ]


def test_a_year_that_the_forecast_could_not_tell_is_told(tmp_path: Path) -> None:
    _forecast(tmp_path / "forecast", [_row(2026, low="1", mid="1", high="1"), _row(2027, mid="1", high="1")])
    with pytest.raises(UserError) as caught:
        _read(tmp_path)
    assert "人数为空" in str(caught.value)


def test_another_plan_is_no_forecast(tmp_path: Path) -> None:
    _forecast(tmp_path / "forecast", [], kind="pair")
    with pytest.raises(UserError) as caught:
        _read(tmp_path)
    assert "不是学位预测" in str(caught.value)
