"""Every part of a record, a slip and the rows is changed, one at a time: both verifiers notice, by the same checks."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.random_markets import random_market
from tests.class_formation.random_intakes import random_intake
from tests.draws.standalone.verifiers import UNUSABLE, Case, by_javascript, by_python, failed
from tests.draws.standalone.whole_draws import Drawn, whole_draw

from junheng.admissions import run_draw as admit
from junheng.basics import UserError
from junheng.class_formation import run_draw as form

Json = Any
Change = Callable[[dict[str, Json]], None]  # of {"transcript", "slip", "rows", "results"} as objects


@cache
def _admission() -> Drawn:
    """A draw with units, several pools, two stages, leftovers: some number of the generator has all of it."""
    for number in range(10_000):
        problem, rows = random_market(number, units="overflow", ranking={"method": "hmac"}, units_at_most=25)
        if problem["leftovers"] == "none" or len(rows) < 15 or len(problem["stages"]) < 2:
            continue
        drawn = whole_draw("admission", problem, rows, admit, seed=number)
        reasons = {leaf["reason"] for leaf in drawn.leaves}
        pools = [pool for school in drawn.transcript["result"]["schools"] for pool in school["pools"]]
        if {"choice", "leftover"} <= reasons and any(isinstance(pool["cutoff"], dict) for pool in pools):
            return drawn
    raise AssertionError("no such market")


@cache
def _classes() -> Drawn:
    for number in range(10_000):
        problem, rows = random_intake(number)
        teams = any(len(group["teams"]) > 1 for group in problem["groups"])
        if problem["method"] == "swaps" and teams and len(rows) > 20 and problem["sweeps"] == 20:
            try:
                return whole_draw("classes", problem, rows, form, seed=number)
            except UserError:  # some intakes have no layout
                continue
    raise AssertionError("no such intake")


def _objects(drawn: Drawn) -> dict[str, Json]:
    seated = next(i for i, leaf in enumerate(drawn.leaves) if leaf.get("reason", "choice") == "choice")
    found = {
        "transcript": drawn.transcript,
        "slip": drawn.slip(seated),
        "rows": drawn.rows,
        "results": drawn.leaves,
    }
    copy: dict[str, Json] = json.loads(json.dumps(found))
    return copy


def _case(parts: dict[str, Json]) -> Case:
    def text(value: Json) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    return {
        name: "".join(text(row) + "\n" for row in part) if isinstance(part, list) else text(part)
        for name, part in parts.items()
    }


def _set(path: str, value: Json) -> Change:
    """Write ``value`` at a path such as transcript.result.schools.0.taken; a function changes what stands there."""

    def change(parts: dict[str, Json]) -> None:
        *steps, last = path.split(".")
        place: Json = parts
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        key: Json = int(last) if isinstance(place, list) else last
        place[key] = value(place[key]) if callable(value) else value

    return change


def _more(number: int) -> int:
    return number + 1


def _other_hex(text: str) -> str:
    return ("1" if text[0] == "0" else "0") + text[1:]


def _full_pool(parts: dict[str, Json]) -> dict[str, Json]:
    pools = [pool for school in parts["transcript"]["result"]["schools"] for pool in school["pools"]]
    return next(pool for pool in pools if isinstance(pool["cutoff"], dict))


def _open_cutoff(parts: dict[str, Json]) -> None:
    _full_pool(parts)["cutoff"] = "open"


def _better_cutoff(parts: dict[str, Json]) -> None:
    """As if a child with the best ticket of all had been the last to be admitted: still a possible cut-off."""
    _full_pool(parts)["cutoff"]["ticket"] = "00" * 32


def _seat_moved(parts: dict[str, Json]) -> None:
    """One seat of one school shown at another: sums still add up inside each school."""
    schools = parts["transcript"]["result"]["schools"]
    taken = [s for s in schools if s["pools"][0]["taken"]]
    taken[0]["pools"][0]["taken"] -= 1
    taken[0]["taken"] -= 1
    taken[0]["over_plan"] = max(0, taken[0]["taken"] - taken[0]["plan"])


def _results_swapped(parts: dict[str, Json]) -> None:
    """Two children exchange their seats in the list of results."""
    results = parts["results"]
    keys = ("school", "stage", "choice", "pool", "reason") if "reason" in results[0] else ("class",)
    other = next(i for i, leaf in enumerate(results) if any(leaf[key] != results[0][key] for key in keys))
    for key in keys:
        results[0][key], results[other][key] = results[other][key], results[0][key]


def _row_gone(parts: dict[str, Json]) -> None:
    del parts["rows"][1]


def _rows_exchanged(parts: dict[str, Json]) -> None:
    parts["rows"][0], parts["rows"][1] = parts["rows"][1], parts["rows"][0]


def _nobody(parts: dict[str, Json]) -> None:
    parts["transcript"]["reveals"] = parts["transcript"]["spec"]["parties"] = []


SEED = "transcript.seed"
COMMON: dict[str, tuple[Change, str]] = {
    "format": (_set("transcript.format", "junheng/draw-transcript/2"), "Format and purpose"),
    "a rehearsal relabelled": (_set("transcript.spec.purpose", "rehearsal"), "Digest of the announcement"),
    "title": (_set("transcript.spec.title", "别的"), "Digest of the announcement"),
    "rules": (_set("transcript.spec.rules.id", "别的"), "Digest of the announcement"),
    "programs": (_set("transcript.spec.programs", {"engine": "00" * 32}), "Digest of the announcement"),
    "digest": (_set("transcript.spec_digest", _other_hex), "Digest of the announcement"),
    "ten minutes": (
        _set("transcript.spec.schedule.beacon_from", "2027-07-01T09:09:59+08:00"),
        "Order in time",
    ),
    "no time": (_set("transcript.spec.schedule.reveals_by", "2027-02-30T09:00:00Z"), "Order in time"),
    "commitment": (_set("transcript.spec.parties.0.commitment", _other_hex), "Commitments and reveals"),
    "reveal": (_set("transcript.reveals.1.value", _other_hex), "Commitments and reveals"),
    "reveal missing": (_set("transcript.reveals", lambda old: old[:1]), "Commitments and reveals"),
    "nobody committed": (_nobody, "Commitments and reveals"),
    "beacon": (_set("transcript.beacons.0.text", "1.2.3.4.5.6./"), "Seed"),
    "ball out of range": (_set("transcript.beacons.0.text", "1.2.3.4.5.60./"), "Beacons as announced"),
    "other beacon": (_set("transcript.beacons.0.id", "other"), "Beacons as announced"),
    "beacon missing": (_set("transcript.beacons", []), "Beacons as announced"),
    "seed": (_set(SEED, _other_hex), "Seed"),
    "draw of the slip": (_set("slip.draw_id", "T-2026-01"), "Slip of this draw"),
    "name of the child": (_set("slip.identity.name", "别人"), "Personal number"),
    "salt": (_set("slip.salt", _other_hex), "Personal number"),
    "place in the roll": (_set("slip.index", _more), "Row is in the roll"),
    "path": (_set("slip.roll_path.0", _other_hex), "Row is in the roll"),
    "path to the result": (_set("slip.result_path.0", _other_hex), "Result is published"),
    "row gone": (_row_gone, "Root of the roll"),
    "rows exchanged": (_rows_exchanged, "Rows"),
    "row": (_set("rows.0.flags", {"late": 1}), "Root of the roll"),
    "root of the roll": (_set("transcript.spec.roll.root", _other_hex), "Root of the roll"),
    "number of units": (_set("transcript.spec.roll.units", lambda old: old - 1), "Counts of the roll"),
    "per school": (_set("transcript.spec.roll.per_school", {}), "Counts of the roll"),
    "results swapped": (_results_swapped, "Full re-run: results"),
    "result gone": (_set("results", lambda old: old[:-1]), "Full re-run: results"),
    "result added": (_set("results", lambda old: [*old, old[-1]]), "Full re-run: results"),
    "root of the results": (_set("transcript.result.root", _other_hex), "Root of the results"),
}
ADMISSION: dict[str, tuple[Change, str]] = {
    "plan": (_set("transcript.spec.problem.schools.0.plan", _more), "Rules"),
    "school in no stage": (_set("transcript.spec.problem.stages", lambda old: old[:1]), "Rules"),
    "published plan": (_set("transcript.result.schools.0.plan", _more), "Published counts"),
    "taken": (_set("transcript.result.schools.0.taken", _more), "Published counts"),
    "over plan": (_set("transcript.result.schools.0.over_plan", _more), "Published counts"),
    "capacity": (_set("transcript.result.schools.0.pools.0.capacity", _more), "Published counts"),
    "a seat moved": (_seat_moved, "Full re-run: published figures"),
    "cut-off opened": (_open_cutoff, "Cut-offs"),
    "cut-off bettered": (_better_cutoff, "Full re-run: published figures"),
    "proposals": (_set("transcript.result.proposals", _more), "Full re-run: proposals"),
    "order of tickets": (
        _set(
            "transcript.spec.problem.order", lambda old: "descending" if old == "ascending" else "ascending"
        ),
        "Full re-run: results",
    ),
    "ticket": (_set("slip.ticket", _other_hex), "Ticket"),
    "school of the slip": (_set("slip.result.school", "校9"), "Result by the cut-offs"),
    "choice of the slip": (_set("slip.result.choice", _more), "Result by the cut-offs"),
    "school not announced": (_set("rows.0.choices", ["别校"]), "Rows"),
}
CLASSES: dict[str, tuple[Change, str]] = {
    "sizes": (_set("transcript.result.groups.0.sizes.0", _more), "Sizes of classes"),
    "objective": (_set("transcript.result.groups.0.objective", _more), "Full re-run: published figures"),
    "teams": (_set("transcript.result.groups.0.teams", lambda old: old[::-1]), "Lot of teams"),
    "marks": (_set("rows.0.marks.数学", 0), "Root of the roll"),
    "weight": (
        _set("transcript.spec.problem.covariates.0.weight", lambda old: 5 * old),
        "Digest of the announcement",
    ),
    "class of the slip": (_set("slip.result.class", 99), "Class"),
    "school of the slip": (_set("slip.result.school", "别校"), "Class"),
}
CASES = [("admission", name) for name in COMMON | ADMISSION] + [
    ("classes", name) for name in COMMON | CLASSES
]


def _change(kind: str, name: str) -> tuple[Change, str]:
    return (COMMON | (ADMISSION if kind == "admission" else CLASSES))[name]


def _changed(kind: str, name: str) -> Case:
    parts = _objects(_admission() if kind == "admission" else _classes())
    _change(kind, name)[0](parts)
    return _case(parts)


def test_without_a_change_all_pass(tmp_path: Path) -> None:
    cases = [_case(_objects(_admission())), _case(_objects(_classes()))]
    told = [by_python(case) for case in cases]
    assert [failed(checks) for checks in told] == [[], []]
    assert told == by_javascript(cases, tmp_path)


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_python_notices(kind: str, name: str) -> None:
    assert _change(kind, name)[1] in failed(by_python(_changed(kind, name)))


def test_javascript_notices_the_same(tmp_path: Path) -> None:
    """All changes in one process: every check has the same state and says the same in both programs."""
    cases = [_changed(kind, name) for kind, name in CASES]
    for (kind, name), case, checks in zip(CASES, cases, by_javascript(cases, tmp_path), strict=True):
        assert checks == by_python(case), (kind, name)


def test_every_leaf_of_a_record_is_guarded(tmp_path: Path) -> None:
    """Each text and number of the transcript, one at a time, save what is only told (statistics, log head)."""
    drawn = _admission()
    paths = [path for path in _leaves(drawn.transcript, "transcript") if not _is_told(path)]
    cases = []
    for path in paths:
        parts = _objects(drawn)
        _set(path, lambda old: _more(old) if isinstance(old, int) else _other_text(old))(parts)
        cases.append(_case(parts))
    told = [by_python(case) for case in cases]
    assert [path for path, checks in zip(paths, told, strict=True) if not failed(checks)] == []
    assert told == by_javascript(cases, tmp_path)
    assert sum(checks[0][2] != UNUSABLE for checks in told) > len(paths) / 2


def _leaves(value: Json, path: str) -> list[str]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, f"{path}.{key}")]
    if isinstance(value, list):
        return [leaf for i, inner in enumerate(value) for leaf in _leaves(inner, f"{path}.{i}")]
    return [path]


def _is_told(path: str) -> bool:
    return path.startswith(("transcript.log_head", "transcript.signatures", "transcript.result.statistics"))


def _other_text(text: str) -> str:
    return _other_hex(text) if len(text) == 64 else text + "x"
