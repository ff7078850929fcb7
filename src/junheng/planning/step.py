"""How far a search has come, for whoever watches it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """``incumbent`` (None: nothing yet), ``bound`` and relative ``gap`` after so many ``seconds``."""

    seconds: float
    incumbent: float | None
    bound: float
    gap: float
