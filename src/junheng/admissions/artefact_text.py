"""The readable text inside a published file: plain text, JSON, HTML, Excel, Word and OpenDocument.

A scanner is only as good as what it gets to see, so a format whose text cannot be taken out (PDF, pictures, old
.xls) is refused, never passed as clean.
"""

import gzip
import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from junheng.basics import DAMAGED_ARCHIVE, Text, UserError

MAX_TEXT_BYTES = 512 * 1024 * 1024  # the rows of a draw of a million children take about 400 MB
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"PAR1", b"II*\0", b"MM\0*")
_MARKED_UP = (".xml", ".rels", ".html", ".htm", ".svg")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".ttf", ".otf", ".bin")
# Where one piece of text ends and another begins; inside a piece Word splits a name over several runs.
_PIECE_END = re.compile(
    r"</(?:w:p|w:tc|a:p|si|c|row|text:p|table:table-cell|p|td|th|li|tr|h\d|title|option|div)\s*>|<br\s*/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def text_parts(source: bytes | Path) -> Iterator[tuple[str, str]]:
    """(part, text) of everything readable in ``source``; the part is "" or the name inside an archive.

    Text is NFKC (full-width digits are digits), escapes of JSON and HTML are resolved. Raises UserError for a format
    that cannot be seen into, a damaged file, and one that would unpack beyond measure.
    """
    name = source.name if isinstance(source, Path) else ""
    content = source.read_bytes() if isinstance(source, Path) else source
    if content.startswith(_BINARY):
        raise _unseen(name, Text("这种格式的文字无法取出", "the text of this format cannot be taken out"))
    try:
        if content.startswith(_GZIP):
            content = _bounded(gzip.GzipFile(fileobj=io.BytesIO(content)).read(MAX_TEXT_BYTES + 1), name)
        if content.startswith(_ZIP):
            yield from _archive(content, name)
            return
    except DAMAGED_ARCHIVE as error:
        raise _unseen(name, Text("文件已损坏", "the file is damaged")) from error
    yield "", _readable(_decoded(content, name))


def _archive(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_TEXT_BYTES:
            raise _unseen(name, Text("展开后过大", "it would unpack beyond measure"))
        for part in parts:
            yield part.filename, _readable(part.filename)
            if not part.is_dir() and not part.filename.lower().endswith(_PICTURES):
                inner = archive.read(part)
                if inner.startswith((_ZIP, _GZIP, *_BINARY)):
                    yield from ((f"{part.filename}/{deep}", text) for deep, text in text_parts(inner))
                else:
                    yield part.filename, _readable(_decoded(inner, part.filename))


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > MAX_TEXT_BYTES:
        raise _unseen(name, Text("展开后过大", "it would unpack beyond measure"))
    return content


def _decoded(content: bytes, name: str) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8, else GB18030, which Chinese Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unseen(name, Text("不是文本", "it is no text"))


def _readable(text: str) -> str:
    """Marks taken off, escapes resolved, full-width forms folded."""
    if "<" in text and ">" in text:
        attributes = "\n".join(first or second for first, second in _ATTRIBUTE.findall(text))
        text = _TAG.sub("", _PIECE_END.sub("\n", text)) + "\n" + attributes
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), html.unescape(text))
    return unicodedata.normalize("NFKC", text)


def _unseen(name: str, what: Text) -> UserError:
    return UserError(
        Text(f"无法检查是否含有个人信息：{what.zh}", f"Cannot look for personal data: {what.en}"),
        where=name,
        why=Text("看不见的内容不能当作没有", "what cannot be seen must not pass as absent"),
        fix=Text("请改用文本、JSON、HTML、.xlsx 或 .docx", "use text, JSON, HTML, .xlsx or .docx"),
    )
