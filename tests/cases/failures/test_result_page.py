"""结果页只能是封存的结果 The result page shows the frozen result and nothing else.

曾有查询网页显示了别的结果（西城 2020），也曾有演练名单被当作正式名单张贴。
"""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cases.failures.hall import FAILED, PASSED, REFUSED, Hall, lines

LIST, NOTICE = "录取公示表.xlsx", "结果公告.docx"
FROZEN = ("result/results.jsonl", "result/result.json", "seed.json", "roll/rows.jsonl", "spec.json")


@pytest.mark.parametrize("path", FROZEN)
def test_a_changed_results_file_is_never_published(hall: Hall, path: str) -> None:
    """曾经：结果文件在公布前被改过几行，照样上了网。现在：改动一个字节，公布、凭条、名单一律拒绝。

    Once: lines of the results were changed before they went online. Now: one byte changed, and nothing is published.
    """
    draw = hall.play()
    file = draw / path
    file.write_bytes(file.read_bytes().replace(b'"101"', b'"102"', 1) + b" ")
    places = [hall.desk / name for name in ("公布", "封存", "凭条")]
    done = hall.draw("publish", draw, "--out", places[0], "--sealed", places[1], "--slips", places[2])
    assert done.code == REFUSED
    assert not any(place.exists() for place in places)


def test_a_child_moved_to_another_school_shows_up_in_the_rerun(hall: Hall) -> None:
    """曾经：结果被改后，连日志和摘要也一并重做。现在：任何人用名册重算，第一个不符的孩子就被指出。

    Once: results were changed together with every fingerprint. Now: the re-run names the first child that differs.
    """
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    leaves = lines(draw / "result" / "results.jsonl")
    first = next(leaf for leaf in leaves if leaf["school"] == "101")
    other = next(leaf for leaf in leaves if leaf["school"] == "102")
    first["school"], other["school"] = "102", "101"
    forged = hall.desk / "results.jsonl"
    forged.write_text(
        "".join(json.dumps(leaf, ensure_ascii=False) + "\n" for leaf in leaves), encoding="utf-8"
    )
    seen = hall.draw("verify", public, "--rows", draw / "roll" / "rows.jsonl", "--results", forged)
    assert seen.code == FAILED
    assert "未通过" in seen.out


def test_a_list_built_from_other_results_is_found_out(hall: Hall) -> None:
    """曾经：墙上的名单来自另一次摇号。现在：名单上印着结果指纹，核对公布文件夹即知不是这一次的。

    Once: the list on the wall came from another draw. Now: it bears its result's fingerprint, and checking tells.
    """
    public, other = hall.desk / "公布", hall.desk / "另一次"
    for name, place in (("draw", public), ("other", other)):
        assert hall.draw("publish", hall.play(name=name), "--out", place).code == PASSED
    assert hall.draw("verify", public).code == PASSED
    shutil.copy(other / LIST, public / LIST)
    seen = hall.draw("verify", public)
    assert seen.code == FAILED
    assert "公示表" in seen.out


def test_one_child_exchanged_on_the_posted_list_is_found_out(hall: Hall) -> None:
    """曾经：名单上把一个孩子换成另一个，人数不变。现在：有结果册者逐人核对，换掉的那个编号会被指出。

    Once: one child on the list was exchanged for another. Now: compared child by child, the code is named.
    """
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    book = load_workbook(public / LIST)
    first, second = book.worksheets[0]["B2"], book.worksheets[1]["B2"]
    first.value, second.value = second.value, first.value
    book.save(public / LIST)
    assert hall.draw("verify", public).code == PASSED  # numbers and fingerprint still agree …
    files = ("--rows", draw / "roll" / "rows.jsonl", "--results", draw / "result" / "results.jsonl")
    seen = hall.draw("verify", public, *files)
    assert seen.code == FAILED  # … the children do not
    assert str(first.value) in seen.out.replace("\n", "")


def test_a_rehearsal_is_marked_on_every_file_and_page(hall: Hall) -> None:
    """曾经：演练名单没有标记，被当作正式名单张贴。现在：每个文件名、每页页眉、公告和凭条都写明是演练。

    Once: an unmarked rehearsal was posted as the real list. Now: file names, pages, notice and slips all say so.
    """
    practice, public, slips = hall.desk / "演练", hall.desk / "公布", hall.desk / "凭条"
    assert hall.draw("rehearse", hall.forms, "--plan", hall.folder, "--out", practice).code == PASSED
    assert hall.draw("publish", practice, "--out", public, "--slips", slips).code == PASSED
    assert all(path.name.startswith("rehearsal-") for path in public.iterdir())
    for sheet in load_workbook(public / f"rehearsal-{LIST}"):
        assert "演练" in str(sheet.oddHeader.center.text)
    assert all("演练" in path.read_text("utf-8") for path in slips.glob("*.html"))
    seen = hall.draw("verify", public)
    assert "演练" in seen.out


