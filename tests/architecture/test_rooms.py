"""Each room has one door, says what it offers, and nobody climbs in by a window."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "junheng"
# Inner packages that are doors of their own.
INNER_DOORS = {"junheng.data.engines", "junheng.indicators.inequality", "junheng.reports.draws"}
INNER_DOORS |= {"junheng.reports.admissions", "junheng.reports.classes", "junheng.reports.planning"}
INNER_DOORS |= {"junheng.judgement.monitoring", "junheng.reports.monitoring", "junheng.reports.enrolment"}
INNER_DOORS |= {"junheng.reports.charts", "junheng.reports.workbook", "junheng.reports.funding"}
INNER_DOORS |= {"junheng.judgement.survey", "junheng.reports.survey"}
INNER_DOORS |= {"junheng.data.books"}
INNER_DOORS |= {"junheng.standards.scoring", "junheng.judgement.scoring", "junheng.reports.scoring"}
INNER_DOORS |= {"junheng.standards.school_standards", "junheng.judgement.school_standards"}
INNER_DOORS |= {"junheng.reports.school_standards"}
INNER_DOORS |= {"junheng.judgement.ledgers", "junheng.judgement.promises", "junheng.judgement.sizes"}
INNER_DOORS |= {"junheng.reports.promises", "junheng.reports.prose", "junheng.planning.curriculum"}
INNER_DOORS |= {
    "junheng.planning.invest",
    "junheng.planning.geo",
    "junheng.planning.effect",
    "junheng.planning.entitled",
    "junheng.planning.problem_forms",
    "junheng.reports.maps",
    "junheng.reports.compose",
}
# Single modules that other rooms may use: what a door number and a version of zones mean is written once.
OPEN_MODULES = {"junheng.planning.zone.addresses", "junheng.planning.zone.versions"}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _reaches_past(room: str, module: str) -> bool:
    """Whether ``module``, imported from ``room``, lies behind another room's door."""
    parts = module.split(".")
    if parts[0] != PACKAGE or len(parts) <= 2 or parts[1] == room:
        return False
    return module not in INNER_DOORS | OPEN_MODULES


def _room(path: Path, root: Path) -> str:
    parts = path.relative_to(root / "src" / PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def _rooms(root: Path) -> list[Path]:
    return sorted(path.parent for path in (root / "src" / PACKAGE).glob("*/__init__.py"))


def test_no_file_reaches_past_another_rooms_door(sources: list[Path], root: Path) -> None:
    found = [
        f"{path.relative_to(root)} imports {module}"
        for path in sources
        for module in _imports(_tree(path))
        if _reaches_past(_room(path, root), module)
    ]
    assert sources
    assert found == []


@pytest.mark.parametrize(
    ("room", "module", "expected"),
    [
        ("judgement", "junheng.indicators.evaluate", True),
        ("judgement", "junheng.indicators", False),
        ("judgement", "junheng.indicators.inequality", False),
        ("judgement", "junheng.indicators.inequality.gini", True),
        ("judgement", "junheng.judgement.verdict", False),
        ("indicators", "junheng.data.engines.duckdb", True),
        ("cli", "junheng.standards", False),
        ("cli", "duckdb.functional", False),
    ],
)
def test_the_door_test_knows_a_window(room: str, module: str, expected: bool) -> None:
    assert _reaches_past(room, module) is expected


def _has_all(tree: ast.Module) -> bool:
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)


def test_every_room_says_what_it_offers(root: Path) -> None:
    doors = [room / "__init__.py" for room in _rooms(root)]
    doors += [root / "src" / Path(*door.split(".")) / "__init__.py" for door in INNER_DOORS]
    silent = [str(door) for door in doors if not _has_all(_tree(door)) or not ast.get_docstring(_tree(door))]
    assert len(doors) > len(INNER_DOORS)
    assert silent == []


def test_every_public_name_exists(root: Path) -> None:
    import importlib

    for room in _rooms(root):
        module = importlib.import_module(f"{PACKAGE}.{room.name}")
        missing = [name for name in module.__all__ if not hasattr(module, name)]
        assert missing == [], room.name


def test_module_docstrings_open_with_a_short_line(sources: list[Path], root: Path) -> None:
    long = []
    for path in sources:
        if path.parent.name == "migrations" and path.stem.endswith("_initial"):
            continue  # written by Django
        text = ast.get_docstring(_tree(path)) or ""
        first = text.split("\n", 1)[0]
        if not first or len(first) > 120:
            long.append(f"{path.relative_to(root)}: {first[:60]!r}")
    assert long == []


def test_contracts_between_rooms_hold(root: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_verification_imports_only_what_a_second_mind_may(sources: list[Path], root: Path) -> None:
    """Stricter than the contract: by name, what verification takes from the rooms it may look into."""
    allowed = {
        "junheng.basics": None,
        "junheng.standards": None,
        "junheng.standards.scoring": {"index_system", "list_systems"},
        "junheng.standards.school_standards": {"list_school_standards", "school_standard"},
        "junheng.data": {"read_input", "load_dictionary", "Snapshot", "Dictionary", "InputFile", "TableSpec"}
        | {"ColumnSpec", "SOURCE_COLUMN", "ROW_COLUMN"},
        # Only what checks signatures: the assignment is re-run by the standalone verifier, a file without imports.
        "junheng.draws": {"QUICKNET", "STANDALONE", "check_drand", "result_digest", "spec_digest", "verify"},
    }
    forbidden = {"numpy", "duckdb", "sqlglot", "pandas", "scipy"}
    found = []
    for path in sources:
        if _room(path, root) != "verification":
            continue
        tree = _tree(path)
        found += [f"{path.name}: {name}" for name in _imports(tree) if name.split(".")[0] in forbidden]
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("junheng"):
                continue
            if (node.module or "").startswith("junheng.verification"):
                continue
            names = allowed.get(node.module or "", set())
            if names is not None:
                found += [f"{path.name}: {node.module}.{n.name}" for n in node.names if n.name not in names]
    assert found == []
