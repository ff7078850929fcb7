"""A dry run of the parser in a process of its own, for the formats in which a damaged file can end it.

The parsers of .xls and .ods are compiled code; a forged length can make them ask for more memory than there
is, which ends the whole process and cannot be caught. A county's server must not fall over one upload.
"""

import subprocess
import sys

from junheng.data.reading.guards import unreadable

MEMORY_BYTES = 4 << 30  # ten times what the largest county needs
SECONDS = 120
_DRY_RUN = """
import io, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
except ImportError:
    pass
from python_calamine import CalamineWorkbook
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for meta in book.sheets_metadata:
        book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
except BaseException:
    pass
"""


def require_survivable(content: bytes, name: str) -> None:
    """Raise UserError when parsing ``content`` kills the parser or takes beyond reason; errors come later."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _DRY_RUN.format(memory=MEMORY_BYTES)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise unreadable(name) from error
    if done.returncode != 0:
        raise unreadable(name)
