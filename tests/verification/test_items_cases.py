"""The worked cases of declared items, put to the second mind too: it must come to what the inspector signed."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from junheng.standards import Standard, resolve
from junheng.verification.recomputation import Recomputation

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "judgement"
COUNTY = "150102"
SCHOOL = {"county_code": COUNTY, "run_by": "county", "ownership": "public", "is_counted": True}
_standard = cache(resolve)


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("items_*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            if case["expect"].get("items") and "limits" not in case:
                found.append(pytest.param(case, id=f"{path.stem}-{case['id']}"))
    return found


def _of(case: Mapping[str, Any]) -> Standard:
    return _standard(case["standard"], on=date(2024, 9, 1), region=case.get("region", ""))


@pytest.mark.parametrize("case", _cases())
def test_the_second_mind_comes_to_what_the_case_says(case: Mapping[str, Any], build: SimpleNamespace) -> None:
    tables = {name: [{**(SCHOOL if name == "school" else {}), **row} for row in rows]
              for name, rows in case["rows"].items()}  # fmt: skip
    found: Any = Recomputation(build.snapshot(**tables), _of(case)).verdict(2024, COUNTY)["items"]
    for key, told in case["expect"]["items"].items():
        if "verdict" in told:
            assert found[key]["verdict"] == told["verdict"], key
        if "reason" in told:
            stated = told["reason"] and told["reason"]["code"]
            assert (found[key]["reason"] and found[key]["reason"]["code"]) == stated, key
        for test, one in zip(told.get("tests", ()), found[key]["tests"], strict=False):
            if "verdict" in test:
                assert one["verdict"] == test["verdict"], (key, one["fact"])
