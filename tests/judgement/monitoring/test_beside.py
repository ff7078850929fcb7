"""What no finding holds: the years ahead with resources held, and the seats of an admission."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.judgement import read_finding
from junheng.judgement.monitoring import (
    State,
    admission_subjects,
    forecast_subjects,
    load_rules,
    tables_of,
    watch,
)

RULES = load_rules(on=date(2024, 9, 1), region="999901")


def _forecast(folder: Path, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    (folder / "plan.json").write_text(json.dumps({"kind": "forecast", "pupils": rows}), "utf-8")
    return folder


def _row(school: str, year: int, mid: str | None) -> dict[str, Any]:
    return {"school": school, "stage": "primary", "year": year, "mid": mid}


def test_the_same_pupils_give_the_same_verdict_and_many_more_fail(
    findings: Mapping[int, Path], example_district: Path, tmp_path: Path, states: tuple[State, ...]
) -> None:
    verdict = read_finding(findings[2024]).verdict
    passing = next(row for row in verdict["schools"] if row["verdict"] == "met" and row["kind"] == "primary")
    own, pupils = passing["school_id"], passing["pupils"]
    rows = [_row(own, 2025, str(pupils)), _row(own, 2026, str(pupils * 3)), _row(own, 2027, None)]
    table = tables_of([example_district / f"{year}.xlsx" for year in findings], 2024)
    future = forecast_subjects(_forecast(tmp_path / "f", rows), findings[2024], table)
    found = {
        int(str(subject.facts["future_year"])): subject.facts["future_verdict"]
        for subject in future
        if (subject.school_id, subject.stage) == (own, "primary")
    }
    assert found == {2025: "met", 2026: "not_met", 2027: None}
    others = {subject.school_id for subject in future if subject.facts["future_verdict"] is None}
    assert others == {own}  # the others keep their pupils, and their verdicts
    alerts = [
        alert for alert in watch(states, RULES, beside={"future": future}).alerts if alert.topic == "future"
    ]
    assert [(alert.rule, alert.school_id, alert.year) for alert in alerts] == [("FUT-FAIL", own, 2026)]


def test_what_is_no_forecast_is_refused(
    findings: Mapping[int, Path], example_district: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="不是学位预测"):
        forecast_subjects(tmp_path, findings[2024], example_district / "2024.xlsx")
    with pytest.raises(UserError, match="没有 2024 年"):
        forecast_subjects(_forecast(tmp_path / "f", []), findings[2024], example_district / "2023.xlsx")


def test_wishes_make_schools_hot_and_cold(tmp_path: Path, states: tuple[State, ...]) -> None:
    path = tmp_path / "wishes.csv"
    path.write_text(
        "school_id,name,seats,first_choices,admitted\nA,甲校,100,121,100\nB,乙校,100,59,80\nC,丙校,100,,95\n",
        "utf-8",
    )
    seats = admission_subjects(path, stage="junior", schools={"A": "3199000001"})
    alerts = [
        alert for alert in watch(states, RULES, beside={"seats": seats}).alerts if "seats" in alert.reason.en
    ]
    found = {(alert.rule, alert.school_id) for alert in alerts if alert.school in ("甲校", "乙校", "丙校")}
    assert found == {("HOT-CHOICE", "3199000001"), ("COLD-CHOICE", "B"), ("COLD-UNFILLED", "B")}
    silent = [
        alert for alert in watch(states, RULES, beside={"seats": seats}).alerts if alert.school_id == "C"
    ]
    assert [alert.kind for alert in silent] == ["no_data"]  # no wishes reported: never silently fine


@pytest.mark.parametrize("text", ["name,seats\n甲,1\n", "school_id,name,seats\nA,甲,many\n", ""])
def test_what_is_no_table_of_wishes_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wishes.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError):
        admission_subjects(path, stage="junior")
