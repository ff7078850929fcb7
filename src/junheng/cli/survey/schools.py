"""``junheng survey schools`` and ``drawn``: schools to be visited, by a draw that anyone can check.

The draw is the public one of ``junheng draw``: strata stand where schools stand in an admission, schools stand where
children stand, and the places of a stratum are filled by lot. Every verifier of draws checks it as it is.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.judgement.survey import DrawnStratum

DRAW, RULES, PLAN = "draw", "rules.yaml", "plan.yaml"


def command(
    input: Annotated[  # noqa: A002 – the word the user types
        Path, typer.Argument(help="填报数据：学校、学段 | the county's return", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="新文件夹 | a new folder")],
    number: Annotated[
        int | None, typer.Option(min=1, help="抽几所，默认取标准所载的上限 | how many schools")
    ] = None,
    standard: Annotated[str, typer.Option(help="标准 | the standard")] = "quality-2017",
    year: Annotated[int | None, typer.Option(help="学年 | school year")] = None,
    county: Annotated[str, typer.Option(help="县级区划代码 | county code")] = "",
    method: Annotated[Path | None, typer.Option(help="自备方法 YAML | a method", callback=existing)] = None,
    rehearsal: Annotated[bool, typer.Option("--rehearsal", help="演练 | a rehearsal")] = False,
) -> None:
    """Stratify the schools of INPUT, freeze their roll and write the plan of the draw into OUT."""
    from junheng.cli.survey.plan import require_new, resolved
    from junheng.data import read_input
    from junheng.judgement.survey import inspection_strata, load_method, roll_of, visits_stated

    require_new(out)
    snapshot = read_input(input)
    roll = roll_of(snapshot, year or max(snapshot.years(), default=0), county)
    low, high = visits_stated(resolved(standard, roll.year, roll.county_code, []))
    asked = number or high
    strata = inspection_strata(roll, load_method(method), asked)
    title = f"{roll.county_name}{roll.year}年实地督导学校抽取"
    draw_id = f"{roll.county_code}-{roll.year}-INSPECT"
    _write(out, strata, title, draw_id, rehearsal=rehearsal)
    for stratum in strata:
        typer.echo(f"  {stratum.name.zh} {stratum.name.en}：{stratum.seats}/{len(stratum.schools)}")
    typer.echo(f"共抽 to be drawn：{asked}（以往每县 observed {low}–{high}）")
    typer.echo(f"名册已封存，按 {out / PLAN} 继续：junheng draw commit、spec、reveal、beacon、seed、run")
    typer.echo(
        f"The roll is frozen in {out / DRAW}; go on with junheng draw, then junheng survey drawn {out}"
    )


def _write(out: Path, strata: "list[DrawnStratum]", title: str, draw_id: str, *, rehearsal: bool) -> None:
    import yaml

    from junheng.basics import Text, atomic_folder
    from junheng.draws import Entrant, freeze
    from junheng.judgement.survey import stratum_rules
    from junheng.reports.survey import write_frame

    entrants = [
        Entrant({"school_id": school.school_id, "name": school.name}, "", _row(stratum.id))
        for stratum in strata
        for school in stratum.schools
    ]
    with atomic_folder(out) as folder:
        freeze(
            folder / DRAW, draw_id=draw_id, title=title, purpose="rehearsal" if rehearsal else "official",
            kind="admission", hash_name="sha256", entrants=entrants,
        )  # fmt: skip
        rules = stratum_rules(Text(title, "Schools to be visited, drawn by lot within strata"), strata)
        for name, content in ((RULES, rules), (PLAN, _plan(title, draw_id))):
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            (folder / name).write_text(text, encoding="utf-8")
        write_frame(folder / "抽样框.xlsx", strata, title)


def _row(stratum: str) -> dict[str, Any]:
    return {"choices": [stratum], "classes": [0], "flags": {}}


def _plan(title: str, draw_id: str) -> dict[str, Any]:
    """A plan to be edited: who commits, which public numbers, when. The times are a proposal."""
    start = datetime.now(UTC).astimezone() + timedelta(days=7)
    by = start.replace(hour=9, minute=0, second=0, microsecond=0)
    ball = {"count": 6, "low": 1, "high": 33, "ordered": 0, "distinct": 1}
    return {
        "draw_id": draw_id, "title": title, "kind": "admission", "hash": "sha256", "rules": RULES,
        "parties": [{"role": "supervision", "name": "教育督导机构"}, {"role": "observer", "name": "监督员代表"}],
        "beacons": [{"kind": "balls", "id": "hall", "name": "现场摇球", "parts": [ball]}],
        "schedule": {
            "reveals_by": by.isoformat(), "beacon_from": (by + timedelta(minutes=30)).isoformat(),
        },
    }  # fmt: skip


def drawn(
    folder: Annotated[
        Path, typer.Argument(help="survey schools 写出的文件夹 | its folder", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="名单 .xlsx | the list to write")],
) -> None:
    """After the draw was run: write the schools drawn, each with the pseudonym the published result names."""
    from junheng.reports.survey import write_drawn

    rules = _lines(folder / RULES)
    results = [row for row in _lines(folder / DRAW / "result" / "results.jsonl") if row["school"]]
    identities = {
        row["pid"]: row["identity"] for row in _lines(folder / DRAW / "private" / "identities.jsonl")
    }
    names = {entry["id"]: entry["name"] for entry in rules[0]["schools"]}
    found = [
        {"stratum": names[row["school"]], "pid": row["pid"], **identities[row["pid"]]} for row in results
    ]
    found.sort(key=lambda entry: (list(names.values()).index(entry["stratum"]), entry["school_id"]))
    write_drawn(out, found, str(rules[0]["name"]["zh"]))
    for entry in found:
        typer.echo(f"  {entry['stratum']} {entry['school_id']} {entry['name']}")
    typer.echo(f"抽中 drawn：{len(found)}；输出 output：{out}")


def _lines(path: Path) -> list[Any]:
    """The JSON lines, or the one YAML document, in ``path``; UserError where the draw has not come so far."""
    import yaml

    from junheng.basics import Text, UserError

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(
            Text("还没有抽签结果", "there is no result yet"),
            where=str(path),
            fix=Text("先按 plan.yaml 走完 junheng draw 的各步", "carry out the steps of junheng draw first"),
        ) from error
    if path.suffix == ".yaml":
        return [yaml.safe_load(text)]
    return [json.loads(line) for line in text.splitlines() if line]
