"""重做不会换号 Doing it again keeps the number. 曾有地方每次重新摇号，孩子的号码就变一次。"""

import random
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from tests.cases.failures.hall import PASSED, REFUSED, Hall, column, lines

SEED = "5e" * 32


def test_freezing_twice_gives_nobody_a_second_number(hall: Hall) -> None:
    """曾经：系统重启后重新导入名单，家长拿到的编号作废。现在：同一名单再封存一次，编号一个不变。

    Once: the list was imported anew after a restart, and families' codes changed. Now: frozen again, nothing changes.
    """
    assert hall.freeze("draw", "--receipts", hall.desk / "回执 一").code == PASSED
    rows = (hall.desk / "draw" / "roll" / "rows.jsonl").read_bytes()
    again = hall.freeze("draw", "--receipts", hall.desk / "回执 二")
    assert again.code == PASSED
    assert "没有改动" in again.out
    assert (hall.desk / "draw" / "roll" / "rows.jsonl").read_bytes() == rows
    for receipt in (hall.desk / "回执 一").glob("*.json"):
        assert receipt.read_bytes() == (hall.desk / "回执 二" / receipt.name).read_bytes()


def test_another_list_cannot_take_the_place_of_a_frozen_one(hall: Hall) -> None:
    """曾经：封存以后又悄悄换了一份名单。现在：名单变了一个字，再封存即被拒绝，原名册不动。

    Once: the list was quietly exchanged after it was closed. Now: refused, the frozen roll stays.
    """
    hall.play("freeze")
    rows = (hall.desk / "draw" / "roll" / "rows.jsonl").read_bytes()

    def other_wish(sheet: Any) -> None:
        place = column(sheet, "志愿1")
        sheet.cell(3, place).value, sheet.cell(3, place + 1).value = (
            sheet.cell(3, place + 1).value,
            sheet.cell(3, place).value,
        )

    assert hall.freeze(forms=hall.edit_forms(other_wish)).code == REFUSED
    assert (hall.desk / "draw" / "roll" / "rows.jsonl").read_bytes() == rows


def test_running_again_changes_no_number_and_no_place(hall: Hall) -> None:
    """曾经：演示时“再摇一次”，结果不同，只公布了后一次。现在：再算多少次、换哪个引擎，逐字节相同。

    Once: it was drawn again and only the second result shown. Now: run as often as you like, the same bytes.
    """
    draw = hall.play()
    before = {path: path.read_bytes() for path in draw.rglob("*.json*")}
    for engine in ("python", "numpy", "auto"):
        assert hall.draw("seed", draw).code == PASSED
        assert hall.draw("run", draw, "--engine", engine).code == PASSED
    assert {path: path.read_bytes() for path in draw.rglob("*.json*")} == before


def test_slips_printed_twice_show_the_same_number(hall: Hall) -> None:
    """曾经：家长补打凭条，号码与先前不同。现在：补打多少次都与第一次逐字相同。

    Once: a reprinted slip bore another number. Now: every reprint is the same, to the letter.
    """
    draw = hall.play()
    for name in ("凭条 一", "凭条 二"):
        done = hall.draw("publish", draw, "--out", hall.desk / "公布", "--slips", hall.desk / name)
        assert done.code == PASSED, done.err
    first = {path.name: path.read_bytes() for path in (hall.desk / "凭条 一").iterdir()}
    assert {path.name: path.read_bytes() for path in (hall.desk / "凭条 二").iterdir()} == first


def test_the_order_of_the_forms_gives_no_advantage(hall: Hall) -> None:
    """曾经：先报名的排在前面，网络快的占便宜。现在：表里谁先谁后都得同一个号、同一所学校。

    Once: whoever applied first stood first. Now: the order of the forms changes no number and no school.
    """

    def mixed(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        random.Random(7).shuffle(rows)
        for row, values in zip(sheet.iter_rows(min_row=3), rows, strict=True):
            for cell, value in zip(row, values, strict=True):
                cell.value = value

    found = []
    for name, forms in (("甲", hall.forms), ("乙", hall.edit_forms(mixed))):
        done = hall.run(
            "admit", forms, "--rules", hall.folder / "rules.yaml", "--intake", hall.folder / "intake.yaml",
            "--exceptions", hall.folder / "exceptions.yaml", "--seed", SEED, "--out", hall.desk / name,
        )  # fmt: skip
        assert done.code == PASSED, done.err
        found.append(_places(hall.desk / name / "试算_录取名单.xlsx"))
    assert found[0] == found[1]
    assert len(found[0]) > 100


def _places(path: Path) -> dict[str, tuple[Any, ...]]:
    """School, number and wish by document number, from the list a trial writes."""
    rows = list(load_workbook(path)["录取名单"].iter_rows(values_only=True))
    heads = list(rows[0])
    named = [heads.index(head) for head in ("学校代码", "号码", "志愿")]
    number = heads.index("证件号码")
    return {str(row[number]): tuple(row[place] for place in named) for row in rows[1:] if row[number]}


def test_every_child_keeps_one_code_from_receipt_to_result(hall: Hall) -> None:
    """曾经：回执上的编号在结果里查不到。现在：回执、名册、结果册里是同一批编号，一个不多一个不少。

    Once: the code on the receipt was nowhere in the result. Now: receipt, roll and result hold the same codes.
    """
    hall.freeze("draw", "--receipts", hall.desk / "回执")
    draw = hall.play("freeze")
    receipts = {path.stem for path in (hall.desk / "回执").glob("*.json")}
    hall.play("run")
    assert receipts == {row["pid"] for row in lines(draw / "roll" / "rows.jsonl")}
    assert receipts == {leaf["pid"] for leaf in lines(draw / "result" / "results.jsonl")}
