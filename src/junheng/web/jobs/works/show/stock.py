"""Equipment, laboratories and books of a ledger by age: what is past its life, what each year must renew."""

from collections import Counter
from collections.abc import Iterator, Mapping

from junheng.basics import Text
from junheng.judgement.ledgers import ledger_forms
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, number
from junheng.web.jobs.works.show.money import yuan


def stock_blocks(told: Json | None, names: Mapping[str, str], on: str) -> Iterator[Block]:
    """What a ledger's sheet of equipment and books says on the day ``on``; nothing where the book has none."""
    if told is None:
        return
    named = ledger_forms()["stock"].headings["category"].values
    categories = {key: Text(zh, key) for key, zh in named.items()}
    facts: list[tuple[Words, Cell]] = [
        (Text("批次", "batches"), number(told["batches"])),
        (Text("已过使用年限", "past their life"), Cell(f"{len(told['overdue']):,}", "not_met" if told["overdue"] else "", True)),
        (Text("没有写使用年限", "no life told"), number(len(told["without_life"]))),
    ]  # fmt: skip
    by_category = Counter(one["category"] for one in told["overdue"])
    facts += [(categories.get(key, key), number(count)) for key, count in by_category.items()]
    yield Facts(Text(f"设备与图书（截至 {on}）", f"Equipment and books, as of {on}"), facts)
    yield _renewal(told, categories)
    yield _batches("overdue", Text("已过使用年限的", "Past their life"), told["overdue"], names, categories)
    if told["without_life"]:
        title = Text("没有写使用年限的，更新时间无法判定", "No life told: the year of renewal cannot be told")
        yield _batches("lifeless", title, told["without_life"], names, categories)


def _renewal(told: Json, categories: Mapping[str, Text]) -> Block:
    rows = [
        (
            Cell(str(one["year"])), Cell(categories.get(one["category"], one["category"])), number(one["batches"]),
            Cell(one["quantity"], is_number=True),
            Cell(yuan(one["value_yuan"]), is_number=True, opened=_unpriced(one["unpriced"])),
        )
        for one in told["renewal"]
    ]  # fmt: skip
    heads = (
        Text("年", "Year"), Text("类别", "Category"), Text("批次", "Batches"), Text("数量", "Quantity"),
        Text("原值（元）", "Original value (yuan)"),
    )  # fmt: skip
    note = Text(
        "按购置日期加使用年限；已过年限的记在当年。金额是原值，不是今后的价钱。",
        "The day of purchase and the life; what is past it stands in this year. Original values, no coming prices.",
    )
    return Table("renewal", Text("逐年更新", "Renewal year by year"), heads, rows, note=note, is_counts=True)


def _unpriced(count: int) -> tuple[Words, ...]:
    if not count:
        return ()
    return (Text(f"另有 {count} 批没有原值，不在合计内", f"{count} batches without a value are not in it"),)


def _batches(
    key: str, title: Text, batches: list[Json], names: Mapping[str, str], categories: Mapping[str, Text]
) -> Block:
    rows = [
        (
            Cell(names.get(one["school_id"], one["school_id"])),
            Cell(categories.get(one["category"], one["category"])), Cell(one["name"]),
            Cell(one["quantity"], is_number=True), Cell(one["acquired_on"]), Cell(one["where"]),
        )
        for one in batches
    ]  # fmt: skip
    heads = (
        Text("学校", "School"), Text("类别", "Category"), Text("名称", "Name"), Text("数量", "Quantity"),
        Text("购置日期", "Acquired on"), Text("位置", "Where"),
    )  # fmt: skip
    return Table(key, title, heads, rows, Text("没有。", "None."))
