"""申报表.docx: county, schools, the parts with every item, the seven indicators, vetoes, recognition, signatures."""

from collections.abc import Iterator, Mapping

from junheng.data import load_dictionary
from junheng.reports.application.reported import Reported
from junheng.reports.chapters.attainment import FILLS
from junheng.reports.chapters.items import PART_NAMES
from junheng.reports.chapters.wording import ORDER, verdict_word
from junheng.reports.facts import Facts, IndicatorFacts, StageFacts
from junheng.reports.item_facts import ItemRow, item_rows
from junheng.reports.number_text import plain, short
from junheng.reports.provenance_facts import overlay_words
from junheng.reports.read_facts import chinese
from junheng.reports.self_evaluation import MADE_UP_NOTICE
from junheng.reports.word.blocks import Block, Break, Cell, Editable, Heading, Paragraph, Table

_SMALL = 9.0
_SIGNED_BY = (
    ("self", "县级教育行政部门自评意见", "（请填写）自评意见。负责人：　　　（盖章）　　年　月　日"),
    ("government", "县级人民政府申报意见", "（请填写）申报意见。负责人：　　　（盖章）　　年　月　日"),
    ("city", "市级复核意见", "（请填写）复核意见。负责人：　　　（盖章）　　年　月　日"),
    ("province", "省级评估意见", "（请填写）评估意见。负责人：　　　（盖章）　　年　月　日"),
)
_REPORTED = (
    ("stage", "pupils", "在校生", "人"),
    ("stage", "classes", "教学班", "个"),
    ("teacher_count", "full_time", "专任教师", "人"),
)


def cover(facts: Facts) -> Mapping[str, str]:
    """The values of the template's tags."""
    title = f"{facts.county_name}{chinese(facts.standard['name'])}申报表"
    notice = MADE_UP_NOTICE if facts.made_up else ""
    return {"notice": notice, "title": title, "subtitle": f"（{facts.school_year}）", "header": title}


def form_blocks(facts: Facts, reported: Reported, verdict_hash: str) -> list[Block]:
    """The form after its title. ``verdict_hash``: SHA-256 of the verdict.json it tells."""
    titles = iter(ORDER)
    blocks: list[Block] = [Heading(1, f"{next(titles)}、基本情况"), _basics(facts), _numbers(facts, reported)]
    blocks += [*_kinds(reported), Heading(1, f"{next(titles)}、总体结论与申报条件"), *_verdict(facts)]
    blocks += [Break("landscape"), Heading(1, f"{next(titles)}、资源配置"), *_resource(facts)]
    for part in dict.fromkeys(row.part for row in item_rows(facts)):
        blocks += [
            Heading(1, f"{next(titles)}、{PART_NAMES.get(part, part)}"),
            _counted(facts, part),
            _items(facts, part),
        ]
    blocks += [Break("portrait"), Heading(1, f"{next(titles)}、意见与签章")]
    for tag, title, prompt in _SIGNED_BY:
        blocks += [Heading(2, title), Editable(f"edit.{tag}", title, prompt)]
    blocks.append(Paragraph((f"本表依据的结论文件 verdict.json 的 SHA-256：{verdict_hash}",), "Note"))
    return blocks


def _basics(facts: Facts) -> Table:
    county, standard = facts.verdict["county"], facts.standard
    entry = county.get("entry") or {}
    rows = [
        ("县（市、区）", f"{facts.county_name}（{county['code']}）"),
        ("申报项目", chinese(standard["name"])),
        ("评价依据", f"《{standard['title']}》（{standard['document']}），{standard['on']} 适用的版本"),
        ("地方口径", overlay_words(facts) or "无"),
        ("数据时点", f"{facts.year}年9月1日（{facts.school_year}）"),
        ("基本均衡认定日期", str(entry.get("recognised_on") or "未填报")),
    ]
    return Table("basics", "县情", ("项目", "内容"), tuple(rows), (20, 80), ("left", "left"))


def _numbers(facts: Facts, reported: Reported) -> Table:
    rows = []
    for stage in facts.stages:
        cells = [stage.name, str(stage.total), str(stage.counts.get("not_counted", ""))]
        for table, column, _, unit in _REPORTED:
            total = reported.total(table, column, stage.stage)
            missing = f"未填报（{total.lacking} 行为空）" if total.rows else "未填报"
            cells.append(missing if total.value is None else f"{short(float(total.value))}{unit}")
        rows.append(tuple(cells))
    heads = ("学段", "计入评价学校", "未计入学校学段", *(words for _, _, words, _ in _REPORTED))
    return Table("numbers", "学段规模（含未计入评价的学校学段）", heads, tuple(rows), (12, 16, 18, 18, 18, 18),
                 ("center", "right", "right", "right", "right", "right"))  # fmt: skip


