"""Two minds on declared items: the made-up district, and small counties with cells blanked, turned and lost.

``JUNHENG_EXAMPLES`` multiplies how many counties are tried (3).
"""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.effort import examples
from tests.verification.items_county import random_county, small_county

from junheng.data.synthetic import make_district
from junheng.verification import verify_finding

# (standard, region): Liaoning has a base of its own, Shenyang another.
RULES = [("quality-2017", ""), ("quality-2017", "210102"), ("basic-2012", ""), ("quality-2017", "2105")]


def test_the_district_of_the_examples(
    build: SimpleNamespace, finding_of: Callable[..., Path], tmp_path: Path
) -> None:
    tables = {name: table.to_pylist() for name, table in make_district(years=[2024]).items()}
    given = build.write_csv(tmp_path / "input", **tables)
    result = verify_finding(finding_of(given, tmp_path / "out", ["quality-2017", "basic-2012"]), given)
    assert result.difference is None
    assert result.items == 33 + 20


@pytest.mark.parametrize("seed", range(33, 33 + examples(3)))
def test_random_counties(
    build: SimpleNamespace, finding_of: Callable[..., Path], tmp_path: Path, seed: int
) -> None:
    standard, region = RULES[seed % len(RULES)]
    given = build.write_csv(tmp_path / "input", **_filled(random_county(seed)))
    out = finding_of(given, tmp_path / "out", [standard], region=region)
    assert verify_finding(out, given).difference is None
    items = json.loads(next(out.rglob("verdict.json")).read_text("utf-8"))["items"]
    assert {found["verdict"] for found in items.values()} >= {"met", "not_met"}


def test_what_is_lost_is_missed_by_both(
    build: SimpleNamespace, finding_of: Callable[..., Path], tmp_path: Path
) -> None:
    """A campus that lists no classes, a school of unknown kind, a junior school without its cohort."""
    tables = small_county(["2199000006", "2199000062", "3199000009", "3199000001"])
    tables["class"] = [row for row in tables["class"] if row["school_id"] != "2199000062"]
    tables["cohort"] = [row for row in tables["cohort"] if row["school_id"] != "3199000009"]
    for row in tables["school"]:
        row["kind"] = None if row["school_id"] == "3199000001" else row["kind"]
    for row in tables["stage"]:
        row["max_class_size"] = 60 if row["school_id"] == "2199000062" else row["max_class_size"]
    given = build.write_csv(tmp_path / "input", **_filled(tables))
    out = finding_of(given, tmp_path / "out")
    assert verify_finding(out, given).difference is None
    verdict = json.loads(next(out.rglob("verdict.json")).read_text("utf-8"))
    campus, unknown = (
        next(row for row in verdict["schools"] if row["school_id"] == school)["items"]
        for school in ("2199000006", "3199000001")
    )
    assert campus["G5"]["tests"][0]["value"] == 60
    assert unknown["G7"]["reason"]["code"] == "missing:school.kind"
    assert verdict["items"]["G7"]["reason"]["code"] == "schools_undecided:1/1"
    assert "cohort.entrants_3y_ago" in verdict["items"]["Q1"]["reason"]["code"]


def _filled(tables: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """The tables that have rows: a file without any has no headings either."""
    return {name: rows for name, rows in tables.items() if rows}
