"""What stands beside an allocation – admission, its list of pupils, a what-if – held against it and added up again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.basics import Text

Json = Mapping[str, Any]
WORDS = {
    "录取": "admitted",
    "无资格": "not_eligible",
    "低于最低分数": "below_line",
    "无志愿": "no_wish",
    "名额已满": "no_seat",
}
ORDER_UNCHECKED = Text(
    "未核对：按成绩谁先谁后（成绩不在结果里；要核对请用原始材料重新运行 junheng quota）",
    "not checked: who comes before whom by score (scores are not in the result: run junheng quota again on the input)",
)
LIST_ABSENT = Text(
    "未核对：录取名单不在文件夹里，人数只在 admission.json 之内相加",
    "not checked against pupils: their list is not in the folder; counts are only added up",
)
AFTER_UNCHECKED = Text(
    "未核对：测算后的分配没有重新推算，只核对前后数、合计和比例",
    "not checked: the allocation of the what-if is not derived anew; before, after, sums and rates are",
)


def admission_differences(
    document: Json, admission: Json, pupils: Sequence[Mapping[str, str]] | None
) -> Iterator[Text]:
    """Admitted pupils against the seats, seats returned against those left, outcomes against the list (where given)."""
    seats = {(row["senior"], row["id"]): row["seats"] for row in document["seats"]}
    filled = {(row["senior"], row["id"]): row["pupils"] for row in admission["filled"]}
    for key, count in filled.items():
        if not 0 <= count <= seats.get(key, 0):
            yield Text(
                f"{'、'.join(key)} 录取 {count} 人，指标只有 {seats.get(key, 0)} 个",
                f"{', '.join(key)}: {count} admitted on {seats.get(key, 0)} seats",
            )
    left = Counter[str]()
    for (senior, _), count in seats.items():
        left[senior] += count
    for (senior, _), count in filled.items():
        left[senior] -= count
    returned = Counter[str]()
    for row in admission["returned_to_open_admission"]:
        returned[row["senior"]] += row["seats"]
    for senior in sorted(left | returned):
        if left[senior] != returned[senior]:
            yield Text(
                f"{senior} 退回统招 {returned[senior]} 个，应为 {left[senior]} 个",
                f"{senior}: {returned[senior]} seats returned, {left[senior]} were left",
            )
    if admission["outcomes"].get("admitted", 0) != sum(filled.values()):
        yield Text("录取人数与各校之和不符", "the admitted are not the sum over the schools")
    if pupils is not None:
        yield from _listed(admission, filled, pupils)


def _listed(
    admission: Json, filled: Mapping[tuple[str, str], int], pupils: Sequence[Mapping[str, str]]
) -> Iterator[Text]:
    outcomes = Counter(WORDS.get(row["结果"], row["结果"]) for row in pupils)
    if dict(outcomes) != dict(admission["outcomes"]):
        yield Text("各种结果的人数与名单不符", "the counts of outcomes are not those of the list")
    numbers = [row["考生号"] for row in pupils]
    if len(set(numbers)) != len(numbers):
        yield Text("名单中有人出现两次", "somebody stands on the list twice")
    admitted = Counter(row["录取高中标识码"] for row in pupils if WORDS.get(row["结果"]) == "admitted")
    by_senior = Counter[str]()
    for (senior, _), count in filled.items():
        by_senior[senior] += count
    if +admitted != +by_senior:
        yield Text("各高中录取人数与名单不符", "the admitted by senior school are not those of the list")


def what_if_differences(document: Json, what_if: Json) -> Iterator[Text]:
    """Seats before against the allocation; changes, sums by senior school, totals and rates added up again."""
    before = Counter[tuple[str, str]]()
    for row in document["seats"]:
        before[row["senior"], row["id"]] += row["seats"]
        before["", row["id"]] += row["seats"]
    after = Counter[str]()
    for row in what_if["differences"]:
        key = (row["senior"], row["id"])
        if row["before"] != before[key] or row["change"] != row["after"] - row["before"]:
            yield Text(
                f"测算：{'、'.join(filter(None, key))} 的前后数不符",
                f"what-if, {key}: before, after or change",
            )
        after[row["senior"]] += row["after"]
    for check in (what_if["checks"]["overall"], *what_if["checks"]["seniors"]):
        stated, name = check["seats"], check["senior"] or "合计"
        if stated is not None and after[check["senior"]] != stated:
            yield Text(
                f"测算：{name} 应为 {after[check['senior']]} 个",
                f"what-if, {name}: {after[check['senior']]} seats",
            )
        if not _is_rate(check):
            yield Text(f"测算：{name} 的比例不对", f"what-if, {name}: not its rate")


def _is_rate(check: Json) -> bool:
    """Whether rate × plan is the seats, in whole numbers."""
    if check["rate"] is None or not check["plan"]:
        return check["rate"] is None
    top, _, bottom = str(check["rate"]).partition("/")
    return int(top) * int(check["plan"]) == int(check["seats"]) * int(bottom or 1)
