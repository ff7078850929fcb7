"""``junheng draw`` refuses what strangers try: numbers of documents, other rolls, wrong plans."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests.cases.failures.conftest import district, hall
from tests.cases.failures.hall import FAILED, PASSED, REFUSED, Hall, column, lines

__all__ = ["district", "hall"]
FIRST = 3  # row of the first child


def _table(hall: Hall, number: Any) -> Path:
    """A table of numbers: ``number(place, document number)`` for each child; twins share the first's."""
    sheet = load_workbook(hall.forms)["申请表"]
    id_column, family = column(sheet, "证件号码") - 1, column(sheet, "双胞胎编号") - 1
    book = Workbook()
    found = book.worksheets[0]
    found.append(["证件号码", "号码"])
    told: set[str] = set()
    for place, row in enumerate(sheet.iter_rows(min_row=FIRST, values_only=True)):
        key = str(row[family] or f"single {place}")
        if key not in told:
            found.append([row[id_column], number(place, str(row[id_column]))])
        told.add(key)
    path = hall.desk / "号码.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (lambda place, document: document.replace("X", "0"), "就是证件号码"),
        (lambda place, document: document[:16], "就是证件号码"),
        (lambda place, document: document[4:17], "就是证件号码"),
        (lambda place, document: str(place + 20_141_221_000), ""),
        (lambda place, document: "77" if place < 2 else str(place + 100), "给了 2 个家庭"),
    ],
)
def test_numbers_of_the_hall_never_publish_document_numbers(hall: Hall, number: Any, said: str) -> None:
    """They stand in the public spec, one by one: a table filled with identity numbers would publish them all."""
    hall.change("rules.yaml", {"ranking": {"method": "external"}})
    draw = hall.play("commit")
    done = hall.draw("spec", draw, "--plan", hall.folder, "--numbers", _table(hall, number))
    if not said:
        assert done.code == PASSED, done.err
        return
    assert done.code == REFUSED
    assert said in done.err
    assert "号码.xlsx" in done.err
    assert not (draw / "spec.json").exists()


def test_a_number_for_a_child_who_is_not_on_the_roll(hall: Hall) -> None:
    hall.change("rules.yaml", {"ranking": {"method": "external"}})
    draw, table = hall.play("commit"), _table(hall, lambda place, _: place + 100)
    book = load_workbook(table)
    book.worksheets[0].append(["999901201409990011", 99])
    book.save(table)
    refused = hall.draw("spec", draw, "--plan", hall.folder, "--numbers", table)
    assert refused.code == REFUSED
    assert "不在封存的名册" in refused.err
    assert "999901201409990011" not in refused.err


def test_another_roll_in_the_same_folder_is_told_as_such(hall: Hall) -> None:
    hall.play("freeze")
    refused = hall.freeze("draw", "--rehearsal")
    assert refused.code == REFUSED
    assert "已封存了另一份名册" in refused.err


@pytest.mark.parametrize(
    ("added", "line", "said"),
    [("\n  x: [1,\n", 1, "YAML"), ("\ndraw_id: 另一个\n", 1, "draw_id 写了两次")],
)
def test_a_plan_is_told_with_its_line(hall: Hall, added: str, line: int, said: str) -> None:
    plan = hall.folder / "plan.yaml"
    before = plan.read_text("utf-8").rstrip("\n")
    plan.write_text(before + added, encoding="utf-8")
    refused = hall.freeze()
    assert refused.code == REFUSED
    assert said in refused.err
    assert f"plan.yaml:{before.count(chr(10)) + 1 + line}" in refused.err
    assert "<unicode string>" not in refused.err


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("parties", [{"role": "公证/处"}], "角色名"),
        ("schedule", {"reveals_by": "明天", "beacon_from": "2027-07-10T09:30:00+08:00"}, "时间写法"),
    ],
)
def test_what_no_later_step_could_use_is_found_at_the_freeze(
    hall: Hall, key: str, value: Any, said: str
) -> None:
    hall.change("plan.yaml", {key: value})
    refused = hall.freeze()
    assert refused.code == REFUSED
    assert said in refused.err
    assert not (hall.desk / "draw").exists()


