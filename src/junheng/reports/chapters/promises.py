"""承诺兑现: what earlier reports promised, and where each promise stands now."""

from junheng.reports.facts import Facts, Json
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Reference, Table

_FILLS = {"kept": "E2F0D9", "overdue": "F8D7DA", "cannot_tell": "FFF3CD", "open": ""}


def promises_section(facts: Facts, title: str) -> list[Block]:
    """A heading and a table; nothing when the finding holds no promises."""
    told = facts.promises.get("promises", [])
    if not told:
        return []
    counts = [(word, sum(one["state"] == state for one in told)) for state, word in _words(told)]
    summed = "、".join(f"{word}{count}项" for word, count in counts)
    lead = f"以往报告承诺的事项共{len(told)}项：{summed}（截至{facts.promises['on']}），见"
    rows = tuple(_row(one) for one in told)
    heads = ("编号", "承诺事项", "出处", "责任单位", "时限", "状态", "依据")
    aligns = ("left", "left", "left", "left", "center", "center", "left")
    widths = (11, 30, 15, 12, 12, 12, 24)
    table = Table("promises", "以往承诺兑现情况", heads, rows, widths, aligns, 9.0)  # type: ignore[arg-type]  # literals
    return [Heading(2, title), Paragraph((lead, Reference("promises"), "。")), table]


def _words(told: list[Json]) -> list[tuple[str, str]]:
    """The states that occur with their names, in the order kept, overdue, open, cannot tell."""
    names = {one["state"]: one["state_name"]["zh"] for one in told}
    return [(state, names[state]) for state in _FILLS if state in names]


def _row(one: Json) -> tuple[str | Cell, ...]:
    state = Cell(one["state_name"]["zh"], fill=_FILLS[one["state"]])
    return (
        one["id"],
        one["text"],
        one["report"],
        one["owner"],
        one["due"] or "—",
        state,
        one["reason"]["zh"],
    )
