"""``junheng admit``: the papers of a trial, its label, its refusals; nothing decided while a form is in doubt."""

import json
import stat
from pathlib import Path

import openpyxl
import pytest
import yaml
from tests.admissions.forms import good_row, write_grid
from tests.cli.conftest import Run
from tests.cli.made_forms import OTHER_SEED, SEED, sheet_rows, write_forms, write_rules

from junheng.admissions import find_personal_data, read_applications

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "admission"
FORMS, RULES = EXAMPLE / "applications.xlsx", EXAMPLE / "rules.yaml"
BOOK = "试算_录取名单.xlsx"


def test_the_example_end_to_end(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "trial"
    done = junheng(
        *("admit", FORMS, "--rules", RULES, "--exceptions", EXAMPLE / "exceptions.yaml", "--seed", SEED),
        *("--compare", "deferred_acceptance", "--zones", EXAMPLE / "zones.xlsx", "--on", "2027-09-01"),
        *("--out", out),
    )
    assert done.code == 0, done.err
    assert "试算，不是正式结果" in done.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    applications = read_applications(FORMS)
    numbers = {child.number for child in applications.children}
    admitted, unplaced = sheet_rows(out / BOOK, "录取名单"), sheet_rows(out / BOOK, "未录取")
    listed = [row[4] for row in admitted] + [row[2] for row in unplaced]
    assert len(listed) == len(set(listed)) == len(numbers)
    assert set(listed) == numbers
    schools = json.loads((out / "certificate.json").read_text("utf-8"))["result"]["schools"]
    for school in schools:
        assert sum(row[1] == school["id"] for row in admitted) == school["taken"]
        assert school["taken"] <= school["plan"] + school["over_plan"]
    compared = json.loads((out / "comparison.json").read_text("utf-8"))["rules"]
    assert compared["deferred_acceptance"]["envious"] == 0 < compared["declared"]["envious"]
    shares = sheet_rows(out / BOOK, "就近入学比例")
    assert {row[0] for row in shares} == {s["id"] for s in schools if s["id"].startswith("1")}
    assert all(row[2] == row[3] + row[4] + row[5] and row[6] <= row[7] for row in shares)
    assert sum(row[2] for row in shares) == sum(s["taken"] for s in schools if s["id"].startswith("1"))
    names = [child.cell("name") for child in applications.children]
    for name in ("certificate.json", "audit.json", "comparison.json"):
        assert find_personal_data(out / name, names) == []


def test_the_first_choice_rate_never_stands_without_the_rules_name(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path)
    done = _admit(junheng, forms, tmp_path / "out")
    line = next(line for line in done.out.replace("\n", "").split("规则 rule：") if "录取率" in line)
    assert "志愿优先" in line
    assert "有正当嫉妒" in line
    assert "填报提醒" in done.out  # under wish order first families must be warned
    sheet = sheet_rows(tmp_path / "out" / BOOK, "说明")
    assert sheet[0][0] == "性质"
    assert "试算" in sheet[0][1]


def _admit(junheng: Run, forms: Path, out: Path, *more: object) -> object:
    rules = forms.with_name("rules.yaml")
    done = junheng("admit", forms, "--rules", rules, "--seed", SEED, "--out", out, *more)
    assert done.code == 0, done.err
    return done


def test_a_trial_can_be_repeated_and_does_not_hang_on_the_order_of_rows(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path / "a")
    turned = write_forms(tmp_path / "b")
    heads, *rows = openpyxl.load_workbook(forms)["申请表"].iter_rows(values_only=True)
    write_grid(turned, [heads, *reversed(rows)])
    _admit(junheng, forms, tmp_path / "one", "--engine", "numpy")
    _admit(junheng, forms, tmp_path / "two", "--engine", "python")
    _admit(junheng, turned, tmp_path / "three")
    first = (tmp_path / "one" / "certificate.json").read_bytes()
    assert (tmp_path / "two" / "certificate.json").read_bytes() == first
    assert (tmp_path / "three" / "certificate.json").read_bytes() == first
    rules = forms.with_name("rules.yaml")
    other = junheng("admit", forms, "--rules", rules, "--seed", OTHER_SEED, "--out", tmp_path / "four")
    assert other.code == 0
    assert (tmp_path / "four" / "certificate.json").read_bytes() != first


def test_faults_stop_the_trial_name_the_cell_and_mark_the_form(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path, r3={"监护人": ""}, r5={"志愿2": "999"})
    marked = tmp_path / "marked.xlsx"
    done = junheng(
        *("admit", forms, "--rules", tmp_path / "rules.yaml", "--seed", SEED),
        *("--out", tmp_path / "out", "--annotate", marked),
    )
    assert done.code == 1
    assert "报名表未填完整" in done.out
    assert "999" in done.out
    assert not (tmp_path / "out").exists()
    sheet = openpyxl.load_workbook(marked)["申请表"]
    heads = [cell.value for cell in sheet[1]]
    cell = sheet.cell(5, heads.index("监护人") + 1)
    assert cell.fill.start_color.rgb == "FFFF9999"
    assert "没有填" in cell.comment.text
    only = junheng("admit", forms, "--rules", tmp_path / "rules.yaml", "--check-only")
    assert only.code == 1


def test_check_only_writes_nothing(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = junheng("admit", forms, "--rules", tmp_path / "rules.yaml", "--check-only")
    assert done.code == 0
    assert "没有发现问题" in done.out
    assert sorted(tmp_path.iterdir()) == before


def test_numbers_of_the_hall_decide_the_order(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path, children=4)  # all wish 101, then 102; two seats each
    drawn = (40, 7, 300, 11)
    table = tmp_path / "numbers.csv"
    lines = [f"{good_row(child)['证件号码']},{value}" for child, value in enumerate(drawn)]
    table.write_text("证件号码,号码\n" + "\n".join(lines) + "\n", encoding="utf-8-sig")
    rules = tmp_path / "rules.yaml"
    done = junheng("admit", forms, "--rules", rules, "--numbers", table, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    rows = sheet_rows(tmp_path / "out" / BOOK, "录取名单")
    assert [(row[1], row[5], row[6]) for row in rows] == [
        ("101", "007", 1), ("101", "011", 2), ("102", "040", 3), ("102", "300", 4),
    ]  # fmt: skip
    assert "另行摇出的号码" in done.out


def test_the_worked_example_of_nanchang(junheng: Run, tmp_path: Path) -> None:
    """The bureau's own example of 2023: 20 numbers, start 6, step 3, 15 places."""
    children = {f"r{child}": {"志愿2": ""} for child in range(20)}
    forms = write_forms(tmp_path, children=20, **children)
    school = {"id": "101", "name": "甲中学", "plan": 15, "pools": [{"id": "all", "seats": 15}]}
    rules = write_rules(
        tmp_path / "rules.yaml", schools=[school], stages=[{"id": "main", "schools": ["101"]}],
        ranking={"method": "ring", "start": 6, "step": 3},
    )  # fmt: skip
    table = tmp_path / "numbers.csv"
    lines = [f"{good_row(child)['证件号码']},{child + 1}" for child in range(20)]
    table.write_text("证件号码,号码\n" + "\n".join(lines), encoding="utf-8")
    done = junheng("admit", forms, "--rules", rules, "--numbers", table, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    order = [int(row[5]) for row in sheet_rows(tmp_path / "out" / BOOK, "录取名单")]
    assert order == [6, 9, 12, 15, 18, 1, 4, 8, 13, 17, 2, 7, 14, 20, 10]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{0},1", "{1},2", "{2},3"], "1 个家庭没有号码"),
        (["{0},1", "{1},2", "{2},3", "{3},3"], "号"),
        (["{0},1", "{1},x", "{2},3", "{3},4"], "“x”不是号码"),
        (["{0},1", "{1},", "{2},3", "{3},4"], "“号码”没有填"),
        (["{0},1", "{0},2"], "已出现过"),
        ([], "表是空的"),
    ],
)
def test_numbers_in_doubt_are_refused(junheng: Run, tmp_path: Path, lines: list[str], said: str) -> None:
    forms = write_forms(tmp_path, children=4)
    ids = [good_row(child)["证件号码"] for child in range(4)]
    table = tmp_path / "numbers.csv"
    table.write_text("\n".join(["证件号码,号码", *(line.format(*ids) for line in lines)]), encoding="utf-8")
    rules = tmp_path / "rules.yaml"
    done = junheng("admit", forms, "--rules", rules, "--numbers", table, "--out", tmp_path / "out")
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "out").exists()


def test_twins_may_share_one_number(junheng: Run, tmp_path: Path) -> None:
    twin = {
        "双胞胎编号": "1", "出生日期": good_row(0)["出生日期"], "家庭住址": good_row(0)["家庭住址"],
        "监护人": good_row(0)["监护人"], "证件号码": good_row(8)["证件号码"][:6],
    }  # fmt: skip
    from tests.admissions.forms import id_number

    twin["证件号码"] = id_number(twin["出生日期"], 51)
    forms = write_forms(tmp_path, children=4, r0={"双胞胎编号": "1"}, r1=twin)
    ids = [good_row(0)["证件号码"], *(good_row(child)["证件号码"] for child in (2, 3))]
    table = tmp_path / "numbers.csv"
    table.write_text(
        "证件号码,号码\n" + "\n".join(f"{number},{9 - i}" for i, number in enumerate(ids)), "utf-8"
    )
    rules = tmp_path / "rules.yaml"
    done = junheng("admit", forms, "--rules", rules, "--numbers", table, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    rows = sheet_rows(tmp_path / "out" / BOOK, "录取名单")
    twins = [row for row in rows if row[5] == "9"]
    assert len(twins) == 2
    assert len({row[1] for row in twins}) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--seed", "abc"], "64 位十六进制"),
        ([], "--seed"),
        (["--seed", SEED, "--engine", "abacus"], "abacus"),
        (["--seed", SEED, "--hash", "md5"], "md5"),
        (["--seed", SEED, "--intake", "nowhere.yaml"], "nowhere.yaml"),
        (["--seed", SEED, "--compare", "no_such_rule"], "no_such_rule"),
    ],
)
def test_wrong_words_are_refused_plainly(junheng: Run, tmp_path: Path, words: list[str], said: str) -> None:
    forms = write_forms(tmp_path)
    done = junheng("admit", forms, "--rules", tmp_path / "rules.yaml", "--out", tmp_path / "out", *words)
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "out").exists()


