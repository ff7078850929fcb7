"""Which files are taken as evidence: told by their bytes, a name proves nothing."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import DAMAGED_ARCHIVE, Text, UserError
from junheng.web.jobs.unpack import MAX_PARTS, MAX_UNPACKED_BYTES, MIB, refused

_OFFICE = "application/vnd.openxmlformats-officedocument."
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PDF, _PDF_END = b"%PDF-", b"%%EOF"
_ZIP = b"PK\x03\x04"
_TAIL = 1024  # bytes from the end within which a PDF says that it ends (ISO 32000-1, annex H)
_CHUNK = MIB
_LOCKED = 0x1
_LIVE = (
    "vbaproject",
    "activex",
    "embeddings/",
    "macrosheets/",
    "/dialogsheets/",
)  # parts that run or hide others


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its media type, and the ending its name is given."""

    media_type: str
    suffix: str


PDF = Kind("application/pdf", ".pdf")
PNG = Kind("image/png", ".png")
JPEG = Kind("image/jpeg", ".jpg")
XLSX = Kind(f"{_OFFICE}spreadsheetml.sheet", ".xlsx")
DOCX = Kind(f"{_OFFICE}wordprocessingml.document", ".docx")
_PARTS = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
ACCEPT = ".pdf,.png,.jpg,.jpeg,.xlsx,.docx"


def kind_of(path: Path, name: str) -> Kind:
    """What the file is. Raises UserError for every other kind, a damaged one, one with macros, one that is two at once."""
    content = path.read_bytes()
    for start, found, is_whole in _PLAIN:
        if content.startswith(start):
            if not is_whole(content) or zipfile.is_zipfile(path):
                raise _odd(name)
            return found
    if content.startswith(_ZIP):
        return _office(path, name)
    raise refused(
        Text("不支持的文件类型", "this kind of file is not taken"),
        name,
        Text(
            "请上传 PDF、PNG、JPEG，或不含宏的 Excel（.xlsx）、Word（.docx）",
            "give a PDF, PNG or JPEG, or an Excel (.xlsx) or Word (.docx) file without macros",
        ),
    )


_PLAIN: tuple[tuple[bytes, Kind, Callable[[bytes], bool]], ...] = (
    (_PDF, PDF, lambda content: _PDF_END in content[-_TAIL:]),
    (_PNG, PNG, lambda content: content.endswith(_PNG_END)),
    (_JPEG, JPEG, lambda content: _JPEG_END in content),
)


def _odd(name: str) -> UserError:
    return refused(
        Text(
            "文件不完整，或在正文之后夹带了别的内容",
            "the file is cut off, or something else is hidden behind its end",
        ),
        name,
        Text("请重新导出或重新拍照", "export it again, or take the picture again"),
    )


def _office(path: Path, name: str) -> Kind:
    """Of an archive: a workbook or a document, looked through part by part."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            _measure(packed, parts, name)
            found = [kind for part, kind in _PARTS.items() if part in packed.NameToInfo]
            if packed.comment or min(part.header_offset for part in parts) or len(found) > 1:
                raise _odd(name)
            if found and "[Content_Types].xml" in packed.NameToInfo:
                _require_still(packed, parts, name)
                return found[0]
    except DAMAGED_ARCHIVE as error:
        raise _odd(name) from error
    raise refused(
        Text("这是压缩包，不是 Excel 或 Word 文件", "this is an archive, no Excel or Word file"),
        name,
        Text("请逐个上传里面的文件", "give the files in it one by one"),
    )


def _measure(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Raise UserError for a bomb, by what the archive says and by what it then holds; for a locked part or none."""
    if any(part.flag_bits & _LOCKED for part in parts) or not parts:
        raise _odd(name)
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise _bomb(name)
    left = MAX_UNPACKED_BYTES
    for size in _sizes(packed, parts):
        left -= size
        if left < 0:
            raise _bomb(name)


def _sizes(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[int]:
    for part in parts:
        with packed.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                yield len(chunk)


def _bomb(name: str) -> UserError:
    return refused(
        Text(
            f"文件展开后超过 {MAX_UNPACKED_BYTES // MIB} MB 或 {MAX_PARTS} 个部件（疑似压缩炸弹）",
            f"unpacked it has over {MAX_UNPACKED_BYTES // MIB} MB or {MAX_PARTS} parts (like a zip bomb)",
        ),
        name,
        Text("请确认来源后另存一份", "make sure where it comes from, and save it anew"),
    )


def _require_still(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Raise UserError where something in it runs: macros, controls, embedded objects."""
    names = [part.filename.lower() for part in parts]
    types = packed.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any(word in part for part in names for word in _LIVE):
        raise refused(
            Text("文件含有宏、控件或嵌入对象", "the file holds macros, controls or embedded objects"),
            name,
            Text("请另存为不含宏的文件，或导出为 PDF", "save it without macros, or export it as PDF"),
        )
