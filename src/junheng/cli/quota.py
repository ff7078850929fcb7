"""``junheng quota``: share out the quota seats of senior schools, show the arithmetic, admit, compare."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from junheng.admissions import QuotaLot

DIFFERENCE = 1


def command(
    input: Annotated[  # noqa: A002 – the word the user sees in the usage line
        Path | None, typer.Argument(help="指标工作簿或 CSV 文件夹 | quota workbook, or folder of CSV")
    ] = None,
    rules: Annotated[
        str | None, typer.Option(help="规则 YAML 或内置规则编号 | rules: a YAML file or a shipped id")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="输出文件夹 | folder for the result")] = None,
    seed: Annotated[
        str | None,
        typer.Option(help="公开抽签的种子（64 位十六进制）| seed of the public draw, 64 hex digits"),
    ] = None,
    hash_name: Annotated[str, typer.Option("--hash", help="sha256 | sm3")] = "sha256",
    numbers: Annotated[
        Path | None, typer.Option(help="当场抽出的号码表（编号、号码）| numbers drawn in the hall")
    ] = None,
    what_if: Annotated[
        Path | None, typer.Option(help="测算：预测毕业生、另一比例或系数（YAML）| another year or rule")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="只写出空白样表 .xlsx | only write the template")
    ] = None,
    check: Annotated[
        Path | None, typer.Option(help="独立复核已有结果文件夹 | check a result folder independently")
    ] = None,
) -> None:
    """Share out the seats of INPUT by RULES into OUT. Exit 0: written; 1: --check found a difference."""
    if template is not None:
        _template(template)
    elif check is not None:
        _check(check)
    else:
        _run(input, rules, out, _lot(seed, hash_name, numbers), what_if)


def _template(path: Path) -> None:
    from junheng.admissions import write_quota_template
    from junheng.cli.new_book import require_new_book

    require_new_book(path)
    write_quota_template(path)
    typer.echo(f"已写出样表：{path} | template written")


def _check(folder: Path) -> None:
    from junheng.admissions import check_quota_folder, quota_not_checked

    found = check_quota_folder(folder)
    for line in found:
        typer.secho(f"不符：{line.zh} | {line.en}", fg=typer.colors.RED)
    for line in quota_not_checked(folder):
        typer.echo(f"  {line}")
    if found:
        raise typer.Exit(DIFFERENCE)
    typer.secho("独立复核一致 | checked independently: no difference", fg=typer.colors.GREEN)


def _lot(seed: str | None, hash_name: str, numbers: Path | None) -> "QuotaLot":
    from junheng.admissions import QuotaLot, quota_seed_lot, read_quota_numbers
    from junheng.basics import Text, UserError

    if seed is not None and numbers is not None:
        raise UserError(
            Text("--seed 与 --numbers 只能用一个", "give --seed or --numbers, not both"),
            why=Text("一次抽签只有一个次序", "one draw has one order"),
            fix=Text("请留下一个", "keep one of them"),
        )
    if seed is not None:
        return quota_seed_lot(seed, hash_name)
    return QuotaLot() if numbers is None else read_quota_numbers(numbers)


def _run(
    input_: Path | None, rules: str | None, out: Path | None, lot: "QuotaLot", what_if: Path | None
) -> None:
    from junheng.admissions import share_out_quota, write_quota
    from junheng.basics import Text, UserError
    from junheng.cli.show_quota import show

    if input_ is None or rules is None or out is None:
        raise UserError(
            Text("请给出 INPUT、--rules 和 --out", "INPUT, --rules and --out are needed"),
            where="junheng quota",
            fix=Text(
                "junheng quota 指标.xlsx --rules rules.yaml --out 结果",
                "junheng quota BOOK --rules R --out DIR",
            ),
        )
    result = share_out_quota(input_, rules, lot, what_if)
    write_quota(result, out)
    show(result, out)