def test_rules_of_other_schools_cannot_be_compared(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path)
    school = {"id": "9", "name": "丁", "plan": 9, "pools": [{"id": "all", "seats": 9}]}
    other = write_rules(tmp_path / "o.yaml", schools=[school], stages=[{"id": "main", "schools": ["9"]}])
    done = junheng(
        *("admit", forms, "--rules", tmp_path / "rules.yaml", "--seed", SEED, "--out", tmp_path / "out"),
        *("--compare", other),
    )
    assert done.code == 2
    assert "相同的学校" in done.err


@pytest.mark.parametrize(
    ("grid", "said"),
    [
        ([], "没有找到申请表"),
        ([["序号", "学校"], [1, "甲"]], "没有找到申请表"),
        ([["姓名", "姓名", "证件号码"], ["甲", "乙", "1"]], "两列都是"),
    ],
)
def test_a_workbook_that_is_no_form_is_refused(
    junheng: Run, tmp_path: Path, grid: list[list[object]], said: str
) -> None:
    write_forms(tmp_path)
    book = write_grid(tmp_path / "odd.xlsx", grid, "Sheet1")
    done = junheng("admit", book, "--rules", tmp_path / "rules.yaml", "--check-only")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0 old"])
def test_a_broken_file_is_refused(junheng: Run, tmp_path: Path, content: bytes) -> None:
    write_forms(tmp_path)
    (tmp_path / "broken.xlsx").write_bytes(content)
    done = junheng("admit", tmp_path / "broken.xlsx", "--rules", tmp_path / "rules.yaml", "--check-only")
    assert done.code == 2
    assert "broken.xlsx" in done.err


