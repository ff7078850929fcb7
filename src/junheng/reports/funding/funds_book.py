"""应拨与实拨.xlsx: what each school should get and got, with the arithmetic as live formulas."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.funding import exact, shown
from junheng.reports.funding.sheets import LiveSheet, number, write_live_book
from junheng.reports.funding.words import COLUMNS, STAGES, VERDICTS, Json, basis, reasons
from junheng.reports.workbook.sheets import ALL_DECIMALS, Column, Value

ARITHMETIC, SCHOOLS = "计算过程", "应拨与实拨"
_LEVELS = ("central", "local", "province", "city", "county")


def write_funds_book(path: Path, problem: Json, outcome: Json) -> None:
    """Write the workbook. Raises OSError."""
    arithmetic = _arithmetic(problem, outcome)
    sheets = [
        _schools(problem, outcome, len(arithmetic.rows)),
        arithmetic,
        _shares(outcome),
        _instalments(outcome),
        _tests(problem, outcome),
        _rules(problem),
        problem_sheet(outcome["problems"]),
    ]
    write_live_book(path, sheets, f"公用经费 {outcome['year']} 年")


def _rule(problem: Json, county: str, slot: str) -> Json:
    found: Json = problem["counties"][county]["rules"][slot]
    return found


def _schools(problem: Json, outcome: Json, addends: int) -> LiveSheet:
    columns = [
        Column("学校标识码", 13), Column("学校", 22), Column("按规则应拨（元）", 15, 2), Column("预算（元）", 15, 2),
        Column("预算减应拨（元）", 15, 2), Column("分期应拨（元）", 15, 2), Column("已到账（元）", 15, 2),
        Column("拖欠（元）", 13, 2), Column("最长逾期（天）", 12, 0), Column("到账减应拨（元）", 15, 2),
        Column("培训经费（元）", 13, 2), Column("培训下限（元）", 13, 2), Column("培训达标", 9), Column("说明", 40),
    ]  # fmt: skip
    rows, formulas = [], {}
    for place, school in enumerate(outcome["schools"]):
        rows.append(_school_row(school))
        rate = problem["counties"][school["county_code"]]["training"]["rate"]
        for column, formula in _school_formulas(school, place + 2, max(addends, 1) + 1, rate):
            formulas[place, column] = formula
    notes = ["空白表示无法判定，原因见“说明”，从不当作 0。| Blank: cannot tell, never 0.", *_heating(outcome)]
    return LiveSheet(SCHOOLS, columns, rows, formulas, notes)


def _school_row(school: Json) -> list[Value]:
    training = school["training"]
    return [
        school["school_id"], school["name"], number(school["total_yuan"]), number(school["budget_yuan"]),
        number(school["budget_against_rule_yuan"]), number(school["due_yuan"]),
        number(school["received_yuan"]), number(school["arrears_yuan"]), school["days_late"],
        number(school["against_rule_yuan"]), number(training["spent_yuan"]), number(training["wanted_yuan"]),
        VERDICTS[training["verdict"]], reasons(school["reasons"]),
    ]  # fmt: skip


def _school_formulas(school: Json, line: int, last: int, rate: str) -> Iterator[tuple[int, str]]:
    """Column and formula of the cells of sheet row ``line`` that other cells give; ``last``: of the arithmetic."""
    if school["total_yuan"] is not None:
        keys, sums = (f"'{ARITHMETIC}'!${letter}$2:${letter}${last}" for letter in "AG")
        yield 2, f"=SUMIF({keys},A{line},{sums})"
    if school["budget_against_rule_yuan"] is not None:
        yield 4, f"=D{line}-C{line}"
    if school["against_rule_yuan"] is not None:
        yield 9, f"=G{line}-C{line}"
    if school["training"]["wanted_yuan"] is not None:
        yield 11, f"=D{line}*{rate}"


def _heating(outcome: Json) -> Iterator[str]:
    for county in outcome["counties"]:
        if county["heating"] == "no_rule":
            yield f"{county['county_code']}：没有地方采暖标准，应拨不含采暖费 | no local rule for heating: not included"


def _arithmetic(problem: Json, outcome: Json) -> LiveSheet:
    columns = [
        Column("学校标识码", 13), Column("学校", 22), Column("项目", 26), Column("学段", 7),
        Column("数量", 9, ALL_DECIMALS), Column("单价（元）", 11, ALL_DECIMALS), Column("金额（元）", 14, 2),
        Column("其中中央（元）", 14, 2), Column("规则", 20), Column("依据", 50), Column("数量来自", 30),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    formulas = {}
    for school in outcome["schools"]:
        for addend in school["addends"]:
            rule = _rule(problem, school["county_code"], addend["slot"])
            if addend["yuan"] is not None:
                formulas[len(rows), 6] = f"=E{len(rows) + 2}*F{len(rows) + 2}"
            rows.append([
                school["school_id"], school["name"], rule["name"]["zh"], STAGES.get(addend["stage"], ""),
                number(addend["quantity"]), number(addend["rate"]), number(addend["yuan"]),
                number(addend["central_yuan"]), addend["rule"], basis(rule), addend["at"],
            ])  # fmt: skip
    return LiveSheet(ARITHMETIC, columns, rows, formulas)


def _shares(outcome: Json) -> LiveSheet:
    columns = [Column("代码", 13), Column("学校或县", 22)]
    columns += [Column(f"{word}（元）", 15, 2) for word in ("中央", "地方", "其中省", "其中市", "其中县")]
    rows: list[list[Value]] = [
        [school["school_id"], school["name"], *(number(school["shares"][level]) for level in _LEVELS)]
        for school in outcome["schools"]
    ]
    for county in outcome["counties"]:
        told = [number(county["shares"][level]["yuan"]) for level in _LEVELS]
        left_out = f"（不含无法判定的 {county['undecided']} 所）" if county["undecided"] else ""
        rows.append([county["county_code"], f"全县合计{left_out}", *told])
    note = "省、市、县各担多少由地方规定；没有地方规则的留空。| Shares below the centre need a local rule."
    return LiveSheet("分担", columns, rows, notes=[note])


def _instalments(outcome: Json) -> LiveSheet:
    columns = [
        Column("学校标识码", 13), Column("学校", 22), Column("应拨日期", 12), Column("应拨（元）", 14, 2),
        Column("到齐日期", 12), Column("尚欠（元）", 14, 2), Column("逾期（天）", 9, 0),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [school["school_id"], school["name"], one["due_on"], number(one["yuan"]), one["settled_on"],
         number(one["lacking_yuan"]), one["days_late"]]
        for school in outcome["schools"] for one in school["instalments"]
    ]  # fmt: skip
    return LiveSheet("分期到账", columns, rows, notes=[f"统计到 {outcome['on']} | as of {outcome['on']}"])


def _tests(problem: Json, outcome: Json) -> LiveSheet:
    columns = [Column("县", 9), Column("检验", 44), Column("结论", 10), Column("年份", 12), Column("本对结论", 10),
               Column("数字", 70), Column("依据", 50)]  # fmt: skip
    rows: list[list[Value]] = []
    for county in outcome["counties"]:
        for test in county["tests"]:
            rule = _rule(problem, county["county_code"], test["rule"])
            for pair in test["pairs"]:
                rows.append([
                    county["county_code"], rule["name"]["zh"], VERDICTS[test["verdict"]],
                    "→".join(map(str, pair["years"])), VERDICTS[pair["verdict"]], told_pair(pair), basis(rule),
                ])  # fmt: skip
    return LiveSheet("只增不减与三个增长", columns, rows)


def told_pair(pair: Json) -> str:
    """The figures of a pair of years; what is absent is named."""
    return "；".join(
        f"{COLUMNS.get(column, column)} " + "→".join(shown_or_absent(value) for value in values)
        for column, values in pair["values"].items()
    )


def shown_or_absent(value: str | None) -> str:
    """Yuan, or 未报."""
    return "未报" if value is None else shown(exact(value))


def _rules(problem: Json) -> LiveSheet:
    columns = [Column("县", 9), Column("规则", 20), Column("名称", 34), Column("数值", 50), Column("起", 12),
               Column("依据", 60), Column("备注", 40)]  # fmt: skip
    rows: list[list[Value]] = []
    for code, county in problem["counties"].items():
        for rule in county["rules"].values():
            values = "，".join(f"{key}={value}" for key, value in rule["values"].items())
            note = (rule["source"].get("note") or {}).get("zh")
            rows.append(
                [code, rule["id"], rule["name"]["zh"], values, rule["in_force_from"], basis(rule), note]
            )
    return LiveSheet("规则与依据", columns, rows)


def problem_sheet(problems: Sequence[Json]) -> LiveSheet:
    """What is wrong or odd in the input, by cause."""
    columns = [Column("问题", 44), Column("处数", 8, 0), Column("位置", 60), Column("办法", 44)]
    rows: list[list[Value]] = [
        [one["what"]["zh"], one["count"], "；".join(one["at"][:20]), one["fix"]["zh"]] for one in problems
    ]
    return LiveSheet("数据问题", columns, rows, notes=() if rows else ("没有数据问题",), freeze=1)
