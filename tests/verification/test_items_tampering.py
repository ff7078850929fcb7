"""Every leaf that tells of an item is covered: change any one of them, and the re-computation says so."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.verification.items_county import COUNTY, small_county

from junheng.data import read_input
from junheng.standards import resolve
from junheng.verification.differences import Tally, first_difference
from junheng.verification.recomputation import Recomputation

Path_ = tuple[Any, ...]
SCHOOLS = ("2199000006", "2199000062", "2199000058", "3499000001", "3199000009", "5199000001")


@pytest.fixture(scope="module")
def pairs(
    build: SimpleNamespace, finding_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Any, Any]]:
    """By both standards: what verdict.json should say, and what it says."""
    folder = tmp_path_factory.mktemp("items")
    given = build.write_csv(folder / "input", **_county())
    out = finding_of(given, folder / "out", ["quality-2017", "basic-2012"])
    snapshot = read_input(given)
    found = []
    for standard in ("quality-2017", "basic-2012"):
        mind = Recomputation(snapshot, resolve(standard, on=date(2024, 9, 1)))
        verdict = next(path for path in out.rglob("verdict.json") if standard in path.parts)
        found.append((mind.verdict(2024, COUNTY), json.loads(verdict.read_text("utf-8"))))
    return found


def _county() -> dict[str, list[dict[str, object]]]:
    """A county with a blank cell, an expired and an undated attestation, and one that schools contradict."""
    tables = small_county(SCHOOLS)
    tables["finance"][0]["training_spending_yuan"] = None
    rows = {row["item"]: row for row in tables["attestation"]}
    rows["Q5"]["dated_on"] = None
    rows["BG1"]["rating"] = "不符合"
    rows["G1"] |= {"scope": "school", "scope_id": SCHOOLS[0], "expires_on": None}
    return tables


def test_the_minds_agree_and_every_verdict_is_there(pairs: list[tuple[Any, Any]]) -> None:
    for told, found in pairs:
        assert first_difference(told, found, "", Tally()) is None
    items = [item for _, found in pairs for item in found["items"].values()]
    assert {item["verdict"] for item in items} == {"met", "not_met", "cannot_tell"}
    assert {one["state"] for item in items for one in item["attestations"]} == {"used", "expired", "undated"}


@pytest.mark.parametrize("place", ["items", "county", "schools", "skipped"])
def test_every_leaf(pairs: list[tuple[Any, Any]], place: str) -> None:
    missed = []
    for told, found in pairs:
        for mine, theirs in _parts(told[place], found[place]):
            for path in _leaves(theirs):
                changed = _with(theirs, path, _changed(_at(theirs, path)))
                if first_difference(mine, changed, "", Tally()) is None:
                    missed.append((place, path))
    assert missed == []


def _parts(told: Any, found: Any) -> Iterator[tuple[Any, Any]]:
    """Piece by piece, so that each comparison is short: an item, a school's items, the county."""
    if isinstance(told, list):
        yield from ((mine["items"], theirs["items"]) for mine, theirs in zip(told, found, strict=True))
    elif "code" in told:
        yield told, found
    else:
        assert list(told) == list(found)
        yield from ((told[key], found[key]) for key in told)


def test_an_item_or_a_test_left_out_or_put_in(pairs: list[tuple[Any, Any]]) -> None:
    told, found = pairs[0]
    for change in (
        lambda items: items.pop("G3"),
        lambda items: items["G3"]["tests"].pop(),
        lambda items: items["G3"]["relaxed"].update({"G3c": 1}),
        lambda items: items["G1"]["attestations"].append(items["G2"]["attestations"][0]),
        lambda items: items.update({"G16": items["G2"]}),
    ):
        items = copy.deepcopy(found["items"])
        change(items)
        assert first_difference(told, {**found, "items": items}, "", Tally()) is not None


def _leaves(found: Any, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(found, dict | list) and found:
        for key in found if isinstance(found, dict) else range(len(found)):
            yield from _leaves(found[key], (*path, key))
    elif not (path and path[-1] in {"zh", "en"} and _is_sentence(path)):
        yield path


def _is_sentence(path: Path_) -> bool:
    """The words of a reason, guarded by the fingerprint; units and names are data."""
    return "shortfall_unit" not in path and "name" not in path


def _at(found: Any, path: Path_) -> Any:
    for key in path:
        found = found[key]
    return found


def _with(found: Any, path: Path_, value: Any) -> Any:
    if not path:
        return value
    fresh = copy.copy(found)
    fresh[path[0]] = _with(found[path[0]], path[1:], value)
    return fresh


def _changed(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value * 1.0001 + 1e-3
        case str():
            return value + "x"
        case None:
            return 0
    return ["x"] if isinstance(value, list) else {"x": 1}
