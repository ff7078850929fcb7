"""Files of OR-Library: read as published, solved to the published optima."""

from fractions import Fraction
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.frozen import exact
from junheng.planning.site.classical import solve
from junheng.planning.site.classical.reading.orlib import read_cap, read_pmed

# Optimal p-centre radii: Minieka's problem on pmed, e.g. Daskin (1995), Elloumi, Labbé & Pochet (2004).
CENTRES = {"pmed1": 127, "pmed4": 74, "pmed5": 48, "pmed10": 20}


def _optima(folder: Path) -> dict[str, Fraction]:
    found = {}
    for name in ("pmedopt", "capopt"):
        for words in map(str.split, (folder / f"{name}.txt").read_text(encoding="ascii").splitlines()):
            if len(words) == 2:
                found[words[0]] = Fraction(words[1])
    return found


@pytest.mark.real_input
@pytest.mark.parametrize("name", ["pmed1", "pmed2", "pmed3", "pmed4", "pmed5", "pmed7", "pmed10", "pmed15"])
def test_medians(shared_data: Path, name: str) -> None:
    folder = shared_data / "orlib"
    outcome = solve(read_pmed(folder / f"{name}.txt"))
    assert outcome["objective"]["cost"] == _optima(folder)[name]
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)


@pytest.mark.real_input
@pytest.mark.parametrize("name", sorted(CENTRES))
def test_centres(shared_data: Path, name: str) -> None:
    outcome = solve(read_pmed(shared_data / "orlib" / f"{name}.txt", "p_centre"))
    assert (outcome["objective"]["radius"], outcome["gap"]) == (CENTRES[name], 0)


@pytest.mark.real_input
@pytest.mark.parametrize("name", ["cap61", "cap62", "cap63", "cap64", "cap82", "cap124"])
def test_warehouses(shared_data: Path, name: str) -> None:
    folder = shared_data / "orlib"
    outcome = solve(read_cap(folder / f"{name}.txt"))
    optimum = _optima(folder)[name]
    assert abs(exact(outcome["objective"]["cost"]) - optimum) <= optimum / 10**6
    assert exact(outcome["gap"]) <= Fraction(1, 10**4)


def _written(folder: Path, text: str) -> Path:
    path = folder / "x.txt"
    path.write_text(text, encoding="ascii")
    return path


def test_an_edge_given_twice_has_its_last_cost(tmp_path: Path) -> None:
    problem = read_pmed(_written(tmp_path, "3 3 1\n1 2 9\n2 3 1\n2 1 4\n"))
    assert problem["ways"] == [[0, 4, 5], [4, 0, 1], [5, 1, 0]]


def test_a_capacity_told_only_in_words(tmp_path: Path) -> None:
    path = _written(tmp_path, "1 2\ncapacity 7.5\n3\n1.25\n2\n2\n")
    problem = read_cap(path, 5)
    assert problem["sites"][0] == {"id": "1", "name": "1", "cost": "7.5", "capacity": 5}
    assert solve(problem)["objective"] == {"cost": "10.75"}
    with pytest.raises(UserError, match="容量"):
        read_cap(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 1 1\n1 2 9\n", "不连通"),
        ("3 2 1\n1 2 9\n", "2 条边"),
        ("2 1 5\n1 2 9\n", "p 在"),
        ("2 1 1\n1 9 9\n", "没有结点"),
        ("2 1 1\n1 2 x\n", "不是数"),
        ("2 1 1\n1 2 -1\n", "应在 0"),
    ],
)
def test_bad_networks_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_pmed(_written(tmp_path, text))


@pytest.mark.parametrize(("text", "said"), [("1 1\n5 1\n3\n", "不符"), ("1 1\n5 1\n3.5\n2\n", "整数")])
def test_bad_warehouses_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_cap(_written(tmp_path, text))
