"""A zip sent while it is made: one workbook at a time, the first on its way before the second."""

import tempfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from junheng.web.filing.models import CountyYear
from junheng.web.filing.workbooks import name_of, write_workbooks

_AT_ONCE = 10  # returns whose cells are read together


class _Outlet:
    """A stream that is only written to: what has come is taken away again and again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        """Keep it until it is taken."""
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        """What has come since."""
        found, self._parts = b"".join(self._parts), []
        return found


def packed_workbooks(year: CountyYear) -> Iterator[bytes]:
    """The bytes of a zip with a workbook a school, by code. A few queries for every ten schools."""
    outlet = _Outlet()
    filings = year.filings.select_related("school", "county_year").defer("problems")
    with (
        tempfile.TemporaryDirectory(prefix="junheng-workbooks-") as folder,
        zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as packed,  # type: ignore[call-overload] # it asks only for write and flush of a stream without a place
    ):
        left = filings.iterator(chunk_size=_AT_ONCE)
        while some := list(islice(left, _AT_ONCE)):
            for filing, path in write_workbooks(some, Path(folder)):
                packed.write(path, name_of(filing))  # workbooks are compressed already
                yield outlet.taken()
    yield outlet.taken()
