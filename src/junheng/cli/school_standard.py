"""``junheng school-standard``: schools against a standard of schools (办学基本标准), gaps, and a plan for each."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.days import day_of
from junheng.cli.new_book import require_new_book
from junheng.cli.one_county import one_county
from junheng.cli.paths import existing, require_own

if TYPE_CHECKING:
    from datetime import date

    from junheng.data import Checked, Snapshot
    from junheng.judgement.school_standards import SchoolStandardReport
    from junheng.standards.school_standards import SchoolStandard

JSON, BOOK, PLAN = "school_standard.json", "办学标准达标.xlsx", "一校一策达标计划.docx"
ATTESTATIONS = "attestation.csv"
COUNTING = "basic-2012"  # whose schools a school standard is for
app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
Which = Annotated[str, typer.Argument(help="标准编号或 YAML | id of the standard, or its YAML file")]
Overlays = Annotated[
    list[Path] | None,
    typer.Option(help="地方覆盖或试算，可多次 | regional values or what-if; may repeat"),
]


@app.command("list", help="有哪些办学标准 | The standards shipped")
def list_standards() -> None:
    """Print the standards shipped."""
    from junheng.standards.school_standards import list_school_standards

    for head in list_school_standards():
        typer.echo(f"{head.id}  {head.name}")


@app.command("show", help="一个标准的各项及依据 | The rows of a standard, cited")
def show(
    standard: Which,
    on: Annotated[str | None, typer.Option(help="哪一天生效的，默认今天 | as of, default today")] = None,
    region: Annotated[str, typer.Option(help="地区代码 | region code, such as 210102")] = "",
    overlay: Overlays = None,
) -> None:
    """Print the rows of a standard with their lines and source."""
    from junheng.judgement.school_standards import read_rows
    from junheng.reports.school_standards import change_words, line_words, quotient_words
    from junheng.standards.school_standards import school_standard

    found = school_standard(_place(standard), on=day_of(on), region=region, overlays=overlay or ())
    read_rows(found)  # a definition that cannot be judged by is refused here, too
    cited = found.citation
    typer.echo(f"{found.head.name}")
    typer.echo(f"{cited.document} {cited.article}（{cited.certainty}，{cited.in_force_from} 起 in force）")
    for note in (cited.note, found.head.note):
        if note is not None:
            typer.echo(f"  {note}")
    typer.echo(f"允许未达到 may be missed：{found.version.max_misses}/{len(found.rows)}")
    for row in found.rows:
        typer.echo(f"{row.id}  {row.name}：{quotient_words(row)}（{row.unit.zh}）")
        for line in row.lines:
            typer.echo(f"    {line.schools}：{line_words(line)}")
    for change in found.changes:
        typer.echo(f"覆盖 overlay {change_words(change)}")


@app.command("template", help="补充数据样表 | The book of figures that the data lack")
def template(
    standard: Which,
    out: Annotated[Path, typer.Option(help="样表 .xlsx | the book to write")],
    schools: Annotated[
        Path | None,
        typer.Option(help="填报数据：列出各校 | the input, to list its schools", callback=existing),
    ] = None,
    year: Annotated[int | None, typer.Option(help="年份；默认最新 | default: the latest")] = None,
    overlay: Overlays = None,
) -> None:
    """Write an empty book of the figures that the standard needs and the reported data lack."""
    from junheng.basics import atomic_file
    from junheng.data import check_snapshot, read_input
    from junheng.judgement.school_standards import County
    from junheng.reports.school_standards import figures_template
    from junheng.standards import resolve, school_year_start
    from junheng.standards.school_standards import school_standard

    require_new_book(out)
    if schools is None:
        book = figures_template(school_standard(_place(standard), on=day_of(None), overlays=overlay or ()))
    else:
        snapshot = check_snapshot(read_input(schools)).snapshot
        chosen = year or max(snapshot.years(), default=0)
        code, _ = one_county(snapshot, chosen, schools)
        on = school_year_start(chosen)
        county = County(snapshot, resolve(COUNTING, on=on, region=code), chosen, code)
        rules = school_standard(_place(standard), on=on, region=code, overlays=overlay or ())
        book = figures_template(rules, county.listed())
    with atomic_file(out) as temporary:
        temporary.write_bytes(book)
    typer.echo(f"已写出 | written: {out}")


@app.command("judge", help="逐校判定、达标率、差额、达标计划 | Judge each school; rates, gaps, plan")
def judge(
    input: Annotated[Path, typer.Argument(help="填报数据 | the reported data", callback=existing)],  # noqa: A002 – the word the user reads
    standard: Annotated[str, typer.Option(help="标准编号或 YAML | id of the standard, or its YAML file")],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the result")],
    book: Annotated[
        Path | None, typer.Option(help="补充数据 | the book of further figures", callback=existing)
    ] = None,
    year: Annotated[int | None, typer.Option(help="年份；默认最新 | default: the latest")] = None,
    on: Annotated[str | None, typer.Option(help="判定日期，默认今天 | day, default today")] = None,
    overlay: Overlays = None,
) -> None:
    """Judge every school of INPUT by a school standard. Exit 1 when the book of further figures has faults."""
    from junheng.basics import atomic_folder
    from junheng.data import check_snapshot, read_input
    from junheng.standards import school_year_start
    from junheng.standards.school_standards import school_standard

    require_own(out, JSON)
    checked, day = check_snapshot(read_input(input)), day_of(on)
    chosen = year or max(checked.snapshot.years(), default=0)
    code, name = one_county(checked.snapshot, chosen, input)
    rules = school_standard(
        _place(standard), on=school_year_start(chosen), region=code, overlays=overlay or ()
    )
    report = _report(checked.snapshot, rules, (code, name), (chosen, day), book)
    with atomic_folder(out) as folder:
        _write(report, _attest(report, checked), folder)
    _show(report)
    typer.echo(f"已写出 | written: {out}")
    if report.faults:
        raise typer.Exit(1)


def _place(word: str) -> str | Path:
    """A YAML file by its path, else an id."""
    return Path(word) if Path(word).suffix in {".yaml", ".yml"} else word


def _report(
    snapshot: "Snapshot", rules: "SchoolStandard", county: tuple[str, str], days: "tuple[int, date]",
    book: Path | None,
) -> "SchoolStandardReport":  # fmt: skip
    from junheng.judgement.school_standards import NO_FIGURES, County, read_figures, school_standard_report
    from junheng.standards import resolve, school_year_start

    (code, name), (year, day) = county, days
    counting = resolve(COUNTING, on=school_year_start(year), region=code)
    known = County(snapshot, counting, year, code)
    figures = NO_FIGURES if book is None else read_figures(book, rules, known.ids)
    return school_standard_report(
        snapshot, rules, known, year=year, code=code, name=name, on=day, figures=figures
    )


def _attest(report: "SchoolStandardReport", checked: "Checked") -> list[dict[str, str]]:
    """Evidence for the item the standard names, of the schools that the item's standard counts."""
    from junheng.judgement import assess
    from junheng.judgement.school_standards import school_attestations
    from junheng.standards import resolve, school_year_start

    attests, code = report.standard.head.attests, report.county.en
    if attests is None:
        return []
    target = resolve(attests.standard, on=school_year_start(report.year), region=code)
    counties = assess(checked, target, year=report.year).counties
    counted = {one.school_id for county in counties if county.code == code for one in county.schools}
    return school_attestations(report, target, counted)


