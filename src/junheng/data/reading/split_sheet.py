"""A long sheet of an .xlsx in two workbooks, so that two processors parse it.

The parser runs outside the interpreter's lock, but one sheet is one thread's work. Its rows are independent of each
other, each with its own number, so that the XML may be cut between any two.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineSheet

LONG = 8 << 20  # bytes of XML, from which two halves are faster than one sheet
_NUMBERED_ROW = re.compile(rb"<row [^>]*\br=\"\d+\"")
_END = b"</sheetData></worksheet>"
_ENDS = re.compile(rb"</sheetData>.*</worksheet>\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LongSheet:
    """The XML of a workbook's only sheet, stored in ``part`` of its archive; each piece ends between two tags."""

    content: bytes
    part: str
    pieces: Sequence[bytes]

    def halves(self) -> "Halves | None":
        """The workbook cut in two; None where the XML is not plain enough to be cut."""
        pieces, middle = self.pieces, len(self.pieces) // 2
        if not 0 < middle < len(pieces) or b"<row " not in pieces[0]:
            return None
        cut = pieces[middle].find(b"<row ")
        if cut < 0 or not _NUMBERED_ROW.match(pieces[middle], cut) or any(b"<!" in piece for piece in pieces):
            return None
        tail = b"".join(pieces[-2:])
        if not _ENDS.search(tail, max(0, tail.rfind(b"</sheetData>"))):
            return None
        head = pieces[0][: pieces[0].find(b"<row ")]
        upper = [*pieces[:middle], pieces[middle][:cut], _END]
        return Halves(self, upper, [head, pieces[middle][cut:], *pieces[middle + 1 :]])


@dataclass(frozen=True, slots=True)
class Halves:
    """A long sheet above and below a cut; whatever follows the rows is with the lower ones."""

    sheet: LongSheet
    above: Sequence[bytes]
    below: Sequence[bytes]

    def upper(self) -> bytes:
        """A workbook that holds the upper rows."""
        return self._with_sheet(self.above)

    def lower(self) -> bytes:
        """A workbook that holds the lower rows."""
        return self._with_sheet(self.below)

    def _with_sheet(self, pieces: Sequence[bytes]) -> bytes:
        """A copy of the workbook with another sheet; not packed, for it is read once and at once."""
        sink = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self.sheet.content)) as archive,
            zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as copy,
        ):
            for name in dict.fromkeys(archive.namelist()):
                if name != self.sheet.part:
                    copy.writestr(name, archive.read(name))
            with copy.open(self.sheet.part, "w") as stream:
                for piece in pieces:
                    stream.write(piece)
        return sink.getvalue()


class HalvedSheet:
    """Two parsed halves that read as the one sheet they are; ``upper`` ends before ``lower`` begins."""

    def __init__(self, upper: CalamineSheet, lower: CalamineSheet) -> None:
        self._upper, self._lower = upper, lower
        self.name = lower.name
        self.merged_cell_ranges = lower.merged_cell_ranges  # they stand below the rows
        _, right_above = _corner(upper.end)
        bottom, right_below = _corner(lower.end)
        self.total_height, self.total_width = bottom + 1, max(right_above, right_below) + 1

    @staticmethod
    def of(upper: CalamineSheet, lower: CalamineSheet) -> "HalvedSheet | None":
        """The whole sheet; None where a half is empty or the rows are not in order, so that they do not follow."""
        if upper.end is None or lower.start is None or upper.end[0] >= lower.start[0]:
            return None
        return HalvedSheet(upper, lower)

    def to_python(self, *, skip_empty_area: bool) -> list[list[Any]]:
        """The rows from A1 on, as the parser gives them; ``skip_empty_area`` must be False."""
        if skip_empty_area:
            raise ValueError("the rows of a halved sheet begin at A1")
        rows = self._upper.to_python(skip_empty_area=False)
        first, left = _corner(self._lower.start)
        rows += [[] for _ in range(first - len(rows))]
        rows += [
            [""] * left + cells if left else cells for cells in self._lower.to_python(skip_empty_area=True)
        ]
        width = self.total_width
        return [cells if len(cells) == width else cells + [""] * (width - len(cells)) for cells in rows]


def _corner(place: tuple[int, int] | None) -> tuple[int, int]:
    """Row and column, 0-based, of a corner of a sheet that is not empty."""
    return place or (0, 0)
