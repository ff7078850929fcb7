"""``junheng ledger``: records and findings of schools – informatisation, campus safety, conduct."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.days import day_of
from junheng.cli.one_county import one_county
from junheng.cli.paths import existing, require_own

if TYPE_CHECKING:
    from junheng.judgement.ledgers import LedgerReport

JSON, BOOK, ATTESTATIONS = "ledger.json", "台账分析.xlsx", "attestation.csv"
app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.command("list", help="有哪些台账和项目 | The ledgers and their items")
def list_ledgers() -> None:
    """Print every ledger shipped with its items."""
    from junheng.judgement.ledgers import ledgers

    for ledger in ledgers().values():
        typer.echo(f"{ledger.id}  {ledger.name}")
        for item in ledger.items:
            typer.echo(f"    {item.id}  {item.name}")


@app.command("template", help="台账样表 | An empty book")
def template(
    ledger: Annotated[str, typer.Argument(help="台账编号 | id of the ledger, or its YAML file")],
    out: Annotated[Path, typer.Option(help="样表 .xlsx | the book to write")],
) -> None:
    """Write an empty book of the ledger with an example row and the meaning of each column."""
    from junheng.basics import atomic_file
    from junheng.judgement.ledgers import ledger_forms, ledger_of
    from junheng.reports import ledger_template

    with atomic_file(out) as temporary:
        temporary.write_bytes(ledger_template(ledger_forms(), ledger_of(ledger)))
    typer.echo(f"已写出 | written: {out}")


@app.command("read", help="各项比例、隐患与问题的整改 | Rates, and findings until they are mended")
def read(
    book: Annotated[Path, typer.Argument(help="台账 | the ledger's book", callback=existing)],
    ledger: Annotated[str, typer.Option(help="台账编号或 YAML | id of the ledger, or its YAML file")],
    schools: Annotated[Path, typer.Option(help="填报数据（学校、学段表）| the schools", callback=existing)],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the result")],
    on: Annotated[str | None, typer.Option(help="截止日期，默认今天 | as of, default today")] = None,
    year: Annotated[int | None, typer.Option(help="学校数据的年份；默认最新 | default: the latest")] = None,
    standard: Annotated[
        str, typer.Option(help="据台账写出该标准的佐证行 | attestations of this standard's items")
    ] = "quality-2017",
) -> None:
    """Tell the rates and the state of every finding as of a day. Exit 1 when the book has faults."""
    from junheng.basics import atomic_folder
    from junheng.data import check_snapshot, read_input
    from junheng.data.books import read_book
    from junheng.judgement.ledgers import ledger_forms, ledger_of, ledger_report

    require_own(out, JSON)
    definition, day = ledger_of(ledger), day_of(on)
    snapshot = check_snapshot(read_input(schools)).snapshot
    chosen = year or max(snapshot.years(), default=0)
    code, name = one_county(snapshot, chosen, schools)
    read_in = read_book(book, ledger_forms())
    report = ledger_report(read_in, definition, snapshot, year=chosen, county=code, name=name, on=day)
    with atomic_folder(out) as folder:
        _write(report, folder)
        _attest(report, standard, folder)
    _show(report)
    typer.echo(f"已写出 | written: {out}")
    if report.faults:
        raise typer.Exit(1)


def _write(report: "LedgerReport", folder: Path) -> None:
    import json

    from junheng.judgement.ledgers import ledger_json
    from junheng.reports import ledger_book

    text = json.dumps(ledger_json(report), ensure_ascii=False, indent=1) + "\n"
    (folder / JSON).write_text(text, encoding="utf-8")
    (folder / BOOK).write_bytes(ledger_book(report))


def _attest(report: "LedgerReport", standard: str, folder: Path) -> None:
    """Rows for the input's table of attestations, where the ledger supports items of ``standard``."""
    import csv

    from junheng.judgement.ledgers import attestation_rows, supports
    from junheng.standards import resolve, school_year_start

    rules = resolve(standard, on=school_year_start(report.year), region=report.county.en)
    rows = attestation_rows(report, rules)
    if rows:
        with (folder / ATTESTATIONS).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    for one in supports(report, rules):
        typer.echo(f"{one.item}：{one.rating or '须由人认定'}（{one.reason.zh}）| {one.reason.en}")


def _show(report: "LedgerReport") -> None:
    from junheng.judgement.ledgers import STATE_NAMES
    from junheng.reports import share_words

    for found in report.rates:
        item = found.item
        unit = "所" if item.rate.of == "schools" else "个班"
        told = f"{found.met}/{found.whole}{unit}"
        lacking = (f"，没有记录{found.unknown}", f", {found.unknown} unknown") if found.unknown else ("", "")
        zh = item.name.zh + "".join(f"（{bound.zh}）" for bound in item.bounds)
        en = item.name.en + "".join(f" ({bound.en})" for bound in item.bounds)
        typer.echo(f"{zh} {share_words(found)}%（{told}{lacking[0]}）| {en}{lacking[1]}")
    for state, name in STATE_NAMES.items():
        count = sum(one.state == state for one in report.findings)
        if count:
            typer.echo(f"{name.zh}{count}项 | {name.en}: {count}")
    for fault in report.faults[:20]:
        typer.secho(f"{fault.place}：{fault.what}", fg=typer.colors.YELLOW)
    if report.faults:
        typer.echo(f"数据问题{len(report.faults)}处 | faults: {len(report.faults)}")
