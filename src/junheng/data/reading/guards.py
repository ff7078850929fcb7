"""What is refused before it is parsed: bombs, macros, locked and over-large files."""

import io
import re
import struct
import zipfile
from pathlib import Path

from junheng.basics import DAMAGED_ARCHIVE, Text, UserError

MIB = 1024 * 1024
# A county's return is under 10 MB; a province's under 100. More is a mistake, or belongs in Parquet.
MAX_FILE_BYTES = 200 * MIB
# Parquet is read column by column, so a nation's register may come; beyond this no laptop holds it.
MAX_PARQUET_BYTES = 16 * 1024 * MIB
# What all parts of a workbook may unpack to: 200,000 rows of 60 columns take about 400 MB of XML.
MAX_UNPACKED_BYTES = 1024 * MIB
# Sheets of figures pack 5 to 20 times, of zeros 60 times; a deflate bomb packs 1,000 times. Small parts are harmless.
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = 16 * MIB
MAX_PARTS = 5_000  # a workbook has some dozens
# The reader lays a sheet out as a full rectangle: two far corners would otherwise claim all memory.
MAX_SHEET_CELLS = 20_000_000
# Run-length coding lets a tiny Parquet file claim any number of rows.
MAX_PARQUET_ROWS_PER_BYTE = 50
PARQUET_ROWS_ALWAYS_FINE = 1_000_000

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xls", ".ods"})
TEXT_SUFFIXES = frozenset({".csv", ".tsv"})
PARQUET_SUFFIXES = frozenset({".parquet"})
MACRO_SUFFIXES = frozenset({".xlsm", ".xltm", ".xlam"})

# Whatever the archive and its compressors raise on damaged bytes.
ARCHIVE_ERRORS: tuple[type[Exception], ...] = (
    *DAMAGED_ARCHIVE,
    struct.error,
    IndexError,
    OverflowError,
    MemoryError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HTML = re.compile(rb"^\s*(\xef\xbb\xbf)?\s*<(!doctype|html|table|meta|\?xml)", re.IGNORECASE)


def refuse(what: Text, where: str, fix: Text, why: Text | None = None) -> UserError:
    """The error of an input that is not read at all."""
    return UserError(what, where=where, why=why or Text("未读取任何数据", "nothing was read"), fix=fix)


def check_size(path: Path, name: str) -> None:
    """Refuse an empty or over-large file before it is opened."""
    size = path.stat().st_size
    limit = MAX_PARQUET_BYTES if path.suffix.lower() in PARQUET_SUFFIXES else MAX_FILE_BYTES
    if size > limit:
        raise refuse(
            Text(
                f"文件过大：{size / MIB:.0f} MB，上限 {limit // MIB} MB",
                f"file too large: {size / MIB:.0f} MB, the limit is {limit // MIB} MB",
            ),
            name,
            Text(
                "请拆分文件，或转换为 Parquet 文件夹", "split it, or turn it into a folder of Parquet files"
            ),
        )
    if size == 0:
        raise refuse(
            Text("文件是空的", "the file is empty"), name, Text("请检查导出是否完整", "check the export")
        )


def check_workbook(content: bytes, name: str) -> None:
    """Refuse a workbook that is no workbook, has macros, is locked, or would unpack without measure."""
    if Path(name).suffix.lower() in MACRO_SUFFIXES:
        raise _macros(name)
    if content.startswith(_OLE):
        _check_ole(content, name)
    elif content.startswith(_ZIP):
        _check_zip(content, name)
    elif _HTML.match(content[:512]):
        raise refuse(
            Text(
                "这是网页或 XML 文件，只是扩展名像工作簿",
                "this is a web page or XML file named like a workbook",
            ),
            name,
            Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
        )
    else:
        raise unreadable(name)


def unreadable(name: str) -> UserError:
    """The error of a damaged or foreign file."""
    return refuse(
        Text("文件已损坏或不是工作簿", "the file is damaged or is no workbook"),
        name,
        Text("请重新导出，或用 Excel/WPS 打开后另存为 .xlsx", "export it again, or save it anew as .xlsx"),
    )


def locked(name: str) -> UserError:
    """The error of an encrypted file."""
    return refuse(
        Text("工作簿已加密", "the workbook is encrypted"),
        name,
        Text("请取消密码后另存", "remove the password and save it again"),
    )


def _macros(name: str) -> UserError:
    return refuse(
        Text("工作簿含有宏，出于安全不予读取", "the workbook contains macros and is not read, for safety"),
        name,
        Text("请另存为不含宏的 .xlsx", "save it as .xlsx without macros"),
    )


def _check_ole(content: bytes, name: str) -> None:
    """An .xls, or the envelope of an encrypted workbook. Stream names stand in UTF-16 in the directory."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(name)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _macros(name)


def _check_zip(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, name)
            kinds = _small_part(archive, "[Content_Types].xml") + _small_part(
                archive, "META-INF/manifest.xml"
            )
    except ARCHIVE_ERRORS as error:
        raise unreadable(name) from error
    names = {part.filename.lower() for part in parts}
    if b"macroEnabled" in kinds or any(found.endswith("vbaproject.bin") for found in names):
        raise _macros(name)
    if any(
        found.startswith(("basic/", "scripts/")) and found.endswith((".xml", ".py", ".js")) for found in names
    ):
        raise _macros(name)
    if b"encryption-data" in kinds or any(part.flag_bits & 1 for part in parts):
        raise locked(name)


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    """Declared sizes only: a part that lies about its size fails its checksum when it is unpacked."""
    total = sum(part.file_size for part in parts)
    dense = [
        part
        for part in parts
        if part.file_size > RATIO_MATTERS_ABOVE and part.file_size > MAX_RATIO * max(part.compress_size, 1)
    ]
    if len(parts) > MAX_PARTS or total > MAX_UNPACKED_BYTES or dense:
        raise refuse(
            Text(
                f"压缩内容异常：{len(parts)} 个部分，展开后 {total / MIB:.0f} MB（疑似压缩炸弹）",
                f"suspicious archive: {len(parts)} parts, {total / MIB:.0f} MB unpacked (looks like a zip bomb)",
            ),
            name,
            Text("请确认来源，并用 Excel/WPS 另存", "make sure where it comes from and save it anew"),
        )


def _small_part(archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        with archive.open(part) as stream:
            return stream.read(MIB)
    except KeyError:
        return b""


def check_sheet_area(height: int, width: int, where: str) -> None:
    """Refuse a sheet whose cells lie so far apart that the rectangle around them cannot be held."""
    if height * width > MAX_SHEET_CELLS:
        raise refuse(
            Text(
                f"工作表过大：{height} 行 × {width} 列，上限 {MAX_SHEET_CELLS} 格",
                f"sheet too large: {height} rows × {width} columns, the limit is {MAX_SHEET_CELLS} cells",
            ),
            where,
            Text(
                "请删除远处的多余单元格，或改用 CSV/Parquet", "delete stray far cells, or use CSV or Parquet"
            ),
        )


def check_parquet_rows(rows: int, size: int, name: str) -> None:
    """Refuse a Parquet file that claims far more rows than its bytes can mean."""
    if rows > PARQUET_ROWS_ALWAYS_FINE and rows > MAX_PARQUET_ROWS_PER_BYTE * size:
        raise refuse(
            Text(
                f"Parquet 文件声称有 {rows} 行，与大小不符",
                f"the Parquet file claims {rows} rows, out of scale",
            ),
            name,
            Text("请重新导出", "export it again"),
        )
