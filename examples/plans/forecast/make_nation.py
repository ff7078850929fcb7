"""Write nation/: a real series, grades 1 to 12 of the public schools of the United States.

Pupils: NCES, Digest of Education Statistics 2013, table 203.10 (federal government, public domain), in thousands.
Births: National Center for Health Statistics, thousands (from knowledge, unchecked). One "school" of each stage: the whole country.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "nation"
PUPILS = {  # fall: grades 1 to 12, thousands
    1990: (3499, 3327, 3297, 3248, 3197, 3110, 3067, 2979, 3169, 2896, 2612, 2381),
    1991: (3556, 3360, 3334, 3315, 3268, 3239, 3181, 3020, 3313, 2915, 2645, 2392),
    1992: (3542, 3431, 3361, 3342, 3325, 3303, 3299, 3129, 3352, 3027, 2656, 2431),
    1993: (3529, 3429, 3437, 3361, 3350, 3356, 3355, 3249, 3487, 3050, 2751, 2424),
    1994: (3593, 3440, 3439, 3426, 3372, 3381, 3404, 3302, 3604, 3131, 2748, 2488),
    1995: (3671, 3507, 3445, 3431, 3438, 3395, 3422, 3356, 3704, 3237, 2826, 2487),
    1996: (3770, 3600, 3524, 3454, 3453, 3494, 3464, 3403, 3801, 3323, 2930, 2586),
    1997: (3755, 3689, 3597, 3507, 3458, 3492, 3520, 3415, 3819, 3376, 2972, 2673),
    1998: (3727, 3681, 3696, 3592, 3520, 3497, 3530, 3480, 3856, 3382, 3021, 2722),
    1999: (3684, 3656, 3691, 3686, 3604, 3564, 3541, 3497, 3935, 3415, 3034, 2782),
}
BIRTHS = {1981: 3629, 1982: 3681, 1983: 3639, 1984: 3669, 1985: 3761, 1986: 3757, 1987: 3809, 1988: 3910, 1989: 4041,
          1990: 4158, 1991: 4111, 1992: 4065, 1993: 4000, 1994: 3953}  # fmt: skip
GRADES = "一二三四五六七八九"
STAGES = {"小学": range(1, 7), "初中": range(7, 10), "高中": range(10, 13)}


def write(name: str, rows: Iterable[Sequence[object]]) -> None:
    """A table as UTF-8 with a mark."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def main() -> None:
    """Schools, history and births of the country."""
    write(
        "schools.csv",
        [("学校标识码", "学校名称", "学段", "片区"), *(("US", "全国", s, "全国") for s in STAGES)],
    )
    rows = [
        (year, "US", stage, grade, cells[grade - 1])
        for year, cells in PUPILS.items()
        for stage, grades in STAGES.items()
        for grade in grades
    ]
    write("history.csv", [("年", "学校标识码", "学段", "年级", "在校生"), *rows])
    write("births.csv", [("年", "片区", "出生人数"), *((year, "全国", n) for year, n in BIRTHS.items())])


if __name__ == "__main__":
    main()
