"""``junheng verify``: a finding or a plan computed again by the second mind;
exit 1 at the first difference."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.agreement import DIFFERENCE, tell_agreement
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from rich.console import Console

    from junheng.verification import VerifyResult

ALERTS = "alerts.json"
DOCUMENTS = ("documents.json", "report.docx", "tables.xlsx", "figures.json")


def command(
    folder: Annotated[
        Path,
        typer.Argument(
            help="结论或规划文件夹，或其上级 | a finding or plan, or a folder of them", callback=existing
        ),
    ],
    input: Annotated[  # noqa: A002 – the word the user types, --input
        Path | None,
        typer.Option(
            "--input",
            help="当时的原始数据；核对监测时为各年结论所在文件夹 | the input of a finding; the findings of a monitor run",
            callback=existing,
        ),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="对照文件 | mapping file of a foreign table", callback=existing)
    ] = None,
    standard: Annotated[
        list[Path] | None, typer.Option(help="当时自备的标准文件夹 | folders of standards of your own")
    ] = None,
    overlay: Annotated[
        list[Path] | None, typer.Option(help="当时的叠加文件 | overlay files, as when evaluated")
    ] = None,
    indicators: Annotated[
        list[Path] | None,
        typer.Option(help="当时自备的指标文件 | indicator files, as when evaluated", callback=existing),
    ] = None,
) -> None:
    """Re-compute every finding in FOLDER from INPUT, or every plan in FOLDER; independently and exactly."""
    if (folder / "funds.json").exists() or (folder / "aid.json").exists():
        _verify_money(folder, input)
        return
    if (folder / "enrolment.json").exists() or (folder / "special_groups.json").exists():
        _verify_enrolment(folder)
        return
    if (folder / "school_standard.json").exists():
        _verify_school_standard(folder, input, standard[0] if standard else None, overlay or [])
        return
    if (folder / "survey.json").exists() or (folder / "codes.json").exists():
        from junheng.cli.survey.verified import verify_folder as verify_survey_folder

        verify_survey_folder(folder, input, overlay or [])
        return
    if (folder / "scores.json").exists():
        from junheng.cli.score.verified import verify_folder

        verify_folder(folder, input, overlay or [])
        return
    if input is None:
        _verify_plans(folder)
        return
    if (folder / ALERTS).exists():
        _verify_alerts(folder, input)
        return
    from rich.console import Console

    from junheng.basics import Text
    from junheng.verification import Made, verify_finding

    console = Console()
    with console.status("独立复算 | verifying independently") as status:

        def announce(step: Text) -> None:
            status.update(str(step))
            if not console.is_terminal:
                console.print(str(step), highlight=False)

        made = Made(mapping, standard or (), overlay or (), indicators or ())
        result = verify_finding(folder, input, made=made, announce=announce)
    _show(console, result)
    altered = _documents(console, folder)
    if altered or not result.ok:
        raise typer.Exit(DIFFERENCE)


def _verify_alerts(folder: Path, findings: Path) -> None:
    """The alerts of ``junheng monitor`` raised again from the findings below ``findings``."""
    from junheng.verification import verify_alerts

    result = verify_alerts(folder, findings)
    typer.echo(f"复算规则 rules computed again：{len(result.rules)}；预警 alerts：{result.alerts}")
    if result.overlaid:
        typer.echo(f"经叠加修改的规则 changed by overlays：{'、'.join(result.overlaid)}")
    if result.beyond:
        told = "、".join(result.beyond)
        typer.echo(f"所用数据不在结论里，未复算 over data no finding keeps, not computed again：{told}")
    tell_agreement(result.difference)


def _verify_money(folder: Path, given: Path | None) -> None:
    """The outcome of ``junheng funds`` or ``junheng aid`` worked out again from its frozen problem."""
    from junheng.verification import verify_money

    result = verify_money(folder, given)
    typer.echo(f"复算 worked out again：{result.counted:,} 所学校或行 schools or rows")
    if given is not None:
        typer.echo(
            f"重读拨付、财政、资助档案 {result.rows:,} 行 | rows of payments, county money, archive read again"
        )
    if result.overlaid:
        told = "、".join(result.overlaid)
        typer.echo(f"自备的规则，照写出的采用 rules of your own, taken as they stand：{told}")
    tell_agreement(result.difference)


def _verify_school_standard(
    folder: Path, given: Path | None, standard: Path | None, overlays: list[Path]
) -> None:
    """The result of ``junheng school-standard judge`` worked out again; its facts, too, where the input is given."""
    from junheng.verification import verify_school_standard

    result = verify_school_standard(folder, given, standard, overlays)
    typer.echo(
        f"复算学校 schools computed again：{result.schools:,}；比对 figures compared：{result.figures:,}"
    )
    for note in result.notes:
        typer.echo(f"  {note}")
    tell_agreement(result.difference)


def _verify_enrolment(folder: Path) -> None:
    """The result of ``junheng enrolment match`` or ``report`` held against its lists and counted again."""
    from junheng.verification import verify_enrolment, verify_special

    if (folder / "special_groups.json").exists():
        special = verify_special(folder)
        difference = special.difference
        typer.echo(f"复算的比例与巩固率 shares and retentions worked out again：{special.figures:,}")
    else:
        result = verify_enrolment(folder)
        difference = result.difference
        typer.echo(
            f"核对的配对 pairs：{result.pairs:,}；台账 entries：{result.entries:,}；数 counts：{result.figures:,}"
        )
    tell_agreement(difference)


def _verify_plans(folder: Path) -> None:
    from junheng.basics import Text, UserError
    from junheng.cli.plan.verified import verify_plans
    from junheng.planning import plans_in

    plans = plans_in(folder)
    if not plans:
        raise UserError(
            Text("这里没有规划；核对结论需要 --input", "there is no plan here; a finding needs --input"),
            where=str(folder),
            fix=Text("junheng verify 结论文件夹 --input 原始数据", "junheng verify FINDING --input INPUT"),
        )
    if not verify_plans(plans):
        raise typer.Exit(DIFFERENCE)


def _documents(console: "Console", folder: Path) -> bool:
    """Say of each finding's documents whether they are as they were written; true when one is not."""
    from junheng.reports import check_documents

    altered = False
    for finding in _findings(folder):
        label = finding.relative_to(folder).as_posix() if finding != folder else finding.name
        if not any((finding / name).exists() for name in DOCUMENTS):
            words = f"{label}：没有文书，未核对 | no documents to check"
            console.print(words, highlight=False, markup=False)
            continue
        differences = check_documents(finding)
        altered = altered or bool(differences)
        if not differences:
            words = f"{label}：文书与写出时一致 | the documents are as they were written"
            console.print(words, style="green", highlight=False, markup=False)
        for line in differences:
            said = f"{label}：文书改动过 | a document was altered"
            console.print(said, style="red", highlight=False, markup=False)
            for sentence in (line.zh, line.en):
                console.print(f"  {sentence}", highlight=False, markup=False, soft_wrap=True)
    return altered


def _findings(folder: Path) -> "list[Path]":
    return sorted(path.parent for path in folder.rglob("manifest.json"))


def _show(console: "Console", result: "VerifyResult") -> None:
    from rich.table import Table

    table = Table(title="独立复算 | Independent re-computation", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    table.add_row("结论 findings", f"{result.findings:,}")
    table.add_row("学段行 school-stages", f"{result.school_stages:,}")
    table.add_row("复算的条款 declared items judged again", f"{result.items:,}")
    table.add_row("比对的数字与文字 figures compared", f"{result.figures:,}")
    table.add_row("比对的原始单元格 cells held against the input", f"{result.cells:,}")
    console.print(table)
    for rules in result.rules:
        console.print(f"标准 standard: {rules}", highlight=False, markup=False)
    for note in result.notes:
        console.print(str(note), highlight=False, markup=False, soft_wrap=True)
    if result.difference is None:
        console.print("[green]一致：复算与结论完全相符 | Agreed: no difference found[/green]")
        return
    console.print("[red]不一致，止于第一处 | A difference; stopped at the first[/red]")
    for line in (result.difference.zh, result.difference.en):
        console.print(f"  {line}", highlight=False, markup=False, soft_wrap=True)
