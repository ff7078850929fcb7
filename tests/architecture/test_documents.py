"""Decision records are whole and numbered once; what the manual tells people to type exists."""

import re
from pathlib import Path

import pytest

DECISION = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX+|xxx+|Opt \d)\b|lorem ipsum|\?\?\?\?|待定|待补")
SECTIONS = ("Context", "Decision", "Rejected", "Consequences")


def _decisions(root: Path) -> list[Path]:
    return sorted((root / "docs" / "decisions").glob("*.md"))


def test_decision_records_are_numbered_once(root: Path) -> None:
    numbers = [path.name[:4] for path in _decisions(root)]
    assert [path.name for path in _decisions(root) if not DECISION.match(path.name)] == []
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_decision_records_are_whole(root: Path) -> None:
    faults = [fault for path in _decisions(root) for fault in _faults(path.name, path.read_text("utf-8"))]
    assert faults == []


def _faults(name: str, text: str) -> list[str]:
    faults = [f"{name}: placeholder {found!r}" for found in PLACEHOLDER.findall(text)]
    if not re.match(rf"# {name[:4]} \S", text):
        faults.append(f"{name}: the first line is not '# {name[:4]} Title'")
    faults += [f"{name}: no {key}" for key in ("Date: 20", "Status: ") if key not in text]
    bodies = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return faults + [f"{name}: {part} is empty" for part in SECTIONS if not bodies.get(part, "").strip()]


@pytest.mark.parametrize(
    "spoiled",
    ["# 0001 T\n", "# 0002 T\n- Date: 2026-01-01\n- Status: accepted\n## Context\nTBD\n"],
)
def test_the_decision_checker_sees_faults(spoiled: str) -> None:
    assert _faults("0001-x.md", spoiled) != []


def test_manual_has_no_placeholder(root: Path, tracked: list[Path]) -> None:
    pages = [path for path in tracked if path.suffix == ".md"]
    found = [f"{path}: {text}" for path in pages for text in PLACEHOLDER.findall(path.read_text("utf-8"))]
    assert pages
    assert found == []


# What a reader may copy: at the start of a line, after a prompt, or in back-ticks.
_COMMAND = re.compile(
    r"(?:^|`|\$ |&& )(?:\.venv/bin/)?junheng ([a-z]+(?:-[a-z]+)*)(?: ([a-z]+)\b)?", re.MULTILINE
)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def _commands() -> dict[str, object]:
    import typer.main

    from junheng.cli.app import app

    group = typer.main.get_command(app)
    return dict(group.commands)  # type: ignore[attr-defined]  # Typer's app is a click group


def _manual(root: Path, tracked: list[Path]) -> list[Path]:
    pages = [path for path in tracked if path.suffix == ".md" and path.is_relative_to(root / "docs")]
    return [*pages, *(path for path in tracked if path.name in {"README.md", "CONTRIBUTING.md"})]


def test_commands_in_the_manual_exist(root: Path, tracked: list[Path]) -> None:
    known = _commands()
    unknown = [
        f"{page}: junheng {name}"
        for page in _manual(root, tracked)
        for name, _ in _COMMAND.findall(page.read_text("utf-8"))
        if name not in known
    ]
    assert unknown == []


def _options(command: object) -> set[str]:
    found = {option for parameter in getattr(command, "params", []) for option in parameter.opts}
    found |= {option for p in getattr(command, "params", []) for option in p.secondary_opts}
    for inner in getattr(command, "commands", {}).values():
        found |= _options(inner)
    return found | {"--help", "--version"}


def test_options_in_the_manual_exist(root: Path, tracked: list[Path]) -> None:
    known = _commands()
    unknown = []
    for page in _manual(root, tracked):
        for line in page.read_text("utf-8").replace("\\\n", " ").splitlines():
            match = _COMMAND.search(line)
            if match and match.group(1) in known:
                typed = set(_OPTION.findall(line[match.start() :].split("`")[0 if line[0:1] != "`" else 1]))
                unknown += [f"{page}: {match.group(0)} {o}" for o in typed - _options(known[match.group(1)])]
    assert unknown == []


def test_every_command_is_documented(root: Path, tracked: list[Path]) -> None:
    text = "\n".join(page.read_text("utf-8") for page in _manual(root, tracked))
    described = {name for name, _ in _COMMAND.findall(text)}
    assert set(_commands()) - described == set()
