"""Words of the site in both languages: a pair stands where it is used,
and the reader's switch picks which half is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language, override

from junheng.basics import Text

CHINESE, ENGLISH = "zh-hans", "en"


def is_english() -> bool:
    """Whether the reader switched to English; Chinese is the default."""
    return get_language() == ENGLISH


def half(text: Text | Mapping[str, Any]) -> str:
    """The half of a pair (``Text``, or its JSON form with ``zh`` and ``en``) the reader asked for."""
    if isinstance(text, Text):
        return text.en if is_english() else text.zh
    return str(text["en"] if is_english() else text["zh"])


class _Pair(Text):
    """A pair that writes itself in the reader's language."""

    __slots__ = ()

    def __str__(self) -> str:
        return half(self)


def both(label: Any) -> Text:
    """What a label (``pair``) reads as in either language."""
    read = []
    for language in (CHINESE, ENGLISH):
        with override(language):
            read.append(str(label))
    return Text(*read)


def pair(zh: str, en: str) -> Any:
    """A label of a model, a form or a choice: a lazy string that reads in the language of whoever looks."""
    return lazystr(_Pair(zh, en))
