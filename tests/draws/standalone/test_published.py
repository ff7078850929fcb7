"""What a ceremony publishes and hands out, from the folder on disk: every file passes in both verifiers."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.draws.ceremony.playing import (
    LATE,
    PROGRAMS,
    RULES,
    child,
    do_commits,
    do_declare,
    do_freeze,
    do_observe,
    do_reveals,
    do_seed,
)
from tests.draws.standalone.verifiers import Case, by_javascript, by_python, failed, states

from junheng.admissions import run_draw
from junheng.draws import fix_seed, freeze, program_digests, publish, run, slips, supplement

PROBLEM: dict[str, Any] = {
    "key": ["band", "class", "ticket"],
    "band_width": 1,
    "tickets": "single",
    "order": "ascending",
    "ranking": {"method": "hmac"},
    "units": "overflow",
    "digits": 9,
    "classes": [{"code": 0, "name": "片内"}],
    "schools": [
        {
            "id": name,
            "name": f"{name} 校",
            "ownership": "public",
            "plan": plan,
            "pools": [{"id": "all", "seats": plan, "classes": [], "unfilled": "next"}],
        }
        for name, plan in (("A", 8), ("B", 6))
    ],
    "stages": [{"id": "main", "schools": ["A", "B"]}],
    "leftovers": "by_lot",
}


def _ceremony(folder: Path, purpose: str, hash_name: str) -> Path:
    """The ceremony up to the result, decided by the engine; returns the folder of what was published."""
    do_freeze(folder, purpose=purpose, hash_name=hash_name)
    do_commits(folder, hash_name=hash_name)
    do_declare(folder, problem=PROBLEM, programs=program_digests())
    do_reveals(folder)
    do_observe(folder)
    do_seed(folder)
    run(folder, run_draw, now=LATE)
    out = folder.with_name(f"{folder.name}-published")
    publish(folder, out, purpose=purpose, with_rows=True, with_results=True, now=LATE)
    return out


def _published(out: Path) -> Case:
    names = {"transcript": "transcript.json", "rows": "rows.jsonl", "results": "results.jsonl"}
    prefix = "" if (out / "transcript.json").exists() else "rehearsal-"
    return {part: (out / (prefix + name)).read_bytes() for part, name in names.items()}


@pytest.mark.parametrize(("purpose", "hash_name"), [("official", "sha256"), ("rehearsal", "sm3")])
def test_every_slip_and_all_rows(purpose: str, hash_name: str, tmp_path: Path) -> None:
    folder = tmp_path / "draw"
    whole = _published(_ceremony(folder, purpose, hash_name))
    given = [json.dumps(slip, ensure_ascii=False) for slip in slips(folder)]
    cases = [whole, *({"transcript": whole["transcript"], "slip": slip} for slip in given)]
    told = [by_python(case) for case in cases]
    assert [failed(checks) for checks in told] == [[]] * 31
    assert told == by_javascript(cases, tmp_path)
    assert states(told[0])["Full re-run: results"] == "passed"
    assert {states(checks)["Result by the cut-offs"] for checks in told[1:]} == {"passed"}


def test_a_slip_of_another_child_does_not_pass_as_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "draw"
    whole = _published(_ceremony(folder, "official", "sha256"))
    one, other = list(slips(folder))[:2]
    mixed = json.dumps({**other, "identity": one["identity"], "salt": one["salt"]}, ensure_ascii=False)
    case: Case = {"transcript": whole["transcript"], "slip": mixed}
    assert failed(by_python(case)) == ["Personal number"] == failed(by_javascript([case], tmp_path)[0])


def test_a_supplementary_draw(tmp_path: Path) -> None:
    first, late = tmp_path / "draw", tmp_path / "late"
    _ceremony(first, "official", "sha256")
    entrants = [child(100 + i) for i in range(5)]
    freeze(
        late, draw_id="D1-2", title="补充派位", purpose="official", kind="admission", hash_name="sha256",
        entrants=entrants, now=LATE,
    )  # fmt: skip
    supplement(first, late, PROBLEM, RULES, PROGRAMS, now=LATE)
    fix_seed(late, now=LATE)
    run(late, run_draw, now=LATE)
    out = tmp_path / "late-published"
    publish(late, out, purpose="official", with_rows=True, with_results=True, now=LATE)
    case = _published(out)
    record = json.loads(case["transcript"])
    record["spec"]["supplement_of"]["k"] += 1
    cases = [case, {"transcript": json.dumps(record)}]
    told = [by_python(one) for one in cases]
    assert failed(told[0]) == []
    assert states(told[0])["Origin of the supplement"] == "not_checked"
    assert failed(told[1]) == ["Digest of the announcement", "Seed"]
    assert told == by_javascript(cases, tmp_path)
