"""One county's work for basic balance put to both judges: as evidence of a finding, and as a book of scores."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from tests.judgement.scoring.books import write

from junheng.indicators import evaluate, load_catalogue
from junheng.judgement import judge, measures_of, parameters_of
from junheng.judgement.scoring import outcome_json, read_scores, score
from junheng.standards import resolve
from junheng.standards.scoring import index_system

COUNTY, DAY = "150102", date(2024, 9, 1)
ITEMS = [f"BG{number}" for number in range(1, 18)]
WEIGHTS = {name: 8 if name in ("BG1", "BG9") else 6 if name != "BG17" else 0 for name in ITEMS}
OVERLAY = f"""overlay: {{id: province-weights, name: {{zh: 某省分值, en: Points of a province}}, standard: basic-2012, region: "15"}}
documents: {{某省细则（虚构）: {{title: 虚构样例}}}}
patches:
  - path: items.BG.limits.weights
    add: true
    versions:
      - in_force_from: 2013-01-01
        source: {{document: 某省细则（虚构）, article: 附件, certainty: local}}
        value: {{name: {{zh: 分值, en: Points}}, value: {WEIGHTS}, comparison: 为}}
""".replace("'", "")


def found_by_items(met: Mapping[str, bool], overlays: list[Path]) -> Any:
    """verdict.json of a county whose evidence says of each item whether it is met; of the others nothing."""
    standard = resolve("basic-2012", on=DAY, region=COUNTY, overlays=overlays)
    school = {"year": 2024, "school_id": "甲", "county_code": COUNTY, "kind": "primary", "is_counted": True}
    rows = [
        {"year": 2024, "scope": "county", "scope_id": COUNTY, "item": name, "dated_on": DAY,
         "rating": "符合" if is_met else "不符合"}
        for name, is_met in met.items()
    ]  # fmt: skip
    tables = {
        "school": pa.Table.from_pylist([school | {"run_by": "county", "ownership": "public"}]),
        "stage": pa.Table.from_pylist([{"year": 2024, "school_id": "甲", "stage": "primary", "pupils": 500}]),
        "attestation": pa.Table.from_pylist(rows),
    }
    evaluation = evaluate(tables, measures_of(standard, load_catalogue()), parameters_of(standard))
    return judge(evaluation, standard, year=2024)[0].as_json()


def found_by_scores(
    met: Mapping[str, bool], overlays: list[Path], folder: Path, *, full: str = "优秀"
) -> Any:
    """scores.json of the same: full marks for what is met, none for what is not, nothing for the others."""
    rows = [
        (COUNTY, "省级评价", "督学", name, full if is_met else "", "" if is_met else 0, "2024-06-30")
        for name, is_met in met.items()
    ]
    system = index_system("basic-2012-government", on=DAY, region=COUNTY, overlays=overlays)
    read = read_scores(write(folder, scores=rows), system, DAY)
    return outcome_json(read, score(read.problem), "0", [], COUNTY)


def given(met: int, unknown: int = 0) -> dict[str, bool]:
    return {name: place < met for place, name in enumerate(ITEMS[: len(ITEMS) - unknown])}
