"""``junheng standards``: which rules are in force, on what they rest, and how two sets differ."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # rich and the rooms are loaded only when a command runs
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.table import Table

    from junheng.basics import Text
    from junheng.standards import Citation, Cited, Standard

app = typer.Typer(no_args_is_help=True, add_completion=False)
_WIDTH_WHEN_PIPED = 160
_NEVER_WRAPPED = {"编号 ID", "核对 Checked", "施行 In force from", "起始 From", "指纹 SHA-256"}


@app.command("list", help="内置标准与地方覆盖 | The built-in standards and overlays")
def list_command() -> None:
    """Print the standards and overlays of the library."""
    from junheng.standards import list_overlays, list_standards

    console = _console()
    table = _table(
        "标准 Standards", "编号 ID", "名称 Name", "文件 Document", "施行 In force from", "指纹 SHA-256"
    )
    for head in list_standards():
        document = f"{head.document}\n《{head.title}》"
        _row(table, head.id, _both(head.name), document, str(head.in_force_from), head.sha256[:12])
    console.print(table)
    table = _table(
        "地方覆盖 Overlays",
        "编号 ID",
        "名称 Name",
        "标准 Standard",
        "地区 Region",
        "起始 From",
        "指纹 SHA-256",
    )
    for own in list_overlays():
        begin = str(own.in_force_from)
        _row(table, own.id, _both(own.name), own.standard, own.region, begin, own.sha256[:12])
    console.print(table)


@app.command(
    "show", help="某日、某地现行的规则与依据 | The rules in force on a day, in a region, with their sources"
)
def show_command(
    standard: str = typer.Argument(help="编号或文件夹 | ID, or a folder of YAML"),
    on: str = typer.Option("", "--date", help="日期 YYYY-MM-DD，默认今天 | The day; today if not given"),
    region: str = typer.Option("", "--region", help="行政区划代码 | Region code, such as 210102"),
    overlay: list[str] = typer.Option([], "--overlay", help="覆盖文件或编号 | Overlay file or ID"),  # noqa: B008 - Typer reads the default from the call
) -> None:
    """Print every rule in force with its citation, certainty and last-checked date."""
    from junheng.standards import resolve

    found = resolve(standard, on=_day(on), region=_region(region), overlays=overlay)
    console = _console()
    _print_head(console, found)
    for section, pieces in _sections(found):
        _print_section(console, section, pieces)


@app.command(
    "diff",
    help="两套规则的差别；写法 ID、ID@日期、ID@日期@地区或路径 | What differs between two sets of rules",
)
def diff_command(
    a: str = typer.Argument(help="前者：ID、ID@DATE、ID@DATE@REGION 或路径 | The older: as named, or a path"),
    b: str = typer.Argument(help="后者 | The newer"),
) -> None:
    """Print the values in which B differs from A, each with its source."""
    from junheng.standards import changes

    old, new = _named(a), _named(b)
    found = changes(old, new)
    console = _console()
    console.print(f"{_title(old)}\n→ {_title(new)}", markup=False, highlight=False)
    if not found:
        console.print("两者没有差别 | They do not differ", markup=False)
        return
    headings = ("条 Rule", "项 Field", "原 Old", "现 New", "出处 Source", "可靠程度 Certainty")
    table = _table(f"差别 Differences: {len(found)}", *headings)
    for change in found:
        name = f"{change.rule}\n{_both(change.name)}" if change.name else change.rule
        _row(
            table,
            name,
            _field(change.field) if change.field else "（整条 all of it）",
            _value(change.old),
            _value(change.new),
            _source(change.citation),
            _certainty(change.citation),
        )
    console.print(table)


def _day(text: str) -> date:
    from junheng.basics import Text, UserError

    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            Text(f"日期 {text} 写法有误", f"{text} is not a date"),
            fix=Text("请写成 2024-09-01", "write it as 2024-09-01"),
        ) from error


def _named(text: str) -> Standard:
    """ID, ID@DATE, ID@DATE@REGION, or a path (which may be followed by @DATE and @REGION too)."""
    from junheng.standards import resolve

    if Path(text).exists():
        return resolve(text, on=_day(""))
    name, _, rest = text.partition("@")
    on, _, region = rest.partition("@")
    return resolve(name, on=_day(on), region=_region(region))


def _region(code: str) -> str:
    """The region asked for; none means the nation."""
    from junheng.basics import require_region

    return require_region(code) if code else ""


def _sections(standard: Standard) -> Iterable[tuple[str, Sequence[Cited]]]:
    from junheng.standards import SECTION_NAMES

    for section in SECTION_NAMES:
        found = getattr(standard, section)
        pieces = found if isinstance(found, tuple) else (found,) if found is not None else ()
        if pieces:
            yield section, pieces


def _print_head(console: Console, standard: Standard) -> None:
    from junheng.basics import STAGE_NAMES
    from junheng.standards import PART_NAMES

    stages = "、".join(_both(STAGE_NAMES[stage]) for stage in standard.stages)
    parts = "、".join(_both(PART_NAMES[part]) for part in standard.parts)
    for line in (
        _title(standard),
        f"{standard.document}《{standard.title}》",
        f"学段 Stages: {stages}",
        f"须全部达到的部分 Parts, all to be met: {parts}",
        f"指纹 SHA-256: {standard.sha256}",
    ):
        console.print(line, markup=False, highlight=False)


def _title(standard: Standard) -> str:
    region = f" · 地区 region {standard.region}" if standard.region else ""
    overlays = f" · 覆盖 overlays {'、'.join(standard.overlays)}" if standard.overlays else ""
    return f"{standard.id} {_both(standard.name)} · {standard.on}{region}{overlays}"


def _print_section(console: Console, section: str, pieces: Sequence[Cited]) -> None:
    from junheng.standards import SECTION_NAMES

    headings = ("编号 ID", "规则 Rule", "值 Value", "出处 Source", "可靠程度 Certainty", "核对 Checked")
    table = _table(_both(SECTION_NAMES[section]), *headings)
    for piece in pieces:
        first = (str(getattr(piece, "id", "—")), _rule(piece))
        for words, citation in _values_by_source(piece):
            note = f"\n{_both(citation.note)}" if citation.note is not None else ""
            checked = str(citation.last_checked_on) if citation.last_checked_on else "—"
            _row(table, *first, words, _source(citation) + note, _certainty(citation), checked)
            first = ("", "")
        table.add_section()
    console.print(table)


def _values_by_source(piece: Cited) -> list[tuple[str, Citation]]:
    """The values of a piece in lines, those of one source together; words alone stand under its own."""
    from junheng.standards import describe

    found: list[tuple[str, Citation]] = []
    for line in describe(piece):
        words = f"{_both(line.label)}: {_both(line.value)}"
        if found and found[-1][1] == line.citation:
            found[-1] = (f"{found[-1][0]}\n{words}", line.citation)
        else:
            found.append((words, line.citation))
    return found or [("", piece.citation)]


def _rule(piece: Cited) -> str:
    from junheng.standards import EVIDENCE_NAMES

    lines = []
    if hasattr(piece, "name"):
        lines.append(_both(piece.name))
    if getattr(piece, "text", ""):
        lines.append(f"“{piece.text}”")  # type: ignore[attr-defined]  # only some pieces have words
    if hasattr(piece, "evidence"):
        lines.append(f"依据 Evidence: {_both(EVIDENCE_NAMES[piece.evidence])}")
    return "\n".join(lines)


def _source(citation: Citation) -> str:
    end = f"—{citation.in_force_to}" if citation.in_force_to else "起 on"
    lines = [f"{citation.document} {citation.article}".strip(), f"{citation.in_force_from}{end}"]
    if citation.overlay:
        lines.insert(0, f"覆盖 overlay {citation.overlay}")
    return "\n".join(lines)


def _certainty(citation: Citation) -> str:
    from junheng.standards import CERTAINTY_NAMES

    return _both(CERTAINTY_NAMES[citation.certainty])


def _field(path: str) -> str:
    from junheng.basics import STAGE_NAMES
    from junheng.standards import FIELD_NAMES

    keys = path.split(".")
    known = [FIELD_NAMES.get(key) or STAGE_NAMES.get(key) for key in keys]
    return f"{'·'.join(name.zh if name else key for key, name in zip(keys, known, strict=True))}\n{path}"


def _value(value: object) -> str:
    from junheng.standards import spoken

    return "（无 none）" if value is None else _both(spoken(value))


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


def _console() -> Console:
    from rich.console import Console

    console = Console()
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return Console(width=_WIDTH_WHEN_PIPED)


def _table(title: str, *headings: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_lines=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in _NEVER_WRAPPED)
    return table


def _row(table: Table, *cells: str) -> None:
    """Add a row of plain words: a bracket in them is a bracket, not a colour."""
    from rich.markup import escape

    table.add_row(*map(escape, cells))
