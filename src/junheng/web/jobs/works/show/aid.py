"""Aid: totals by category, scheme, stage, term; loans apart; what does not fit; what was made public."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text
from junheng.reports.funding import FINDINGS
from junheng.web.jobs.works.blocks import (
    Block,
    Cell,
    Facts,
    Json,
    Table,
    Words,
    number,
    problems,
    verdict,
    words_of,
)
from junheng.web.jobs.works.show.money import yuan

_BY = {
    "category": Text("按困难类别", "By category"), "scheme": Text("按项目", "By scheme"),
    "stage": Text("按学段", "By stage"), "term": Text("按学期", "By term"),
}  # fmt: skip


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng aid`` summed up."""
    told = json.loads((folder / "aid.json").read_bytes())
    values = {
        role: rule["values"]
        for role, rule in json.loads((folder / "problem.json").read_bytes())["rules"].items()
    }
    yield _whole(told)
    for by, title in _BY.items():
        if told["totals"].get(by):
            yield _sums(by, title, told["totals"][by], values)
    if told["apart"].get("scheme"):
        yield _sums("apart", Text("助学贷款，另列", "Student loans, apart"), told["apart"]["scheme"], values)
    yield _findings(told["findings"])
    yield _published(told["publication"])
    yield problems(told["problems"])


def _whole(told: Json) -> Block:
    aid, loans = told["totals"]["all"], told["apart"]["all"]
    rows: list[tuple[Words, Cell]] = [
        (Text("资助人次", "pupil-times"), number(aid["times"])),
        (Text("人数", "pupils"), number(aid["pupils"])),
        (Text("金额（元）", "yuan"), Cell(yuan(aid["yuan"]), is_number=True)),
        (Text("金额不明的人次", "times whose sum is unknown"), number(aid["unknown"])),
        (Text("助学贷款（另列）人次", "loans, apart: times"), number(loans["times"])),
        (Text("助学贷款金额（元）", "loans: yuan"), Cell(yuan(loans["yuan"]), is_number=True)),
        (Text("待核对", "to be checked"), number(len(told["findings"]))),
    ]
    return Facts(Text(f"截至 {told['on']}", f"As of {told['on']}"), rows)


def _name(key: str, values: Mapping[str, Json]) -> Words:
    for stage, name in STAGE_NAMES.items():
        if stage == key:
            return name
    for role in ("category", "scheme"):
        found = values.get(role, {}).get(key)
        if isinstance(found, dict):
            return words_of(found)
    return key


def _sums(by: str, title: Text, sums: Mapping[str, Json], values: Mapping[str, Json]) -> Block:
    rows = [
        (
            Cell(_name(key, values)),
            number(one["times"]),
            number(one["pupils"]),
            Cell(yuan(one["yuan"]), is_number=True),
        )
        for key, one in sums.items()
    ]
    heads = (title, Text("人次", "Times"), Text("人数", "Pupils"), Text("元", "Yuan"))
    return Table(by, title, heads, rows)


def _named(kind: str) -> Words:
    return FINDINGS.get(kind) or kind


def _findings(found: list[Json]) -> Block:
    rows = [
        (
            Cell(_named(one["kind"]), "cannot_tell"), Cell(one["pupil_id"]),
            Cell(yuan(one["paid_yuan"]) if one.get("paid_yuan") else "", is_number=True),
            Cell(yuan(one["wanted_yuan"]) if one.get("wanted_yuan") else "", is_number=True),
            Cell("；".join(one["at"])),
        )
        for one in found
    ]  # fmt: skip
    heads = (
        Text("问题", "What"), Text("学生代号", "Pseudonym"), Text("发放", "Paid"), Text("标准", "Rate"), Text("位置", "Where"),
    )  # fmt: skip
    return Table(
        "findings", Text("待核对", "To be checked"), heads, rows, Text("没有要核对的。", "Nothing to check.")
    )


def _published(told: Json) -> Block:
    opened = tuple(f"{one['on']} {one['title']}（{one['where']}）{one['at']}" for one in told["published"])
    rows: list[tuple[Words, Cell]] = []
    for kind, words in (("policy", Text("政策公开", "policy")), ("matter", Text("事项公开", "matters"))):
        shown = verdict(told[kind])
        rows.append((words, Cell(shown.words, shown.state, opened=opened if kind == "policy" else ())))
    return Facts(Text("公开", "Publication"), rows)
