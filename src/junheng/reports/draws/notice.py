"""结果公告: the poster beside the hall's door – counts, cut-offs, fingerprints and how to check."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reports.draws.corrections import correction_blocks
from junheng.reports.draws.minutes import checking_words, result_blocks
from junheng.reports.draws.wording import KINDS, beacon_value, beacon_words
from junheng.reports.word.blocks import Block, Heading, Paragraph, Table


def notice_blocks(
    transcript: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]] = ()
) -> list[Block]:
    """The poster's text: no child's name, no number that only a roll would explain."""
    spec = transcript["spec"]
    return [
        Paragraph(
            (f"{spec['title']}（编号 {spec['draw_id']}）{KINDS[spec['kind']]}已按公布的方案完成，结果如下。",)
        ),
        *result_blocks(transcript),
        *correction_blocks(transcript, corrections),
        Heading(1, "核对所需的指纹"),
        _fingerprints(transcript),
        Heading(1, "如何核对"),
        Paragraph((checking_words(spec),)),
        Paragraph(("如本页与公布的 transcript.json 不一致，以通过核对程序的 transcript.json 为准。",)),
    ]


def _fingerprints(transcript: Mapping[str, Any]) -> Table:
    spec = transcript["spec"]
    observed = {item["id"]: item for item in transcript["beacons"]}
    rows = [
        ("名册", str(spec["roll"]["root"])),
        ("方案", str(transcript["spec_digest"])),
        *(
            (beacon_words(item), beacon_value(observed.get(item["id"], {})) or "无")
            for item in spec["beacons"]
        ),
        ("种子", str(transcript["seed"])),
        ("结果", str(transcript["result"]["root"])),
    ]
    heads = ("项目", "指纹或开出结果")
    return Table("prints", "", heads, tuple(rows), (1, 4), ("left", "left"), size_pt=9.0)
