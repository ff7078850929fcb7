"""The second mind on enrolment results: sound ones agree, every kind of tampering is found."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.enrolment.made import small_book, write_book

from junheng.basics import UserError, sha256_file
from junheng.enrolment import RATES, make_lists, run_match, run_report, write_outcome, write_report
from junheng.verification import verify_enrolment, verify_special

ON = date(2026, 10, 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("enrolment")
    book = write_book(folder / "book.xlsx", small_book())
    write_outcome(run_match(book, ON), folder / "out", {}, lambda *_: None)
    return folder / "out"


@pytest.fixture
def result(written: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return Path(copytree(written, tmp_path / "out"))


def test_a_sound_result_agrees(result: Path) -> None:
    found = verify_enrolment(result)
    assert found.difference is None
    assert found.pairs == 5
    assert found.entries == 5


def test_lists_full_of_slips_agree(tmp_path: Path) -> None:
    """Two hundred made-up children, every kind of slip at once; names and numbers of two sheets as they come."""
    made = make_lists(200, 5, dict.fromkeys(RATES, 0.1), absent=0.05)
    heads = ["姓名", "证件号", "性别", "出生日期", "监护人", "学校标识码"]
    sheets: dict[str, list[list[object]]] = {}
    for title, people in (("户籍", made.left), ("学籍", made.right)):
        columns = (
            people.names,
            people.numbers,
            people.sexes,
            people.births,
            people.guardians,
            people.schools,
        )
        sheets[title] = [heads, *map(list, zip(*columns, strict=True))]
    sheets["在校"] = [heads, *sheets["学籍"][20:]]
    sheets["帮扶"] = [heads, *sheets["学籍"][1:40]]
    write_outcome(
        run_match(write_book(tmp_path / "b.xlsx", sheets), ON), tmp_path / "out", {}, lambda *_: None
    )
    found = verify_enrolment(tmp_path / "out")
    assert found.difference is None
    assert found.pairs > 300


def _seal(result: Path) -> None:
    """Hashes made to fit again, so that only the content can give the tampering away."""
    about = json.loads((result / "enrolment.json").read_text("utf-8"))
    for view in ("full", "masked", "counts"):
        path = result / view / "view.json"
        said = json.loads(path.read_text("utf-8"))
        said["files"] = {p.name: sha256_file(p) for p in path.parent.iterdir() if p != path}
        path.write_text(json.dumps(said), "utf-8")
        about["views"][view] = sha256_file(path)
    (result / "enrolment.json").write_text(json.dumps(about), "utf-8")


def _json(file: str, change: Callable[[Any], None]) -> Callable[[Path], None]:
    def tamper(result: Path) -> None:
        content = json.loads((result / file).read_text("utf-8"))
        change(content)
        (result / file).write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    return tamper


def _text(file: str, old: str, new: str) -> Callable[[Path], None]:
    def tamper(result: Path) -> None:
        text = (result / file).read_text("utf-8")
        assert old in text
        (result / file).write_text(text.replace(old, new, 1), "utf-8")

    return tamper


PAIRS = "full/household_register.pairs.csv"
TAMPERED = {
    "a score": _text(PAIRS, "96,certain", "97,certain"),
    "a class": _text(PAIRS, "certain,near", "check,near"),
    "a level": _text(PAIRS, "one_digit,same", "same,same"),
    "how": _text(PAIRS, "certain,exact", "certain,near"),
    "a pair gone": _text(PAIRS, "0,0,96,certain,exact,0,same,same,same,same,missing,same\n", ""),
    "a name in a list": _text("full/household_register.left.csv", "张梓涵", "王梓涵"),
    "an entry gone": _json("full/ledgers.json", lambda found: found["entries"].pop()),
    "a state": _json("full/ledgers.json", lambda found: found["entries"][0].update(state="visited")),
    "a ledger": _json("full/ledgers.json", lambda found: found["entries"][0].update(ledger="dropout")),
    "a step": _json(
        "full/ledgers.json",
        lambda found: found["entries"][0].update(
            state="closed", steps=[{"action": "close", "dated": "2026-10-01"}]
        ),
    ),
    "a count": _json("full/counts.json", lambda found: found["tables"]["focus"].update(migrant=9)),
    "ages": _json("full/counts.json", lambda found: found["tables"]["ages"].update({"in": 9})),
    "a small cell": _json("counts/counts.json", lambda found: found["tables"]["focus"].update(left_behind=1)),
    "a name": _json("masked/ledgers.json", lambda found: found["entries"][0].update(name="王浩")),
    "an address": _json("masked/ledgers.json", lambda found: found["entries"][0].update(address="XX村")),
    "a key gone": _json("full/ledgers.json", lambda found: found["entries"][0].pop("state")),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_found_with_or_without_new_hashes(result: Path, tamper: Callable[[Path], None]) -> None:
    tamper(result)
    altered = verify_enrolment(result).difference
    assert altered is not None
    assert "altered" in altered.en
    _seal(result)
    difference = verify_enrolment(result).difference
    assert difference is not None
    assert "altered" not in difference.en


def test_a_pair_that_was_overlooked_is_found(result: Path) -> None:
    """The near pair taken out, its child entered as not found: every count and hash fits, but the lists do not."""
    path = result / PAIRS
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "one_digit" not in line), "utf-8")
    _seal(result)
    difference = verify_enrolment(result).difference
    assert difference is not None
    assert "were not matched" in difference.en


def test_a_file_too_many_or_gone(result: Path) -> None:
    (result / "counts" / "names.txt").write_text("x", "utf-8")
    found = verify_enrolment(result).difference
    assert found is not None
    assert "names.txt" in found.en
    (result / "full" / "rules.json").unlink()
    with pytest.raises(UserError, match="absent or damaged"):
        verify_enrolment(result)


def test_a_report_of_groups(tmp_path: Path) -> None:
    cohort: list[list[object]] = [
        ["三年前初一在校生", "转入", "转出", "死亡", "毕业生"],
        [300, 10, 20, 1, 285],
    ]
    book = write_book(tmp_path / "book.xlsx", {"学籍": small_book()["学籍"], "毕业队列": cohort})
    write_report(run_report(book, ON), tmp_path / "out", {}, lambda *_: None)
    assert verify_special(tmp_path / "out").difference is None
    path = tmp_path / "out" / "special_groups.json"
    sound = path.read_text("utf-8")
    for old, new in (
        ('"295/299"', '"296/299"'),
        ('"98.66"', '"98.67"'),
        ('"1/3"', '"2/3"'),
        ('"deaths": 1', '"deaths": 2'),
        ('"pupils": null', '"pupils": 3'),
    ):
        assert old in sound
        path.write_text(sound.replace(old, new, 1), "utf-8")
        assert verify_special(tmp_path / "out").difference is not None
