"""一人一学位 One child, one seat. 曾有孩子民办、公办各录一次，或在补充派位里又得一个学位。"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from tests.cases.failures.hall import AFTER, PASSED, REFUSED, Hall, column, lines

FIRST = 3


def _numbers(draw: Path) -> dict[str, str]:
    """The document number of every child by code."""
    people = lines(draw / "private" / "identities.jsonl")
    return {line["pid"]: line["identity"]["id_number"] for line in people}


def _late_forms(hall: Hall, keep: set[str], name: str) -> Path:
    """Applications of some children of the first draw, handed in late; one of each household."""

    def edit(sheet: Any) -> None:
        place, family, home = (column(sheet, head) for head in ("证件号码", "双胞胎编号", "家庭住址"))
        homes: set[str] = set()
        for row in range(sheet.max_row, FIRST - 1, -1):
            address = str(sheet.cell(row, home).value)
            if sheet.cell(row, place).value not in keep or address in homes:
                sheet.delete_rows(row)
            else:
                homes.add(address)
        for row in range(FIRST, sheet.max_row + 1):
            sheet.cell(row, family).value = None

    return hall.edit_forms(edit, name)


def _freeze_late(hall: Hall, name: str, numbers: set[str]) -> Path:
    """Freeze a late roll under a plan of its own, as the officers do."""
    plan = yaml.safe_load((hall.folder / "plan.yaml").read_text("utf-8"))
    for key in ("parties", "beacons", "schedule", "exceptions"):
        del plan[key]
    late = hall.folder / f"{name}.yaml"
    late.write_text(yaml.safe_dump({**plan, "draw_id": name}, allow_unicode=True), encoding="utf-8")
    forms = _late_forms(hall, numbers, f"{name}.xlsx")
    done = hall.draw("freeze", forms, "--plan", late, "--out", hall.desk / name)
    assert done.code == PASSED, done.err
    return hall.desk / name


def _split(draw: Path) -> tuple[set[str], set[str]]:
    """The document numbers of children with and without a seat."""
    numbers = _numbers(draw)
    leaves = lines(draw / "result" / "results.jsonl")
    seated = {numbers[leaf["pid"]] for leaf in leaves if leaf["school"]}
    return seated, set(numbers.values()) - seated


def test_private_and_public_schools_never_admit_the_same_child(hall: Hall) -> None:
    """曾经：民办录了，公办又录。现在：公民同招一次派位，每个孩子至多一个学位，录进民办的不再参加公办。

    Once: admitted by a private school and a public one. Now: one draw, at most one seat, each child on the results once.
    """
    draw = hall.play()
    leaves = lines(draw / "result" / "results.jsonl")
    rows = {row["pid"]: row for row in lines(draw / "roll" / "rows.jsonl")}
    assert [leaf["pid"] for leaf in leaves] == sorted(rows)
    stages = Counter(leaf["stage"] for leaf in leaves)
    assert stages["民办"] > 0
    assert stages["公办"] > 0
    for leaf in leaves:
        if leaf["choice"]:
            assert rows[leaf["pid"]]["choices"][leaf["choice"] - 1] == leaf["school"]
    schools = {s["id"]: s for s in json.loads((draw / "result" / "result.json").read_bytes())["schools"]}
    taken = Counter(leaf["school"] for leaf in leaves if leaf["school"])
    assert taken == {name: school["taken"] for name, school in schools.items() if school["taken"]}


def test_a_child_with_a_seat_cannot_draw_again_in_a_supplement(hall: Hall) -> None:
    """曾经：已录取的孩子又参加补录，得到两个学位。现在：补充名册里有已录取的孩子，补充派位不能登记。

    Once: a child with a seat took part in the supplement. Now: the supplement is refused.
    """
    first = hall.play()
    seated, _ = _split(first)
    late = _freeze_late(hall, "补充一", {min(seated)})
    refused = hall.draw("supplement", first, late)
    assert refused.code == REFUSED
    assert "已在原派位中录取" in refused.err
    assert not (late / "spec.json").exists()


def test_a_seat_from_one_supplement_bars_from_the_next(hall: Hall) -> None:
    """曾经：每次补录只和第一次核对。现在：此前每一次补充派位都要核对，缺一次也不行。

    Once: each supplement was compared with the first draw only. Now: with all of them, and none may be missing.
    """
    first = hall.play()
    numbers = _numbers(first)
    leaves = lines(first / "result" / "results.jsonl")
    leaving = [leaf["pid"] for leaf in leaves if leaf["school"] == "106"][:2]
    without = [leaf["pid"] for leaf in leaves if not leaf["school"]]
    words = [word for pid in (*leaving, *without) for word in ("--pid", pid)]  # nobody is left to move up
    assert hall.draw("strike-off", first, *words, "--reason", "放弃").code == PASSED
    late = _freeze_late(hall, "补充一", {numbers[leaving[0]]})
    for step in (("supplement", first, late), ("seed", late), ("run", late)):
        assert hall.draw(*step).code == PASSED
    assert _split(late)[0] == {numbers[leaving[0]]}
    second = _freeze_late(hall, "补充二", {numbers[leaving[0]]})
    plan = _plan_of_one_seat(hall, _school_with_seats(first, late))
    assert "缺少此前的补充派位" in hall.draw("supplement", first, second, "--plan", plan).err
    refused = hall.draw("supplement", first, second, "--plan", plan, "--earlier", late)
    assert refused.code == REFUSED
    assert "已在原派位中录取" in refused.err


def _school_with_seats(first: Path, late: Path) -> str:
    """A school with a seat left after the correction of ``first`` and the supplement ``late``."""
    correction = json.loads((first / "corrections" / "0001.json").read_bytes())["result"]
    supplement = json.loads((late / "result" / "result.json").read_bytes())
    taken = Counter({school["id"]: school["taken"] for school in supplement["schools"]})
    left = {
        school["id"]: school["plan"] - school["taken"] - taken[school["id"]]
        for school in correction["schools"]
    }
    return next(name for name, seats in left.items() if seats > 0)


def _plan_of_one_seat(hall: Hall, school: str) -> Path:
    """The rules with one seat at ``school`` and none elsewhere."""
    rules = yaml.safe_load((hall.folder / "rules.yaml").read_text("utf-8"))
    for found in rules["schools"]:
        found.pop("pools", None)
        found["plan"] = int(found["id"] == school)
    hall.change("rules.yaml", rules)
    return hall.folder / "补充二.yaml"


def test_a_supplement_deals_out_the_seats_left_and_no_more(hall: Hall) -> None:
    """曾经：补录多放了名额。现在：补充派位只能派剩余学位，方案写多一个也拒绝。

    Once: the supplement offered more seats than were left. Now: one seat too many is refused.
    """
    first = hall.play()
    late = _freeze_late(hall, "补充一", _split(first)[1])
    refused = hall.draw("supplement", first, late, "--plan", hall.folder)
    assert refused.code == REFUSED
    assert "只剩" in refused.err


def test_without_identities_no_supplement(hall: Hall) -> None:
    """曾经：身份材料销毁后又补录，无从核对。现在：身份和盐值销毁以后不能再办补充派位。

    Once: a supplement was held after the papers were destroyed. Now: it is refused, nobody could be compared.
    """
    first = hall.play()
    late = _freeze_late(hall, "补充一", _split(first)[1])
    hall.clock(AFTER)
    assert hall.draw("publish", first, "--out", hall.desk / "公布").code == PASSED
    assert hall.draw("forget", first).code == PASSED
    refused = hall.draw("supplement", first, late)
    assert refused.code == REFUSED
    assert "销毁" in refused.err


@pytest.mark.parametrize("last_seat", ["overflow", "skip", "stop"])
def test_twins_share_one_number_and_one_school(hall: Hall, last_seat: str) -> None:
    """曾经：双胞胎一个录取一个落选。现在：双胞胎一个号，去同一所学校，或都没有。

    Once: one twin was admitted and the other not. Now: one number, one school, or none for both.
    """
    rules: dict[str, Any] = yaml.safe_load((hall.folder / "rules.yaml").read_text("utf-8"))
    for school in rules["schools"]:
        school.pop("pools", None)
    hall.change("rules.yaml", {"units": last_seat, "schools": rules["schools"]})
    leaves = lines(hall.play() / "result" / "results.jsonl")
    units: dict[str, list[dict[str, Any]]] = {}
    for leaf in leaves:
        units.setdefault(leaf["unit"], []).append(leaf)
    pairs = [pair for pair in units.values() if len(pair) > 1]
    sheet = load_workbook(hall.forms)["申请表"]
    place = column(sheet, "双胞胎编号")
    bound = {row[place - 1] for row in sheet.iter_rows(min_row=FIRST, values_only=True)} - {None}
    assert len(pairs) == len(bound) > 0
    assert all(len({(leaf["school"], leaf["choice"]) for leaf in pair}) == 1 for pair in pairs)
