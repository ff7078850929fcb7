"""特殊群体情况.docx: migrant, left-behind and disabled pupils and retention, each figure with its source."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from junheng.basics import Text
from junheng.reports.word.blocks import Block, Heading, Paragraph, Table
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

_TITLE = "特殊群体情况"
_GROUPS = {
    "migrant": Text("随迁子女", "Migrant children"),
    "left_behind": Text("留守儿童", "Left-behind children"),
    "placement": Text("残疾儿童安置", "Placement of disabled children"),
}
_SHARES = {
    "migrant": Text("随迁子女占在校生", "migrant pupils of all"),
    "migrant_public": Text("随迁子女在公办学校", "of migrant pupils in public schools"),
    "migrant_purchased": Text("随迁子女在购买学位", "of migrant pupils in purchased seats"),
    "left_behind_one": Text("单亲外出占在校生", "one parent away, of all"),
    "left_behind_both": Text("双亲外出占在校生", "both parents away, of all"),
}
_RIGHT: Literal["right"] = "right"
_UNKNOWN = "不能确定 cannot tell"


def write_special(path: Path, found: Mapping[str, Any]) -> None:
    """Write the Word file. Raises OSError."""
    head = {"notice": "", "title": _TITLE, "subtitle": found["on"], "header": f"{_TITLE} {found['on']}"}
    blocks: list[Block] = [Heading(1, "人数 Counts")]
    if found["counts"]:
        blocks.append(Paragraph((f"来源 source：{found['sources']['counts']}",)))
        blocks += [_counts(found, group) for group in _GROUPS]
        blocks.append(_shares(found))
    else:
        blocks.append(Paragraph(("没有“学籍”或“汇总”表。 No sheet 学籍 or 汇总.",)))
    if found["retention"]:
        blocks += [Heading(1, "巩固率 Retention"), _retention(found)]
        blocks += [Paragraph((f"{zh} {en}",), "Note") for zh, en in found["words"]["retention"].values()]
    path.write_bytes(saved(write_body(filled_template(PAPER, head), blocks, {}), _TITLE))


def _counts(found: Mapping[str, Any], group: str) -> Table:
    words = {"all": ["合计", "all"], **found["words"][group]}
    rows = []
    for name, cell in found["counts"].items():
        kind, _, key = name.partition(".")
        if kind == group:
            zh, en = words[key]
            rows.append(
                (f"{zh} {en}", _shown(cell["value"]), "" if cell["reason"] is None else cell["reason"]["zh"])
            )
    title, heads = _GROUPS[group], ("项目 item", "人数 pupils", "原因 reason")
    return Table(
        group, f"{title.zh} {title.en}", heads, tuple(rows), (24.0, 10.0, 14.0), ("left", "right", "left")
    )


def _shown(value: int | None) -> str:
    return _UNKNOWN if value is None else f"{value:,}"


def _shares(found: Mapping[str, Any]) -> Table:
    rows = []
    for name, share in found["shares"].items():
        parts = f"{_shown(share['numerator'])} ÷ {_shown(share['denominator'])}"
        told = _UNKNOWN if share["percent"] is None else f"{share['percent']} %"
        rows.append((f"{_SHARES[name].zh} {_SHARES[name].en}", parts, told))
    heads = ("比例 share", "算式 arithmetic", "结果 result")
    return Table("shares", "比例 Shares", heads, tuple(rows), (24.0, 16.0, 8.0), ("left", "right", "right"))


def _retention(found: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            "合计 all" if row["name"] == "all" else row["name"],
            *("" if cell is None else str(cell) for cell in row["cells"].values()),
            *(_UNKNOWN if row[key] is None else f"{row[key]} %" for key in ("a_percent", "b_percent")),
        )
        for row in found["retention"]
    )
    heads = (
        "学校 school",
        "三年前 initial",
        "转入 in",
        "转出 out",
        "死亡 deaths",
        "毕业 graduates",
        "甲式 (a)",
        "乙式 (b)",
    )
    aligns: tuple[Literal["left", "right"], ...] = ("left", *(_RIGHT for _ in range(7)))
    widths = (14.0, *(8.0 for _ in range(7)))
    return Table("retention", "三年巩固率 Three-year retention", heads, rows, widths, aligns)
