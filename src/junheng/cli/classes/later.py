"""After the layout is locked: newcomers placed one by one, exceptions recorded, no reshuffle."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.cli.classes.layout_data import Layout
from junheng.cli.classes.layout_folder import (
    changed_folder,
    classes_today,
    read_layout,
    write_layout,
    write_papers,
)
from junheng.cli.classes.move_file import Asked, read_moves_asked
from junheng.cli.trial import trial_roll

if TYPE_CHECKING:
    from junheng.class_formation import Intake
    from junheng.reports.classes import ClassFacts

Json = dict[str, Any]


def place_newcomers(folder: Path, intake: "Intake", rule: str) -> tuple["ClassFacts", Json]:
    """Place the children of ``intake`` into the layout of ``folder``; its facts and the new batch.

    Their codes and their seed follow from the draw's seed, their roll and the number of the batch: whoever places them has
    nothing left to choose. Raises UserError for children already on the list and where no class may take one.
    """
    from junheng.class_formation import LateRule, entrants, place_late
    from junheng.draws import canonical_bytes, merkle_root, supplement_seed

    layout = read_layout(folder)
    _require_new(layout, intake)
    hash_name, number = layout.head["hash"], len(layout.late) + 1
    roll = trial_roll(entrants(intake), hash_name, layout.seed)
    root = merkle_root(hash_name, [canonical_bytes(dict(row)) for row in roll.rows])
    seed = supplement_seed(hash_name, layout.seed, number, root)
    found = place_late(
        layout.plan(), layout.rows, classes_today(folder, layout), [dict(row) for row in roll.rows], seed,
        LateRule(rule, hash_name=hash_name),
    )  # fmt: skip
    batch = {"number": number, "rule": rule, "root": root.hex(), "seed": seed.hex(), "classes": found}
    grown = replace(
        layout,
        rows=[*layout.rows, *(dict(row) for row in roll.rows)],
        names={**layout.names, **roll.names},
        late=[*layout.late, batch],
    )
    with changed_folder(folder) as target:
        write_layout(target, grown)
        return write_papers(target, grown), batch


def _require_new(layout: Layout, intake: "Intake") -> None:
    known = {who.get("id_number", "") for who in layout.names.values()}
    again = [child.texts.get("name", "") for child in intake.children if child.number in known]
    if again:
        raise UserError(
            Text(
                f"{len(again)} 人已在名单中：{'、'.join(again[:5])}",
                f"{len(again)} children are on the list already",
            ),
            where="--late",
            why=Text("已编班的学生不能重新安排", "a child who has a class is not placed again"),
            fix=Text(
                "插班名册只写新到的学生；换班用 --moves",
                "list newcomers only; a change of class goes by --moves",
            ),
        )


def record_moves(
    folder: Path, path: Path, rule_file: Path | None, now: datetime
) -> tuple["ClassFacts", list[Asked]]:
    """Record the approved exceptions in the workbook ``path``, all or none.

    Raises UserError for an unknown child, a blank field, more moves than the rule allows.
    """
    from junheng.class_formation import load_move_rule, record_move

    layout, asked = read_layout(folder), read_moves_asked(path)
    rule = load_move_rule(_day(now), rule_file)
    pids = {who.get("id_number", ""): pid for pid, who in layout.names.items()}
    _require_known(asked, pids, layout)
    with changed_folder(folder) as target:
        for move in asked:
            try:
                record_move(
                    target, pid=pids[move.id_number], new=move.new, reason=move.reason, asked_by=move.asked_by,
                    approved_by=move.approved_by, document=move.document, now=now, rule=rule,
                )  # fmt: skip
            except UserError as error:  # the officer knows the row of the table, not the code of the child
                raise UserError(error.what, where=move.where, why=error.why, fix=error.fix) from error
        return write_papers(target, layout), asked


def _day(now: datetime) -> date:
    return now.date()


def _require_known(asked: Sequence[Asked], pids: dict[str, str], layout: Layout) -> None:
    late = {pid for batch in layout.late for pid in batch["classes"]}
    strange = [move for move in asked if move.id_number not in pids or pids[move.id_number] in late]
    if strange:
        raise UserError(
            Text(
                "名单中没有这名学生，或是插班生", "no such child on the locked list (newcomers are not on it)"
            ),
            where="; ".join(move.where for move in strange[:5]),
            why=Text(
                "只有锁定名单上的学生才有调班记录", "moves are recorded for children of the locked list"
            ),
            fix=Text("请核对证件号码", "check the document numbers"),
        )
