"""Numbers of hazards: a county's own, by the year found, without a gap left by two officers at once."""

from junheng.web.ledgers.models import Hazard
from junheng.web.people.models import Organisation

_DIGITS = 4


def next_number(county: Organisation, year: int) -> str:
    """The next number of the year; the county's row is held until the transaction ends, so that two never meet."""
    Organisation.objects.select_for_update().get(pk=county.pk)
    prefix = f"{year}-"
    found = Hazard.objects.filter(county=county, number__startswith=prefix).values_list("number", flat=True)
    last = max((int(one.removeprefix(prefix)) for one in found), default=0)
    return f"{prefix}{last + 1:0{_DIGITS}}"
