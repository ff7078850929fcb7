"""``junheng geo``: faults of maps, conversion of coordinates, roads from OpenStreetMap."""

import json as json_text
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing
from junheng.cli.wide_console import wide_console

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from junheng.basics import Text, UserError
    from junheng.planning.geo import Finding

FAULTS = 1
_SHOWN = 40  # of one kind; the JSON list has them all
_MAP_NOTE = "公开任何地图前须使用标准底图并送审取得审图号 | a map may be published only on an approved base map (审图号)"

_FORCE = typer.Option("--force", help="覆盖已有的不同文件 | replace files that are there and differ")

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.command("check", help="检查地理数据 | Look for faults in maps, places and roads")
def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="表、GeoJSON、Shapefile、GeoPackage 或文件夹 | files or folders", metavar="PATHS..."
        ),
    ],
    boundary: Annotated[
        Path | None,
        typer.Option(help="区界文件（WGS-84 或自带坐标系）| the boundary of the county", callback=existing),
    ] = None,
    system: Annotated[
        str, typer.Option(help="坐标系 wgs84、gcj02、bd09、gk… | the system of the coordinates")
    ] = "wgs84",
    json: Annotated[Path | None, typer.Option(help="输出机器可读清单 | write the list as JSON")] = None,
) -> None:
    """List what is wrong or doubtful in PATHS; exit 1 when something cannot be used as it is."""
    for path in paths:
        existing(path)
    with _extra():
        from junheng.planning.geo import check_map, read_areas, read_map

        files = read_map(paths, system)
        findings = check_map(files, read_areas(boundary) if boundary else ())
    _show(files.counts(), findings)
    if json is not None:
        _write_json(json, findings)
        typer.echo(f"已写出清单 | list: {json}")
    if any(finding.level == "error" for finding in findings):
        raise typer.Exit(FAULTS)


@app.command("convert", help="转换坐标系和格式 | Convert coordinates and formats")
def convert(
    source: Annotated[Path, typer.Argument(help="输入 | input", metavar="IN", callback=existing)],
    target: Annotated[Path, typer.Argument(help="输出 | output", metavar="OUT")],
    start: Annotated[
        str,
        typer.Option("--from", help="输入坐标系：gcj02、bd09、cgcs2000、gk、gk:111、wgs84 | system of IN"),
    ],
    end: Annotated[str, typer.Option("--to", help="输出坐标系 | system of OUT")] = "wgs84",
    *,
    force: Annotated[bool, _FORCE] = False,
) -> None:
    """Write IN with its coordinates turned into another system; the ending of OUT says its format."""
    with _extra():
        from junheng.planning.geo import convert_file

        found = convert_file(source, target, start, end, force=force)
    count, left = found.points, found.left
    typer.echo(f"已转换 {count} 个点 | {count} {'point' if count == 1 else 'points'} converted: {target}")
    for note in found.notes:
        typer.echo(f"{note.zh}\n  {note.en}")
    if left:
        shown = "、".join(left[:10]) + ("……" if len(left) > 10 else "")
        typer.echo(
            f"{len(left)} 行没有坐标，原样保留 | {len(left)} rows without coordinates kept as they are: {shown}"
        )


