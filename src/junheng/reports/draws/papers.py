"""The Word papers of a draw as bytes: minutes for the parties to sign, notice for the wall."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reports.draws.minutes import minutes_blocks
from junheng.reports.draws.notice import notice_blocks
from junheng.reports.draws.wording import KINDS, PURPOSES, notice_of
from junheng.reports.word.blocks import Block
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER


def minutes_document(transcript: Mapping[str, Any], log: Sequence[Mapping[str, Any]]) -> bytes:
    """抽签记录.docx. ``log``: the lines of the ceremony's log."""
    return _paper(transcript, "抽签记录", minutes_blocks(transcript, log))


def notice_document(transcript: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """结果公告.docx: no child's name or number. ``corrections``: those made since, in order."""
    return _paper(transcript, "结果公告", notice_blocks(transcript, corrections))


def _paper(transcript: Mapping[str, Any], name: str, blocks: Sequence[Block]) -> bytes:
    spec = transcript["spec"]
    title = f"{KINDS[spec['kind']]}{name}"
    filling = {
        "notice": notice_of(spec),
        "title": title,
        "subtitle": f"{spec['title']}（{PURPOSES[spec['purpose']]}）",
        "header": f"{spec['title']} {spec['draw_id']} {name}",
    }
    return saved(write_body(filled_template(PAPER, filling), blocks, {}), title)
