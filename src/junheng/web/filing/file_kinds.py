"""What a file is that was sent for a workbook, told from its own bytes, whatever it is called."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from junheng.basics import Text

_STARTS: Mapping[bytes, Text] = {
    b"%PDF": Text("PDF 文件", "a PDF"),
    b"\xd0\xcf\x11\xe0": Text("旧版 Office 文件（.xls、.doc）", "a file of the old Office (.xls, .doc)"),
    b"\x89PNG": Text("图片", "a picture"),
    b"\xff\xd8\xff": Text("图片", "a picture"),
    b"Rar!": Text("RAR 压缩包", "a RAR archive"),
    b"7z\xbc\xaf": Text("7z 压缩包", "a 7z archive"),
}
_INSIDE: Mapping[str, Text | None] = {  # by a member's name; None: a workbook
    "xl/workbook.xml": None,
    "word/document.xml": Text("Word 文档", "a Word document"),
    "ppt/presentation.xml": Text("演示文稿", "a presentation"),
    "content.xml": Text("OpenDocument 文件（.ods、.odt）", "an OpenDocument file (.ods, .odt)"),
}
_FIRST = 4096  # bytes looked at


def other_than_workbook(path: Path) -> Text | None:
    """What the file at ``path`` is; None where it is an .xlsx workbook, and where that cannot be told."""
    with path.open("rb") as stream:
        first = stream.read(_FIRST)
    if not first:
        return Text("空文件", "an empty file")
    if first.startswith(b"PK"):
        return _packed(path)
    for start, kind in _STARTS.items():
        if first.startswith(start):
            return kind
    if b"\0" not in first:
        return Text("文本文件（.csv、.txt、网页等）", "a text file (.csv, .txt, a web page and the like)")
    return None


def _packed(path: Path) -> Text | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return None  # damaged: the reader says so
    for name, kind in _INSIDE.items():
        if name in names:
            return kind
    return Text("压缩包（.zip）", "a zip archive")