@app.command("osm", help="从 OpenStreetMap 取路网 | Take the roads from an OpenStreetMap extract")
def osm(
    source: Annotated[
        Path, typer.Argument(help=".osm.pbf 或 .osm | the extract", metavar="FILE", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder of nodes.csv and roads.csv")],
    box: Annotated[str, typer.Option(help="范围：西,南,东,北（度）| west,south,east,north in degrees")] = "",
    *,
    force: Annotated[bool, _FORCE] = False,
) -> None:
    """Write nodes.csv and roads.csv, the plain tables of a road graph."""
    with _extra():
        from junheng.planning.geo import import_osm

        nodes, roads = import_osm(source, out, _box(box), force=force)
    typer.echo(f"{nodes} 个结点，{roads} 段道路 | {nodes} nodes, {roads} stretches: {out}")
    typer.echo(
        "数据 © OpenStreetMap 贡献者，ODbL；公开成果须注明 | data © OpenStreetMap contributors, ODbL: say so"
    )


@contextmanager
def _extra() -> "Iterator[None]":
    """Says which extra is absent, where a library of maps is not installed."""
    from junheng.basics import Text, UserError

    try:
        yield
    except ImportError as error:
        raise UserError(
            Text(
                f"没有安装地理附加包（缺 {error.name}）",
                f"the extra geo is not installed ({error.name} is absent)",
            ),
            fix=Text("pip install 'junheng[geo]'", "pip install 'junheng[geo]'"),
        ) from error


def _write_json(out: Path, findings: "Sequence[Finding]") -> None:
    from junheng.basics import atomic_file

    content = {"findings": [finding.json() for finding in findings]}
    with atomic_file(out) as temporary:
        temporary.write_text(json_text.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _box(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError as error:
        raise _no_box(text, "应为四个数", "four numbers are wanted") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise _no_box(text, "西须小于东、南须小于北", "west lies below east, south below north")
    return west, south, east, north


def _no_box(text: str, zh: str, en: str) -> "UserError":
    from junheng.basics import Text, UserError

    return UserError(
        Text(f"范围“{text}”写法有误：{zh}", f"the box {text!r} is wrong: {en}"),
        where="--box",
        fix=Text(
            "按 西,南,东,北 写四个度数，如 109.4,39.3,110.7,40.7",
            "write west,south,east,north in degrees: 109.4,39.3,110.7,40.7",
        ),
    )


def _show(counts: "Sequence[tuple[str, Text]]", findings: "Sequence[Finding]") -> None:
    console = wide_console()
    console.print("[bold]地理数据检查 | Check of maps[/bold]")
    for name, text in counts:
        console.print(f"  {name}：{text.zh} | {text.en}", markup=False, highlight=False)
    for level, title, colour in (
        ("error", "必须改正 | To be mended", "red"),
        ("warning", "请核对 | To be looked at", "yellow"),
    ):
        _table(console, f"{title}", colour, [finding for finding in findings if finding.level == level])
    if not findings:
        console.print("[green]没有发现问题 | No fault found[/green]")
    errors = sum(finding.level == "error" for finding in findings)
    console.print(
        f"合计：必须改正 {errors} 处，请核对 {len(findings) - errors} 处 | "
        f"{errors} to be mended, {len(findings) - errors} to be looked at"
    )
    console.print(_MAP_NOTE, style="dim")


def _table(console: "Console", title: str, colour: str, findings: "Sequence[Finding]") -> None:
    from rich.markup import escape
    from rich.table import Table

    if not findings:
        return
    table = Table(
        title=f"{title}（{len(findings)}）",
        title_style=f"bold {colour}",
        title_justify="left",
        show_lines=True,
        expand=console.is_terminal,
    )
    table.add_column("位置 | Where", ratio=3, overflow="fold")
    table.add_column("问题 | What", ratio=5, overflow="fold")
    table.add_column("影响 | Why it matters", ratio=4, overflow="fold")
    table.add_column("办法 | What to do", ratio=4, overflow="fold")
    for finding in findings[:_SHOWN]:
        texts = (finding.what, finding.effect, finding.fix)
        table.add_row(_where(finding), *(f"{escape(t.zh)}\n[dim]{escape(t.en)}[/dim]" for t in texts))
    console.print(table)
    if len(findings) > _SHOWN:
        console.print(
            f"另有 {len(findings) - _SHOWN} 处，见 --json 清单 | and more: see --json", style=colour
        )


def _where(finding: "Finding") -> str:
    """File and row, what it is about, and where on the map."""
    from rich.markup import escape

    place = (
        ""
        if finding.lon is None or finding.lat is None
        else f"\n[dim]{finding.lon:.5f}, {finding.lat:.5f}[/dim]"
    )
    return escape(f"{finding.where}\n{finding.subject}") + place
