"""Opening the quota workbook or a folder of CSV: sheets of plain cells, nothing trusted yet."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError, sha256_bytes

Cell = object  # str, float, int, bool or a date; "" or None when blank
WORKBOOKS = frozenset({".xlsx", ".xls", ".ods"})
TABLES = frozenset({".csv", ".tsv"})
_LARGEST_BYTES = 50 * 1024 * 1024  # a city's examinees take about 10
_LARGEST_UNPACKED = 500 * 1024 * 1024
_MOST_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as read; ``rows[i]`` is row i + 1 of ``sheet`` (empty for a CSV file) in ``file``."""

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]

    @property
    def where(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    @property
    def title(self) -> str:
        """The name by which it is recognised: that of the sheet, or of the file."""
        return self.sheet or Path(self.file).stem


def column_letter(index: int) -> str:
    """Excel's name of the 0-based column.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def open_grids(path: Path) -> tuple[list[Grid], list[tuple[str, str]]]:
    """The sheets of a workbook, a CSV file or a folder of CSV files; and (name, SHA-256) of each file.

    Raises UserError when it is absent, of another kind, locked, damaged, over-large or with macros.
    """
    if path.is_dir():
        files = sorted(found for found in path.iterdir() if found.suffix.lower() in TABLES)
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise _refuse(path.name, "找不到输入", "the input does not exist", "请给出工作簿或 CSV 文件夹")
    grids: list[Grid] = []
    hashes = []
    for file in files:
        content = _content(file)
        hashes.append((file.name, sha256_bytes(content)))
        grids += _csv(content, file.name) if file.suffix.lower() in TABLES else _workbook(content, file.name)
    return grids, hashes


def _content(file: Path) -> bytes:
    if file.suffix.lower() not in WORKBOOKS | TABLES:
        raise _refuse(
            file.name, f"不支持 {file.suffix} 文件", f"{file.suffix} is not supported", "请用 .xlsx 或 .csv"
        )
    try:
        size = file.stat().st_size
        if not 0 < size <= _LARGEST_BYTES:
            raise _refuse(
                file.name, f"文件大小不正常：{size} 字节", f"odd size: {size} bytes", "请检查是否导出完整"
            )
        return file.read_bytes()
    except OSError as error:
        raise _refuse(
            file.name, f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}", "请检查权限"
        ) from error


def _csv(content: bytes, name: str) -> list[Grid]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        delimiter = "\t" if name.lower().endswith(".tsv") else ","
        try:
            return [
                Grid(
                    name,
                    "",
                    list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)),
                )
            ]
        except csv.Error as error:
            raise _refuse(
                name, f"不能按表格解析：{error}", f"no table: {error}", "请检查引号是否成对"
            ) from error
    raise _refuse(name, "编码不是 UTF-8 或 GB18030", "neither UTF-8 nor GB18030", "请另存为 CSV UTF-8")


def _workbook(content: bytes, name: str) -> list[Grid]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    if content.startswith(b"PK"):
        _check_archive(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                if sheet.total_height * sheet.total_width > _MOST_CELLS:
                    raise _refuse(
                        name, f"工作表 {meta.name} 过大", f"{meta.name} is too large", "请删去多余单元格"
                    )
                found.append(Grid(name, meta.name, sheet.to_python(skip_empty_area=False)))
    except UserError:
        raise
    except BaseException as error:  # the parser's panics derive from BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise _refuse(
            name, "文件已损坏、加密或不是工作簿", "damaged, locked or no workbook", "请另存为 .xlsx"
        ) from error
    return found


def _check_archive(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refuse(name, "文件已损坏", "the file is damaged", "请重新导出") from error
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise _refuse(name, "工作簿含有宏", "the workbook has macros", "请另存为不含宏的 .xlsx")
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise _refuse(name, "展开后过大", "it would unpack beyond measure", "请确认来源并另存")


def _refuse(where: str, zh: str, en: str, fix: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=where,
        why=Text("没有读取任何数据", "nothing was read"),
        fix=Text(fix, "give a workbook (.xlsx, .xls, .ods) or a folder of CSV files, saved anew if need be"),
    )
