"""``junheng classes``: lists, balance, newcomers, exceptions; locked layouts never change; refusals leave nothing."""

import json
import stat
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import yaml
from tests.cli.conftest import Run
from tests.cli.made_forms import OTHER_SEED, SEED, sheet_rows

from junheng.admissions import find_personal_data
from junheng.class_formation import write_intake_template

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "classes"
INTAKE, RULES = EXAMPLE / "intake.xlsx", EXAMPLE / "rules.yaml"
SEALED, PUBLIC, BALANCE = "试算_分班名单_封存.xlsx", "试算_分班公示表.xlsx", "试算_均衡情况.xlsx"
Row = dict[str, str]
Clock = Callable[[datetime], None]


def _child(number: int, **changes: str) -> Row:
    sex = "男" if number % 2 else "女"
    row = {"学校": "甲中学", "年级": "七年级", "姓名": f"学生{'一二三四五六七八九十'[number // 10]}{number}"}
    row |= {"证件号码": f"P{number:06d}", "性别": sex, "毕业学校": f"第{number % 3}小学"}
    return row | {"语文": str(60 + number % 37), "数学": str(50 + number * 7 % 50), "英语": "80"} | changes


def _intake(folder: Path, children: int = 24, classes: int = 3, **changes: Row) -> Path:
    """An intake of one grade with rules.yaml beside it; ``r3={"性别": ""}`` spoils child 3."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_child(number, **changes.get(f"r{number}", {})) for number in range(children)]
    write_intake_template(folder / "intake.xlsx", rows=rows)
    group = {
        "school": "甲中学",
        "grade": "七年级",
        "classes": classes,
        "teams": [f"T{i}" for i in range(classes)],
    }
    (folder / "rules.yaml").write_text(yaml.safe_dump({"method": "swaps", "groups": [group]}), "utf-8")
    return folder / "intake.xlsx"


@pytest.fixture
def formed(junheng: Run, tmp_path: Path) -> Path:
    """A small layout on trial."""
    out = tmp_path / "layout"
    intake = _intake(tmp_path)
    words = ("classes", intake, "--rules", tmp_path / "rules.yaml", "--seed", SEED, "--out", out)
    done = junheng(*words)
    assert done.code == 0, done.err
    return out


def test_the_example_end_to_end(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "layout"
    done = junheng("classes", INTAKE, "--rules", RULES, "--seed", SEED, "--out", out)
    assert done.code == 0, done.err
    assert "试算，不是正式结果" in done.out
    assert "厦门市" in done.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    names = [json.loads(line)["identity"] for line in (out / "names.jsonl").read_text("utf-8").splitlines()]
    book = openpyxl.load_workbook(out / SEALED, read_only=True)
    listed = [
        row[4] for name in book.sheetnames[1:] for row in book[name].iter_rows(min_row=2, values_only=True)
    ]
    assert Counter(listed) == Counter(who["id_number"] for who in names)
    assert find_personal_data(out / PUBLIC, [who["name"] for who in names]) == []
    assert find_personal_data(out / BALANCE, [who["name"] for who in names]) == []
    found = json.loads((out / "certificate.json").read_text("utf-8"))
    assert all(group["within_anchor"] and group["usual"] for group in found["groups"])
    classes = [row for row in sheet_rows(out / BALANCE, "各班") if row[2] != "最大差"]
    assert len(classes) == 32
    assert sum(row[3] for row in classes) == len(names)


def test_every_engine_forms_the_same_classes_and_another_seed_others(junheng: Run, tmp_path: Path) -> None:
    intake = _intake(tmp_path)
    words = ("classes", intake, "--rules", tmp_path / "rules.yaml", "--seed")
    for name, more in {
        "a": (SEED, "--engine", "python"),
        "b": (SEED, "--engine", "numpy"),
        "c": (OTHER_SEED,),
    }.items():
        assert junheng(*words, *more, "--out", tmp_path / name).code == 0
    locks = [(tmp_path / name / "lock.json").read_bytes() for name in "abc"]
    assert locks[0] == locks[1] != locks[2]


def test_rules_may_be_left_out_but_never_the_number_of_classes(junheng: Run, tmp_path: Path) -> None:
    intake = _intake(tmp_path)
    refused = junheng("classes", intake, "--seed", SEED, "--out", tmp_path / "out")
    assert refused.code == 2
    assert "编班计划" in refused.err
    book = openpyxl.load_workbook(intake)
    book["编班计划"].append(["甲中学", "七年级", "4", ""])
    book.save(intake)
    done = junheng("classes", intake, "--seed", SEED, "--out", tmp_path / "out", "--randomness", 20)
    assert done.code == 0, done.err
    assert "20 个种子" in done.out
    problem = json.loads((tmp_path / "out" / "layout.json").read_text("utf-8"))["problem"]
    assert [group["classes"] for group in problem["groups"]] == [4]
    assert {c["name"] for c in problem["covariates"]} >= {"语文", "数学", "英语"}


def test_newcomers_are_placed_and_nobody_else_moves(junheng: Run, formed: Path, tmp_path: Path) -> None:
    before = {row[3]: row[0] for row in _listed(formed)}
    locked, certificate = (formed / "lock.json").read_bytes(), (formed / "certificate.json").read_bytes()
    late = tmp_path / "late.xlsx"
    write_intake_template(late, rows=[_child(90), _child(91)])
    done = junheng("classes", "--late", late, "--into", formed)
    assert done.code == 0, done.err
    after = {row[3]: (row[0], row[5]) for row in _listed(formed)}
    assert {number: place for number, (place, _) in after.items() if number in before} == before
    assert {after["P000090"][1], after["P000091"][1]} == {"插班（第 1 批）"}
    sizes = Counter(place for place, _ in after.values())
    assert max(sizes.values()) - min(sizes.values()) <= 1  # the smallest class takes them
    assert (formed / "lock.json").read_bytes() == locked
    assert (formed / "certificate.json").read_bytes() == certificate
    assert json.loads((formed / "certificate_today.json").read_text("utf-8"))["groups"]
    again = junheng("classes", "--late", late, "--into", formed)
    assert again.code == 2
    assert "已在名单中" in again.err


def _listed(folder: Path) -> list[tuple[object, ...]]:
    """Rows of the sealed list: class, place, name, number, …, note."""
    rows = sheet_rows(folder / SEALED, "甲中学 七年级")
    return [(row[0], row[1], row[2], row[4], row[5], row[6]) for row in rows]


def _moves(path: Path, *rows: str) -> Path:
    head = "证件号码,调入班级,理由,申请人,批准人,批准文号"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_an_approved_move_is_recorded_for_good(junheng: Run, formed: Path, tmp_path: Path) -> None:
    old = next(row[0] for row in _listed(formed) if row[3] == "P000005")
    new = old % 3 + 1
    rule = tmp_path / "moves.yaml"
    version = {"in_force_from": date(2020, 1, 1), "source": {"document": "made up"}}
    rule.write_text(
        yaml.safe_dump({"moves": {"versions": [{**version, "value": {"largest_share": "0.05"}}]}})
    )
    table = _moves(tmp_path / "moves.csv", f"P000005,{new}班,听力,甲中学,教育局,1号")
    done = junheng("classes", "--moves", table, "--into", formed, "--move-rule", rule)
    assert done.code == 0, done.err
    moved = next(row for row in _listed(formed) if row[3] == "P000005")
    assert (moved[0], moved[5]) == (new, f"调班：原 {old} 班")
    (line,) = (formed / "moves.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["move"]["document"] == "1号"
    other = _moves(tmp_path / "more.csv", f"P000006,{1},理由,甲,乙,2号", f"P000007,{1},理由,甲,乙,3号")
    refused = junheng("classes", "--moves", other, "--into", formed, "--move-rule", rule)
    assert refused.code == 2  # one of 24 children is all the rule allows
    assert (formed / "moves.jsonl").read_text("utf-8").splitlines() == [line]  # none of the two was recorded


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("P000005,2,,甲,乙,1号", "“理由”没有填"),
        ("P999999,2,听力,甲,乙,1号", "名单中没有"),
        ("P000005,二班,听力,甲,乙,1号", "不是班号"),
        ("P000005,9,听力,甲,乙,1号", "没有 9 班"),
        ("P000005,2,听力,甲,甲,1号", "相同"),
        ("", "表是空的"),
    ],
)
def test_moves_in_doubt_are_refused_with_their_row(
    junheng: Run, formed: Path, tmp_path: Path, row: str, said: str
) -> None:
    before = {path.name: path.read_bytes() for path in formed.iterdir()}
    if row.startswith("P000005,2"):
        old = next(found[0] for found in _listed(formed) if found[3] == "P000005")
        row = row.replace(",2,", f",{old % 3 + 1},")
    done = junheng("classes", "--moves", _moves(tmp_path / "m.csv", row), "--into", formed)
    assert done.code == 2
    assert said in done.err
    assert {path.name: path.read_bytes() for path in formed.iterdir()} == before


def test_faults_stop_the_forming(junheng: Run, tmp_path: Path) -> None:
    intake = _intake(tmp_path, r3={"性别": ""}, r5={"语文": "八十"}, r7={"证件号码": "P000006"})
    words = ("classes", intake, "--rules", tmp_path / "rules.yaml")
    done = junheng(*words, "--seed", SEED, "--out", tmp_path / "out")
    assert done.code == 1
    for said in ("必填单元格为空", "不是数", "出现两次"):
        assert said in done.out
    assert not (tmp_path / "out").exists()
    assert junheng(*words, "--check-only").code == 1


def test_check_only_writes_nothing(junheng: Run, tmp_path: Path) -> None:
    intake = _intake(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = junheng("classes", intake, "--rules", tmp_path / "rules.yaml", "--check-only")
    assert done.code == 0
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["INTAKE", "--seed", "12", "--out", "out"], "64 位十六进制"),
        (["INTAKE", "--out", "out"], "--seed"),
        (["INTAKE", "--seed", SEED], "--out"),
        (["INTAKE", "--seed", SEED, "--out", "out", "--engine", "abacus"], "abacus"),
        (["INTAKE", "--seed", SEED, "--out", "out", "--hash", "md5"], "md5"),
        ([], "INTAKE"),
        (["--late", "INTAKE"], "--into"),
        (["--late", "INTAKE", "--into", "."], "没有编班结果"),
        (["--late", "INTAKE", "--moves", "INTAKE", "--into", "."], "分两次"),
        (["--from", "."], "--out"),
        (["--from", ".", "--out", "out"], "还没有封存名册"),
        (["nowhere.xlsx"], "找不到"),
    ],
)
def test_wrong_words_are_refused_plainly(
    junheng: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    intake = _intake(tmp_path / "in")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    rules = ["--rules", intake.with_name("rules.yaml")] if words[:1] == ["INTAKE"] else []
    done = junheng("classes", *(intake if word == "INTAKE" else word for word in words), *rules)
    assert done.code == 2
    assert said in done.err
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("- a list", "键和值"),
        ("method: magic", "编班方式"),
        ("methode: swaps", "不认识的字段"),
        ("a: [", "无法读取"),
    ],
)
def test_rules_that_make_no_sense_are_refused(junheng: Run, tmp_path: Path, problem: str, said: str) -> None:
    intake = _intake(tmp_path)
    rules = tmp_path / "rules.yaml"
    groups = (
        ""
        if problem.startswith(("-", "a:"))
        else "\n" + rules.read_text("utf-8").replace("method: swaps", "")
    )
    rules.write_text(problem + groups, "utf-8")
    done = junheng("classes", intake, "--rules", rules, "--seed", SEED, "--out", tmp_path / "out")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("rows", [[], [["班级", "人数"], ["1", "2"]]])
def test_a_workbook_without_a_roll_is_refused(junheng: Run, tmp_path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "odd.xlsx")
    done = junheng("classes", tmp_path / "odd.xlsx", "--check-only")
    assert done.code == 2
    assert "odd.xlsx" in done.err


def test_the_template_reads_back_and_replaces_nothing(junheng: Run, tmp_path: Path) -> None:
    roll = tmp_path / "新生名册.xlsx"
    assert junheng("classes", "--template", roll).code == 0
    assert {"新生名册", "编班计划"} <= set(openpyxl.load_workbook(roll).sheetnames)
    assert junheng("classes", "--template", roll).code == 2


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set what the ceremony takes for now."""

    def put(moment: datetime) -> None:
        for module in ("declaring", "revealing", "observing", "folder"):
            monkeypatch.setattr(f"junheng.draws.ceremony.{module}.present", lambda: moment)

    return put


