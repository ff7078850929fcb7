"""How far places lie apart, offline: great circle × detour factor, or ways on roads; metres, seconds."""

from junheng.planning.travel.limits import Limit, limits
from junheng.planning.travel.pairs import EARTH_KM, Pair, Point, Road, by_road, great_circle, unit_sphere
from junheng.planning.travel.reading import read_roads
from junheng.planning.travel.roads import Roads
from junheng.planning.travel.speeds import Speed, road_class, speed_from, speed_of, speeds
from junheng.planning.travel.ways import ways
from junheng.planning.travel.ways_found import Ways

__all__ = [
    "EARTH_KM",
    "Limit",
    "Pair",
    "Point",
    "Road",
    "Roads",
    "Speed",
    "Ways",
    "by_road",
    "great_circle",
    "limits",
    "read_roads",
    "road_class",
    "speed_from",
    "speed_of",
    "speeds",
    "unit_sphere",
    "ways",
]
