"""Numbers drawn in the hall, typed in by document number, given to the units of the frozen roll."""

from pathlib import Path
from typing import Any

from junheng.cli.draw.folder import json_lines, require_identities


def with_hall_numbers(problem: dict[str, Any], draw: Path, table: Path) -> dict[str, Any]:
    """``problem`` ranked by the numbers of ``table`` (证件号码, 号码), one for each family.

    Raises UserError for a table out of shape, a family without a number or with two, a child not on the roll.
    """
    from junheng.admissions import parse_problem
    from junheng.cli.admit.decide import with_numbers
    from junheng.cli.admit.numbers import read_hall_numbers
    from junheng.cli.trial import TrialRoll

    require_identities(draw)
    people = json_lines(draw, "private/identities.jsonl")
    roll = TrialRoll(
        tuple(json_lines(draw, "roll/rows.jsonl")), {line["pid"]: line["identity"] for line in people}
    )
    return with_numbers(parse_problem(problem), roll, read_hall_numbers(table)).as_json()
