"""Cell formats of the annex, made once per workbook."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook

ALL_DECIMALS = -1  # of a column: every decimal the number has, as the standard writes it
MET, FLOOR, BELOW, UNKNOWN = "#DCEBF7", "#FCE4D6", "#F0A58A", "#EEEEEE"


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats by use. Numbers stay numbers; the format only says how many decimals show."""

    head: Any
    text: Any
    note: Any
    decimals: dict[int, Any]
    states: dict[str, Any]


def make_formats(book: Workbook) -> Formats:
    """All formats of one workbook."""
    face = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    head = {
        **face,
        "bold": True,
        "bg_color": "#E9EEF4",
        "border": 1,
        "border_color": "#A6A6A6",
        "text_wrap": True,
    }
    decimals = {count: "0" + ("." + "0" * count if count else "") for count in range(7)}
    fills = {"met": MET, "not_met": FLOOR, "below": BELOW, "cannot_tell": UNKNOWN}
    return Formats(
        head=book.add_format({**head, "align": "center"}),
        text=book.add_format(face),
        note=book.add_format({**face, "font_color": "#666666", "text_wrap": True}),
        decimals={
            ALL_DECIMALS: book.add_format({**face, "num_format": "General"}),
            **{
                count: book.add_format({**face, "num_format": pattern}) for count, pattern in decimals.items()
            },
        },
        states={state: book.add_format({"bg_color": colour}) for state, colour in fills.items()},
    )
