"""One child, one row: looked for on the clear data before freezing, as salted names would hide it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from junheng.basics import Text, UserError
from junheng.draws.ceremony.row_shape import SHARED
from junheng.draws.entrants import Entrant

# Fields that name one person alone, wherever they occur.
PERSONAL_NUMBERS = ("id_number", "student_number")
_SHOWN = 5


def check_duplicates(entrants: Sequence[Entrant]) -> None:
    """Refuse (UserError) the same child twice: equal identity, or an equal personal number.

    Numbers are compared without spaces and case (x and X end the same identity number).
    """
    whole = _same((frozenset(e.identity.items()), i) for i, e in enumerate(entrants))
    if whole:
        raise _twice(whole, Text("身份信息完全相同", "their identities are the same"))
    for name in PERSONAL_NUMBERS:
        numbers = ((plain_number(e.identity.get(name, "")), i) for i, e in enumerate(entrants))
        same = _same((number, i) for number, i in numbers if number)
        if same:
            raise _twice(same, Text(f"{name} 相同", f"they have one {name}"))


def group_families(kind: str, entrants: Sequence[Entrant]) -> dict[str, list[int]]:
    """The positions of the children of each family that binds several.

    Raises UserError for a family whose other children are missing (twins listed apart) and for one
    whose rows differ in what a unit must share.
    """
    families: dict[str, list[int]] = defaultdict(list)
    for i, entrant in enumerate(entrants):
        if entrant.family:
            families[entrant.family].append(i)
    for places in families.values():
        if len(places) == 1:
            raise UserError(
                Text("多胞胎或绑定家庭只有一个孩子在册", "A bound family has only one child on the roll"),
                where=_places(places),
                why=Text(
                    "另一个孩子漏报，或被分开报名，会各抽一次",
                    "the other is missing or listed apart, and would draw twice",
                ),
                fix=Text(
                    "请补全同一家庭标识，或清空该标识", "give the others the same family, or leave it empty"
                ),
            )
        _check_shared(kind, [entrants[i].row for i in places], places)
    return dict(families)


def _check_shared(kind: str, rows: Sequence[Mapping[str, object]], places: Sequence[int]) -> None:
    for name in SHARED[kind]:
        if any(row.get(name, []) != rows[0].get(name, []) for row in rows):
            raise UserError(
                Text(f"同一家庭的孩子 {name} 不一致", f"Children of one family differ in {name}"),
                where=_places(places),
                why=Text(
                    "绑定的孩子只有一个号，必须填报相同",
                    "children bound together have one number and one list",
                ),
                fix=Text("请改为一致，或解除绑定", "make them equal, or unbind them"),
            )


def _same(keys: Iterable[tuple[Hashable, int]]) -> list[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for key, i in keys:
        groups[key].append(i)
    return [places for places in groups.values() if len(places) > 1]


def plain_number(number: str) -> str:
    """A personal number without spaces, letters in capitals."""
    return "".join(number.split()).upper()


def _twice(groups: Sequence[Sequence[int]], cause: Text) -> UserError:
    shown = "; ".join(_places(group) for group in groups[:_SHOWN])
    return UserError(
        Text(
            f"同一儿童报名两次（{len(groups)} 处）：{cause.zh}",
            f"A child is entered twice ({len(groups)}): {cause.en}",
        ),
        where=shown,
        why=Text(
            "多一行就多一次机会；公布的编号加了盐，事后看不出来",
            "a second row is a second chance, and salted names hide it",
        ),
        fix=Text("请核实后删去重复的报名", "verify, and remove the second entry"),
    )


def _places(places: Sequence[int]) -> str:
    numbers = ", ".join(str(i + 1) for i in places)
    return f"第 {numbers} 条 | entries {numbers}"
