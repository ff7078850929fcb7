"""Reading a text table (.csv, .tsv) into a grid: UTF-8, UTF-16 with BOM, or GB18030."""

import codecs
import csv
import io

from junheng.basics import Text
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import refuse

_FIELD_LIMIT = 1024 * 1024  # one cell of more than a mebibyte is a missing quotation mark


def read_text_file(content: bytes, name: str) -> Grid:
    """The grid of a text table. Raises UserError when it is not text, or its quotation marks do not close."""
    text = decode(content, name)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise refuse(
            Text(f"无法按表格解析：{error}", f"cannot be read as a table: {error}"),
            name,
            Text("请检查引号是否成对", "check that quotation marks come in pairs"),
        ) from error
    return Grid(name, "", rows)


def decode(content: bytes, name: str) -> str:
    """The text of a file, its encoding told by the byte-order mark, else UTF-8, else GB18030."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refuse(
        Text("不是文本文件，或编码不是 UTF-8/GB18030", "not a text file, or not in UTF-8 or GB18030"),
        name,
        Text("请另存为“CSV UTF-8（逗号分隔）”", "save it as “CSV UTF-8 (comma delimited)”"),
    )
