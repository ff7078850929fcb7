"""``junheng quota``: shares out, shows, compares, checks a folder; refuses with the place; never half a result."""

import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from junheng.basics import UserError
from junheng.cli.quota import command

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "quota"
SEED = "0123456789abcdef" * 4
app = Typer()
app.command()(command)


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "140"})


def _example(out: Path, *words: object) -> Result:
    return _run(EXAMPLE / "quota_2027.xlsx", "--rules", EXAMPLE / "rules.yaml", "--out", out, *words)


def test_help_is_bilingual() -> None:
    told = _run("--help").stdout
    assert "指标工作簿" in told
    assert "quota workbook" in told


def test_it_shares_out_shows_and_writes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = _example(out, "--seed", SEED, "--what-if", EXAMPLE / "what_if.yaml")
    assert done.exit_code == 0, done.output
    for words in (
        "XX市第一中学",
        "1,866",
        "60.00%",
        "达标 met",
        "虚构数据",
        "抽签定先后",
        "2028年预测",
        "退回统招",
        "复核一致",
    ):
        assert words in done.stdout, words
    assert {path.name for path in out.iterdir()} == {
        "指标分配表.xlsx", "allocation.json", "quota.csv", "what_if.json", "admission.json", "内部_指标生录取名单.csv",
    }  # fmt: skip
    assert _run("--check", out).exit_code == 0


def test_check_finds_a_changed_seat(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _example(out, "--seed", SEED)
    path = out / "allocation.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["seats"][0]["seats"] += 1
    path.write_text(json.dumps(document), encoding="utf-8")
    done = _run("--check", out)
    assert done.exit_code == 1
    assert "不符" in done.stdout


@pytest.mark.parametrize("content", ["", "[]", "{", None])
def test_check_of_no_result_says_what_is_missing(tmp_path: Path, content: str | None) -> None:
    (tmp_path / "quota.csv").write_text("", encoding="utf-8")
    if content is not None:
        (tmp_path / "allocation.json").write_text(content, encoding="utf-8")
    refused = _run("--check", tmp_path).exception
    assert isinstance(refused, UserError)
    assert refused.why is not None
    assert ("文件已损坏" if content is not None else "应有 allocation.json") in refused.why.zh


def test_wrong_rules_are_quoted_in_short(tmp_path: Path) -> None:
    """The rules of another command hold a whole list of schools under a key that is a mapping here."""
    rules = EXAMPLE.parent / "admission" / "rules.yaml"
    words = ("--rules", rules, "--out", tmp_path / "out", "--seed", SEED)
    refused = _run(EXAMPLE / "quota_2027.xlsx", *words).exception
    assert isinstance(refused, UserError)
    assert len(str(refused.what)) < 400


def test_a_tie_without_a_lot_is_refused_and_nothing_written(tmp_path: Path) -> None:
    done = _example(tmp_path / "out")
    assert isinstance(done.exception, UserError)
    assert "需要抽签" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_numbers_drawn_in_the_hall_serve_instead_of_a_seed(tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("编号,号码\n3199000004,5\n3199000005,2\n", encoding="utf-8")
    assert _example(tmp_path / "out", "--numbers", numbers).exit_code == 0
    document = json.loads((tmp_path / "out" / "allocation.json").read_text(encoding="utf-8"))
    assert document["lot"] == {"kind": "numbers", "numbers": {"3199000004": "5", "3199000005": "2"}}
    assert document["lots"][0]["order"][0].endswith("甲区第5中学")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seed", "12"), "64 位十六进制"),
        (("--seed", SEED, "--numbers", "x.csv"), "只能用一个"),
        (("--seed", SEED, "--hash", "md5"), "md5"),
        (("--rules", "nowhere"), "找不到规则"),
        (("--what-if", "nothing.yaml", "--seed", SEED), "无法读取"),
    ],
)
def test_bad_options_are_refused(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = _example(tmp_path / "out", *words)
    assert isinstance(done.exception, UserError)
    assert told in " ".join(map(str, done.exception.lines()))
    assert not (tmp_path / "out").exists()


def test_what_is_missing_is_said() -> None:
    done = _run(EXAMPLE / "quota_2027.xlsx")
    assert isinstance(done.exception, UserError)
    assert "--rules" in str(done.exception)


def test_the_template_is_written_and_never_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "样表.xlsx"
    assert _run("--template", path).exit_code == 0
    before = path.read_bytes()
    assert before.startswith(b"PK")
    again = _run("--template", path)
    assert isinstance(again.exception, UserError)
    assert path.read_bytes() == before
    assert isinstance(_run("--template", tmp_path / "a.csv").exception, UserError)


def test_shipped_rules_need_no_file(tmp_path: Path) -> None:
    book = EXAMPLE / "quota_2027.xlsx"
    done = _run(book, "--rules", "national_half", "--out", tmp_path / "out", "--seed", SEED)
    assert done.exit_code == 0, done.output
    document = json.loads((tmp_path / "out" / "allocation.json").read_text(encoding="utf-8"))
    assert sum(row["seats"] for row in document["quotas"]) == 400 + 328 + 250 + 353 + 225
