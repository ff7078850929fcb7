"""A ledger as a workbook for officers: rates, schools that lack, findings, service and firms, faults; and its template."""

from collections.abc import Mapping, Sequence

from junheng.data.books import Form
from junheng.judgement import VERDICT_NAMES
from junheng.judgement.ledgers import (
    STATE_NAMES,
    Ledger,
    LedgerReport,
    RateResult,
    Services,
    Stock,
    ledger_forms,
)
from junheng.reports.percent import format_share
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

_SEVERITIES = {"general": "一般", "serious": "较大", "major": "重大"}
_WORDS = {
    "wanting": "有需求学生",
    "taking": "参加学生",
    "collected_yuan": "收费（元）",
    "subsidy_yuan": "财政补助（元）",
    "spent_yuan": "支出（元）",
    "courses": "课程",
    "staff": "从业人员",
    "pupils": "学员",
    "weekly_hours": "每周课时",
    "prepaid_yuan": "预收费余额（元）",
    "supervised_yuan": "监管账户余额（元）",
}


def ledger_book(report: LedgerReport) -> bytes:
    """The workbook of ``report``."""
    sheets = [_rates(report), _schools(report), _findings(report)]
    if report.services is not None:
        sheets.append(_services(report, report.services))
    if report.stock is not None:
        sheets.append(_stock(report, report.stock))
    sheets.append(_faults(report))
    return plain_book(sheets, f"{report.county.zh}{report.ledger.name.zh}台账（{report.on}）")


def ledger_template(forms: Mapping[str, Form], ledger: Ledger) -> bytes:
    """An empty book: the items, what each column means, and sheets with an example row (beginning with #)."""
    sheets = [_form_sheet(form) for form in forms.values()]
    columns = [Column("项目", 26), Column("编号", 20), Column("填什么", 30), Column("依据", 40)]
    rows: list[list[Value]] = [
        [
            item.name.zh,
            item.id,
            "是或否" if item.kind == "yes_no" else f"数量（{item.unit.zh if item.unit else ''}）",
            f"{item.source.document} {item.source.article}",
        ]
        for item in ledger.items
    ]
    return plain_book([Sheet("项目", columns, rows), _meanings(forms), *sheets], f"{ledger.name.zh}台账样表")


def _form_sheet(form: Form) -> Sheet:
    headings = form.headings.values()
    columns = [
        Column(("*" if one.is_required else "") + one.title.zh, max(12, 2 * len(one.title.zh) + 4))
        for one in headings
    ]
    example: list[Value] = [one.example for one in headings]
    example[0] = f"# {example[0]}"
    return Sheet(form.title.zh, columns, [example])  # no notes below: they would be read back as rows


def _meanings(forms: Mapping[str, Form]) -> Sheet:
    columns = [Column("工作表", 14), Column("列", 22), Column("必填", 8), Column("说明", 50)]
    rows: list[list[Value]] = [
        [
            form.title.zh,
            one.title.zh,
            "是" if one.is_required else "",
            one.meaning.zh or "、".join(one.values.values()),
        ]
        for form in forms.values()
        for one in form.headings.values()
    ]
    return Sheet("填写说明", columns, rows)


def _rates(report: LedgerReport) -> Sheet:
    columns = [
        Column("项目", 26),
        Column("做到", 8, 0),
        Column("未记录", 8, 0),
        Column("总数", 8, 0),
        Column("单位", 8),
        Column("比例（%）", 14),
        Column("目标（%）", 9),
        Column("判定", 10),
        Column("说明", 26),
        Column("依据", 36),
    ]
    notes = [
        "未记录或过期的不算零：有目标的项目影响判定时写“无法判定”，比例写成下限–上限；比例截断到一位小数。",
        "A record that lacks or has expired is not zero: the share is then an interval; shares are truncated.",
    ]
    return Sheet("各项比例", columns, [_rate_row(found) for found in report.rates], notes, freeze=1)


def _rate_row(found: RateResult) -> list[Value]:
    item = found.item
    areas = [{"urban": "城区", "town": "镇区", "rural": "乡村"}[area] for area in item.rate.areas]
    told = "、".join([*areas, *(bound.zh for bound in item.bounds)])
    return [
        f"{item.name.zh}（{told}）" if told else item.name.zh,
        found.met,
        found.unknown,
        found.whole,
        "所" if item.rate.of == "schools" else "个班",
        share_words(found),
        None if item.goal is None else f"{float(item.goal * 100):g}",
        "—" if found.verdict is None else VERDICT_NAMES[found.verdict].zh,
        found.reason.zh,
        f"{item.source.document} {item.source.article}",
    ]


def share_words(found: RateResult) -> str:
    """“98” or, where records lack, “86–98”; “—” over nothing."""
    if not found.whole:
        return "—"
    least, greatest = (format_share(part, found.whole) for part in (found.met, found.met + found.unknown))
    return least if least == greatest else f"{least}–{greatest}"


