"""Made-up data: the district XX区 of the examples, a county of any size, a nation in Parquet.

Nothing here describes a real place: names are letters, codes are unassigned. ``make_district`` gives the same
bits everywhere (hash draws); the other two use numpy's PCG64 and serve tests and benchmarks only.
"""

from junheng.data.synthetic.district import DEFAULT_SEED, make_district
from junheng.data.synthetic.nation import make_county, make_nation
from junheng.data.synthetic.neighbour import NEIGHBOUR_CODE, make_neighbour
from junheng.data.synthetic.past import past_births, past_pupils

__all__ = [
    "DEFAULT_SEED",
    "NEIGHBOUR_CODE",
    "make_county",
    "make_district",
    "make_nation",
    "make_neighbour",
    "past_births",
    "past_pupils",
]
