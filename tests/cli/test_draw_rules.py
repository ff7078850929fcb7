"""``junheng draw`` under every rule an officer may write: drawn, published and checked by the second program."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from tests.cases.failures.conftest import district, hall
from tests.cases.failures.hall import AFTER, BALLS, PASSED, REFUSED, ROLES, Hall, column, lines
from tests.cli.conftest import Outcome

__all__ = ["district", "hall"]
FIRST = 3  # row of the first child
RULES: dict[str, dict[str, Any]] = {
    "per_school": {"tickets": "per_school", "leftovers": "by_lot"},
    "descending": {"order": "descending", "digits": 9},
    "class_first": {"mechanism": "parallel", "band_width": 3, "is_class_first": True},
    "deferred": {"mechanism": "deferred", "leftovers": "none"},
    "skip": {"units": "skip"},
    "stop": {"units": "stop"},
    "ring": {"ranking": {"method": "ring", "start": 6, "step": 3}},
}


def _without_pools(hall: Hall) -> None:
    rules = yaml.safe_load((hall.folder / "rules.yaml").read_text("utf-8"))
    for school in rules["schools"]:
        school.pop("pools", None)
    hall.change("rules.yaml", rules)


def _published(hall: Hall, draw: Path) -> Outcome:
    """Publish with slips and check everything there is to check."""
    public, slips = hall.desk / "公布", hall.desk / "凭条"
    done = hall.draw("publish", draw, "--out", public, "--slips", slips, "--sealed", hall.desk / "封存")
    assert done.code == PASSED, done.err
    files = ("--rows", draw / "roll" / "rows.jsonl", "--results", draw / "result" / "results.jsonl")
    seen = hall.draw("verify", public, *files, "--slip", min(slips.glob("*.json")))
    assert seen.code == PASSED, seen.out
    return seen


@pytest.mark.parametrize("name", RULES)
def test_a_draw_under_this_rule_is_drawn_and_checked(hall: Hall, name: str) -> None:
    _without_pools(hall)
    hall.change("rules.yaml", RULES[name])
    assert "failed 0" in _published(hall, hall.play()).out


def test_sm3_instead_of_sha_256(hall: Hall) -> None:
    hall.change("plan.yaml", {"hash": "sm3"})
    draw = hall.play()
    assert {entry["hash"] for entry in lines(draw / "log.jsonl")} == {"sm3"}
    assert "failed 0" in _published(hall, draw).out


def _table(hall: Hall, without: int = 0) -> Path:
    """Numbers drawn in the hall, one for each child, twins alike; the last ``without`` rows left out."""
    sheet = load_workbook(hall.forms)["申请表"]
    number, family = column(sheet, "证件号码") - 1, column(sheet, "双胞胎编号") - 1
    rows = list(sheet.iter_rows(min_row=FIRST, values_only=True))
    drawn: dict[str, int] = {}
    book = Workbook()
    found = book.worksheets[0]
    found.append(["证件号码", "号码"])
    for place, row in enumerate(rows[: len(rows) - without]):
        key = str(row[family] or f"single {place}")
        found.append([row[number], drawn.setdefault(key, 1000 + 7919 * place % 8831)])
    path = hall.desk / "号码 表.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    "ranking",
    [{"method": "external"}, {"method": "tail_digits", "tails": ["7", "3", "0"]}],
    ids=lambda r: r["method"],
)
def test_numbers_drawn_in_the_hall_come_with_the_spec(hall: Hall, ranking: dict[str, Any]) -> None:
    """The roll is frozen while the numbers are still unknown; the spec needs one for every family."""
    hall.change("rules.yaml", {"ranking": ranking})
    draw = hall.play("commit")
    spec = ("spec", draw, "--plan", hall.folder)
    assert hall.draw(*spec).code == REFUSED
    assert hall.draw(*spec, "--numbers", _table(hall, without=1)).code == REFUSED
    announced = hall.draw(*spec, "--numbers", _table(hall))
    assert announced.code == PASSED, announced.err
    for role in ROLES:
        done = hall.draw("reveal", draw, "--role", role, "--secret", hall.desk / "draw-secrets" / role)
        assert done.code == PASSED
    hall.clock(AFTER)
    for step in (("beacon", draw, "--observed", BALLS), ("seed", draw), ("run", draw)):
        assert hall.draw(*step).code == PASSED
    assert "failed 0" in _published(hall, draw).out


def test_start_and_step_are_drawn_after_the_freeze(hall: Hall) -> None:
    """南昌: the ring's start and step are not known when the roll is frozen, nor needed for a rehearsal."""
    hall.change("rules.yaml", {"ranking": {"method": "ring"}})
    practice = hall.draw("rehearse", hall.forms, "--plan", hall.folder, "--out", hall.desk / "演练")
    assert practice.code == PASSED, practice.err
    draw = hall.play("commit")
    assert hall.draw("spec", draw, "--plan", hall.folder).code == REFUSED
    hall.change("rules.yaml", {"ranking": {"method": "ring", "start": 6000, "step": 3}})
    assert hall.draw("spec", draw, "--plan", hall.folder).code == REFUSED  # found now, not after the balls
    hall.change("rules.yaml", {"ranking": {"method": "ring", "start": 6, "step": 3}})
    assert hall.draw("spec", draw, "--plan", hall.folder).code == PASSED
