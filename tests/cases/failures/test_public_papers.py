"""公开的文件里没有孩子的身份 Nothing public names a child: every public paper of every command under the scanner.

曾有录取名单连同证件号码、住址挂在网上。
"""

import csv
import re
from collections.abc import Collection, Iterable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cases.failures.hall import AFTER, BEFORE, PASSED, ROOT, Hall, lines

from junheng.admissions import find_personal_data, make_city, read_applications

SEED = "5e" * 32
PRIVATE_MARK = "内部"


def _people(hall: Hall) -> set[str]:
    """Full names of all children and guardians of the district."""
    children = read_applications(hall.forms).children
    found = {child.cell(name) for child in children for name in ("name", "guardian")}
    assert len(found) > 150
    return found


def _scan(paths: Iterable[Path], names: Collection[str], at_least: int) -> None:
    """No identity number, telephone, address or full name in any of ``paths``."""
    files = [path for path in paths if path.is_file()]
    assert len(files) >= at_least, files
    for path in files:
        assert [str(found) for found in find_personal_data(path, names=names)] == [], path.name


def test_everything_a_draw_publishes(hall: Hall) -> None:
    """公报、日志、公示表、公告、去标识名册、结果册、更正、核对程序：没有证件号、电话、姓名全名、住址。

    Transcript, log, list, notice, rows, results, corrections and verifiers hold none of it.
    """
    draw, public = hall.play(), hall.desk / "公布"
    leaving = next(leaf["pid"] for leaf in lines(draw / "result" / "results.jsonl") if leaf["school"])
    assert hall.draw("strike-off", draw, "--pid", leaving, "--reason", "放弃入学").code == PASSED
    words = ("--with-rows", "--roll-is-public", "X教〔2027〕1号")
    assert hall.draw("publish", draw, "--out", public, *words).code == PASSED
    _scan(public.iterdir(), _people(hall), 11)


def test_everything_a_rehearsal_publishes(hall: Hall) -> None:
    """演练用的也是真名单，公布的文件一样不能有个人信息。

    A rehearsal uses the real roll: the same holds for what it publishes.
    """
    practice, public = hall.desk / "演练", hall.desk / "公布"
    assert hall.draw("rehearse", hall.forms, "--plan", hall.folder, "--out", practice).code == PASSED
    assert hall.draw("publish", practice, "--out", public).code == PASSED
    _scan(public.iterdir(), _people(hall), 7)


def test_an_incident_record_and_the_screen(hall: Hall) -> None:
    """事故记录和大屏上打出的每一行也不含个人信息。

    Nor does the record of an incident, nor any line shown on the screen of the hall.
    """
    names = _people(hall)
    hall.clock(BEFORE)
    shown = [hall.freeze().out]
    draw = hall.play("seed", name="shown")
    shown += [hall.draw("run", draw).out, hall.draw("publish", draw, "--out", hall.desk / "公布").out]
    shown.append(hall.draw("verify", hall.desk / "公布").out)
    hall.clock(AFTER)
    assert hall.draw("void", draw, "--reason", "现场停电").code == PASSED
    _scan([draw / "incident.json"], names, 1)
    for text in shown:
        assert text
        assert find_personal_data(text.encode(), names=names) == []


def test_the_scanner_sees_what_is_private(hall: Hall) -> None:
    """对照：封存材料、凭条、身份文件里有个人信息，检查器看得见。

    For comparison: sealed papers, slips and identities hold it, and the scanner sees it there.
    """
    draw, sealed, slips = hall.play(), hall.desk / "封存", hall.desk / "凭条"
    done = hall.draw("publish", draw, "--out", hall.desk / "公布", "--sealed", sealed, "--slips", slips)
    assert done.code == PASSED
    names = _people(hall)
    for path in (
        sealed / "录取名单_封存.xlsx",
        min(slips.glob("*.html")),
        draw / "private" / "identities.jsonl",
    ):
        kinds = {found.kind for found in find_personal_data(path, names=names)}
        assert {"identity_number", "name"} <= kinds, path.name


