"""Page geometry: A4 with the margins of GB/T 9704 (official documents), upright and on its side."""

import copy

from docx.oxml.parser import parse_xml

from junheng.reports.word.markup import W
from junheng.reports.word.tree import Element, as_text, new_child, new_element

PAGE_MM = (210.0, 297.0)
MARGIN_TOP_MM, MARGIN_BOTTOM_MM, MARGIN_LEFT_MM, MARGIN_RIGHT_MM = 37.0, 35.0, 28.0, 26.0
SIDE_MARGIN_MM, SIDE_TOP_MM = 20.0, 28.0  # of the pages on their side, which only hold tables
SIDE_HEADER_MM = 15.0
PORTRAIT_WIDTH_MM = PAGE_MM[0] - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
LANDSCAPE_WIDTH_MM = PAGE_MM[1] - 2 * SIDE_MARGIN_MM
TWIPS_PER_MM = 1440 / 25.4


def text_width_mm(orientation: str) -> float:
    """Width of the text area."""
    return LANDSCAPE_WIDTH_MM if orientation == "landscape" else PORTRAIT_WIDTH_MM


def text_height_mm(orientation: str) -> float:
    """Height of the text area."""
    if orientation == "landscape":
        return PAGE_MM[0] - SIDE_TOP_MM - SIDE_MARGIN_MM
    return PAGE_MM[1] - MARGIN_TOP_MM - MARGIN_BOTTOM_MM


def _set(parent: Element, name: str, **attributes: str) -> None:
    tag = f"{{{W}}}{name}"
    element = parent.find(tag)
    if element is None:
        element = new_child(parent, tag)
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", value)


def section_markup(template: str, orientation: str, *, first: bool) -> str:
    """Section properties that end a section of ``orientation``, made from the template's last ones.

    ``first``: page numbers begin at 1 (after the cover).
    """
    properties = copy.deepcopy(parse_xml(template))
    for name in ("pgNumType", "titlePg"):
        for old in properties.findall(f"{{{W}}}{name}"):
            properties.remove(old)
    if orientation == "landscape":
        wide, tall = (str(round(side * TWIPS_PER_MM)) for side in (PAGE_MM[1], PAGE_MM[0]))
        _set(properties, "pgSz", w=wide, h=tall, orient="landscape")
        sizes = (SIDE_TOP_MM, SIDE_MARGIN_MM, SIDE_HEADER_MM, SIDE_MARGIN_MM / 2)
        top, side, header, footer = (str(round(size * TWIPS_PER_MM)) for size in sizes)
        _set(properties, "pgMar", top=top, bottom=side, left=side, right=side, header=header, footer=footer)
    if first:
        number = new_element(f"{{{W}}}pgNumType")
        number.set(f"{{{W}}}start", "1")
        properties.find(f"{{{W}}}pgMar").addnext(number)
    return as_text(properties)
