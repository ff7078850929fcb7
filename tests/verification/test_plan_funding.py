"""The second mind agrees with the operating funds of a plan, and finds whatever is changed in them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.planning.entitled.made import plan_folder

from junheng.verification import verify_plan_funding

Json = Any


def test_what_the_plan_says_agrees(tmp_path: Path) -> None:
    assert verify_plan_funding(plan_folder(tmp_path)) == ()


def test_a_plan_without_funds_has_nothing_to_differ(tmp_path: Path) -> None:
    assert verify_plan_funding(tmp_path) == ()


def _fill(found: Json, column: str) -> Json:
    return next(row for row in found["filled"] if row["column"] == column)


def _stage(found: Json, side: str) -> Json:
    return found["schools"][0][side]["stages"][0]


TAMPERED: dict[str, Callable[[Json], object]] = {
    "a rate": lambda found: found["rules"]["150999"]["rules"]["base"]["values"].update(primary="700"),
    "a rule left out": lambda found: found["rules"]["150999"]["rules"].pop("small_school"),
    "the day": lambda found: found["rules"]["150999"].update(on="2024-01-01"),
    "a count of today": lambda found: _stage(found, "before").update(pupils=71),
    "a count afterwards": lambda found: _stage(found, "after").update(boarders=0),
    "a group filled in": lambda found: _fill(found, "boarders").update(value=5),
    "a group of the base": lambda found: _fill(found, "inclusive_pupils").update(how="as_base"),
    "who moves": lambda found: found["moved"][0].update(pupils=39),
    "who boards": lambda found: found["moved"][0].update(boards=None),
    "an addend": lambda found: found["schools"][0]["due_before"]["addends"][0].update(yuan="1"),
    "a total": lambda found: found["schools"][0]["due_after"].update(total_yuan="1"),
    "untold": lambda found: found["schools"][0]["due_after"].update(total_yuan=None),
    "a change": lambda found: found["schools"][1].update(change_yuan=0),
    "unchanged": lambda found: found["schools"][0].update(unchanged=True),
    "a closed school's due": lambda found: found["schools"][1].update(due_after={"total_yuan": "0"}),
    "a school left out": lambda found: found["schools"].pop(),
    "a sum": lambda found: found["sums"].update(change_yuan=0),
    "a part of the sum": lambda found: found["sums"]["before"]["slots"].update(base=1),
    "a count of the sum": lambda found: found["sums"].update(told=3),
    "a part absent": lambda found: found.pop("sums"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_change_is_found(tmp_path: Path, what: str) -> None:
    folder = plan_folder(tmp_path)
    path = folder / "funding.json"
    found = json.loads(path.read_text("utf-8"))
    TAMPERED[what](found)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    assert verify_plan_funding(folder)
