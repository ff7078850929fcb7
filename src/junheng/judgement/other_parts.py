"""What this version declares and does not judge yet, and the condition for being evaluated at all."""

from datetime import date
from decimal import Decimal

from junheng.basics import Text
from junheng.judgement.reasons import NOT_JUDGED_YET, reason
from junheng.judgement.results import EntryResult, ItemResult, PartResult, Reason
from junheng.judgement.verdict import Verdict
from junheng.standards import PART_NAMES, Item, Part, Standard

YEARS_REQUIRED = "years_since_basic"  # the limit's name in a standard's declarations


def unjudged_part(part: Part) -> PartResult:
    """A part whose data or method this version lacks: cannot tell, and says so."""
    name = PART_NAMES[part]
    words = Text(f"{name.zh}：{NOT_JUDGED_YET.zh}", f"{name.en}: {NOT_JUDGED_YET.en}")
    return PartResult(part, Verdict.CANNOT_TELL, (Reason(f"not_judged:{part}", words, Verdict.CANNOT_TELL),))


def unjudged_items(standard: Standard) -> dict[str, ItemResult]:
    """Every declared item, with its limits and without a verdict yet."""
    return {
        item.id: ItemResult(
            item.part,
            Verdict.CANNOT_TELL,
            None,
            {key: limit.model_dump(mode="json") for key, limit in item.limits.items()},
            _why_unjudged(item),
        )
        for item in standard.items
    }


def _why_unjudged(item: Item) -> Reason:
    """The resource part is judged: of its items only the data are wanting. Other parts wait as a whole."""
    if item.part != "resource":
        return reason("not_judged")
    asked = item.name.zh.replace("达到", "是否达到", 1)
    return Reason(f"no_data:{item.id}", Text(f"{asked}尚无数据", f"no data yet: {item.name.en}"))


def entry_condition(standard: Standard, recognised_on: date | None) -> EntryResult | None:
    """Whether basic balance was recognised long enough before ``standard.on``; None if it is no condition."""
    for declaration in standard.declarations:
        limit = declaration.limits.get(YEARS_REQUIRED)
        if limit is not None and isinstance(limit.value, Decimal):
            return _entry(int(limit.value), recognised_on, standard.on)
    return None


def _entry(years: int, recognised_on: date | None, on: date) -> EntryResult:
    if recognised_on is None:
        words = Text(
            f"缺基本均衡认定日期，无法判定是否已满 {years} 年",
            f"the day of basic recognition is missing: whether {years} years have passed cannot be told",
        )
        return EntryResult(
            Verdict.CANNOT_TELL, None, years, Reason("missing:county.basic_recognised_on", words)
        )
    due = _years_later(recognised_on, years)
    held = due <= on
    have = Text("已满", "have") if held else Text("未满", "have not")
    words = Text(
        f"{recognised_on} 认定基本均衡，至 {on} {have.zh} {years} 年",
        f"basic balance recognised on {recognised_on}: {years} years {have.en} passed by {on}",
    )
    verdict = Verdict.MET if held else Verdict.NOT_MET
    return EntryResult(verdict, recognised_on, years, Reason(f"entry:{verdict.value}", words))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, and no such day that year
        return date(day.year + years, 3, 1)
