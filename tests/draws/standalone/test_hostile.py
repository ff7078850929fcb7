"""Files made to mislead: refused by both verifiers, or judged alike; never a crash, never a pass."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.random_markets import random_market
from tests.draws.standalone.verifiers import UNUSABLE, Case, by_javascript, by_python, failed
from tests.draws.standalone.whole_draws import Drawn, whole_draw

from junheng.admissions import run_draw
from junheng.draws import STANDALONE

# Names that stand in every JavaScript object, or look like a number to it.
NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "1", "<b>校</b>", "\U00020bb7校"]


def _drawn(number: int = 1, **rules: Any) -> Drawn:
    problem, rows = random_market(
        number, units="overflow", ranking={"method": "hmac"}, units_at_most=20, **rules
    )
    text = json.dumps([problem, rows])
    for i, name in enumerate(NAMES):
        text = text.replace(json.dumps(f"校{i}"), json.dumps(name))
    problem, rows = json.loads(text)
    return whole_draw("admission", problem, rows, run_draw)


def _record() -> str:
    return str(_drawn().case()["transcript"])


def _within(old: str, new: str) -> str:
    text = _record()
    assert old in text
    return text.replace(old, new, 1)


def _unreadable() -> dict[str, str | bytes]:
    title = '"title":"示例区 2027 年派位"'
    rows = '"rows":'
    return {
        "nothing": "",
        "a list": "[]",
        "a word": "null",
        "half": _record()[:-1],
        "something behind": _record() + "x",
        "two objects": _record() + _record(),
        "a key twice": _within(title, title + "," + title),
        "a fraction": _within(rows, '"more":1.5,"rows":'),
        "an exponent": _within(rows, '"more":1e3,"rows":'),
        "a large number": _within(rows, '"more":9007199254740992,"rows":'),
        "a very large number": _within(rows, '"more":' + "9" * 5000 + ',"rows":'),
        "minus zero": _within(rows, '"more":-0,"rows":'),
        "a leading zero": _within(rows, '"more":01,"rows":'),
        "true": _within(rows, '"more":true,"rows":'),
        "null": _within(rows, '"more":null,"rows":'),
        "NaN": _within(rows, '"more":NaN,"rows":'),
        "half a character": _within(title, '"title":"\\ud800"'),
        "not NFC": _within(title, '"title":"e\u0301"'),
        "a control character": _within(title, '"title":"a\u0001"'),
        "a line end in text": _within(title, '"title":"a\nb"'),
        "single quotes": _within(title, "'title':'a'"),
        "a comma too many": _within(title, title + ","),
        "a comment": "/* */" + _record(),
        "byte order mark": "\ufeff" + _record(),
        "not UTF-8": _record().encode("gb18030"),
        "too deep": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "deep": _within(rows, '"more":' + "[" * 70 + "]" * 70 + ',"rows":'),
        "wrong kind of value": _within(title, '"title":7'),
        "unknown hash": _within('"hash":"sha256"', '"hash":"md5"'),
        "unknown rule": _within('"leftovers":', '"lottery_by_phone":1,"leftovers":'),
        "negative plan": _within('"plan":', '"plan":-1,"plans":'),
        "upper-case digest": _within('"spec_digest":"', '"spec_digest":"A'),
    }


@pytest.mark.parametrize("name", list(_unreadable()))
def test_python_refuses(name: str) -> None:
    assert failed(by_python({"transcript": _unreadable()[name]})) == [UNUSABLE]


def test_javascript_refuses(tmp_path: Path) -> None:
    cases: list[Case] = [{"transcript": given} for given in _unreadable().values()]
    found = [failed(checks) for checks in by_javascript(cases, tmp_path)]
    assert dict(zip(_unreadable(), found, strict=True)) == {name: [UNUSABLE] for name in _unreadable()}


def test_unreadable_slips_and_rows_are_refused_by_both(tmp_path: Path) -> None:
    whole = _drawn(3).case(slip=0, with_rows=True, with_results=True)
    cases: list[Case] = []
    for part in ("slip", "rows", "results"):
        spoiled = [
            "{",
            '{"pid":1}\n',
            whole[part] + "[]\n",
            whole[part].replace('"unit":', '"unit":1.0,"u":'),
        ]
        cases += [{**whole, part: text} for text in spoiled]
    cases += [{**whole, part: "\n" + whole[part]} for part in ("rows", "results")]
    told = [failed(by_python(case)) for case in cases]
    assert told == [[UNUSABLE]] * len(cases)
    assert told == [failed(checks) for checks in by_javascript(cases, tmp_path)]


def test_rows_that_are_not_canonical_fail_in_both(tmp_path: Path) -> None:
    whole = _drawn(3).case(with_rows=True, with_results=True)
    changes = [
        {**whole, part: whole[part].replace(old, new, 1)}
        for part in ("rows", "results")
        for old, new in (('{"', '{ "'), ('"unit"', '"\\u0075nit"'), ("\n", "\r\n"))
    ]
    told = [by_python(case) for case in changes]
    assert told == by_javascript(changes, tmp_path)
    assert all(failed(checks) for checks in told)


def test_names_of_every_kind_are_only_names(tmp_path: Path) -> None:
    """Keys that JavaScript objects inherit, mark-up, numbers, characters beyond the basic plane: all pass in both."""
    cases = []
    for number in range(40):
        drawn = _drawn(number)
        cases.append(drawn.case(slip=0 if drawn.rows else None, with_rows=True, with_results=True))
    told = [by_python(case) for case in cases]
    assert [failed(checks) for checks in told] == [[]] * len(cases)
    assert told == by_javascript(cases, tmp_path)


def test_unknown_keys_cannot_pass_as_rules(tmp_path: Path) -> None:
    record = json.loads(_record())
    record["spec"]["problem"]["__proto__"] = {"leftovers": "none"}
    case: Case = {"transcript": json.dumps(record)}
    assert failed(by_python(case)) == [UNUSABLE] == failed(by_javascript([case], tmp_path)[0])


def _command(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(STANDALONE / "verify_draw.py"), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_the_command_says_0_1_or_2(tmp_path: Path) -> None:
    whole = _drawn(3).case(slip=0, with_rows=True, with_results=True)
    for name, text in whole.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [f"--{name}={tmp_path / name}" for name in ("slip", "rows", "results")]
    record = str(tmp_path / "transcript")
    passed = _command(record, *files)
    assert (passed.returncode, "Traceback" in passed.stderr) == (0, False)
    assert "PASSED: the public record, your slip, the full re-run" in passed.stdout
    (tmp_path / "rows").write_text(
        whole["rows"].replace('"flags":{}', '"flags":{"a":1}', 1), encoding="utf-8"
    )
    assert _command(record, *files).returncode == 1
    assert _command(str(tmp_path / "absent")).returncode == 2
    (tmp_path / "broken").write_bytes(b"\xff")
    refused = _command(str(tmp_path / "broken"))
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)


def test_the_command_shows_a_rehearsal_as_one(tmp_path: Path) -> None:
    problem, rows = random_market(3, units="overflow", ranking={"method": "hmac"})
    text = whole_draw("admission", problem, rows, run_draw, purpose="rehearsal").case()["transcript"]
    (tmp_path / "transcript").write_text(text, encoding="utf-8")
    shown = _command(str(tmp_path / "transcript"))
    assert shown.returncode == 0
    assert "*** 演练 REHEARSAL ***" in shown.stdout
    assert "(REHEARSAL) PASSED" in shown.stdout