def _kinds(reported: Reported) -> Iterator[Block]:
    names = load_dictionary().tables["school"].columns["kind"].values
    counts = reported.schools_by_kind()
    rows = [(names[kind].zh if kind in names else kind or "未填报", str(n)) for kind, n in counts.items()]
    rows.append(("合计", str(sum(counts.values()))))
    heads = ("办学类型", "填报的学校（含教学点、校区）")
    yield Table("kinds", "各类学校数", heads, tuple(rows), (50, 50), ("left", "right"))


def _verdict(facts: Facts) -> Iterator[Block]:
    county = facts.verdict["county"]
    reasons = county.get("part_reasons") or {}
    rows: list[tuple[str | Cell, ...]] = []
    for part, verdict in county["parts"].items():
        if verdict is not None:
            why = "；".join(dict.fromkeys(chinese(reason) for reason in reasons.get(part, [])))
            rows.append((PART_NAMES.get(part, part), _told(verdict), why or "—"))
    rows.append(("全县", _told(county["verdict"]), "以上各部分均须达标"))
    entry = county.get("entry")
    if entry:
        rows.append(("申报条件", _told(entry["verdict"]), chinese(entry["reason"])))
    heads, widths = ("部分", "结论", "原因"), (16, 12, 72)
    yield Table("verdict", "各部分结论", heads, tuple(rows), widths, ("left", "center", "left"))


def _told(verdict: str) -> Cell:
    return Cell(verdict_word(verdict), fill=FILLS.get(verdict, ""))


def _resource(facts: Facts) -> Iterator[Block]:
    heads = (
        "指标",
        "达标值",
        "达标",
        "未达标",
        "无法判定",
        "低于底线",
        "均值",
        "差异系数",
        "限值",
        "差异系数结论",
    )
    widths = (34, 9, 8, 8, 9, 9, 10, 10, 8, 12)
    aligns = ("left", *("right",) * 8, "center")
    for stage in facts.stages:
        rows = tuple(_indicator(stage, rule) for rule in facts.used(stage))
        counts = stage.counts
        yield Paragraph((
            f"{stage.name}计入评价{stage.total}所，达到学校要求的{counts['passed']}所，无法判定的{counts['undecided']}所。",
        ))  # fmt: skip
        yield Table(f"resource_{stage.stage}", f"{stage.name}七项指标", heads, rows, widths, aligns, _SMALL)  # type: ignore[arg-type]  # literals


def _indicator(stage: StageFacts, rule: IndicatorFacts) -> tuple[str | Cell, ...]:
    found, line = stage.indicator(rule.key), rule.lines[stage.stage]
    verdict = found.get("cv_verdict")
    return (
        f"{rule.key} {rule.name}",
        short(line.threshold),
        *(str(found[name]) for name in ("met", "not_met", "undecided", "floor_missed")),
        plain(found.get("mean"), 2),
        plain(found.get("cv"), 4, line=line.cv_limit),
        short(line.cv_limit),
        _told(verdict) if verdict else "不判定",
    )


def _counted(facts: Facts, part: str) -> Paragraph:
    """How many items of the part are met, not met, cannot be told."""
    verdicts = [item["verdict"] for item in facts.verdict["items"].values() if item["part"] == part]
    words = "，".join(f"{verdict_word(key)}{verdicts.count(key)}项" for key in FILLS)
    return Paragraph((f"本部分共{len(verdicts)}项：{words}。",))


def _items(facts: Facts, part: str) -> Table:
    rows, previous = [], ""
    for row in item_rows(facts):
        if row.part == part:
            rows.append(_item(row, row.key != previous))
            previous = row.key
    heads = ("编号", "条款", "检验", "数值", "要求", "结论", "原因与缺口")
    return Table(f"items_{part}", PART_NAMES.get(part, part), heads, tuple(rows), (8, 24, 26, 14, 14, 12, 42),
                 ("center", "left", "left", "right", "right", "center", "left"), _SMALL)  # fmt: skip


def _item(row: ItemRow, first: bool) -> tuple[str | Cell, ...]:
    lacks = f"缺口 {short(row.shortfall)} {row.unit}" if row.shortfall else ""
    why = "；".join(filter(None, (row.reason, lacks)))
    verdict = _told(row.verdict) if row.verdict else "—"
    return (row.key if first else "", row.name if first else "", row.test, row.value, row.line, verdict, why)