def test_only_an_earlier_trial_is_replaced(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path / "in")
    out = tmp_path / "out"
    _admit(junheng, forms, out)
    _admit(junheng, forms, out)
    draw = tmp_path / "draw"
    (draw / "roll").mkdir(parents=True)
    (draw / "roll" / "roll.json").write_text("{}")
    rules = forms.with_name("rules.yaml")
    done = junheng("admit", forms, "--rules", rules, "--seed", SEED, "--out", draw)
    assert done.code == 2
    assert "只替换以前的试算" in done.err
    assert [path.name for path in draw.iterdir()] == ["roll"]


def test_the_template_reads_back_and_replaces_nothing(junheng: Run, tmp_path: Path) -> None:
    write_forms(tmp_path)
    form = tmp_path / "申请表.xlsx"
    words = ("admit", "--rules", tmp_path / "rules.yaml", "--template", form)
    assert junheng(*words).code == 0
    assert {"申请表", "填表说明"} <= set(openpyxl.load_workbook(form).sheetnames)
    assert read_applications(form).children == ()
    again = junheng(*words)
    assert again.code == 2
    assert "不覆盖" in again.err


def test_papers_decide_eligibility_and_never_a_guess(junheng: Run, tmp_path: Path) -> None:
    forms = write_forms(tmp_path, children=3)
    ids = [good_row(child)["证件号码"] for child in range(3)]
    rule = yaml.safe_load((EXAMPLE / "eligibility.yaml").read_text("utf-8"))
    rule["categories"] = [
        {
            "code": 0,
            "name": {"zh": "有户籍", "en": "register"},
            "needs": [{"kind": "hukou", "holders": ["child"]}],
        }
    ]
    (tmp_path / "e.yaml").write_text(yaml.safe_dump(rule, allow_unicode=True), encoding="utf-8")
    zones = write_grid(
        tmp_path / "zones.xlsx",
        [["片区编号", "学校代码", "路名", "单双号", "起号", "止号", "生效日期"],
         ["P1", "101", "梧桐路", "全", "1", "99", "2027-01-01"]],
        "片区表",
    )  # fmt: skip
    papers = tmp_path / "papers.csv"
    head = "证件号码,材料,持有人,地址\n"
    papers.write_text(f"{head}{ids[0]},户籍,儿童本人,梧桐路5号\n{ids[1]},户籍,儿童本人,无名巷5号\n", "utf-8")
    words = (
        *("admit", forms, "--rules", tmp_path / "rules.yaml", "--seed", SEED, "--zones", zones),
        *("--eligibility", tmp_path / "e.yaml", "--evidence", papers, "--out", tmp_path / "out"),
    )
    assert "--on" in junheng(*words).err
    done = junheng(*words, "--on", "2027-06-01")
    assert done.code == 0, done.err
    rows = sheet_rows(tmp_path / "out" / BOOK, "入学资格")
    found = {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}
    first, second, third = (good_row(child)["姓名"] for child in range(3))
    assert found[first, "甲中学"] == ("符合", "优先", "其他")
    assert found[first, "乙中学"][0] == "不符合"
    assert found[second, "甲中学"][0] == "无法判定"
    assert found[third, "甲中学"][0] == "没有材料"
    papers.write_text(f"{head}{ids[0]},户口,儿童本人,梧桐路5号\n", "utf-8")
    refused = junheng(*words, "--on", "2027-06-01")
    assert refused.code == 2
    assert "规则中没有“户口”" in refused.err
