"""Small schools and rules for the tests of funding, in the form of frozen problems."""

from datetime import date
from typing import Any

from junheng.funding import rules_for

Json = dict[str, Any]


def stage(name: str = "primary", pupils: int | None = 200, **counts: int | None) -> Json:
    """A stage that reports everything; ``counts`` say what differs."""
    told = {"boarders": 0, "bilingual": 0, "inclusive": 0, "home_taught": 0, "at": f"book [学段] {name}"}
    return {"stage": name, "pupils": pupils, **told, **counts}


def school(*stages: Json, **facts: Any) -> Json:
    """A public rural school."""
    told = {"school_id": "2115000001", "name": "甲校", "county_code": "150999", "kind": "primary"}
    more = {
        "ownership": "public",
        "rural": True,
        "heated_area_m2": None,
        "heated_at": "",
        "at": "book [学校]",
    }
    return {**told, **more, "stages": list(stages), **facts}


def rules(region: str = "150999", year: int = 2024, overlays: tuple[Any, ...] = ()) -> Json:
    """The rules of 1 January of ``year``, as frozen."""
    return rules_for(region, date(year, 1, 1), overlays).as_json()
