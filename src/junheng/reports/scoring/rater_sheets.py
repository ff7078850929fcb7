"""评分人差异 and 轮次差异: how far raters differ, how well they agree, what a later round changed."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.reports.scoring.numbers import shown
from junheng.reports.workbook.plain_book import Sheet
from junheng.reports.workbook.sheets import Column, Value

Json = Mapping[str, Any]
_COLUMNS = [
    Column("轮次 round", 12), Column("评分人 raters", 44), Column("项目 measure", 30), Column("共评项数 common", 12, 0),
    Column("值 value", 12, 4),
]  # fmt: skip
_NOTE = "kappa 为二次加权（Cohen 1968）；ICC(2,1) 见 Shrout 和 Fleiss 1979；不能算的留空。 Blank where it cannot be formed."


def rater_sheet(outcome: Json) -> Sheet:
    """Kappa of every pair, ICC of all, and the items on which raters of a round differ."""
    rows = [row for entry in outcome["raters"] for row in (*_agreement(entry), *_differences(entry))]
    return Sheet("评分人差异", _COLUMNS, rows, [_NOTE])


def _agreement(entry: Json) -> Iterator[list[Value]]:
    for pair in entry["pairs"]:
        yield [
            entry["round"],
            " / ".join(pair["raters"]),
            "加权kappa",
            pair["common"],
            _decimal(pair["weighted_kappa"]),
        ]
    raters = "、".join(entry["raters"])
    yield [entry["round"], raters, "ICC(2,1)", entry["scored_by_several"], _decimal(entry["icc_2_1"])]


def _differences(entry: Json) -> Iterator[list[Value]]:
    for told in entry["differences"]:
        said = "；".join(f"{rater} {shown(points)}" for rater, points in told["scores"].items())
        measure = f"{told['subject']} {told['item']} 极差 range"
        yield [entry["round"], said, measure, None, _decimal(told["range"])]


def between_sheet(outcome: Json) -> Sheet:
    """Items whose points changed from one round to the next."""
    rows: list[list[Value]] = [
        [
            d["subject"],
            d["item"],
            d["from"],
            shown(d["before"]),
            d["to"],
            shown(d["after"]),
            shown(d["change"]),
        ]
        for d in outcome["between_rounds"]
    ]
    heads = ("代码 code", "编号 item", "前一轮 from", "得分 before", "后一轮 to", "得分 after", "变化 change")
    return Sheet("轮次差异", [Column(head, 14) for head in heads], rows)


def _decimal(text: str | None) -> float | None:
    return None if text is None else float(Fraction(text))
