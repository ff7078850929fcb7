"""The made-up county's seat forecast, attached so that the rules about coming years have something to look at."""

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml
from django.utils import timezone

from junheng.basics import STAGE_NAMES
from junheng.data import past_births, past_pupils
from junheng.planning import kind_of
from junheng.web.monitoring.giving import Read, keep
from junheng.web.monitoring.models import GivenKind
from junheng.web.monitoring.running import newest, run_rules
from junheng.web.people.models import Account, Organisation

_NAME = "学位预测（演示）"
_HISTORY, _AHEAD = 11, 6  # years behind and ahead: a forecast of less history would have no back-test
_SPARE_ROOMS = 2
_STAGES = ("primary", "junior")
_HEADINGS = {
    "schools": ("学校标识码", "学校名称", "学段", "片区编号", "教室数"),
    "history": ("年", "学校标识码", "学段", "年级", "在校生"),
    "births": ("年", "片区编号", "出生人数"),
}
Tables = Mapping[str, pa.Table]
Row = dict[str, Any]


def open_demo_forecast(county: Organisation, tables: Tables) -> Iterator[str]:
    """Forecast from ``tables`` (the county's canonical ones, all years) as ``leader``, attach it, run the rules."""
    leader = Account.objects.get(username="leader")
    with tempfile.TemporaryDirectory(prefix="junheng-forecast-") as folder:
        problem = _problem(Path(folder), county, tables)
        kind = kind_of("forecast")
        outcome = kind.solve(kind.read_problem(problem))
    content = json.dumps(outcome, ensure_ascii=False)
    keep(leader, county, Read(GivenKind.FUTURE, _NAME, content))
    for finding in newest(county):
        run_rules(finding, timezone.now(), leader)
    yield "学位预测与监测预警 | seat forecast and alerts"


def _problem(folder: Path, county: Organisation, tables: Tables) -> Path:
    rows = _rows(tables)
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([_HEADINGS[name], *lines])
    told = {
        "kind": "forecast",
        "name": _NAME,
        "county": {"code": tables["county"]["county_code"][0].as_py(), "name": county.name},
        "tables": [f"{name}.csv" for name in rows],
        "last_year": _last(tables) + _AHEAD,
    }
    path = folder / "problem.yaml"
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return path


def _rows(tables: Tables) -> dict[str, list[Sequence[object]]]:
    """The lines of the three tables a forecast reads."""
    schools = {row["school_id"]: row for row in _of_last_year(tables, "school")}
    stages = [row for row in _of_last_year(tables, "stage") if row["stage"] in _STAGES]
    taught = {(row["school_id"], row["stage"]) for row in stages}
    town_of = {key: str(row["town_code"]) for key, row in schools.items()}
    pupils = past_pupils(tables["class"], _HISTORY)
    kept = {key: number for key, number in pupils.items() if key[1:3] in taught}
    return {
        "schools": [_school(schools[row["school_id"]], row) for row in stages],
        "history": [
            (year, school, STAGE_NAMES[stage].zh, grade, number)
            for (year, school, stage, grade), number in sorted(kept.items())
        ],
        "births": [
            (year, town, number) for (year, town), number in sorted(past_births(kept, town_of).items())
        ],
    }


def _school(school: Row, stage: Row) -> Sequence[object]:
    name = STAGE_NAMES[stage["stage"]].zh
    return school["school_id"], school["name"], name, school["town_code"], stage["classes"] + _SPARE_ROOMS


def _of_last_year(tables: Tables, name: str) -> list[Row]:
    found: list[Row] = tables[name].filter(pc.equal(tables[name]["year"], _last(tables))).to_pylist()
    return found


def _last(tables: Tables) -> int:
    return int(pc.max(tables["school"]["year"]).as_py())