def _write(report: "SchoolStandardReport", rows: list[dict[str, str]], folder: Path) -> None:
    import csv
    import json

    from junheng.basics import sha256_file
    from junheng.judgement.school_standards import school_standard_json
    from junheng.reports.school_standards import school_standard_book, write_attainment_plan

    (folder / BOOK).write_bytes(school_standard_book(report))
    write_attainment_plan(folder / PLAN, report)
    if rows:
        with (folder / ATTESTATIONS).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    documents = {path.name: sha256_file(path) for path in sorted(folder.iterdir())}
    text = json.dumps(school_standard_json(report, documents), ensure_ascii=False, indent=1) + "\n"
    (folder / JSON).write_text(text, encoding="utf-8")


def _show(report: "SchoolStandardReport") -> None:
    from junheng.judgement.school_standards import WHOLE
    from junheng.reports.school_standards import rate_words

    names = {WHOLE: "全部项目", **{group.id: group.name.zh for group in report.standard.groups}}
    for rate in report.rates:
        if rate.by == WHOLE:
            typer.echo(
                f"{names[rate.of]}：{rate.met}/{rate.whole}所达标，{rate_words(rate)}%，无法判定{rate.unknown}所"
                f" | {rate.met} of {rate.whole} schools reach it, {rate.unknown} not told"
            )
    for fault in report.faults[:20]:
        typer.secho(f"{fault.place}：{fault.what}", fg=typer.colors.YELLOW)
    if report.faults:
        typer.echo(f"数据问题{len(report.faults)}处 | faults: {len(report.faults)}")
