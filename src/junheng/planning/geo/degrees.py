"""Coordinates that are said to be degrees and are none: refused with their place, nothing is turned."""

from collections.abc import Sequence

from junheng.basics import Text, UserError
from junheng.planning.geo.areas import Point

_EAST, _NORTH = 180, 90


def require_degrees(points: Sequence[tuple[str, Point]], system: str) -> None:
    """``points``: where each stands, and its coordinates in ``system``.

    Raises UserError naming the first that is no longitude and latitude, and how many there are; of metres on a plane
    (gk) nothing is asked here.
    """
    if system.startswith("gk"):
        return
    bad = [(where, at) for where, at in points if not (abs(at[0]) <= _EAST and abs(at[1]) <= _NORTH)]
    if not bad:
        return
    where, (east, north) = bad[0]
    more = (f"（这样的点共 {len(bad)} 个）", f" ({len(bad)} points are so)") if len(bad) > 1 else ("", "")
    raise UserError(
        Text(
            f"{east:.10g}、{north:.10g} 不是经纬度（超出 ±180、±90）{more[0]}",
            f"{east:.10g}, {north:.10g} is no longitude and latitude (beyond ±180, ±90){more[1]}",
        ),
        where=where,
        why=Text("坐标系不对，换算出来的位置没有意义", "in a wrong system every place would be wrong"),
        fix=_fix(east, north),
    )


def _fix(east: float, north: float) -> Text:
    if abs(east) <= _NORTH and abs(north) <= _EAST:
        return Text("经度、纬度多半写反了，请对调两列", "longitude and latitude are swapped: exchange them")
    return Text(
        "若是高斯投影的米，请写 --from gk（带号在东坐标中）或 --from gk:111（中央经线）",
        "metres on a plane? --from gk (zone in the easting) or --from gk:111 (central meridian)",
    )
