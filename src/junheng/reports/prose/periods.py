"""The years a sentence speaks of, where it names them."""

import re
from dataclasses import dataclass

_PLANS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
_SPAN = re.compile(r"((?:19|20)\d\d)年?\s*[—–\-~至到]\s*((?:19|20)\d\d)年")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_RELATIVE = re.compile(
    r"(?:近|过去|最近)[两三四五十\d]+年(?:来)?|今年|去年|上年|本年度|目前|未来[两三四五十\d]+年"
)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last year, or None where the words name no year ("近五年")."""

    words: str
    years: tuple[int, int] | None

    def apart_from(self, other: "Period") -> bool:
        """Whether the two certainly share no year."""
        if self.years is None or other.years is None:
            return False
        return self.years[1] < other.years[0] or other.years[1] < self.years[0]


def period_of(sentence: str) -> Period | None:
    """The first period ``sentence`` names; None when it names none.

    >>> period_of("“十三五”期间投入"), period_of("近五年累计"), period_of("共有学校")
    (Period(words='十三五', years=(2016, 2020)), Period(words='近五年', years=None), None)
    """
    found: list[tuple[int, Period]] = []
    for plan, years in _PLANS.items():
        if plan in sentence:
            found.append((sentence.index(plan), Period(plan, years)))
    if span := _SPAN.search(sentence):
        found.append((span.start(), Period(span[0], (int(span[1]), int(span[2])))))
    if year := _YEAR.search(sentence):
        found.append((year.start() + 1, Period(year[0], (int(year[1]), int(year[1])))))
    if relative := _RELATIVE.search(sentence):
        found.append((relative.start(), Period(relative[0], None)))
    return min(found, key=lambda pair: pair[0])[1] if found else None
