"""The body of the heat table as HTML: a row is written when it is first shown, once for a finding and a language.

Afterwards it is only chosen and put in order.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from junheng.web.findings.addresses import quoted, school_address
from junheng.web.findings.heat import HeatCell, HeatRow
from junheng.web.findings.models import Finding
from junheng.web.front.words import is_english

PAGE = 100  # schools on a page
_KEPT = 16  # bodies a process keeps: about 700 bytes a row


class _Key:
    """A finding where it stands in a cache's key: by its folder, which never changes, and its address."""

    __slots__ = ("address", "folder")

    def __init__(self, finding: Finding) -> None:
        self.folder, self.address = finding.folder, school_address(finding)

    def __hash__(self) -> int:
        return hash((self.folder, self.address))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._pair() == other._pair()

    def _pair(self) -> tuple[Path, str]:
        return self.folder, self.address


def body(finding: Finding, stage: str, rows: Sequence[HeatRow]) -> list[SafeString]:
    """The rows of the table, in the order of ``rows``; names, values and sentences escaped."""
    key = _Key(finding)
    written = _written(key, stage, is_english())
    for row in rows:
        if row.school_id not in written:
            written[row.school_id] = _row(row, key.address)
    return [written[row.school_id] for row in rows]


@lru_cache(maxsize=_KEPT)
def _written(_key: _Key, _stage: str, _english: bool) -> dict[str, SafeString]:
    return {}


def _row(row: HeatRow, address: str) -> SafeString:
    at = escape(address + quoted(row.school_id))
    judged = any(cell.state is not None for cell in row.cells)
    met = row.met if judged else "—"
    pupils = "—" if row.pupils is None else f"{row.pupils:,.0f}"
    head = f'<tr><th scope="row"><a href="{at}">{escape(row.name)}</a><td class="number">{met}<td class="number">{pupils}'
    return mark_safe(
        head + "".join(_cell(cell, at) for cell in row.cells)
    )  # every word in it is escaped above and below


def _cell(cell: HeatCell, at: str) -> str:
    said = escape(f"{cell.key} {cell.said}")
    return f'<td class="{cell.mark}"><a href="{at}/{escape(quoted(cell.key))}" title="{said}">{escape(cell.shown)}</a>'
