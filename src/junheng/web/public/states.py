"""What state a publication is in on a day: the words the pages use, and nothing else."""

from datetime import date

from junheng.web.public.models import Notice, Publication

SHOWN, COMING, EXPIRED, WITHDRAWN = "shown", "coming", "expired", "withdrawn"


def state_of(publication: Publication, day: date) -> str:
    """Whether it is shown on ``day``: withdrawn comes before expired, expired before not yet begun."""
    if publication.withdrawn_on is not None:
        return WITHDRAWN
    if not isinstance(publication, Notice):
        return SHOWN
    if publication.last_day is not None and publication.last_day < day:
        return EXPIRED
    return COMING if publication.first_day > day else SHOWN
