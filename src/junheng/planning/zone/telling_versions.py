"""The dated versions in tables: what each changed, block by block, and the register of them all."""

from collections.abc import Mapping, Sequence

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.tables import Cell, Table, column
from junheng.planning.zone.telling_words import names, table
from junheng.planning.zone.versions import all_versions, assigned, changes

_IN_FORCE = Text("现行有效", "in force")
_PROPOSED = Text("方案，未公布", "proposed, not published")


def _steps(problem: Json, outcome: Json) -> list[tuple[Json, list[Json] | None]]:
    """Every version with the blocks it changed (None for the first: there is nothing before it)."""
    pupils = {block["id"]: block["pupils"] for block in problem["blocks"]}
    found: list[tuple[Json, list[Json] | None]] = []
    before: Mapping[str, str] | None = None
    for version in all_versions(problem, outcome):
        after = assigned(version)
        found.append((version, None if before is None else changes(before, after, pupils)))
        before = after
    return found


def changes_table(problem: Json, outcome: Json) -> Table:
    """From each dated version to the next: blocks, pupils (as they are now), zones that came and went."""
    columns = [
        *(
            column("版本", "version"),
            column("起", "from"),
            column("止", "until"),
            column("变动片块", "blocks changed", "个"),
        ),
        *(
            column("涉及学生", "pupils affected", "人"),
            column("新设学区", "zones new"),
            column("撤销学区", "zones gone"),
        ),
    ]
    known, rows = names(problem), []
    before: set[str] = set()
    steps = _steps(problem, outcome)
    is_planned = problem["mode"] != "audit" and bool(outcome.get("assignment"))
    for version, changed in steps:
        zones = {row["zone"] for row in version["assignment"]}
        is_proposed = is_planned and version is steps[-1][0]
        until = version.get("until") or (_PROPOSED if is_proposed else _IN_FORCE)
        row: list[Cell] = [version["id"], version["from"], until, None, None, None, None]
        if changed is not None:
            shown = [
                "、".join(known.get(z, z) for z in sorted(found))
                for found in (zones - before, before - zones)
            ]
            row[3:] = [
                len(changed),
                sum(one.get("pupils", 0) for one in changed),
                *(text or None for text in shown),
            ]
        rows.append(row)
        before = zones
    note = Text(
        "学生按现在的人数计；未公布的方案是最后一行",
        "pupils as they are now; a plan not yet published is the last row",
    )
    return table("学区沿革", "versions", columns, rows, note)


def changed_blocks(problem: Json, outcome: Json) -> Table:
    """Which blocks every version changed, from which zone to which."""
    blocks = {block["id"]: block["name"] for block in problem["blocks"]}
    known = names(problem)
    columns = [
        *(
            column("版本", "version"),
            column("起", "from day"),
            column("片块编号", "block id"),
            column("片块", "block"),
        ),
        *(column("原学区", "from"), column("新学区", "to"), column("学生", "pupils", "人")),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(version["id"], version["from"], row["block"], blocks.get(row["block"])),
            *(
                known.get(row["from"], row["from"]) or None,
                known.get(row["to"], row["to"]) or None,
                row.get("pupils"),
            ),
        )
        for version, changed in _steps(problem, outcome)
        for row in changed or ()
    ]
    return table("历次变动", "changes by version", columns, rows)


def register(problem: Json, outcome: Json) -> Table:
    """The register: every version whole, as the sheet 沿革 of the next problem; nothing is overwritten."""
    columns = [
        *(column("版本", "version"), column("起始日期", "from"), column("截止日期", "until")),
        *(column("片块编号", "block id"), column("学区编号", "zone id")),
    ]
    rows: list[Sequence[Cell]] = [
        (version["id"], version["from"], version.get("until"), row["block"], row["zone"])
        for version in all_versions(problem, outcome)
        for row in version["assignment"]
    ]
    note = Text(
        "下次划分时原样作为“沿革”表读入；已有版本只加截止日期，不改写",
        "read it as sheet 沿革 next time; a version that exists only gains its last day, it is never rewritten",
    )
    return table("沿革", "register", columns, rows, note)
