"""After-school service and off-campus firms of a ledger: coverage, money, and who does not add up."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from junheng.basics import Text
from junheng.reports import format_share
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, number

_SERVICE = {
    "wanting": Text("有需求的学生", "pupils who want it"), "taking": Text("参加的学生", "pupils who take part"),
    "collected_yuan": Text("收费（元）", "fees collected (yuan)"), "subsidy_yuan": Text("财政补助（元）", "subsidy (yuan)"),
    "spent_yuan": Text("支出（元）", "spent (yuan)"),
}  # fmt: skip
_FIRMS = {
    "courses": Text("课程", "courses"), "staff": Text("从业人员", "staff"), "pupils": Text("学生", "pupils"),
    "weekly_hours": Text("每周课时", "hours a week"), "prepaid_yuan": Text("预收费（元）", "prepaid (yuan)"),
    "supervised_yuan": Text("其中纳入监管（元）", "of it supervised (yuan)"),
}  # fmt: skip
_SHORT = {
    "schools_without": Text("没有课后服务记录的学校", "schools with no row of service"),
    "schools_without_plan": Text("没有本校方案的学校", "schools without a plan of their own"),
    "schools_below_demand": Text("参加少于需求的学校", "schools where fewer take part than want to"),
    "fees_not_published": Text("收费没有公示的学校", "schools whose fees were not published"),
    "firms_unlicensed": Text("没有许可的机构", "firms without a licence"),
    "firms_prepaid_above_supervised": Text("预收费没有全部监管的机构", "firms whose prepayments are not all supervised"),
}  # fmt: skip


def service_blocks(told: Json | None, names: Mapping[str, str]) -> Iterator[Block]:
    """What a ledger's sheets of service and firms add up to; nothing where the book has neither."""
    if told is None:
        return
    yield _service(told)
    if told["firms"]["rows"]:
        yield Facts(
            Text("校外培训机构", "Off-campus firms"),
            [_rows(told["firms"], Text("机构", "firms")), *_sums(told["firms"], _FIRMS)],
        )
    yield _short(told, names)


def _service(told: Json) -> Block:
    service = told["service"]
    rows = [_rows(service, Text("有记录的学校", "schools with a row"))]
    rows.append((Text("没有记录的学校", "schools without one"), number(len(told["schools_without"]))))
    wanting, taking = (Decimal(service["sums"][name]) for name in ("wanting", "taking"))
    if wanting and not (service["lacking"]["wanting"] or service["lacking"]["taking"]):
        said = (
            f"{format_share(int(taking), int(wanting))}%"
            if taking <= wanting
            else f"{taking:,} / {wanting:,}"
        )
        rows.append(
            (Text("需求覆盖", "of those who want it"), Cell(said, opened=(f"{taking:,} ÷ {wanting:,}",)))
        )
    return Facts(Text("课后服务", "After-school service"), [*rows, *_sums(service, _SERVICE)])


def _rows(totals: Json, name: Text) -> tuple[Words, Cell]:
    return name, number(totals["rows"])


def _sums(totals: Json, titles: Mapping[str, Text]) -> list[tuple[Words, Cell]]:
    """Every sum; where rows do not tell the figure it is said how many, for the sum is without them."""
    found: list[tuple[Words, Cell]] = []
    for name, title in titles.items():
        lacking = totals["lacking"][name]
        if lacking == totals["rows"]:
            found.append((title, Cell("—")))
            continue
        words = Text(
            f"另有 {lacking} 行没有填，不在合计内", f"{lacking} rows do not tell it and are not in it"
        )
        found.append(
            (
                title,
                Cell(
                    f"{Decimal(totals['sums'][name]):,}", is_number=True, opened=(words,) if lacking else ()
                ),
            )
        )
    return found


def _short(told: Json, names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(title),
            number(len(told[key])),
            Cell("、".join(names.get(code, code) for code in told[key]) or "—"),
        )
        for key, title in _SHORT.items()
    ]
    heads = (Text("情况", "What"), Text("个数", "How many"), Text("哪些", "Which"))
    return Table(
        "services", Text("课后服务与机构：要核对的", "Service and firms: to be checked"), heads, rows
    )