@pytest.fixture
def drawn(junheng: Run, clock: Clock, tmp_path: Path) -> Path:
    """An official draw of a small grade, decided."""
    folder, intake, rules = tmp_path / "draw", _intake(tmp_path), tmp_path / "rules.yaml"
    plan = yaml.safe_load((EXAMPLE / "plan.yaml").read_text("utf-8")) | {"rules": str(rules)}
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), "utf-8")
    words = ("--plan", tmp_path / "plan.yaml")
    reveals_by = datetime.fromisoformat(plan["schedule"]["reveals_by"])
    clock(reveals_by - timedelta(days=1))
    assert junheng("draw", "freeze", intake, *words, "--out", folder).code == 0
    secrets = {party["role"]: tmp_path / f"{party['role']}.txt" for party in plan["parties"]}
    for role, secret in secrets.items():
        assert junheng("draw", "commit", folder, "--role", role, "--secret", secret).code == 0
    assert junheng("draw", "spec", folder, *words, "--intake", intake).code == 0
    for role, secret in secrets.items():
        assert junheng("draw", "reveal", folder, "--role", role, "--secret", secret).code == 0
    clock(reveals_by + timedelta(hours=1))
    assert junheng("draw", "beacon", folder, "--observed", "hall=3 11 20 7 29 33").code == 0
    assert junheng("draw", "seed", folder).code == 0
    assert junheng("draw", "run", folder).code == 0
    return folder


