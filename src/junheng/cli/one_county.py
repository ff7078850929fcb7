"""The county an input is about, where a command looks at one."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from junheng.data import Snapshot


def one_county(snapshot: "Snapshot", year: int, place: Path) -> tuple[str, str]:
    """Code and name of the only county with schools in ``year``. Raises UserError for none or several."""
    from junheng.basics import Text, UserError
    from junheng.judgement.sizes import county_names

    found = county_names(snapshot, year)
    if len(found) != 1:
        raise UserError(
            Text(f"{year}年有{len(found)}个县，一次只看一个县", f"{len(found)} counties in {year}, not one"),
            where=str(place),
            fix=Text("请给出一个县的数据", "give the data of one county"),
        )
    return next(iter(found.items()))
