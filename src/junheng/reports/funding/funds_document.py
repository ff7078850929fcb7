"""公用经费情况.docx: a county's operating funds in a page or two, should get against got."""

from collections.abc import Iterator

from junheng.funding import exact, shown
from junheng.reports.funding.funds_book import told_pair
from junheng.reports.funding.paper import paper, section, table
from junheng.reports.funding.words import VERDICTS, Json, basis
from junheng.reports.word.blocks import Block

_MOST = 40  # schools printed; the workbook has them all


def funds_document(problem: Json, outcome: Json, owner: str) -> bytes:
    """The Word file's bytes."""
    blocks: list[Block] = []
    for county in outcome["counties"]:
        blocks += section(f"{county['name']}总体情况", list(_summary(county, outcome)))
        blocks += _by_rule(problem, county)
        blocks += _behind(outcome, county)
        blocks += _tests(problem, county)
    blocks += section("数据问题", [*_problems(outcome)])
    return paper(f"{outcome['year']}年公用经费应拨与实拨情况", owner, blocks)


def _yuan(one: Json) -> str:
    return "无法判定" if one["yuan"] is None else f"{shown(exact(one['yuan']))} 元"


def _summary(county: Json, outcome: Json) -> Iterator[str]:
    sums, year = county["sums"], outcome["year"]
    yield (
        f"{year} 预算年度，以 {county['pupils_year']} 年9月1日在校生为准，共 {county['schools']} 所学校，"
        f"其中 {county['undecided']} 所因数据缺失无法判定应拨数。"
    )
    more = f"；连同无法判定学校的已知部分为 {_yuan(sums['known_yuan'])}" if county["undecided"] else ""
    yield f"可判定学校按规则应拨合计 {_yuan(sums['total_yuan'])}{more}。"
    if county["shares"]["central"]["yuan"] is not None:
        yield f"其中（可判定学校）中央分担 {_yuan(county['shares']['central'])}，地方分担 {_yuan(county['shares']['local'])}。"
    yield f"学校预算合计 {_yuan(sums['budget_yuan'])}；截至 {outcome['on']} 到账 {_yuan(sums['received_yuan'])}。"
    unknown = county["arrears_unknown"]
    open_ones = f"；{unknown} 所没有分期应拨或记录有误，是否拖欠无法判定" if unknown else ""
    yield f"有 {county['in_arrears']} 所学校被拖欠，拖欠合计 {_yuan(sums['arrears_yuan'])}{open_ones}。"
    if county["local_shares"] == "no_rule":
        yield "地方部分由省、市、县如何分担，没有登记地方规则，故不拆分。"
    if county["heating"] == "no_rule":
        yield "没有登记地方采暖标准，应拨数不含采暖费（不是零）。"
    training = county["training"]
    yield (
        f"教师培训经费：{training['met']} 所达到，{training['not_met']} 所未达到，"
        f"{training['cannot_tell']} 所无法判定；全县{VERDICTS[training['verdict']]}。"
    )


def _by_rule(problem: Json, county: Json) -> list[Block]:
    rules = problem["counties"][county["county_code"]]["rules"]
    rows = [
        [
            rules[slot]["name"]["zh"],
            basis(rules[slot]),
            shown(exact(one["quantity"])),
            shown(exact(one["yuan"])),
        ]
        for slot, one in county["by_rule"].items()
    ]
    heads = ("项目", "依据", "数量", "金额（元）")
    return table(f"rules{county['county_code']}", "应拨数的构成", heads, rows, 2)


def _behind(outcome: Json, county: Json) -> list[Block]:
    own = [one for one in outcome["schools"] if one["county_code"] == county["county_code"]]
    late = [one for one in own if exact(one["arrears_yuan"] or "0") > 0]
    late.sort(key=lambda one: (-exact(one["arrears_yuan"]), str(one["school_id"])))
    rows = [
        [
            one["name"],
            *(
                shown(exact(one[name])) if one[name] is not None else ""
                for name in ("due_yuan", "received_yuan", "arrears_yuan")
            ),
            "" if one["days_late"] is None else str(one["days_late"]),
        ]
        for one in late[:_MOST]
    ]
    heads = ("学校", "分期应拨（元）", "已到账（元）", "拖欠（元）", "最长逾期（天）")
    return table(f"late{county['county_code']}", "拖欠的学校", heads, rows, 1)


def _tests(problem: Json, county: Json) -> list[Block]:
    rules = problem["counties"][county["county_code"]]["rules"]
    rows = [
        [rules[test["rule"]]["name"]["zh"], VERDICTS[test["verdict"]], told_pair(test["pairs"][-1])]
        for test in county["tests"]
    ]
    heads = ("检验", "结论", "最近一对年份的数字")
    return table(f"tests{county['county_code']}", "两个只增不减与三个增长", heads, rows, 3)


def _problems(outcome: Json) -> Iterator[str]:
    for one in outcome["problems"]:
        yield f"{one['what']['zh']}（{one['count']} 处，{'、'.join(one['at'][:3])}）：{one['fix']['zh']}。"
    if not outcome["problems"]:
        yield "没有发现数据问题。"
