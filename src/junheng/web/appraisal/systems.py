"""The index system an appraisal goes by."""

from datetime import date
from functools import lru_cache

from junheng.standards.scoring import IndexSystem, index_system
from junheng.web.appraisal.models import Appraisal


@lru_cache(maxsize=32)
def _system(name: str, on: date, region: str) -> IndexSystem:
    return index_system(name, on=on, region=region)


def system_of(appraisal: Appraisal) -> IndexSystem:
    """The index system as in force on the day the appraisal was opened; the same on every later day."""
    return _system(appraisal.system, appraisal.opened_on, "")
