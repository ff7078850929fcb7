"""Lists of the page: legend, notes, tables; every word escaped."""

from collections.abc import Sequence

from junheng.basics import Text
from junheng.planning import Column, Table
from junheng.reports.maps.furniture import Key
from junheng.reports.maps.svg import item, safe
from junheng.reports.planning import heading, is_number, shown

_MOST_ROWS = 500


def legend_list(keys: Sequence[Key]) -> str:
    """The legend; what two maps share is listed once."""
    once = {key.words: key for key in keys}
    return "".join(
        '<li><svg viewBox="-20 -120 300 240" aria-hidden="true">'
        f"{''.join(map(item, key.swatch(0, 0)))}</svg>{safe(key.words)}</li>"
        for key in once.values()
    )


def note_list(notes: Sequence[Text]) -> str:
    """Notes as paragraphs, Chinese first."""
    return "".join(f'<p>{safe(note.zh)} <span lang="en">{safe(note.en)}</span></p>' for note in notes)


def table_list(tables: Sequence[Table]) -> str:
    """Each table folded away under its name."""
    return "".join(map(_table, tables))


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col">{safe(heading(column))}<span lang="en">{safe(column.heading.en)}</span></th>'
        for column in table.columns
    )
    rows = "".join(
        f"<tr>{''.join(_cell(shown(cell, column), column) for cell, column in zip(row, table.columns, strict=True))}</tr>"
        for row in table.rows[:_MOST_ROWS]
    )
    left = len(table.rows) - _MOST_ROWS
    note = f"<p>{safe(str(table.note))}</p>" if table.note else ""
    more = f"<p>另有 {left} 行，见工作簿。{left} more rows in the workbook.</p>" if left > 0 else ""
    return (
        f'<details><summary>{safe(table.name.zh)} <span lang="en">{safe(table.name.en)}</span></summary>{note}'
        f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{more}</details>"
    )


def _cell(words: str, column: Column) -> str:
    return f'<td class="number">{safe(words)}</td>' if is_number(column) else f"<td>{safe(words)}</td>"
