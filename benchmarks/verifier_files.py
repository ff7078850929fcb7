"""The published files of a large made-up admission draw, for the race of the verifiers."""

from pathlib import Path
from typing import Any

from benchmarks.admission_market import make_market
from junheng.admissions import run_draw
from junheng.draws import beacon_bytes, canonical_bytes, commitment, make_seed, merkle_root, spec_digest

Json = dict[str, Any]
_REVEAL = bytes(32)
_BALLS = {"count": 6, "low": 1, "high": 49, "ordered": 0, "distinct": 1}
_OBSERVED = [{"kind": "balls", "id": "hall", "text": "9.18.26.34.41.45./"}]


def market_rows(pupils: int, choices: int) -> tuple[Json, list[Json]]:
    """Problem and rows of the city in ``benchmarks.admission_market``, as a spec and a roll hold them."""
    market = make_market(pupils, choices)
    schools = [{"id": one.id, "plan": one.plan} for one in market.problem.schools]
    wishes, classes = market.school.reshape(pupils, choices), market.klass.reshape(pupils, choices)
    rows = [
        {
            "pid": pid,
            "unit": pid,
            "choices": [schools[school]["id"] for school in wishes[i].tolist()],
            "classes": classes[i].tolist(),
            "flags": {},
        }
        for i, pid in enumerate(market.pids)
    ]
    return _problem(schools, choices), rows


def _problem(schools: list[Json], choices: int) -> Json:
    return {
        "key": ["band", "class", "ticket"],
        "band_width": choices,
        "tickets": "single",
        "order": "ascending",
        "ranking": {"method": "hmac"},
        "units": "overflow",
        "digits": 10,
        "classes": [{"code": code, "name": str(code)} for code in range(4)],
        "schools": [
            {
                **school,
                "name": school["id"],
                "ownership": "public",
                "pools": [{"id": "all", "seats": school["plan"], "classes": [], "unfilled": "next"}],
            }
            for school in schools
        ],
        "stages": [{"id": "main", "schools": [school["id"] for school in schools]}],
        "leftovers": "none",
    }


def write_files(folder: Path, problem: Json, rows: list[Json]) -> tuple[Json, bytes]:
    """transcript.json, rows.jsonl and results.jsonl of the draw; returns its spec and seed."""
    lines = [canonical_bytes(row) for row in rows]
    spec = _spec(problem, rows, merkle_root("sha256", lines).hex())
    seed = make_seed("sha256", spec_digest(spec), [_REVEAL], beacon_bytes(_OBSERVED))
    outcome = run_draw(spec, rows, seed)
    leaves = [canonical_bytes(leaf) for leaf in outcome.leaves]
    result = {"root": merkle_root("sha256", leaves).hex(), "rows": len(leaves), **outcome.public}
    transcript = {
        "format": "junheng/draw-transcript/1",
        "spec": spec,
        "spec_digest": spec_digest(spec).hex(),
        "reveals": [{"role": "notary", "value": _REVEAL.hex()}],
        "beacons": _OBSERVED,
        "seed": seed.hex(),
        "result": result,
        "signatures": [],
    }
    (folder / "transcript.json").write_bytes(canonical_bytes(transcript))
    (folder / "rows.jsonl").write_bytes(b"\n".join([*lines, b""]))
    (folder / "results.jsonl").write_bytes(b"\n".join([*leaves, b""]))
    return spec, seed


def _spec(problem: Json, rows: list[Json], root: str) -> Json:
    schools: dict[str, int] = {}
    classes: dict[str, int] = {}
    for row in rows:
        for school, code in zip(row["choices"], row["classes"], strict=True):
            schools[school] = schools.get(school, 0) + 1
            classes[str(code)] = classes.get(str(code), 0) + 1
    draw_id = "BENCH"
    party = {
        "role": "notary",
        "name": "notary",
        "commitment": commitment("sha256", draw_id, "notary", _REVEAL),
    }
    return {
        "format": "junheng/draw-spec/1",
        "draw_id": draw_id,
        "purpose": "official",
        "kind": "admission",
        "title": "made-up city",
        "hash": "sha256",
        "rules": {"id": "none", "text_hash": "00" * 32},
        "roll": {
            "root": root,
            "rows": len(rows),
            "units": len(rows),
            "per_school": schools,
            "per_class": classes,
        },
        "problem": problem,
        "programs": {},
        "parties": [party],
        "beacons": [{"kind": "balls", "id": "hall", "name": "balls", "parts": [_BALLS]}],
        "schedule": {"reveals_by": "2027-07-01T09:00:00", "beacon_from": "2027-07-01T09:30:00"},
        "latest_beacon_seen": {},
    }
