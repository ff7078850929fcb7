"""Local ways to order the units without tickets: ring draw, numbers given from outside, tail digits."""

import re
from collections.abc import Mapping, Sequence

from junheng.basics import Text, UserError

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIGITS = re.compile(r"[0-9]+")


def ring_order(n: int, start: int, step: int, places: int | None = None) -> list[int]:
    """Places 1..n in the order a ring draw takes them: ``start``, then every ``step``-th still there.

    Who is taken leaves the ring and is not counted again. ``places``: how many to take (default all).
    Source: 南昌市 2023 民办小学招生电脑随机派位规则 (n=20, start 6, step 3, 15 places).
    """
    take = n if places is None else places
    if n < 1 or not 1 <= start <= n or not 1 <= step <= n or not 0 <= take <= n:
        raise UserError(
            Text(f"起始号、间隔数应在 1 到 {n} 之间", f"Start and step lie between 1 and {n}"),
            where=f"start {start}, step {step}, places {take}",
        )
    tree = [i & -i for i in range(n + 1)]  # Fenwick tree over who is still there
    at, found = start - 1, []
    for left in range(n, n - take, -1):
        at %= left
        found.append(_take(tree, at + 1))
        at += step - 1
    return found


def external_order(numbers: Mapping[str, str], order: str = "ascending") -> list[str]:
    """Unit ids, best first, by numbers given from outside: all of equally many digits, or all GUIDs.

    ``order``: ascending (smaller is better) or descending. Refused (UserError): mixed forms, a number
    given twice. GUIDs are compared as lower-case text.
    """
    if order not in ("ascending", "descending"):
        raise UserError(Text(f"排序方式不合规定：{order}", f"Not an order: {order}"))
    keys = {unit: number.lower() for unit, number in numbers.items()}
    _check_numbers(keys)
    return sorted(keys, key=keys.__getitem__, reverse=order == "descending")


def tail_order(numbers: Mapping[str, str], tails: Sequence[str]) -> list[str]:
    """Unit ids, best first, by the tails drawn: all numbers ending in the first tail, then the second, …

    Inside a tail, and among units no tail meets (they come last), by ascending number. ``numbers``: all of
    equally many digits, each once; ``tails``: as drawn, equally many digits each, none twice.
    """
    _check_numbers(numbers)
    length = len(tails[0]) if tails else 0
    if len(set(tails)) != len(tails) or any(len(t) != length or not _DIGITS.fullmatch(t) for t in tails):
        raise UserError(
            Text("尾数应为位数相同、互不重复的数字", "Tails are digits, equally many, none twice"),
            where=", ".join(tails),
        )
    if any(not _DIGITS.fullmatch(number) or len(number) < length for number in numbers.values()):
        raise UserError(Text("编号应为数字，且不短于尾数", "Numbers are digits, no fewer than a tail has"))
    place = {tail: i for i, tail in enumerate(tails)}

    def key(unit: str) -> tuple[int, str]:
        number = numbers[unit]
        return place.get(number[len(number) - length :], len(tails)), number

    return sorted(numbers, key=key)


def _take(tree: list[int], k: int) -> int:
    """Remove and return the k-th place still there (from 1), in O(log n)."""
    n = len(tree) - 1
    place = 0
    for height in range(n.bit_length() - 1, -1, -1):
        further = place + (1 << height)
        if further <= n and tree[further] < k:
            place, k = further, k - tree[further]
    node = place + 1
    while node <= n:
        tree[node] -= 1
        node += node & -node
    return place + 1


def _check_numbers(numbers: Mapping[str, str]) -> None:
    """All digits of one length, or all GUIDs; none twice."""
    values = list(numbers.values())
    is_digits = len({len(value) for value in values}) <= 1 and all(_DIGITS.fullmatch(v) for v in values)
    if not is_digits and not all(_GUID.fullmatch(value) for value in values):
        raise UserError(
            Text("编号应全为等长数字，或全为 GUID", "Numbers are all digits of one length, or all GUIDs"),
            why=Text("长短不一的编号没有唯一的大小次序", "numbers of different lengths have no single order"),
            fix=Text("请补足前导零", "write the leading zeros"),
        )
    if len(set(values)) != len(values):
        twice = next(value for i, value in enumerate(sorted(values)[1:]) if sorted(values)[i] == value)
        raise UserError(
            Text(f"编号重复：{twice}", f"A number is given twice: {twice}"),
            fix=Text("一个家庭单元一个编号", "one number for each unit"),
        )
