"""What a draw's seed was made of: secrets and beacons; of a supplement, the first draw's seed."""

from collections.abc import Mapping
from typing import Any

from junheng.reports.draws.wording import beacon_value, beacon_words
from junheng.reports.word.blocks import Block, Heading, Paragraph, Strong, Table

_SMALL = 9.0
_BLANK_LINES = 3  # for whoever signs where the spec names no party


def source_blocks(transcript: Mapping[str, Any]) -> list[Block]:
    """Chapters three and four of the minutes."""
    spec = transcript["spec"]
    seed = Paragraph(("种子 ", Strong(str(transcript["seed"])), "。"), "Note")
    if of := spec.get("supplement_of"):
        origin = f"本次为抽签 {of['draw_id']} 的第 {of['k']} 次补充抽签：种子由原抽签公布的种子和补充名册的指纹推出，"
        return [
            Heading(1, "三、参与方"),
            Paragraph(("沿用原抽签各方的秘密数，不另承诺。",)),
            Heading(1, "四、种子的来源"),
            Paragraph((f"{origin}没有另取公共随机。",)),
            Paragraph(("原抽签的种子 ", Strong(str(of["seed"])), "。"), "Note"),
            seed,
        ]
    return [
        Heading(1, "三、参与方：先承诺，后公开"),
        _parties(transcript),
        Heading(1, "四、公共随机"),
        _beacons(transcript),
        seed,
    ]


def _parties(transcript: Mapping[str, Any]) -> Table:
    revealed = {item["role"]: str(item["value"]) for item in transcript["reveals"]}
    rows = tuple(
        (f"{party['role']}　{party['name']}", str(party["commitment"]), revealed.get(party["role"], "未公开"))
        for party in transcript["spec"]["parties"]
    )
    heads = ("参与方", "事先公布的承诺", "事后公开的秘密数")
    return Table("parties", "承诺与公开", heads, rows, (1.2, 2, 2), ("left",) * 3, size_pt=8.0)


def _beacons(transcript: Mapping[str, Any]) -> Table:
    observed = {item["id"]: item for item in transcript["beacons"]}
    rows = tuple(
        (beacon_words(item), beacon_value(observed.get(item["id"], {})) or "无")
        for item in transcript["spec"]["beacons"]
    )
    heads = ("事先指定", "开出结果")
    return Table("beacons", "公共随机", heads, rows, (1, 2), ("left",) * 2, size_pt=_SMALL)


def signature_table(spec: Mapping[str, Any]) -> Table:
    """A line for each party to sign."""
    rows = tuple((f"{party['role']}　{party['name']}", "", "") for party in spec["parties"])
    rows = rows or (("", "", ""),) * _BLANK_LINES
    heads = ("参与方", "签字", "日期")
    return Table("sign", "", heads, rows, (2, 2, 1.5), ("left",) * 3, size_pt=14.0)
