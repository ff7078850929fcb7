"""Maps and forecast fans for reports and one offline page: PNG, SVG, HTML; no tiles, no network."""

from junheng.reports.maps.fan import Fan, FanLine, FanYear, PlainFan, fan_of, fan_picture, fan_png, fan_svg
from junheng.reports.maps.one_map import ASSUMED, STATEMENT, Legend, Map, map_of, maps_of
from junheng.reports.maps.page import Audience, map_page
from junheng.reports.maps.plate import map_png, map_svg

__all__ = [
    "ASSUMED",
    "STATEMENT",
    "Audience",
    "Fan",
    "FanLine",
    "FanYear",
    "Legend",
    "Map",
    "PlainFan",
    "fan_of",
    "fan_picture",
    "fan_png",
    "fan_svg",
    "map_of",
    "map_page",
    "map_png",
    "map_svg",
    "maps_of",
]