def test_an_official_draw_is_taken_over_as_it_stands(junheng: Run, drawn: Path, tmp_path: Path) -> None:
    out = tmp_path / "official"
    done = junheng("classes", "--from", drawn, "--out", out)
    assert done.code == 0, done.err
    assert "试算" not in done.out
    assert not list(out.glob("试算*"))
    leaves = [
        json.loads(line) for line in (drawn / "result" / "results.jsonl").read_text("utf-8").splitlines()
    ]
    assert json.loads((out / "lock.json").read_text("utf-8"))["leaves"] == leaves
    names = {
        pid["pid"]: pid["identity"]["id_number"] for pid in map(json.loads, (out / "names.jsonl").open())
    }
    listed = {row[4]: (row[0], row[6]) for row in sheet_rows(out / "分班名单_封存.xlsx", "甲中学 七年级")}
    assert listed == {names[leaf["pid"]]: (leaf["class"], leaf["pid"][:12]) for leaf in leaves}
    rehearsal = json.loads((drawn / "roll" / "roll.json").read_text("utf-8")) | {"purpose": "rehearsal"}
    (drawn / "roll" / "roll.json").write_text(json.dumps(rehearsal), "utf-8")
    refused = junheng("classes", "--from", drawn, "--out", tmp_path / "other")
    assert refused.code == 2
    assert "演练不能当作正式名单" in refused.err
