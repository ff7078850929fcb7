"""Reads the next steps out of a report: its section 下一步工作, one promise a sentence, as written."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.judgement.promises import Promise
from junheng.reports.prose.reading import Passage, read_prose
from junheng.reports.word.edits import editable_controls, open_report
from junheng.reports.word.markup import W

_CONTROL = "gaps.next_steps"
_HEADING = re.compile(
    r"^[（(]?[一二三四五六七八九十\d]*[）)、.．]?\s*(?:下一步|今后|工作打算|整改措施|努力方向)"
)
_OTHER_HEADING = re.compile(r"^[一二三四五六七八九十]+、")
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[一二三四五]是)\s*")
_DUE = re.compile(r"(?:到|至|于|在)?((?:20)\d\d)年(?:(\d{1,2})月)?(?:底|末|年底|前|底前|内)?")
_SHORTEST = 6  # characters: a shorter sentence promises nothing
_PROMPT = "（请填写）"


def collect_promises(path: Path, *, prefix: str, report: str) -> list[Promise]:
    """The promises of the report at ``path``, numbered ``prefix``-01, …; ``report`` names where they were made.

    Of a report of ours, the section people filled in; of any other, the paragraphs under a heading such as 下一步工作.
    A year (and month) named in a sentence becomes its due day. Raises UserError when there is no such section.
    """
    texts = list(_sentences(path))
    if not texts:
        raise UserError(
            Text("没有找到填写了的“下一步工作”", "No filled section of next steps was found"),
            where=str(path),
            fix=Text("请在报告的“下一步工作”里逐条填写", "write the steps under the heading 下一步工作"),
        )
    return [
        Promise(f"{prefix}-{n:02d}", text, report, due=_due(text)) for n, text in enumerate(texts, start=1)
    ]


def _sentences(path: Path) -> Iterator[str]:
    for paragraph in _section(path):
        for sentence in re.split(r"[。；;\n]", paragraph):
            text = _NUMBERING.sub("", sentence).strip()
            if len(text) >= _SHORTEST and _PROMPT not in text:
                yield text


def _section(path: Path) -> list[str]:
    if path.suffix.lower() == ".docx":
        control = editable_controls(open_report(path)).get(_CONTROL)
        if control is not None:
            paragraphs = control.iter(f"{{{W}}}p")
            return ["".join(node.text or "" for node in one.iter(f"{{{W}}}t")) for one in paragraphs]
    return list(_under_heading(read_prose(path).passages))


def _under_heading(passages: tuple[Passage, ...]) -> Iterator[str]:
    inside, level = False, 0
    for passage in passages:
        text = passage.text.strip()
        if not inside and _HEADING.match(text):
            inside, level = True, passage.level
        elif inside and (_OTHER_HEADING.match(text) or 0 < passage.level <= level):
            return
        elif inside and not passage.level:
            yield text


def _due(text: str) -> date | None:
    """The last day of the year or month a sentence names; of several, the last."""
    days = []
    for found in _DUE.finditer(text):
        year, month = int(found[1]), int(found[2] or 12)
        if 1 <= month <= 12:
            days.append(date(year, month, monthrange(year, month)[1]))
    return max(days, default=None)
