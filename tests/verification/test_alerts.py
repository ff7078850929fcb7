"""The second mind over alerts: agrees with an honest run, and finds what was left out, added or changed."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.cli.monitor_run import Run
from junheng.data import check_snapshot, read_input
from junheng.judgement import Question, assess_regions, write_findings
from junheng.judgement.monitoring import load_rules, read_states, watch
from junheng.verification import verify_alerts

RULES = load_rules(on=date(2024, 9, 1), region="999901")


@pytest.fixture(scope="module")
def made(example_district: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder with two findings, and the alerts raised from them."""
    folder = tmp_path_factory.mktemp("district")
    for year in (2023, 2024):
        checked = check_snapshot(read_input(example_district / f"{year}.xlsx"))
        assessed = assess_regions(checked, Question("quality-2017", year))
        write_findings(assessed, folder / str(year), command=["test"], documents=lambda _: None)
    states = read_states([folder / "2023", folder / "2024"], [example_district / "2024.xlsx"])
    run = Run(states, RULES, watch(states, RULES), (), ())
    return folder, json.loads(json.dumps(run.as_json()))


def _written(content: dict[str, Any], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "alerts.json").write_text(json.dumps(content), "utf-8")
    return folder


def test_an_honest_run_agrees(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, content = made
    found = verify_alerts(_written(content, tmp_path / "m"), folder)
    assert found.ok, found.difference
    assert {"IND-FLOOR", "IND-LOST", "IND-THIN", "IND-FALL", "CV-OVER", "SCH-ONE-SHORT"} <= set(found.rules)
    assert "CLS-LARGE" in found.beyond
    assert found.alerts > 300


def _first(content: dict[str, Any], rule: str) -> int:
    return next(place for place, alert in enumerate(content["alerts"]) if alert["rule"] == rule)


def _drop(content: dict[str, Any]) -> None:
    del content["alerts"][_first(content, "IND-LOST")]


def _invent(content: dict[str, Any]) -> None:
    alert = dict(content["alerts"][_first(content, "IND-FLOOR")])
    content["alerts"].append(
        alert | {"key": alert["key"].replace("IND-FLOOR", "IND-LOST"), "rule": "IND-LOST"}
    )


def _shade(content: dict[str, Any]) -> None:
    content["alerts"][_first(content, "CV-OVER")]["value"] = 0.5


def _soften(content: dict[str, Any]) -> None:
    rule = next(rule for rule in content["rules"] if rule["id"] == "IND-THIN")
    rule["lines"]["thin"] = "0.01"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(_drop, "漏报"), (_invent, "多报"), (_shade, "value"), (_soften, "规则库不同")],
)
def test_what_was_changed_is_found(
    made: tuple[Path, dict[str, Any]], tmp_path: Path, spoil: Callable[[dict[str, Any]], None], words: str
) -> None:
    folder, content = made
    changed = json.loads(json.dumps(content))
    spoil(changed)
    found = verify_alerts(_written(changed, tmp_path / "m"), folder)
    assert found.difference is not None
    assert words in found.difference.zh


def test_an_absent_finding_is_refused(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, content = made
    with pytest.raises(UserError, match="找不到当时的结论"):
        verify_alerts(_written(content, tmp_path / "m"), folder / "2023")
