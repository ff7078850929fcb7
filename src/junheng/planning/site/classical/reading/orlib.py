"""Files of OR-Library (Beasley 1990) as frozen problems: pmed (a network and p) and cap.

pmed: nodes, edges, p, then ``from to cost`` by edge; an edge given twice has its last cost; a way is the shortest one.
cap: sites, customers, then capacity and fixed cost by site, then by customer its demand and the cost of serving all of it
from each site.
"""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import numpy as np

from junheng.basics import Text, UserError, sha256_bytes, system_words
from junheng.planning.frozen import FORMAT, Json, number

_LARGEST_BYTES = 20_000_000
_SOURCE = "OR-Library, J. E. Beasley (1990), J. Opl Res. Soc. 41, 1069–1072"


def read_pmed(path: Path, model: str = "p_median", radius: str = "") -> Json:
    """The problem of a pmed file: every node is demand point (weight 1) and site. ``model`` may be another of a network.

    Raises UserError with the line for what is no such file, a node that does not exist, a network in pieces.
    """
    words, content = _words(path)
    nodes, edges, count = (_whole(word, path, place) for place, word in enumerate(words[:3]))
    if len(words) != 3 + 3 * edges and len(words) == _cap_length(nodes, edges):
        zh = f"像是 cap 文件（{nodes} 处站点、{edges} 个顾客），应写 model: capacitated"
        raise _refused(path, "1", zh, "this looks like a cap file: write model: capacitated")
    if len(words) != 3 + 3 * edges or nodes < 1 or not 1 <= count <= nodes:
        raise _refused(
            path,
            "1",
            f"应有 {edges} 条边，p 在 1 与 {nodes} 之间",
            f"expected {edges} edges and 1 ≤ p ≤ {nodes}",
        )
    ways = _shortest(nodes, _edges(words, nodes, path), path)
    ids = [f"{place:0{len(str(nodes))}d}" for place in range(1, nodes + 1)]
    problem: Json = {
        **_head(path, content, model),
        "unit": {"zh": "单位", "en": "units"},
        "demand": [{"id": name, "name": name, "weight": 1} for name in ids],
        "sites": [{"id": name, "name": name} for name in ids],
        "ways": ways,
    }
    if model != "set_covering":
        problem["count"] = count
    if model in ("set_covering", "maximal_covering"):
        problem["radius"] = number(_fraction(radius, path, "radius"))
    return problem


def read_cap(path: Path, capacity: int | None = None) -> Json:
    """The problem of a cap file; ``capacity`` where the file (capa, capb, capc) says only the word "capacity".

    Raises UserError with the place for what is no such file.
    """
    words, content = _words(path)
    sites, customers = (_whole(word, path, place) for place, word in enumerate(words[:2]))
    if len(words) != _cap_length(sites, customers) and len(words) == 3 + 3 * customers:
        zh = f"像是 pmed 文件（{sites} 个结点、{customers} 条边），应写 model: p_median、p_centre、set_covering 或 maximal_covering"
        raise _refused(
            path, "1", zh, "this looks like a pmed file: write model: p_median (or another of a network)"
        )
    if len(words) != _cap_length(sites, customers) or sites < 1 or customers < 1:
        raise _refused(
            path, "1", "数的个数与首行不符", "there are not as many numbers as the first line says"
        )
    rows = np.array(words[2 + 2 * sites :], object).reshape(customers, 1 + sites)
    width = len(str(max(sites, customers)))
    return {
        **_head(path, content, "capacitated"),
        "unit": {"zh": "费用", "en": "cost"},
        "demand": [
            {"id": f"{at:0{width}d}", "name": f"{at:0{width}d}", "weight": _whole(row[0], path, at)}
            for at, row in enumerate(rows, 1)
        ],
        "sites": [
            _site(words[2 + 2 * at : 4 + 2 * at], at + 1, width, path, capacity) for at in range(sites)
        ],
        "ways": [
            [number(_fraction(word, path, str(at))) for word in row[1:]] for at, row in enumerate(rows, 1)
        ],
    }


