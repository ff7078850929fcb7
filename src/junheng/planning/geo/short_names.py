"""Names of columns in a Shapefile: ten bytes, each once;
what they were before is told and known again."""

from collections.abc import Iterable, Sequence

from junheng.basics import Text
from junheng.planning.geo.areas import Area
from junheng.planning.geo.geojson import IDS, NAMES

_NAME_BYTES = 10  # of a column in dBASE


def headings(areas: Iterable[Area]) -> list[str]:
    """The columns that areas are written with: id and name first, then their own, each once."""
    return list(dict.fromkeys(["id", "name", *(key for area in areas for key in area.properties)]))


def short_names(heads: Sequence[str]) -> list[str]:
    """Names of at most ten bytes, cut between characters; none twice, small and capital letters being the same."""
    found: list[str] = []
    taken: set[str] = set()
    for head in heads:
        name, number = _cut(head, _NAME_BYTES), 1
        while name.lower() in taken:
            name = _cut(head, _NAME_BYTES - len(str(number))) + str(number)
            number += 1
        taken.add(name.lower())
        found.append(name)
    return found


def shortened(areas: Iterable[Area]) -> tuple[Text, ...]:
    """What a Shapefile of ``areas`` cannot keep of their headings, in words; () where nothing was cut."""
    heads = headings(areas)
    cut = [f"{head} → {name}" for head, name in zip(heads, short_names(heads), strict=True) if head != name]
    if not cut:
        return ()
    return (
        Text(
            f"Shapefile 的列名至多 10 个字节，已缩短：{'、'.join(cut)}；编号、名称另写在 id、name 两列",
            f"a Shapefile's headings have 10 bytes at most and were cut: {', '.join(cut)}; id and name have their own",
        ),
    )


def whole_names(names: Sequence[str]) -> list[str]:
    """The headings of ids and names that a Shapefile cut, as they were; others as they are."""
    known = {short_names([word])[0]: word for word in (*IDS, *NAMES)}
    return [known.get(name, name) if known.get(name) not in names else name for name in names]


def _cut(head: str, size: int) -> str:
    return head.encode()[:size].decode(errors="ignore")
