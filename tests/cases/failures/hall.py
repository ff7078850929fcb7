"""A small made-up district and its hall: an official draw by the commands an officer types, under a set clock."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from tests.cli.conftest import Outcome, Run

from junheng.admissions import (
    check_applications,
    load_rule_set,
    made_up_zones,
    make_applications,
    problem_of,
    read_applications,
    read_intake_rule,
    write_application_form,
)

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "admission"
APPLICANTS, SHARE = 120, 10  # a tenth of the example, in children and, nearly, in seats
ROLES = ("bureau", "notary", "parents")
REVEALS_BY = datetime.fromisoformat("2027-07-10T09:00:00+08:00")
BEFORE, AFTER = REVEALS_BY - timedelta(days=1), REVEALS_BY + timedelta(hours=1)
BALLS = "hall=3 11 20 7 29 33"
STEPS = ("freeze", "commit", "spec", "reveal", "beacon", "seed", "run")
PASSED, FAILED, REFUSED = 0, 1, 2
Clock = Callable[[datetime], None]


@dataclass(frozen=True)
class Hall:
    """The officer's desk: ``folder`` holds plan, rules and applications; draws are made beside it in ``desk``."""

    run: Run
    clock: Clock
    folder: Path
    desk: Path

    @property
    def forms(self) -> Path:
        """The workbook of applications."""
        return self.folder / "applications.xlsx"

    def draw(self, *words: object) -> Outcome:
        """``junheng draw …``"""
        return self.run("draw", *words)

    def freeze(self, name: str = "draw", *more: object, forms: Path | None = None) -> Outcome:
        """Freeze the roll into the folder ``name``."""
        return self.draw(
            "freeze", forms or self.forms, "--plan", self.folder, "--out", self.desk / name, *more
        )

    def play(self, until: str = "run", name: str = "draw") -> Path:
        """An official draw up to and including the step ``until``; every command must succeed."""
        draw = self.desk / name
        self.clock(BEFORE)
        for step in STEPS[: STEPS.index(until) + 1]:
            for done in self._step(step, draw, name):
                assert done.code == PASSED, done.err
        return draw

    def _step(self, step: str, draw: Path, name: str) -> list[Outcome]:
        secrets = {role: self.desk / f"{name}-secrets" / role for role in ROLES}
        if step == "freeze":
            return [self.freeze(name)]
        if step in ("commit", "reveal"):
            return [self.draw(step, draw, "--role", role, "--secret", secrets[role]) for role in ROLES]
        if step == "spec":
            return [self.draw("spec", draw, "--plan", self.folder)]
        if step == "beacon":
            self.clock(AFTER)
            return [self.draw("beacon", draw, "--observed", BALLS)]
        return [self.draw(step, draw)]

    def change(self, name: str, content: Mapping[str, Any]) -> None:
        """Write other values into a YAML file of the officer's folder."""
        path = self.folder / name
        found = yaml.safe_load(path.read_text("utf-8"))
        path.write_text(yaml.safe_dump({**found, **content}, allow_unicode=True), encoding="utf-8")

    def edit_forms(self, edit: Callable[[Any], None], name: str = "edited.xlsx") -> Path:
        """A copy of the applications, changed by ``edit(sheet)``; children stand from row 3 on."""
        book = load_workbook(self.forms)
        edit(book["申请表"])
        path = self.desk / name
        book.save(path)
        return path


def lines(path: Path) -> list[dict[str, Any]]:
    """A file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def column(sheet: Any, heading: str) -> int:
    """The number of the column under ``heading``."""
    return next(cell.column for cell in sheet[1] if str(cell.value).strip("*") == heading)


def make_district(folder: Path) -> None:
    """Write plan, rules, intake rule, exceptions and applications of a small district into ``folder``."""
    folder.mkdir()
    for name in ("plan.yaml", "intake.yaml"):
        shutil.copy(EXAMPLE / name, folder / name)
    rules = yaml.safe_load((EXAMPLE / "rules.yaml").read_text("utf-8"))
    for school in rules["schools"]:
        school["plan"] = school["plan"] // SHARE - 1  # so that some children stay without a seat
        for pool, seats in zip(school.get("pools", ()), (2, school["plan"] - 2), strict=False):
            pool["seats"] = seats
    (folder / "rules.yaml").write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    rule = read_intake_rule(folder / "intake.yaml")
    problem = problem_of(load_rule_set(folder / "rules.yaml"))
    children = make_applications(rule, problem, made_up_zones(), APPLICANTS)
    forms = folder / "applications.xlsx"
    write_application_form(forms, rule, problem, children=children)
    review = check_applications(read_applications(forms), rule, problem)
    cousins = next(fault.children for fault in review.faults if fault.cause == "twins_apart")
    confirmed = {
        "cause": "twins_apart",
        "children": list(cousins),
        "reason": "同住的堂亲，不是双胞胎",
        "confirmed_by": "二人核对户口簿原件",
        "confirmed_on": BEFORE.date(),
    }
    exceptions = {"format": "junheng/exceptions/1", "exceptions": [confirmed]}
    (folder / "exceptions.yaml").write_text(yaml.safe_dump(exceptions, allow_unicode=True), encoding="utf-8")