def test_committing_twice_into_one_file(hall: Hall) -> None:
    draw = hall.play("commit")
    secret = hall.desk / "draw-secrets" / "notary"
    before = secret.read_bytes()
    refused = hall.draw("commit", draw, "--role", "notary", "--secret", secret)
    assert refused.code == REFUSED
    assert "已经承诺的，不必再做" in refused.err
    assert "File exists" not in refused.err
    assert secret.read_bytes() == before


def test_a_signature_refused_leaves_no_key(hall: Hall) -> None:
    """A key that signed nothing, its public half already read aloud, would only confuse."""
    draw = hall.play()
    assert hall.draw("publish", draw, "--out", hall.desk / "公布").code == PASSED
    refused = hall.draw("sign", draw, "--role", "notary", "--key", hall.desk / "k")
    assert refused.code == REFUSED
    assert "公钥" not in refused.out
    assert not (hall.desk / "k").exists()


def test_what_a_killed_run_left_goes_with_the_next(hall: Hall) -> None:
    """Half a folder of receipts holds names and document numbers: it must not lie about, hidden."""
    left = hall.desk / ".回执.abcd.tmp"
    assert hall.freeze("draw", "--receipts", hall.desk / "回执").code == PASSED
    (hall.desk / "回执").rename(left)
    (hall.desk / ".回执.efgh.tmp").mkdir()
    other = hall.desk / ".回执.keep.tmp"
    other.mkdir()
    (other / "别的").write_text("x", encoding="utf-8")
    assert hall.freeze("draw", "--receipts", hall.desk / "回执").code == PASSED
    assert {path.name for path in hall.desk.iterdir() if path.name.startswith(".")} == {other.name}


def test_what_is_missing_from_a_publication_is_said(hall: Hall) -> None:
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    for name in ("log.jsonl", "录取公示表.xlsx", "verify.html"):
        (public / name).unlink()
    seen = hall.draw("verify", public)
    assert seen.code == PASSED
    for said in ("文件夹里没有日志", "文件夹里没有公示表", "文件夹里没有 verify.html"):
        assert said in seen.out.replace("\n", "")


def test_a_forged_proof_of_the_log_is_noticed(hall: Hall) -> None:
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    proof = json.loads((public / "log-proof.json").read_bytes())
    proof["new"]["size"] += 1
    (public / "log-proof.json").write_text(json.dumps(proof), encoding="utf-8")
    assert hall.draw("verify", public).code == FAILED


def test_publishing_after_a_correction_names_the_root_that_holds(hall: Hall) -> None:
    draw, public = hall.play(), hall.desk / "公布"
    struck = lines(draw / "roll" / "rows.jsonl")[0]["pid"]
    assert hall.draw("strike-off", draw, "--pid", struck[:12], "--reason", "放弃入学").code == PASSED
    done = hall.draw("publish", draw, "--out", public)
    root = json.loads((draw / "corrections" / "0001.json").read_bytes())["result"]["root"]
    assert "以此为准" in done.out
    assert root[:8] in done.out


def test_a_list_without_names_is_announced(hall: Hall) -> None:
    """Published again after the names were destroyed, the list loses them: the officer must know before posting it."""
    draw, public = hall.play(), hall.desk / "公布"
    assert "没有姓名" not in hall.draw("publish", draw, "--out", public).out
    assert hall.draw("forget", draw).code == PASSED
    assert "没有姓名" in hall.draw("publish", draw, "--out", public).out


def test_rehearsing_twice_into_one_folder_says_what_is_there(hall: Hall) -> None:
    words = ("rehearse", hall.forms, "--plan", hall.folder, "--out", hall.desk / "演练")
    assert hall.draw(*words, "--times", "2").code == PASSED
    kept = (hall.desk / "演练" / "01" / "log.jsonl").read_bytes()
    for times in (("--times", "3"), ()):
        refused = hall.draw(*words, *times)
        assert refused.code == REFUSED
        assert "已有" in refused.err
        assert "新" in refused.err
    assert not (hall.desk / "演练" / "03").exists()
    assert (hall.desk / "演练" / "01" / "log.jsonl").read_bytes() == kept
