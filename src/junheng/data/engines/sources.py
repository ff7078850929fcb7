"""What an engine reads: an Arrow table in memory, or Parquet on disk – a file, a folder or a pattern."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa

from junheng.basics import Text, UserError

Table: TypeAlias = pa.Table | Path


def parquet_files(path: Path) -> list[str]:
    """The Parquet files of ``path`` – a file, a folder, or a pattern in the last part – sorted.

    Raises UserError where there are none.
    """
    if path.is_file():
        return [str(path)]
    found = sorted(path.rglob("*.parquet") if path.is_dir() else path.parent.glob(path.name))
    if not found:
        raise UserError(
            Text("找不到 Parquet 文件", "No Parquet file found"),
            where=str(path),
            fix=Text("请检查路径", "check the path"),
        )
    return [str(file) for file in found]


def column_types(table: Table) -> dict[str, pa.DataType]:
    """The columns of ``table`` and their types; of Parquet only the footers are read.

    Raises UserError on a damaged file.
    """
    if isinstance(table, pa.Table):
        schema = table.schema
    else:
        try:
            schema = _parquet_schema(parquet_files(table))
        except (pa.ArrowException, OSError) as error:
            raise damaged(str(table), error) from error
    return dict(zip(schema.names, schema.types, strict=True))


def _parquet_schema(files: Sequence[str]) -> pa.Schema:
    """The columns of the first file, and those that folders such as ``year=2024`` add."""
    import pyarrow.parquet as pq

    if not any("=" in file for file in files):
        return pq.read_schema(files[0])
    import pyarrow.dataset as pads  # loads pandas where it is installed: only for those who need it

    return pads.dataset(files, partitioning="hive").schema


def row_count(table: Table) -> int:
    """The number of rows of ``table``; of Parquet only the footers are read. Raises UserError if damaged."""
    if isinstance(table, pa.Table):
        return int(table.num_rows)
    import pyarrow.parquet as pq

    try:
        return sum(pq.read_metadata(name).num_rows for name in parquet_files(table))
    except (pa.ArrowException, OSError) as error:
        raise damaged(str(table), error) from error


def damaged(where: str, error: Exception) -> UserError:
    """The refusal of a file that cannot be read."""
    first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
    return UserError(
        Text("文件无法读取", "A file cannot be read"),
        where=where,
        why=Text(f"原因：{first_line}", f"reason: {first_line}"),
        fix=Text("文件可能不完整，请重新导出", "the file may be incomplete: export it again"),
    )
