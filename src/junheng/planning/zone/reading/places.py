"""Where a row of a table lies: longitude and latitude as decimal text."""

from junheng.planning.cell_values import exact_number
from junheng.planning.zone.reading.faults import Faults


def place(lon: str, lat: str, where: str, faults: Faults) -> tuple[str, str] | None:
    """Longitude and latitude as decimal text; None where both are blank, or they are no place (noted)."""
    if not lon and not lat:
        return None
    east, north = (exact_number(text, where, faults, least=-180) for text in (lon, lat))
    if east is None or north is None:
        faults.add(where, "经度、纬度只有一个", "longitude or latitude is missing or no number")
        return None
    if abs(north) > 90 and abs(east) <= 90:
        faults.add(
            where, f"经度、纬度写反了：{lon}, {lat}", f"longitude and latitude are swapped: {lon}, {lat}"
        )
        return None
    if abs(east) > 180 or abs(north) > 90:
        faults.add(where, f"经纬度超出范围：{lon}, {lat}", f"out of range: {lon}, {lat}")
        return None
    if "/" in lon + lat:
        faults.add(where, f"经纬度应写成小数：{lon}, {lat}", f"write decimals: {lon}, {lat}")
        return None
    return lon, lat
