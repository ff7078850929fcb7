"""Words of the standing sheets: the library's sums and lists, and a row as it is shown."""

from collections.abc import Mapping
from decimal import Decimal

from junheng.basics import Text
from junheng.data.books import Heading
from junheng.judgement.ledgers import LedgerReport
from junheng.judgement.ledgers import Services as Told
from junheng.web.front.words import half
from junheng.web.ledgers.models import Sheet, SheetRow
from junheng.web.ledgers.sheet_forms import columns_of

Fact = tuple[Text, str, list[str]]  # what, how much, whose
_YES_NO = {"yes": Text("是", "yes"), "no": Text("否", "no")}


def shown_columns(sheet: str) -> list[Heading]:
    """The columns of a list; a firm's number heads its row."""
    return [one for one in columns_of(sheet) if one.name != "firm_id"]


def shown_of(row: SheetRow) -> list[tuple[Text, str, bool]]:
    """Heading, cell and whether it is a number, of every column of the row."""
    found = []
    for one in shown_columns(row.sheet):
        text = row.cells.get(one.name, "")
        if one.kind == "yes_no" and text:
            text = half(_YES_NO[text])
        elif one.kind == "number" and text:
            text = f"{Decimal(text):,f}"
        elif text in one.values:
            text = half(Text(one.values[text], text))
        found.append((one.title, text, one.kind == "number"))
    return found


def facts_of(report: LedgerReport, sheet: str) -> list[Fact]:
    """What the library tells of a county's sheet: sums with how many rows lack the figure, and who falls short."""
    if report.stock is not None:
        stock = report.stock
        names = [_named(report, one.school_id, one.name) for one in stock.overdue]
        untold = [_named(report, one.school_id, one.name) for one in stock.untold]
        return [
            (Text("批次", "purchases"), f"{len(stock.batches):,}", []),
            (Text("超过使用年限", "past their life"), f"{len(names):,}", names),
            (Text("没写使用年限", "without a life"), f"{len(untold):,}", untold),
        ]
    if report.services is None:
        return []
    return _of_firms(report.services) if sheet == Sheet.FIRM else _of_service(report, report.services)


def _of_service(report: LedgerReport, told: Told) -> list[Fact]:
    sums, lacking = told.service.sums, told.service.lacking
    listed = (
        (Text("没有课后服务记录的学校", "schools without a row"), told.without),
        (Text("没有一校一案", "without their own plan"), told.unplanned),
        (Text("参加的少于有需求的", "take fewer than want it"), told.unmet),
        (Text("收费没有公示", "fees not published"), told.unpublished),
    )
    facts: list[Fact] = [
        (Text("有需求学生", "pupils who want it"), _sum(sums, lacking, "wanting"), []),
        (Text("参加学生", "pupils who take it"), _sum(sums, lacking, "taking"), []),
        (Text("收费（元）", "collected (yuan)"), _sum(sums, lacking, "collected_yuan"), []),
        (Text("财政补助（元）", "subsidy (yuan)"), _sum(sums, lacking, "subsidy_yuan"), []),
        (Text("支出（元）", "spent (yuan)"), _sum(sums, lacking, "spent_yuan"), []),
    ]
    return [
        *facts,
        *((words, f"{len(keys):,}", [_named(report, key) for key in keys]) for words, keys in listed),
    ]


def _of_firms(told: Told) -> list[Fact]:
    sums, lacking = told.firms.sums, told.firms.lacking
    return [
        (Text("机构", "firms"), f"{told.firms.rows:,}", []),
        (Text("课程", "courses"), _sum(sums, lacking, "courses"), []),
        (Text("从业人员", "staff"), _sum(sums, lacking, "staff"), []),
        (Text("学员", "pupils"), _sum(sums, lacking, "pupils"), []),
        (Text("预收费余额（元）", "prepaid (yuan)"), _sum(sums, lacking, "prepaid_yuan"), []),
        (Text("监管账户余额（元）", "supervised (yuan)"), _sum(sums, lacking, "supervised_yuan"), []),
        (Text("没有办学许可", "without a licence"), f"{len(told.unlicensed):,}", list(told.unlicensed)),
        (
            Text("监管余额低于预收费", "supervised below prepaid"),
            f"{len(told.unsupervised):,}",
            list(told.unsupervised),
        ),
    ]


def renewal_of(report: LedgerReport) -> list[tuple[int, str, int, str, str]]:
    """Of every year to come: category, purchases, value in yuan, and how many of them have none."""
    if report.stock is None:
        return []
    words = {one.name: one.values for one in columns_of(Sheet.STOCK)}["category"]
    return [
        (
            one.year,
            half(Text(words.get(one.category, one.category), one.category)),
            one.batches,
            f"{one.value:,f}",
            str(one.unpriced),
        )
        for one in report.stock.renewal
    ]


def _sum(sums: Mapping[str, Decimal], lacking: Mapping[str, int], name: str) -> str:
    """The sum; with how many rows do not tell it; a stroke where none does."""
    total, missing = sums.get(name, Decimal(0)), lacking.get(name, 0)
    if not total and missing:
        return half(Text(f"— （{missing} 行没填）", f"— ({missing} rows blank)"))
    shown = f"{total:,f}"
    return (
        shown
        if not missing
        else half(Text(f"{shown}（另 {missing} 行没填）", f"{shown} (+ {missing} blank)"))
    )


def _named(report: LedgerReport, key: str, what: str = "") -> str:
    school = report.schools.get(key)
    return f"{school.name if school else key} {what}".strip()
