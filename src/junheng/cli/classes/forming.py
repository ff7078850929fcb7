"""Classes into a new folder: on trial from an intake and a seed, or from an official draw."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.cli.classes.layout_data import LATE, Layout
from junheng.cli.classes.layout_folder import head_of, write_layout, write_papers
from junheng.cli.draw.folder import json_lines, result_of, roll_of, spec_of
from junheng.cli.trial import RECORD, trial_folder, trial_record, trial_roll, write_json

if TYPE_CHECKING:
    from junheng.class_formation import Intake
    from junheng.reports.classes import ClassFacts

Json = dict[str, Any]


def form_trial(
    intake: "Intake",
    problem: Json,
    seed: bytes,
    hash_name: str,
    engine: str,
    files: Mapping[str, Path],
    out: Path,
) -> "ClassFacts":
    """Form the classes of ``intake`` and write the folder ``out``. Raises UserError where they cannot be formed."""
    from junheng.class_formation import entrants, run_draw
    from junheng.draws import canonical_bytes, merkle_root

    roll = trial_roll(entrants(intake), hash_name, seed)
    spec = {"kind": "classes", "hash": hash_name, "problem": problem}
    found = run_draw(spec, roll.rows, seed, engine)
    root = merkle_root(hash_name, [canonical_bytes(leaf) for leaf in found.leaves]).hex()
    draw_id = f"trial-{root[:16]}"
    head = head_of("trial", _title(problem), problem, hash_name, seed, found.public, draw_id)
    layout = Layout(head, [dict(row) for row in roll.rows], roll.names, ())
    record = trial_record("classes", files, hash=hash_name, seed=seed.hex(), root=root)
    with trial_folder(out) as folder:
        write_json(folder / RECORD, record)
        return _write(folder, layout, {"root": root, **found.public}, found.leaves)


def form_official(draw: Path, out: Path) -> "ClassFacts":
    """The layout of a decided official draw, written into ``out``: nothing is computed anew.

    Raises UserError for a draw of another kind, a rehearsal, or one without a result.
    """
    from junheng.draws import fix_seed

    roll, result = roll_of(draw), result_of(draw)
    if roll["kind"] != "classes" or roll["purpose"] != "official":
        raise UserError(
            Text("这不是正式的分班抽签", "this is not an official draw of classes"),
            where=str(draw),
            why=Text("演练不能当作正式名单", "a rehearsal cannot pass for the real list"),
            fix=Text(
                "试算用 junheng classes 名册 --seed 种子 --out 文件夹",
                "for a trial give INTAKE, --seed and --out",
            ),
        )
    seed = fix_seed(draw)  # opening the folder checks every frozen file: lists show nothing else
    spec = spec_of(draw)
    names = {line["pid"]: line["identity"] for line in json_lines(draw, "private/identities.jsonl")}
    head = head_of("official", roll["title"], spec["problem"], spec["hash"], seed, result, roll["draw_id"])
    layout = Layout(head, json_lines(draw, "roll/rows.jsonl"), names, ())
    with trial_folder(out) as folder:
        return _write(folder, layout, result, json_lines(draw, "result/results.jsonl"))


def _write(folder: Path, layout: Layout, result: Mapping[str, Any], leaves: Sequence[Json]) -> "ClassFacts":
    from junheng.class_formation import lock_layout

    write_layout(folder, layout)
    (folder / LATE).touch()
    lock_layout(
        folder, draw_id=layout.head["draw_id"], hash_name=layout.head["hash"], result=result, leaves=leaves
    )
    return write_papers(folder, layout)


def _title(problem: Mapping[str, Any]) -> str:
    """Whose lists they are: the school where there is one, else how many."""
    schools = list(dict.fromkeys(group["school"] for group in problem["groups"]))
    grades = "、".join(dict.fromkeys(group["grade"] for group in problem["groups"]))
    return f"{schools[0]} {grades}分班" if len(schools) == 1 else f"{len(schools)} 所学校 {grades}分班"