def test_a_rehearsal_cannot_take_the_place_of_the_official_result(hall: Hall) -> None:
    """曾经：演练结果覆盖了正式公布的文件夹。现在：演练不能写进正式公布的文件夹，改名冒充也通不过核对。

    Once: a rehearsal was copied over the published folder. Now: refused; renamed and relabelled, it fails the check.
    """
    practice, public, false = hall.desk / "演练", hall.desk / "公布", hall.desk / "冒充"
    assert hall.draw("publish", hall.play(), "--out", public).code == PASSED
    before = {path.name: path.read_bytes() for path in public.iterdir()}
    assert hall.draw("rehearse", hall.forms, "--plan", hall.folder, "--out", practice).code == PASSED
    assert hall.draw("publish", practice, "--out", public).code == REFUSED
    assert {path.name: path.read_bytes() for path in public.iterdir()} == before
    assert hall.draw("publish", practice, "--out", false).code == PASSED
    for path in list(false.iterdir()):
        path.rename(path.with_name(path.name.removeprefix("rehearsal-")))
    transcript = false / "transcript.json"
    transcript.write_bytes(transcript.read_bytes().replace(b'"purpose":"rehearsal"', b'"purpose":"official"'))
    assert hall.draw("verify", false).code == FAILED


def test_after_a_correction_list_and_notice_show_it(hall: Hall) -> None:
    """曾经：有人放弃、递补以后，公示的仍是旧名单。现在：再次公布的名单和公告写明更正，旧去向也留着。

    Once: after somebody gave up a seat the old list stayed up. Now: list and notice show the correction and what was before.
    """
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    leaving = next(leaf for leaf in lines(draw / "result" / "results.jsonl") if leaf["school"] == "101")
    assert hall.draw("strike-off", draw, "--pid", leaving["pid"][:12], "--reason", "放弃入学").code == PASSED
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    book = load_workbook(public / LIST)
    assert book["核减"]["B2"].value == leaving["pid"][:12]
    school = book.worksheets[0]
    assert leaving["pid"][:12] not in [row[1] for row in school.iter_rows(values_only=True)]
    assert hall.draw("verify", public).code == PASSED


def test_a_correction_that_was_never_made_is_found_out(hall: Hall) -> None:
    """想法：在公布文件夹里塞一份“更正”，把名单改掉。结果：日志里没有这一步，一核对就露馅。

    The idea: slip a “correction” into the public folder. What happens: no line of the log holds it.
    """
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    result = json.loads((draw / "result" / "result.json").read_bytes())
    false = {
        "number": 1,
        "struck": [],
        "differences": [],
        "reason": "更正",
        "result": {**result, "root": "0" * 64},
    }
    (public / "correction-0001.json").write_text(json.dumps(false), encoding="utf-8")
    seen = hall.draw("verify", public)
    assert seen.code == FAILED
    assert "corrections/0001.json" in seen.out.replace("\n", "")
    (public / "correction-0001.json").unlink()
    log = (public / "log.jsonl").read_bytes().splitlines(keepends=True)
    for forged in (log[:3], [*log[:4], *log[5:]], [log[0].replace(b"120", b"121"), *log[1:]]):
        (public / "log.jsonl").write_bytes(b"".join(forged))
        assert hall.draw("verify", public).code == FAILED


@pytest.mark.parametrize("place", ["公布/凭条", "draw", "draw/private", "照片"])
def test_slips_never_land_among_public_papers_or_on_other_peoples_files(hall: Hall, place: str) -> None:
    """曾经：含身份证号的文件被存进公开的文件夹。现在：凭条、回执、封存材料只写进新的文件夹，写错地方即拒绝。

    Once: files with identity numbers were saved into a public folder. Now: private papers go to a new folder of their own.
    """
    draw, public = hall.play(), hall.desk / "公布"
    (hall.desk / "照片").mkdir()
    (hall.desk / "照片" / "合影.jpg").write_bytes(b"not ours")
    held = _files(hall.desk)
    for option in ("--slips", "--sealed"):
        assert hall.draw("publish", draw, "--out", public, option, hall.desk / place).code == REFUSED
    assert _files(hall.desk) == held


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
