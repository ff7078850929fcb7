"""``junheng classes``: check the intake, form classes on trial, place newcomers, record exceptions."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.paths import existing

FAULTS = 1


def command(
    intake: Annotated[
        Path | None,
        typer.Argument(help="新生名册 .xlsx 或 .csv | roll of new pupils (.xlsx or .csv)", callback=existing),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="编班规则 YAML；不给则按名册拟定 | rules; proposed if not given", callback=existing
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹 | folder for the layout")] = None,
    seed: Annotated[str | None, typer.Option(help="种子，64 位十六进制 | seed, 64 hex digits")] = None,
    hash_name: Annotated[str, typer.Option("--hash", help="sha256 | sm3")] = "sha256",
    engine: Annotated[
        str, typer.Option(help="auto | python | numpy | numba，结果相同 | all give the same")
    ] = "auto",
    check_only: Annotated[
        bool, typer.Option("--check-only", help="只核对名册 | only check the intake")
    ] = False,
    randomness: Annotated[
        int, typer.Option(min=0, help="用多少个种子检验随机性 | seeds to test the randomness with")
    ] = 0,
    draw: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="取正式分班抽签的结果，写出名单并锁定 | lists of an official draw",
            callback=existing,
        ),
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="接着这个文件夹的编班 | the layout to go on with", callback=existing)
    ] = None,
    late: Annotated[
        Path | None, typer.Option(help="插班生名册，用 --into | newcomers, with --into", callback=existing)
    ] = None,
    late_rule: Annotated[str, typer.Option(help="插班规则 smallest | minimisation")] = "smallest",
    moves: Annotated[
        Path | None,
        typer.Option(help="已批准的调班表，用 --into | approved moves, with --into", callback=existing),
    ] = None,
    move_rule: Annotated[
        Path | None, typer.Option(help="本地调班规则 YAML | the local rule about moves", callback=existing)
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="只写出空白新生名册 .xlsx | only write the roll")
    ] = None,
) -> None:
    """Form the classes of INTAKE on trial; an official one is drawn by `junheng draw` and taken over with --from.

    Exit 0: written; 1: the intake has faults, nothing was formed; 2: refused.
    """
    if template is not None:
        return _template(template)
    if late is not None or moves is not None:
        return _go_on(into, late, late_rule, moves, move_rule)
    if draw is not None:
        return _official(draw, out)
    if intake is None:
        raise _needed("INTAKE")
    return _trial(intake, rules, out, seed, hash_name, engine, randomness, check_only=check_only)


def _needed(word: str) -> UserError:
    return UserError(
        Text(f"请给出 {word}", f"{word} is needed"),
        where="junheng classes",
        fix=Text(
            "junheng classes 名册.xlsx --rules rules.yaml --seed 64位种子 --out 试算",
            "junheng classes ROLL --rules R --seed HEX --out DIR; see junheng classes --help",
        ),
    )


def _template(path: Path) -> None:
    from junheng.class_formation import write_intake_template
    from junheng.cli.new_book import require_new_book

    require_new_book(path)
    write_intake_template(path)
    typer.echo(f"已写出新生名册：{path} | the roll is written")


def _trial(
    path: Path,
    rules: Path | None,
    out: Path | None,
    seed: str | None,
    hash_name: str,
    engine: str,
    randomness: int,
    *,
    check_only: bool,
) -> None:
    from junheng.cli.classes.forming import form_trial
    from junheng.cli.classes.rules import read_with_rules
    from junheng.cli.classes.show import show_intake, show_layout
    from junheng.cli.trial import progress, require_hash, seed_of

    intake, problem = read_with_rules(path, rules)
    show_intake(intake)
    if intake.faults:
        raise typer.Exit(FAULTS)
    if check_only:
        return
    if seed is None or out is None:
        raise _needed("--seed 和 and --out")
    require_hash(hash_name)
    files = {"intake": path} | ({} if rules is None else {"rules": rules})
    with progress() as bar:
        bar.add_task(f"编班 | forming {len(intake.children):,}", total=None)
        facts = form_trial(intake, problem, seed_of(seed), hash_name, engine, files, out)
    show_layout(facts, out)
    if randomness:
        from junheng.cli.classes.randomness import check_randomness

        check_randomness(facts, problem, seed_of(seed), engine, randomness)


def _official(draw: Path, out: Path | None) -> None:
    from junheng.cli.classes.forming import form_official
    from junheng.cli.classes.show import show_layout

    if out is None:
        raise _needed("--out")
    show_layout(form_official(draw, out), out)


def _go_on(
    into: Path | None, late: Path | None, late_rule: str, moves: Path | None, move_rule: Path | None
) -> None:
    from junheng.class_formation import read_intake
    from junheng.cli.classes.later import place_newcomers, record_moves
    from junheng.cli.classes.layout_folder import read_layout
    from junheng.cli.classes.rules import subjects
    from junheng.cli.classes.show import show_batch, show_intake, show_moves
    from junheng.judgement import hold_output

    if into is None:
        raise _needed("--into")
    if late is not None and moves is not None:
        raise UserError(
            Text("--late 与 --moves 请分两次做", "--late and --moves are two steps"),
            where="junheng classes",
            why=Text("每一步都单独留下记录", "each leaves its own record"),
            fix=Text("先做一个，再做另一个", "take one after the other"),
        )
    if moves is not None:
        with hold_output(into):  # of two at once the last would drop the other's records
            facts, asked = record_moves(into, moves, move_rule, datetime.now().astimezone())
        return show_moves(facts, len(asked), into)
    if late is not None:
        head = read_layout(into).head["problem"]
        newcomers = read_intake(late, mark_unit=str(head.get("mark_unit", "1")), marks=subjects(head))
        show_intake(newcomers)
        if newcomers.faults:
            raise typer.Exit(FAULTS)
        with hold_output(into):
            placed = place_newcomers(into, newcomers, late_rule)
        show_batch(*placed, into)
    return None
