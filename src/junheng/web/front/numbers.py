"""Whole numbers as requests carry them: whoever sends something else has asked for nothing."""

_DIGITS = 18  # fewer than the largest key of the database has


def whole_number(text: str) -> int | None:
    """The number of up to 18 ASCII digits; None for anything else, also for the digits ``int`` does not read ("²").

    >>> whole_number("12"), whole_number("²"), whole_number("9" * 5000), whole_number("")
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
