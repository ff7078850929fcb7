"""Cell formats of the annex, made once per workbook."""

from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook

ALL_DECIMALS = -1  # of a column: every decimal the number has, as the standard writes it
MET, FLOOR, BELOW, UNKNOWN = "#DCEBF7", "#FCE4D6", "#F0A58A", "#EEEEEE"
_LINE, _HEAD_LINE = "#D0D0D0", "#A6A6A6"


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats by use. Numbers stay numbers; the format only says how many decimals show.

    ``owner`` says at the head of every printed page whose workbook it is: county and school year.
    """

    head: Any
    text: Any
    note: Any
    decimals: dict[int, Any]
    states: dict[str, Any]
    owner: str = ""


def make_formats(book: Workbook, owner: str = "") -> Formats:
    """All formats of one workbook; ``owner``: whose it is."""
    face = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    lined = {**face, "border": 1, "border_color": _LINE}
    head = {**lined, "bold": True, "bg_color": "#E9EEF4", "border_color": _HEAD_LINE, "text_wrap": True}
    patterns = {count: "0" + ("." + "0" * count if count else "") for count in range(7)}
    patterns[ALL_DECIMALS] = "General"
    fills = {"met": MET, "not_met": FLOOR, "below": BELOW, "cannot_tell": UNKNOWN}
    return Formats(
        head=book.add_format({**head, "align": "center"}),
        text=book.add_format({**lined, "text_wrap": True}),
        note=book.add_format({**face, "text_wrap": True}),
        decimals={
            count: book.add_format({**lined, "num_format": pattern, "align": "right", "indent": 1})
            for count, pattern in patterns.items()
        },
        states={state: book.add_format({"bg_color": colour}) for state, colour in fills.items()},
        owner=owner,
    )
