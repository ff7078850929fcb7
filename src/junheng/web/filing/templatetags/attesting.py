"""What the pages of attestations need: one cell of an entry, a form of a file whose fields have names of their own."""

from dataclasses import dataclass
from datetime import date

from django import template

from junheng.basics import Text
from junheng.web.evidence.forms import EvidenceForm
from junheng.web.filing.attested import TABLE, Entry
from junheng.web.filing.sections import fields_of, titled

register = template.Library()


@dataclass(frozen=True, slots=True)
class AttestCell:
    """A cell of the form; ``place``: as the list of problems names it, "" where there is no row yet."""

    name: str
    id: str
    title: Text
    value: str
    origin: str
    place: str

    @property
    def is_day(self) -> bool:
        """Whether a date field can show it: empty, or a day as it is written."""
        try:
            return not self.value or bool(date.fromisoformat(self.value))
        except ValueError:
            return False


@register.simple_tag
def attest_cell(entry: Entry, item: str, owner: str, column: str) -> AttestCell:
    """One cell of an item and its owner."""
    title = next(titled(spec) for spec in fields_of(TABLE) if spec.name == column)
    cell, name = entry.cells.get(column), f"{item}|{owner}|{column}"
    place = f"c-{entry.row.pk}-{column}" if entry.row else ""
    origin = cell.get_origin_display() if cell and cell.value else ""
    return AttestCell(name, f"{item}-{owner}-{column}", title, entry.value(column), origin, place)


@register.simple_tag
def file_form(item: str) -> EvidenceForm:
    """The form of a file, its fields told apart from those of other items on the page."""
    return EvidenceForm(auto_id=f"{item}-%s")
