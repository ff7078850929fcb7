"""``junheng admit``: check the applications, try the rule, audit it, compare it with others."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.admit.options import RULES, Exceptions, IntakeRule, Schools
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.cli.admit.asked import Asked
    from junheng.cli.admit.decide import Lot
    from junheng.cli.admit.zoning import ZonesAsked

FAULTS = 1


def command(
    applications: Annotated[
        Path | None,
        typer.Argument(help="申请表：工作簿或文件夹 | forms: a workbook or folder", callback=existing),
    ] = None,
    rules: Annotated[str | None, RULES] = None,
    schools: Schools = None,
    intake: IntakeRule = None,
    exceptions: Exceptions = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹 | folder for the trial")] = None,
    seed: Annotated[str | None, typer.Option(help="种子，64 位十六进制 | seed, 64 hex digits")] = None,
    numbers: Annotated[
        Path | None,
        typer.Option(help="现场号码表：证件号码、号码 | numbers drawn in the hall", callback=existing),
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(help="用来比较的另一规则（文件或内置名），可多次 | other rules to compare; may repeat"),
    ] = None,
    zones: Annotated[
        Path | None, typer.Option(help="片区表：核对住址与就近入学 | zone table", callback=existing)
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="按哪一天的片区，用 --zones 时必填 | the day whose zones count, with --zones",
        ),
    ] = None,
    eligibility: Annotated[
        Path | None,
        typer.Option(help="入学资格规则，用 --zones | rule of eligibility, with --zones", callback=existing),
    ] = None,
    evidence: Annotated[
        Path | None, typer.Option(help="证明材料表 | the papers families showed", callback=existing)
    ] = None,
    hash_name: Annotated[str, typer.Option("--hash", help="sha256 | sm3")] = "sha256",
    engine: Annotated[
        str, typer.Option(help="auto | python | numpy | numba，结果相同 | all give the same")
    ] = "auto",
    check_only: Annotated[
        bool, typer.Option("--check-only", help="只核对申请表，不派位 | only check the forms")
    ] = False,
    annotate: Annotated[
        Path | None, typer.Option(help="写出标注问题的申请表 .xlsx | forms with every fault marked")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="只写出空白申请表 .xlsx（需 --rules）| only write the form")
    ] = None,
) -> None:
    """Try RULES on APPLICATIONS: a trial to study the rule, never an official result (that is `junheng draw`).

    Exit 0: written; 1: the forms have faults that block a draw, nothing was decided; 2: refused.
    """
    from junheng.cli.admit.asked import read_asked
    from junheng.cli.admit.faults import show_review, write_annotated

    if rules is None:
        raise _needed("--rules")
    if template is not None:
        return _template(template, rules, intake, schools)
    if applications is None:
        raise _needed("APPLICATIONS")
    asked = read_asked(applications, rules, intake, exceptions, schools)
    if not asked.applications.children:
        raise _no_child(applications)
    show_review(asked.review, len(asked.applications.children))
    if annotate is not None:
        write_annotated(applications, asked.review, annotate)
    if asked.review.blocks:
        raise typer.Exit(FAULTS)
    if check_only:
        return None
    if out is None:
        raise _needed("--out")
    where = None
    if zones is not None:
        from junheng.cli.admit.zoning import ZonesAsked

        where = ZonesAsked(zones, on.date() if on else None, eligibility, evidence)
    return _run(asked, _lot(seed, numbers, hash_name), compare or [], engine, where, out)


def _needed(word: str) -> UserError:
    return UserError(
        Text(f"请给出 {word}", f"{word} is needed"),
        where="junheng admit",
        fix=Text(
            "junheng admit 申请表.xlsx --rules rules.yaml --seed 64位种子 --out 试算",
            "junheng admit FORMS --rules R --seed HEX --out DIR; see junheng admit --help",
        ),
    )


def _no_child(forms: Path) -> UserError:
    return UserError(
        Text("申请表里没有儿童", "the forms list no child"),
        where=str(forms),
        why=Text(
            "只有标题行或示例行，没有可核对的内容", "there are only headings or the example: nothing to check"
        ),
        fix=Text("请确认给的是填好的申请表", "see whether these are the forms as filled in"),
    )


def _template(path: Path, rules: str, intake: Path | None, schools: Path | None) -> None:
    from junheng.admissions import read_intake_rule, write_application_form
    from junheng.cli.admit.asked import intake_beside
    from junheng.cli.admit.rules import read_rules
    from junheng.cli.new_book import require_new_book

    require_new_book(path)
    rule = read_intake_rule(intake_beside([Path(rules)], intake))
    write_application_form(path, rule, read_rules(rules, schools))
    typer.echo(f"已写出申请表：{path} | the form is written")


def _lot(seed: str | None, numbers: Path | None, hash_name: str) -> "Lot":
    """The order by lot. With numbers of the hall the seed may be left out: it then only names the trial."""
    from junheng.basics import sha256_file
    from junheng.cli.admit.decide import Lot
    from junheng.cli.admit.numbers import read_hall_numbers
    from junheng.cli.trial import require_hash, seed_of

    require_hash(hash_name)
    if numbers is not None:
        drawn = read_hall_numbers(numbers)
        return Lot(seed_of(seed or sha256_file(numbers)), hash_name, drawn)
    if seed is None:
        raise _needed("--seed 或 or --numbers")
    return Lot(seed_of(seed), hash_name)


def _run(
    asked: "Asked", lot: "Lot", compare: list[str], engine: str, zones: "ZonesAsked | None", out: Path
) -> None:
    from junheng.cli.admit.decide import decide
    from junheng.cli.admit.papers import write_trial
    from junheng.cli.admit.show import show
    from junheng.cli.admit.zoning import zone_facts
    from junheng.cli.trial import progress

    with progress() as bar:
        task = bar.add_task("派位 | deciding", total=None)
        decided = decide(asked, lot, compare, engine)
        found = None
        if zones is not None:
            bar.update(task, description="核对片区 | zones")
            found = zone_facts(decided, zones)
        bar.update(task, description="写出 | writing")
        write_trial(decided, found, out)
    show(decided, out)
