"""A command written wrongly, told as every other error: Chinese first, what, where, what to do.

The library that takes commands apart tells such mistakes in English only. Its exceptions are known here by what
they carry (context, parameter, names), for it has moved them between packages more than once.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from junheng.basics import Text, UserError, nearest

# How the library and the validator behind it word a bad value: pattern → the same in Chinese.
_VALUES: Mapping[str, str] = {
    r"valid integer|valid int\b": "应为整数",
    r"valid number|valid float|valid decimal": "应为数字",
    r"valid boolean|valid bool\b": "应为“是”或“否”（true 或 false）",
    r"(?:is not one of|Input should be) (?P<choices>'.+)": "只能是 {choices}",
    r"does not exist": "路径不存在",
    r"is a directory": "应为文件，而不是文件夹",
    r"is a file": "应为文件夹，而不是文件",
    r"not readable": "没有读取权限",
    r"not writable": "没有写入权限",
    r"greater than or equal to (?P<bound>\S+)": "不能小于 {bound}",
    r"less than or equal to (?P<bound>\S+)": "不能大于 {bound}",
    r"greater than (?P<bound>\S+)": "须大于 {bound}",
    r"less than (?P<bound>\S+)": "须小于 {bound}",
    r"not in the range (?P<bound>.+?)\.?$": "须在 {bound} 之内",
    r"date|datetime|format": "日期的写法有误（如 2024-09-01）",
}
_QUOTED = re.compile(r"'([^']*)'")
_BRACKETED = re.compile(r"\(([^()]*)\)\W*$")


def is_usage_error(error: BaseException) -> bool:
    """Whether ``error`` says that the command was written wrongly."""
    return getattr(error, "exit_code", None) == UserError.exit_code and hasattr(error, "format_message")


def is_plain_help(error: BaseException) -> bool:
    """Whether nothing was asked for, so that the help is the answer."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_error(error: Any, words: list[str]) -> UserError:
    """``error`` in the house's words; ``words`` are the command line without the program's name."""
    context = getattr(error, "ctx", None)
    what, hint = _told(error, context, words)
    command = context.command_path if context is not None else " ".join(["junheng", *words[:1]])
    see = Text(f"加 --help 看用法：{command} --help", f"see {command} --help")
    fix = see if hint is None else Text(f"{hint.zh}；{see.zh}", f"{hint.en}; {see.en}")
    return UserError(what, where=shlex.join(["junheng", *words]), fix=fix)


def _told(error: Any, context: Any, words: list[str]) -> tuple[Text, Text | None]:
    """What is wrong, and the nearest right word where there is one."""
    name, message = type(error).__name__, str(error.message)
    if name == "MissingParameter":
        return _missing(error.param), None
    if name == "NoSuchOption":
        asked = str(error.option_name)
        known = [option for parameter in context.command.params for option in _options(parameter)]
        return Text(f"没有选项 {asked}", f"There is no option {asked}"), _near(asked, known)
    if name == "BadOptionUsage":
        return _option_usage(error, message), None
    if getattr(error, "param", None) is not None:
        return _bad_value(error.param, message), None
    if "No such command" in message:
        asked = _first(_QUOTED, message)
        known = list(context.command.commands)
        return Text(f"没有命令 {asked}", f"There is no command {asked}"), _near(asked, known)
    if "unexpected extra argument" in message:
        extra = _first(_BRACKETED, message)
        return Text(f"多出的参数：{extra}", f"Unexpected extra words: {extra}"), _quote_hint(words)
    return Text(f"命令写法有误（{message}）", f"The command is written wrongly: {message}"), None


def _missing(parameter: Any) -> Text:
    """What is lacking, with its own help text beside it."""
    zh, en = _helped(parameter)
    if parameter.param_type_name == "argument":
        name = str(parameter.name).upper()
        return Text(f"缺少参数 {name}{zh}", f"The argument {name} is missing{en}")
    name = _name(parameter)
    return Text(f"缺少选项 {name}{zh}", f"The option {name} is missing{en}")


def _helped(parameter: Any) -> tuple[str, str]:
    zh, _, en = (getattr(parameter, "help", None) or "").partition(" | ")
    return (f"（{zh}）" if zh else ""), (f" ({en})" if en else "")


def _option_usage(error: Any, message: str) -> Text:
    option = str(error.option_name)
    if "does not take" in message:
        return Text(f"选项 {option} 后面不能有值", f"The option {option} takes no value")
    return Text(f"选项 {option} 后面缺少值", f"The option {option} lacks its value")


def _bad_value(parameter: Any, message: str) -> Text:
    name, said = _name(parameter), message.rstrip(".")
    for pattern, words in _VALUES.items():
        if match := re.search(pattern, message):
            found = words.format(**match.groupdict()).rstrip(".")
            return Text(f"{name} 的值不对：{found}", f"The value of {name} is wrong: {said}")
    return Text(f"{name} 的值不对（{said}）", f"The value of {name} is wrong: {said}")


def _name(parameter: Any) -> str:
    options = list(_options(parameter))
    return max(options, key=len) if options else str(parameter.name).upper()


def _options(parameter: Any) -> Iterator[str]:
    """The ways to write an option; none for an argument."""
    if parameter.param_type_name == "option":
        yield from parameter.opts
        yield from parameter.secondary_opts


def _near(asked: str, known: list[str]) -> Text | None:
    found = nearest(asked, known)
    return None if found is None else Text(f"最接近的是 {found}", f"the nearest is {found}")


def _quote_hint(words: list[str]) -> Text | None:
    """A path with a space is what splits words unasked; said only where words follow each other bare."""
    if any(not a.startswith("-") and not b.startswith("-") for a, b in pairwise(words[1:])):
        return Text("路径或校名含空格时请加引号", "put quotes around a path or name that has spaces")
    return None


def _first(pattern: re.Pattern[str], message: str) -> str:
    match = pattern.search(message)
    return match[1] if match else message
