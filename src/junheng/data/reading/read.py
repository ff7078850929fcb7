"""Reading an input: a workbook, a text or Parquet file, or a folder of them, into one frozen snapshot.

Little is imported here: the parser of a workbook needs no Python, so it is set to work first, and the rest of the
program is loaded meanwhile.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError
from junheng.data.collector import collector_paused
from junheng.data.reading.files import MAPPING_NAMES, DataFile, check_file, data_files
from junheng.data.reading.guards import WORKBOOK_SUFFIXES
from junheng.data.reading.workbook import Opened, open_workbook

if TYPE_CHECKING:
    from junheng.data.tables import Snapshot


@collector_paused()
def read_input(path: Path, *, mapping: Path | None = None, is_part: bool = False) -> "Snapshot":
    """The snapshot of ``path``: a workbook, a CSV or Parquet file, or a folder of them.

    ``mapping`` describes any other table; a folder that holds ``mapping.yaml`` uses it. ``is_part``: a register or one
    table alone is taken, which by itself could not be judged. Raises UserError when the input is unreadable, ambiguous
    or dangerous; everything else is read, and what is odd is listed in ``problems``.
    """
    if not path.exists():
        raise UserError(
            Text("找不到输入", "the input does not exist"),
            where=str(path),
            fix=Text("请检查路径", "check the path"),
        )
    if mapping is None and path.is_dir():
        mapping = next((path / name for name in MAPPING_NAMES if (path / name).is_file()), None)
    if mapping is not None:
        from junheng.data.reading.mapping import load_mapping
        from junheng.data.reading.mapping_read import read_mapped

        return read_mapped(path, load_mapping(mapping), is_part=is_part)
    files, ignored = data_files(path)
    first = _opened(files[0])
    from junheng.data.reading.input_files import read_files

    if first is not None and not first.is_parsed():
        from junheng.data.checks.ready import get_ready

        get_ready()  # whoever reads an input checks it next
    return read_files(files, ignored, first, is_part=is_part)


def _opened(file: DataFile) -> Opened | None:
    """A workbook that is being parsed; None for other files, and for one to be refused with its fellows."""
    if file.suffix not in WORKBOOK_SUFFIXES:
        return None
    try:
        check_file(file)
        return open_workbook(file.path.read_bytes(), file.name)
    except UserError:
        return None
