"""What a part of a standard comes to that is made of declared items: all of them have to be met."""

from collections.abc import Mapping

from junheng.basics import Text
from junheng.judgement.items.judge_items import scored_items
from junheng.judgement.results import ItemResult, PartResult, Reason
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import PART_NAMES, Item, Part, Standard


def items_part(standard: Standard, part: Part, items: Mapping[str, ItemResult]) -> PartResult:
    """Three-valued AND of the part's items, without those that only count towards a score."""
    scored = scored_items(standard)
    mine = [item for item in standard.items if item.part == part and item.id not in scored]
    if not mine:
        name = PART_NAMES[part]
        words = Text(f"{name.zh}：标准没有列出条款", f"{name.en}: the standard declares no item")
        return PartResult(
            part, Verdict.CANNOT_TELL, (Reason(f"nothing_declared:{part}", words, Verdict.CANNOT_TELL),)
        )
    verdict = all_of(items[item.id].verdict for item in mine)
    return PartResult(
        part,
        verdict,
        tuple(_why(item, found) for item in mine if (found := items[item.id]).verdict is not Verdict.MET),
    )


def _why(item: Item, found: ItemResult) -> Reason:
    kind = "item_failed" if found.verdict is Verdict.NOT_MET else "item_open"
    detail = found.reason.text if found.reason is not None else Text("", "")
    return Reason(
        f"{kind}:{item.id}",
        Text(f"{item.id} {item.name.zh}：{detail.zh}", f"{item.id} {item.name.en}: {detail.en}"),
        found.verdict,
    )
