"""``junheng monitor`` from findings to papers, twice; and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from junheng.judgement.monitoring import alert_from_json

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def workbooks(example_district: Path) -> list[Path]:
    return [example_district / f"{year}.xlsx" for year in (2023, 2024)]


def test_two_runs_follow_the_gaps(junheng: Run, workbooks: list[Path], tmp_path: Path) -> None:
    findings = []
    for book in workbooks:
        out = tmp_path / f"ev{book.stem}"
        assert junheng("evaluate", book, "--out", out, "--no-documents").code == 0
        findings.append(out)
    tables = [word for book in workbooks for word in ("--tables", book)]
    first, second = tmp_path / "m1", tmp_path / "m2"
    assert junheng("monitor", findings[0], "--out", first, *tables[:2], "--on", "2024-04-30").code == 0
    done = junheng("monitor", *findings, "--out", second, *tables, "--previous", first, "--on", "2025-06-30")
    assert done.code == 0, done.err
    assert "红色" in done.out
    names = {path.name for path in second.iterdir()}
    assert names == {"alerts.json", "alerts.xlsx", "监测通报.docx", "问责清单.docx"}
    content = json.loads((second / "alerts.json").read_text("utf-8"))
    alerts = [alert_from_json(entry) for entry in content["alerts"]]
    assert {entry["year"] for entry in content["findings"]} == {2023, 2024}
    assert sum(alert.rule == "IND-FLOOR" for alert in alerts) == 213
    courses = {entry["course"] for entry in content["courses"]}
    assert {"new", "continuing", "closed"} <= courses


def test_what_is_no_earlier_run_and_no_day_is_refused(
    junheng: Run, workbooks: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "ev"
    junheng("evaluate", workbooks[1], "--out", out, "--no-documents")
    wrong = junheng("monitor", out, "--out", tmp_path / "m", "--previous", out)
    assert wrong.code == 2
    assert "上期监测" in wrong.err
    wrong = junheng("monitor", out, "--out", tmp_path / "m", "--on", "June")
    assert wrong.code == 2
    assert not (tmp_path / "m").exists()
