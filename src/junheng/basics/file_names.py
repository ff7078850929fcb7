"""Names of files made from words that users typed: a slash in a name must not become a place."""

import re

_ODD = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 80  # signs: three bytes each in UTF-8, and systems allow 255


def file_name(words: str) -> str:
    """``words`` as the name of one file, without ending: nothing in it leads to another folder.

    >>> file_name("A/B 街道：小学"), file_name("../x"), file_name("")
    ('A_B 街道：小学', '_x', '_')
    """
    return _ODD.sub("_", words).lstrip(". ")[:_LONGEST].rstrip(". ") or "_"
