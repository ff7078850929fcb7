"""分班也一样 Class formation too: public lists, frozen results, a locked layout. 曾有分班名单公布后被悄悄换班。"""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cases.failures.hall import AFTER, BEFORE, FAILED, PASSED, REFUSED, ROLES, ROOT, Hall, lines

from junheng.admissions import find_personal_data

EXAMPLE = ROOT / "examples" / "classes"
LIST = "分班公示表.xlsx"


@pytest.fixture
def formed(hall: Hall) -> Path:
    """The example's class formation as an official draw, decided."""
    folder, draw = hall.desk / "分班 样例", hall.desk / "分班"
    shutil.copytree(EXAMPLE, folder)
    plan = (folder / "plan.yaml").read_text("utf-8").replace("2027-08-20", "2027-07-10")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    hall.clock(BEFORE)
    steps = [("freeze", folder / "intake.xlsx", "--plan", folder, "--out", draw)]
    steps += [("commit", draw, "--role", role, "--secret", hall.desk / role) for role in ROLES]
    steps += [("spec", draw, "--plan", folder)]
    steps += [("reveal", draw, "--role", role, "--secret", hall.desk / role) for role in ROLES]
    for step in steps:
        done = hall.draw(*step)
        assert done.code == PASSED, done.err
    hall.clock(AFTER)
    for step in (("beacon", draw, "--observed", "hall=3 11 20 7 29 33"), ("seed", draw), ("run", draw)):
        done = hall.draw(*step)
        assert done.code == PASSED, done.err
    return draw


def test_a_class_formation_is_checked_from_intake_to_list(hall: Hall, formed: Path) -> None:
    """从名册到公示表：公报、凭条、全部重算和公示表逐人核对都通过；公示表没有全名和证件号。

    From intake to list: transcript, slip, re-run and list all check; the list holds no full name and no number.
    """
    public, slips = hall.desk / "公布", hall.desk / "凭条"
    assert hall.draw("publish", formed, "--out", public, "--slips", slips).code == PASSED
    files = ("--rows", formed / "roll" / "rows.jsonl", "--results", formed / "result" / "results.jsonl")
    seen = hall.draw("verify", public, *files, "--slip", min(slips.glob("*.json")))
    assert seen.code == PASSED, seen.out
    assert "failed 0" in seen.out
    names = {line["identity"]["name"] for line in lines(formed / "private" / "identities.jsonl")}
    for path in public.iterdir():
        assert find_personal_data(path, names=names) == [], path.name


def test_the_public_papers_of_a_formation_name_nobody(hall: Hall, formed: Path) -> None:
    """写成名单以后，公示表、均衡情况和证明里没有全名、证件号和每个人的成绩。

    Once written as lists: list, balance and certificate hold no full name and no number.
    """
    out = hall.desk / "名单"
    assert hall.run("classes", "--from", formed, "--out", out).code == PASSED
    names = {line["identity"]["name"] for line in lines(formed / "private" / "identities.jsonl")}
    for name in (LIST, "均衡情况.xlsx", "certificate.json"):
        assert find_personal_data(out / name, names=names) == [], name
    assert find_personal_data(out / "分班名单_封存.xlsx", names=names) != []  # the scanner can see


def test_a_child_moved_to_another_class_on_the_list_is_found_out(hall: Hall, formed: Path) -> None:
    """曾经：名单张贴时有人换了班。现在：名单与结果册逐人核对，换了班的编号被指出。

    Once: the posted list had somebody in another class. Now: compared child by child, the code is named.
    """
    public = hall.desk / "公布"
    assert hall.draw("publish", formed, "--out", public).code == PASSED
    book = load_workbook(public / LIST)
    sheet = book.worksheets[0]
    first, last = sheet["C2"], sheet.cell(sheet.max_row - 2, 3)
    assert sheet["A2"].value != sheet.cell(sheet.max_row - 2, 1).value
    first.value, last.value = last.value, first.value
    book.save(public / LIST)
    seen = hall.draw("verify", public, "--results", formed / "result" / "results.jsonl")
    assert seen.code == FAILED
    assert "名单与结果册不符" in seen.out.replace("\n", "")


def test_lists_are_never_made_from_changed_results(hall: Hall, formed: Path) -> None:
    """曾经：结果文件被改后照样打印名单。现在：封存的结果动一个字节，公布和名单都拒绝。

    Once: lists were printed from changed results. Now: one byte, and neither publication nor list is made.
    """
    results = formed / "result" / "results.jsonl"
    results.write_bytes(results.read_bytes().replace(b'"class":1', b'"class":2', 1))
    assert hall.draw("publish", formed, "--out", hall.desk / "公布").code == REFUSED
    assert hall.run("classes", "--from", formed, "--out", hall.desk / "名单").code == REFUSED
    assert not (hall.desk / "名单").exists()


def test_a_rule_that_cannot_be_carried_out_is_found_before_the_balls(hall: Hall) -> None:
    """曾经：摇球以后才发现规则办不到，只好作废重来。现在：公告时先试排一次，办不到就不能公告。

    Once: after the balls the rule proved impossible and all was void. Now: it is tried at the announcement.
    """
    folder, draw = hall.desk / "分班 样例", hall.desk / "分班"
    shutil.copytree(EXAMPLE, folder)
    rules = (folder / "rules.yaml").read_text("utf-8").replace("method: swaps", "method: rotated")
    (folder / "rules.yaml").write_text(rules.replace("relief: 2", "relief: 0"), encoding="utf-8")
    assert hall.draw("freeze", folder / "intake.xlsx", "--plan", folder, "--out", draw).code == PASSED
    for role in ROLES:
        assert hall.draw("commit", draw, "--role", role, "--secret", hall.desk / role).code == PASSED
    refused = hall.draw("spec", draw, "--plan", folder)
    assert refused.code == REFUSED
    assert not (draw / "spec.json").exists()


def test_a_formed_class_is_not_drawn_again_for_one_child(hall: Hall, formed: Path) -> None:
    """曾经：以有人转出为由重新编班。现在：编班不重演，调班、插班另有登记。

    Once: classes were formed anew because one child left. Now: no replay; moves and newcomers are entered one by one.
    """
    pid = lines(formed / "result" / "results.jsonl")[0]["pid"]
    assert hall.draw("strike-off", formed, "--pid", pid, "--reason", "转出").code == REFUSED
    assert not (formed / "corrections").exists()


def test_marks_are_never_published(hall: Hall, formed: Path) -> None:
    """分班名册里有成绩，去标识以后也不公布。

    The rows of a class formation hold marks: they are not published, even without names.
    """
    refused = hall.draw("publish", formed, "--out", hall.desk / "公布", "--with-rows")
    assert refused.code == REFUSED
    assert "成绩" in refused.err
