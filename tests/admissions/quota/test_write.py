"""What is written: the workbook's sums, JSON, the dictionary's table; all or nothing."""

import csv
import json
import stat
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.admissions.quota.made_problem import LOT, YEAR, junior, rules, senior, table

from junheng.admissions import QuotaInput, QuotaResult, allocate_quota, check_quota_folder, write_quota
from junheng.admissions.privacy import find_personal_data
from junheng.admissions.quota.admit import admit, require_rule
from junheng.admissions.quota.problem import Pupil
from junheng.admissions.quota.result import Compared, checked
from junheng.admissions.quota.what_if import differences, load_what_if, reallocate
from junheng.basics import UserError
from junheng.data import load_dictionary, make_county, read_input, write_template

PUPILS = tuple(
    Pupil(f"P{n:03}", f"J00{1 + n % 3}", Fraction(500 + n), Fraction(3), (), ("S001",)) for n in range(12)
)
GIVEN = QuotaInput(
    YEAR,
    (replace(senior(1, 7), plan=14), replace(senior(2, 9), plan=17, districts=("甲区",))),
    (junior(1, 30), junior(2, 30, is_rural=True), junior(3, 41, district="乙县", is_rural=None)),
    PUPILS,
)


@pytest.fixture
def result(tmp_path: Path) -> QuotaResult:
    """A result with everything in it: seats, lots, admission, what-if."""
    rules_ = rules(
        eligibility={"years": "3"},
        admission={"order": "score_first", "minimum_score": {"kind": "none"}},
    )
    allocation = allocate_quota(GIVEN, rules_, LOT)
    path = tmp_path / "what_if.yaml"
    path.write_text("name: {zh: 测算, en: what if}\nbasis: {J003: 60}\n", encoding="utf-8")
    changes, located = load_what_if(path)
    after = reallocate(allocation, changes, located)
    compared = Compared(changes, after, checked(after), tuple(differences(allocation, after)))
    admission = admit(allocation, require_rule(rules_.admission))
    return QuotaResult(allocation, checked(allocation), "0" * 64, admission, compared)


def _sheet(path: Path, name: str) -> list[list[object]]:
    book = CalamineWorkbook.from_path(str(path))
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def test_the_officers_table_holds_every_seat_and_its_sums(tmp_path: Path, result: QuotaResult) -> None:
    write_quota(result, tmp_path / "out")
    rows = _sheet(tmp_path / "out" / "指标分配表.xlsx", "指标分配表")
    assert rows[0][0] == "2027年优质普通高中指标到校分配表"
    body = rows[3:6]
    seats = table(result.allocation)
    for j, row in enumerate(body):
        assert row[3] == f"J00{j + 1}"
        assert [cell or 0 for cell in row[6:8]] == [line[j] for line in seats]
        assert row[8] == sum(line[j] for line in seats)
    assert [row[4] for row in body] == ["非农村", "农村", ""]
    assert rows[6][5:9] == [101, 7, 9, 16]
    notes = " ".join(str(row[0]) for row in rows[7:])
    assert "达标" in notes
    assert LOT.seed.hex() in notes


def test_every_seat_has_its_derivation(tmp_path: Path, result: QuotaResult) -> None:
    write_quota(result, tmp_path / "out")
    rows = _sheet(tmp_path / "out" / "指标分配表.xlsx", "明细计算")[2:]
    assert len(rows) == 5  # S001 serves three schools, S002 two
    assert sum(int(str(row[13]).split(".")[0]) for row in rows) == 16
    for row in rows:
        share, floor_, extra, seats = Fraction(str(row[6])), row[8], row[11] or 0, row[13]
        assert float(floor_) + float(extra) == float(seats)  # type: ignore[arg-type]  # cells of numbers
        assert abs(share - Fraction(str(seats))) < 1
        assert row[14]
    names = CalamineWorkbook.from_path(str(tmp_path / "out" / "指标分配表.xlsx")).sheet_names
    assert names == ["指标分配表", "高中指标", "合计计算", "明细计算", "抽签", "规则", "对比", "录取汇总"]


