"""Returns the Word file with a comment at every place to look at; nothing of its text is touched."""

from collections.abc import Iterable
from pathlib import Path

from junheng.basics import atomic_file
from junheng.reports.prose.reading import paragraphs_of
from junheng.reports.prose.remark import KIND_NAMES, Remark
from junheng.reports.word.edits import open_report

_AUTHOR = "均衡 Junheng"


def annotate(source: Path, remarks: Iterable[Remark], target: Path) -> int:
    """Write ``target``: ``source`` with one comment per contradiction or question. Returns how many were set.

    Raises UserError when ``source`` is not a Word file that opens.
    """
    document = open_report(source)
    paragraphs = dict(enumerate(paragraphs_of(document), start=1))
    count = 0
    for remark in remarks:
        paragraph = paragraphs.get(remark.passages[0]) if remark.passages else None
        if remark.kind in ("agrees", "damaged") or paragraph is None or not paragraph.runs:
            continue
        text = f"{KIND_NAMES[remark.kind].zh}：{remark.what.zh}\n{remark.what.en}"
        document.add_comment(paragraph.runs, text=text, author=_AUTHOR, initials="均")
        count += 1
    with atomic_file(target) as temporary:
        document.save(str(temporary))
    return count
