"""From the text of a white-listed expression to its tree, by recursive descent.

Loosest first: OR, AND, NOT, comparison (one, not chained), + and -, * and /, unary minus. A second reading
of the same grammar on purpose: it shares nothing with the parser that writes the queries.
"""

from fractions import Fraction

from junheng.basics import Text
from junheng.verification.syntax import (
    Absence,
    Call,
    Choice,
    Column,
    Literal,
    Membership,
    Negation,
    Node,
    Operation,
)
from junheng.verification.tokens import FUNCTIONS, ExpressionError, Token, tokenise

_COMPARISONS = frozenset({"=", "<>", "!=", "<", "<=", ">", ">="})
_DEEPEST = 100


def parse(expression: str) -> Node:
    """The tree of ``expression``. Raises ExpressionError (with the place) on anything outside the grammar."""
    reader = _Reader(expression)
    node = reader.condition()
    if reader.here.kind != "end":
        raise reader.error(Text(f"多余的内容 {reader.here.text!r}", f"unexpected {reader.here.text!r}"))
    return node


class _Reader:
    """A cursor over the tokens; one method for each level of the grammar."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens = tokenise(expression)
        self.position = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.position]

    def error(self, problem: Text) -> ExpressionError:
        return ExpressionError(self.expression, self.here.at, problem)

    def accept(self, *words: str) -> str | None:
        """Step over the next token if it is one of these keywords or signs."""
        if self.here.kind in {"keyword", "sign"} and self.here.text in words:
            self.position += 1
            return self.tokens[self.position - 1].text
        return None

    def expect(self, word: str) -> None:
        if self.accept(word) is None:
            raise self.error(Text(f"此处应为 {word}", f"expected {word} here"))

    def condition(self) -> Node:
        """Anything; the outermost level. Nesting is bounded so that no input can exhaust the stack."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error(Text("嵌套过深", "nested too deeply"))
        node = self.conjunction()
        while self.accept("OR"):
            node = Operation("OR", node, self.conjunction())
        self.depth -= 1
        return node

    def conjunction(self) -> Node:
        node = self.negated()
        while self.accept("AND"):
            node = Operation("AND", node, self.negated())
        return node

    def negated(self) -> Node:
        times = 0
        while self.accept("NOT"):
            times += 1
        node = self.comparison()
        for _ in range(times):
            node = Negation("NOT", node)
        return node

    def comparison(self) -> Node:
        left = self.total()
        if self.here.kind == "sign" and self.here.text in _COMPARISONS:
            sign = self.accept(*_COMPARISONS) or ""
            return Operation("<>" if sign == "!=" else sign, left, self.total())
        if self.accept("IS"):
            negated = self.accept("NOT") is not None
            self.expect("NULL")
            return Absence(left, negated)
        negated = self.accept("NOT") is not None
        if self.accept("IN"):
            return Membership(left, self.arguments(), negated)
        if negated:
            raise self.error(Text("NOT 之后应为 IN", "expected IN after NOT"))
        return left

    def total(self) -> Node:
        node = self.product()
        while sign := self.accept("+", "-"):
            node = Operation(sign, node, self.product())
        return node

    def product(self) -> Node:
        node = self.signed()
        while sign := self.accept("*", "/"):
            node = Operation(sign, node, self.signed())
        return node

    def signed(self) -> Node:
        minuses = 0
        while sign := self.accept("-", "+"):
            minuses += sign == "-"
        node = self.atom()
        return Negation("-", node) if minuses % 2 else node

    def atom(self) -> Node:
        token = self.here
        self.position += 1
        match token.kind, token.text:
            case "number", text:
                return Literal(Fraction(text))
            case "string", text:
                return Literal(text)
            case "name", text:
                return Column(text)
            case "keyword", "TRUE" | "FALSE":
                return Literal(token.text == "TRUE")
            case "keyword", "NULL":
                return Literal(None)
            case "keyword", "CASE":
                return self.choice()
            case "keyword", text if text in FUNCTIONS:
                return Call(text, self.arguments())
            case "sign", "(":
                node = self.condition()
                self.expect(")")
                return node
        self.position -= 1
        raise self.error(Text("此处应为数值、列名或括号", "expected a value, a column or a bracket"))

    def arguments(self) -> tuple[Node, ...]:
        self.expect("(")
        found = [self.condition()]
        while self.accept(","):
            found.append(self.condition())
        self.expect(")")
        return tuple(found)

    def choice(self) -> Node:
        branches: list[tuple[Node, Node]] = []
        while self.accept("WHEN"):
            condition = self.condition()
            self.expect("THEN")
            branches.append((condition, self.condition()))
        if not branches:
            raise self.error(Text("CASE 之后应为 WHEN", "expected WHEN after CASE"))
        otherwise = self.condition() if self.accept("ELSE") else Literal(None)
        self.expect("END")
        return Choice(tuple(branches), otherwise)