def _cap_length(sites: int, customers: int) -> int:
    """How many words a cap file has: capacity and cost by site, demand and a cost for each site by customer."""
    return 2 + 2 * sites + customers * (1 + sites)


def _head(path: Path, content: bytes, model: str) -> Json:
    return {
        "format": FORMAT,
        "kind": "site",
        "model": model,
        "name": path.stem,
        "inputs": [{"file": path.name, "sha256": sha256_bytes(content)}],
        "sources": {"orlib": _SOURCE},
        "cannot_tell": [],
    }


def _site(words: list[str], at: int, width: int, path: Path, capacity: int | None) -> Json:
    room = words[0]
    if room == "capacity":
        if capacity is None:
            raise _refused(
                path, str(at), "文件没有写容量，请给出 capacity", "the file states no capacity: give one"
            )
        room = str(capacity)
    name = f"{at:0{width}d}"
    cost = number(_fraction(words[1], path, str(at)))
    return {"id": name, "name": name, "cost": cost, "capacity": _whole(room, path, at)}


def _words(path: Path) -> tuple[list[str], bytes]:
    try:
        content = path.read_bytes()
    except OSError as error:
        said = system_words(error)
        raise _refused(path, "", f"无法读取：{said.zh}", f"it cannot be read: {said.en}") from error
    if len(content) > _LARGEST_BYTES:
        raise _refused(path, "", "文件过大", "the file is too large")
    return content.decode("ascii", "replace").split(), content


def _edges(words: list[str], nodes: int, path: Path) -> dict[tuple[int, int], int]:
    """The last cost of every edge, ends in order."""
    found: dict[tuple[int, int], int] = {}
    for at in range(3, len(words), 3):
        one, other, cost = (_whole(word, path, at // 3 + 1) for word in words[at : at + 3])
        if not (1 <= one <= nodes and 1 <= other <= nodes):
            raise _refused(
                path, str(at // 3 + 1), f"没有结点 {one} 或 {other}", f"there is no node {one} or {other}"
            )
        found[min(one, other) - 1, max(one, other) - 1] = cost
    return found


def _shortest(nodes: int, edges: dict[tuple[int, int], int], path: Path) -> list[list[int]]:
    """All shortest ways (Floyd & Warshall), whole as the edges are."""
    from scipy.sparse.csgraph import floyd_warshall

    lengths = np.full((nodes, nodes), np.inf)
    np.fill_diagonal(lengths, 0)
    for (one, other), cost in edges.items():
        if one != other:
            lengths[one, other] = lengths[other, one] = cost
    ways = floyd_warshall(lengths)
    if not np.isfinite(ways).all():
        raise _refused(path, "", "路网不连通", "the network is in pieces")
    found: list[list[int]] = np.rint(ways).astype(np.int64).tolist()
    return found


def _whole(word: object, path: Path, place: int) -> int:
    found = _fraction(word, path, str(place))
    if found.denominator != 1 or found < 0:
        raise _refused(path, str(place), f"“{word}”应为非负整数", f"{word!r} must be a whole number ≥ 0")
    return int(found)


def _fraction(word: object, path: Path, place: str) -> Fraction:
    try:
        found = Decimal(str(word))
    except InvalidOperation as error:
        raise _refused(path, place, f"“{word}”不是数", f"{word!r} is not a number") from error
    if not found.is_finite() or found < 0 or found > 10**12:
        raise _refused(path, place, f"{word} 应在 0 与 10¹² 之间", f"{word} must lie within 0 and 10¹²")
    return Fraction(found)


def _refused(path: Path, place: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=f"{path.name}:{place}" if place else path.name,
        why=Text("不是 OR-Library 的写法，没有计算", "not as OR-Library writes it; nothing was computed"),
        fix=Text("写法见 docs/method/site_classical.md", "see docs/method/site_classical.md"),
    )
