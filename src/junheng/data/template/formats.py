"""How the input workbook looks: colours, fonts and cell formats, made once per workbook."""

from dataclasses import dataclass
from typing import Any

_FONT = "微软雅黑"
_INK = "#1F2D3D"
_LINE = "#C9D3DD"


@dataclass(frozen=True, slots=True)
class Look:
    """Formats by use. ``cells`` is by column type."""

    title: Any
    subtitle: Any
    section: Any
    text: Any
    english: Any
    entry: Any
    required: Any
    optional: Any
    example: Any
    table_head: Any
    table_cell: Any
    link: Any
    cells: dict[str, Any]
    tab_required: str = "#C8553D"
    tab_optional: str = "#3A6EA5"


def make_look(book: Any) -> Look:
    """The formats of one workbook."""
    base = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "vcenter"}
    boxed = {**base, "border": 1, "border_color": _LINE}
    head = {**boxed, "bold": True, "text_wrap": True, "align": "center", "font_color": "#FFFFFF"}

    def add(**properties: Any) -> Any:
        return book.add_format({**base, **properties})

    return Look(
        title=add(font_size=18, bold=True, font_color="#1F4E78"),
        subtitle=add(font_size=10, font_color="#6B7A89"),
        section=add(font_size=12, bold=True, font_color="#1F4E78", bottom=2, bottom_color="#1F4E78"),
        text=add(text_wrap=True),
        english=add(text_wrap=True, font_color="#6B7A89"),
        entry=book.add_format(
            {**boxed, "bg_color": "#FFF8E1", "bold": True, "font_size": 12, "align": "center"}
        ),
        required=book.add_format({**head, "bg_color": "#C8553D"}),
        optional=book.add_format({**head, "bg_color": "#3A6EA5"}),
        example=book.add_format(
            {**boxed, "italic": True, "font_color": "#8A97A5", "bg_color": "#F3F6F9", "align": "center"}
        ),
        table_head=book.add_format({**head, "bg_color": "#5B7083"}),
        table_cell=book.add_format({**boxed, "text_wrap": True}),
        link=book.add_format({**boxed, "font_color": "#1F6FB5", "underline": 1}),
        cells={
            kind: book.add_format({**base, **properties})
            for kind, properties in {
                "text": {},
                "code": {"num_format": "@"},
                "enum": {},
                "boolean": {"align": "center"},
                "integer": {},
                "number": {},
                "date": {"num_format": "yyyy-mm-dd"},
            }.items()
        },
    )
