"""The rules of a frozen problem of funds or aid, held against the library's files."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text
from junheng.standards import resolve, school_year_start

Json = Mapping[str, Any]
LIBRARY = Path(__file__).parent.parent / "funding" / "library"  # data, not code
_ALIKE = ("id", "role", "values")


def rule_differences(problem: Json) -> Iterator[Text]:
    """Rules that are not as the library has them, or not the youngest in force on their day in their tier."""
    library, overlays = _entries(LIBRARY), _entries(LIBRARY / "overlays")
    for day, tier, rules in _sets(problem):
        for slot, rule in rules.items():
            known = overlays if rule["overlay"] else library
            own = [entry for entry in known if entry["id"] == rule["id"]]
            if rule["overlay"] and not own:
                continue  # a file of the user's: named, not compared
            if not any(all(entry[key] == rule[key] for key in _ALIKE) for entry in own):
                yield Text(f"规则 {rule['id']} 与规则库不同", f"rule {rule['id']} differs from the library")
            elif not rule["overlay"] and _youngest(library, slot, day, tier) != rule["id"]:
                yield Text(f"{day} 不应使用规则 {rule['id']}", f"{rule['id']} is not the rule of {day}")


def training_differences(problem: Json) -> Iterator[Text]:
    """The limit of training money against the standard's own."""
    for code, county in problem.get("counties", {}).items():
        standard = resolve("quality-2017", on=school_year_start(problem["year"]), region=code)
        item = next(item for item in standard.items if item.id == county["training"]["id"])
        if Fraction(str(item.limits["rate"].value)) != Fraction(county["training"]["rate"]):
            yield Text("培训经费的下限与标准不同", "the limit of training money is not the standard's")


def from_elsewhere(problem: Json) -> set[str]:
    """Ids of rules that no file of the library has."""
    known = {entry["id"] for entry in (*_entries(LIBRARY), *_entries(LIBRARY / "overlays"))}
    return {rule["id"] for _, _, rules in _sets(problem) for rule in rules.values()} - known


def _sets(problem: Json) -> Iterator[tuple[str, str | None, Json]]:
    """Each set of rules with its day and tier; aid has no tiers."""
    for county in problem.get("counties", {}).values():
        yield county["on"], county["tier"], county["rules"]
        yield county["on"], county["tier"], county["national"]
    if "days" in problem:
        yield problem["on"], None, problem["rules"]
        for day, rules in problem["days"].items():
            yield day, None, rules


def _entries(folder: Path) -> list[Json]:
    files = sorted(folder.glob("*.yaml"))
    return [
        entry
        for file in files
        for entry in yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)["rules"]
    ]


def _youngest(library: list[Json], slot: str, day: str, tier: str | None) -> str | None:
    """The id of the entry that holds: days as ISO 8601 texts compare as days."""
    held = [
        entry
        for entry in library
        if slot in (entry["role"], entry["id"])
        and (entry["role"] != "year_test" or entry["id"] == slot)
        and entry["in_force_from"] <= day <= entry.get("in_force_to", day)
        and ("tiers" not in entry or tier is None or tier in entry["tiers"])
    ]
    return max(held, key=lambda entry: str(entry["in_force_from"]), default={"id": None})["id"]
