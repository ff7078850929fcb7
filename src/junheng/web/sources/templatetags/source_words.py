"""What the board's templates ask of a figure: names in words, values as people read them."""

from fractions import Fraction

from django import template

from junheng.basics import UNITS
from junheng.data import Figure, load_dictionary
from junheng.web.filing.models import CountyYear
from junheng.web.filing.sections import row_name, shown
from junheng.web.front.words import half, pair
from junheng.web.people.models import Organisation
from junheng.web.sources.board import RETURN
from junheng.web.sources.forms import order_names
from junheng.web.sources.models import SourceKind, SourceTable

register = template.Library()
_NAMES = {**dict(SourceKind.choices), RETURN: pair("填报", "return")}


@register.filter
def table_name(table: str) -> str:
    """A table as its sheet is called."""
    return half(load_dictionary().tables[table].sheet)


@register.filter
def figure_name(figure: Figure) -> str:
    """Row and column of a figure."""
    heading = half(load_dictionary().column(figure.table, figure.column).heading)
    return " · ".join(part for part in (row_name(figure.table, figure.key), heading) if part)


@register.filter
def figure_unit(figure: Figure) -> str:
    """The unit's name, if it has one."""
    unit = load_dictionary().column(figure.table, figure.column).unit
    return half(UNITS[unit].name) if unit else ""


@register.simple_tag
def figure_value(figure: Figure, value: str) -> str:
    """A value as people read it."""
    return shown(load_dictionary().column(figure.table, figure.column), value)


@register.filter
def source_name(kind: str) -> str:
    """A kind of source, or the return."""
    return str(_NAMES[kind])


@register.filter
def exactly(number: Fraction | None) -> str:
    """A difference: whole as it is, else with its decimals."""
    if number is None:
        return ""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.10g}"


@register.filter
def percent(share: Fraction | None) -> str:
    """A share in per cent; what is not nothing is never shown as 0."""
    if share is None:
        return ""
    value = float(share * 100)
    return "<0.1%" if 0 < value < 0.1 else f"{value:.1f}%"


@register.inclusion_tag("sources/ready.html")
def sources_ready(place: Organisation) -> dict[str, object]:
    """Beside the form that opens a year: the sources that would fill its returns."""
    found = list(SourceTable.objects.filter(county=place, replaced_at=None).order_by("-year", "kind"))
    opened = set(CountyYear.objects.filter(county=place).values_list("year", flat=True))
    return {"place": place, "ready": [one for one in found if one.year not in opened]}


@register.filter
def in_words(order: tuple[str, ...]) -> str:
    """An order in the reader's words."""
    return " → ".join(str(one) for one in order_names(order))
