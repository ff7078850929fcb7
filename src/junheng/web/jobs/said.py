"""What the command printed, read back as pairs of Chinese and English: its report, or its refusal."""

import re
from collections.abc import Iterator

from junheng.basics import Text, UserError
from junheng.web.jobs.told_error import ToldError

MOST_LINES = 60  # of the command's own words that are kept
PARTS = re.compile(r"[\r\n]+")
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # of a terminal
_LABELS = ("错误：", "Error:", "位置：", "Where:", "影响：", "Why it matters:", "办法：", "What to do:")
_DRAWN = tuple("│┃┏┡└┗┌├┠╭╰")  # tables: the papers hold them
_PLACES = (
    "规划 plan:",
    "对比 comparison:",
    "结果 result:",
    "下一步 next:",
)  # of this machine, or for a terminal
_TITLE = re.compile(r" rows）\s*$")  # of a table
_FINGERPRINT = re.compile(r"[0-9a-f ]+")
_MIXED = re.compile(r"([^\x00-\x7f]+) ([a-z][a-z ]*?)( \d+)?：(.*) \| (.*)")  # 一致 agreed：甲 | a
_TITLED = re.compile(r"(\S*[^\x00-\x7f]\S*) ([\x20-\x7e]+):")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def plain(line: str) -> str:
    """A line without the codes of a terminal."""
    return _CODES.sub("", line)


def said_lines(printed: str) -> list[Text]:
    """The sentences of a report; tables and places are left out.

    >>> [str(line.en) for line in said_lines("录取 3 人\\n  3 admitted\\n一致 agreed：甲 | a\\n")]
    ['3 admitted', 'agreed: a']
    """
    found: list[Text] = []
    for line in _sentences(printed):
        last = found[-1] if found else None
        if mixed := _MIXED.fullmatch(line.strip()):
            zh, en, year, what, what_en = (part or "" for part in mixed.groups())
            found.append(Text(f"{zh}{year}：{what}", f"{en}{year}: {what_en}"))
        elif " | " in line and _CHINESE.search(line):
            zh, _, en = line.partition(" | ")
            found.append(Text(zh.strip(), en.strip()))
        elif last and line.startswith("  ") and _FINGERPRINT.fullmatch(line):
            found[-1] = _with_fingerprint(last.zh, line.strip())
        elif last and line.startswith("  ") and last.zh == last.en:
            found[-1] = Text(last.zh, line.strip())
        else:
            found.append(Text(line.strip(), line.strip()))
    return found[:MOST_LINES]


def _with_fingerprint(title: str, fingerprint: str) -> Text:
    """结果指纹 result root: – and the digits that stood below."""
    named = _TITLED.fullmatch(title)
    zh, en = named.groups() if named else (title.rstrip(":"), title.rstrip(":"))
    return Text(f"{zh}：{fingerprint}", f"{en}: {fingerprint}")


def _sentences(printed: str) -> Iterator[str]:
    for line in map(plain, printed.splitlines()):
        if line.strip() and not line.startswith((*_DRAWN, *_PLACES)) and not _TITLE.search(line):
            yield line.rstrip()


def told_error(printed: str) -> UserError:
    """The command's error, each labelled part first in Chinese, then in English, as an error again."""
    parts: list[str] = []
    for line in printed.splitlines():
        if line.strip().startswith(_LABELS):
            parts.append(line.strip())
        elif parts:
            parts[-1] += f"\n{line.strip()}"
    if len(parts) < 2:
        return UserError(Text(printed.strip()[-500:], printed.strip()[-500:]))
    pairs = [Text(zh, en) for zh, en in zip(parts[::2], parts[1::2], strict=False)]
    first = Text(pairs[0].zh.removeprefix("错误："), pairs[0].en.removeprefix("Error: "))
    return ToldError([first, *pairs[1:]])
