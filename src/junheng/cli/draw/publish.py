"""``junheng draw publish``: public folder, sealed papers, the guardians' slips, each in its place."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.folder import corrections_of, has_identities, json_lines, require_identities, spec_of
from junheng.cli.draw.private_folder import require_own
from junheng.cli.draw.published_papers import SEALED_PAPERS, papers_beside, write_sealed
from junheng.cli.draw.show import say, say_fingerprint
from junheng.cli.draw.slips import SLIPS, write_slips
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    out: Annotated[Path, typer.Option(help="公布文件夹（新的）| the public folder (new)")],
    sealed: Annotated[
        Path | None, typer.Option(help="封存材料文件夹：记录与全名单 | sealed papers: minutes, full list")
    ] = None,
    slips: Annotated[
        Path | None, typer.Option(help="各家凭条文件夹（只交本人）| the guardians' slips")
    ] = None,
    with_rows: Annotated[
        bool,
        typer.Option("--with-rows", help="同时公布去标识名册，须通过 k-匿名检查 | the pseudonymous rows too"),
    ] = False,
    roll_is_public: Annotated[
        str,
        typer.Option(help="当地规定名册公开的文号（免 k-匿名检查）| the rule by which the roll is public"),
    ] = "",
) -> None:
    """Publish DRAW. A rehearsal says so in every file name and can never be published as official."""
    spec = spec_of(draw)
    _check_places(draw, spec, out, sealed, slips)
    if with_rows and not roll_is_public:
        _require_anonymous(draw, spec)
    transcript = _publish(draw, spec, out, with_rows=with_rows)
    say(Text(f"已公布到 {out}", f"published in {out}"))
    if not has_identities(draw):
        say(
            Text(
                "身份已销毁：公示表只有编号，没有姓名",
                "identities are destroyed: the list shows codes, no names",
            )
        )
    if sealed is not None:
        write_sealed(draw, sealed, transcript, _others(draw, out, slips))
        say(Text(f"封存材料在 {sealed}", f"sealed papers in {sealed}"))
    if slips is not None:
        count = write_slips(draw, slips, transcript, _others(draw, out, sealed))
        say(
            Text(
                f"{count} 份凭条在 {slips}，只交监护人本人",
                f"{count} slips in {slips}, each for its guardian alone",
            )
        )
    say_fingerprint(Text("结果指纹", "result root"), transcript["result"]["root"])
    if corrections := corrections_of(draw):
        root = corrections[-1]["result"]["root"]
        say_fingerprint(Text("更正后的结果指纹（以此为准）", "corrected result root (this one holds)"), root)


def _others(*folders: Path | None) -> list[Path]:
    return [folder for folder in folders if folder is not None]


def _check_places(
    draw: Path, spec: Mapping[str, Any], out: Path, sealed: Path | None, slips: Path | None
) -> None:
    """Everything that would stop a later part, found before the first is written."""
    places: Sequence[tuple[Path | None, Text, list[Path]]] = (
        (sealed, SEALED_PAPERS, _others(draw, out, slips)),
        (slips, SLIPS, _others(draw, out, sealed)),
    )
    for folder, papers, apart in places:
        if folder is not None:
            require_identities(draw)
            require_own(folder, spec["draw_id"], papers, apart)


def _publish(draw: Path, spec: Mapping[str, Any], out: Path, *, with_rows: bool) -> dict[str, Any]:
    """Freeze the transcript, then write the public folder in one: list and notice are made from what is frozen."""
    from junheng.draws import publish

    purpose = spec["purpose"]
    with tempfile.TemporaryDirectory(prefix="junheng-") as folder:
        transcript = publish(draw, Path(folder) / "transcript", purpose=purpose)
    beside = papers_beside(draw, transcript)
    return publish(draw, out, purpose=purpose, with_rows=with_rows, with_results=with_rows, beside=beside)


def _require_anonymous(draw: Path, spec: Mapping[str, Any]) -> None:
    from junheng.admissions import k_anonymity

    if spec["kind"] != "admission":
        raise UserError(
            Text("分班名册含成绩，不公布", "the rows of a class formation hold marks: not published"),
            fix=Text("把去标识名册交给公证、代表和审计", "give the rows to notary, deputies and auditors"),
        )
    report = k_anonymity(json_lines(draw, "roll/rows.jsonl"))
    if not report.may_publish:
        raise UserError(
            report.verdict,
            where=str(draw),
            why=Text("志愿加类别会认出个别孩子", "choices and class would single out some children"),
            fix=Text(
                "不加 --with-rows；把名册交给公证、代表和审计。当地规定名册公开的，用 --roll-is-public 写明文号",
                "leave --with-rows out and give the rows to notary and auditors; or name the rule with --roll-is-public",
            ),
        )
