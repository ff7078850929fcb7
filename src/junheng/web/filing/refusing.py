"""How filing refuses: in both languages, shown in the reader's."""

from django.core.exceptions import ValidationError

from junheng.basics import Text, UserError
from junheng.web.front.words import half, pair


def refused(zh: str, en: str) -> ValidationError:
    """The error of what may not be done now."""
    return ValidationError(pair(zh, en))


def told(error: ValidationError | UserError) -> list[str]:
    """Its lines in the reader's language."""
    if isinstance(error, UserError):
        return [half(line) for line in error.lines()]
    return list(error.messages)


def at_once(error: ValidationError | UserError) -> str:
    """They on one line."""
    return half(Text("；".join(told(error)), "; ".join(told(error))))
