"""Which worker runs which tests: those of a file together, and all that share a served site or a JVM; the longest first."""

import pytest
from xdist.scheduler import LoadScopeScheduling

_SHARED = {  # what is dear to set up: by folder or file, whose tests one worker runs
    "tests/browser/": "browser",
    "tests/data/test_engines_spark.py": "spark",
    "tests/planning/test_many.py": "spark",
}
_LONGEST = (  # begun first, so that none of them is what all the others wait for at the end
    "tests/browser/",
    *(
        "tests/web/test_operation_",
        "tests/web/test_faults_",
        "tests/web/test_jobs_",
        "tests/web/test_people_race",
    ),
    *("tests/web/test_serve", "tests/data/test_engines_spark", "tests/planning/test_many"),
)


def unit_of(nodeid: str) -> str:
    """What a test is run together with: its file, or what it shares."""
    return next((unit for place, unit in _SHARED.items() if nodeid.startswith(place)), nodeid.split("::")[0])


def rank_of(nodeid: str) -> int:
    """The place of a test's unit in the order of beginning; all that is not long comes after, as collected."""
    ranks = (rank for rank, place in enumerate(_LONGEST) if nodeid.startswith(place))
    return next(ranks, len(_LONGEST))


class Together(LoadScopeScheduling):
    """Units are handed out one by one, in the order of the collection."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