def _schools(report: LedgerReport) -> Sheet:
    columns = [
        Column("项目", 26),
        Column("学校", 28),
        Column("学校标识码", 14),
        Column("情况", 16),
        Column("台账位置", 26),
    ]
    rows: list[list[Value]] = []
    expired = {(one.school_id, one.item): one for one in report.expired}
    lapsed = {one.item for one in report.expired}
    for found in report.rates:
        for key in found.failing:
            rows.append(
                [
                    found.item.name.zh,
                    report.schools[key].name,
                    key,
                    "未做到",
                    str(report.held[key, found.item.id].place),
                ]
            )
        if found.unrecorded and not found.met and not found.failing and found.item.id not in lapsed:
            rows.append([found.item.name.zh, f"全部{len(found.unrecorded)}所", "", "没有记录", ""])
            continue
        for key in found.unrecorded:
            old = expired.get((key, found.item.id))
            words = "没有记录" if old is None else f"{old.expires_on} 过期"
            rows.append(
                [
                    found.item.name.zh,
                    report.schools[key].name,
                    key,
                    words,
                    "" if old is None else str(old.place),
                ]
            )
    return Sheet("未做到和未记录", columns, rows, freeze=1)


def _findings(report: LedgerReport) -> Sheet:
    columns = [
        Column("编号", 12),
        Column("学校", 24),
        Column("问题", 34),
        Column("等级", 8),
        Column("发现", 12),
        Column("期限", 12),
        Column("整改", 12),
        Column("复查", 12),
        Column("状态", 12),
        Column("逾期天数", 8, 0),
        Column("说明", 26),
    ]
    rows: list[list[Value]] = [
        [
            one.number,
            report.schools[one.school_id].name,
            one.what,
            _SEVERITIES[one.severity],
            str(one.found_on),
            str(one.due_on or "—"),
            str(one.mended_on or "—"),
            str(one.reviewed_on or "—"),
            STATE_NAMES[one.state].zh,
            one.late_days,
            one.reason.zh,
        ]
        for one in report.findings
    ]
    counts = "、".join(
        f"{name.zh}{sum(one.state == state for one in report.findings)}项"
        for state, name in STATE_NAMES.items()
    )
    return Sheet("问题与整改", columns, rows, [f"共{len(rows)}项：{counts}"], freeze=1)


def _services(report: LedgerReport, found: Services) -> Sheet:
    columns = [Column("类别", 16), Column("指标", 26), Column("数值", 16), Column("没有填的行", 10, 0)]
    rows: list[list[Value]] = []
    for kind, totals in (("课后服务", found.service), ("校外培训机构", found.firms)):
        rows.append([kind, "行数", str(totals.rows), 0])
        rows += [
            [kind, _WORDS[name], f"{value:,}", totals.lacking[name]] for name, value in totals.sums.items()
        ]
    lists = (
        ("没有课后服务记录的学校", found.without),
        ("没有一校一案的学校", found.unplanned),
        ("未满足全部需求的学校", found.unmet),
        ("收费未公示的学校", found.unpublished),
    )
    rows += [["课后服务", words, f"{len(keys)}所：{_names(report, keys)}", 0] for words, keys in lists]
    rows += [
        ["校外培训机构", "无证", f"{len(found.unlicensed)}家：{'、'.join(found.unlicensed)}", 0],
        [
            "校外培训机构",
            "预收费大于监管余额",
            f"{len(found.unsupervised)}家：{'、'.join(found.unsupervised)}",
            0,
        ],
    ]
    return Sheet("课后服务与校外培训", columns, rows)


def _stock(report: LedgerReport, found: Stock) -> Sheet:
    columns = [
        Column("应更新年份", 12),
        Column("类别", 12),
        Column("批次", 8, 0),
        Column("数量", 12),
        Column("原值（元）", 16),
        Column("没有原值的批次", 12, 0),
    ]
    names = ledger_forms()["stock"].headings["category"].values
    rows: list[list[Value]] = [
        [str(one.year), names[one.category], one.batches, f"{one.quantity:,}", f"{one.value:,}", one.unpriced]
        for one in found.renewal
    ]
    notes = [
        f"共{len(found.batches)}批，其中{len(found.overdue)}批已过使用年限（列入{report.on.year}年），{len(found.untold)}批没有填使用年限、不算更新。",
        *(
            f"已过年限：{report.schools[one.school_id].name} {one.name}（{one.acquired_on}，{one.place}）"
            for one in found.overdue
        ),
    ]
    return Sheet("设备图书更新", columns, rows, notes)


def _names(report: LedgerReport, keys: Sequence[str]) -> str:
    return "、".join(report.schools[key].name for key in keys)


def _faults(report: LedgerReport) -> Sheet:
    columns = [Column("位置", 30), Column("问题", 46), Column("怎么办", 36)]
    rows: list[list[Value]] = [[str(one.place), one.what.zh, one.fix.zh] for one in report.faults]
    return Sheet("数据问题", columns, rows)
