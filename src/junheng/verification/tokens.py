"""The words of the white-listed expression grammar: numbers, 'strings', names, keywords, signs."""

import re
from dataclasses import dataclass
from typing import Literal

from junheng.basics import Text, UserError

Kind = Literal["number", "string", "name", "keyword", "sign", "end"]

FUNCTIONS = frozenset({"COALESCE", "LEAST", "GREATEST"})
KEYWORDS = FUNCTIONS | {"AND", "OR", "NOT", "IN", "IS", "NULL", "TRUE", "FALSE"}
KEYWORDS |= {"CASE", "WHEN", "THEN", "ELSE", "END"}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)
      | (?P<string>'(?:[^']|'')*')
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign><=|>=|<>|!=|[-+*/(),=<>])
    )""",
    re.VERBOSE,
)
_STRAY = Text("出现不允许的字符", "a character not allowed here")


@dataclass(frozen=True, slots=True)
class Token:
    """One word and where it begins (0-based character)."""

    kind: Kind
    text: str
    at: int


class ExpressionError(UserError):
    """An expression outside the white-listed grammar."""

    def __init__(self, expression: str, at: int, problem: Text) -> None:
        super().__init__(
            Text(f"表达式无法理解：{problem.zh}", f"Cannot read an expression: {problem.en}"),
            where=f"{expression!r} [{at + 1}]",
            fix=Text("只能使用说明中列出的写法", "use only the forms the manual lists"),
        )


def tokenise(expression: str) -> list[Token]:
    """Cut ``expression`` into tokens, an "end" token last. Raises ExpressionError on any other character."""
    found: list[Token] = []
    position = 0
    end = len(expression.rstrip())
    while position < end:
        match = _TOKEN.match(expression, position)
        if match is None:
            raise ExpressionError(expression, position, _STRAY)
        found.append(_token(match))
        position = match.end()
    return [*found, Token("end", "", end)]


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup
    at = match.start(kind) if kind else match.start()
    if kind == "number":
        return Token("number", match["number"], at)
    if kind == "string":
        return Token("string", match["string"][1:-1].replace("''", "'"), at)
    if kind == "sign":
        return Token("sign", match["sign"], at)
    word = match["name"]
    if word.upper() in KEYWORDS:
        return Token("keyword", word.upper(), at)
    return Token("name", word, at)
