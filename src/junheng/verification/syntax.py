"""What an expression says, as a tree. Frozen nodes; ``columns_of`` names the cells it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a string, TRUE, FALSE or NULL (None)."""

    value: Fraction | str | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row, by its bare name."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """``sign`` between two operands: + - * / = <> < <= > >= AND OR."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negation:
    """NOT of a condition, or minus of a number."""

    sign: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Membership:
    """``operand`` IN (``choices``), possibly negated."""

    operand: "Node"
    choices: tuple["Node", ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """``operand`` IS NULL, possibly negated."""

    operand: "Node"
    negated: bool


@dataclass(frozen=True, slots=True)
class Call:
    """COALESCE, LEAST or GREATEST of its arguments."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """CASE WHEN condition THEN value … ELSE value END."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


Node = Literal | Column | Operation | Negation | Membership | Absence | Call | Choice


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Operation(_, left, right):
            return (left, right)
        case Negation(_, operand) | Absence(operand, _):
            return (operand,)
        case Membership(operand, choices, _):
            return (operand, *choices)
        case Call(_, arguments):
            return arguments
        case Choice(branches, otherwise):
            return (*(part for branch in branches for part in branch), otherwise)
    return ()


def parts_of(node: Node) -> Iterator[Node]:
    """``node`` and everything in it, in order of appearance."""
    yield node
    for child in _children(node):
        yield from parts_of(child)


def columns_of(node: Node) -> tuple[str, ...]:
    """The names of the columns in ``node``, each once, in order of appearance."""
    return tuple(dict.fromkeys(part.name for part in parts_of(node) if isinstance(part, Column)))


def replaced(node: Node, names: Mapping[str, "Node"]) -> Node:
    """``node`` with every column in ``names`` replaced, in turn, by what it stands for."""
    match node:
        case Column(name) if name in names and names[name] != node:
            inner = {other: tree for other, tree in names.items() if other != name}
            return replaced(names[name], inner)
        case Operation(sign, left, right):
            return Operation(sign, replaced(left, names), replaced(right, names))
        case Negation(sign, operand):
            return Negation(sign, replaced(operand, names))
        case Absence(operand, negated):
            return Absence(replaced(operand, names), negated)
        case Membership(operand, choices, negated):
            return Membership(replaced(operand, names), _each(choices, names), negated)
        case Call(function, arguments):
            return Call(function, _each(arguments, names))
        case Choice(branches, otherwise):
            found = tuple((replaced(when, names), replaced(then, names)) for when, then in branches)
            return Choice(found, replaced(otherwise, names))
    return node


def _each(nodes: tuple[Node, ...], names: Mapping[str, Node]) -> tuple[Node, ...]:
    return tuple(replaced(node, names) for node in nodes)