def test_what_a_trial_of_admission_may_show(hall: Hall) -> None:
    """试算的录取线、审计、规则比较可以拿出去讨论；含姓名的名单只供内部，文件夹只有本人能打开。

    Cut-offs, audit and comparison of a trial may be shown around; the list with names stays inside.
    """
    out = hall.desk / "试算"
    done = hall.run(
        "admit", hall.forms, "--rules", hall.folder / "rules.yaml", "--intake", hall.folder / "intake.yaml",
        "--exceptions", hall.folder / "exceptions.yaml", "--seed", SEED, "--out", out,
        "--compare", "deferred_acceptance",
    )  # fmt: skip
    assert done.code == PASSED, done.err
    assert out.stat().st_mode & 0o077 == 0
    _scan(out.glob("*.json"), _people(hall), 4)


@pytest.mark.parametrize("name", ["机会.json", "机会.xlsx"])
def test_what_chance_writes(hall: Hall, name: str) -> None:
    """录取机会的估计按学校和志愿汇总，不足五人的格子不显示，也没有任何孩子的信息。

    Chances are sums by school and wish; small cells are hidden, and no child is in them.
    """
    done = hall.run(
        "chance", hall.forms, "--rules", hall.folder / "rules.yaml", "--intake", hall.folder / "intake.yaml",
        "--exceptions", hall.folder / "exceptions.yaml", "--draws", "20", "--out", hall.desk / name,
    )  # fmt: skip
    assert done.code == PASSED, done.err
    _scan([hall.desk / name], _people(hall), 1)


def test_what_chance_writes_for_one_child(hall: Hall) -> None:
    """按证件号码查一个孩子的机会，写出的文件里没有这个号码。

    Asked for one child by document number, the file written does not hold the number.
    """
    sheet = load_workbook(hall.forms)["申请表"]
    out = hall.desk / "机会.json"
    done = hall.run(
        "chance", hall.forms, "--rules", hall.folder / "rules.yaml", "--intake", hall.folder / "intake.yaml",
        "--exceptions", hall.folder / "exceptions.yaml", "--child", str(sheet["D3"].value), "--draws", "20",
        "--out", out,
    )  # fmt: skip
    assert done.code == PASSED, done.err
    _scan([out], _people(hall), 1)


def test_what_quota_publishes(hall: Hall) -> None:
    """指标分配表、算式、录取统计里没有考生；考生名单单独一个文件，文件名写明内部，只有本人能读。

    Table, arithmetic and sums name no pupil; the list of pupils is one file, marked internal, for its owner alone.
    """
    example, out = ROOT / "examples" / "quota", hall.desk / "指标"
    done = hall.run(
        "quota", example / "quota_2027.xlsx", "--rules", example / "rules.yaml", "--seed", SEED, "--out", out
    )
    assert done.code == PASSED, done.err
    private = [path for path in out.iterdir() if path.name.startswith(PRIVATE_MARK)]
    assert [path.stat().st_mode & 0o077 for path in private] == [0]
    with private[0].open(encoding="utf-8-sig", newline="") as stream:
        pupils = {row["考生号"] for row in csv.DictReader(stream)}
    assert len(pupils) > 1000
    public = [path for path in out.iterdir() if path not in private]
    _scan(public, sorted(pupils)[::50], 4)
    for path in public:
        if path.suffix != ".xlsx":
            assert not pupils & set(re.split(r"\W+", path.read_text("utf-8"))), path.name


def test_the_scanner_is_given_whole_cities() -> None:
    """检查器用整座虚构城市的姓名来查，不是几个样例。

    The scanner is fed the names of a whole made-up city, not a handful.
    """
    names = {entrant.identity["name"] for entrant in make_city(0.02).applicants}
    assert len(names) > 300
    listed = "、".join(sorted(names)[:50])
    assert len({str(found) for found in find_personal_data(listed.encode(), names=names)}) >= 40
