"""Every leaf of a finding is covered: change any one of them, and the re-computation says so.

Sentences for people are the one exception: their codes are re-computed, their wording is guarded by the
fingerprint alone.
"""

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from junheng.data import read_input
from junheng.standards import resolve
from junheng.verification.differences import Tally, first_difference
from junheng.verification.recomputation import Recomputation

COUNTY = "999901"
WORDING = {"zh", "en"}


@pytest.fixture(scope="module")
def mind(varied_input: Path) -> Recomputation:
    standard = resolve("quality-2017", on=date(2024, 9, 1))
    return Recomputation(read_input(varied_input), standard)


def _leaves(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(found, dict | list) and found:
        for key in found if isinstance(found, dict) else range(len(found)):
            yield from _leaves(found[key], (*path, key))
    else:
        yield path


def _is_wording(path: tuple[Any, ...]) -> bool:
    """A sentence of a reason (units and names are data, and are covered)."""
    return path[-1] in WORDING and "shortfall_unit" not in path and "name" not in path


def _changed(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value * 1.0001 + 1e-6 if isinstance(value, float) else value + 1
        case str():
            return value + "x"
        case None:
            return 0
        case list():
            return ["x"]
    return {"x": 1}


def _with(found: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of ``found`` in which only what lies on ``path`` is new."""
    if not path:
        return value
    fresh = copy.copy(found)
    fresh[path[0]] = _with(found[path[0]], path[1:], value)
    return fresh


def _at(found: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        found = found[key]
    return found


def _unnoticed(told: Any, found: Any) -> list[str]:
    assert first_difference(told, found, "", Tally()) is None
    return [
        f"{path}: {_at(found, path)!r}"
        for path in _leaves(found)
        if not _is_wording(path)
        and first_difference(told, _with(found, path, _changed(_at(found, path))), "", Tally()) is None
    ]


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def test_every_leaf_of_the_verdict(varied_finding: Path, mind: Recomputation) -> None:
    found = _json(varied_finding, "verdict.json")
    # Six school-stages show every state; all of them would take minutes.
    told = mind.verdict(2024, COUNTY)
    schools = told["schools"]
    assert isinstance(schools, list)
    assert len(schools) == len(found["schools"])
    told = {**told, "schools": schools[:6]}
    found["schools"] = found["schools"][:6]
    assert {i["verdict"] for s in found["schools"] for i in s["indicators"].values()} == {
        "met",
        "not_met",
        "cannot_tell",
    }
    # Items have leaves enough for a test of their own: test_items_tampering.py.
    assert _unnoticed(_without_items(told), _without_items(found)) == []


def _without_items(verdict: Any) -> Any:
    rows = {part: [{**row, "items": {}} for row in verdict[part]] for part in ("schools", "skipped")}
    return {**verdict, **rows, "items": {}}


def test_every_cell_of_the_values(varied_finding: Path, mind: Recomputation) -> None:
    found = pq.read_table(varied_finding / "values.parquet").to_pylist()
    assert {row["state"] for row in found} == {"ok", "missing", "no_pupils", "not_counted"}
    assert _unnoticed(mind.values(2024, COUNTY), found) == []


def test_every_leaf_of_the_trends(varied_finding: Path, mind: Recomputation) -> None:
    found = _json(varied_finding, "trends.json")
    assert [entry["year"] for entry in found["years"]] == [2023, 2024]
    assert _unnoticed(mind.trends(COUNTY), found) == []


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("stages", "primary", "indicators"), "R7"),
        (("schools", 0), "verdict"),
        (("schools", 0, "indicators", "R1"), "shortfall"),
        (("county",), "parts"),
        ((), "rounding"),
    ],
)
def test_a_key_left_out_or_put_in(
    varied_finding: Path, mind: Recomputation, path: tuple[Any, ...], key: str
) -> None:
    found, told = _json(varied_finding, "verdict.json"), mind.verdict(2024, COUNTY)
    place = _at(found, path)
    taken = place.pop(key)
    assert first_difference(told, found, "", Tally()) is not None
    place[key] = taken
    place["weight"] = 1
    assert first_difference(told, found, "", Tally()) is not None


@pytest.mark.parametrize("part", ["schools", "skipped"])
def test_a_row_left_out_doubled_or_moved(varied_finding: Path, mind: Recomputation, part: str) -> None:
    found, told = _json(varied_finding, "verdict.json"), mind.verdict(2024, COUNTY)
    rows = found[part]
    for other in (rows[:-1], rows[1:], [*rows, rows[-1]], rows[::-1]):
        assert first_difference(told, {**found, part: other}, "", Tally()) is not None


def test_every_sentence_must_be_there(varied_finding: Path, mind: Recomputation) -> None:
    found, told = _json(varied_finding, "verdict.json"), mind.verdict(2024, COUNTY)
    path = next(path for path in _leaves(found) if _is_wording(path) and path[:2] != ("county", "reasons"))
    assert first_difference(told, _with(found, path, " "), "", Tally()) is not None
