"""Operating funds: the county's sums, each school's due with its arithmetic, arrears day by day, the tests."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text
from junheng.funding import exact, shown
from junheng.web.jobs.works.blocks import (
    UNKNOWN,
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
from junheng.web.jobs.works.show.money import money, yuan

_SUMS = {
    "total_yuan": Text("按规则应拨", "due by the rules"),
    "budget_yuan": Text("预算", "budgeted"),
    "due_yuan": Text("已下达的应拨各期", "instalments due"),
    "received_yuan": Text("到账", "received"),
    "arrears_yuan": Text("拖欠", "in arrears"),
}
_SLOTS = {
    "base": Text("定额", "base"), "boarding": Text("寄宿补助", "boarders"), "special": Text("特教定额", "special"),
    "small_school": Text("不足 100 人补足", "small school"), "bilingual": Text("双语上浮", "bilingual"),
    "heating": Text("采暖", "heating"),
}  # fmt: skip


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng funds`` worked out."""
    told = json.loads((folder / "funds.json").read_bytes())
    problem = json.loads((folder / "problem.json").read_bytes())
    for county in told["counties"]:
        yield _sums(county)
        yield _slots(county)
        yield _tests(county, problem["counties"][county["county_code"]]["rules"])
    yield _due(told["schools"], problem)
    yield _arrears(told["schools"])
    yield problems(told["problems"])


def _sums(county: Json) -> Block:
    rows: list[tuple[Words, Cell]] = []
    for name, words in _SUMS.items():
        found = county["sums"][name]
        lacking = found["unknown"]
        untold = (
            Text(
                f"另有 {lacking} 所无法判定，不在合计内",
                f"{lacking} schools that cannot be told are not in it",
            ),
        )
        rows.append((words, money(found["yuan"], *(untold if lacking else ()))))
    rows.append((Text("学校", "schools"), number(county["schools"])))
    rows.append((Text("拖欠的学校", "schools in arrears"), number(county["in_arrears"])))
    if county["heating"] == "no_rule":
        rows.append(
            (
                Text("采暖", "heating"),
                Cell(Text("没有地方标准，应拨不含", "no local rule: not included"), "cannot_tell"),
            )
        )
    title = Text(
        f"{county['name']}（元；学生数为 {county['pupils_year']} 年）",
        f"{county['name']} (yuan; pupils of {county['pupils_year']})",
    )
    return Facts(title, rows)


def _slots(county: Json) -> Block:
    rows = [
        (
            Cell(_SLOTS.get(slot, slot)),
            Cell(shown(exact(one["quantity"])), is_number=True),
            money(one["yuan"]),
        )
        for slot, one in county["by_rule"].items()
    ]
    heads = (Text("项目", "For"), Text("数量（人、m²）", "Quantity"), Text("元", "Yuan"))
    return Table("slots", Text("应拨由什么组成", "What the sum due is made of"), heads, rows, is_counts=True)


def _tests(county: Json, rules: Mapping[str, Json]) -> Block:
    rows: list[tuple[Words, Cell]] = []
    for one in county["tests"]:
        found = rules.get(one["rule"])
        opened = tuple(line for pair in one["pairs"] for line in _pair(pair))
        told = verdict(one["verdict"])
        rows.append(
            (words_of(found["name"]) if found else one["rule"], Cell(told.words, told.state, opened=opened))
        )
    training = verdict(county["training"]["verdict"])
    counted = county["training"]
    line = Text(
        f"达到 {counted['met']} 所，未达到 {counted['not_met']} 所，无法判定 {counted['cannot_tell']} 所",
        f"met {counted['met']}, not met {counted['not_met']}, cannot tell {counted['cannot_tell']}",
    )
    rows.append(
        (
            Text("教师培训经费不低于 5%", "training at least 5 %"),
            Cell(training.words, training.state, opened=(line,)),
        )
    )
    return Facts(Text("检验", "Tests"), rows)


