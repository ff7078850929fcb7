"""Small staffing problems by hand: the shipped parameters, and schools of a few figures."""

from pathlib import Path
from typing import Any

from junheng.planning.frozen import FORMAT
from junheng.planning.staff.reading.parameters import read_parameters

Json = dict[str, Any]
POSTS = {"off_post": 0, "outside": 0, "borrowed": 0, "on_post": 0, "non_teaching": 0}


def rules(**overrides: Any) -> Json:
    """The shipped parameters, with texts as a YAML file would give them laid over."""
    return read_parameters({"overrides": overrides}, Path(), "made")


def stage(name: str, pupils: int | None = None, classes: int | None = None, **more: Any) -> Json:
    """A stage; what is None stays absent."""
    counts = {"pupils": pupils, "classes": classes}
    return {"stage": name, **{key: value for key, value in counts.items() if value is not None}, **more}


def school(key: str, *stages: Json, in_quota: int | None = None, **more: Any) -> Json:
    """A school of the city with its posts filled, when given."""
    found: Json = {
        "id": key,
        "name": key,
        "kind": "primary",
        "weak": 0,
        "place": "city",
        "stages": list(stages),
    }
    if in_quota is not None:
        found["posts"] = {**POSTS, "in_quota": in_quota, "on_post": in_quota}
    return {**found, **more}


def problem(*schools: Json, given: Json | None = None, **more: Any) -> Json:
    """A frozen problem of ``schools``."""
    found: Json = {
        "format": FORMAT, "kind": "staff", "name": {"zh": "样", "en": "made"},
        "county": {"code": "999901", "name": "XX"}, "base_year": 2024, "years": [2025, 2026],
        "rules": given or rules(), "schools": list(schools), "left_out": [], "pay": {}, "sums": [],
    }  # fmt: skip
    return {**found, **more}


def one_subject(**more: Any) -> Json:
    """Rules with one period of one subject in grade 1 and a load of one: posts are classes."""
    found = rules(**more)
    found["periods"] = {"chinese": {"1": 1}, "morality": {"2": 1}}
    found["loads"] = {"primary": {"chinese": 1, "morality": 1}, "junior": {"chinese": 1}}
    return found
