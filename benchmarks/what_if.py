"""How long a what-if takes in counties of 100 and 300 schools: wall and processor time,
milliseconds.

python benchmarks/what_if.py [schools …]
"""

import statistics
import sys
from time import perf_counter, process_time

from junheng.data import Change, MergeSchools, SetCell, Snapshot, make_county
from junheng.judgement import Ground, Question, prepare_ground, what_if

_TURNS, _YEAR = 30, 2024


def main(sizes: list[int]) -> None:
    for size in sizes:
        ground = _ground(size)
        schools = [one for one in ground.county.schools if one.stage == "primary"]
        one: list[Change] = [SetCell(schools[0].school_id, "primary", "teacher_count", "backbone", "9")]
        pupils: list[Change] = [*one, SetCell(schools[1].school_id, "primary", "stage", "pupils", "500")]
        merged: list[Change] = [*pupils, MergeSchools(schools[2].school_id, schools[3].school_id)]
        for name, changes in (("one figure", one), ("two schools", pupils), ("with a merger", merged)):
            print(
                f"{size} schools, {len(ground.county.schools)} school-stages, {name}: {_timed(ground, changes)}"
            )


def _ground(size: int) -> Ground:
    tables = make_county(schools=size, seed=7, year=_YEAR)
    code = tables["school"].column("county_code")[0].as_py()
    snapshot = Snapshot(tables, (), ())
    return prepare_ground(snapshot, Question("quality-2017", _YEAR), code)


def _timed(ground: Ground, changes: list[Change]) -> str:
    wall, processor = [], []
    for _ in range(_TURNS):
        began, used = perf_counter(), process_time()
        what_if(ground, changes)
        wall.append((perf_counter() - began) * 1000)
        processor.append((process_time() - used) * 1000)
    slow = sorted(wall)[int(_TURNS * 0.95)]
    wall_ms, cpu_ms = statistics.median(wall), statistics.median(processor)
    return f"median {wall_ms:.0f} ms, p95 {slow:.0f} ms, least {min(wall):.0f} ms, cpu {cpu_ms:.0f} ms"


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [100, 300])
