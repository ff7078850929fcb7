"""Ledgers of schools: rates with who falls short, findings with their state, and what the book lacks."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.ledgers import ledger_of
from junheng.reports import format_share
from junheng.web.jobs.works.blocks import (
    Block,
    Cell,
    Facts,
    Json,
    Table,
    Words,
    faults,
    number,
    verdict,
    words_of,
)
from junheng.web.jobs.works.show.services import service_blocks
from junheng.web.jobs.works.show.stock import stock_blocks

_BADGES = {"closed": "met", "overdue": "not_met", "returned": "not_met"}
_SEVERITY = {
    "general": Text("一般", "general"),
    "serious": Text("较大", "serious"),
    "major": Text("重大", "major"),
}


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng ledger read`` found."""
    told = json.loads((folder / "ledger.json").read_bytes())
    items: dict[str, Words] = {item.id: item.name for item in ledger_of(told["ledger"]).items}
    yield _states(told)
    yield _rates(told, items, names)
    yield _findings(told, items, names)
    yield from service_blocks(told["services"], names)
    yield from stock_blocks(told["stock"], names, told["on"])
    if told["expired"]:
        yield _expired(told, items, names)
    yield faults(told["faults"])


def _states(told: Json) -> Block:
    title = Text(
        f"{ledger_of(told['ledger']).name.zh} · 截至 {told['on']}",
        f"{ledger_of(told['ledger']).name.en}, as of {told['on']}",
    )
    states = Counter(one["state"] for one in told["findings"])
    named = {one["state"]: words_of(one["state_name"]) for one in told["findings"]}
    rows: list[tuple[Words, Cell]] = [
        (named[state], Cell(f"{count:,}", _BADGES.get(state, ""), True)) for state, count in states.items()
    ]
    judged = [one["verdict"] for one in told["rates"] if one["verdict"] is not None]
    reached = Cell(f"{judged.count('met')} / {len(judged)}")
    rows.insert(0, (Text("达到要求的项目", "items that reach what is asked"), reached))
    return Facts(title, rows)


def share(met: int, unknown: int, whole: int) -> str:
    """“98%”; where records lack “86–98%”; “—” over nothing. Truncated, as reports print it."""
    if not whole:
        return "—"
    least, greatest = format_share(met, whole), format_share(met + unknown, whole)
    return f"{least}%" if least == greatest else f"{least}–{greatest}%"


def _rates(told: Json, items: Mapping[str, Words], names: Mapping[str, str]) -> Block:
    rows = []
    for one in told["rates"]:
        short = (
            [
                Text(
                    f"没有做到：{_named(one['failing'], names)}",
                    f"fall short: {_named(one['failing'], names)}",
                )
            ]
            if one["failing"]
            else []
        )
        lacking = one["unrecorded"]
        if lacking:
            short.append(
                Text(f"没有有效记录：{_named(lacking, names)}", f"no valid record: {_named(lacking, names)}")
            )
        rows.append(
            (
                Cell(items.get(one["item"], one["item"])), Cell(share(one["met"], one["unknown"], one["whole"]), is_number=True),
                Cell(f"{one['met']:,} / {one['whole']:,}", is_number=True), verdict(one["verdict"]),
                Cell(words_of(one["reason"]), opened=tuple(short)),
            )
        )  # fmt: skip
    heads = (
        Text("项目", "Item"),
        Text("比例", "Rate"),
        Text("所（班）", "Schools or classes"),
        Text("判定", "Verdict"),
        Text("说明", "Reason"),
    )
    return Table("rates", Text("各项比例", "Rates"), heads, rows)


def _named(codes: list[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(code, code) for code in codes)


def _findings(told: Json, items: Mapping[str, Words], names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(one["number"]), Cell(names.get(one["school_id"], one["school_id"])),
            Cell(_SEVERITY.get(one["severity"], one["severity"])), Cell(one["found_on"]), Cell(one["due_on"] or "—"),
            Cell(words_of(one["state_name"]), _BADGES.get(one["state"], "cannot_tell"), opened=(words_of(one["reason"]), one["where"])),
            number(one["late_days"]),
        )
        for one in sorted(told["findings"], key=lambda one: (_BADGES.get(one["state"]) == "met", -(one["late_days"] or 0)))
    ]  # fmt: skip
    heads = (
        Text("编号", "No."), Text("学校", "School"), Text("程度", "Severity"), Text("发现", "Found"), Text("期限", "Due"),
        Text("状态", "State"), Text("逾期（天）", "Days late"),
    )  # fmt: skip
    return Table(
        "findings",
        Text("问题与整改", "Findings and their mending"),
        heads,
        rows,
        Text("台账里没有问题记录。", "The book records no finding."),
    )


def _expired(told: Json, items: Mapping[str, Words], names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(names.get(one["school_id"], one["school_id"])),
            Cell(items.get(one["item"], one["item"])),
            Cell(one["expired_on"]),
            Cell(one["where"]),
        )
        for one in told["expired"]
    ]
    heads = (
        Text("学校", "School"),
        Text("项目", "Item"),
        Text("失效日", "Expired on"),
        Text("位置", "Where"),
    )
    note = Text(
        "过期的记录不作数：请重新检查后补记。",
        "An expired record does not count: look again and enter it anew.",
    )
    return Table("expired", Text("已过期的记录", "Expired records"), heads, rows, note=note)
