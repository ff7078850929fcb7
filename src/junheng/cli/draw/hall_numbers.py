"""Orders drawn in the hall: known only after the freeze, so that the rule is complete at the spec."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.cli.draw.folder import json_lines, require_identities, roll_of

if TYPE_CHECKING:
    from junheng.admissions import Problem, Ranking

_NUMBERED = ("external", "tail_digits")


def problem_of_forms(rules: Path) -> "Problem":
    """The problem against which forms are checked: what will be drawn in the hall is still left open.

    Raises UserError for rules that are wrong in any other way.
    """
    from junheng.admissions import Ranking, load_rule_set, problem_of, read_problem

    if _open_ranking(rules) is None:
        return read_problem(rules)
    return problem_of(load_rule_set(rules), ranking=Ranking())


def problem_with_numbers(rules: Path, draw: Path, table: Path) -> dict[str, Any]:
    """The problem of ``rules``, ranked by the numbers of ``table`` (证件号码, 号码), one for each family.

    Raises UserError for a table out of shape, a family without a number or with two, a number of a child not on the
    roll, and a draw of classes.
    """
    from junheng.admissions import parse_problem
    from junheng.cli.admit.decide import with_numbers
    from junheng.cli.admit.numbers import read_hall_numbers
    from junheng.cli.trial import TrialRoll

    if roll_of(draw)["kind"] != "admission":
        raise UserError(
            Text("--numbers 只用于招生派位", "--numbers belongs to admission"),
            where=str(table),
            fix=Text("分班不用现场号码，请去掉这个选项", "leave it out: classes are formed by the seed"),
        )
    require_identities(draw)
    names = {line["pid"]: line["identity"] for line in json_lines(draw, "private/identities.jsonl")}
    roll = TrialRoll(tuple(json_lines(draw, "roll/rows.jsonl")), names)
    numbers = read_hall_numbers(table)
    _require_known(numbers, names, table.name)
    found = with_numbers(problem_of_forms(rules), roll, numbers, table.name).as_json()
    if ranking := _open_ranking(rules):
        said = ranking.model_dump(exclude_none=True)
        found["ranking"] = {**said, "numbers": found["ranking"]["numbers"]}
    return parse_problem(found).as_json()


def _require_known(numbers: Mapping[str, str], names: Mapping[str, Mapping[str, str]], where: str) -> None:
    """Refuse (UserError) a number drawn for a child that the frozen roll does not hold: somebody may be left out."""
    from junheng.admissions import mask_number

    strange = sorted(set(numbers) - {person.get("id_number", "") for person in names.values()})
    if strange:
        shown = "、".join(map(mask_number, strange[:5]))
        raise UserError(
            Text(
                f"号码表中有 {len(strange)} 个证件号码不在封存的名册：{shown}",
                f"{len(strange)} document numbers of the table are not on the frozen roll: {shown}",
            ),
            where=where,
            why=Text(
                "可能有孩子漏在名册之外，或号码写错了人",
                "a child may be missing from the roll, or a number misplaced",
            ),
            fix=Text(
                "请对照名册改正证件号码，或删去该行",
                "mend the document numbers by the roll, or drop the rows",
            ),
        )


def _open_ranking(rules: Path) -> "Ranking | None":
    """The ranking of a rule set that still waits for the hall: numbers, or start and step; None where none does."""
    from junheng.admissions import load_rule_set

    try:
        ranking = load_rule_set(rules).ranking
    except UserError:  # a problem in full, or rules that are wrong: reading them tells
        return None
    waits = ranking.method in _NUMBERED and ranking.numbers is None
    return ranking if waits or (ranking.method == "ring" and None in (ranking.start, ranking.step)) else None
