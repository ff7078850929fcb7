"""Whether a school-stage passes: so many indicators met, and none of the rest below its floor.

Each indicator is in one of three states – met, not met but at its floor, below its floor – or unknown. The
rule is decided exactly under unknowns: met when every completion passes, not met when none does. Since an
unknown indicator may always turn out below its floor, one unknown excludes "met" (unless the standard has no
floors); since it may always turn out met, an unknown never forces "not met".
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from junheng.judgement.compare import Flags
from junheng.judgement.verdict import Verdict

Codes = npt.NDArray[np.int8]
Counts = npt.NDArray[np.int64]

NONE, MET, NOT_MET, CANNOT_TELL = 0, 1, 2, 3
CODES = {
    Verdict.MET: MET,
    Verdict.NOT_MET: NOT_MET,
    Verdict.CANNOT_TELL: CANNOT_TELL,
}
VERDICTS: tuple[Verdict | None, ...] = (None, Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL)


def school_codes(reached: Sequence[Codes], floors: Sequence[Codes], min_met: int) -> Codes:
    """The school rule for arrays of rows.

    ``reached[k]`` and ``floors[k]`` hold, for indicator k, the codes of the comparison with the threshold and
    with the floor (NONE: the standard sets none for that row). A row without any threshold gets NONE.
    """
    rows = len(reached[0])
    met, undecided, judged = (np.zeros(rows, np.int64) for _ in range(3))
    broken, risky = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for level, floor in zip(reached, floors, strict=True):
        met += level == MET
        undecided += level == CANNOT_TELL
        judged += level != NONE
        broken |= (floor == NOT_MET) & (level != MET)
        risky |= (floor == CANNOT_TELL) & (level != MET)
    return _decide(met, undecided, judged, broken, risky, min_met)


def _decide(met: Counts, undecided: Counts, judged: Counts, broken: Flags, risky: Flags, need: int) -> Codes:
    codes = np.full(len(met), CANNOT_TELL, np.int8)
    codes[(met >= need) & ~broken & ~risky] = MET
    codes[broken | (met + undecided < need)] = NOT_MET
    codes[judged == 0] = NONE
    return codes


def school_verdict(reached: Sequence[Verdict], floors: Sequence[Verdict | None], min_met: int) -> Verdict:
    """The school rule for one school-stage: verdicts against thresholds, and floors (None: no floor)."""
    if not reached:
        raise ValueError("a school rule needs at least one indicator")
    levels = [np.array([CODES[verdict]], np.int8) for verdict in reached]
    lows = [np.array([NONE if verdict is None else CODES[verdict]], np.int8) for verdict in floors]
    found = VERDICTS[int(school_codes(levels, lows, min_met)[0])]
    return Verdict.CANNOT_TELL if found is None else found
