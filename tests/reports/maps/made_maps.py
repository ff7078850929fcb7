"""A made-up county of square blocks on a grid, with schools; small, and wicked names where asked."""

from collections.abc import Callable
from dataclasses import replace

from junheng.basics import Text
from junheng.planning import MapArea, MapFlow, MapGroup, MapLayers, MapPlace

WEST, SOUTH, STEP = 110.0, 35.0, 0.01
WICKED = '<img src=x onerror="document.title=1">\'&\u2028</script><b>'


def square(column: int, row: int) -> tuple[tuple[float, float], ...]:
    """A block's ring; corners are shared with the neighbours'."""
    lons = [round(WEST + STEP * (column + at), 6) for at in (0, 1, 1, 0)]
    lats = [round(SOUTH + STEP * (row + at), 6) for at in (0, 0, 1, 1)]
    return tuple(zip(lons, lats, strict=True))


def made_layers(
    side: int = 6, group: Callable[[int, int], str] | None = None, *, wicked: bool = False
) -> MapLayers:
    """``side`` × ``side`` blocks; by default four zones, one a corner."""
    group = group or (lambda column, row: f"z{int(column >= side / 2)}{int(row >= side / 2)}")
    extra = WICKED if wicked else ""
    areas = [
        MapArea(
            f"b{row:02}{column:02}{extra}", f"第{row}-{column}片{extra}", (square(column, row),),
            group(column, row), 7 * row + column,
        )
        for row in range(side)
        for column in range(side)
    ]  # fmt: skip
    groups = [MapGroup(name, f"{name}学区{extra}") for name in sorted({area.group for area in areas} - {""})]
    places = [
        MapPlace(
            f"s{name}", f"示例{name}小学{extra}", WEST + STEP * x, SOUTH + STEP * y, "primary", 400 + 90 * at
        )
        for at, (name, x, y) in enumerate(
            [("甲", 1.4, 1.5), ("乙", 4.5, 1.4), ("丙", 1.5, 4.6), ("丁", 4.4, 4.5)]
        )
    ]
    return MapLayers(
        Text(f"样例学区{extra}", f"made-up zones{extra}"), areas, places, groups=groups,
        value_name=Text("小学生（人）", "pupils"), size_name=Text("学位", "seats"),
        are_coordinates_assumed=True,
    )  # fmt: skip


def made_pair(*, wicked: bool = False) -> list[MapLayers]:
    """Today, and a plan: one block changes its zone, one school closes, one opens, one flow."""
    before = made_layers(wicked=wicked)
    areas = list(before.areas)
    areas[2] = replace(areas[2], group="z10")
    places = [replace(before.places[0], kind="closed", size=None), *before.places[1:]]
    places.append(MapPlace("new", "新建小学", WEST + 0.03, SOUTH + 0.03, "opened", 900))
    flows = [MapFlow(areas[2].id, "s乙", 31)]
    plan = replace(before, name=Text("方案", "plan"), areas=areas, places=places, flows=flows)
    return [before, plan]
