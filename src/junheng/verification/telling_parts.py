"""What the finding should say of a county beside its parts: the entry condition."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from junheng.standards import Standard
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET
from junheng.verification.telling import Told, reason

_YEARS = "years_since_basic"


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """A county as reported: its code, its name and the day basic balance was recognised, where known."""

    code: str
    name: str = ""
    recognised_on: date | None = None


def tell_entry(standard: Standard, county: CountyFacts) -> Told:
    """Whether basic balance was recognised so many years before the day of judgement."""
    for declaration in standard.declarations:
        limit = declaration.limits.get(_YEARS)
        if limit is not None and isinstance(limit.value, Decimal):
            return _entry(int(limit.value), county.recognised_on, standard.on)
    return None


def _entry(years: int, recognised: date | None, on: date) -> Told:
    if recognised is None:
        verdict, code = CANNOT_TELL, "missing:county.basic_recognised_on"
    else:
        full = _full_years(recognised, on) >= years
        verdict = MET if full else NOT_MET
        code = f"entry:{verdict}"
    return {
        "verdict": verdict,
        "recognised_on": recognised.isoformat() if recognised else None,
        "years_required": years,
        "reason": reason(code),
    }


def _full_years(since: date, on: date) -> int:
    """Whole years from ``since`` to ``on``; somebody born on 29 February turns on 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
