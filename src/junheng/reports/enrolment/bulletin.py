"""控辍保学情况.docx: counts without small cells, clocks of reporting, no child."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.enrolment import COUNTS, VIEW_WORDS, Named, Rules
from junheng.reports.enrolment.words import CELLS, HIDDEN, TABLES
from junheng.reports.word.blocks import Block, Heading, Paragraph, Table
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

_LONG = "schools"
_TITLE = "控辍保学情况"


def write_bulletin(
    path: Path, tables: Mapping[str, Any], clocks: Mapping[str, Any], rules: Rules, on: str
) -> None:
    """Write the Word file. Raises OSError."""
    head = {"notice": "", "title": _TITLE, "subtitle": on, "header": f"{_TITLE} {on}"}
    blocks: list[Block] = [Heading(1, "说明 About")]
    hint = (
        f"少于 {rules.privacy.small_cell} 人的不显示 | counts below {rules.privacy.small_cell} are not shown"
    )
    for line in (str(VIEW_WORDS[COUNTS]), hint, f"{rules.name.zh} | {rules.name.en}"):
        blocks.append(Paragraph((line,)))
    blocks.append(Heading(1, "数字 Figures"))
    for name, cells in tables.items():
        if name in TABLES and cells:
            blocks.append(_table(name, cells, rules))
    blocks += [Heading(1, "报送时限 Reports due"), _clocks(clocks)]
    path.write_bytes(saved(write_body(filled_template(PAPER, head), blocks, {}), _TITLE))


def _table(name: str, cells: Mapping[str, int | None], rules: Rules) -> Table:
    rows = tuple((_label(name, cell, rules), HIDDEN if n is None else f"{n:,}") for cell, n in cells.items())
    if name == _LONG:  # most schools have a few: a page of hidden cells says nothing
        hidden = sum(count is None for count in cells.values())
        shown = tuple(row for row in rows if row[1] != HIDDEN)
        rows = (*shown, (f"其余 {hidden} 所 {hidden} others", HIDDEN)) if hidden else shown
    title = TABLES[name]
    return Table(
        name, f"{title.zh} {title.en}", ("项目 item", "人数 children"), rows, (30.0, 10.0), ("left", "right")
    )


def _label(name: str, cell: str, rules: Rules) -> str:
    """A cell in words; of a school its code."""
    if name == "ledger_states":
        ledger, _, state = cell.partition(".")
        kind, named = rules.ledgers.kinds[ledger], rules.states.names[state]
        return f"{kind.zh}：{named.zh} {kind.en}: {named.en}"
    lists: Mapping[str, Mapping[str, Named]] = {"focus": rules.focus.words, "reasons": rules.reasons.words}
    if name in lists:
        return f"{lists[name][cell].zh} {lists[name][cell].en}"
    words = _PRIORITIES.get(cell) if name == "priority" else CELLS.get(cell)
    return cell if words is None else f"{words.zh} {words.en}"


_PRIORITIES = {
    "yes": Text("在帮扶名单上，优先劝返", "on the relief list: first"),
    "to_check": Text("帮扶名单疑似，待核", "maybe on the relief list"),
    "no": Text("不在帮扶名单上", "not on the relief list"),
    "unknown": Text("没有帮扶名单，不能确定", "no relief list: cannot tell"),
}


def _clocks(clocks: Mapping[str, Any]) -> Table:
    rows = tuple((f"{c['zh']} {c['en']}", c["from"], c["due"]) for c in clocks.values())
    heads = ("层级 level", "本期起 from", "报送截止 due")
    return Table("clocks", "四个一 Four reports", heads, rows, (20.0, 12.0, 12.0), ("left", "left", "left"))
