"""Small siting problems: what is not said is plain."""

from typing import Any

from junheng.planning.frozen import FORMAT

Json = dict[str, Any]


def site(name: str, **given: Any) -> Json:
    """An existing school of one class, or (``existing=0``) a candidate; prices in yuan, 0 unless given."""
    years = given.pop("years", 2)
    plain: Json = {
        "id": name, "name": f"{name}校", "existing": 1, "classes": 1, "step": 1, "least": 0, "most": 0, "may_close": 0,
        "from": 2026, "fixed_yuan": 0, "step_yuan": 0, "close_yuan": 0, "yearly_yuan": 0, "class_yearly_yuan": 0,
        "pupils_least": 0, "pupils_most": 2000,
    }  # fmt: skip
    row = plain | ({"classes": 0, "least": 1, "most": 4} if given.get("existing") == 0 else {}) | given
    return row | {"classes": [row["classes"]] * years if isinstance(row["classes"], int) else row["classes"]}


def block(name: str, pupils: Any, ways: dict[str, int]) -> Json:
    """A block; ``pupils`` by year in the middle scenario, or by scenario."""
    return {
        "id": name,
        "name": f"{name}片",
        "pupils": pupils if isinstance(pupils, dict) else {"mid": list(pupils)},
        "ways": ways,
    }


def problem(blocks: list[Json], sites: list[Json], **given: Any) -> Json:
    """A frozen problem of two years, 10 seats a class, 1,000 yuan a seat lacking, a yuan a metre of way."""
    plain: Json = {
        "format": FORMAT, "kind": "site", "model": "schools", "name": "小题", "county": {"code": "", "name": "某县"},
        "stage": "primary", "years": [2026, 2027], "class_pupils": 10, "unmet": "priced", "unmet_yuan": 1000,
        "unit": "metre", "reach": 1000, "way_yuan": 1, "basis": {"zh": "手写", "en": "by hand"}, "scenarios": ["mid"],
        "lead": "mid", "blocks": sorted(blocks, key=lambda row: str(row["id"])), "sites": sorted(sites, key=lambda row: str(row["id"])),
        "empty": [], "cannot_tell": [], "defaults": [], "inputs": [],
    }  # fmt: skip
    return plain | given


def plan(outcome: Json, scenario: str = "mid") -> Json:
    """The plan of a scenario."""
    return next(row for row in outcome["plans"] if row["scenario"] == scenario)


def told(outcome: Json, name: str, scenario: str = "mid") -> Json:
    """What a site does in a plan."""
    return next(row for row in plan(outcome, scenario)["sites"] if row["site"] == name)
