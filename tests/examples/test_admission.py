"""The shipped admission example: made again cell for cell, clean, and drawn end to end."""

import importlib.util
import json
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from junheng.admissions import assign as decide
from junheng.admissions import (
    audit,
    check_applications,
    check_zone_table,
    find_personal_data,
    load_rule_set,
    make_entrants,
    market_from,
    match_address,
    order_of,
    parse_problem,
    problem_of,
    read_applications,
    read_eligibility_rule,
    read_exceptions,
    read_intake_rule,
    read_schools,
    read_zone_table,
    strategic_warning,
)
from junheng.cli.app import app
from junheng.draws import freeze

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "admission"
PROBLEM = problem_of(load_rule_set(FOLDER / "rules.yaml")).as_json()


def _cells(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_script_writes_the_committed_files(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "examples" / "make_admission_district.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    for name in ("applications.xlsx", "schools.xlsx", "zones.xlsx"):
        assert _cells(tmp_path / name) == _cells(FOLDER / name), (
            f"run examples/make_admission_district.py ({name})"
        )
    written = (tmp_path / "exceptions.yaml").read_text(encoding="utf-8")
    assert written == (FOLDER / "exceptions.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def entrants() -> list[object]:
    rule, exceptions = read_intake_rule(FOLDER / "intake.yaml"), read_exceptions(FOLDER / "exceptions.yaml")
    applications = read_applications(FOLDER / "applications.xlsx")
    review = check_applications(applications, rule, PROBLEM, exceptions)
    assert review.groups == ()
    assert len(review.confirmed) == 1
    assert check_applications(applications, rule, PROBLEM).blocks, "without the exception the cousins block"
    return list(make_entrants(applications, rule, PROBLEM, exceptions))


def test_the_example_is_drawn_end_to_end(tmp_path: Path, entrants: list[object]) -> None:
    roll = freeze(
        tmp_path / "draw",
        draw_id="XX-2027-JH-01",
        title="XX区",
        purpose="rehearsal",
        kind="admission",
        hash_name="sha256",
        entrants=entrants,  # type: ignore[arg-type]  # the fixture's list is of entrants
    )
    assert (roll.rows, roll.units) == (1_200, 1_186)
    rows = [
        json.loads(line) for line in (tmp_path / "draw/roll/rows.jsonl").read_text("utf-8").splitlines()[:50]
    ]
    market = market_from(PROBLEM, rows)
    ranks = order_of(market, "sha256", bytes(32)).ranks
    found = audit(market, ranks, decide(market, ranks))
    assert found.children == 50
    names = [entrant.identity["name"] for entrant in entrants]  # type: ignore[attr-defined]  # as above
    assert find_personal_data(tmp_path / "draw/roll/rows.jsonl", names) == []


def test_the_rule_warns_families() -> None:
    assert strategic_warning(PROBLEM) is not None


def test_schools_and_zones_fit_the_rule() -> None:
    schools = read_schools(FOLDER / "schools.xlsx")
    rest = {key: value for key, value in PROBLEM.items() if key not in ("schools", "stages")}
    assert schools.as_problem(rest) == PROBLEM
    assert sum(school.ownership == "private" for school in parse_problem(PROBLEM).schools) == 2
    zones = read_zone_table(FOLDER / "zones.xlsx", [school["id"] for school in PROBLEM["schools"]])
    assert check_zone_table(zones) == []
    applications = read_applications(FOLDER / "applications.xlsx")
    day = date(2027, 6, 1)
    states = {match_address(zones, child.cell("address"), day).state for child in applications.children}
    assert states == {"matched"}


def test_the_eligibility_rule_gives_classes_of_the_problem() -> None:
    rule = read_eligibility_rule(FOLDER / "eligibility.yaml")
    assert {category.code for category in rule.categories} <= {entry["code"] for entry in PROBLEM["classes"]}


def test_nothing_public_holds_personal_data(tmp_path: Path, entrants: list[object]) -> None:
    draw, public = tmp_path / "draw", tmp_path / "public"
    arguments = ["draw", "rehearse", str(FOLDER / "applications.xlsx"), "--plan", str(FOLDER / "plan.yaml")]
    for asked in ([*arguments, "--out", str(draw)], ["draw", "publish", str(draw), "--out", str(public)]):
        answer = CliRunner().invoke(app, asked)
        assert answer.exit_code == 0, answer.output
    people = [entrant.identity for entrant in entrants]  # type: ignore[attr-defined]  # as above
    names = [person[key] for person in people for key in ("name", "guardian")]
    files = [path for path in sorted(public.rglob("*")) if path.is_file()]
    assert len(files) >= 5
    assert {path.name: find_personal_data(path, names) for path in files} == {path.name: [] for path in files}
    identities = draw / "private" / "identities.jsonl"
    assert {datum.kind for datum in find_personal_data(identities, names)} == {"name", "identity_number"}