def _pair(pair: Json) -> Iterator[Words]:
    first, second = pair["years"]
    for before, after in pair["values"].values():
        if before is not None and after is not None:
            yield f"{first}: {shown(exact(before))} → {second}: {shown(exact(after))}"
    for one in pair["missing"]:
        yield words_of(one) if isinstance(one, dict) else str(one)


def _due(schools: list[Json], problem: Json) -> Block:
    rules = {one["id"]: one for county in problem["counties"].values() for one in county["rules"].values()}
    rows = [
        (
            Cell(one["name"]),
            money(one["total_yuan"], *_arithmetic(one, rules)),
            money(one["budget_yuan"]), money(one["received_yuan"]), money(one["against_rule_yuan"]),
            verdict(one["training"]["verdict"] if one["training"] else None),
        )
        for one in schools
    ]  # fmt: skip
    heads = (
        Text("学校", "School"), Text("应拨（元）", "Due (yuan)"), Text("预算", "Budget"), Text("到账", "Received"),
        Text("到账比应拨", "Against the rule"), Text("培训 5%", "Training"),
    )  # fmt: skip
    note = Text(
        "点开应拨，看每一项怎么算、依据哪条规则、哪一行。",
        "Open a sum for its arithmetic: rule by rule, row by row.",
    )
    return Table("due", Text("逐校应拨与到账", "Due and received, by school"), heads, rows, note=note)


def _arithmetic(school: Json, rules: Mapping[str, Json]) -> Iterator[Words]:
    for one in school["addends"]:
        stage = STAGE_NAMES.get(one["stage"])
        slot, rule = _SLOTS.get(one["slot"], Text(one["slot"], one["slot"])), rules.get(one["rule"])
        basis = f"{rule['source']['document']} {rule['source']['article']}" if rule else one["rule"]
        yield Text(
            f"{stage.zh if stage else ''}{slot.zh} {_product(one, UNKNOWN.zh)}　{one['at']}　{basis}",
            f"{stage.en + ' ' if stage else ''}{slot.en} {_product(one, UNKNOWN.en)}; {one['at']}; {basis}",
        )
    for reason in school["reasons"]:
        yield words_of(reason)


def _product(one: Json, unknown: str) -> str:
    """46 × 720 = 33,120; a quantity that was not reported, and what follows of it, is ``unknown``."""
    if one["quantity"] is None or one["yuan"] is None:
        return f"… × {one['rate']} = {unknown}"
    return f"{one['quantity']} × {one['rate']} = {shown(exact(one['yuan']))}"


def _arrears(schools: list[Json]) -> Block:
    rows = []
    for one in schools:
        if one["arrears_yuan"] is None or exact(one["arrears_yuan"]) > 0 or one["days_late"]:
            late = number(one["days_late"])
            rows.append(
                (
                    Cell(one["name"]),
                    money(one["arrears_yuan"]),
                    Cell(late.words, is_number=True, opened=tuple(_instalments(one))),
                )
            )
    heads = (
        Text("学校", "School"),
        Text("拖欠（元）", "Arrears (yuan)"),
        Text("最长逾期（天）", "Longest delay (days)"),
    )
    return Table(
        "arrears",
        Text("拖欠和迟到的", "In arrears, or late"),
        heads,
        rows,
        Text("没有拖欠，也没有迟到。", "None in arrears, none late."),
    )


def _instalments(school: Json) -> Iterator[Words]:
    for one in school["instalments"] or ():
        ended = one["settled_on"]
        yield Text(
            f"{one['due_on']} 应拨 {yuan(one['yuan'])}："
            + (f"{ended} 到齐" if ended else f"还差 {yuan(one['lacking_yuan'])}")
            + f"，逾期 {one['days_late']} 天",
            f"{yuan(one['yuan'])} due on {one['due_on']}: "
            + (f"settled on {ended}" if ended else f"{yuan(one['lacking_yuan'])} lacking")
            + f", {one['days_late']} days late",
        )
