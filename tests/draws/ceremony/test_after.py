"""After the draw: slips, striking off, supplementary draws, the log's proofs, salts destroyed."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.draws.ceremony.playing import LATE, PROBLEM, PROGRAMS, RULES, child, contents, decide, play

from junheng.basics import UserError
from junheng.draws import (
    Entrant,
    Outcome,
    check_consistency,
    check_inclusion,
    fix_seed,
    forget,
    freeze,
    log_head,
    log_proof,
    publish,
    read_log,
    receipts,
    run,
    slips,
    strike_off,
    supplement,
    supplement_seed,
    ticket,
)
from junheng.draws.canonical import canonical_bytes


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_a_slip_proves_row_ticket_and_result(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "run")
    spec, seed = json.loads((folder / "spec.json").read_bytes()), fix_seed(folder)
    result = json.loads((folder / "result" / "result.json").read_bytes())
    for slip in slips(folder):
        for leaf, path, root in (
            (slip["row"], slip["roll_path"], spec["roll"]["root"]),
            (slip["result"], slip["result_path"], result["root"]),
        ):
            raw = [bytes.fromhex(step) for step in path]
            size = slip["rows"]
            assert check_inclusion(
                "sha256", canonical_bytes(leaf), slip["index"], size, raw, bytes.fromhex(root)
            )
        assert slip["ticket"] == ticket("sha256", seed, slip["row"]["unit"]).hex()


def test_slips_of_other_rankings(tmp_path: Path) -> None:
    from tests.draws.ceremony import playing

    for name, change, expected in (
        ("per_school", {"tickets": "per_school"}, {"ticket", "tickets"}),
        ("ring", {"ranking": {"method": "ring", "start": 1, "step": 2}}, set()),
    ):
        folder = play(tmp_path / name, "commits")
        playing.do_declare(folder, problem={**PROBLEM, **change})
        for step in ("reveals", "observe", "seed", "run"):
            playing.STEPS[step](folder)
        slip = next(slips(folder))
        assert {"ticket", "tickets"} & set(slip) == expected
    drawn = {row["unit"]: "0000000001" for row in _lines(folder / "roll" / "rows.jsonl")}
    assert next(slips(folder, drawn))["ticket"] == "0000000001"


def _seated(folder: Path) -> str:
    results = _lines(folder / "result" / "results.jsonl")
    return next(leaf["pid"] for leaf in results if leaf["school"] and leaf["unit"] == leaf["pid"])


def test_a_struck_child_moves_few_others(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw")
    before = contents(folder)
    pid = _seated(folder)
    correction = strike_off(folder, [pid], "核实已迁出", decide, now=LATE)
    leaves = {leaf["pid"]: leaf for leaf in _lines(folder / "corrections" / "0001.results.jsonl")}
    old = {leaf["pid"]: leaf for leaf in _lines(folder / "result" / "results.jsonl")}
    assert pid not in leaves
    assert correction["result"]["rows"] == 29
    moved = {leaf["pid"] for leaf in leaves.values() if leaf != old[leaf["pid"]]}
    assert {change["pid"] for change in correction["differences"]} == moved
    assert 1 <= len(moved) <= 4
    assert all(change["before"] == old[change["pid"]] for change in correction["differences"])
    assert {name: contents(folder)[name] for name in before if name != "log.jsonl"} == {
        name: content for name, content in before.items() if name != "log.jsonl"
    }


def test_a_second_correction_starts_from_the_first(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw")
    first = strike_off(folder, [_seated(folder)], "一", decide, now=LATE)
    gone = first["struck"][0]
    again = next(
        leaf["pid"] for leaf in _lines(folder / "corrections" / "0001.results.jsonl") if leaf["school"]
    )
    second = strike_off(folder, [again], "二", decide, now=LATE)
    assert second["before_root"] == first["result"]["root"]
    assert second["result"]["rows"] == 28
    for wrong in ([gone], [again], ["0" * 64], [], [_seated(folder), _seated(folder)]):
        with pytest.raises(UserError):
            strike_off(folder, wrong, "三", decide)
    with pytest.raises(UserError):
        strike_off(folder, [next(iter(slips(folder)))["row"]["pid"]], " ", decide)


def test_half_of_a_pair_keeps_its_ticket(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw")
    rows = _lines(folder / "roll" / "rows.jsonl")
    twin = next(row for row in rows if row["unit"] != row["pid"])
    seen: list[str] = []

    def keep(spec: dict[str, Any], left: list[dict[str, Any]], seed: bytes) -> Outcome:
        seen.extend(row["unit"] for row in left)
        return decide(spec, left, seed)

    strike_off(folder, [twin["pid"]], "退出", keep, now=LATE)
    assert seen.count(twin["unit"]) == 1


def test_the_log_proves_that_lines_were_only_added(tmp_path: Path) -> None:
    folder, out = play(tmp_path / "draw"), tmp_path / "out"
    strike_off(folder, [_seated(folder)], "迁出", decide, now=LATE)
    transcript = publish(folder, out, purpose="official")
    log, old = read_log(folder), transcript["log_head"]
    proof = json.loads((out / "log-proof.json").read_bytes())
    assert proof["old"] == old == log_head(log[: old["size"]])
    assert proof["path"] == log_proof(log, old["size"])
    path = [bytes.fromhex(step) for step in proof["path"]]
    roots = bytes.fromhex(old["root"]), bytes.fromhex(proof["new"]["root"])
    assert check_consistency("sha256", old["size"], proof["new"]["size"], *roots, path)
    forged = log_head([{**log[0], "note": {}}, *log[1:]])
    assert not check_consistency(
        "sha256", old["size"], len(log), roots[0], bytes.fromhex(forged["root"]), path
    )
    assert (out / "correction-0001.json").is_file()


def _late_roll(folder: Path, entrants: list[Entrant], draw_id: str = "D1-2", **changes: str) -> Path:
    names = {"title": "补充", "purpose": "official", "kind": "admission", "hash_name": "sha256"}
    freeze(folder, draw_id=draw_id, **{**names, **changes}, entrants=entrants)
    return folder


def test_a_supplementary_draw(tmp_path: Path) -> None:
    first = play(tmp_path / "draw")
    seed = fix_seed(first)
    late = _late_roll(tmp_path / "late", [child(100), child(101)])
    spec = supplement(first, late, {**PROBLEM, "seats": {"A": 1, "B": 0}}, RULES, PROGRAMS)
    root = bytes.fromhex(spec["roll"]["root"])
    assert spec["supplement_of"] == {"draw_id": "D1", "seed": seed.hex(), "k": 1}
    assert fix_seed(late) == supplement_seed("sha256", seed, 1, root)
    assert run(late, decide)["rows"] == 2
    transcript = publish(late, tmp_path / "out2", purpose="official")
    assert (transcript["reveals"], transcript["beacons"]) == ([], [])
    third = _late_roll(tmp_path / "third", [child(102)], "D1-3")
    with pytest.raises(UserError):
        supplement(
            first, third, PROBLEM, RULES, PROGRAMS
        )  # a child may have a seat from the supplement before
    again = supplement(first, third, PROBLEM, RULES, PROGRAMS, earlier=[late])
    assert again["supplement_of"]["k"] == 2
    again = supplement(first, late, {**PROBLEM, "seats": {"A": 1, "B": 0}}, RULES, PROGRAMS)
    assert again == spec
    with pytest.raises(UserError):
        supplement(first, late, PROBLEM, RULES, PROGRAMS)


def test_a_seated_child_cannot_draw_again(tmp_path: Path) -> None:
    first = play(tmp_path / "draw")
    names = {paper["row"]["pid"]: paper["identity"] for paper in receipts(first)}
    results = _lines(first / "result" / "results.jsonl")
    seated = next(leaf["pid"] for leaf in results if leaf["school"])
    unplaced = next(leaf["pid"] for leaf in results if not leaf["school"])
    row = child(1).row
    late = _late_roll(tmp_path / "late", [Entrant(names[seated], "", row)])
    with pytest.raises(UserError):
        supplement(first, late, PROBLEM, RULES, PROGRAMS)
    strike_off(first, [seated], "误录", decide)
    supplement(first, late, PROBLEM, RULES, PROGRAMS)
    fix_seed(late)
    run(late, decide)
    other = _late_roll(tmp_path / "other", [Entrant(names[unplaced], "", row)], "D1-4")
    moved = json.loads((first / "corrections" / "0001.json").read_bytes())["differences"]
    if unplaced not in {change["pid"] for change in moved}:
        supplement(first, other, PROBLEM, RULES, PROGRAMS, earlier=[late])
    twice = _late_roll(tmp_path / "twice", [Entrant(names[seated], "", row)], "D1-5")
    with pytest.raises(UserError):
        supplement(first, twice, PROBLEM, RULES, PROGRAMS, earlier=[late])  # seated by the supplement
    with pytest.raises(UserError):
        supplement(late, twice, PROBLEM, RULES, PROGRAMS)  # a supplement of a supplement
    forget(first)
    with pytest.raises(UserError):
        supplement(first, twice, PROBLEM, RULES, PROGRAMS, earlier=[late])  # nobody can be compared any more


def test_a_child_moved_up_cannot_draw_again(tmp_path: Path) -> None:
    """Seats given by a correction count as seats."""
    first = play(tmp_path / "draw")
    names = {paper["row"]["pid"]: paper["identity"] for paper in receipts(first)}
    correction = strike_off(first, [_seated(first)], "迁出", decide)
    gained = next(
        c["pid"] for c in correction["differences"] if c["after"]["school"] and not c["before"]["school"]
    )
    late = _late_roll(tmp_path / "late", [Entrant(names[gained], "", child(1).row)])
    with pytest.raises(UserError):
        supplement(first, late, PROBLEM, RULES, PROGRAMS)


@pytest.mark.parametrize("change", [{"purpose": "rehearsal"}, {"hash_name": "sm3"}, {"draw_id": "D1"}])
def test_a_supplement_must_match(tmp_path: Path, change: dict[str, str]) -> None:
    first = play(tmp_path / "draw")
    late = _late_roll(tmp_path / "late", [child(100)], **change)  # type: ignore[arg-type]  # draw_id among them
    with pytest.raises(UserError):
        supplement(first, late, PROBLEM, RULES, PROGRAMS)


def test_a_supplement_needs_a_result(tmp_path: Path) -> None:
    first = play(tmp_path / "draw", "seed")
    late = _late_roll(tmp_path / "late", [child(100)])
    with pytest.raises(UserError):
        supplement(first, late, PROBLEM, RULES, PROGRAMS)


def test_salts_can_be_destroyed_after_publication(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "run")
    with pytest.raises(UserError):
        forget(folder)
    publish(folder, tmp_path / "out", purpose="official")
    forget(folder)
    forget(folder)
    assert not (folder / "private" / "identities.jsonl").exists()
    with pytest.raises(UserError):
        next(slips(folder))
    strike_off(folder, [_seated(folder)], "迁出", decide)