def test_the_json_carries_exact_fractions(tmp_path: Path, result: QuotaResult) -> None:
    write_quota(result, tmp_path / "out")
    document = json.loads((tmp_path / "out" / "allocation.json").read_text(encoding="utf-8"))
    assert document["format"] == "junheng/quota/1"
    (found,) = document["tables"]
    first = next(cell for cell in found["cells"] if (cell["senior"], cell["id"]) == ("S001", "J001"))
    assert Fraction(first["exact"]) == Fraction(7 * 30, 101)
    assert set(first) >= {"floor", "remainder", "rank", "extra", "seats", "why"}
    assert document["checks"]["tilt"]["verdict"] == "cannot_tell"
    what_if = json.loads((tmp_path / "out" / "what_if.json").read_text(encoding="utf-8"))
    totals = [row for row in what_if["differences"] if not row["senior"]]
    assert sum(row["change"] for row in totals) == 0


def test_the_table_has_the_form_of_the_dictionary(tmp_path: Path, result: QuotaResult) -> None:
    write_quota(result, tmp_path / "out")
    with (tmp_path / "out" / "quota.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == list(load_dictionary().tables["quota"].columns)
    assert sum(int(row["seats"]) for row in rows) == 16
    assert [row["is_rural"] for row in rows[:3]] == ["false", "true", ""]
    assert {row["plan"] for row in rows} == {"14", "17"}


def test_the_table_is_read_with_an_input_of_the_evaluation(tmp_path: Path, result: QuotaResult) -> None:
    book = tmp_path / "in"
    book.mkdir()
    write_template(book / "county.xlsx", tables=make_county(5, 7))
    write_quota(result, tmp_path / "out")
    (book / "quota.csv").write_bytes((tmp_path / "out" / "quota.csv").read_bytes())
    read = [row for row in read_input(book).tables["quota"].to_pylist() if row["year"] == YEAR]
    assert sum(row["seats"] for row in read) == 16
    assert [row["is_rural"] for row in read[:3]] == [False, True, None]


def test_pupils_stand_in_one_file_for_its_owner_alone(tmp_path: Path, result: QuotaResult) -> None:
    write_quota(result, tmp_path / "out")
    private = tmp_path / "out" / "内部_指标生录取名单.csv"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert "P003" in private.read_text(encoding="utf-8-sig")
    for path in (tmp_path / "out").iterdir():
        if path != private:
            names = [row.id for row in PUPILS]
            assert find_personal_data(path, names) == [], path.name


def test_two_runs_give_the_same_bytes(tmp_path: Path, result: QuotaResult) -> None:
    for name in ("one", "two"):
        write_quota(result, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_failure_leaves_the_old_result(
    tmp_path: Path, result: QuotaResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_quota(result, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("junheng.admissions.quota.workbook._rules", full)
    with pytest.raises(UserError, match="无法写入"):
        write_quota(result, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path, result: QuotaResult) -> None:
    """A draw's folder, given by mistake as the place for the result, once vanished with all it held."""
    (tmp_path / "draw").mkdir()
    (tmp_path / "draw" / "log.jsonl").write_text("frozen", encoding="utf-8")
    with pytest.raises(UserError, match="something else"):
        write_quota(result, tmp_path / "draw")
    assert (tmp_path / "draw" / "log.jsonl").read_text("utf-8") == "frozen"
    write_quota(result, tmp_path / "new")
    write_quota(result, tmp_path / "new")


def test_a_written_folder_is_checked_and_tampering_found(tmp_path: Path, result: QuotaResult) -> None:
    write_quota(result, tmp_path / "out")
    assert check_quota_folder(tmp_path / "out") == []
    path = tmp_path / "out" / "quota.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",14,2,", ",14,3,", 1), encoding="utf-8")
    assert [text.zh for text in check_quota_folder(tmp_path / "out")] == ["quota.csv 与 allocation.json 不符"]
    with pytest.raises(UserError, match="没有可核对"):
        check_quota_folder(tmp_path)
