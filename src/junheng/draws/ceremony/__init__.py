"""The ceremony of a draw, step by step on a folder; each step refuses what comes out of order."""

from pathlib import Path

from junheng.draws.ceremony.committing import check_role, commit, fresh_value
from junheng.draws.ceremony.declaring import declare
from junheng.draws.ceremony.ending import forget, postpone, void
from junheng.draws.ceremony.freezing import freeze
from junheng.draws.ceremony.log import check_chain, log_growth, log_head, log_proof, read_log
from junheng.draws.ceremony.observing import fix_seed, observe
from junheng.draws.ceremony.publishing import publish
from junheng.draws.ceremony.receipts import receipts, slips
from junheng.draws.ceremony.revealing import reveal
from junheng.draws.ceremony.running import run
from junheng.draws.ceremony.schedule import read_time
from junheng.draws.ceremony.signing import attach
from junheng.draws.ceremony.step import STEP_NAMES, Step
from junheng.draws.ceremony.striking import strike_off
from junheng.draws.ceremony.supplementing import supplement

__all__ = [
    "STEP_NAMES",
    "Step",
    "attach",
    "check_chain",
    "check_role",
    "commit",
    "declare",
    "fix_seed",
    "forget",
    "freeze",
    "fresh_value",
    "log_growth",
    "log_head",
    "log_proof",
    "observe",
    "postpone",
    "publish",
    "read_log",
    "read_time",
    "receipts",
    "reveal",
    "run",
    "slips",
    "state",
    "strike_off",
    "supplement",
    "void",
]


def state(folder: Path) -> Step:
    """How far the ceremony in ``folder`` has come; EMPTY when there is none. Changes nothing."""
    log = read_log(folder)
    return Step(log[-1]["state"]) if log else Step.EMPTY
